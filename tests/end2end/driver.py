"""Drives the real window as a person does, and counts the keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from annotator.domain.anchoring import find_quote
from annotator.domain.selectors import TextSpan
from annotator.services.library import Library
from annotator.settings import Settings
from annotator.storage.store import Environment
from annotator.ui.bridge import LibraryBridge
from annotator.ui.controllers.workbench import Workbench
from annotator.ui.main_window import MainWindow
from annotator.ui.runner import Done, Runner, ThreadRunner
from annotator.ui.theme import ThemeManager

Work = Callable[[], object]
CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NONE = Qt.KeyboardModifier.NoModifier


class CountingRunner(ThreadRunner):
    """The threads of the program; `pending` is what was asked for and not answered yet."""

    pending = 0

    def run(self, work: Work, done: Done, failed: Done, *, owner: QObject) -> None:
        """See `Runner`."""
        self.pending += 1
        super().run(work, self._counted(done), self._counted(failed), owner=owner)

    def run_aside(self, work: Work, done: Done, failed: Done, *, owner: QObject) -> None:
        """See `Runner`."""
        self.pending += 1
        super().run_aside(work, self._counted(done), self._counted(failed), owner=owner)

    def _counted(self, answer: Done) -> Done:
        def counted(value: object) -> None:
            self.pending -= 1
            answer(value)

        return counted


class Driver:
    """A window on a library file. `keys` counts the keys pressed."""

    def __init__(self, library: Path, environment: Environment, runner: Runner) -> None:
        themes = ThemeManager()
        themes.load_fonts()
        themes.apply()
        bridge = LibraryBridge(
            partial(Library.open, library, environment),
            runner,
            path=library,
            data_folder=library.with_suffix(".data"),
        )
        self.window = MainWindow(themes, Settings(None), bridge)
        self.window.resize(1440, 900)
        self.keys = 0
        self._runner = runner
        self._closed = False

    def start(self, *files: Path) -> None:
        """Show the window and open the library and these files."""
        self.window.open_when_ready(list(files))
        self.window.show()
        self.window.activateWindow()
        self.window.start()
        self.settle(200)

    @property
    def work(self) -> Workbench:
        """What works behind the window."""
        assert self.window.workbench is not None
        return self.window.workbench

    @property
    def text(self) -> str:
        """The canonical text that is shown."""
        return self.window.reader.view.article.text

    def press(self, key: str | Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the focus is, and let the window answer."""
        if QApplication.activeModalWidget() is None and not self.window.isActiveWindow():
            self.window.activateWindow()  # what a window manager does when a dialog closes
            self.settle()
        QTest.keyClick(self.focus(), key, modifiers)
        self.keys += 1
        self.settle()

    def type(self, words: str) -> None:
        """Type words where the focus is."""
        for letter in words:
            self.press(letter)

    def focus(self) -> QWidget:
        """The widget that would get a key; a dialog's before the window's."""
        dialog = QApplication.activeModalWidget()
        owner = dialog if dialog is not None else self.window
        found = owner.focusWidget()
        return found if found is not None else owner

    def select(self, start: str, end: str = "") -> None:
        """Select from the beginning of `start` to the end of `end`, as with the mouse."""
        view = self.window.reader.view
        first = find_quote(self.text, start, occurrence=1)
        last = find_quote(self.text, end, occurrence=1) if end else first
        view.select(TextSpan(first.start, last.end))
        view.setFocus()
        self.settle()

    def field(self, name: str) -> QWidget:
        """A field of the dialog that is open."""
        dialog = QApplication.activeModalWidget()
        assert dialog is not None, "no dialog is open"
        found = dialog.findChild(QWidget, name)
        assert found is not None, name
        return found

    def write(self, name: str, words: str) -> None:
        """Put words into a field of the dialog that is open."""
        field = self.field(name)
        field.setFocus()
        if isinstance(field, QPlainTextEdit):
            field.insertPlainText(words)
        else:
            assert isinstance(field, QLineEdit)
            field.setText(words)
        self.settle()

    def settle(self, milliseconds: int = 15) -> None:
        """Let events, timers and queued results run, until nothing asked of the library is unanswered."""
        patience = QDeadlineTimer(20_000)
        while True:
            loop = QEventLoop()
            QTimer.singleShot(milliseconds, loop.quit)
            loop.exec()
            if not getattr(self._runner, "pending", 0):
                return
            assert not patience.hasExpired(), "the library did not answer"

    def close(self) -> None:
        """Close the window, and with it the library; once is enough."""
        if self._closed:
            return
        self._closed = True
        self.window.close()
        self.settle()
        self.window.deleteLater()
        self.settle()


_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_REV = re.compile(r"\brev \d+")


def without_ids(text: str) -> str:
    """`text` with ids numbered in the order they appear, and without revisions: those follow from undo and redo."""
    seen: dict[str, str] = {}
    numbered = _ID.sub(lambda match: seen.setdefault(match[0], f"id-{len(seen) + 1}"), text)
    return _REV.sub("rev N", numbered)
