"""Footnotes: from a figure in the text to its note and back."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.article import Block, BlockKind, Mark, MarkKind
from annotator.domain.sentences import block_index


def note_of(blocks: Sequence[Block], reference: Mark) -> Block | None:
    """The note that a figure is about: the next one with its label, else the last one before it. Chapters may count
    their notes anew."""
    here = block_index(blocks, reference.start)
    ways = (range(here + 1, len(blocks)), range(here, -1, -1))
    found = (blocks[i] for way in ways for i in way if _is_note(blocks[i], reference.value))
    return next(found, None)


def note_at(blocks: Sequence[Block], offset: int) -> Block | None:
    """The note that holds `offset`, from its first paragraph on."""
    index = block_index(blocks, offset)
    while blocks[index].kind is BlockKind.NOTE:
        if blocks[index].label:
            return blocks[index]
        index -= 1
    return None


def reference_to(blocks: Sequence[Block], note: Block) -> Mark | None:
    """The figure in the text that is about a note: the last one before it, else the first one."""
    marks = [
        mark
        for block in blocks
        for mark in block.marks
        if mark.kind is MarkKind.NOTE_REF and mark.value == note.label and block != note
    ]
    before = [mark for mark in marks if mark.start < note.start]
    return before[-1] if before else next(iter(marks), None)


def words_of_note(text: str, blocks: Sequence[Block], note: Block) -> str:
    """The words of a note with those of its further paragraphs."""
    index = block_index(blocks, note.start)
    end = index + 1
    while end < len(blocks) and blocks[end].kind is BlockKind.NOTE and not blocks[end].label:
        end += 1
    return "\n".join(text[block.start : block.end] for block in blocks[index:end])


def _is_note(block: Block, label: str) -> bool:
    return block.kind is BlockKind.NOTE and block.label == label
