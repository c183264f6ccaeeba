"""The rows at the top and at the bottom of the window."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.header import HeaderBar, ViewTab
from annotator.ui.status_bar import StatusBar
from annotator.ui.theme import ThemeManager

VIEWS = (ViewTab("read", "Read", "book-open"), ViewTab("claims", "Claims", "list-checks"))


@pytest.fixture
def themes(qapp: QApplication) -> ThemeManager:
    manager = ThemeManager()
    manager.load_fonts()
    manager.apply()
    return manager


@pytest.fixture
def header(qtbot: QtBot, themes: ThemeManager) -> HeaderBar:
    made = HeaderBar(themes, VIEWS)
    qtbot.addWidget(made)
    made.resize(1440, 48)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


@pytest.fixture
def status(qtbot: QtBot, themes: ThemeManager) -> StatusBar:
    made = StatusBar(themes)
    qtbot.addWidget(made)
    made.resize(1440, 28)
    made.show()
    qtbot.waitExposed(made)
    return made


def words(bar: QWidget, name: str) -> str:
    found = bar.findChild(QWidget, name)
    return str(found.text()) if found is not None and found.isVisible() else ""


@pytest.mark.parametrize(
    ("name", "signal"),
    [
        ("header_menu", "menu_requested"),
        ("header_search", "palette_requested"),
        ("header_appearance", "appearance_requested"),
        ("header_theme", "theme_requested"),
        ("header_export", "export_requested"),
        ("header_library", "library_toggled"),
        ("header_panel", "panel_toggled"),
    ],
)
def test_every_button_tells_its_wish(header: HeaderBar, qtbot: QtBot, name: str, signal: str) -> None:
    button = header.findChild(QAbstractButton, name)
    assert button is not None
    with qtbot.waitSignal(getattr(header, signal), timeout=1000):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_only_the_views_given_have_tabs_and_one_of_them_is_marked(header: HeaderBar, qtbot: QtBot) -> None:
    assert list(header._tabs) == ["read", "claims"]
    with qtbot.waitSignal(header.view_chosen, timeout=1000) as told:
        qtbot.mouseClick(header._tabs["claims"], Qt.MouseButton.LeftButton)
    assert told.args == ["claims"]
    assert [tab.isChecked() for tab in header._tabs.values()] == [False, True]


def test_the_tabs_are_one_stop_and_arrows_move_between_them(header: HeaderBar, qtbot: QtBot) -> None:
    header._tabs["read"].setFocus()
    qtbot.keyClick(header._tabs["read"], Qt.Key.Key_Right)
    assert header._tabs["claims"].hasFocus()
    stops = [tab for tab in header._tabs.values() if tab.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(stops) == 1


def test_a_narrow_window_shrinks_the_field_and_turns_export_into_an_icon(header: HeaderBar) -> None:
    assert header.search_field.width() == 340
    header.resize(1024, 48)
    QApplication.processEvents()
    assert header.search_field.width() == 190
    assert not header.export_button.isVisible()
    assert header.export_icon.isVisible()


@pytest.mark.parametrize("width", [1440, 1100, 1099, 960, 861])
def test_nothing_in_the_header_is_cut_off(header: HeaderBar, width: int) -> None:
    header.resize(width, 48)
    QApplication.processEvents()
    edges = sorted(
        (child.mapTo(header, child.rect().topLeft()).x(), child.mapTo(header, child.rect().topRight()).x())
        for child in header.findChildren(QAbstractButton)
        if child.isVisible()
    )
    assert edges[-1][1] < width
    assert all(right < left for (_, right), (left, _) in pairwise(edges))


def test_exporting_that_is_not_possible_says_why(header: HeaderBar) -> None:
    header.set_export_enabled(False, "Open an article first")
    assert not header.export_button.isEnabled()
    assert header.export_button.toolTip() == "Open an article first"


def test_telling_what_is_shown_asks_for_nothing(header: HeaderBar, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(header.library_toggled), qtbot.assertNotEmitted(header.view_chosen):
        header.set_library_shown(True)
        header.set_view("claims")


def test_every_control_of_the_header_has_a_name_and_a_tooltip(header: HeaderBar) -> None:
    for child in header.findChildren(QAbstractButton):
        assert child.accessibleName(), child.objectName()
        assert child.toolTip(), child.objectName()


def test_the_status_bar_says_saved_with_the_time(status: StatusBar) -> None:
    status.set_saving()
    assert words(status, "status_state") == "Saving…"
    status.set_saved(datetime(2026, 3, 21, 14, 32).astimezone())
    assert words(status, "status_state") == "Saved 14:32"
    status.set_error("Not on disk yet")
    assert words(status, "status_state") == "Not on disk yet"


def test_a_message_can_be_undone_and_goes_away(status: StatusBar, qtbot: QtBot) -> None:
    status.show_message("Claim 4: confidence 62 → 72 %", undo=True)
    assert words(status, "status_message") == "Claim 4: confidence 62 → 72 %"
    undo = status.findChild(QAbstractButton, "status_undo")
    assert undo is not None
    with qtbot.waitSignal(status.undo_requested, timeout=1000):
        qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    undo.clearFocus()
    status.clear_message()
    assert words(status, "status_message") == ""
    assert not undo.isVisible()


def test_a_message_without_undo_shows_no_button(status: StatusBar) -> None:
    status.show_message("12 results")
    assert words(status, "status_undo") == ""


def test_hints_that_do_not_fit_are_left_out_from_the_first_on(status: StatusBar) -> None:
    status.set_hints(
        [("E", "expand"), ("C", "claim"), ("H", "highlight"), ("V", "verdict"), ("?", "all keys")]
    )
    QApplication.processEvents()
    assert [box.isVisible() for box, _ in status._hint_list] == [True] * 5
    status.resize(400, 28)
    QApplication.processEvents()
    assert [box.isVisible() for box, _ in status._hint_list][-1]
    assert not status._hint_list[0][0].isVisible()
