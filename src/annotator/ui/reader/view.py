"""The reading view: shows an article and the passages marked in it, and says what the reader wishes to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.article import Mark, MarkKind
from annotator.domain.selectors import TextSpan
from annotator.domain.sentences import narrower, widen
from annotator.domain.views import SpanRow
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.footnotes import note_at, note_of, reference_to
from annotator.ui.reader.keys import DEFAULT_KEYS, Do, chord_of, commands
from annotator.ui.reader.navigation import inline_at, paragraph_step, sentence_step
from annotator.ui.reader.pointer import PointerSurface
from annotator.ui.theme import ThemeManager

_LINES = 62  # pixels of a page that stay on screen when it is turned
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)

_MOVES = frozenset({"end_later", "end_earlier", "start_earlier", "start_later", "escape"})


class ReaderView(PointerSurface):
    """An article with its marks, and the wishes of whoever reads it.

    The requests about a passage carry a `TextSpan`, or None when nothing is selected, which means the active
    annotation. `tag_requested` carries the digit, "0" to clear; `verdict_requested` the letter typed after V, in upper
    case. `keys` says which command of the table in `keys` a chord is.
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
    selection_changed = Signal(object)
    escape_pressed = Signal()
    move_refused = Signal()  # there is no mark whose ends could be moved
    link_followed = Signal(object)  # a Mark

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self.keys: Mapping[str, str] = DEFAULT_KEYS
        table = commands()
        self._names = frozenset(command.name for command in table)
        self._handlers: dict[str, Do] = {one.name: one.do for one in table if one.do is not None}
        self._verdict_mode = False
        self._widened: list[TextSpan] = []
        self._came_from: dict[int, int] = {}  # from notes, by where they begin, to the figures that led there
        # Selecting with keys has ended when none follows for a while.
        self._settled = QTimer(self, singleShot=True, interval=250)
        self._settled.timeout.connect(lambda: self.selection_finished.emit(False))
        self.cursorPositionChanged.connect(self._on_caret_moved)
        self.selectionChanged.connect(self._on_selection_changed)

    def show_article(self, doc: ReaderDocument) -> None:
        """Show an article from its beginning, without marks."""
        self.set_verdict_mode(False)
        self._widened.clear()
        self._came_from.clear()
        super().show_article(doc)

    # -------------------------------------------------------------------------------------------- caret and selection

    def _on_caret_moved(self) -> None:
        self._mark_caret()
        if self._quiet:
            return
        if self._mouse_down or self.textCursor().hasSelection():
            return
        found = [row for row in self._page.index.at(self.caret_offset()) if self._page.is_shown(row)]
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

    def go_to_paragraph(self, step: int) -> None:
        """Move the caret to the next (1) or previous (-1) paragraph."""
        start = self.caret_offset() if self._near_caret() else self._before_screen(step)
        self.set_caret(paragraph_step(self._page.source.blocks, start, step))

    def go_to_sentence(self, step: int) -> None:
        """To the next sentence, and select it when something is selected already."""
        source = self._page.source
        span = sentence_step(source.text, source.blocks, self._step_start(step), step)
        if span.start == span.end:
            return
        if self.textCursor().hasSelection():
            self.select(span)
        else:
            self.set_caret(span.start)

    def follow(self, mark: Mark) -> None:
        """Go from the figure of a note to the note; for a link, say that somebody wants to follow it."""
        if mark.kind is MarkKind.LINK:
            self.link_followed.emit(mark)
            return
        note = note_of(self._page.source.blocks, mark)
        if note is not None:
            self._came_from[note.start] = mark.start
            self.jump(TextSpan(note.start, note.end))

    def go_to_reference(self) -> bool:
        """Go from a note to the figure one came from, else to one that is about it; False where there is none."""
        blocks = self._page.source.blocks
        note = note_at(blocks, self.caret_offset())
        mark = reference_to(blocks, note) if note is not None else None
        if note is None or mark is None:
            return False
        start = self._came_from.pop(note.start, mark.start)
        self.jump(TextSpan(start, start + mark.end - mark.start))
        return True

    def _is_at_note(self) -> bool:
        """Whether the caret stands at the label of a note, and in no mark unless a figure led there."""
        caret = self.caret_offset()
        note = note_at(self._page.source.blocks, caret)
        if note is None or note.start != caret:
            return False
        return caret in self._came_from or not self._page.index.at(caret)

    def go_to_claim(self, step: int) -> None:
        """Move the caret to the next (1) or previous (-1) claim, which becomes active."""
        index, offset = self._page.index, self._step_start(step)
        search = index.after if step > 0 else index.before
        row = search(offset, claims=True, hidden=self._page.hidden)
        if row is not None:
            self.go_to_mark(row)

    def go_to_mark(self, row: SpanRow) -> None:
        """Move the caret to a marked passage, which becomes active."""
        self.leave_for(row.start)
        self.place_caret_quietly(row.start)
        self.annotation_activated.emit(row.annotation_id)
        self.reveal(TextSpan(row.start, row.end))

    def widen(self) -> None:
        """Select the sentence, or more when that much is selected already."""
        source = self._page.source
        if not self.textCursor().hasSelection():
            self._bring_caret()
        now = self.selected_span() or TextSpan(self.caret_offset(), self.caret_offset())
        wider = widen(source.text, source.blocks, now)
        if wider != now:
            self._widened.append(now)
            kept = list(self._widened)
            self.select(wider)
            self._widened = kept

    def narrow(self) -> None:
        """Go back the way that `widen` came, and on to what is smaller: the sentence, the word, the bare caret."""
        now = self.selected_span()
        if now is None:
            return
        kept = list(self._widened)
        if kept and kept[-1].start < kept[-1].end:
            smaller = kept.pop()
        else:
            origin = kept[-1].start if kept else now.start
            smaller = narrower(self._page.source.text, self._page.source.blocks, now, origin)
        if smaller.start == smaller.end:
            kept.clear()
            self._place_caret(smaller.start)
        else:
            self.select(smaller)
        self._widened = kept

    def move_end(self, by: int) -> None:
        """Move the end of the active mark by a word; live, and stored when it is over."""
        self._move(is_start=False, by=by)

    def move_start(self, by: int) -> None:
        """As `move_end`, the start."""
        self._move(is_start=True, by=by)

    def _move(self, *, is_start: bool, by: int) -> None:
        if not self.ends.step(is_start=is_start, by=by):
            self.move_refused.emit()

    def _near_caret(self) -> bool:
        """Whether the caret or what is selected is on screen; else one reads elsewhere and steps begin there."""
        return self.on_screen(self.caret_offset()) or self.on_screen(self._start_offset())

    def _step_start(self, step: int) -> int:
        return self._start_offset() if self._near_caret() else self._before_screen(step)

    def _before_screen(self, step: int) -> int:
        """Where a step begins that leads to the first place on screen, or for -1 to the one before it."""
        top = self.reading_position()
        return max(0, top - 1) if step > 0 else top

    def _bring_caret(self) -> None:
        """Put a caret that has gone from the screen at the first sentence that begins there; it activates nothing."""
        if not self._near_caret():
            source = self._page.source
            first = sentence_step(source.text, source.blocks, self._before_screen(1), 1)
            self._quiet = True
            self._place_caret(first.start)
            self._quiet = False

    # --------------------------------------------------------------------------------------------------------- keys

    @property
    def handled(self) -> Mapping[str, Do]:
        """The commands that somebody handles, by name."""
        return self._handlers

    def handle(self, name: str, do: Callable[[], object]) -> None:
        """Let a command of the table in `keys` do something from now on."""
        assert name in self._names, name
        self._handlers[name] = lambda _view, _chord: do()

    def run(self, name: str, chord: str = "") -> None:
        """Do what a key does."""
        self._handlers[name](self, chord)

    def turn_page(self, step: int) -> None:
        """Scroll by a screen, less two lines; the caret follows with the next step."""
        self.scroll_to(self.verticalScrollBar().value() + step * (self.viewport().height() - _LINES))

    def enter(self) -> None:
        """Follow the link or the figure of a note at the caret, or go back from the beginning of a note; else edit what
        is active."""
        mark = inline_at(self._page.source.blocks, self.caret_offset())
        if mark is not None:
            self.follow(mark)
        elif not self._is_at_note() or not self.go_to_reference():
            self.edit_requested.emit()

    def escape(self) -> None:
        """Give up a move of the active mark; else select nothing any more."""
        if self.ends.moving:
            self.ends.cancel()
            return
        if self.textCursor().hasSelection():
            self._place_caret(self._start_offset())
        self.escape_pressed.emit()

    @property
    def awaits_verdict(self) -> bool:
        """Whether the next letter is that of a verdict."""
        return self._verdict_mode

    def set_verdict_mode(self, on: bool) -> None:
        """Wait for the letter of a verdict, or no longer."""
        if on != self._verdict_mode:
            self._verdict_mode = on
            self.verdict_mode_changed.emit(on)

    # ---------------------------------------------------------------------------------------------------- Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chord = chord_of(event, self.keys)
        if self._verdict_mode:
            if event.key() in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt):
                return
            self.set_verdict_mode(False)
            letter = event.text().upper()
            if letter.isalpha():
                self.verdict_requested.emit(letter)
                return
            if chord == "Esc":
                return
        command = self.keys.get(chord, "")
        if chord and command not in _MOVES:
            self.ends.finish()  # before anything else is done with the mark
        if command in self._handlers:
            self.run(command, chord)
            event.accept()
        elif chord and len(chord) == 1:
            self.escape_pressed.emit()
            event.ignore()
        else:
            if event.key() in _ARROWS and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._bring_caret()
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.set_verdict_mode(False)
        self.ends.finish()
        super().focusOutEvent(event)
