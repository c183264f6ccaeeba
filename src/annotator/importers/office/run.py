"""Text and tables of word processors while they are read: each run of characters says all its looks anew."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace

from annotator.domain.article import MAX_BLOCK, BlockKind, Mark, MarkKind
from annotator.importers.html.tables import Table
from annotator.importers.pieces import Piece

Look = tuple[MarkKind, str]
PLAIN: frozenset[Look] = frozenset()
INDENTED = "indented"  # the role of a paragraph that was moved in by hand, as quotes are
TABLE_HEADING = "table-heading"  # the role of a paragraph whose style is the one for heads of tables
_LONG_CELL = 1500  # characters; a cell with more is a part of the page, laid out with a table
_LAYOUT_HEADING = 3  # a heading of at most this level in a cell says the same


class StyledRun:
    """Collects the text of one paragraph; runs with a look in common share its mark."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._marks: list[Mark] = []
        self._open: dict[Look, int] = {}
        self.length = 0
        self.has_ink = False

    def add(self, text: str, looks: Set[Look] = PLAIN) -> None:
        """Append text as it stands."""
        if not text:
            return
        if self._open.keys() != looks:
            for look in [look for look in self._open if look not in looks]:
                self._close(look)
            for look in looks:
                self._open.setdefault(look, self.length)
        self._parts.append(text)
        self.length += len(text)
        self.has_ink = self.has_ink or not text.isspace()

    def add_marked(
        self, kind: MarkKind, text: str, value: str, looks: Set[Look] = PLAIN, picture: str = ""
    ) -> None:
        """Append text under a mark of its own, beside its looks."""
        start = self.length
        self.add(text, looks)
        self._marks.append(Mark(kind, start, self.length, value, picture))

    def take(self) -> tuple[str, tuple[Mark, ...]]:
        """The text and marks so far; the run is empty afterwards."""
        for look in list(self._open):
            self._close(look)
        text = "".join(self._parts)
        inked = (mark for mark in self._marks if not text[mark.start : mark.end].isspace())
        marks = tuple(sorted(inked, key=lambda mark: (mark.start, -mark.end, mark.kind)))
        self._parts, self._marks, self.length, self.has_ink = [], [], 0, False
        return text, marks

    def _close(self, look: Look) -> None:
        start = self._open.pop(look)
        if start < self.length:
            self._marks.append(Mark(look[0], start, self.length, look[1]))


def is_wholly_strong(piece: Piece) -> bool:
    """Whether every letter of a piece is bold."""
    done = 0
    for mark in sorted((m for m in piece.marks if m.kind is MarkKind.STRONG), key=lambda mark: mark.start):
        if piece.text[done : mark.start].strip():
            return False
        done = max(done, mark.end)
    return bool(piece.text.strip()) and not piece.text[done:].strip()


def add_code(pieces: list[Piece], line: Piece) -> None:
    """Append a line of code; lines that follow each other are one block, up to the length of a block."""
    last = pieces[-1] if pieces else None
    if last is not None and last.kind is BlockKind.CODE and len(last.text) < MAX_BLOCK:
        pieces[-1] = replace(last, text=f"{last.text}\n{line.text}")
    elif line.text.strip():
        pieces.append(replace(line, marks=()))


@dataclass(slots=True)
class Cell:
    """A cell and the blocks in it."""

    row: int
    column: int
    header: bool = False
    pieces: list[Piece] = field(default_factory=list)


def table_pieces(cells: Sequence[Cell], number: int) -> list[Piece]:
    """The blocks of table `number`. A table of one column, or with headings or long texts in its cells, only lays out
    a page: its blocks are blocks like others."""
    columns = {cell.column for cell in cells if any(piece.text.strip() for piece in cell.pieces)}
    if len(columns) < 2 or any(_lays_out(cell) for cell in cells):
        return [piece for cell in cells for piece in cell.pieces]
    table = Table(number, 0)
    for cell in cells:
        text, marks = _joined(cell.pieces)
        form = Piece(kind=BlockKind.CELL, table=number, row=cell.row, column=cell.column, header=cell.header)
        page = next((piece.page for piece in cell.pieces if piece.page), "")
        language = next((piece.language for piece in cell.pieces if piece.language), "")
        table.cells.append(replace(form, text=text, marks=marks, page=page, language=language))
    return table.pieces()


def first_row_stands_out(cells: Sequence[Cell]) -> bool:
    """Whether the first row alone is bold, as heads of tables are."""
    first = [piece for cell in cells if cell.row == 0 for piece in cell.pieces]
    others = [piece for cell in cells if cell.row > 0 for piece in cell.pieces]
    return bool(first and others) and all(map(_stands_out, first)) and not all(map(_stands_out, others))


def _stands_out(piece: Piece) -> bool:
    return piece.role == TABLE_HEADING or is_wholly_strong(piece)


def _lays_out(cell: Cell) -> bool:
    titled = any(p.kind is BlockKind.HEADING and p.level <= _LAYOUT_HEADING for p in cell.pieces)
    return titled or sum(len(piece.text) for piece in cell.pieces) > _LONG_CELL


def _joined(pieces: Sequence[Piece]) -> tuple[str, tuple[Mark, ...]]:
    """The blocks of a cell as lines of one text, items with their markers."""
    text = ""
    marks: list[Mark] = []
    before: Piece | None = None
    for piece in pieces:
        inner, shift = _stripped(piece)
        if not inner:
            continue
        together = before is not None and BlockKind.CELL is before.kind is piece.kind
        same_row = together and before is not None and (before.table, before.row) == (piece.table, piece.row)
        text += ("" if before is None else " " if same_row else "\n") + (
            f"{piece.label} " if piece.kind is BlockKind.LIST_ITEM and piece.label else ""
        )
        for mark in piece.marks:
            start, end = max(mark.start - shift, 0), min(mark.end - shift, len(inner))
            if start < end:
                marks.append(mark._replace(start=start + len(text), end=end + len(text)))
        text += inner
        before = piece
    return text, tuple(marks)


def _stripped(piece: Piece) -> tuple[str, int]:
    """A piece's text without space at its edges, and how much went in front. A TAB would look like a cell's end."""
    return piece.text.strip().replace("\t", " "), len(piece.text) - len(piece.text.lstrip())
