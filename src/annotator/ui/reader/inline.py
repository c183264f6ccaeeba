"""Links and footnotes in a pane: where they lead is shown beside them, before anybody follows."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtWidgets import QWidget

from annotator.domain.addresses import told
from annotator.domain.article import Mark, MarkKind
from annotator.domain.selectors import TextSpan
from annotator.ui.reader.footnotes import note_of, words_of_note
from annotator.ui.reader.hover_card import AFTER_MS, CardLine, HoverCard
from annotator.ui.reader.link_card import LinkCard
from annotator.ui.reader.navigation import inline_at
from annotator.ui.reader.view import ReaderView
from annotator.ui.theme import ThemeManager

_LONGEST_NOTE = 600  # characters of a note that a card shows


class InlineCards(QObject):
    """Shows the note of a figure that the pointer rests on, and asks before a link is opened."""

    address_shown = Signal(str)  # of the link under the pointer, "" for none

    def __init__(self, view: ReaderView, themes: ThemeManager, pane: QWidget) -> None:
        super().__init__(pane)
        self._view, self._themes, self._pane = view, themes, pane
        self._note: HoverCard | None = None
        self._link: LinkCard | None = None
        self._hovered: Mark | None = None
        self._rest = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._rest.timeout.connect(self._show_rested)
        view.inline_hovered.connect(self._on_hovered)
        view.link_followed.connect(self._ask)
        view.handle("preview", self._preview)
        for left in (
            view.position_changed,
            view.escape_pressed,
            view.cursorPositionChanged,
            view.article_shown,
        ):
            left.connect(self._end_note)

    def _on_hovered(self, mark: Mark | None) -> None:
        self._end_note()
        self._hovered = mark
        is_link = mark is not None and mark.kind is MarkKind.LINK
        self.address_shown.emit(told(mark.value).shown if mark is not None and is_link else "")
        if mark is not None and not is_link:
            self._rest.start()

    def _show_rested(self) -> None:
        if self._hovered is not None:
            self._show_note(self._hovered)

    def _preview(self) -> None:
        """Show the note of the figure at the caret, or where its link leads."""
        mark = inline_at(self._view.article.blocks, self._view.caret_offset())
        if mark is not None and mark.kind is MarkKind.NOTE_REF:
            self._show_note(mark)
        elif mark is not None:
            self._ask(mark)

    def _show_note(self, mark: Mark) -> None:
        source = self._view.article
        note = note_of(source.blocks, mark)
        if note is None:
            return
        words = words_of_note(source.text, source.blocks, note)
        if len(words) > _LONGEST_NOTE:
            words = words[: _LONGEST_NOTE - 1] + "…"
        if self._note is None:
            self._note = HoverCard(self._themes, self._pane)
        title = self.tr("Note {label}").format(label=note.label)
        self._note.show_beside(self._place_of(mark), title, [CardLine(words)])

    def _end_note(self) -> None:
        self._rest.stop()
        if self._note is not None:
            self._note.hide()

    def _ask(self, mark: Mark) -> None:
        if self._link is None:
            self._link = LinkCard(self._themes, self._pane)
            self._link.open_requested.connect(self._view.address_requested)
            self._link.closed.connect(self._view.setFocus)
            self._view.position_changed.connect(self._link.close_card)
        words = self._view.article.text[mark.start : mark.end]
        self._link.ask(told(mark.value, words), self._place_of(mark))

    def _place_of(self, mark: Mark) -> QRect:
        """Where on the pane a mark is: its first line."""
        boxes = self._view.boxes_on_screen(TextSpan(mark.start, mark.end))
        box = boxes[0] if boxes else self._view.caret_box()
        return box.toAlignedRect().translated(self._view.pos())
