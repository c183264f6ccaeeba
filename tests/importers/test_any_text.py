"""Whatever stands in a file: blocks, marks and quotes of the article that comes of it are in their places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.anchoring import describe
from annotator.domain.article import ImportedArticle, clean_text
from annotator.domain.selectors import TextSpan
from annotator.errors import InvalidValue, UnreadableFile
from annotator.importers.base import ImportHints, importer_for
from annotator.importers.process.replies import check_blocks

_BITS = st.sampled_from(
    [
        "👨‍👩‍👧", "🇩🇪", "é", "e\u0301", "\u0301", "\u200d", "\u202e", "\u2066", "\r\n", "\r", "\0", "\ufeff", "\ufffe", "\u2028",
        "\u00a0", "שלום", "日本", "ﬁ", "\U0001d160", "\u0344", "\t", " ", "\n", "\n\n", "**", "*", "_", "`", "[", "](", ")", "![",
        "[^1]", "[^1]: ", "> ", "- ", "1. ", "# ", "|", "|-|-|", "```", "~~", "---", "<b>", "</b>", "<p>", "<table><tr><td>",
        "</td>", "<li>", "<sup><a href=#n>1</a></sup>", "<p id=n>", "<img alt=x>", "<br>", "&#xD800;", "&amp;", "<a href='http://e/'>",
        "</a>", "<pre>", "<!--", "-->", "<h2>", "word", "A sentence. ", "By Ann Lee",
    ]
)  # fmt: skip
_TEXTS = st.lists(_BITS | st.text(max_size=6), min_size=1, max_size=40).map("".join)
_NAMES = st.sampled_from(["a.html", "a.md", "a.txt"])


def _check(name: str, text: str, start: int, length: int) -> None:
    data = text.encode("utf-8", "surrogatepass")
    hints = ImportHints(name)
    try:
        article = importer_for(name, data).read(data, hints)
    except UnreadableFile:
        return
    check_blocks(article.text, article.blocks)
    assert clean_text(article.text) == article.text
    _check_quote(article, start, length)


def _check_quote(article: ImportedArticle, start: int, length: int) -> None:
    at = start % len(article.text)
    try:
        segment = describe(article.text, TextSpan(at, min(at + length, len(article.text))))
    except InvalidValue:
        return  # only white space
    assert segment.exact == article.text[segment.start : segment.end]


@given(name=_NAMES, text=_TEXTS, start=st.integers(0, 500), length=st.integers(1, 60))
def test_any_text_gives_blocks_marks_and_quotes_that_fit(
    name: str, text: str, start: int, length: int
) -> None:
    _check(name, text, start, length)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@settings(max_examples=5000)
@given(name=_NAMES, text=_TEXTS, start=st.integers(0, 500), length=st.integers(1, 60))
def test_any_of_thousands_of_texts_does(name: str, text: str, start: int, length: int) -> None:
    _check(name, text, start, length)
