"""Opens a window, says so once it is painted, and ends: `python -m benchmarks.first_paint KIND FOLDER`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

WINDOW, EMPTY = "window", "empty"
# One of these, or nothing to do, comes next when a window has been painted with all that is in it.
_BEHIND = (QEvent.Type.Timer, QEvent.Type.MetaCall, QEvent.Type.UpdateRequest)


class FirstPaint(QObject):
    """Waits for the first painting of a window; then a line on stdout, and the end without any clearing up."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self._painting = False
        window.installEventFilter(self)

    def _report(self) -> None:
        sys.stdout.write("painted\n")
        sys.stdout.flush()
        os._exit(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._painting and event.type() in _BEHIND:
            self._report()
        if not self._painting and watched is self._window and event.type() is QEvent.Type.Paint:
            self._painting = True
            application = QCoreApplication.instance()
            assert application is not None
            application.installEventFilter(self)
            QAbstractEventDispatcher.instance().aboutToBlock.connect(self._report)
        return False


def program_window(folder: Path) -> QWidget:
    """The program's own window, on a library in `folder`, opened as its entry point does."""
    import annotator.__main__ as entry
    from annotator import app
    from annotator.settings import Settings

    assert callable(entry.main)
    app.make_application()
    session = app.Session(Settings(folder / "settings.json"), folder)
    session.open(folder / "library.annotator", [])
    assert session.window is not None
    return session.window


def empty_window() -> QWidget:
    """The least that Qt calls a main window, in the size of the program's."""
    QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    return window


def main(kind: str, folder: str) -> int:
    """Open the window of that kind and wait for its first painting."""
    window = program_window(Path(folder)) if kind == WINDOW else empty_window()
    _watch = FirstPaint(window)
    return QApplication.exec()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2]))
