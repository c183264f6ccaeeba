"""Narrow queries for lists and for painting: columns, not entities."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, case, func, or_, select

from annotator.domain.annotation import AnchorState, Annotation, Motivation
from annotator.domain.claim import OPEN
from annotator.domain.entity import Entity
from annotator.domain.ids import ArticleId, TagId, TextId
from annotator.domain.views import ArticleSummary, SpanRow
from annotator.storage.codec import UNREADABLE, reason_of, strings_from_json
from annotator.storage.store import Store
from annotator.storage.tables import TABLES, annotation, article, article_text, attachment, claim, evidence

_READABLE = (  # at every passage that is added: straight to the driver
    "SELECT 1 FROM article_text t JOIN article a ON a.id = t.article_id"
    " WHERE t.id = ? AND t.deleted_at IS NULL AND a.deleted_at IS NULL"
)
_LONGEST = 20_000  # characters; a first look for passages goes back this far


def article_summaries(store: Store, *, ids: Sequence[str] | None = None) -> list[ArticleSummary]:
    """All articles, the youngest first, with the numbers of their claims."""
    a, t, n, c = article.c, article_text.c, annotation.c, claim.c
    counts = (
        select(
            t.article_id,
            func.count(func.distinct(c.id)).label("claims"),
            func.count(func.distinct(case((c.verdict == OPEN, c.id)))).label("open_claims"),
        )
        .join(annotation, and_(n.text_id == t.id, n.deleted_at.is_(None)))
        .join(claim, and_(c.id == n.claim_id, c.deleted_at.is_(None)))
        .group_by(t.article_id)
        .subquery()
    )
    query = (
        select(
            a.id, a.title, a.authors, a.publication, a.published_on, a.url, a.language, a.status,
            func.coalesce(counts.c.claims, 0), func.coalesce(counts.c.open_claims, 0),
        )
        .outerjoin(counts, counts.c.article_id == a.id)
        .where(a.deleted_at.is_(None))
        .order_by(a.created_at.desc(), a.id)
    )  # fmt: skip
    if ids is not None:
        query = query.where(a.id.in_(ids))
    return [
        ArticleSummary(ArticleId(row[0]), row[1], _words(store, "article", row[0], row[2]), *row[3:10])
        for row in store.connection.execute(query)
    ]


def _words(store: Store, kind: str, id: str, stored: str) -> tuple[str, ...]:
    """The stored form of a tuple of strings, read; none where it is damaged."""
    try:
        return strings_from_json(stored)
    except UNREADABLE as error:
        if id:
            store.quarantine(kind, id, reason_of(error))
        return ()


def spans(
    store: Store, text_id: TextId, *, near: tuple[int, int] | None = None, ids: Sequence[str] | None = None
) -> list[SpanRow]:
    """The passages of a text in order, one row a segment; only those that touch `near`, or of the annotations `ids`.

    `near` misses passages that begin more than 20,000 characters before it; the full list has them.
    """
    n, c = annotation.c, claim.c
    query = (
        select(
            *(n.start, n.end, n.id, n.claim_id, n.tags, n.motivation, n.segment_count),
            *(c.tags, c.verdict, c.note != ""),
        )
        .outerjoin(claim, and_(c.id == n.claim_id))
        .where(n.text_id == text_id, n.deleted_at.is_(None), n.state != AnchorState.ORPHAN.value)
        .where(or_(n.claim_id.is_(None), c.deleted_at.is_(None)))
        .order_by(n.start)
    )
    if near is not None:
        query = query.where(n.start >= near[0] - _LONGEST, n.start < near[1], n.end > near[0])
    if ids is not None:
        query = query.where(n.id.in_(ids))
    found: list[SpanRow] = []
    several: dict[str, SpanRow] = {}
    first: dict[str, TagId | None] = {}
    for row in store.connection.execute(query):
        start, end, id, claim_id, tags, motivation, count, claim_tags, verdict, noted = row
        stored = tags if claim_tags is None else claim_tags
        if stored not in first:
            kind, owner = ("annotation", id) if claim_tags is None else ("claim", claim_id)
            first[stored] = next((TagId(tag) for tag in _words(store, kind, owner, stored)), None)
        if not type(start) is type(end) is type(count) is int:
            store.quarantine("annotation", id, "its place is no number")
            continue
        has_note = bool(noted) or motivation == Motivation.COMMENTING.value
        span = SpanRow(start, end, id, claim_id, first[stored], verdict or "", has_note)
        if count > 1:
            several[id] = span
        else:
            found.append(span)
    if several:
        found += _segments(store, several)
        found.sort()
    return found


def _segments(store: Store, rows: dict[str, SpanRow]) -> list[SpanRow]:
    return [
        rows[item.id]._replace(start=segment.start, end=segment.end)
        for item in store.find(Annotation, any_of=("id", rows))
        for segment in item.segments
    ]


def count_where(store: Store, cls: type[Entity], **equal: str) -> int:
    """How many entities outside of the bin have these column values."""
    table = TABLES[cls]
    query = select(func.count()).select_from(table).where(table.c.deleted_at.is_(None))
    for name, value in equal.items():
        query = query.where(table.c[name] == value)
    return int(store.connection.execute(query).scalar_one())


def ids_starting(store: Store, cls: type[Entity], prefix: str, *, limit: int = 3) -> list[str]:
    """Up to `limit` ids outside of the bin that start so."""
    table = TABLES[cls]
    query = select(table.c.id).where(
        table.c.deleted_at.is_(None), table.c.id.startswith(prefix, autoescape=True)
    )
    return list(store.connection.execute(query.order_by(table.c.id).limit(limit)).scalars())


def is_readable(store: Store, text_id: TextId) -> bool:
    """Whether a text and its article are outside of the bin."""
    cursor = store.connection.connection.cursor()
    cursor.execute(_READABLE, (text_id,))
    found = cursor.fetchone()
    cursor.close()
    return found is not None


def evidence_counts(store: Store) -> dict[str, int]:
    """How many links each source has, by its id."""
    query = (
        select(evidence.c.source_id, func.count())
        .where(evidence.c.deleted_at.is_(None))
        .group_by(evidence.c.source_id)
    )
    return {row[0]: row[1] for row in store.connection.execute(query)}


def tag_uses(store: Store) -> dict[str, int]:
    """How often each tag is on a claim or a highlight, by its id."""
    uses: dict[str, int] = {}
    for table in (claim, annotation):
        query = (
            select(table.c.tags, func.count())
            .where(table.c.deleted_at.is_(None), table.c.tags != "[]")
            .group_by(table.c.tags)
        )
        for stored, count in store.connection.execute(query):
            for tag in _words(store, table.name, "", stored):
                uses[tag] = uses.get(tag, 0) + count
    return uses


def picture_sizes(store: Store, text_id: str) -> dict[str, tuple[int, int]]:
    """Width and height of the pictures in a text, by their SHA-256; none of their bytes is read."""
    o = attachment.c
    query = select(o.sha256, o.width, o.height).where(o.text_id == text_id, o.deleted_at.is_(None))
    return {
        str(sha256): (int(width), int(height)) for sha256, width, height in store.connection.execute(query)
    }
