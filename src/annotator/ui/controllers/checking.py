"""The dialog that checks the library: runs the check beside the edits, and repairs as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from annotator.errors import DamagedFile, UserError
from annotator.services import checking
from annotator.services.checking import Problem, Report
from annotator.ui.bridge import LibraryBridge
from annotator.ui.dialogs import library_words as words
from annotator.ui.dialogs.check_library import CheckDialog
from annotator.ui.theme import ThemeManager

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


class CheckController(QObject):
    """Opens the dialog and does what is asked there."""

    recovery_wanted = Signal(object)  # a UserError: the file is damaged, what can be read is to be saved

    def __init__(self, bridge: LibraryBridge, themes: ThemeManager, window: MainWindow) -> None:
        super().__init__(window)
        self._bridge, self._themes, self._window = bridge, themes, window
        self.dialog: CheckDialog | None = None

    def show(self) -> None:
        """Open the dialog and check."""
        self._window.panel.flush()
        dialog = self.dialog = CheckDialog(self._themes, self._window, read_only=self._bridge.read_only)
        dialog.repair_requested.connect(self._repair)
        dialog.check_requested.connect(self._check_again)
        dialog.recovery_requested.connect(self._recover)
        dialog.finished.connect(self._forget)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self._check()

    def _forget(self) -> None:
        self.dialog = None

    def _check_again(self) -> None:
        if self.dialog is not None:
            self.dialog.messages.clear()
        self._check()

    def _check(self) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        dialog.set_checking()
        self._bridge.study(
            lambda library: library.read(checking.check),
            self._on_checked,
            failed=self._on_failed,
            owner=dialog,
        )

    def _on_checked(self, report: Report) -> None:
        if self.dialog is not None:
            self.dialog.set_report(report)

    def _repair(self) -> None:
        if self.dialog is not None:
            self.dialog.set_checking(self.tr("Repairing…"))
        self._bridge.execute(
            checking.repair, label=self.tr("Repair library"), done=self._on_repaired, failed=self._on_failed
        )

    def _on_repaired(self, mended: tuple[Problem, ...]) -> None:
        dialog = self.dialog
        if dialog is None or not isValid(dialog):
            return  # the status bar says "Repair library" with its Undo
        many = len(mended)
        title = self.tr("{n} problem repaired") if many == 1 else self.tr("{n} problems repaired")
        dialog.say(title.format(n=words.number(many)), self.tr("It was one step, which Undo takes back."))
        self._check()

    def _recover(self) -> None:
        dialog = self.dialog
        report = dialog.report() if dialog is not None else None
        if dialog is None or report is None:
            return
        what = report.problems[0].what
        if not what.endswith("."):  # a finding of the check, and not what an error said
            what = self.tr("“{name}” is damaged: {what}.").format(name=self._bridge.path.name, what=what)
        dialog.reject()
        self.recovery_wanted.emit(DamagedFile(what, kept=self.tr("The file was not changed.")))

    def _on_failed(self, error: Exception) -> None:
        dialog = self.dialog
        if dialog is not None and isValid(dialog):
            if isinstance(error, DamagedFile):  # it can't even be opened to look at
                dialog.set_report(Report((Problem("file", "", error.what),), ()))
                return
            dialog.set_stopped()
            if isinstance(error, UserError):
                dialog.show_error(error)
                return
        self._bridge.failed.emit(error)
