"""Joining two edits of one text that were made at the same time."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_MOST = 4_000  # words of a text; comparing longer ones would take too long for a dialog


class _Hunk(NamedTuple):
    """Words `start` to `end` (exclusive) of the base become others."""

    start: int
    end: int
    words: tuple[str, ...]


def merged(base: str, mine: str, theirs: str) -> str | None:
    """Both edits of `base` in one text; None where they touch the same words, or the texts are too long to compare.

    The three-way merge of diff3 (S. Khanna, K. Kunal and B. C. Pierce, “A Formal Investigation of Diff3”, 2007), by
    words and with stricter borders: changes that stand side by side without an unchanged word between contradict each
    other.
    """
    words = _WORDS.findall(base)
    if max(len(words), len(_WORDS.findall(mine)), len(_WORDS.findall(theirs))) > _MOST:
        return None
    hunks = sorted({*_hunks(words, mine), *_hunks(words, theirs)})
    for one, other in pairwise(hunks):
        if other.start <= one.end:
            return None
    result: list[str] = []
    at = 0
    for hunk in hunks:
        result += (*words[at : hunk.start], *hunk.words)
        at = hunk.end
    return "".join((*result, *words[at:]))


def _hunks(base: list[str], text: str) -> set[_Hunk]:
    words = _WORDS.findall(text)
    matcher = SequenceMatcher(None, base, words, autojunk=False)
    return {
        _Hunk(start, end, tuple(words[low:high]))
        for tag, start, end, low, high in matcher.get_opcodes()
        if tag != "equal"
    }
