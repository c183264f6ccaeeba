"""Asks what is to be done when somebody wants to leave while steps are not saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from annotator.ui.dialogs.sheet import Sheet
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import MessageBar, label

if TYPE_CHECKING:
    from annotator.services.recovery_files import Unsaved


class UnsavedDialog(Sheet):
    """Lists what is not in the library. Esc and the cross stay in the program."""

    retry_requested = Signal()
    elsewhere_requested = Signal()
    quit_requested = Signal()

    def __init__(
        self,
        themes: ThemeManager,
        unsaved: Sequence[Unsaved],
        why: str,
        recovery_file: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(themes, "", QSize(620, 420), parent)
        self.setObjectName("unsaved_dialog")
        self.setWindowTitle(self.tr("Not everything is saved"))
        self.title_label.setText(self.windowTitle())
        self.messages = MessageBar(themes, self)
        self.body.addWidget(self.messages)
        column = QVBoxLayout()
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(8)
        said = label(why, parent=self)
        said.setWordWrap(True)
        column.addWidget(said)
        self.list = QListWidget(self)
        self.list.setObjectName("unsaved_list")
        self.list.setAccessibleName(self.tr("Steps that are not saved"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        last = {step.typing.key: step for step in unsaved if step.typing}  # of typing, its end says all
        for step in unsaved:
            if step.typing and last[step.typing.key] is not step:
                continue
            words = " ".join(step.typing.text.split()) if step.typing else ""
            at = f"{step.at.astimezone():%H:%M}"
            self.list.addItem(f"{at}  {step.label}" + (f": {words[:160]}" if words else ""))
        column.addWidget(self.list, 1)
        kept = (
            self.tr("They are kept in “{path}” and offered again at the next start.").format(
                path=recovery_file
            )
            if recovery_file
            else self.tr("No disk takes a copy of them: leaving now loses them.")
        )
        told = label(kept, tone="secondary", parent=self)
        told.setWordWrap(True)
        column.addWidget(told)
        self.body.addLayout(column, 1)
        quit_words = self.tr("Quit and keep them there") if recovery_file else self.tr("Quit and lose them")
        self.add_button("unsaved_quit", quit_words, self.quit_requested.emit)
        self.footer.addStretch(1)
        words = self.tr("Save the library elsewhere…")
        self.add_button("unsaved_elsewhere", words, self.elsewhere_requested.emit)
        words = self.tr("Try again")
        self.add_button("unsaved_retry", words, self.retry_requested.emit, kind="primary").setFocus()

    def confirm(self) -> None:
        """Try again."""
        self.retry_requested.emit()

    def show_trouble(self, title: str, text: str) -> None:
        """Say why it did not work this time either."""
        self.messages.show_message("error", title, text)
