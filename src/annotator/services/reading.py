"""What the reader and its side panel show of one article."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotator.domain.annotation import Annotation
from annotator.domain.article import Article, ArticleText
from annotator.domain.ids import ArticleId, ClaimId
from annotator.domain.library_rows import Setting
from annotator.domain.rating import Rating, Scale
from annotator.domain.tag import Tag
from annotator.domain.views import ClaimView, SpanRow
from annotator.services import annotations as marking
from annotator.services import claims, ratings, tags
from annotator.services.articles import current_text
from annotator.storage.store import Store

_SCREEN = 8_000  # characters: more than a first screen ever shows


@dataclass(frozen=True, slots=True)
class OpenedArticle:
    """What the first painted frame needs: the text, where reading stopped, and the passages around there."""

    article: Article
    text: ArticleText
    position: int
    near: tuple[SpanRow, ...]
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class ArticleWork:
    """Everything people did in one article, for the panel: claims and marks in text order, ratings, tags, scale."""

    claims: tuple[ClaimView, ...]
    marks: tuple[Annotation, ...]
    ratings: dict[ClaimId, tuple[Rating, ...]]
    tags: tuple[Tag, ...]
    scale: Scale


def open_article(store: Store, article_id: ArticleId) -> OpenedArticle:
    """Read an article for its first painted frame.

    Raises:
        NotFound: there is no such article, or its text is missing.
    """
    article = store.get(Article, article_id)
    text = current_text(store, article_id)
    position = min(_read_position(store, text), len(text.text))
    near = marking.passages(store, text.id, near=(max(0, position - _SCREEN), position + _SCREEN))
    return OpenedArticle(article, text, position, tuple(near), tuple(tags.list_tags(store)))


def work_on(store: Store, text: ArticleText) -> ArticleWork:
    """Read what the panel shows of a text."""
    article = store.get(Article, text.article_id)
    found = claims.claims_of_text(store, text.id)
    return ArticleWork(
        claims=found,
        marks=tuple(marking.marks(store, text.id)),
        ratings=ratings.history(store, [view.claim.id for view in found]),
        tags=tuple(tags.list_tags(store)),
        scale=ratings.scale_of_article(store, article),
    )


def changed_passages(
    store: Store, text: ArticleText, *, annotation_ids: Sequence[str], claim_ids: Sequence[str]
) -> tuple[frozenset[str], list[SpanRow]]:
    """The annotations of a text that are named or mention a named claim, and what is to be painted of them now."""
    mentions = store.find(Annotation, {"text_id": text.id}, any_of=("claim_id", claim_ids), deleted=True)
    ids = frozenset(annotation_ids) | {item.id for item in mentions}
    return ids, marking.passages(store, text.id, ids=sorted(ids))


def save_position(store: Store, text: ArticleText, offset: int) -> None:
    """Remember where reading stopped; no step of the history."""
    name, value = _position_name(text), json.dumps(offset)
    known = store.find(Setting, {"id": name})
    store.put(replace(known[0], value=value) if known else Setting(id=name, value=value))


def _read_position(store: Store, text: ArticleText) -> int:
    stored = store.find(Setting, {"id": _position_name(text)})
    value = json.loads(stored[0].value) if stored else 0
    return value if isinstance(value, int) and value >= 0 else 0


def _position_name(text: ArticleText) -> str:
    return f"position:{text.id}"
