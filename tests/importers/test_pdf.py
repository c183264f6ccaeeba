"""PDFs to blocks: real-life layouts, made letter by letter or by Qt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QFont, QFontDatabase, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from tests.importers.pdf_pages import (
    BOLD,
    FIXED,
    ITALIC,
    REGULAR,
    Page,
    encrypted,
    longest_common,
    outcome,
    pdf,
    prose,
    width_of,
)

from annotator import paths
from annotator.domain.article import BlockKind, ImportedArticle, MarkKind, blocks_from_json, blocks_to_json
from annotator.errors import UnreadableFile
from annotator.importers.base import ImportHints, importer_for
from annotator.importers.pdf.importer import IMPORTER


def read(data: bytes, name: str = "paper.pdf") -> ImportedArticle:
    article = IMPORTER.read(data, ImportHints(name))
    assert blocks_from_json(blocks_to_json(article.blocks)) == article.blocks
    return article


def texts(article: ImportedArticle, kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.kind is kind]


def headings(article: ImportedArticle) -> list[tuple[int, str]]:
    return [(b.level, article.text[b.start : b.end]) for b in article.blocks if b.kind is BlockKind.HEADING]


def marks(article: ImportedArticle) -> list[tuple[MarkKind, str, str]]:
    return [(m.kind, article.text[m.start : m.end], m.value) for b in article.blocks for m in b.marks]


def recall(article: ImportedArticle, truth: str) -> float:
    left = article.text.split()
    words = truth.split()
    for word in words:
        if word in left:
            left.remove(word)
    return (len(article.text.split()) - len(left)) / len(words)


def order(article: ImportedArticle, truth: str) -> float:
    words = truth.split()
    return longest_common(words, article.text.split()) / len(words)


def columns(page: Page, edges: Sequence[tuple[float, float]], top: float, bottom: float, text: str) -> str:
    """Fill columns with `text`, cutting words; gives what found no room."""
    for x, width in edges:
        _, text = page.flow(x, top, width, text, size=9.5, cut=7, bottom=bottom)
    return text


def own_font() -> QFont:
    """A font that comes with the program: others differ from machine to machine."""
    for file in paths.resources().glob("fonts/Literata*.ttf"):
        QFontDatabase.addApplicationFont(str(file))
    font = QFont("Literata", 11)
    for joins in ("liga", "dlig", "clig", "calt"):  # Qt doesn't say which letters a joined one stands for
        font.setFeature(QFont.Tag(joins), 0)
    return font


def printed(qapp: object, folder: Path, html: str, font: QFont | None = None) -> bytes:
    """What Qt prints of a page of HTML."""
    path = folder / "printed.pdf"
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(20, 20, 20, 20), QPageLayout.Unit.Millimeter)
    writer.setResolution(300)
    document = QTextDocument()
    if font is not None:
        document.setDefaultFont(font)
    document.setHtml(html)
    document.print_(writer)
    del writer
    return path.read_bytes()


TWO = ((50.0, 240.0), (305.0, 240.0))


def journal(*, linked: bool = False) -> tuple[bytes, str, str]:
    """Three pages in two columns, with title, abstract, running heads, page numbers and notes at the feet; `linked`
    adds links and bookmarks."""
    abstract, body = prose(1, 90), prose(2, 1500)
    notes = {0: prose(30, 16), 1: prose(31, 16)}
    pages = []
    rest = body
    for number in range(3):
        page = Page()
        page.put(50, 30, "Journal of Careful Reading 12 (2021)", size=8)
        page.put(520, 30, str(211 + number), size=8)
        top = 60.0
        if number == 0:
            page.centred(80, "How readers weigh the evidence", size=20, font=BOLD)
            page.centred(105, "Ann Lee, Bo Chan and Cy Dee", size=11)
            page.put(50, 130, "Abstract", size=10, font=BOLD)
            page.flow(50, 145, 495, abstract, size=9.5)
            page.put(50, 225, "1. Introduction", size=12, font=BOLD)
            top = 245.0
            page.put(50, 815, "https://doi.org/10.1234/jcr.2021.0042", size=7)
        if number in notes:
            sign = str(number + 1)
            page.put(305, 740, sign, size=5)
            page.flow(309, 743, 236, notes[number], size=7.5)
        left, right = TWO
        _, rest = page.flow(*left[:1], top, left[1], rest, size=9.5, cut=7, bottom=775)
        foot = 700 if number in notes else 775
        y, rest = page.flow(right[0], 60 if number else 225, right[1], rest, size=9.5, cut=7, bottom=foot)
        if number in notes:
            page.put(right[0], y, "Thus it stands.", size=9.5)
            page.put(right[0] + width_of("Thus it stands.", 9.5), y - 3.5, str(number + 1), size=5.5)
        pages.append(page)
    truth = f"How readers weigh the evidence {abstract} 1. Introduction {body[: len(body) - len(rest)]}"
    if linked:
        pages[0].link(50, 805, 150, 12, "/A << /S /URI /URI (https://doi.org/10.1234/jcr.2021.0042) >>")
    data = pdf(
        pages,
        info={"Title": "Microsoft Word - weigh_final.docx", "Author": "user17"},
        language="en-GB",
        bookmarks=[(1, "Introduction", 0, 220.0), (2, "Methods", 1, 60.0), (1, "End", 2, 60.0)]
        if linked
        else (),
    )
    return data, truth, " ".join(notes.values())


def test_a_journal_in_two_columns_is_read_down_one_and_then_the_other() -> None:
    data, truth, notes = journal()
    article = read(data)
    assert recall(article, f"{truth} {notes}") >= 0.98
    assert order(article, truth) >= 0.98


def test_running_heads_and_page_numbers_of_a_journal_are_gone_and_pages_cited_by_them() -> None:
    article = read(journal()[0])
    assert "Careful Reading" not in article.text
    assert not re.search(r"\b21[123]\b", article.text)
    assert {block.page for block in article.blocks} == {"211", "212", "213"}


def test_title_authors_language_and_doi_come_from_the_first_page() -> None:
    article = read(journal()[0])
    assert article.title == "How readers weigh the evidence"
    assert article.authors == ("Ann Lee", "Bo Chan", "Cy Dee")
    assert article.language == "en-GB"
    assert article.extra["DOI"] == "10.1234/jcr.2021.0042"
    assert headings(article)[0] == (1, "How readers weigh the evidence")
    assert (2, "1. Introduction") in [(2, text) for _, text in headings(article)]


def test_notes_at_the_foot_are_notes_and_linked_from_their_numbers() -> None:
    article = read(journal()[0])
    notes = [block for block in article.blocks if block.kind is BlockKind.NOTE]
    assert [(note.label, article.text[note.start : note.end]) for note in notes] == [
        ("1", prose(30, 16)),
        ("2", prose(31, 16)),
    ]
    assert [mark for mark in marks(article) if mark[0] is MarkKind.NOTE_REF] == [
        (MarkKind.NOTE_REF, "1", "1"),
        (MarkKind.NOTE_REF, "2", "2"),
    ]


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    body = [text for text in texts(read(journal()[0])) if len(text) > 1000]
    assert len(body) == 3  # one to a page, as the last line of a page is a paragraph of its own there
    pages, rest = [], prose(3, 900)
    while rest:
        page = Page()
        _, rest = page.flow(72, 90, 451, rest, cut=7, bottom=500)
        page.put(72, 780, "The careful reader", size=8)
        pages.append(page)
    assert len(pages) > 2
    assert texts(read(pdf(pages))) == [prose(3, 900)]


def test_a_report_has_headings_by_size_and_no_page_numbers() -> None:
    pages, truth = [], []
    for number in range(4):
        page = Page()
        y = 80.0
        for part in range(2):
            title = f"Part {'ABCDEFGH'[number * 2 + part]} of the findings"
            page.put(72, y, title, size=16, font=BOLD)
            sub = prose(50 + number * 2 + part, 4).split(".")[0][:40].strip()
            page.put(72, y + 26, sub, size=12, font=BOLD)
            text = prose(100 + number * 2 + part, 120)
            y, _ = page.flow(72, y + 46, 451, text, size=11, justify=False)
            y += 30
            truth += [title, sub, text]
        page.centred(805, f"Page {number + 1} of 4", size=9)
        pages.append(page)
    pages[0].put(72, 50, "Findings of the harbour inquiry", size=26, font=BOLD)
    article = read(pdf(pages))
    assert recall(article, " ".join(truth)) >= 0.99
    assert order(article, " ".join(truth)) >= 0.99
    assert "Page" not in article.text
    levels = [level for level, _ in headings(article)]
    assert levels == [1, *[2, 3] * 8]
    assert texts(article) == truth[2::3]


def test_a_newspaper_in_three_columns_with_a_box() -> None:
    page = Page()
    page.put(40, 70, "Harbour bridge closed for the winter", size=26, font=BOLD)
    text, box = prose(7, 700), prose(8, 60)
    edges = ((40.0, 160.0), (217.0, 160.0), (394.0, 160.0))
    rest = text
    for place, (x, width) in enumerate(edges):
        _, rest = page.flow(x, 110, width, rest, size=9, bottom=560 if place == 2 else 780)
    page.box(388, 590, 172, 150)
    page.put(396, 606, "In short", size=11, font=BOLD)
    page.flow(396, 622, 156, box, size=8.5, justify=False)
    article = read(pdf([page]))
    truth = text[: len(text) - len(rest)]
    assert recall(article, f"{truth} {box}") >= 0.98
    assert order(article, truth) >= 0.98
    assert article.title == "Harbour bridge closed for the winter"
    assert box in article.text


def test_a_letter_keeps_its_address_lines_and_paragraphs() -> None:
    page = Page()
    for place, line in enumerate(("Dr Ann Lee", "12 Harbour Street", "Old Market")):
        page.put(72, 90 + 14 * place, line, size=11)
    page.put(420, 160, "14 March 2023", size=11)
    page.put(72, 200, "Dear Dr Lee,", size=11)
    one, two = prose(11, 70), prose(12, 60)
    y, _ = page.flow(72, 226, 451, one, size=11, justify=False)
    y, _ = page.flow(72, y + 12, 451, two, size=11, justify=False)
    page.put(72, y + 14, "Yours sincerely,", size=11)
    page.put(72, y + 60, "Bo Chan", size=11)
    article = read(pdf([page]))
    assert texts(article)[-4:] == [one, two, "Yours sincerely,", "Bo Chan"]
    assert "12 Harbour Street" in texts(article)
    assert article.published_on == "2023-03-14"


def test_a_book_is_cited_by_roman_and_arabic_page_labels() -> None:
    pages = []
    for number in range(8):
        page = Page(420, 595)
        page.put(60, 40, "The quiet harbour" if number % 2 else "Chapter the first", size=8)
        page.flow(60, 80, 300, prose(200 + number, 150), size=10, indent=14, bottom=520)
        page.centred(560, ("i", "ii", "iii", "1", "2", "3", "4", "5")[number], size=8)
        pages.append(page)
    article = read(pdf(pages))
    assert article.blocks[0].page == "i"
    assert {"1", "2"} & {block.page for block in article.blocks}
    assert "quiet harbour" not in article.text
    assert "Chapter the first" not in article.text
    labelled = read(pdf(pages, labels="0 << /S /r >> 3 << /S /D >>"))
    assert {b.page for b in labelled.blocks} == {b.page for b in article.blocks}


def test_slides_are_headings_and_lists() -> None:
    pages = []
    for number in range(3):
        page = Page(720, 405)
        page.put(40, 60, f"Slide title number {('one', 'two', 'three')[number]}", size=30, font=BOLD)
        for place in range(4):
            page.put(60, 120 + place * 45, "•", size=18)
            page.put(80, 120 + place * 45, prose(300 + number * 4 + place, 6)[:52], size=18)
        page.put(680, 390, str(number + 1), size=10)
        pages.append(page)
    article = read(pdf(pages))
    assert len(texts(article, BlockKind.LIST_ITEM)) == 12
    assert [level for level, _ in headings(article)] == [1, 1, 1]
    assert texts(article) == []


def test_a_table_is_cells() -> None:
    page = Page()
    page.put(72, 80, "Results by harbour", size=16, font=BOLD)
    page.flow(72, 110, 451, prose(20, 60), size=10)
    rows = [("Harbour", "Ships", "Share", "Change"), *[
        (name, str(120 + place * 7), f"{place + 3}.{place} %", f"-{place}.1")
        for place, name in enumerate(("Northgate", "Old Quay", "Millpool", "East Basin", "Saltmarsh"))
    ]]  # fmt: skip
    for row, cells in enumerate(rows):
        for x, cell in zip((72, 220, 320, 420), cells, strict=True):
            page.put(x, 200 + row * 16, cell, size=10, font=BOLD if row == 0 else "F1")
    page.flow(72, 330, 451, prose(21, 60), size=10)
    article = read(pdf([page]))
    cells = [block for block in article.blocks if block.kind is BlockKind.CELL]
    assert [article.text[b.start : b.end] for b in cells] == [cell for row in rows for cell in row]
    assert [(b.row, b.column) for b in cells] == [(r, c) for r in range(6) for c in range(4)]
    assert [b.header for b in cells] == [True] * 4 + [False] * 20
    assert texts(article) == [prose(20, 60), prose(21, 60)]


def test_an_invoice_keeps_every_number_in_its_row() -> None:
    page = Page()
    page.put(72, 80, "Invoice", size=22, font=BOLD)
    page.put(72, 110, "Harbour Printing Works", size=10)
    page.put(400, 110, "Number 20417", size=10)
    rows = (
        ("Paper, 200 sheets", "2", "4.50", "9.00"),
        ("Ink, black", "1", "12.00", "12.00"),
        ("Total", "", "", "21.00"),
    )
    for row, cells in enumerate(rows):
        for x, cell in zip((72, 300, 380, 460), cells, strict=True):
            if cell:
                page.put(x + (0 if x == 72 else 40 - width_of(cell, 10)), 200 + row * 18, cell)
    article = read(pdf([page]))
    assert "Paper, 200 sheets\t2\t4.50\t9.00" in article.text
    assert re.search(r"Total\t+21\.00", article.text)


def test_words_cut_in_narrow_columns_are_whole_again_and_compounds_keep_their_hyphen() -> None:
    page = Page()
    lines = ["The government made a long-term plan for the har-", "bour and for its self-", "governed schools, a well-",
             "known and long-", "term question of gov-", "ernment policy in East-", "West trade of 1990-", "1995."]  # fmt: skip
    for place, line in enumerate(lines):
        page.put(72, 100 + place * 12, line)
    article = read(pdf([page]))
    assert article.text == (
        "The government made a long-term plan for the harbour and for its self-governed schools, a well-known and "
        "long-term question of government policy in East-West trade of 1990-1995."
    )


def test_arabic_is_in_logical_order(qapp: object, tmp_path: Path) -> None:
    if not QFontDatabase.families(QFontDatabase.WritingSystem.Arabic):
        pytest.skip("this machine has no Arabic letters to print with")
    first = "هذا نص عربي قصير يتحدث عن الحجج والأدلة وفيه رقم 123 وكلمة English هنا."
    more = (
        "ثم جملة ثانية طويلة جدا حتى تنكسر السطور وتستمر في السطر التالي من الفقرة نفسها بلا انقطاع ولا توقف."
    )
    article = read(printed(qapp, tmp_path, f"<p dir=rtl>{first} {more}</p><p dir=rtl>{more}</p>"))
    assert article.text == f"{first} {more}\n{more}"
    assert [block.direction for block in article.blocks] == ["rtl", "rtl"]


def test_what_qt_prints_has_its_headings_lists_and_marks(qapp: object, tmp_path: Path) -> None:
    one, two = prose(60, 150), prose(61, 150)
    html = (
        f"<h1>On harbours</h1><p>{one} <b>quite bold</b> and <i>rather slanted</i> words of H<sub>2</sub>O.</p>"
        f"<h2>What follows</h2><ol><li>first thing</li><li>second thing</li></ol><p>{two}</p>"
    )
    article = read(printed(qapp, tmp_path, html, own_font()))
    assert headings(article) == [(1, "On harbours"), (2, "What follows")]
    assert texts(article, BlockKind.LIST_ITEM) == ["first thing", "second thing"]
    assert (MarkKind.STRONG, "quite bold", "") in marks(article)
    assert (MarkKind.EMPHASIS, "rather slanted", "") in marks(article)
    assert (MarkKind.SUBSCRIPT, "2", "") in marks(article)
    assert recall(article, f"{one} {two}") >= 0.99
    assert two in texts(article)


@pytest.mark.parametrize(("step", "x"), [(1, 40), (5, 50), (1, 560)])
def test_line_numbers_in_the_margin_are_left_out(step: int, x: float) -> None:
    pages, truth, line = [], [], 0
    for number in range(2):
        page = Page()
        text = prose(400 + number, 330)
        truth.append(text)
        end, _ = page.flow(72, 80, 470, text, size=10, lead=16)
        y = 80.0
        while y < end:
            line += 1
            if line % step == 0:
                page.put(x, y, str(line), size=8)
            y += 16
        pages.append(page)
    article = read(pdf(pages))
    assert article.text.split() == " ".join(truth).split()


def test_a_numbered_law_keeps_its_numbers() -> None:
    page = Page()
    page.centred(70, "Harbour Act", size=18, font=BOLD)
    sections = [prose(500 + place, 45) for place in range(5)]
    y = 110.0
    for place, text in enumerate(sections, 1):
        page.put(72, y, f"({place})")
        y, _ = page.flow(96, y, 427, text)
        y += 6
    article = read(pdf([page]))
    items = [b for b in article.blocks if b.kind is BlockKind.LIST_ITEM]
    assert [(b.label, article.text[b.start : b.end]) for b in items] == [
        (f"({place})", text) for place, text in enumerate(sections, 1)
    ]


def test_a_cover_with_a_huge_title_names_the_article() -> None:
    cover, page = Page(), Page()
    cover.put(60, 300, "The state of", size=54, font=BOLD)
    cover.put(60, 362, "our harbours", size=54, font=BOLD)
    cover.put(60, 420, "A report to the council", size=20)
    cover.put(60, 780, "Published: 3 May 2022", size=11)
    page.put(72, 80, "Summary", size=18, font=BOLD)
    page.flow(72, 110, 451, prose(70, 200), size=11)
    article = read(pdf([cover, page], info={"Title": "report_v3_final.indd", "Author": "Ann Lee; Bo Chan"}))
    assert article.title == "The state of our harbours"
    assert headings(article)[0] == (1, "The state of our harbours")
    assert article.authors == ("Ann Lee", "Bo Chan")
    assert article.published_on == "2022-05-03"


def test_a_turned_page_is_read_like_any_other() -> None:
    text = prose(80, 120)
    turned = Page(595, 842, rotate=90)
    upright = Page(842, 595)
    upright.flow(60, 60, 700, text, justify=False)
    for operator in upright.operators:
        match = re.search(r"1 0 0 1 (\S+) (\S+) Tm", operator)
        assert match
        x, y = float(match[1]), 595 - float(match[2])
        turned.operators.append(operator.replace(match[0], f"0 1 -1 0 {y:.2f} {x:.2f} Tm"))
    assert read(pdf([turned])).text == text
    assert read(pdf([upright])).text == text


def test_stamps_watermarks_and_text_up_the_margin_are_left_out() -> None:
    pages = []
    for number in range(4):
        page = Page()
        page.flow(72, 90, 451, prose(600 + number, 300), size=10, lead=15)
        page.put(25, 600, "arXiv:2101.00001v1 [cs.CL] 1 Jan 2021", size=14, turn="0 1 -1 0")
        page.put(150, 500, "DRAFT", size=90, turn=".7 .7 -.7 .7")
        page.put(72, 825, "Downloaded from harbour.example by guest on 4 May 2021", size=6)
        pages.append(page)
    article = read(pdf(pages))
    assert not re.search("DRAFT|arXiv|Downloaded", article.text)
    assert article.text.split() == " ".join(prose(600 + number, 300) for number in range(4)).split()


def test_a_drop_cap_belongs_to_its_word_and_small_capitals_too() -> None:
    page = Page()
    text = prose(90, 120)
    page.put(72, 124, text[0], size=34)
    words = text[1:]
    _, rest = page.flow(72 + 30, 100, 421, words, size=10, bottom=120)
    page.flow(72, 125, 451, rest, size=10)
    assert read(pdf([page])).text == text


def test_paragraphs_are_told_by_their_indents_and_by_short_last_lines() -> None:
    page = Page()
    wanted = [prose(700 + place, 50 + place * 7) for place in range(6)]
    y = 80.0
    for place, text in enumerate(wanted):
        y, _ = page.flow(72, y, 451, text, indent=0 if place == 0 else 15)
    assert texts(read(pdf([page]))) == wanted
    plain = Page()
    y = 80.0
    for text in wanted:
        y, _ = plain.flow(72, y, 451, text)
        y += 8
    assert texts(read(pdf([plain]))) == wanted


def test_references_with_hanging_indents_are_one_paragraph_each() -> None:
    page = Page()
    page.put(72, 80, "References", size=13, font=BOLD)
    wanted = [f"Lee, A. (20{place}). {prose(800 + place, 32)}" for place in range(10, 18)]
    y = 104.0
    for text in wanted:
        first, rest = text, ""
        while width_of(first, 9) > 451:
            first = first.rpartition(" ")[0]
        rest = text[len(first) :].strip()
        page.put(72, y, first, size=9)
        y, _ = page.flow(90, y + 11.25, 433, rest, size=9, justify=False)
    assert texts(read(pdf([page]))) == wanted


def test_programs_are_code_line_by_line() -> None:
    page = Page()
    page.flow(72, 80, 451, prose(95, 60))
    code = ["def weigh(claims):", "    for claim in claims:", "        print(claim)"]
    for place, line in enumerate(code):
        page.put(72, 180 + place * 12, line, size=9, font=FIXED)
    page.flow(72, 240, 451, prose(96, 60))
    assert texts(read(pdf([page])), BlockKind.CODE) == ["\n".join(code)]


def test_captions_are_figures_and_italics_emphasis() -> None:
    page = Page()
    page.flow(72, 80, 451, prose(97, 80))
    page.box(150, 170, 300, 160)
    page.put(150, 345, "Figure 1. Ships in the harbour by month.", size=8.5)
    page.flow(72, 380, 451, prose(98, 80))
    page.put(72, 520, "It was ", size=10)
    page.put(72 + width_of("It was ", 10), 520, "never", size=10, font=ITALIC)
    page.put(72 + width_of("It was never ", 10), 520, "so.", size=10)
    article = read(pdf([page]))
    assert texts(article, BlockKind.FIGURE) == ["Figure 1. Ships in the harbour by month."]
    assert marks(article) == [(MarkKind.EMPHASIS, "never", "")]
    assert "It was never so." in texts(article)


def word_by_word(page: Page) -> list[tuple[float, float, str]]:
    """The operators of a page with one for each word, and their places."""
    found = []
    pattern = re.compile(r"BT /(\S+) (\S+) Tf (\S+) Tw 1 0 0 1 (\S+) (\S+) Tm \((.*)\) Tj ET")
    for operator in page.operators:
        match = pattern.fullmatch(operator)
        assert match
        font, size, spread, x = match[1], float(match[2]), float(match[3]), float(match[4])
        for word in match[6].split(" "):
            shown = f"BT /{font} {size:g} Tf 0 Tw 1 0 0 1 {x:.2f} {match[5]} Tm ({word}) Tj ET"
            found.append((-float(match[5]), x, shown))
            x += width_of(f"{word} ", size, font) + spread
    return found


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize(("gutter", "justify"), [(20, True), (14, False), (10, True), (8, True)])
def test_narrow_gutters_hold_even_when_the_file_is_written_line_by_line_across_them(
    gutter: float, justify: bool, across: bool
) -> None:
    page = Page()
    width = (495 - gutter) / 2
    text = prose(5, 1400)
    _, rest = page.flow(50, 60, width, text, size=9.5, justify=justify, bottom=780, cut=7)
    _, rest = page.flow(50 + width + gutter, 60, width, rest, size=9.5, justify=justify, bottom=780, cut=7)
    words = word_by_word(page)
    page.operators = [operator for _, _, operator in (sorted(words) if across else words)]
    truth = text[: len(text) - len(rest)]
    article = read(pdf([page]))
    assert recall(article, truth) >= 0.98
    assert order(article, truth) >= 0.98


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize(("gutter", "reach"), [(8, 5), (10, 6), (14, 9), (14, 13), (20, 18)])
def test_columns_are_read_one_after_the_other_though_some_lines_reach_into_the_gutter(
    gutter: float, reach: float, across: bool
) -> None:
    page, text = Page(), prose(6, 1400)
    width = (495 - gutter) / 2
    y, rest = 60.0, text
    while y < 780:
        longer = reach if y % 48 == 0 else 0.0
        _, rest = page.flow(50, y, width + longer, rest, size=9.5, justify=False, bottom=y)
        y += 12
    _, rest = page.flow(50 + width + gutter, 60, width, rest, size=9.5, lead=12, justify=False, bottom=779)
    words = word_by_word(page)
    page.operators = [operator for _, _, operator in (sorted(words) if across else words)]
    truth = text[: len(text) - len(rest)]
    article = read(pdf([page]))
    assert recall(article, truth) >= 0.98
    assert order(article, truth) >= 0.98


def test_authors_beside_each_other_with_their_addresses_are_no_table() -> None:
    page = Page()
    page.centred(70, "A survey of harbours and the evidence for", size=22)
    page.centred(97, "their slow decline", size=22)
    for x, name in ((110, "Ann Lee"), (290, "Bo Chan"), (470, "Cy Dee")):
        lines = (
            name,
            "Dept. of Harbours",
            "University of Millpool",
            f"{name.split()[0].lower()}@mill.example",
        )
        for place, line in enumerate(lines):
            font = ITALIC if place in (1, 2) else REGULAR
            page.put(x - width_of(line, 9) / 2, 130 + place * 11, line, size=9, font=font)
    text = prose(12, 900)
    columns(page, TWO, 200, 770, text)
    article = read(pdf([page]))
    assert article.title == "A survey of harbours and the evidence for their slow decline"
    assert article.authors == ("Ann Lee", "Bo Chan", "Cy Dee")
    assert not texts(article, BlockKind.CELL)


def test_quotes_are_told_by_their_margins() -> None:
    page = Page()
    wanted = [prose(40 + place, 60) for place in range(5)]
    y = 80.0
    for place, text in enumerate(wanted):
        if place % 2:
            y, _ = page.flow(100, y + 4, 395, text, size=9.5)
            y += 4
        else:
            y, _ = page.flow(72, y, 451, text, indent=14)
    article = read(pdf([page]))
    assert texts(article, BlockKind.QUOTE) == wanted[1::2]
    assert texts(article) == wanted[::2]


def test_a_table_of_contents_has_a_line_for_each_entry_and_no_dots() -> None:
    page, body = Page(), Page()
    page.put(72, 80, "Contents", size=16, font=BOLD)
    for place in range(6):
        page.put(72, 110 + place * 14, f"{place + 1} The part numbered so " + ". " * 40 + str(place + 3))
    body.flow(72, 80, 451, prose(13, 200))
    article = read(pdf([page, body]))
    assert texts(article)[:6] == [f"{place + 1} The part numbered so … {place + 3}" for place in range(6)]


def test_a_scan_without_text_is_refused_with_a_way_out() -> None:
    page = Page()
    page.box(50, 50, 400, 600)
    with pytest.raises(UnreadableFile, match=r"only pictures of pages.*text recognition"):
        read(pdf([page, page]))


def test_pages_without_text_are_named() -> None:
    full, empty = Page(), Page()
    full.flow(72, 80, 451, prose(99, 100))
    article = read(pdf([full, empty, empty, full, empty]))
    assert article.warnings == ("There is no text on pages 2-3, 5, perhaps only pictures.",)


def test_letters_that_nobody_can_know_are_not_passed_off_as_text() -> None:
    page = Page()
    page.flow(72, 80, 451, prose(99, 60))
    codes = " ".join(f"/uniE{n:03X}" for n in range(200))
    with pytest.raises(UnreadableFile, match="fonts don't say"):
        read(pdf([page], encoding=f"<< /Type /Encoding /Differences [33 {codes}] >>"))


def test_a_locked_file_is_refused_and_one_locked_without_password_read() -> None:
    page = Page()
    page.flow(72, 80, 451, prose(99, 60))
    data = pdf([page])
    with pytest.raises(UnreadableFile, match="password"):
        read(encrypted(data, "secret"))
    assert read(encrypted(data, "")).text == prose(99, 60)


def test_titles_that_are_names_of_files_or_programs_are_not_titles() -> None:
    page = Page()
    page.flow(72, 80, 451, prose(99, 60))
    for said in ("Microsoft Word - foo.doc", "paper_2.pdf", "untitled", "20210304113000", "foo.indd"):
        assert read(pdf([page], info={"Title": said})).title == read(pdf([page])).title
    article = read(
        pdf(
            [page],
            info={"Title": "Harbours and how they close", "Keywords": "harbour", "CreationDate": "D:2019"},
        )
    )
    assert article.title == "Harbours and how they close"
    assert headings(article) == [(1, "Harbours and how they close")]
    assert (article.extra["keywords"], article.extra["created"]) == ("harbour", "D:2019")
    assert article.published_on == ""


@pytest.mark.parametrize("data", [b"%PDF-1.4 ", b"%PDF-1.7\n%%EOF", b"\0" * 20 + b"%PDF-1.4"])
def test_what_is_no_whole_pdf_is_refused(data: bytes) -> None:
    assert importer_for("unknown", data) is IMPORTER
    with pytest.raises(UnreadableFile, match="damaged"):
        read(data)


@pytest.fixture(scope="module")
def in_a_child() -> Iterator[Callable[[bytes], str]]:
    """Reads bytes in a process of its own, as PDFium may end the process it runs in."""
    pools = [ProcessPoolExecutor(1, mp_context=get_context("spawn"))]

    def attempt(data: bytes) -> str:
        try:
            return pools[-1].submit(outcome, data).result(timeout=60)
        except BrokenProcessPool:
            pools.append(ProcessPoolExecutor(1, mp_context=get_context("spawn")))
            return "ended"

    yield attempt
    for pool in pools:
        pool.shutdown()


WHOLE = journal(linked=True)[0]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    places=st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=40),
    end=st.integers(1, len(WHOLE)),
    cut=st.booleans(),
)
def test_damaged_bytes_are_read_or_refused(
    in_a_child: Callable[[bytes], str], places: list[tuple[int, int]], end: int, cut: bool
) -> None:
    damaged = bytearray(WHOLE)
    for place, byte in places:
        damaged[place] = byte
    assert in_a_child(bytes(damaged[:end] if cut else damaged)) in ("read", "refused", "ended")


NUMBERS = [m.span(1) for m in re.finditer(rb"(-?\d+(?:\.\d+)?)(?= )", WHOLE)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    picked=st.lists(st.integers(0, len(NUMBERS) - 1), min_size=1, max_size=12, unique=True),
    value=st.sampled_from(
        [b"0", b"-1", b"1e9", b"99999999999", b"0.0001", b"-32768.5", b"2147483647", b"340282350000000000"]
    ),
)
def test_absurd_numbers_are_read_or_refused(
    in_a_child: Callable[[bytes], str], picked: list[int], value: bytes
) -> None:
    data = bytearray(WHOLE)
    for place in sorted(picked, reverse=True):
        start, end = NUMBERS[place]
        data[start:end] = value
    assert in_a_child(bytes(data)) in ("read", "refused", "ended")
