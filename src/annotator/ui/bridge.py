"""Between the window and the library: runs use cases off the thread and tells all views what changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from annotator import paths
from annotator.ui.runner import Done, Runner

if TYPE_CHECKING:
    from annotator.domain.changes import Edit
    from annotator.services.library import Library, Outcome, UndoState


UseCase = Callable[[Any], Any]  # of services: takes the store, returns domain values
LibraryWork = Callable[[Any], Any]  # of services: takes the whole library


def _ignore(_: object) -> None:
    """Nobody waits for this result."""


class LibraryBridge(QObject):
    """The window's only way to the library.

    The library is opened by the first piece of work, so that a window can show before the database is even imported.
    """

    library_changed = Signal(object)  # a ChangeSet, after its commit
    library_opened = Signal()
    undo_changed = Signal(str, str)  # the labels of what undo and redo would do
    saving = Signal()
    saved = Signal(object)  # the local time as a datetime
    not_saved = Signal(object)  # the exception: what was asked for last is not in the library
    failed = Signal(object)  # the exception
    replaced = Signal()  # another state of the library lies under the window: everything is to be read anew

    def __init__(
        self,
        open_library: Callable[[], Library],
        runner: Runner,
        parent: QObject | None = None,
        *,
        path: Path | None = None,
        data_folder: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self.path = path or Path()  # of the library, known before it is open
        self.data_folder = data_folder or paths.data_folder()
        self._open_library = open_library
        self._runner = runner
        self._library: Library | None = None
        self._writing = 0

    @property
    def library(self) -> Library:
        """The library. Only for work that runs in the runner."""
        if self._library is None:
            self._library = self._open_library()
        return self._library

    def prepare(self, load: Callable[[], Any], done: Done) -> None:
        """Load what the library needs before it is opened, such as its modules."""
        self._runner.run(load, done, self.failed.emit, owner=self)

    def open(self) -> None:
        """Open the library now; `library_opened` or `failed` follows."""
        self._runner.run(lambda: self.library, lambda _: self._on_opened(), self.failed.emit, owner=self)

    def execute(
        self,
        use_case: UseCase,
        *,
        label: str,
        done: Done = _ignore,
        failed: Done | None = None,
        initiator: str = "",
    ) -> None:
        """Run a use case as one edit; `done` gets its value after `library_changed` was sent."""
        self._write(
            lambda: (self.library.execute(use_case, label=label, initiator=initiator), None),
            lambda outcome: done(outcome.value),
            failed,
        )

    def query(
        self, query: UseCase, done: Done, *, failed: Done | None = None, owner: QObject | None = None
    ) -> None:
        """Read from the library; `done` gets the answer unless `owner` is gone by then."""
        self._runner.run(
            lambda: self.library.read(query), done, failed or self.failed.emit, owner=owner or self
        )

    def undo(self, done: Callable[[Edit | None], None] = _ignore) -> None:
        """Take the last edit back; `done` gets it, or None."""
        self._write(
            lambda: (self.library.undo(initiator="undo"), self.library.undo_state()),
            lambda outcome: done(outcome.value),
        )

    def redo(self, done: Callable[[Edit | None], None] = _ignore) -> None:
        """Bring back what was undone; `done` gets that edit, or None."""
        self._write(
            lambda: (self.library.redo(initiator="redo"), self.library.undo_state()),
            lambda outcome: done(outcome.value),
        )

    def read_files(self, work: Callable[[], Any], done: Done) -> None:
        """Work on files that needs no library."""
        self._runner.run_aside(work, done, self.failed.emit, owner=self)

    def study(
        self,
        work: LibraryWork,
        done: Done = _ignore,
        *,
        failed: Done | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Long work that only reads the library, such as a backup or a check, in a thread beside the edits."""
        self._runner.run_aside(
            lambda: work(self.library), done, failed or self.failed.emit, owner=owner or self
        )

    def replace(self, work: LibraryWork, done: Done = _ignore, *, failed: Done | None = None) -> None:
        """Work that puts another state under the window, such as restoring a backup; no edit runs meanwhile.

        `replaced` is sent before `done` gets the result.
        """

        def finished(result: Any) -> None:
            self.replaced.emit()
            done(result)

        self._runner.run(lambda: work(self.library), finished, failed or self.failed.emit, owner=self)

    def close(self) -> None:
        """Finish all work and close the library."""
        self._runner.finish()
        if self._library is not None:
            self._library.close()
            self._library = None

    def _write(
        self,
        work: Callable[[], tuple[Outcome[Any], UndoState | None]],
        done: Callable[[Outcome[Any]], None],
        on_failed: Done | None = None,
    ) -> None:
        """Change the library. An edit of one's own, which `work` returns without a state, is what undo takes back
        next, and leaves nothing to redo: nobody needs to be asked."""
        self._writing += 1
        self.saving.emit()

        def finished(result: tuple[Outcome[Any], UndoState | None]) -> None:
            outcome, state = result
            self._settled(None)
            if outcome.changes is not None:
                self.library_changed.emit(outcome.changes)
                if state is None:
                    self.undo_changed.emit(outcome.changes.label, "")
                else:
                    self.undo_changed.emit(state.undo, state.redo)
            done(outcome)

        def failed(error: Exception) -> None:
            self._settled(error)
            (on_failed or self.failed.emit)(error)

        self._runner.run(work, finished, failed, owner=self)

    def _settled(self, error: Exception | None) -> None:
        """Say "saved" once everything asked for is on disk, and never when the last of it was refused."""
        self._writing -= 1
        if error is not None:
            self.not_saved.emit(error)
        elif not self._writing:
            self.saved.emit(datetime.now().astimezone())

    def _on_opened(self) -> None:
        self.library_opened.emit()
        self._runner.run(
            lambda: self.library.undo_state(),
            lambda state: self.undo_changed.emit(state.undo, state.redo),
            self.failed.emit,
            owner=self,
        )
