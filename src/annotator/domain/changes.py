"""The journal's records and the message that views get after a commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Origin(StrEnum):
    """Where an edit came from.

    EMPTIED deleted things for good, so undo and redo step over it. REMOTE is never stored: it is what one program is
    told of the edits of another.
    """

    LOCAL = "local"
    UNDO = "undo"
    REDO = "redo"
    EMPTIED = "emptied"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True)
class Edit:
    """One unit of work: one transaction.

    `target` is the edit that an undo or redo is about. Of a run of edits made in one go, such as the pauses of one
    visit to a field, each but the first names the first there; a run is undone and redone as one step.
    """

    seq: int
    label: str
    origin: Origin
    target: int | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Change:
    """One entity's part of an edit, in stored form.

    `before` is None for a new entity, whose `after` holds all of its fields; otherwise both hold the fields that
    changed and no others. Fields too large for the journal are in neither, as they never change. An empty `after` says
    that the entity was deleted for good.
    """

    kind: str
    id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What an edit did, as sets of `(kind, id)`. `initiator` names who asked, so that it can skip its own echo."""

    seq: int
    label: str
    origin: Origin
    created: frozenset[tuple[str, str]] = frozenset()
    updated: frozenset[tuple[str, str]] = frozenset()
    deleted: frozenset[tuple[str, str]] = frozenset()
    initiator: str = ""

    @property
    def touched(self) -> frozenset[tuple[str, str]]:
        """Everything that was created, updated or deleted."""
        return self.created | self.updated | self.deleted

    def kinds(self) -> frozenset[str]:
        """The kinds of entity that were touched."""
        return frozenset(kind for kind, _ in self.touched)
