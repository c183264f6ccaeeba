"""What the pointer does in the text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.article import Block, BlockKind, Mark, MarkKind
from annotator.domain.ids import AnnotationId, ClaimId, TagId
from annotator.domain.selectors import TextSpan
from annotator.domain.views import SpanRow
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.view import ReaderView

TEXT = "One sentence here. Another sentence there.\nThe second paragraph has its words."


def row(start: int, end: int, name: str) -> SpanRow:
    return SpanRow(start, end, AnnotationId(name), ClaimId("c"), TagId("t"), "open", False)


@pytest.fixture
def shown(reader: ReaderView) -> ReaderView:
    reader.show_article(ReaderDocument(TEXT))
    reader.setFocus()
    return reader


def words(reader: ReaderView) -> str:
    span = reader.selected_span()
    return reader.article.text[span.start : span.end] if span else ""


def test_clicking_again_goes_through_overlapping_passages(shown: ReaderView, qtbot: QtBot) -> None:
    shown.set_spans([row(0, 40, "outer"), row(4, 12, "inner")], {}, {})
    activated: list[str] = []
    shown.annotation_activated.connect(activated.append)
    shown.annotation_activated.connect(shown.set_active)
    box = shown.boxes_on_screen(TextSpan(4, 12))[0].translated(-shown.viewport().x(), 0)
    for _ in range(3):
        qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert activated == ["inner", "outer", "inner"]


def point_at(reader: ReaderView, offset: int) -> QPoint:
    box = reader.boxes_on_screen(TextSpan(offset, offset + 1))[0].translated(-reader.viewport().x(), 0)
    return box.center().toPoint()


def test_ctrl_click_selects_the_sentence(shown: ReaderView, qtbot: QtBot) -> None:
    where = point_at(shown, 22)
    with qtbot.waitSignal(shown.selection_finished):
        qtbot.mouseClick(
            shown.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, where
        )
    assert words(shown) == "Another sentence there."


def test_two_clicks_select_the_word_and_three_the_sentence(shown: ReaderView, qtbot: QtBot) -> None:
    where = point_at(shown, 5)
    QTest.mouseDClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert words(shown) == "sentence"
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert words(shown) == "One sentence here."


def test_the_hover_goes_when_the_pointer_leaves_the_text(shown: ReaderView, qtbot: QtBot) -> None:
    shown.set_spans([row(4, 12, "a")], {}, {})
    hovered: list[str | None] = []
    shown.annotation_hovered.connect(hovered.append)
    QTest.mouseMove(shown.viewport(), point_at(shown, 5))
    qtbot.waitUntil(lambda: hovered == ["a"])
    assert shown.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    QApplication.sendEvent(shown.viewport(), QEvent(QEvent.Type.Leave))
    assert hovered == ["a", None]
    assert shown.page.hovered is None
    assert shown.viewport().cursor().shape() is Qt.CursorShape.IBeamCursor


def test_a_click_on_a_link_asks_for_its_address(reader: ReaderView, qtbot: QtBot) -> None:
    mark = Mark(MarkKind.LINK, 4, 8, "https://velmar.example/")
    reader.show_article(ReaderDocument("See here.", (Block(BlockKind.PARAGRAPH, 0, 9, marks=(mark,)),)))
    with qtbot.waitSignal(reader.link_followed) as blocker:
        qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=point_at(reader, 5))
    assert blocker.args == [mark]
