"""Find in the open article: a line above the text that steps through the places in it, or in what is written of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from time import perf_counter

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from annotator.domain.article import Block
from annotator.domain.finding import Finder, Places, Query
from annotator.domain.selectors import TextSpan
from annotator.errors import InvalidValue
from annotator.ui.reader.find_list import Entry, FindList
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import ElidedLabel, IconButton, Segmented, set_style_property

_SLICE = 0.008  # seconds of looking before anything else that waits comes first
_WIDE = 740  # pixels from which everything has room in one row
_LONGEST_TAKEN = 60  # characters of a selection that become what is looked for
TEXT, WRITTEN = "text", "written"


class FindBar(QFrame):
    """Finds words and patterns. Hidden until asked for; what was typed and how to look stay from article to article."""

    found = Signal(object)  # the TextSpan to show
    places_changed = Signal()
    entry_chosen = Signal(str)
    closed = Signal()
    said = Signal(str)  # how many there are, in words

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find_bar")
        self._finder = Finder("", ())
        self._portions: Iterator[Places] | None = None
        self._entries: Callable[[], Sequence[Entry]] = tuple
        self._stale = True
        self._places = Places()
        self._at = -1
        self._start = 0
        self._note = ""
        # Looking for a pattern goes on between all other things.
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._go_on)
        self._make_parts(themes)
        self._lay_out()
        self.hide()

    def _make_parts(self, themes: ThemeManager) -> None:
        tr = self.tr
        self.field = QLineEdit(self)
        self.field.setObjectName("find_field")
        self.field.setAccessibleName(tr("Find in this article"))
        self.field.setPlaceholderText(tr("Find in this article"))
        self.field.setMinimumWidth(120)
        self.field.setMaximumWidth(260)
        self.match_case = self._make_switch("case", "Aa", tr("Match case"))
        self.whole_words = self._make_switch("words", "ab", tr("Whole words"))
        self.whole_words.setStyleSheet("text-decoration: underline;")
        self.pattern = self._make_switch("pattern", ".*", tr("Regular expression"))
        self._previous = IconButton(themes, "chevron-up", tr("Previous place"), key="Shift+F3", parent=self)
        self._next = IconButton(themes, "chevron-down", tr("Next place"), key="F3", parent=self)
        self._count = ElidedLabel(parent=self)
        self._count.setObjectName("find_count")
        self._count.setProperty("role", "caption")
        self.scope = Segmented(
            tr("Where to find"), [(TEXT, tr("Text")), (WRITTEN, tr("Claims and notes"))], parent=self
        )
        self.scope.setObjectName("find_scope")
        self.scope.hide()  # until somebody tells what is written
        self._close = IconButton(themes, "x", tr("Close"), key="Esc", parent=self)
        self.list = FindList(self)
        self.field.textChanged.connect(self._search)
        self.scope.chosen.connect(self._search)
        self.list.entry_chosen.connect(self.entry_chosen)
        self._previous.clicked.connect(lambda: self.step(-1))
        self._next.clicked.connect(lambda: self.step(1))
        self._close.clicked.connect(self.close_bar)
        self.list.currentRowChanged.connect(self._show_count)

    def _make_switch(self, name: str, text: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"find_{name}")
        button.setText(text)
        button.setProperty("compact", True)
        button.setCheckable(True)
        button.setFixedSize(32, 28)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.toggled.connect(self._search)
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 4, 10, 4)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.field, 1)
        for button in (self.match_case, self.whole_words, self.pattern, self._previous, self._next):
            row.addWidget(button)
        row.addWidget(self._count, 1)
        self._beside = QHBoxLayout()
        self._below = QHBoxLayout()
        self._below.addStretch(1)
        row.addLayout(self._beside)
        row.addWidget(self._close)
        column.addLayout(row)
        column.addLayout(self._below)
        column.addWidget(self.list)

    # ------------------------------------------------------------------------------------------------ what is found

    @property
    def places(self) -> Places:
        """All places found so far."""
        return self._places

    @property
    def current(self) -> TextSpan | None:
        """The place that is shown."""
        return self._places[self._at] if 0 <= self._at < len(self._places) else None

    def set_text(self, text: str, blocks: Sequence[Block]) -> None:
        """Search in this text from now on."""
        self._finder = Finder(text, blocks)
        self._start = 0
        self._forget()
        self.hide()
        self.places_changed.emit()

    def ask_for_entries(self, entries: Callable[[], Sequence[Entry]]) -> None:
        """Ask this for what is written about the article whenever somebody looks there."""
        self._entries = entries
        self.scope.show()

    def open_bar(self, start: int, words: str = "") -> None:
        """Show the bar, to find `words` if there are any; the first place shown is the one at or behind `start`."""
        self._start = start
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if words and "\n" not in words and len(words) <= _LONGEST_TAKEN and not self.pattern.isChecked():
            self.field.setText(words)
        self.field.selectAll()
        self._search()

    def close_bar(self) -> None:
        """Hide the bar and give the focus back."""
        if not self.isHidden():
            self.hide()
            self._more.stop()
            self.closed.emit()

    def step(self, by: int) -> None:
        """Go to the next place (1) or the previous one (-1), around the ends."""
        if self._stale:
            self._search()
        elif self.scope.value() == WRITTEN and self.list.count():
            self._note = self._around(by) if self.list.step(by) else ""
            self._show_count()
        elif self._places:
            before = self._at
            self._at = (before + by) % len(self._places)
            self._note = self._around(by) if (self._at - before) * by <= 0 else ""
            self._start = self._places[self._at].start  # typing on goes on from here
            self._show_place()

    def _around(self, by: int) -> str:
        return self.tr("on from the start") if by > 0 else self.tr("on from the end")

    def _forget(self) -> None:
        self._more.stop()
        self._portions, self._places, self._at, self._note, self._stale = None, Places(), -1, "", True
        self.list.clear()
        self.list.hide()

    def _search(self) -> None:
        self._forget()
        self._stale = False
        self._say("")
        query = Query(
            self.field.text(),
            self.match_case.isChecked(),
            self.whole_words.isChecked(),
            self.pattern.isChecked(),
        )
        if query.words:
            self._guarded(lambda: self._begin(query))
        self.places_changed.emit()

    def _begin(self, query: Query) -> None:
        if self.scope.value() == WRITTEN:
            self.list.set_entries(self._entries())
            self.list.search(query)
            self._show_count()
        else:
            self._portions = self._finder.find(query)
            self._look()

    def _go_on(self) -> None:
        self._guarded(self._look)
        self.places_changed.emit()

    def _guarded(self, look: Callable[[], None]) -> None:
        """Look for something; what is wrong with a pattern is said."""
        try:
            look()
        except InvalidValue as error:
            self._say(self.tr("Not an expression: {reason}").format(reason=error.what), tone="danger")
        except TimeoutError:
            self._portions = None
            self._say(self.tr("This expression takes too long"), tone="danger")

    def _look(self) -> None:
        """Find more places for a moment, and show the first one that comes."""
        until = perf_counter() + _SLICE
        portions = self._portions or iter(())
        for portion in portions:
            self._places.add(portion)
            if perf_counter() > until:
                self._more.start()
                break
        else:
            self._portions = None
        if self._at >= 0:
            self._show_count()
            return
        at = bisect_left(self._places.starts, self._start)
        self._at = at if at < len(self._places) else -1
        if self._at < 0 and self._portions is None and self._places:
            self._at, self._note = 0, self._around(1)
        if self._at >= 0:
            self._show_place()
        else:
            self._show_count()

    # ------------------------------------------------------------------------------------------------ what is shown

    def _show_place(self) -> None:
        self._show_count()
        self.places_changed.emit()
        self.found.emit(self._places[self._at])

    def _show_count(self) -> None:
        written = self.scope.value() == WRITTEN
        at, many = (self.list.currentRow(), self.list.count()) if written else (self._at, len(self._places))
        if many:
            said = self.tr("{at} of {all}").format(at=at + 1, all=self.locale().toString(many))
            if at < 0:
                said = self.tr("1 place") if many == 1 else self.tr("%n places", "", many)
            more = "…" if self._portions is not None else f" · {self._note}" if self._note else ""
            self._say(said + more)
        elif self._portions is not None:
            self._say("…")
        elif self.field.text().strip():
            self._say(self.tr("Nothing found"))

    def _say(self, text: str, tone: str = "muted") -> None:
        set_style_property(self._count, "tone", tone)
        self._count.set_text(text)
        if text and text != "…":
            self.said.emit(text)

    # ------------------------------------------------------------------------------------------------ Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if key == Qt.Key.Key_Escape:
            self.close_bar()
        elif enter and self.field.hasFocus():
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.field.hasFocus():
            self.step(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        here, other = (self._beside, self._below) if self.width() >= _WIDE else (self._below, self._beside)
        if here.indexOf(self.scope) < 0:
            other.removeWidget(self.scope)
            here.insertWidget(0, self.scope)
