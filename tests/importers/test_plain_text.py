"""Plain text to blocks."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.article import BlockKind, ImportedArticle, blocks_from_json, blocks_to_json
from annotator.errors import UnreadableFile
from annotator.importers.base import ImportHints
from annotator.importers.text.importer import IMPORTER

LONG = "This is a paragraph of some length, so that a line above it can be seen as its heading."


def read(text: str | bytes, name: str = "essay.txt") -> ImportedArticle:
    return IMPORTER.read(text if isinstance(text, bytes) else text.encode(), ImportHints(name))


def shape(article: ImportedArticle) -> list[tuple[str, int, str]]:
    return [(b.kind.value, b.level, article.text[b.start : b.end]) for b in article.blocks]


def test_title_byline_headings_and_paragraphs() -> None:
    article = read(f"The night tram\nBy Ann Lee and Bo Chan\n\n{LONG}\n\nA heading\n\n{LONG}\n")
    assert article.title == "The night tram"
    assert article.authors == ("Ann Lee", "Bo Chan")
    assert shape(article) == [
        ("heading", 1, "The night tram"),
        ("paragraph", 0, LONG),
        ("heading", 2, "A heading"),
        ("paragraph", 0, LONG),
    ]


def test_a_german_byline() -> None:
    assert read(f"Die Nacht\n\nVon Änne Groß\n\n{LONG}").authors == ("Änne Groß",)


@pytest.mark.parametrize(
    "line", ["By Ann Lee, 3 March 2024", "By Ann Lee | March 3, 2024", "Von Ann Lee, 3. März 2024"]
)
def test_a_byline_may_end_in_the_date(line: str) -> None:
    article = read(f"A title\n\n{line}\n\n{LONG}")
    assert (article.authors, article.published_on) == (("Ann Lee",), "2024-03-03")
    assert line not in article.text


@pytest.mark.parametrize(
    "line",
    [
        "By the sea, 3 March 2024",
        "By Ann Lee, 18 percent",
        "By the river we walked",
        "By Ann Lee, Science Editor",
        "By Ann Lee.",
        "By 2030",
    ],
)
def test_a_line_that_may_be_no_byline_stays_in_the_text(line: str) -> None:
    article = read(f"A title\n{line}\n\n{LONG}")
    assert article.authors == ()
    assert line in article.text


def test_a_first_sentence_is_no_title() -> None:
    article = read(f"It was night.\n\n{LONG}")
    assert shape(article)[0] == ("paragraph", 0, "It was night.")
    assert article.title == "It was night."


def test_hard_wrapped_lines_are_joined() -> None:
    lines = [
        "The ships come round the corner from Singapore in two files, like",
        "schoolchildren who have been told not to run, and nobody is surprised",
        "any more.",
    ]
    other = ["Another paragraph begins here and goes on for one more line than the", "first one did."]
    article = read("\n".join(lines) + "\r\n\r\n" + "\r\n".join(other))
    assert [text for _, _, text in shape(article)] == [" ".join(lines), " ".join(other)]


def test_short_lines_in_a_wrapped_text_stay_lines() -> None:
    wrapped = "The ships come round the corner from Singapore in two files, like\n"
    wrapped += "schoolchildren who have been told not to run, and nobody is surprised\nany more.\n\n"
    article = read(wrapped * 3 + "roses are red\nviolets are blue\n- one item\n- another item")
    assert [text for _, _, text in shape(article)][-4:] == [
        "roses are red",
        "violets are blue",
        "one item",
        "another item",
    ]


def test_without_blank_lines_every_line_is_a_paragraph() -> None:
    assert [text for _, _, text in shape(read(f"{LONG} 1\n{LONG} 2 {LONG}\nthree."))] == [
        f"{LONG} 1",
        f"{LONG} 2 {LONG}",
        "three.",
    ]


def test_a_line_of_stars_is_a_rule() -> None:
    assert [kind for kind, _, _ in shape(read(f"{LONG}\n\n* * *\n\n{LONG}"))] == [
        "paragraph",
        "rule",
        "paragraph",
    ]


def test_a_quoted_line_after_a_colon_is_no_heading() -> None:
    article = read(f"{LONG[:-1]}:\n\nכל הנחלים הולכים אל הים\n\n{LONG}")
    assert shape(article)[1][:2] == ("paragraph", 0)
    assert article.blocks[1].direction == "rtl"


def test_text_is_cleaned_once() -> None:
    article = read("“Cafe\u0301” \ufeff\u2014 👩‍👩‍👧 مرحبا\u200f\u2028next".encode("utf-8-sig"))
    assert article.text == "“Café” — 👩‍👩‍👧 مرحبا\u200f\nnext"
    assert unicodedata.is_normalized("NFC", article.text)


def test_nothing_but_white_space_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        read(" \n\u00a0\n")


def test_a_single_line_is_a_paragraph_and_the_title_its_first_words() -> None:
    article = read("word " * 40)
    assert article.blocks[0].kind is BlockKind.PARAGRAPH
    assert article.title.endswith("…")
    assert len(article.title) <= 80


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1))
def test_no_word_is_lost_and_the_blocks_tile_the_text(text: str) -> None:
    try:
        article = read(text)
    except UnreadableFile:
        return
    words = {word for word in article.text.split() if any(map(str.isalnum, word))}
    assert words >= {
        w for w in unicodedata.normalize("NFC", text).split() if w.isalnum() and not w.startswith("By")
    } - set(" ".join(article.authors).split())
    at = 0
    for block in article.blocks:
        assert block.start == at
        at = block.end + 1
        assert article.text[block.end : at] in ("\n", "")
    assert at == len(article.text) + 1
    assert blocks_from_json(blocks_to_json(article.blocks)) == article.blocks
