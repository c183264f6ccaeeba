"""A table model over a tuple of values that searches and sorts by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cmp_to_key
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QCollator,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

Index = QModelIndex | QPersistentModelIndex
R = TypeVar("R")

KEY_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ROW_ROLE = KEY_ROLE + 1
NATURAL = -1  # the column to sort by for the order in which the rows were given


class RowModel(QAbstractTableModel, Generic[R]):
    """One value per row. What a row is called, shows, is found by and sorted by, the subclass says.

    Searching and sorting happen here and not in a proxy: a proxy asks Python twice for each comparison, which
    takes seconds for ten thousand rows.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[R, ...] = ()
        self._shown: tuple[R, ...] = ()
        self._texts: dict[str, str] = {}
        self._words: tuple[str, ...] = ()
        self._wanted: Callable[[R], bool] | None = None
        self._column, self._order = NATURAL, Qt.SortOrder.AscendingOrder
        self._collator = QCollator(QLocale())
        self._collator.setNumericMode(True)
        self._collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._collated = cmp_to_key(self._collator.compare)

    def key(self, row: R) -> str:
        """What names the row, unique in the table."""
        raise NotImplementedError

    def titles(self) -> Sequence[str]:
        """The headings of the columns."""
        raise NotImplementedError

    def search_text(self, row: R) -> str:
        """The text that a search looks through."""
        raise NotImplementedError

    def cell(self, row: R, column: int) -> str:
        """What a cell says."""
        raise NotImplementedError

    def spoken(self, row: R, column: int) -> str:
        """What a screen reader says at a cell; the first one speaks for the row."""
        raise NotImplementedError

    def sort_value(self, row: R, column: int) -> str | float:
        """What to sort a column by; texts follow the rules of the user's language."""
        return self.cell(row, column)

    def tooltip(self, row: R, column: int) -> str:
        """What a cell says when it has no room."""
        return self.cell(row, column)

    def all_rows(self) -> tuple[R, ...]:
        """Every row, in the order given."""
        return self._all

    def shown_rows(self) -> tuple[R, ...]:
        """The rows the search lets through, as sorted."""
        return self._shown

    def row_of(self, key: str) -> int:
        """The place of a row, -1 when it isn't shown."""
        return next((place for place, row in enumerate(self._shown) if self.key(row) == key), -1)

    def set_rows(self, rows: tuple[R, ...]) -> None:
        """Show these rows; search and sorting stay. The same rows in the same order are not reset."""
        self._all = rows
        self._texts = {self.key(row): self.search_text(row).casefold() for row in rows}
        self._arrange()

    def set_filter(self, text: str, wanted: Callable[[R], bool] | None = None) -> None:
        """Show only rows that hold every word of `text` and that `wanted` accepts."""
        self._words, self._wanted = tuple(text.casefold().split()), wanted
        self._arrange()

    def _accepts(self, row: R) -> bool:
        text = self._texts[self.key(row)]
        return all(word in text for word in self._words) and (self._wanted is None or self._wanted(row))

    def _sort_key(self, row: R) -> Any:
        value = self.sort_value(row, self._column)
        return self._collated(value) if isinstance(value, str) else value

    def _arrange(self) -> None:
        found = [row for row in self._all if self._accepts(row)]
        if self._column != NATURAL:
            found.sort(key=self._sort_key, reverse=self._order == Qt.SortOrder.DescendingOrder)
        before, after = self._shown, tuple(found)
        if [self.key(row) for row in before] != [self.key(row) for row in after]:
            self.beginResetModel()
            self._shown = after
            self.endResetModel()
            return
        self._shown = after
        last = self.columnCount() - 1
        for place, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(place, 0), self.index(place, last))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.titles())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        titles = self.titles()
        across = orientation == Qt.Orientation.Horizontal and 0 <= section < len(titles)
        if across and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return titles[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._shown):
            return None
        row, column = self._shown[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.cell(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self.tooltip(row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(row, column)
            case _ if role == KEY_ROLE:
                return self.key(row)
            case _ if role == ROW_ROLE:
                return row
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._order = column, order
        self._arrange()
