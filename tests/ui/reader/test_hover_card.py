"""The card that says more about what the pointer rests on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.reader.hover_card import CardLine, HoverCard
from annotator.ui.theme import ThemeManager

LONG = "Some words that go on and on until no line of a card could hold them any more. " * 3


@pytest.fixture
def pane(themes: ThemeManager, qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


@pytest.fixture
def card(pane: QWidget, themes: ThemeManager) -> HoverCard:
    themes.apply()
    return HoverCard(themes, pane)


def test_it_stands_below_what_it_is_about(card: HoverCard) -> None:
    card.show_beside(QRect(100, 50, 200, 30), "Claim 4", [CardLine("Some words", "circle-check")])
    assert card.isVisible()
    assert card.geometry().topLeft().x() == 100
    assert card.geometry().top() > 80
    assert card.words() == ["Claim 4", "Some words"]
    assert card.accessibleName() == "Claim 4. Some words"


def test_without_room_below_it_stands_above(card: HoverCard) -> None:
    place = QRect(100, 440, 200, 30)
    card.show_beside(place, "Claim 4", [CardLine(LONG)])
    assert card.geometry().bottom() < place.top()


def test_it_never_leaves_its_parent(card: HoverCard, pane: QWidget) -> None:
    for place in (QRect(690, 20, 9, 4), QRect(-50, 20, 40, 9), QRect(0, 0, 700, 500)):
        card.show_beside(place, "Claim 4", [CardLine(LONG), CardLine(LONG, "sticky-note")])
        assert pane.rect().contains(card.geometry())


def test_all_of_a_long_line_is_to_be_read(card: HoverCard) -> None:
    card.show_beside(QRect(10, 10, 9, 9), "Claim 4", [CardLine("short")])
    low = card.height()
    card.show_beside(QRect(10, 10, 9, 9), "Claim 4", [CardLine(LONG)])
    assert card.width() <= 380
    assert card.height() > low + 3 * card.fontMetrics().height()


def test_another_card_leaves_nothing_of_the_one_before(card: HoverCard) -> None:
    card.show_beside(QRect(10, 10, 9, 9), "Claim 4", [CardLine(LONG, "link")] * 4)
    card.show_beside(QRect(10, 10, 9, 9), "Claim 5", [])
    QApplication.processEvents()
    shown = [one for one in card.findChildren(QWidget) if one.isVisible()]
    assert len(shown) == 1
    assert card.words() == ["Claim 5"]


def test_the_pointer_goes_through_it_and_the_focus_past_it(card: HoverCard, pane: QWidget) -> None:
    card.show_beside(QRect(10, 10, 9, 9), "Claim 4", [CardLine("Some words")])
    assert pane.childAt(card.geometry().center()) is None
    assert card.focusPolicy() is Qt.FocusPolicy.NoFocus
