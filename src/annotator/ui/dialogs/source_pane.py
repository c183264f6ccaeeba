"""Step 1 of linking evidence: choose a source, or type in a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.source import Source
from annotator.ui.dialogs.source_form import SourceForm
from annotator.ui.dialogs.source_list import SOURCE_ROLE, SourceDelegate, SourceListModel
from annotator.ui.dialogs.values import SourceInput
from annotator.ui.icons import icon
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets.base import follow
from annotator.ui.widgets.labels import label

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class SourcePane(QFrame):
    """The list with its search, or the form. `next_requested`: Return was pressed, the quote comes next."""

    chosen = Signal()
    next_requested = Signal()

    def __init__(
        self, themes: ThemeManager, sources: Sequence[Source], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._wanted = ""
        self._model = SourceListModel(sources, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 0)
        column.setSpacing(0)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._make_list_page())
        self._pages.addWidget(self._make_form_page())
        column.addWidget(self._pages, 1)
        column.addWidget(self._make_switch())
        follow(themes, self._dress)
        self._on_search("")

    @property
    def is_new(self) -> bool:
        """Whether the form is shown in place of the list."""
        return self._pages.currentIndex() == 1

    def source(self) -> Source | None:
        """The source chosen from the list."""
        found = self.list.currentIndex().data(SOURCE_ROLE) if not self.is_new else None
        return found if isinstance(found, Source) else None

    def new_source(self) -> SourceInput | None:
        """The source that was typed in, when it has a title."""
        return self.form.value() if self.is_new and not self.form.problem() else None

    def choose(self, source_id: str) -> None:
        """Select a source of the list, if it is there."""
        self._wanted = source_id
        row = self._model.row_of(source_id)
        if row >= 0:
            self._select(row)

    def show_form(self) -> None:
        """Type in a new source; what was searched for in vain becomes its title."""
        if not self._model.rowCount() and not self.form.title_field.text():
            self.form.title_field.setText(self.search.text().strip())
        self._show_page(1)
        self.form.title_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_list(self) -> None:
        """Back to the sources of the library."""
        self._show_page(0)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_page(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        text = self.tr("Back to the list") if page else self.tr("New source…")
        self._switch.setText(text)
        self._switch.setAccessibleName(text)
        self._switch.setToolTip(self.tr("Back to the list (Esc)") if page else self.tr("New source (Ctrl+N)"))
        self._dress(self._themes.theme)
        self.chosen.emit()

    def _make_list_page(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(0)
        column.addLayout(step_caption("1", self.tr("Source"), page, left=11))
        self.search = QLineEdit(page)
        self.search.setObjectName("evidence_source_search")
        self.search.setPlaceholderText(self.tr("Find a source"))
        self.search.setAccessibleName(self.tr("Find a source"))
        self.search.setClearButtonEnabled(True)
        self._search_icon = self.search.addAction(
            icon("search", self._themes.theme.color("textSecondary")),
            QLineEdit.ActionPosition.LeadingPosition,
        )
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._on_returned)
        self.search.installEventFilter(self)
        row = QHBoxLayout()
        row.setContentsMargins(11, 4, 12, 8)
        row.addWidget(self.search)
        column.addLayout(row)
        self.list = QListView(page)
        self.list.setObjectName("evidence_source_list")
        self.list.setAccessibleName(self.tr("Sources"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setModel(self._model)
        self.list.setItemDelegate(SourceDelegate(self._themes, self.list))
        self.list.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        column.addWidget(self.list, 1)
        self._nothing = label("", tone="secondary", parent=page)
        self._nothing.setObjectName("evidence_no_source")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self._nothing, 1)
        return page

    def _make_form_page(self) -> QWidget:
        page = QScrollArea(self)
        page.setWidgetResizable(True)
        page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(page)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(0)
        column.addLayout(step_caption("1", self.tr("New source"), inner, left=11))
        self.form = SourceForm(self._themes, inner)
        self.form.changed.connect(self.chosen)
        self.form.submitted.connect(self.next_requested)
        column.addWidget(self.form, 1)
        page.setWidget(inner)
        page.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        return page

    def _make_switch(self) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(3, 5, 8, 4)
        self._switch = QPushButton(self.tr("New source…"), holder)
        self._switch.setObjectName("evidence_new_source")
        self._switch.setProperty("kind", "quiet")
        self._switch.setProperty("compact", True)
        self._switch.setAutoDefault(False)
        self._switch.setAccessibleName(self.tr("New source…"))
        self._switch.setToolTip(self.tr("New source (Ctrl+N)"))
        self._switch.setIconSize(QSize(16, 16))
        self._switch.clicked.connect(lambda: self.show_list() if self.is_new else self.show_form())
        row.addWidget(self._switch)
        row.addStretch(1)
        return holder

    def _select(self, row: int) -> None:
        index = self._model.index(row)
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.list.scrollTo(index)

    def _on_search(self, text: str) -> None:
        before = self.source()
        self._model.set_filter(text)
        rows = self._model.rowCount()
        kept = self._model.row_of(before.id if before is not None and not text else self._wanted)
        if rows:
            self._select(max(kept, 0) if not text.strip() and kept >= 0 else 0)
        if not rows:
            self.chosen.emit()
        self.list.setVisible(rows > 0)
        self._nothing.setVisible(rows == 0)
        if text.strip():
            said = self.tr("No source matches “{query}”. Press Return to add it as a new one.")
            self._nothing.setText(said.format(query=text.strip()))
        else:
            self._nothing.setText(self.tr("No sources yet. Press Ctrl+N to add the first one."))

    def _on_returned(self) -> None:
        if self._model.rowCount():
            self.next_requested.emit()
        else:
            self.show_form()

    def _on_current_changed(self) -> None:
        self.chosen.emit()

    def _dress(self, theme: Theme) -> None:
        self._search_icon.setIcon(icon("search", theme.color("textSecondary")))
        self._switch.setIcon(icon("arrow-left" if self.is_new else "file-plus", theme.color("link")))
        self._switch.setStyleSheet(f"QPushButton {{ color: {theme.css('link')}; }}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if watched is self.search and event.key() in _MOVES:
                self.list.event(event)
                return True
            if watched is self.list and plain and event.text().isdigit():
                event.ignore()  # no type-ahead: digits are stances, and the dialog takes what is ignored here
                return True
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched is self.list and enter and plain and self.source() is not None:
                self.next_requested.emit()
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self._themes.theme.color("border"))
        edge = self.width() - 1 if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else 0
        painter.drawLine(edge, 0, edge, self.height())
        line = self._pages.height()
        painter.drawLine(0, line, self.width(), line)
        painter.end()


def step_caption(number: str, text: str, parent: QWidget, *, left: int = 0) -> QHBoxLayout:
    """The caption of a step: its number in bold, and what to do."""
    row = QHBoxLayout()
    row.setContentsMargins(left, 0, 0, 0)
    row.setSpacing(6)
    count = label(number, role="caption", tone="secondary", parent=parent)
    count.setStyleSheet("font-weight: 700;")
    row.addWidget(count)
    row.addWidget(label(text, role="caption", tone="secondary", parent=parent))
    row.addStretch(1)
    return row
