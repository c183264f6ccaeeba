"""Evidence: the link between a claim and a source, with the passage that bears on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.entity import Entity
from annotator.domain.ids import AnnotationId, ClaimId, EvidenceId, SourceId
from annotator.errors import InvalidValue


class Stance(StrEnum):
    """What a passage does to a claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Entity):
    """A passage of a source that bears on a claim.

    `strength` is 0 (not given) to 4 (decisive); `locator` is the place in the source ("p. 14", "§3", "table 9");
    `annotation_id` marks the passage in the source's own text when that is in the library; `rank` orders the
    evidence of one claim.
    """

    id: EvidenceId
    claim_id: ClaimId
    source_id: SourceId
    stance: Stance
    strength: int = 0
    quote: str = ""
    annotation_id: AnnotationId | None = None
    locator: str = ""
    note: str = ""
    rank: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.strength <= 4:
            raise InvalidValue(
                f"A strength of {self.strength} is not possible.",
                kept="Nothing was changed.",
                todo="Give a whole number from 0 (not given) to 4 (decisive).",
            )
