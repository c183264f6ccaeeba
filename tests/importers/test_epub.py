"""EPUB books to blocks: structures as the programs of publishers, shops and volunteers make them."""

from __future__ import annotations

import difflib
import io
import re
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.importers.epub_maker import Maker, page, rezipped

from annotator.domain.article import BlockKind, ImportedArticle, MarkKind
from annotator.errors import UnreadableFile
from annotator.importers.base import ImportHints, Part, importer_for
from annotator.importers.epub.importer import IMPORTER

_WORDS = re.findall(
    r"\w+",
    "tram night water bridge lamp driver rail winter harbour street window paper letter clock garden stone river "
    "morning silence ticket engine corner market song shadow bread copper glass horse island journey kettle ladder",
)


def prose(number: int, sentences: int = 3) -> str:
    """A paragraph that no other number gives."""
    found = []
    for sentence in range(sentences):
        picked = [
            _WORDS[(number * 7 + sentence * 11 + place * (number % 5 + 3)) % len(_WORDS)]
            for place in range(9)
        ]
        found.append(f"Sentence {number}.{sentence} has {' '.join(picked)}.")
    return " ".join(found)


def read(data: bytes, *parts: int, name: str = "book.epub") -> ImportedArticle:
    return IMPORTER.read(data, ImportHints(name, parts=parts))


def outline(data: bytes) -> tuple[Part, ...]:
    assert IMPORTER.outline is not None
    return IMPORTER.outline(data, ImportHints("book.epub"))


def shape(article: ImportedArticle) -> list[tuple[str, int, str, str]]:
    return [(b.kind.value, b.level, b.label, article.text[b.start : b.end]) for b in article.blocks]


def headings(article: ImportedArticle) -> list[tuple[int, str]]:
    return [(level, text) for kind, level, _, text in shape(article) if kind == "heading"]


def notes(article: ImportedArticle) -> list[tuple[str, str]]:
    return [(label, text) for kind, _, label, text in shape(article) if kind == "note"]


def references(article: ImportedArticle) -> list[tuple[str, str]]:
    marks = (mark for block in article.blocks for mark in block.marks if mark.kind is MarkKind.NOTE_REF)
    return [(article.text[mark.start : mark.end], mark.value) for mark in marks]


def recall(article: ImportedArticle, truth: str) -> float:
    """The share of the words of `truth` that stand in the article, in that order."""
    wanted, found = re.findall(r"\w+", truth), re.findall(r"\w+", article.text)
    matcher = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(wanted)


# Structures of real life. Each gives a book and its true text, in order.

Case = tuple[bytes, str]


def gutenberg() -> Case:
    """One volunteer's project: boilerplate around, contents inside the first file, page numbers and notes in the text."""
    first = (
        "<section class='pg-boilerplate pgheader' id='pg-header'><h2>The Project Gutenberg eBook of The night tram</h2>"
        "<p>This eBook is for the use of anyone anywhere.</p></section>"
        "<h1>THE NIGHT TRAM</h1><h2 class='no-break'>by Ann Lee</h2><h2>CONTENTS</h2>"
        "<table><tr><td><a class='pginternal' href='x-1.htm.html#chap01'>CHAPTER I. Dusk</a></td></tr>"
        "<tr><td><a class='pginternal' href='x-1.htm.html#chap02'>CHAPTER II. Dark</a></td></tr>"
        "<tr><td><a class='pginternal' href='x-1.htm.html#chap03'>CHAPTER III. Rain</a></td></tr>"
        "<tr><td><a class='pginternal' href='x-1.htm.html#chap04'>CHAPTER IV. Snow</a></td></tr>"
        "<tr><td><a class='pginternal' href='x-1.htm.html#chap05'>CHAPTER V. Day</a></td></tr></table>"
    )
    body, truth, points = "", "THE NIGHT TRAM ", []
    for number, name in enumerate(("I. Dusk", "II. Dark", "III. Rain", "IV. Snow", "V. Day"), 1):
        body += (
            f"<div class='chapter'><h2><a id='chap0{number}'></a>CHAPTER {name.replace(' ', '<br/>')}</h2>"
            f"<p><span class='pagenum'><a id='Page_{number}'>[Pg {number}]</a></span>{prose(number)}"
            f"<a id='FNanchor_{number}' href='#Footnote_{number}' class='fnanchor pginternal'>[{number}]</a></p>"
            f"<p>{prose(number + 20)}</p></div>"
        )
        truth += f"CHAPTER {name} {prose(number)} {number} {prose(number + 20)} "
        points.append((f"CHAPTER {name}", f"x-1.htm.html#chap0{number}"))
    body += "<div class='footnotes'><h3>FOOTNOTES:</h3>"
    truth += "FOOTNOTES: "
    for number in range(1, 6):
        body += (
            f"<div class='footnote'><p><a id='Footnote_{number}' href='#FNanchor_{number}' class='label pginternal'>"
            f"[{number}]</a> Remark {number} on it.</p></div>"
        )
        truth += f"Remark {number} on it. "
    body += "</div><section class='pg-boilerplate' id='pg-footer'><p>START: FULL LICENSE. Redistribution is.</p></section>"
    book = Maker(version="2.0", opf="OEBPS/content.opf", ncx=points)
    book.add("x-0.htm.html", first).add("x-1.htm.html", body)
    return book.build(), truth


def calibre() -> Case:
    """A conversion: opaque classes, chapters cut at sizes, one line of contents for several files."""
    book = Maker(
        version="2.0",
        opf="content.opf",
        ncx=[("One", "index_split_001.html"), ("Two", "index_split_003.html")],
    )
    book.add(
        "titlepage.xhtml",
        "<div><svg xmlns='http://www.w3.org/2000/svg'><image href='cover.jpeg'/></svg></div>",
    )
    book.add(
        "index_split_001.html",
        f"<body class='calibre'><p class='calibre1'>One</p><p class='calibre2'>{prose(1)}</p></body>",
    )
    book.add("index_split_002.html", f"<body class='calibre'><p class='calibre2'>{prose(2)}</p></body>")
    book.add(
        "index_split_003.html",
        f"<body class='calibre'><p class='calibre1'>Two</p><p class='calibre2'>{prose(3)}</p></body>",
    )
    book.add("index_split_004.html", f"<body class='calibre'><p class='calibre2'>{prose(4)}</p></body>")
    return book.build(), f"One {prose(1)} {prose(2)} Two {prose(3)} {prose(4)}"


def indesign() -> Case:
    """A publisher's layout program: paragraphs and spans with classes for everything."""
    book = Maker(nav=[("1 Dusk", "ch1.xhtml"), ("2 Dawn", "ch2.xhtml")])
    truth = ""
    for number, name in ((1, "Dusk"), (2, "Dawn")):
        book.add(
            f"ch{number}.xhtml",
            f"<body id='ch{number}' xml:lang='en-GB'><div class='_idGenObjectStyleOverride-1'><p class='CN'>{number}</p>"
            f"<p class='CT'><span class='CharOverride-1'>{name}</span></p><p class='First-Para'><span class='dropcap'>"
            f"S</span>{prose(number)[1:]}</p><p class='Subhead'>Under way {number}</p><p class='Body'>{prose(number + 5)}</p>"
            f"</div></body>",
        )
        truth += f"{number} {name} {prose(number)} Under way {number} {prose(number + 5)} "
    return book.build(), truth


def one_file() -> Case:
    """All chapters in one file, found by fragments."""
    body = "".join(
        f"<div id='c{n}'><h2>Chapter {n}</h2><p>{prose(n)}</p><h3>Close {n}</h3><p>{prose(n + 9)}</p></div>"
        for n in (1, 2, 3)
    )
    book = Maker(nav=[(f"Chapter {n}", f"all.xhtml#c{n}") for n in (1, 2, 3)]).add("all.xhtml", body)
    return book.build(), " ".join(f"Chapter {n} {prose(n)} Close {n} {prose(n + 9)}" for n in (1, 2, 3))


def notes_in_a_file() -> Case:
    """EPUB 2 with a file of notes that begin anew with each chapter, linked there and back, not raised."""
    book = Maker(
        version="2.0", ncx=[("Chapter 1", "c1.html"), ("Chapter 2", "c2.html"), ("Notes", "notes.html")]
    )
    collected, truth = "<h1>Notes</h1>", ""
    for chapter in (1, 2):
        body = f"<h1>Chapter {chapter}</h1>"
        truth += f"Chapter {chapter} "
        collected += f"<h2>On chapter {chapter}</h2>"
        for note in (1, 2):
            body += f"<p>{prose(chapter * 10 + note)}<a id='r{note}' href='notes.html#c{chapter}n{note}'>[{note}]</a></p>"
            truth += f"{prose(chapter * 10 + note)} {note} "
            collected += (
                f"<p class='indent'><a id='c{chapter}n{note}' href='c{chapter}.html#r{note}'>{note}.</a>"
                f" Remark {chapter} {note} is made here.</p>"
            )
        book.add(f"c{chapter}.html", body)
    for chapter in (1, 2):
        truth += f"{'Notes' if chapter == 1 else ''} On chapter {chapter} "
        truth += " ".join(f"Remark {chapter} {note} is made here." for note in (1, 2)) + " "
    book.add("notes.html", collected, itemref="linear='no'")
    return book.build(), truth


def poems() -> Case:
    """Verses in three of the ways there are."""
    book = Maker(nav=[("Songs", "a.xhtml")])
    book.add(
        "a.xhtml",
        "<h1>Songs</h1><div class='poem'><div class='stanza'><p class='line'>The tram goes out,</p><p class='line'>the lamp "
        "goes in,</p></div><div class='stanza'><p class='line'>the river stays.</p><p class='line'>And so do I.</p></div></div>"
        f"<p>{prose(1)}</p><blockquote epub:type='z3998:verse'><p>Night falls<br/>on rails<br/>of stone.</p></blockquote>"
        "<p class='verse-first'>Who walks</p><p class='verse'>so late</p><p class='verse'>alone?</p>",
    )
    truth = f"Songs The tram goes out, the lamp goes in, the river stays. And so do I. {prose(1)} Night falls on rails of stone. Who walks so late alone?"
    return book.build(), truth


def page_list() -> Case:
    """A schoolbook with the pages of the printed edition."""
    pages = "<nav epub:type='page-list' hidden=''><ol>" + "".join(
        f"<li><a href='a.xhtml#p{n}'>{label}</a></li>" for n, label in enumerate(("iv", "v", "1"))
    )
    book = Maker(nav=[("Preface", "a.xhtml"), ("Start", "b.xhtml")], nav_more=pages + "</ol></nav>")
    book.add(
        "a.xhtml",
        f"<h1>Preface</h1><p><span id='p0'/>{prose(1)}</p><p>{prose(2, 1)} <span id='p1' epub:type='pagebreak'>v</span>"
        f"{prose(3)}</p><p>{prose(4)}</p><div epub:type='pagebreak' role='doc-pagebreak' id='p2' title='1'/>",
    )
    book.add("b.xhtml", f"<h1>Start</h1><p>{prose(5)}</p>")
    return book.build(), f"Preface {prose(1)} {prose(2, 1)} {prose(3)} {prose(4)} Start {prose(5)}"


def arabic() -> Case:
    """From right to left."""
    book = Maker(
        title="قطار الليل", language="ar", metadata="<dc:creator>آن لي</dc:creator>",
        spine_attributes="page-progression-direction='rtl'", nav=[("الفصل الأول", "a.xhtml"), ("الفصل الثاني", "b.xhtml")],
    )  # fmt: skip
    one, two = "كان الليل طويلا والمدينة نائمة تحت المطر. ", "وصل القطار الأخير إلى الميناء عند الفجر. "
    book.add("a.xhtml", f"<h1>الفصل الأول</h1><p>{one * 3}</p>", html="xml:lang='ar' dir='rtl'")
    book.add("b.xhtml", f"<h1>الفصل الثاني</h1><p>{two * 3}</p>", html="xml:lang='ar' dir='rtl'")
    return book.build(), f"الفصل الأول {one * 3} الفصل الثاني {two * 3}"


def japanese() -> Case:
    """Vertical, with readings beside the characters, in Shift JIS."""
    book = Maker(
        title="夜の電車", language="ja", metadata="<dc:creator>李 安</dc:creator>",
        spine_attributes="page-progression-direction='rtl'", nav=[("第一章", "a.xhtml")],
    )  # fmt: skip
    body = "<h2>第一章</h2><p>　夜の<ruby>電車<rp>（</rp><rt>でんしゃ</rt><rp>）</rp></ruby>が走る。</p><p>　川は暗い。</p>"
    text = page(body, head="<style>html{writing-mode:vertical-rl}</style>", html="xml:lang='ja'")
    book.add("a.xhtml", text.replace("encoding='utf-8'", "encoding='Shift_JIS'").encode("shift_jis"))
    return book.build(), "第一章 夜の電車が走る 川は暗い"


def parts_and_chapters() -> Case:
    """Parts that hold chapters that hold sections, in EPUB 3 and with an NCX beside."""
    tree = [("Part One", "p1.xhtml", [("1. Dusk", "c1.xhtml", [("Rails", "c1.xhtml#s1")]), ("2. Dark", "c2.xhtml")]),
            ("Part Two", "p2.xhtml", [("3. Dawn", "c3.xhtml")])]  # fmt: skip
    book = Maker(nav=tree, ncx=tree)
    book.add("p1.xhtml", "<h1>Part One</h1>")
    book.add(
        "c1.xhtml",
        f"<h1>1. Dusk</h1><p>{prose(1)}</p><section id='s1'><h2>Rails</h2><p>{prose(2)}</p></section>",
    )
    book.add("c2.xhtml", f"<h1>2. Dark</h1><p>{prose(3)}</p>")
    book.add("p2.xhtml", "<h1>Part Two</h1>")
    book.add("c3.xhtml", f"<h1>3. Dawn</h1><p>{prose(4)}</p>")
    return (
        book.build(),
        f"Part One 1. Dusk {prose(1)} Rails {prose(2)} 2. Dark {prose(3)} Part Two 3. Dawn {prose(4)}",
    )


def no_contents() -> Case:
    """Neither nav nor NCX."""
    book = Maker(version="2.0")
    for number in (1, 2, 3):
        book.add(f"f{number}.html", f"<h2>Letter {number}</h2><p>{prose(number)}</p>")
    return book.build(), " ".join(f"Letter {number} {prose(number)}" for number in (1, 2, 3))


def wrong_mimetype() -> Case:
    """A mimetype with a line end, compressed, and not the first entry; the package document in the root."""
    book = Maker(
        opf="book.opf",
        mimetype=None,
        nav=[("One", "a.xhtml")],
        others={"mimetype": b"application/epub+zip\r\n"},
    )
    book.add("a.xhtml", f"<h1>One</h1><p>{prose(1)}</p>")
    return book.build(), f"One {prose(1)}"


def fixed_layout() -> Case:
    """A picture book: a file for each page, words in places."""
    book = Maker(
        metadata="<meta property='rendition:layout'>pre-paginated</meta>", nav=[("Start", "p1.xhtml")]
    )
    for number in (1, 2, 3):
        book.add(
            f"p{number}.xhtml",
            f"<div class='page'><img src='p{number}.jpg' alt='A tram in picture {number}'/>"
            f"<div style='position:absolute'><span>Words of page {number},</span> <span>set in place.</span></div></div>",
        )
    return book.build(), " ".join(f"Words of page {number}, set in place." for number in (1, 2, 3))


def odd_addresses() -> Case:
    """Addresses in percent signs, in another case, with backslashes, from the root and over the parent folder."""
    book = Maker(
        opf="OPS/pkg/content.opf",
        nav=[
            ("One", "../Text/Chapter%20One.xhtml"),
            ("Two", "../TEXT/Two.xhtml#top"),
            ("Three", "/OPS/Text/Three.xhtml"),
            ("Four", "..\\Text\\Four.xhtml"),
        ],
    )
    for name in ("Chapter One", "Two", "Three", "Four"):
        book.add(f"../Text/{name}.xhtml", f"<h1 id='top'>{name.split()[-1]}</h1><p>{prose(len(name))}</p>")
    data = book.build()
    moved = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if "../" in name:
                moved[name.replace("pkg/../", "")] = archive.read(name)
                moved[name] = None
    return rezipped(data, moved), " ".join(
        f"{name.split()[-1]} {prose(len(name))}" for name in ("Chapter One", "Two", "Three", "Four")
    )


def old_encoding() -> Case:
    """EPUB 2 in Windows-1252 with HTML's names for characters, not well-formed."""
    book = Maker(version="2.0", language="fr", ncx=[("Le café", "a.html")])
    body = (
        "<html><body><h1>Le caf&eacute;</h1><p>L’été à Nîmes&nbsp;: "
        + prose(1)
        + "<br><p>Fin <b>là</b></body></html>"
    )
    book.add("a.html", b"<?xml version='1.0' encoding='windows-1252'?>" + body.encode("cp1252"))
    return book.build(), f"Le café L’été à Nîmes {prose(1)} Fin là"


CASES: tuple[Callable[[], Case], ...] = (
    gutenberg, calibre, indesign, one_file, notes_in_a_file, poems, page_list, arabic, japanese, parts_and_chapters,
    no_contents, wrong_mimetype, fixed_layout, odd_addresses, old_encoding,
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_the_words_of_a_book_come_out_in_order(case: Callable[[], Case]) -> None:
    data, truth = case()
    article = read(data)
    assert recall(article, truth) >= 0.98
    assert len(article.text) <= len(truth) * 1.25 + 60  # and nothing else
    assert "\ufdd0" not in article.text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_the_parts_of_a_book_together_are_the_book(case: Callable[[], Case]) -> None:
    data, _ = case()
    parts = outline(data)
    assert sum(part.words for part in parts) > 0
    everything = read(data, *range(len(parts)))
    assert everything.text.split()[-20:] == read(data).text.split()[-20:]


def test_chapters_keep_their_order_and_their_levels() -> None:
    article = read(parts_and_chapters()[0])
    assert headings(article) == [
        (1, "The night tram"), (2, "Part One"), (3, "1. Dusk"), (4, "Rails"), (3, "2. Dark"), (2, "Part Two"), (3, "3. Dawn"),
    ]  # fmt: skip
    assert [(part.title, part.level) for part in outline(parts_and_chapters()[0])] == [
        ("Part One", 1), ("1. Dusk", 2), ("Rails", 3), ("2. Dark", 2), ("Part Two", 1), ("3. Dawn", 2),
    ]  # fmt: skip


def test_a_number_and_a_title_in_blocks_of_their_own_are_one_heading() -> None:
    assert headings(read(indesign()[0])) == [
        (1, "The night tram"), (2, "1\nDusk"), (3, "Under way 1"), (2, "2\nDawn"), (3, "Under way 2"),
    ]  # fmt: skip


def test_a_chapter_of_several_files_is_one() -> None:
    data, _ = calibre()
    assert [(part.title, part.words) for part in outline(data)] == [("One", 73), ("Two", 73)]
    second = read(data, 1)
    assert second.title == "The night tram: Two"
    assert headings(second) == [(1, "The night tram: Two")]
    assert prose(3) in second.text
    assert prose(4) in second.text
    assert prose(2) not in second.text


def test_a_chapter_in_the_middle_of_a_file_can_be_chosen() -> None:
    article = read(one_file()[0], 1)
    assert article.title == "The night tram: Chapter 2"
    assert recall(article, f"Chapter 2 {prose(2)} Close 2 {prose(11)}") == 1.0
    assert headings(article) == [(1, "The night tram: Chapter 2"), (2, "Close 2")]
    assert prose(1) not in article.text
    assert prose(3) not in article.text


def test_several_chapters_have_the_title_of_the_book() -> None:
    article = read(one_file()[0], 0, 2)
    assert article.title == "The night tram"
    assert [text for _, text in headings(article)] == [
        "The night tram",
        "Chapter 1",
        "Close 1",
        "Chapter 3",
        "Close 3",
    ]


def test_a_part_brings_its_chapters_unless_some_are_named() -> None:
    data, _ = parts_and_chapters()
    assert [text for _, text in headings(read(data, 0))] == [
        "The night tram: Part One",
        "1. Dusk",
        "Rails",
        "2. Dark",
    ]
    assert [text for _, text in headings(read(data, 0, 3))] == ["The night tram: Part One", "2. Dark"]


def test_a_chapter_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="no such chapter"):
        read(one_file()[0], 17)


def test_a_book_of_pictures_is_refused() -> None:
    book = Maker(nav=[("One", "a.xhtml"), ("Two", "b.xhtml")])
    for name in ("a.xhtml", "b.xhtml"):
        book.add(name, "<div><img src='p.png' alt='A page of a comic'/></div>")
    with pytest.raises(UnreadableFile, match="no text"):
        read(book.build())


def test_a_book_without_contents_has_its_headings_for_chapters() -> None:
    assert [part.title for part in outline(no_contents()[0])] == ["Letter 1", "Letter 2", "Letter 3"]


def test_a_book_without_any_heading_has_its_files_for_chapters() -> None:
    book = Maker().add("a.xhtml", f"<p>{prose(1)}</p>").add("b.xhtml", f"<p>{prose(2)}</p>")
    assert len(outline(book.build())) == 2
    assert headings(read(book.build())) == [(1, "The night tram")]
    assert prose(1) not in read(book.build(), 1).text


def test_a_title_of_the_contents_that_is_not_in_the_text_becomes_a_heading() -> None:
    book = Maker(nav=[("The first hour", "a.xhtml"), ("The second hour", "b.xhtml")])
    book.add("a.xhtml", f"<p>{prose(1)}</p>").add(
        "b.xhtml", f"<h3>The second hour.</h3><p>{prose(2)}</p><h4>Later</h4><p>{prose(3)}</p>"
    )
    assert headings(read(book.build())) == [
        (1, "The night tram"), (2, "The first hour"), (2, "The second hour."), (3, "Later"),
    ]  # fmt: skip


def test_the_one_line_above_all_that_repeats_the_title_is_no_part() -> None:
    book = Maker(ncx=[("The Night Tram", "a.xhtml", [("One", "a.xhtml#one"), ("Two", "b.xhtml")])])
    book.add("a.xhtml", f"<h1 id='one'>One</h1><p>{prose(1)}</p>").add(
        "b.xhtml", f"<h1>Two</h1><p>{prose(2)}</p>"
    )
    assert [(part.title, part.level) for part in outline(book.build())] == [("One", 1), ("Two", 1)]


# Notes


def noted(body: str, *more: tuple[str, str]) -> ImportedArticle:
    book = Maker(nav=[("One", "a.xhtml")]).add("a.xhtml", f"<h1>One</h1>{body}")
    for name, text in more:
        book.add(name, text)
    return read(book.build())


def test_footnotes_of_epub_3_stand_behind_their_chapter() -> None:
    article = noted(
        "<p>Said<a epub:type='noteref' href='#f1'>1</a> and <sup><a id='b2' href='#f2'>2</a></sup> done.</p>"
        "<aside epub:type='footnote' id='f1'><p>First <i>note</i>.</p><p>Its second paragraph.</p></aside>"
        "<p>And on.</p><aside epub:type='footnote' id='f2'><p><a href='#b2'>2</a>. Second note.</p></aside><p>End.</p>"
    )
    assert shape(article)[2:] == [
        ("paragraph", 0, "", "Said1 and 2 done."),
        ("paragraph", 0, "", "And on."),
        ("paragraph", 0, "", "End."),
        ("note", 0, "1", "First note."),
        ("note", 0, "", "Its second paragraph."),
        ("note", 0, "2", "Second note."),
    ]
    assert references(article) == [("1", "1"), ("2", "2")]


def test_notes_that_begin_anew_in_each_chapter_have_labels_of_their_own() -> None:
    article = read(notes_in_a_file()[0])
    assert references(article) == [("[1]", "1.1"), ("[2]", "1.2"), ("[1]", "2.1"), ("[2]", "2.2")]
    assert notes(article) == [
        (f"{chapter}.{note}", f"Remark {chapter} {note} is made here.")
        for chapter in (1, 2)
        for note in (1, 2)
    ]


def test_a_chosen_chapter_brings_its_notes_from_elsewhere_once() -> None:
    article = read(notes_in_a_file()[0], 1)
    assert [text for _, text in notes(article)] == ["Remark 2 1 is made here.", "Remark 2 2 is made here."]


ENDNOTES = (
    "<section epub:type='endnotes' role='doc-endnotes'><h2>Notes</h2><ol><li id='n1'><p>One. <a href='a.xhtml#r1' "
    "role='doc-backlink'>↩︎</a></p></li><li id='n2'><p>Two.</p><blockquote>Quoted.</blockquote></li><li>Three.</li>"
    "</ol></section>"
)


def test_endnotes_in_a_list_get_its_numbers_and_lose_their_arrows() -> None:
    article = noted(
        "<p>Said<a epub:type='noteref' href='n.xhtml#n1' id='r1'>1</a>, done<a epub:type='noteref' href='n.xhtml#n2' "
        "id='r2'>2</a>.</p>",
        ("n.xhtml", ENDNOTES),
    )  # fmt: skip
    assert notes(article) == [("1", "One."), ("2", "Two."), ("", "Quoted."), ("3", "Three.")]
    assert references(article) == [("1", "1"), ("2", "2")]


def test_notes_in_a_file_that_the_reading_order_forgot_are_found() -> None:
    book = Maker(nav=[("One", "a.xhtml")])
    book.add("a.xhtml", "<h1>One</h1><p>Said<sup><a href='n.xhtml#n1'>*</a></sup> so.</p>").add(
        "n.xhtml", "<p id='n1'>* Forgotten.</p>"
    )
    data = book.build()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        package = archive.read("OEBPS/content.opf").replace(b"<itemref idref='d1' />", b"")
    article = read(rezipped(data, {"OEBPS/content.opf": package}))
    assert notes(article) == [("*", "Forgotten.")]


def test_notes_as_terms_and_descriptions_lose_the_terms() -> None:
    article = noted(
        "<p>Said<sup class='calibre5'><a href='n.xhtml#fn1' id='back1'>1</a></sup>.</p>",
        (
            "n.xhtml",
            "<dl class='footnote'><dt id='fn1'>[<a href='a.xhtml#back1' title='return'>←1</a>]</dt><dd><p>One.</p></dd></dl>",
        ),
    )
    assert notes(article) == [("1", "One.")]
    assert "←" not in article.text


def test_hidden_notes_are_read_and_other_hidden_parts_are_not() -> None:
    article = noted(
        "<p>Said<a epub:type='noteref' href='#f'>1</a>.</p><aside epub:type='footnote' id='f' hidden=''>Found.</aside>"
        "<div hidden=''>Only for machines.</div>"
    )
    assert notes(article) == [("1", "Found.")]
    assert "machines" not in article.text


def test_links_between_chapters_and_to_the_contents_are_no_notes() -> None:
    article = noted(
        "<p>As chapter <a href='b.xhtml#c2'>2</a> says, see <a href='b.xhtml#c3'>III</a>.</p>",
        (
            "b.xhtml",
            f"<h2 id='c2'>2</h2><p>{prose(1)}</p><h2 id='c3'><a href='a.xhtml'>III</a></h2><p>{prose(2)}</p>",
        ),
    )
    assert not notes(article)
    assert not references(article)


def test_a_span_that_its_style_sheet_raises_is_a_mark_of_a_note() -> None:
    book = Maker(nav=[("One", "a.xhtml")])
    book.files["s.css"] = (
        b"/* c */ span.char4 { vertical-align: super; font-size: 60% } .k, .m { font-style:italic }"
    )
    book.add(
        "a.xhtml",
        "<h1>One</h1><p>It <span class='m'>was</span> said<a href='#z'><span class='char4'>1</span></a>.</p><p id='z'>1 Somewhere.</p>",
        head="<link rel='stylesheet' href='s.css'/>",
    )
    article = read(book.build())
    assert notes(article) == [("1", "Somewhere.")]
    assert (MarkKind.EMPHASIS, "was") in [
        (m.kind, article.text[m.start : m.end]) for b in article.blocks for m in b.marks
    ]


# Pages, languages, verses, figures


def test_pages_of_the_printed_edition_are_told_for_every_block() -> None:
    article = read(page_list()[0])
    told = {article.text[b.start : b.end][:13]: b.page for b in article.blocks}
    assert told["Sentence 1.0 "] == "iv"
    assert told["Sentence 2.0 "] == "iv"
    assert told["Sentence 4.0 "] == "v"
    assert told["Start"] == "1"
    assert "v Sentence" not in article.text  # the number itself is no text


def test_page_numbers_in_the_text_are_locators() -> None:
    article = read(gutenberg()[0])
    assert "[Pg" not in article.text
    assert {b.page for b in article.blocks if article.text[b.start :].startswith("Sentence 3.0")} == {"3"}


def test_pages_of_an_ncx_are_read() -> None:
    book = Maker(
        version="2.0", ncx=[("One", "a.html")],
        ncx_more="<pageList><pageTarget type='normal' value='12'><navLabel><text>12</text></navLabel><content src='a.html#x'/>"
        "</pageTarget></pageList>",
    ).add("a.html", f"<h1>One</h1><p>{prose(1)}</p><p><a id='x'/>{prose(2)}</p>")  # fmt: skip
    assert [b.page for b in read(book.build()).blocks] == ["", "", "", "12"]


def test_a_passage_in_another_language_says_so() -> None:
    book = Maker(language="en-GB", nav=[("One", "a.xhtml")]).add(
        "a.xhtml",
        "<h1>One</h1><p>English.</p><blockquote xml:lang='fr'><p>Bonjour.</p><p>Au revoir.</p></blockquote><p>English again.</p>",
        html="xml:lang='en'",
    )
    assert [b.language for b in read(book.build()).blocks] == ["", "", "", "fr", "fr", ""]


def test_verses_keep_their_lines() -> None:
    texts = [text for _, _, _, text in shape(read(poems()[0]))]
    assert texts[2:4] == ["The tram goes out,\nthe lamp goes in,", "the river stays.\nAnd so do I."]
    assert texts[5:] == ["Night falls\non rails\nof stone.", "Who walks\nso late\nalone?"]


def test_spans_of_a_verse_are_lines_only_where_they_say_so() -> None:
    article = noted(
        "<div class='stanza'><span class='line'>The tram</span><span class='line'>goes out</span></div>"
        "<div class='stanza'><span class='sc'>The</span> <span>lamp</span> goes <p>in.</p> and <p>out.</p> again</div>"
    )
    texts = [text for _, _, _, text in shape(article)[2:]]
    assert texts[0] == "The tram\ngoes out"
    assert " ".join(texts[1:]).split() == ["The", "lamp", "goes", "in.", "and", "out.", "again"]


def test_a_picture_is_a_place_with_its_description_and_caption() -> None:
    article = noted(
        "<div class='illustration'><img src='x.png' alt='A bridge'/><p class='caption'>Fig. 1: The bridge.</p></div><p>On.</p>"
    )
    assert shape(article)[2] == ("figure", 0, "", "\ufffc\nFig. 1: The bridge.")


def test_tables_lists_and_code_of_several_files_stay_apart() -> None:
    table = "<table><tr><th>Line</th><th>Hours</th></tr><tr><td>{}</td><td>{}</td></tr></table>"
    article = noted(
        table.format("N1", 5) + "<ol start='3'><li>three</li><li>four<ul><li>deep</li></ul></li></ol>",
        (
            "b.xhtml",
            table.format("N2", 6) + "<pre><code class='language-python'>if x:\n    go()</code></pre>",
        ),
    )
    assert sorted({b.table for b in article.blocks if b.kind is BlockKind.CELL}) == [0, 1]
    assert ("list-item", 1, "3.", "three") in shape(article)
    assert ("list-item", 2, "•", "deep") in shape(article)
    assert ("code", 0, "python", "if x:\n    go()") in shape(article)


def test_signs_cannot_be_forged() -> None:
    article = noted("<p>A &#xFDD0;C0&#xfdd1; b \ufdd0P0\ufdd1 c &#64976;N0&#64977 d</p>")
    assert all("\ufdd0" not in text and "\ufdd1" not in text for _, _, _, text in shape(article))
    assert [b.page for b in article.blocks] == ["", "", ""]
    assert not notes(article)


# What a book says of itself


def test_the_metadata_of_epub_3() -> None:
    book = Maker(
        metadata="<dc:title id='t2'>Five hours in a city</dc:title><meta refines='#t1' property='title-type'>main</meta>"
        "<meta refines='#t2' property='title-type'>subtitle</meta><dc:creator id='c1'>Ann Lee</dc:creator>"
        "<meta refines='#c1' property='role' scheme='marc:relators'>aut</meta><meta refines='#c1' property='file-as'>Lee, Ann</meta>"
        "<dc:creator id='c2'>Bo Chan</dc:creator><meta refines='#c2' property='role'>trl</meta>"
        "<dc:publisher>Harbour Press</dc:publisher><dc:date>2024-05</dc:date><dc:identifier id='id'>urn:isbn:9780306406157</dc:identifier>"
        "<dc:identifier>doi:10.1234/tram.5</dc:identifier><dc:description>&lt;p&gt;About &lt;b&gt;trams&lt;/b&gt;.&lt;/p&gt;</dc:description>"
        "<dc:rights>CC BY</dc:rights><meta property='belongs-to-collection' id='s'>Night Lines</meta>"
        "<meta refines='#s' property='group-position'>3</meta><meta property='dcterms:modified'>2025-01-01T00:00:00Z</meta>",
        nav=[("One", "a.xhtml")],
    ).add("a.xhtml", f"<h1>One</h1><p>{prose(1)}</p>")  # fmt: skip
    article = read(book.build())
    assert (article.title, article.subtitle, article.authors) == (
        "The night tram",
        "Five hours in a city",
        ("Ann Lee",),
    )
    assert (article.publication, article.published_on, article.language) == ("Harbour Press", "2024-05", "en")
    assert dict(article.extra) == {
        "isbn": "9780306406157", "doi": "10.1234/tram.5", "description": "About trams .", "rights": "CC BY",
        "series": "Night Lines, 3",
    }  # fmt: skip
    assert shape(article)[1] == ("standfirst", 0, "", "Five hours in a city")


def test_the_metadata_of_epub_2() -> None:
    book = Maker(
        version="2.0",
        metadata="<dc:creator opf:role='aut' opf:file-as='Lee, Ann'>Lee, Ann; Chan, Bo</dc:creator>"
        "<dc:contributor opf:role='bkp'>calibre</dc:contributor><dc:date opf:event='conversion'>2020-01-01</dc:date>"
        "<dc:date opf:event='publication'>1913</dc:date><dc:identifier opf:scheme='ISBN'>0-306-40615-2</dc:identifier>"
        "<meta name='calibre:series' content='Lines'/><meta name='calibre:series_index' content='2.0'/>",
        ncx=[("One", "a.html")],
    ).add("a.html", f"<h1>One</h1><p>{prose(1)}</p>")
    article = read(book.build())
    assert (article.authors, article.published_on) == (("Ann Lee", "Bo Chan"), "1913")
    assert dict(article.extra) == {"isbn": "0306406152", "series": "Lines, 2"}


def test_an_author_may_have_other_roles_and_an_editor_stands_in_for_one() -> None:
    metas = "<dc:creator id='c'>Ann Lee</dc:creator><meta refines='#c' property='role'>ann</meta>{}"
    both = "<meta refines='#c' property='role'>aut</meta><dc:creator id='d'>Bo Chan</dc:creator><meta refines='#d' property='role'>edt</meta>"
    for more, authors in ((both, ("Ann Lee",)), ("", ("Ann Lee",))):
        book = Maker(metadata=metas.format(more), nav=[("One", "a.xhtml")]).add(
            "a.xhtml", f"<h1>One</h1><p>{prose(1)}</p>"
        )
        assert read(book.build()).authors == authors


def test_what_only_repeats_is_left_out_and_told() -> None:
    book = Maker(
        nav=[("Cover", "cover.xhtml"), ("Title page", "title.xhtml"), ("One", "a.xhtml"), ("Two", "b.xhtml")]
    )
    book.add("cover.xhtml", "<body epub:type='cover'><img src='c.jpg' alt='Cover'/></body>")
    book.add("title.xhtml", "<h1>The night tram</h1><p>a novel by</p><p>Ann Lee</p>")
    book.add("toc.xhtml", "<h1>Contents</h1><p><a href='a.xhtml'>One</a></p><p><a href='b.xhtml'>Two</a></p>")
    book.add("a.xhtml", f"<h1>One</h1><p>{prose(1)}</p>").add("b.xhtml", f"<h1>Two</h1><p>{prose(2)}</p>")
    article = read(book.build())
    assert headings(article) == [(1, "The night tram"), (2, "One"), (2, "Two")]
    assert "novel" not in article.text
    assert article.warnings == ("Left out: the title page, the table of contents.",)


def test_a_title_page_that_says_more_stays() -> None:
    book = Maker(nav=[("Title page", "title.xhtml"), ("One", "a.xhtml")])
    book.add("title.xhtml", "<h1>The night tram</h1><p>with drawings from the archive of the harbour</p>")
    article = read(book.add("a.xhtml", f"<h1>One</h1><p>{prose(1)}</p>").build())
    assert headings(article) == [(1, "The night tram"), (2, "One")]
    assert "archive of the harbour" in article.text


# What can't be read, or not all of it


def encrypted(algorithm: str) -> bytes:
    listed = (
        "<encryption xmlns='urn:oasis:names:tc:opendocument:xmlns:container' xmlns:enc='http://www.w3.org/2001/04/xmlenc#'>"
        f"<enc:EncryptedData><enc:EncryptionMethod Algorithm='{algorithm}'/><enc:CipherData><enc:CipherReference URI='OEBPS/a'/>"
        "</enc:CipherData></enc:EncryptedData></encryption>"
    )
    return rezipped(one_file()[0], {"META-INF/encryption.xml": listed.encode()})


def test_a_copy_protected_book_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="copy-protected"):
        read(encrypted("http://www.w3.org/2001/04/xmlenc#aes128-cbc"))


@pytest.mark.parametrize(
    "algorithm", ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"]
)
def test_obfuscated_fonts_are_no_hindrance(algorithm: str) -> None:
    assert prose(1) in read(encrypted(algorithm)).text


def test_a_text_that_is_missing_is_told() -> None:
    data = rezipped(parts_and_chapters()[0], {"OEBPS/c2.xhtml": None})
    article = read(data)
    assert prose(1) in article.text
    assert prose(4) in article.text
    assert article.warnings == ("One of the book's texts could not be read (c2.xhtml).",)


@pytest.mark.parametrize(
    "changes",
    [
        {"OEBPS/content.opf": None},
        {"OEBPS/content.opf": b"\x00\x01\x02"},
        {"OEBPS/content.opf": b"<package/>"},
        {
            f"OEBPS/{name}": None
            for name in ("p1.xhtml", "c1.xhtml", "c2.xhtml", "p2.xhtml", "c3.xhtml", "nav.xhtml")
        },
    ],
)
def test_a_book_without_its_inside_is_refused(changes: dict[str, bytes | None]) -> None:
    with pytest.raises(UnreadableFile):
        read(rezipped(parts_and_chapters()[0], changes))


def test_a_book_without_container_is_read_by_its_package_document() -> None:
    assert prose(4) in read(rezipped(parts_and_chapters()[0], {"META-INF/container.xml": None})).text


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"no zip at all", b""])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read(data)


def test_a_book_is_known_by_its_bytes() -> None:
    assert importer_for("download", one_file()[0]).name == "epub"
    assert importer_for("download", wrong_mimetype()[0]).name == "epub"
    assert IMPORTER.recognises is not None
    assert not IMPORTER.recognises(b"PK\x03\x04 word/document.xml")


BOMB = b"<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>".encode() for n in range(9)
)


@pytest.mark.parametrize(
    "body",
    [
        BOMB + b"]><html xmlns='http://www.w3.org/1999/xhtml'><body><p>Start &j; end</p></body></html>",
        b"<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><body><p>Start &x; end</p></body></html>",
        b"<html><body><p>Start</p>" + b"<div>" * 20_000 + b"end</body></html>",
        b"<html><body><p>Start</p>" + b"<!DOCTYPE[" * 50_000 + b"<p>end</p></body></html>",
        b"<html><body><p>Start</p>" + b"<a id='p1' epub:type='pagebreak' title='1'></a>" * 20_000 + b"<p>end</p></body></html>",
        b"<html><body><p>Start" + b"<a href='#n'>1</a><span id='n'></span>" * 10_000 + b"</p><p>end</p></body></html>",
        b"<html><body><p>Start</p><ol epub:type='endnotes'>" + b"<li>x</li>" * 20_000 + b"</ol><p>end</p></body></html>",
        b"<html><body><p>Start</p>" + b"<p class='verse'>a</p>" * 10_000 + b"<p>end</p></body></html>",
        b"<html><body><p>Start</p><p>" + b"<" * 100_000 + b"end</p></body></html>",
        b"<html><body><p>Start" + b"".join(b"<sup><a id='r%d' href='#n%d'>%d</a></sup>" % (n, n, n) for n in range(5000))
        + b"</p><p>" + b"".join(b"<a id='n%d' href='#r%d'>%d</a> t" % (n, n, n) for n in range(5000)) + b"</p></body></html>",
        b"<html><body><p>Start" + b"<i class='x' lang='a'>" * 3000 + b"</p><p>end</p></body></html>",
    ],
)  # fmt: skip
def test_a_hostile_document_is_read_in_bearable_time(body: bytes) -> None:
    book = (
        Maker(nav=[("One", "a.xhtml"), ("Two", "b.xhtml")])
        .add("a.xhtml", body)
        .add("b.xhtml", f"<h1>Two</h1><p>{prose(2)}</p>")
    )
    began = time.perf_counter()
    article = read(book.build())
    assert time.perf_counter() - began < 10
    assert "Start" in article.text
    assert prose(2) in article.text
    assert "root:" not in article.text
    assert len(article.text) < 1_000_000


SOUND = parts_and_chapters()[0]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=40),
    st.booleans(),
)
def test_a_damaged_book_is_read_or_refused(changes: list[tuple[int, int]], cut: bool) -> None:
    damaged = bytearray(SOUND)
    for place, value in changes:
        damaged[place] = value
    try:
        article = read(bytes(damaged[: changes[0][0]] if cut else damaged))
    except UnreadableFile:
        return
    assert article.text
    assert all(article.text[b.start : b.end] is not None for b in article.blocks)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(
        ("META-INF/container.xml", "OEBPS/content.opf", "OEBPS/nav.xhtml", "OEBPS/toc.ncx", "OEBPS/c1.xhtml")
    ),
    st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=6)), min_size=1, max_size=12),
)
def test_damage_inside_of_the_archive_is_read_or_refused(name: str, changes: list[tuple[int, bytes]]) -> None:
    with zipfile.ZipFile(io.BytesIO(SOUND)) as archive:
        content = bytearray(archive.read(name))
    for place, piece in changes:
        at = place % len(content)
        content[at : at + len(piece)] = piece
    try:
        article = read(rezipped(SOUND, {name: bytes(content)}))
        outline(rezipped(SOUND, {name: bytes(content)}))
    except UnreadableFile:
        return
    assert article.title


def test_a_book_of_five_hundred_pages_takes_less_than_five_seconds() -> None:
    book = Maker(nav=[(f"Chapter {n}", f"c{n}.xhtml") for n in range(60)])
    for number in range(60):
        text = "".join(
            f"<p class='calibre3'><span epub:type='pagebreak' title='{number * 10 + p}'/>{prose(number + p, 6)}"
            f"<a epub:type='noteref' href='#n{p}'>{p}</a> <i>{prose(p, 2)}</i></p><aside epub:type='footnote' id='n{p}'>{prose(p, 1)}</aside>"
            for p in range(35)
        )
        book.add(f"c{number}.xhtml", f"<h1>Chapter {number}</h1>{text}")
    data = book.build()
    began = time.perf_counter()
    article = read(data)
    assert time.perf_counter() - began < 5
    assert len(article.text) > 1_200_000
    assert len(notes(article)) == 60 * 35


def test_formulas_are_read_as_one_line() -> None:
    article = noted(
        "<p>Let <math xmlns='http://www.w3.org/1998/Math/MathML' alttext='Alternative text not available'><semantics><mrow><mi>y</mi>"
        "<mo>=</mo><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac><msup><mi>x</mi><mn>2</mn></msup></mrow>"
        "<annotation encoding='tex'>y=x</annotation></semantics></math> be, and <math alttext='n &lt; k'><mi>q</mi></math>.</p>"
    )
    assert shape(article)[2][3] == "Let y = (a + b)/2x^2 be, and n < k."


DTBOOK = """<?xml version="1.0"?><!DOCTYPE dtbook PUBLIC "-//NISO//DTD dtbook 2005-3//EN" "http://www.daisy.org/z3986/2005/dtbook-2005-3.dtd">
<dtbook xmlns="http://www.daisy.org/z3986/2005/dtbook/" version="2005-3" xml:lang="en"><head><meta name="dc:Title" content="x"/></head>
<book><bodymatter id="b"><level1 id="l1"><pagenum id="p7" page="normal">7</pagenum><h1>The first night</h1><p><sent>A lamp burns.</sent> <sent>Nobody sleeps<noteref idref="#n1">1</noteref>.</sent></p>
<note id="n1"><p>1 Not even the cat.</p></note><list type="ol"><li>one</li><li>two</li></list><list type="ul"><li>three</li></list><blockquote><p>Quoted.</p></blockquote>
<linegroup><line>first line</line><line>second line</line></linegroup></level1></bodymatter></book></dtbook>"""


def retyped(book: Maker, name: str, media_type: str, more: str = "") -> bytes:
    package = book._package()
    old = f"href=\"{name}\" media-type='application/xhtml+xml'"
    assert old in package
    return rezipped(
        book.build(),
        {book.opf: package.replace(old, f"href='{name}' media-type='{media_type}' {more}").encode()},
    )


def test_a_talking_books_document_is_read() -> None:
    book = Maker(title="Nights").add("a.xml", DTBOOK.encode())
    article = read(retyped(book, "a.xml", "application/x-dtbook+xml"))
    assert [line[3] for line in shape(article)] == [
        "Nights", "The first night", "A lamp burns. Nobody sleeps1.", "one", "two", "three", "Quoted.", "first line",
        "second line", "Not even the cat.",
    ]  # fmt: skip
    assert [(line[0], line[2]) for line in shape(article)][3:6] == [
        ("list-item", "1."),
        ("list-item", "2."),
        ("list-item", "•"),
    ]
    assert article.blocks[1].page == "7"
    assert [line[0] for line in shape(article)][-1] == "note"


def test_pages_that_are_drawings_are_left_out_and_told() -> None:
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><text>drawn</text></svg>"
    book = Maker().add("a.xhtml", "<h1>One</h1><p>Text of the book.</p>").add("b.svg", drawing)
    article = read(retyped(book, "b.svg", "image/svg+xml"))
    assert "Text of the book." in article.text
    assert "drawn" not in article.text
    assert article.warnings == ("One page, which is a picture, was left out.",)


def test_of_a_page_that_is_a_picture_the_text_in_its_place_is_read() -> None:
    book = (
        Maker()
        .add("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
        .add("b.xhtml", "<p>Words for it.</p>", itemref="linear='no'")
    )
    article = read(retyped(book, "a.svg", "image/svg+xml", "fallback='d1'"))
    assert "Words for it." in article.text
    assert article.warnings == ()
