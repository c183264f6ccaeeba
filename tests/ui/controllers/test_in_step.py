"""Text and panel in step: one active claim, and an act on one side moves only the other in answer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from tests.conftest import counting_environment
from tests.end2end.driver import ALT, SHIFT, Driver

from annotator.domain.selectors import TextSpan
from annotator.services import claims, ratings
from annotator.services.claims import ClaimFields
from annotator.services.library import Store
from annotator.ui.panel.claim_list import ROW_HEIGHT
from annotator.ui.reader.hover_card import HoverCard
from annotator.ui.runner import ImmediateRunner

WORDS = "The harbour was dredged again that spring, and the ferries kept to the northern channel. "
ARTICLE = "About the harbour\n\n" + "\n\n".join(
    f"In year {number} the council counted {number} boats. {WORDS * 3}" for number in range(100, 140)
)
CLAIMS = 40


def add_claims(store: Store, text_id: object, text: str) -> None:
    """A claim in every paragraph; every fourth one has a verdict."""
    for number in range(100, 100 + CLAIMS):
        start = text.index(f"In year {number}")
        span = TextSpan(start, text.index(".", start) + 1)
        fields = ClaimFields(statement=f"{number} boats were counted")
        made = claims.add_claim(store, text_id=text_id, span=span, claim=fields)  # type: ignore[arg-type]
        if number % 4 == 0:
            ratings.rate(store, claim_id=made.claim.id, verdict="supported", confidence=80)


@pytest.fixture
def driver(qapp: QApplication, tmp_path: Path) -> Iterator[Driver]:
    made = Driver(tmp_path / "window.annotator", counting_environment(), ImmediateRunner())
    made.start()
    made.work.importing.import_text(ARTICLE)
    made.settle()
    text = made.work.reading.text
    assert text is not None
    made.work.bridge.execute(partial(add_claims, text_id=text.id, text=text.text), label="Tag claims")
    made.settle(60)
    made.window.reader.view.reduced_motion = True
    made.window.reader.focus_text()
    yield made
    made.close()


def scrolls(driver: Driver) -> tuple[int, int]:
    """How far the text and the list are scrolled."""
    window = driver.window
    return (
        window.reader.view.verticalScrollBar().value(),
        window.panel.claim_list.verticalScrollBar().value(),
    )


def wheel(widget: QWidget, steps: int) -> None:
    """Turn the wheel over a widget."""
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at,
        widget.mapToGlobal(at),
        QPoint(0, 0),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def card_shown(driver: Driver, row: int) -> int:
    """How many pixels of a card are to be seen."""
    cards = driver.window.panel.claim_list
    shown = cards.visualRect(cards.model().index(row, 0)).intersected(cards.viewport().rect())
    return max(0, shown.height())


class Acts:
    """What people do at random, each with what may move by it."""

    def __init__(self, driver: Driver, seed: int) -> None:
        self._driver, self._random = driver, Random(seed)
        self._view, self._panel = driver.window.reader.view, driver.window.panel

    def one(self) -> str:
        """Do something; says what."""
        act = self._random.choice(
            (
                *(self.wheel_text, self.page, self.rail, self.step_text, self.step_claims, self.click_text),
                *(self.wheel_list, self.click_card, self.arrow_in_list, self.step_editor),
            )
        )
        before, cards = scrolls(self._driver), self._panel.claim_list
        current = cards.currentIndex().row()
        seen = [card_shown(self._driver, row) for row in range(CLAIMS)]
        act()
        self._driver.settle(60)
        after = scrolls(self._driver)
        text_moved, list_moved = before[0] != after[0], before[1] != after[1]
        told = f"{act.__name__}: {before} -> {after}"
        chosen = cards.currentIndex().row()
        if act in (self.click_text, self.wheel_list):
            assert not text_moved, told
        elif act == self.click_card:
            assert not list_moved, told
        elif act == self.step_editor:
            assert not (text_moved and list_moved), told
        elif act == self.arrow_in_list and list_moved:
            assert seen[chosen] < ROW_HEIGHT // 2, told  # one's own step leads to a card out of sight
        elif act in (self.step_text, self.step_claims) and list_moved:
            assert chosen != current, told
            assert seen[chosen] < ROW_HEIGHT, told
        assert self._view.active == self._mention(), told
        return act.__name__

    def _mention(self) -> str | None:
        view = self._driver.work.reading.claim_view(self._panel.active_claim())
        return view.mention.id if view is not None else None

    def wheel_text(self) -> None:
        wheel(self._view.viewport(), self._random.choice((-3, -1, 1, 2)))

    def page(self) -> None:
        self._view.setFocus()
        self._driver.press(Qt.Key.Key_Space, self._random.choice((SHIFT, Qt.KeyboardModifier.NoModifier)))

    def rail(self) -> None:
        rail = self._driver.window.reader.rail
        QTest.mouseClick(
            rail, Qt.MouseButton.LeftButton, pos=QPoint(9, self._random.randrange(rail.height()))
        )

    def step_text(self) -> None:
        self._view.setFocus()
        self._driver.press(self._random.choice("jk.,"))

    def step_claims(self) -> None:
        self._view.setFocus()
        self._driver.press(self._random.choice("jk"), SHIFT)

    def click_text(self) -> None:
        viewport = self._view.viewport()
        at = QPoint(
            self._random.randrange(80, viewport.width() - 40), self._random.randrange(viewport.height())
        )
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at)

    def wheel_list(self) -> None:
        wheel(self._panel.claim_list.viewport(), self._random.choice((-2, -1, 1)))

    def click_card(self) -> None:
        viewport = self._panel.claim_list.viewport()
        at = QPoint(100, self._random.choice((1, viewport.height() // 2, viewport.height() - 2)))
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at)

    def arrow_in_list(self) -> None:
        self._panel.claim_list.setFocus()
        self._driver.press(self._random.choice((Qt.Key.Key_Down, Qt.Key.Key_Up)))

    def step_editor(self) -> None:
        if self._panel.active_claim():
            self._panel.editor.focus_statement()
            self._driver.press(self._random.choice((Qt.Key.Key_Down, Qt.Key.Key_Up)), ALT)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_one_does_only_one_side_moves_in_answer(driver: Driver, seed: int) -> None:
    acts = Acts(driver, seed)
    done = {acts.one() for _ in range(60)}
    assert len(done) == 10


def test_the_list_follows_the_topmost_claim_of_a_text_that_is_scrolled(driver: Driver) -> None:
    view, cards = driver.window.reader.view, driver.window.panel.claim_list
    for _ in range(4):
        driver.press(Qt.Key.Key_Space)
    driver.settle(60)
    row = view.topmost_claim()
    assert row is not None
    top = cards.indexAt(QPoint(20, 4))
    assert top.data(cards.claims.ID_ROLE) == row.claim_id
    assert top.row() > 3
    assert view.active is None
    assert driver.window.panel.active_claim() == ""


def test_a_list_that_has_the_focus_stays_where_it_is(driver: Driver) -> None:
    cards = driver.window.panel.claim_list
    cards.setFocus()
    before = scrolls(driver)
    wheel(driver.window.reader.view.viewport(), -20)
    driver.settle(60)
    after = scrolls(driver)
    assert after[0] > before[0]
    assert after[1] == before[1]


def test_the_list_waits_for_typing_that_is_not_stored_yet(driver: Driver) -> None:
    driver.press("j", SHIFT)
    driver.press(Qt.Key.Key_Return)
    driver.press("x")
    before = scrolls(driver)
    wheel(driver.window.reader.view.viewport(), -20)
    driver.settle(60)
    assert scrolls(driver)[0] > before[0]
    assert scrolls(driver)[1] == before[1]


def test_a_half_visible_card_stays_half_visible_when_it_is_chosen(driver: Driver) -> None:
    cards = driver.window.panel.claim_list
    cards.verticalScrollBar().setValue(20 * ROW_HEIGHT + 40)
    QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 5))
    driver.settle(60)
    text, at = scrolls(driver)
    assert cards.currentIndex().row() == 20
    assert at == 20 * ROW_HEIGHT + 40
    assert text > 0


def test_choosing_a_card_puts_the_caret_there_and_the_mark_beside_its_paragraph(driver: Driver) -> None:
    cards, view = driver.window.panel.claim_list, driver.window.reader.view
    cards.setCurrentIndex(cards.model().index(7, 0))
    driver.settle()
    assert view.caret_offset() == driver.text.index("In year 107")
    assert view.textCursor().blockNumber() == view._caret_mark.block


def test_a_chosen_card_leaves_a_selection_alone(driver: Driver) -> None:
    driver.select("In year 103")
    cards = driver.window.panel.claim_list
    cards.setCurrentIndex(cards.model().index(7, 0))
    driver.settle()
    span = driver.window.reader.view.selected_span()
    assert span is not None
    assert driver.text[span.start : span.end] == "In year 103"


def test_an_edit_leaves_a_list_where_one_has_scrolled_it(driver: Driver) -> None:
    driver.press("j", SHIFT)
    wheel(driver.window.panel.claim_list.viewport(), -6)
    at = scrolls(driver)[1]
    driver.press("v")
    driver.press("s")
    assert scrolls(driver)[1] == at


# The filter ----------------------------------------------------------------------------------------------------


def numbers_marked(driver: Driver) -> set[int]:
    """The numbers of the claims whose passages are drawn on screen."""
    page, view = driver.window.reader.view.page, driver.window.reader.view
    found = set()
    for shown in view._shown():
        for piece in page.marks(shown.block, shown.position).pieces:
            if piece.row.claim_id is not None:
                found.add(page.numbers[piece.row.claim_id])
    return found


def chip(driver: Driver, name: str) -> QPushButton:
    found = driver.window.reader.findChild(QPushButton, name)
    assert found is not None
    return found


def test_a_filter_holds_for_text_rail_and_counts_alike(driver: Driver) -> None:
    assert numbers_marked(driver) >= {1, 2, 3}
    driver.window.panel.set_filter("rated")
    driver.settle()
    rated = set(range(1, CLAIMS + 1, 4))
    assert numbers_marked(driver) <= rated
    page = driver.window.reader.view.page
    assert {page.numbers[row.claim_id] for _, row in page.ticks(5000) if row.claim_id} == rated
    assert driver.window.panel.tabs.count_of(0) == CLAIMS // 4
    driver.window.panel.set_filter("all")
    assert numbers_marked(driver) >= {1, 2, 3}
    assert driver.window.panel.tabs.count_of(0) == CLAIMS


def test_chips_say_how_many_are_off_screen_and_lead_there(driver: Driver) -> None:
    view = driver.window.reader.view
    driver.window.panel.set_filter("rated")
    driver.settle(50)
    on_screen = len(numbers_marked(driver))
    assert not chip(driver, "claims_above").isVisible()
    assert chip(driver, "claims_below").text() == f"{CLAIMS // 4 - on_screen} below"
    chip(driver, "claims_below").click()
    driver.settle()
    assert view.active is not None
    assert active_number(driver) == 1 + 4 * on_screen
    assert view.on_screen(view.page.index.rows_of(view.active)[0].start)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    driver.settle()
    assert chip(driver, "claims_above").isVisible()
    assert not chip(driver, "claims_below").isVisible()
    driver.window.panel.set_filter("all")
    assert not chip(driver, "claims_above").isVisible()


def active_number(driver: Driver) -> int:
    row = driver.work.reading.active_row()
    assert row is not None
    assert row.claim_id is not None
    return driver.window.reader.view.page.numbers[row.claim_id]


def test_a_hidden_claim_is_stepped_over_and_not_activated_by_a_click(driver: Driver) -> None:
    view = driver.window.reader.view
    driver.window.panel.set_filter("rated")
    driver.press("j", SHIFT)
    driver.press("j", SHIFT)
    assert active_number(driver) == 5
    view.set_caret(driver.text.index("In year 105"))
    driver.settle()
    assert active_number(driver) == 5


def test_a_claim_that_is_rated_under_a_filter_stays_while_it_is_active(driver: Driver) -> None:
    driver.window.panel.set_filter("open")
    driver.press("j", SHIFT)
    assert numbers_marked(driver) >= {2, 3}
    driver.press("v")
    driver.press("r")
    driver.settle()
    assert 2 in numbers_marked(driver)
    driver.press("j", SHIFT)
    assert 2 not in numbers_marked(driver)


# The pointer ---------------------------------------------------------------------------------------------------


def test_a_card_under_the_pointer_shows_its_passage_until_the_pointer_leaves(driver: Driver) -> None:
    cards, view = driver.window.panel.claim_list, driver.window.reader.view
    QTest.mouseMove(cards.viewport(), QPoint(100, 20))
    cards.entered.emit(cards.model().index(0, 0))
    assert view.page.hovered == driver.work.reading.work.claims[0].mention.id  # type: ignore[union-attr]
    QApplication.sendEvent(cards, QEvent(QEvent.Type.Leave))
    assert view.page.hovered is None


def wait_for_card(driver: Driver) -> HoverCard | None:
    driver.settle(450)
    return driver.window.reader.findChild(HoverCard)


def test_a_card_tells_of_the_mark_under_a_resting_pointer(driver: Driver) -> None:
    view = driver.window.reader.view
    start = driver.text.index("In year 100")
    box = view.boxes_on_screen(TextSpan(start, start + 11))[0]
    QTest.mouseMove(view.viewport(), box.center().toPoint() - view.viewport().pos())
    card = wait_for_card(driver)
    assert card is not None
    assert card.isVisible()
    assert card.words() == ["Claim 1", "100 boats were counted", "Supported · 80\N{NO-BREAK SPACE}%"]
    assert not card.geometry().intersects(box.toRect().translated(view.pos()))
    driver.press(Qt.Key.Key_Escape)
    assert not card.isVisible()


def test_a_card_goes_when_the_pointer_or_the_text_moves(driver: Driver) -> None:
    view, rail = driver.window.reader.view, driver.window.reader.rail
    row = view.page.index.rows()[1]
    driver.settle(200)  # the rail measures a text that has been laid out
    at = rail.tick_rect(row.annotation_id).center()
    for end in (
        partial(QApplication.sendEvent, rail, QEvent(QEvent.Type.Leave)),
        partial(wheel, view.viewport(), -1),
    ):
        QTest.mouseMove(rail, QPoint(2, 2))
        QTest.mouseMove(rail, at)
        card = wait_for_card(driver)
        assert card is not None
        assert card.isVisible()
        assert card.words()[0] == "Claim 2"
        end()
        assert not card.isVisible()


def test_a_card_never_has_the_focus(driver: Driver) -> None:
    view = driver.window.reader.view
    view._hover(view.page.index.rows()[0].annotation_id)
    card = wait_for_card(driver)
    assert card is not None
    assert card.isVisible()
    assert view.hasFocus()
    assert card.focusPolicy() is Qt.FocusPolicy.NoFocus
