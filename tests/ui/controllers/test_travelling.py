"""Back and forward in the window: between articles, and inside of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.conftest import counting_environment
from tests.end2end.driver import ALT, Driver

from annotator.ui.runner import ImmediateRunner

ARTICLE = Path(__file__).parents[2] / "end2end" / "article.md"


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


def test_the_way_back_from_a_claim_leads_to_where_one_read(driver: Driver) -> None:
    view = driver.window.reader.view
    driver.press("j")
    place = view.caret_offset()
    claims = driver.work.reading.work.claims
    driver.work.reading.select_claim(claims[-1].claim.id)
    driver.work.reading.select_claim(claims[-2].claim.id)  # passed through
    assert not view.on_screen(place)
    driver.window.reader.focus_text()
    driver.press(Qt.Key.Key_Left, ALT)
    assert view.caret_offset() == place
    assert view.verticalScrollBar().value() == 0
    driver.press(Qt.Key.Key_Right, ALT)
    assert view.on_screen(claims[-2].mention.start)


def test_a_search_is_one_step_back(driver: Driver) -> None:
    view, bar = driver.window.reader.view, driver.window.reader.find_bar
    driver.press("j")
    place = view.caret_offset()
    driver.press("/")
    bar.field.setText("tram")
    for _ in range(20):
        driver.press(Qt.Key.Key_Return)
    assert not view.on_screen(place)
    driver.press(Qt.Key.Key_Escape)
    driver.press(Qt.Key.Key_Left, ALT)
    assert view.caret_offset() == place


def test_the_next_place_with_f3_is_the_same_search(driver: Driver) -> None:
    view, bar = driver.window.reader.view, driver.window.reader.find_bar
    driver.press("j")
    place = view.caret_offset()
    driver.press("/")
    bar.field.setText("tram")
    driver.press(Qt.Key.Key_Escape)
    for _ in range(20):
        driver.window.commands["find_next"].trigger()
    assert not view.on_screen(place)
    driver.press(Qt.Key.Key_Left, ALT)
    assert view.caret_offset() == place


def test_what_is_on_screen_already_is_no_jump(driver: Driver) -> None:
    driver.work.reading.select_claim(driver.work.reading.work.claims[0].claim.id)
    assert not driver.window.reader._back.isEnabled()


def test_between_articles_one_comes_back_to_the_same_screen(driver: Driver) -> None:
    view, reading = driver.window.reader.view, driver.work.reading
    first = reading.article.id
    view.verticalScrollBar().setValue(1000)
    place = view.reading_position()
    driver.work.importing.open_paths([ARTICLE])
    driver.settle(100)
    assert reading.article.id != first
    assert driver.window.reader._back.isEnabled()
    driver.press(Qt.Key.Key_Left, ALT)
    assert reading.article.id == first
    assert view.reading_position() == place
    assert not driver.window.reader._back.isEnabled()
    driver.press(Qt.Key.Key_Right, ALT)
    assert reading.article.id != first
    assert driver.window.reader._back.isEnabled()
    assert not driver.window.reader._forward.isEnabled()


def test_from_a_claim_of_another_article_one_step_leads_back(driver: Driver) -> None:
    reading = driver.work.reading
    first, claim = reading.article.id, reading.work.claims[-1].claim.id
    driver.work.importing.open_paths([ARTICLE])
    driver.settle(100)
    second = reading.article.id
    reading.open_claim(claim, first)
    driver.settle(100)
    assert reading.article.id == first
    assert reading.active_claim().claim.id == claim
    driver.window.reader.focus_text()
    driver.press(Qt.Key.Key_Left, ALT)
    assert reading.article.id == second


def test_an_article_that_is_opened_begins_with_all_that_stands_above_it(driver: Driver) -> None:
    assert driver.window.reader.view.verticalScrollBar().value() == 0
