"""How claims, evidence and notes are put into words: for lists, cards and screen readers."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from annotator.domain.annotation import Annotation, Motivation
from annotator.domain.claim import ClaimType
from annotator.domain.evidence import Stance
from annotator.domain.ids import TagId
from annotator.domain.rating import DEFAULT_SCALE, Scale
from annotator.domain.tag import Tag
from annotator.domain.views import ClaimView, EvidenceView
from annotator.errors import InvalidValue
from annotator.ui.theme import stance_label


def type_label(kind: ClaimType) -> str:
    """The word for a type of claim in the user's language."""
    words = {
        ClaimType.STATISTIC: QCoreApplication.translate("ClaimType", "Statistic"),
        ClaimType.CAUSE: QCoreApplication.translate("ClaimType", "Cause"),
        ClaimType.COMPARISON: QCoreApplication.translate("ClaimType", "Comparison"),
        ClaimType.FORECAST: QCoreApplication.translate("ClaimType", "Forecast"),
        ClaimType.DEFINITION: QCoreApplication.translate("ClaimType", "Definition"),
        ClaimType.QUOTE: QCoreApplication.translate("ClaimType", "Quote"),
        ClaimType.EVENT: QCoreApplication.translate("ClaimType", "Event"),
        ClaimType.VALUE: QCoreApplication.translate("ClaimType", "Value judgement"),
        ClaimType.OTHER: QCoreApplication.translate("ClaimType", "Other"),
    }
    return words[kind]


def verdict_word(key: str, scale: Scale = DEFAULT_SCALE) -> str:
    """The short word for a verdict of `scale`; the key itself when the scale lacks it."""
    try:
        return scale.step(key).short
    except InvalidValue:
        return key


def unplaced() -> str:
    """What is said of a passage that has no place in the text."""
    return QCoreApplication.translate("Claim", "Unplaced")


def percent(value: int) -> str:
    """A percentage as the interface writes it: "72 %" with a space that doesn't break."""
    return f"{value}\N{NO-BREAK SPACE}%"


def tag_names(view: ClaimView, tags: Mapping[TagId, Tag]) -> tuple[str, ...]:
    """The names of the claim's tags, in their order."""
    return tuple(tags[tag].name for tag in view.claim.tags if tag in tags)


def tag_colour(view: ClaimView, tags: Mapping[TagId, Tag]) -> str:
    """The colour of the claim's first tag, "" without any."""
    for tag in (*view.claim.tags, *view.mention.tags):
        if tag in tags:
            return str(tags[tag].colour)
    return ""


def spoken_claim(view: ClaimView, tags: Mapping[TagId, Tag], scale: Scale = DEFAULT_SCALE) -> str:
    """A claim as a screen reader says it, from its number to its tags."""
    verdict = verdict_word(view.claim.verdict, scale)
    if view.claim.confidence is not None:
        sure = QCoreApplication.translate("Claim", "%1 percent confident")
        verdict += ", " + sure.replace("%1", str(view.claim.confidence))
    counts = ", ".join(
        f"{view.count(stance)} {word}"
        for stance, word in (
            (Stance.SUPPORTS, QCoreApplication.translate("Claim", "support")),
            (Stance.REFUTES, QCoreApplication.translate("Claim", "refute")),
            (Stance.CONTEXT, QCoreApplication.translate("Claim", "context")),
        )
    )
    heading = QCoreApplication.translate("Claim", "Claim %1").replace("%1", str(view.number))
    parts = [heading, view.claim.statement.rstrip("."), verdict, counts]
    if not view.mention.placed:
        parts.insert(1, unplaced())
    names = tag_names(view, tags)
    if names:
        parts.append(QCoreApplication.translate("Claim", "Tag %1").replace("%1", ", ".join(names)))
    return ". ".join(parts) + "."


def spoken_evidence(item: EvidenceView) -> str:
    """A piece of evidence as a screen reader says it: stance, source, place, quote."""
    told = f"{stance_label(item.evidence.stance)}. {item.source.title}"
    if item.evidence.locator:
        told += f", {item.evidence.locator}"
    if item.evidence.quote:
        told += ". " + QCoreApplication.translate("Evidence", "Quote: %1").replace("%1", item.evidence.quote)
    return told


def quote_of(annotation: Annotation) -> str:
    """The words an annotation marks, segments joined by an ellipsis."""
    return " … ".join(segment.exact for segment in annotation.segments)


def spoken_note(annotation: Annotation) -> str:
    """A mark or note as a screen reader says it."""
    kind = {
        Motivation.HIGHLIGHTING: QCoreApplication.translate("Note", "Highlight"),
        Motivation.QUESTIONING: QCoreApplication.translate("Note", "Question"),
    }.get(annotation.motivation, QCoreApplication.translate("Note", "Note"))
    kind = kind if annotation.placed else f"{kind}. {unplaced()}"
    return f"{kind}. {quote_of(annotation)}. {annotation.note}".rstrip(" .") + "."


def shortened(text: str, most: int = 240) -> str:
    """`text` on one line, cut off behind a word when it has more than `most` characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[:most].rsplit(' ', 1)[0]}…"


def in_quotes(text: str) -> str:
    """`text` in curly quotation marks, its line breaks turned into spaces."""
    return "“" + " ".join(text.split()) + "”"
