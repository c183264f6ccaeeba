"""A dressed application and a handful of sources."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from annotator.domain.evidence import Stance
from annotator.domain.ids import SourceId
from annotator.domain.source import Source
from annotator.ui.sources import SourceRow, SourceUse
from annotator.ui.theme import ThemeManager


@pytest.fixture
def themes(qapp: QApplication) -> ThemeManager:
    """The themes, with fonts loaded and the light one in use."""
    manager = ThemeManager()
    manager.load_fonts()
    manager.apply()
    return manager


def make_row(
    key: str, title: str, author: str, year: str, kind: str, used: int, publisher: str = ""
) -> SourceRow:
    """A source by one author."""
    csl = {"type": kind, "publisher": publisher}
    url = f"https://velmar.example/{key}/" + "long-path/" * 12
    source = Source(
        id=SourceId(key), title=title, authors=(author,), year=year, csl=csl, url=url, doi="10.5555/velmar.1"
    )
    return SourceRow(source, used)


@pytest.fixture
def rows() -> tuple[SourceRow, ...]:
    """Five sources, not in any order of their columns."""
    return (
        make_row("pilot", "Weekend Night Pilot: Evaluation", "Velmar Transit Office", "2025", "report", 12),
        make_row("recount", "Counting the night: a re-analysis", "R. Adeyemi", "2026", "article-journal", 3),
        make_row(
            "survey", "Mobility Survey 2024", "City Statistics Office", "2024", "dataset", 2, "Census Press"
        ),
        make_row(
            "taxi", "Taxi refunds: who pays after midnight?", "Public Ledger", "2024", "article-newspaper", 0
        ),
        make_row("cities", "Cities After Dark", "M. Lindqvist", "2017", "book", 0),
    )


@pytest.fixture
def uses() -> tuple[SourceUse, ...]:
    """Two uses in two articles."""
    return (
        SourceUse(
            "c4",
            "a1",
            "Night-tram ridership rose 18 % during the pilot.",
            "Let the trams run all night",
            Stance.SUPPORTS,
            "Boardings after midnight increased.",
            "p. 14",
        ),
        SourceUse("c7", "a2", "Maintenance needs four hours.", "Heat pumps will not save us", Stance.REFUTES),
    )
