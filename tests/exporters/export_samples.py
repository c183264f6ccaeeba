"""Snapshots made from domain objects, and what a reader sees of the Markdown made from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import markdown
from lxml import html

from annotator.domain.annotation import Annotation, Motivation
from annotator.domain.article import (
    OBJECT,
    Article,
    ArticleText,
    Block,
    BlockKind,
    MarkKind,
    TextBuilder,
    text_digest,
)
from annotator.domain.claim import Claim, ClaimType
from annotator.domain.evidence import Evidence, Stance
from annotator.domain.ids import (
    AnnotationId,
    ArticleId,
    ClaimId,
    EvidenceId,
    RatingId,
    ScaleId,
    SourceId,
    TagId,
    TextId,
)
from annotator.domain.rating import DEFAULT_SCALE, Rating
from annotator.domain.selectors import Segment
from annotator.domain.source import Source
from annotator.domain.tag import Tag
from annotator.domain.views import ArticleSnapshot, ClaimView, EvidenceView
from annotator.exporters.markdown_inline import picture_words

EXTENSIONS = ["footnotes", "tables", "fenced_code"]
STATISTIC = Tag(id=TagId("tag-1"), name="Statistic")
VTO = Source(
    id=SourceId("vto"), title="Weekend Night Pilot: Evaluation", authors=("Velmar Transit Office",), year="2025",
    url="https://transit.velmar.example/pilot_2025?full=1&lang=en",
)  # fmt: skip
ADEYEMI = Source(
    id=SourceId("adeyemi"), title="Night riders", authors=("Rosa Adeyemi",), year="2026", doi="10.1234/nr.7"
)
SECRET = Source(
    id=SourceId("secret"), title="Minutes of the closed session", authors=("A. Whistle",), restricted=True
)


def builder(*paragraphs: str) -> TextBuilder:
    made = TextBuilder()
    for paragraph in paragraphs:
        made.add(BlockKind.PARAGRAPH, paragraph)
    return made


def annotation(text: str, spans: Sequence[tuple[int, int]], name: str, note: str = "") -> Annotation:
    return Annotation(
        id=AnnotationId(name), text_id=TextId("text"), start=spans[0][0], end=spans[-1][1], note=note,
        segments=tuple(Segment(start, end, text[start:end]) for start, end in spans),
        motivation=Motivation.HIGHLIGHTING,
    )  # fmt: skip


def claim_view(
    number: int, mention: Annotation, *, evidence: Iterable[EvidenceView] = (), **fields: Any
) -> ClaimView:
    values = {"statement": f"Statement {number}.", **fields}
    return ClaimView(number, Claim(id=ClaimId(f"claim-{number}"), **values), mention, tuple(evidence))


def evidence(number: int, source: Source, stance: Stance = Stance.SUPPORTS, **fields: Any) -> EvidenceView:
    values = Evidence(
        id=EvidenceId(f"e{number}"), claim_id=ClaimId("claim-1"), source_id=source.id, stance=stance,
        **fields,
    )  # fmt: skip
    return EvidenceView(values, source)


def snapshot(
    made: TextBuilder,
    claims: Iterable[ClaimView] = (),
    marks: Iterable[Annotation] = (),
    *,
    title: str = "Let the trams run all night",
    ratings: Iterable[Rating] = (),
    orphans: int = 0,
) -> ArticleSnapshot:
    history: dict[ClaimId, tuple[Rating, ...]] = {}
    for rating in ratings:
        history[rating.claim_id] = (*history.get(rating.claim_id, ()), rating)
    article = Article(
        id=ArticleId("0f8fad5b-d9cb-469f-a165-70867728950e"), title=title, authors=("Ines Okafor-Lind",),
        publication="The Velmar Courier", published_on="2026-03-14", language="en",
        url="https://courier.velmar.example/trams",
    )  # fmt: skip
    text = ArticleText(
        id=TextId("text"),
        article_id=article.id,
        text=made.text,
        blocks=tuple(made.blocks),
        sha256=text_digest(made.text),
    )
    return ArticleSnapshot(
        article, text, tuple(claims), tuple(marks), {STATISTIC.id: STATISTIC}, history, DEFAULT_SCALE, orphans
    )


def rating(claim: int, verdict: str, confidence: int, day: int, **fields: Any) -> Rating:
    return Rating(
        id=RatingId(f"r{claim}-{day}"), claim_id=ClaimId(f"claim-{claim}"), verdict=verdict, confidence=confidence,
        rated_at=datetime(2026, 3, day, 14, 32, tzinfo=UTC), rated_by="mira",
        **fields,
    )  # fmt: skip


def spans_of(text: str, *quotes: str) -> list[tuple[int, int]]:
    return [(text.index(quote), text.index(quote) + len(quote)) for quote in quotes]


def trams() -> ArticleSnapshot:
    """The article of the screens, cut short, with three claims, a highlight and all kinds of evidence."""
    made = TextBuilder()
    made.add(BlockKind.HEADING, "Let the trams run all night", level=1)
    made.add(BlockKind.STANDFIRST, "Velmar’s five-hour shutdown was made for a city that slept.")
    made.add(
        BlockKind.PARAGRAPH,
        "Last year’s weekend pilot was supposed to settle the question, and on paper it did. Ridership on the night "
        "trams grew by 18 per cent in six months, the operator reports, and every crown spent returned 2.30 crowns "
        "in avoided subsidies.",
    )
    made.add(BlockKind.HEADING, "What the neighbours say", level=2)
    made.add(
        BlockKind.PARAGRAPH,
        "The objections deserve a hearing. Noise complaints along the Harbour line rose by a third, and the "
        "residents of Mill Street have a point. Nobody has asked them.",
    )
    text = made.text
    quotes = spans_of(
        text,
        "Ridership on the night trams grew by 18 per cent in six months",
        "every crown spent returned 2.30 crowns",
        "Noise complaints along the Harbour line rose by a third",
    )
    mentions = [annotation(text, [span], f"mention-{number}") for number, span in enumerate(quotes, start=1)]
    claims = [
        claim_view(
            1, mentions[0], statement="Night-tram ridership rose 18 % during the six-month weekend pilot.", rev=4,
            type=ClaimType.STATISTIC, tags=(STATISTIC.id,), verdict="conflicting", confidence=72,
            note="Ask for the counts.",
            evidence=(
                evidence(1, VTO, quote="Boardings after midnight increased from 6,110 to 7,210 per weekend.",
                         locator="p. 14", strength=3),
                evidence(2, ADEYEMI, Stance.REFUTES, quote="Corrected for the August festival,\ngrowth falls to 11 %.",
                         locator="§3", note="Peer reviewed."),
                evidence(3, SECRET, Stance.CONTEXT, quote="Not to be shown.", locator="p. 2", note="Nor this."),
            ),
        ),
        claim_view(2, mentions[1], statement="Each crown spent saved 2.30 crowns.", rev=1),
        claim_view(3, mentions[2], statement="Noise complaints rose by a third.", verdict="supported", confidence=78),
    ]  # fmt: skip
    marks = [
        annotation(text, spans_of(text, "Nobody has asked them"), "mark-1", note="True?\nCheck the minutes.")
    ]
    ratings = [
        rating(1, "supported", 62, 18, rationale="The operator’s own count."),
        rating(
            1,
            "conflicting",
            72,
            21,
            rationale="The festival explains *half* of it.",
            gaps="No counts for August.",
        ),
        rating(3, "supported", 78, 20),
    ]
    assert ScaleId("default") == DEFAULT_SCALE.id
    return snapshot(made, claims, marks, ratings=ratings, orphans=1)


_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_LEAVES = {"p", "td", "th", "pre", "li"} | _HEADINGS
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def body_of(content: str) -> str:
    """The source without front matter."""
    return _FRONT.sub("", content)


def seen(content: str) -> list[str]:
    """The text of each block that a browser shows of the article, without footnotes and references."""
    page = markdown.markdown(body_of(content), extensions=EXTENSIONS)
    return blocks_of_html(page)


def blocks_of_html(page: str) -> list[str]:
    root = html.fragment_fromstring(page, create_parent="div")
    for node in root.xpath('//div[@class="footnote"] | //sup[starts-with(@id, "fnref")] | //comment()'):
        node.drop_tree()
    return [_bare(block) for block in _blocks(root) if block.strip()]


def _blocks(node: html.HtmlElement) -> list[str]:
    if node.tag not in _LEAVES:
        return [block for child in node for block in _blocks(child)]
    own: list[str] = [node.text or ""]
    nested: list[str] = []
    for child in node:
        if child.tag in ("p", "ul", "ol", "blockquote", "pre"):
            nested += _blocks(child)
        else:
            own.append(_inline_text(child))
            own.append(child.tail or "")
    text = "".join(own)
    if node.tag == "pre":
        return [tidy_code("".join(node.itertext()))]
    return [re.sub("\ue000\n?", "\n", text).strip("\n" if node.tag == "pre" else " \n"), *nested]


def _inline_text(node: html.HtmlElement) -> str:
    if node.tag == "br":
        return "\ue000"
    return (node.text or "") + "".join(_inline_text(child) + (child.tail or "") for child in node)


def expected(given: ArticleSnapshot) -> list[str]:
    """The text of each block of the article, as `seen` must find it."""
    words = (_block_words(given, block) for block in given.text.blocks)
    return [_bare(text) for text in words if text.strip()]


def _bare(text: str) -> str:
    """`text` without spaces at the ends of its lines, which no browser shows."""
    return re.sub(r" +\n", "\n", text)


def tidy_code(code: str) -> str:
    """Code as Python-Markdown leaves it: tabs become spaces, and in quotes spaces at the ends of lines go."""
    return "\n".join(line.expandtabs(4).rstrip(" ") for line in code.split("\n"))


def _block_words(given: ArticleSnapshot, block: Block) -> str:
    text = given.text.text[block.start : block.end]
    images = [
        m for m in block.marks if m.kind is MarkKind.IMAGE and m.value and block.kind is not BlockKind.CODE
    ]
    for offset in reversed([found.start() for found in re.finditer(OBJECT, text)]):
        at = block.start + offset
        alternative = next((mark.value for mark in images if mark.start <= at < mark.end), "")
        text = text[:offset] + picture_words(alternative) + text[offset + 1 :]
    return tidy_code(text) if block.kind is BlockKind.CODE else text
