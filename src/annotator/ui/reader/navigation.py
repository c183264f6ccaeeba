"""Where the reading keys lead in a text: paragraphs and sentences as offsets."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.article import Block, BlockKind, Mark, MarkKind
from annotator.domain.selectors import TextSpan
from annotator.domain.sentences import block_index, sentences_of

_PARAGRAPHS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.CODE})
_INLINE = frozenset({MarkKind.LINK, MarkKind.NOTE_REF})


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


def inline_at(blocks: Sequence[Block], offset: int) -> Mark | None:
    """The link or the figure of a note at `offset`; a figure also just before it. At least one block."""
    marks = inline_near(blocks, offset)
    exact = (mark for mark in marks if mark.start <= offset < mark.end)
    behind = (mark for mark in marks if mark.kind is MarkKind.NOTE_REF and mark.end == offset)
    return next(exact, None) or next(behind, None)


def inline_near(blocks: Sequence[Block], offset: int) -> list[Mark]:
    """The links and figures of notes around `offset`, those at which it ends too."""
    marks = blocks[block_index(blocks, offset)].marks
    return [mark for mark in marks if mark.kind in _INLINE and mark.start <= offset <= mark.end]
