"""Words of a page to lines: runs of words on one base line, with list markers and drop caps in place."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from annotator.importers.pdf.words import Word

MARKER = re.compile(
    r"[•◦‣▪●○■□–—*·►➢✓-]|\uf0b7|\uf0a7|\(?\d{1,3}[.)]|\(\d{1,3}\)|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)]|\d{1,2}(?:\.\d{1,2}){1,4}\.?"
)
_JOINS, _SPLITS = 0.6, 1.4  # of an em: a gap that is surely inside of a line, one that surely is not
_NARROWEST, _NARROWEST_SHARP = 5, 2  # points: a gutter; one at whose right edge many lines begin
_SHARP = 0.4  # of the rows
_LEADERS = 0.3  # of the words: the dots of a table of contents, which stand below each other
_SPACE = 4  # points: what is wider may be a gutter wherever it ends
_MOST_CAPS = 20  # on a page
_DROP = 1.9  # a drop cap is that much larger than its text


@dataclass(slots=True)
class Line:
    """Words on one base line, in the order they are read."""

    words: list[Word]
    x0: float
    x1: float
    base: float
    size: float
    bold: bool = False
    italic: bool = False
    rtl: bool = False
    _text: str = ""

    @property
    def text(self) -> str:
        """The words with spaces between them; they don't change any more once this was asked."""
        if not self._text:
            spaced = [word.text if word.glued else f" {word.text}" for word in self.words]
            spaced[0] = self.words[0].text
            self._text = "".join(spaced)
        return self._text


class _Gutter(NamedTuple):
    """A strip between columns; `sharp` are the points at which most lines of the right one begin, if they do so."""

    left: float
    right: float
    sharp: frozenset[int]


def line_of(words: list[Word]) -> Line:
    """A line with its measures, its words in reading order."""
    sizes: dict[float, int] = {}
    letters = right_to_left = 0
    for word in words:
        count = len(word.text)
        sizes[word.size] = sizes.get(word.size, 0) + count
        letters += count
        if not word.text.isascii() and is_rtl(word.text):
            right_to_left += count
        word.raised = 0
    size = max(sizes, key=lambda s: (sizes[s], s)) if len(sizes) > 1 else words[0].size
    rtl = right_to_left * 2 > letters
    if not rtl and right_to_left == 0:
        words = sorted(words, key=_left)
    styles = {word.style for word in words}
    base = words[0].base
    if len(sizes) > 1:
        base = next(word.base for word in words if word.size == size)
        for word in words:
            off = base - word.base
            if word.size < size * 0.88:
                word.raised = 1 if off > size * 0.12 else -1 if off < -size * 0.08 else 0
    return Line(
        words,
        min(word.x0 for word in words) if right_to_left else words[0].x0,
        max([word.x1 for word in words]),
        base,
        size,
        any(style.bold for style in styles) and _is_bold(words),
        all(style.italic for style in styles),
        rtl,
    )


_left = attrgetter("x0")


def _is_bold(words: Iterable[Word]) -> bool:
    """Whether all words are bold, signs aside."""
    return all(word.style.bold or not any(map(str.isalnum, word.text)) for word in words)


def is_rtl(text: str) -> bool:
    """Whether the first letter of `text` is read from the right."""
    for character in text:
        if character < "\u0590":
            if character.isalpha():
                return False
            continue
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False


def lines_of(words: Iterable[Word]) -> list[Line]:
    """The lines of a page. Words that follow each other in the file are parted by wide gaps only, others joined over
    narrow ones only: so the gutter of columns holds even where spaces are wide."""
    words = list(words)
    gutters = _gutters(words)
    runs = _runs(words, gutters)
    lines = _merged([line_of(run) for run in runs], gutters)
    return _with_drop_caps(_with_markers(lines))


def _gutters(words: Sequence[Word]) -> list[_Gutter]:
    """Strips that go down the page between words, and that few lines cross: narrow gutters are no wider than spaces."""
    rows = len({round(base / 2) for base in {word.base for word in words}})
    if rows < 12 or [word.text for word in words].count(".") > _LEADERS * len(words):
        return []
    width = min(int(max([word.x1 for word in words])) + 2, 5000)
    steps = [0] * (width + 2)
    begins: Counter[int] = Counter()
    for word in words:
        left, right = int(word.x0), int(word.x1) + 1
        begins[left] += 1
        steps[min(left, width) if left > 0 else 0] += 1
        steps[min(right, width) if right > 0 else 0] -= 1
    found: list[_Gutter] = []
    covered = start = 0
    open_strip = False
    for x, step in enumerate(steps):
        covered += step
        free = covered <= 0.2 * rows
        if free and not open_strip:
            start, open_strip = x, True
        elif not free and open_strip:
            open_strip = False
            often = {point for point in (x, x + 1) if begins[point] > 0.1 * rows}
            sharp = frozenset(often if sum(begins[point] for point in often) > _SHARP * rows else ())
            if x - start >= (_NARROWEST_SHARP if sharp else _NARROWEST) and start > 0:
                found.append(_Gutter(float(start), float(x), sharp))
    return found


def _parted(left: float, right: float, gutters: Sequence[_Gutter]) -> bool:
    """Whether a gap from `left` to `right` is one of the gutters, or ends where a column begins: a line may be longer
    than its column, and reach into the next one."""
    if right - left <= _SPACE:
        return any(int(right) in sharp for _, _, sharp in gutters)
    return any(
        (left <= low + 2 and right >= high - 2) or -2 <= right - high <= 1.5 for low, high, _ in gutters
    )


def _runs(words: Iterable[Word], gutters: Sequence[_Gutter]) -> list[list[Word]]:
    runs: list[list[Word]] = []
    x0 = x1 = base = size = 0.0
    sharp = frozenset[int]().union(*(gutter.sharp for gutter in gutters))
    for word in words:
        gap = word.x0 - x1
        if (
            word.base == base and word.size == size and 0 <= gap <= _SPACE and gap <= _SPLITS * size
            and int(word.x0) not in sharp
        ):  # fmt: skip
            runs[-1].append(word)  # the next word of a line, as nearly all are
            x1 = max(x1, word.x1)
            continue
        largest = max(size, word.size)
        gap = max(gap, x0 - word.x1)
        off = abs(word.base - base)
        level = off <= 0.2 * largest or (off <= 0.6 * largest and not 0.88 < word.size / (size or 1) < 1.14)
        near = -0.5 * largest < gap <= _SPLITS * min(largest, 1.5 * min(size, word.size))
        if runs and level and near and not (gutters and _parted(x1, word.x0, gutters)):
            runs[-1].append(word)
            x0, x1 = min(x0, word.x0), max(x1, word.x1)
            if word.size > size:
                base, size = word.base, word.size
        else:
            runs.append([word])
            word.glued = False
            x0, x1, base, size = word.x0, word.x1, word.base, word.size
    return runs


def _merged(lines: list[Line], gutters: Sequence[_Gutter]) -> list[Line]:
    """Join lines whose edges nearly touch on one base line, and small raised runs to what they stand at."""
    lines.sort(key=lambda line: (round(line.base), line.x0))
    kept: list[Line] = []
    farthest = 0.6 * max((line.size for line in lines), default=0.0)
    for line in lines:
        near = range(len(kept) - 1, max(-1, len(kept) - 12), -1)
        partner = next(
            (n for n in near if abs(kept[n].base - line.base) <= farthest and _touch(kept[n], line, gutters)),
            -1,
        )
        if partner < 0:
            kept.append(line)
            continue
        other = kept.pop(partner)
        first, second = (other, line) if other.x0 <= line.x0 or other.rtl else (line, other)
        gap = max(second.x0 - first.x1, first.x0 - second.x1)
        second.words[0].glued = gap < 0.12 * max(line.size, other.size)
        kept.append(line_of([*first.words, *second.words]))
    return kept


def _touch(one: Line, other: Line, gutters: Sequence[_Gutter]) -> bool:
    off = abs(one.base - other.base)
    if off > 0.6 * one.size and off > 0.6 * other.size:
        return False
    largest, smallest = max(one.size, other.size), min(one.size, other.size)
    gap = max(other.x0 - one.x1, one.x0 - other.x1)
    if gutters and _parted(min(one.x1, other.x1), max(one.x0, other.x0), gutters):
        return False
    if smallest < largest * 0.88:
        return off <= 0.6 * largest and -0.2 * largest < gap < 0.25 * largest and largest < 2 * smallest
    return off <= 0.15 * largest and -0.5 * largest < gap < _JOINS * largest


def _with_markers(lines: list[Line]) -> list[Line]:
    """Join the marker of a list item, or the number of a heading, to its text over the gap between them."""
    lines.sort(key=lambda line: (line.base, line.x0))
    used: set[int] = set()
    joined: dict[int, Line] = {}
    for place, line in enumerate(lines):
        if place in used or len(line.words) != 1 or not MARKER.fullmatch(line.words[0].text):
            continue
        near = range(max(0, place - 4), min(len(lines), place + 5))
        follows = [n for n in near if n != place and n not in used and _is_item(line, lines[n])]
        if follows:
            item = min(follows, key=lambda n: _gap(line, lines[n]))
            used |= {place, item}
            joined[place] = line_of([*line.words, *lines[item].words])
    return [joined.get(n, line) for n, line in enumerate(lines) if n in joined or n not in used]


def _gap(marker: Line, item: Line) -> float:
    return marker.x0 - item.x1 if item.rtl else item.x0 - marker.x1


def _is_item(marker: Line, item: Line) -> bool:
    largest = max(marker.size, item.size)
    level = abs(marker.base - item.base) <= 0.25 * largest
    return level and 0 <= _gap(marker, item) <= 3.2 * largest and any(map(str.isalpha, item.words[0].text))


def _with_drop_caps(lines: list[Line]) -> list[Line]:
    """Put a large first letter at the beginning of the line it belongs to."""
    if not lines:
        return lines
    usual = median(line.size for line in lines)
    caps = [line for line in lines if len(line.words) == 1 and len(line.words[0].text) <= 2]
    caps = [line for line in caps if line.size > _DROP * usual][:_MOST_CAPS]
    for cap in caps:
        if not cap.words[0].text[0].isalpha():
            continue
        beside = [
            line
            for line in lines
            if line.size * _DROP < cap.size
            and -0.4 * cap.size <= line.x0 - cap.x1 < 1.2 * line.size
            and cap.words[0].top - line.size <= line.base <= cap.base + 0.3 * line.size
        ]
        if len(beside) < 2:
            continue
        first = min(beside, key=lambda line: line.base)
        letter = cap.words[0]
        letter.size, letter.base = first.size, first.base
        rest = first.words[0].text
        first.words[0].glued = bool(rest[:1].islower() or (rest.isupper() and len(rest) > 1))
        lines.remove(cap)
        first.words.insert(0, letter)
        for line in beside:
            line.x0 = min(cap.x0, line.x0)  # the edge of the column, not of the hole in it
    return lines
