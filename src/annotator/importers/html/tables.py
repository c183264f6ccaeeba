"""Tables of a page: which of them hold data, and their cells."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from annotator.domain.article import BlockKind, Mark
from annotator.importers.html.events import END, START, TEXT, Event
from annotator.importers.pieces import Piece

MAX_CELLS = 4000
_ROW = "table-row"  # the role of a paragraph that was the row of a table
_LONG_CELL = 1500  # characters; a cell with more is a part of a page, laid out with a table as in older days
_MAX_SPAN = 100
_HEADINGS = frozenset({"h1", "h2", "h3", "article", "section", "main"})


def layout_tables(events: Sequence[Event]) -> frozenset[int]:
    """The starts of tables that only lay out a page: of one column, with headings or long texts in their cells, or of
    one row that sets a program beside its line numbers."""
    found: set[int] = set()
    tables: list[_Shape] = []
    amounts = list(itertools.accumulate(len(e.value) if e.kind == TEXT else 0 for e in events))
    for index, event in enumerate(events):
        if event.kind == START and event.value == "table":
            tables.append(_Shape(index, plain=event.attributes.get("role") in ("presentation", "none")))
        elif not tables:
            continue
        elif event.kind == START and event.value == "tr":
            tables[-1].columns = 0
            tables[-1].rows += 1
        elif event.kind == START and event.value in ("td", "th"):
            tables[-1].columns += 1
            tables[-1].widest = max(tables[-1].widest, tables[-1].columns)
            tables[-1].cell = amounts[index]
        elif event.kind == END and event.value in ("td", "th"):
            tables[-1].plain = tables[-1].plain or amounts[index] - tables[-1].cell > _LONG_CELL
        elif event.kind == START and event.value in _HEADINGS:
            tables[-1].plain = True
        elif event.kind == START and event.value == "pre":
            tables[-1].holds_code = True
        elif event.kind == END and event.value == "table":
            shape = tables.pop()
            if shape.plain or shape.widest < 2 or (shape.holds_code and shape.rows < 2):
                found.add(shape.start)
    return frozenset(found)


@dataclass(slots=True)
class _Shape:
    start: int
    plain: bool
    rows: int = 0
    holds_code: bool = False
    columns: int = 0
    widest: int = 0
    cell: int = 0


@dataclass(slots=True)
class Table:
    """The cells of one table while it is read; `number` counts the tables of the text, `quoted` the quotes around it.
    Columns are counted with the spans of the cells before and above."""

    number: int
    quoted: int
    cells: list[Piece] = field(default_factory=list)
    row: int = -1
    in_head: bool = False
    _column: int = 0
    _from_above: dict[int, int] = field(default_factory=dict)
    _open: tuple[int, int, bool] | None = None  # row, column and whether it is a header
    _width: int = 1

    @property
    def in_cell(self) -> bool:
        """Whether text belongs to a cell now."""
        return self._open is not None

    def start_row(self) -> None:
        """A new row."""
        self.row += 1
        self._column = 0
        self._from_above = {column: rows - 1 for column, rows in self._from_above.items() if rows > 1}

    def start_cell(self, event: Event) -> None:
        """A new cell of the row."""
        if self.row < 0:
            self.start_row()
        while self._column in self._from_above:
            self._column += 1
        self._width = _span(event, "colspan")
        height = _span(event, "rowspan")
        if height > 1 and len(self.cells) < MAX_CELLS:
            for column in range(self._column, self._column + self._width):
                self._from_above[column] = height
        header = event.value == "th" or self.in_head
        self._open = (self.row, self._column, header)

    def end_cell(self, text: str, marks: tuple[Mark, ...], language: str = "", direction: str = "") -> None:
        """The cell is complete."""
        if self._open is not None:
            row, column, header = self._open
            self.cells.append(
                Piece(
                    kind=BlockKind.CELL,
                    text=text,
                    marks=marks,
                    quoted=self.quoted,
                    table=self.number,
                    row=row,
                    column=column,
                    header=header,
                    language=language,
                    direction=direction,
                )
            )
            self._column += self._width
            self._open = None

    def pieces(self) -> list[Piece]:
        """The cells as blocks; the rows as paragraphs when there are too many cells to lay out."""
        if not any(cell.text.strip() for cell in self.cells):
            return []
        return laid_out(self.cells)


def laid_out(cells: list[Piece]) -> list[Piece]:
    """The cells of one table; its rows as paragraphs when there are too many to lay out."""
    if len(cells) <= MAX_CELLS:
        return cells
    return [_row_as_text(list(row)) for _, row in itertools.groupby(cells, key=lambda cell: cell.row)]


def told_of_tables(pieces: Iterable[Piece]) -> tuple[str, ...]:
    """What to say of tables whose rows became paragraphs."""
    if not any(piece.role == _ROW for piece in pieces):
        return ()
    return (f"A table has more than {MAX_CELLS:,} cells. Each of its rows was read as a paragraph.",)


def _span(event: Event, name: str) -> int:
    value = event.attributes.get(name, "1")[:6]
    return min(max(int(value), 1), _MAX_SPAN) if value.isdecimal() else 1


def _row_as_text(row: list[Piece]) -> Piece:
    text = " | ".join(cell.text for cell in row)
    first = row[0]
    return Piece(
        kind=BlockKind.PARAGRAPH,
        text=text,
        marks=tuple(_moved_marks(row)),
        quoted=first.quoted,
        role=_ROW,
        page=first.page,
        language=first.language,
        direction=first.direction,
    )


def _moved_marks(row: list[Piece]) -> Iterator[Mark]:
    start = 0
    for cell in row:
        for mark in cell.marks:
            yield mark._replace(start=mark.start + start, end=mark.end + start)
        start += len(cell.text) + 3
