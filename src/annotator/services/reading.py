"""What the reader and its side panel show of one article."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from annotator.domain.annotation import Annotation
from annotator.domain.article import Article, ArticleText
from annotator.domain.evidence import Evidence
from annotator.domain.ids import ArticleId, ClaimId
from annotator.domain.library_rows import Setting
from annotator.domain.rating import Rating, Scale
from annotator.domain.tag import Tag
from annotator.domain.views import ClaimView, SpanRow
from annotator.services import annotations as marking
from annotator.services import claims, ratings, tags
from annotator.services.articles import current_text, pictures_of
from annotator.storage.store import Store

_SCREEN = 8_000  # characters: more than a first screen ever shows


@dataclass(frozen=True, slots=True)
class OpenedArticle:
    """What the first painted frame needs: the text, where reading stopped, and the passages around there.

    `caret` is None when it was not on screen then.
    """

    article: Article
    text: ArticleText
    position: int
    caret: int | None
    near: tuple[SpanRow, ...]
    tags: tuple[Tag, ...]
    pictures: dict[str, tuple[int, int]]  # width and height by SHA-256


@dataclass(frozen=True, slots=True)
class ArticleWork:
    """Everything people did in one article, for the panel: claims and marks in text order, ratings, tags, scale."""

    claims: tuple[ClaimView, ...]
    marks: tuple[Annotation, ...]
    ratings: dict[ClaimId, tuple[Rating, ...]]
    tags: tuple[Tag, ...]
    scale: Scale


@dataclass(frozen=True, slots=True)
class ChangedWork:
    """What became of the claims and marks that an edit touched: those of `claim_ids` and `mark_ids` that are not in
    `claims` (numbered 0) and `marks` are gone."""

    claim_ids: frozenset[str]
    mark_ids: frozenset[str]
    claims: tuple[ClaimView, ...]
    marks: tuple[Annotation, ...]
    ratings: dict[ClaimId, tuple[Rating, ...]]


def open_article(store: Store, article_id: ArticleId) -> OpenedArticle:
    """Read an article for its first painted frame.

    Raises:
        NotFound: there is no such article, or its text is missing.
    """
    article = store.get(Article, article_id)
    text = current_text(store, article_id)
    position, caret = _read_position(store, text)
    near = marking.passages(store, text.id, near=(max(0, position - _SCREEN), position + _SCREEN))
    tags_there, pictures = tuple(tags.list_tags(store)), pictures_of(store, text.id)
    return OpenedArticle(article, text, position, caret, tuple(near), tags_there, pictures)


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


def changed_work(store: Store, text: ArticleText, touched: Collection[tuple[str, str]]) -> ChangedWork:
    """What the panel shows of a text, as far as it follows from what was touched, given as `(kind, id)`."""
    ids: dict[str, list[str]] = {}
    for kind, id in touched:
        ids.setdefault(kind, []).append(id)
    annotations = store.find(Annotation, any_of=("id", ids.get("annotation", ())), deleted=True)
    links = store.find(Evidence, any_of=("id", ids.get("evidence", ())), deleted=True)
    links += store.find(Evidence, any_of=("source_id", ids.get("source", ())))
    judgements = store.find(Rating, any_of=("id", ids.get("rating", ())), deleted=True)
    claim_ids = {ClaimId(id) for id in ids.get("claim", ())}
    claim_ids |= {item.claim_id for item in links} | {item.claim_id for item in judgements}
    claim_ids |= {item.claim_id for item in annotations if item.claim_id is not None}
    found = claims.claims_by_id(store, text.id, sorted(claim_ids))
    return ChangedWork(
        claim_ids=frozenset(claim_ids),
        mark_ids=frozenset(ids.get("annotation", ())),
        claims=found,
        marks=tuple(item for item in annotations if marking.is_mark_of(item, text.id)),
        ratings=ratings.history(store, [view.claim.id for view in found]),
    )


def save_position(store: Store, text: ArticleText, offset: int, *, caret: int | None = None) -> None:
    """Remember where reading stopped, and the caret if it was on screen; no step of the history."""
    name, value = _position_name(text), json.dumps(offset if caret is None else [offset, caret])
    known = store.find(Setting, {"id": name})
    store.put(replace(known[0], value=value) if known else Setting(id=name, value=value))


def _read_position(store: Store, text: ArticleText) -> tuple[int, int | None]:
    stored = store.find(Setting, {"id": _position_name(text)})
    try:
        value = json.loads(stored[0].value) if stored else 0
    except ValueError:  # a damaged setting is no reason not to read
        value = 0
    places = value if isinstance(value, list) else [value]
    known = [min(place, len(text.text)) for place in places if isinstance(place, int) and place >= 0]
    return known[0] if known else 0, known[1] if len(known) > 1 else None


def _position_name(text: ArticleText) -> str:
    return f"position:{text.id}"
