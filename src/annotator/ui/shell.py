"""What the window shows for the moment until its parts are made: the same grounds and edges, and nothing in them."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from annotator.ui.theme import Theme


class Shell(QWidget):
    """The bands of header and status bar, with the reader's ground between. Asks no file for anything."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paintEvent(self, _event: QPaintEvent) -> None:
        color, metric = self._theme.color, self._theme.metric
        whole = self.rect()
        header = QRect(0, 0, whole.width(), metric("header"))
        status = QRect(0, whole.height() - metric("statusBar"), whole.width(), metric("statusBar"))
        painter = QPainter(self)
        painter.fillRect(whole, color("reader"))
        for band in (header, status):
            painter.fillRect(band, color("window"))
        painter.fillRect(QRect(0, header.bottom(), whole.width(), 1), color("border"))
        painter.fillRect(QRect(0, status.top(), whole.width(), 1), color("border"))
        painter.end()
