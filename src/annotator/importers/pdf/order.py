"""The reading order of a page: columns, tables and what spans them.

A recursive XY cut (G. Nagy and S. Seth, "Hierarchical representation of optically scanned documents", ICPR 1984), with
the gutter looked for first and only as far down as no line crosses it, so that titles, abstracts and notes over the
whole width part a page into bands, each with columns of its own (the white separators of T. Breuel, "Two geometric
algorithms for layout analysis", DAS 2002, on lines in place of connected components).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from annotator.importers.pdf.lines import Line, line_of
from annotator.importers.pdf.tables import Grid, grid_of, table_rows

_CANDIDATES = 12
_SMALL = 40  # lines of a region in which every edge is tried
_FEWEST = 3  # lines on the weaker side of a gutter
_STICKS_OUT = 3  # of an em: the farthest that a line reaches into the other column
_WORDS_OF_PROSE = 5  # of a line, in the middle
_MANY = 20  # lines of each column: one in ten of the left one may then narrow the gutter
_KEEP_TO_IT = 0.7  # of the left column's lines end before the gutter
_DEEPEST = 40
_MOST_LINES = 3000  # of a page; beyond that it is read from top to bottom


@dataclass(slots=True)
class Column:
    """Lines below each other, between two edges."""

    lines: list[Line]
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Gutter:
    first: int
    last: int
    at: float
    strength: tuple[int, float]


def in_reading_order(lines: Sequence[Line]) -> list[Column | Grid]:
    """The columns and tables of a page, in the order they are read."""
    ordered = sorted(lines, key=lambda line: (line.base, line.x0))
    if not ordered:
        return []
    rtl = sum(line.rtl for line in ordered) * 2 > len(ordered)
    if len(ordered) > _MOST_LINES:
        return [_column(ordered)]
    return _with_small_ones_joined(_read(ordered, rtl, 0))


def _read(lines: list[Line], rtl: bool, depth: int) -> list[Column | Grid]:
    gutter = _gutter_of(lines) if len(lines) > 3 and depth < _DEEPEST else None
    if gutter is None:
        return [_column(lines)] if lines else []
    above, band, below = (
        lines[: gutter.first],
        lines[gutter.first : gutter.last],
        lines[gutter.last :],
    )
    parts: list[Column | Grid] = _read(above, rtl, depth + 1)
    first, last = table_rows(band)
    grid = grid_of(band[first:last])
    if grid is not None:
        parts += _read(band[:first], rtl, depth + 1)
        parts.append(grid)
        parts += _read(band[last:], rtl, depth + 1)
    else:
        left = [line for line in band if (line.x0 + line.x1) / 2 < gutter.at]
        right = [line for line in band if (line.x0 + line.x1) / 2 >= gutter.at]
        for side in (right, left) if rtl else (left, right):
            parts += _read(side, rtl, depth + 1)
    return parts + _read(below, rtl, depth + 1)


def _gutter_of(lines: list[Line]) -> _Gutter | None:
    """The gutter with most lines on its weaker side, the wider one of two."""
    best: _Gutter | None = None
    for at in _candidates(lines):
        for first, last in _bands(lines, at):
            found = _tested(lines, first, last, at)
            if found and (best is None or found.strength > best.strength):
                best = found
    return best


def _bands(lines: list[Line], at: float) -> Iterator[tuple[int, int]]:
    """The ranges of rows that no line crosses at `at`; and those of prose that lines of the left column only reach
    into, while the right one has lines of its own beside them."""
    crossing = {place for place, line in enumerate(lines) if line.x0 < at - 1 and line.x1 > at + 1}
    yield from _between(lines, crossing)
    beside = {round(line.base) for line in lines if line.x0 >= at - 1}
    sticking_out = {
        place
        for place in crossing
        if lines[place].x1 < at + _STICKS_OUT * lines[place].size and round(lines[place].base) in beside
    }
    if sticking_out:
        for first, last in _between(lines, crossing - sticking_out):
            if median(len(line.words) for line in lines[first:last]) >= _WORDS_OF_PROSE:
                yield first, last


def _between(lines: list[Line], crossing: set[int]) -> Iterator[tuple[int, int]]:
    """The ranges of rows without the lines `crossing`."""
    first = 0
    for place in sorted(crossing):
        line = lines[place]
        if place < first:
            continue
        last = place
        while last > first and line.base - lines[last - 1].base < 0.3 * line.size:
            last -= 1
        if last > first:
            yield first, last
        first = place + 1
        while first < len(lines) and lines[first].base - line.base < 0.3 * line.size:
            first += 1
    if first < len(lines):
        yield first, len(lines)


def _candidates(lines: list[Line]) -> list[float]:
    """Places where several lines begin or end, the most frequent first."""
    begins = Counter(round(line.x0 / 3) for line in lines)
    ends = Counter(round(line.x1 / 3) for line in lines)
    few = len(lines) <= _SMALL  # lines centred in columns share no edges
    edges = Counter({key * 3 - 2.5: count for key, count in begins.items() if few or count > 1})
    edges.update({key * 3 + 2.5: count for key, count in ends.items() if few or count > 1})
    return [edge for edge, _ in edges.most_common(3 * _CANDIDATES if few else _CANDIDATES)]


def _tested(lines: list[Line], first: int, last: int, at: float) -> _Gutter | None:
    band = lines[first:last]
    left = [line for line in band if (line.x0 + line.x1) / 2 < at]
    right = [line for line in band if (line.x0 + line.x1) / 2 >= at]
    weaker = min(len(left), len(right))
    if weaker < _FEWEST:
        return None
    ends = sorted(line.x1 for line in left if line.x1 <= at + 1)
    if len(ends) < _KEEP_TO_IT * len(left):
        return None
    prose = weaker >= _MANY and median(len(line.words) for line in band) >= _WORDS_OF_PROSE
    width = min(line.x0 for line in right) - ends[-1 - len(ends) // 10 if prose else -1]
    size = min(left[0].size, right[0].size)
    if width < 0.6 * size or (width < 2.2 * size and weaker < 5 and len(lines) > 4 * weaker + 6):
        return None  # the latter are wide spaces of justified lines that happen to stand below each other
    high = max(left[0].base, right[0].base)
    low = min(left[-1].base, right[-1].base)
    if low - high < size:
        return None
    return _Gutter(first, last, at, (weaker, width))


def _column(lines: list[Line]) -> Column:
    """A column; what stands on one base line in it is one line."""
    rows: list[Line] = []
    for line in lines:
        if rows and abs(rows[-1].base - line.base) <= 0.25 * max(rows[-1].size, line.size):
            pair = (line, rows[-1]) if line.rtl and line.x0 > rows[-1].x0 else (rows[-1], line)
            rows[-1] = line_of([*pair[0].words, *pair[1].words])
        else:
            rows.append(line)
    return Column(rows, min(line.x0 for line in rows), max(line.x1 for line in rows))


def _with_small_ones_joined(parts: list[Column | Grid]) -> list[Column | Grid]:
    """Bands of one width that follow each other are one column: a line across the page in a table's foot, for one,
    has no edges of its own."""
    joined: list[Column | Grid] = []
    for part in parts:
        before = joined[-1] if joined else None
        if isinstance(part, Column) and isinstance(before, Column):
            size = median(line.size for line in part.lines)
            same = abs(before.left - part.left) < size and abs(before.right - part.right) < 2 * size
            if same and part.lines[0].base > before.lines[-1].base:
                before.lines += part.lines
                before.left, before.right = min(before.left, part.left), max(before.right, part.right)
                continue
        joined.append(part)
    return joined
