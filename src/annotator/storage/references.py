"""What refers to what: the references between tables, followed in both directions, through the bin too."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import select

from annotator.storage.codec import UNREADABLE, strings_from_json
from annotator.storage.store import Store
from annotator.storage.tables import ENTITIES, TABLES, article_text, draft, edit

Key = tuple[str, str]  # kind and id
_SLICE = 500
_APART = frozenset({"draft", "setting"})  # nobody's work: never in the bin
# References that may be empty, but hold the row where they aren't: a mention is nothing without its claim.
_HOLDING = frozenset({("annotation", "claim_id"), ("article_text", "original_id")})


class Reference(NamedTuple):
    """A column that refers to another table. `holds`: the row means nothing without what it refers to."""

    kind: str
    column: str
    target: str
    holds: bool


class Referrer(NamedTuple):
    """A row that refers to `target`; `deleted_at` is empty unless it lies in the bin."""

    key: Key
    target: Key
    holds: bool
    deleted_at: str | None


class Binned(NamedTuple):
    """A row in the bin: since when, and what it hangs on."""

    key: Key
    deleted_at: str
    hangs_on: tuple[Key, ...]


def _foreign_keys() -> Iterator[Reference]:
    for table in TABLES.values():
        for column in table.columns:
            for foreign in column.foreign_keys:
                holds = not column.nullable or (table.name, column.name) in _HOLDING
                yield Reference(table.name, column.name, foreign.column.table.name, holds)


REFERENCES = (
    *_foreign_keys(),
    Reference("attachment", "text_id", "article_text", holds=True),  # of a picture; see its table
)


def exists(store: Store, key: Key) -> bool:
    """Whether there is such a row, in the bin or not."""
    table = TABLES[ENTITIES[key[0]]]
    return store.connection.execute(select(table.c.id).where(table.c.id == key[1])).first() is not None


def ids_where(store: Store, kind: str, column: str, values: Collection[str]) -> list[str]:
    """The ids of rows by what a column of them holds, in the bin or not."""
    table = TABLES[ENTITIES[kind]]
    return [
        id
        for part in _sliced(values)
        for id in store.connection.execute(select(table.c.id).where(table.c[column].in_(part))).scalars()
    ]


def in_bin(store: Store) -> dict[Key, Binned]:
    """Every row in the bin."""
    found: dict[Key, Binned] = {}
    for kind, cls in ENTITIES.items():
        if kind in _APART:
            continue
        table = TABLES[cls]
        held = [item for item in REFERENCES if item.kind == kind and item.holds]
        columns = [table.c.id, table.c.deleted_at, *(table.c[item.column] for item in held)]
        for id, deleted_at, *ids in store.connection.execute(
            select(*columns).where(table.c.deleted_at.is_not(None))
        ):
            targets = tuple(
                (item.target, target) for item, target in zip(held, ids, strict=True) if target is not None
            )
            found[(kind, id)] = Binned((kind, id), str(deleted_at), targets)
    return found


def texts_of(store: Store, article_ids: Collection[str]) -> list[tuple[str, str, str | None]]:
    """The texts of articles, in the bin or not: article, text, attachment."""
    t = article_text.c
    query = select(t.article_id, t.id, t.original_id)
    return [
        (row[0], row[1], row[2])
        for part in _sliced(article_ids)
        for row in store.connection.execute(query.where(t.article_id.in_(part)))
    ]


def pictures_of(store: Store, text_ids: Collection[str]) -> list[str]:
    """The ids of the pictures in some texts, in the bin or not."""
    return ids_where(store, "attachment", "text_id", text_ids)


def targets(store: Store, keys: Iterable[Key], *, holding: bool) -> list[Referrer]:
    """What some rows refer to, each with when it went to the bin; only what they hang on with `holding`."""
    found: list[Referrer] = []
    for kind, ids in by_kind(keys).items():
        table = TABLES[ENTITIES[kind]]
        for item in REFERENCES:
            if item.kind != kind or (holding and not item.holds):
                continue
            to = TABLES[ENTITIES[item.target]].alias()
            query = select(table.c.id, to.c.id, to.c.deleted_at).join_from(
                table, to, table.c[item.column] == to.c.id
            )
            for part in _sliced(ids):
                found += [
                    Referrer((kind, row[0]), (item.target, row[1]), item.holds, row[2])
                    for row in store.connection.execute(query.where(table.c.id.in_(part)))
                ]
    return found


def referrers(store: Store, keys: Iterable[Key]) -> Iterator[Referrer]:
    """Every row that refers to one of these by a reference, in the bin or not."""
    for kind, ids in by_kind(keys).items():
        for item in REFERENCES:
            if item.target != kind:
                continue
            table = TABLES[ENTITIES[item.kind]]
            column = table.c[item.column]
            query = select(table.c.id, column, table.c.deleted_at)
            for part in _sliced(ids):
                for row in store.connection.execute(query.where(column.in_(part))).all():
                    yield Referrer((item.kind, row[0]), (kind, row[1]), item.holds, row[2])


def tagged_with(store: Store, tag_ids: Collection[str]) -> list[tuple[Key, str]]:
    """The rows that carry one of these tags, each with the tag; in the bin or not."""
    found: list[tuple[Key, str]] = []
    wanted = set(tag_ids)
    tagged = [(kind, TABLES[cls]) for kind, cls in ENTITIES.items() if "tags" in TABLES[cls].c]
    for kind, table in tagged if wanted else ():
        query = select(table.c.id, table.c.tags).where(table.c.tags != "[]")
        for id, stored in store.connection.execute(query):
            try:
                tags = strings_from_json(stored)
            except UNREADABLE:
                continue
            found += [((kind, id), tag) for tag in tags if tag in wanted]
    return found


def who_at(store: Store, times: Collection[str]) -> dict[str, str]:
    """Who worked at these moments, for those at which an edit was made."""
    found: dict[str, str] = {}
    for part in _sliced(times):
        query = select(edit.c.at, edit.c.by).where(edit.c.at.in_(part))
        found |= {row[0]: row[1] for row in store.connection.execute(query)}
    return found


def drop_drafts(store: Store, keys: Iterable[Key]) -> None:
    """Forget unsaved text of things that are gone."""
    for kind, ids in by_kind(keys).items():
        for part in _sliced(ids):
            where = (draft.c.kind == kind) & draft.c.entity_id.in_(part)
            store.connection.execute(draft.delete().where(where))


def by_kind(keys: Iterable[Key]) -> dict[str, list[str]]:
    """The ids of each kind."""
    found: dict[str, list[str]] = {}
    for kind, id in keys:
        found.setdefault(kind, []).append(id)
    return found


def _sliced(ids: Collection[str]) -> Iterator[Sequence[str]]:
    ordered = list(ids)
    for at in range(0, len(ordered), _SLICE):
        yield ordered[at : at + _SLICE]
