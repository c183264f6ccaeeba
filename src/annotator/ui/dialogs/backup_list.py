"""The list of backups: model, and how a row is painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.services.backups import Backup
from annotator.ui.dialogs import library_words as words
from annotator.ui.icons import pixmap
from annotator.ui.panel.drawing import mirrored
from annotator.ui.theme import ThemeManager

Index = QModelIndex | QPersistentModelIndex

BACKUP_ROLE = Qt.ItemDataRole.UserRole + 1
_ROW_HEIGHT = 70


class BackupListModel(QAbstractListModel):
    """Backups, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backups: tuple[Backup, ...] = ()

    def backups(self) -> tuple[Backup, ...]:
        """All of them."""
        return self._backups

    def set_backups(self, backups: Sequence[Backup]) -> None:
        """Show these. Where only what is known of them changed, the selection stays."""
        same = [one.number for one in backups] == [one.number for one in self._backups]
        if same and backups:
            self._backups = tuple(backups)
            self.dataChanged.emit(self.index(0), self.index(len(backups) - 1))
            return
        self.beginResetModel()
        self._backups = tuple(backups)
        self.endResetModel()

    def row_of(self, number: int) -> int:
        """The row of a backup, -1 when it isn't there."""
        return next((row for row, one in enumerate(self._backups) if one.number == number), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._backups)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._backups):
            return None
        backup = self._backups[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return words.moment(backup.at)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return words.spoken(backup)
            case _ if role == BACKUP_ROLE:
                return backup
        return None


class BackupDelegate(QStyledItemDelegate):
    """When, why, and what is in it; a damaged one is marked."""

    def __init__(self, themes: ThemeManager, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._themes = themes
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        backup = index.data(BACKUP_ROLE)
        if not isinstance(backup, Backup):
            return
        painter.save()
        self._paint_ground(painter, option)
        rect, direction = option.rect, self._view.layoutDirection()
        damaged = bool(backup.trouble)
        ink = self._themes.theme.color("danger" if damaged else "textSecondary")
        mark = QRect(rect.left() + 16, rect.top() + 10, 16, 16)
        ratio = self._view.devicePixelRatioF()
        name = "triangle-alert" if damaged else "archive"
        painter.drawPixmap(mirrored(direction, rect, mark), pixmap(name, ink, 16, ratio))
        self._paint_words(painter, rect, backup)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        theme, rect = self._themes.theme, option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("selected" if selected else "hover"))
        if selected:
            edge = QRect(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(mirrored(self._view.layoutDirection(), rect, edge), theme.color("accent"))
        if self._view.hasFocus() and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _paint_words(self, painter: QPainter, rect: QRect, backup: Backup) -> None:
        theme, direction = self._themes.theme, self._view.layoutDirection()
        strong = theme.font("ui")
        strong.setWeight(QFont.Weight.Medium)
        caption = theme.font("caption")
        left, width = rect.left() + 42, rect.width() - 42 - 16
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        far = int(Qt.AlignmentFlag.AlignTrailing)
        near = int(Qt.AlignmentFlag.AlignLeading)
        room = words.size(backup.size)
        why, what = words.reason(backup.reason), words.holds(backup.counts)
        roles = ("text", "textSecondary", "textMuted")
        if backup.trouble:
            why, what = self.tr("Damaged, can't be used"), words.sentence(backup.trouble)
            roles = ("textMuted", "danger", "textMuted")
        painter.setFont(caption)
        taken = painter.fontMetrics().horizontalAdvance(room) + 12
        painter.setPen(theme.color("textMuted"))
        head = QRect(left, rect.top() + 9, width, 18)
        painter.drawText(mirrored(direction, rect, head), far | middle, room)
        lines = (
            (words.moment(backup.at), strong, QRect(left, head.top(), width - taken, 18)),
            (why, caption, QRect(left, rect.top() + 28, width, 16)),
            (what, caption, QRect(left, rect.top() + 44, width, 16)),
        )
        for role, (text, font, box) in zip(roles, lines, strict=True):
            painter.setFont(font)
            painter.setPen(theme.color(role))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(mirrored(direction, rect, box), near | middle, shown)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._view.viewport().width(), _ROW_HEIGHT)
