"""Where passages that found no place in this version of the text once were: a dashed line in the gutter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QPainter, QPen

from annotator.ui.reader.layers import Frame, Layer

_AT = -9  # pixels from the column's edge: right of all bars


class UnplacedMarks(Layer):
    """A dashed line beside each line of text that holds one of the offsets."""

    def __init__(self) -> None:
        self._offsets: list[int] = []

    def set_offsets(self, offsets: Sequence[int]) -> None:
        """Mark these places and no others."""
        self._offsets = sorted(offsets)

    def paint_over(self, painter: QPainter, frame: Frame) -> None:
        """See `Layer`."""
        if not self._offsets:
            return
        page, length = frame.page, len(frame.page.source.text)
        pen = QPen(page.theme.color("warning"), 2, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([2, 1.5])
        painter.setPen(pen)
        x = frame.column.left() + _AT
        for shown in frame.blocks:
            start = page.offsets.to_text(shown.position)
            end = page.offsets.to_text(shown.position + shown.block.length() - 1)
            for offset in self._offsets[bisect_left(self._offsets, start) :]:
                if min(offset, length) > end:
                    break
                line = page.line_box(min(offset, length)).translated(frame.shift)
                painter.drawLine(QLineF(x, line.top() + 3, x, line.bottom() - 3))
