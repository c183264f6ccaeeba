"""A layout that fills lines from left to right and wraps."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Items in lines, each at its preferred size; `centred` puts the lines in the middle.

    Mirrored in right-to-left interfaces. Spacings are in pixels.
    """

    def __init__(
        self, parent: QWidget | None = None, *, across: int = 6, down: int = 4, centred: bool = False
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._across, self._down, self._centred = across, down, centred
        self.setContentsMargins(0, 0, 0, 0)

    def insert_widget(self, index: int, widget: QWidget) -> None:
        """Add a widget before the item at `index`."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())
        self.invalidate()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wide = item.sizeHint().width()
            if not lines or used + self._across + wide > width:
                lines.append([item])
                used = wide
            else:
                lines[-1].append(item)
                used += self._across + wide
        return lines

    def _line_width(self, line: list[QLayoutItem]) -> int:
        return sum(item.sizeHint().width() for item in line) + self._across * (len(line) - 1)

    def _height(self, lines: list[list[QLayoutItem]]) -> int:
        heights = [max(item.sizeHint().height() for item in line) for line in lines]
        return sum(heights) + self._down * max(0, len(lines) - 1)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        inner = width - margins.left() - margins.right()
        return self._height(self._lines(inner)) + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        margins: QMargins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        room = rect.marginsRemoved(self.contentsMargins())
        owner = self.parentWidget()
        mirrored = owner is not None and owner.layoutDirection() == Qt.LayoutDirection.RightToLeft
        y = room.top()
        for line in self._lines(room.width()):
            high = max(item.sizeHint().height() for item in line)
            x = (room.width() - self._line_width(line)) // 2 if self._centred else 0
            for item in line:
                size = item.sizeHint().boundedTo(QSize(room.width(), high))
                left = room.right() + 1 - x - size.width() if mirrored else room.left() + x
                item.setGeometry(QRect(QPoint(left, y + (high - size.height()) // 2), size))
                x += size.width() + self._across
            y += high + self._down
