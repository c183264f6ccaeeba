"""The sources to choose from: model, ranking by what is typed, and how a row is painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.source import Source
from annotator.ui.icons import pixmap
from annotator.ui.theme import ThemeManager

Index = QModelIndex | QPersistentModelIndex

SOURCE_ROLE = Qt.ItemDataRole.UserRole + 1

_ICONS = {
    "report": "landmark",
    "legislation": "landmark",
    "bill": "landmark",
    "legal_case": "scale",
    "article-journal": "file-text",
    "article-magazine": "newspaper",
    "article-newspaper": "newspaper",
    "book": "book",
    "chapter": "book",
    "webpage": "globe",
    "post-weblog": "globe",
    "post": "globe",
    "dataset": "chart-column",
    "interview": "message-square-quote",
    "personal_communication": "user",
    "speech": "message-square-quote",
}


def source_icon(csl_type: str) -> str:
    """The name of the icon for a CSL type."""
    return _ICONS.get(csl_type, "file-text")


def source_line(source: Source) -> str:
    """Who and when: "Velmar Transit Office · 2025"."""
    who = ", ".join(source.authors) or str(
        source.csl.get("publisher") or source.csl.get("container-title") or ""
    )
    return " · ".join(part for part in (who, source.year) if part)


class SourceListModel(QAbstractListModel):
    """The sources that hold every word typed; those whose title begins with it come first."""

    def __init__(self, sources: Sequence[Source], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = tuple(sources)
        self._texts = {source.id: self._text_of(source) for source in self._all}
        self._shown = list(self._all)

    @staticmethod
    def _text_of(source: Source) -> str:
        more = (str(source.csl.get(name) or "") for name in ("publisher", "container-title"))
        return " ".join(
            (source.title, *source.authors, source.year, *more, source.doi, source.url)
        ).casefold()

    def set_filter(self, text: str) -> None:
        """Show only what fits `text`."""
        typed = text.casefold().strip()
        words = typed.split()
        self.beginResetModel()
        fitting = [source for source in self._all if all(word in self._texts[source.id] for word in words)]
        self._shown = sorted(fitting, key=lambda source: not source.title.casefold().startswith(typed))
        self.endResetModel()

    def row_of(self, source_id: str) -> int:
        """The row of a source, -1 when it isn't shown."""
        return next((row for row, source in enumerate(self._shown) if source.id == source_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._shown):
            return None
        source = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return source.title
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(part for part in (source.title, source_line(source)) if part)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{source.title}. {source_line(source).replace(' · ', ', ')}"
            case _ if role == SOURCE_ROLE:
                return source
        return None


class SourceDelegate(QStyledItemDelegate):
    """Icon, title, and who and when below it."""

    def __init__(self, themes: ThemeManager, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._themes = themes
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        source = index.data(SOURCE_ROLE)
        if not isinstance(source, Source):
            return
        theme, rect = self._themes.theme, option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("selected" if selected else "hover"))
        mirrored = self._view.isRightToLeft()
        if selected:
            left = rect.right() - 2 if mirrored else rect.left()
            painter.fillRect(QRect(left, rect.top(), 3, rect.height()), theme.color("accent"))
        if self._view.hasFocus() and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        mark = QRect(
            rect.right() - 27 if mirrored else rect.left() + 12,
            rect.top() + (rect.height() - 16) // 2,
            16,
            16,
        )
        ratio = self._view.devicePixelRatioF()
        painter.drawPixmap(
            mark, pixmap(source_icon(source.csl_type), theme.color("textSecondary"), 16, ratio)
        )
        box = rect.adjusted(12, 8, -36, -8) if mirrored else rect.adjusted(36, 8, -12, -8)
        font = theme.font("ui")
        font.setWeight(QFont.Weight.Medium)
        flags = Qt.AlignmentFlag.AlignVCenter
        for text, used, role, line in (
            (source.title, font, "text", QRect(box.left(), box.top(), box.width(), 18)),
            (
                source_line(source),
                theme.font("caption"),
                "textMuted",
                QRect(box.left(), box.top() + 18, box.width(), 16),
            ),
        ):
            painter.setFont(used)
            painter.setPen(theme.color(role))
            elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, flags, elided)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._view.viewport().width(), 50)
