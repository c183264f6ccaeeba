"""The reading view: shows an article and the passages marked in it, and says what the reader wishes to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.article import MarkKind
from annotator.domain.selectors import TextSpan
from annotator.domain.sentences import block_index, sentence_at, widen
from annotator.domain.views import SpanRow
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.keys import DEFAULT_KEYS, Command, chord_of
from annotator.ui.reader.navigation import paragraph_step, sentence_step
from annotator.ui.reader.surface import ReaderSurface
from annotator.ui.theme import ThemeManager


class ReaderView(ReaderSurface):
    """An article with its marks, and the wishes of whoever reads it.

    The requests about a passage carry a `TextSpan`, or None
    when nothing is selected, which means the active annotation. `tag_requested` carries the digit, "0" to clear;
    `verdict_requested` the letter typed after V, in upper case.
    """

    claim_requested = Signal(object)
    highlight_requested = Signal(object)
    note_requested = Signal(object)
    link_requested = Signal(object)
    tag_picker_requested = Signal(object)
    tag_requested = Signal(object, str)
    verdict_requested = Signal(str)
    verdict_mode_changed = Signal(bool)
    confidence_step_requested = Signal(int)
    edit_requested = Signal()
    delete_requested = Signal()
    address_requested = Signal(str)
    size_step_requested = Signal(int)
    annotation_activated = Signal(object)
    annotation_hovered = Signal(object)
    selection_changed = Signal(object)
    selection_finished = Signal(bool)
    escape_pressed = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self.keys: Mapping[str, Command] = DEFAULT_KEYS
        self._verdict_mode = False
        self._widened: list[TextSpan] = []
        self._mouse_down = False
        self._clicked = QPointF(-100, -100)
        self._clicked_at = 0
        self._commands = self._command_table()
        # Selecting with keys has ended when none follows for a while.
        self._settled = QTimer(self, singleShot=True, interval=250)
        self._settled.timeout.connect(lambda: self.selection_finished.emit(False))
        self.cursorPositionChanged.connect(self._on_caret_moved)
        self.selectionChanged.connect(self._on_selection_changed)

    def show_article(self, doc: ReaderDocument) -> None:
        """Show an article from its beginning, without marks."""
        self._set_verdict_mode(False)
        self._widened.clear()
        super().show_article(doc)

    # -------------------------------------------------------------------------------------------- caret and selection

    def _on_caret_moved(self) -> None:
        self._mark_caret()
        if self._quiet:
            return
        if self._mouse_down or self.textCursor().hasSelection():
            return
        found = self._page.index.at(self.caret_offset())
        if found and all(row.annotation_id != self._page.active for row in found):
            self.annotation_activated.emit(found[0].annotation_id)

    def _on_selection_changed(self) -> None:
        if self._quiet:
            return
        span = self.selected_span()
        if span != self._own_selection:
            self._widened.clear()
            self._own_selection = None
        self.selection_changed.emit(span)
        if not self._mouse_down:
            self._settled.start()

    def _go_to_paragraph(self, step: int) -> None:
        self.set_caret(paragraph_step(self._page.source.blocks, self.caret_offset(), step))

    def _go_to_sentence(self, step: int) -> None:
        """To the next sentence, and select it when something is selected already."""
        source = self._page.source
        span = sentence_step(source.text, source.blocks, self._start_offset(), step)
        if span.start == span.end:
            return
        if self.textCursor().hasSelection():
            self.select(span)
        else:
            self.set_caret(span.start)

    def _widen(self) -> None:
        source = self._page.source
        now = self.selected_span() or TextSpan(self.caret_offset(), self.caret_offset())
        wider = widen(source.text, source.blocks, now)
        if wider != now:
            self._widened.append(now)
            kept = list(self._widened)
            self.select(wider)
            self._widened = kept

    def _narrow(self) -> None:
        if not self._widened:
            return
        before = self._widened.pop()
        kept = list(self._widened)
        if before.start == before.end:
            self._place_caret(before.start)
        else:
            self.select(before)
        self._widened = kept

    # --------------------------------------------------------------------------------------------------------- keys

    def _command_table(self) -> dict[Command, Callable[[str], None]]:
        return {
            Command.CLAIM: lambda _: self.claim_requested.emit(self.selected_span()),
            Command.HIGHLIGHT: lambda _: self.highlight_requested.emit(self.selected_span()),
            Command.NOTE: lambda _: self.note_requested.emit(self.selected_span()),
            Command.LINK: lambda _: self.link_requested.emit(self.selected_span()),
            Command.TAG_PICKER: lambda _: self.tag_picker_requested.emit(self.selected_span()),
            Command.TAG: lambda chord: self.tag_requested.emit(self.selected_span(), chord),
            Command.VERDICT: lambda _: self._set_verdict_mode(True),
            Command.SURER: lambda _: self.confidence_step_requested.emit(5),
            Command.LESS_SURE: lambda _: self.confidence_step_requested.emit(-5),
            Command.NEXT_PARAGRAPH: lambda _: self._go_to_paragraph(1),
            Command.PREVIOUS_PARAGRAPH: lambda _: self._go_to_paragraph(-1),
            Command.NEXT_CLAIM: lambda _: self._go_to_claim(1),
            Command.PREVIOUS_CLAIM: lambda _: self._go_to_claim(-1),
            Command.NEXT_SENTENCE: lambda _: self._go_to_sentence(1),
            Command.PREVIOUS_SENTENCE: lambda _: self._go_to_sentence(-1),
            Command.WIDEN: lambda _: self._widen(),
            Command.NARROW: lambda _: self._narrow(),
            Command.EDIT: lambda _: self._enter(),
            Command.ESCAPE: lambda _: self._escape(),
            Command.DELETE: lambda _: self.delete_requested.emit(),
            Command.PAGE_DOWN: lambda _: self._turn_page(1),
            Command.PAGE_UP: lambda _: self._turn_page(-1),
        }

    def run(self, command: Command, chord: str = "") -> None:
        """Do what a key does."""
        self._commands[command](chord)

    def _go_to_claim(self, step: int) -> None:
        index, offset = self._page.index, self._start_offset()
        row = index.after(offset, claims=True) if step > 0 else index.before(offset, claims=True)
        if row is None:
            return
        self._quiet = True
        self._place_caret(row.start)
        self._quiet = False
        self.annotation_activated.emit(row.annotation_id)
        self.reveal(TextSpan(row.start, row.end))

    def _turn_page(self, step: int) -> None:
        bar = self.verticalScrollBar()
        self._scroller.stop()
        bar.setValue(bar.value() + step * (self.viewport().height() - 62))

    def _enter(self) -> None:
        address = self._address_at(self.caret_offset())
        if address:
            self.address_requested.emit(address)
        else:
            self.edit_requested.emit()

    def _escape(self) -> None:
        if self.textCursor().hasSelection():
            self._place_caret(self._start_offset())
        self.escape_pressed.emit()

    def _set_verdict_mode(self, on: bool) -> None:
        if on != self._verdict_mode:
            self._verdict_mode = on
            self.verdict_mode_changed.emit(on)

    def _address_at(self, offset: int) -> str:
        blocks = self._page.source.blocks
        for mark in blocks[block_index(blocks, offset)].marks:
            if mark.kind is MarkKind.LINK and mark.start <= offset < mark.end:
                return mark.value
        return ""

    # -------------------------------------------------------------------------------------------------------- mouse

    def _offset_under(self, event: QMouseEvent) -> int:
        return self._page.offsets.to_text(self.cursorForPosition(event.position().toPoint()).position())

    def _rows_under(self, event: QMouseEvent) -> list[SpanRow]:
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
        ids = list(dict.fromkeys(row.annotation_id for row in self._rows_under(event)))
        if not ids:
            address = self._address_at(self._offset_under(event))
            if address:
                self.address_requested.emit(address)
            return
        chosen = ids[0]
        if self._page.active in ids:
            chosen = ids[(ids.index(self._page.active) + 1) % len(ids)]
        self.annotation_activated.emit(chosen)

    # ---------------------------------------------------------------------------------------------------- Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chord = chord_of(event)
        if self._verdict_mode:
            if event.key() in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt):
                return
            self._set_verdict_mode(False)
            letter = event.text().upper()
            if letter.isalpha():
                self.verdict_requested.emit(letter)
                return
            if chord == "Esc":
                return
        command = self.keys.get(chord)
        if command is not None:
            self.run(command, chord)
            event.accept()
        elif chord and len(chord) == 1:
            self.escape_pressed.emit()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._set_verdict_mode(False)
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse_down = event.button() == Qt.MouseButton.LeftButton
        self._scroller.stop()
        if self._mouse_down and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._select_sentence(self._offset_under(event))
            event.accept()
        elif self._mouse_down and self._is_third_click(event):
            self._clicked_at = 0
            self._select_sentence(self._offset_under(event))
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
        if event.buttons() != Qt.MouseButton.NoButton:
            return
        rows = self._rows_under(event)
        hovered = rows[0].annotation_id if rows else None
        if hovered != self._page.hovered:
            shape = Qt.CursorShape.PointingHandCursor if hovered else Qt.CursorShape.IBeamCursor
            self.viewport().setCursor(shape)
            self.set_hovered(hovered)
            self.annotation_hovered.emit(hovered)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._scroller.stop()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.size_step_requested.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def event(self, event: QEvent) -> bool:
        # Beside the column the wheel scrolls as well.
        if event.type() == QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        return super().event(event)
