"""The sources of the library as a table model."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.ui.sources import words
from annotator.ui.sources.row_model import RowModel
from annotator.ui.sources.values import SourceRow

TITLE, AUTHOR, TYPE, YEAR, USED = range(5)


class SourcesModel(RowModel[SourceRow]):
    """One row per source, found by title, author, year, type and publisher."""

    def set_sources(self, rows: tuple[SourceRow, ...]) -> None:
        """Show these sources."""
        self.set_rows(rows)

    def key(self, row: SourceRow) -> str:
        return str(row.source.id)

    def titles(self) -> Sequence[str]:
        return (
            self.tr("Title"),
            self.tr("Author or body"),
            self.tr("Type"),
            self.tr("Year"),
            self.tr("Used"),
        )

    def search_text(self, row: SourceRow) -> str:
        source = row.source
        more = (words.publisher(source), words.container(source), words.type_label(source.csl_type))
        return " ".join((source.title, *source.authors, source.year, *more))

    def cell(self, row: SourceRow, column: int) -> str:
        source = row.source
        match column:
            case 0:
                return source.title
            case 1:
                return words.who(source)
            case 2:
                return words.type_label(source.csl_type)
            case 3:
                return source.year
        return str(row.used) if row.used else self.tr("unused")

    def spoken(self, row: SourceRow, column: int) -> str:
        if column:
            return f"{self.titles()[column]}: {self.cell(row, column) or self.tr('not given')}"
        used = self.tr("used once") if row.used == 1 else self.tr("used %n times", "", row.used)
        parts = (
            *(self.cell(row, part) for part in (AUTHOR, TYPE, YEAR)),
            used if row.used else self.tr("unused"),
        )
        return f"{row.source.title}. " + ", ".join(part for part in parts if part) + "."

    def sort_value(self, row: SourceRow, column: int) -> str | float:
        return row.used if column == USED else self.cell(row, column)
