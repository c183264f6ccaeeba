"""Sentences, words and paragraphs as ranges of a canonical text."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from annotator.domain.article import Block, BlockKind, MarkKind
from annotator.domain.selectors import TextSpan

_WORD = re.compile(r"\w+(?:[’'\-\u2010\u2011.,:/]\w+)*", re.UNICODE)
# Full stops that syntok doesn't know, with the quotes and brackets that close behind them; those of Chinese and
# Japanese need no space after them.
_STOP = re.compile(r"[。！？｡]+[」』）”’»)]*(?![、，とのは」』）])|[؟۔।॥]+[”’»)]*(?=\s)")
_WHOLE = (BlockKind.CODE, BlockKind.CELL, BlockKind.HEADING)


def block_index(blocks: Sequence[Block], offset: int) -> int:
    """The index of the block that holds `offset`; the separator behind a block belongs to it. At least one block."""
    return max(0, bisect.bisect_right(blocks, offset, key=lambda block: block.start) - 1)


def sentences_of(text: str, block: Block) -> list[TextSpan]:
    """The sentences of a block, without the space around them. Code, cells and headings are one sentence each.

    Splitting is syntok's (https://pypi.org/project/syntok/), which knows abbreviations, initials and decimal numbers;
    the full stops of scripts that it leaves together are added. The figure of a footnote belongs to the
    sentence before it.
    """
    if block.start == block.end:
        return []
    if block.kind in _WHOLE:
        return [TextSpan(block.start, block.end)]
    from syntok import segmenter  # noqa: PLC0415 - not needed to open an article

    piece = text[block.start : block.end]
    figures = [
        (mark.start - block.start, mark.end - block.start)
        for mark in block.marks
        if mark.kind is MarkKind.NOTE_REF
    ]
    blanked = _blanked(piece, figures)
    found = {
        *(
            sentence[0].offset
            for paragraph in segmenter.process(blanked)
            for sentence in paragraph
            if sentence
        ),
        *(stop.end() for stop in _STOP.finditer(blanked)),
    }
    starts = sorted({next((end for start, end in figures if start <= at < end), at) for at in found})
    starts[:1] = [0]
    spans: list[TextSpan] = []
    for begin, end in zip(starts, [*starts[1:], len(piece)], strict=True):
        sentence = piece[begin:end].strip()
        if sentence:
            start = block.start + piece.index(sentence, begin)
            spans.append(TextSpan(start, start + len(sentence)))
    return spans or [TextSpan(block.start, block.end)]


def _blanked(piece: str, figures: Sequence[tuple[int, int]]) -> str:
    """`piece`, as long as it was, in which no figure of a footnote hides where a sentence ends."""
    for start, end in figures:
        # Behind a word it becomes a part of the word, so that a full stop after it still follows a word.
        filler = "x" if piece[:start][-1:].isalnum() else " "
        piece = piece[:start] + filler * (end - start) + piece[end:]
    return piece


def prepare() -> None:
    """Load what splitting needs (a seventh of a second), so that the first time is as quick as the next."""
    from syntok import segmenter  # noqa: PLC0415 - as above

    list(segmenter.process("One. Two."))


def sentence_at(text: str, blocks: Sequence[Block], offset: int) -> TextSpan:
    """The sentence that holds `offset`; between two sentences the one before."""
    spans = sentences_of(text, blocks[block_index(blocks, offset)])
    if not spans:
        return TextSpan(offset, offset)
    return spans[max(0, bisect.bisect_right([span.start for span in spans], offset) - 1)]


def word_at(text: str, blocks: Sequence[Block], offset: int) -> TextSpan:
    """The word at `offset`, else the next one in the block, else an empty span there."""
    block = blocks[block_index(blocks, offset)]
    for match in _WORD.finditer(text, block.start, block.end):
        if match.end() > offset:
            return TextSpan(match.start(), match.end())
    return TextSpan(offset, offset)


def widen(text: str, blocks: Sequence[Block], span: TextSpan, *, from_word: bool = False) -> TextSpan:
    """The next larger unit around `span`: word, sentence, paragraph.

    An empty span becomes its sentence, the unit that is marked most often; with `from_word` its word.
    """
    block = blocks[block_index(blocks, span.start)]
    whole = TextSpan(block.start, block.end)
    first = sentence_at(text, blocks, span.start)
    last = sentence_at(text, blocks, max(span.start, span.end - 1))
    sentence = TextSpan(first.start, max(first.end, last.end))
    steps = [word_at(text, blocks, span.start)] if from_word else []
    for wider in (*steps, sentence, whole):
        if wider.start <= span.start and wider.end >= span.end and wider != span and wider.start < wider.end:
            return wider
    return span


def narrower(text: str, blocks: Sequence[Block], span: TextSpan, origin: int) -> TextSpan:
    """The next smaller unit within `span` at `origin`, a place in it: sentence, word, else nothing but the place."""
    for smaller in (sentence_at(text, blocks, origin), word_at(text, blocks, origin)):
        if span.start <= smaller.start < smaller.end <= span.end and smaller != span:
            return smaller
    return TextSpan(origin, origin)


def whole_sentences(text: str, blocks: Sequence[Block], span: TextSpan) -> int:
    """How many sentences `span` is made of; 0 when it cuts one, or holds none."""
    count = 0
    first, last = block_index(blocks, span.start), block_index(blocks, max(span.start, span.end - 1))
    for block in blocks[first : last + 1]:
        for start, end in sentences_of(text, block):
            if span.start <= start and end <= span.end:
                count += 1
            elif start < span.end and end > span.start:
                return 0
    return count
