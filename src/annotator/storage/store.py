"""One unit of work on the library: typed access to entities, collecting what it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Dialect, LargeBinary, Select, Table, Update, bindparam, cast, select
from sqlalchemy.exc import IntegrityError, OperationalError

from annotator.domain.changes import Change
from annotator.domain.entity import Entity
from annotator.domain.ids import new_uuid
from annotator.errors import BrokenEntity, ConcurrentEdit, InvalidValue, MissingReference, NotFound
from annotator.storage.codec import UNREADABLE, Codec, Plain, codec_of, reason_of, time_to_text
from annotator.storage.tables import ENTITIES, TABLES

E = TypeVar("E", bound=Entity)
_SLICE = 500  # values in one IN (...)
_UNJOURNALED = frozenset({"draft", "setting"})
_BOOKKEEPING = frozenset({"rev", "updated_at"})
_NO_TEXT = "Could not decode to UTF-8"  # the driver's words
_WORDS = {"article_text": "text", "claim_relation": "relation"}


def utc_now() -> datetime:
    """The current time in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Environment:
    """What comes from outside: time, identifiers, who works. Passed in so that tests decide."""

    now: Callable[[], datetime] = utc_now
    new_id: Callable[[], str] = new_uuid
    user: str = ""


class BrokenRow(NamedTuple):
    """A row that can't be read: its table, its id, and why. It is left out; everything else works."""

    kind: str
    id: str
    reason: str


@dataclass(slots=True)
class _Pending:
    """What a unit of work did to one entity so far."""

    before: dict[str, Plain] | None
    after: dict[str, Plain] = field(default_factory=dict)


class EntityCache:
    """The few large entities read last, for those that never change. Shared by the stores of one library."""

    def __init__(self, size: int = 4) -> None:
        self._size = size
        self._kept: dict[str, Entity] = {}

    def get(self, id: str) -> Entity | None:
        """The entity if it is kept."""
        return self._kept.get(id)

    def keep(self, entity: Entity) -> None:
        """Keep an entity; the one kept longest gives way."""
        self._kept[entity.id] = entity
        for old in list(self._kept)[: -self._size]:
            self._kept.pop(old, None)

    def forget(self, ids: Iterable[str]) -> None:
        """Keep these no longer."""
        for id in ids:
            self._kept.pop(id, None)


class Store:
    """Entities by class and id. Lives for one transaction; `changes` is what the journal will record."""

    def __init__(
        self, connection: Connection, environment: Environment, cache: EntityCache | None = None
    ) -> None:
        self.connection = connection
        self.environment = environment
        self._cache = cache or EntityCache()
        self._pending: dict[tuple[str, str], _Pending] = {}
        self._broken: dict[tuple[str, str], BrokenRow] = {}
        self._time: datetime | None = None
        self.erased = False

    @property
    def now(self) -> datetime:
        """The time of this unit of work: the same for all it changes."""
        if self._time is None:
            self._time = self.environment.now()
        return self._time

    @property
    def user(self) -> str:
        """Who works."""
        return self.environment.user

    def new_id(self) -> str:
        """A fresh identifier."""
        return self.environment.new_id()

    def get(self, cls: type[E], id: str, *, deleted: bool = False) -> E:
        """The entity with that id; those in the bin only with `deleted`.

        Raises:
            NotFound: there is none.
            BrokenEntity: there is one, but its row can't be read.
        """
        found = self.find(cls, {"id": id}, deleted=deleted)
        if not found:
            name = TABLES[cls].name
            broken = self._broken.get((name, id))
            if broken is not None:
                raise BrokenEntity(
                    f"The {_WORDS.get(name, name)} “{id}” can't be read: {broken.reason}.",
                    kept="It was left as it is, and everything else works.",
                    todo="A backup may still have it whole.",
                )
            raise NotFound(
                f"There is no {_WORDS.get(name, name)} “{id}” in this library.", kept="Nothing was changed."
            )
        return found[0]

    def get_immutable(self, cls: type[E], id: str) -> E:
        """As `get`, for entities that never change once stored: read once and kept, whether in the bin or not."""
        kept = self._cache.get(id)
        if isinstance(kept, cls):
            return kept
        found = self.get(cls, id, deleted=True)
        self._cache.keep(found)
        return found

    def find(
        self,
        cls: type[E],
        where: Mapping[str, Plain] | None = None,
        *,
        any_of: tuple[str, Iterable[str]] | None = None,
        order: Sequence[str] = (),
        deleted: bool = False,
    ) -> list[E]:
        """All entities whose columns equal `where`, in that order.

        `any_of` is a column and the values it may have; it is read in slices, so their number is not limited.
        A row that can't be read is left out, and is in `broken` from then on.
        """
        if any_of is not None:
            column, values = any_of
            wanted = list(values)
            found = [
                row
                for at in range(0, len(wanted), _SLICE)
                for row in self._rows(cls, where, (column, wanted[at : at + _SLICE]), order, deleted)
            ]
        else:
            found = list(self._rows(cls, where, None, order, deleted))
        codec = codec_of(cls)
        try:
            return [codec.decode(row) for row in found]
        except UNREADABLE:
            return self._readable(codec, found)

    @property
    def broken(self) -> tuple[BrokenRow, ...]:
        """The rows met so far that can't be read."""
        return tuple(self._broken.values())

    def quarantine(self, kind: str, id: str, reason: str) -> None:
        """Note a row that has to be left out."""
        self._broken[(kind, id)] = BrokenRow(kind, id, reason)

    def _readable(self, codec: Codec[E], rows: Sequence[Sequence[Any]]) -> list[E]:
        """The entities of those rows that can be read."""
        kind, id_at = TABLES[codec.cls].name, codec.columns.index("id")
        found = []
        for row in rows:
            try:
                found.append(codec.decode(row))
            except UNREADABLE as error:
                self.quarantine(kind, str(row[id_at]), reason_of(error))
        return found

    def _rows(
        self,
        cls: type[E],
        where: Mapping[str, Plain] | None,
        any_of: tuple[str, list[str]] | None,
        order: Sequence[str],
        deleted: bool,
    ) -> Sequence[Sequence[Any]]:
        given = where or {}
        nothing = tuple(name for name, value in given.items() if value is None)
        equal = {name: value for name, value in given.items() if value is not None}
        query = _query(
            TABLES[cls].name, tuple(equal), nothing, any_of[0] if any_of else "", tuple(order), deleted
        )
        parameters: dict[str, Any] = {f"_{name}": value for name, value in equal.items()}
        if any_of is not None:
            parameters["_any"] = any_of[1]
        try:
            return self.connection.execute(query, parameters).all()
        except OperationalError as error:
            if _NO_TEXT not in str(error.orig):
                raise
        return self._rows_apart(TABLES[cls], query, parameters)

    def _rows_apart(
        self, table: Table, query: Select[Any], parameters: dict[str, Any]
    ) -> Sequence[Sequence[Any]]:
        """As `_rows`, each on its own: the driver gives up on a whole answer when one text in it is no UTF-8."""
        found: list[Sequence[Any]] = []
        ids = self.connection.execute(query.with_only_columns(cast(table.c.id, LargeBinary)), parameters)
        for (id,) in ids.all():
            one = query.where(cast(table.c.id, LargeBinary) == bindparam("_one", type_=LargeBinary))
            try:
                found += self.connection.execute(one, {**parameters, "_one": id}).all()
            except OperationalError as error:
                if _NO_TEXT not in str(error.orig):
                    raise
                self.quarantine(
                    table.name, bytes(id).decode("utf-8", "replace"), "it holds text that is none"
                )
        return found

    def put(self, entity: E) -> E:
        """Store an entity that is new (`rev` 0) or changed, and return it as stored.

        An entity equal to what is stored is left alone and makes no change.

        Raises:
            ConcurrentEdit: `rev` is not that of the stored row.
        """
        return self._insert(entity) if entity.rev == 0 else self._update(entity)

    def remove(self, entity: E) -> E:
        """Move an entity to the bin."""
        return self.put(replace(entity, deleted_at=self.now))

    def forget(self, cls: type[Entity], id: str) -> None:
        """Take away a row that nobody can miss and no history knows: a draft or a setting; if it is there at all."""
        table = TABLES[cls]
        if table.name not in _UNJOURNALED:
            raise InvalidValue("Work is never removed, only moved to the bin.", kept="Nothing was changed.")
        self.connection.execute(table.delete().where(table.c.id == id))
        self._broken.pop((table.name, id), None)

    def erase(self, kind: str, ids: Sequence[str]) -> None:
        """Delete rows for good. An edit that does so can't be taken back; `erased` is set from then on.

        What refers to them must go in the same unit of work, or it can't be committed.
        """
        table = TABLES[ENTITIES[kind]]
        self.connection.exec_driver_sql(
            "PRAGMA defer_foreign_keys = ON"
        )  # until the commit: any order will do
        for at in range(0, len(ids), _SLICE):
            chosen = table.c.id.in_(ids[at : at + _SLICE])
            for id, deleted_at in self.connection.execute(
                select(table.c.id, table.c.deleted_at).where(chosen)
            ):
                self._pending[(kind, id)] = _Pending({"deleted_at": deleted_at})
            self.connection.execute(table.delete().where(chosen))
        self._cache.forget(ids)
        self.erased = self.erased or bool(ids)

    @property
    def changes(self) -> list[Change]:
        """What was changed so far, in order; without entities that ended as they began, drafts and settings."""
        return [
            Change(kind, id, pending.before, pending.after)
            for (kind, id), pending in self._pending.items()
            if kind not in _UNJOURNALED and (pending.before is None or pending.before != pending.after)
        ]

    def _stamped(self, entity: E) -> E:
        return replace(
            entity,
            rev=1,
            created_at=entity.created_at or self.now,
            updated_at=self.now,
            created_by=entity.created_by or self.user,
        )

    def _insert(self, entity: E) -> E:
        stored = self._stamped(entity)
        table, codec = TABLES[type(entity)], codec_of(type(entity))
        row = codec.encode(stored)
        if table.name in _UNJOURNALED and self._broken.pop((table.name, entity.id), None) is not None:
            # Nobody's work: a setting or draft that can't be read gives way to the next one.
            self.connection.execute(table.delete().where(table.c.id == entity.id))
        insert_rows(self.connection, table, [row])
        self._created(table, codec, row)
        return stored

    def _created(self, table: Table, codec: Codec[Any], row: dict[str, Plain]) -> None:
        after = {
            name: value for name, value in row.items() if name not in _BOOKKEEPING and name not in codec.bulk
        }
        self._pending[(table.name, str(row["id"]))] = _Pending(None, after)

    def _update(self, entity: E) -> E:
        cls = type(entity)
        table, codec = TABLES[cls], codec_of(cls)
        old = self.get(cls, entity.id, deleted=True)
        before, after = codec.encode(old), codec.encode(entity)
        changed = {
            name: value for name, value in after.items() if value != before[name] and name not in _BOOKKEEPING
        }
        if old.rev != entity.rev:
            raise ConcurrentEdit(
                f"This {_WORDS.get(table.name, table.name)} was changed elsewhere in the meantime.",
                kept="The other change is kept, yours was not stored.",
                todo="Look at the new state and make your change again.",
            )
        if not changed:
            return old
        if changed.keys() & codec.bulk or (table.name == "rating"):
            raise InvalidValue(
                f"A stored {_WORDS.get(table.name, table.name)} never changes.", kept="Nothing was changed."
            )
        stamp = {"rev": entity.rev + 1, "updated_at": time_to_text(self.now)}
        values = {"old_id": entity.id, "old_rev": entity.rev, **changed, **stamp}
        try:
            done = self.connection.execute(_update_of(table, tuple(changed)), values)
        except IntegrityError as error:
            raise MissingReference(
                f"This {_WORDS.get(table.name, table.name)} would refer to something that is not there.",
                kept="Nothing was changed.",
            ) from error
        if done.rowcount != 1:
            raise ConcurrentEdit(
                "The entity was changed while it was being stored.", kept="Nothing was changed."
            )
        self._changed(table.name, entity.id, {name: before[name] for name in changed}, changed)
        return replace(entity, rev=entity.rev + 1, updated_at=self.now)

    def _changed(self, kind: str, id: str, before: dict[str, Plain], after: dict[str, Plain]) -> None:
        pending = self._pending.get((kind, id))
        if pending is None:
            self._pending[(kind, id)] = _Pending(before, dict(after))
            return
        if pending.before is not None:
            pending.before = before | pending.before
        pending.after.update(after)


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Plain]]) -> None:
    """Insert rows that have a value for every column of the table.

    The statement is written once and goes straight to the driver: values are plain already, and preparing them anew
    for each row would cost several times as much as the row itself.
    """
    statement, order = _insert_of(table, connection.dialect)
    cursor = connection.connection.cursor()
    if order is None:
        cursor.executemany(statement, [dict(row) for row in rows])
    elif len(rows) == 1:
        cursor.execute(statement, [rows[0][name] for name in order])
    else:
        cursor.executemany(statement, [[row[name] for name in order] for row in rows])
    cursor.close()


@lru_cache(maxsize=64)
def _insert_of(table: Table, dialect: Dialect) -> tuple[str, Sequence[str] | None]:
    """The insert of a whole row as the database words it, and the order of its values; None where they have names."""
    compiled = table.insert().compile(dialect=dialect)
    return str(compiled), getattr(compiled, "positiontup", None)


@lru_cache(maxsize=512)
def _query(
    kind: str,
    equal: tuple[str, ...],
    nothing: tuple[str, ...],
    any_of: str,
    order: tuple[str, ...],
    deleted: bool,
) -> Select[Any]:
    """The statement of a search, built once for each shape: building costs more than running it."""
    cls = ENTITIES[kind]
    table = TABLES[cls]
    query = select(*(table.c[name] for name in codec_of(cls).columns))
    for name in equal:
        query = query.where(table.c[name] == bindparam(f"_{name}"))
    for name in nothing:
        query = query.where(table.c[name].is_(None))
    if any_of:
        query = query.where(table.c[any_of].in_(bindparam("_any", expanding=True)))
    if not deleted:
        query = query.where(table.c.deleted_at.is_(None))
    return query.order_by(*(table.c[name] for name in order))


@lru_cache(maxsize=512)
def _update_of(table: Table, changed: tuple[str, ...]) -> Update:
    """The statement that changes some columns of one row that is still at its old revision."""
    names = (*changed, "rev", "updated_at")
    return (
        table.update()
        .where(table.c.id == bindparam("old_id"), table.c.rev == bindparam("old_rev"))
        .values({name: bindparam(name) for name in names})
    )
