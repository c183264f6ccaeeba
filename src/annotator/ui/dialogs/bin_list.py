"""What lies in the bin as a list: model, how a row is painted, and the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QMenu, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.services.bin import BinItem
from annotator.ui import icons
from annotator.ui.dialogs import things
from annotator.ui.dialogs.history_list import draw_ground, dress_list
from annotator.ui.dialogs.library_words import kind_icon
from annotator.ui.panel.drawing import mirrored
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import follow

Index = QModelIndex | QPersistentModelIndex
Key = tuple[str, str]  # kind and id

ROW_HEIGHT = 56
ITEM_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_LEFT, _TEXT_LEFT, _RIGHT = 20, 48, 20
_SOON = 3  # days left from which on the row warns


def key_of(item: BinItem) -> Key:
    """What tells an item apart."""
    return item.kind, item.id


def along_words(item: BinItem) -> str:
    """How many things went to the bin with it: "and 3 more things", "" for none."""
    if not item.along:
        return ""
    if item.along == 1:
        return QCoreApplication.translate("Bin", "and 1 more thing")
    return QCoreApplication.translate("Bin", "and %n more things", "", item.along)


def left_words(item: BinItem) -> str:
    """How long it still lies here."""
    if item.days_left <= 0:
        return QCoreApplication.translate("Bin", "Less than a day left")
    if item.days_left == 1:
        return QCoreApplication.translate("Bin", "1 day left")
    return QCoreApplication.translate("Bin", "%n days left", "", item.days_left)


def name_of(item: BinItem) -> str:
    """Its name on one line; something without a name is called by its kind."""
    return " ".join(item.name.split()) or things.kind_word(item.kind)


class BinModel(QAbstractListModel):
    """What lies in the bin, youngest first, as far as the filter lets through."""

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._all: tuple[BinItem, ...] = ()
        self._shown: list[BinItem] = []
        self._texts: dict[Key, str] = {}
        self._words: tuple[str, ...] = ()
        self._kind = ""

    def items(self) -> tuple[BinItem, ...]:
        """Everything in the bin, whatever is filtered for."""
        return self._all

    def item_at(self, row: int) -> BinItem | None:
        """The item in a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def today(self) -> date:
        """The date now, where the user is."""
        return self._now().astimezone().date()

    def set_items(self, items: Sequence[BinItem]) -> None:
        """Show these items."""
        self.beginResetModel()
        self._all = tuple(items)
        self._texts = {key_of(item): f"{item.name}\n{item.by}".casefold() for item in items}
        self._shown = self._fitting()
        self.endResetModel()

    def set_filter(self, text: str, kind: str) -> None:
        """Show only what holds every word of `text` and is of this kind ("" for all)."""
        self.beginResetModel()
        self._words, self._kind = tuple(text.casefold().split()), kind
        self._shown = self._fitting()
        self.endResetModel()

    def row_of(self, key: Key) -> int:
        """The row of an item, -1 when it isn't shown."""
        return next((row for row, item in enumerate(self._shown) if key_of(item) == key), -1)

    def _fitting(self) -> list[BinItem]:
        return [
            item
            for item in self._all
            if (not self._kind or item.kind == self._kind)
            and all(word in self._texts[key_of(item)] for word in self._words)
        ]

    def _spoken(self, item: BinItem) -> str:
        parts = (
            things.kind_word(item.kind),
            name_of(item),
            along_words(item),
            QCoreApplication.translate("Bin", "Deleted {when} by {who}").format(
                when=things.when(item.deleted_at, self.today()), who=item.by
            ),
            left_words(item),
        )
        return ". ".join(part.rstrip(".") for part in parts if part)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self.item_at(index.row()) if index.isValid() else None
        if item is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return name_of(item)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(item)
        return item if role == ITEM_ROLE else None


class BinDelegate(QStyledItemDelegate):
    """Icon of the kind, name, what went along; at the end how long it stays, when and by whom it was deleted."""

    def __init__(self, themes: ThemeManager, view: QListView, model: BinModel) -> None:
        super().__init__(view)
        self._themes, self._view, self._model = themes, view, model

    def _draw_end(self, painter: QPainter, theme: Theme, option: QStyleOptionViewItem, item: BinItem) -> int:
        """Draw what stands at the end of the row; its width."""
        box, ahead = option.rect, option.direction
        flags = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        soon = item.days_left <= _SOON
        left = left_words(item)
        deleted = " · ".join(
            part for part in (things.when(item.deleted_at, self._model.today()), item.by) if part
        )
        painter.setFont(theme.font("caption"))
        metrics = painter.fontMetrics()
        wide = min(metrics.horizontalAdvance(deleted), box.width() // 2)
        deleted = metrics.elidedText(deleted, Qt.TextElideMode.ElideRight, wide + 1)
        right = box.right() + 1 - _RIGHT
        first = QRect(right - wide - 2, box.top() + 10, wide + 2, 18)
        second = QRect(right - metrics.horizontalAdvance(left) - 2, box.top() + 29, 0, 16)
        second.setRight(right - 1)
        painter.setPen(theme.color("textSecondary"))
        painter.drawText(mirrored(ahead, box, first), flags, deleted)
        painter.setPen(theme.color("warning" if soon else "textMuted"))
        painter.drawText(mirrored(ahead, box, second), flags, left)
        used = second.width()
        if soon:
            mark = QRect(second.left() - 18, second.top() + 1, 14, 14)
            ink, ratio = theme.color("warning"), self._view.devicePixelRatioF()
            picture = icons.pixmap("triangle-alert", ink, 14, ratio)
            painter.drawPixmap(mirrored(ahead, box, mark).topLeft(), picture)
            used += 18
        return max(wide, used) + 2

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = index.data(ITEM_ROLE)
        if not isinstance(item, BinItem):
            return
        theme, box, ahead = self._themes.theme, option.rect, option.direction
        painter.save()
        draw_ground(painter, theme, option, focused=self._view.hasFocus())
        mark = mirrored(ahead, box, QRect(box.left() + _LEFT, box.top() + 11, 16, 16))
        ink, ratio = theme.color("textSecondary"), self._view.devicePixelRatioF()
        painter.drawPixmap(mark.topLeft(), icons.pixmap(kind_icon(item.kind), ink, 16, ratio))
        room = box.width() - _TEXT_LEFT - _RIGHT - self._draw_end(painter, theme, option, item) - 16
        font = theme.font("ui")
        font.setWeight(QFont.Weight.Medium)
        below = " · ".join(part for part in (things.kind_word(item.kind), along_words(item)) if part)
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        for text, used, role, top, high in (
            (name_of(item), font, "text", 10, 18),
            (below, theme.font("caption"), "textMuted", 29, 16),
        ):
            painter.setFont(used)
            painter.setPen(theme.color(role))
            shown = painter.fontMetrics().elidedText(text[:400], Qt.TextElideMode.ElideRight, room)
            line = QRect(box.left() + _TEXT_LEFT, box.top() + top, room, high)
            painter.drawText(mirrored(ahead, box, line), flags, shown)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(1, ROW_HEIGHT)  # a row is as wide as the view


class BinList(QListView):
    """The list. `Return` restores what is chosen, `Del` asks to delete it for good.

    What is chosen stays chosen when the list is read again; when it is gone, the row in its place is chosen.
    """

    chosen_changed = Signal()
    restore_pressed = Signal()
    delete_pressed = Signal()
    search_pressed = Signal()

    def __init__(self, themes: ThemeManager, model: BinModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes, self._items = themes, model
        self._kept: list[Key] = []
        self._place, self._scroll = 0, 0
        self.setObjectName("bin_list")
        self.setAccessibleName(self.tr("In the bin, youngest first"))
        self.setModel(model)
        self.setItemDelegate(BinDelegate(themes, self, model))
        dress_list(self)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT // 3)
        self.doubleClicked.connect(lambda _: self.restore_pressed.emit())
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore_choice)
        follow(themes, self._restyle)

    def chosen(self) -> list[BinItem]:
        """What is chosen, in the order of the list."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [item for row in rows if (item := self._items.item_at(row)) is not None]

    def context_menu(self) -> QMenu:
        """The menu of what is chosen."""
        ink = self._themes.theme.color("textSecondary")
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        back = menu.addAction(icons.icon("rotate-ccw", ink), self.tr("Restore\tEnter"))
        back.triggered.connect(self.restore_pressed)
        menu.addSeparator()
        delete = menu.addAction(icons.icon("trash-2", ink), self.tr("Delete for good…\tDel"))
        delete.triggered.connect(self.delete_pressed)
        return menu

    def _remember(self) -> None:
        self._kept = [key_of(item) for item in self.chosen()]
        self._place = max(self.currentIndex().row(), 0)
        self._scroll = self.verticalScrollBar().value()

    def _restore_choice(self) -> None:
        """The view has dropped its selection with the reset: find the rows again, or their successor."""
        many = self._items.rowCount()
        rows = [row for key in self._kept if (row := self._items.row_of(key)) >= 0]
        if many:
            rows = rows or [min(self._place, many - 1)]
            wanted = QItemSelection()
            for row in rows:
                wanted.select(self._items.index(row), self._items.index(row))
            none = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self._items.index(rows[0]), none)
            self.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.verticalScrollBar().setValue(self._scroll)
            self.scrollTo(self.currentIndex(), QListView.ScrollHint.EnsureVisible)
        self.chosen_changed.emit()

    def _restyle(self, _theme: Theme) -> None:
        self.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.chosen_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.restore_pressed.emit()
        elif plain and event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        elif event.text() == "/":
            self.search_pressed.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        if index.isValid() and self.chosen():
            place = self.visualRect(index).center() if keyboard else event.pos()
            self.context_menu().popup(self.viewport().mapToGlobal(QPoint(place)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 3 * ROW_HEIGHT)
