"""The ends of the active mark: handles that the pointer drags, and steps by words; live, and told when it is over."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter

from annotator.domain.anchoring import joined, trimmed
from annotator.domain.ids import AnnotationId
from annotator.domain.selectors import TextSpan
from annotator.domain.words import end_step, snapped, start_step
from annotator.ui.reader.geometry import BOX_BELOW, x_of
from annotator.ui.reader.layers import Frame, Layer
from annotator.ui.reader.marked import MarkedSurface
from annotator.ui.reader.page import Page

_PAUSE_MS = 600  # after the last step a move is over, as typing is
_KNOB, _STEM = 4.5, 2
_BESIDE, _BEYOND = 7, 8  # pixels around a handle that belong to it
_SCROLL_MS, _SCROLL_STEP = 30, 18


class End(NamedTuple):
    """One end of a passage of the active mark; passages count from 0 in text order."""

    number: int
    is_start: bool


class MarkEnds(QObject):
    """Moves the ends of the active mark.

    While it moves, the mark is shown as it will be, whatever the library says of it; nothing is stored before the move
    is over. `moved` then carries the annotation, its passages as they were, and as they are now. `enabled` says whether
    there is somebody who stores that.
    """

    moved = Signal(object, object, object)

    def __init__(self, view: MarkedSurface) -> None:
        super().__init__(view)
        self.enabled = False
        self._view = view
        self._id: AnnotationId | None = None
        self._was: tuple[TextSpan, ...] = ()
        self._spans: list[TextSpan] = []
        self._dragged: End | None = None
        self._point, self._exact = QPointF(), False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.finish)
        self._scroll = QTimer(self, interval=_SCROLL_MS)
        self._scroll.timeout.connect(self._scroll_on)
        view.active_changed.connect(self.finish)
        view.article_shown.connect(self._on_article_shown)
        view.add_layer(_Handles(self))

    @property
    def dragging(self) -> bool:
        """Whether the pointer drags a handle."""
        return self._dragged is not None

    @property
    def moving(self) -> bool:
        """Whether a move has begun and is not over."""
        return self._id is not None

    # By keys -----------------------------------------------------------------------------------------------

    def step(self, *, is_start: bool, by: int) -> bool:
        """Move the start or the end of the passage at the caret by a word; False when there is no mark to move."""
        if not self._begin():
            return False
        caret = self._view.caret_offset()
        at_caret = (n for n, span in enumerate(self._spans) if span.start <= caret <= span.end)
        end = End(next(at_caret, 0 if is_start else len(self._spans) - 1), is_start)
        text, span = self._view.article.text, self._spans[end.number]
        place = start_step(text, span.start, by) if is_start else end_step(text, span.end, by)
        self._put(end, place)
        if self._id is None:
            return True
        span = self._spans[end.number]
        edge = span.start if is_start else max(span.start, span.end - 1)
        self._view.reveal(TextSpan(edge, edge), flash=False)
        self._pause.start()
        return True

    # By the pointer ----------------------------------------------------------------------------------------

    def handle_at(self, point: QPointF) -> End | None:
        """The handle under a point of the viewport."""
        page, top = self._view.page, self._view.verticalScrollBar().value()
        if not self.enabled or page.active is None:
            return None
        near = self._view.visible_span()
        for number, row in enumerate(page.index.rows_of(page.active)):
            for is_start in (True, False):
                offset = row.start if is_start else row.end
                if near.start <= offset <= near.end:
                    box = place_of(page, offset, is_start=is_start).translated(0, -top)
                    if box.adjusted(-_BESIDE, -_BEYOND, _BESIDE, _BEYOND).contains(point):
                        return End(number, is_start)
        return None

    def begin_drag(self, end: End) -> None:
        """Take a handle."""
        self.finish()
        if self._begin():
            self._dragged = end
            self._view.viewport().update()

    def drag(self, point: QPointF, *, exact: bool) -> None:
        """Bring the handle to a point of the viewport: to the edge of the word there, or with `exact` to the character.
        Beyond an edge of the viewport the text scrolls along."""
        self._point, self._exact = point, exact
        if self._dragged is None:
            return
        height = self._view.viewport().height()
        if 0 <= point.y() < height:
            self._scroll.stop()
        elif not self._scroll.isActive():
            self._scroll.start()
        inside = QPointF(point.x(), min(max(point.y(), 0.0), height - 1.0)).toPoint()
        page, text = self._view.page, self._view.article.text
        place = page.offsets.to_text(self._view.cursorForPosition(inside).position())
        span, is_start = self._spans[self._dragged.number], self._dragged.is_start
        held = TextSpan(place, span.end) if is_start else TextSpan(span.start, place)
        if held.start < held.end:
            held = trimmed(text, held) if exact else snapped(text, held)
            self._put(self._dragged, held.start if is_start else held.end)

    def _scroll_on(self) -> None:
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + (_SCROLL_STEP if self._point.y() > 0 else -_SCROLL_STEP))
        self.drag(self._point, exact=self._exact)

    # The move itself -----------------------------------------------------------------------------------------

    def finish(self) -> None:
        """The move is over: tell what it changed."""
        id, was = self._id, self._was
        if id is None:
            return
        now = joined(self._view.article.text, self._spans)
        self._show(list(now))
        self._end()
        if now != was:
            self.moved.emit(id, was, now)

    def cancel(self) -> None:
        """Give the move up."""
        if self._id is not None:
            self._show(list(self._was))
            self._end()

    def _begin(self) -> bool:
        active, page = self._view.page.active, self._view.page
        if self._id is not None:
            return True
        rows = page.index.rows_of(active) if active is not None and self.enabled else ()
        if not rows:
            return False
        self._id = self._view.held = active
        self._was = tuple(TextSpan(row.start, row.end) for row in rows)
        self._spans = list(self._was)
        return True

    def _end(self) -> None:
        self._id = self._view.held = self._dragged = None
        self._pause.stop()
        self._scroll.stop()
        self._view.viewport().update()

    def _put(self, end: End, place: int) -> None:
        """Move an end to a place, unless nothing would be left of its passage or it would cross another one."""
        span = self._spans[end.number]
        span = span._replace(start=place) if end.is_start else span._replace(end=place)
        to_qt = self._view.page.offsets.to_qt
        if span.start >= span.end:
            return
        span = self._view.page.whole(to_qt(span.start), to_qt(span.end))
        before, after = self._spans[: end.number], self._spans[end.number + 1 :]
        if (before and span.start < before[-1].end) or (after and span.end > after[0].start):
            return
        if span != self._spans[end.number]:
            self._show([*before, span, *after])

    def _show(self, spans: list[TextSpan]) -> None:
        assert self._id is not None
        self._spans = spans
        rows = self._view.page.index.rows_of(self._id)
        if not rows:  # deleted elsewhere meanwhile
            self._end()
            return
        self._view.show_held([rows[0]._replace(start=span.start, end=span.end) for span in spans])

    def _on_article_shown(self) -> None:
        """Another article came in between; the same one, laid out anew, changes nothing."""
        if self._id is not None and self._id not in self._view.page.index:
            id, was, now = self._id, self._was, tuple(self._spans)
            self._end()
            if now != was:
                self.moved.emit(id, was, now)


def place_of(page: Page, offset: int, *, is_start: bool) -> QRectF:
    """Where in the document a handle stands: a line without width at the edge of a passage, as high as its box."""
    position = page.offsets.to_qt(offset)
    inner = position if is_start else position - 1
    block = page.document.findBlock(inner)
    area = page.document.documentLayout().blockBoundingRect(block)
    line = block.layout().lineForTextPosition(inner - block.position())
    if not line.isValid():
        return QRectF(area.left(), area.top(), 0, area.height())
    x = area.left() + x_of(line, position - block.position())
    return QRectF(x, area.top() + line.y(), 0, line.ascent() + line.descent() + BOX_BELOW)


class _Handles(Layer):
    """The handles, while the pointer is over the mark or it moves."""

    def __init__(self, ends: MarkEnds) -> None:
        self._ends = ends

    def paint_over(self, painter: QPainter, frame: Frame) -> None:
        """See `Layer`."""
        page = frame.page
        wanted = page.hovered == page.active or self._ends.moving
        if not self._ends.enabled or page.active is None or not wanted or not frame.blocks:
            return
        first, last = frame.blocks[0], frame.blocks[-1]
        low = page.offsets.to_text(first.position)
        high = page.offsets.to_text(last.position + last.block.length() - 1)
        painter.setPen(Qt.PenStyle.NoPen)
        for row in page.index.rows_of(page.active):
            color = page.styles.of(row).line
            for is_start, offset in ((True, row.start), (False, row.end)):
                if low <= offset <= high:
                    box = place_of(page, offset, is_start=is_start).translated(frame.shift)
                    x, y = box.left(), box.top() if is_start else box.bottom()
                    painter.setBrush(color)
                    painter.drawRect(QRectF(x - _STEM / 2, box.top(), _STEM, box.height()))
                    painter.setBrush(page.theme.color("reader"))
                    painter.drawEllipse(QPointF(x, y), _KNOB + 1.5, _KNOB + 1.5)
                    painter.setBrush(color)
                    painter.drawEllipse(QPointF(x, y), _KNOB, _KNOB)
