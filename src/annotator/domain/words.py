"""Where words begin and end: what a selection snaps to, and the steps in which the ends of a passage move."""

from __future__ import annotations

import unicodedata

from annotator.domain.anchoring import trimmed
from annotator.domain.selectors import TextSpan

_JOINERS = frozenset("'’-\u2010\u2011.,:/@_")  # between two letters or figures they belong to the word
# Scripts that put no space between words: there each character stands for itself.
_UNSPACED = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip
_JOINER = "\u200d"  # makes one picture of several
_CLINGING = frozenset({"Mn", "Mc", "Me", "Cf"})  # what is one with the character before it


def snapped(text: str, span: TextSpan) -> TextSpan:
    """`span` widened to whole words, without white space at its edges."""
    start, end = trimmed(text, span)
    if start == end:
        return span
    while _is_one(text, start):
        start -= 1
    while _is_one(text, end):
        end += 1
    return TextSpan(start, end)


def end_step(text: str, end: int, step: int) -> int:
    """The next place behind `end` (1), or before it (-1), where a passage may end: behind a word, or behind the
    punctuation that follows one. `end` itself when there is none."""
    at = end + step
    while 0 < at <= len(text):
        if not text[at - 1].isspace() and not _is_one(text, at):
            return at
        at += step
    return end


def start_step(text: str, start: int, step: int) -> int:
    """As `end_step`, for the places where a passage may begin."""
    at = start + step
    while 0 <= at < len(text):
        if not text[at].isspace() and not _is_one(text, at):
            return at
        at += step
    return start


def count_words(text: str) -> int:
    """How many words there are in `text`."""
    return sum(_is_wordy(char) and not _is_one(text, at) for at, char in enumerate(text))


def _is_one(text: str, at: int) -> bool:
    """Whether what stands before and behind a place belongs together."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isspace() or after.isspace():
        return False
    if before == _JOINER or unicodedata.category(after) in _CLINGING:
        return True
    if _is_wordy(before) and _is_wordy(after):
        return not (_is_unspaced(before) or _is_unspaced(after))
    if before in _JOINERS and at > 1:
        return _is_wordy(text[at - 2]) and _is_wordy(after)
    if after in _JOINERS and at + 1 < len(text):
        return _is_wordy(before) and _is_wordy(text[at + 1])
    return not _is_wordy(before) and not _is_wordy(after)


def _is_wordy(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char) in _CLINGING


def _is_unspaced(char: str) -> bool:
    return char >= "\u0e00" and any(low <= ord(char) <= high for low, high in _UNSPACED)
