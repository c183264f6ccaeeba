"""A short piece of a tag's patterned line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen


def draw_swatch(painter: QPainter, box: QRectF, pattern: str, color: QColor) -> None:
    """Draw the line `pattern` in the middle of `box`; lengths follow the table of patterns in tokens.json."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(box)
    middle = box.center().y()
    start, end = QPointF(box.left(), middle), QPointF(box.right(), middle)
    if pattern == "wavy":
        painter.strokePath(_wave(box), QPen(color, 1.6))
    elif pattern == "double":
        painter.setPen(QPen(color, 1.2))
        for offset in (-1.6, 1.6):
            painter.drawLine(start + QPointF(0, offset), end + QPointF(0, offset))
    elif pattern == "ticks":
        painter.setPen(QPen(color, 1.4))
        base = QPointF(0, 2)
        painter.drawLine(start + base, end + base)
        x = box.left() + 3
        while x < box.right():
            painter.drawLine(QPointF(x, middle + 2), QPointF(x, middle - 2))
            x += 5
    else:
        painter.setPen(_pen(pattern, color))
        painter.drawLine(start, end)
    painter.restore()


def _pen(pattern: str, color: QColor) -> QPen:
    width, dashes = _STRAIGHT.get(pattern, (2.0, ()))
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap if pattern == "dotted" else Qt.PenCapStyle.FlatCap)
    if dashes:
        pen.setDashPattern([length / width for length in dashes])
    return pen


def _wave(box: QRectF) -> QPainterPath:
    path = QPainterPath(QPointF(box.left(), box.center().y()))
    x, up = box.left(), True
    while x < box.right():
        bend = -3.2 if up else 3.2
        path.quadTo(QPointF(x + 2, box.center().y() + bend), QPointF(x + 4, box.center().y()))
        x, up = x + 4, not up
    return path


_STRAIGHT: dict[str, tuple[float, tuple[float, ...]]] = {
    "solid": (2.0, ()),
    "dashed": (2.0, (6, 4)),
    "dotted": (2.4, (0.1, 5)),
    "dash-dot": (2.0, (8, 3, 2, 3)),
    "thick": (3.6, ()),
}
