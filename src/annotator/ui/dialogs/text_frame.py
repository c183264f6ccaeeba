"""The reading surface around a text, with a ring while the text has focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.ui.theme import ThemeManager


class TextFrame(QWidget):
    """Holds one view that has no frame of its own."""

    def __init__(self, themes: ThemeManager, view: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._view = view
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.addWidget(view)
        view.installEventFilter(self)
        themes.theme_changed.connect(self.update)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._view and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("reader"))
        painter.setPen(theme.color("border"))
        painter.drawLine(0, 0, self.width(), 0)
        if self._view.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
