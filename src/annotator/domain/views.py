"""Read-only pictures of several entities together: what lists show and exports are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from annotator.domain.annotation import Annotation
from annotator.domain.article import Article, ArticleText
from annotator.domain.claim import Claim
from annotator.domain.evidence import Evidence, Stance
from annotator.domain.ids import AnnotationId, ArticleId, ClaimId, TagId
from annotator.domain.rating import Rating, Scale
from annotator.domain.source import Source
from annotator.domain.tag import Tag


class SpanRow(NamedTuple):
    """What the reader needs to paint one segment of an annotation, and no more; a claim has a note of its own."""

    start: int
    end: int
    annotation_id: AnnotationId
    claim_id: ClaimId | None
    tag_id: TagId | None
    verdict: str
    has_note: bool


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """A row of the library list. `open_claims` counts the claims without a verdict."""

    id: ArticleId
    title: str
    authors: tuple[str, ...]
    publication: str
    published_on: str
    url: str
    language: str
    status: str
    claims: int
    open_claims: int


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A piece of evidence with the source it points to."""

    evidence: Evidence
    source: Source


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as an article shows it: its number in text order, its mention there, its evidence."""

    number: int
    claim: Claim
    mention: Annotation
    evidence: tuple[EvidenceView, ...] = ()

    @property
    def quote(self) -> str:
        """The words of the article, segments joined by an ellipsis."""
        return " … ".join(segment.exact for segment in self.mention.segments)

    def count(self, stance: Stance) -> int:
        """How many pieces of evidence take that stance."""
        return sum(1 for item in self.evidence if item.evidence.stance is stance)


@dataclass(frozen=True, slots=True)
class ArticleSnapshot:
    """Everything about one article, immutable: what an exporter gets.

    `claims` are in text order; `marks` are the annotations that are no mentions, in text order; `ratings` are those
    in force, in order of time; `others` counts annotations that can't be placed, for the list of what is left out.
    """

    article: Article
    text: ArticleText
    claims: tuple[ClaimView, ...]
    marks: tuple[Annotation, ...]
    tags: dict[TagId, Tag]
    ratings: dict[ClaimId, tuple[Rating, ...]]
    scale: Scale
    orphans: int = 0
