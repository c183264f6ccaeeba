"""Claims without a place in the text: they are listed first, and P places them again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.conftest import counting_environment
from tests.end2end.driver import CONTROL, Driver

from annotator.domain.annotation import AnchorState, Annotation
from annotator.domain.selectors import TextSpan
from annotator.domain.views import ClaimView
from annotator.services.library import Store
from annotator.ui.runner import ImmediateRunner


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


def claim(driver: Driver, number: int) -> ClaimView:
    work = driver.work.reading.work
    assert work is not None
    return work.claims[number - 1]


def lose(driver: Driver, number: int) -> Annotation:
    """What becomes of a claim whose words are in the text no longer."""
    mention = claim(driver, number).mention

    def use_case(store: Store) -> Annotation:
        return store.put(replace(store.get(Annotation, mention.id), state=AnchorState.ORPHAN, score=0.0))

    driver.work.bridge.execute(use_case, label="Lose")
    driver.settle()
    return mention


def stored(driver: Driver, mention: Annotation) -> Annotation:
    return driver.work.bridge.library.read(lambda store: store.get(Annotation, mention.id))


def test_an_unplaced_claim_is_listed_first_and_says_so(driver: Driver) -> None:
    lose(driver, 4)
    cards = driver.window.panel.claim_list
    first = cards.model().index(0, 0)
    assert first.data(cards.claims.VIEW_ROLE).number == 4
    assert "Unplaced" in first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert cards.model().index(1, 0).data(cards.claims.VIEW_ROLE).number == 1


def test_p_leads_to_it_and_then_places_it_at_the_selection_in_one_step(driver: Driver) -> None:
    mention = lose(driver, 4)
    driver.press("p")
    assert driver.window.panel.active_claim() == mention.claim_id
    driver.press("p")
    assert not stored(driver, mention).placed
    driver.select("Against it stand savings")
    driver.press("p")
    again = stored(driver, mention)
    assert again.state is AnchorState.ATTACHED
    assert driver.text[again.start : again.end] == "Against it stand savings"
    assert again.claim_id == mention.claim_id
    view = driver.window.reader.view
    assert view.active == mention.id
    assert view.page.index.rows_of(mention.id)[0].start == again.start
    assert driver.work.reading.unplaced() == {}
    driver.press("z", CONTROL)
    assert not stored(driver, mention).placed
    assert list(driver.work.reading.unplaced()) == [mention.id]


def test_an_unplaced_claim_can_be_worked_on_like_any_other(driver: Driver) -> None:
    mention = lose(driver, 3)
    driver.press("p")
    driver.press("v")
    driver.press("r")
    assert claim(driver, 3).claim.verdict == "refuted"
    assert driver.window.panel.active_claim() == mention.claim_id
    driver.press(Qt.Key.Key_Delete)
    assert driver.window.panel.active_claim() == ""
    assert driver.work.reading.unplaced() == {}


def test_choosing_its_card_leads_to_where_it_was_and_keeps_the_selection(driver: Driver) -> None:
    mention = lose(driver, 9)
    driver.select("Some 41,000")
    cards = driver.window.panel.claim_list
    cards.setCurrentIndex(cards.model().index(0, 0))
    driver.settle()
    view = driver.window.reader.view
    assert view.on_screen(mention.start)
    cards.setFocus()
    driver.press("p")
    assert driver.text[stored(driver, mention).start :].startswith("Some 41,000")


def test_a_dashed_line_stands_beside_where_it_was(driver: Driver) -> None:
    mention = lose(driver, 4)
    view = driver.window.reader.view
    view.reveal(TextSpan(mention.start, mention.end), flash=False)
    driver.settle()
    line = view.page.line_box(mention.start)
    y = round(line.center().y()) - view.verticalScrollBar().value()
    image = view.viewport().grab().toImage()
    column = view.page.layout.gutter - 9
    warning = view.theme.color("warning").rgb()
    painted = [image.pixel(column, at) == warning for at in range(y - 10, y + 10)]
    assert any(painted)
    assert not all(painted)


def test_with_everything_in_its_place_p_only_says_so(driver: Driver) -> None:
    driver.select("Some 41,000")
    before = driver.work.reading.work
    driver.press("p")
    assert driver.work.reading.work is before
