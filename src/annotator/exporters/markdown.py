"""Annotated Markdown: the article with its claims as footnotes.

What it writes is plain Markdown that Python-Markdown (extensions footnotes, tables, fenced_code), Pandoc, Obsidian
and GitHub show alike: the words of the article unchanged, passages of claims bold with a footnote behind them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from annotator.domain.annotation import AnchorState, Annotation
from annotator.domain.article import Block, BlockKind
from annotator.domain.claim import OPEN
from annotator.domain.views import ArticleSnapshot, ClaimView
from annotator.errors import NotFound
from annotator.exporters.base import Export, Exporter, ExportOptions, Style, safe_file_name
from annotator.exporters.markdown_blocks import BlockWriter, definition
from annotator.exporters.markdown_claims import ClaimWriter, source_list, sources_of
from annotator.exporters.markdown_inline import Look, Markings, Reference, Span, trimmed
from annotator.exporters.markdown_sections import box, citations, report, table
from annotator.exporters.markdown_text import comment_safe, heading, phrase, scalar

EXTENSION = "md"
STYLES = (
    Style("essay", "Annotated essay", "Full text, claims boxed where they occur", "message-square-quote"),
    Style("footnotes", "Footnotes", "Full text, claims as numbered notes", "hash"),
    Style("report", "Claim report", "One section per claim, no full text", "list-checks"),
    Style("table", "Evidence table", "Claims against sources", "table"),
)
_WITHOUT_TEXT = ("report", "table")


def render(snapshot: ArticleSnapshot, options: ExportOptions) -> Export:
    """The article as annotated Markdown.

    Raises:
        NotFound: the style isn't one of this exporter's.
    """
    names = [style.name for style in EXPORTER.styles]
    if options.style not in names:
        raise NotFound(
            f"Markdown has no style “{options.style}”.",
            kept="Nothing was written.",
            todo=f"Use one of: {', '.join(names)}.",
        )
    claims = [view for view in snapshot.claims if options.open_claims or view.claim.verdict != OPEN]
    placed = [view for view in claims if _is_placed(view.mention, snapshot)]
    marks = [mark for mark in snapshot.marks if _is_placed(mark, snapshot)]
    given = [*(view.mention for view in claims), *snapshot.marks]
    lost = sum(1 for a in given if a.state is not AnchorState.ORPHAN and not _is_placed(a, snapshot))
    left_out = tuple(_left_out(snapshot, options, claims, lost))
    parts = [
        _front_matter(snapshot) if options.front_matter else "",
        *_content(snapshot, options, placed, marks),
        source_list(sources_of(placed)),
        f"<!-- Left out: {' '.join(left_out)} -->" if left_out else "",
    ]
    content = "\n\n".join(part for part in parts if part) + "\n"
    return Export(content, left_out, safe_file_name(snapshot.article.title, EXTENSION))


def _content(
    snapshot: ArticleSnapshot,
    options: ExportOptions,
    claims: Sequence[ClaimView],
    marks: Sequence[Annotation],
) -> Iterator[str]:
    """What the style makes of the article and its claims."""
    if options.style not in _WITHOUT_TEXT:
        yield from _full_text(snapshot, options, claims, marks)
        return
    writer = ClaimWriter(snapshot, options)
    yield f"# {heading(phrase(snapshot.article.title))}"
    yield from (report if options.style == "report" else table)(writer, claims)


def _full_text(
    snapshot: ArticleSnapshot,
    options: ExportOptions,
    claims: Sequence[ClaimView],
    marks: Sequence[Annotation],
) -> Iterator[str]:
    """The full text, the article's own notes, then the footnotes in text order. An essay has its claims boxed."""
    writer = ClaimWriter(snapshot, options)
    noted = [mark for mark in marks if options.notes and mark.note.strip()]
    labels = {mark.id: f"n{number}" for number, mark in enumerate(noted, start=1)}
    places = _Places(snapshot)
    boxes: dict[int, list[str]] = {}
    for view in claims:
        index = places.put(view.mention, Look.BOLD, f"c{view.number}")
        if options.style == "essay":
            boxes.setdefault(index, []).append(box(writer, view))
    for mark in marks:
        places.put(mark, Look.HIGHLIGHT, labels.get(mark.id, ""))
    blocks = BlockWriter(snapshot.text, places.markings)
    if not _opens_with_title(snapshot):
        yield f"# {heading(phrase(snapshot.article.title))}"
    yield blocks.body(lambda indices: [source for index in indices for source in boxes.pop(index, ())])
    yield from (source for rest in boxes.values() for source in rest)
    yield from blocks.notes()
    for view in claims:
        label = f"c{view.number}"
        if options.style == "essay":
            yield definition(label, [citations(writer, view)])
        else:
            yield definition(label, [f"**{writer.title(view)}**", *writer.details(view)])
    for mark in noted:
        yield definition(labels[mark.id], writer.mark_note(mark))


class _Places:
    """Finds the blocks that passages lie in. A passage over several blocks is marked in each of them."""

    def __init__(self, snapshot: ArticleSnapshot) -> None:
        self._text = snapshot.text.text
        self._blocks: Sequence[Block] = snapshot.text.blocks
        self._starts = [block.start for block in self._blocks]
        self.markings: dict[int, Markings] = {}

    def put(self, annotation: Annotation, look: Look, label: str) -> int:
        """Mark the passages of `annotation`; the reference stands behind the last word of the last one.

        Returns the index of the block with that word, -1 when it is none.
        """
        last_block, place = -1, 0
        for segment in annotation.segments:
            index = max(bisect_right(self._starts, segment.start) - 1, 0)
            while index < len(self._blocks) and self._blocks[index].start < segment.end:
                block = self._blocks[index]
                start, end = trimmed(self._text, max(segment.start, block.start), min(segment.end, block.end))
                if start < end:
                    self._markings(index).spans.append(Span(start, end, look))
                    last_block, place = index, end
                index += 1
        if not label or not self._blocks:
            return last_block
        if last_block < 0:  # nothing but white space: the end of the block it touches
            last_block = max(bisect_right(self._starts, annotation.segments[0].start) - 1, 0)
            place = self._blocks[last_block].end
        self._markings(last_block).references.append(Reference(place, label))
        return last_block

    def _markings(self, index: int) -> Markings:
        found = self.markings.get(index)
        if found is None:
            found = self.markings[index] = Markings()
        return found


def _is_placed(annotation: Annotation, snapshot: ArticleSnapshot) -> bool:
    """Whether the passages lie in the text. A broken row must not spoil the others."""
    length = len(snapshot.text.text)
    return (
        annotation.state is not AnchorState.ORPHAN
        and bool(annotation.segments)
        and all(0 <= segment.start < segment.end <= length for segment in annotation.segments)
    )


def _opens_with_title(snapshot: ArticleSnapshot) -> bool:
    """Whether the text itself begins with its title, perhaps behind a kicker."""
    title = " ".join(snapshot.article.title.split())
    for block in snapshot.text.blocks[:4]:
        if (
            block.kind is BlockKind.HEADING
            and " ".join(snapshot.text.text[block.start : block.end].split()) == title
        ):
            return True
    return False


def _front_matter(snapshot: ArticleSnapshot) -> str:
    """YAML with what the article is and how far it is checked; without the time of the export."""
    article = snapshot.article
    rows = [f"title: {scalar(article.title)}"]
    if len(article.authors) == 1:
        rows.append(f"author: {scalar(article.authors[0])}")
    elif article.authors:
        rows += ["author:", *(f"  - {scalar(author)}" for author in article.authors)]
    named = (
        ("publication", article.publication),
        ("date", article.published_on),
        ("url", article.url),
        ("language", article.language),
    )
    rows += [f"{name}: {scalar(value)}" for name, value in named if value.strip()]
    rated = [
        rating.rated_at for history in snapshot.ratings.values() for rating in history if rating.rated_at
    ]
    if rated:
        rows.append(f"checked: {max(rated).date().isoformat()}")
    judged = sum(1 for view in snapshot.claims if view.claim.verdict != OPEN)
    rows.append(f"claims: {scalar(f'{judged} of {len(snapshot.claims)} checked')}")
    rows.append(f"article: {scalar(comment_safe(article.id))}")
    rows.append(f"text-sha256: {scalar(comment_safe(snapshot.text.sha256))}")
    return "\n".join(["---", *rows, "---"])


def _left_out(
    snapshot: ArticleSnapshot, options: ExportOptions, claims: Sequence[ClaimView], lost: int
) -> Iterator[str]:
    """One sentence for each sort of thing that the export doesn't hold."""
    if options.style in _WITHOUT_TEXT:
        yield "The full text is left out."
        if count := len(snapshot.marks):
            yield f"{count} {'passage' if count == 1 else 'passages'} without a claim left out."
    if options.style == "table":
        yield "Types, reasons and notes of the claims are left out."
    if count := len(snapshot.claims) - len(claims):
        yield f"{count} open {'claim is' if count == 1 else 'claims are'} left out."
    if count := snapshot.orphans + lost:
        yield f"{count} {'annotation' if count == 1 else 'annotations'} without a place in the text left out."
    if count := sum(1 for source in sources_of(claims) if source.restricted):
        yield f"{count} restricted {'source is' if count == 1 else 'sources are'} withheld, with the quotes from it."
    if not options.notes and (count := _note_count(snapshot, claims)):
        yield f"{count} {'note is' if count == 1 else 'notes are'} left out."
    if not options.quotes:
        quotes = sum(
            1
            for v in claims
            for item in v.evidence
            if item.evidence.quote.strip() and not item.source.restricted
        )
        if quotes:
            yield f"{quotes} {'quote' if quotes == 1 else 'quotes'} from sources left out."
    if not options.confidence_history:
        earlier = sum(max(len(snapshot.ratings.get(view.claim.id, ())) - 1, 0) for view in claims)
        if earlier:
            yield f"{earlier} earlier {'rating is' if earlier == 1 else 'ratings are'} left out."


def _note_count(snapshot: ArticleSnapshot, claims: Sequence[ClaimView]) -> int:
    texts = [note for view in claims for note in (view.claim.note, view.mention.note)]
    texts += [item.evidence.note for view in claims for item in view.evidence]
    texts += [mark.note for mark in snapshot.marks]
    return sum(1 for text in texts if text.strip())


EXPORTER = Exporter(
    name="markdown",
    label="Markdown",
    extension=EXTENSION,
    media_type="text/markdown",
    styles=STYLES,
    render=render,
)
