"""The reader with what surrounds it: its line of title and position, find, the rail, and messages."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.reading_time import ReadingTime
from annotator.domain.selectors import TextSpan
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.find_bar import FindBar
from annotator.ui.reader.focus_mode import FocusMode
from annotator.ui.reader.go_to import GoToCard
from annotator.ui.reader.hits import Hits
from annotator.ui.reader.inline import InlineCards
from annotator.ui.reader.navigation import paragraph_starts
from annotator.ui.reader.rail import PositionRail
from annotator.ui.reader.selection_bar import SelectionBar
from annotator.ui.reader.view import ReaderView
from annotator.ui.reader.waiting import WaitingLines
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import ElidedLabel, IconButton, label

_PLACE_FROM = 560  # pixels of a pane: in less the title needs the room


class ReaderPane(QFrame):
    """The middle of the window."""

    back_requested = Signal()
    forward_requested = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader_pane")
        self.setProperty("surface", "reader")
        self.view = ReaderView(themes, self)
        self.rail = PositionRail(self.view, themes, self)
        self.selection_bar = self._make_bar(themes)
        self.find_bar = FindBar(themes, self)
        self.hits = self.rail.hits = Hits(self.view)
        self.inline = InlineCards(self.view, themes, self)
        self.focus_mode = FocusMode(self.view)
        self._go_to: GoToCard | None = None
        self._make_header(themes)
        text = QHBoxLayout()
        text.setContentsMargins(0, 0, 0, 0)
        text.setSpacing(0)
        text.addWidget(self.view, 1)
        text.addWidget(self.rail)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.find_bar)
        column.addLayout(text, 1)
        self.setMinimumWidth(themes.theme.metric("readerMin"))
        self.setFocusProxy(self.view)
        self.waiting = WaitingLines(self.view)
        self._paragraphs: list[int] = []
        self._time = ReadingTime("")
        self.view.position_changed.connect(self._show_position)
        self.view.cursorPositionChanged.connect(self._show_position)
        self.view.handle("find", self.open_find)
        self.view.handle("focus_mode", self.toggle_focus_mode)
        self.view.handle("go_to_number", self.open_go_to)
        self.find_bar.found.connect(self._on_found)
        self.find_bar.places_changed.connect(self._mark_places)
        self.find_bar.closed.connect(self._on_find_closed)

    def show_article(self, doc: ReaderDocument, title: str) -> None:
        """Show an article from its beginning."""
        self.waiting.stop()
        self._title.set_text(title)
        self.view.show_article(doc)
        self.find_bar.set_text(doc.text, doc.blocks)
        self._paragraphs = paragraph_starts(self.view.article.blocks)
        self._time = ReadingTime(doc.text)
        self.selection_bar.hide()  # what was selected is gone with the text before
        self._show_position()

    def set_history(self, *, back: bool, forward: bool) -> None:
        """Say whether there are articles read before and after this one."""
        self._back.setEnabled(back)
        self._forward.setEnabled(forward)

    def set_actions(self, actions: list[QAction]) -> None:
        """Fill the menu of the open article."""
        self._menu.clear()
        self._menu.addActions(actions)

    def open_find(self) -> None:
        """Find in this article, from where the caret is; a few words that are selected are what is looked for."""
        span = self.view.selected_span()
        words = self.view.article.text[span.start : span.end] if span is not None else ""
        self.find_bar.open_bar(span.start if span is not None else self.view.caret_offset(), words)

    def toggle_focus_mode(self) -> None:
        """Dim all but the current paragraph, or nothing."""
        self._focus.toggle()

    def open_go_to(self) -> None:
        """Ask for the number of a paragraph to go to."""
        if not self._paragraphs:
            return
        if self._go_to is None:
            self._go_to = GoToCard(self)
            self._go_to.chosen.connect(self._go_to_paragraph)
            self._go_to.closed.connect(self.focus_text)
        corner = self._place.mapTo(self, self._place.rect().bottomLeft())
        self._go_to.ask(self._paragraph(), len(self._paragraphs), corner + QPoint(0, 8))

    def focus_text(self) -> None:
        """Give the keyboard back to the text, at the same place."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_bar(self, themes: ThemeManager) -> SelectionBar:
        return SelectionBar(self.view, themes)

    def _make_header(self, themes: ThemeManager) -> None:
        self._header = QFrame(self)
        self._header.setProperty("surface", "subheader")
        self._header.setFixedHeight(themes.theme.metric("subheader"))
        self._back = IconButton(themes, "arrow-left", self.tr("Back"), key="Alt+Left", parent=self._header)
        self._forward = IconButton(
            themes, "arrow-right", self.tr("Forward"), key="Alt+Right", parent=self._header
        )
        self._title = ElidedLabel(parent=self._header)
        self._title.setProperty("role", "strong")
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._place = label("", tone="muted", parent=self._header)
        find = IconButton(themes, "search", self.tr("Find in this article"), key="/", parent=self._header)
        self._focus = IconButton(
            themes, "focus", self.tr("Focus mode"), key="F", checkable=True, parent=self._header
        )
        more = IconButton(themes, "ellipsis", self.tr("More for this article"), parent=self._header)
        self._menu = QMenu(more)
        more.setMenu(self._menu)
        more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        for name, button in (
            ("back", self._back),
            ("forward", self._forward),
            ("find", find),
            ("focus", self._focus),
            ("more", more),
        ):
            button.setObjectName(f"reader_{name}")
        row = QHBoxLayout(self._header)
        row.setContentsMargins(14, 0, 10, 0)
        row.setSpacing(6)
        row.addWidget(self._back)
        row.addWidget(self._forward)
        row.addSpacing(2)
        words = QHBoxLayout()
        words.setSpacing(3)
        words.addWidget(self._title)
        words.addWidget(self._place)
        row.addLayout(words)
        row.addStretch(1)
        row.addWidget(find)
        row.addWidget(self._focus)
        row.addWidget(more)
        self._back.clicked.connect(lambda: self.back_requested.emit())
        self._forward.clicked.connect(lambda: self.forward_requested.emit())
        find.clicked.connect(self.open_find)
        self._focus.toggled.connect(self.focus_mode.set_on)
        self.set_history(back=False, forward=False)

    def _show_position(self) -> None:
        """Say in which paragraph one is, headings and tables not counted, and how much is left from there."""
        if not self._paragraphs:
            self._place.setText("")
            return
        offset = self.view.place()
        self._place.setText(
            self.tr("· paragraph {at} of {all} · {minutes} min left").format(
                at=self._paragraph(offset),
                all=len(self._paragraphs),
                minutes=self._time.minutes(offset),
            )
        )

    def _paragraph(self, offset: int | None = None) -> int:
        """The number of the paragraph at a place, or of that where one is."""
        return max(1, bisect_right(self._paragraphs, self.view.place() if offset is None else offset))

    def _go_to_paragraph(self, number: int) -> None:
        start = self._paragraphs[min(number, len(self._paragraphs)) - 1]
        self.view.jump(TextSpan(start, start))

    def _on_found(self, span: TextSpan) -> None:
        """Show a place. It is selected when nothing marks it any more."""
        self.view.leaving.emit(span.start)
        if self.find_bar.isHidden():
            self.view.select(span)
        else:
            self.view.place_caret_quietly(span.start)
            self.view.reveal(span, flash=False)

    def _mark_places(self) -> None:
        bar = self.find_bar
        if bar.isHidden():
            self.hits.clear()
        else:
            self.hits.show(bar.places, bar.current)
        self.rail.update_hits()

    def _on_find_closed(self) -> None:
        """Select the place that was found last, unless one has gone on from there."""
        place = self.find_bar.current
        if place is not None and self.view.caret_offset() == place.start and self.hits.current is not None:
            self.view.select(place)
        self._mark_places()
        self.focus_text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place.setVisible(self.width() >= _PLACE_FROM)
