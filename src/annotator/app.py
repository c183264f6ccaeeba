"""Puts the window together: shows it first, then loads the library and what works on it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from annotator import paths
from annotator.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtCore import QSocketNotifier
    from PySide6.QtWidgets import QApplication

    from annotator.services.library import Library
    from annotator.ui.main_window import MainWindow
    from annotator.ui.runner import Runner

_PAINTED_MS = 500  # by then the window has been painted


def make_application() -> QApplication:
    """The one application object, named so that the desktop finds its icon and entry."""
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtGui import QGuiApplication, QIcon
    from PySide6.QtWidgets import QApplication

    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(sys.argv[:1])
    QCoreApplication.setApplicationName("annotator")
    QGuiApplication.setApplicationDisplayName("annotator")
    QGuiApplication.setDesktopFileName("annotator")
    app.setWindowIcon(QIcon(str(paths.resources() / "icons" / "annotator.svg")))
    return app


def library_opener(path: Path, settings: Settings, data_folder: Path) -> Callable[..., Library]:
    """Opens the library when first called; imports the database layer only then. Of one that has to be brought up to
    date a backup goes to the data folder."""

    def open_library(*, read_only: bool = False) -> Library:
        from annotator.services.library import Library
        from annotator.storage.store import Environment

        return Library.open(
            path, Environment(user=settings.user_name), data_folder=data_folder, read_only=read_only
        )

    return open_library


def make_window(
    library: Path,
    settings: Settings,
    runner: Runner,
    *,
    data_folder: Path | None = None,
    furnished: bool = True,
) -> MainWindow:
    """The main window on a library that is opened after the first paint; its parts too are made after that, unless
    it is to be `furnished` at once. Backups go to the data folder, the user's when not given."""
    from annotator.ui.bridge import LibraryBridge
    from annotator.ui.main_window import MainWindow
    from annotator.ui.theme import ThemeManager

    themes = ThemeManager(name=settings.get("theme"), contrast=settings.get("contrast"))
    if furnished:
        themes.load_fonts()
        themes.apply()
    data_folder = data_folder or paths.data_folder()
    opener = library_opener(library, settings, data_folder)
    bridge = LibraryBridge(opener, runner, path=library, data_folder=data_folder)
    return MainWindow(themes, settings, bridge, furnished=furnished)


class Session:
    """The windows of one run of the program: one at a time, on one library at a time."""

    def __init__(self, settings: Settings, data_folder: Path) -> None:
        self._settings = settings
        self._data_folder = data_folder
        self.window: MainWindow | None = None

    def open(self, library: Path, files: list[Path]) -> None:
        """Open the window on a library; the one before is closed, its work saved."""
        from PySide6.QtCore import Qt

        from annotator.ui.runner import ThreadRunner

        window = make_window(
            library, self._settings, ThreadRunner(), data_folder=self._data_folder, furnished=False
        )
        before, self.window = self.window, window
        self.window.another_library_requested.connect(lambda path: self.open(Path(path), []))
        self.window.restore_state(self._settings.get("window"))
        self.window.open_when_ready(files)
        self.window.show()
        if before is not None:
            before.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            before.close()  # at once, or when all is saved


def run_window(files: list[Path], library: Path, data_dir: Path | None = None) -> int:
    """Open the window, import `files` into the library and show the last of them; the program's exit code."""
    from PySide6.QtCore import QTimer

    app = make_application()
    data_folder = paths.data_folder(data_dir)
    session = Session(Settings(data_folder / "settings.json"), data_folder)
    session.open(library, files)
    # Not before the first paint, which it would put off; until then nobody has done anything.
    QTimer.singleShot(_PAINTED_MS, app, lambda: leave_on_signals(app))
    return app.exec()


def leave_on_signals(app: QApplication) -> QSocketNotifier:
    """Let SIGTERM, SIGHUP and SIGINT, as a session that ends sends them, close the windows as a user would.

    Python runs its handlers between two of its own steps, and Qt's loop takes none while nothing happens: so the
    signal's number is written to a socket that the loop watches.
    """
    import signal
    import socket

    from PySide6.QtCore import QSocketNotifier

    reading, writing = socket.socketpair()
    for end in (reading, writing):
        end.setblocking(False)
    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: None)
    signal.set_wakeup_fd(writing.fileno())
    watch = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read, app)

    def leave() -> None:
        reading.recv(64)
        writing.fileno()  # keeps the other end open as long as this is connected
        app.closeAllWindows()

    watch.activated.connect(leave)
    app.aboutToQuit.connect(lambda: watch.setEnabled(False))
    return watch
