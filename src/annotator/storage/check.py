"""What SQLite and the stored digests say about a library file, row by row. Reads only."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import LargeBinary, Table, and_, cast, func, literal_column, select
from sqlalchemy.exc import DBAPIError

from annotator.domain.annotation import Motivation
from annotator.domain.entity import Entity
from annotator.domain.packing import unpacked
from annotator.errors import InvalidValue
from annotator.storage import journal, probe
from annotator.storage.store import Store
from annotator.storage.tables import (
    ENTITIES,
    TABLES,
    annotation,
    article,
    article_text,
    attachment,
    change,
    claim,
    edit,
    evidence,
    source,
)


class Dangling(NamedTuple):
    """A row whose reference leads nowhere. `optional`: the row means something without it."""

    kind: str
    id: str
    column: str
    target: str
    optional: bool


class Digests(NamedTuple):
    """A row with stored content: the digest kept of it, and that of the content as it is."""

    id: str
    stored: str
    found: str


def integrity(store: Store) -> list[str]:
    """What SQLite finds wrong with the structure of the file; nothing when it is sound."""
    found: list[str] = []
    try:
        for row in store.connection.exec_driver_sql("PRAGMA integrity_check(100)").scalars():
            found += [str(row)] if row != "ok" else []
    except DBAPIError as error:  # some damage stops the check itself
        if probe.primary_code(error) not in probe.CORRUPT:
            raise
        found.append(str(error.orig))
    return found


def row_ids(store: Store, cls: type[Entity]) -> list[str]:
    """The ids of all rows of a kind, those in the bin too; also of rows that can't be read."""
    ids = store.connection.execute(select(cast(TABLES[cls].c.id, LargeBinary))).scalars()
    return [bytes(id).decode("utf-8", "replace") for id in ids]


def journal_rows(store: Store) -> dict[str, int]:
    """The number of rows in the tables of the journal."""
    counts = {}
    for table in (edit, change):
        counts[table.name] = int(
            store.connection.execute(select(func.count()).select_from(table)).scalar_one()
        )
    return counts


def dangling(store: Store) -> list[Dangling]:
    """Rows outside of the bin that refer to a row that isn't there."""
    execute = store.connection.exec_driver_sql
    found = []
    for kind, row, target, number in execute("PRAGMA foreign_key_check").all():
        if kind in (edit.name, change.name):
            found.append(Dangling(kind, str(row), "", target, False))
            continue
        column = next(
            key[3] for key in execute(f'PRAGMA foreign_key_list("{kind}")').all() if key[0] == number
        )
        table = TABLES[ENTITIES[kind]]
        at = select(table.c.id).where(literal_column("rowid") == row, table.c.deleted_at.is_(None))
        optional = bool(table.c[column].nullable)
        found += [
            Dangling(kind, id, column, target, optional) for id in store.connection.execute(at).scalars()
        ]
    return found


def left_behind(store: Store) -> list[Dangling]:
    """Rows outside of the bin that hang on a row in the bin, and mentions without a claim."""
    a, c, e, s, t = annotation.c, claim.c, evidence.c, source.c, article_text.c
    gone = (
        (annotation, claim, a.claim_id == c.id, c.deleted_at.is_not(None)),
        (evidence, claim, e.claim_id == c.id, c.deleted_at.is_not(None)),
        (evidence, source, e.source_id == s.id, s.deleted_at.is_not(None)),
        (annotation, article_text, a.text_id == t.id, t.deleted_at.is_not(None)),
    )
    queries = [
        (table, target, select(table.c.id).join_from(table, target, joined).where(condition))
        for table, target, joined, condition in gone
    ]
    in_bin = (
        select(a.id)
        .join_from(annotation, article_text, a.text_id == t.id)
        .join(article, and_(article.c.id == t.article_id, article.c.deleted_at.is_not(None)))
    )
    alone = select(a.id).where(a.motivation == Motivation.CLAIM.value, a.claim_id.is_(None))
    queries += [(annotation, article, in_bin), (annotation, claim, alone)]
    return [
        Dangling(table.name, id, "", target.name, False)
        for table, target, query in queries
        for id in store.connection.execute(query.where(table.c.deleted_at.is_(None))).scalars()
    ]


def text_digests(store: Store) -> Iterator[Digests]:
    """The digests of all texts, as bytes and not as text, so that no damage stops the reading."""
    for id, stored, text in _contents(store, article_text, "text"):
        yield Digests(id, stored, hashlib.sha256(text).hexdigest())


def original_digests(store: Store) -> Iterator[Digests]:
    """The digests of all originals and pictures, unpacked; "" for one that can't be unpacked."""
    for id, stored, data, compression in _contents(store, attachment, "data", "compression"):
        try:
            found = hashlib.sha256(unpacked(data, compression.decode("ascii", "replace"))).hexdigest()
        except InvalidValue:
            found = ""
        yield Digests(id, stored, found)


def unlike_originals(store: Store) -> list[str]:
    """The ids of texts whose original is another file than the one they were made from."""
    t, o = article_text.c, attachment.c
    query = select(t.id).join_from(article_text, attachment, t.original_id == o.id)
    return list(store.connection.execute(query.where(t.original_sha256 != o.sha256)).scalars())


def pictures_of_nothing(store: Store) -> list[Dangling]:
    """Pictures outside of the bin whose text isn't there. No foreign key tells of these."""
    o, t = attachment.c, article_text.c
    there = select(t.id).where(t.id == o.text_id).exists()
    query = select(o.id).where(o.text_id.is_not(None), o.deleted_at.is_(None), ~there)
    return [
        Dangling(attachment.name, id, "text_id", article_text.name, False)
        for id in store.connection.execute(query).scalars()
    ]


def broken_links(store: Store) -> list[int]:
    """The numbers of steps of the history that don't fit their digest or the step before."""
    return list(journal.broken_links(store.connection))


def _contents(store: Store, table: Table, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Id, stored digest and some columns of each row, as bytes."""
    parts = [cast(table.c[name], LargeBinary) for name in ("sha256", *columns)]
    for id in row_ids(store, ENTITIES[table.name]):  # one at a time: each may be many megabytes
        row = store.connection.execute(select(*parts).where(table.c.id == id)).first()
        if row is not None:
            stored, *held = (bytes(value or b"") for value in row)
            yield id, stored.decode("ascii", "replace"), *held
