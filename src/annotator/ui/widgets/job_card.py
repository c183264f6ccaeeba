"""A long job at the bottom right of the window: what it is, how far it is, how long it takes, and Stop."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from annotator.ui.theme import ThemeManager
from annotator.ui.widgets.labels import ElidedLabel, IconLabel, label

_WIDTH, _EDGE = 400, 16


class JobCard(QFrame):
    """Floats over its parent. There is Stop while the job runs, Dismiss afterwards, and the list at any time."""

    stop_requested = Signal()
    list_requested = Signal()
    dismissed = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget, *, above: int = 12) -> None:
        """`above` is the height in pixels that stays free at the parent's bottom."""
        super().__init__(parent)
        self._owner, self._above = parent, above
        self.setObjectName("job_card")
        self.setProperty("surface", "popover")
        self._icon = IconLabel(themes, "file-plus", "textSecondary", parent=self)
        self._title = ElidedLabel("", self)
        self._title.setObjectName("job_title")
        self._title.setProperty("role", "medium")
        self._rest = label("", role="caption", tone="secondary", parent=self)
        self._rest.setObjectName("job_rest")
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._icon)
        first.addWidget(self._title, 1)
        first.addWidget(self._rest)
        self._list = self._make_button("job_list", self.tr("Show list"), self.list_requested)
        self._stop = self._make_button("job_stop", self.tr("Stop"), self.stop_requested)
        self._dismiss = self._make_button("job_dismiss", self.tr("Dismiss"), self.dismissed)
        self._bar = QProgressBar(self)
        self._bar.setObjectName("job_progress")
        self._bar.setTextVisible(False)
        self._note = ElidedLabel("", self)
        self._note.setObjectName("job_note")
        self._note.setProperty("role", "caption")
        self._note.setProperty("tone", "secondary")
        second = QHBoxLayout()
        second.setSpacing(6)
        second.addWidget(self._note, 1)
        for button in (self._list, self._stop, self._dismiss):
            second.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 8)
        column.setSpacing(8)
        column.addLayout(first)
        column.addWidget(self._bar)
        column.addLayout(second)
        parent.installEventFilter(self)
        self.hide()

    def show_progress(
        self, title: str, rest: str, note: str, done: int, total: int, *, listed: bool = True
    ) -> None:
        """Say how far the job is; a `total` of 0 is one that nobody knows yet. `listed` says that there is a list."""
        self._list.setVisible(listed)
        self._icon.set_icon("file-plus", "textSecondary")
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._fill(title, rest, note, running=True)

    def show_end(self, title: str, note: str, *, trouble: bool = False) -> None:
        """Say what came of the job; with `trouble`, that there is something to look at."""
        self._list.setVisible(True)
        self._icon.set_icon(*(("triangle-alert", "warning") if trouble else ("circle-check", "supports")))
        self._fill(title, "", note, running=False)

    def set_stopping(self) -> None:
        """Stop was pressed: what is being read is still waited for."""
        self._stop.setEnabled(False)
        self._stop.setToolTip(self.tr("What is being stored is stored first"))
        self._rest.setText(self.tr("Stopping…"))

    def appear(self) -> None:
        """Show the card in its place."""
        self._place()
        self.show()
        self.raise_()

    def has_attention(self) -> bool:
        """Whether the pointer or the focus is on the card."""
        focus = self._owner.window().focusWidget()
        return self.underMouse() or (focus is not None and self.isAncestorOf(focus))

    def _make_button(self, name: str, words: str, signal: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setProperty("kind", "quiet")
        button.setProperty("compact", True)
        button.clicked.connect(signal)
        return button

    def _fill(self, title: str, rest: str, note: str, *, running: bool) -> None:
        self._title.set_text(title)
        if self._stop.isEnabled() or not running:
            self._rest.setText(rest)
        self._note.set_text(note)
        for part in (self._bar, self._stop):
            part.setVisible(running)
        self._rest.setVisible(running)
        self._dismiss.setVisible(not running)
        if not running:
            self._stop.setEnabled(True)
            self._stop.setToolTip("")
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(part for part in (rest, note) if part))
        if self.isVisible():
            self._place()

    def _place(self) -> None:
        owner = self._owner
        width = min(_WIDTH, max(240, owner.width() - 2 * _EDGE))
        height = self.sizeHint().height()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = _EDGE if mirrored else owner.width() - width - _EDGE
        self.setGeometry(x, owner.height() - height - self._above, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._owner and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False
