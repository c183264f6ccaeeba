"""What the sources page is given."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.evidence import Stance
from annotator.domain.source import Source


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source and how many pieces of evidence point to it."""

    source: Source
    used: int = 0


@dataclass(frozen=True, slots=True)
class SourceUse:
    """One piece of evidence that points to a source, with the claim it bears on and the article of that claim."""

    claim_id: str
    article_id: str
    statement: str
    article_title: str
    stance: Stance
    quote: str = ""
    locator: str = ""
