"""The dialog of backups: lists and compares them, makes one, goes back to one, writes a readable copy."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from shiboken6 import isValid

from annotator.errors import LibraryError, UserError
from annotator.services import backups
from annotator.services.backups import Backup, Difference, Restored
from annotator.ui.bridge import LibraryBridge
from annotator.ui.dialogs import library_words as words
from annotator.ui.dialogs.backups import BackupsDialog
from annotator.ui.theme import ThemeManager

if TYPE_CHECKING:
    from annotator.services.library import Library
    from annotator.ui.main_window import MainWindow


class BackupsController(QObject):
    """Opens the dialog and does what is asked there. What ends after the dialog was closed is said by `said`."""

    said = Signal(str, str, str)  # kind, title and text of a message

    def __init__(self, bridge: LibraryBridge, themes: ThemeManager, window: MainWindow) -> None:
        super().__init__(window)
        self._bridge, self._themes, self._window = bridge, themes, window
        self._copied_to: Path | None = None
        self.dialog: BackupsDialog | None = None

    def show(self) -> None:
        """Open the dialog."""
        self._window.panel.flush()
        dialog = self.dialog = BackupsDialog(
            self._themes,
            copy_path=str(self._place_of_copy()),
            read_only=self._bridge.read_only,
            parent=self._window,
        )
        dialog.preview_requested.connect(self._compare)
        dialog.backup_requested.connect(self._back_up)
        dialog.restore_requested.connect(self._restore)
        dialog.copy_requested.connect(self._write_copy)
        dialog.finished.connect(self._forget)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self._list()

    def _forget(self) -> None:
        self.dialog = None

    def _place_of_copy(self) -> Path:
        """Where the readable copy goes by default."""
        if self._copied_to is not None:
            return self._copied_to
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(documents or Path.home()) / f"{self._bridge.path.stem or 'library'}.json"

    def _list(self) -> None:
        """List what there is at once, then read every backup to the end, to tell which are damaged."""
        dialog = self.dialog
        if dialog is None:
            return
        for thorough in (False, True):
            self._bridge.study(
                partial(_listed, data_folder=self._bridge.data_folder, thorough=thorough),
                dialog.set_backups,
                failed=self._on_failed,
                owner=dialog,
            )

    def _compare(self, backup: Backup) -> None:
        dialog = self.dialog
        if dialog is None:
            return

        def compared(found: tuple[Difference, ...]) -> None:
            dialog.set_difference(backup.number, found)

        def failed(error: Exception) -> None:
            if isinstance(error, UserError):
                dialog.set_unknown(backup.number, error)
            else:
                self._bridge.failed.emit(error)

        self._bridge.study(
            lambda library: backups.difference(library, backup.path), compared, failed=failed, owner=dialog
        )

    # What is done -----------------------------------------------------------------------------------------

    def _back_up(self) -> None:
        self._set_busy(self.tr("Making a backup…"))
        folder = self._bridge.data_folder
        self._bridge.study(
            lambda library: backups.make_backup(library, data_folder=folder),
            self._on_backed_up,
            failed=self._on_failed,
        )

    def _on_backed_up(self, made: Backup | None) -> None:
        self._set_busy("")
        if made is None:
            self._say(
                self.tr("The newest backup is of this very state"),
                self.tr("Nothing was done since it was made, so no other one is needed."),
            )
            return
        title = self.tr("Backup {number} is made").format(number=made.number)
        self._say(title, self.tr("It was checked: {counts}.").format(counts=_in_a_sentence(made)))
        self._list()

    def _restore(self, backup: Backup) -> None:
        if self._bridge.unsaved:
            self._on_failed(
                UserError(
                    self.tr("Your last steps are not on disk yet."),
                    kept=self.tr("They are kept, and nothing was restored."),
                    todo=self.tr("Restore the backup once they are saved."),
                )
            )
            return
        self._set_busy(self.tr("Restoring… The present state is backed up first."))
        folder = self._bridge.data_folder

        def restore(_: object) -> None:
            self._bridge.replace(
                lambda library: backups.restore_backup(library, backup.path, data_folder=folder),
                partial(self._on_restored, backup),
                failed=self._on_failed,
            )

        # After what is being read beside the edits: nobody may have the file open when it is exchanged.
        self._bridge.study(lambda _: None, restore, failed=self._on_failed)

    def _on_restored(self, backup: Backup, done: Restored) -> None:
        self._set_busy("")
        when = words.inside(words.moment(backup.at))
        text = self.tr("It holds {counts}.").format(counts=words.holds(done.counts).replace(" · ", ", "))
        if done.before is not None:
            text += " " + self.tr("What the library was before is backup {number}.").format(
                number=done.before.number
            )
        self._say(self.tr("The library is in the state of {when}").format(when=when), text)
        self._list()
        self._compare(backup)

    def _write_copy(self, path: str) -> None:
        self._set_busy(self.tr("Writing the copy…"))
        target = Path(path).expanduser()
        self._bridge.study(
            partial(_write_copy, path=target), partial(self._on_copied, target), failed=self._on_failed
        )

    def _on_copied(self, path: Path, written: dict[str, int]) -> None:
        self._set_busy("")
        self._copied_to = path
        title = self.tr("A readable copy is saved in “{name}”").format(name=path.name)
        kinds = ("article", "claim", "source")
        counts = ", ".join(words.counted(kind, written.get(kind, 0)) for kind in kinds)
        self._say(
            title,
            self.tr(
                "It holds everything, what is in the bin included: {counts}, and what belongs to them. {path}"
            ).format(counts=counts, path=path),
        )

    # Messages ---------------------------------------------------------------------------------------------

    def _set_busy(self, said: str) -> None:
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.set_busy(said)

    def _say(self, title: str, text: str) -> None:
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.say(title, text)
        else:
            self.said.emit("info", title, text)

    def _on_failed(self, error: Exception) -> None:
        self._set_busy("")
        if self.dialog is not None and isValid(self.dialog) and isinstance(error, UserError):
            self.dialog.show_error(error)
        else:
            self._bridge.failed.emit(error)


def _listed(library: Library, *, data_folder: Path, thorough: bool) -> list[Backup]:
    return backups.list_backups(library.path, data_folder=data_folder, thorough=thorough)


def _in_a_sentence(backup: Backup) -> str:
    return words.holds(backup.counts).replace(" · ", ", ")


def _write_copy(library: Library, *, path: Path) -> dict[str, int]:
    if path.exists() and path.samefile(library.path):
        raise LibraryError(
            f"“{path.name}” is the library itself.",
            kept="It was not changed.",
            todo="Give the copy another name.",
        )
    return backups.write_plain_copy(library, path)
