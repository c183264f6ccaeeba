"""What is not in the library yet: texts from before a sudden end, steps that can't be saved, and leaving with them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from annotator.errors import EditConflict, UserError
from annotator.paths import LIBRARY_SUFFIX
from annotator.services import drafts, recovery_files
from annotator.services.drafts import KeptTyping
from annotator.services.recovery_files import Found
from annotator.ui.bridge import LibraryBridge
from annotator.ui.controllers.conflicts import ConflictController
from annotator.ui.dialogs.drafts import DraftsDialog
from annotator.ui.dialogs.unsaved import UnsavedDialog
from annotator.ui.main_window import MainWindow

RETRY, ELSEWHERE, DRAFTS = "retry_saving", "save_elsewhere", "show_drafts"


class KeepingController(QObject):
    """Says what is not saved until it is, and lets nobody leave with it unasked."""

    library_wanted = Signal(str)  # another library to open: the copy that took the unsaved steps
    said = Signal(str)

    def __init__(self, bridge: LibraryBridge, window: MainWindow, conflicts: ConflictController) -> None:
        super().__init__(window)
        self._bridge, self._window, self._conflicts = bridge, window, conflicts
        self._error: Exception | None = None
        self._kept: list[KeptTyping] = []
        self._leaving = False
        self.dialog: DraftsDialog | None = None
        self.unsaved_dialog: UnsavedDialog | None = None
        bridge.unsaved_changed.connect(self._on_unsaved_changed)
        window.notices.action_triggered.connect(self._on_action)
        window.messages.action_triggered.connect(self._on_action)
        window.may_close = self.may_close

    # Texts from before a sudden end ------------------------------------------------------------------------

    def offer_left_over(self) -> None:
        """Look for texts that were never committed, and offer them."""
        path, folder = self._bridge.path, self._bridge.data_folder
        self._bridge.read_files(
            lambda: recovery_files.find(path, data_folder=folder), self._on_recovery_files
        )

    def _on_recovery_files(self, found: list[Found]) -> None:
        for file in found:
            for step in file.steps:
                if step.typing is not None:
                    self._bridge.keep_typing(step.typing)
        self._bridge.query(drafts.left_over, partial(self._on_left_over, found))

    def _on_left_over(self, files: list[Found], kept: list[KeptTyping]) -> None:
        self._kept = kept
        lost = [step for file in files for step in file.steps if step.typing is None]
        aside = [recovery_files.set_aside(file) for file in files]
        if not kept and not lost:
            return
        title = (
            self.tr("One text that was typed is not stored.")
            if len(kept) == 1
            else self.tr("%n texts that were typed are not stored.", "", len(kept))
        )
        text = self.tr("It is kept.") if len(kept) == 1 else self.tr("They are kept.")
        if lost:
            steps = ", ".join(dict.fromkeys(step.label for step in lost))
            told = self.tr(
                "Steps that could not be saved then: {steps}. What they were about is in “{path}”."
            )
            told = told.format(steps=steps, path=aside[0])
            title, text = (title, f"{text} {told}") if kept else (self.tr("Not everything was saved."), told)
        actions = [(DRAFTS, self.tr("Look at it…"))] if kept else []
        self._window.messages.show_message("warning", title, text, [*actions, ("dismiss", self.tr("Later"))])

    def show_left_over(self) -> None:
        """Show the texts that were never committed."""
        if not self._kept:
            return
        dialog = DraftsDialog(self._window.themes, self._kept, self._window)
        self.dialog = dialog
        dialog.put_back_requested.connect(self._put_back)
        dialog.discard_requested.connect(self._discard)
        dialog.finished.connect(self._on_drafts_finished)
        self._window.messages.clear()
        dialog.open()

    def _put_back(self, kept: KeptTyping) -> None:
        def failed(error: Exception) -> None:
            if isinstance(error, EditConflict):
                self._conflicts.show(error, partial(self._settled, kept))
            elif isinstance(error, UserError) and self.dialog is not None:
                self.dialog.messages.show_error(error)
            else:
                self._bridge.failed.emit(error)

        self._bridge.execute(
            partial(drafts.commit, typing=kept.typing),
            label=self.tr("Put back what was typed"),
            done=lambda _: self._settled(kept),
            failed=failed,
        )

    def _discard(self, kept: KeptTyping) -> None:
        use_case = partial(drafts.drop, key=kept.typing.key)
        self._bridge.execute(use_case, label="", done=lambda _: self._settled(kept))

    def _settled(self, kept: KeptTyping) -> None:
        self._kept = [item for item in self._kept if item.typing.key != kept.typing.key]
        if self.dialog is not None:
            self.dialog.remove(kept)

    def _on_drafts_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    # Steps that can't be saved -----------------------------------------------------------------------------

    def _on_unsaved_changed(self, error: Exception | None) -> None:
        self._error = error
        if error is None:
            self._window.notices.clear()
            if self.unsaved_dialog is not None:
                self.unsaved_dialog.accept()
            self.said.emit(self.tr("Everything is saved"))
            return
        what = error.what if isinstance(error, UserError) else str(error)
        todo = error.todo if isinstance(error, UserError) else ""
        kept = self.tr("It is kept in memory and tried again every 10 s.")
        self._window.notices.show_message(
            "error",
            self.tr("Your last change is not on disk yet."),
            " ".join(part for part in (what, kept, todo) if part),
            [(RETRY, self.tr("Try again")), (ELSEWHERE, self.tr("Save elsewhere…"))],
        )
        if self.unsaved_dialog is not None:
            self.unsaved_dialog.show_trouble(what, todo)

    def _on_action(self, action: str) -> None:
        if action == RETRY:
            self._bridge.retry()
        elif action == ELSEWHERE:
            self._save_elsewhere()
        elif action == DRAFTS:
            self.show_left_over()

    def _save_elsewhere(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save the library elsewhere"),
            self._bridge.path.name,
            self.tr("Libraries (*.annotator)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if path:
            target = Path(path)
            self.save_elsewhere(target if target.suffix else target.with_suffix(LIBRARY_SUFFIX))

    def save_elsewhere(self, path: Path) -> None:
        """Copy the library with the unsaved steps to another place, and go on there."""
        self._bridge.save_elsewhere(path, self._on_saved_elsewhere, self._on_elsewhere_failed)

    def _on_saved_elsewhere(self, path: Any) -> None:
        self.library_wanted.emit(str(path))

    def _on_elsewhere_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._bridge.failed.emit(error)
        elif self.unsaved_dialog is not None:
            self.unsaved_dialog.messages.show_error(error)
        else:
            self._window.messages.show_error(error)

    # Leaving -----------------------------------------------------------------------------------------------

    def may_close(self) -> bool:
        """Whether the window may close now; if something is not saved, asks what is to become of it."""
        unsaved = self._bridge.unsaved
        if not unsaved or self._leaving:
            return True
        if self.unsaved_dialog is not None:
            return False
        file = self._bridge.write_recovery_file()
        what = str(self._error) if self._error is not None else ""
        dialog = UnsavedDialog(self._window.themes, unsaved, what, str(file) if file else "", self._window)
        self.unsaved_dialog = dialog
        dialog.retry_requested.connect(self._bridge.retry)
        dialog.elsewhere_requested.connect(self._save_elsewhere)
        dialog.quit_requested.connect(self._leave)
        dialog.accepted.connect(self._window.close)  # everything was saved after all
        dialog.finished.connect(self._on_unsaved_finished)
        dialog.open()
        return False

    def _leave(self) -> None:
        self._leaving = True
        self._window.close()

    def _on_unsaved_finished(self) -> None:
        if self.unsaved_dialog is not None:
            self.unsaved_dialog.deleteLater()
            self.unsaved_dialog = None
