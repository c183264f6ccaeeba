"""A text field that grows with its text and hands it over by itself."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

_PAUSE_MS = 600
_KEEP_MS = 800  # a sudden end takes less than a second of typing along
_EDGES = 18  # border, padding and the margin of the document, above and below together


class TextArea(QPlainTextEdit):
    """Between `least` and `most` lines high.

    `committed` carries the text when focus leaves, on `Ctrl+Return` and 600 ms after the last key; never text
    that was committed or shown before. Who types on without a pause is told of by `typed`, every 800 ms, and
    `untyped` says that nothing is left of it. `Tab` leaves the field.

    `base` is the text that the typing began with, `visit` counts how often the focus came.
    """

    committed = Signal(str)
    typed = Signal(str)
    untyped = Signal()
    done_requested = Signal()
    escape_pressed = Signal()

    def __init__(self, name: str, *, least: int = 2, most: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self._settled = self.base = ""
        self.visit = 0
        self._told = False
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        self._keep = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._keep.timeout.connect(self._tell_typing)
        self.textChanged.connect(self._on_text_changed)
        self._fit()

    def text(self) -> str:
        """What the field shows."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a text without telling anybody. Unsaved typing is committed first; the caret stays where it can."""
        self.commit()
        self._settled = self.base = text
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
        self._keep.stop()
        if self.is_dirty() and not self.isReadOnly():
            self.base, self._settled = self._settled, self.toPlainText()
            self._told = False
            self.committed.emit(self._settled)
            self.base = self._settled  # or what it was before, when it was refused

    def refuse(self) -> None:
        """What was committed last could not be stored: it is unsaved typing again, without a pause to wait for."""
        self._settled = self.base

    def show_stored(self, text: str) -> None:
        """Show what is stored and forget what was typed."""
        self._settled = self.toPlainText()
        self.set_text(text)

    def _on_text_changed(self) -> None:
        self._fit()
        if self.is_dirty():
            self._pause.start()
            if not self._keep.isActive():
                self._keep.start()
            return
        self._pause.stop()
        self._keep.stop()
        if self._told:
            self._told = False
            self.untyped.emit()

    def _tell_typing(self) -> None:
        if self.is_dirty() and not self.isReadOnly():
            self._told = True
            self.typed.emit(self.toPlainText())

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

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.visit += 1

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
