"""What stands in the reader while an article takes long to come: three grey lines where its text will be."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from annotator.ui.reader.styles import TOP
from annotator.ui.reader.surface import ReaderSurface

PATIENCE_MS = 200  # what is faster needs no sign that something happens
_LINES = (1.0, 0.94, 0.62)  # of the column
_STEP, _HIGH = 31, 12


class WaitingLines(QWidget):
    """Lies over the text from 200 ms after `expect` until `stop`; the text before stays beneath it."""

    def __init__(self, reader: ReaderSurface) -> None:
        super().__init__(reader)
        self.setObjectName("reader_waiting")
        self.setAccessibleName(self.tr("Opening the article…"))
        self._reader = reader
        self._late = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._late.timeout.connect(self._appear)
        reader.installEventFilter(self)
        self.hide()

    def expect(self) -> None:
        """An article was asked for."""
        self._late.start()

    def stop(self) -> None:
        """It is there, or won't come."""
        self._late.stop()
        self.hide()

    def _appear(self) -> None:
        self.setGeometry(self._reader.rect())
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._reader and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._reader.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._reader.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("reader"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("border"))
        column = self._reader.page.column.translated(self._reader.viewport().x(), TOP)
        for index, part in enumerate(_LINES):
            line = QRectF(column.left(), column.top() + index * _STEP, column.width() * part, _HIGH)
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                line.moveRight(column.right())
            painter.drawRoundedRect(line, 4, 4)
        painter.end()
