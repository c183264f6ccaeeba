"""Three claims of an article about night trams, as the panel gets them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtWidgets import QApplication

from annotator.domain.annotation import Annotation, Motivation
from annotator.domain.claim import Claim, ClaimType
from annotator.domain.evidence import Evidence, Stance
from annotator.domain.ids import AnnotationId, ClaimId, EvidenceId, SourceId, TagId, TextId
from annotator.domain.selectors import Segment
from annotator.domain.source import Source
from annotator.domain.tag import Tag, TagColour
from annotator.domain.views import ClaimView, EvidenceView
from annotator.ui.theme import ThemeManager

PILOT = Source(id=SourceId("s1"), title="Weekend Night Pilot: Evaluation", authors=("Velmar Transit Office",))
RECOUNT = Source(
    id=SourceId("s2"), title="Counting the night: a re-analysis", authors=("Sana Adeyemi",), year="2026"
)
SURVEY = Source(id=SourceId("s3"), title="Mobility Survey 2024", authors=("City of Velmar",), year="2024")


def make_mark(
    key: str, exact: str, *, note: str = "", tags: Sequence[str] = (), start: int = 0
) -> Annotation:
    """A passage of the article."""
    return Annotation(
        id=AnnotationId(key),
        text_id=TextId("t1"),
        segments=(Segment(start, start + len(exact), exact),),
        start=start,
        end=start + len(exact),
        motivation=Motivation.HIGHLIGHTING,
        note=note,
        tags=tuple(TagId(tag) for tag in tags),
    )


def make_evidence(
    key: str, claim: str, source: Source, stance: Stance, locator: str = "", quote: str = ""
) -> EvidenceView:
    """A piece of evidence with its source."""
    evidence = Evidence(
        id=EvidenceId(key),
        claim_id=ClaimId(claim),
        source_id=source.id,
        stance=stance,
        locator=locator,
        quote=quote,
    )
    return EvidenceView(evidence, source)


def make_claim(
    number: int,
    statement: str,
    *,
    verdict: str = "open",
    confidence: int | None = None,
    tags: Sequence[str] = (),
    evidence: tuple[EvidenceView, ...] = (),
    note: str = "",
) -> ClaimView:
    """A claim as an article shows it."""
    claim = Claim(
        id=ClaimId(f"c{number}"),
        statement=statement,
        type=ClaimType.STATISTIC,
        verdict=verdict,
        confidence=confidence,
        tags=tuple(TagId(tag) for tag in tags),
        note=note,
    )
    return ClaimView(number, claim, make_mark(f"m{number}", statement, start=number * 100), evidence)


@pytest.fixture
def themes(qapp: QApplication) -> ThemeManager:
    """A dressed application."""
    manager = ThemeManager()
    manager.load_fonts()
    manager.apply()
    return manager


@pytest.fixture
def tags() -> dict[TagId, Tag]:
    """The tags of the library."""
    rows = (
        ("law", TagColour.GREEN),
        ("ridership", TagColour.TEAL),
        ("method", TagColour.SLATE),
        ("money", TagColour.AMBER),
    )
    return {TagId(name): Tag(id=TagId(name), name=name, colour=colour) for name, colour in rows}


@pytest.fixture
def claims() -> tuple[ClaimView, ...]:
    """Claims 3, 4 and 5 of the article."""
    quote = "Boardings after midnight increased from 6,110 to 7,210 per weekend."
    evidence = (
        make_evidence("e1", "c4", PILOT, Stance.SUPPORTS, "p. 14", quote),
        make_evidence(
            "e2",
            "c4",
            RECOUNT,
            Stance.REFUTES,
            "§3",
            "Corrected for the August festival, growth falls to 11 %.",
        ),
        make_evidence(
            "e3", "c4", SURVEY, Stance.CONTEXT, "table 9", "Weekend night trips by any mode: 52,400."
        ),
        make_evidence("e4", "c4", PILOT, Stance.SUPPORTS, "p. 15"),
    )
    return (
        make_claim(
            3,
            "Employers in Velmar are not required to refund late-night taxi fares.",
            confidence=40,
            tags=("law",),
        ),
        make_claim(
            4,
            "Night-tram ridership rose 18 % during the six-month weekend pilot.",
            verdict="conflicting",
            confidence=72,
            tags=("ridership", "method"),
            evidence=evidence,
            note="Ask for the raw weekend counts; the festival falls inside the window.",
        ),
        make_claim(
            5,
            "Each crown spent on the pilot saved 2.30 crowns in shuttle subsidies.",
            verdict="unproven",
            confidence=35,
            tags=("money",),
            evidence=(make_evidence("e5", "c5", PILOT, Stance.SUPPORTS),),
        ),
    )


@pytest.fixture
def marks() -> tuple[Annotation, ...]:
    """A highlight without and one with a note."""
    return (
        make_mark("a1", "Velmar pretends that nobody is awake", start=20),
        make_mark("a2", "a curious Saturday crowd", note="Who counted them?", tags=("method",), start=300),
    )
