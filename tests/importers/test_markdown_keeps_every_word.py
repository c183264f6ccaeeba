"""No text of a Markdown file is ever lost: every word outside of syntax, comments and attributes is in the canonical
text, in order; those of notes follow at the end."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.importers.markdown_texts import TEXTS
from tests.importers.outlines import article_words, words

from annotator.domain.article import BlockKind, clean_text
from annotator.importers.base import ImportHints
from annotator.importers.markdown.importer import IMPORTER


@dataclass
class Document:
    """Markdown that was put together, and the words of its text and of its notes."""

    text: str
    words: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def test_there_are_texts_enough() -> None:
    assert len(TEXTS) >= 25


@pytest.mark.parametrize("name", TEXTS)
def test_every_word_of_a_text_is_kept_in_order(name: str) -> None:
    text, expected = TEXTS[name]
    assert article_words(IMPORTER.read(text.encode(), ImportHints("text.md"))) == words(expected)


WORD = st.text(st.characters(categories=("L", "Nd")), min_size=1, max_size=6).filter(
    lambda word: words(clean_text(word)) == [word]
)
PLAIN = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


@st.composite
def inlines(draw: st.DrawFn, depth: int = 2) -> Document:
    """Words of a paragraph with marks around some of them."""
    parts: list[Document] = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(("plain", "code", "link", "wiki", "math", "comment", "note", "around")))
        plain = draw(PLAIN)
        if kind == "around" and depth:
            inner = draw(inlines(depth - 1))
            before, after = draw(
                st.sampled_from(
                    (("**", "**"), ("<em>", "</em>"), ("==", "=="), ("~~", "~~"), ("<b>", "</b>"))
                )
            )
            parts.append(Document(f"{before}{inner.text}{after}", inner.words, inner.notes))
        elif kind == "comment":
            parts.append(Document(f"<!-- {plain} -->"))
        elif kind == "note" and depth == 2:
            parts.append(Document(f"x^[{plain}]", ["x"], words(plain)))
        else:
            forms = {
                "code": f"`{plain}`", "link": f'[{plain}](https://x.example/y "title")', "math": f"${plain}$",
                "wiki": f"[[target|{plain}]]",
            }  # fmt: skip
            parts.append(Document(forms.get(kind, plain), words(plain)))
    return Document(
        "w " + " ".join(part.text for part in parts) + " w",
        ["w", *(word for part in parts for word in part.words), "w"],
        [word for part in parts for word in part.notes],
    )


@st.composite
def blocks(draw: st.DrawFn, depth: int = 3) -> Document:
    """Blocks below each other, with others in lists and quotes."""
    parts: list[Document] = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(
            st.sampled_from(
                (
                    "p",
                    "h",
                    "setext",
                    "code",
                    "table",
                    "definition",
                    "html",
                    "quote",
                    "list",
                    "task",
                    "callout",
                )
            )
        )
        inline = draw(inlines())
        plain = draw(PLAIN)
        if kind in ("quote", "list", "task", "callout") and depth:
            parts.append(around(kind, draw(blocks(depth - 1)), inline))
        elif kind == "h":
            parts.append(
                Document(
                    f"{'#' * draw(st.integers(1, 6))} {inline.text} {{#id .c}}", inline.words, inline.notes
                )
            )
        elif kind == "setext":
            parts.append(Document(f"{inline.text}\n-----", inline.words, inline.notes))
        elif kind == "code":
            fence = draw(st.sampled_from(("```", "~~~~")))
            parts.append(Document(f"{fence}python\n{plain}\n\n  # {plain}\n{fence}", words(plain) * 2))
        elif kind == "table":
            parts.append(
                Document(
                    f"| {plain} | h |\n|:--|---|\n| a | {plain} | c |",
                    [*words(plain), "h", "a", *words(plain), "c"],
                )
            )
        elif kind == "definition":
            parts.append(Document(f"{plain}\n: {inline.text}", words(plain) + inline.words, inline.notes))
        elif kind == "html":
            parts.append(Document(f"<div class='x'>\n{plain}\n</div>", words(plain)))
        else:
            parts.append(inline)
    return Document(
        "\n\n".join(part.text for part in parts),
        [word for part in parts for word in part.words],
        [word for part in parts for word in part.notes],
    )


def around(kind: str, inner: Document, inline: Document) -> Document:
    """`inner` in a quote or list item that begins with `inline`."""
    begin, more = {
        "quote": ("> ", "> "),
        "callout": ("> [!tip] ", "> "),
        "list": ("- ", "  "),
        "task": ("- [ ] ", "  "),
    }[kind]
    lines = [begin + inline.text, more.rstrip(), *((more + line).rstrip() for line in inner.text.split("\n"))]
    return Document("\n".join(lines), inline.words + inner.words, inline.notes + inner.notes)


@settings(max_examples=40, deadline=None)
@given(blocks())
def test_every_word_of_any_nesting_is_kept_in_order(document: Document) -> None:
    article = IMPORTER.read(document.text.encode(), ImportHints("text.md"))
    assert not any("plain text" in warning for warning in article.warnings)
    found = article_words(article)
    assert found[: len(document.words)] == document.words
    assert sorted(found[len(document.words) :]) == sorted(document.notes)
    assert bool(document.notes) == any(block.kind is BlockKind.NOTE for block in article.blocks)


SIGNS = (
    "*", "**", "_", "`", "``", "~~", "==", "^", " ", "  ", "\n", "\n\n", "\n- ", "\n  - ", "\n1. ", "\n    ", "\n> ", "\n> > ",
    "\n# ", "\n---\n", "\n===\n", "|", "\n|--|--|\n", "\n```\n", "\n~~~\n", "$", "$$", "\n$$\n", "!", "[", "]", "(", ")", "]]",
    "^[", "\\", "\\\n", "< ", "<b>", "</b>", "\n<div>\n", "\n</div>\n", "&", "&amp;", "{", "}", ": ", "\n: ", "\n!!! x\n    ", "[^1]",
    "\n:::\n", "'", '"', "\t", "\n\t", "@", "#", "<title>", "<select>",
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from((*SIGNS, *("word",) * 30)), min_size=2, max_size=40))
def test_every_word_between_any_signs_is_kept(parts: list[str]) -> None:
    """Signs at random. Where they happen to make an address of a link, its words aren't text."""
    count = 0
    text = ""
    for part in parts:
        count += part == "word"
        text += f"q{count}q" if part == "word" else part
    if (
        "](" in text
        or "]:" in text
        or "[[" in text
        or "```" in text
        or "~~~" in text
        or "|q" in text
        or not count
    ):
        return
    article = IMPORTER.read(f"{text}\n\nq0q".encode(), ImportHints("text.md"))
    for number in range(count + 1):
        assert article.text.count(f"q{number}q") + sum(b.label == f"q{number}q" for b in article.blocks) >= 1
