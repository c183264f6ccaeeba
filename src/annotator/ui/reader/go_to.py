"""The card that asks for the number of a paragraph."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIntValidator, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from annotator.ui.widgets import KeyCap, label


class _NumberField(QLineEdit):
    """Says when one goes elsewhere."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.left.emit()


class GoToCard(QFrame):
    """Enter goes there, Esc goes back to the text."""

    chosen = Signal(int)  # a number from 1
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pane = parent
        self.setObjectName("go_to")
        self.setProperty("surface", "popover")
        self.field = _NumberField(self)
        self.field.setObjectName("go_to_field")
        self.field.setFixedWidth(72)
        self._label = label(self.tr("Go to paragraph"), parent=self)
        self._all = label("", tone="muted", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        for widget in (self._label, self.field, self._all, KeyCap("Enter", self)):
            row.addWidget(widget)
        self.field.returnPressed.connect(self._go)
        self.field.left.connect(self.hide)
        self.hide()

    def ask(self, now: int, many: int, corner: QPoint) -> None:
        """Ask for one of `many` paragraphs; `now` is the one where one is."""
        self.field.setValidator(QIntValidator(1, max(1, many), self.field))
        self.field.setText(str(now))
        self.field.setAccessibleName(self.tr("Go to paragraph, 1 to {many}").format(many=many))
        self._all.setText(self.tr("of {many}").format(many=many))
        self.adjustSize()
        self.move(max(6, min(corner.x(), self._pane.width() - self.width() - 6)), corner.y())
        self.raise_()
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _go(self) -> None:
        number = int(self.field.text())
        self.close_card()
        self.chosen.emit(number)

    def close_card(self) -> None:
        """Take the card away and give the focus back."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        else:
            super().keyPressEvent(event)
