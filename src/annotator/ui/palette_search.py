"""What the command palette searches: its items, how well they fit, and the model of the results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QAction

Index = QModelIndex | QPersistentModelIndex

ITEM_ROLE = Qt.ItemDataRole.UserRole + 1
HITS_ROLE = Qt.ItemDataRole.UserRole + 2
_MOST_RESULTS = 60


@dataclass(frozen=True, slots=True)
class PaletteItem:
    """Something to run or to open. `key` names it in the history; `hint` is searched too, and counts less."""

    key: str
    text: str
    group: str
    icon: str = ""
    hint: str = ""
    shortcut: str = ""
    why_not: str = ""
    action: QAction | None = None
    article_id: str = ""


def fuzzy(query: str, text: str) -> tuple[int, tuple[int, ...]] | None:
    """How well `query` fits `text` and where its letters are; None when they don't occur in that order.

    A run of letters at the start scores most, then one at the start of a word, then first letters of words, then any
    run, then scattered letters; among equals the shorter text. Offsets are code points.
    """
    needle, hay = query.casefold(), text.casefold()
    if not needle:
        return 0, ()
    if len(hay) != len(text):  # folding changed the length, so offsets would be wrong
        needle, hay = query.lower(), text.lower() if len(text.lower()) == len(text) else text
    if (start := _best_run(needle, hay)) >= 0:
        head = 400 if start == 0 else 300 if not hay[start - 1].isalnum() else 200
        return head - min(start, 60) - len(hay) // 8, tuple(range(start, start + len(needle)))
    places: list[int] = []
    at = 0
    for letter in needle.replace(" ", ""):
        at = hay.find(letter, at)
        if at < 0:
            return None
        places.append(at)
        at += 1
    starts = sum(1 for place in places if place == 0 or not hay[place - 1].isalnum())
    gaps = places[-1] - places[0] + 1 - len(places)
    if gaps > 3 * len(places) + 6 and starts < len(places):
        return None
    head = 250 if starts == len(places) else 100 + 12 * starts
    return head - gaps - len(hay) // 8, tuple(places)


def _best_run(needle: str, hay: str) -> int:
    """Where the whole query stands, at the start of a word if possible; -1 for nowhere."""
    first = at = hay.find(needle)
    while at >= 0:
        if at == 0 or not hay[at - 1].isalnum():
            return at
        at = hay.find(needle, at + 1)
    return first


class PaletteModel(QAbstractListModel):
    """The items that fit, best first within their group; groups in the order of their best item."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[PaletteItem, ...] = ()
        self._recent: tuple[str, ...] = ()
        self._shown: list[tuple[PaletteItem, tuple[int, ...]]] = []

    def set_items(self, items: Sequence[PaletteItem], recent: Sequence[str] = ()) -> None:
        """Search among `items`; `recent` are the keys of those used last, newest first."""
        self._items, self._recent = tuple(items), tuple(recent)
        self.set_query("")

    def set_query(self, query: str) -> None:
        """Show what fits `query`; without one what was used last, then everything in its order."""
        typed = query.strip()
        ranks = {key: rank for rank, key in enumerate(self._recent)}
        scored: list[tuple[float, PaletteItem, tuple[int, ...]]] = []
        for number, item in enumerate(self._items):
            bonus = max(0, 40 - 4 * ranks[item.key]) if item.key in ranks else 0
            if not typed:
                scored.append((1000 - ranks[item.key] if item.key in ranks else -number, item, ()))
                continue
            found = fuzzy(typed, item.text)
            if found is not None:
                scored.append((found[0] + bonus, item, found[1]))
            elif (hint := fuzzy(typed, item.hint) if item.hint else None) is not None and hint[0] >= 150:
                scored.append((hint[0] - 150 + bonus, item, ()))
        scored.sort(key=lambda entry: -entry[0])
        groups = {item.group: place for place, (_, item, _) in reversed(list(enumerate(scored)))}
        scored = sorted(scored[:_MOST_RESULTS], key=lambda entry: groups[entry[1].group])
        self.beginResetModel()
        self._shown = [(item, hits) for _, item, hits in scored]
        self.endResetModel()

    def starts_group(self, row: int) -> bool:
        """Whether the caption of a group stands above a row."""
        return row == 0 or self._shown[row][0].group != self._shown[row - 1][0].group

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self._shown[index.row()][0].why_not:
            return Qt.ItemFlag.ItemIsSelectable
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._shown):
            return None
        item, hits = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return item.text
            case Qt.ItemDataRole.ToolTipRole:
                return item.why_not or None
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = (item.group, item.text, item.hint, item.shortcut, item.why_not)
                return ". ".join(part for part in parts if part)
            case _ if role == ITEM_ROLE:
                return item
            case _ if role == HITS_ROLE:
                return hits
        return None
