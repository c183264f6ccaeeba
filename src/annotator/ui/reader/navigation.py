"""Where the reading keys lead in a text: paragraphs and sentences as offsets."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.article import Block
from annotator.domain.selectors import TextSpan
from annotator.domain.sentences import block_index, sentences_of


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
