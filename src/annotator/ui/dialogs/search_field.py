"""Small parts that the dialogs with a list share: the search field above it, lines, room around messages."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from annotator.ui.sources.page import SearchField
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import EmptyState


class DialogSearch(SearchField):
    """A search field as wide as its column. `Esc` empties it; in an empty one it closes the dialog."""

    def __init__(self, themes: ThemeManager, hint: str, name: str, parent: QWidget) -> None:
        super().__init__(themes, hint, name, parent)
        self.setMaximumWidth(10_000)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.text():
            event.ignore()
        else:
            super().keyPressEvent(event)


class Rule(QWidget):
    """A line of one pixel, across or, when `upright`, down."""

    def __init__(self, themes: ThemeManager, parent: QWidget, *, upright: bool = False) -> None:
        super().__init__(parent)
        self._themes = themes
        (self.setFixedWidth if upright else self.setFixedHeight)(1)
        themes.theme_changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._themes.theme.color("border"))
        painter.end()


class Around(QWidget):
    """Leaves room around a widget that comes and goes, and takes none while it is hidden. Lengths in pixels."""

    def __init__(
        self, inner: QWidget, margins: tuple[int, int, int, int], parent: QWidget, *, line: Rule | None = None
    ) -> None:
        """`line` stands below it."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        room = QVBoxLayout()
        room.setContentsMargins(*margins)
        room.addWidget(inner)
        column.addLayout(room)
        if line is not None:
            column.addWidget(line)
        inner.installEventFilter(self)
        self.setVisible(not inner.isHidden())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent) and isinstance(
            watched, QWidget
        ):
            self.setVisible(not watched.isHidden())
        return super().eventFilter(watched, event)


def put_below(empty: EmptyState, button: QPushButton) -> None:
    """Put a button close below the words of an empty place."""
    column = empty.layout()
    if isinstance(column, QVBoxLayout):
        column.insertSpacing(column.count() - 1, 6)
        column.insertWidget(column.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)
