"""The gutter left of the text: numbers, verdict icons, bars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPixmap

from annotator.domain.ids import AnnotationId, ClaimId
from annotator.domain.views import SpanRow
from annotator.ui import icons
from annotator.ui.reader.geometry import MAX_LANES, Bar
from annotator.ui.reader.painting import MarkStyles, is_bare_note
from annotator.ui.theme import Theme

LANE_STEP = 8
_BAR_AT = -18  # pixels from the column's edge to the first lane
_ICON, _ICON_AT = 14, -50
_NUMBER_END, _LONE_NUMBER_END, _NARROW_NUMBER_END = -54, -37, -29
_ROW = 20  # least distance of two numbers
_MOST_BELOW = 2.5 * _ROW  # how far a number may slip below its line before it is only counted


class PlacedBar(NamedTuple):
    """A bar and where its block stands: its top, and the top of the next block."""

    bar: Bar
    top: float
    next_top: float


class GutterLook(NamedTuple):
    """What the gutter shows and how: the edge of the column, the room left of it, the numbers of claims."""

    theme: Theme
    styles: MarkStyles
    numbers: Mapping[ClaimId, int]
    column: float
    room: int
    active: AnnotationId | None
    hovered: AnnotationId | None
    dpr: float


def paint_gutter(painter: QPainter, bars: Iterable[PlacedBar], look: GutterLook) -> None:
    """Draw bars, numbers and icons; `bars` from top to bottom."""
    placed = list(bars)
    painter.setPen(Qt.PenStyle.NoPen)
    for item in placed:
        if item.bar.lane < MAX_LANES and not is_bare_note(item.bar.row):
            _paint_bar(painter, item, look)
    _paint_labels(painter, placed, look)


def _paint_labels(painter: QPainter, placed: Iterable[PlacedBar], look: GutterLook) -> None:
    """Numbers and icons, each beside its line or, where several begin on one, below the one before."""
    painter.setFont(_number_font(look.theme))
    free_from, left_out = -1e9, 0
    for item in sorted(placed, key=lambda item: item.top + item.bar.first_line):
        if not item.bar.begins or not _has_label(item.bar.row, look):
            continue
        line = item.top + item.bar.first_line
        if line >= free_from:
            _paint_rest(painter, left_out, look, free_from)
            left_out = 0
        middle = max(line, free_from)
        if middle - line > _MOST_BELOW:
            left_out += 1
            continue
        _paint_label(painter, item.bar.row, look, middle)
        free_from = middle + _ROW
    _paint_rest(painter, left_out, look, free_from)


def _has_label(row: SpanRow, look: GutterLook) -> bool:
    return row.claim_id in look.numbers if row.claim_id is not None else row.has_note


def _paint_rest(painter: QPainter, count: int, look: GutterLook, middle: float) -> None:
    """How many labels found no room."""
    if count:
        _draw_number(painter, f"+{count}", look, middle, _NUMBER_END, "textMuted")


def _draw_number(painter: QPainter, text: str, look: GutterLook, middle: float, end: int, role: str) -> None:
    painter.setPen(look.theme.color(role))
    painter.drawText(QPointF(look.column + end - _width(text, look.theme), round(middle) + 4), text)


@lru_cache(maxsize=8)
def _number_font(theme: Theme) -> QFont:
    font = theme.font("caption")
    font.setWeight(QFont.Weight.DemiBold)
    return font


@lru_cache(maxsize=4096)
def _width(text: str, theme: Theme) -> float:
    return QFontMetricsF(_number_font(theme)).horizontalAdvance(text)


def _paint_bar(painter: QPainter, item: PlacedBar, look: GutterLook) -> None:
    bar = item.bar
    grown = bar.row.annotation_id in (look.active, look.hovered)
    left = look.column + _BAR_AT - bar.lane * LANE_STEP - (1 if grown else 0)
    top = item.top + bar.top + (3 if bar.begins else 0)
    bottom = item.next_top if bar.continues else item.top + bar.bottom - 3
    painter.setBrush(look.styles.of(bar.row).line)
    painter.drawRoundedRect(QRectF(left, top, 6 if grown else 4, max(4.0, bottom - top)), 2, 2)
    if bar.merged > 1:
        painter.setFont(look.theme.font("caption"))
        painter.setPen(look.theme.color("textMuted"))
        painter.drawText(QRectF(left - 10, bottom + 1, 24, 13), Qt.AlignmentFlag.AlignCenter, str(bar.merged))
        painter.setPen(Qt.PenStyle.NoPen)


def _paint_label(painter: QPainter, row: SpanRow, look: GutterLook, middle: float) -> None:
    """The number and the verdict of a claim, or the icon of a note."""
    narrow = look.room < 60
    if row.claim_id is None:
        icon = icons.pixmap("sticky-note", look.theme.color("textSecondary"), _ICON, look.dpr)
        at = _BAR_AT - 6 if is_bare_note(row) else _NARROW_NUMBER_END - _ICON if narrow else _ICON_AT
        painter.drawPixmap(QPointF(look.column + at, middle - _ICON / 2), icon)
        return
    text = str(look.numbers[row.claim_id])
    # A long number takes the place of the icon rather than being cut off.
    role = "accent" if row.annotation_id == look.active else "textSecondary"
    with_icon = not narrow and look.column + _NUMBER_END - _width(text, look.theme) >= 0
    end = _NUMBER_END if with_icon else _NARROW_NUMBER_END if narrow else _LONE_NUMBER_END
    _draw_number(painter, text, look, middle, end, role)
    if with_icon:
        icon = _verdict_icon(row.verdict, look.theme, look.dpr)
        painter.drawPixmap(QPointF(look.column + _ICON_AT, middle - _ICON / 2), icon)


@lru_cache(maxsize=64)
def _verdict_icon(verdict: str, theme: Theme, dpr: float) -> QPixmap:
    style = theme.verdict(verdict)
    return icons.pixmap(style.icon, style.color, _ICON, dpr)
