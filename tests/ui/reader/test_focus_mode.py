"""Focus mode: what is dimmed and what isn't."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot
from tests.ui.reader.test_view import long_article

from annotator.domain.article import BlockKind, TextBuilder
from annotator.domain.selectors import TextSpan
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.pane import ReaderPane
from annotator.ui.theme import ThemeManager


@pytest.fixture
def pane(themes: ThemeManager, qtbot: QtBot) -> ReaderPane:
    made = ReaderPane(themes)
    qtbot.addWidget(made)
    made.view.reduced_motion = True
    made.resize(800, 600)
    made.show_article(long_article(), "")
    made.show()
    made.focus_text()
    return made


def darkest(pane: ReaderPane, offset: int) -> int:
    """The lightness of the darkest pixel of a few words: that of their ink."""
    box = pane.view.boxes_on_screen(TextSpan(offset, offset + 8))[0].toRect()
    image = pane.view.grab(box).toImage()
    return min(
        QColor(image.pixel(x, y)).lightness() for x in range(image.width()) for y in range(image.height())
    )


def test_f_dims_all_but_the_paragraph_of_the_caret(pane: ReaderPane, qtbot: QtBot) -> None:
    first, second = pane.view.article.blocks[0].start + 4, pane.view.article.blocks[1].start + 4
    ink = darkest(pane, second)
    qtbot.keyClicks(pane.view, "f")
    assert pane.focus_mode.is_on
    assert darkest(pane, second) > ink + 60
    assert darkest(pane, first) < ink + 30
    qtbot.keyClicks(pane.view, "j")
    assert darkest(pane, second) < ink + 30
    assert darkest(pane, first) > ink + 60
    pane._focus.click()
    assert not pane.focus_mode.is_on
    assert darkest(pane, first) < ink + 30


def test_who_scrolls_away_from_the_caret_reads_in_the_upper_third(pane: ReaderPane) -> None:
    pane.toggle_focus_mode()
    pane.view.verticalScrollBar().setValue(4000)
    page, view = pane.view.page, pane.view
    number = page.block_at(4000 + 0.35 * view.viewport().height()).blockNumber()
    assert pane.focus_mode._number == number
    start = page.offsets.to_text(view.document().findBlockByNumber(number).position())
    other = page.offsets.to_text(view.document().findBlockByNumber(number + 1).position())
    assert darkest(pane, start + 4) + 60 < darkest(pane, other + 4)


def test_in_a_table_the_row_is_what_one_reads(pane: ReaderPane) -> None:
    builder = TextBuilder()
    builder.add(BlockKind.PARAGRAPH, "Before the table.")
    for number in range(3):
        for column in range(2):
            builder.add(BlockKind.CELL, f"Words {number}{column}", table=0, row=number, column=column)
    pane.show_article(ReaderDocument(builder.text, tuple(builder.blocks)), "")
    pane.toggle_focus_mode()
    text = pane.view.article.text
    pane.view.set_caret(text.index("Words 10"))
    ink = darkest(pane, text.index("Words 10"))
    assert abs(darkest(pane, text.index("Words 11")) - ink) < 30
    assert darkest(pane, text.index("Words 20")) > ink + 60
