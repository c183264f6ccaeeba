"""Claims, their evidence and their sources as Markdown: what the notes, boxes and sections of all styles say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.domain.annotation import Annotation
from annotator.domain.claim import OPEN, Checkable, ClaimType
from annotator.domain.evidence import Stance
from annotator.domain.ids import TagId
from annotator.domain.rating import Rating, ScaleStep
from annotator.domain.source import Source, cite_short, reference_parts
from annotator.domain.views import ArticleSnapshot, ClaimView, EvidenceView
from annotator.exporters.base import ExportOptions
from annotator.exporters.markdown_text import autolink, comment_safe, inline, paragraph, phrase

STANCES = {Stance.SUPPORTS: "Supports", Stance.REFUTES: "Refutes", Stance.CONTEXT: "Context"}
STRENGTHS = {1: "weak", 2: "moderate", 3: "strong", 4: "decisive"}
_CHECKABLE = {
    Checkable.OPINION: "an opinion, not to be checked",
    Checkable.PREDICTION: "a prediction",
    Checkable.UNCLEAR: "unclear whether it can be checked",
}
WITHHELD = "a source that is withheld"


class ClaimWriter:
    """Writes what is known about the claims of one snapshot."""

    def __init__(self, snapshot: ArticleSnapshot, options: ExportOptions) -> None:
        self._snapshot = snapshot
        self._options = options
        self._steps: dict[str, ScaleStep] = {step.key: step for step in snapshot.scale.steps}
        self._tags = {tag_id: phrase(tag.name) for tag_id, tag in snapshot.tags.items()}
        self._cites: dict[str, str] = {}

    def verdict(self, key: str) -> str:
        """The words for a verdict; one that the scale doesn't know is shown as it is."""
        if step := self._steps.get(key):
            return phrase(step.label)
        return "Open" if key == OPEN else phrase(key)

    def title(self, view: ClaimView) -> str:
        """ "Claim 4 · Conflicting evidence · 72 % confident" """
        claim = view.claim
        parts = [f"Claim {view.number}", self.verdict(claim.verdict)]
        if claim.confidence is not None:
            parts.append(f"{claim.confidence} % confident")
        return " · ".join(parts)

    def details(self, view: ClaimView) -> list[str]:
        """Everything below the title, one string of source a paragraph, the id in a comment at the end."""
        claim = view.claim
        ratings = self._snapshot.ratings.get(claim.id, ())
        parts = [paragraph(claim.statement), self._facts(view)]
        if ratings:
            parts += self._reason(ratings[-1])
        if self._options.confidence_history and ratings:
            parts.append(self._history(ratings))
        if view.evidence:
            parts.append(
                "Evidence:" if self._options.confidence_history and ratings else ""
            )  # two lists would be one
            parts.append("\n".join(f"- {self._evidence(item)}" for item in view.evidence))
        if self._options.notes:
            parts += [f"Note: {phrase(note)}" for note in (claim.note, view.mention.note) if note.strip()]
        parts.append(f"<!-- claim {comment_safe(claim.id)} rev {claim.rev} -->")
        return [part for part in parts if part]

    def mark_note(self, mark: Annotation) -> list[str]:
        """The note of a passage that belongs to no claim."""
        tags = self._tag_words(mark.tags)
        parts = [paragraph(mark.note), f"Tags: {tags}" if tags else ""]
        parts.append(f"<!-- annotation {comment_safe(mark.id)} rev {mark.rev} -->")
        return [part for part in parts if part]

    def cited(self, item: EvidenceView) -> str:
        """ "Adeyemi 2026, §3", or that it is withheld."""
        source = item.source
        if source.restricted:
            return WITHHELD
        short = self._cites.get(source.id)
        if short is None:
            short = self._cites[source.id] = phrase(cite_short(source))
        return f"{short}, {phrase(item.evidence.locator)}" if item.evidence.locator.strip() else short

    def quoted(self, item: EvidenceView) -> str:
        """The words of the source in quotation marks, or nothing when they don't go out."""
        if item.source.restricted or not self._options.quotes or not item.evidence.quote.strip():
            return ""
        return f"“{phrase(item.evidence.quote)}”"

    def _facts(self, view: ClaimView) -> str:
        claim = view.claim
        parts = [f"Type: {claim.type.value}"] if claim.type is not ClaimType.OTHER else []
        if claim.checkable in _CHECKABLE:
            parts.append(_CHECKABLE[claim.checkable])
        if claim.claimant.strip():
            parts.append(f"said by {phrase(claim.claimant)}")
        if claim.said_on.strip():
            parts.append(f"said on {phrase(claim.said_on)}")
        if tags := self._tag_words((*claim.tags, *view.mention.tags)):
            parts.append(f"tags: {tags}")
        facts = " · ".join(parts)
        return facts[:1].upper() + facts[1:]

    def _tag_words(self, ids: Iterable[TagId]) -> str:
        return ", ".join(dict.fromkeys(self._tags[tag_id] for tag_id in ids if tag_id in self._tags))

    @staticmethod
    def _reason(rating: Rating) -> list[str]:
        named = (
            ("Reason", rating.rationale),
            ("Not known", rating.gaps),
            ("Would change the verdict", rating.would_change),
        )
        return [f"{name}: {phrase(words)}" for name, words in named if words.strip()]

    def _history(self, ratings: Sequence[Rating]) -> str:
        rows = ["History:", ""]
        for rating in ratings:
            day = rating.rated_at.date().isoformat() if rating.rated_at else "no date"
            sure = f", {rating.confidence} %" if rating.confidence is not None else ""
            by = f" ({phrase(rating.rated_by)})" if rating.rated_by.strip() else ""
            rows.append(f"- {day}: {self.verdict(rating.verdict)}{sure}{by}")
        return "\n".join(rows)

    def _evidence(self, item: EvidenceView) -> str:
        evidence = item.evidence
        quote = self.quoted(item)
        source = f"**{STANCES[evidence.stance]}:** " + (f"{quote} — " if quote else "") + self.cited(item)
        if evidence.strength:
            source += f" ({STRENGTHS[evidence.strength]})"
        if self._options.notes and evidence.note.strip() and not item.source.restricted:
            source += f"<br>Note: {phrase(evidence.note)}"
        return source


def sources_of(claims: Iterable[ClaimView]) -> list[Source]:
    """Every source cited, once, in order of citation."""
    found = {item.source.id: item.source for view in claims for item in view.evidence}
    return sorted(found.values(), key=lambda source: (cite_short(source).casefold(), source.title, source.id))


def reference(source: Source) -> str:
    """One source as a line of a list of references."""
    who, title, tail = reference_parts(source)
    link = f"https://doi.org/{source.doi}" if source.doi else source.url
    where = tail.removesuffix(link).strip() if link else tail
    words = phrase(title)
    named = (
        f"*{words}*."
        if words[:1].isalnum() and words[-1:].isalnum() and "*" not in words
        else f"<em>{words}</em>."
    )
    parts = [phrase(who), named if words else "", inline(where), autolink(link) if link else ""]
    return " ".join(part for part in parts if part)


def source_list(sources: Sequence[Source]) -> str:
    """The section "Sources"; restricted ones are counted and not named. Empty when nothing is cited."""
    if not sources:
        return ""
    rows = [f"- {reference(source)}" for source in sources if not source.restricted]
    hidden = len(sources) - len(rows)
    if hidden:
        rows.append(f"- {hidden} {'source is' if hidden == 1 else 'sources are'} withheld.")
    return "## Sources\n\n" + "\n".join(rows)
