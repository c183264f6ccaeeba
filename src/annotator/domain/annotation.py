"""Annotations: passages of one version of a text, with a motivation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.entity import Entity
from annotator.domain.ids import AnnotationId, ClaimId, TagId, TextId
from annotator.domain.selectors import Segment


class Motivation(StrEnum):
    """Why a passage is marked, after W3C Web Annotation; `claim` is ours."""

    CLAIM = "claim"
    HIGHLIGHTING = "highlighting"
    COMMENTING = "commenting"
    QUESTIONING = "questioning"


class AnchorState(StrEnum):
    """How an annotation stands to its version of the text."""

    ATTACHED = "attached"
    MOVED = "moved"
    FUZZY = "fuzzy"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation(Entity):
    """A marked passage. With a `claim_id` it is a mention of that claim.

    `segments` are in text order and don't overlap; `start`, `end` and `segment_count` follow from them and are kept as
    columns, so that the passages of a text can be read in order without their quotes. `score` is 1.0 for an exact
    anchor.
    """

    id: AnnotationId
    text_id: TextId
    segments: tuple[Segment, ...]
    start: int
    end: int
    segment_count: int = 1
    motivation: Motivation
    state: AnchorState = AnchorState.ATTACHED
    score: float = 1.0
    claim_id: ClaimId | None = None
    note: str = ""
    tags: tuple[TagId, ...] = ()

    @property
    def placed(self) -> bool:
        """Whether it has a place in its version of the text."""
        return self.state is not AnchorState.ORPHAN
