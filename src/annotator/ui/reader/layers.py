"""What is painted below and above the text of the reader, layer by layer.

A layer is given a `Frame`: the blocks that have to be painted and where they are. It looks at nothing else of the
text, so painting costs the same in a long article as in a short one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from annotator.ui.reader import ornaments
from annotator.ui.reader.gutter import GutterLook, PlacedMarks, paint_gutter
from annotator.ui.reader.motion import Flash
from annotator.ui.reader.page import Page, Shown
from annotator.ui.reader.painting import paint_drawing, paint_fills, paint_lines
from annotator.ui.reader.styles import BYLINE_GAP, BYLINE_HEIGHT, TITLE_SHIFT

_MARK_AT, _MARK_WIDTH = 14, 3  # the mark beside the paragraph of the caret


class Frame(NamedTuple):
    """One act of painting: the page, its blocks that are in need of it, and the way from the page to the viewport."""

    page: Page
    blocks: Sequence[Shown]
    shift: QPointF
    column: QRectF  # in the viewport; only its left and right edges count
    dpr: float


class Layer:
    """Something that is painted below or above the text. By itself it paints nothing."""

    def paint_under(self, painter: QPainter, frame: Frame) -> None:
        """Paint what lies below the text."""

    def paint_over(self, painter: QPainter, frame: Frame) -> None:
        """Paint what lies above the text."""


class Grounds(Layer):
    """The grounds of code, and the lines of tables."""

    def paint_under(self, painter: QPainter, frame: Frame) -> None:
        """See `Layer`."""
        page, shift, column = frame.page, frame.shift, frame.column
        for shown in frame.blocks:
            if shown.decorated is not None:
                area = shown.area.translated(shift)
                ornaments.paint_ground(painter, shown.decorated, area, column, page.theme)
        rows = [(shown.decorated, shown.area.translated(shift)) for shown in frame.blocks]
        ornaments.paint_rows(painter, rows, column, page.theme)


class Marks(Layer):
    """The marked passages: fills below the text, lines above it."""

    def paint_under(self, painter: QPainter, frame: Frame) -> None:
        """See `Layer`."""
        page = frame.page
        chosen = {page.active, page.hovered} - {None}
        for shown in frame.blocks:
            drawing = page.get_ready(shown.block, shown.position).drawing
            if drawing.ids:
                x, y = _corner(shown, frame.shift, frame.dpr)
                painter.translate(x, y)
                if drawing.ids.isdisjoint(chosen):
                    paint_drawing(painter, drawing)
                else:
                    pieces = page.marks(shown.block, shown.position).pieces
                    paint_fills(painter, pieces, page.styles, page.active, page.hovered, frame.dpr)
                painter.translate(-x, -y)

    def paint_over(self, painter: QPainter, frame: Frame) -> None:
        """See `Layer`."""
        for shown in frame.blocks:
            drawing = frame.page.get_ready(shown.block, shown.position).drawing
            if drawing.lines:
                x, y = _corner(shown, frame.shift, frame.dpr)
                painter.translate(x, y)
                paint_lines(painter, drawing)
                painter.translate(-x, -y)


class Ornaments(Layer):
    """What belongs to a block and is no text: bullets, rules, figures; and the lines around the title."""

    def paint_over(self, painter: QPainter, frame: Frame) -> None:
        """See `Layer`."""
        page = frame.page
        for shown in frame.blocks:
            if shown.decorated is not None:
                origin = shown.area.topLeft() + frame.shift
                ornaments.paint_ornament(
                    painter,
                    shown.decorated,
                    shown.block,
                    origin,
                    frame.column,
                    page.made,
                    page.theme,
                    page.source.pictures,
                )
        if frame.blocks and frame.blocks[0].block.blockNumber() <= page.source.header_end:
            self._paint_header(painter, frame)

    def _paint_header(self, painter: QPainter, frame: Frame) -> None:
        page, column = frame.page, frame.column
        source, document = page.source, page.document
        rectangle = document.documentLayout().blockBoundingRect
        top = rectangle(document.firstBlock()).top() + frame.shift.y()
        if source.header_end:
            top -= TITLE_SHIFT
            last = document.findBlockByNumber(source.header_end - 1)
            bottom = rectangle(last).bottom() + frame.shift.y()
        else:
            # Without a title both lines stand above the text.
            bottom = top - BYLINE_HEIGHT
            top = bottom + BYLINE_GAP if source.byline else top
        if source.section:
            ornaments.paint_kicker(painter, source.section, column, top, page.theme)
        if source.byline:
            ornaments.paint_byline(painter, source.byline, column, bottom, page.theme)


class Gutter(Layer):
    """Numbers, verdicts and bars beside the text."""

    def paint_over(self, painter: QPainter, frame: Frame) -> None:
        """See `Layer`."""
        page, blocks, shift = frame.page, frame.blocks, frame.shift
        placed: list[PlacedMarks] = []
        for i, shown in enumerate(blocks):
            known = page.get_ready(shown.block, shown.position).gutter
            if known.bars or known.labels:
                following = blocks[i + 1].area.top() if i + 1 < len(blocks) else shown.area.bottom() + 60
                placed.append(PlacedMarks(known, shown.area.top() + shift.y(), following + shift.y()))
        if placed:
            column, room = frame.column.left(), page.layout.gutter
            look = GutterLook(page.theme, page.numbers, column, room, page.active, page.hovered, frame.dpr)
            paint_gutter(painter, placed, look)


class CaretMark(Layer):
    """The mark beside the paragraph of the caret, block number `block` of the document."""

    block = -1

    def paint_over(self, painter: QPainter, frame: Frame) -> None:
        """See `Layer`."""
        for shown in frame.blocks:
            if shown.block.blockNumber() == self.block and shown.block.length() > 1:
                area = shown.area.translated(frame.shift)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(frame.page.theme.color("accent"))
                left, height = frame.column.right() + _MARK_AT, area.height() - 4
                painter.drawRoundedRect(QRectF(left, area.top() + 4, _MARK_WIDTH, height), 1.5, 1.5)


class FlashOutline(Layer):
    """The outline around a passage that was just revealed."""

    def __init__(self, flash: Flash) -> None:
        self._flash = flash

    def paint_over(self, painter: QPainter, frame: Frame) -> None:
        """See `Layer`."""
        if self._flash.span is None:
            return
        color = frame.page.theme.color("accent")
        color.setAlphaF(self._flash.strength)
        painter.setPen(color)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in frame.page.boxes(self._flash.span, frame.blocks):
            painter.drawRoundedRect(box.translated(frame.shift).adjusted(-1.5, -0.5, 1.5, 1.5), 2, 2)


def _corner(shown: Shown, shift: QPointF, dpr: float) -> tuple[float, float]:
    """The top left corner of a block in whole pixels of the screen, so that boxes and lines are sharp."""
    x, y = shown.area.left() + shift.x(), shown.area.top() + shift.y()
    return round(x * dpr) / dpr, round(y * dpr) / dpr
