"""The journal: every unit of work with each entity's before and after. Undo, redo and history come from it.

Rows are only ever added. Each carries a SHA-256 over its content and the one before it, so that a change from outside
shows. Undo and redo are edits of their own whose `target` is the edit they are about. Edits made in one go are a run:
they follow each other, and the `target` of each but the first is the first. An undo or redo of a run is about its last.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from annotator.domain.changes import Change, ChangeSet, Edit, Origin
from annotator.domain.ids import RatingId
from annotator.domain.rating import RATING_ORDER, Rating, in_force, next_rank
from annotator.errors import BrokenEntity
from annotator.storage.codec import UNREADABLE, codec_of, time_to_text, to_json
from annotator.storage.references import REFERENCES, exists
from annotator.storage.store import Store, insert_rows
from annotator.storage.tables import ENTITIES, change, edit

_EDIT = (edit.c.seq, edit.c.label, edit.c.origin, edit.c.target, edit.c.at, edit.c.by)
_CHANGE = (
    change.c.edit_seq,
    change.c.position,
    change.c.kind,
    change.c.entity_id,
    change.c.before,
    change.c.after,
)
_RATING = "rating"
_LAST_LINK = "SELECT seq, sha256 FROM edit ORDER BY seq DESC LIMIT 1"  # at every save: straight to the driver
_AT_ONCE = 200  # edits read at a time
_SLICE = 500


class Run(NamedTuple):
    """Edits made in one go: the numbers of the first and the last so far."""

    first: int
    last: int


def record(
    store: Store,
    *,
    label: str,
    origin: Origin = Origin.LOCAL,
    target: int | None = None,
    run: Run | None = None,
) -> Edit | None:
    """Write the journal rows of a unit of work; None when it changed nothing and is no undo or redo.

    With `run` it goes on with that run, unless anything was done since.
    """
    changes = store.changes
    if not changes and target is None:
        return None
    if store.erased:
        origin = Origin.EMPTIED
    connection = store.connection
    # Numbered here, as each link names the one before: of two writers that saw the same end, one is refused.
    cursor = connection.connection.cursor()
    cursor.execute(_LAST_LINK)
    last, before = cursor.fetchone() or (0, None)
    cursor.close()
    seq = last + 1
    if run is not None and run.last == last and origin is Origin.LOCAL:
        target = run.first
    rows = [
        {
            "position": position,
            "kind": item.kind,
            "entity_id": item.id,
            "before": None if item.before is None else to_json(item.before),
            "after": to_json(item.after),
        }
        for position, item in enumerate(changes)
    ]
    head = {
        "label": label,
        "origin": origin.value,
        "target": target,
        "at": time_to_text(store.now),
        "by": store.user,
    }
    digest = hashlib.sha256(to_json([before, head, rows]).encode()).hexdigest()
    insert_rows(connection, edit, [{"seq": seq, **head, "sha256": digest}])
    if rows:
        insert_rows(connection, change, [{"edit_seq": seq, **row} for row in rows])
    return Edit(seq, label, origin, target, store.now, store.user)


def change_set(made: Edit, changes: Sequence[Change], initiator: str = "") -> ChangeSet:
    """What views are told about an edit."""
    created: set[tuple[str, str]] = set()
    updated: set[tuple[str, str]] = set()
    deleted: set[tuple[str, str]] = set()
    for item in changes:
        key = (item.kind, item.id)
        if not item.after:  # for good
            deleted.add(key)
        elif "deleted_at" in item.after:
            (created if item.after["deleted_at"] is None else deleted).add(key)
        else:
            updated.add(key)
    return ChangeSet(
        made.seq,
        made.label,
        made.origin,
        frozenset(created),
        frozenset(updated),
        frozenset(deleted),
        initiator,
    )


def undo_target(connection: Connection) -> Edit | None:
    """The edit that undo would take back: the youngest one in force; of a run, its last."""
    last = _last(connection, edit.c.origin != Origin.EMPTIED.value)
    while last is not None and last.origin is Origin.UNDO:
        first = _first_of_step(connection, last.target or 0)
        last = _last(connection, edit.c.origin != Origin.EMPTIED.value, edit.c.seq < first)
    if last is not None and last.origin is Origin.REDO:
        return read_edit(connection, last.target or 0)
    return last


def redo_target(connection: Connection) -> Edit | None:
    """The edit that redo would bring back; none once something new was done."""
    redone = 0
    for row in _rows_down(connection, edit.c.origin != Origin.EMPTIED.value):
        found = _edit(row)
        if found.origin is Origin.LOCAL:
            return None
        if found.origin is Origin.REDO:
            redone += 1
        elif redone:
            redone -= 1
        else:
            return read_edit(connection, found.target or 0)
    return None


def take_back(store: Store, target: Edit) -> None:
    """Put every entity of an edit, and of the run it ends, back as it was before; ratings are withdrawn, not removed.

    What was deleted for good since stays so.
    """
    for item in reversed(_changes_of_step(store.connection, target)):
        if item.kind == "rating" and item.before is None:
            withdraw(store, RatingId(item.id))
        elif item.before is None:
            set_fields(store, item.kind, item.id, {"deleted_at": time_to_text(store.now)})
        else:
            set_fields(store, item.kind, item.id, item.before)


def bring_back(store: Store, target: Edit) -> None:
    """Put every entity of an edit that was taken back, and of the run it ends, as it was after it."""
    for item in _changes_of_step(store.connection, target):
        if item.kind == "rating" and item.before is None:
            reinstate(store, RatingId(item.id))
        elif item.before is None:
            set_fields(store, item.kind, item.id, {"deleted_at": item.after.get("deleted_at")})
        else:
            set_fields(store, item.kind, item.id, item.after)


def set_fields(store: Store, kind: str, id: str, fields: Mapping[str, Any]) -> bool:
    """Give fields of an entity other values, in stored form; whether that changed anything.

    An entity that was deleted for good stays so, and a reference to one isn't set.
    """
    cls = ENTITIES[kind]
    if not exists(store, (kind, id)):
        return False
    current = store.get(cls, id, deleted=True)
    codec = codec_of(cls)
    lost = {
        item.column
        for item in REFERENCES
        if item.kind == kind
        and fields.get(item.column) is not None
        and not exists(store, (item.target, str(fields[item.column])))
    }
    values = codec.encode(current) | {name: value for name, value in fields.items() if name not in lost}
    wanted = codec.decode([values[name] for name in codec.columns])
    return store.put(replace(wanted, rev=current.rev)).rev != current.rev


def withdraw(store: Store, id: RatingId) -> None:
    """Add a rating that takes back the effect of another one, if that one is still there."""
    if not exists(store, (_RATING, id)):
        return
    row = store.get(Rating, id)
    store.put(
        replace(
            row,
            id=RatingId(store.new_id()),
            rev=0,
            created_at=None,
            created_by="",
            rated_by=store.user,
            rated_at=store.now,
            rationale="",
            withdraws=id,
            rank=next_rank(store.find(Rating, {"claim_id": row.claim_id}, deleted=True)),
        )
    )


def reinstate(store: Store, id: RatingId) -> None:
    """Withdraw what withdraws a rating, so that it is in force again."""
    for row in store.find(Rating, {"id": id}):
        rows = store.find(Rating, {"claim_id": row.claim_id}, order=RATING_ORDER)
        standing = in_force(rows)
        for against in rows:
            if against.withdraws == id and against.id in standing:
                withdraw(store, against.id)


def merged(changes: Iterable[Change]) -> list[Change]:
    """One change for each entity, as if all had been made at once; fields that ended as they began are left out."""
    before: dict[tuple[str, str], dict[str, Any] | None] = {}
    after: dict[tuple[str, str], dict[str, Any]] = {}
    for item in changes:
        key = (item.kind, item.id)
        if key not in after:
            before[key] = None if item.before is None else dict(item.before)
            after[key] = dict(item.after)
            continue
        earlier = before[key]
        if earlier is not None and item.before is not None:
            before[key] = {**item.before, **earlier}
        after[key] = {**after[key], **item.after} if item.after else {}
    found = []
    for (kind, id), now in after.items():
        was = before[(kind, id)]
        if was is None or not now:
            found.append(Change(kind, id, was, now))
            continue
        changed = {name: value for name, value in now.items() if was.get(name) != value}
        if changed:
            found.append(Change(kind, id, {name: was.get(name) for name in changed}, changed))
    return found


def read_edit(connection: Connection, seq: int) -> Edit | None:
    """The edit with that number."""
    return _last(connection, edit.c.seq == seq)


def kind_of(connection: Connection, entity_id: str) -> str:
    """The kind of whatever has or had that id; "" when the journal doesn't know it."""
    query = select(change.c.kind).where(change.c.entity_id == entity_id).limit(1)
    return str(connection.execute(query).scalar() or "")


def youngest(connection: Connection) -> int:
    """The number of the youngest edit; 0 when there is none."""
    return int(connection.execute(select(func.coalesce(func.max(edit.c.seq), 0))).scalar_one())


def read_changes(connection: Connection, seq: int) -> list[Change]:
    """The changes of an edit in the order they were made."""
    query = select(*_CHANGE).where(change.c.edit_seq == seq).order_by(change.c.position)
    return [_change(row) for row in connection.execute(query)]


def changes_of(connection: Connection, seqs: Collection[int]) -> dict[int, list[Change]]:
    """The changes of several edits; an edit with one that can't be read is left out."""
    found: dict[int, list[Change]] = {seq: [] for seq in seqs}
    wanted = sorted(seqs)
    for at in range(0, len(wanted), _SLICE):
        query = select(*_CHANGE).where(change.c.edit_seq.in_(wanted[at : at + _SLICE]))
        for row in connection.execute(query.order_by(change.c.edit_seq, change.c.position)):
            try:
                item = _change(row)
            except BrokenEntity:
                found.pop(row.edit_seq, None)
                continue
            if row.edit_seq in found:
                found[row.edit_seq].append(item)
    return found


def changes_after(
    connection: Connection, seq: int, entities: Mapping[str, Collection[str]] | None = None
) -> list[Change]:
    """What was changed since an edit, in order: in the whole library, or of some entities, by kind."""
    query = select(*_CHANGE).where(change.c.edit_seq > seq)
    if entities is None:
        rows = list(connection.execute(query.order_by(change.c.edit_seq, change.c.position)))
    else:
        rows = [row for of in _about(entities) for row in connection.execute(query.where(of))]
        rows.sort(key=lambda row: (row.edit_seq, row.position))
    return [_change(row) for row in rows]


def edits_between(connection: Connection, after: int, upto: int) -> list[Edit]:
    """The edits with numbers above `after`, up to `upto`; without those that can't be read."""
    found = []
    for row in _rows_down(connection, edit.c.seq > after, edit.c.seq <= upto):
        with suppress(BrokenEntity):
            found.append(_edit(row))
    return found[::-1]


def edits_down(
    connection: Connection, *, below: int | None = None, about: Mapping[str, Collection[str]] | None = None
) -> Iterator[Edit]:
    """The youngest edits first, all or those that touched some entities; without those that can't be read."""
    where = [] if below is None else [edit.c.seq < below]
    rows: Iterator[Any]
    if about is None:
        rows = _rows_down(connection, *where)
    else:
        touched: set[int] = set()
        for of in _about(about):
            touched.update(connection.execute(select(change.c.edit_seq).where(of)).scalars())
        seqs = sorted((seq for seq in touched if below is None or seq < below), reverse=True)
        rows = (
            row
            for at in range(0, len(seqs), _AT_ONCE)
            for row in _rows_down(connection, edit.c.seq.in_(seqs[at : at + _AT_ONCE]))
        )
    for row in rows:
        with suppress(BrokenEntity):
            yield _edit(row)


def first_fields(connection: Connection, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], Any]:
    """What entities were when they were made, from the journal; for those that were deleted for good since."""
    found: dict[tuple[str, str], Any] = {}
    by_kind: dict[str, list[str]] = {}
    for kind, id in keys:
        by_kind.setdefault(kind, []).append(id)
    for of in _about(by_kind):
        for row in connection.execute(select(*_CHANGE).where(of, change.c.before.is_(None))):
            with suppress(BrokenEntity):
                found[(row.kind, row.entity_id)] = _change(row).after
    return found


def broken_links(connection: Connection) -> Iterator[int]:
    """The numbers of edits whose SHA-256 does not fit their content and the edit before."""
    before: str | None = None
    query = select(*_EDIT, edit.c.sha256)
    for row in connection.execute(query.order_by(edit.c.seq)):
        head = {"label": row.label, "origin": row.origin, "target": row.target, "at": row.at, "by": row.by}
        columns = (change.c.position, change.c.kind, change.c.entity_id, change.c.before, change.c.after)
        parts = connection.execute(
            select(*columns).where(change.c.edit_seq == row.seq).order_by(change.c.position)
        )
        rows = [dict(part._mapping) for part in parts]
        if _link([before, head, rows]) != row.sha256:
            yield row.seq
        before = row.sha256


def _link(content: list[Any]) -> str:
    """The SHA-256 of an edit as it is; "" where damage left bytes that are no text."""
    try:
        return hashlib.sha256(to_json(content).encode()).hexdigest()
    except (TypeError, ValueError):
        return ""


def _changes_of_step(connection: Connection, target: Edit) -> list[Change]:
    """The changes of an edit, or of the whole run it ends, as one."""
    if target.target is None or target.origin is not Origin.LOCAL:
        return read_changes(connection, target.seq)
    return merged(
        item for seq in range(target.target, target.seq + 1) for item in read_changes(connection, seq)
    )


def _first_of_step(connection: Connection, seq: int) -> int:
    """The number of the edit that began the run which an edit belongs to; its own when it belongs to none."""
    query = select(func.coalesce(edit.c.target, edit.c.seq)).where(edit.c.seq == seq)
    return int(connection.execute(query).scalar_one_or_none() or 0)


def _last(connection: Connection, *where: ColumnElement[bool]) -> Edit | None:
    row = connection.execute(select(*_EDIT).where(*where).order_by(edit.c.seq.desc()).limit(1)).first()
    return None if row is None else _edit(row)


def _rows_down(connection: Connection, *where: ColumnElement[bool]) -> Iterator[Any]:
    """The rows of edits, the youngest first, read a few at a time."""
    query = select(*_EDIT).where(*where).order_by(edit.c.seq.desc()).limit(_AT_ONCE)
    rows = connection.execute(query).all()
    while rows:
        yield from rows
        rows = (
            connection.execute(query.where(edit.c.seq < rows[-1].seq)).all() if len(rows) == _AT_ONCE else []
        )


def _about(entities: Mapping[str, Collection[str]]) -> Iterator[ColumnElement[bool]]:
    """The conditions that find the changes of some entities, a slice each."""
    for kind, ids in entities.items():
        wanted = list(ids)
        for at in range(0, len(wanted), _SLICE):
            yield (change.c.kind == kind) & change.c.entity_id.in_(wanted[at : at + _SLICE])


def _edit(row: Any) -> Edit:
    try:
        return Edit(
            row.seq, row.label, Origin(row.origin), row.target, datetime.fromisoformat(row.at), row.by
        )
    except UNREADABLE as error:
        raise _broken(row.seq) from error


def _change(row: Any) -> Change:
    try:
        before = None if row.before is None else json.loads(row.before)
        return Change(row.kind, row.entity_id, before, json.loads(row.after))
    except UNREADABLE as error:
        raise _broken(row.edit_seq) from error


def _broken(seq: int) -> BrokenEntity:
    return BrokenEntity(
        f"Step {seq} of the history can't be read.",
        kept="Nothing was changed.",
        todo="“annotator check” says more.",
    )
