"""The line above the text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.domain.article import BlockKind, TextBuilder
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.pane import ReaderPane
from annotator.ui.theme import ThemeManager


@pytest.fixture
def pane(themes: ThemeManager, qtbot: QtBot) -> ReaderPane:
    made = ReaderPane(themes)
    qtbot.addWidget(made)
    made.view.reduced_motion = True
    made.resize(800, 600)
    made.show()
    return made


def article() -> ReaderDocument:
    builder = TextBuilder()
    builder.add(BlockKind.HEADING, "A title", level=1)
    builder.add(BlockKind.STANDFIRST, "What it is about.")
    for part in range(4):
        builder.add(BlockKind.HEADING, f"Part {part}", level=2)
        for number in range(5):
            builder.add(BlockKind.PARAGRAPH, f"Paragraph {number} of part {part} has a few words. " * 8)
    return ReaderDocument(builder.text, tuple(builder.blocks))


def said(pane: ReaderPane) -> str:
    return pane._place.text().split(" · ")[0].strip("· ")


def test_the_position_is_the_paragraph_of_the_caret_and_counts_nothing_but_paragraphs(
    pane: ReaderPane,
) -> None:
    doc = article()
    pane.show_article(doc, "A title")
    assert said(pane) == "paragraph 1 of 20"
    pane.view.set_caret(doc.text.index("Paragraph 2 of part 0") + 30)
    assert said(pane) == "paragraph 3 of 20"
    pane.view.set_caret(doc.text.index("Part 1"))
    assert said(pane) == "paragraph 5 of 20"
    pane.view.set_caret(doc.text.index("Paragraph 4 of part 3"))
    assert said(pane) == "paragraph 20 of 20"


def test_after_scrolling_away_from_the_caret_it_is_the_first_on_screen(pane: ReaderPane) -> None:
    doc = article()
    pane.show_article(doc, "A title")
    pane.view.set_caret(doc.text.index("Paragraph 1 of part 0"))
    pane.view.restore_position(doc.text.index("Paragraph 0 of part 2"))
    assert said(pane) == "paragraph 11 of 20"


def test_without_paragraphs_nothing_is_said(pane: ReaderPane) -> None:
    pane.show_article(article(), "A title")
    pane.show_article(ReaderDocument(""), "")
    assert pane._place.text() == ""


def test_g_goes_to_a_paragraph_by_its_number(pane: ReaderPane, qtbot: QtBot) -> None:
    doc = article()
    pane.show_article(doc, "A title")
    pane.focus_text()
    told: list[int] = []
    pane.view.leaving.connect(told.append)
    qtbot.keyClicks(pane.view, "g")
    card = pane._go_to
    assert card is not None
    assert pane.focusWidget() is card.field
    assert card.field.text() == "1"
    qtbot.keyClicks(card.field, "13")
    qtbot.keyClick(card.field, Qt.Key.Key_Return)
    goal = doc.text.index("Paragraph 2 of part 2")
    assert pane.view.caret_offset() == goal
    assert pane.view.on_screen(goal)
    assert told == [goal]
    assert said(pane) == "paragraph 13 of 20"
    assert pane.focusWidget() is pane.view


def test_escape_goes_nowhere_and_numbers_there_are_not_can_not_be_typed(
    pane: ReaderPane, qtbot: QtBot
) -> None:
    pane.show_article(article(), "A title")
    pane.open_go_to()
    card = pane._go_to
    assert card is not None
    qtbot.keyClicks(card.field, "999")
    assert int(card.field.text()) <= 20 or not card.field.hasAcceptableInput()
    qtbot.keyClick(card.field, Qt.Key.Key_Escape)
    assert card.isHidden()
    assert pane.view.caret_offset() == 0


def test_without_paragraphs_there_is_nothing_to_go_to(pane: ReaderPane) -> None:
    pane.show_article(ReaderDocument(""), "")
    pane.open_go_to()
    assert pane._go_to is None
