"""The list of what became of files: a heading for each fate, and the files below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.ui.icons import pixmap
from annotator.ui.import_report import Fate, ImportRow
from annotator.ui.panel.drawing import mirrored
from annotator.ui.theme import ThemeManager

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_HIGH = 44  # every row, so that ten thousand need not be measured
_LEFT, _RIGHT = 46, 20
_ICONS = {
    Fate.ADDED: ("circle-check", "supports"),
    Fate.KNOWN: ("info", "accent"),
    Fate.REFUSED: ("circle-alert", "danger"),
    Fate.SKIPPED: ("circle-dashed", "textMuted"),
}
# What asks for attention stands first.
_ORDER = (Fate.REFUSED, Fate.ADDED, Fate.KNOWN, Fate.SKIPPED)


class ImportRowsModel(QAbstractListModel):
    """Files by what became of them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Fate, int] | ImportRow] = []  # a heading is a fate and how many files met it

    def set_rows(self, rows: Sequence[ImportRow]) -> None:
        """List these."""
        self.beginResetModel()
        self._rows = []
        for fate in _ORDER:
            found = [row for row in rows if row.fate is fate]
            if found:
                self._rows += [(fate, len(found)), *found]
        self.endResetModel()

    def title(self, fate: Fate) -> str:
        """The heading of a fate."""
        return {
            Fate.ADDED: self.tr("Added"),
            Fate.KNOWN: self.tr("In the library already"),
            Fate.REFUSED: self.tr("Refused"),
            Fate.SKIPPED: self.tr("Skipped"),
        }[fate]

    def place_of(self, row: ImportRow) -> int:
        """Where a file is in the list, -1 for nowhere."""
        return self._rows.index(row) if row in self._rows else -1

    def text(self) -> str:
        """The whole list as text."""
        lines: list[str] = []
        for row in self._rows:
            if isinstance(row, ImportRow):
                lines.append("\t".join(part for part in (row.path or row.name, row.reason) if part))
            else:
                lines += ["", f"{self.title(row[0])}: {row[1]}"]
        return "\n".join(lines).strip() + "\n"

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and not isinstance(self._rows[index.row()], ImportRow):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name if isinstance(row, ImportRow) else f"{self.title(row[0])}, {row[1]}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if not isinstance(row, ImportRow):
                return f"{self.title(row[0])}, {row[1]}"
            return f"{self.title(row.fate)}. {row.name}. {row.reason}".strip()
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, ImportRow):
            return "\n".join(part for part in (row.path or row.name, row.reason) if part)
        return None


class ImportRowsDelegate(QStyledItemDelegate):
    """The name of an article or a file, and below it the reason, or where the file lies."""

    def __init__(self, themes: ThemeManager, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._themes = themes
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        painter.save()
        if isinstance(row, ImportRow):
            self._paint_row(painter, option, row)
        elif row is not None:
            self._paint_heading(painter, option.rect, index, row[1])
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, index: Index, many: int) -> None:
        theme, direction = self._themes.theme, self._view.layoutDirection()
        near = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        font = theme.font("ui")
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        model = index.model()
        title = model.title(index.data(ROW_ROLE)[0]) if isinstance(model, ImportRowsModel) else ""
        wide = painter.fontMetrics().horizontalAdvance(title) + 2
        box = QRect(rect.left() + 20, rect.bottom() - 24, wide, 18)
        painter.drawText(mirrored(direction, rect, box), near, title)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("textMuted"))
        box = QRect(box.right() + 8, box.top(), 80, 18)
        painter.drawText(mirrored(direction, rect, box), near, self._view.locale().toString(many))

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: ImportRow) -> None:
        theme, rect, direction = self._themes.theme, option.rect, self._view.layoutDirection()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("selected" if selected else "hover"))
        if self._view.hasFocus() and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        icon, role = _ICONS[row.fate]
        mark = mirrored(direction, rect, QRect(rect.left() + 22, rect.top() + 7, 14, 14))
        painter.drawPixmap(mark, pixmap(icon, theme.color(role), 14, self._view.devicePixelRatioF()))
        below = row.reason or row.path
        top = QRect(rect.left() + _LEFT, rect.top() + 4, rect.width() - _LEFT - _RIGHT, 18)
        self._draw(painter, mirrored(direction, rect, top), row.name, "ui", "text")
        self._draw(
            painter, mirrored(direction, rect, top.translated(0, 18)), below, "caption", "textSecondary"
        )

    def _draw(self, painter: QPainter, box: QRect, text: str, font: str, ink: str) -> None:
        theme = self._themes.theme
        painter.setFont(theme.font(font))
        painter.setPen(theme.color(ink))
        shown = painter.fontMetrics().elidedText(
            " ".join(text[:600].split()), Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter), shown)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._view.viewport().width(), _HIGH)
