"""Tabs with a word and a count, underlined with the accent."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar, QWidget

from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import follow

_PAD = 10
_GAP = 6


class CountTabs(QTabBar):
    """Tabs such as "Claims 9", 40 px high; arrows move between them."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._counts: list[int] = []
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        follow(themes, self._restyle)

    def add_tab(self, text: str) -> None:
        """Append a tab that counts 0."""
        self._counts.append(0)
        self.setAccessibleTabName(self.addTab(text), f"{text}, 0")

    def set_count(self, index: int, many: int) -> None:
        """Change the number beside the word."""
        self._counts[index] = many
        self.setAccessibleTabName(index, f"{self.tabText(index)}, {many}")
        self.setTabText(index, self.tabText(index))  # has the widths computed again
        self.update()

    def count_of(self, index: int) -> int:
        """The number beside the word."""
        return self._counts[index]

    def _fonts(self, index: int) -> tuple[QFont, QFont]:
        theme = self._themes.theme
        word = theme.font("uiStrong")
        if index != self.currentIndex():
            word.setWeight(QFont.Weight.Medium)
        return word, theme.font("caption")

    def _restyle(self, _theme: Theme) -> None:
        self.update()

    def tabSizeHint(self, index: int) -> QSize:
        theme = self._themes.theme
        # The strong font always, so that choosing a tab moves nothing.
        word = QFontMetrics(theme.font("uiStrong")).horizontalAdvance(self.tabText(index))
        many = str(self._counts[index]) if index < len(self._counts) else "0"
        count = QFontMetrics(theme.font("caption")).horizontalAdvance(many)
        return QSize(_PAD + word + _GAP + count + _PAD, 40)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def sizeHint(self) -> QSize:
        return QSize(sum(self.tabSizeHint(index).width() for index in range(self.count())), 40)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        mirror = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        under = self.mapFromGlobal(self.cursor().pos()) if self.underMouse() else None
        for index in range(self.count()):
            box = self.tabRect(index)
            chosen = index == self.currentIndex()
            hovered = under is not None and box.contains(under)
            word, caption = self._fonts(index)
            painter.setFont(word)
            painter.setPen(theme.color("text" if chosen or hovered else "textSecondary"))
            wide = QFontMetrics(word).horizontalAdvance(self.tabText(index))
            room = box.adjusted(0, 0, -_PAD, 0) if mirror else box.adjusted(_PAD, 0, 0, 0)
            flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, flags, self.tabText(index))
            painter.setFont(caption)
            painter.setPen(theme.color("textMuted"))
            far = wide + _GAP
            room = room.adjusted(0, 0, -far, 0) if mirror else room.adjusted(far, 0, 0, 0)
            painter.drawText(room, flags, str(self._counts[index]))
            if chosen:
                painter.fillRect(QRect(box.left(), box.bottom() - 1, box.width(), 2), theme.color("accent"))
            if chosen and self.hasFocus():
                painter.setPen(QPen(theme.color("focus"), 2))
                painter.drawRect(box.adjusted(1, 1, -1, -1))
