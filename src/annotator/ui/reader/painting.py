"""Fills under the text and patterned lines over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import floor
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from annotator.domain.ids import AnnotationId, TagId
from annotator.domain.views import SpanRow
from annotator.ui.reader.geometry import Piece
from annotator.ui.theme import Theme

Look = tuple[str, str]  # the name of a tag colour and of a line pattern
UNTAGGED: Look = ("slate", "solid")


class MarkStyle(NamedTuple):
    """The colours and the pattern of a passage; `rgba` is the line's colour as a number."""

    fill: QColor
    fill_active: QColor
    line: QColor
    pattern: str
    rgba: int


class MarkStyles:
    """Looks up how passages of a tag are drawn in a theme."""

    def __init__(self, theme: Theme, looks: Mapping[TagId, Look]) -> None:
        self._theme = theme
        self.outlined = theme.high_contrast  # no fills: passages have their lines, chosen ones an outline
        self._looks = looks
        self._made: dict[TagId | None, MarkStyle] = {}

    def of(self, row: SpanRow) -> MarkStyle:
        """How `row` is drawn; passages without a tag are grey."""
        style = self._made.get(row.tag_id)
        if style is None:
            colour, pattern = self._looks.get(row.tag_id, UNTAGGED) if row.tag_id is not None else UNTAGGED
            tag = self._theme.tag(colour)
            style = self._made[row.tag_id] = MarkStyle(
                tag.fill, tag.fill_active, tag.line, str(pattern), tag.line.rgba()
            )
        return style


def is_bare_note(row: SpanRow) -> bool:
    """Whether a passage is only a note: it has an icon in the gutter and no colour in the text."""
    return row.has_note and row.claim_id is None and row.tag_id is None


class Drawing(NamedTuple):
    """The marks of a block, ready to be painted; relative to its corner, in whole pixels of the screen.

    `fills` are rectangles of one colour each, none over another; `lines` the places and the pictures to be repeated
    in them; `ids` the annotations that were drawn.
    """

    fills: tuple[tuple[QColor, list[QRect] | list[QRectF]], ...]
    lines: tuple[tuple[QRectF, QPixmap], ...]
    ids: frozenset[AnnotationId]


def draw(pieces: Sequence[Piece], styles: MarkStyles, dpr: float) -> Drawing:
    """Get the marks of a block ready, for as long as none of them is active or under the pointer."""
    seen = [(_on_pixels(piece, dpr), styles.of(piece.row)) for piece in pieces if not is_bare_note(piece.row)]
    ids = frozenset([piece.row.annotation_id for piece in pieces])
    fills: Iterable[tuple[QColor, list[QRect] | list[QRectF]]] = () if styles.outlined else _fills(seen)
    if dpr != 1.0:
        fills = ((color, [_scaled(rect, dpr) for rect in rects]) for color, rects in fills)
    return Drawing(tuple(fills), tuple(_lines(seen, dpr)), ids)


def _on_pixels(piece: Piece, dpr: float) -> Piece:
    """A piece whose edges are counted in pixels of the screen."""
    if dpr == 1.0:
        return piece
    box = piece.box
    edges = (box.left(), box.top(), box.right(), box.bottom())
    left, top, right, bottom = (floor(edge * dpr + 0.5) for edge in edges)
    return piece._replace(edges=(left, top, right, bottom))


def _scaled(rect: QRect | QRectF, dpr: float) -> QRectF:
    return QRectF(rect.x() / dpr, rect.y() / dpr, rect.width() / dpr, rect.height() / dpr)


def _fills(seen: Sequence[tuple[Piece, MarkStyle]]) -> tuple[tuple[QColor, list[QRect]], ...]:
    """What is to be seen of each box when a later passage covers an earlier one."""
    by_color: dict[int, tuple[QColor, list[QRect]]] = {}
    covered: dict[int, list[tuple[int, int]]] = {}
    for piece, style in reversed(seen):
        left, top, right, bottom = piece.edges
        rects = by_color.setdefault(style.rgba, (style.fill, []))[1]
        line = covered.setdefault(top, [])
        for start, end in _uncovered(left, right, line):
            rects.append(QRect(start, top, end - start, bottom - top))
        _cover(line, left, right)
    return tuple(by_color.values())


def _uncovered(left: int, right: int, covered: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of `[left, right)` that lie in none of `covered`."""
    parts = [(left, right)] if left < right else []
    for start, end in covered:
        if start < right and end > left:
            cut = [((first, min(last, start)), (max(first, end), last)) for first, last in parts]
            parts = [part for pair in cut for part in pair if part[0] < part[1]]
    return parts


def _cover(covered: list[tuple[int, int]], left: int, right: int) -> None:
    """Put `[left, right)` with those of `covered` that it touches together."""
    touching = [part for part in covered if part[0] <= right and part[1] >= left]
    for part in touching:
        covered.remove(part)
        left, right = min(left, part[0]), max(right, part[1])
    covered.append((left, right))


def _lines(seen: Sequence[tuple[Piece, MarkStyle]], dpr: float) -> Iterator[tuple[QRectF, QPixmap]]:
    """The lines at the bottom of the boxes; where three and more passages lie over each other, the lines that
    would be drawn on one another wholly are left out."""
    covered: dict[int, list[tuple[int, int]]] = {}
    for (_, _, y, (start, _, end, _)), style in seen:
        before = covered.setdefault(y, [])
        if before and not _uncovered(start, end, before):
            continue
        _cover(before, start, end)
        top = round((y - _MIDDLE) * dpr) / dpr
        place = QRectF(start / dpr, top, (end - start) / dpr, _TILE)  # as wide as the fill, to the pixel
        yield place, _tile(style.pattern, style.rgba, dpr)


def paint_drawing(painter: QPainter, drawing: Drawing) -> None:
    """The fills of a block."""
    painter.setPen(Qt.PenStyle.NoPen)
    for color, rects in drawing.fills:
        painter.setBrush(color)
        painter.drawRects(rects)


def paint_lines(painter: QPainter, drawing: Drawing) -> None:
    """The patterned line at the bottom of each box of a block."""
    for box, tile in drawing.lines:
        painter.drawTiledPixmap(box, tile)


def paint_fills(
    painter: QPainter,
    pieces: Sequence[Piece],
    styles: MarkStyles,
    active: AnnotationId | None,
    hovered: AnnotationId | None,
    dpr: float = 1.0,
) -> None:
    """The boxes of a block in order of the passages' starts, so that the later one covers; the active one on top."""
    if styles.outlined:
        _paint_outlines(painter, pieces, styles, active, hovered)
        return
    last: list[Piece] = []
    for piece in pieces:
        row = piece.row
        if row.annotation_id == active:
            last.append(piece)
        elif not is_bare_note(row):
            style = styles.of(row)
            fill = style.fill_active if row.annotation_id == hovered else style.fill
            painter.fillRect(_pixels_of(piece, dpr), fill)
    for piece in last:
        painter.fillRect(_pixels_of(piece, dpr), styles.of(piece.row).fill_active)


def _pixels_of(piece: Piece, dpr: float) -> QRectF:
    left, top, right, bottom = _on_pixels(piece, dpr).edges
    return QRectF(left / dpr, top / dpr, (right - left) / dpr, (bottom - top) / dpr)


def _paint_outlines(
    painter: QPainter,
    pieces: Sequence[Piece],
    styles: MarkStyles,
    active: AnnotationId | None,
    hovered: AnnotationId | None,
) -> None:
    """A frame around the boxes of the active passage, a thinner one around those under the pointer."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for piece in pieces:
        chosen = piece.row.annotation_id
        if chosen in (active, hovered) and not is_bare_note(piece.row):
            width = 2 if chosen == active else 1
            painter.setPen(QPen(styles.of(piece.row).line, width))
            painter.drawRect(piece.box.adjusted(-1, 1, 1, 3))  # below the line, whose pattern is to be seen


def draw_pattern(
    painter: QPainter, pattern: str, color: QColor, left: float, right: float, y: float, dpr: float = 1.0
) -> None:
    """One line of a pattern, its middle at `y`; to the nearest device pixels."""
    tile = _tile(pattern, color.rgba(), dpr)
    left = round(left * dpr) / dpr
    top = round((y - _MIDDLE) * dpr) / dpr
    painter.drawTiledPixmap(QRectF(left, top, right - left, _TILE), tile)


# Every pattern is a small picture that is repeated: copying is many times cheaper than stroking a dashed line.
_TILE, _MIDDLE = 8.0, 5.0  # pixels: the height of a picture, and where in it the middle of the line is
_PERIODS = {"dashed": 10.0, "wavy": 8.0, "dotted": 5.0, "dash-dot": 16.0, "ticks": 14.0}
_DASHES = {"dashed": ((0.0, 6.0),), "dash-dot": ((0.0, 8.0), (11.0, 2.0))}


@lru_cache(maxsize=128)
def _tile(pattern: str, rgba: int, dpr: float) -> QPixmap:
    period = _PERIODS.get(pattern, 64.0)
    pixmap = QPixmap(max(1, round(period * dpr)), max(1, round(_TILE * dpr)))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    period = pixmap.width() / dpr  # in whole device pixels, so that the pictures join
    color = QColor.fromRgba(rgba)
    if pattern == "wavy":
        painter.strokePath(_wave(period), QPen(color, 1.6))
    elif pattern == "dotted":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(QPointF(period / 2, _MIDDLE), 1.2, 1.2)
    else:
        for box in _bars(pattern, period):
            painter.fillRect(box, color)
    painter.end()
    return pixmap


def _bars(pattern: str, period: float) -> list[QRectF]:
    """The rectangles of which a straight pattern is made."""
    if pattern == "double":
        return [QRectF(0, _MIDDLE - 2, period, 1.2), QRectF(0, _MIDDLE + 1, period, 1.2)]
    if pattern == "thick":
        return [QRectF(0, _MIDDLE - 2, period, 3.6)]
    if pattern == "ticks":
        ticks = [QRectF(x - 0.7, _MIDDLE - 4, 1.4, 4) for x in (period * 0.25, period * 0.75)]
        return [QRectF(0, _MIDDLE - 0.7, period, 1.4), *ticks]
    if pattern in _DASHES:
        return [QRectF(x, _MIDDLE - 1, length, 2) for x, length in _DASHES[pattern]]
    return [QRectF(0, _MIDDLE - 1, period, 2)]


def _wave(period: float) -> QPainterPath:
    """From one period left of the picture to one right of it, so that the seam is smooth."""
    path = QPainterPath(QPointF(-period, _MIDDLE))
    up = -1
    for i in range(6):
        x = -period + i * period / 2
        path.quadTo(x + period / 4, _MIDDLE + up * 3.2, x + period / 2, _MIDDLE)
        up = -up
    return path
