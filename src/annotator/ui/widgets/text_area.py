"""A text field that grows with its text and hands it over by itself."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

_PAUSE_MS = 600
_EDGES = 18  # border, padding and the margin of the document, above and below together


class TextArea(QPlainTextEdit):
    """Between `least` and `most` lines high.

    `committed` carries the text when focus leaves, on `Ctrl+Return` and 600 ms after the last key; never text
    that was committed or shown before. `Tab` leaves the field.
    """

    committed = Signal(str)
    done_requested = Signal()
    escape_pressed = Signal()

    def __init__(self, name: str, *, least: int = 2, most: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self._settled = ""
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        self.textChanged.connect(self._on_text_changed)
        self._fit()

    def text(self) -> str:
        """What the field shows."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a text without telling anybody. Unsaved typing is committed first; the caret stays where it can."""
        self.commit()
        self._settled = text
        if text == self.toPlainText():
            return
        place = self.textCursor().position()
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)
        cursor = self.textCursor()
        cursor.setPosition(min(place, len(text)))
        self.setTextCursor(cursor)
        self._fit()

    def refresh(self, text: str) -> None:
        """Show what is stored now, unless the user has typed something that isn't stored yet."""
        if not self.is_dirty():
            self.set_text(text)

    def is_dirty(self) -> bool:
        """Whether there is typing that was not committed."""
        return self.toPlainText() != self._settled

    def commit(self) -> None:
        """Hand over unsaved typing now."""
        self._pause.stop()
        if self.is_dirty() and not self.isReadOnly():
            self._settled = self.toPlainText()
            self.committed.emit(self._settled)

    def _on_text_changed(self) -> None:
        self._fit()
        if self.is_dirty():
            self._pause.start()
        else:
            self._pause.stop()

    def _fit(self) -> None:
        lines = max(self._least, min(self._most, int(self.document().size().height())))
        more = self.document().size().height() > self._most
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if more else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + _EDGES)

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commit()
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                event.ignore()
                return
            self.done_requested.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escape_pressed.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
