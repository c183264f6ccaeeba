"""The gutter left of the text: numbers, verdict icons, bars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import inf
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from annotator.domain.ids import AnnotationId, ClaimId
from annotator.domain.views import SpanRow
from annotator.ui import icons
from annotator.ui.reader.geometry import MAX_LANES, Bar
from annotator.ui.reader.painting import MarkStyles, is_bare_note
from annotator.ui.theme import Theme

LANE_STEP = 8
_BAR_AT, _BAR_WIDTH = -18, 4  # pixels from the column's edge to the first lane
_ICON, _ICON_AT = 14, -50
_NUMBER_END, _LONE_NUMBER_END, _NARROW_NUMBER_END = -54, -37, -29
_COUNT_HEIGHT = 14
_COUNT_BESIDE = 4  # pixels right of its bar that a count may take; then comes the next lane
_OVERLAP = 3  # pixels by which the pieces of a bar over several blocks overlap
_NOTE_BELOW, _NOTE_HEIGHT = 17, 14  # the icon of a claim's note, below its number
_ROW = 20  # least distance of two numbers
_REST_ROW = 14  # and of a number to the count of those left out above it
_MOST_BELOW = 2.5 * _ROW  # how far a number may slip below its line before it is only counted


class Sign(NamedTuple):
    """A bar as it is drawn: its box from the column's edge and the block's top, `open` when it goes on below. Bars
    that go on lie a little over each other, so that no end is seen between them."""

    box: QRectF
    color: QColor
    is_open: bool
    annotation_id: AnnotationId
    merged: int


class GutterMarks(NamedTuple):
    """What a block has in the gutter: its bars, and the lines beside which a number or an icon may stand."""

    bars: tuple[Sign, ...]
    labels: tuple[tuple[float, SpanRow], ...]


class PlacedMarks(NamedTuple):
    """The gutter of a block and where the block stands: its top, and the top of the next block."""

    marks: GutterMarks
    top: float
    next_top: float


def gutter_marks(bars: Iterable[Bar], styles: MarkStyles) -> GutterMarks:
    """Get the gutter of a block ready. Bars never overlap, so that they may be sorted by colour."""
    known = list(bars)
    drawn = [_sign(bar, styles) for bar in known if bar.lane < MAX_LANES and not is_bare_note(bar.row)]
    drawn.sort(key=lambda sign: sign.color.rgba())
    begin = [(bar.first_line, bar.row) for bar in known if bar.begins]
    labels = [(line, row) for line, row in begin if row.claim_id is not None or row.has_note]
    return GutterMarks(tuple(drawn), tuple(labels))


def _sign(bar: Bar, styles: MarkStyles) -> Sign:
    top = -_OVERLAP if bar.comes else bar.top + 3
    box = QRectF(_BAR_AT - bar.lane * LANE_STEP, top, _BAR_WIDTH, max(4.0, bar.bottom - 3 - top))
    return Sign(box, styles.of(bar.row).line, bar.continues, bar.row.annotation_id, bar.merged)


class GutterLook(NamedTuple):
    """What the gutter shows and how: the edge of the column, the room left of it, the numbers of claims."""

    theme: Theme
    numbers: Mapping[ClaimId, int]
    column: float
    room: int
    active: AnnotationId | None
    hovered: AnnotationId | None
    dpr: float


def paint_gutter(painter: QPainter, placed: Sequence[PlacedMarks], look: GutterLook) -> None:
    """Draw bars, numbers and icons of blocks from top to bottom."""
    painter.setPen(Qt.PenStyle.NoPen)
    for item in placed:
        _paint_bars(painter, item, look)
    _paint_labels(painter, placed, look)


def _paint_labels(painter: QPainter, placed: Iterable[PlacedMarks], look: GutterLook) -> None:
    """Numbers and icons, each beside its line or, where several begin on one, below the one before."""
    painter.setFont(_number_font(look.theme))
    free_from, left_out = -1e9, 0
    labels = [(item.top + line, row) for item in placed for line, row in item.marks.labels]
    # In order of the numbers where several begin on one line; the cells of a table's row stand beside each other.
    labels.sort(key=lambda label: (label[0], _number_of(label[1], look)))
    for line, row in labels:
        if row.claim_id is not None and row.claim_id not in look.numbers:
            continue
        if left_out and line >= free_from:
            _paint_rest(painter, left_out, look, free_from)
            left_out = 0
            free_from += _REST_ROW
        middle = max(line, free_from)
        if middle - line > _MOST_BELOW:
            left_out += 1
            continue
        _paint_label(painter, row, look, middle)
        free_from = middle + _ROW
        if row.claim_id is not None and row.has_note:
            _paint_note(painter, look, middle + _NOTE_BELOW)
            free_from = middle + _NOTE_BELOW + _NOTE_HEIGHT
    _paint_rest(painter, left_out, look, free_from)


def _number_of(row: SpanRow, look: GutterLook) -> float:
    """The number of a claim; notes come behind all claims."""
    return look.numbers.get(row.claim_id, inf) if row.claim_id is not None else inf


def _paint_rest(painter: QPainter, count: int, look: GutterLook, middle: float) -> None:
    """How many labels found no room."""
    if count:
        _draw_number(painter, f"+{count}", look, middle, _NUMBER_END, "textMuted")


def _draw_number(painter: QPainter, text: str, look: GutterLook, middle: float, end: int, role: str) -> None:
    painter.setPen(_pen(role, look.theme))
    painter.drawText(QPointF(look.column + end - _width(text, look.theme), round(middle) + 4), text)


@lru_cache(maxsize=16)
def _pen(role: str, theme: Theme) -> QPen:
    return QPen(theme.color(role))


@lru_cache(maxsize=8)
def _number_font(theme: Theme) -> QFont:
    font = theme.font("caption")
    font.setWeight(QFont.Weight.DemiBold)
    return font


@lru_cache(maxsize=4096)
def _width(text: str, theme: Theme) -> float:
    return QFontMetricsF(_number_font(theme)).horizontalAdvance(text)


def _paint_bars(painter: QPainter, item: PlacedMarks, look: GutterLook) -> None:
    # On whole pixels of the screen, so that a bar's pieces show no seam where they overlap.
    x, y, bottom = round(look.column * look.dpr) / look.dpr, item.top, item.next_top - item.top
    chosen = (look.active, look.hovered)
    merged: list[tuple[QRectF, int]] = []
    color: QColor | None = None
    painter.translate(x, y)
    for sign in item.marks.bars:
        box = sign.box
        if sign.is_open:
            lowest = max(bottom + _OVERLAP, box.bottom())  # a cell's neighbour begins beside it
            box = QRectF(box.left(), box.top(), box.width(), lowest - box.top())
        if sign.color is not color:
            color = sign.color
            painter.setBrush(color)
        painter.drawRoundedRect(box.adjusted(-1, 0, 1, 0) if sign.annotation_id in chosen else box, 2, 2)
        if sign.merged > 1:
            merged.append((box, sign.merged))
    if merged:
        for box, count in merged:
            _paint_count(painter, box, str(count), look.theme)
        painter.setPen(Qt.PenStyle.NoPen)
    painter.translate(-x, -y)


def _paint_count(painter: QPainter, bar: QRectF, count: str, theme: Theme) -> None:
    """How many passages share a bar, on a ground of its own at the bar's end."""
    width = _width(count, theme) + 2
    box = QRectF(bar.center().x() - width / 2, bar.bottom() - _COUNT_HEIGHT, width, _COUNT_HEIGHT)
    box.moveRight(min(box.right(), bar.right() + _COUNT_BESIDE))
    painter.setBrush(theme.color("reader"))
    painter.drawRoundedRect(box, 3, 3)
    painter.setFont(_number_font(theme))
    painter.setPen(theme.color("textSecondary"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, count)
    painter.setPen(Qt.PenStyle.NoPen)


def _paint_label(painter: QPainter, row: SpanRow, look: GutterLook, middle: float) -> None:
    """The number and the verdict of a claim, or the icon of a note."""
    narrow = look.room < 60
    if row.claim_id is None:
        _paint_note(painter, look, middle)
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


def _paint_note(painter: QPainter, look: GutterLook, middle: float) -> None:
    """The icon of a note, left of all bars."""
    icon = icons.pixmap("sticky-note", look.theme.color("textSecondary"), _ICON, look.dpr)
    at = _NARROW_NUMBER_END - _ICON if look.room < 60 else _ICON_AT
    painter.drawPixmap(QPointF(look.column + at, middle - _ICON / 2), icon)


@lru_cache(maxsize=64)
def _verdict_icon(verdict: str, theme: Theme, dpr: float) -> QPixmap:
    style = theme.verdict(verdict)
    return icons.pixmap(style.icon, style.color, _ICON, dpr)
