"""Texts that were being typed when the program was cut off, offered again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from annotator.services.drafts import FORM, KeptTyping, readable
from annotator.ui.dialogs.sheet import Sheet
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import MessageBar, label

_NAME = 60  # characters of what a text belongs to


class DraftsDialog(Sheet):
    """Shows each text beside what is stored, and asks what becomes of it. The caller removes those that are settled."""

    put_back_requested = Signal(object)  # a KeptTyping: store it where it belongs
    discard_requested = Signal(object)
    settled = Signal()  # none is left

    def __init__(
        self, themes: ThemeManager, kept: Sequence[KeptTyping], parent: QWidget | None = None
    ) -> None:
        super().__init__(themes, "", QSize(820, 520), parent)
        self.setObjectName("drafts_dialog")
        self.setWindowTitle(self.tr("Text that was not stored"))
        self.title_label.setText(self.windowTitle())
        self._kept: list[KeptTyping] = []
        self.messages = MessageBar(themes, self)
        self.body.addWidget(self.messages)
        self.list = QListWidget(self)
        self.list.setObjectName("drafts_list")
        self.list.setAccessibleName(self.tr("Texts that were not stored"))
        self.list.setFixedWidth(250)
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = self._pane("drafts_text", self.tr("What you typed"))
        self.stored = self._pane("drafts_stored", self.tr("What is stored"))
        right = QVBoxLayout()
        right.setSpacing(4)
        for words, pane in ((self.tr("What you typed"), self.text), (self.tr("What is stored"), self.stored)):
            right.addWidget(label(words, role="caption", tone="secondary", parent=self))
            right.addWidget(pane, 1)
            right.addSpacing(8)
        row = QHBoxLayout()
        row.setContentsMargins(20, 16, 20, 8)
        row.setSpacing(16)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)
        self._discard = self.add_button("drafts_discard", self.tr("Discard"), self._on_discard)
        self.add_button("drafts_copy", self.tr("Copy"), self._on_copy)
        self.footer.addStretch(1)
        self.add_button("drafts_later", self.tr("Later"), self.reject)
        words = self.tr("Put back")
        self._put_back = self.add_button("drafts_put_back", words, self.confirm, kind="primary")
        self.list.currentRowChanged.connect(self._on_row_changed)
        self.set_kept(kept)
        self.list.setFocus()

    def set_kept(self, kept: Sequence[KeptTyping]) -> None:
        """Show these texts."""
        row = max(0, min(self.list.currentRow(), len(kept) - 1))
        self._kept = list(kept)
        self.list.clear()
        for item in self._kept:
            self.list.addItem(QListWidgetItem(self._line(item)))
        self.list.setCurrentRow(row if kept else -1)
        if not kept:
            self._on_row_changed(-1)

    def remove(self, kept: KeptTyping) -> None:
        """One text is settled; the next one is shown, and the dialog closes after the last."""
        self.messages.clear()
        self.set_kept([item for item in self._kept if item.typing.key != kept.typing.key])
        if not self._kept:
            self.settled.emit()
            self.accept()

    def confirm(self) -> None:
        """Ask for the chosen text to be stored where it belongs."""
        chosen = self.chosen()
        if chosen is not None and self._put_back.isEnabled():
            self.put_back_requested.emit(chosen)

    def chosen(self) -> KeptTyping | None:
        """The text that is shown."""
        row = self.list.currentRow()
        return self._kept[row] if 0 <= row < len(self._kept) else None

    def _line(self, item: KeptTyping) -> str:
        fields = {
            "statement": self.tr("Claim in your own words"),
            "note": self.tr("Note"),
            FORM: self.tr("A form that was open"),
        }
        where = fields.get(item.typing.field, item.typing.field)
        begun = QDateTime.fromSecsSinceEpoch(int(item.at.timestamp())) if item.at else QDateTime()
        at = QLocale().toString(begun, "d MMM yyyy, HH:mm") if item.at else ""
        name = " ".join(item.name.split())
        short = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
        return "\n".join(part for part in (where, f"“{short}”" if short else "", at) if part)

    def _on_row_changed(self, _row: int) -> None:
        chosen = self.chosen()
        self.text.setPlainText(readable(chosen.typing) if chosen else "")
        gone = chosen is not None and chosen.stored is None
        self.stored.setPlainText(
            self.tr("It was deleted.") if gone else (chosen.stored or "") if chosen else ""
        )
        form = chosen is not None and chosen.typing.field == FORM
        self._put_back.setEnabled(chosen is not None and not gone and not form)
        self._put_back.setToolTip(
            self.tr("Open the form again: it has the text")
            if form
            else self.tr("What it belongs to was deleted: copy the text")
            if gone
            else ""
        )
        self._discard.setEnabled(chosen is not None)

    def _on_discard(self) -> None:
        chosen = self.chosen()
        if chosen is not None:
            self.discard_requested.emit(chosen)

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
        self.messages.show_message("info", self.tr("Copied"))

    def _pane(self, name: str, words: str) -> QPlainTextEdit:
        pane = QPlainTextEdit(self)
        pane.setObjectName(name)
        pane.setAccessibleName(words)
        pane.setReadOnly(True)
        pane.setTabChangesFocus(True)
        return pane
