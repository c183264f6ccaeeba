"""The ends of the active mark are moved by keys and by the pointer; dragging selects whole words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.ids import AnnotationId, ClaimId, TagId
from annotator.domain.selectors import TextSpan
from annotator.domain.views import SpanRow
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.handles import place_of
from annotator.ui.reader.view import ReaderView

TEXT = "One sentence here. Another sentence there.\nThe second paragraph has its words, and 👩‍👩‍👧 too.\n" + (
    "Further words follow. " * 200
)
ALT, CONTROL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
Moved = list[tuple[str, tuple[TextSpan, ...], tuple[TextSpan, ...]]]


def row(words: str, name: str = "a") -> SpanRow:
    start = TEXT.index(words)
    return SpanRow(start, start + len(words), AnnotationId(name), ClaimId("c"), TagId("t"), "open", False)


@pytest.fixture
def shown(reader: ReaderView) -> ReaderView:
    reader.show_article(ReaderDocument(TEXT))
    reader.set_spans([row("sentence here"), row("second paragraph")], {}, {})
    reader.ends.enabled = True
    reader.set_active(AnnotationId("a"))
    reader.setFocus()
    return reader


@pytest.fixture
def moved(shown: ReaderView) -> Moved:
    found: Moved = []
    shown.ends.moved.connect(lambda *told: found.append(told))
    return found


def marked(reader: ReaderView, name: str = "a") -> list[str]:
    return [TEXT[row.start : row.end] for row in reader.page.index.rows_of(AnnotationId(name))]


def words(reader: ReaderView) -> str:
    span = reader.selected_span()
    return TEXT[span.start : span.end] if span else ""


def handle(reader: ReaderView, offset: int, *, is_start: bool) -> QPointF:
    top = reader.verticalScrollBar().value()
    return place_of(reader.page, offset, is_start=is_start).translated(0, -top).center()


def before(reader: ReaderView, offset: int) -> QPointF:
    """The left edge of a character."""
    return handle(reader, offset, is_start=True) + QPointF(1, 0)


def mouse(reader: ReaderView, kind: QEvent.Type, at: QPointF, modifiers: Qt.KeyboardModifier = NONE) -> None:
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else LEFT
    buttons = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else LEFT
    glob = QPointF(reader.viewport().mapToGlobal(at.toPoint()))
    QApplication.sendEvent(reader.viewport(), QMouseEvent(kind, at, glob, button, buttons, modifiers))


def drag(reader: ReaderView, start: QPointF, end: QPointF, modifiers: Qt.KeyboardModifier = NONE) -> None:
    mouse(reader, QEvent.Type.MouseButtonPress, start, modifiers)
    mouse(reader, QEvent.Type.MouseMove, (start + end) / 2, modifiers)
    mouse(reader, QEvent.Type.MouseMove, end, modifiers)
    mouse(reader, QEvent.Type.MouseButtonRelease, end, modifiers)


# By keys ---------------------------------------------------------------------------------------------------


def test_alt_shift_arrows_move_the_ends_word_by_word_and_tell_once(
    shown: ReaderView, moved: Moved, qtbot: QtBot
) -> None:
    shown.set_caret(6)
    for key, expected in (
        (Qt.Key.Key_Right, "sentence here."),
        (Qt.Key.Key_Right, "sentence here. Another"),
        (Qt.Key.Key_Left, "sentence here."),
        (Qt.Key.Key_Up, "One sentence here."),
        (Qt.Key.Key_Down, "sentence here."),
    ):
        qtbot.keyClick(shown, key, ALT | SHIFT)
        assert marked(shown)[0] == expected
    assert moved == []
    qtbot.waitUntil(lambda: bool(moved))
    first, second = row("sentence here"), row("second paragraph")
    kept = TextSpan(second.start, second.end)
    assert moved == [
        ("a", (TextSpan(first.start, first.end), kept), (TextSpan(first.start, first.end + 1), kept))
    ]


def test_the_passage_at_the_caret_is_the_one_that_moves(shown: ReaderView, qtbot: QtBot) -> None:
    shown.set_caret(TEXT.index("paragraph"))
    qtbot.keyClick(shown, Qt.Key.Key_Right, ALT | SHIFT)
    assert marked(shown) == ["sentence here", "second paragraph has"]


def test_a_passage_keeps_a_word_and_stays_out_of_the_next_one(shown: ReaderView, qtbot: QtBot) -> None:
    shown.set_caret(6)
    for _ in range(5):
        qtbot.keyClick(shown, Qt.Key.Key_Left, ALT | SHIFT)
    assert marked(shown)[0] == "sentence"
    for _ in range(30):
        qtbot.keyClick(shown, Qt.Key.Key_Right, ALT | SHIFT)
    assert marked(shown)[0] == TEXT[4 : TEXT.index(" second paragraph")]


def test_passages_that_meet_are_told_as_one(shown: ReaderView, moved: Moved, qtbot: QtBot) -> None:
    shown.set_caret(6)
    for _ in range(30):
        qtbot.keyClick(shown, Qt.Key.Key_Right, ALT | SHIFT)
    qtbot.waitUntil(lambda: bool(moved))
    assert moved[0][2] == (TextSpan(4, row("second paragraph").end),)
    assert len(marked(shown)) == 1


def test_escape_gives_a_move_up(shown: ReaderView, moved: Moved, qtbot: QtBot) -> None:
    qtbot.keyClick(shown, Qt.Key.Key_Up, ALT | SHIFT)
    assert marked(shown)[0] == "One sentence here"
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert marked(shown)[0] == "sentence here"
    shown.ends.finish()
    assert moved == []


@pytest.mark.parametrize("end", ["key", "active", "focus", "article"])
def test_whatever_comes_next_ends_a_move(shown: ReaderView, moved: Moved, qtbot: QtBot, end: str) -> None:
    qtbot.keyClick(shown, Qt.Key.Key_Up, ALT | SHIFT)
    if end == "key":
        qtbot.keyClicks(shown, "j")
    elif end == "active":
        shown.set_active(None)
    elif end == "focus":
        shown.clearFocus()
    else:
        shown.show_article(ReaderDocument("Another article."))
    assert [now[0].start for _, _, now in moved] == [0]


def test_while_it_moves_the_library_does_not_change_it_under_the_hand(
    shown: ReaderView, qtbot: QtBot
) -> None:
    qtbot.keyClick(shown, Qt.Key.Key_Up, ALT | SHIFT)
    shown.update_spans([row("sentence here"), row("words", "b")])
    assert marked(shown)[0] == "One sentence here"
    assert marked(shown, "b") == ["words"]
    shown.ends.finish()
    shown.update_spans([row("sentence here")])
    assert marked(shown) == ["sentence here"]


def test_without_a_mark_or_without_leave_nothing_moves(shown: ReaderView, qtbot: QtBot) -> None:
    shown.ends.enabled = False
    with qtbot.waitSignal(shown.move_refused):
        qtbot.keyClick(shown, Qt.Key.Key_Up, ALT | SHIFT)
    assert shown.ends.handle_at(handle(shown, row("sentence here").start, is_start=True)) is None
    shown.ends.enabled = True
    shown.set_active(None)
    with qtbot.waitSignal(shown.move_refused):
        qtbot.keyClick(shown, Qt.Key.Key_Up, ALT | SHIFT)
    assert marked(shown)[0] == "sentence here"


# By the pointer --------------------------------------------------------------------------------------------


def test_a_handle_is_dragged_by_words_and_with_alt_by_characters(shown: ReaderView, moved: Moved) -> None:
    end = row("sentence here").end
    drag(shown, handle(shown, end, is_start=False), before(shown, TEXT.index("other")))
    assert marked(shown)[0] == "sentence here. Another"
    end = TEXT.index(" sentence there")
    drag(shown, handle(shown, end, is_start=False), before(shown, TEXT.index("other")), ALT)
    assert marked(shown)[0] == "sentence here. An"
    start = row("sentence here").start
    drag(shown, handle(shown, start, is_start=True), before(shown, 1))
    assert marked(shown)[0] == "One sentence here. An"
    assert len(moved) == 3
    assert words(shown) == ""


def test_escape_gives_a_drag_up(shown: ReaderView, moved: Moved, qtbot: QtBot) -> None:
    start = handle(shown, row("sentence here").end, is_start=False)
    mouse(shown, QEvent.Type.MouseButtonPress, start)
    mouse(shown, QEvent.Type.MouseMove, before(shown, TEXT.index("there.")))
    assert marked(shown)[0] == "sentence here. Another sentence"
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    mouse(shown, QEvent.Type.MouseButtonRelease, start)
    assert marked(shown)[0] == "sentence here"
    assert moved == []


def test_beyond_the_edge_the_text_scrolls_along(shown: ReaderView, qtbot: QtBot) -> None:
    shown.resize(780, 200)
    end = row("second paragraph").end
    mouse(shown, QEvent.Type.MouseButtonPress, handle(shown, end, is_start=False))
    mouse(shown, QEvent.Type.MouseMove, QPointF(300, 260))
    qtbot.waitUntil(lambda: shown.verticalScrollBar().value() > 60)
    mouse(shown, QEvent.Type.MouseButtonRelease, QPointF(300, 260))
    stood = shown.verticalScrollBar().value()
    QTest.qWait(80)
    assert shown.verticalScrollBar().value() == stood
    assert len(marked(shown)[1]) > 100


def test_the_pointer_over_a_handle_shows_that_it_can_be_dragged(shown: ReaderView) -> None:
    QTest.mouseMove(shown.viewport(), QPoint(5, 5))
    QTest.mouseMove(shown.viewport(), handle(shown, row("sentence here").end, is_start=False).toPoint())
    assert shown.viewport().cursor().shape() is Qt.CursorShape.SizeHorCursor
    QTest.mouseMove(shown.viewport(), handle(shown, TEXT.index("ther"), is_start=True).toPoint())
    assert shown.viewport().cursor().shape() is Qt.CursorShape.IBeamCursor


def test_dragging_selects_whole_words_and_with_alt_exactly(shown: ReaderView) -> None:
    start, end = before(shown, TEXT.index("aragraph")), before(shown, TEXT.index("rds, and"))
    drag(shown, start, end)
    assert words(shown) == "paragraph has its words"
    shown.clear_selection()  # a drag that begins in a selection takes it along
    drag(shown, end, start)
    assert words(shown) == "paragraph has its words"
    shown.clear_selection()
    drag(shown, start, end, ALT)
    assert words(shown) == "aragraph has its wo"


def test_no_character_is_ever_cut(shown: ReaderView) -> None:
    family = TEXT.index("👩")
    drag(shown, before(shown, family) - QPointF(3, 0), before(shown, family) + QPointF(14, 0), ALT)
    assert words(shown).strip() in ("", "👩‍👩‍👧")
    shown.clear_selection()
    drag(shown, before(shown, family - 3), before(shown, TEXT.index("oo.")), ALT)
    assert words(shown) == "nd 👩‍👩‍👧 t"


def test_ctrl_drag_adds_a_passage_and_ctrl_click_selects_the_sentence(
    shown: ReaderView, qtbot: QtBot
) -> None:
    start, end = before(shown, TEXT.index("nother")), before(shown, TEXT.index("here.\nThe"))
    with qtbot.waitSignal(shown.passage_added) as blocker:
        drag(shown, start, end, CONTROL)
    (span,) = blocker.args
    assert TEXT[span.start : span.end] == "Another sentence there"
    added: list[TextSpan] = []
    shown.passage_added.connect(added.append)
    drag(shown, start, start, CONTROL)
    assert words(shown) == "Another sentence there."
    shown.set_active(None)
    drag(shown, start, end, CONTROL)  # nothing to add it to: it is a selection
    assert words(shown) == "Another sentence there"
    assert added == []


def test_a_handle_that_is_only_clicked_lets_the_click_through(shown: ReaderView, moved: Moved) -> None:
    shown.update_spans([row("here. Another", "below")])
    activated: list[str] = []
    shown.annotation_activated.connect(activated.append)
    at = handle(shown, row("sentence here").end, is_start=False) - QPointF(3, 0)
    drag(shown, at, at)
    assert activated == ["below"]
    assert moved == []


def test_right_to_left_the_start_stands_at_the_right(reader: ReaderView, qtbot: QtBot) -> None:
    text = "הרכבת נוסעת בלילה ואיש לא שאל את העיר"
    reader.show_article(ReaderDocument(text, direction="rtl"))
    start, end = text.index("נוסעת"), text.index(" ואיש")
    reader.set_spans([SpanRow(start, end, AnnotationId("a"), None, None, "", False)], {}, {})
    reader.ends.enabled = True
    reader.set_active(AnnotationId("a"))
    left, right = (
        handle(reader, place, is_start=is_start) for place, is_start in ((end, False), (start, True))
    )
    (box,) = reader.boxes_on_screen(TextSpan(start, end))
    box.translate(-reader.viewport().x(), 0)
    assert abs(left.x() - box.left()) < 2
    assert abs(right.x() - box.right()) < 2
    drag(reader, left, QPointF(2 * left.x() - right.x(), left.y()))
    (now,) = reader.page.index.rows_of(AnnotationId("a"))
    assert now.start == start
    assert text[start : now.end].startswith("נוסעת בלילה ואיש")
