"""The chapters of a book, to choose those that are to be read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.services.import_offers import Part
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import label

_WORDS_ROLE = Qt.ItemDataRole.UserRole + 1
_ROW, _MOST_ROWS = 28, 8
_PAUSE_MS = 400


class _PartDelegate(QStyledItemDelegate):
    """The title of a part, cut off where there is no room, and its words at the end of the row."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        words = str(index.data(_WORDS_ROLE) or "")
        theme = self._themes.theme
        font = theme.font("caption")
        room = QFontMetrics(font).horizontalAdvance(words) + 14 if words else 0
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        whole = QRect(option.rect)
        title = QStyleOptionViewItem(option)
        title.rect = whole.adjusted(room if mirrored else 0, 0, 0 if mirrored else -room, 0)
        super().paint(painter, title, index)
        painter.save()
        painter.setFont(font)
        painter.setPen(theme.color("textSecondary"))
        flags = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            whole.adjusted(6, 0, -6, 0), int(QStyle.visualAlignment(option.direction, flags)), words
        )
        painter.restore()


class PartList(QWidget):
    """A list with a box before each part; what lies below a part goes along with it. `chosen` comes a moment after the
    last change."""

    changed = Signal()  # at once
    chosen = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[Part, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(2)
        self._title = label(self.tr("Chapters"), role="caption", tone="secondary", parent=self)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self._button("import_parts_all", self.tr("All"), checked=True))
        row.addWidget(self._button("import_parts_none", self.tr("None"), checked=False))
        column.addLayout(row)
        self.list = QListWidget(self)
        self.list.setObjectName("import_parts")
        self.list.setAccessibleName(self.tr("Chapters"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(_PartDelegate(themes, self.list))
        self.list.itemChanged.connect(self._on_item_changed)
        column.addWidget(self.list)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.chosen)

    def set_parts(self, parts: Sequence[Part]) -> None:
        """List these, all of them chosen."""
        if tuple(parts) == self._parts:
            return
        self._parts = tuple(parts)
        self.list.blockSignals(True)
        self.list.clear()
        number = self.locale().toString
        for part in parts:
            title = part.title or self.tr("Without a title")
            words = self.tr("{n} words").format(n=number(part.words)) if part.words else ""
            item = QListWidgetItem("    " * (max(1, part.level) - 1) + title, self.list)
            item.setData(_WORDS_ROLE, number(part.words) if part.words else "")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}. {words}" if words else title)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            item.setSizeHint(QSize(10, _ROW))
            item.setToolTip(part.title)
        self.list.blockSignals(False)
        self.list.setFixedHeight(_ROW * min(len(self._parts), _MOST_ROWS) + 2)
        self._count()

    def numbers(self) -> tuple[int, ...]:
        """The numbers of the chosen parts, in the order of the book."""
        return tuple(at for at in range(self.list.count()) if self._is_checked(at))

    def is_whole(self) -> bool:
        """Whether all parts are chosen."""
        return len(self.numbers()) == len(self._parts)

    def _button(self, name: str, words: str, *, checked: bool) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(self.tr("{which} chapters").format(which=words))
        button.setProperty("kind", "link")
        button.setProperty("compact", True)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._check_all(checked=checked))
        return button

    def _check_all(self, *, checked: bool) -> None:
        state = Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked
        self.list.blockSignals(True)
        for at in range(self.list.count()):
            self.list.item(at).setCheckState(state)
        self.list.blockSignals(False)
        self.list.viewport().update()
        self._on_changed()

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        at, state = self.list.row(item), item.checkState()
        self.list.blockSignals(True)
        for below in self._below(at):
            self.list.item(below).setCheckState(state)
        # A part of which nothing below is wanted isn't wanted itself, else all below it would be.
        for above in range(at, -1, -1):
            below_it = self._below(above)
            if at in below_it and not any(self._is_checked(one) for one in below_it):
                self.list.item(above).setCheckState(Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self.list.viewport().update()
        self._on_changed()

    def _below(self, at: int) -> range:
        """The numbers of the parts below one."""
        end = at + 1
        while end < len(self._parts) and self._parts[end].level > self._parts[at].level:
            end += 1
        return range(at + 1, end)

    def _is_checked(self, at: int) -> bool:
        return self.list.item(at).checkState() == Qt.CheckState.Checked

    def set_numbers(self, numbers: Sequence[int]) -> None:
        """Choose these without telling anybody; none means all."""
        self._pause.stop()
        self.list.blockSignals(True)
        for at in range(self.list.count()):
            wanted = not numbers or at in numbers
            self.list.item(at).setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self.list.viewport().update()
        self._count()

    def _on_changed(self) -> None:
        self._count()
        self._pause.start()
        self.changed.emit()

    def _count(self) -> None:
        number = self.locale().toString
        self._title.setText(
            self.tr("Chapters, {n} of {all}").format(
                n=number(len(self.numbers())), all=number(len(self._parts))
            )
        )
