"""Where words stand in the claims and notes of an article: a list below the line in which they are typed."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from annotator.domain.finding import Query, first_place

_ROW, _MOST_ROWS = 26, 6
_BEFORE, _LONGEST = 30, 300  # characters shown before the place, and in all
_SECONDS = 0.5  # that a pattern may take for all entries
_KEY = Qt.ItemDataRole.UserRole


class Entry(NamedTuple):
    """Something written about the article: where it leads to, what it is, and its words."""

    key: str
    title: str
    text: str


class FindList(QListWidget):
    """The entries in which words stand; the chosen one is told by its key."""

    entry_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find_list")
        self.setAccessibleName(self.tr("Places in claims and notes"))
        self.setUniformItemSizes(True)
        self.setStyleSheet(f"QListView::item {{ min-height: {_ROW - 8}px; }}")  # with 4 above and below
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._entries: Sequence[Entry] = ()
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)
        self._fit()

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Find in these from now on."""
        self._entries = entries

    def search(self, query: Query) -> None:
        """List the entries in which the words stand. Raises what `Finder.find` does."""
        self.clear()
        self._fit()
        until = perf_counter() + _SECONDS
        for entry in self._entries:
            place = first_place(entry.text, query)
            if perf_counter() > until:
                raise TimeoutError
            if place is not None:
                item = QListWidgetItem(f"{entry.title}:  {_around(entry.text, place.start)}", self)
                item.setData(_KEY, entry.key)
        self._fit()

    def step(self, by: int) -> bool:
        """Choose the next (1) or the previous (-1) entry; whether that led around an end."""
        row = self.currentRow() + by if self.currentRow() >= 0 or by > 0 else -1
        around = not 0 <= row < self.count()
        self.setCurrentRow(row % self.count())
        self._choose(self.currentItem())
        return around

    def _choose(self, item: QListWidgetItem) -> None:
        self.entry_chosen.emit(item.data(_KEY))

    def _fit(self) -> None:
        self.setFixedHeight(_ROW * min(max(1, self.count()), _MOST_ROWS) + 2)
        self.setVisible(self.count() > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text().isprintable():
            event.ignore()  # typing ahead would jump to numbers
        else:
            super().keyPressEvent(event)


def _around(text: str, at: int) -> str:
    """The words around a place, on one line."""
    start = text.rfind(" ", 0, max(0, at - _BEFORE)) + 1 if at > _BEFORE else 0
    words = " ".join(text[start:].split())
    return ("…" if start else "") + (words if len(words) <= _LONGEST else words[:_LONGEST] + "…")
