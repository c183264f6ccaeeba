"""The list of what a check found: a heading for each kind of thing, and its problems below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.services.checking import Problem
from annotator.ui.dialogs import library_words as words
from annotator.ui.icons import pixmap
from annotator.ui.panel.drawing import draw_clamped, mirrored
from annotator.ui.theme import ThemeManager

Index = QModelIndex | QPersistentModelIndex

PROBLEM_ROLE = Qt.ItemDataRole.UserRole + 1
_HEADING = 34
_SHORT_ID = 8


class ProblemListModel(QAbstractListModel):
    """Problems by kind, in the order of the check."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, int] | Problem] = []  # a heading is a kind and how many problems it has

    def set_problems(self, problems: Sequence[Problem]) -> None:
        """List these."""
        by_kind: dict[str, list[Problem]] = {}
        for problem in problems:
            by_kind.setdefault(problem.kind, []).append(problem)
        self.beginResetModel()
        self._rows = []
        for kind, found in by_kind.items():
            self._rows += [(kind, len(found)), *found]
        self.endResetModel()

    def problems(self) -> list[Problem]:
        """The problems in the order in which they are listed."""
        return [row for row in self._rows if isinstance(row, Problem)]

    def about(self, problem: Problem) -> str:
        """Which thing it is, and whether it can be mended: "a3f20b11 · can be repaired"."""
        if problem.kind == "file":
            return ""  # said above the list, and no one thing
        mend = self.tr("can be repaired") if problem.repairable else self.tr("can't be repaired")
        return f"{problem.id[:_SHORT_ID]} · {mend}" if problem.id else mend

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and not isinstance(self._rows[index.row()], Problem):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == PROBLEM_ROLE:
            return row
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        if not isinstance(row, Problem):
            return f"{words.kind_title(row[0])}, {words.number(row[1])}"
        said = words.sentence(row.what)
        return said if role == Qt.ItemDataRole.DisplayRole else f"{said} {self.about(row)}".rstrip()


class ProblemDelegate(QStyledItemDelegate):
    """What is wrong, in up to two lines, and below it which thing it is."""

    def __init__(self, themes: ThemeManager, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._themes = themes
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(PROBLEM_ROLE)
        painter.save()
        if isinstance(row, Problem):
            self._paint_problem(painter, option, index, row)
        elif row is not None:
            self._paint_heading(painter, option.rect, *row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, kind: str, many: int) -> None:
        theme, direction = self._themes.theme, self._view.layoutDirection()
        ratio = self._view.devicePixelRatioF()
        mark = QRect(rect.left() + 20, rect.top() + 12, 16, 16)
        ink = theme.color("textSecondary")
        painter.drawPixmap(mirrored(direction, rect, mark), pixmap(words.kind_icon(kind), ink, 16, ratio))
        near = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        font = theme.font("ui")
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        title = words.kind_title(kind)
        wide = painter.fontMetrics().horizontalAdvance(title)
        box = QRect(rect.left() + 46, rect.top() + 11, wide + 2, 18)
        painter.drawText(mirrored(direction, rect, box), near, title)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("textMuted"))
        box = QRect(box.right() + 8, box.top(), 80, 18)
        painter.drawText(mirrored(direction, rect, box), near, words.number(many))

    def _paint_problem(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, problem: Problem
    ) -> None:
        theme, rect, direction = self._themes.theme, option.rect, self._view.layoutDirection()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("selected" if selected else "hover"))
        if self._view.hasFocus() and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        icon, role = ("triangle-alert", "warning") if problem.repairable else ("circle-alert", "danger")
        mark = mirrored(direction, rect, QRect(rect.left() + 46, rect.top() + 8, 14, 14))
        painter.drawPixmap(mark, pixmap(icon, theme.color(role), 14, self._view.devicePixelRatioF()))
        painter.setPen(theme.color("text"))
        box = mirrored(direction, rect, _words_box(rect))
        drawn = draw_clamped(painter, box, words.sentence(problem.what), theme.font("ui"), 18)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("textMuted"))
        model = index.model()
        about = model.about(problem) if isinstance(model, ProblemListModel) else ""
        below = QRect(box.left(), box.top() + 18 * drawn, box.width(), 16)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter), about)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(PROBLEM_ROLE)
        width = self._view.viewport().width()
        if not isinstance(row, Problem):
            return QSize(width, _HEADING)
        metrics = QFontMetrics(self._themes.theme.font("ui"))
        wide = metrics.horizontalAdvance(words.sentence(row.what))
        room = _words_box(QRect(0, 0, width, _HEADING)).width()
        lines = 1 if wide < room else 2
        return QSize(width, 18 * lines + (30 if row.kind != "file" else 14))


def _words_box(rect: QRect) -> QRect:
    return rect.adjusted(68, 6, -20, 0)
