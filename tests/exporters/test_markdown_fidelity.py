"""Whatever an article holds and however passages overlap, a reader of the export sees the article's words."""

from __future__ import annotations

import time

import markdown
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.exporters.export_samples import (
    EXTENSIONS,
    annotation,
    body_of,
    builder,
    claim_view,
    expected,
    seen,
    snapshot,
)

from annotator.domain.article import BlockKind, Mark, MarkKind, TextBuilder
from annotator.domain.views import ArticleSnapshot
from annotator.exporters.base import ExportOptions
from annotator.exporters.markdown import render

SYNTAX = [
    *"\\`*_{}[]()<>#+-.!|~^=&:;$%@\"'/?,0123abAB \t\n",
    "  ", "\n\n", "    ", "```", "~~~", "---", "***", "===", "==", "**", "__", "1. ", "1986. ", "- ",
    "> ", "# ", "[^1]: ", "[^c1]", "*[abbr]: x", "[a](b)", "![a](b)", "<b>", "</b>", "<div>", "</div>",
    "<!--", "-->", "<script>", "</script>", "<?php", "<![CDATA[", "]]>", "&amp;", "&#42;", "&lt", "AT&T",
    "http://a.example/b_c_d?e=1&f=2*", "&#", "&", "https://a.example/?x&#y&copy", "<http://x.example>",
    "www.a.example", "a@b.example", ":smile:", ": ", "$x$", "$5", "{#id}", "{: .c}", "~~a~~", "==a==",
    "%%", "| a | b |", "| --- | --- |", "--- | ---", "+---+", "\u200b", "\u200d", "\u00a0", "\u3000", "é",
    "ß", "“", "”", "…", "—", "שלום", "مرحبا", "\u202e", "\u2066", "\u2069", "😀", "👩\u200d🚀", "日本", "￼",
    "(1) ", "a. ", "iv) ", "@", "C:\\dir\\", "\\*", "\\\\", "snake_case", "__init__", "word", "word ",
    " word",
]  # fmt: skip
hostile = st.lists(st.sampled_from(SYNTAX), min_size=1, max_size=14).map("".join)
inline_kinds = st.sampled_from([kind for kind in MarkKind if kind is not MarkKind.NOTE_REF])
addresses = st.sampled_from(
    [
        "https://a.example/(b)_c?d=1&e=2#f",
        "javascript:alert(1)",
        "http://x.example/ <b>\"'`*[",
        "#top",
        "alt *text* [x]",
    ]
)
simple_kinds = st.sampled_from(
    [BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.STANDFIRST, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.CODE,
     BlockKind.FIGURE, BlockKind.NOTE, BlockKind.RULE]
)  # fmt: skip


@st.composite
def marks_for(draw: st.DrawFn, raw: str) -> list[Mark]:
    places = st.integers(0, len(raw))
    made = []
    for _ in range(draw(st.integers(0, 3))):
        start, end = sorted((draw(places), draw(places)))
        if start < end:
            made.append(Mark(draw(inline_kinds), start, end, draw(addresses)))
    return made


@st.composite
def articles(draw: st.DrawFn) -> ArticleSnapshot:
    made = TextBuilder()
    made.add(BlockKind.HEADING, "Title", level=1)
    for table in range(draw(st.integers(1, 5))):
        if draw(st.integers(0, 5)) == 0:
            columns = draw(st.integers(1, 3))
            headed = draw(st.booleans())
            for row in range(draw(st.integers(1, 3))):
                for column in range(columns):
                    raw = draw(hostile)
                    made.add(BlockKind.CELL, raw, draw(marks_for(raw)), table=table, row=row, column=column,
                             header=headed and row == 0)  # fmt: skip
            continue
        kind = draw(simple_kinds)
        raw = draw(hostile)
        made.add(
            kind, raw, draw(marks_for(raw)), level=draw(st.integers(0, 3)),
            label=draw(st.sampled_from(["", "•", "3.", "12)", "python", "iv)"])),
            quoted=draw(st.sampled_from([0, 0, 0, 1, 2])),
        )  # fmt: skip
    text = made.text
    places = st.integers(0, len(text))
    spans = []
    for _ in range(draw(st.integers(0, 6))):
        start, end = sorted((draw(places), draw(places)))
        if start < end:
            spans.append((start, end))
    spans.sort()
    half = len(spans) // 2
    claims = [
        claim_view(n, annotation(text, [span], f"m{n}")) for n, span in enumerate(spans[: half + 1], start=1)
    ]
    notes = [annotation(text, [span], f"h{n}", note="See *this*") for n, span in enumerate(spans[half + 1 :])]
    return snapshot(made, claims, notes, title="Title")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(articles())
def test_the_article_is_shown_unchanged(article: ArticleSnapshot) -> None:
    content = render(article, ExportOptions()).content
    assert squeezed_tables(seen(content)) == squeezed_tables(expected(article))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(articles())
def test_the_essay_shows_every_block_in_order_between_its_boxes(article: ArticleSnapshot) -> None:
    shown = iter(squeezed_tables(seen(render(article, ExportOptions(style="essay")).content)))
    assert all(block in shown for block in squeezed_tables(expected(article)))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(articles())
def test_every_claim_is_referred_to_and_has_one_note(article: ArticleSnapshot) -> None:
    page = markdown.markdown(body_of(render(article, ExportOptions()).content), extensions=EXTENSIONS)
    for view in article.claims:
        assert page.count(f'href="#fn:c{view.number}"') == 1
        assert page.count(f'id="fn:c{view.number}"') == 1


def squeezed_tables(blocks: list[str]) -> list[str]:
    """Blocks as they count: white space at their edges is the business of the layout."""
    return [block.strip() for block in blocks if block.strip()]


@pytest.mark.parametrize(
    "words",
    [
        "1986. A great year", "- not a list", "+ nor this", "> not a quote", "# not a heading", "#hash",
        "a\n===", "a\n---", "[^1]: not a note", "[x]: http://a.example", "*[abbr]: x",
        "<b>bold</b> & <i>", "&amp; &copy; AT&T R&D;", "---", "a  \nb", "tail\\", "back\\\nslash",
        "a\n\n\nb", "a\tb", "C:\\temp\\*new*", "2 * 3 * 4", "a_b_c _d_ __e__", "`code` ``x``", "~~~",
        "~~gone~~", "x^2^ and H~2~O", "==mark==", "$5 and $6", "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "a | b\n--- | ---", "!\\[x](y)", "![x](y)", "שלום עולם *x*", "👩\u200d🚀 *x*", "zero\u200bwidth",
        "<script>alert(1)</script>", "<!-- gone -->", "<![CDATA[x]]>", "<?php x ?>", "{: #id }",
        "http://a.example/b_c*d*_e", "*", "**", "_", "`", "\\", "<", "&", "a <", "(1) one", "A. Smith",
        "@here", "-- and --- dashes",
    ],
)  # fmt: skip
def test_words_that_look_like_syntax_stay_words(words: str) -> None:
    article = snapshot(builder("Before.", words, "Behind."), title="T")
    assert seen(render(article, ExportOptions()).content)[1:] == expected(article)


def test_ordinary_prose_is_not_escaped() -> None:
    prose = "In 1986 (a good year!) it cost $5 – “not much”, e.g. 3.5 % of x_1; see a-b, C# and 4+5=9. A & B's #1: yes?"
    assert f"\n{prose}\n" in render(snapshot(builder(prose)), ExportOptions()).content


def test_five_thousand_brackets_are_shown_in_reasonable_time() -> None:
    article = snapshot(
        builder("[" * 5000, "![" * 2000, "*" * 5000, "`" * 5000, "<" * 5000, "\\" * 5000), title="T"
    )
    content = render(article, ExportOptions()).content
    began = time.perf_counter()
    assert seen(content)[1:] == expected(article)
    assert time.perf_counter() - began < 20


def test_an_open_mark_at_a_line_break_stays_in_its_paragraph() -> None:
    made = TextBuilder()
    made.add(
        BlockKind.PARAGRAPH,
        "one\ntwo\n\nthree",
        [Mark(MarkKind.EMPHASIS, 2, 8), Mark(MarkKind.STRONG, 5, 10)],
    )
    article = snapshot(made, title="T")
    assert seen(render(article, ExportOptions()).content)[1:] == ["one\ntwo\n\nthree"]
