"""The main job once, without a display: leaves pictures of the window and the exported Markdown in a folder.

Everything happens as a person would do it: keys pressed in the real window on a real library file.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget

from annotator.app import make_application, make_window
from annotator.domain.anchoring import find_quote
from annotator.settings import Settings
from annotator.ui.main_window import MainWindow
from annotator.ui.runner import ImmediateRunner

_PLACE = "Nordholm did, say the sceptics"  # where the demonstration begins to read


def run_demo(folder: Path) -> int:
    """Do the main job once and leave pictures and the exported Markdown in `folder`; the program's exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_application()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        library = Path(place) / "demo.annotator"
        window = make_window(
            library, Settings(Path(place) / "settings.json"), ImmediateRunner(), data_folder=Path(place)
        )
        window.resize(1440, 900)
        window.show()
        _settle(app)
        window.start()
        pictures = _Pictures(window, folder)
        markdown = _main_job(app, window, pictures, Path(place) / "annotated")
        shutil.copyfile(markdown, folder / markdown.name)
        window.close()
        _settle(app)
    for path in sorted(folder.iterdir()):
        sys.stdout.write(f"{path}\n")
    return 0


class _Pictures:
    """Takes numbered pictures of the window with what lies over it."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self._window, self._folder = window, folder
        self._numbers: Iterator[int] = iter(range(1, 100))

    def take(self, name: str, dialog: QWidget | None = None) -> None:
        """Save what is seen now as `NN-name.png`."""
        picture = self._window.grab()
        if dialog is not None:
            painter = QPainter(picture)
            painter.drawPixmap(
                self._window.mapFromGlobal(dialog.mapToGlobal(dialog.rect().topLeft())), _grab(dialog)
            )
            painter.end()
        picture.save(str(self._folder / f"{next(self._numbers):02}-{name}.png"))


def _grab(widget: QWidget) -> QPixmap:
    picture = QPixmap(widget.size() * widget.devicePixelRatioF())
    picture.setDevicePixelRatio(widget.devicePixelRatioF())
    picture.fill(Qt.GlobalColor.transparent)
    widget.render(picture)
    return picture


def _main_job(app: QApplication, window: MainWindow, pictures: _Pictures, target: Path) -> Path:
    pictures.take("first-run")
    window.commands["sample"].trigger()
    _settle(app)
    work = window.workbench
    assert work is not None
    assert work.reading.work is not None
    fourth = work.reading.work.claims[3]
    window.panel.claim_selected.emit(fourth.claim.id)
    _settle(app, 900)
    pictures.take("reading")
    view = window.reader.view
    view.set_caret(find_quote(view.article.text, _PLACE).start)
    view.setFocus()
    _press(view, "e")
    _settle(app, 400)
    pictures.take("selection")
    for key in ("c", "2", "v", "r", "+", "+", "+"):
        _press(view, key)
        _settle(app)
    _press(view, "l")
    _settle(app)
    dialog = work.evidence.dialog
    assert dialog is not None
    _link(app, dialog, pictures)
    _settle(app, 900)
    pictures.take("linked")
    for name in ("dark", "sepia"):
        window.set_theme(name)
        _settle(app)
        pictures.take(f"reading-{name}")
    window.set_theme("light")
    window.resize(1024, 700)
    _settle(app)
    pictures.take("small-window")
    window.resize(1440, 900)
    return _export(app, window, pictures, target)


def _link(app: QApplication, dialog: QDialog, pictures: _Pictures) -> None:
    search = dialog.focusWidget()
    assert isinstance(search, QLineEdit)
    for letter in "nordholm":
        _press(search, letter)
    _settle(app)
    _press(search, "\r")
    quote = dialog.findChild(QPlainTextEdit, "evidence_quote")
    assert quote is not None
    quote.setPlainText("The council closed the night lines to pay for the bridge over the Vell.")
    _press(dialog, "2", Qt.KeyboardModifier.AltModifier)
    locator = dialog.findChild(QLineEdit, "evidence_locator")
    assert locator is not None
    locator.setText("p. 3")
    _settle(app)
    pictures.take("link-evidence", dialog)
    _press(dialog, "\r", Qt.KeyboardModifier.ControlModifier)
    _settle(app)


def _export(app: QApplication, window: MainWindow, pictures: _Pictures, target: Path) -> Path:
    work = window.workbench
    assert work is not None
    work.export.folder = target
    window.commands["export"].trigger()
    _settle(app, 400)
    dialog = work.export.dialog
    assert dialog is not None
    pictures.take("export", dialog)
    written: list[str] = []
    work.export.exported.connect(written.append)
    dialog.confirm()
    _settle(app)
    return Path(written[0])


_KEYS = {"\r": Qt.Key.Key_Return, "+": Qt.Key.Key_Plus}


def _press(
    widget: QWidget, text: str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    key = _KEYS.get(text) or Qt.Key(ord(text.upper()))
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, text))


def _settle(app: QApplication, milliseconds: int = 60) -> None:
    """Let events, timers and animations run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    app.processEvents()
