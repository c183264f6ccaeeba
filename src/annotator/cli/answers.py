"""The JSON shapes of entities, in one place so that every command shows a thing alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotator.domain.annotation import Annotation
from annotator.domain.article import Article, ArticleText, word_count
from annotator.domain.ids import ClaimId, TagId
from annotator.domain.rating import Rating, Scale
from annotator.domain.source import Source
from annotator.domain.tag import Tag
from annotator.domain.views import ArticleSummary, ClaimView, EvidenceView

Json = dict[str, Any]


def summary_row(row: ArticleSummary) -> Json:
    """An article in a list."""
    return {
        "id": row.id,
        "title": row.title,
        "authors": list(row.authors),
        "publication": row.publication,
        "published_on": row.published_on,
        "url": row.url,
        "language": row.language,
        "status": row.status,
        "claims": row.claims,
        "open_claims": row.open_claims,
    }


def article_row(article: Article) -> Json:
    """What is said about an article."""
    return {
        "id": article.id,
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": list(article.authors),
        "publication": article.publication,
        "section": article.section,
        "url": article.url,
        "published_on": article.published_on,
        "accessed_on": article.accessed_on,
        "language": article.language,
        "direction": article.direction,
        "kind": article.kind.value,
        "status": article.status.value,
    }


def version_row(text: ArticleText) -> Json:
    """A version of an article's text, without the text."""
    return {
        "id": text.id,
        "version": text.seq,
        "characters": len(text.text),
        "words": word_count(text.text),
        "sha256": text.sha256,
        "importer": text.importer,
        "importer_version": text.importer_version,
        "original_name": text.original_name,
        "original_type": text.original_type,
        "original_sha256": text.original_sha256,
        "at": text.created_at.isoformat() if text.created_at else None,
    }


def passage_row(annotation: Annotation) -> Json:
    """Where an annotation stands."""
    return {
        "start": annotation.start,
        "end": annotation.end,
        "segments": [segment._asdict() for segment in annotation.segments],
        "state": annotation.state.value,
        "score": annotation.score,
    }


def mark_row(mark: Annotation, names: Mapping[TagId, str]) -> Json:
    """A highlight or note."""
    return {
        "id": mark.id,
        "kind": mark.motivation.value,
        "quote": " … ".join(segment.exact for segment in mark.segments),
        "note": mark.note,
        "tags": tag_names(mark.tags, names),
        **passage_row(mark),
    }


def claim_row(
    view: ClaimView,
    article: Article,
    scale: Scale,
    names: Mapping[TagId, str],
    ratings: Mapping[ClaimId, Iterable[Rating]],
) -> Json:
    """A claim as its article shows it, with its evidence and the ratings in force."""
    claim = view.claim
    return {
        "id": claim.id,
        "number": view.number,
        "statement": claim.statement,
        "quote": view.quote,
        **passage_row(view.mention),
        "type": claim.type.value,
        "tags": tag_names(claim.tags, names),
        "verdict": claim.verdict,
        "verdict_label": verdict_label(scale, claim.verdict),
        "confidence": claim.confidence,
        "note": claim.note,
        "claimant": claim.claimant,
        "said_on": claim.said_on,
        "article": article.id,
        "article_title": article.title,
        "annotation": view.mention.id,
        "text": view.mention.text_id,
        "evidence": [evidence_row(item) for item in view.evidence],
        "ratings": [rating_row(rating) for rating in ratings.get(claim.id, ())],
    }


def evidence_row(item: EvidenceView) -> Json:
    """A link from a claim to a source."""
    link = item.evidence
    return {
        "id": link.id,
        "source": link.source_id,
        "source_title": item.source.title,
        "stance": link.stance.value,
        "strength": link.strength,
        "quote": link.quote,
        "locator": link.locator,
        "note": link.note,
    }


def rating_row(rating: Rating) -> Json:
    """A verdict somebody gave."""
    return {
        "id": rating.id,
        "verdict": rating.verdict,
        "confidence": rating.confidence,
        "because": rating.rationale,
        "gaps": rating.gaps,
        "would_change": rating.would_change,
        "by": rating.rated_by,
        "at": rating.rated_at.isoformat() if rating.rated_at else None,
        "evidence": list(rating.evidence),
    }


def source_row(source: Source, uses: int = 0) -> Json:
    """A source; `evidence` counts the links to it."""
    return {
        "id": source.id,
        "title": source.title,
        "authors": list(source.authors),
        "year": source.year,
        "url": source.url,
        "doi": source.doi,
        "type": source.csl_type,
        "kind": source.kind.value,
        "key": str(source.csl.get("citation-key") or source.csl.get("id") or ""),
        "evidence": uses,
    }


def tag_row(tag: Tag, uses: int = 0) -> Json:
    """A tag; `uses` counts the claims and highlights that have it."""
    return {
        "id": tag.id,
        "name": tag.name,
        "colour": tag.colour.value,
        "pattern": tag.pattern.value,
        "definition": tag.definition,
        "key": tag.key,
        "uses": uses,
    }


def tag_names(ids: Iterable[TagId], names: Mapping[TagId, str]) -> list[str]:
    """The names of tags; those in the bin are left out."""
    return [names[id] for id in ids if id in names]


def verdict_label(scale: Scale, key: str) -> str:
    """What the scale calls a verdict; its key where an older scale had it."""
    return next((step.label for step in scale.steps if step.key == key), key)
