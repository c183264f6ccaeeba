"""The gutter: bars in lanes, over several paragraphs and beside tables; numbers in order; icons that touch no bar."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise

import pytest
from PySide6.QtGui import QColor, QImage, QTextBlock

from annotator.domain.article import Block, BlockKind
from annotator.domain.ids import AnnotationId, ClaimId, TagId
from annotator.domain.selectors import TextSpan
from annotator.domain.views import SpanRow
from annotator.ui.reader import gutter
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.geometry import Bar
from annotator.ui.reader.view import ReaderView

WORDS = "Some words about boats in the harbour and what they carry from one shore to the other in a year."
PARAGRAPHS = "\n".join(f"{number} {WORDS}" for number in range(60))
LOOKS = {TagId("t"): ("brick", "wavy"), TagId("u"): ("blue", "dashed")}
_LANE_AT, _STEP, _ICONS_AT, _ICON = 18, 8, 50, 14  # pixels left of the column


def claim(start: int, end: int, name: str, tag: str = "t", *, note: bool = False) -> SpanRow:
    return SpanRow(start, end, AnnotationId(name), ClaimId(name), TagId(tag), "open", note)


def at(words: str) -> int:
    return PARAGRAPHS.index(words)


def show(reader: ReaderView, rows: list[SpanRow], doc: ReaderDocument | None = None) -> None:
    reader.show_article(doc or ReaderDocument(PARAGRAPHS))
    numbers = {row.claim_id: number for number, row in enumerate(rows, 1) if row.claim_id is not None}
    reader.set_spans(sorted(rows), numbers, LOOKS)


def block(reader: ReaderView, number: int) -> QTextBlock:
    return reader.document().findBlockByNumber(number)


def bars(reader: ReaderView, number: int) -> dict[str, Bar]:
    found = reader.page.marks(block(reader, number), block(reader, number).position()).bars
    return {bar.row.annotation_id: bar for bar in found}


def every_bar(reader: ReaderView) -> list[tuple[str, Bar]]:
    return [item for number in range(reader.document().blockCount()) for item in bars(reader, number).items()]


def picture(reader: ReaderView) -> QImage:
    return reader.viewport().grab().toImage()


def column(image: QImage, reader: ReaderView, left_of_text: float, top: float, bottom: float) -> list[QColor]:
    """The colours of a column of pixels that far left of the text, between two heights of the page."""
    dpr = image.devicePixelRatio()
    x = round((reader.page.column.left() - left_of_text) * dpr)
    scrolled = reader.verticalScrollBar().value()
    return [
        image.pixelColor(x, y) for y in range(round((top - scrolled) * dpr), round((bottom - scrolled) * dpr))
    ]


def test_a_bar_over_several_paragraphs_has_no_gap_and_one_lane(reader: ReaderView) -> None:
    """Another one stands in the first lane until the second paragraph, so that it has to be kept to the second."""
    rows = [
        claim(at("0 Some"), at("1 Some") + 30, "a", "u"),
        claim(at("0 Some") + 200 - 150, at("4 Some"), "b"),
    ]
    show(reader, rows)
    assert [bars(reader, number)["b"].lane for number in range(4)] == [1, 1, 1, 1]
    line = reader.theme.tag("brick").line
    top = reader.page.line_box(at("0 Some") + 60).center().y()
    bottom = reader.page.line_box(at("4 Some") - 2).center().y()
    seen = column(picture(reader), reader, _LANE_AT + _STEP - 2, top, bottom)
    assert len(seen) > 60
    assert set(map(QColor.name, seen)) == {line.name()}


def test_lanes_are_the_same_wherever_one_begins_to_look(reader: ReaderView) -> None:
    rows = [claim(at("0 Some"), at("30 Some") + 9, "a", "u"), claim(at("0 Some") + 5, at("50 Some"), "b")]
    show(reader, rows)
    assert bars(reader, 29)["b"].lane == 1
    assert bars(reader, 35)["b"].lane == 1


def test_lanes_follow_when_a_bar_above_them_comes_or_goes(reader: ReaderView) -> None:
    kept, other = claim(at("0 Some") + 5, at("3 Some"), "b"), claim(at("0 Some"), at("0 Some") + 9, "a", "u")
    show(reader, [kept])
    picture(reader)
    assert bars(reader, 2)["b"].lane == 0
    reader.add_span(other)
    assert [bars(reader, number)["b"].lane for number in (0, 1, 2)] == [1, 1, 1]
    reader.remove_span(other.annotation_id)
    assert [bars(reader, number)["b"].lane for number in (2, 1, 0)] == [0, 0, 0]


def table() -> ReaderDocument:
    """Two rows of three cells."""
    cells = [f"{row} {column} words" for row in ("first", "second") for column in "abc"]
    text, blocks, start = "", [], 0
    for number, cell in enumerate(cells):
        row, place = divmod(number, 3)
        start = len(text)
        text += cell + ("\n" if place == 2 else "\t")
        blocks.append(Block(BlockKind.CELL, start, start + len(cell), table=0, row=row, column=place))
    return ReaderDocument(text[:-1], blocks=tuple(blocks))


def test_passages_in_cells_beside_each_other_have_a_bar_each(reader: ReaderView) -> None:
    doc = table()
    rows = [
        claim(doc.text.index(words), doc.text.index(words) + 7, words)
        for words in ("first a", "first b", "first c", "second b")
    ]
    show(reader, rows, doc)
    found = {name: bar.lane for name, bar in every_bar(reader)}
    assert found == {"first a": 0, "first b": 1, "first c": 2, "second b": 0}


def test_a_passage_over_two_cells_keeps_its_lane(reader: ReaderView) -> None:
    doc = table()
    rows = [claim(doc.text.index("first a"), doc.text.index("first b") + 7, "long")]
    show(reader, rows, doc)
    assert [bar.lane for _, bar in every_bar(reader)] == [0, 0]


def numbers_drawn(reader: ReaderView, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float]]:
    """The numbers in the gutter from top to bottom, each with its height."""
    drawn: list[tuple[str, float]] = []
    draw = gutter._draw_number

    def noted(painter, text, look, middle, end, role):  # type: ignore[no-untyped-def]
        drawn.append((text, middle))
        draw(painter, text, look, middle, end, role)

    with monkeypatch.context() as patch:
        patch.setattr(gutter, "_draw_number", noted)
        picture(reader)
    return drawn


def test_numbers_on_one_line_stand_in_their_order(
    reader: ReaderView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Passages that begin together come longest first from the index; they are numbered shortest first."""
    rows = [claim(2, 12, "a"), claim(2, 40, "b"), claim(20, 30, "c")]
    show(reader, rows)
    drawn = numbers_drawn(reader, monkeypatch)
    assert [text for text, _ in drawn] == ["1", "2", "3"]
    assert all(below - above >= 20 for (_, above), (_, below) in pairwise(drawn))


def test_the_count_of_those_left_out_is_clear_of_the_next_number(
    reader: ReaderView, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [claim(index, 40 + index, f"c{index}") for index in range(8)] + [claim(200, 230, "last")]
    show(reader, rows)
    drawn = numbers_drawn(reader, monkeypatch)
    (rest,) = [middle for text, middle in drawn if text.startswith("+")]
    assert all(abs(middle - rest) >= 14 for text, middle in drawn if not text.startswith("+"))


def inked(image: QImage, reader: ReaderView, left: float, right: float, top: float, bottom: float) -> bool:
    """Whether anything is painted between two distances left of the text."""
    ground = reader.theme.color("reader").name()
    scan = [column(image, reader, away, top, bottom) for away in range(round(right), round(left))]
    return any(color.name() != ground for colors in scan for color in colors)


def test_the_icon_of_a_note_stands_left_of_all_bars(reader: ReaderView) -> None:
    note = SpanRow(at("2 Some") + 4, at("2 Some") + 9, AnnotationId("n"), None, None, "", True)
    show(reader, [note])
    line = reader.page.line_box(note.start)
    image = picture(reader)
    assert inked(image, reader, _ICONS_AT, _ICONS_AT - _ICON, line.top(), line.bottom())
    assert not inked(image, reader, _ICONS_AT - _ICON - 1, 3, line.top(), line.bottom())


@pytest.mark.parametrize("note", [False, True])
def test_a_claim_with_a_note_has_its_icon_below_the_number(reader: ReaderView, note: bool) -> None:
    row = claim(at("2 Some") + 4, at("2 Some") + 9, "a", note=note)
    show(reader, [row])
    line = reader.page.line_box(row.start)
    middle = line.top() + (line.height() / 2)
    image = picture(reader)
    assert inked(image, reader, _ICONS_AT, _ICONS_AT - _ICON, middle + 11, middle + 24) is note


def test_how_many_share_a_bar_is_said_once_on_a_ground_of_its_own(reader: ReaderView) -> None:
    show(reader, [claim(index, at("3 Some"), f"c{index}", "u") for index in range(5)])
    assert [bars(reader, number)["c2"].merged for number in range(3)] == [3, 0, 0]
    image, blue = picture(reader), reader.theme.tag("blue").line.name()
    top = reader.page.line_box(0).center().y()
    bottom = reader.page.line_box(at("3 Some") - 2).center().y()
    for lane, whole in ((0, True), (1, True), (2, False)):
        names = {one.name() for one in column(image, reader, _LANE_AT + lane * _STEP - 2, top, bottom)}
        assert (names == {blue}) is whole


def edges(image: QImage, y: int, colors: set[int]) -> tuple[int, int]:
    found = [x for x in range(image.width()) if image.pixel(x, y) in colors]
    return min(found), max(found)


def test_lines_begin_and_end_with_their_fills_to_the_pixel(reader: ReaderView) -> None:
    row = SpanRow(at("2 Some") + 4, at("2 Some") + 31, AnnotationId("h"), None, TagId("t"), "", False)
    reader.show_article(ReaderDocument(PARAGRAPHS))
    reader.set_spans([row], {}, {TagId("t"): ("teal", "solid")})
    image, dpr = picture(reader), reader.devicePixelRatioF()
    box = reader.boxes_on_screen(TextSpan(row.start, row.end))[0].translated(-reader.viewport().pos())
    style = reader.theme.tag("teal")
    fill = edges(image, round((box.top() + 3) * dpr), {style.fill.rgb()})
    line = edges(image, round(box.bottom() * dpr) - 1, {style.line.rgb()})
    assert fill == line


@pytest.mark.skipif("QT_SCALE_FACTOR" in os.environ, reason="is the run at another scale")
@pytest.mark.parametrize("scale", ["1.5", "1.25", "2"])
def test_they_do_at_other_scales(scale: str) -> None:
    """In a process of its own, as the scale holds for all of it."""
    command = (sys.executable, "-m", "pytest", "-q", "--no-xvfb", "-p", "no:cacheprovider", __file__)
    environment = os.environ | {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}
    wanted = ("-k", "to_the_pixel or several_paragraphs")
    done = subprocess.run(
        (*command, *wanted), env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout
    assert ".." in done.stdout
