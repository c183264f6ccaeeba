"""Two texts beside each other: their room, and which of them has the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.article import BlockKind, TextBuilder
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.evidence_bar import STANCE_KEYS, EvidenceBar
from annotator.ui.reader.pane import ReaderPane
from annotator.ui.reader.split import PANE_LEAST, TwoTexts
from annotator.ui.theme import ThemeManager


def article() -> ReaderDocument:
    builder = TextBuilder()
    for number in range(30):
        builder.add(BlockKind.PARAGRAPH, f"Paragraph {number} has a few words to read.")
    return ReaderDocument(builder.text, tuple(builder.blocks))


@pytest.fixture
def texts(qtbot: QtBot, themes: ThemeManager) -> TwoTexts:
    first = ReaderPane(themes)
    made = TwoTexts(themes, first)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    first.show_article(article(), "First")
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    first.focus_text()
    return made


def marks(texts: TwoTexts) -> list[bool]:
    return [mark.isVisible() for mark in texts._marks.values()]


def test_the_first_text_has_all_the_room_until_there_is_a_second(texts: TwoTexts) -> None:
    assert texts.first.width() == 1100
    second = texts.show_second()
    QTest.qWait(20)
    assert abs(texts.first.width() - second.width()) <= 1
    assert texts.first.width() + second.width() + 1 == 1100
    texts.hide_second()
    QTest.qWait(20)
    assert texts.first.width() == 1100


def test_two_texts_need_less_room_each_than_one_alone(texts: TwoTexts, themes: ThemeManager) -> None:
    assert texts.least_width() == themes.theme.metric("readerMin")
    texts.show_second()
    assert texts.least_width() == 2 * PANE_LEAST + 1
    texts.hide_second()
    assert texts.least_width() == themes.theme.metric("readerMin")


def test_the_pane_with_the_keyboard_is_marked_only_while_there_are_two(texts: TwoTexts) -> None:
    second = texts.show_second()
    second.show_article(article(), "Second")
    seen: list[ReaderPane] = []
    texts.current_changed.connect(seen.append)
    assert marks(texts) == [True, False]
    texts.go_to(second)
    assert (texts.current, marks(texts)) == (second, [False, True])
    texts.first.view.setFocus()
    assert (texts.current, marks(texts)) == (texts.first, [True, False])
    texts.go_to(second)
    texts.hide_second()
    assert (texts.current, marks(texts)) == (texts.first, [False, False])
    assert texts.first.view.hasFocus()
    assert seen == [second, texts.first, second, texts.first]


def test_the_titles_have_the_room_of_the_place_in_a_narrow_pane(texts: TwoTexts) -> None:
    assert texts.first._place.isVisible()
    texts.resize(840, 700)
    texts.show_second()
    QTest.qWait(20)
    assert not texts.first._place.isVisible()


def test_the_bar_of_the_second_text_offers_the_stances_with_their_keys(texts: TwoTexts) -> None:
    bar = texts.show_second().selection_bar
    assert isinstance(bar, EvidenceBar)
    names = [action.objectName() for action in bar._actions if not action.isHidden()]
    assert names == [f"selection_{stance}" for stance in STANCE_KEYS]
    assert not bar._tags
    bar.set_tags(())
    bar.set_claim("to claim 4 · Words")
    assert bar.accessibleName() == "Selection. to claim 4 · Words"
