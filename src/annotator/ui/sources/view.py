"""The page of the library's sources."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from annotator.ui.dialogs.card_button import KeyButton
from annotator.ui.icons import icon
from annotator.ui.sources.delegate import SourceCells
from annotator.ui.sources.details import SourceDetails
from annotator.ui.sources.model import TITLE, SourcesModel
from annotator.ui.sources.page import SearchField, TablePage
from annotator.ui.sources.row_table import RowTable
from annotator.ui.sources.values import SourceRow, SourceUse
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import EmptyState

_WIDTHS = ((194, 150), (132, 112), (64, 56), (84, 76))
_TABLE_NARROW_BELOW = 860
_DETAILS, _DETAILS_NARROW, _NARROW_BELOW = 412, 340, 1200


class SourcesView(TablePage):
    """All sources, and everything about the chosen one. Signals carry the id of a source.

    `source_selected` comes whenever another source is shown, whoever chose it; it is answered with `set_uses`.
    """

    source_selected = Signal(str)
    add_requested = Signal()
    edit_requested = Signal(str)
    delete_requested = Signal(str)
    import_requested = Signal()
    claim_opened = Signal(str, str)
    beside_requested = Signal(str)  # the id of the article that is the source's text

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self.setObjectName("sources_view")
        self.setAccessibleName(self.tr("Sources"))
        self.left.setProperty("surface", "reader")
        self.search = self._add_search(
            SearchField(
                themes,
                self.tr("Search title, author, year"),
                self.tr("Search sources by title, author, year or publisher"),
                self,
            )
        )
        self.search.setObjectName("sources_search")
        self.search.textChanged.connect(self._on_searched)
        self._add_buttons()
        self.model = SourcesModel(self)
        self.table = self._make_table()
        hint = self.tr("Press [Ctrl N] to add one, or import a .bib or .json file.")
        self._put_table(self.table, EmptyState(themes, "library", self.tr("No sources yet."), hint, self))
        self.details = SourceDetails(themes, self)
        self.details.edit_requested.connect(lambda: self._ask(self.edit_requested))
        self.details.delete_requested.connect(lambda: self._ask(self.delete_requested))
        self.details.claim_opened.connect(self.claim_opened)
        self.details.setFixedWidth(_DETAILS)
        self.add_side(self.details)
        self._show()

    def set_sources(self, sources: tuple[SourceRow, ...]) -> None:
        """Show these sources; search, sorting, the chosen source and the uses it was given stay."""
        self.model.set_sources(sources)
        self._show()

    def set_uses(self, source_id: str, uses: tuple[SourceUse, ...]) -> None:
        """Show what a source is used for; nothing happens when another one is shown by now."""
        row = self.details.row()
        if row is not None and row.source.id == source_id:
            self.details.set_uses(uses)

    def select(self, source_id: str) -> None:
        """Choose a source; a search that hides it is cleared."""
        if self.table.choose(source_id):
            return
        if any(row.source.id == source_id for row in self.model.all_rows()):
            self.clear_search()
            self.table.choose(source_id)

    def current_source(self) -> str:
        """The id of the chosen source, "" without one."""
        return self.table.current_key()

    def _add_buttons(self) -> None:
        self.toolbar.addStretch(1)
        bring = KeyButton(self._themes, self.tr("Import…"), icon="download", parent=self)
        bring.setObjectName("sources_import")
        bring.setToolTip(self.tr("Import sources from a .bib or .json file"))
        bring.clicked.connect(self.import_requested)
        add = KeyButton(
            self._themes, self.tr("Add source"), icon="file-plus", key="Ctrl N", primary=True, parent=self
        )
        add.setObjectName("sources_add")
        add.clicked.connect(self.add_requested)
        self.toolbar.addWidget(bring)
        self.toolbar.addWidget(add)

    def _make_table(self) -> RowTable:
        table = RowTable(self._themes, self.model, _WIDTHS, self, narrow_below=_TABLE_NARROW_BELOW)
        table.setObjectName("sources_table")
        table.setAccessibleName(self.tr("Sources"))
        table.setItemDelegate(SourceCells(self._themes, table))
        table.fill_menu = self._fill_menu
        table.row_shown.connect(self._on_shown)
        table.opened.connect(self.edit_requested)
        table.edit_pressed.connect(self.edit_requested)
        table.delete_pressed.connect(self.delete_requested)
        table.sortByColumn(TITLE, Qt.SortOrder.AscendingOrder)
        return table

    def _fill_menu(self, menu: QMenu, source_id: str) -> None:
        ink = self._themes.theme.color("textSecondary")
        edit = menu.addAction(icon("pencil", ink), self.tr("Edit\tF2"))
        edit.triggered.connect(lambda: self.edit_requested.emit(source_id))
        row = next((row for row in self.model.all_rows() if row.source.id == source_id), None)
        if row is not None and row.source.article_id is not None:
            text_id = str(row.source.article_id)
            beside = menu.addAction(icon("columns-2", ink), self.tr("Show its text beside"))
            beside.triggered.connect(lambda: self.beside_requested.emit(text_id))
        copy = menu.addAction(icon("copy", ink), self.tr("Copy citation"))
        copy.triggered.connect(self.details.copy_citation)
        delete = menu.addAction(icon("trash-2", ink), self.tr("Delete\tDel"))
        delete.triggered.connect(lambda: self.delete_requested.emit(source_id))

    def _show(self) -> None:
        """Bring the states of table and details in line with the rows."""
        total = len(self.model.all_rows())
        self._show_state(total=total, shown=self.model.rowCount())
        self.details.setVisible(bool(total))
        place = self.model.row_of(self.current_source())
        self.details.set_row(self.model.shown_rows()[place] if place >= 0 else None)

    def _ask(self, wish: SignalInstance) -> None:
        if self.current_source():
            wish.emit(self.current_source())

    def _on_searched(self, text: str) -> None:
        self.model.set_filter(text)
        self._show()

    def _on_shown(self, source_id: str) -> None:
        self._show()
        if source_id:
            self.source_selected.emit(source_id)

    def on_new(self) -> None:
        self.add_requested.emit()

    def takes_new(self) -> bool:
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < _NARROW_BELOW
        self.details.setFixedWidth(_DETAILS_NARROW if narrow else _DETAILS)
        super().resizeEvent(event)
