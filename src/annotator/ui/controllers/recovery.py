"""What to do about a damaged library: recover it, restore its newest backup, or open another one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from annotator.errors import UserError
from annotator.services import backups, recovering
from annotator.services.backups import Backup, Restored
from annotator.services.library import Environment
from annotator.services.recovering import Recovery
from annotator.ui.bridge import LibraryBridge
from annotator.ui.dialogs.damaged import DamagedDialog
from annotator.ui.theme import ThemeManager

if TYPE_CHECKING:
    from annotator.services.library import Library
    from annotator.ui.main_window import MainWindow

T = TypeVar("T")


class RecoveryController(QObject):
    """Offers what can be done about the library that the window was to open, or has open."""

    library_wanted = Signal(str)  # the path of the library to open now
    other_wanted = Signal()  # the user wants to choose another library

    def __init__(self, bridge: LibraryBridge, themes: ThemeManager, window: MainWindow) -> None:
        super().__init__(window)
        self._bridge, self._themes, self._window = bridge, themes, window
        self._is_open = False
        self._error = UserError("")
        self.dialog: DamagedDialog | None = None

    def offer(self, error: UserError) -> None:
        """Say that the library could not be opened because it is damaged, and what can be done."""
        self._offer(error, is_open=False)

    def offer_open(self, error: UserError) -> None:
        """As `offer`, for the library that is open in the window: it is closed for the work, and opened again."""
        self._offer(error, is_open=True)

    def _offer(self, error: UserError, *, is_open: bool) -> None:
        if self.dialog is not None:
            return  # each piece of work that needs the library fails alike
        self._error, self._is_open = error, is_open
        self._open_dialog()
        path, folder = self._bridge.path, self._bridge.data_folder
        self._aside(lambda: backups.newest_backup(path, data_folder=folder), self._on_searched)

    def _open_dialog(self) -> DamagedDialog:
        """The dialog; where it was closed while the work went on, it is opened for the report."""
        if self.dialog is not None:
            return self.dialog
        dialog = self.dialog = DamagedDialog(self._themes, self._error, self._bridge.path, self._window)
        dialog.recover_requested.connect(self._recover)
        dialog.restore_requested.connect(self._restore)
        dialog.other_requested.connect(self._on_other)
        dialog.open_requested.connect(self._on_open)
        dialog.finished.connect(self._forget)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _forget(self) -> None:
        self.dialog = None

    def _on_searched(self, found: Backup | None) -> None:
        if self.dialog is not None:
            self.dialog.set_backup(found)

    # The work ---------------------------------------------------------------------------------------------

    def _recover(self) -> None:
        self._set_busy(self.tr("Recovering…"))
        path, folder = self._bridge.path, self._bridge.data_folder
        environment = Environment(user=self._window.settings.user_name)
        self._on_file(
            lambda: recovering.recover_library(path, data_folder=folder, environment=environment),
            self._on_recovered,
        )

    def _on_recovered(self, done: Recovery) -> None:
        self._set_busy("")
        self._open_dialog().show_recovery(done)

    def _restore(self, backup: Backup) -> None:
        self._set_busy(self.tr("Restoring the backup…"))
        path, folder = self._bridge.path, self._bridge.data_folder
        environment = Environment(user=self._window.settings.user_name)
        self._on_file(
            lambda: backups.restore_file(path, backup.path, data_folder=folder, environment=environment),
            partial(self._on_restored, backup),
        )

    def _on_restored(self, backup: Backup, done: Restored) -> None:
        self._set_busy("")
        self._open_dialog().show_restored(backup, done)

    def _on_file(self, work: Callable[[], T], done: Callable[[Any], None]) -> None:
        """Work on the file of the library while nobody has it open."""
        if not self._is_open:
            self._aside(work, done)
            return

        def exchange(_: object) -> None:
            self._bridge.replace(lambda library: _exchanged(library, work), done, failed=self._on_failed)

        # After what is being read beside the edits: nobody may have the file open when it is exchanged.
        self._bridge.study(lambda _: None, exchange, failed=self._on_failed)

    def _aside(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Work without a library; a `UserError` is told in the dialog."""

        def answered(found: Any) -> None:
            if isinstance(found, UserError):
                self._on_failed(found)
            else:
                done(found)

        self._bridge.read_files(partial(_attempt, work), answered)

    # What follows -----------------------------------------------------------------------------------------

    def _on_other(self) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        self.other_wanted.emit()

    def _on_open(self) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        if not self._is_open:  # what is open lies under the window already
            self.library_wanted.emit(str(self._bridge.path))

    def _set_busy(self, said: str) -> None:
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.set_busy(said)

    def _on_failed(self, error: Exception) -> None:
        self._set_busy("")
        if self.dialog is not None and isValid(self.dialog) and isinstance(error, UserError):
            self.dialog.show_error(error)
        else:
            self._bridge.failed.emit(error)


def _attempt(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except UserError as error:
        return error


def _exchanged(library: Library, work: Callable[[], T]) -> T:
    """Close an open library for the work on its file, and open it again."""
    results: list[T] = []
    library.exchange_file(lambda: results.append(work()))
    return results[0]
