"""A long text waits for the width to rest before its lines are broken anew; a short one follows at once."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.article import BlockKind, TextBuilder
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.view import ReaderView
from annotator.ui.theme import ThemeManager

WORDS = "The counters stood at every stop, and people wrote down what they saw in the night. " * 6


def article(paragraphs: int) -> ReaderDocument:
    builder = TextBuilder()
    for number in range(paragraphs):
        builder.add(BlockKind.PARAGRAPH, f"{number}: {WORDS}")
    return ReaderDocument(builder.text, tuple(builder.blocks))


@pytest.fixture
def view(qtbot: QtBot, themes: ThemeManager) -> ReaderView:
    made = ReaderView(themes)
    qtbot.addWidget(made)
    made.resize(640, 700)
    made.show()
    return made


def test_the_lines_of_a_long_text_are_broken_anew_once_the_width_rests(view: ReaderView) -> None:
    view.show_article(article(450))
    offset = view.article.text.index("200: ")
    view.restore_position(offset)
    before = view.page.layout
    for width in range(630, 560, -10):
        view.resize(width, 700)
        assert view.page.layout is before
    QTest.qWait(120)
    assert view.page.layout.measure < before.measure
    assert view.reading_position() == offset


def test_a_short_text_follows_the_width_at_once(view: ReaderView) -> None:
    view.show_article(article(5))
    before = view.page.layout
    view.resize(560, 700)
    assert view.page.layout.measure < before.measure


def test_a_long_text_in_a_wide_window_never_waits(view: ReaderView) -> None:
    view.show_article(article(450))
    view.resize(900, 700)
    QTest.qWait(120)
    assert view.page.layout.measure == 660
    before = view.page.layout
    view.resize(1000, 700)
    assert view.page.layout is before
    left = view.viewportMargins().left()
    view.resize(1100, 700)
    assert view.viewportMargins().left() == left + 50
