"""Gives other keys to the commands of the reading view."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QWidget

from annotator.ui.dialogs.sheet import Sheet
from annotator.ui.reader.keys import (
    Command,
    as_shown,
    chord_of,
    command_groups,
    keys_in_use,
    with_key,
)
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import label

_FIXED = frozenset(
    {"tag", "edit", "escape"}
)  # what they do depends on the key, or is expected of it everywhere


class KeyButton(QPushButton):
    """Shows the keys of a command. Pressed, it waits for another one; Esc, or going elsewhere, leaves it as it is."""

    chosen = Signal(str)

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("compact", True)
        self.setMinimumWidth(96)
        self._words, self._shown, self._waiting = words, "", False
        self.clicked.connect(self._wait)

    def show_keys(self, chords: Sequence[str]) -> None:
        """Show these keys."""
        self._waiting = False
        self._shown = " / ".join(as_shown(chord) for chord in chords) or self.tr("none")
        self.setText(self._shown)
        self.setAccessibleName(f"{self._words}: {self._shown}")

    def _wait(self) -> None:
        self._waiting = True
        self.setText(self.tr("Press a key"))
        self.setAccessibleName(self.text())

    def _stop_waiting(self) -> None:
        self._waiting = False
        self.setText(self._shown)
        self.setAccessibleName(f"{self._words}: {self._shown}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._waiting:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self._stop_waiting()
        elif chord := chord_of(event):
            self._waiting = False
            self.chosen.emit(chord)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._waiting:
            self._stop_waiting()


class ChangeKeysDialog(Sheet):
    """Each change holds at once; `keys_changed` carries all that differ from the usual ones."""

    keys_changed = Signal(object)

    def __init__(
        self,
        themes: ThemeManager,
        changed: Mapping[str, Sequence[str]],
        handled: Container[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(themes, "", QSize(620, 640), parent)
        self.setObjectName("change_keys_dialog")
        self.setWindowTitle(self.tr("Change keys"))
        self.title_label.setText(self.windowTitle())
        self._changed: dict[str, Sequence[str]] = dict(changed)
        self._buttons: dict[str, KeyButton] = {}
        self._words: dict[str, str] = {}
        page = QWidget(self)
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(20, 16, 20, 16)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        for group in command_groups():
            self._add_row([one for one in group if one.name in handled], group[0].words, page)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        self.body.addWidget(scroll)
        self._fill_footer()
        self._show()

    def _add_row(self, group: Sequence[Command], words: str, page: QWidget) -> None:
        free = [one for one in group if one.name not in _FIXED]
        if not free:
            return
        row = self._grid.rowCount()
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for one in free:
            button = KeyButton(words, page)
            button.setObjectName(f"key_{one.name}")
            button.chosen.connect(partial(self._give, one.name))
            buttons.addWidget(button)
            self._buttons[one.name], self._words[one.name] = button, words
        said = label(words, parent=page)
        said.setWordWrap(True)
        self._grid.addLayout(buttons, row, 0)
        self._grid.addWidget(said, row, 1)

    def _fill_footer(self) -> None:
        usual = QPushButton(self.tr("Usual keys"), self)
        usual.setObjectName("keys_usual")
        usual.clicked.connect(self._reset)
        self._note = label("", tone="secondary", parent=self)
        self._note.setWordWrap(True)
        close = QPushButton(self.tr("Close"), self)
        close.clicked.connect(self.accept)
        self.footer.addWidget(usual)
        self.footer.addWidget(self._note, 1)
        self.footer.addWidget(close)

    def _give(self, name: str, chord: str) -> None:
        """Give a key to a command; the one that had it loses it, and that is said."""
        before = keys_in_use(self._changed, single=True).get(chord, "")
        if before in _FIXED:
            self._note.setText(self.tr("{key} stays what it is.").format(key=as_shown(chord)))
        elif before != name:
            self._changed = with_key(self._changed, name, chord)
            lost = self.tr("{key} no longer does: {words}").format(
                key=as_shown(chord), words=self._words.get(before, before)
            )
            self._note.setText(lost if before else "")
            self.keys_changed.emit(dict(self._changed))
        self._show()

    def _reset(self) -> None:
        self._changed = {}
        self._note.setText("")
        self.keys_changed.emit({})
        self._show()

    def _show(self) -> None:
        chords: dict[str, list[str]] = {}
        for chord, name in keys_in_use(self._changed, single=True).items():
            chords.setdefault(name, []).append(chord)
        for name, button in self._buttons.items():
            button.show_keys(chords.get(name, []))
