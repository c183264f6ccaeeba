"""Opening the library: who else has it open, where it lies, whether it can be changed, and what is due then."""

from __future__ import annotations

from PySide6.QtCore import QObject, QStorageInfo, QTimer, Signal

from annotator.errors import LibraryError, NewerLibrary
from annotator.services import backups, places
from annotator.services.library import BrokenRow, broken_words
from annotator.ui.bridge import LibraryBridge
from annotator.ui.library_lock import Holder, Holding, LibraryLock
from annotator.ui.main_window import MainWindow

READ, INSIST, OTHER, CHECK = "open_to_read", "open_anyway", "open_other", "check_library"
_BACKUP_MS = 5 * 60_000  # how often it is asked whether a backup is due
_BACKUP_SOON_MS = 2_000  # after opening: not while the first article is on its way


class OpeningController(QObject):
    """Opens the library of a window and says what is special about it."""

    ask_for_library = Signal()
    backed_up = Signal()  # what there was at opening is safe

    def __init__(self, bridge: LibraryBridge, window: MainWindow, workbench: QObject) -> None:
        super().__init__(workbench)
        self._bridge, self._window = bridge, window
        self._lock = LibraryLock(bridge.path)
        self.holder = Holder(Holding.FREE)
        self._read_only = False
        self._backup = QTimer(self, interval=_BACKUP_MS)
        self._backup.timeout.connect(lambda: self._keep_backups(opening=False))
        bridge.library_opened.connect(self._on_opened)
        bridge.broken_found.connect(self._on_broken_found)
        window.notices.action_triggered.connect(self._on_action)
        window.messages.action_triggered.connect(self._on_action)
        window.closed.connect(self._lock.release)

    def open(self) -> None:
        """Open the library, unless another computer seems to have it open: then ask first."""
        self.holder = self._lock.holder()
        if self.holder.holding is Holding.ELSEWHERE:
            self._ask_about_holder()
        else:
            self._bridge.open()

    @property
    def shared(self) -> bool:
        """Whether another window has the library open, whose unfinished texts are none of ours."""
        return self.holder.holding is Holding.HERE

    def _ask_about_holder(self) -> None:
        self._window.show_first_run()
        self._window.notices.show_message(
            "warning",
            self.tr("This library is open on another computer: “{host}”.").format(host=self.holder.host),
            self.tr(
                "Nothing was changed. Two computers that write to one file damage it. Close the library there. If that"
                " computer was cut off while the library was open, open it anyway."
            ),
            [
                (READ, self.tr("Open for reading")),
                (INSIST, self.tr("Open anyway")),
                (OTHER, self.tr("Another library…")),
            ],
        )

    def _on_action(self, action: str) -> None:
        if action == READ:
            self._window.notices.clear()
            self._read_only = True
            self._bridge.open(read_only=True)
        elif action == INSIST:
            self._window.notices.clear()
            self._lock.take_over()
            self._bridge.open()
        elif action == OTHER:
            self.ask_for_library.emit()
        elif action == CHECK:
            self._window.commands["check"].trigger()

    def read_instead(self, error: Exception) -> bool:
        """Whether a library that could not be opened is tried again for reading, as one of a newer version is."""
        if not isinstance(error, NewerLibrary) or self._read_only:
            return False
        self._read_only = True
        self._bridge.open(read_only=True)
        return True

    def _on_broken_found(self, rows: tuple[BrokenRow, ...]) -> None:
        self._window.messages.show_message(
            "warning",
            broken_words(rows),
            self.tr("They are left as they are; a backup may have them whole."),
            [(CHECK, self.tr("Check library…")), ("dismiss", self.tr("Dismiss"))],
        )

    def _on_opened(self) -> None:
        reason = self._bridge.read_only
        if reason:
            self._show_read_only(reason)
            return
        if self.holder.holding is Holding.LEFT:
            self._lock.take_over()
            self._window.status.show_message(
                self.tr("The program was cut off the last time. What was saved is all there.")
            )
        elif not self.shared:
            self._lock.take()
        if self.shared:
            self._window.status.show_message(
                self.tr("This library is open in another window, too (process {pid}); both go on.").format(
                    pid=self.holder.pid
                )
            )
        self._warn_of_place()
        QTimer.singleShot(_BACKUP_SOON_MS, self, lambda: self._keep_backups(opening=True))
        self._backup.start()

    def _show_read_only(self, reason: str) -> None:
        """Say it once and take away the means to change anything."""
        self._window.set_read_only(True)
        self._window.notices.show_message(
            "warning",
            self.tr("This library is open for reading only."),
            reason,
            [(OTHER, self.tr("Another library…"))],
        )

    def _warn_of_place(self) -> None:
        path = self._bridge.path
        filesystem = bytes(QStorageInfo(str(path.parent)).fileSystemType().data()).decode("ascii", "replace")
        place = places.warning_for(path, filesystem=filesystem)
        if place is not None:
            self._window.messages.show_message(
                "warning", place.what, place.todo, [("dismiss", self.tr("Dismiss"))]
            )

    def _keep_backups(self, *, opening: bool) -> None:
        folder = self._bridge.data_folder
        self._bridge.study(
            lambda library: backups.keep_backups(library, data_folder=folder, opening=opening),
            lambda _: self.backed_up.emit() if opening else None,
            failed=self._on_backup_failed,
        )

    def _on_backup_failed(self, error: Exception) -> None:
        if not isinstance(error, LibraryError):
            self._bridge.failed.emit(error)
            return
        rest = " ".join(part for part in (error.kept, error.todo) if part)
        self._window.messages.show_message(
            "warning", error.what, rest, [(CHECK, self.tr("Check library…")), ("dismiss", self.tr("Dismiss"))]
        )
