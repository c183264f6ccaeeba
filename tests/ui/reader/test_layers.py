"""The layers below and above the text."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from tests.ui.reader.test_view import long_article

from annotator.domain.article import BlockKind, TextBuilder
from annotator.domain.ids import AnnotationId
from annotator.domain.selectors import TextSpan
from annotator.domain.views import SpanRow
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.layers import Frame, Layer
from annotator.ui.reader.view import ReaderView

GREEN, RED = QColor("#00ff00"), QColor("#ff0000")


class Square(Layer):
    """A green ground below the text, a red square above it at the left of the column."""

    def __init__(self) -> None:
        self.blocks: list[int] = []

    def paint_under(self, painter: QPainter, frame: Frame) -> None:
        painter.fillRect(frame.column.adjusted(0, 0, 0, 2000), GREEN)
        self.blocks.append(len(frame.blocks))

    def paint_over(self, painter: QPainter, frame: Frame) -> None:
        painter.fillRect(QRectF(frame.column.left(), 0, 40, 40), RED)


def test_a_layer_is_painted_below_and_above_the_text(reader: ReaderView) -> None:
    reader.show_article(ReaderDocument("\u2588" * 30 + "\nSecond."))
    box = reader.boxes_on_screen(TextSpan(10, 11))[0].translated(-reader.viewport().x(), 0)
    text = reader.viewport().grab().toImage().pixelColor(box.center().toPoint())
    reader.add_layer(Square())
    image = reader.viewport().grab().toImage()
    left = reader.page.layout.gutter
    assert image.pixelColor(left + 20, 20) == RED
    assert image.pixelColor(left + 300, image.height() - 5) == GREEN
    assert image.pixelColor(box.center().toPoint()) == text


def test_a_layer_sees_only_what_is_on_screen(reader: ReaderView) -> None:
    layer = Square()
    reader.show_article(long_article())
    reader.add_layer(layer)
    reader.viewport().repaint()
    assert 0 < layer.blocks[-1] < 20


def test_the_mark_beside_the_paragraph_follows_the_caret(reader: ReaderView) -> None:
    reader.show_article(ReaderDocument("One.\nTwo.\nThree."))
    right = reader.page.layout.gutter + reader.page.layout.measure + 15

    def marked() -> list[bool]:
        image = reader.viewport().grab().toImage()
        accent = reader.theme.color("accent")
        lines = [reader.boxes_on_screen(TextSpan(at, at + 1))[0] for at in (0, 5, 10)]
        return [image.pixelColor(right, round(line.center().y())) == accent for line in lines]

    assert marked() == [True, False, False]
    reader.set_caret(6)
    assert marked() == [False, True, False]


def test_a_flash_is_drawn_around_what_was_revealed(reader: ReaderView) -> None:
    reader.show_article(ReaderDocument("One two three.\nFour."))
    before = reader.viewport().grab().toImage()
    reader.reveal(TextSpan(4, 7))
    assert reader.viewport().grab().toImage() != before


def test_getting_ready_what_comes_next_ends_also_with_a_table_of_hundreds_of_cells(
    reader: ReaderView,
) -> None:
    builder = TextBuilder()
    for row in range(120):
        for column in range(6):
            builder.add(BlockKind.CELL, f"{row} {column}", table=0, row=row, column=column)
    reader.show_article(ReaderDocument(builder.text, tuple(builder.blocks)))
    reader.set_spans([SpanRow(0, 3, AnnotationId("a"), None, None, "open", False)], {}, {})
    reader.document().size()
    made = 0
    for _ in range(2):  # the second time everything is there
        while any(reader.page.get_ready_near(*heights) for heights in ((0, 4000), (0, 2000))):
            made += 1
            assert made < 500
    assert made >= 50
