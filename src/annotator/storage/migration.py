"""Brings a library of an older schema up to date: as a whole and proved to hold what it held, or not at all.

All of it is one transaction, the number of the schema too. Before it is committed, every row that was there is compared
with what it was, so that a mistake in a step can't cost anything.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import StaticPool, create_engine

from annotator.errors import DamagedFile, LibraryError, UserError
from annotator.storage import migrations, probe
from annotator.storage.engine import APPLICATION_ID, SCHEMA_VERSION
from annotator.storage.migrations import Step

_WAIT_SECONDS = 2.0  # for somebody else to be done with the file
_IN_USE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_SALVAGE = "“annotator check --salvage NEW” saves what can be read into a library of this version."
# References are off, as a table that a step makes anew would take the rows along that refer to it; SQLite ignores the
# setting inside a transaction. The rest is as for every connection that writes.
_PRAGMAS = {
    "foreign_keys": 0,
    "synchronous": 2,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
}
# What no step may change, whatever it says.
_JOURNAL = frozenset({"edit", "change"})
_CONTENT = {"article_text": ("id", "text", "sha256"), "attachment": ("id", "data", "sha256")}

BackUp = Callable[[sqlite3.Connection], object]


class _Rows(NamedTuple):
    """What a table held: the number of its rows, and the sum of their SHA-256, which no order changes."""

    number: int
    digest: int


class _Mistake(Exception):
    """A step did what it must not do."""


def is_due(path: Path) -> bool:
    """Whether a file is a library of an older schema that can be written to. Of what can't be read that isn't known:
    opening it will tell.

    Raises:
        LibraryError: another program is just now bringing it up to date.
    """
    path = path.absolute()
    if not os.path.isfile(path) or path.stat().st_size == 0 or probe.protection(path):
        return False
    try:
        with closing(sqlite3.connect(probe.address(path), uri=True, timeout=_WAIT_SECONDS)) as connection:
            return _is_old(connection)
    except probe.DAMAGE as error:
        if probe.primary_code(error) in _IN_USE:
            raise _in_use(path.name) from error
        return False


def migrate(path: Path, *, back_up: BackUp, name: str = "") -> bool:
    """Bring a library up to date, if it is of an older schema; whether it was.

    `back_up` is given the open file first, as a connection nobody else shares; unless it raises, what the file held
    then is safe elsewhere. `name` is what messages call the library, the file's own when not given.

    Raises:
        DamagedFile: it is damaged.
        LibraryError: it is in use, can't be backed up, or a step failed. The library is as it was.
    """
    name = name or path.name
    try:
        with _open_alone(path) as connection:
            if not _is_old(connection):
                return False  # somebody else was faster
            back_up(connection)
            _run(connection)
            return True
    except DamagedFile as error:
        raise DamagedFile(error.what, kept=error.kept, todo=error.todo or _SALVAGE) from error
    except UserError:
        raise
    except Exception as error:  # a mistake in a step must not cost a library either
        if probe.primary_code(error) in _IN_USE:
            raise _in_use(name) from error
        cause = getattr(error, "orig", error)  # SQLAlchemy wraps the driver's error
        raise LibraryError(
            f"“{name}” is of an older version of annotator, and could not be brought up to date: {cause}.",
            kept="It is as it was, and the older version still opens it.",
            todo="Check that the disk works and has room, then open it again.",
        ) from error


@contextmanager
def _open_alone(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a file that nobody else has open, nor can open until it is closed."""
    address = f"{path.absolute().as_uri()}?mode=rw"
    with closing(
        sqlite3.connect(address, uri=True, isolation_level=None, timeout=_WAIT_SECONDS)
    ) as connection:
        # In this mode a log is for one connection alone, so that anybody else's stands in the way; what is locked once
        # stays so. A process killed here leaves nothing to undo.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode != "wal":
            raise _Mistake(f"the disk does not support write-ahead logging (it says “{mode}”)")
        for pragma, value in _PRAGMAS.items():
            connection.execute(f"PRAGMA {pragma} = {value}")
            found = connection.execute(f"PRAGMA {pragma}").fetchone()
            if found is not None and found[0] != value:
                raise _Mistake(f"the database did not accept the setting {pragma}")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
        yield connection


def _run(driver: sqlite3.Connection) -> None:
    """All steps that are due, in one transaction."""
    # These take a third of a second to load, and most days nothing is due.
    from alembic.operations import Operations  # noqa: PLC0415
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415

    version = _number(driver, "PRAGMA user_version")
    steps = [migrations.step_to(number) for number in range(version + 1, SCHEMA_VERSION + 1)]
    engine = create_engine(
        "sqlite://", creator=lambda: driver, poolclass=StaticPool, pool_reset_on_return=None
    )
    with engine.connect() as connection:  # rolls back when it is left, unless all was committed
        driver.execute("BEGIN EXCLUSIVE")
        watched = _watched(driver, steps)
        rows, dangling = _read(driver, watched), _dangling(driver)
        operations = Operations(MigrationContext.configure(connection))
        for step in steps:
            step.upgrade(operations)
        driver.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        _compare(rows, _read(driver, watched))
        if _dangling(driver) - dangling:
            raise _Mistake("rows would refer to others that are missing")
        driver.execute("COMMIT")


def _watched(driver: sqlite3.Connection, steps: Iterable[Step]) -> dict[str, Sequence[str]]:
    """The columns of each table that must be the same afterwards: all it has, but for what a step says it changes."""
    changed = frozenset[str]().union(*(step.changed for step in steps)) - _JOURNAL
    watched: dict[str, Sequence[str]] = {}
    for (name,) in driver.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall():
        if name not in changed:
            watched[name] = [row[1] for row in driver.execute(f'PRAGMA table_info("{name}")')]
        elif name in _CONTENT:
            watched[name] = _CONTENT[name]
    return watched


def _read(driver: sqlite3.Connection, watched: dict[str, Sequence[str]]) -> dict[str, _Rows]:
    # As bytes, so that text that is none stops nothing.
    driver.text_factory = bytes
    try:
        return {name: _rows(driver, name, columns) for name, columns in watched.items()}
    finally:
        driver.text_factory = str


def _rows(driver: sqlite3.Connection, name: str, columns: Sequence[str]) -> _Rows:
    number = digest = 0
    # With the name of the table, as SQLite takes a quoted column that isn't there for a text.
    listed = ", ".join(f'"{name}"."{column}"' for column in columns)
    for row in driver.execute(f'SELECT {listed} FROM "{name}"'):
        number += 1
        digest += _digest(row)
    return _Rows(number, digest)


def _digest(row: Iterable[object]) -> int:
    found = hashlib.sha256()
    for value in row:
        content = value if isinstance(value, bytes) else repr(value).encode()
        found.update(f"{type(value).__name__} {len(content)} ".encode())
        found.update(content)
    return int.from_bytes(found.digest(), "big")


def _compare(before: dict[str, _Rows], after: dict[str, _Rows]) -> None:
    for name, rows in before.items():
        if after[name].number != rows.number:
            raise _Mistake(f"of {rows.number} rows of “{name}” {after[name].number} would be left")
        if after[name] != rows:
            raise _Mistake(f"rows of “{name}” would not be what they were")


def _dangling(driver: sqlite3.Connection) -> Counter[tuple[str, str]]:
    """How many rows refer to what isn't there, by their table and that of the missing; a damaged library has some."""
    return Counter((table, parent) for table, _, parent, _ in driver.execute("PRAGMA foreign_key_check"))


def _is_old(connection: sqlite3.Connection) -> bool:
    if _number(connection, "PRAGMA application_id") != APPLICATION_ID:
        return False
    return 0 < _number(connection, "PRAGMA user_version") < SCHEMA_VERSION


def _number(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


def _in_use(name: str) -> LibraryError:
    return LibraryError(
        f"“{name}” is of an older version of annotator, and is open in another window or program.",
        kept="It was not changed.",
        todo="Close it there, then open it again: it is brought up to date then.",
    )
