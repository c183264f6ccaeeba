"""A card that says more about what the pointer rests on: a mark, a tick of the rail, a footnote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from annotator.ui import icons
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import label

AFTER_MS = 400  # how long the pointer rests before a card comes
_WIDEST = 380
_AWAY = 6  # pixels between the card and what it is about
_LINE_ICON = 14


class CardLine(NamedTuple):
    """A line of a card: words, with an icon in its colour before them. `tone` as for labels."""

    text: str
    icon: str = ""
    color: QColor | None = None
    tone: str = ""


class HoverCard(QFrame):
    """Lies above its parent beside what it is about. It never takes the focus, and the pointer goes through it."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._above = parent
        self.setObjectName("hover_card")
        self.setProperty("surface", "popover")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words: list[str] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 10, 12, 10)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.hide()

    def show_beside(
        self, rect: QRect, title: str, lines: Sequence[CardLine], *, x: int | None = None
    ) -> None:
        """Show title and lines below `rect` of the parent, or above it where there is no room; beginning at `x`."""
        self.hide()  # what is put into a layout on screen has no size yet
        self._fill(title, lines)
        self.setAccessibleName(". ".join([title, *(line.text for line in lines)]))
        room = self._above.rect()
        self.setFixedWidth(min(self._natural_width(), _WIDEST, room.width() - 2 * _AWAY))
        self.adjustSize()
        left = min(rect.left() if x is None else x, room.right() - self.width() - _AWAY)
        below, above = rect.bottom() + _AWAY, rect.top() - _AWAY - self.height()
        lowest = room.bottom() - self.height()
        self.move(
            max(room.left() + _AWAY, left), below if below <= lowest else above if above >= 0 else lowest
        )
        self.raise_()
        self.show()

    def words(self) -> list[str]:
        """What the card says, the title first."""
        return list(self._words)

    def _fill(self, title: str, lines: Sequence[CardLine]) -> None:
        """Put new labels in; those of the card before go."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._words = [title, *(line.text for line in lines)]
        self._grid.addWidget(label(title, role="strong", parent=self), 0, 0, 1, 2)
        for row, line in enumerate(lines, start=1):
            words = label(line.text, tone=line.tone, parent=self)
            words.setWordWrap(True)
            self._grid.addWidget(words, row, 1 if line.icon else 0, 1, 1 if line.icon else 2)
            if line.icon:
                color = line.color or self._themes.theme.color("textSecondary")
                icon = QLabel(self)
                icon.setPixmap(icons.pixmap(line.icon, color, _LINE_ICON, self.devicePixelRatioF()))
                icon.setFixedSize(_LINE_ICON, _LINE_ICON + 4)  # in the middle of the first line of words
                self._grid.addWidget(icon, row, 0, Qt.AlignmentFlag.AlignTop)

    def _natural_width(self) -> int:
        """How wide the longest line is."""
        self.ensurePolished()
        widest = max(self.fontMetrics().horizontalAdvance(words) for words in self._words)
        margins = self._grid.contentsMargins()
        return round(widest * 1.1) + _LINE_ICON + 6 + margins.left() + margins.right() + 4
