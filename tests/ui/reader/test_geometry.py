"""Our boxes are compared with those Qt itself paints for the same range."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from annotator.domain.ids import AnnotationId, TagId
from annotator.domain.selectors import TextSpan
from annotator.domain.views import SpanRow
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.geometry import MAX_LANES
from annotator.ui.reader.view import ReaderView

MAGENTA = QColor("#ff00ff")
LATIN = (
    "At twenty past midnight the last tram leaves Harbour Gate, and for the next five hours nobody is awake."
)
HEBREW = "בין חצות לחמש בבוקר חוצים את העיר כארבעים ואחד אלף אנשים ביום רגיל, ורובם הולכים לעבודה"
MIXED = "The word שלום עולם 123 means hello, says מורה and then the line goes on and on until it is broken."
COMBINING = "cafe\u0301 re\u0301sume\u0301 nai\u0308ve and more words to fill the line a little further"
EMOJI = "grin 😀 family 👩\u200d👩\u200d👧 flag 🇩🇪 and the end of it"

CASES = [
    (LATIN, 3, 20),
    (LATIN, 0, len(LATIN)),
    (LATIN, 40, 95),
    (HEBREW, 4, 13),
    (HEBREW, 10, len(HEBREW) - 3),
    (MIXED, 4, 24),
    (MIXED, 0, 11),
    (MIXED, 12, 45),
    (COMBINING, 2, 14),
    (EMOJI, 3, 17),
    (EMOJI, 0, len(EMOJI)),
]


def columns_painted_by_qt(reader: ReaderView, start: int, end: int) -> set[tuple[int, int]]:
    """The (line, x) pairs whose ground Qt paints for an extra selection."""
    cursor = QTextCursor(reader.document())
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    selection = QTextEdit.ExtraSelection()
    selection.cursor = cursor
    selection.format = QTextCharFormat()
    selection.format.setBackground(MAGENTA)
    selection.format.setForeground(MAGENTA)
    reader.setExtraSelections([selection])
    image = reader.viewport().grab().toImage()
    reader.setExtraSelections([])
    return magenta_columns(image, reader)


def magenta_columns(image: QImage, reader: ReaderView) -> set[tuple[int, int]]:
    block = reader.document().firstBlock()
    top = reader.document().documentLayout().blockBoundingRect(block).top()
    layout = block.layout()
    found: set[tuple[int, int]] = set()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        # At the upper edge of the line no glyph of a neighbour interferes.
        y = round(top + line.y() + 3)
        found.update((number, x) for x in range(image.width()) if image.pixelColor(x, y) == MAGENTA)
    return found


def columns_of_boxes(reader: ReaderView, span: TextSpan) -> set[tuple[int, int]]:
    block = reader.document().firstBlock()
    top = reader.document().documentLayout().blockBoundingRect(block).top()
    layout = block.layout()
    tops = [round(top + layout.lineAt(i).y()) for i in range(layout.lineCount())]
    corner = reader.viewport().pos()
    return {
        (tops.index(round(box.top() - corner.y())), x)
        for box in reader.boxes_on_screen(span)
        for x in range(round(box.left() - corner.x()), round(box.right() - corner.x()))
    }


@pytest.mark.parametrize(("text", "start", "end"), CASES)
def test_boxes_cover_what_qt_paints(reader: ReaderView, text: str, start: int, end: int) -> None:
    reader.resize(420, 400)
    reader.show_article(ReaderDocument(text))
    offsets = reader.page.offsets
    whole = reader.page.whole(offsets.to_qt(start), offsets.to_qt(end))
    ours = columns_of_boxes(reader, TextSpan(start, end))
    qts = columns_painted_by_qt(reader, offsets.to_qt(whole.start), offsets.to_qt(whole.end))
    trailing = {pair for pair in qts - ours if is_behind_the_words(reader, pair)}
    wrong = {pair for pair in (ours ^ qts) - trailing if not near_an_edge(pair, ours)}
    assert ours
    assert wrong == set()


def is_behind_the_words(reader: ReaderView, pair: tuple[int, int]) -> bool:
    """Whether a column lies where a line's trailing space is, which has no box."""
    line = reader.document().firstBlock().layout().lineAt(pair[0])
    left = (
        reader.document().documentLayout().blockBoundingRect(reader.document().firstBlock()).left() + line.x()
    )
    used = line.naturalTextRect()
    return not left + used.left() - line.x() <= pair[1] < left + used.right() - line.x()


def near_an_edge(pair: tuple[int, int], columns: set[tuple[int, int]]) -> bool:
    """Whether a column differs only by the rounding of a box's edge."""
    line, x = pair
    return any(((line, x + d) in columns) != ((line, x + d + 1) in columns) for d in (-2, -1, 0, 1))


def row(start: int, end: int, name: str) -> SpanRow:
    return SpanRow(start, end, AnnotationId(name), None, TagId("t"), "open", False)


def test_bars_of_passages_on_the_same_lines_take_lanes_of_their_own(reader: ReaderView) -> None:
    reader.show_article(ReaderDocument(LATIN))
    reader.set_spans([row(i, 60 + i, f"a{i}") for i in range(5)], {}, {TagId("t"): ("teal", "solid")})
    block = reader.document().firstBlock()
    bars = reader.page.marks(block, 0).bars
    assert [bar.lane for bar in bars] == [0, 1, 2, MAX_LANES, MAX_LANES]
    assert bars[2].merged == 3


def test_overlapping_passages_draw_their_lines_above_one_another(reader: ReaderView) -> None:
    reader.show_article(ReaderDocument(LATIN))
    reader.set_spans([row(0, 20, "a"), row(10, 30, "b"), row(40, 50, "c")], {}, {})
    pieces = reader.page.marks(reader.document().firstBlock(), 0).pieces
    heights = {piece.row.annotation_id: piece.line_y for piece in pieces}
    assert heights["a"] - heights["b"] == 3
    assert heights["c"] == heights["a"]


def test_a_box_has_the_colour_of_its_tag(reader: ReaderView) -> None:
    reader.show_article(ReaderDocument(LATIN))
    reader.set_spans([row(3, 30, "a")], {}, {TagId("t"): ("teal", "solid")})
    box: QRect = reader.boxes_on_screen(TextSpan(3, 30))[0].toRect()
    corner = reader.viewport().pos()
    image = reader.viewport().grab().toImage()
    # Between the top of the box and that of the letters.
    at = (box.center().x() - corner.x(), box.top() - corner.y() + 2)
    assert image.pixelColor(*at) == reader.theme.tag("teal").fill
    reader.set_active(AnnotationId("a"))
    assert reader.viewport().grab().toImage().pixelColor(*at) == reader.theme.tag("teal").fill_active


def test_a_removed_passage_leaves_nothing_behind(reader: ReaderView) -> None:
    reader.show_article(ReaderDocument(LATIN))
    clean = reader.viewport().grab().toImage()
    reader.add_span(row(3, 30, "a"))
    assert reader.viewport().grab().toImage() != clean
    reader.remove_span(AnnotationId("a"))
    assert reader.viewport().grab().toImage() == clean
