"""What the reader draws around the text of a block: list markers, quote bars, code grounds, rules, images; and the two
lines around the title."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextBlock

from annotator.domain.article import Block, BlockKind, Mark, MarkKind
from annotator.ui.reader import styles
from annotator.ui.reader.geometry import x_of
from annotator.ui.reader.pictures import Pictures
from annotator.ui.reader.styles import Styles
from annotator.ui.theme import Theme


def paint_ground(painter: QPainter, block: Block, area: QRectF, column: QRectF, theme: Theme) -> None:
    """What lies under the text: the ground of code and the bars of quotes. `area` is the block's rectangle."""
    rtl = block.direction == "rtl"
    if block.kind is BlockKind.CODE:
        ground = QRectF(column.left(), area.top() - styles.CODE_ABOVE, column.width(), 0)
        ground.setBottom(area.bottom() + styles.CODE_BELOW)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("panel"))
        painter.drawRoundedRect(ground, 6, 6)
    for depth in range(styles.quote_depth(block)):
        step = depth * (styles.QUOTE_BAR + styles.QUOTE_INDENT)
        left = column.right() - step - styles.QUOTE_BAR if rtl else column.left() + step
        painter.fillRect(QRectF(left, area.top() + 2, styles.QUOTE_BAR, area.height()), theme.color("border"))


def paint_rows(
    painter: QPainter, blocks: Sequence[tuple[Block | None, QRectF]], column: QRectF, theme: Theme
) -> None:
    """A hairline below each row of a table, stronger below its header."""
    bottoms: dict[tuple[int, int], float] = {}
    headers: set[tuple[int, int]] = set()
    for block, area in blocks:
        if block is not None and block.kind is BlockKind.CELL:
            row = (block.table, block.row)
            bottoms[row] = max(bottoms.get(row, area.bottom()), area.bottom())
            if block.header:
                headers.add(row)
    for row, bottom in bottoms.items():
        color = theme.color("borderStrong" if row in headers else "border")
        line = QRectF(column.left(), round(bottom + styles.CELL_PADDING) - 1, column.width(), 1)
        painter.fillRect(line, color)


def paint_ornament(
    painter: QPainter,
    block: Block,
    shown: QTextBlock,
    origin: QPointF,
    column: QRectF,
    made: Styles,
    theme: Theme,
    pictures: Pictures,
) -> None:
    """What lies beside or over the text: markers, rules, images. `origin` is the corner of the block's rectangle."""
    if block.kind in (BlockKind.LIST_ITEM, BlockKind.NOTE):
        _paint_marker(painter, block, shown, origin, column, made, theme)
    elif block.kind is BlockKind.RULE:
        y = round(origin.y() + shown.layout().boundingRect().height() / 2)
        painter.fillRect(QRectF(column.center().x() - 60, y, 120, 1), theme.color("borderStrong"))
    for mark in block.marks:
        if mark.kind is MarkKind.IMAGE:
            _paint_image(painter, mark, block, shown, origin, column, theme, pictures)


def _paint_marker(
    painter: QPainter,
    block: Block,
    shown: QTextBlock,
    origin: QPointF,
    column: QRectF,
    made: Styles,
    theme: Theme,
) -> None:
    if not shown.layout().lineCount():
        return
    line = shown.layout().lineAt(0)
    font = made.marker(block)
    painter.setFont(font)
    painter.setPen(theme.color("textSecondary"))
    label = block.label or "•"
    width = QFontMetricsF(font).horizontalAdvance(label)
    indent = styles.text_indent(block)
    gap = 8.0 if width <= styles.INDENT - 8 else max(4.0, styles.INDENT - width)
    rtl = block.direction == "rtl"
    left = column.right() - indent + gap if rtl else column.left() + indent - gap - width
    painter.drawText(QPointF(left, origin.y() + line.y() + line.ascent()), label)


def _paint_image(
    painter: QPainter,
    mark: Mark,
    block: Block,
    shown: QTextBlock,
    origin: QPointF,
    column: QRectF,
    theme: Theme,
    pictures: Pictures,
) -> None:
    """A picture, or a frame with the alternative text, in the room that the image format keeps."""
    at = mark.start - block.start
    line = shown.layout().lineForTextPosition(at)
    if not line.isValid():
        return
    room = styles.image_room(mark, block, pictures, int(column.width()))
    left = round(origin.x() + x_of(line, at))
    top = round(origin.y() + line.y() + line.ascent() - room.height())
    ratio = painter.device().devicePixelRatioF()
    picture = pictures.at(mark.picture, room * ratio) if mark.picture else None
    if picture is not None:
        place = QRectF(left, top, room.width(), room.height())
        if picture.hasAlphaChannel():
            painter.fillRect(place, _paper(theme))
        painter.drawImage(place, picture)
        return
    box = QRectF(left + 0.5, top + 0.5, room.width() - 2, room.height() - 1)
    painter.setBrush(theme.color("panel"))
    painter.setPen(QPen(theme.color("border"), 1))
    painter.drawRoundedRect(box, 4, 4)
    if block.kind is BlockKind.FIGURE and mark.value:
        font = theme.font("ui")
        painter.setFont(font)
        painter.setPen(theme.color("textMuted"))
        inner = box.adjusted(10, 6, -10, -6)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        text = QFontMetricsF(font).elidedText(mark.value, Qt.TextElideMode.ElideRight, inner.width() * 1.8)
        painter.drawText(inner, flags, text)


def _paper(theme: Theme) -> QColor:
    """The ground of pictures that have none: most are drawn in black for white paper."""
    reader = theme.color("reader")
    return reader if reader.lightness() > 127 else theme.color("text")


def paint_kicker(painter: QPainter, text: str, column: QRectF, top: float, theme: Theme) -> None:
    """The line above the title: `top` is the title's top edge."""
    font = theme.font("caption")
    font.setWeight(QFont.Weight.DemiBold)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 107)
    painter.setFont(font)
    painter.setPen(theme.color("textMuted"))
    box = QRectF(column.left(), top - styles.KICKER, column.width(), 16)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    shown = QFontMetricsF(font).elidedText(text.upper(), Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, flags, shown)


def paint_byline(painter: QPainter, text: str, column: QRectF, bottom: float, theme: Theme) -> None:
    """The line below title and standfirst, with a hairline under it: `bottom` is where the block above ends."""
    font = theme.font("ui")
    painter.setFont(font)
    painter.setPen(theme.color("textMuted"))
    box = QRectF(column.left(), bottom + styles.BYLINE_GAP, column.width(), 18)
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    painter.fillRect(
        QRectF(column.left(), round(box.bottom() + 18), column.width(), 1), theme.color("border")
    )
