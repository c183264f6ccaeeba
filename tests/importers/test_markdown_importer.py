"""Markdown to blocks."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.article import BlockKind, ImportedArticle, MarkKind
from annotator.importers.base import ImportHints
from annotator.importers.markdown.front_matter import split_front_matter
from annotator.importers.markdown.importer import IMPORTER


def read(text: str, name: str = "essay.md") -> ImportedArticle:
    return IMPORTER.read(text.encode(), ImportHints(name))


def shape(article: ImportedArticle) -> list[tuple[str, int, str, str]]:
    return [(b.kind.value, b.level, b.label, article.text[b.start : b.end]) for b in article.blocks]


def marks(article: ImportedArticle) -> list[tuple[MarkKind, str, str]]:
    return [(m.kind, article.text[m.start : m.end], m.value) for b in article.blocks for m in b.marks]


FRONT = """---
Title: "Let the trams run: all night"
subtitle: 'It''s time'
author: [Ann Lee, "Bo Chan, Jr."]
outlet: The Courier
date: 14 March 2026
lang: en-GB
link: https://courier.example/a
section: Opinion
rating: 5
tags:
  - night
  - trams
---
First paragraph.
"""


def test_front_matter_becomes_metadata_title_and_standfirst() -> None:
    article = read(FRONT)
    assert article.title == "Let the trams run: all night"
    assert article.subtitle == "It's time"
    assert article.authors == ("Ann Lee", "Bo Chan, Jr.")
    assert (article.publication, article.section, article.language) == ("The Courier", "Opinion", "en-GB")
    assert (article.published_on, article.url) == ("2026-03-14", "https://courier.example/a")
    assert dict(article.extra) == {"date": "14 March 2026", "rating": "5", "tags": ["night", "trams"]}
    assert shape(article) == [
        ("heading", 1, "", "Let the trams run: all night"),
        ("standfirst", 0, "", "It's time"),
        ("paragraph", 0, "", "First paragraph."),
    ]


def test_a_heading_of_its_own_is_not_doubled() -> None:
    article = read("---\ntitle: A\nsubtitle: B\n---\n# A\n\nB\n\nText")
    assert shape(article) == [
        ("heading", 1, "", "A"),
        ("standfirst", 0, "", "B"),
        ("paragraph", 0, "", "Text"),
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [("Text\n\n## Two\n", "Two"), ("Just *words*.", "Just words."), ("![](x.png)\n\n- - -\n\n&nbsp;x", "x")],
)
def test_the_title_of_a_file_without_one(text: str, title: str) -> None:
    assert read(text).title == title


@pytest.mark.parametrize(
    "text",
    [
        "---\nno front matter\n---\nx",
        "---\na: b\n\nnever closed",
        "---\n\nNote: a rule\n",
        "---\na: 1\na: 2\n---\nx",
    ],
)
def test_what_is_no_front_matter_stays_in_the_text(text: str) -> None:
    values, body = split_front_matter(text)
    assert not values or "Note" not in text
    assert body == text or not values


def test_front_matter_with_windows_line_ends() -> None:
    assert read("---\r\ntitle: X\r\n---\r\nText\r\n").title == "X"


def test_marks() -> None:
    article = read("a *em* **st** `c` [l](https://x.example/?a=1&b=2) ~~del~~ H~2~O x^2^ <em>html</em>")
    assert marks(article) == [
        (MarkKind.EMPHASIS, "em", ""),
        (MarkKind.STRONG, "st", ""),
        (MarkKind.CODE, "c", ""),
        (MarkKind.LINK, "l", "https://x.example/?a=1&b=2"),
        (MarkKind.STRIKE, "del", ""),
        (MarkKind.SUBSCRIPT, "2", ""),
        (MarkKind.SUPERSCRIPT, "2", ""),
        (MarkKind.EMPHASIS, "html", ""),
    ]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "other.md", "#here"]
)
def test_a_link_that_leads_nowhere_safe_is_only_text(address: str) -> None:
    article = read(f"see [this]({address}) now")
    assert (article.text, marks(article)) == ("see this now", [])


def test_lists_nest_after_two_spaces_and_keep_their_numbers() -> None:
    article = read(
        "Intro\n- a\n  - b\n    more of b\n\n    second paragraph\n- c\n\n3. three\n   1) deep\n4. four"
    )
    assert shape(article)[1:] == [
        ("list-item", 1, "•", "a"),
        ("list-item", 2, "•", "b more of b"),
        ("list-item", 2, "", "second paragraph"),
        ("list-item", 1, "•", "c"),
        ("list-item", 1, "3.", "three"),
        ("list-item", 2, "1.", "deep"),
        ("list-item", 1, "4.", "four"),
    ]


def test_code_keeps_its_lines_and_language() -> None:
    code = "def f():\n\n    return '<b> & *x*'\n\ttab"
    article = read(f"```python\n{code}\n```\n\n- item\n\n  ```\n  x\n    y\n  ```\n- next\n\n    indented\n")
    assert (
        shape(article)[0] == ("code", 0, "python", code.replace("\t", "    ")) or shape(article)[0][3] == code
    )
    assert ("code", 0, "", "x\n  y") in shape(article)
    assert ("list-item", 1, "•", "next") in shape(article)


def test_quotes_nest() -> None:
    article = read("> one\n>\n> > two\n>\n> - item\n")
    assert [(b.kind, b.level, b.quoted) for b in article.blocks] == [
        (BlockKind.QUOTE, 1, 0),
        (BlockKind.QUOTE, 2, 0),
        (BlockKind.LIST_ITEM, 1, 1),
    ]


def test_tables_have_cells_in_rows_and_a_tab_between() -> None:
    article = read("| a | b |\n|---|---|\n| 1 | *2* |\n|  | 4 |\n\nafter")
    assert article.text == "a\tb\n1\t2\n\t4\nafter"
    cells = [(b.table, b.row, b.column, b.header) for b in article.blocks if b.kind is BlockKind.CELL]
    assert cells == [
        (0, 0, 0, True),
        (0, 0, 1, True),
        (0, 1, 0, False),
        (0, 1, 1, False),
        (0, 2, 0, False),
        (0, 2, 1, False),
    ]


def test_footnotes_are_notes_with_references() -> None:
    article = read(
        "Text[^a] more[^b].\n\n[^b]: Second *note*.\n[^a]: First.\n\n    Its second paragraph.\n[^c]: Never used.\n"
    )
    assert marks(article)[:2] == [(MarkKind.NOTE_REF, "1", "1"), (MarkKind.NOTE_REF, "2", "2")]
    notes = [(b.label, article.text[b.start : b.end]) for b in article.blocks if b.kind is BlockKind.NOTE]
    assert ("1", "First.") in notes
    assert ("", "Its second paragraph.") in notes
    assert ("2", "Second note.") in notes
    assert any(text == "Never used." for _, text in notes)
    assert "↩" not in article.text
    assert not any(b.kind is BlockKind.RULE for b in article.blocks)


def test_an_image_is_an_object_with_its_description() -> None:
    article = read("![A tram at night](tram.png)\n\nText")
    assert shape(article)[0] == ("figure", 0, "", "\ufffc")
    assert marks(article) == [(MarkKind.IMAGE, "\ufffc", "A tram at night")]


def test_signs_that_look_like_tags_stay() -> None:
    assert (
        read("if x <y and z> w, or 1 < 2 > 0 & <unknown tag>").text
        == "if x <y and z> w, or 1 < 2 > 0 & <unknown tag>"
    )


def test_scripts_in_markdown_are_taken_out() -> None:
    article = read(
        "<script>alert('x')</script>\n\nText <img src=x onerror=alert(1)> <iframe src=y></iframe> end"
    )
    assert article.text.split() == ["Text", "end"]


WORDS = st.text(
    st.characters(categories=("L", "Nd"), include_characters="’“”–—…«»„é"), min_size=1, max_size=12
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=8), min_size=1, max_size=5))
def test_every_word_of_any_paragraphs_is_in_the_result(paragraphs: list[list[str]]) -> None:
    from annotator.domain.article import clean_text

    source = clean_text("\n\n".join(" ".join(words) for words in paragraphs))
    article = read(source)
    assert article.text.split() == source.split()


@pytest.mark.parametrize("run", ["[", "![", "[a](", "<a ", ">", "*a_b", "`", "[^1]", "[a][b] ", "**a", "|a"])
def test_hostile_runs_neither_hang_nor_lose_text(run: str) -> None:
    began = time.monotonic()
    article = read(run * 5000 + "\n\nThe end")
    assert time.monotonic() - began < 10
    assert "The end" in article.text
