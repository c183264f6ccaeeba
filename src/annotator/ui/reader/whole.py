"""How the passages lie in the whole of an article: for the rail, and for what is counted off the screen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import itemgetter

from PySide6.QtGui import QTextDocument

from annotator.domain.ids import AnnotationId, ClaimId
from annotator.domain.selectors import TextSpan
from annotator.domain.views import SpanRow
from annotator.ui.offsets import OffsetMap
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.spans import SpanIndex

_START = itemgetter(0)


class WholeText:
    """A text with passages in it; where they stand is told as a part of its height, 0 to 1."""

    def __init__(self, source: ReaderDocument, document: QTextDocument, offsets: OffsetMap) -> None:
        self.source, self.document, self.offsets = source, document, offsets
        self.index = SpanIndex()
        self.active: AnnotationId | None = None
        self.hidden: frozenset[ClaimId] = frozenset()  # claims that a filter keeps from being shown
        self._claim_rows: list[SpanRow] | None = None
        self._heights: tuple[list[int], list[tuple[float, float]], float] | None = None

    def is_shown(self, row: SpanRow) -> bool:
        """Whether no filter hides a passage."""
        return row.claim_id not in self.hidden or row.annotation_id == self.active

    def measure(self) -> None:
        """Note how high each block stands; to be called when the whole text has been laid out."""
        layout = self.document.documentLayout()
        starts: list[int] = []
        places: list[tuple[float, float]] = []
        block = self.document.firstBlock()
        while block.isValid():
            area = layout.blockBoundingRect(block)
            starts.append(self.offsets.to_text(block.position()))
            places.append((area.top(), area.height()))
            block = block.next()
        self._heights = (starts, places, max(1.0, layout.documentSize().height()))

    def fraction(self, offset: int) -> float:
        """How far down the article an offset stands, 0 to 1; before `measure`, by the length of the text above it."""
        length = max(1, len(self.source.text))
        if self._heights is None:
            return offset / length
        starts, places, whole = self._heights
        at = max(0, bisect_right(starts, offset) - 1)
        end = starts[at + 1] if at + 1 < len(starts) else length
        top, height = places[at]
        return (top + height * (offset - starts[at]) / max(1, end - starts[at])) / whole

    def ticks(self, steps: int) -> Iterator[tuple[float, SpanRow]]:
        """The first passage in each of `steps` parts of the article that has any, in order."""
        length = max(1, len(self.source.text))
        next_start = 0.0
        for row in self.index.rows():
            if row.start >= next_start and self.is_shown(row):
                yield self.fraction(row.start), row
                next_start = row.start + length / steps

    def claims_around(self, span: TextSpan) -> tuple[list[SpanRow], list[SpanRow]]:
        """The shown claims that end above a passage and those that begin below it, in order, each by its first
        segment."""
        rows = self._claim_rows
        if rows is None:
            first = self.index.rows_of
            shown = [row for row in self.index.rows() if row.claim_id is not None and self.is_shown(row)]
            rows = self._claim_rows = [row for row in shown if first(row.annotation_id)[0] == row]
        begins = bisect_left(rows, span.start, key=_START)
        above = [row for row in rows[:begins] if row.end <= span.start]
        return above, rows[bisect_left(rows, span.end, key=_START) :]

    def nearest(self, fraction: float, reach: float) -> SpanRow | None:
        """The passage whose start stands nearest to a place in the article, within `reach` (both 0 to 1)."""
        offset = bisect_left(range(len(self.source.text)), fraction, key=self.fraction)
        around = round(reach * len(self.source.text) * 2) + 1
        near = self.index.overlapping(max(0, offset - around), offset + around)
        near = [
            row for row in near if abs(self.fraction(row.start) - fraction) <= reach and self.is_shown(row)
        ]
        return min(near, key=lambda row: abs(self.fraction(row.start) - fraction), default=None)
