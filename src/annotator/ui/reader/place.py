"""Where one is in the text: what is on screen, the caret, the selection, and the way to a passage."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextBrowser, QWidget

from annotator.domain.selectors import TextSpan
from annotator.ui.reader.motion import Flash, Scroller
from annotator.ui.reader.page import Page, Shown

_MARGIN = 12  # pixels of a line that may be missing at the edge of the screen


class PlacedText(QTextBrowser):
    """Knows and changes the place in the text of its page, in offsets of the canonical text.

    What is on screen stays there when the text is laid out anew, to the pixel, until somebody scrolls.
    """

    position_changed = Signal()
    leaving = Signal(int)  # before a jump: where it leads
    scrolled = Signal()  # by hand: it moved because somebody scrolled, and not to show something

    _page: Page

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reduced_motion = False
        self._quiet = False  # while we move the caret ourselves
        self._placing = False  # while we scroll ourselves, or the layout does
        self._anchor: tuple[int, int] | None = None
        self._own_selection: TextSpan | None = None
        self._scroller = Scroller(self.verticalScrollBar())
        self._flash = Flash(self)
        self._flash.changed.connect(self.viewport().update)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def reveal(self, span: TextSpan, *, flash: bool = True) -> bool:
        """Bring a passage into view: its first line to a third of the height, unless it is in the middle 80 %.
        Whether the text had to move for it."""
        bar = self.verticalScrollBar()
        line = self._page.line_box(span.start)
        height = self.viewport().height()
        y = line.top() - bar.value()
        moves = False
        if not 0.1 * height <= y <= 0.9 * height - line.height():
            target = round(line.top() - height / 3)
            moves = self._scroller.scroll_to(target, animated=not self.reduced_motion and self.isVisible())
        if flash:
            self._flash.start(span, still=self.reduced_motion)
        return moves

    def scroll_to(self, value: int) -> None:
        """Scroll as somebody does who turns pages or drags."""
        self._scroller.stop()
        before = self.verticalScrollBar().value()
        self.verticalScrollBar().setValue(value)
        if self.verticalScrollBar().value() != before:
            self.scrolled.emit()

    def selected_span(self) -> TextSpan | None:
        """The selected passage, widened so that it cuts no visible character."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        span = self._page.whole(cursor.selectionStart(), cursor.selectionEnd())
        return span if span.start < span.end else None

    def select(self, span: TextSpan) -> None:
        """Select a passage and show it."""
        self._set_selection(span)
        self.reveal(span, flash=False)

    def caret_offset(self) -> int:
        """The place of the caret."""
        return self._page.offsets.to_text(self.textCursor().position())

    def set_caret(self, offset: int) -> None:
        """Move the caret, without a selection, and show it."""
        self._place_caret(offset)
        self.reveal(TextSpan(offset, offset), flash=False)

    def jump(self, span: TextSpan) -> None:
        """Go to another part of the text, and show where one is there; one can come back."""
        self.leaving.emit(span.start)
        self._place_caret(span.start)
        self.reveal(span)

    def leave_for(self, offset: int) -> None:
        """Tell that one is about to jump, if that leads to another part of the text."""
        if not self.on_screen(offset):
            self.leaving.emit(offset)

    def _start_offset(self) -> int:
        span = self.selected_span()
        return span.start if span is not None else self.caret_offset()

    def clear_selection(self) -> None:
        """Leave the caret at the beginning of what was selected; nothing scrolls."""
        self._place_caret(self._start_offset())

    def visible_span(self) -> TextSpan:
        """The passage on screen, in whole blocks."""
        blocks = self._shown()
        to_text = self._page.offsets.to_text
        last = blocks[-1]
        return TextSpan(to_text(blocks[0].position), to_text(last.position + last.block.length() - 1))

    def text_on_screen(self) -> TextSpan:
        """The passage on screen, in whole lines."""
        bottom = self.verticalScrollBar().value() + self.viewport().height()
        last = self._shown()[-1]
        start = self.reading_position()
        if last.area.bottom() > bottom:
            return TextSpan(start, max(start, self._page.line_at(bottom)))
        return TextSpan(start, self._page.offsets.to_text(last.position + last.block.length() - 1))

    def reading_position(self) -> int:
        """The offset at which the text on screen begins."""
        top = self.verticalScrollBar().value()
        return self._page.line_at(top + _MARGIN) if top > 0 else 0

    def restore_position(self, offset: int, *, caret: int | None = None) -> None:
        """Let the text on screen begin at `offset`, with the caret at `caret`, where it activates what it enters."""
        self._scroll_to_anchor((offset, -2 if offset > 0 else 0))
        if caret is not None:
            self._place_caret(caret)

    def on_screen(self, offset: int) -> bool:
        """Whether the line that holds `offset` is on screen, or may soon be, while the text is moving. Lays nothing
        out for what is far away."""
        if self._scroller.moving:
            return True
        block = self._page.document.findBlock(self._page.offsets.to_qt(offset))
        if all(shown.block != block for shown in self._shown()):
            return False
        line = self._page.line_box(offset).translated(0, -self.verticalScrollBar().value())
        return line.top() >= -_MARGIN and line.bottom() <= self.viewport().height() + _MARGIN

    def place(self) -> int:
        """Where one is in the text: at the caret, or where the text on screen begins when that has gone from it."""
        caret = self.caret_offset()
        return caret if self.on_screen(caret) else self.reading_position()

    def _anchor_now(self) -> tuple[int, int]:
        """What tells the place on screen whatever the layout: the offset of a line, and how many pixels below its
        top the screen begins. It stays the same until somebody scrolls, so nothing drifts with every new layout."""
        top = self.verticalScrollBar().value()
        if self._anchor is None:
            offset = self.reading_position()
            self._anchor = (offset, top - round(self._page.line_box(offset).top())) if top > 0 else (0, 0)
        return self._anchor

    def _scroll_to_anchor(self, anchor: tuple[int, int]) -> None:
        self._scroller.stop()
        offset, below = anchor
        top = 0
        if offset > 0 or below:
            self._page.look_near(offset)
            line = self._page.line_box(offset)
            top = round(line.top()) + min(below, round(line.height()) - _MARGIN - 1)
        self._placing = True
        self.verticalScrollBar().setValue(top)
        self._placing = False
        self._anchor = anchor

    def _on_scrolled(self) -> None:
        if not self._placing:
            self._anchor = None
        self.position_changed.emit()

    def caret_box(self) -> QRectF:
        """The selection's first line, or the caret, in coordinates of this widget."""
        span = self.selected_span()
        offset = span.start if span is not None else self.caret_offset()
        return self._page.line_box(offset).translated(self._page_origin())

    def boxes_on_screen(self, span: TextSpan) -> list[QRectF]:
        """The boxes of a passage as far as they are near the screen, in coordinates of this widget."""
        origin = self._page_origin()
        return [box.translated(origin) for box in self._page.boxes(span, self._shown())]

    def _page_origin(self) -> QPointF:
        corner = self.viewport().pos()
        return QPointF(
            corner.x() - self.horizontalScrollBar().value(), corner.y() - self.verticalScrollBar().value()
        )

    def _shown(self, clip: QRectF | None = None) -> list[Shown]:
        top = self.verticalScrollBar().value()
        if clip is None:
            return self._page.shown(top, top + self.viewport().height())
        return self._page.shown(top + clip.top(), top + clip.bottom())

    def place_caret_quietly(self, offset: int) -> None:
        """Move the caret to what was chosen elsewhere: it activates nothing, and nothing scrolls."""
        self._quiet = True
        self._place_caret(offset)
        self._quiet = False

    def _place_caret(self, offset: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(self._page.offsets.to_qt(offset))
        self._set_cursor_in_place(cursor)

    def _set_selection(self, span: TextSpan) -> None:
        to_qt = self._page.offsets.to_qt
        cursor = self.textCursor()
        cursor.setPosition(to_qt(span.start))
        cursor.setPosition(to_qt(span.end), QTextCursor.MoveMode.KeepAnchor)
        self._own_selection = span
        self._set_cursor_in_place(cursor)

    def _set_cursor_in_place(self, cursor: QTextCursor) -> None:
        """Set the cursor without Qt's own jump to it."""
        value = self.verticalScrollBar().value()
        before, self._placing = self._placing, True
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(value)
        self._placing = before
