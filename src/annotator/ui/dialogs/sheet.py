"""The frame all dialogs share: title row, body, footer, and a veil over the window behind."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets.buttons import IconButton

TITLE_HEIGHT, FOOTER_HEIGHT = 52, 60
_RADIUS = 10
_LEAST_EDGE = 24  # pixels of the window that stay visible around a dialog


class Scrim(QWidget):
    """Dims a window while a dialog is open over it; grows with the window."""

    def __init__(self, themes: ThemeManager, window: QWidget) -> None:
        super().__init__(window)
        self._themes = themes
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.show()
        self.raise_()

    def lift(self) -> None:
        """Leave the window at once: a deletion put off could come after the window's own end."""
        self._window.removeEventFilter(self)
        self.hide()
        self.setParent(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._themes.theme.color("scrim"))
        painter.end()


class Sheet(QDialog):
    """A window-modal dialog of our own shape.

    Fill `body` (a vertical layout without margins) and `footer` (a horizontal one). `wanted` is the size in pixels
    where the window behind is large enough. Esc and the cross reject, Ctrl+Return calls `confirm`.
    """

    def __init__(
        self, themes: ThemeManager, title: str, wanted: QSize, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.themes = themes
        self._wanted = wanted
        self._scrim: Scrim | None = None
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        outer.addWidget(self._make_title_row(title))
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        outer.addLayout(self.body, 1)
        bottom = QWidget(self)
        bottom.setFixedHeight(FOOTER_HEIGHT)
        self.footer = QHBoxLayout(bottom)
        self.footer.setContentsMargins(20, 0, 20, 0)
        self.footer.setSpacing(10)
        outer.addWidget(bottom)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):  # a shortcut, as buttons and cards take Return for a press
            QShortcut(QKeySequence(keys), self).activated.connect(lambda: self.confirm())
        themes.theme_changed.connect(self._dress_frame)
        self._dress_frame(themes.theme)

    def _make_title_row(self, title: str) -> QWidget:
        row = QWidget(self)
        row.setFixedHeight(TITLE_HEIGHT)
        line = QHBoxLayout(row)
        line.setContentsMargins(20, 0, 12, 0)
        line.setSpacing(10)
        self.title_label = QLabel(title, row)
        self.title_label.setTextFormat(Qt.TextFormat.PlainText)
        line.addWidget(self.title_label)
        self.subtitle_label = QLabel(row)
        self.subtitle_label.setTextFormat(Qt.TextFormat.PlainText)
        self.subtitle_label.setProperty("tone", "secondary")
        self.subtitle_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line.addWidget(self.subtitle_label, 1)
        self._close_button = IconButton(self.themes, "x", self.tr("Close"), key="Esc", parent=row)
        self._close_button.setObjectName("sheet_close")
        self._close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close_button.clicked.connect(self.reject)
        line.addWidget(self._close_button)
        return row

    def confirm(self) -> None:
        """What Ctrl+Return does."""
        self.accept()

    def add_button(self, name: str, text: str, slot: Callable[[], object], *, kind: str = "") -> QPushButton:
        """Append a button to the footer that Return doesn't press from elsewhere; `kind` as in the style sheet."""
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        if kind:
            button.setProperty("kind", kind)
        button.clicked.connect(lambda _checked=False: slot())
        self.footer.addWidget(button)
        return button

    def _dress_frame(self, theme: Theme) -> None:
        self.title_label.setFont(theme.font("title"))
        self.update()

    def _fit_window_behind(self) -> None:
        parent = self.parentWidget()
        behind = parent.window() if parent is not None else None
        if behind is None:
            self.resize(self._wanted)
            return
        room = behind.size() - QSize(2 * _LEAST_EDGE, 2 * _LEAST_EDGE)
        self.resize(self._wanted.boundedTo(room).expandedTo(self.minimumSizeHint()))
        self.move(behind.geometry().center() - self.rect().center())

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self._fit_window_behind()
            parent = self.parentWidget()
            if parent is not None and self._scrim is None:
                self._scrim = Scrim(self.themes, parent.window())
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous() and self._scrim is not None:
            if isValid(self._scrim):  # it dies with the window when that goes first
                self._scrim.lift()
            self._scrim = None
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A bare Return in a field never closes the dialog; on a button it presses that one.
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(button := self.focusWidget(), QPushButton):
            button.click()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        handle = self.windowHandle()
        if event.position().y() <= TITLE_HEIGHT and handle is not None:
            handle.startSystemMove()
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self.themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.fillPath(shape, theme.color("panel"))
        foot = self.height() - 1 - FOOTER_HEIGHT
        lower = QPainterPath()
        lower.addRect(QRectF(0, foot, self.width(), FOOTER_HEIGHT + 1))
        painter.fillPath(shape.intersected(lower), theme.color("window"))
        painter.setPen(QPen(theme.color("border"), 1))
        painter.drawLine(1, TITLE_HEIGHT, self.width() - 2, TITLE_HEIGHT)
        painter.drawLine(1, foot, self.width() - 2, foot)
        painter.setPen(QPen(theme.color("borderStrong"), 1))
        painter.drawPath(shape)
        painter.end()
