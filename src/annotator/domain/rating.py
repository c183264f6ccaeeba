"""Ratings: dated acts that record a verdict and how sure one is; and the scales they use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from annotator.domain.claim import check_confidence
from annotator.domain.entity import Entity
from annotator.domain.ids import ClaimId, EvidenceId, RatingId, ScaleId
from annotator.errors import InvalidValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Entity):
    """A verdict on a claim with a confidence in percent. Append-only: a row is never changed or removed.

    A row with `withdraws` takes the effect of that other row back (undo); withdrawing a withdrawal restores it (redo).
    `evidence` are the links as they stood.
    """

    id: RatingId
    claim_id: ClaimId
    verdict: str
    confidence: int | None = None
    rationale: str = ""
    gaps: str = ""
    would_change: str = ""
    rated_by: str = ""
    rated_at: datetime | None = None
    evidence: tuple[EvidenceId, ...] = ()
    withdraws: RatingId | None = None

    def __post_init__(self) -> None:
        check_confidence(self.confidence)


@dataclass(frozen=True, slots=True)
class ScaleStep:
    """One verdict of a scale. `colour` is a role of the theme; `number` the rating value for interchange, or None."""

    key: str
    label: str
    short: str
    icon: str
    colour: str
    letter: str
    number: float | None = None
    definition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Entity):
    """An ordered set of verdicts."""

    id: ScaleId
    name: str
    steps: tuple[ScaleStep, ...]

    def step(self, key: str) -> ScaleStep:
        """The step with that key.

        Raises:
            InvalidValue: this scale has none.
        """
        for step in self.steps:
            if step.key == key:
                return step
        keys = ", ".join(step.key for step in self.steps)
        raise InvalidValue(
            f"“{key}” is not a verdict of the scale “{self.name}”.",
            kept="Nothing was changed.",
            todo=f"Use one of: {keys}.",
        )


DEFAULT_SCALE = Scale(
    id=ScaleId("default"),
    name="Default",
    steps=(
        ScaleStep("supported", "Supported", "Supported", "circle-check", "supports", "S", 5,
                  "Independent evidence bears the claim out."),
        ScaleStep("partly", "Partly supported", "Partly", "contrast", "partly", "P", 4,
                  "The evidence bears out a part of the claim, or a weaker form of it."),
        ScaleStep("conflicting", "Conflicting evidence", "Conflicting", "scale", "conflicting", "C", 3,
                  "Good evidence points both ways."),
        ScaleStep("refuted", "Refuted", "Refuted", "circle-x", "refutes", "R", 1,
                  "Independent evidence shows the claim to be wrong."),
        ScaleStep("unproven", "Not enough evidence", "Unproven", "circle-question-mark", "context", "U", None,
                  "What was found does not suffice for a verdict."),
        ScaleStep("open", "Open", "Open", "circle-dashed", "open", "O", None, "Not judged yet."),
    ),
)  # fmt: skip


def effective(ratings: Iterable[Rating]) -> list[Rating]:
    """The ratings that are in force, in their order: without withdrawals and without what was withdrawn."""
    rows = list(ratings)
    withdrawn: set[RatingId] = set()
    for row in reversed(rows):
        if row.withdraws is not None and row.id not in withdrawn:
            withdrawn.add(row.withdraws)
    return [row for row in rows if row.withdraws is None and row.id not in withdrawn]
