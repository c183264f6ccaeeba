"""What an empty library shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.first_run import FirstRun
from annotator.ui.incoming import Incoming
from annotator.ui.theme import ThemeManager


@pytest.fixture
def themes(qapp: QApplication) -> ThemeManager:
    manager = ThemeManager()
    manager.load_fonts()
    manager.apply()
    return manager


@pytest.fixture
def page(qtbot: QtBot, themes: ThemeManager) -> FirstRun:
    made = FirstRun(themes)
    qtbot.addWidget(made)
    made.resize(1440, 824)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


@pytest.mark.parametrize(
    ("name", "signal"),
    [
        ("first_run_open", "open_requested"),
        ("first_run_paste", "paste_requested"),
        ("first_run_sample", "sample_requested"),
        ("first_run_library", "library_requested"),
    ],
)
def test_each_way_to_begin_is_a_button_that_space_presses(
    page: FirstRun, qtbot: QtBot, name: str, signal: str
) -> None:
    button = page.findChild(QAbstractButton, name)
    assert button is not None
    assert button.accessibleName()
    button.setFocus()
    assert button.hasFocus()
    with qtbot.waitSignal(getattr(page, signal), timeout=1000):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_return_presses_a_card_as_well(page: FirstRun, qtbot: QtBot) -> None:
    page.paste_card.setFocus()
    with qtbot.waitSignal(page.paste_requested, timeout=1000):
        qtbot.keyClick(page.paste_card, Qt.Key.Key_Return)


def test_s_opens_the_sample_article_from_anywhere_on_the_page(page: FirstRun, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.sample_requested, timeout=1000):
        qtbot.keyClick(page.open_card, Qt.Key.Key_S)


def test_focus_begins_at_open_articles(page: FirstRun) -> None:
    page.setFocus()
    assert page.open_card.hasFocus()


def test_the_look_follows_the_theme_and_asks_for_another(
    page: FirstRun, themes: ThemeManager, qtbot: QtBot
) -> None:
    assert page._looks.value() == "light"
    with qtbot.waitSignal(page.theme_requested, timeout=1000) as asked:
        qtbot.mouseClick(page._looks.buttons()[2], Qt.MouseButton.LeftButton)
    assert asked.args == ["sepia"]
    themes.set("dark")
    assert page._looks.value() == "dark"
    themes.set("light")


def drop(page: FirstRun, data: QMimeData) -> None:
    actions, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    page.drop_zone.dropEvent(QDropEvent(QPointF(9, 9), actions, data, Qt.MouseButton.LeftButton, none))


def test_dropped_files_are_told_by_their_paths_and_dropped_text_by_its_words(
    page: FirstRun, qtbot: QtBot
) -> None:
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/tmp/a.md"), QUrl.fromLocalFile("/tmp/b.html")])
    with qtbot.waitSignal(page.dropped, timeout=1000) as told:
        drop(page, files)
    assert told.args == [Incoming(files=(Path("/tmp/a.md"), Path("/tmp/b.html")))]
    text = QMimeData()
    text.setText("Some passage")
    with qtbot.waitSignal(page.dropped, timeout=1000) as told:
        drop(page, text)
    assert told.args == [Incoming(text="Some passage")]


def test_nothing_is_cut_off_sideways_in_the_smallest_window(page: FirstRun) -> None:
    page.resize(960, 524)
    QApplication.processEvents()
    assert page.horizontalScrollBar().maximum() == 0


def test_every_control_has_a_name(page: FirstRun) -> None:
    for child in page.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert child.accessibleName(), child.objectName()
