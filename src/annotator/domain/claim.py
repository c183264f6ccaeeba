"""Claims: statements in one's own words, their relations, questions and answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.entity import Entity
from annotator.domain.ids import AnswerId, ClaimId, EvidenceId, QuestionId, RelationId, TagId
from annotator.errors import InvalidValue

OPEN = "open"  # the verdict of a claim that nobody has rated: in every scale


class ClaimType(StrEnum):
    """What sort of statement a claim is."""

    STATISTIC = "statistic"
    CAUSE = "cause"
    COMPARISON = "comparison"
    FORECAST = "forecast"
    DEFINITION = "definition"
    QUOTE = "quote"
    EVENT = "event"
    VALUE = "value"
    OTHER = "other"


class Checkable(StrEnum):
    """Whether a claim can be checked at all."""

    YES = "yes"
    OPINION = "opinion"
    PREDICTION = "prediction"
    UNCLEAR = "unclear"


class ClaimStatus(StrEnum):
    """Where the work on a claim stands."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


class RelationKind(StrEnum):
    """How one claim bears on another."""

    SUPPORTS = "supports"
    ATTACKS = "attacks"
    PREMISE_OF = "premise-of"
    RESTATES = "restates"
    NARROWER = "narrower"
    CONTRADICTS = "contradicts"
    CORRECTS = "corrects"


class AnswerType(StrEnum):
    """How the answer to a question was found, after AVeriTeC."""

    EXTRACTIVE = "extractive"
    ABSTRACTIVE = "abstractive"
    BOOLEAN = "boolean"
    UNANSWERABLE = "unanswerable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Entity):
    """A statement that can be judged.

    `verdict` and `confidence` (percent; None: not given) are those of the rating in force, kept here so that lists
    need no join; the history is in the ratings.
    """

    id: ClaimId
    statement: str
    type: ClaimType = ClaimType.OTHER
    checkable: Checkable = Checkable.YES
    claimant: str = ""
    said_on: str = ""
    place: str = ""
    chosen_because: str = ""
    priority: int = 0
    status: ClaimStatus = ClaimStatus.OPEN
    note: str = ""
    tags: tuple[TagId, ...] = ()
    verdict: str = OPEN
    confidence: int | None = None

    def __post_init__(self) -> None:
        check_confidence(self.confidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRelation(Entity):
    """A typed, directed link between two claims."""

    id: RelationId
    from_id: ClaimId
    to_id: ClaimId
    kind: RelationKind
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Entity):
    """What must be answered to judge a claim. `rank` orders the questions of one claim."""

    id: QuestionId
    claim_id: ClaimId
    text: str
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Entity):
    """An answer to a question and the evidence it rests on."""

    id: AnswerId
    question_id: QuestionId
    type: AnswerType
    text: str = ""
    explanation: str = ""
    evidence: tuple[EvidenceId, ...] = ()


def check_confidence(confidence: int | None) -> None:
    """Refuse a confidence outside 0-100.

    Raises:
        InvalidValue: it is.
    """
    if confidence is not None and not 0 <= confidence <= 100:
        raise InvalidValue(
            f"A confidence of {confidence} is not possible.",
            kept="Nothing was changed.",
            todo="Give a whole number from 0 to 100.",
        )
