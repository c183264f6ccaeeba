"""Moving, adding and taking away passages of the active claim, in the window, with undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.conftest import counting_environment
from tests.end2end.driver import ALT, CONTROL, SHIFT, Driver

from annotator.domain.selectors import TextSpan
from annotator.domain.views import ClaimView
from annotator.ui.runner import ImmediateRunner
from annotator.ui.status_bar import StatusBar
from annotator.ui.widgets.labels import ElidedLabel


@pytest.fixture
def driver(qapp: QApplication, tmp_path: Path) -> Iterator[Driver]:
    made = Driver(tmp_path / "window.annotator", counting_environment(), ImmediateRunner())
    made.start()
    made.window.commands["sample"].trigger()
    made.settle()
    made.window.reader.view.reduced_motion = True
    made.window.reader.focus_text()
    yield made
    made.close()


def choose(driver: Driver, number: int) -> ClaimView:
    """Make a claim active."""
    work = driver.work.reading.work
    assert work is not None
    view = next(view for view in work.claims if view.number == number)
    driver.work.reading.select_claim(view.claim.id)
    driver.settle()
    return view


def mention(driver: Driver, before: ClaimView) -> ClaimView:
    """The same claim as it is now."""
    found = driver.work.reading.claim_view(before.claim.id)
    assert found is not None
    return found


def passages(driver: Driver, view: ClaimView) -> list[str]:
    return [part.exact for part in mention(driver, view).mention.segments]


def said(status: StatusBar) -> str:
    found = status.findChild(ElidedLabel, "status_message")
    assert found is not None
    return found.text()


def test_moved_ends_keep_the_claim_and_are_one_step(driver: Driver) -> None:
    view = choose(driver, 4)
    (was,) = passages(driver, view)
    for _ in range(3):
        driver.press(Qt.Key.Key_Right, ALT | SHIFT)
    driver.settle(700)
    (now,) = passages(driver, view)
    assert now.startswith(was)
    assert len(now) > len(was)
    after = mention(driver, view)
    assert (after.claim, after.evidence, after.mention.id) == (view.claim, view.evidence, view.mention.id)
    assert said(driver.window.status) == "Claim 4: passage changed"
    driver.press("z", CONTROL)
    assert passages(driver, view) == [was]
    assert said(driver.window.status) == "Undid: Claim 4: passage changed"
    driver.press("y", CONTROL)
    assert passages(driver, view) == [now]


def test_undo_in_the_middle_of_a_move_takes_the_move_back(driver: Driver) -> None:
    view = choose(driver, 4)
    was = passages(driver, view)
    driver.press(Qt.Key.Key_Right, ALT | SHIFT)
    driver.press("z", CONTROL)
    assert passages(driver, view) == was
    rows = driver.window.reader.view.page.index.rows_of(view.mention.id)
    assert [driver.text[row.start : row.end] for row in rows] == was


def test_closing_the_window_stores_a_move(driver: Driver, tmp_path: Path) -> None:
    view = choose(driver, 4)
    driver.press(Qt.Key.Key_Right, ALT | SHIFT)
    driver.close()
    again = Driver(tmp_path / "window.annotator", counting_environment(), ImmediateRunner())
    again.start()
    assert passages(again, view)[0] != view.mention.segments[0].exact
    again.close()


def test_a_adds_the_selection_and_shift_a_takes_it_away(driver: Driver) -> None:
    view = choose(driver, 4)
    (was,) = passages(driver, view)
    driver.select("Nordholm did")
    driver.press("a")
    assert passages(driver, view) == [was, "Nordholm did"]
    assert said(driver.window.status) == "Claim 4: passage added"
    driver.press("z", CONTROL)
    assert passages(driver, view) == [was]
    driver.press("y", CONTROL)
    driver.window.reader.view.set_caret(driver.text.index("Nordholm did") + 2)
    driver.press("a", SHIFT)
    assert passages(driver, view) == [was]
    driver.press("a", SHIFT)
    assert said(driver.window.status) == "This is its only passage; Del deletes the whole mark"
    assert passages(driver, view) == [was]


def test_a_without_a_selection_or_a_mark_says_what_is_missing(driver: Driver) -> None:
    choose(driver, 4)
    driver.press("a")
    assert said(driver.window.status) == "Select the passage that is to be added first"
    driver.work.reading.activate(None)
    driver.press(Qt.Key.Key_Right, ALT | SHIFT)
    assert said(driver.window.status) == "Put the caret on a claim or mark first"


def test_ctrl_s_says_that_it_is_saved(driver: Driver) -> None:
    view = choose(driver, 4)
    driver.press(Qt.Key.Key_Right, ALT | SHIFT)
    driver.press("s", CONTROL)
    assert said(driver.window.status) == "Saved"
    assert passages(driver, view) != [view.mention.segments[0].exact]


def test_undo_shows_the_passage_that_was_changed(driver: Driver) -> None:
    view = driver.window.reader.view
    claim = choose(driver, 1)
    last = driver.text.rindex(". ") - 20
    view.select(TextSpan(last, last + 15))
    driver.press("a")
    assert len(passages(driver, claim)) == 2
    view.verticalScrollBar().setValue(0)
    driver.press("z", CONTROL)
    driver.settle()
    assert len(passages(driver, claim)) == 1
    assert view.on_screen(last)
