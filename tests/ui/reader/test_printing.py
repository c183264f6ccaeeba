"""On paper stands the whole text with its marks, and behind it the claims; no line is cut by a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMarginsF, QSize
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter

from annotator.domain.article import Block, BlockKind, Mark, MarkKind, TextBuilder
from annotator.domain.ids import AnnotationId, ClaimId, TagId
from annotator.domain.views import SpanRow
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.printing import FinePictures, Printed, PrintedClaim, print_article
from annotator.ui.reader.styles import ReadingType
from annotator.ui.theme import Theme, ThemeManager

MARKED = "the marked words"


def long_text() -> ReaderDocument:
    """A title, forty paragraphs with numbered words, code and a table."""
    builder = TextBuilder()
    builder.add(BlockKind.HEADING, "The quiet harbour", level=1)
    for number in range(40):
        words = " ".join(f"w{number}x{word}" for word in range(60))
        builder.add(BlockKind.PARAGRAPH, f"Paragraph with {MARKED} here. {words}" if number == 3 else words)
    builder.add(BlockKind.CODE, "def f(x):\n    return x", label="python")
    for row in range(2):
        for column in range(2):
            builder.add(BlockKind.CELL, f"cell{row}{column}", table=0, row=row, column=column)
    return ReaderDocument(builder.text, tuple(builder.blocks), section="News", byline="A. Writer")


def printed(source: ReaderDocument | None = None, **changes: object) -> Printed:
    source = source or long_text()
    start = source.text.find(MARKED)
    row = SpanRow(start, start + len(MARKED), AnnotationId("a"), ClaimId("c"), TagId("t"), "supported", False)
    parts: dict[str, object] = {
        "title": "The quiet harbour",
        "source": source,
        "rows": [row] if start >= 0 else [],
        "numbers": {ClaimId("c"): 17},
        "looks": {TagId("t"): ("rose", "thick")},
        "claims": [
            PrintedClaim(
                17, "It was quiet.", "supported", "Supported, 80 %", ("Supports: Log.", "Note: one\ntwo")
            )
        ],
        "type_": ReadingType(),
    }
    return Printed(**{**parts, **changes})  # type: ignore[arg-type]


@pytest.fixture
def pdf(tmp_path: Path, themes: ThemeManager):
    """Prints into a file and opens that."""
    opened: list[pypdfium2.PdfDocument] = []

    def write(what: Printed, size: QPageSize.PageSizeId = QPageSize.PageSizeId.A4) -> pypdfium2.PdfDocument:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "out.pdf"))
        printer.setPageSize(QPageSize(size))
        printer.setPageMargins(QMarginsF(15, 15, 15, 15), QPageLayout.Unit.Millimeter)
        print_article(what, printer)
        opened.append(pypdfium2.PdfDocument(tmp_path / "out.pdf"))
        return opened[-1]

    yield write
    for document in opened:
        document.close()


def texts(document: pypdfium2.PdfDocument) -> list[str]:
    found = []
    for page in document:
        text_page = page.get_textpage()
        found.append(text_page.get_text_bounded())
        text_page.close()
        page.close()
    return found


def picture(document: pypdfium2.PdfDocument, index: int) -> QImage:
    page = document[index]
    bitmap = page.render(scale=2)
    image = bitmap.to_pil().convert("RGB")
    page.close()
    return QImage(
        image.tobytes(), image.width, image.height, 3 * image.width, QImage.Format.Format_RGB888
    ).copy()


def count_of(image: QImage, color: object) -> int:
    return sum(
        image.pixelColor(x, y) == color
        for y in range(0, image.height(), 2)
        for x in range(0, image.width(), 2)
    )


@pytest.mark.parametrize(
    "size", [QPageSize.PageSizeId.A4, QPageSize.PageSizeId.Letter, QPageSize.PageSizeId.A6]
)
def test_every_word_is_printed_once_on_every_paper(pdf, size: QPageSize.PageSizeId) -> None:
    pages = texts(pdf(printed(), size))
    whole = " ".join(pages).split()
    for number in range(40):
        for word in range(60):
            assert whole.count(f"w{number}x{word}") == 1
    assert {"cell00", "cell01", "cell10", "cell11"} <= set(whole)
    assert re.sub(r"\s", "", pages[0]).count("Thequietharbour") == 2  # title and footer, no letter lost
    assert "NEWS" in pages[0].replace(" ", "")
    assert "A. Writer" in pages[0]
    for number, text in enumerate(pages, start=1):
        assert f"{number} of {len(pages)}" in text


def test_a_mark_has_its_colour_its_number_and_its_verdict(pdf) -> None:
    document = pdf(printed())
    first = texts(document)[0]
    assert first.split().count("17") == 1
    style = Theme.load("light").tag("rose")
    image = picture(document, 0)
    assert count_of(image, style.fill) > 200
    assert count_of(image, style.line) > 20
    greenish = sum(
        image.pixelColor(x, y).green() > image.pixelColor(x, y).red() + 40
        for y in range(image.height())
        for x in range(image.width() // 7)
    )
    assert greenish > 10  # the icon of “supported” beside the number


def test_no_mark_no_number_and_no_list(pdf) -> None:
    pages = texts(pdf(printed(rows=[], claims=[])))
    assert "17" not in pages[0].split()
    assert not any("Claims in this article" in text for text in pages)


def test_the_claims_stand_behind_the_text_with_verdict_evidence_and_note(pdf) -> None:
    last = texts(pdf(printed()))[-1]
    for words in (
        "Claims in this article",
        "17",
        "It was quiet.",
        "Supported, 80",
        "Supports: Log.",
        "Note: one",
        "two",
    ):
        assert words in last
    assert "w39x59" not in last


def test_every_line_of_a_long_list_of_claims_is_printed(pdf) -> None:
    words = ("statement{}.", "verdict{}.", "line{}a.", "line{}b.")
    claims = []
    for number in range(1, 60):
        statement, told, *lines = (word.format(number) for word in words)
        claims.append(PrintedClaim(number, statement, "refuted", told, tuple(lines)))
    whole = re.sub(r"\s", "", "".join(texts(pdf(printed(claims=claims)))))
    for number in range(1, 60):
        for word in words:
            assert whole.count(word.format(number)) == 1, word.format(number)


def test_code_is_printed_in_its_colours(pdf) -> None:
    document = pdf(printed())
    pages = texts(document)
    page = next(number for number, text in enumerate(pages) if "def f(x)" in text)
    assert count_of(picture(document, page), Theme.load("light").color("conflicting")) > 5


def test_a_text_without_a_title_begins_with_its_first_words(pdf) -> None:
    source = ReaderDocument("Only these words.", (Block(BlockKind.PARAGRAPH, 0, 17),), byline="A. Writer")
    assert "Only these words." in texts(pdf(printed(source)))[0]
    assert "A. Writer" in texts(pdf(printed(source)))[0]


def test_a_picture_is_printed_in_its_own_pixels_and_nothing_that_it_lacks(pdf) -> None:
    asked: list[QSize] = []

    def load(_name: str, pixels: QSize, done: Callable[[QImage], None]) -> None:
        asked.append(pixels)
        found = QImage(pixels, QImage.Format.Format_RGB32)
        found.fill(QColor("#3366cc"))
        done(found)

    mark = Mark(MarkKind.IMAGE, 0, 1, "A map", picture="a")
    source = ReaderDocument(
        "\ufffc",
        (Block(BlockKind.FIGURE, 0, 1, marks=(mark,)),),
        pictures=FinePictures({"a": (1000, 400)}, load),
    )
    document = pdf(printed(source))
    assert asked == [QSize(1000, 400)]
    image = picture(document, 0)
    blue = [image.pixelColor(x, y).blue() > 180 for y in range(0, 800, 8) for x in range(0, 1000, 8)]
    dark = [image.pixelColor(x, y).red() < 80 for y in range(0, 800, 8) for x in range(0, 1000, 8)]
    assert sum(a and b for a, b in zip(blue, dark, strict=True)) > 500


def test_a_figure_without_a_picture_is_printed_as_a_frame_with_its_words(pdf) -> None:
    mark = Mark(MarkKind.IMAGE, 0, 1, "A map of the harbour")
    source = ReaderDocument("\ufffc", (Block(BlockKind.FIGURE, 0, 1, marks=(mark,)),))
    assert "A map of the harbour" in texts(pdf(printed(source)))[0]
