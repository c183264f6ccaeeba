"""Labels: a key as it looks on the keyboard, a line that shortens itself, an icon."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from annotator.ui import icons
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets.base import follow


def label(text: str, *, role: str = "", tone: str = "", parent: QWidget | None = None) -> QLabel:
    """A plain text label; `role` and `tone` are those of the style sheet, "" for running text."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    return made


class KeyCap(QLabel):
    """A key as it looks on the keyboard, such as "E" or "Ctrl K"."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(keys, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kbd", True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class ElidedLabel(QLabel):
    """One line of text that ends in "…" when there is no room; the tooltip then says all of it."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self.setText(text)
        self._update_tooltip()

    def is_elided(self) -> bool:
        """Whether the text is too long for the label."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def _update_tooltip(self) -> None:
        self.setToolTip(self.text() if self.is_elided() else "")

    def minimumSizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance("M…")
        return QSize(min(wide, super().sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_tooltip()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(self.alignment()) | Qt.TextFlag.TextSingleLine, shown)


class IconLabel(QLabel):
    """An icon in a colour of the theme, without meaning of its own to a screen reader."""

    def __init__(
        self, themes: ThemeManager, name: str, role: str, *, size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._role, self._size = name, role, size
        self.setFixedSize(size, size)
        follow(themes, self._restyle)
        self._themes = themes

    def set_icon(self, name: str, role: str) -> None:
        """Show another icon, or the same one in another colour."""
        self._name, self._role = name, role
        self._restyle(self._themes.theme)

    def _restyle(self, theme: Theme) -> None:
        self.setPixmap(
            icons.pixmap(self._name, theme.color(self._role), self._size, self.devicePixelRatioF())
        )
