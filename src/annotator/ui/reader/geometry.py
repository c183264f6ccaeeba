"""Where the marked passages of a block lie on screen, computed once per block and kept until something changes.

All coordinates here are relative to the top left corner of the block's rectangle.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from math import floor
from typing import Any, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextLayout, QTextLine

from annotator.domain.ids import AnnotationId
from annotator.domain.views import SpanRow

MAX_LANES = 3
MAX_LEVELS = 2
LEVEL_STEP = 3  # pixels between the lines of overlapping passages
BOX_BELOW = 2  # pixels between the descent and the bottom of a box
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Box(NamedTuple):
    """A box of a passage on one line; `edges` are left, top, right and bottom in whole pixels."""

    area: QRectF
    edges: tuple[int, int, int, int]
    line_y: int
    first_line: float

    @classmethod
    def of(cls, area: QRectF) -> Box:
        """The box of an area. Its line is drawn at its bottom."""
        left, top, right, bottom = area.left(), area.top(), area.right(), area.bottom()
        edges = (floor(left + 0.5), floor(top + 0.5), floor(right + 0.5), floor(bottom + 0.5))
        return cls(area, edges, round(bottom), (top + bottom) / 2)


class Piece(NamedTuple):
    """A box of a passage on one line, and the height at which its own line is drawn: at the bottom of the box, or
    above the lines that other passages draw there. `edges` as for `Box`."""

    row: SpanRow
    box: QRectF
    line_y: int
    edges: tuple[int, int, int, int]


class Bar(NamedTuple):
    """A passage in the gutter, from the top of its first line to the bottom of its last one in this block.

    `begins` tells whether its annotation begins in this block, `comes` and `continues` whether the passage comes from
    the block above and goes on in the next one; `lane` counts to the left from 0; `merged` is the number of passages
    that share the last lane with this one.
    """

    row: SpanRow
    lane: int
    top: float
    bottom: float
    first_line: float
    begins: bool
    comes: bool
    continues: bool
    merged: int = 0


class Kept(NamedTuple):
    """What the bars of a block have to keep to: the lanes of passages that come from the block above, and the bars of
    the cells beside it, each as its lane, top and bottom."""

    lanes: Mapping[AnnotationId, int]
    taken: Sequence[tuple[int, float, float]]


NO_BARS = Kept({}, ())


class BlockMarks(NamedTuple):
    """What is marked in one block."""

    pieces: tuple[Piece, ...]
    bars: tuple[Bar, ...]


NOTHING = BlockMarks((), ())


class LocalSpan(NamedTuple):
    """A passage as positions in a block, `[start, end)` in Qt units; `begins` and `continues` as for `Bar`."""

    row: SpanRow
    start: int
    end: int
    begins: bool
    continues: bool


class _Lines:
    """The lines of a block that has been laid out: each is asked for once, however many passages it holds."""

    def __init__(self, layout: QTextLayout, text: str) -> None:
        self.text = text
        self.lines = [layout.lineAt(i) for i in range(layout.lineCount())]
        self.starts = [line.textStart() for line in self.lines]
        self.ends = [*self.starts[1:], len(text)]
        self._frames: list[tuple[float, float] | None] = [None] * len(self.lines)
        self._places: dict[tuple[int, int], float] = {}
        self._mixed = not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None

    def boxes(self, start: int, end: int) -> list[QRectF]:
        """One box for each line of `[start, end)`, several where text of two directions meets."""
        found: list[QRectF] = []
        for number in range(max(0, bisect_right(self.starts, start) - 1), bisect_left(self.starts, end)):
            left, right = max(start, self.starts[number]), min(end, self.ends[number])
            while right > left and self.text[right - 1].isspace():
                right -= 1
            if left < right:
                found += self._boxes_on(number, left, right)
        return found

    def _boxes_on(self, number: int, left: int, right: int) -> list[QRectF]:
        line = self.lines[number]
        frame = self._frames[number]
        if frame is None:
            frame = self._frames[number] = (line.y(), line.ascent() + line.descent() + BOX_BELOW)
        if self._mixed:
            return _boxes_by_runs(line, left, right, frame)
        x = self._x_of(number, left)
        return [QRectF(x, frame[0], self._x_of(number, right) - x, frame[1])]

    def _x_of(self, number: int, position: int) -> float:
        """As `x_of`, asked once: passages of several lines share the places where lines begin and end."""
        x = self._places.get((number, position))
        if x is None:
            x = self._places[number, position] = x_of(self.lines[number], position)
        return x


class BlockBoxes:
    """The boxes of passages in a block that has been laid out, each worked out once. They hold until the layout
    changes; passages may come and go."""

    def __init__(self, block: QTextBlock) -> None:
        self._block = block
        self._known: dict[tuple[int, int], tuple[int, int, list[Box]]] = {}

    def of(self, spans: Sequence[LocalSpan]) -> list[tuple[int, int, list[Box]]]:
        """For each passage its start and end, widened so that it cuts no character, and its boxes."""
        known = self._known
        missing = {(span.start, span.end) for span in spans} - known.keys()
        if missing:
            text = _units(self._block.text())
            layout = self._block.layout()
            lines = _Lines(layout, text)
            simple = text.isascii()
            for start, end in missing:
                first, last = (start, end) if simple else graphemes(layout, start, end, len(text))
                known[start, end] = (first, last, [Box.of(area) for area in lines.boxes(first, last)])
        return [known[span.start, span.end] for span in spans]

    def height(self) -> float:
        """How high the lines of the block are."""
        return self._block.layout().boundingRect().height()


def marks_of(boxes_of: BlockBoxes, spans: Sequence[LocalSpan], kept: Kept = NO_BARS) -> BlockMarks:
    """The boxes and bars of the passages in a block; `spans` in order of their starts."""
    if not spans:
        return NOTHING
    pieces: list[Piece] = []
    bars: list[_Loose] = []
    levels: list[tuple[int, int]] = []
    for span, (start, end, boxes) in zip(spans, boxes_of.of(spans), strict=True):
        if not boxes:
            if span.continues and not span.begins:  # a figure between the paragraphs of a passage
                bars.append((span.row, 0.0, boxes_of.height(), 0.0, False, True, True))
            continue
        up = LEVEL_STEP * _free_level(levels, start, end)
        row = span.row
        pieces += [Piece(row, area, line_y - up, edges) for area, edges, line_y, _ in boxes]
        first, last = boxes[0], boxes[-1]
        bounds = (first.area.top(), last.area.bottom(), first.first_line)
        comes = not span.begins and span.start == 0
        bars.append((row, *bounds, span.begins, comes, span.continues))
    return BlockMarks(tuple(pieces), tuple(_in_lanes(bars, kept)))


def graphemes(layout: QTextLayout, start: int, end: int, length: int) -> tuple[int, int]:
    """`[start, end)` widened so that it cuts no character a reader sees as one."""
    while 0 < start < length and not layout.isValidCursorPosition(start):
        start -= 1
    while 0 < end < length and not layout.isValidCursorPosition(end):
        end += 1
    return start, end


def _units(text: str) -> str:
    """`text` with two characters for each that Qt counts as two."""
    return _ASTRAL.sub("xx", text) if not text.isascii() and _ASTRAL.search(text) else text


def _free_level(taken: list[tuple[int, int]], start: int, end: int) -> int:
    """The lowest level at which no earlier passage of the block overlaps; the last one takes all others."""
    for level in range(MAX_LEVELS - 1):
        # One end per level is enough: passages come in order of their starts.
        if len(taken) <= level:
            taken.append((start, end))
            return level
        if taken[level][1] <= start:
            taken[level] = (start, end)
            return level
    return MAX_LEVELS - 1


def _boxes_by_runs(line: QTextLine, start: int, end: int, frame: tuple[float, float]) -> list[QRectF]:
    """One box for each run of glyphs: text that mixes directions isn't contiguous on screen."""
    top, height = frame
    spans = sorted(
        (run.boundingRect().left(), run.boundingRect().right()) for run in line.glyphRuns(start, end - start)
    )
    boxes: list[QRectF] = []
    for left, right in spans:
        if boxes and left <= boxes[-1].right() + 1.0:
            boxes[-1].setRight(max(boxes[-1].right(), right))
        else:
            boxes.append(QRectF(left, top, right - left, height))
    return boxes


def x_of(line: QTextLine, position: int) -> float:
    """Where a position of the block stands on its line."""
    # The stubs promise an object; the call returns the place and the position that it belongs to.
    place: Any = line.cursorToX(position)
    return float(place[0])


_Loose = tuple[SpanRow, float, float, float, bool, bool, bool]  # a bar without its lane


def _in_lanes(loose: Sequence[_Loose], kept: Kept) -> list[Bar]:
    """Give each bar the lane it comes with from the block above, else the first in which no earlier bar touches it;
    those without one are merged in the last, which counts them where one of them begins."""
    ends = [0.0] * MAX_LANES
    counting: set[int] = set()
    placed: list[Bar] = []
    host = -1  # the youngest bar of the last lane
    for row, top, bottom, first_line, begins, comes, continues in loose:
        lane = kept.lanes.get(row.annotation_id, MAX_LANES) if comes else MAX_LANES
        if lane == MAX_LANES:
            lane = _free_lane(ends, kept.taken, top, bottom)
        if lane < MAX_LANES:
            ends[lane] = max(ends[lane], bottom)
            host = len(placed) if lane == MAX_LANES - 1 else host
        elif host >= 0:
            ends[MAX_LANES - 1] = max(ends[MAX_LANES - 1], bottom)
            shared = placed[host]
            placed[host] = shared._replace(
                bottom=max(shared.bottom, bottom), merged=max(1, shared.merged) + 1
            )
            if begins:
                counting.add(host)
        # A bar that shares another one's keeps its number beside the text.
        placed.append(Bar(row, lane, top, bottom, first_line, begins, comes, continues))
    return [
        bar if not bar.merged or number in counting else bar._replace(merged=0)
        for number, bar in enumerate(placed)
    ]


def _free_lane(
    ends: Sequence[float], taken: Sequence[tuple[int, float, float]], top: float, bottom: float
) -> int:
    """The first lane that is free between two heights, `MAX_LANES` when none is."""
    for lane, end in enumerate(ends):
        if end <= top + 2 and not any(
            lane == other and above < bottom - 2 and below > top + 2 for other, above, below in taken
        ):
            return lane
    return MAX_LANES
