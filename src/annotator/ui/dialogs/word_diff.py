"""Two versions of a text as one, with the words that went and the words that came."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import groupby

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_PAIRS = 40_000  # of equal words in both versions: comparing takes time that grows with them
_ALIKE = 0.35  # texts with less in common are told one after the other
_CONTEXT = 12  # pieces kept beside a change, spaces and signs counted
_LONGEST = 4000  # characters of one piece that are shown; nobody reads on there

_Word = tuple[str, str]  # a word or sign, and the space behind it


class Mark(Enum):
    """What happened to a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"
    GAP = "gap"  # unchanged words that are left out


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that shares one fate. A gap has no text."""

    mark: Mark
    text: str = ""


def compare(before: str, after: str) -> list[Piece]:
    """How `before` became `after`; long stretches that stayed are left out, too long pieces are cut with "…"."""
    old, new = _split(before), _split(after)
    head, tail = _common_ends(old, new)
    middle, other = old[head : len(old) - tail], new[head : len(new) - tail]
    names, others = [word for word, _ in middle], [word for word, _ in other]
    changes: Sequence[tuple[str, int, int, int, int]] = [("replace", 0, len(middle), 0, len(other))]
    if _pairs(names, others) <= _MOST_PAIRS:
        changes = SequenceMatcher(None, names, others, autojunk=False).get_opcodes()
    kept = head + tail + sum(last - first for how, first, last, _, _ in changes if how == "equal")
    if 2 * kept < _ALIKE * (len(old) + len(new)) or not before or not after:
        return [*_whole(Mark.REMOVED, before), *_whole(Mark.ADDED, after)]
    pieces = [Piece(Mark.KEPT, _text(old[:head]))]
    for how, first, last, start, end in changes:
        if how == "equal":
            pieces += _same_words(middle[first:last], other[start:end])
        else:
            pieces.append(Piece(Mark.REMOVED, _text(middle[first:last])))
            pieces.append(Piece(Mark.ADDED, _text(other[start:end])))
    pieces.append(Piece(Mark.KEPT, _text(old[len(old) - tail :])))
    return _shortened(_joined(pieces))


def shorten(text: str) -> str:
    """At most as much of a text as is shown at once, with "…" where it is cut."""
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _split(text: str) -> list[_Word]:
    """The words and signs of a text, each with the space behind it; a space at the beginning is one of its own."""
    found: list[_Word] = []
    for piece in _WORDS.findall(text):
        if piece.isspace() and found:
            found[-1] = (found[-1][0], found[-1][1] + piece)
        else:
            found.append(("", piece) if piece.isspace() else (piece, ""))
    return found


def _text(words: list[_Word]) -> str:
    return "".join(word + space for word, space in words)


def _whole(mark: Mark, text: str) -> list[Piece]:
    return [Piece(mark, shorten(text))] if text else []


def _common_ends(old: list[_Word], new: list[_Word]) -> tuple[int, int]:
    """How many words both begin with, and how many of the others both end with."""
    shorter = min(len(old), len(new))
    head = tail = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


def _pairs(old: list[str], new: list[str]) -> int:
    counts, others = Counter(old), Counter(new)
    return sum(count * others[word] for word, count in counts.items())


def _same_words(old: list[_Word], new: list[_Word]) -> list[Piece]:
    """Words that stayed; the spaces behind them may differ."""
    pieces: list[Piece] = []
    for (word, space), (_, other) in zip(old, new, strict=True):
        pieces.append(Piece(Mark.KEPT, word + (space if space == other else "")))
        if space != other:
            pieces += [Piece(Mark.REMOVED, space), Piece(Mark.ADDED, other)]
    return pieces


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one mark as one; a space that both sides of a change end with stays out of it."""
    found: list[Piece] = []
    space = ""
    for kept, group in groupby(
        (piece for piece in pieces if piece.text), key=lambda one: one.mark is Mark.KEPT
    ):
        run = list(group)
        if kept:
            found.append(Piece(Mark.KEPT, space + "".join(piece.text for piece in run)))
            space = ""
            continue
        removed, added = (
            "".join(piece.text for piece in run if piece.mark is mark) for mark in (Mark.REMOVED, Mark.ADDED)
        )
        space = _common_space(removed, added)
        found += _whole(Mark.REMOVED, removed.removesuffix(space))
        found += _whole(Mark.ADDED, added.removesuffix(space))
    return [*found, Piece(Mark.KEPT, space)] if space else found


def _common_space(one: str, other: str) -> str:
    """The space that both end with."""
    most = min(len(one) - len(one.rstrip()), len(other) - len(other.rstrip()))
    while most and one[len(one) - most :] != other[len(other) - most :]:
        most -= 1
    return one[len(one) - most :]


def _shortened(pieces: list[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for place, piece in enumerate(pieces):
        words = _WORDS.findall(piece.text) if piece.mark is Mark.KEPT else []
        first, last = place == 0, place == len(pieces) - 1
        if len(words) <= 2 * _CONTEXT + 10 or len(pieces) == 1:
            found.append(Piece(piece.mark, shorten(piece.text)))
            continue
        if not first:
            found.append(Piece(Mark.KEPT, shorten("".join(words[:_CONTEXT]))))
        found.append(Piece(Mark.GAP))
        if not last:
            found.append(Piece(Mark.KEPT, shorten("".join(words[-_CONTEXT:]))))
    return found
