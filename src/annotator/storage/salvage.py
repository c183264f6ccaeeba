"""Saves what can be read of a damaged library file into a new one. The damaged file is never written to.

Each table is read in its own order, without its indexes. Where reading fails, the range of row numbers is halved until
what can be read is apart from what can't, so that a lost page costs its own rows and no others.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from annotator.errors import LibraryError
from annotator.storage.engine import DAMAGE, open_database
from annotator.storage.tables import metadata

_SMALLEST_ROW = (
    32  # bytes a row takes at least: a bound for row numbers where the file can't tell the highest
)
_LONGEST = 1000  # times its length that a copy is made longer: a damaged head may say anything
_TRIES = 200_000  # reads of one table, so that a file of nothing but errors comes to an end
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class SalvagedTable:
    """What became of one table. `lost` is None where the damage hides how many rows there were."""

    name: str
    saved: int
    lost: int | None


@dataclass(frozen=True, slots=True)
class Salvage:
    """What was saved into the new file, table by table."""

    path: Path
    tables: tuple[SalvagedTable, ...]

    @property
    def saved(self) -> int:
        """The number of rows saved."""
        return sum(table.saved for table in self.tables)


def salvage(damaged: Path, new: Path) -> Salvage:
    """Read `damaged` row by row into a new library file.

    Rows keep their content even where it is wrong: the check of the new library tells which.

    Raises:
        LibraryError: `new` exists or can't be written; or nothing can be read. There is no new file then.
    """
    if new.exists():
        raise LibraryError(
            f"“{new.name}” exists already.", kept="It was not changed.", todo="Choose another name."
        )
    if not damaged.is_file():
        raise LibraryError(f"There is no file “{damaged}”.", kept="Nothing was made.")
    try:
        try:
            tables = _salvage(damaged, new, new_head=False)
        except _Unreadable:
            tables = _salvage(damaged, new, new_head=True)
        if not any(table.saved for table in tables):
            raise LibraryError(
                f"Nothing can be read of “{damaged.name}”.",
                kept="It was not changed.",
                todo="Restore a backup.",
            )
    except BaseException:
        _remove(new)
        raise
    return Salvage(new, tuple(tables))


class _Unreadable(LibraryError):
    """Not one table was found: its head may be what is damaged."""


def _remove(new: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        new.with_name(new.name + suffix).unlink(missing_ok=True)


def _salvage(damaged: Path, new: Path, *, new_head: bool) -> list[SalvagedTable]:
    _remove(new)
    open_database(new).close()  # the tables, as this program makes them
    try:
        with (
            _reading(damaged, new if new_head else None) as source,
            closing(sqlite3.connect(new, isolation_level=None)) as target,
        ):
            target.execute("PRAGMA foreign_keys = OFF")
            target.execute("BEGIN")
            tables = [_copy(source, target, name) for name in metadata.tables]
            if not new_head and not any(table.saved for table in tables):
                raise _Unreadable("No table was found.")
            target.execute("COMMIT")
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return tables
    except (*DAMAGE, OSError) as error:
        if not new_head and isinstance(error, sqlite3.DatabaseError):
            raise _Unreadable("Its head can't be read.") from error
        raise LibraryError(
            f"“{damaged.name}” could not be salvaged: {error}.",
            kept="It was not changed.",
            todo="Restore a backup.",
        ) from error


@contextmanager
def _reading(damaged: Path, fresh: Path | None) -> Iterator[sqlite3.Connection]:
    """The damaged file, only to read: itself; or a copy where the log beside it, its length or its head need one.

    With `fresh`, a library without rows, the copy gets the pages of it that say where the tables begin: in all
    libraries that this version made they begin at the same places.
    """
    log = damaged.with_name(damaged.name + "-wal")
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        logged = log.exists() and log.stat().st_size > 0
        if logged or fresh is not None or _is_cut_off(damaged):
            # What was saved last is in the log, and reading a log changes the file.
            copy = Path(folder) / "copy"
            shutil.copyfile(damaged, copy)
            if logged and fresh is None:
                shutil.copyfile(log, copy.with_name("copy-wal"))
            _lengthen(copy, fresh)
            uri = f"{copy.as_uri()}?mode=rw"
        else:
            uri = f"{damaged.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.text_factory = _text
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            yield connection


def _is_cut_off(path: Path) -> bool:
    size, pages = _dimensions(path)
    return path.stat().st_size < size * pages


def _dimensions(path: Path) -> tuple[int, int]:
    """The size of a page and the number of pages, as the head of the file says."""
    with path.open("rb") as file:
        head = file.read(32)
    size = int.from_bytes(head[16:18], "big")
    return (65536 if size == 1 else size), int.from_bytes(head[28:32], "big")


def _lengthen(copy: Path, fresh: Path | None) -> None:
    """Make a copy as long as its head says, or the head fit the copy: SQLite reads nothing of a shorter file."""
    length = copy.stat().st_size
    with copy.open("r+b") as file:
        if fresh is not None:
            _transplant(fresh, file, length)
            return
        size, pages = _dimensions(copy)
        if length < size * pages <= length * _LONGEST:
            file.truncate(size * pages)


def _transplant(fresh: Path, file: BinaryIO, length: int) -> None:
    """Put the pages that describe the tables of a fresh library into a file of that length: the first over its first,
    the others behind its last, so that they cost no row."""
    size, _ = _dimensions(fresh)
    with fresh.open("rb") as source:
        first = bytearray(source.read(size))
        pages = max(1, -(-length // size))
        for place in _children(first):
            page = int.from_bytes(first[place : place + 4], "big")
            source.seek((page - 1) * size)
            file.seek(pages * size)
            file.write(source.read(size))
            pages += 1
            first[place : place + 4] = pages.to_bytes(4, "big")
        first[28:32] = pages.to_bytes(4, "big")
        file.seek(0)
        file.write(first)
    file.truncate(pages * size)


def _children(first: bytes | bytearray) -> list[int]:
    """Where the first page names those below it, if the description of the tables fills more than that.

    The layout is that of https://sqlite.org/fileformat2.html#b_tree_pages: behind the head of 100 bytes the kind of
    the page (5: it only leads to others), at 103 the number of cells, at 108 the last page, at 112 the cells' places.
    """
    if first[100] != 5:
        return []
    cells = (int.from_bytes(first[at : at + 2], "big") for at in range(112, 112 + 2 * first[104], 2))
    return [*cells, 108]


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "replace")


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, name: str) -> SalvagedTable:
    known = [column.name for column in metadata.tables[name].columns]
    try:
        there = {str(row[1]) for row in source.execute(f'PRAGMA table_info("{name}")')}
    except DAMAGE:
        there = set(known)  # the description of the table is damaged, its rows need not be
    columns = ", ".join(f'"{column}"' for column in known if column in there)
    if not columns:
        return SalvagedTable(name, 0, None)
    marks = ", ".join("?" for column in known if column in there)
    insert = f'INSERT OR IGNORE INTO "{name}" ({columns}) VALUES ({marks})'
    reader = _Reader(source, name, columns)
    saved = refused = 0
    for rows in reader.read():
        for row in rows:
            if _inserted(target, insert, row):
                saved += 1
            else:
                refused += 1
    if not reader.failed:
        return SalvagedTable(name, saved, refused)
    expected = reader.expected()
    return SalvagedTable(name, saved, None if expected is None else max(0, expected - saved))


def _inserted(target: sqlite3.Connection, insert: str, row: tuple[object, ...]) -> bool:
    try:
        return target.execute(insert, row).rowcount == 1
    except (sqlite3.IntegrityError, sqlite3.DataError):
        return False  # a value is missing or of a kind that the table can't hold


class _Reader:
    """Reads one table around its damage; `failed` tells whether there was any."""

    def __init__(self, connection: sqlite3.Connection, name: str, columns: str) -> None:
        self._connection = connection
        self._name = name
        self._range = f'SELECT rowid, {columns} FROM "{name}" NOT INDEXED WHERE rowid BETWEEN ? AND ?'
        self._one = f'SELECT rowid, {columns} FROM "{name}" NOT INDEXED WHERE rowid = ?'
        self._tries = _TRIES
        self.failed = False

    def read(self) -> Iterator[Rows]:
        """The rows that can be read, in batches."""
        highest = self._first(f'SELECT max(rowid) FROM "{self._name}" NOT INDEXED')
        if highest is None:
            index = f'"sqlite_autoindex_{self._name}_1"'  # of the primary key
            listed = f"SELECT rowid AS number FROM \"{self._name}\" INDEXED BY {index} WHERE id > ''"
            highest = self._first(f"SELECT max(number) FROM ({listed} LIMIT {self._most()})")
        if highest is None:
            highest = self._most() if self.failed else 0
        ranges = [(1, highest)]
        while ranges:
            low, high = ranges.pop()
            rows, stopped = self._between(low, high)
            if rows:
                yield [row[1:] for row in rows]
            if stopped is None or stopped >= high or self._tries <= 0:
                continue
            # `stopped` is the row number at which reading failed: it is given up, the rest is halved.
            low, middle = stopped + 1, (stopped + 1 + high) // 2
            ranges += [(middle, high), (low, middle - 1)] if middle > low else [(low, high)]

    def expected(self) -> int | None:
        """How many rows there were, from an index of the table; None where none can be read."""
        return self._first(f'SELECT count(*) FROM (SELECT 1 FROM "{self._name}" LIMIT {self._most()})')

    def _between(self, low: int, high: int) -> tuple[Rows, int | None]:
        """The rows up to the first error, and where that was."""
        rows: Rows = []
        self._tries -= 1
        try:
            for row in self._connection.execute(self._range, (low, high)):
                if rows and not row[0] > rows[-1][0]:  # a page that leads back to itself would never end
                    self.failed = True
                    return rows, rows[-1][0] + 1
                rows.append(row)
        except DAMAGE:
            self.failed = True
            stopped = rows[-1][0] + 1 if rows else low
            return rows + self._alone(stopped), stopped
        return rows, None

    def _alone(self, number: int) -> Rows:
        """One row: the driver looks one row ahead, so an error behind a row hides it."""
        try:
            return self._connection.execute(self._one, (number,)).fetchmany(1)
        except DAMAGE:
            return []

    def _first(self, query: str) -> int | None:
        try:
            found = self._connection.execute(query).fetchone()[0]
        except DAMAGE:
            self.failed = True
            return None
        return found if isinstance(found, int) else None

    def _most(self) -> int:
        """More rows than a file of this size can hold."""
        names = ("page_count", "page_size")
        count, size = (self._first(f"SELECT * FROM pragma_{name}") or 0 for name in names)
        return count * size // _SMALLEST_ROW
