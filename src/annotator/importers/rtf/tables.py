"""Tables of RTF, which are rows that follow each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotator.importers.office.run import Cell, first_row_stands_out, table_pieces
from annotator.importers.pieces import Piece

_NEAR = 60  # twentieths of a point; edges of cells that are nearer to each other are one
_MAX_ROWS, _MAX_CELLS = 20_000, 200


@dataclass(slots=True)
class _CellForm:
    edge: int
    continues: bool  # whether it is only the rest of a cell above or before it


@dataclass(slots=True)
class Row:
    """How a row is laid out, and its cells."""

    forms: list[_CellForm] = field(default_factory=list)
    left: int = 0
    header: bool = False
    cells: list[list[Piece]] = field(default_factory=list)
    _continues: bool = False

    def set_layout(self, name: str, number: int | None) -> bool:
        """A control word about rows; whether it is one."""
        if name == "trowd":
            self.forms, self.left, self.header, self._continues = [], 0, False, False
        elif name == "trhdr":
            self.header = True
        elif name == "trleft":
            self.left = number or 0
        elif name in ("clvmrg", "clmrg"):
            self._continues = True
        elif name == "cellx":
            if len(self.forms) < _MAX_CELLS:
                self.forms.append(_CellForm(number or 0, self._continues))
            self._continues = False
        else:
            return False
        return True


@dataclass(slots=True)
class Table:
    """Rows of one table."""

    rows: list[Row] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Whether it has as many rows as a table may have."""
        return len(self.rows) >= _MAX_ROWS

    def pieces(self, number: int) -> list[Piece]:
        """The blocks of the table."""
        cells: list[Cell] = []
        regular = len({len(row.cells) for row in self.rows}) == 1
        columns = [] if regular else self._columns()
        for place, row in enumerate(self.rows):
            left = row.left
            for index, pieces in enumerate(row.cells):
                form = row.forms[index] if index < len(row.forms) else None
                column = index if regular else max(index, sum(edge < left - _NEAR for edge in columns))
                left = form.edge if form else left
                if form is None or not form.continues or pieces:
                    cells.append(Cell(place, column, row.header, pieces))
        if not any(cell.header for cell in cells) and first_row_stands_out(cells):
            for cell in cells:
                cell.header = cell.row == 0
        return table_pieces(cells, number)

    def _columns(self) -> list[int]:
        """The left edges of the columns, from all rows."""
        edges = sorted(
            {row.left for row in self.rows} | {form.edge for row in self.rows for form in row.forms}
        )
        kept: list[int] = []
        for edge in edges[:400]:
            if not kept or edge - kept[-1] > _NEAR:
                kept.append(edge)
        return kept
