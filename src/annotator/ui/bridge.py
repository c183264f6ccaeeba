"""Between the window and the library: runs use cases off the thread and tells all views what changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.errors import LibraryError, NewerLibrary, ReadOnlyLibrary
from annotator.ui.acts import Act, UnsavedActs, UseCase, ignore
from annotator.ui.runner import Done, Runner

if TYPE_CHECKING:
    from annotator.domain.changes import ChangeSet, Edit
    from annotator.services.drafts import Typing
    from annotator.services.library import Library, Outcome, UndoState
    from annotator.services.recovery_files import Unsaved


LibraryWork = Callable[[Any], Any]  # of services: takes the whole library
_RETRY_MS = 10_000
_LOOK_MS = 1_000
_NEVER = 1 << 62  # a number that no step of the history has


class LibraryBridge(QObject):
    """The window's only way to the library.

    The library is opened by the first piece of work, so that a window can show before the database is even imported.
    What can't be saved (disk full, library locked or taken away) stays in a queue, in its order, and in a recovery file
    outside of the library; it is tried again every ten seconds and with each further edit.
    """

    library_changed = Signal(object)  # a ChangeSet, after its commit
    library_opened = Signal()
    closing = Signal()  # what still runs is about to be waited for
    undo_changed = Signal(str, str)  # the labels of what undo and redo would do
    saving = Signal()
    saved = Signal(object)  # the local time as a datetime
    not_saved = Signal(object)  # the exception: what was asked for last is not in the library
    unsaved_changed = Signal(object)  # the exception that keeps steps from being saved; None when all are
    idle = Signal()  # nothing is on its way to the disk any more
    failed = Signal(object)  # the exception
    broken_found = Signal(object)  # the BrokenRows met so far: rows that can't be read, and are left out
    replaced = Signal()  # another state of the library lies under the window: everything is to be read anew

    def __init__(
        self,
        open_library: Callable[..., Library],
        runner: Runner,
        parent: QObject | None = None,
        *,
        path: Path,
        data_folder: Path,
    ) -> None:
        super().__init__(parent)
        self.path = path  # of the library, known before it is open
        self.data_folder = data_folder  # where backups and recovery files go
        self._open_library = open_library
        self._runner = runner
        self._library: Library | None = None
        self._read_only = False
        self._writing = 0
        self._unsaved = UnsavedActs()
        self._stalled: Exception | None = None  # set in the library's thread: what comes later waits its turn
        self._retrying = False
        self._kept: set[str] = set()  # the fields a draft is kept for
        self._seen = 0
        self._stamp: tuple[tuple[int, int], ...] = ()
        self._looking = False
        self._replacing = False
        self._held_back: list[Callable[[], None]] = []
        self._broken = 0
        self._retry = QTimer(self, interval=_RETRY_MS)
        self._retry.timeout.connect(self.retry)
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self.look)

    @property
    def library(self) -> Library:
        """The library. Only for work that runs in the runner."""
        if self._library is None:
            self._library = self._open_library(read_only=True) if self._read_only else self._open_library()
        return self._library

    @property
    def read_only(self) -> str:
        """Why the open library can only be read; "" when it can be changed, or isn't open."""
        return self._library.read_only if self._library is not None else ""

    @property
    def writing(self) -> bool:
        """Whether an edit is on its way to the disk."""
        return self._writing > 0 or self._retrying

    def prepare(self, load: Callable[[], Any], done: Done) -> None:
        """Load what the library needs before it is opened, such as its modules."""
        self._runner.run(load, done, self.failed.emit, owner=self)

    def open(self, *, read_only: bool = False) -> None:
        """Open the library now; `library_opened` or `failed` follows."""
        self._read_only = read_only
        self._runner.run(lambda: self.library, lambda _: self._on_opened(), self.failed.emit, owner=self)

    # Edits -------------------------------------------------------------------------------------------------

    def execute(
        self,
        use_case: UseCase,
        *,
        label: str,
        done: Done = ignore,
        failed: Done | None = None,
        initiator: str = "",
        run: str = "",
        typing: Typing | None = None,
    ) -> None:
        """Run a use case as one edit; `done` gets its value after `library_changed` was sent.

        Without a `label` it is no edit, only a note of where somebody was. `run` names what belongs together as one
        step of undo, such as all that is typed into a field at one visit. `typing` is the text that is committed by
        this; a draft kept of it ends. With `failed`, whoever asked keeps what was typed; otherwise what can't be saved
        is kept here and tried again.
        """
        if not label and typing is None and self.read_only:
            return
        self._run(Act(use_case, label, done, failed, initiator, run, typing))

    def keep_typing(self, typing: Typing) -> None:
        """Keep a text that is being typed, so that a sudden end doesn't take it along."""
        from annotator.services import drafts  # noqa: PLC0415 - with the first words typed, not before the first paint

        self._kept.add(typing.key)
        self._run(Act(lambda store: drafts.keep(store, typing), "", typing=typing, keeps_only=True))

    def drop_typing(self, key: str) -> None:
        """Forget a text that was kept: its field holds again what is stored, or it was thrown away."""
        self._unsaved.drop_draft(key)
        self._kept.discard(key)
        from annotator.services import drafts  # noqa: PLC0415 - as in `keep_typing`

        self._run(Act(lambda store: drafts.drop(store, key), ""))

    def undo(self, done: Callable[[Edit | None], None] = ignore) -> None:
        """Take the last edit back; `done` gets it, or None."""
        self._step(lambda: (self.library.undo(initiator="undo"), self.library.undo_state()), done)

    def redo(self, done: Callable[[Edit | None], None] = ignore) -> None:
        """Bring back what was undone; `done` gets that edit, or None."""
        self._step(lambda: (self.library.redo(initiator="redo"), self.library.undo_state()), done)

    # Steps that could not be saved -----------------------------------------------------------------------

    @property
    def unsaved(self) -> tuple[Unsaved, ...]:
        """The steps that are not in the library, in the order they were made."""
        return self._unsaved.described(self.tr("Typing")) if self._unsaved else ()

    def retry(self) -> None:
        """Try to save what could not be saved."""
        if self._retrying or not self._unsaved:
            return
        self._retrying = True
        self.saving.emit()
        acts = self._unsaved.all()
        self._runner.run(lambda: self._save_again(acts), self._on_retried, self._on_retry_broke, owner=self)

    def drop_last_unsaved(self) -> str:
        """Take back the last step that was not saved yet; its label, "" when there is none."""
        last = None if self._retrying else self._unsaved.pop_last()
        if last is None:
            return ""
        self._tell_unsaved(self._stalled)
        return last.label

    def save_elsewhere(self, path: Path, done: Done, failed: Done) -> None:
        """Copy the library to another place and put the unsaved steps into the copy; `done` gets the path."""
        acts = self._unsaved.all()

        def work() -> Path:
            from annotator.services import backups  # noqa: PLC0415 - hopefully never

            with backups.copy_elsewhere(self.library, path) as copy:
                for act in acts:
                    copy.execute(act.use_case, label=act.label, initiator=act.initiator, run=act.run)
            return path

        def finished(result: object) -> None:
            self._unsaved.remove(acts)
            self._tell_unsaved(self._stalled)
            done(result)

        self._runner.run(work, finished, failed, owner=self)

    def write_recovery_file(self) -> Path | None:
        """Write the unsaved steps outside of the library, at once; where they lie, or None where no disk takes them."""
        from annotator.services import recovery_files  # noqa: PLC0415 - hopefully never

        return recovery_files.write(self.path, self.unsaved, data_folder=self.data_folder)

    # Reading -----------------------------------------------------------------------------------------------

    def query(
        self, query: UseCase, done: Done, *, failed: Done | None = None, owner: QObject | None = None
    ) -> None:
        """Read from the library; `done` gets the answer unless `owner` is gone by then."""
        self._runner.run(
            lambda: self.library.read(query), done, failed or self.failed.emit, owner=owner or self
        )

    def read_files(
        self,
        work: Callable[[], Any],
        done: Done,
        *,
        failed: Done | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Work on files that needs no library."""
        self._runner.run_aside(work, done, failed or self.failed.emit, owner=owner or self)

    def study(
        self,
        work: LibraryWork,
        done: Done = ignore,
        *,
        failed: Done | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Long work that only reads the library, such as a backup or a check, in a thread beside the edits."""

        def begin() -> None:
            self._runner.run_aside(
                lambda: work(self.library), done, failed or self.failed.emit, owner=owner or self
            )

        if self._replacing:  # the file is being exchanged: nobody else may have it open
            self._held_back.append(begin)
        else:
            begin()

    def replace(self, work: LibraryWork, done: Done = ignore, *, failed: Done | None = None) -> None:
        """Work that puts another state under the window, such as restoring a backup; no edit runs meanwhile.

        `replaced` is sent before `done` gets the result.
        """

        def over() -> None:
            self._replacing = False
            held_back, self._held_back = self._held_back, []
            for begin in held_back:
                begin()

        def finished(result: Any) -> None:
            over()
            self._on_opened(replaced=True)
            done(result)

        def refused(error: Exception) -> None:
            over()
            (failed or self.failed.emit)(error)

        def begin(_: object = None) -> None:
            self._runner.run(lambda: work(self.library), finished, refused, owner=self)

        self._replacing = True
        self._runner.run_aside(lambda: None, begin, begin, owner=self)  # behind all that reads just now

    def look(self) -> None:
        """See whether another window or program changed the library, and if so send `library_changed`."""
        if self._library is None or self.writing or self._looking:
            return
        broken = self._library.broken
        if len(broken) > self._broken:
            self.broken_found.emit(broken)
        self._broken = len(broken)
        stamp = tuple(_stamp_of(f"{self._library.path}{end}") for end in ("", "-wal"))
        if stamp == self._stamp:
            return
        self._stamp, self._looking = stamp, True
        seen = self._seen
        self._runner.run(
            lambda: self.library.changes_since(seen), self._on_looked, self._on_look_failed, owner=self
        )

    def close(self) -> None:
        """Finish all work and close the library."""
        self.closing.emit()
        self._retry.stop()
        self._look.stop()
        self._runner.finish()
        if self._unsaved:
            self.write_recovery_file()
        if self._library is not None:
            self._library.close()
            self._library = None

    # Behind the scenes -------------------------------------------------------------------------------------

    def _run(self, act: Act) -> None:
        if self._unsaved and act.waits:
            self._unsaved.add(act)
            self.retry()
            return
        self._writing += 1
        if act.worth_keeping:
            self.saving.emit()
        self._runner.run(
            lambda: self._save(act),
            lambda outcome: self._on_saved(act, outcome),
            lambda error: self._on_not_saved(act, error),
            owner=self,
        )

    def _save(self, act: Act) -> Outcome[Any]:
        """In the library's thread: run an edit, unless one before it could not be saved."""
        if self._stalled is not None and act.waits:
            raise self._stalled
        try:
            return self.library.execute(
                self._ending_draft(act), label=act.label, initiator=act.initiator, run=act.run
            )
        except LibraryError as error:
            if act.waits and self._is_passing(error):
                self._stalled = error
            raise

    def _ending_draft(self, act: Act) -> UseCase:
        """The use case, which also drops the draft of what it commits."""
        typing = act.typing
        if typing is None or act.keeps_only or typing.key not in self._kept:
            return act.use_case

        def commit(store: Any) -> Any:
            from annotator.services import drafts  # noqa: PLC0415 - as in `keep_typing`

            value = act.use_case(store)
            drafts.drop(store, typing.key)
            return value

        return commit

    def _on_saved(self, act: Act, outcome: Outcome[Any]) -> None:
        self._writing -= 1
        self._tell_saved()
        self._tell_change(act, outcome)
        self._tell_idle()

    def _tell_change(self, act: Act, outcome: Outcome[Any]) -> None:
        """An edit of one's own is what undo takes back next, and leaves nothing to redo: nobody needs to be asked."""
        if act.typing is not None and not act.keeps_only:
            self._kept.discard(act.typing.key)
        if outcome.changes is not None:
            self._have_seen(outcome.changes)
            self.library_changed.emit(outcome.changes)
            self.undo_changed.emit(outcome.changes.label, "")
        act.done(outcome.value)

    def _on_not_saved(self, act: Act, error: Exception) -> None:
        self._writing -= 1
        if act.waits and self._is_passing(error):
            self._unsaved.add(act)
            self._tell_unsaved(error)
        else:
            if act.label:
                self.not_saved.emit(error)
            if act.worth_keeping:
                (act.failed or self.failed.emit)(error)
        self._tell_idle()

    def _is_passing(self, error: Exception) -> bool:
        """Whether saving may work later: trouble with the disk or the file, and not with what was asked for."""
        return (
            isinstance(error, LibraryError)
            and not isinstance(error, NewerLibrary | ReadOnlyLibrary)
            and self._library is not None
        )

    def _save_again(self, acts: tuple[Act, ...]) -> tuple[list[tuple[Act, Any]], Exception | None]:
        """In the library's thread: run edits in their order up to the first that still can't be saved."""
        self._stalled = None
        results: list[tuple[Act, Any]] = []
        for act in acts:
            try:
                results.append((act, self._save(act)))
            except Exception as error:  # noqa: BLE001 - told one by one in the interface's thread
                if self._is_passing(error):
                    return results, error
                results.append((act, error))
        return results, None

    def _on_retried(self, result: tuple[list[tuple[Act, Any]], Exception | None]) -> None:
        results, error = result
        self._retrying = False
        self._unsaved.remove(act for act, _ in results)
        for act, outcome in results:
            if isinstance(outcome, Exception):
                self.not_saved.emit(outcome)
                self.failed.emit(outcome)
            else:
                self._tell_change(act, outcome)
        self._tell_unsaved(error)
        if error is None and self._unsaved:  # asked for meanwhile
            self.retry()
        elif error is None:
            self._tell_saved()
        self._tell_idle()

    def _on_retry_broke(self, error: Exception) -> None:
        self._retrying = False
        self._tell_idle()
        self.failed.emit(error)

    def _tell_unsaved(self, error: Exception | None) -> None:
        """Keep the recovery file and everybody up to date about what is not saved."""
        from annotator.services import recovery_files  # noqa: PLC0415 - hopefully never

        if self._unsaved:
            self._retry.start()
            self._runner.run_aside(self.write_recovery_file, ignore, ignore, owner=self)
            self.not_saved.emit(error)
            self.unsaved_changed.emit(error)
            return
        self._retry.stop()
        self._stalled = None
        recovery_files.clear(self.path, data_folder=self.data_folder)
        self.unsaved_changed.emit(None)

    def _tell_saved(self) -> None:
        """Say "saved" once everything asked for is on disk, and never while something of it is not."""
        if not self.writing and not self._unsaved:
            self.saved.emit(datetime.now().astimezone())

    def _tell_idle(self) -> None:
        if not self.writing:
            self.idle.emit()

    def _step(
        self, work: Callable[[], tuple[Outcome[Edit | None], UndoState]], done: Callable[[Edit | None], None]
    ) -> None:
        self._writing += 1
        self.saving.emit()

        def finished(result: tuple[Outcome[Edit | None], UndoState]) -> None:
            outcome, state = result
            self._writing -= 1
            self._tell_saved()
            if outcome.changes is not None:
                self._have_seen(outcome.changes)
                self.library_changed.emit(outcome.changes)
            self.undo_changed.emit(state.undo, state.redo)
            done(outcome.value)
            self._tell_idle()

        def failed(error: Exception) -> None:
            self._writing -= 1
            self.not_saved.emit(error)
            self.failed.emit(error)
            self._tell_idle()

        self._runner.run(work, finished, failed, owner=self)

    def _have_seen(self, changes: ChangeSet) -> None:
        """Note an edit of one's own; where others came between, `look` will find them."""
        if changes.seq == self._seen + 1:
            self._seen = changes.seq

    def _on_looked(self, found: tuple[int, ChangeSet | None]) -> None:
        self._looking = False
        self._seen, changes = found
        if changes is not None:
            self.library_changed.emit(changes)
            self._ask_for_undo_state()

    def _on_look_failed(self, _error: Exception) -> None:
        """The library can't be read just now; the next edit or page tells more than this would."""
        self._looking = False

    def _on_opened(self, *, replaced: bool = False) -> None:
        self._runner.run(
            lambda: self.library.changes_since(_NEVER), self._on_first_look, self.failed.emit, owner=self
        )
        (self.replaced if replaced else self.library_opened).emit()
        self._ask_for_undo_state()

    def _on_first_look(self, found: tuple[int, ChangeSet | None]) -> None:
        self._seen = found[0]
        self._look.start()

    def _ask_for_undo_state(self) -> None:
        self._runner.run(
            lambda: self.library.undo_state(),
            lambda state: self.undo_changed.emit(state.undo, state.redo),
            self.failed.emit,
            owner=self,
        )


def _stamp_of(path: str) -> tuple[int, int]:
    """What tells that a file was written to; looks without opening it."""
    try:
        found = os.stat(path)
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
