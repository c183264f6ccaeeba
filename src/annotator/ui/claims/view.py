"""The page of all claims."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from annotator.ui.claims.delegate import ClaimCells
from annotator.ui.claims.filters import ANY, TagChoice, VerdictChoice
from annotator.ui.claims.model import ClaimsModel, row_key
from annotator.ui.claims.values import ClaimRow
from annotator.ui.icons import icon
from annotator.ui.panel.claim_list import is_open
from annotator.ui.sources.page import SearchField, TablePage
from annotator.ui.sources.row_table import RowTable
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import EmptyState, label

_WIDTHS = ((274, 170), (130, 122), (124, 118), (144, 138))
_NARROW_BELOW = 1200


class ClaimsView(TablePage):
    """The claims of every article. `claim_opened` carries a claim and the article to open it in."""

    claim_opened = Signal(str, str)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self.setObjectName("claims_view")
        self.setAccessibleName(self.tr("Claims"))
        self.left.setProperty("surface", "panel")
        self._add_filters()
        self.model = ClaimsModel(self)
        self.table = self._make_table()
        hint = self.tr("Open an article, select a sentence with [E], then press [C].")
        self._put_table(self.table, EmptyState(themes, "list-checks", self.tr("No claims yet."), hint, self))
        self._show()

    def set_claims(self, claims: tuple[ClaimRow, ...]) -> None:
        """Show these claims; filters, sorting and the chosen claim stay."""
        self.verdicts.set_rows(claims)
        self.tags.set_rows(claims)
        self.model.set_claims(claims)
        self._on_filtered()

    def select(self, claim_id: str, article_id: str) -> None:
        """Choose a claim; filters that hide it are cleared."""
        key = row_key(claim_id, article_id)
        if self.table.choose(key):
            return
        if any(self.model.key(row) == key for row in self.model.all_rows()):
            self.clear_search()
            self.table.choose(key)

    def clear_search(self) -> None:
        """Show all claims again."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        for choice in (self.verdicts, self.tags):
            choice.blockSignals(True)
            choice.setCurrentIndex(0)
            choice.blockSignals(False)
        self._on_filtered()

    def _add_filters(self) -> None:
        spoken = self.tr("Filter claims by statement, quote or article")
        self.search = self._add_search(SearchField(self._themes, self.tr("Filter claims"), spoken, self))
        self.search.setObjectName("claims_search")
        self.search.textChanged.connect(self._on_filtered)
        self.verdicts = VerdictChoice(self._themes, self)
        self.tags = TagChoice(self._themes, self)
        for choice in (self.verdicts, self.tags):
            choice.currentIndexChanged.connect(self._on_filtered)
            self.toolbar.addWidget(choice)
        self._clear = QPushButton(self.tr("Clear"), self)
        self._clear.setObjectName("claims_clear")
        self._clear.setAccessibleName(self.tr("Clear filters"))
        self._clear.setProperty("kind", "link")
        self._clear.clicked.connect(self._on_cleared)
        self.toolbar.addWidget(self._clear)
        self.toolbar.addStretch(1)
        self.count_label = label("", tone="secondary", parent=self)
        self.count_label.setObjectName("claims_count")
        self.toolbar.addWidget(self.count_label)

    def _make_table(self) -> RowTable:
        table = RowTable(self._themes, self.model, _WIDTHS, self, narrow_below=_NARROW_BELOW)
        table.setObjectName("claims_table")
        table.setAccessibleName(self.tr("Claims of all articles"))
        table.setItemDelegate(ClaimCells(self._themes, table))
        table.fill_menu = self._fill_menu
        table.opened.connect(self._on_opened)
        return table

    def _fill_menu(self, menu: QMenu, key: str) -> None:
        ink = self._themes.theme.color("textSecondary")
        opening = menu.addAction(icon("book-open", ink), self.tr("Open in article\tEnter"))
        opening.triggered.connect(lambda: self._on_opened(key))

    def _show(self) -> None:
        total, shown = len(self.model.all_rows()), self.model.shown_rows()
        self._show_state(total=total, shown=len(shown))
        self._clear.setVisible(bool(self.search.text() or self.verdicts.value() or self.tags.value()))
        claims = self.tr("1 claim") if total == 1 else self.tr("%n claims", "", total)
        if len(shown) != total:
            told = self.tr("%1 of %2").replace("%1", self.locale().toString(len(shown)))
            claims = told.replace("%2", claims)
        opened = sum(is_open(row.view) for row in shown)
        self.count_label.setText(f"{claims} · " + self.tr("%n open", "", opened) if total else "")

    def _on_filtered(self) -> None:
        verdict = self.verdicts.value()

        def wanted(row: ClaimRow) -> bool:
            return (verdict == ANY or row.view.claim.verdict == verdict) and self.tags.accepts(row)

        self.model.set_filter(self.search.text(), wanted)
        self._show()

    def _on_opened(self, key: str) -> None:
        place = self.model.row_of(key)
        if place >= 0:
            row = self.model.shown_rows()[place]
            self.claim_opened.emit(str(row.view.claim.id), row.article_id)
