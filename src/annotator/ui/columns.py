"""The columns of the reading page: they share its width, and one of them can lie above it while there is no room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QRegion, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QSplitter,
    QSplitterHandle,
    QWidget,
)

_GRAB = 8  # pixels in which a handle of one pixel can be taken


class ColumnHandle(QSplitterHandle):
    """A line of one pixel that can be taken a little beside it, too. Two clicks give its column the usual width."""

    double_clicked = Signal(object)  # itself
    _taken = 0.0  # where on the line, or how far beside it, the pointer has taken it

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # As Qt does it, but a handle that is taken beside its line doesn't jump there.
        self._taken = event.position().x() - self.contentsRect().left()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            place = self.splitter().mapFromGlobal(event.globalPosition()).x() - self._taken
            self.moveSplitter(round(place))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.double_clicked.emit(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # A splitter lays out the contents of a handle; its margins lie above the neighbours and take the pointer.
        spare = _GRAB - self.splitter().handleWidth()
        before, behind = spare // 2, spare - spare // 2
        self.setAttribute(Qt.WidgetAttribute.WA_MouseNoMask)
        self.setContentsMargins(before, 0, behind, 0)
        self.setMask(QRegion(self.contentsRect()))
        QWidget.resizeEvent(self, event)


class Columns(QSplitter):
    """Columns beside each other. `usual` are the widths that two clicks on a handle bring back, by column; those
    without one take what is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._usual: dict[int, int] = {}
        self.setHandleWidth(1)

    def add_column(self, part: QWidget, *, usual: int = 0) -> None:
        """Append a column that is `usual` pixels wide, or takes what is left."""
        number = self.count()
        self.addWidget(part)
        self.setStretchFactor(number, 0 if usual else 1)
        self.setCollapsible(number, False)
        if usual:
            self._usual[number] = usual

    def _reset(self, handle: ColumnHandle) -> None:
        """Give the column beside a handle its usual width; its neighbour takes the difference."""
        behind = next(number for number in range(self.count()) if self.handle(number) is handle)
        sizes = self.sizes()
        before = max(number for number in range(behind) if sizes[number])
        column, other = (before, behind) if before in self._usual else (behind, before)
        if column in self._usual:
            sizes[other] += sizes[column] - self._usual[column]
            sizes[column] = self._usual[column]
            self.setSizes(sizes)
            self.splitterMoved.emit(handle.x(), behind)

    def createHandle(self) -> QSplitterHandle:
        handle = ColumnHandle(self.orientation(), self)
        handle.double_clicked.connect(self._reset)
        return handle


class Drawer(QFrame):
    """Shows a column above a page while there is no room for it beside the others. It asks to be shut at Esc, and when
    the focus goes to what lies below it."""

    shut_wanted = Signal()

    def __init__(self, columns: Columns, part: QWidget, above: QWidget) -> None:
        super().__init__(above)
        self._columns, self._part, self._above = columns, part, above
        self._number = columns.indexOf(part)
        self._place = QWidget(self)  # holds the column's place meanwhile
        self._place.hide()
        self.setObjectName("library_drawer")
        self.setProperty("surface", "drawer")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 1, 0)
        self.hide()
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=context)
        escape.activated.connect(self.shut_wanted)
        above.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @property
    def is_open(self) -> bool:
        """Whether it is shown."""
        return self._part.parent() is self

    def open(self, width: int) -> None:
        """Show the column, `width` pixels wide, with the focus in it."""
        if not self.is_open:
            self._columns.replaceWidget(self._number, self._place)
            self._place.hide()
            self._row.addWidget(self._part)
        self._part.show()
        self.setFixedWidth(width)
        self._fit()
        self.raise_()
        self.show()
        self._part.setFocus(Qt.FocusReason.OtherFocusReason)

    def shut(self) -> None:
        """Put the column back where it was, hidden."""
        if self.is_open:
            self.hide()
            self._row.removeWidget(self._part)
            self._columns.replaceWidget(self._number, self._part)
            self._part.hide()
            self._place.setParent(self)

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        below = now is not None and self._above.isAncestorOf(now) and not self.isAncestorOf(now)
        if self.isVisible() and below:
            self.shut_wanted.emit()

    def _fit(self) -> None:
        self.setFixedHeight(self._above.height())
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.move(self._above.width() - self.width() if right else 0, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)
