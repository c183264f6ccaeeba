"""From a figure to its note and back, by keys and with the pointer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.reader.test_view import row

from annotator.domain.article import Block, BlockKind, Mark, MarkKind, TextBuilder
from annotator.domain.selectors import TextSpan
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.footnotes import note_at, note_of, reference_to, words_of_note
from annotator.ui.reader.navigation import inline_at
from annotator.ui.reader.pane import ReaderPane
from annotator.ui.theme import ThemeManager

LINK = "https://velmar.example/survey"


def article() -> ReaderDocument:
    """Two chapters that count their notes anew, with much between text and notes."""
    builder = TextBuilder()
    for chapter in ("first", "second"):
        words = f"Trams of the {chapter} chapter.1 The survey tells."
        figure = words.index("1")
        survey = words.index("survey")
        marks = (
            Mark(MarkKind.NOTE_REF, figure, figure + 1, "1"),
            Mark(MarkKind.LINK, survey, survey + 6, LINK),
        )
        builder.add(BlockKind.PARAGRAPH, words, marks)
        for number in range(30):
            builder.add(BlockKind.PARAGRAPH, f"Paragraph {number} of the {chapter} chapter. " * 6)
        builder.add(BlockKind.NOTE, f"Note of the {chapter} chapter.", label="1")
        builder.add(BlockKind.NOTE, "It goes on here.")
    return ReaderDocument(builder.text, tuple(builder.blocks))


@pytest.fixture
def pane(themes: ThemeManager, qtbot: QtBot) -> ReaderPane:
    made = ReaderPane(themes)
    qtbot.addWidget(made)
    made.view.reduced_motion = True
    made.resize(800, 600)
    made.show_article(article(), "")
    made.show()
    made.focus_text()
    return made


def figure_in(pane: ReaderPane, chapter: str) -> int:
    words = f"{chapter} chapter.1"
    return pane.view.article.text.index(words) + len(words) - 1


def note_in(pane: ReaderPane, chapter: str) -> int:
    return pane.view.article.text.index(f"Note of the {chapter}")


def point_at(pane: ReaderPane, offset: int) -> QPoint:
    box = pane.view.boxes_on_screen(TextSpan(offset, offset + 1))[0]
    return (box.center() - pane.view.viewport().pos()).toPoint()


def test_a_figure_is_about_the_next_note_with_its_label() -> None:
    doc = article()
    marks = [mark for block in doc.blocks for mark in block.marks if mark.kind is MarkKind.NOTE_REF]
    notes = [block for block in doc.blocks if block.label]
    assert [note_of(doc.blocks, mark) for mark in marks] == notes
    assert [reference_to(doc.blocks, note) for note in notes] == marks
    assert note_of(doc.blocks, marks[0]._replace(value="9")) is None


def test_notes_before_their_figures_are_found_too() -> None:
    mark = Mark(MarkKind.NOTE_REF, 10, 11, "*")
    blocks = (
        Block(BlockKind.NOTE, 0, 4, label="*"),
        Block(BlockKind.PARAGRAPH, 5, 12, marks=(mark,)),
    )
    assert note_of(blocks, mark) == blocks[0]
    assert reference_to(blocks, blocks[0]) == mark


def test_a_note_has_all_its_paragraphs() -> None:
    doc = article()
    note = next(block for block in doc.blocks if block.label)
    assert words_of_note(doc.text, doc.blocks, note) == "Note of the first chapter.\nIt goes on here."
    assert note_at(doc.blocks, doc.text.index("It goes on") + 3) == note
    assert note_at(doc.blocks, 0) is None


def test_enter_goes_to_the_note_and_back(pane: ReaderPane, qtbot: QtBot) -> None:
    view = pane.view
    view.set_caret(figure_in(pane, "second"))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.caret_offset() == note_in(pane, "second")
    assert view.on_screen(view.caret_offset())
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.caret_offset() == figure_in(pane, "second")


@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Return])
def test_from_a_note_one_has_scrolled_to_the_way_leads_to_its_figure(
    pane: ReaderPane, qtbot: QtBot, key: Qt.Key
) -> None:
    pane.view.set_caret(note_in(pane, "first"))
    qtbot.keyClick(pane.view, key)
    assert pane.view.caret_offset() == figure_in(pane, "first")


def test_backspace_works_anywhere_in_a_note_and_nowhere_else(pane: ReaderPane, qtbot: QtBot) -> None:
    pane.view.set_caret(pane.view.article.text.index("It goes on") + 3)
    qtbot.keyClick(pane.view, Qt.Key.Key_Backspace)
    assert pane.view.caret_offset() == figure_in(pane, "first")
    qtbot.keyClick(pane.view, Qt.Key.Key_Backspace)
    assert pane.view.caret_offset() == figure_in(pane, "first")


def test_enter_edits_a_claim_that_begins_with_a_note_unless_a_figure_led_there(
    pane: ReaderPane, qtbot: QtBot
) -> None:
    start = note_in(pane, "first")
    pane.view.set_spans([row(start, start + 9, "a")], {}, {})
    pane.view.set_caret(start)
    with qtbot.waitSignal(pane.view.edit_requested):
        qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    pane.view.set_caret(figure_in(pane, "first"))
    qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert pane.view.caret_offset() == figure_in(pane, "first")


def test_a_jump_tells_where_it_leads_before_it_leaves(pane: ReaderPane, qtbot: QtBot) -> None:
    figure = figure_in(pane, "first")
    pane.view.set_caret(figure)
    told: list[tuple[int, int]] = []
    pane.view.leaving.connect(lambda goal: told.append((goal, pane.view.caret_offset())))
    qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert told == [(note_in(pane, "first"), figure)]


def test_a_click_on_a_figure_goes_to_the_note_even_inside_a_mark(pane: ReaderPane, qtbot: QtBot) -> None:
    figure = figure_in(pane, "first")
    pane.view.set_spans([row(0, figure + 5, "a")], {}, {})
    with qtbot.assertNotEmitted(pane.view.annotation_activated):
        qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=point_at(pane, figure))
    assert pane.view.caret_offset() == note_in(pane, "first")


def test_resting_on_a_figure_shows_its_note(pane: ReaderPane, qtbot: QtBot) -> None:
    QTest.mouseMove(pane.view.viewport(), point_at(pane, figure_in(pane, "first")))
    qtbot.waitUntil(lambda: pane.inline._note is not None and pane.inline._note.isVisible())
    assert pane.inline._note.words() == ["Note 1", "Note of the first chapter.\nIt goes on here."]
    assert pane.view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    pane.view.verticalScrollBar().setValue(40)
    assert not pane.inline._note.isVisible()


def test_a_key_shows_the_note_until_one_moves_on(pane: ReaderPane, qtbot: QtBot) -> None:
    pane.view.set_caret(figure_in(pane, "first"))
    qtbot.keyClick(pane.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert pane.inline._note is not None
    assert pane.inline._note.isVisible()
    assert pane.view.caret_offset() == figure_in(pane, "first")
    qtbot.keyClick(pane.view, Qt.Key.Key_Right)
    assert not pane.inline._note.isVisible()


def test_a_link_shows_its_address_and_is_opened_only_when_asked(pane: ReaderPane, qtbot: QtBot) -> None:
    shown: list[str] = []
    pane.inline.address_shown.connect(shown.append)
    place = pane.view.article.text.index("survey") + 2
    QTest.mouseMove(pane.view.viewport(), point_at(pane, place))
    qtbot.waitUntil(lambda: shown == [LINK])
    with qtbot.assertNotEmitted(pane.view.address_requested):
        qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=point_at(pane, place))
    card = pane.inline._link
    assert card is not None
    assert card.isVisible()
    assert QApplication.focusWidget() is card.open_button or pane.focusWidget() is card.open_button
    assert card._host.text() == "velmar.example"
    assert card._full.text().replace("\u200b", "") == LINK
    with qtbot.waitSignal(pane.view.address_requested) as blocker:
        card.open_button.click()
    assert blocker.args == [LINK]
    assert not card.isVisible()


def test_escape_leaves_the_link_and_gives_the_focus_back(pane: ReaderPane, qtbot: QtBot) -> None:
    pane.view.set_caret(pane.view.article.text.index("survey") + 2)
    qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    card = pane.inline._link
    assert card is not None
    qtbot.keyClick(card.open_button, Qt.Key.Key_Tab)
    assert pane.focusWidget() is card.copy_button
    qtbot.keyClick(card.copy_button, Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert pane.focusWidget() is pane.view


def test_a_link_inside_a_mark_is_followed_by_the_second_click(pane: ReaderPane, qtbot: QtBot) -> None:
    place = pane.view.article.text.index("survey") + 2
    pane.view.set_spans([row(place - 10, place + 9, "a")], {}, {})
    pane.view.annotation_activated.connect(pane.view.set_active)
    where = point_at(pane, place)
    qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert pane.view.active == "a"
    assert pane.inline._link is None
    qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert pane.inline._link is not None
    assert pane.inline._link.isVisible()


def test_just_behind_a_figure_is_at_it_and_just_behind_a_link_is_not(pane: ReaderPane) -> None:
    blocks = pane.view.article.blocks
    figure, link = blocks[0].marks
    assert inline_at(blocks, figure.end) == figure
    assert inline_at(blocks, link.start) == link
    assert inline_at(blocks, link.end) is None
