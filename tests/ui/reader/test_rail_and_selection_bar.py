from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from annotator.domain.article import Mark, MarkKind
from annotator.domain.ids import AnnotationId, TagId
from annotator.domain.selectors import TextSpan
from annotator.domain.tag import Tag, TagColour
from annotator.domain.views import SpanRow
from annotator.ui.reader.document import ReaderDocument, paragraphs_of
from annotator.ui.reader.rail import PositionRail
from annotator.ui.reader.selection_bar import SelectionBar
from annotator.ui.reader.view import ReaderView
from annotator.ui.theme import ThemeManager

TEXT = "\n".join(f"Paragraph {i} of a text that is long enough to scroll a while." for i in range(200))


@pytest.fixture
def rail(reader: ReaderView, themes: ThemeManager, qtbot: QtBot) -> PositionRail:
    reader.show_article(ReaderDocument(TEXT))
    made = PositionRail(reader, themes)
    qtbot.addWidget(made)
    made.resize(18, 600)
    made.show()
    reader.page.line_box(len(TEXT) - 1)
    return made


@pytest.fixture
def bar(reader: ReaderView, themes: ThemeManager) -> SelectionBar:
    reader.show_article(ReaderDocument(TEXT))
    return SelectionBar(reader, themes)


def test_a_click_on_the_rail_jumps_there(rail: PositionRail, reader: ReaderView, qtbot: QtBot) -> None:
    qtbot.mouseClick(rail, Qt.MouseButton.LeftButton, pos=QPoint(9, 300))
    scroll = reader.verticalScrollBar()
    middle = (scroll.value() + scroll.pageStep() / 2) / (scroll.maximum() + scroll.pageStep())
    assert abs(middle - 0.5) < 0.01


def test_a_tick_is_painted_where_the_passage_is(rail: PositionRail, reader: ReaderView) -> None:
    offset = len(TEXT) // 2
    reader.set_spans(
        [SpanRow(offset, offset + 9, AnnotationId("a"), None, TagId("t"), "open", False)],
        {},
        {TagId("t"): ("rose", "thick")},
    )
    rail._measure()
    image = rail.grab().toImage()
    line = reader.theme.tag("rose").line
    rows = [y for y in range(image.height()) if image.pixelColor(8, y) == line]
    assert rows
    assert abs(sum(rows) / len(rows) - rail.tick_at(offset)) < 2


def test_ticks_stay_where_they_are_when_the_theme_changes_and_nearly_when_the_size_does(
    rail: PositionRail, reader: ReaderView, themes: ThemeManager
) -> None:
    lines = [f"Line {number}" for number in range(200)]
    text = "\n".join([*lines, "Some words in a row. " * 400])
    link = Mark(MarkKind.LINK, 0, 4, "https://a.b")
    blocks = paragraphs_of(text)
    reader.show_article(ReaderDocument(text, (blocks[0]._replace(marks=(link,)), *blocks[1:])))
    rail._measure()
    offset = text.index("Line 150")
    before = rail.tick_at(offset)
    themes.set("dark")
    assert rail.tick_at(offset) == before
    reader.set_reading_size(23)
    assert abs(rail.tick_at(offset) - before) < 10
    by_length = rail._place(offset / len(text))
    assert abs(by_length - before) > 100  # what it would be without knowing the heights


def test_the_bar_stands_above_the_selection_and_never_on_it(
    bar: SelectionBar, reader: ReaderView, qtbot: QtBot
) -> None:
    span = TextSpan(TEXT.index("Paragraph 7 "), TEXT.index("Paragraph 8 ") - 1)
    reader.select(span)
    qtbot.waitUntil(bar.isVisible, timeout=2000)
    top = min(box.top() for box in reader.boxes_on_screen(span))
    assert abs(top - 10 - bar.geometry().bottom()) <= 2
    assert bar.geometry().left() >= 0
    assert bar.geometry().right() <= reader.width()


def test_without_room_above_it_stands_below(bar: SelectionBar, reader: ReaderView, qtbot: QtBot) -> None:
    reader.select(TextSpan(0, 9))
    qtbot.waitUntil(bar.isVisible, timeout=2000)
    bottom = max(box.bottom() for box in reader.boxes_on_screen(TextSpan(0, 9)))
    assert bar.geometry().top() >= bottom


def test_escape_closes_the_bar_and_the_text_keeps_the_focus(
    bar: SelectionBar, reader: ReaderView, qtbot: QtBot
) -> None:
    reader.activateWindow()
    reader.setFocus()
    qtbot.waitUntil(reader.hasFocus, timeout=2000)
    reader.select(TextSpan(0, 9))
    qtbot.waitUntil(bar.isVisible, timeout=2000)
    assert reader.hasFocus()
    qtbot.keyClick(reader, Qt.Key.Key_Escape)
    assert not bar.isVisible()


@pytest.mark.parametrize(
    ("mode", "by_mouse", "visible"), [("never", True, False), ("mouse", False, False), ("mouse", True, True)]
)
def test_the_bar_appears_when_it_is_wanted(
    bar: SelectionBar, reader: ReaderView, mode: str, by_mouse: bool, visible: bool
) -> None:
    bar.mode = mode
    reader.select(TextSpan(300, 320))
    reader.selection_finished.emit(by_mouse)
    assert bar.isVisible() is visible


def test_its_buttons_ask_for_what_the_keys_ask_for(
    bar: SelectionBar, reader: ReaderView, qtbot: QtBot
) -> None:
    reader.select(TextSpan(300, 320))
    for name, signal in (("claim", reader.claim_requested), ("source", reader.link_requested)):
        button = bar.findChild(QToolButton, f"selection_{name}")
        with qtbot.waitSignal(signal) as blocker:
            button.click()
        assert blocker.args == [TextSpan(300, 320)]


def test_tags_come_with_their_keys(bar: SelectionBar, reader: ReaderView, qtbot: QtBot) -> None:
    bar.set_tags(
        [Tag(id=TagId("x"), name="Own", colour=TagColour.ROSE, key="3"), Tag(id=TagId("y"), name="Keyless")]
    )
    reader.select(TextSpan(300, 320))
    button = bar.findChild(QToolButton, "selection_tag_3")
    with qtbot.waitSignal(reader.tag_requested) as blocker:
        button.click()
    assert blocker.args == [TextSpan(300, 320), "3"]
    assert button.accessibleName() == "Own"


def test_every_control_has_a_name(bar: SelectionBar) -> None:
    assert all(button.accessibleName() for button in bar.findChildren(QToolButton))
