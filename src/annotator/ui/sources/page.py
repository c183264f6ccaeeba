"""What the pages of tables have in common: search field, table, and what stands there when it is empty."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.icons import icon
from annotator.ui.sources.row_table import RowTable
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import EmptyState, follow


class SearchField(QLineEdit):
    """A field with a magnifying glass. `left` when `Return` or `Down` hand over to what was found."""

    left = Signal()

    def __init__(self, themes: ThemeManager, hint: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(160)
        self.setMaximumWidth(280)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        glass = icon("search", themes.theme.color("textSecondary"))
        self._glass = self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        follow(themes, self._dress)

    def _dress(self, theme: Theme) -> None:
        self._glass.setIcon(icon("search", theme.color("textSecondary")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)


class TablePage(QFrame):
    """A toolbar above a table. The subclass makes `search` and the table and says what an empty table means."""

    search: SearchField

    def __init__(self, themes: ThemeManager, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.left = QFrame(self)
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.toolbar = QHBoxLayout()
        self.toolbar.setContentsMargins(20, 12, 20, 12)
        self.toolbar.setSpacing(8)
        column.addLayout(self.toolbar)
        self._stack = QStackedWidget(self.left)
        column.addWidget(self._stack, 1)
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(0)
        self._across.addWidget(self.left, 1)

    def add_side(self, panel: QWidget) -> None:
        """Put a panel beside the table."""
        self._across.addWidget(panel)

    def focus_search(self) -> None:
        """Put the caret into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def clear_search(self) -> None:
        """Show all rows again."""
        self.search.clear()

    def on_new(self) -> None:
        """`Ctrl+N` was pressed; nothing by default."""

    def takes_new(self) -> bool:
        """Whether `Ctrl+N` means something here."""
        return False

    def _add_search(self, field: SearchField) -> SearchField:
        self.toolbar.addWidget(field, 2)
        return field

    def _put_table(self, table: RowTable, empty: EmptyState) -> None:
        self._table, self._empty = table, empty
        empty.setAccessibleName(
            empty.accessibleName().replace("..", ".")
        )  # title and hint are both sentences
        self._nothing = EmptyState(self._themes, "search", "", "", self)
        clear = QPushButton(self.tr("Clear filters"), self._nothing)
        clear.setObjectName("table_clear_filters")
        clear.setAccessibleName(self.tr("Clear filters"))
        clear.clicked.connect(self._on_cleared)
        layout = self._nothing.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.count() - 1, clear, 0, Qt.AlignmentFlag.AlignHCenter)
        for page in (table, empty, self._nothing):
            self._stack.addWidget(page)
        table.search_pressed.connect(self.focus_search)
        self.search.left.connect(self._focus_table)
        self.setFocusProxy(table)

    def _show_state(self, *, total: int, shown: int) -> None:
        """The table, or why there is none."""
        if shown:
            self._stack.setCurrentWidget(self._table)
            return
        query = self.search.text().strip()
        told = self.tr("Nothing matches “%1”.").replace("%1", query) if query else self.tr("Nothing fits.")
        self._nothing.set_title(told)
        self._nothing.setAccessibleName(told)
        self._stack.setCurrentWidget(self._nothing if total else self._empty)

    def _focus_table(self) -> None:
        if self._stack.currentWidget() is self._table:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_cleared(self) -> None:
        self.clear_search()
        self._focus_table()

    def _wish(self, event: QKeyEvent) -> str:
        """Which of the page's keys was pressed."""
        if event.matches(QKeySequence.StandardKey.Find):
            return "find"
        if event.matches(QKeySequence.StandardKey.New) and self.takes_new():
            return "new"
        return ""

    def event(self, event: QEvent) -> bool:
        # The window has keys of the same name for the article; in this page they mean the table.
        mine = (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._wish(event)
        )
        if mine:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match self._wish(event):
            case "find":
                self.focus_search()
            case "new":
                self.on_new()
            case _:
                super().keyPressEvent(event)
