from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from annotator.domain.article import Block, BlockKind, Mark, MarkKind, TextBuilder
from annotator.domain.ids import AnnotationId, ClaimId, TagId
from annotator.domain.selectors import TextSpan
from annotator.domain.views import SpanRow
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.view import ReaderView
from annotator.ui.theme import ThemeManager

FIRST = "One sentence here. Another sentence there."
SECOND = "The second paragraph has its words."
TEXT = f"{FIRST}\n{SECOND}\nThird."


def row(start: int, end: int, name: str, claim: str | None = "c") -> SpanRow:
    return SpanRow(
        start, end, AnnotationId(name), ClaimId(claim) if claim else None, TagId("t"), "open", False
    )


@pytest.fixture
def shown(reader: ReaderView) -> ReaderView:
    reader.show_article(ReaderDocument(TEXT))
    reader.setFocus()
    return reader


def words(reader: ReaderView) -> str:
    span = reader.selected_span()
    return reader.article.text[span.start : span.end] if span else ""


@pytest.mark.parametrize(
    ("key", "signal"),
    [("c", "claim"), ("h", "highlight"), ("n", "note"), ("l", "link"), ("t", "tag_picker")],
)
def test_a_letter_asks_for_something_about_the_selection(
    shown: ReaderView, qtbot: QtBot, key: str, signal: str
) -> None:
    shown.select(TextSpan(4, 12))
    with qtbot.waitSignal(getattr(shown, f"{signal}_requested")) as blocker:
        qtbot.keyClicks(shown, key)
    assert blocker.args == [TextSpan(4, 12)]


@pytest.mark.parametrize("digit", ["1", "8", "0"])
def test_a_digit_asks_for_a_tag(shown: ReaderView, qtbot: QtBot, digit: str) -> None:
    with qtbot.waitSignal(shown.tag_requested) as blocker:
        qtbot.keyClicks(shown, digit)
    assert blocker.args == [None, digit]


@pytest.mark.parametrize(("key", "step"), [("+", 5), ("-", -5)])
def test_plus_and_minus_ask_for_more_or_less_confidence(
    shown: ReaderView, qtbot: QtBot, key: str, step: int
) -> None:
    with qtbot.waitSignal(shown.confidence_step_requested) as blocker:
        qtbot.keyClicks(shown, key)
    assert blocker.args == [step]


def test_v_and_a_letter_ask_for_a_verdict_and_nothing_else(shown: ReaderView, qtbot: QtBot) -> None:
    modes: list[bool] = []
    shown.verdict_mode_changed.connect(modes.append)
    with qtbot.assertNotEmitted(shown.claim_requested), qtbot.waitSignal(shown.verdict_requested) as blocker:
        qtbot.keyClicks(shown, "vc")
    assert blocker.args == ["C"]
    assert modes == [True, False]


def test_escape_leaves_the_verdict_mode(shown: ReaderView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(shown.verdict_requested):
        qtbot.keyClicks(shown, "v")
        qtbot.keyClick(shown, Qt.Key.Key_Escape)
    with qtbot.waitSignal(shown.claim_requested):
        qtbot.keyClicks(shown, "c")


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Qt.Key.Key_Return, "edit_requested"),
        (Qt.Key.Key_Delete, "delete_requested"),
        (Qt.Key.Key_Escape, "escape_pressed"),
    ],
)
def test_named_keys(shown: ReaderView, qtbot: QtBot, key: Qt.Key, signal: str) -> None:
    with qtbot.waitSignal(getattr(shown, signal)):
        qtbot.keyClick(shown, key)


def test_e_widens_and_shift_e_goes_the_same_way_back(shown: ReaderView, qtbot: QtBot) -> None:
    shown.set_caret(22)
    qtbot.keyClicks(shown, "e")
    assert words(shown) == "Another sentence there."
    qtbot.keyClicks(shown, "e")
    assert words(shown) == FIRST
    qtbot.keyClick(shown, Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    assert words(shown) == "Another sentence there."
    qtbot.keyClick(shown, Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    assert words(shown) == "Another"
    qtbot.keyClick(shown, Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    assert words(shown) == ""
    assert shown.caret_offset() == 22


def test_j_and_k_go_through_paragraphs(shown: ReaderView, qtbot: QtBot) -> None:
    places = []
    for key in "jjjkk":
        qtbot.keyClicks(shown, key)
        places.append(shown.caret_offset())
    second, third = len(FIRST) + 1, len(FIRST) + len(SECOND) + 2
    assert places == [second, third, third, second, 0]


def test_full_stop_and_comma_go_through_sentences(shown: ReaderView, qtbot: QtBot) -> None:
    qtbot.keyClicks(shown, ".")
    assert shown.caret_offset() == 19
    qtbot.keyClicks(shown, "e.")
    assert words(shown) == SECOND
    qtbot.keyClicks(shown, ",")
    assert words(shown) == "Another sentence there."


def test_shift_j_goes_to_the_next_claim_and_activates_it(shown: ReaderView, qtbot: QtBot) -> None:
    shown.set_spans([row(4, 12, "a"), row(20, 25, "mark", None), row(50, 60, "b")], {}, {})
    shown.set_caret(4)
    with qtbot.waitSignal(shown.annotation_activated) as blocker:
        qtbot.keyClick(shown, Qt.Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    assert blocker.args == ["b"]
    assert shown.caret_offset() == 50


def test_the_caret_activates_what_it_enters(shown: ReaderView, qtbot: QtBot) -> None:
    shown.set_spans([row(4, 40, "outer"), row(6, 12, "inner")], {}, {})
    shown.set_caret(5)
    with qtbot.waitSignal(shown.annotation_activated) as blocker:
        qtbot.keyClick(shown, Qt.Key.Key_Right)
    assert blocker.args == ["inner"]


def test_a_selection_never_cuts_a_visible_character(reader: ReaderView) -> None:
    family = "👩\u200d👩\u200d👧"
    text = f"a {family} e\u0301 z"
    reader.show_article(ReaderDocument(text))
    reader.select(TextSpan(3, 5))
    assert words(reader) == family


def test_copied_text_is_the_canonical_one(reader: ReaderView) -> None:
    reader.show_article(ReaderDocument("a\u00a0b\nc"))
    reader.select(TextSpan(0, 5))
    assert reader.createMimeDataFromSelection().text() == "a\u00a0b\nc"


def test_a_link_is_asked_for_and_never_opened(reader: ReaderView, qtbot: QtBot) -> None:
    mark = Mark(MarkKind.LINK, 4, 8, "https://velmar.example/")
    reader.show_article(ReaderDocument("See here.", (Block(BlockKind.PARAGRAPH, 0, 9, marks=(mark,)),)))
    reader.set_caret(5)
    with qtbot.waitSignal(reader.link_followed) as blocker:
        qtbot.keyClick(reader, Qt.Key.Key_Return)
    assert blocker.args == [mark]


def test_no_resource_is_ever_loaded(reader: ReaderView) -> None:
    loaded = reader.loadResource(2, QUrl("file:///etc/passwd"))
    assert isinstance(loaded, QImage)
    assert (loaded.width(), loaded.height()) == (1, 1)


def long_article() -> ReaderDocument:
    builder = TextBuilder()
    builder.add(BlockKind.HEADING, "A long one", level=1)
    for i in range(120):
        builder.add(BlockKind.PARAGRAPH, f"Paragraph {i} has a few words. " * 8)
    return ReaderDocument(builder.text, tuple(builder.blocks), section="Section", byline="Somebody")


def test_reveal_puts_a_far_line_at_a_third_and_leaves_a_near_one(reader: ReaderView) -> None:
    doc = long_article()
    reader.show_article(doc)
    block = doc.blocks[80]
    reader.reveal(TextSpan(block.start, block.end))
    top = reader.page.line_box(block.start).top() - reader.verticalScrollBar().value()
    assert abs(top - reader.viewport().height() / 3) <= 1
    before = reader.verticalScrollBar().value()
    reader.reveal(TextSpan(block.start + 40, block.end))
    assert reader.verticalScrollBar().value() == before


def test_the_reading_position_survives_a_new_size_and_theme(reader: ReaderView, themes: ThemeManager) -> None:
    doc = long_article()
    reader.show_article(doc)
    reader.set_caret(doc.blocks[60].start + 5)
    reader.restore_position(doc.blocks[60].start)
    place = reader.reading_position()
    assert place == doc.blocks[60].start
    reader.set_reading_size(26)
    assert reader.reading_position() == place
    themes.set("dark")
    themes.set("light")
    assert reader.reading_position() == place
    assert reader.caret_offset() == doc.blocks[60].start + 5


def test_a_narrow_view_narrows_the_column_then_the_gutter(reader: ReaderView) -> None:
    reader.resize(1000, 500)
    assert (reader.page.layout.gutter, reader.page.layout.measure) == (74, 660)
    reader.resize(640, 500)
    assert (reader.page.layout.gutter, reader.page.layout.measure) == (74, 544)
    reader.resize(560, 500)
    assert (reader.page.layout.gutter, reader.page.layout.measure) == (46, 492)


def test_what_is_on_screen_is_told_even_while_a_long_text_is_laid_out(reader: ReaderView) -> None:
    reader.show_article(long_article())
    assert reader.visible_span().start == 0
    assert 0 < reader.visible_span().end < 4000


def test_spans_can_come_in_two_steps(reader: ReaderView) -> None:
    doc = long_article()
    rows = [row(block.start, block.start + 12, f"a{i}") for i, block in enumerate(doc.blocks)]
    reader.show_article(doc)
    reader.set_spans(rows[:5], {}, {})
    first = reader.viewport().grab().toImage()
    reader.set_spans(rows, {}, {})
    assert reader.viewport().grab().toImage() == first
    assert len(reader.page.index) == len(rows)
