"""The row at the bottom of the window: saved or not, what just happened, the keys that help here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QTime, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets.base import follow, set_style_property
from annotator.ui.widgets.labels import ElidedLabel, IconLabel, KeyCap, label

_MESSAGE_MS = 8000
_LONGEST_ADDRESS = 90  # characters


class StatusBar(QFrame):
    """Shows what it is told."""

    undo_requested = Signal()
    said = Signal(str)  # what just happened

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_bar")
        self.setAccessibleName(self.tr("Status"))
        self.setProperty("surface", "window")
        self.setFixedHeight(themes.theme.metric("statusBar"))
        self._themes = themes
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 1, 14, 0)
        row.setSpacing(14)
        state = QHBoxLayout()
        state.setSpacing(6)
        self._state_icon = IconLabel(themes, "check", "textSecondary", size=14, parent=self)
        state.addWidget(self._state_icon)
        self._state = label("", role="caption", tone="secondary", parent=self)
        self._state.setObjectName("status_state")
        state.addWidget(self._state)
        row.addLayout(state)
        self._place = label("", role="caption", tone="secondary", parent=self)
        self._place.setObjectName("status_place")
        row.addWidget(self._place)
        row.addLayout(self._make_message(), 1)
        self._hints = QHBoxLayout()
        self._hints.setSpacing(14)
        row.addLayout(self._hints)
        self._hint_list: list[tuple[QWidget, int]] = []
        self._fade = QTimer(self, singleShot=True, interval=_MESSAGE_MS)
        self._fade.timeout.connect(self.clear_message)
        follow(themes, self._dress)
        self.set_state(self.tr("Ready"))
        self.clear_message()
        self.set_place("")

    def set_saved(self, when: datetime) -> None:
        """Everything is on disk since `when`, local time."""
        time = self.locale().toString(QTime(when.hour, when.minute), "HH:mm")
        self.set_state(self.tr("Saved {time}").format(time=time))

    def set_saving(self) -> None:
        """A change is on its way to the disk."""
        self.set_state(self.tr("Saving…"), icon="history")

    def set_error(self, text: str) -> None:
        """A change is not on disk; `text` says so in a few words."""
        self.set_state(text, icon="triangle-alert", tone="danger")

    def set_state(self, text: str, *, icon: str = "check", tone: str = "secondary") -> None:
        """Show any state of the library."""
        self._state.setText(text)
        set_style_property(self._state, "tone", tone)
        self._state_icon.set_icon(icon, "danger" if tone == "danger" else "textSecondary")

    def set_place(self, text: str) -> None:
        """What is shown at the moment, such as "10 sources · 2 unused"."""
        self._place.setText(text)
        self._place.setVisible(bool(text))

    def show_address(self, address: str) -> None:
        """Where the link under the pointer leads; its middle is left out when it is long."""
        short = len(address) <= _LONGEST_ADDRESS
        self.set_place(address if short else f"{address[:60]}…{address[61 - _LONGEST_ADDRESS :]}")

    def show_message(self, text: str, *, undo: bool = False) -> None:
        """Say what just happened, for 8 s; with a way to undo it when there is one. Waits while it has focus."""
        self._message.set_text(text)
        for part in (self._undo, self._undo_key):
            part.setVisible(undo)
        self._message.setVisible(True)
        self._fade.start()
        self.said.emit(text)

    def clear_message(self) -> None:
        """Take the message away, unless its button has focus."""
        if self._undo.hasFocus():
            self._fade.start()
            return
        self._message.set_text("")
        for part in (self._message, self._undo, self._undo_key):
            part.hide()

    def set_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """The keys that help here, as (key, word); those that don't fit are left out from the first on."""
        while (item := self._hints.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._hint_list = []
        for key, word in hints:
            box = QWidget(self)
            row = QHBoxLayout(box)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
            row.addWidget(KeyCap(key, box))
            row.addWidget(label(word, role="caption", tone="secondary", parent=box))
            self._hints.addWidget(box)
            box.ensurePolished()
            self._hint_list.append((box, box.sizeHint().width() + self._hints.spacing()))
        self._fit_hints()

    def _make_message(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self._message = ElidedLabel("", self)
        self._message.setObjectName("status_message")
        self._message.setProperty("role", "caption")
        self._message.setProperty("tone", "secondary")
        self._message.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row.addWidget(self._message)
        self._undo = QPushButton(self.tr("Undo"), self)
        self._undo.setObjectName("status_undo")
        self._undo.setAccessibleName(self.tr("Undo"))
        self._undo.setToolTip(self.tr("Undo (Ctrl+Z)"))
        self._undo.clicked.connect(self.undo_requested)
        row.addWidget(self._undo)
        self._undo_key = KeyCap("Ctrl Z", self)
        row.addWidget(self._undo_key)
        row.addStretch(1)
        return row

    def _fit_hints(self) -> None:
        """Show as many hints as fit into half of the width, the last ones first: the last one leads to all keys."""
        room = self.width() // 2
        for box, wide in reversed(self._hint_list):
            room -= wide
            box.setVisible(room >= 0)

    def _dress(self, theme: Theme) -> None:
        self._undo.setStyleSheet(
            f"QPushButton {{ color: {theme.css('link')}; background: transparent; border: 1px solid transparent;"
            " padding: 0 3px; min-height: 16px; font-size: 12px; font-weight: 600; border-radius: 4px; }"
            f"QPushButton:hover {{ background: {theme.css('hover')}; }}"
            f"QPushButton:focus {{ border: 2px solid {theme.css('focus')}; padding: 0 2px; }}"
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_hints()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self._themes.theme.color("border"))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()
