"""What the pointer does in the reading view: pressing, selecting, clicking, hovering, and the wheel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.ids import AnnotationId
from annotator.domain.sentences import sentence_at
from annotator.domain.views import SpanRow
from annotator.ui.reader.marked import MarkedSurface
from annotator.ui.reader.navigation import address_at
from annotator.ui.theme import ThemeManager


class PointerSurface(MarkedSurface):
    """The reading surface under the pointer.

    Clicking on a passage asks to make it active, resting over one shows it; two clicks select a word, three or one with
    Ctrl a sentence.
    """

    address_requested = Signal(str)
    annotation_activated = Signal(object)
    annotation_hovered = Signal(object)
    selection_finished = Signal(bool)  # whether the pointer made it
    size_step_requested = Signal(int)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._mouse_down = False
        self._clicked = QPointF(-100, -100)
        self._clicked_at = 0

    def offset_under(self, event: QMouseEvent) -> int:
        """The place in the text under the pointer."""
        return self._page.offsets.to_text(self.cursorForPosition(event.position().toPoint()).position())

    def rows_under(self, event: QMouseEvent) -> list[SpanRow]:
        """The passages under the pointer, the shortest first."""
        scroll = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return self._page.rows_at(event.position() + scroll)

    def _is_third_click(self, event: QMouseEvent) -> bool:
        near = (event.position() - self._clicked).manhattanLength() < QApplication.startDragDistance()
        return near and event.timestamp() - self._clicked_at <= QApplication.doubleClickInterval()

    def _select_sentence(self, offset: int) -> None:
        span = sentence_at(self._page.source.text, self._page.source.blocks, offset)
        if span.start < span.end:
            self._set_selection(span)

    def _activate_under(self, event: QMouseEvent) -> None:
        """A click activates the shortest passage there; clicking again goes through those below it."""
        ids = list(dict.fromkeys(row.annotation_id for row in self.rows_under(event)))
        if not ids:
            address = address_at(self._page.source.blocks, self.offset_under(event))
            if address:
                self.address_requested.emit(address)
            return
        chosen = ids[0]
        if self._page.active in ids:
            chosen = ids[(ids.index(self._page.active) + 1) % len(ids)]
        self.annotation_activated.emit(chosen)

    def _hover(self, annotation_id: AnnotationId | None) -> None:
        """Show what the pointer is over, or that it is over nothing."""
        if annotation_id == self._page.hovered:
            return
        shape = Qt.CursorShape.PointingHandCursor if annotation_id else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
        self.set_hovered(annotation_id)
        self.annotation_hovered.emit(annotation_id)

    # ---------------------------------------------------------------------------------------------------- Qt overrides

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse_down = event.button() == Qt.MouseButton.LeftButton
        self._scroller.stop()
        if self._mouse_down and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._select_sentence(self.offset_under(event))
            event.accept()
        elif self._mouse_down and self._is_third_click(event):
            self._clicked_at = 0
            self._select_sentence(self.offset_under(event))
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._mouse_down = True
        super().mouseDoubleClickEvent(event)
        self._clicked, self._clicked_at = event.position(), event.timestamp()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self._mouse_down:
            return
        self._mouse_down = False
        if self.textCursor().hasSelection():
            self.selection_finished.emit(True)
        else:
            self._activate_under(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            rows = self.rows_under(event)
            self._hover(rows[0].annotation_id if rows else None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._scroller.stop()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.size_step_requested.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        # Beside the column the wheel scrolls as well.
        if event.type() == QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        return super().event(event)
