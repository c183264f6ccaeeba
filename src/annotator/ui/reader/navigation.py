"""Where the reading keys lead in a text: paragraphs and sentences as offsets."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.article import Block, BlockKind, MarkKind
from annotator.domain.selectors import TextSpan
from annotator.domain.sentences import block_index, sentences_of

_PARAGRAPHS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.CODE})


def paragraph_step(blocks: Sequence[Block], offset: int, step: int) -> int:
    """The start of the next (`step` 1) or previous (-1) block with text in it.

    Backwards, a place inside a paragraph leads to the start of that paragraph first.
    """
    index = block_index(blocks, offset)
    if step < 0 and offset > blocks[index].start:
        return blocks[index].start
    index += step
    while 0 < index < len(blocks) - 1 and blocks[index].start == blocks[index].end:
        index += step
    return blocks[min(max(index, 0), len(blocks) - 1)].start


def sentence_step(text: str, blocks: Sequence[Block], offset: int, step: int) -> TextSpan:
    """The next (`step` 1) or previous (-1) sentence: previous is the current one while `offset` is inside it."""
    index = block_index(blocks, offset)
    while 0 <= index < len(blocks):
        spans = sentences_of(text, blocks[index])
        fitting = [span for span in spans if (span.start > offset if step > 0 else span.start < offset)]
        if fitting:
            return fitting[0] if step > 0 else fitting[-1]
        index += step
    return TextSpan(offset, offset)


def paragraph_starts(blocks: Sequence[Block]) -> list[int]:
    """Where the paragraphs begin, the first one having number 1: nothing of the header, no
    headings, cells, pictures, rules or notes."""
    return [block.start for block in blocks if block.kind in _PARAGRAPHS and block.start < block.end]


def address_at(blocks: Sequence[Block], offset: int) -> str:
    """Where the link at `offset` leads, or "" where there is none. At least one block."""
    marks = blocks[block_index(blocks, offset)].marks
    return next((m.value for m in marks if m.kind is MarkKind.LINK and m.start <= offset < m.end), "")
