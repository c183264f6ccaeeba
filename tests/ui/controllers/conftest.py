"""A window on a real library with the sample article, with its backups in a folder of the test."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from tests.conftest import counting_environment

from annotator import paths
from annotator.domain.claim import Claim
from annotator.domain.ids import ClaimId
from annotator.services import backups, claims, samples
from annotator.services.backups import Backup, Reason
from annotator.services.library import Library
from annotator.settings import Settings
from annotator.ui.bridge import LibraryBridge
from annotator.ui.main_window import MainWindow
from annotator.ui.runner import Done, ImmediateRunner, Runner, ThreadRunner
from annotator.ui.theme import ThemeManager


class HeldRunner(ImmediateRunner):
    """Does work at once, but what is to run aside only when told to, once `holding` is set."""

    def __init__(self) -> None:
        self.holding = False
        self._held: list[Callable[[], None]] = []

    def run_aside(self, work: Callable[[], Any], done: Done, failed: Done, *, owner: QObject) -> None:
        """See `Runner`."""
        if self.holding:
            self._held.append(lambda: self.run(work, done, failed, owner=owner))
        else:
            self.run(work, done, failed, owner=owner)

    def release(self) -> None:
        """Do what was held back."""
        self.holding = False
        held, self._held = self._held, []
        for work in held:
            work()


class Desk:
    """The window. Its library is opened without looking for damage first, so that damage can be dealt with in it."""

    def __init__(self, folder: Path, runner: Runner | None = None) -> None:
        self.path, self.data = folder / "library.annotator", folder / "data"
        self.runner = HeldRunner()
        self.themes = ThemeManager()
        self.themes.load_fonts()
        self.themes.apply()
        environment = counting_environment()
        self.bridge = LibraryBridge(
            lambda: Library.open(self.path, environment, check=False),
            runner or self.runner,
            path=self.path,
            data_folder=self.data,
        )
        self.window = MainWindow(self.themes, Settings(None), self.bridge)
        self.failures: list[Exception] = []
        self.bridge.failed.connect(self.failures.append)

    @property
    def library(self) -> Library:
        """The library of the window."""
        return self.bridge.library

    def claims(self) -> list[Claim]:
        """All claims outside of the bin."""
        return list(self.library.read(lambda store: store.find(Claim)))

    def delete(self, claim: Claim) -> None:
        """Delete a claim, as the window does."""
        self.bridge.execute(
            lambda store: claims.delete_claim(store, claim_id=ClaimId(claim.id)), label="Delete claim"
        )

    def back_up(self) -> Backup:
        """Make a backup."""
        made = backups.make_backup(self.library, data_folder=self.data, reason=Reason.ASKED, always=True)
        assert made is not None
        return made

    def harm(self, statement: str) -> None:
        """Change the file behind the window's back."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            assert connection.execute(statement).rowcount > 0

    def damage(self) -> bytes:
        """Close the library and overwrite the page at the root of the claims; what the file is then."""
        self.bridge.library.close()
        self.bridge._library = None
        with closing(sqlite3.connect(self.path)) as connection:
            query = (
                "SELECT rootpage, (SELECT * FROM pragma_page_size) FROM sqlite_master WHERE name = 'claim'"
            )
            page, size = connection.execute(query).fetchone()
        content = bytearray(self.path.read_bytes())
        content[(page - 1) * size : page * size] = bytes(size)
        self.path.write_bytes(content)
        return bytes(content)

    def settle(self) -> None:
        """Let the window answer."""
        QTest.qWait(20)

    def confirm(self, dialog: QWidget) -> None:
        """Press Ctrl+Return where the focus is in a dialog."""
        QTest.keyClick(focus(dialog), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    def escape(self, dialog: QWidget) -> None:
        """Press Esc where the focus is in a dialog."""
        QTest.keyClick(focus(dialog), Qt.Key.Key_Escape)
        self.settle()


def focus(dialog: QWidget) -> QWidget:
    """The widget of a dialog that gets the keys."""
    found = dialog.focusWidget()
    return found if found is not None else dialog


def button(dialog: QWidget, name: str) -> QPushButton:
    """A button by its name."""
    found = dialog.findChild(QPushButton, name)
    assert found is not None, name
    return found


def furnished(made: Desk) -> Iterator[Desk]:
    """The desk with the sample article, shown; closed afterwards."""
    made.bridge.execute(
        lambda store: samples.add_sample(store, paths.sample_texts()), label="Add the sample article"
    )
    made.window.show()
    made.window.activateWindow()
    made.settle()
    yield made
    made.window.close()
    made.window.deleteLater()
    made.settle()


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    yield from furnished(Desk(tmp_path))


@pytest.fixture
def threaded(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """As `desk`, with the threads of the program."""
    yield from furnished(Desk(tmp_path, ThreadRunner()))
