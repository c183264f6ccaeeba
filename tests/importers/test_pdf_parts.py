"""The bookmarks of PDFs, the parts of long ones, links, and notes at the end."""

from __future__ import annotations

import pytest
from tests.importers.pdf_pages import BOLD, Page, pdf, prose, width_of
from tests.importers.test_pdf import headings, marks, read, texts

from annotator.domain.article import BlockKind, ImportedArticle, MarkKind
from annotator.errors import UnreadableFile
from annotator.importers.base import ImportHints
from annotator.importers.pdf import pages as reading
from annotator.importers.pdf.importer import IMPORTER


def a_page(number: int, *, words: int = 60) -> Page:
    page = Page()
    page.flow(72, 100, 451, prose(number, words))
    page.centred(800, str(number + 1), size=8)
    return page


def a_book() -> bytes:
    """60 pages: title, contents, three chapters, the second of which begins in the middle of a page."""
    pages = [a_page(number) for number in range(60)]
    pages[0] = Page()
    pages[0].put(72, 200, "The quiet harbour", size=30, font=BOLD)
    pages[0].put(72, 240, "Ann Lee", size=10)
    for page, down, title in (
        (2, 80.0, "First tides"),
        (20, 500.0, "Second tides"),
        (40, 80.0, "Third tides"),
    ):
        pages[page].put(72, down, title, size=10)
    pages[20].flow(72, 520, 451, prose(900, 50))
    marks = [
        (1, "First tides", 2, 70.0),
        (2, "A part of it", 5, 0.0),
        (1, "Second tides", 20, 490.0),
        (1, "Third tides", 40, 70.0),
    ]
    return pdf(pages, info={"Title": "The quiet harbour"}, bookmarks=marks)


def parts_of(data: bytes) -> list[str]:
    assert IMPORTER.outline is not None
    return [part.title for part in IMPORTER.outline(data, ImportHints("book.pdf"))]


def part(data: bytes, *numbers: int) -> ImportedArticle:
    return IMPORTER.read(data, ImportHints("book.pdf", parts=numbers))


def words_of_pages(*numbers: int) -> list[str]:
    return [prose(number, 60) for number in numbers]


def test_the_chapters_of_a_book_are_its_parts() -> None:
    assert parts_of(a_book()) == ["Pages 1–2", "First tides", "Second tides", "Third tides"]


def test_a_chapter_is_read_on_its_own_with_the_page_on_which_the_next_one_begins() -> None:
    article = part(a_book(), 1)
    assert article.title == "The quiet harbour: First tides"
    assert texts(article) == [*words_of_pages(*range(2, 21)), prose(900, 50)]
    assert {block.page for block in article.blocks[1:]} == {str(number) for number in range(3, 22)}


def test_several_parts_are_read_in_order_and_keep_the_title_of_the_whole() -> None:
    article = part(a_book(), 3, 0)
    assert article.title == "The quiet harbour"
    assert article.authors == ("Ann Lee",)
    assert texts(article)[-20:] == words_of_pages(*range(40, 60))


def test_bookmarks_make_headings_of_lines_that_look_like_text() -> None:
    found = headings(read(a_book()))
    assert found == [(1, "The quiet harbour"), (2, "First tides"), (2, "Second tides"), (2, "Third tides")]


def test_headings_have_the_levels_of_their_bookmarks_below_the_title_in_a_root_of_its_own() -> None:
    page, other = Page(), Page()
    page.put(72, 80, "On harbours", size=22, font=BOLD)
    places = ((120, "Sand"), (220, "Sand of rivers"), (320, "Stone"))
    for place, (y, title) in enumerate(places):
        page.put(72, y, title, size=13, font=BOLD)
        page.flow(72, y + 20, 451, prose(place, 50))
    other.flow(72, 80, 451, prose(9, 80))
    marks = [
        (1, "On harbours", 0, 60.0),
        (2, "Sand", 0, 110.0),
        (3, "Sand of rivers", 0, 210.0),
        (2, "Stone", 0, 310.0),
    ]
    found = headings(read(pdf([page, other], bookmarks=marks)))
    assert found == [(1, "On harbours"), (2, "Sand"), (3, "Sand of rivers"), (2, "Stone")]


def test_a_short_paper_with_bookmarks_is_one_piece() -> None:
    page = a_page(1)
    assert parts_of(pdf([page] * 12, bookmarks=[(1, "One", 0, 0.0), (1, "Two", 5, 0.0)])) == []


def test_a_long_document_without_bookmarks_is_offered_in_portions_of_pages() -> None:
    data = pdf([a_page(number, words=20) for number in range(301)])
    assert parts_of(data) == ["Pages 1–100", "Pages 101–200", "Pages 201–300", "Page 301"]
    article = part(data, 1)
    assert article.title == "book: Pages 101–200"
    assert texts(article) == [prose(number, 20) for number in range(100, 200)]
    assert {block.page for block in article.blocks[1:]} == {str(number) for number in range(101, 201)}


def test_a_part_that_is_not_there_is_refused_with_how_many_there_are() -> None:
    with pytest.raises(UnreadableFile, match=r"no such part.*4 parts"):
        part(a_book(), 7)
    with pytest.raises(UnreadableFile, match=r"no such part.*whole"):
        part(pdf([a_page(1)]), 0)


def test_what_would_take_too_long_is_refused_at_once_with_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf([a_page(number, words=20) for number in range(301)])
    monkeypatch.setattr(reading, "_SECONDS", 0.0)
    with pytest.raises(UnreadableFile, match=r"301 pages.*too long.*Choose some of its parts"):
        read(data)
    assert read(pdf([a_page(1)])).text  # what has no parts is tried


def linked(page: Page, x: float, y: float, text: str, address: str, *, before: str = "") -> None:
    """Write `text` behind `before`, and let it lead to an address."""
    page.put(x, y, before + text)
    page.link(x + width_of(before, 10), y - 9, width_of(text, 10), 11, f"/A << /S /URI /URI ({address}) >>")


def links(article: ImportedArticle) -> list[tuple[str, str]]:
    return [(text, value) for kind, text, value in marks(article) if kind is MarkKind.LINK]


def test_words_under_a_link_lead_to_its_address() -> None:
    page = Page()
    linked(page, 72, 100, "the old report,", "https://harbour.example/report?a=1", before="As we said in ")
    linked(page, 72, 112, "Write to us", "mailto:ann@harbour.example")
    article = read(pdf([page]))
    assert links(article) == [
        ("the old report", "https://harbour.example/report?a=1"),
        ("Write to us", "mailto:ann@harbour.example"),
    ]


def test_a_link_over_two_lines_is_one() -> None:
    page = Page()
    page.flow(72, 100, 451, prose(3, 60), justify=False)
    first, second = (op.rpartition("(")[2].partition(")")[0] for op in page.operators[:2])
    for y, line in ((100.0, first), (112.5, second)):
        page.link(72, y - 9, width_of(line, 10), 11, "/A << /S /URI /URI (http://one.example/) >>")
    assert links(read(pdf([page]))) == [(f"{first} {second}".rstrip("."), "http://one.example/")]


@pytest.mark.parametrize(
    "action",
    [
        "/A << /S /URI /URI (javascript:alert\\(1\\)) >>",
        "/A << /S /URI /URI (file:///etc/passwd) >>",
        "/A << /S /URI /URI (https://two words.example) >>",
        "/A << /S /Launch /F (run.sh) >>",
        "/A << /S /JavaScript /JS (app.alert\\(1\\)) >>",
        "/Dest [0 /Fit]",
        "",
    ],
)
def test_links_that_lead_elsewhere_are_only_words(action: str) -> None:
    page = Page()
    page.put(72, 100, "Words of a paper.")
    page.link(70, 90, 200, 14, action)
    article = read(pdf([page]))
    assert article.text == "Words of a paper."
    assert marks(article) == []


def test_links_are_found_on_turned_pages() -> None:
    page = Page(595, 842, rotate=90)
    page.put(400, 300, "Words of a paper.", turn="0 1 -1 0")
    page.link(388, 300 - width_of("Words of a paper.", 10), 14, width_of("Words of a paper.", 10),
              "/A << /S /URI /URI (https://harbour.example) >>")  # fmt: skip
    assert links(read(pdf([page]))) == [("Words of a paper", "https://harbour.example")]


def test_printed_addresses_are_links_unless_they_may_go_on_in_the_next_line() -> None:
    page = Page()
    page.put(
        72, 100, "We put it (see https://harbour.example/a_b) where it can be found by those who look for"
    )
    page.put(
        72,
        112,
        "it, at https://harbour.example/the/very/long/way/down/to/the/very/last/of/all/the/many/pages/",
    )
    page.put(72, 124, "and-on.html, as was said.")
    assert links(read(pdf([page]))) == [("https://harbour.example/a_b", "https://harbour.example/a_b")]


def with_endnotes(*, notes: int = 4, skip: int = 0, style: str = "{}.") -> bytes:
    """Two pages of text with raised numbers, and notes behind them."""
    pages = [Page(), Page(), Page()]
    for number in range(1, notes + 1):
        page, y = pages[(number - 1) // 2], 100.0 + 200 * ((number - 1) % 2)
        y, _ = page.flow(72, y, 451, prose(number, 50))
        page.put(72, y, "It was so.")
        if number != skip:
            page.put(72 + width_of("It was so.", 10), y - 4, str(number), size=6)
    last = pages[2]
    last.put(72, 80, "Notes", size=14, font=BOLD)
    y = 110.0
    for number in range(1, notes + 1):
        last.put(72, y, style.format(number), size=9)
        y, _ = last.flow(90, y, 433, prose(50 + number, 30), size=9, justify=False)
        y += 4
    last.put(72, y + 20, "Thanks", size=14, font=BOLD)
    last.flow(72, y + 44, 451, prose(70, 40))
    return pdf(pages)


@pytest.mark.parametrize("style", ["{}.", "[{}]", "{}"])
def test_notes_at_the_end_are_notes_and_linked_from_their_numbers(style: str) -> None:
    article = read(with_endnotes(style=style))
    notes = [block for block in article.blocks if block.kind is BlockKind.NOTE]
    assert [(note.label, article.text[note.start : note.end]) for note in notes] == [
        (str(number), prose(50 + number, 30)) for number in range(1, 5)
    ]
    found = [(text, value) for kind, text, value in marks(article) if kind is MarkKind.NOTE_REF]
    assert found == [(str(number), str(number)) for number in range(1, 5)]
    assert article.text.endswith(prose(70, 40))


def test_a_numbered_list_that_too_few_raised_numbers_mean_is_no_list_of_notes() -> None:
    article = read(with_endnotes(notes=3, skip=2))
    assert not texts(article, BlockKind.NOTE)
    assert len(texts(article, BlockKind.LIST_ITEM)) == 3
    assert not [mark for mark in marks(article) if mark[0] is MarkKind.NOTE_REF]


def test_chapters_with_notes_of_their_own_have_each_number_once() -> None:
    pages = []
    for chapter in range(2):
        page = Page()
        page.put(72, 80, f"Chapter {'AB'[chapter]}", size=18, font=BOLD)
        y = 110.0
        for number in (1, 2, 3):
            y, _ = page.flow(72, y, 451, prose(10 * chapter + number, 40))
            page.put(72, y, "It was so, at 10")
            page.put(72 + width_of("It was so, at 10", 10), y - 4, "5", size=6)  # a power
            page.put(90 + width_of("It was so, at 10", 10), y, "and more.")
            page.put(90 + width_of("It was so, at 10and more.", 10), y - 4, str(number), size=6)
            y += 26
        page.put(72, y, "Notes", size=14, font=BOLD)
        for number in (1, 2, 3):
            y, _ = page.flow(72, y + 20, 451, f"{number}. {prose(100 + 10 * chapter + number, 12)}", size=8)
        pages.append(page)
    article = read(pdf(pages))
    notes = [block.label for block in article.blocks if block.kind is BlockKind.NOTE]
    assert notes == ["1", "2", "3", "1.2", "2.2", "3.2"]
    assert [value for kind, _, value in marks(article) if kind is MarkKind.NOTE_REF] == notes


def test_captions_that_bookmarks_name_stay_captions() -> None:
    page = Page()
    page.flow(72, 80, 451, prose(97, 80))
    page.put(72, 345, "Figure 1. Ships in the harbour by month.", size=8.5)
    page.flow(72, 380, 451, prose(98, 80))
    data = pdf([page], bookmarks=[(1, "Figure 1. Ships in the harbour by month.", 0, 330.0)])
    assert texts(read(data), BlockKind.FIGURE) == ["Figure 1. Ships in the harbour by month."]
