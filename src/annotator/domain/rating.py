"""Ratings: dated acts that record a verdict and how sure one is; and the scales they use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from annotator.domain.claim import check_confidence
from annotator.domain.entity import Entity
from annotator.domain.ids import ClaimId, EvidenceId, RatingId, ScaleId
from annotator.errors import InvalidValue

RATING_ORDER = ("rank", "created_at", "id")  # from the oldest to the latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Entity):
    """A verdict on a claim with a confidence in percent. Append-only: a row is never changed or removed.

    A row with `withdraws` takes the effect of that other row back (undo); withdrawing a withdrawal restores it (redo).
    `evidence` are the links as they stood. `rank` counts the ratings of a claim: it, and not the clock, tells which is
    the latest.
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
    rank: int = 0

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


def next_rank(ratings: Iterable[Rating]) -> int:
    """The rank of the next rating of a claim that has these, withdrawn ones too."""
    return max((row.rank for row in ratings), default=0) + 1


def effective(ratings: Iterable[Rating]) -> list[Rating]:
    """The ratings that are in force, in their order: without withdrawals and without what was withdrawn."""
    rows = list(ratings)
    standing = in_force(rows)
    return [row for row in rows if row.withdraws is None and row.id in standing]


def in_force(ratings: Iterable[Rating]) -> set[RatingId]:
    """Those that no withdrawal in force withdraws, withdrawals too; in whatever order the rows come."""
    rows = list(ratings)
    against: dict[RatingId, list[RatingId]] = {}
    for row in rows:
        if row.withdraws is not None:
            against.setdefault(row.withdraws, []).append(row.id)
    known: dict[RatingId, bool] = {}

    def stands(id: RatingId) -> bool:
        if id not in known:
            known[id] = True  # only a damaged file holds a circle; it ends here
            known[id] = not any(stands(other) for other in against.get(id, ()))
        return known[id]

    return {row.id for row in rows if stands(row.id)}
