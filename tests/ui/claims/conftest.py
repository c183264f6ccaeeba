"""A dressed application and claims of three articles."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from annotator.domain.annotation import Annotation, Motivation
from annotator.domain.claim import Claim
from annotator.domain.evidence import Evidence, Stance
from annotator.domain.ids import AnnotationId, ClaimId, EvidenceId, SourceId, TagId, TextId
from annotator.domain.selectors import Segment
from annotator.domain.source import Source
from annotator.domain.tag import Tag, TagColour
from annotator.domain.views import ClaimView, EvidenceView
from annotator.ui.claims import ClaimRow
from annotator.ui.theme import ThemeManager

SOURCE = Source(id=SourceId("s1"), title="Weekend Night Pilot: Evaluation")
TREND = Tag(id=TagId("trend"), name="Trend", colour=TagColour.TEAL)
CAUSE = Tag(id=TagId("cause"), name="cause", colour=TagColour.BLUE)


@pytest.fixture
def themes(qapp: QApplication) -> ThemeManager:
    """The themes, with fonts loaded and the light one in use."""
    manager = ThemeManager()
    manager.load_fonts()
    manager.apply()
    return manager


def make_row(
    key: str,
    number: int,
    statement: str,
    article: str,
    *,
    verdict: str = "open",
    confidence: int | None = None,
    counts: tuple[int, int, int] = (0, 0, 0),
    tags: tuple[Tag, ...] = (),
    quote: str = "words of the article",
) -> ClaimRow:
    """A claim with as many pieces of evidence by stance."""
    evidence = tuple(
        EvidenceView(
            Evidence(
                id=EvidenceId(f"{key}-{stance}-{place}"),
                claim_id=ClaimId(key),
                source_id=SOURCE.id,
                stance=stance,
            ),
            SOURCE,
        )
        for stance, many in zip(Stance, counts, strict=True)
        for place in range(many)
    )
    mention = Annotation(
        id=AnnotationId(f"m-{key}"),
        text_id=TextId("t1"),
        segments=(Segment(0, len(quote), quote),),
        start=0,
        end=len(quote),
        motivation=Motivation.HIGHLIGHTING,
    )
    claim = Claim(
        id=ClaimId(key),
        statement=statement,
        verdict=verdict,
        confidence=confidence,
        tags=tuple(tag.id for tag in tags),
    )
    return ClaimRow(ClaimView(number, claim, mention, evidence), article.lower(), article, tags)


@pytest.fixture
def rows() -> tuple[ClaimRow, ...]:
    """Five claims; the first is made in two articles."""
    first = make_row(
        "c1", 1, "Ridership rose 18 %.", "Trams", verdict="conflicting", confidence=72, tags=(TREND,)
    )
    return (
        first,
        make_row("c2", 2, "Four hours suffice.", "Trams", verdict="refuted", confidence=9, counts=(0, 11, 0)),
        make_row(
            "c1", 10, "Ridership rose 18 %.", "Pumps", verdict="conflicting", confidence=72, tags=(TREND,)
        ),
        make_row(
            "c3", 3, "Boilers raise demand.", "Pumps", tags=(CAUSE, TREND), quote="gas boilers in winter"
        ),
        make_row(
            "c4", 1, "The wall paid off.", "Wall", verdict="supported", confidence=100, counts=(2, 0, 1)
        ),
    )
