"""Three grey lines stand for an article that takes long to come."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from annotator.ui.reader import waiting
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.pane import ReaderPane
from annotator.ui.theme import ThemeManager


@pytest.fixture
def pane(themes: ThemeManager, qtbot: QtBot) -> ReaderPane:
    made = ReaderPane(themes)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.show_article(ReaderDocument("The article before."), "Before")
    return made


def test_an_article_that_comes_at_once_needs_no_lines(pane: ReaderPane, qtbot: QtBot) -> None:
    pane.waiting.expect()
    qtbot.wait(waiting.PATIENCE_MS // 2)
    assert not pane.waiting.isVisible()
    pane.show_article(ReaderDocument("The next one."), "Next")
    qtbot.wait(waiting.PATIENCE_MS + 50)
    assert not pane.waiting.isVisible()


def test_three_lines_stand_in_the_column_until_the_text_is_there(pane: ReaderPane, qtbot: QtBot) -> None:
    pane.waiting.expect()
    qtbot.waitUntil(pane.waiting.isVisible, timeout=1000)
    assert pane.waiting.geometry() == pane.view.rect()
    image = pane.waiting.grab().toImage()
    grey = pane.view.theme.color("border")
    middle = int(pane.view.viewport().x() + pane.view.page.layout.gutter + 50)
    heights = [y for y in range(image.height()) if image.pixelColor(middle, y) == grey]
    runs = sum(1 for y in heights if y - 1 not in heights)
    assert runs == 3
    pane.resize(1000, 700)
    assert pane.waiting.geometry() == pane.view.rect()
    pane.show_article(ReaderDocument("The next one."), "Next")
    assert not pane.waiting.isVisible()


def test_an_article_that_does_not_come_gives_the_text_before_back(pane: ReaderPane, qtbot: QtBot) -> None:
    pane.waiting.expect()
    qtbot.waitUntil(pane.waiting.isVisible, timeout=1000)
    pane.waiting.stop()
    assert not pane.waiting.isVisible()
    assert pane.view.article.text == "The article before."
