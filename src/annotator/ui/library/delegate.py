"""Paints a row of the article list: title, publication and counts, progress."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.domain.views import ArticleSummary
from annotator.ui.library.model import SUMMARY_ROLE, ArticleListModel, progress
from annotator.ui.theme import Theme, ThemeManager

Index = QModelIndex | QPersistentModelIndex

_ACCENT = 3  # width of the bar at the left of a selected row
_LEFT, _RIGHT, _TOP, _BOTTOM = 16 + _ACCENT, 14, 9, 10
_LINE, _META, _BAR = 18, 16, 3
_META_GAP, _BAR_GAP = 3, 6
_MOST_LINES = 2


@lru_cache(maxsize=4096)
def wrapped(text: str, font_key: str, width: int, lines: int = _MOST_LINES) -> tuple[str, ...]:
    """`text` broken into at most `lines` lines of `width` px, the last one elided. `font_key` is `QFont.toString()`."""
    font = QFont()
    font.fromString(font_key)
    metrics = QFontMetrics(font)
    layout = QTextLayout(text.replace("\n", " "), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    found: list[str] = []
    layout.beginLayout()
    while len(found) < lines:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(width, 1))
        found.append(_utf16_slice(layout.text(), line.textStart(), line.textLength()))
        if len(found) == lines:
            rest = _utf16_slice(layout.text(), line.textStart(), None)
            found[-1] = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
    layout.endLayout()
    return tuple(part.rstrip() for part in found)


def _utf16_slice(text: str, start: int, length: int | None) -> str:
    """The part of `text` that Qt counts as `[start, start + length)` in UTF-16 units."""
    if text.isascii():
        return text[start:] if length is None else text[start : start + length]
    units = text.encode("utf-16-le", "surrogatepass")
    end = None if length is None else (start + length) * 2
    return units[start * 2 : end].decode("utf-16-le", "replace")


class ArticleDelegate(QStyledItemDelegate):
    """Rows are as high as their title needs, one line or two."""

    def __init__(self, themes: ThemeManager, model: ArticleListModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._themes = themes
        self._model = model
        self._view = view

    def _paint_meta(self, painter: QPainter, theme: Theme, article: ArticleSummary, box: QRect) -> None:
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("textMuted"))
        metrics = painter.fontMetrics()
        counts = self._model.meta(article)
        if not article.publication:
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, counts)
            return
        counts = f"\u2002·\u2002{counts}"
        room = box.width() - metrics.horizontalAdvance(counts)
        name = metrics.elidedText(article.publication, Qt.TextElideMode.ElideRight, max(room, 24))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(
            box, flags, metrics.elidedText(name + counts, Qt.TextElideMode.ElideRight, box.width())
        )

    def _paint_progress(
        self, painter: QPainter, theme: Theme, share: float, box: QRect, *, selected: bool
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("border"))
        painter.drawRoundedRect(QRectF(box), 1.5, 1.5)
        if share <= 0:
            return
        done = QRectF(box)
        done.setWidth(max(box.width() * min(share, 1.0), 3))
        if self._view.isRightToLeft():
            done.moveRight(box.right() + 1)
        painter.setBrush(theme.color("accent" if selected else "textMuted"))
        painter.drawRoundedRect(done, 1.5, 1.5)

    def _title_font(self, *, selected: bool) -> QFont:
        font = self._themes.theme.font("ui")
        font.setWeight(QFont.Weight.DemiBold if selected else QFont.Weight.Medium)
        return font

    def _title_lines(self, title: str, width: int, *, selected: bool) -> tuple[str, ...]:
        return wrapped(title, self._title_font(selected=selected).toString(), width)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        article = index.data(SUMMARY_ROLE)
        if not isinstance(article, ArticleSummary):
            return
        theme = self._themes.theme
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("selected" if selected else "hover"))
        mirrored = self._view.isRightToLeft()
        if selected:
            left = rect.right() + 1 - _ACCENT if mirrored else rect.left()
            painter.fillRect(QRect(left, rect.top(), _ACCENT, rect.height()), theme.color("accent"))
        edges = (_RIGHT, _TOP, -_LEFT, -_BOTTOM) if mirrored else (_LEFT, _TOP, -_RIGHT, -_BOTTOM)
        box = rect.adjusted(*edges)
        painter.setFont(self._title_font(selected=selected))
        painter.setPen(theme.color("text"))
        # the row's height comes from the wider, semibold title, so selecting a row never moves the ones below
        rows = len(self._title_lines(article.title, box.width(), selected=True))
        y = box.top()
        for line in self._title_lines(article.title, box.width(), selected=selected):
            painter.drawText(QRect(box.left(), y, box.width(), _LINE), Qt.AlignmentFlag.AlignVCenter, line)
            y += _LINE
        y = box.top() + rows * _LINE + _META_GAP
        self._paint_meta(painter, theme, article, QRect(box.left(), y, box.width(), _META))
        bar = QRect(box.left(), y + _META + _BAR_GAP, box.width(), _BAR)
        self._paint_progress(painter, theme, progress(article), bar, selected=selected)
        if (
            option.state & QStyle.StateFlag.State_HasFocus
            and option.widget is not None
            and option.widget.hasFocus()
        ):
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -1))
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        article = index.data(SUMMARY_ROLE)
        width = self._view.viewport().width()
        title = article.title if isinstance(article, ArticleSummary) else ""
        lines = max(len(self._title_lines(title, width - _LEFT - _RIGHT, selected=True)), 1)
        return QSize(width, _TOP + lines * _LINE + _META_GAP + _META + _BAR_GAP + _BAR + _BOTTOM)
