"""Words of a page to lines: runs of words on one base line, with list markers and drop caps in place."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from annotator.importers.pdf.words import Word

MARKER = re.compile(
    r"[•◦‣▪●○■□–—*·►➢✓-]|\uf0b7|\uf0a7|\(?\d{1,3}[.)]|\(\d{1,3}\)|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)]|\d{1,2}(?:\.\d{1,2}){1,4}\.?"
)
_JOINS, _SPLITS = 0.6, 1.4  # of an em: a gap that is surely inside of a line, one that surely is not
_NARROWEST = 5  # points: a gutter
_MOST_CAPS = 20  # on a page
_DROP = 1.9  # a drop cap is that much larger than its text


@dataclass(slots=True)
class Line:
    """Words on one base line, in the order they are read."""

    words: list[Word]
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    bold: bool = False
    italic: bool = False
    rtl: bool = False

    @property
    def text(self) -> str:
        """The words with spaces between them."""
        parts: list[str] = []
        for word in self.words:
            parts.append(word.text if word.glued or not parts else f" {word.text}")
        return "".join(parts)


def line_of(words: list[Word]) -> Line:
    """A line with its measures, its words in reading order."""
    sizes: Counter[float] = Counter()
    letters = right_to_left = 0
    for word in words:
        count = len(word.text)
        sizes[word.size] += count
        letters += count
        right_to_left += count if is_rtl(word.text) else 0
    size = max(sizes, key=lambda s: (sizes[s], s))
    rtl = right_to_left * 2 > letters
    if not rtl and right_to_left == 0:
        words = sorted(words, key=lambda word: word.x0)
    bold = any(word.style.bold for word in words) and all(
        word.style.bold or not any(map(str.isalnum, word.text)) for word in words
    )
    base = next(word.base for word in words if word.size == size)
    for word in words:
        off = base - word.base
        word.raised = 0
        if word.size < size * 0.88:
            word.raised = 1 if off > size * 0.12 else -1 if off < -size * 0.08 else 0
    return Line(
        words,
        min(word.x0 for word in words),
        max(word.x1 for word in words),
        min(word.top for word in words),
        max(word.bottom for word in words),
        base,
        size,
        bold,
        all(word.style.italic for word in words),
        rtl,
    )


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


def _gutters(words: Sequence[Word]) -> list[tuple[float, float]]:
    """Strips that go down the page between words, and that few lines cross: narrow gutters are no wider than spaces."""
    rows = len({round(word.base / 2) for word in words})
    if rows < 12:
        return []
    width = min(int(max(word.x1 for word in words)) + 2, 5000)
    steps = [0] * (width + 2)
    for word in words:
        steps[min(max(0, int(word.x0)), width)] += 1
        steps[min(max(0, int(word.x1) + 1), width)] -= 1
    found: list[tuple[float, float]] = []
    covered = start = 0
    open_strip = False
    for x, step in enumerate(steps):
        covered += step
        free = covered <= 0.2 * rows
        if free and not open_strip:
            start, open_strip = x, True
        elif not free and open_strip:
            open_strip = False
            if x - start >= _NARROWEST and start > 0:
                found.append((float(start), float(x)))
    return found


def _parted(left: float, right: float, gutters: Sequence[tuple[float, float]]) -> bool:
    """Whether a gap from `left` to `right` is one of the gutters, or ends where a column begins: a line may be longer
    than its column."""
    return any((left <= low + 2 and right >= high - 2) or -2 <= right - high <= 1.5 for low, high in gutters)


def _runs(words: Iterable[Word], gutters: Sequence[tuple[float, float]]) -> list[list[Word]]:
    runs: list[list[Word]] = []
    x0 = x1 = base = size = 0.0
    for word in words:
        largest = max(size, word.size)
        gap = max(word.x0 - x1, x0 - word.x1)
        off = abs(word.base - base)
        level = off <= 0.2 * largest or (off <= 0.6 * largest and not 0.88 < word.size / (size or 1) < 1.14)
        near = -0.5 * largest < gap <= _SPLITS * min(largest, 1.5 * min(size, word.size))
        if runs and level and near and not (gap > 4 and _parted(x1, word.x0, gutters)):
            runs[-1].append(word)
            x0, x1 = min(x0, word.x0), max(x1, word.x1)
            if word.size > size:
                base, size = word.base, word.size
        else:
            runs.append([word])
            word.glued = False
            x0, x1, base, size = word.x0, word.x1, word.base, word.size
    return runs


def _merged(lines: list[Line], gutters: Sequence[tuple[float, float]]) -> list[Line]:
    """Join lines whose edges nearly touch on one base line, and small raised runs to what they stand at."""
    lines.sort(key=lambda line: (round(line.base), line.x0))
    kept: list[Line] = []
    for line in lines:
        partner = next(
            (n for n in range(len(kept) - 1, max(-1, len(kept) - 12), -1) if _touch(kept[n], line, gutters)),
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


def _touch(one: Line, other: Line, gutters: Sequence[tuple[float, float]]) -> bool:
    off = abs(one.base - other.base)
    if off > 0.6 * one.size and off > 0.6 * other.size:
        return False
    largest, smallest = max(one.size, other.size), min(one.size, other.size)
    gap = max(other.x0 - one.x1, one.x0 - other.x1)
    if gap > 4 and _parted(min(one.x1, other.x1), max(one.x0, other.x0), gutters):
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
            and cap.top - line.size <= line.base <= cap.base + 0.3 * line.size
        ]
        if len(beside) < 2:
            continue
        first = min(beside, key=lambda line: line.base)
        letter = cap.words[0]
        letter.size, letter.base, letter.top, letter.bottom = first.size, first.base, first.top, first.bottom
        rest = first.words[0].text
        first.words[0].glued = bool(rest[:1].islower() or (rest.isupper() and len(rest) > 1))
        lines.remove(cap)
        first.words.insert(0, letter)
        for line in beside:
            line.x0 = min(cap.x0, line.x0)  # the edge of the column, not of the hole in it
    return lines
