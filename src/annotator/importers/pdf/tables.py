"""Tables of a PDF: rows of short cells that stand in the same columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from annotator.importers.pdf.lines import Line

_FEW_WORDS = 3.5  # of a cell, in the middle: prose in columns has more
_PAIRED = 0.6  # of the rows have several cells
_MANY, _SOME_NUMBERS = 5, 0.2  # rows; share of the cells: with fewer of both it is no table beyond doubt
_NUMBER = re.compile(r"[^\w]*\d[\d.,:/%\s–-]*[^\w]*")


@dataclass(slots=True)
class Grid:
    """A table: its rows, each with the lines of every column."""

    rows: list[list[list[Line]]]
    header: bool
    page: int = 0

    @property
    def lines(self) -> list[Line]:
        """All lines of it."""
        return [line for row in self.rows for cell in row for line in cell]


def grid_of(lines: Sequence[Line]) -> Grid | None:
    """The table that `lines` are beyond doubt, else None."""
    rows = _rows(lines)
    several = [row for row in rows if len(row) > 1]
    if len(several) < 2 or len(several) < _PAIRED * len(rows):
        return None
    if median(len(line.words) for row in several for line in row) > _FEW_WORDS:
        return None
    if any("@" in line.text for line in lines):
        return None  # authors beside each other, with their addresses
    columns = _columns(several)
    if len(columns) < 2 or (len(columns) == 2 and len(several) < 3):
        return None
    grid: list[list[list[Line]]] = []
    before: list[Line] = []
    for row in rows:
        cells: list[list[Line]] = [[] for _ in columns]
        for line in row:
            cells[_column_at(columns, line)].append(line)
        if grid and _continues(row, cells, before, grid):
            for place, cell in enumerate(cells):
                grid[-1][place] += cell
        else:
            grid.append(cells)
        before = row
    if not _is_regular(grid):
        return None
    header = _has_header(grid)
    if len(grid) < _MANY and not header and _numbers(grid[1:]) < _SOME_NUMBERS:
        return None
    return Grid(grid, header)


def _is_regular(grid: Sequence[list[list[Line]]]) -> bool:
    """Whether most rows have several cells, and no column is prose."""
    paired = sum(sum(map(bool, row)) > 1 for row in grid)
    if paired < _PAIRED * len(grid):
        return False
    columns = [[line for row in grid for line in row[n]] for n in range(len(grid[0]))]
    return all(median(len(line.words) for line in column) <= 2 * _FEW_WORDS for column in columns if column)


def table_rows(lines: Sequence[Line]) -> tuple[int, int]:
    """From where to where `lines` have more than one cell to a row: a title above a table is none of it."""
    rows = _rows(lines)
    several = [n for n, row in enumerate(rows) if len(row) > 1]
    if not several:
        return 0, len(lines)
    first = sum(len(row) for row in rows[: several[0]])
    last = several[-1]
    while last + 1 < len(rows) and _is_near(rows[last], rows[last + 1]):
        last += 1
    return first, sum(len(row) for row in rows[: last + 1])


def _is_near(row: Sequence[Line], following: Sequence[Line]) -> bool:
    """Whether the next line of a cell follows `row`, not one of the first column."""
    close = following[0].base - row[0].base < 1.3 * following[0].size
    return close and following[0].x0 > row[0].x1


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(rows[-1][0].base - line.base) <= 0.3 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.x0)
    return rows


def _columns(rows: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """The columns: what cells cover of the width, as far as white goes through from the first row to the last."""
    covered: list[list[float]] = []
    for line in sorted((line for row in rows for line in row), key=lambda line: line.x0):
        if covered and line.x0 < covered[-1][1] + 0.3 * line.size:
            covered[-1][1] = max(covered[-1][1], line.x1)
        else:
            covered.append([line.x0, line.x1])
    return [(x0, x1) for x0, x1 in covered]


def _column_at(columns: Sequence[tuple[float, float]], line: Line) -> int:
    middle = (line.x0 + line.x1) / 2
    return min(range(len(columns)), key=lambda n: abs((columns[n][0] + columns[n][1]) / 2 - middle))


def _continues(
    row: Sequence[Line], cells: Sequence[list[Line]], before: Sequence[Line], grid: Sequence[list[list[Line]]]
) -> bool:
    """Whether `row` is only the next line of cells above it."""
    close = row[0].base - before[0].base < 1.3 * max(line.size for line in row)
    return close and not cells[0] and len(row) < len(cells) and any(grid[-1])


def _has_header(grid: Sequence[list[list[Line]]]) -> bool:
    first, rest = grid[0], grid[1:]
    if all(line.bold for cell in first for line in cell) and not all(
        line.bold for row in rest for cell in row for line in cell
    ):
        return True
    return _numbers([first]) == 0 and _numbers(rest) * 3 >= 1


def _numbers(rows: Sequence[list[list[Line]]]) -> float:
    """The share of lines that are numbers."""
    lines = [line for row in rows for cell in row for line in cell]
    return sum(bool(_NUMBER.fullmatch(line.text)) for line in lines) / max(1, len(lines))
