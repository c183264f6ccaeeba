"""Pieces that the delegates and cards of the panel draw alike. Lengths are in pixels."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle

from annotator.ui import icons
from annotator.ui.theme import Theme

Counts = tuple[tuple[str, int], ...]  # stance and how many take it


def mirrored(direction: Qt.LayoutDirection, bounds: QRect, part: QRect) -> QRect:
    """`part` of `bounds` where it belongs in the writing direction of the interface."""
    return QStyle.visualRect(direction, bounds, part)


def draw_clamped(painter: QPainter, box: QRect, text: str, font: QFont, line: int, most: int = 2) -> int:
    """Draw `text` in up to `most` lines, `line` apart, the last one shortened; return how many were drawn."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    flat = " ".join(text.split())
    layout = QTextLayout(flat, font)
    layout.setTextOption(option)
    metrics = QFontMetrics(font)
    lift = (line - metrics.height()) // 2
    layout.beginLayout()
    drawn = 0
    painter.setFont(font)
    while drawn < most:
        piece = layout.createLine()
        if not piece.isValid():
            break
        piece.setLineWidth(box.width())
        start, end = piece.textStart(), piece.textStart() + piece.textLength()
        words = flat[start:end].rstrip()
        if drawn == most - 1 and end < len(flat):
            words = metrics.elidedText(flat[start:], Qt.TextElideMode.ElideRight, box.width())
        place = QRect(box.left(), box.top() + drawn * line + lift, box.width(), metrics.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop, words)
        drawn += 1
    layout.endLayout()
    return drawn


def draw_tag_bar(painter: QPainter, box: QRect, color: QColor, *, right_side: bool = False) -> None:
    """The bar at the edge of a card, rounded towards the card."""
    path = QPainterPath()
    rounded = QRectF(box).adjusted(0, 0, 2, 0) if right_side else QRectF(box).adjusted(-2, 0, 0, 0)
    path.addRoundedRect(rounded, 2, 2)
    painter.save()
    painter.setClipRect(box)
    painter.fillPath(path, color)
    painter.restore()


def draw_meter(
    painter: QPainter, box: QRect, part: float, ground: QColor, ink: QColor, *, mirror: bool
) -> None:
    """A small bar that is filled to `part`, 0 to 1."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(box), 2, 2)
    filled = QRectF(box)
    filled.setWidth(box.width() * part)
    if mirror:
        filled.moveRight(box.right() + 1.0)
    painter.setBrush(ink)
    painter.drawRoundedRect(filled, 2, 2)


def draw_icon_text(
    painter: QPainter, at: QPoint, icon: str, text: str, color: QColor, *, gap: int, dpr: float
) -> None:
    """A 14 px icon and a word beside it, vertically in the middle of a 16 px line that starts at `at`."""
    painter.drawPixmap(QPointF(at.x(), at.y() + 1), icons.pixmap(icon, color, 14, dpr))
    painter.setPen(color)
    room = QRect(at + QPoint(14 + gap, 0), QSize(2000, 16))
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def counts_width(theme: Theme, counts: Counts) -> int:
    """The room `draw_counts` needs."""
    metrics = QFontMetrics(theme.font("caption"))
    return sum(17 + metrics.horizontalAdvance(str(many)) for _, many in counts) + 12 * (len(counts) - 1)


def draw_counts(painter: QPainter, theme: Theme, at: QPoint, counts: Counts, dpr: float) -> None:
    """The numbers by stance with their icons: in the stance's colour, grey at zero."""
    metrics = QFontMetrics(theme.font("caption"))
    painter.setFont(theme.font("caption"))
    x = at.x()
    for stance, many in counts:
        style = theme.stance(stance)
        ink = style.color if many else theme.color("textMuted")
        draw_icon_text(painter, QPoint(x, at.y()), style.icon, str(many), ink, gap=3, dpr=dpr)
        x += 17 + metrics.horizontalAdvance(str(many)) + 12


def draw_card_ground(painter: QPainter, theme: Theme, box: QRect, *, selected: bool, hovered: bool) -> None:
    """The ground of a list card with its lower border; a selected one has the accent's outline."""
    role = "selected" if selected else "hover" if hovered else "panel"
    painter.fillRect(box, theme.color(role))
    painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.color("border"))


def draw_card_outline(painter: QPainter, theme: Theme, box: QRect) -> None:
    """The 2 px outline of the active card."""
    ink = theme.color("accent")
    painter.fillRect(QRect(box.left(), box.top(), box.width(), 2), ink)
    painter.fillRect(QRect(box.left(), box.bottom() - 1, box.width(), 2), ink)
    painter.fillRect(QRect(box.left(), box.top(), 2, box.height()), ink)
    painter.fillRect(QRect(box.right() - 1, box.top(), 2, box.height()), ink)
