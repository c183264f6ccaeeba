"""The menus of the text, its keys in the claim list, and what the status bar says: in the window, by keys and pointer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from tests.conftest import counting_environment
from tests.end2end.driver import CONTROL, SHIFT, Driver

from annotator.domain.selectors import TextSpan
from annotator.services import annotations
from annotator.services.library import Library
from annotator.ui.bridge import LibraryBridge
from annotator.ui.runner import ImmediateRunner
from annotator.ui.widgets.labels import ElidedLabel

SENTENCE = "The engineers have a point too: rails must be ground, switches greased, wires inspected."


def start(path: Path) -> Driver:
    made = Driver(path, counting_environment(), ImmediateRunner())
    made.start()
    made.window.reader.view.reduced_motion = True
    return made


@pytest.fixture
def driver(qapp: QApplication, tmp_path: Path) -> Iterator[Driver]:
    made = start(tmp_path / "window.annotator")
    made.window.commands["sample"].trigger()
    made.settle()
    made.window.reader.focus_text()
    yield made
    menu = QApplication.activePopupWidget()
    if menu is not None:
        menu.close()
    made.close()


@pytest.fixture
def reading_only(driver: Driver, tmp_path: Path) -> Iterator[Driver]:
    """The same library, opened for reading."""
    driver.close()
    made = Driver(tmp_path / "window.annotator", counting_environment(), ImmediateRunner())
    open_library = partial(Library.open, tmp_path / "window.annotator", read_only=True)
    bridge: LibraryBridge = made.window.bridge
    bridge._open_library = open_library
    made.start()
    made.window.reader.focus_text()
    yield made
    made.close()


def menu() -> QMenu:
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def entries(of: QMenu) -> list[str]:
    return [action.text() for action in of.actions() if action.text()]


def entry(of: QMenu, words: str) -> QAction:
    return next(action for action in of.actions() if action.text().startswith(words))


def choose(driver: Driver, number: int) -> None:
    work = driver.work.reading.work
    assert work is not None
    driver.work.reading.select_claim(next(v.claim.id for v in work.claims if v.number == number))
    driver.settle()


def number_of_active(driver: Driver) -> int:
    view = driver.work.reading.active_claim()
    return view.number if view is not None else 0


def said(driver: Driver) -> str:
    found = driver.window.status.findChild(ElidedLabel, "status_message")
    assert found is not None
    return found.text()


def place_words(driver: Driver) -> str:
    found = driver.window.status.findChild(QLabel, "status_place")
    assert found is not None
    return found.text()


def overlap(driver: Driver) -> None:
    """A highlight in the middle of claim 4, with the caret in both."""
    text = driver.work.reading.text
    assert text is not None
    begin = driver.text.index("night trams grew")
    use_case = partial(annotations.add_highlight, text_id=text.id, span=TextSpan(begin, begin + 11))
    driver.window.bridge.execute(use_case, label="Highlight")
    driver.window.reader.view.set_caret(begin + 2)
    choose(driver, 4)
    driver.window.reader.view.set_caret(begin + 2)
    driver.settle()


# Menus -----------------------------------------------------------------------------------------------------


def test_shift_f10_shows_what_can_be_done_with_a_selection_and_its_keys(driver: Driver) -> None:
    choose(driver, 4)
    driver.select(SENTENCE)
    driver.press(Qt.Key.Key_F10, SHIFT)
    found = entries(menu())
    assert found[:4] == ["Claim\tC", "Highlight\tH", "Note\tN", "Tag"]
    assert "Add to claim 4\tA" in found
    assert "Copy\tCtrl C" in found
    before = len(driver.work.reading.work.claims)  # type: ignore[union-attr]
    entry(menu(), "Claim\t").trigger()
    driver.settle()
    assert len(driver.work.reading.work.claims) == before + 1  # type: ignore[union-attr]


def test_the_menu_of_a_claim_gives_it_a_verdict_and_a_tag(driver: Driver) -> None:
    choose(driver, 4)
    driver.press(Qt.Key.Key_Menu)
    found = entries(menu())
    assert {"Edit claim 4\tEnter", "Verdict", "Tag", "Delete claim 4\tDel"} <= set(found)
    verdicts = entry(menu(), "Verdict").menu()
    assert isinstance(verdicts, QMenu)
    entry(verdicts, "Refuted\tV R").trigger()
    driver.settle()
    view = driver.work.reading.active_claim()
    assert view is not None
    assert view.claim.verdict == "refuted"
    assert said(driver) == "Claim 4: verdict Refuted"


def test_a_right_click_is_about_what_lies_under_it(driver: Driver) -> None:
    view = driver.window.reader.view
    view.set_caret(driver.text.index("Ridership on the night"))
    choose(driver, 5)
    begin = driver.text.index("night trams grew")
    (box,) = view.boxes_on_screen(TextSpan(begin, begin + 5))
    point = box.center().toPoint() - view.viewport().pos()
    right_click(driver, point)
    assert number_of_active(driver) == 4
    assert "Delete claim 4\tDel" in entries(menu())
    menu().close()
    driver.select("Critics reply")
    (box,) = view.boxes_on_screen(view.selected_span() or TextSpan(0, 0))
    right_click(driver, box.center().toPoint() - view.viewport().pos())
    assert "Highlight\tH" in entries(menu())
    assert view.selected_span() is not None


def right_click(driver: Driver, point: QPoint) -> None:
    viewport = driver.window.reader.view.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.RightButton, pos=point)
    if QApplication.activePopupWidget() is None:
        reason = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(viewport, QContextMenuEvent(reason, point, viewport.mapToGlobal(point)))
    driver.settle()


def test_the_dots_of_the_bar_lead_to_the_menu_and_to_its_setting(driver: Driver) -> None:
    driver.select(SENTENCE)
    driver.settle(300)
    bar = driver.window.reader.selection_bar
    assert bar.isVisible()
    bar.more_requested.emit(QPoint(300, 300))
    modes = entry(menu(), "Show the bar").menu()
    assert isinstance(modes, QMenu)
    assert [action.text() for action in modes.actions() if action.isChecked()] == ["Always"]
    entry(modes, "Never").trigger()
    menu().close()
    assert driver.window.settings.get("selection_bar") == "never"
    driver.select("Critics reply")
    driver.settle(300)
    assert not bar.isVisible()


def test_enter_where_several_marks_lie_shows_a_list_of_them(driver: Driver) -> None:
    overlap(driver)
    driver.press(Qt.Key.Key_Return)
    found = entries(menu())
    assert len(found) == 2
    assert any(words.startswith("4  ") and words.endswith("\tConflicting") for words in found)
    assert menu().activeAction().text().startswith("4  ")
    highlight = entry(menu(), "Highlight: night trams")
    menu().setActiveAction(highlight)
    QTest.keyClick(menu(), Qt.Key.Key_Return)
    driver.settle()
    row = driver.work.reading.active_row()
    assert row is not None
    assert row.claim_id is None
    assert driver.focus().objectName() == driver.window.panel.notes.note.objectName()


def test_enter_brings_a_hidden_panel_back(driver: Driver) -> None:
    choose(driver, 4)
    driver.press(Qt.Key.Key_F9, SHIFT)
    assert not driver.window.panel.isVisible()
    driver.window.reader.focus_text()
    driver.press(Qt.Key.Key_Return)
    assert driver.window.panel.isVisible()
    assert driver.focus() is driver.window.panel.editor.statement


# Keys in the claim list --------------------------------------------------------------------------------------


def test_single_keys_work_in_the_claim_list(driver: Driver) -> None:
    choose(driver, 4)
    claims = driver.window.panel.claim_list
    claims.setFocus()
    driver.press("v")
    driver.press("s")
    view = driver.work.reading.active_claim()
    assert view is not None
    assert (view.number, view.claim.verdict) == (4, "supported")
    driver.press("j")
    assert number_of_active(driver) == 5
    driver.press("k")
    driver.press("k")
    assert number_of_active(driver) == 3
    driver.press("2")
    tags = {tag.id: tag.key for tag in driver.work.reading.tags}
    active = driver.work.reading.active_claim()
    assert active is not None
    assert tags[active.claim.tags[0]] == "2"
    assert driver.focus() is claims
    driver.press(Qt.Key.Key_Escape)
    assert driver.focus() is driver.window.reader.view


def test_a_verdict_is_not_awaited_any_more_when_the_list_is_left(driver: Driver) -> None:
    choose(driver, 4)
    driver.window.panel.claim_list.setFocus()
    driver.press("v")
    driver.window.library.list.setFocus()
    assert not driver.window.reader.view.awaits_verdict


# What is said ------------------------------------------------------------------------------------------------


def test_the_status_bar_counts_what_is_selected(driver: Driver) -> None:
    driver.select(SENTENCE)
    driver.settle(200)
    assert place_words(driver) == "1 sentence selected, 14 words"
    driver.select("a point too")
    driver.settle(200)
    assert place_words(driver) == "3 words selected"
    driver.press(Qt.Key.Key_Escape)
    driver.settle(200)
    assert place_words(driver) == ""


def test_messages_say_what_was_changed_and_undo_says_it_again(driver: Driver) -> None:
    choose(driver, 4)
    for _ in range(2):
        driver.press("-")
    assert said(driver) == "Claim 4: confidence 67 → 62 %"
    driver.press("z", CONTROL)
    assert said(driver) == "Undid: Claim 4: confidence 67 → 62 %"
    driver.press("1")
    assert said(driver) == "Claim 4: tag Statistic"
    driver.press(Qt.Key.Key_Delete)
    assert driver.window.toast.accessibleName() == "Claim 4 deleted, with 4 evidence links"
    driver.select("Nordholm did")
    driver.press("c")
    assert said(driver) == "Claim 8 created, tag Statistic"
    view = driver.work.reading.active_claim()
    assert view is not None
    assert view.number == 8


def test_a_library_for_reading_says_why_and_offers_nothing_that_cannot_work(reading_only: Driver) -> None:
    driver = reading_only
    choose(driver, 4)
    keys = [label.text() for label in driver.window.status.findChildren(QLabel) if label.isVisible()]
    assert "claim" not in keys
    assert "highlight" not in keys
    driver.select(SENTENCE)
    for key in ("c", "h", "n", "1", "a"):
        driver.window.status.clear_message()
        driver.press(key)
        assert said(driver).startswith("This library is open for reading only")
    driver.press(Qt.Key.Key_F10, SHIFT)
    assert entries(menu()) == ["Select more\tE", "Select less\tShift E", "Copy\tCtrl C"]
    menu().close()
    driver.press(Qt.Key.Key_Escape)
    choose(driver, 4)
    driver.press(Qt.Key.Key_F10, SHIFT)
    assert not any(words.startswith(("Edit", "Delete", "Tag", "Verdict")) for words in entries(menu()))
    menu().close()
    before = driver.window.reader.view.page.index.rows()
    driver.press(Qt.Key.Key_Right, SHIFT | Qt.KeyboardModifier.AltModifier)
    assert said(driver) == "This library is open for reading only"
    assert driver.window.reader.view.page.index.rows() == before
