"""The one door to a library: runs use cases in transactions and tells what they changed."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Generic, TypeVar

from annotator.domain.changes import ChangeSet, Edit, Origin
from annotator.domain.ids import TagId
from annotator.domain.rating import DEFAULT_SCALE
from annotator.domain.tag import FIRST_TAGS, PATTERN_OF, Tag
from annotator.storage import journal
from annotator.storage.engine import Database, open_database
from annotator.storage.store import BrokenRow, EntityCache, Environment, Store

__all__ = [
    "BrokenRow",
    "Environment",
    "Library",
    "Outcome",
    "Store",
    "UndoState",
    "UseCase",
]
_PLURALS = {
    "annotation": "highlights",
    "article_text": "texts",
    "claim_relation": "relations",
    "evidence": "evidence",
}
T = TypeVar("T")
UseCase = Callable[[Store], T]


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a use case returned, and what it changed in the library (None: nothing)."""

    value: T
    changes: ChangeSet | None


@dataclass(frozen=True, slots=True)
class UndoState:
    """The labels of what undo and redo would do; "" when there is nothing."""

    undo: str
    redo: str


def broken_words(rows: Sequence[BrokenRow]) -> str:
    """What to tell about rows that can't be read: "1 row of claims can't be read; everything else works."."""
    if not rows:
        return ""
    counts = Counter(_PLURALS.get(row.kind, f"{row.kind}s") for row in rows)
    parts = [f"{n} {'row' if n == 1 else 'rows'} of {words}" for words, n in sorted(counts.items())]
    return f"{' and '.join(parts)} can't be read; everything else works."


class Library:
    """An open library. Safe to use from several threads; changes come one after another."""

    def __init__(self, database: Database, environment: Environment) -> None:
        self._database = database
        self._environment = environment
        self._lock = threading.Lock()
        self._cache = EntityCache()
        self._broken: dict[tuple[str, str], BrokenRow] = {}

    @classmethod
    def open(cls, path: Path, environment: Environment | None = None) -> Library:
        """Open the library file, or make a new one with the default scale and eight tags.

        Raises:
            LibraryError: it can't be opened; the file was not changed.
        """
        library = cls(open_database(path), environment or Environment())
        library._furnish()
        return library

    @property
    def path(self) -> Path:
        """Where the library file lies."""
        return self._database.path

    @property
    def broken(self) -> tuple[BrokenRow, ...]:
        """The rows met since the library was opened that can't be read. They are left out, the rest works."""
        return tuple(self._broken.values())

    @property
    def database(self) -> Database:
        """The open file, for use cases about the file as a whole."""
        return self._database

    @property
    def environment(self) -> Environment:
        """Where this library takes time and identifiers from."""
        return self._environment

    def exchange_file(self, put: Callable[[], None]) -> None:
        """Close the file, let `put` set another in its place, and open what lies there then, also when `put` fails."""
        with self._lock:
            self._database.close()
            try:
                put()
            finally:
                self._database = open_database(self._database.path)
                self._cache = EntityCache()
                self._broken.clear()

    def execute(self, use_case: UseCase[T], *, label: str, initiator: str = "") -> Outcome[T]:
        """Run a use case as one edit: all of it is stored and in the journal, or nothing is.

        When this returns, the edit is on disk. `label` names the step in the history ("Tag claim").
        """
        return self._edit(use_case, lambda _: (label, None), Origin.LOCAL, initiator)

    def read(self, query: UseCase[T]) -> T:
        """Run a query on a snapshot of the library."""
        with self._database.reading() as connection:
            store = Store(connection, self._environment, self._cache)
            try:
                return query(store)
            finally:
                self._note_broken(store)

    def undo(self, *, initiator: str = "") -> Outcome[Edit | None]:
        """Take back the youngest edit that is in force; the value is that edit, or None when there is none."""
        return self._reverse(journal.undo_target, journal.take_back, Origin.UNDO, initiator)

    def redo(self, *, initiator: str = "") -> Outcome[Edit | None]:
        """Bring back the edit that was undone last; the value is that edit, or None when there is none."""
        return self._reverse(journal.redo_target, journal.bring_back, Origin.REDO, initiator)

    def undo_state(self) -> UndoState:
        """What undo and redo would do now."""
        with self._database.reading() as connection:
            undo, redo = journal.undo_target(connection), journal.redo_target(connection)
            return UndoState(undo.label if undo else "", redo.label if redo else "")

    def close(self) -> None:
        """Close the file; afterwards nothing works any more."""
        with self._lock:
            self._database.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _reverse(
        self,
        find_target: Callable[..., Edit | None],
        apply: Callable[[Store, Edit], None],
        origin: Origin,
        initiator: str,
    ) -> Outcome[Edit | None]:
        def step(store: Store) -> Edit | None:
            target = find_target(store.connection)
            if target is not None:
                apply(store, target)
            return target

        return self._edit(
            step, lambda found: (found.label, found.seq) if found else ("", None), origin, initiator
        )

    def _edit(
        self,
        use_case: UseCase[T],
        head: Callable[[T], tuple[str, int | None]],
        origin: Origin,
        initiator: str,
    ) -> Outcome[T]:
        with self._lock, self._database.writing() as connection:
            store = Store(connection, self._environment, self._cache)
            try:
                value = use_case(store)
            finally:
                self._note_broken(store)
            label, target = head(value)
            made = journal.record(store, label=label, origin=origin, target=target)
            changes = None if made is None else journal.change_set(made, store.changes, initiator)
        return Outcome(value, changes)

    def _note_broken(self, store: Store) -> None:
        for row in store.broken:
            self._broken[(row.kind, row.id)] = row

    def _furnish(self) -> None:
        """Give a new library its scale and tags; not an edit, so that undo never takes them away."""
        if self.read(lambda store: bool(store.find(type(DEFAULT_SCALE), deleted=True))):
            return
        with self._lock, self._database.writing() as connection:
            store = Store(connection, self._environment)
            store.put(DEFAULT_SCALE)
            for number, (name, colour, definition) in enumerate(FIRST_TAGS, start=1):
                store.put(
                    Tag(
                        id=TagId(store.new_id()),
                        name=name,
                        colour=colour,
                        pattern=PATTERN_OF[colour],
                        definition=definition,
                        key=str(number),
                    )
                )
