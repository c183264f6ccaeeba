"""Code gets its colours when it comes near the screen, and nothing moves when it does."""

from __future__ import annotations

from time import perf_counter

import pytest
from PySide6.QtGui import QColor, QFont
from pytestqt.qtbot import QtBot
from tests.ui.test_theme import contrast

from annotator.domain.article import Block, BlockKind
from annotator.domain.tag import PATTERN_OF
from annotator.ui.reader.code_colours import colour_code
from annotator.ui.reader.code_words import _ROLES
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.view import ReaderView
from annotator.ui.theme import THEME_NAMES, Theme, ThemeManager

CODE = 'def f(x) -> str:\n    if x != 1:\n        return "a" + str(x)  # why\n'.rstrip()


def article(*, above: int = 1, language: str = "python") -> ReaderDocument:
    """Some paragraphs, then code, then one more."""
    pieces = [(BlockKind.PARAGRAPH, f"Paragraph {number} of some words.") for number in range(above)]
    pieces += [(BlockKind.CODE, CODE), (BlockKind.PARAGRAPH, "The end.")]
    blocks: list[Block] = []
    at = 0
    for kind, text in pieces:
        blocks.append(Block(kind, at, at + len(text), label=language if kind is BlockKind.CODE else ""))
        at += len(text) + 1
    return ReaderDocument("\n".join(text for _, text in pieces), tuple(blocks))


def colours(reader: ReaderView) -> dict[str, QColor]:
    """The coloured words of the code on the page, with their colours."""
    place = reader.page.offsets.to_qt(reader.article.text.index("def f"))
    block = reader.page.document.findBlock(place)
    return {
        block.text()[form.start : form.start + form.length]: form.format.foreground().color()
        for form in block.layout().formats()
    }


def test_code_on_screen_is_coloured_after_the_first_paint(reader: ReaderView, qtbot: QtBot) -> None:
    reader.show_article(article())
    assert colours(reader) == {}
    qtbot.waitUntil(lambda: bool(colours(reader)))
    theme = reader.theme
    found = colours(reader)
    assert found["def"] == theme.color("conflicting")
    assert found['"a"'] == theme.color("supports")
    assert found["# why"] == theme.color("textSecondary")
    assert "->" not in found


def test_code_far_below_is_read_when_one_comes_there(reader: ReaderView, qtbot: QtBot) -> None:
    reader.show_article(article(above=300))
    qtbot.wait(50)
    assert colours(reader) == {}
    reader.set_caret(len(reader.article.text) - 1)
    qtbot.waitUntil(lambda: bool(colours(reader)))


def test_colours_move_nothing(reader: ReaderView, qtbot: QtBot) -> None:
    reader.show_article(article())
    end = reader.article.text.index("The end.")
    inside = reader.article.text.index("str(x)")
    before = [reader.page.line_box(end), reader.page.line_box(inside), reader.document().size().height()]
    widths = [_x(reader, place) for place in range(inside - 20, inside + 5)]
    qtbot.waitUntil(lambda: bool(colours(reader)))
    assert [
        reader.page.line_box(end),
        reader.page.line_box(inside),
        reader.document().size().height(),
    ] == before
    assert [_x(reader, place) for place in range(inside - 20, inside + 5)] == widths


def _x(reader: ReaderView, offset: int) -> float:
    position = reader.page.offsets.to_qt(offset)
    block = reader.page.document.findBlock(position)
    line = block.layout().lineForTextPosition(position - block.position())
    return float(line.cursorToX(position - block.position())[0])


@pytest.mark.parametrize("name", ["dark", "sepia"])
def test_another_theme_has_its_own_colours_at_once(
    themes: ThemeManager, reader: ReaderView, qtbot: QtBot, name: str
) -> None:
    reader.show_article(article())
    qtbot.waitUntil(lambda: bool(colours(reader)))
    themes.set(name)
    assert colours(reader)["def"] == Theme.load(name).color("conflicting")
    assert reader.page.built.plain_code == {}


def test_another_size_keeps_the_colours(reader: ReaderView, qtbot: QtBot) -> None:
    reader.show_article(article())
    qtbot.waitUntil(lambda: bool(colours(reader)))
    reader.set_reading_size(26)
    assert colours(reader)["def"] == reader.theme.color("conflicting")


def test_code_without_a_language_stays_plain_and_costs_nothing(reader: ReaderView, qtbot: QtBot) -> None:
    reader.show_article(article(language=""))
    qtbot.wait(50)
    assert colours(reader) == {}
    assert reader.page.built.plain_code == {}


def test_what_takes_long_is_left_for_later(reader: ReaderView) -> None:
    reader.show_article(article())
    page = reader.page
    assert not colour_code(page, 0, 600, perf_counter() - 1)
    assert colours(reader) == {}
    assert colour_code(page, 0, 600, perf_counter() + 10)
    assert colours(reader)["def"] == reader.theme.color("conflicting")


def test_code_is_set_without_ligatures(reader: ReaderView) -> None:
    reader.show_article(article())
    block = reader.page.document.findBlock(reader.page.offsets.to_qt(reader.article.text.index("->")))
    font = block.begin().fragment().charFormat().font()
    assert font.isFeatureSet(QFont.Tag("calt"))
    assert font.featureValue(QFont.Tag("calt")) == 0


@pytest.mark.parametrize("name", THEME_NAMES)
def test_every_colour_of_code_is_readable_on_its_ground_and_in_marks(name: str) -> None:
    theme = Theme.load(name)
    grounds = [theme.color("panel"), *(theme.tag(tag).fill for tag in PATTERN_OF)]
    weak = {role for role in _ROLES.values() if min(contrast(theme.color(role), g) for g in grounds) < 4.5}
    assert weak == set()
