"""The one door to a library: runs use cases in transactions and tells what they changed."""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Generic, TypeVar

from annotator import paths
from annotator.domain.changes import ChangeSet, Edit, Origin
from annotator.domain.ids import TagId
from annotator.domain.rating import DEFAULT_SCALE
from annotator.domain.tag import FIRST_TAGS, PATTERN_OF, Tag
from annotator.storage import journal, migration
from annotator.storage.backup_folder import BackupFolder, Reason
from annotator.storage.engine import Database, check_structure, open_database
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
        self._run: tuple[str, journal.Run] | None = (
            None  # the last edit's, as long as this object goes on with it
        )
        self._own: set[int] = set()  # the numbers of the edits made here

    @classmethod
    def open(
        cls,
        path: Path,
        environment: Environment | None = None,
        *,
        data_folder: Path | None = None,
        read_only: bool = False,
        check: bool = True,
    ) -> Library:
        """Open the library file, or make a new one with the default scale and eight tags.

        A file that can't be written to is opened for reading; `read_only` asks for that, also of a library of a newer
        version. Without `check` a damaged file is opened as far as it can be, for those who deal with damage. One of an
        older version is brought up to date, once it is backed up into the data folder (the user's when not given).

        Raises:
            DamagedFile: its structure is damaged.
            NewerLibrary: it was made by a newer version.
            LibraryError: it can't be opened for another reason. In all cases the file was not changed.
        """
        environment = environment or Environment()
        if not read_only and migration.is_due(path):
            if check:
                check_structure(path.absolute())
            _bring_up_to_date(path, environment, data_folder or paths.data_folder())
        database = open_database(path, read_only=read_only, check=check)
        library = cls(database, environment)
        if not library.read_only:
            library._furnish()
        return library

    @property
    def path(self) -> Path:
        """Where the library file lies."""
        return self._database.path

    @property
    def read_only(self) -> str:
        """Why the library is open for reading only, as a sentence; "" when it can be changed."""
        return self._database.read_only

    def require_writable(self) -> None:
        """Refuse to go on with a library that is open for reading only.

        Raises:
            ReadOnlyLibrary: it is.
        """
        self._database.require_writable()

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
        """Close the file, let `put` set another in its place, and open what lies there then, also when `put` fails.

        Raises:
            ReadOnlyLibrary: the library is open for reading only; `put` was not called.
        """
        self.require_writable()
        with self._lock:
            self._database.close()
            try:
                put()
            finally:
                self._database = open_database(self._database.path, check=False)
                self._cache = EntityCache()
                self._broken.clear()
                self._run = None
                self._own.clear()

    def execute(self, use_case: UseCase[T], *, label: str, initiator: str = "", run: str = "") -> Outcome[T]:
        """Run a use case as one edit: all of it is stored and in the journal, or nothing is.

        When this returns, the edit is on disk. `label` names the step in the history ("Tag claim"). Edits with the same
        `run` that follow each other, with nothing done in between by anybody, are taken back and brought back as one
        step: the pauses of one visit to a field.
        """
        return self._edit(use_case, lambda _: (label, None), Origin.LOCAL, initiator, run)

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

    def changes_since(self, seq: int) -> tuple[int, ChangeSet | None]:
        """The number of the youngest edit, and as one what others did after the edit `seq`; None when that is nothing.

        Others are programs that have the same file open. Asking when nothing happened costs next to nothing.
        """
        with self._database.reading() as connection:
            youngest = journal.youngest(connection)
        if youngest <= seq:
            return youngest, None
        with self._lock, self._database.reading() as connection:  # so that our own edits are known to be ours
            youngest = journal.youngest(connection)
            later = journal.edits_between(connection, seq, youngest)
            found = [made for made in later if made.seq not in self._own]
            by_edit = journal.changes_of(connection, [made.seq for made in found])
        if not found:
            return youngest, None
        changes = journal.merged(item for made in found for item in by_edit.get(made.seq, ()))
        labels = ", ".join(list(dict.fromkeys(made.label for made in found if made.label))[:3])
        last = found[-1]
        return youngest, journal.change_set(replace(last, label=labels, origin=Origin.REMOTE), changes)

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
        run: str = "",
    ) -> Outcome[T]:
        with self._lock:
            going = self._run[1] if run and self._run is not None and self._run[0] == run else None
            with self._database.writing() as connection:
                store = Store(connection, self._environment, self._cache)
                try:
                    value = use_case(store)
                finally:
                    self._note_broken(store)
                label, target = head(value)
                made = journal.record(store, label=label, origin=origin, target=target, run=going)
                changes = None if made is None else journal.change_set(made, store.changes, initiator)
            if made is not None:  # and committed
                self._own.add(made.seq)
                first = made.seq if made.target is None else made.target
                is_run = run and made.origin is Origin.LOCAL
                self._run = (run, journal.Run(first, made.seq)) if is_run else None
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


def _bring_up_to_date(path: Path, environment: Environment, data_folder: Path) -> None:
    """Back up a library of an older version, and bring it up to date."""
    backups = BackupFolder(path, data_folder)

    def back_up(source: sqlite3.Connection) -> None:
        backups.make(source, reason=Reason.MIGRATION, at=environment.now(), always=True)

    migration.migrate(path, back_up=back_up)
