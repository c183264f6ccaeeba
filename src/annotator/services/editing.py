"""Changing a thing that somebody else may have changed since it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from annotator.domain.entity import Entity
from annotator.errors import EditConflict, FieldConflict
from annotator.storage.store import Store
from annotator.storage.tables import TABLES

E = TypeVar("E", bound=Entity)
_BOOKKEEPING = frozenset({"id", "rev", "created_at", "updated_at", "created_by", "deleted_at"})
_SETS = frozenset({"tags"})  # whose members are added and taken away, and never contradict each other


def put_changes(store: Store, *, base: E, mine: E) -> E:
    """Store what `mine` changed of `base`, put onto what is stored by now.

    `base` is the thing as its editor saw it. What somebody else changed in other fields, and in other members of a
    record, stays. Tags that were added are added and those taken away are taken away, whatever became of the others.

    Raises:
        EditConflict: the same field was changed to something else in the meantime.
        NotFound: it was deleted in the meantime.
    """
    current = store.get(type(base), base.id)
    changed: dict[str, Any] = {}
    conflicts = []
    for name in (field.name for field in fields(base)):
        was, wanted, found = getattr(base, name), getattr(mine, name), getattr(current, name)
        if name in _BOOKKEEPING or wanted == was:
            continue
        if found in (was, wanted):
            changed[name] = wanted
        elif name in _SETS:
            changed[name] = _merged(was, wanted, found)
        elif isinstance(was, Mapping):
            changed[name], against = _merged_members(name, was, wanted, found)
            conflicts += against
        else:
            conflicts.append(FieldConflict(name, was, found, wanted))
    if conflicts:
        raise EditConflict(TABLES[type(base)].name, tuple(conflicts), base=base, mine=mine)
    return store.put(replace(current, **changed))


def resolve(store: Store, *, conflict: EditConflict, choices: Mapping[str, Any]) -> Entity:
    """Store what was decided for each field of a conflict, and with it whatever else `mine` changed.

    Raises:
        EditConflict: the thing was changed once more.
    """
    base, mine = conflict.base, conflict.mine
    for field in conflict.fields:
        chosen = choices.get(field.field, field.mine)
        base = _with(base, field.field, field.theirs)
        mine = _with(mine, field.field, chosen)
    stored: Entity = put_changes(store, base=base, mine=mine)
    return stored


def _with(entity: E, name: str, value: Any) -> E:
    """The entity with another value in a field, or in a member of a record."""
    record, slash, member = name.partition("/")
    if slash:
        members = {**getattr(entity, record), member: value}
        if value is None:
            del members[member]
        value = members
    values: dict[str, Any] = {record: value}
    return replace(entity, **values)


def _merged(was: Sequence[str], wanted: Sequence[str], found: Sequence[str]) -> tuple[str, ...]:
    gone = set(was) - set(wanted)
    kept = [item for item in found if item not in gone]
    return (*kept, *(item for item in wanted if item not in was and item not in kept))


def _merged_members(
    record: str, was: Mapping[str, Any], wanted: Mapping[str, Any], found: Mapping[str, Any]
) -> tuple[dict[str, Any], list[FieldConflict]]:
    merged, conflicts = dict(found), []
    for name in (*was, *(name for name in wanted if name not in was)):
        one, mine, theirs = was.get(name), wanted.get(name), found.get(name)
        if mine == one:
            continue
        if theirs not in (one, mine):
            conflicts.append(FieldConflict(f"{record}/{name}", one, theirs, mine))
        elif mine is None:
            merged.pop(name, None)
        else:
            merged[name] = mine
    return merged, conflicts
