"""Focus mode: all but the current paragraph is dimmed."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QTextBlock

from annotator.domain.article import BlockKind
from annotator.ui.reader.layers import Frame, Layer
from annotator.ui.reader.surface import ReaderSurface

_DIMMED = 0.62  # how much of the ground lies over what isn't read
_AROUND = 7  # pixels around the paragraph that stay clear, less than half of what is between two
_EYES = 0.35  # of the height: where one reads when the caret is elsewhere


class FocusMode(Layer):
    """Dims a text. The current paragraph is that of the caret, or the one where one reads when it isn't on screen."""

    def __init__(self, view: ReaderSurface) -> None:
        self._view = view
        self._on = False
        self._number = -1
        view.add_layer(self)
        for moved in (view.cursorPositionChanged, view.position_changed, view.article_shown):
            moved.connect(self._follow)

    @property
    def is_on(self) -> bool:
        """Whether anything is dimmed."""
        return self._on

    def set_on(self, on: bool) -> None:
        """Dim, or no longer."""
        self._on = on
        self._number = self._current()
        self._view.viewport().update()

    def paint_over(self, painter: QPainter, frame: Frame) -> None:
        """See `Layer`."""
        if not self._on:
            return
        color = frame.page.theme.color("reader")
        color.setAlphaF(_DIMMED)
        width, height = self._view.viewport().width(), self._view.viewport().height()
        clear = self._clear_area(frame)
        painter.fillRect(QRectF(0, 0, width, clear.top()), color)
        painter.fillRect(QRectF(0, clear.bottom(), width, max(0.0, height - clear.bottom())), color)

    def _clear_area(self, frame: Frame) -> QRectF:
        """The area of the current paragraph on screen; all cells of its row in a table."""
        clear = QRectF()
        row = self._row_of(frame.page.document.findBlockByNumber(self._number))
        for shown in frame.blocks:
            if shown.block.blockNumber() == self._number or (
                row is not None and self._row_of(shown.block) == row
            ):
                clear |= shown.area.translated(frame.shift)
        if clear.isEmpty():
            return QRectF(0, 0, 1, 0)
        top, bottom = round(clear.top()) - _AROUND, round(clear.bottom()) + _AROUND
        return QRectF(0, max(0, top), 1, max(0, bottom) - max(0, top))

    def _row_of(self, block: QTextBlock) -> tuple[int, int] | None:
        cell = self._view.page.built.decorated.get(block.position())
        return (cell.table, cell.row) if cell is not None and cell.kind is BlockKind.CELL else None

    def _current(self) -> int:
        view = self._view
        if view.on_screen(view.caret_offset()):
            return view.textCursor().blockNumber()
        top = view.verticalScrollBar().value()
        return view.page.block_at(top + _EYES * view.viewport().height()).blockNumber()

    def _follow(self) -> None:
        if self._on and (number := self._current()) != self._number:
            self._number = number
            self._view.viewport().update()
