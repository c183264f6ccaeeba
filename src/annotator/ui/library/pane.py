"""The library column: header, filter, status and the list of articles."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.article import ArticleStatus
from annotator.domain.views import ArticleSummary
from annotator.ui.icons import icon
from annotator.ui.library.delegate import ArticleDelegate
from annotator.ui.library.model import ID_ROLE, SUMMARY_ROLE, ArticleFilter, ArticleListModel, ArticleOrder
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets.base import follow
from annotator.ui.widgets.buttons import IconButton, Segmented
from annotator.ui.widgets.labels import label

_ALL = "all"


class ArticleList(QListView):
    """The list itself. `opened` carries the row that was clicked or on which Return was pressed."""

    opened = Signal(QModelIndex)
    delete_pressed = Signal(QModelIndex)
    beside_pressed = Signal(QModelIndex)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("article_list")
        self.setAccessibleName(self.tr("Library"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            self.opened.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        returned = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if index.isValid() and plain and returned:
            self.opened.emit(index)
        elif index.isValid() and returned and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.beside_pressed.emit(index)
        elif index.isValid() and plain and event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit(index)
        else:
            super().keyPressEvent(event)


class LibraryPane(QFrame):
    """Shows the articles and tells what the user wishes for; ids are those of articles."""

    article_activated = Signal(str)
    beside_requested = Signal(str)
    import_requested = Signal()
    delete_requested = Signal(str)
    original_requested = Signal(str)
    status_requested = Signal(str, str)
    order_changed = Signal(str)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library_pane")
        self.setAccessibleName(self.tr("Library"))
        self.setProperty("surface", "panel")
        self._themes = themes
        self._current = ""
        self._model = ArticleListModel(parent=self)
        self._filter = ArticleFilter(self)
        self._filter.setSourceModel(self._model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_header())
        column.addLayout(self._make_filter())
        self._pages = QStackedWidget(self)
        self.list = self._make_list()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._make_nothing())
        column.addWidget(self._pages, 1)
        self.setFocusProxy(self.list)
        self.setMinimumWidth(themes.theme.metric("libraryMin"))
        follow(themes, self._dress)
        self.set_articles(())

    @property
    def model(self) -> ArticleListModel:
        """All articles, unfiltered."""
        return self._model

    def set_articles(self, articles: tuple[ArticleSummary, ...]) -> None:
        """Show `articles`; filter, sorting and the article that is open stay."""
        self._model.set_articles(articles)
        self._count.setText(self.locale().toString(len(articles)) if articles else "")
        done = sum(article.status == ArticleStatus.DONE for article in articles)
        self._segments.set_text(_ALL, self.tr("All"))
        self._segments.set_text(ArticleStatus.OPEN, self.tr("Open %n", "", len(articles) - done))
        self._segments.set_text(ArticleStatus.DONE, self.tr("Done %n", "", done))
        self._select_current()
        self._show_state()

    def set_current(self, article_id: str) -> None:
        """Select the article that is open, without asking to open it."""
        self._current = article_id
        self._select_current()

    def set_order(self, order: str) -> None:
        """Sort the list; unknown names mean the order in which articles were added."""
        known = ArticleOrder(order) if order in list(ArticleOrder) else ArticleOrder.ADDED
        self._filter.set_order(known)
        for action in self._orders.actions():
            action.setChecked(action.data() == known)

    def focus_filter(self) -> None:
        """Put the caret into the filter field."""
        self.filter_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_field.selectAll()

    def clear_filters(self) -> None:
        """Show all articles again."""
        self.filter_field.clear()
        self._segments.set_value(_ALL)
        self._on_status_chosen(_ALL)

    def _make_header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(4)
        row.addWidget(label(self.tr("Library"), role="strong", parent=self))
        self._count = label("", role="caption", tone="muted", parent=self)
        row.addWidget(self._count)
        row.addStretch(1)
        sort = IconButton(self._themes, "arrow-down-wide-narrow", self.tr("Sort articles"), parent=self)
        sort.setObjectName("library_sort")
        sort.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        sort.setMenu(self._make_sort_menu())
        row.addWidget(sort)
        add = IconButton(self._themes, "plus", self.tr("Open articles"), key="Ctrl+O", parent=self)
        add.setObjectName("library_add")
        add.clicked.connect(self.import_requested)
        row.addWidget(add)
        return row

    def _make_sort_menu(self) -> QMenu:
        menu = QMenu(self)
        self._orders = QActionGroup(self)
        for order, text in (
            (ArticleOrder.ADDED, self.tr("Order added")),
            (ArticleOrder.TITLE, self.tr("Title")),
            (ArticleOrder.PUBLICATION, self.tr("Publication")),
            (ArticleOrder.PUBLISHED, self.tr("Newest first")),
            (ArticleOrder.OPEN_CLAIMS, self.tr("Most open claims")),
        ):
            action = QAction(text, self._orders)
            action.setCheckable(True)
            action.setChecked(order is ArticleOrder.ADDED)
            action.setData(order)
            menu.addAction(action)
        self._orders.triggered.connect(self._on_order_chosen)
        return menu

    def _make_filter(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(12, 2, 12, 10)
        column.setSpacing(8)
        self.filter_field = QLineEdit(self)
        self.filter_field.setObjectName("library_filter")
        self.filter_field.setProperty("soft", True)
        self.filter_field.setPlaceholderText(self.tr("Filter articles"))
        self.filter_field.setAccessibleName(self.tr("Filter articles by title, author or publication"))
        self.filter_field.setClearButtonEnabled(True)
        self._filter_icon = self.filter_field.addAction(
            icon("list-filter", self._themes.theme.color("textSecondary")),
            QLineEdit.ActionPosition.LeadingPosition,
        )
        self.filter_field.textChanged.connect(self._on_filter_changed)
        self.filter_field.returnPressed.connect(self._on_filter_returned)
        column.addWidget(self.filter_field)
        choices = ((_ALL, ""), (str(ArticleStatus.OPEN), ""), (str(ArticleStatus.DONE), ""))
        self._segments = Segmented(self.tr("Show"), choices, parent=self)
        self._segments.setObjectName("library_status")
        self._segments.chosen.connect(self._on_status_chosen)
        column.addWidget(self._segments)
        return column

    def _make_list(self) -> ArticleList:
        view = ArticleList(self)
        view.setModel(self._filter)
        view.setItemDelegate(ArticleDelegate(self._themes, self._model, view))
        view.opened.connect(lambda index: self.article_activated.emit(index.data(ID_ROLE)))
        view.beside_pressed.connect(lambda index: self.beside_requested.emit(index.data(ID_ROLE)))
        view.delete_pressed.connect(lambda index: self.delete_requested.emit(index.data(ID_ROLE)))
        view.customContextMenuRequested.connect(self._on_menu_requested)
        return view

    def _make_nothing(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 24, 16, 16)
        column.setSpacing(8)
        self._nothing = label("", tone="secondary", parent=page)
        self._nothing.setObjectName("library_nothing")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._nothing)
        self._clear_button = QPushButton(self.tr("Clear filters"), page)
        self._clear_button.setObjectName("library_clear_filters")
        self._clear_button.setProperty("compact", True)
        self._clear_button.setAccessibleName(self.tr("Clear filters"))
        self._clear_button.clicked.connect(self.clear_filters)
        column.addWidget(self._clear_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _show_state(self) -> None:
        """The list, or why it is empty."""
        empty = self._filter.rowCount() == 0
        self._pages.setCurrentIndex(1 if empty else 0)
        self._clear_button.setVisible(self._model.rowCount() > 0)
        query = self.filter_field.text().strip()
        if self._model.rowCount() == 0:
            self._nothing.setText(self.tr("No articles yet. Press Ctrl+O to open some."))
        elif query:
            self._nothing.setText(self.tr("Nothing matches “{query}”.").format(query=query))
        else:
            self._nothing.setText(self.tr("No article here."))

    def _select_current(self) -> None:
        row = self._model.row_of(self._current)
        index = self._filter.mapFromSource(self._model.index(row)) if row >= 0 else QModelIndex()
        if index.isValid():
            self.list.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        else:
            self.list.selectionModel().clear()

    def _on_filter_changed(self, text: str) -> None:
        self._filter.set_text(text)
        self._select_current()
        self._show_state()

    def _on_filter_returned(self) -> None:
        if self._filter.rowCount() == 0:
            return
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self._filter.index(0, 0))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_status_chosen(self, key: str) -> None:
        self._filter.set_status("" if key == _ALL else key)
        self._select_current()
        self._show_state()

    def _on_order_chosen(self, action: QAction) -> None:
        self._filter.set_order(ArticleOrder(action.data()))
        self.order_changed.emit(str(action.data()))

    def menu_for(self, index: QModelIndex) -> QMenu | None:
        """The context menu of a row."""
        article = index.data(SUMMARY_ROLE)
        if not isinstance(article, ArticleSummary):
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme = self._themes.theme
        done = article.status == ArticleStatus.DONE
        wanted = ArticleStatus.OPEN if done else ArticleStatus.DONE
        text = self.tr("Mark as open") if done else self.tr("Mark as done")
        opening = menu.addAction(icon("book-open", theme.color("textSecondary")), self.tr("Open"))
        opening.setShortcut(QKeySequence(Qt.Key.Key_Return))
        opening.triggered.connect(lambda: self.article_activated.emit(article.id))
        marking = menu.addAction(
            icon("circle-dashed" if done else "circle-check", theme.color("textSecondary")), text
        )
        marking.triggered.connect(lambda: self.status_requested.emit(article.id, str(wanted)))
        saving = menu.addAction(icon("save", theme.color("textSecondary")), self.tr("Save the original…"))
        saving.triggered.connect(lambda: self.original_requested.emit(article.id))
        beside = menu.addAction(icon("columns-2", theme.color("textSecondary")), self.tr("Show beside"))
        beside.setShortcut(QKeySequence("Ctrl+Return"))
        beside.triggered.connect(lambda: self.beside_requested.emit(article.id))
        menu.addSeparator()
        deleting = menu.addAction(icon("trash-2", theme.color("textSecondary")), self.tr("Delete"))
        deleting.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        deleting.triggered.connect(lambda: self.delete_requested.emit(article.id))
        return menu

    def _on_menu_requested(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        if not index.isValid():
            return
        menu = self.menu_for(index)
        if menu is not None:
            menu.popup(self.list.viewport().mapToGlobal(place))

    def _dress(self, theme: Theme) -> None:
        self._filter_icon.setIcon(icon("list-filter", theme.color("textSecondary")))
        self.list.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.filter_field.hasFocus():
            self._on_filter_returned()
        elif event.key() == Qt.Key.Key_Escape and self.filter_field.hasFocus() and self.filter_field.text():
            self.filter_field.clear()
        else:
            super().keyPressEvent(event)
