"""Plain texts of many kinds, block by block."""

from __future__ import annotations

import time

import pytest
from tests.importers.outlines import outline, words

from annotator.domain.article import ImportedArticle, MarkKind
from annotator.importers.base import ImportHints
from annotator.importers.text.importer import IMPORTER

WRAPPED = (
    "The ships come round the corner from Singapore in two files, like\n"
    "schoolchildren who have been told not to run, and nobody is surprised\n"
    "any more."
)
JOINED = f"p {' '.join(WRAPPED.split())}"
LONG = "This is a paragraph of some length, so that a line above it can be seen as its heading."


def read(text: str | bytes, name: str = "essay.txt") -> ImportedArticle:
    return IMPORTER.read(text if isinstance(text, bytes) else text.encode(), ImportHints(name))


CASES = {
    "underlined": (f"Ships\n=====\n\n{WRAPPED}\n\nMethods\n-------\n{WRAPPED}", ["h1 Ships", JOINED, "h2 Methods", JOINED]),
    "capitals": (f"Ships\n\nTHE FIRST DAY\n\n{WRAPPED}", ["h1 Ships", "h2 THE FIRST DAY", JOINED]),
    "numbered headings": (
        f"Ships\n\n1. Introduction\n\n{WRAPPED}\n\n1.2 The sea\n\n{WRAPPED}",
        ["h1 Ships", "h2 1. Introduction", JOINED, "h3 1.2 The sea", JOINED],
    ),
    "chapters": (
        f"Ships\n\nChapter IV\n\n{WRAPPED}\n\nIX.\n\n{WRAPPED}\n\nPart Two: Home\n\n{WRAPPED}",
        ["h1 Ships", "h2 Chapter IV", JOINED, "h2 IX.", JOINED, "h2 Part Two: Home", JOINED],
    ),
    "a year is no number": (f"Ships\n\n{LONG}\n\n1986. It was a year.", ["h1 Ships", f"p {LONG}", "p 1986. It was a year."]),
    "one wrapped paragraph in a text of short ones": (
        f"Ships\n\n{WRAPPED}\n\nshort\nlines\nof\nverse\nthat\nstay",
        ["h1 Ships", JOINED, "p short", "p lines", "p of", "p verse", "p that", "p stay"],
    ),
    "a poem": (
        f"Ships\n\n{WRAPPED}\n\n    The sea is blue,\n    the sky is too.\n\n{WRAPPED}",
        ["h1 Ships", JOINED, "p The sea is blue,", "p the sky is too.", JOINED],
    ),
    "indented paragraphs": (
        ("Ships\n\n    A paragraph begins with its first line further in than the next and\n"
        "goes on below.\n    Another one begins with its first line further in than the next and\ngoes on too."),
        [
            "h1 Ships",
            "p A paragraph begins with its first line further in than the next and goes on below.",
            "p Another one begins with its first line further in than the next and goes on too.",
        ],
    ),
    "bullets": (
        f"Ships\n\n{LONG}\n\n- one\n* two goes\n  on\n  - deep\n• three",
        ["h1 Ships", f"p {LONG}", "li1 • one", "li1 • two goes on", "li2 • deep", "li1 • three"],
    ),
    "numbers": ("Ships:\n\n(1) one\n(2) two\n\n3) three\n\n4) four", ["p Ships:", "li1 1. one", "li1 2. two", "li1 3. three", "li1 4. four"]),
    "a list under words": (f"{LONG}\nThings:\n- one\n- two\n\nEnd.", [f"p {LONG}", "p Things:", "li1 • one", "li1 • two", "p End."]),
    "dialogue with dashes": ("— Hello, she said.\n— Hi, he said.", ["p — Hello, she said.", "p — Hi, he said."]),
    "rules": (f"{LONG}\n\n-----\n\n{LONG}\n* * *\n{LONG}", [f"p {LONG}", "rule", f"p {LONG}", "rule", f"p {LONG}"]),
    "tabs are cells": (
        f"{LONG}\n\nName\tAge\nAnn\t3",
        [f"p {LONG}", "cell 0,0 Name", "cell 0,1 Age", "cell 1,0 Ann", "cell 1,1 3"],
    ),
    "columns are code": (
        f"{LONG}\n\n  Name    Age\n  Ann       3\n  Bo       40\n\n{LONG}",
        [f"p {LONG}", "p Name    Age", "p Ann       3", "p Bo       40", f"p {LONG}"],
    ),
    "columns at one place": (
        f"{LONG}\n\n  Name    Age\n  Ann     3\n  Bo      40",
        [f"p {LONG}", "code Name    Age⏎Ann     3⏎Bo      40"],
    ),
    "two spaces behind sentences": (
        "It was.  It is.\nWe saw.  He did.\n\nx", ["p It was.  It is.", "p We saw.  He did.", "p x"],
    ),
    "a program": (f"{LONG}\n\n  int f() {{\n    return 1;\n  }}", [f"p {LONG}", "code int f() {⏎  return 1;⏎}"]),
    "quoted lines": (
        f"{LONG}\nBo wrote:\n> I think\n> so.\n>\n>> Really?\n> > Yes.\nWell.",
        [f"p {LONG}", "p Bo wrote:", "q1 I think⏎so.", "q2 Really?⏎Yes.", "p Well."],
    ),
    "a signature": (f"{LONG}\n\nYours\n\n-- \nAnn\nCourier", [f"p {LONG}", "p Yours", "p Ann⏎Courier"]),
    "notes": (
        f"Ships\n\n{LONG} So [1] and [2].\n\nNotes\n\n[1] First.\n[2] Second.",
        ["h1 Ships", f"p {LONG} So [1] and [2].", "h2 Notes", "note 1 First.", "note 2 Second."],
    ),
    "brackets without notes": (f"{LONG} So [1].\n\n[sic] he said.", [f"p {LONG} So [1].", "p [sic] he said."]),
    "words divided": (
        ("Ships\n\nThe information about the ships is a well-known thing, and the informa-\n"
        "tion is read by all of the people on the river, and it is a well-\nknown one."),
        [
            "h1 Ships",
            ("p The information about the ships is a well-known thing, and the information is read by all of the people on "
            "the river, and it is a well-known one."),
        ],
    ),
    "line ends of old Macs": ("One\rTwo\r\rThree", ["p One", "p Two", "p Three"]),
    "line ends of Windows": (f"Ships\r\n\r\n{WRAPPED}".replace("\n", "\r\n").replace("\r\r", "\r"), ["h1 Ships", JOINED]),
    "Chinese": ("夜车\n\n火车在夜里走。\n它不停。", ["h1 夜车", "p 火车在夜里走。", "p 它不停。"]),
    "Arabic": ("عنوان\n\n- واحد\n- اثنان", ["h1 عنوان", "li1 • واحد", "li1 • اثنان"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_blocks(text: str, expected: list[str]) -> None:
    assert outline(read(text)) == expected


@pytest.mark.parametrize("text", [text for text, _ in CASES.values()], ids=CASES)
def test_no_word_is_lost(text: str) -> None:
    article = read(text)
    found = words(" ".join(f"{b.label} {article.text[b.start : b.end]}" for b in article.blocks))
    for word in words(text.replace("-\n", "-").replace("informa-", "informa")):
        assert word in found


def test_italics_between_underscores() -> None:
    article = read(f"{LONG} It was _very odd_, in snake_case_words and _ alone.")
    assert article.text.endswith("It was very odd, in snake_case_words and _ alone.")
    (mark,) = article.blocks[0].marks
    assert (mark.kind, article.text[mark.start : mark.end]) == (MarkKind.EMPHASIS, "very odd")


def test_references_to_notes_are_marked() -> None:
    article = read(f"Ships\n\n{LONG} So [1].\n\n{LONG} And [2].\n\n[1] First.\n\n[2] Second.")
    marks = [(article.text[m.start : m.end], m.value) for b in article.blocks for m in b.marks]
    assert marks == [("[1]", "1"), ("[2]", "2")]


GUTENBERG = (
    "The Project Gutenberg eBook of Ships\n\nThis is free.\n\nTitle: Ships\n  and Trams\n\nAuthor: Ann Lee\n\nLanguage: German\n\n"
    "*** START OF THE PROJECT GUTENBERG EBOOK SHIPS ***\n\n\nCHAPTER I\n\n"
    f"{WRAPPED}\n\n*** END OF THE PROJECT GUTENBERG EBOOK SHIPS ***\n\nThe licence."
)


def test_a_book_of_project_gutenberg() -> None:
    article = read(GUTENBERG)
    assert (article.title, article.authors, article.language) == ("Ships and Trams", ("Ann Lee",), "de")
    assert outline(article) == ["h1 Ships and Trams", "h2 CHAPTER I", JOINED]
    assert "licence" in article.warnings[0]


def test_the_signs_of_a_book_without_a_text_between_them_cut_nothing() -> None:
    text = "*** START OF THE PROJECT GUTENBERG EBOOK X ***\n*** END OF THE PROJECT GUTENBERG EBOOK X ***\n\nWords"
    assert "Words" in read(text).text


def test_a_saved_letter() -> None:
    text = f"From: Ann Lee <ann@x.example>\nTo: bo@x.example,\n  cy@x.example\nDate: Tue, 5 Mar 2024 10:00:00 +0100\nSubject: Ships\n\nDear Bo,\n\n{WRAPPED}"
    article = read(text)
    assert (article.title, article.authors, article.published_on) == ("Ships", ("Ann Lee",), "2024-03-05")
    assert article.extra["to"] == "bo@x.example, cy@x.example"
    assert outline(article) == ["h1 Ships", "p Dear Bo,", JOINED]


def test_a_dialogue_is_no_letter() -> None:
    assert read("Ann: Hello\nBo: Yes\n\nThey left.").text == "Ann: Hello\nBo: Yes\nThey left."


def test_form_feeds_count_pages() -> None:
    text = f"Ships\n\n{WRAPPED}\n\x0cHe said that it was and went on from one side of the river to\n\x0cthe other side.\n\nEnd.\n\x0c"
    article = read(text)
    assert [(block.page, line) for block, line in zip(article.blocks, outline(article), strict=True)] == [
        ("1", "h1 Ships"),
        ("1", JOINED),
        ("2", "p He said that it was and went on from one side of the river to the other side."),
        ("3", "p End."),
    ]


@pytest.mark.parametrize(
    "run",
    [
        "- a\n",
        "1. a\n",
        "> a\n",
        "a\tb\n",
        "a  b  c\n",
        "; ",
        "_a",
        "[1] ",
        "- ",
        "=" * 99 + "\n",
        "A\n=\n",
        "a-\n",
        "\x0c",
        "a\n\n",
        "* * ",
    ],
)
def test_signs_by_the_hundred_thousand_take_little_time(run: str) -> None:
    text = run * (1_000_000 // len(run)) + "\n\nThe end"
    began = time.process_time()
    article = read(text)
    assert time.process_time() - began < 20  # for a megabyte; the busiest of them take five
    assert "The end" in article.text


_FULL = "夜の電車は小さな町を走り続けるが、なぜそうなのかを知る人はもういない"


def test_wrapped_lines_of_japanese_are_joined_without_spaces() -> None:
    text = f"夜の電車\n\n　{_FULL}\n{_FULL}\n終わり。\n　{_FULL}\n次。\n\n短い行。\n短い行。\n"
    assert outline(read(text)) == [
        "h1 夜の電車",
        f"p {_FULL}{_FULL}終わり。",
        f"p {_FULL}次。",
        "p 短い行。",
        "p 短い行。",
    ]


@pytest.mark.parametrize("chapter", ["第一章　出発", "第12章", "الفصل الأول", "פרק א: הלילה"])
def test_chapters_in_scripts_without_capitals_are_headings(chapter: str) -> None:
    text = f"Trams\n\nThe first words, which say something.\n\n{chapter}\n\nMore of them.\n"
    assert f"h2 {chapter}" in outline(read(text))


def test_paragraphs_know_which_way_they_are_read() -> None:
    text = "قطارات الليل\n\nتسير القطارات في المدينة كل ليلة.\n\nNews in English.\n\n2024 כתבה על הרכבות.\n"
    assert [block.direction for block in read(text).blocks] == ["rtl", "rtl", "", "rtl"]
