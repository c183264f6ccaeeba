"""What the program has to say: a bar above the content, a toast with Undo, an empty place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.errors import UserError
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets.base import set_style_property
from annotator.ui.widgets.flow import FlowLayout
from annotator.ui.widgets.labels import ElidedLabel, IconLabel, KeyCap, label

_KINDS = {
    "error": ("circle-alert", "danger"),
    "warning": ("triangle-alert", "warning"),
    "info": ("info", "accent"),
}
_TOAST_MS = 8000
_KEY = re.compile(r"\[([^\]]+)\]")


class MessageBar(QFrame):
    """A message above the content it concerns; hidden until there is one.

    `action_triggered` carries the key of the button that was pressed; "dismiss" also hides the bar.
    """

    action_triggered = Signal(str)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message_bar")
        self._icon = IconLabel(themes, "info", "accent", parent=self)
        self._title = label("", role="strong", parent=self)
        self._text = label("", parent=self)
        for line in (self._title, self._text):
            line.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self._icon, 0, top)
        row.addLayout(words, 1)
        row.addLayout(self._buttons)
        row.setAlignment(self._buttons, top)
        self.hide()

    def show_message(
        self, kind: str, title: str, text: str = "", actions: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Show a message of the kind "error", "warning" or "info"; `actions` are (key, words), first one outlined."""
        icon, role = _KINDS[kind]
        set_style_property(self, "message", kind)
        self._icon.set_icon(icon, role)
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._fill_buttons(actions)
        self.setAccessibleName(f"{title.rstrip('.')}. {text}" if text else title)
        self.show()

    def show_error(self, error: UserError, actions: Sequence[tuple[str, str]] = ()) -> None:
        """Show what happened, what was kept and what to do, with a button to dismiss it."""
        rest = " ".join(part for part in (error.kept, error.todo) if part)
        self.show_message("error", error.what, rest, (*actions, ("dismiss", self.tr("Dismiss"))))

    def clear(self) -> None:
        """Hide the bar."""
        self.hide()

    def _fill_buttons(self, actions: Sequence[tuple[str, str]]) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for key, words in actions:
            button = QPushButton(words, self)
            button.setObjectName(f"message_{key}")
            button.setProperty("compact", True)
            if key == "dismiss":
                button.setProperty("kind", "quiet")
            button.setAccessibleName(words)
            button.clicked.connect(lambda _checked=False, key=key: self._on_clicked(key))
            self._buttons.addWidget(button)
            button.show()

    def _on_clicked(self, key: str) -> None:
        if key == "dismiss":
            self.hide()
        self.action_triggered.emit(key)


class UndoToast(QFrame):
    """Says at the bottom left of its parent what was done, for 8 s; the time stands still on hover and focus."""

    undo_requested = Signal()

    def __init__(self, parent: QWidget, *, above: int = 16) -> None:
        super().__init__(parent)
        self._owner = parent
        self._above = above
        self.setObjectName("undo_toast")
        self.setProperty("surface", "toast")
        self._text = ElidedLabel(parent=self)
        self._button = QPushButton(self.tr("Undo"), self)
        self._button.setObjectName("undo_button")
        self._button.setAccessibleName(self.tr("Undo"))
        self._button.clicked.connect(self._on_clicked)
        self._button.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        row.addWidget(KeyCap("Ctrl Z", self))
        self._clock = QTimer(self, singleShot=True, interval=_TOAST_MS)
        self._clock.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def show_toast(self, text: str) -> None:
        """Say `text`, such as "Claim 7 deleted, with 2 evidence links"."""
        self._text.set_text(text)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._clock.start()

    def is_paused(self) -> bool:
        """Whether the toast stays because the pointer or the focus is on it."""
        return self.isVisible() and not self._clock.isActive()

    def _place(self) -> None:
        owner = self._owner
        extra = self.sizeHint().width() - self._text.sizeHint().width()
        wanted = extra + self._text.fontMetrics().horizontalAdvance(self._text.text()) + 12
        width = min(max(wanted, 280), max(200, owner.width() - 32))
        height = self.sizeHint().height()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = owner.width() - width - 16 if mirrored else 16
        self.setGeometry(x, owner.height() - height - self._above, width, height)

    def _on_clicked(self) -> None:
        self.hide()
        self.undo_requested.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._clock.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self._button.hasFocus():
            self._clock.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._owner and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        elif watched is self._button and event.type() == QEvent.Type.FocusIn:
            self._clock.stop()
        elif watched is self._button and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self._clock.start()
        return False


class EmptyState(QWidget):
    """One icon, one line what this is, one line with the key that fills it: keys stand in brackets, as "[E]"."""

    def __init__(
        self, themes: ThemeManager, icon: str, title: str, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 24)
        column.setSpacing(6)
        column.addStretch(1)
        column.addWidget(IconLabel(themes, icon, "textMuted", size=20, parent=self), 0, centre)
        self._title = label(title, role="strong", parent=self)
        self._title.setWordWrap(True)
        self._title.setAlignment(centre)
        column.addWidget(self._title)
        self._hint = QWidget(self)
        self._flow = FlowLayout(self._hint, across=1, down=2, centred=True)
        column.addWidget(self._hint)
        column.addStretch(1)
        self.set_hint(hint)

    def set_title(self, title: str) -> None:
        """Say something else."""
        self._title.setText(title)

    def set_hint(self, hint: str) -> None:
        """Change the second line; "" leaves it out."""
        while (item := self._flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for number, part in enumerate(_KEY.split(hint)):
            if not part.strip():
                continue
            piece: QLabel = KeyCap(part) if number % 2 else label(part, tone="secondary")
            self._flow.addWidget(piece)
        self._hint.setVisible(bool(hint))
        spoken = _KEY.sub(r"\1", hint)
        self.setAccessibleName(f"{self._title.text()}. {spoken}" if hint else self._title.text())
