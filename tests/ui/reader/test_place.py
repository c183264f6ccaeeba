"""Where one is in a text: it stays when the layout changes, and keys go on from what is on screen."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.reader.test_view import long_article, row, words

from annotator.domain.selectors import TextSpan
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.view import ReaderView


@pytest.fixture
def long(reader: ReaderView) -> ReaderDocument:
    doc = long_article()
    reader.show_article(doc)
    reader.setFocus()
    return doc


def test_resizing_there_and_back_ends_at_the_same_pixel(reader: ReaderView, long: ReaderDocument) -> None:
    reader.verticalScrollBar().setValue(3333)
    there = [*range(780, 500, -20), *range(500, 800, 20)]
    for width in there:
        reader.resize(width, 600)
    assert reader.width() == 780
    assert reader.verticalScrollBar().value() == 3333


def test_larger_and_smaller_again_ends_at_the_same_pixel(reader: ReaderView, long: ReaderDocument) -> None:
    reader.verticalScrollBar().setValue(3333)
    usual = reader.theme.font("reading").pixelSize()
    place = reader.reading_position()
    for size in (22, 26, 18, 15, usual):
        reader.set_reading_size(size)
        assert abs(reader.reading_position() - place) < 120
    assert reader.verticalScrollBar().value() == 3333


def test_after_scrolling_the_new_place_is_kept(reader: ReaderView, long: ReaderDocument) -> None:
    reader.verticalScrollBar().setValue(3333)
    reader.resize(600, 600)
    reader.verticalScrollBar().setValue(5000)
    place = reader.reading_position()
    reader.resize(780, 600)
    assert abs(reader.reading_position() - place) < 120


def test_moving_the_caret_on_screen_is_no_scrolling(reader: ReaderView, long: ReaderDocument) -> None:
    reader.verticalScrollBar().setValue(3333)
    reader.resize(600, 600)
    reader.clear_selection()
    reader.set_caret(reader.visible_span().start + 700)
    reader.resize(780, 600)
    assert reader.verticalScrollBar().value() == 3333


@pytest.mark.parametrize("key", [".", "j"])
def test_after_scrolling_away_steps_begin_at_the_first_place_on_screen(
    reader: ReaderView, long: ReaderDocument, qtbot: QtBot, key: str
) -> None:
    block = long.blocks[60]
    reader.restore_position(block.start)
    before = reader.verticalScrollBar().value()
    qtbot.keyClicks(reader, key)
    assert reader.caret_offset() == block.start
    qtbot.keyClicks(reader, key)
    assert reader.caret_offset() > block.start
    assert abs(reader.verticalScrollBar().value() - before) < reader.height()


def test_backwards_they_lead_to_what_is_just_above(
    reader: ReaderView, long: ReaderDocument, qtbot: QtBot
) -> None:
    reader.restore_position(long.blocks[60].start)
    qtbot.keyClicks(reader, "k")
    assert reader.caret_offset() == long.blocks[59].start


def test_space_turns_the_page_and_e_selects_a_sentence_there(
    reader: ReaderView, long: ReaderDocument, qtbot: QtBot
) -> None:
    qtbot.keyClicks(reader, "   ")
    scrolled, seen = reader.verticalScrollBar().value(), reader.visible_span()
    qtbot.keyClicks(reader, "e")
    span = reader.selected_span()
    assert span is not None
    assert seen.start <= span.start < span.end <= seen.end
    assert words(reader).startswith("Paragraph ")
    assert reader.verticalScrollBar().value() <= scrolled


def test_the_next_claim_is_the_next_one_on_screen(
    reader: ReaderView, long: ReaderDocument, qtbot: QtBot
) -> None:
    reader.set_spans(
        [row(block.start, block.start + 9, f"a{n}") for n, block in enumerate(long.blocks)], {}, {}
    )
    reader.restore_position(long.blocks[60].start)
    with qtbot.waitSignal(reader.annotation_activated) as blocker:
        reader.run("next_claim")
    assert blocker.args == ["a60"]


def test_a_selection_that_was_scrolled_away_is_still_what_c_is_about(
    reader: ReaderView, long: ReaderDocument, qtbot: QtBot
) -> None:
    reader.select(TextSpan(30, 50))
    reader.verticalScrollBar().setValue(5000)
    with qtbot.waitSignal(reader.claim_requested) as blocker:
        qtbot.keyClicks(reader, "c")
    assert blocker.args == [TextSpan(30, 50)]


def test_one_is_at_the_caret_or_where_the_screen_begins(reader: ReaderView, long: ReaderDocument) -> None:
    reader.set_caret(long.blocks[3].start)
    assert reader.place() == long.blocks[3].start
    reader.restore_position(long.blocks[60].start)
    assert reader.place() == long.blocks[60].start


def test_asking_for_the_place_lays_nothing_out_far_away(reader: ReaderView) -> None:
    doc = long_article()
    reader.show_article(doc)
    end = doc.blocks[-1].start
    assert not reader.on_screen(end)
    assert reader.document().lastBlock().layout().lineCount() == 0


def test_a_caret_that_is_restored_activates_what_it_stands_in(
    reader: ReaderView, long: ReaderDocument, qtbot: QtBot
) -> None:
    start = long.blocks[60].start
    reader.set_spans([row(start, start + 9, "a")], {}, {})
    with qtbot.waitSignal(reader.annotation_activated) as blocker:
        reader.restore_position(start, caret=start + 3)
    assert blocker.args == ["a"]
    assert reader.caret_offset() == start + 3
    assert reader.reading_position() == start
