"""A table whose rows are one thing each: header, keys, selection that survives a search, how a row is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.ui import icons
from annotator.ui.panel.drawing import mirrored
from annotator.ui.sources.row_model import KEY_ROLE, NATURAL, Index, RowModel
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import follow

ROW_HEIGHT, HEADER_HEIGHT = 40, 34
_EDGE, _GAP = 20, 14  # beside the outer columns, and between columns
_ACCENT, _RING = 3, 2
_FLAGS = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


def cell_room(direction: Qt.LayoutDirection, box: QRect, column: int, columns: int) -> QRect:
    """The part of a cell that is for its content."""
    left = _EDGE if column == 0 else 0
    right = _EDGE if column == columns - 1 else _GAP
    return mirrored(direction, box, box.adjusted(left, 0, -right, 0))


class RowHeader(QHeaderView):
    """Headings that stand over the content of their column; a click sorts."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._themes = themes
        self.setFixedHeight(HEADER_HEIGHT)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(True)
        self.setMinimumSectionSize(40)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = self._themes.theme
        pointed = self.viewport().mapFromGlobal(QCursor.pos())
        hovered = self.viewport().underMouse() and self.logicalIndexAt(pointed) == section
        sorted_by = self.sortIndicatorSection() == section
        painter.save()
        painter.fillRect(rect, theme.color("hover" if hovered else "panel"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border"))
        room = cell_room(self.layoutDirection(), rect, section, self.count())
        font = theme.font("caption")
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.color("text" if sorted_by else "textSecondary"))
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        free = room.width() - (18 if sorted_by else 0)
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, free)
        painter.drawText(room, _FLAGS, text)
        if sorted_by:
            wide = painter.fontMetrics().horizontalAdvance(text)
            mark = QRect(room.left() + wide + 4, room.center().y() - 6, 14, 14)
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            ink = theme.color("textSecondary")
            picture = icons.pixmap("chevron-up" if up else "chevron-down", ink, 14, self.devicePixelRatioF())
            painter.drawPixmap(mirrored(self.layoutDirection(), room, mark).topLeft(), picture)
        painter.restore()


class RowDelegate(QStyledItemDelegate):
    """Draws the ground of a row, cell by cell; a subclass draws what is in the cells."""

    def __init__(self, themes: ThemeManager, view: RowTable) -> None:
        super().__init__(view)
        self._themes = themes
        self.view = view

    def draw_cell(self, painter: QPainter, theme: Theme, room: QRect, index: Index) -> None:
        """Draw the content of a cell into `room`."""
        self.draw_text(painter, theme, room, str(index.data() or ""))

    def is_active(self, index: Index) -> bool:
        """Whether the cell is in the chosen row."""
        return self.view.currentIndex().row() == index.row()

    def draw_text(
        self,
        painter: QPainter,
        theme: Theme,
        room: QRect,
        text: str,
        *,
        role: str = "textSecondary",
        weight: QFont.Weight = QFont.Weight.Normal,
    ) -> None:
        """One line, shortened to `room`."""
        font = theme.font("ui")
        font.setWeight(weight)
        painter.setFont(font)
        painter.setPen(theme.color(role))
        flat = " ".join(text.split())
        shown = painter.fontMetrics().elidedText(flat, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _FLAGS, shown)

    def ratio(self) -> float:
        """The device pixel ratio to draw icons for."""
        return self.view.devicePixelRatioF()

    def _draw_ring(self, painter: QPainter, theme: Theme, box: QRect, *, first: bool, last: bool) -> None:
        ink = theme.color("focus")
        painter.fillRect(QRect(box.left(), box.top(), box.width(), _RING), ink)
        painter.fillRect(QRect(box.left(), box.bottom() + 1 - _RING, box.width(), _RING), ink)
        if self.view.isRightToLeft():
            first, last = last, first
        if first:
            painter.fillRect(QRect(box.left(), box.top(), _RING, box.height()), ink)
        if last:
            painter.fillRect(QRect(box.right() + 1 - _RING, box.top(), _RING, box.height()), ink)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, box = self._themes.theme, option.rect
        active = bool(option.state & QStyle.StateFlag.State_Selected)
        columns = index.model().columnCount()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if active or self.view.hovered_row() == index.row():
            painter.fillRect(box, theme.color("selected" if active else "hover"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.color("border"))
        room = cell_room(option.direction, box, index.column(), columns)
        self.draw_cell(painter, theme, room, index)
        if active and self.view.hasFocus():
            column = index.column()
            self._draw_ring(painter, theme, box, first=column == 0, last=column == columns - 1)
        elif active and index.column() == 0:
            edge = QRect(box.left(), box.top(), _ACCENT, box.height())
            painter.fillRect(mirrored(option.direction, box, edge), theme.color("accent"))
        painter.restore()


class RowTable(QTableView):
    """A table of a `RowModel`. Signals carry the key of a row.

    `row_shown` tells which row is chosen now ("" without rows), whoever chose it: a chosen row that goes hands over
    to the one that takes its place.
    """

    row_shown = Signal(str)
    opened = Signal(str)
    edit_pressed = Signal(str)
    delete_pressed = Signal(str)
    search_pressed = Signal()

    def __init__(
        self,
        themes: ThemeManager,
        model: RowModel,
        widths: Sequence[tuple[int, int]],
        parent: QWidget,
        *,
        narrow_below: int,
    ) -> None:
        """`widths` of all columns but the first: in a wide table, and in one narrower than `narrow_below`; pixels."""
        super().__init__(parent)
        self._themes, self._widths, self._narrow_below = themes, tuple(widths), narrow_below
        self._rows = model
        self._hovered = -1
        self._told, self._place, self._scroll = "", 0, 0
        self.fill_menu: Callable[[QMenu, str], None] = lambda _menu, _key: None
        self._set_up()
        self.setModel(model)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(NATURAL, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(KEY_ROLE)))
        follow(themes, self._restyle)

    def current_key(self) -> str:
        """The key of the chosen row, "" without one."""
        return self.currentIndex().data(KEY_ROLE) or ""

    def choose(self, key: str) -> bool:
        """Choose a row and scroll to it; whether it is there."""
        row = self._rows.row_of(key)
        if row < 0:
            return False
        self._choose_row(row)
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def hovered_row(self) -> int:
        """The row under the pointer, -1 without one."""
        return self._hovered

    def context_menu(self) -> QMenu:
        """The menu of the chosen row, with the sorting that the header offers to the pointer."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu, self.current_key())
        menu.addSeparator()
        sorting = menu.addMenu(self.tr("Sort by"))
        header = self.horizontalHeader()
        for column, title in enumerate(self._rows.titles()):
            action = sorting.addAction(title)
            action.setCheckable(True)
            action.setChecked(header.sortIndicatorSection() == column)
            action.triggered.connect(lambda _checked=False, column=column: self._sort_by(column))
        return menu

    def _set_up(self) -> None:
        header = RowHeader(self._themes, self)
        header.setAccessibleName(self.tr("Columns"))
        self.setHorizontalHeader(header)
        down = self.verticalHeader()
        down.hide()
        down.setMinimumSectionSize(ROW_HEIGHT)
        down.setDefaultSectionSize(ROW_HEIGHT)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _sort_by(self, column: int) -> None:
        header = self.horizontalHeader()
        again = header.sortIndicatorSection() == column
        up = header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        order = Qt.SortOrder.DescendingOrder if again and up else Qt.SortOrder.AscendingOrder
        self.sortByColumn(column, order)

    def _choose_row(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self._rows.index(row, 0), flags)

    def _remember(self) -> None:
        self._place = max(self.currentIndex().row(), 0)
        self._scroll = self.verticalScrollBar().value()

    def _restore(self) -> None:
        """The view has dropped its selection with the reset: find the row again, or its successor."""
        many = self._rows.rowCount()
        if not many:
            self._tell("")
            return
        row = self._rows.row_of(self._told)
        self._choose_row(row if row >= 0 else min(self._place, many - 1))
        self.updateGeometries()
        self.verticalScrollBar().setValue(self._scroll)
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)

    def _tell(self, key: str) -> None:
        if key != self._told:
            self._told = key
            self.row_shown.emit(key)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def _restyle(self, _theme: Theme) -> None:
        self.viewport().update()
        self.horizontalHeader().viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self._tell(current.data(KEY_ROLE))

    def keyboardSearch(self, search: str) -> None:
        index = self.currentIndex()
        if (
            index.column() > 0
        ):  # a click on a cell makes its column current; what is typed is the start of the first
            none = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(index.siblingAtColumn(0), none)
        super().keyboardSearch(search)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        many = self._rows.rowCount()
        match action:
            case QAbstractItemView.CursorAction.MoveLeft | QAbstractItemView.CursorAction.MoveRight:
                return self.currentIndex()
            case QAbstractItemView.CursorAction.MoveHome if many:
                return self._rows.index(0, 0)
            case QAbstractItemView.CursorAction.MoveEnd if many:
                return self._rows.index(many - 1, 0)
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.current_key()
        wishes = {
            Qt.Key.Key_Return: self.opened,
            Qt.Key.Key_Enter: self.opened,
            Qt.Key.Key_F2: self.edit_pressed,
            Qt.Key.Key_Delete: self.delete_pressed,
        }
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        wish = None if held else wishes.get(Qt.Key(event.key()))
        if wish is not None:
            if key:
                wish.emit(key)
        elif event.text() == "/" and not held & ~Qt.KeyboardModifier.ShiftModifier:
            self.search_pressed.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        if index.isValid():
            cell = self.visualRect(index.siblingAtColumn(0))
            place = cell.topLeft() + QPoint(_EDGE, ROW_HEIGHT // 2) if keyboard else event.pos()
            self.context_menu().popup(self.viewport().mapToGlobal(place))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        elif event.type() == QEvent.Type.Enter:  # the page may have come under a pointer that stands still
            self._hover(self.rowAt(self.viewport().mapFromGlobal(QCursor.pos()).y()))
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < self._narrow_below
        for column, (wide, tight) in enumerate(self._widths, start=1):
            self.setColumnWidth(column, tight if narrow else wide)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._themes.theme.color("reader"))
        painter.end()
        super().paintEvent(event)
