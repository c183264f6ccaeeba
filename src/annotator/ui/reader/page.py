"""What the reader shows: the text, its marks, and where on screen each of them is. `layers` paints it.

Coordinates are those of the document; the view moves them by its scroll position. Only blocks that are on screen are
ever looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextBlock

from annotator.domain.article import Block, BlockKind
from annotator.domain.ids import AnnotationId, ClaimId, TagId
from annotator.domain.selectors import TextSpan
from annotator.domain.views import SpanRow
from annotator.ui.reader.document import BuiltDocument, Layout, ReaderDocument
from annotator.ui.reader.geometry import (
    NO_BARS,
    BlockBoxes,
    BlockMarks,
    Box,
    Kept,
    LocalSpan,
    graphemes,
    marks_of,
)
from annotator.ui.reader.gutter import GutterMarks, gutter_marks
from annotator.ui.reader.painting import Drawing, Look, MarkStyles, draw
from annotator.ui.reader.spans import SpanIndex
from annotator.ui.reader.styles import ReadingType, Styles
from annotator.ui.reader.whole import WholeText
from annotator.ui.theme import Theme

_CHAIN = 40  # blocks through which the lanes of bars are followed
_KEPT = 200  # blocks that stay ready to be painted: many screens, and little memory in a long article


class Shown(NamedTuple):
    """A block on screen: its Qt position, its rectangle, and the decorations it has, if any."""

    block: QTextBlock
    position: int
    area: QRectF
    decorated: Block | None


class _Ready(NamedTuple):
    """What is painted of a block, got ready."""

    drawing: Drawing
    gutter: GutterMarks


class Page(WholeText):
    """One article in the reader, with the passages marked in it."""

    def __init__(
        self, source: ReaderDocument, built: BuiltDocument, layout: Layout, theme: Theme, type_: ReadingType
    ) -> None:
        super().__init__(source, built.document, built.offsets)
        self.built = built
        self.layout = layout
        self.numbers: Mapping[ClaimId, int] = {}
        self.hovered: AnnotationId | None = None
        self.theme = theme
        self._type = type_
        self._looks: Mapping[TagId, Look] = {}
        self._boxes: dict[int, BlockBoxes] = {}
        self._marks: dict[int, BlockMarks] = {}
        self._ready: dict[int, _Ready] = {}
        self._dpr = 1.0
        self.made = Styles(theme, type_)
        self._near = 0
        self.styles = MarkStyles(theme, {})

    # ------------------------------------------------------------------------------------------------- what is marked

    def take_over(self, other: Page) -> None:
        """Show the passages of `other`, a page of the same text. Until this one is measured, the other's heights tell
        best how far down a passage is."""
        self._heights = other._heights
        self.index, self.numbers = other.index, other.numbers
        self.active, self.hovered, self.hidden = other.active, other.hovered, other.hidden
        self.set_looks(other._looks)

    def set_spans(
        self, rows: Iterable[SpanRow], numbers: Mapping[ClaimId, int], looks: Mapping[TagId, Look]
    ) -> None:
        """Show these passages instead of all others."""
        self.index = SpanIndex(rows)
        self.numbers = numbers
        self._claim_rows = None
        self._marks.clear()
        self.set_looks(looks)

    def hide(self, claims: frozenset[ClaimId]) -> None:
        """Show all claims but these; the active one is always shown."""
        self.hidden = claims
        self._claim_rows = None
        self._marks.clear()
        self._ready.clear()

    def set_looks(self, looks: Mapping[TagId, Look]) -> None:
        """Draw passages of each tag in this colour and pattern."""
        self._looks = looks
        self.styles = MarkStyles(self.theme, looks)
        self._ready.clear()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.theme = theme
        self.made = Styles(theme, self._type)
        self.set_looks(self._looks)

    def set_resolution(self, dpr: float) -> None:
        """Draw for a screen with `dpr` device pixels a pixel."""
        if dpr != self._dpr:
            self._dpr = dpr
            self._ready.clear()

    def add(self, row: SpanRow) -> None:
        """Show one more passage."""
        self.index.add(row)
        self.forget(row)

    def remove(self, annotation_id: AnnotationId) -> tuple[SpanRow, ...]:
        """Show an annotation no longer; its rows are returned."""
        gone = self.index.remove(annotation_id)
        for row in gone:
            self.forget(row)
        return gone

    def forget(self, row: SpanRow) -> None:
        """Drop what is known about the blocks of a passage; where passages lie in them stays known."""
        self._claim_rows = None
        for block in self._blocks_of(row.start, row.end):
            self._forget_marks(block)
        for block in islice(self._blocks_below(row), _CHAIN):
            if not self._reaches_into(block):
                break
            self._forget_marks(block)

    def _forget_marks(self, block: QTextBlock) -> None:
        self._marks.pop(block.position(), None)
        self._ready.pop(block.position(), None)

    def forget_block(self, position: int) -> None:
        """Drop the geometry of the block at a Qt position, which was laid out anew."""
        for kept in (self._boxes, self._marks, self._ready):
            kept.pop(position, None)

    def forget_all(self) -> None:
        """Drop all geometry, after the width or a font has changed."""
        self._boxes.clear()
        self._marks.clear()
        self._ready.clear()

    def _blocks_of(self, start: int, end: int) -> Iterator[QTextBlock]:
        last = self.offsets.to_qt(max(start, end - 1))
        block = self.document.findBlock(self.offsets.to_qt(start))
        while block.isValid() and block.position() <= last:
            yield block
            block = block.next()

    def _blocks_below(self, row: SpanRow) -> Iterator[QTextBlock]:
        block = self.document.findBlock(self.offsets.to_qt(max(row.start, row.end - 1))).next()
        while block.isValid():
            yield block
            block = block.next()

    # -------------------------------------------------------------------------------------------------------- where

    @property
    def column(self) -> QRectF:
        """The column of text; only its left and right edges count."""
        return QRectF(self.layout.gutter, 0, self.layout.measure, 1)

    def shown(self, top: float, bottom: float) -> list[Shown]:
        """The blocks between two heights of the document, and the one above, whose bars may reach into view."""
        layout = self.document.documentLayout()
        block = self._first_of_row(self.block_at(top))
        above = block.previous()
        block = self._first_of_row(above) if above.isValid() else block
        found: list[Shown] = []
        decorated = self.built.decorated
        while block.isValid():
            area = layout.blockBoundingRect(block)
            if area.top() > bottom and found:
                break
            position = block.position()
            found.append(Shown(block, position, area, decorated.get(position)))
            block = block.next()
        return found

    def block_at(self, y: float) -> QTextBlock:
        """The last block that begins at or above a height of the document, else the first one.

        Qt's own hit test is wrong between two blocks while a long text is still being laid out; so this searches
        the blocks around the one that was found last, which keeps the layout from being forced far beyond it.
        """
        layout, find = self.document.documentLayout(), self.document.findBlockByNumber
        count = self.document.blockCount()

        def begins_above(number: int) -> bool:
            return layout.blockBoundingRect(find(number)).top() <= y

        low = min(self._near, count - 1)
        step = 1
        while low > 0 and not begins_above(low):
            low, step = max(0, low - step), step * 2
        high, step = low + 1, 1
        while high < count and begins_above(high):
            low, high, step = high, high + step, step * 2
        high = min(high, count)
        while high - low > 1:
            middle = (low + high) // 2
            if begins_above(middle):
                low = middle
            else:
                high = middle
        self._near = low
        return find(low)

    def look_near(self, offset: int) -> None:
        """Start the next search of `block_at` at the block of `offset`."""
        self._near = max(0, self.document.findBlock(self.offsets.to_qt(offset)).blockNumber())

    def _first_of_row(self, block: QTextBlock) -> QTextBlock:
        """The first cell of the table row that `block` is a cell of, else the block itself."""
        cell = self.built.decorated.get(block.position())
        while cell is not None and cell.kind is BlockKind.CELL and cell.column > 0:
            block = block.previous()
            cell = self.built.decorated.get(block.position())
        return block

    def line_at(self, y: float) -> int:
        """The offset at which the line at a height of the document begins."""
        block = self.block_at(y)
        top = self.document.documentLayout().blockBoundingRect(block).top()
        layout = block.layout()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            if top + line.y() + line.height() > y:
                return self.offsets.to_text(block.position() + line.textStart())
        following = block.next()
        return self.offsets.to_text((following if following.isValid() else block).position())

    def marks(self, block: QTextBlock, position: int) -> BlockMarks:
        """What is marked in a block that has been laid out."""
        known = self._marks.get(position)
        if known is None:
            for earlier in self._leading_to(block):
                self._work_out(earlier, earlier.position())
            known = self._work_out(block, position)
        return known

    def _work_out(self, block: QTextBlock, position: int) -> BlockMarks:
        boxes = self._boxes.setdefault(position, BlockBoxes(block))
        found = marks_of(boxes, self._local_spans(block, position), self._kept_from_above(block, position))
        self._marks[position] = found
        return found

    def _leading_to(self, block: QTextBlock) -> list[QTextBlock]:
        """The blocks above whose bars reach into a block, as far as they aren't known, in order; not endlessly."""
        found: list[QTextBlock] = []
        while len(found) < _CHAIN and self._reaches_into(block):
            block = block.previous()
            if not block.isValid() or block.position() in self._marks:
                break
            found.append(block)
        return found[::-1]

    def _reaches_into(self, block: QTextBlock) -> bool:
        """Whether the lanes in a block follow from the one before: a passage goes on into it, or it is a cell beside
        another."""
        cell = self.built.decorated.get(block.position())
        if cell is not None and cell.kind is BlockKind.CELL and cell.column > 0:
            return True
        start = self.offsets.to_text(block.position())
        return any(row.start < start for row in self.index.overlapping(start, start + 1))

    def _kept_from_above(self, block: QTextBlock, position: int) -> Kept:
        before = block.previous()
        known = self._marks.get(before.position()) if before.isValid() else None
        if known is None or not self._reaches_into(block):
            return NO_BARS
        lanes = {bar.row.annotation_id: bar.lane for bar in known.bars if bar.continues}
        taken: list[tuple[int, float, float]] = []
        cell = self.built.decorated.get(position)
        while known is not None and cell is not None and cell.kind is BlockKind.CELL and cell.column > 0:
            # A passage that goes on in the next cell is no obstacle for itself.
            taken += [(bar.lane, bar.top, bar.bottom) for bar in known.bars if not bar.continues]
            cell = self.built.decorated.get(before.position())
            before = before.previous()
            known = self._marks.get(before.position()) if before.isValid() else None
        return Kept(lanes, taken)

    def get_ready(self, block: QTextBlock, position: int) -> _Ready:
        """What is painted of a block that has been laid out."""
        known = self._ready.get(position)
        if known is None:
            marks = self.marks(block, position)
            drawing = draw(marks.pieces, self.styles, self._dpr)
            known = self._ready[position] = _Ready(drawing, gutter_marks(marks.bars, self.styles))
            if len(self._ready) > _KEPT:
                oldest = next(iter(self._ready))
                for kept in (self._ready, self._marks, self._boxes):
                    kept.pop(oldest, None)
        return known

    def get_ready_near(self, top: float, bottom: float) -> bool:
        """Get one more block ready that begins between two heights, the uppermost that isn't; False when all are, or as
        many as there is room for: a table has hundreds on a screen, and what is got ready must not push out the like.
        """
        layout = self.document.documentLayout()
        block = self.block_at(top)
        for _ in range(_KEPT // 2):
            if not block.isValid() or layout.blockBoundingRect(block).top() > bottom:
                break
            position = block.position()
            if position not in self._ready:
                self.get_ready(block, position)
                return True
            block = block.next()
        return False

    def _local_spans(self, block: QTextBlock, position: int) -> list[LocalSpan]:
        length = block.length() - 1
        to_qt = self.offsets.to_qt
        start, end = self.offsets.to_text(position), self.offsets.to_text(position + length)
        local: list[LocalSpan] = []
        for row in self.index.overlapping(start, max(end, start + 1)):
            if not self.is_shown(row):
                continue
            first = max(0, to_qt(row.start) - position)
            last = min(length, to_qt(row.end) - position)
            begins = row.start >= start and self.index.rows_of(row.annotation_id)[0].start == row.start
            local.append(LocalSpan(row, first, last, begins, row.end > end + 1))
        return local

    def rows_at(self, point: QPointF) -> list[SpanRow]:
        """The passages drawn at a point of the document, the shortest first."""
        layout = self.document.documentLayout()
        block = self._first_of_row(self.block_at(point.y()))
        rows: dict[SpanRow, None] = {}
        while block.isValid():
            area = layout.blockBoundingRect(block)
            if area.top() > point.y():
                break
            local = point - area.topLeft()
            pieces = self.marks(block, block.position()).pieces
            rows.update((piece.row, None) for piece in pieces if piece.box.contains(local))
            block = block.next()
        return sorted(rows, key=lambda row: row.end - row.start)

    def boxes(self, span: TextSpan, blocks: Iterable[Shown]) -> list[QRectF]:
        """The boxes of any passage in these blocks."""
        row = SpanRow(span.start, span.end, AnnotationId(""), None, None, "", False)
        found: list[QRectF] = []
        start, end = self.offsets.to_qt(span.start), self.offsets.to_qt(span.end)
        for shown in blocks:
            first, last = start - shown.position, end - shown.position
            length = shown.block.length() - 1
            if first >= length or last <= 0:
                continue
            local = LocalSpan(row, max(0, first), min(length, last), True, False)
            found += [
                piece.box.translated(shown.area.topLeft())
                for piece in marks_of(BlockBoxes(shown.block), [local]).pieces
            ]
        return found

    def places(self, shown: Shown, spans: Iterable[TextSpan]) -> list[list[Box]]:
        """The boxes of each of these passages in a block that has been laid out; worked out once for each."""
        row = SpanRow(0, 0, AnnotationId(""), None, None, "", False)
        length, position, to_qt = shown.block.length() - 1, shown.position, self.offsets.to_qt
        local = [
            LocalSpan(
                row,
                max(0, to_qt(span.start) - position),
                min(length, to_qt(span.end) - position),
                True,
                False,
            )
            for span in spans
        ]
        return [boxes for _, _, boxes in self._boxes.setdefault(position, BlockBoxes(shown.block)).of(local)]

    def line_box(self, offset: int) -> QRectF:
        """The rectangle of the line that holds `offset`. Lays the text out down to there if need be."""
        position = self.offsets.to_qt(offset)
        block = self.document.findBlock(position)
        area = self.document.documentLayout().blockBoundingRect(block)
        line = block.layout().lineForTextPosition(position - block.position())
        if not line.isValid():
            return area
        return QRectF(area.left(), area.top() + line.y(), area.width(), line.height())

    def area_of(self, rows: Iterable[SpanRow], top: float, bottom: float) -> QRectF:
        """The part of the page between two heights that has to be drawn again when these passages change."""
        blocks = self.shown(top, bottom)
        dirty = QRectF()
        spans = [(self.offsets.to_qt(row.start), self.offsets.to_qt(row.end)) for row in rows]
        touched = False
        for i, shown in enumerate(blocks):
            end = shown.position + shown.block.length()
            touched = any(first < end and last > shown.position for first, last in spans) or (
                touched and self._reaches_into(shown.block)  # its lanes may follow
            )
            if touched:
                below = blocks[i + 1].area.top() if i + 1 < len(blocks) else shown.area.bottom() + 40
                height = max(below, shown.area.bottom() + 4) - shown.area.top() + 12
                dirty |= QRectF(0, shown.area.top() - 12, self.layout.width, height + 12)
        return dirty

    def whole(self, start: int, end: int) -> TextSpan:
        """A range of Qt positions as a passage that cuts no visible character."""
        first = self._snapped(start, forward=False)
        return TextSpan(self.offsets.to_text(first), self.offsets.to_text(self._snapped(end, forward=True)))

    def _snapped(self, position: int, *, forward: bool) -> int:
        block = self.document.findBlock(position)
        if not block.isValid():
            return position
        local = position - block.position()
        before, after = graphemes(block.layout(), local, local, block.length() - 1)
        return block.position() + (after if forward else before)
