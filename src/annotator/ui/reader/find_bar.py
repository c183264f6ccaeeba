"""Find in the open article: a line above the text that steps through the places."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from annotator.domain.anchoring import fold, occurrences
from annotator.domain.selectors import TextSpan
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import IconButton, label


class FindBar(QFrame):
    """Finds words whatever their case; typographic and plain quotes and dashes are the same. Hidden until asked for."""

    found = Signal(object)  # the TextSpan to show
    closed = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find_bar")
        self._text = ""
        self._folded = ""
        self._places: list[TextSpan] = []
        self._at = -1
        self._start = 0
        self.field = QLineEdit(self)
        self.field.setObjectName("find_field")
        self.field.setAccessibleName(self.tr("Find in this article"))
        self.field.setPlaceholderText(self.tr("Find in this article"))
        self.field.setFixedWidth(260)
        self._count = label("", role="caption", tone="muted", parent=self)
        previous = IconButton(themes, "chevron-up", self.tr("Previous place"), key="Shift+F3", parent=self)
        following = IconButton(themes, "chevron-down", self.tr("Next place"), key="F3", parent=self)
        close = IconButton(themes, "x", self.tr("Close"), key="Esc", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 10, 4)
        row.setSpacing(6)
        for widget in (self.field, previous, following, self._count):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(close)
        self.field.textChanged.connect(self._search)
        previous.clicked.connect(lambda: self.step(-1))
        following.clicked.connect(lambda: self.step(1))
        close.clicked.connect(self.close_bar)
        self.hide()

    def set_text(self, text: str) -> None:
        """Search in this text from now on."""
        self._text = text
        self._folded = ""
        self._places = []
        self.hide()

    def open_bar(self, start: int) -> None:
        """Show the bar; the first place shown is the one at or behind `start`."""
        self._start = start
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._search(self.field.text())

    def close_bar(self) -> None:
        """Hide the bar and give the focus back."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def step(self, by: int) -> None:
        """Go to the next place (1) or the previous one (-1), around the ends."""
        if not self._places:
            return
        self._at = (self._at + by) % len(self._places)
        self._count.setText(self.tr("{at} of {all}").format(at=self._at + 1, all=len(self._places)))
        self._start = self._places[self._at].start
        self.found.emit(self._places[self._at])

    def _search(self, words: str) -> None:
        if not self._folded:
            self._folded = _caseless(self._text)
        self._places = list(occurrences(self._folded, _caseless(words))) if words.strip() else []
        self._at = next((n for n, place in enumerate(self._places) if place.start >= self._start), 0) - 1
        self._count.setText(self.tr("Not in this article") if words.strip() and not self._places else "")
        self.step(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)


def _caseless(text: str) -> str:
    """`text` in lower case and folded, each character staying one character so that offsets hold."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return fold(lowered)
