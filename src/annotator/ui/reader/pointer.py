"""What the pointer does in the reading view: pressing, selecting, clicking, hovering, and the wheel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.article import Mark, MarkKind
from annotator.domain.ids import AnnotationId
from annotator.domain.selectors import TextSpan
from annotator.domain.sentences import sentence_at
from annotator.domain.views import SpanRow
from annotator.domain.words import snapped
from annotator.ui.reader.handles import MarkEnds
from annotator.ui.reader.marked import MarkedSurface
from annotator.ui.reader.navigation import inline_near
from annotator.ui.theme import ThemeManager

_BESIDE = 4  # pixels around the figure of a note that belong to it


class PointerSurface(MarkedSurface):
    """The reading surface under the pointer.

    Clicking on a passage asks to make it active, resting over one shows it; two clicks select a word, three or one with
    Ctrl a sentence. What is selected by dragging snaps to whole words, except with Alt; with Ctrl it is a further
    passage of the active mark. The handles of that mark can be dragged.
    """

    address_requested = Signal(str)
    annotation_activated = Signal(object)
    annotation_hovered = Signal(object)
    selection_finished = Signal(bool)  # whether the pointer made it
    passage_added = Signal(object)  # the TextSpan that is to be one more passage of the active annotation
    size_step_requested = Signal(int)
    inline_hovered = Signal(object)  # the link or figure of a note under the pointer, a Mark, or None

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._mouse_down = False
        self._under_pointer: AnnotationId | None = None
        self._inline: Mark | None = None
        self._clicked = QPointF(-100, -100)
        self._clicked_at = 0
        self._pressed: QPointF | None = None  # where a selection with the pointer began
        self._adding: QPointF | None = None  # as above, with Ctrl
        self.ends = MarkEnds(self)

    def offset_under(self, event: QMouseEvent) -> int:
        """The place in the text under the pointer."""
        return self.offset_at(event.position().toPoint())

    def offset_at(self, point: QPoint) -> int:
        """The place in the text at a point of the viewport."""
        return self._page.offsets.to_text(self.cursorForPosition(point).position())

    def rows_under(self, event: QMouseEvent) -> list[SpanRow]:
        """The passages under the pointer, the shortest first."""
        return self.rows_at(event.position())

    def rows_at(self, point: QPointF) -> list[SpanRow]:
        """The passages at a point of the viewport, the shortest first."""
        scroll = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return self._page.rows_at(point + scroll)

    def inline_under(self, point: QPointF) -> Mark | None:
        """The link or the figure of a note at a point of the viewport; figures are small, so a bit beside will do."""
        offset = self._page.offsets.to_text(self.cursorForPosition(point.toPoint()).position())
        point = point + self.viewport().pos()
        for mark in inline_near(self._page.source.blocks, offset):
            room = _BESIDE if mark.kind is MarkKind.NOTE_REF else 0
            boxes = self.boxes_on_screen(TextSpan(mark.start, mark.end))
            if any(box.adjusted(-room, -room, room, room).contains(point) for box in boxes):
                return mark
        return None

    def follow(self, mark: Mark) -> None:
        """Go where a link or the figure of a note leads."""
        raise NotImplementedError

    def _is_third_click(self, event: QMouseEvent) -> bool:
        near = (event.position() - self._clicked).manhattanLength() < QApplication.startDragDistance()
        return near and event.timestamp() - self._clicked_at <= QApplication.doubleClickInterval()

    def _select_sentence(self, offset: int) -> None:
        span = sentence_at(self._page.source.text, self._page.source.blocks, offset)
        if span.start < span.end:
            self._set_selection(span)

    def _snap_selection(self) -> None:
        """Widen what was selected to whole words."""
        span = self.selected_span()
        if span is not None:
            wider = snapped(self._page.source.text, span)
            if wider != span:
                self._set_selection(wider)

    def _select_to(self, event: QMouseEvent, start: QPointF) -> None:
        """Select from one point of the viewport to another."""
        cursor = self.cursorForPosition(start.toPoint())
        end = self.cursorForPosition(event.position().toPoint()).position()
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._set_cursor_in_place(cursor)

    def _is_dragged(self, event: QMouseEvent, start: QPointF) -> bool:
        return (event.position() - start).manhattanLength() >= QApplication.startDragDistance()

    def _end_adding(self, event: QMouseEvent, start: QPointF) -> None:
        """With Ctrl: a drag selects one more passage of the active mark, a click the sentence."""
        if not self._is_dragged(event, start):
            self._select_sentence(self.offset_under(event))
            self.selection_finished.emit(True)
            return
        self._select_to(event, start)
        if not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._snap_selection()
        span = self.selected_span()
        if span is not None and self._page.active is not None and self.ends.enabled:
            self.passage_added.emit(span)
        else:
            self.selection_finished.emit(True)

    def _let_go(self, event: QMouseEvent) -> None:
        """The end of dragging a handle; a handle that was only clicked lets the click through to the text."""
        self.ends.finish()
        if self._pressed is not None and not self._is_dragged(event, self._pressed):
            self.place_caret_quietly(self.offset_under(event))
            self._activate_under(event)

    def _activate_under(self, event: QMouseEvent) -> None:
        """A click activates the shortest passage there; clicking again goes through those below it, and at last follows
        the link there. The figure of a note is followed at once."""
        mark = self.inline_under(event.position())
        ids = list(dict.fromkeys(row.annotation_id for row in self.rows_under(event)))
        if mark is not None and (not ids or mark.kind is MarkKind.NOTE_REF or ids[-1] == self._page.active):
            self.follow(mark)
            return
        if not ids:
            return
        chosen = ids[0]
        if self._page.active in ids:
            chosen = ids[(ids.index(self._page.active) + 1) % len(ids)]
        self.annotation_activated.emit(chosen)

    def _hover(self, annotation_id: AnnotationId | None) -> None:
        """Show what the pointer is over, or that it is over nothing."""
        if annotation_id == self._page.hovered and annotation_id == self._under_pointer:
            return
        self._under_pointer = annotation_id
        self._show_hand()
        self.set_hovered(annotation_id)
        self.annotation_hovered.emit(annotation_id)

    def _hover_inline(self, mark: Mark | None) -> None:
        if mark != self._inline:
            self._inline = mark
            self._show_hand()
            self.inline_hovered.emit(mark)

    def _show_hand(self) -> None:
        """Show that a click does something here, or that text can be selected."""
        does = self._under_pointer is not None or self._inline is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if does else Qt.CursorShape.IBeamCursor)

    # ---------------------------------------------------------------------------------------------------- Qt overrides

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse_down = event.button() == Qt.MouseButton.LeftButton
        self._pressed = self._adding = None
        self._scroller.stop()
        handle = self.ends.handle_at(event.position()) if self._mouse_down else None
        if handle is not None:
            self._mouse_down, self._pressed = False, event.position()
            self.ends.begin_drag(handle)
            event.accept()
        elif self._mouse_down and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._adding = event.position()
            event.accept()
        elif self._mouse_down and self._is_third_click(event):
            self._clicked_at = 0
            self._select_sentence(self.offset_under(event))
            event.accept()
        else:
            self._pressed = event.position() if self._mouse_down else None
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._mouse_down = True
        super().mouseDoubleClickEvent(event)
        self._clicked, self._clicked_at = event.position(), event.timestamp()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.ends.dragging:
            self._let_go(event)
            event.accept()
            return
        if self._adding is not None:
            start, self._adding, self._mouse_down = self._adding, None, False
            self._end_adding(event, start)
            event.accept()
            return
        super().mouseReleaseEvent(event)
        if not self._mouse_down:
            return
        self._mouse_down = False
        if not self.textCursor().hasSelection():
            self._activate_under(event)
            return
        dragged = self._pressed is not None and self._is_dragged(event, self._pressed)
        if dragged and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._snap_selection()
        self.selection_finished.emit(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.ends.dragging:
            exact = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self.ends.drag(event.position(), exact=exact)
            return
        if self._adding is not None:
            if self._is_dragged(event, self._adding):
                self._select_to(event, self._adding)
            return
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover_under(event)

    def _hover_under(self, event: QMouseEvent) -> None:
        if self.ends.handle_at(event.position()) is not None:
            self._hover(self._page.active)
            self._hover_inline(None)
            self.viewport().setCursor(Qt.CursorShape.SizeHorCursor)
            return
        mark = self.inline_under(event.position())
        is_figure = mark is not None and mark.kind is MarkKind.NOTE_REF
        rows = [] if is_figure else self.rows_under(event)  # one card at a time
        self._hover(rows[0].annotation_id if rows else None)
        self._hover_inline(mark)
        self._show_hand()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._scroller.stop()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.size_step_requested.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        before = self.verticalScrollBar().value()
        super().wheelEvent(event)
        if self.verticalScrollBar().value() != before:
            self.scrolled.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
            self._hover_inline(None)
        return super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        # Beside the column the wheel scrolls as well.
        if event.type() == QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        return super().event(event)
