"""Passages of a text in the library as evidence: the text is the source, and the passage is marked in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from annotator.domain.annotation import Annotation, Motivation
from annotator.domain.article import Article, ArticleText, BlockKind
from annotator.domain.evidence import Evidence, Stance
from annotator.domain.ids import ArticleId, ClaimId, TextId
from annotator.domain.selectors import TextSpan
from annotator.domain.source import Source
from annotator.interchange.csl import csl_name, source_fields
from annotator.services import evidence
from annotator.services.annotations import mark_passage, set_segments
from annotator.services.articles import current_text
from annotator.services.evidence import EvidenceFields
from annotator.services.sources import add_source
from annotator.storage.store import Store

_PARAGRAPHS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.CODE})


@dataclass(frozen=True, slots=True)
class LinkedPassage:
    """A passage that became evidence. `source_added`: the library had no source for its text until now."""

    evidence: Evidence
    mark: Annotation
    source: Source
    source_added: bool


def link_passage(
    store: Store, *, claim_id: ClaimId, text_id: TextId, span: TextSpan, stance: Stance
) -> LinkedPassage:
    """Mark a passage and link it to a claim as evidence, with its words as the quote and its paragraph as the place.

    The source is the one that stands for the article; without one it is made of what is known of the article.

    Raises:
        NotFound: there is no such claim, or the article isn't there any more.
        InvalidValue: the passage is empty or outside of the text.
    """
    mark = mark_passage(store, text_id=text_id, span=span, motivation=Motivation.HIGHLIGHTING)
    text = store.get_immutable(ArticleText, text_id)
    known = source_of(store, article_id=text.article_id)
    source = known or _add_source_of(store, store.get(Article, text.article_id))
    fields = EvidenceFields(
        stance,
        quote=text.text[mark.start : mark.end],
        locator=_paragraph_at(text, mark.start),
    )
    link = evidence.link_evidence(store, claim_id=claim_id, source_id=source.id, fields=fields)
    linked = store.put(replace(link, annotation_id=mark.id))
    return LinkedPassage(linked, mark, source, known is None)


def mark_quote(store: Store, *, link: Evidence, span: TextSpan | None) -> Evidence:
    """Mark the words of a piece of evidence at `span` in the text of its source; a mark it has already moves there.

    Nothing is marked where the source has no text, or where that reads otherwise by now.
    """
    article_id = store.get(Source, link.source_id).article_id
    if span is None or article_id is None:
        return link
    text = current_text(store, article_id)
    if text.text[span.start : span.end] != link.quote:
        return link
    known = store.find(Annotation, {"id": link.annotation_id}) if link.annotation_id else []
    if known and known[0].text_id == text.id:
        set_segments(store, annotation_id=known[0].id, spans=(span,))
        return link
    mark = mark_passage(store, text_id=text.id, span=span, motivation=Motivation.HIGHLIGHTING)
    return store.put(replace(link, annotation_id=mark.id))


def source_of(store: Store, *, article_id: ArticleId) -> Source | None:
    """The source that stands for an article; of several the one that was there first."""
    found = store.find(Source, {"article_id": article_id}, order=("created_at", "id"))
    return found[0] if found else None


def _add_source_of(store: Store, article: Article) -> Source:
    parts = [int(part) for part in article.published_on[:10].split("-") if part.isdecimal()]
    record = {
        "type": "article",
        "title": article.title,
        "author": [csl_name(name) for name in article.authors if name.strip()],
        "issued": {"date-parts": [parts]} if parts else None,
        "container-title": article.publication,
        "URL": article.url,
        "language": article.language,
    }
    fields = source_fields({name: value for name, value in record.items() if value})
    return store.put(replace(add_source(store, fields), article_id=article.id))


def _paragraph_at(text: ArticleText, offset: int) -> str:
    """The paragraph as people cite it, "¶ 4"; "" before the first."""
    starts = [block.start for block in text.blocks if block.kind in _PARAGRAPHS and block.start < block.end]
    number = bisect_right(starts, offset)
    return f"¶ {number}" if number else ""
