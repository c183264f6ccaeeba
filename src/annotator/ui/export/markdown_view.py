"""Markdown source with line numbers, read-only."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from annotator.ui.export.highlighter import MarkdownHighlighter
from annotator.ui.theme import Theme, ThemeManager

_NUMBER_LEFT, _NUMBER_RIGHT = 10, 12


class _LineNumbers(QWidget):
    """The column of numbers at the left; the view paints it."""

    def __init__(self, view: MarkdownView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self) -> QSize:
        return QSize(self._view.number_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._view.paint_numbers(self, event.rect())


class MarkdownView(QPlainTextEdit):
    """Shows Markdown source in colour. Text can be selected and copied, not changed."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_markdown")
        self.setAccessibleName(self.tr("Markdown source"))
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("flat", True)
        self.setTabChangesFocus(True)
        flags = Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        self.setTextInteractionFlags(flags)
        self.document().setDocumentMargin(10)
        self._themes = themes
        self._numbers = _LineNumbers(self)
        self._highlighter = MarkdownHighlighter(self.document(), themes.theme)
        self.blockCountChanged.connect(self._fit_margin)
        self.updateRequest.connect(self._on_update_request)
        themes.theme_changed.connect(self._on_theme_changed)
        self._on_theme_changed(themes.theme)

    def number_width(self) -> int:
        """Width of the column of numbers in pixels."""
        digits = max(2, len(str(self.blockCount())))
        return _NUMBER_LEFT + digits * self.fontMetrics().horizontalAdvance("9") + _NUMBER_RIGHT

    def paint_numbers(self, area: QWidget, dirty: QRect) -> None:
        """Paint the numbers of the lines in view; a wrapped line has its number at the top."""
        painter = QPainter(area)
        painter.setFont(self.font())
        painter.setPen(self._themes.theme.color("textMuted"))
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        height = self.fontMetrics().height()
        while block.isValid() and top <= dirty.bottom():
            box = QRectF(0, top, area.width() - _NUMBER_RIGHT, height)
            if block.isVisible() and top + height >= dirty.top():
                painter.drawText(box, Qt.AlignmentFlag.AlignRight, str(block.blockNumber() + 1))
            top += self.blockBoundingRect(block).height()
            block = block.next()
        painter.end()

    def _fit_margin(self) -> None:
        self.setViewportMargins(self.number_width() - int(self.document().documentMargin()), 0, 0, 0)
        self._place_numbers()

    def _place_numbers(self) -> None:
        box = self.contentsRect()
        self._numbers.setGeometry(QRect(box.left(), box.top(), self.number_width(), box.height()))

    def _on_update_request(self, rect: QRect, scrolled: int) -> None:
        if scrolled:
            self._numbers.scroll(0, scrolled)
        else:
            self._numbers.update(0, rect.y(), self._numbers.width(), rect.height())

    def _on_theme_changed(self, theme: Theme) -> None:
        self.setFont(theme.font("code"))
        self._highlighter.set_theme(theme)
        self._fit_margin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_numbers()
