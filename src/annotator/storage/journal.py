"""The journal: every unit of work with each entity's before and after. Undo, redo and history come from it.

Rows are only ever added. Each carries a SHA-256 over its content and the one before it, so that a change from outside
shows. Undo and redo are edits of their own whose `target` is the edit they are about.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from annotator.domain.changes import Change, ChangeSet, Edit, Origin
from annotator.domain.ids import RatingId
from annotator.domain.rating import Rating
from annotator.errors import BrokenEntity, MissingReference
from annotator.storage.codec import UNREADABLE, codec_of, time_to_text, to_json
from annotator.storage.store import Store, insert_rows
from annotator.storage.tables import ENTITIES, change, edit

_EDIT = (edit.c.seq, edit.c.label, edit.c.origin, edit.c.target, edit.c.at, edit.c.by)
_LAST_LINK = "SELECT seq, sha256 FROM edit ORDER BY seq DESC LIMIT 1"  # at every save: straight to the driver


def record(
    store: Store, *, label: str, origin: Origin = Origin.LOCAL, target: int | None = None
) -> Edit | None:
    """Write the journal rows of a unit of work; None when it changed nothing."""
    changes = store.changes
    if not changes:
        return None
    connection = store.connection
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
    # Numbered here, as each link names the one before: of two writers that saw the same end, one is refused.
    cursor = connection.connection.cursor()
    cursor.execute(_LAST_LINK)
    last, before = cursor.fetchone() or (0, None)
    cursor.close()
    seq = last + 1
    digest = hashlib.sha256(to_json([before, head, rows]).encode()).hexdigest()
    insert_rows(connection, edit, [{"seq": seq, **head, "sha256": digest}])
    insert_rows(connection, change, [{"edit_seq": seq, **row} for row in rows])
    return Edit(seq, label, origin, target, store.now, store.user)


def change_set(made: Edit, changes: Sequence[Change], initiator: str = "") -> ChangeSet:
    """What views are told about an edit."""
    created: set[tuple[str, str]] = set()
    updated: set[tuple[str, str]] = set()
    deleted: set[tuple[str, str]] = set()
    for item in changes:
        key = (item.kind, item.id)
        if item.before is None:
            created.add(key)
        elif "deleted_at" not in item.after:
            updated.add(key)
        else:
            (created if item.after["deleted_at"] is None else deleted).add(key)
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
    """The edit that undo would take back: the youngest one in force."""
    last = _last(connection)
    while last is not None and last.origin is Origin.UNDO:
        last = _last(connection, below=last.target)
    if last is not None and last.origin is Origin.REDO:
        return read_edit(connection, last.target or 0)
    return last


def redo_target(connection: Connection) -> Edit | None:
    """The edit that redo would bring back; none once something new was done."""
    redone = 0
    for found in _edits_downward(connection):
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
    """Put every entity of an edit back as it was before, in reverse order; ratings are withdrawn, not removed."""
    for item in reversed(read_changes(store.connection, target.seq)):
        if item.kind == "rating" and item.before is None:
            _withdraw(store, RatingId(item.id))
        elif item.before is None:
            _restore(store, item, {"deleted_at": time_to_text(store.now)})
        else:
            _restore(store, item, item.before)


def bring_back(store: Store, target: Edit) -> None:
    """Put every entity of an edit that was taken back as it was after it."""
    for item in read_changes(store.connection, target.seq):
        if item.kind == "rating" and item.before is None:
            _withdraw(store, _withdrawal_of(store, RatingId(item.id)))
        elif item.before is None:
            _restore(store, item, {"deleted_at": item.after.get("deleted_at")})
        else:
            _restore(store, item, item.after)


def read_edit(connection: Connection, seq: int) -> Edit | None:
    """The edit with that number."""
    return _last(connection, below=seq + 1, at_least=seq)


def read_changes(connection: Connection, seq: int) -> list[Change]:
    """The changes of an edit in the order they were made."""
    query = select(change.c.edit_seq, change.c.kind, change.c.entity_id, change.c.before, change.c.after)
    rows = connection.execute(query.where(change.c.edit_seq == seq).order_by(change.c.position))
    return [_change(row) for row in rows]


def history(
    connection: Connection, *, entity_ids: Sequence[str] | None = None, limit: int = 200
) -> list[tuple[Edit, list[Change]]]:
    """The youngest edits first, each with its changes: of the whole library, or those that touched an entity.

    Steps that can't be read are left out; `broken_links` tells of them.
    """
    query = select(*_EDIT)
    if entity_ids is not None:
        touched = select(change.c.edit_seq).where(change.c.entity_id.in_(entity_ids))
        query = query.where(edit.c.seq.in_(touched))
    found: list[tuple[Edit, list[Change]]] = []
    for row in connection.execute(query.order_by(edit.c.seq.desc()).limit(limit)).all():
        with suppress(BrokenEntity):
            item = _edit(row)
            found.append((item, read_changes(connection, item.seq)))
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
        if hashlib.sha256(to_json([before, head, rows]).encode()).hexdigest() != row.sha256:
            yield row.seq
        before = row.sha256


def _restore(store: Store, item: Change, fields: Any) -> None:
    cls = ENTITIES[item.kind]
    codec = codec_of(cls)
    current = store.get(cls, item.id, deleted=True)
    wanted = codec.decode([(codec.encode(current) | dict(fields))[name] for name in codec.columns])
    with suppress(MissingReference):  # a repair cut it off what is gone: that stays so
        store.put(replace(wanted, rev=current.rev))


def _withdraw(store: Store, id: RatingId) -> None:
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
        )
    )


def _withdrawal_of(store: Store, id: RatingId) -> RatingId:
    rows = store.find(Rating, {"withdraws": id}, order=("created_at",))
    taken_back = {row.withdraws for row in store.find(Rating, any_of=("withdraws", [row.id for row in rows]))}
    (in_force,) = (row.id for row in rows if row.id not in taken_back)
    return in_force


def _last(connection: Connection, *, below: int | None = None, at_least: int = 0) -> Edit | None:
    query = select(*_EDIT)
    query = query.where(edit.c.seq >= at_least)
    if below is not None:
        query = query.where(edit.c.seq < below)
    row = connection.execute(query.order_by(edit.c.seq.desc()).limit(1)).first()
    return None if row is None else _edit(row)


def _edits_downward(connection: Connection) -> Iterator[Edit]:
    found = _last(connection)
    while found is not None:
        yield found
        found = _last(connection, below=found.seq)


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
