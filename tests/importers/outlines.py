"""Articles in few words, for tests to compare block by block."""

from __future__ import annotations

import re

from annotator.domain.article import Block, BlockKind, ImportedArticle, MarkKind

LONG = "The council met on a wet Tuesday and spoke for two hours about trams that nobody had yet paid for."
_SHORT = {
    BlockKind.PARAGRAPH: "p", BlockKind.HEADING: "h", BlockKind.STANDFIRST: "standfirst", BlockKind.LIST_ITEM: "li",
    BlockKind.QUOTE: "q", BlockKind.CODE: "code", BlockKind.CELL: "cell", BlockKind.FIGURE: "figure",
    BlockKind.NOTE: "note", BlockKind.RULE: "rule",
}  # fmt: skip


def outline(article: ImportedArticle) -> list[str]:
    """One line for each block: "h2 Methods", "li1 • one", "q>li1 1. in a quote", "cell 0,1 x"; line ends are "⏎"."""
    return [_line(article, block) for block in article.blocks]


def _line(article: ImportedArticle, block: Block) -> str:
    text = article.text[block.start : block.end].replace("\n", "⏎")
    place = f"{block.row},{block.column}" if block.kind is BlockKind.CELL else ""
    kind = f"{'q>' * block.quoted}{_SHORT[block.kind]}{block.level or ''}"
    return " ".join(filter(None, (kind, block.label, place, text)))


def words(text: str) -> list[str]:
    """The words and numbers of `text`."""
    return re.findall(r"[^\W_]+", text)


def article_words(article: ImportedArticle) -> list[str]:
    """The words of the canonical text, without the numbers that refer to notes."""
    references = {
        place
        for block in article.blocks
        for mark in block.marks
        if mark.kind is MarkKind.NOTE_REF
        for place in range(mark.start, mark.end)
    }
    return words("".join(" " if place in references else sign for place, sign in enumerate(article.text)))


def texts(article: ImportedArticle) -> list[str]:
    """The text of each block."""
    return [article.text[block.start : block.end] for block in article.blocks]


def shape(article: ImportedArticle) -> list[tuple[BlockKind, int, str, str]]:
    """Kind, level, label and text of each block."""
    return [(b.kind, b.level, b.label, article.text[b.start : b.end]) for b in article.blocks]


def marked(article: ImportedArticle) -> list[tuple[MarkKind, str, str]]:
    """Kind, words and value of each mark."""
    return [
        (mark.kind, article.text[mark.start : mark.end], mark.value)
        for block in article.blocks
        for mark in block.marks
    ]
