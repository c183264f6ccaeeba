"""Opens the database file. With `search`, the only place that knows it is SQLite."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from annotator.errors import LibraryError, NewerLibrary
from annotator.storage.tables import metadata

APPLICATION_ID = 0x616E6E6F  # "anno", at offset 68 of the file; the MIME type knows it too
SCHEMA_VERSION = 1  # of this program; kept in `user_version` of the file
REVISION = "0001"  # the alembic revision of that schema
_BUSY_MS = 5_000

# FULL: a commit that returned survives a power cut. Untrusted schema: a hostile file runs no functions of its own.
_PRAGMAS = {
    "foreign_keys": 1,
    "synchronous": 2,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "busy_timeout": _BUSY_MS,
    "fullfsync": 1,
}


_DISK = "Make room on the disk or check that it works, then do it again."
_DAMAGED = "“annotator check” says what is wrong; “annotator check --salvage NEW” saves what can be read."
# SQLite quotes a damaged schema in its messages, which then can't be decoded: another error in place of its own.
DAMAGE = (sqlite3.Error, UnicodeDecodeError)
# By the primary result codes of SQLite.
_TROUBLE = {
    sqlite3.SQLITE_BUSY: (
        f"Another program is using the library and was not done after {_BUSY_MS // 1000} seconds",
        "Wait until it is done, or close it, then do it again.",
    ),
    sqlite3.SQLITE_FULL: ("The disk is full", _DISK),
    sqlite3.SQLITE_IOERR: ("The disk did not take or give the data", _DISK),
    sqlite3.SQLITE_READONLY: (
        "The library can't be written to",
        "Check who may write to the file and its folder.",
    ),
    sqlite3.SQLITE_CORRUPT: ("The library file is damaged", _DAMAGED),
    sqlite3.SQLITE_NOTADB: ("The library file is damaged", _DAMAGED),
    sqlite3.SQLITE_CANTOPEN: ("The library file can't be opened", "Check that it is where it was."),
}
# Identifiers never meet by chance: a row that is there and was not found means that the file contradicts itself.
_TWICE = (sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE)
_OTHER_TROUBLE = (
    "The library could not be used",
    "Check that the file is there, may be written, isn't in use elsewhere, and that the disk has room.",
)


class Database:
    """An open library file: one writing connection, which also checkpoints, and a few that only read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._name = str(path)
        self._writer = _engine(path, reader=False, size=1)
        self._reader = _engine(path, reader=True, size=3)
        self._file: tuple[int, int] | None = None

    def settle(self) -> None:
        """Remember which file this is, so that nothing is ever saved into one that was moved or deleted."""
        self._file = _file_at(self._name)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write; commits at the end, rolls back on any error."""
        # Begun here and not by an event of the engine: a listener costs every statement half as much again.
        with _plainly(), self._writer.begin() as connection:
            connection.connection.cursor().execute("BEGIN IMMEDIATE")
            yield connection
            if self._file is not None and _file_at(self._name) != self._file:
                raise LibraryError(
                    f"The library “{self.path}” was moved, deleted or replaced while it was open.",
                    kept="This change was not made; the library still shows what it held.",
                    todo="Put the file back where it was, or close this library and open the right one.",
                )

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A snapshot to read from."""
        with _plainly(), self._reader.begin() as connection:
            connection.connection.cursor().execute("BEGIN")
            yield connection

    def close(self) -> None:
        """Give up the connections; the readers first, so that the writer leaves one clean file."""
        self._reader.dispose()
        self._writer.dispose()


def open_database(path: Path) -> Database:
    """Open a library file, or make a new one where there is none.

    Raises:
        NewerLibrary: its schema is newer than this program.
        LibraryError: it is no library, or the place can't be written to. The file is left as it was.
    """
    path = path.absolute()
    fresh = not path.exists()
    if fresh:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unusable(path, error) from error
    else:
        fresh = _check_header(path)
    database = Database(path)
    try:
        if fresh:
            _create(database)
        with database.writing():
            pass  # proves that the file, its folder and its journal can be written
        database.settle()
    except LibraryError:
        database.close()
        raise
    return database


def _create(database: Database) -> None:
    with database.writing() as connection:
        metadata.create_all(connection)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _check_header(path: Path) -> bool:
    """Refuse what is no library of ours, without changing a byte of it; whether it is one that nothing is in yet."""
    unchanged = "It was not changed."
    if path.is_dir():
        raise LibraryError(
            f"“{path.name}” is a folder, not a library.", kept=unchanged, todo="Choose a library file."
        )
    if path.stat().st_size == 0:
        raise LibraryError(
            f"“{path.name}” is empty, so it is no library.",
            kept=unchanged,
            todo="Choose another name or restore a backup.",
        )
    try:
        # Through SQLite, never by open(): closing a second handle would drop the locks of this process.
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as probe:
            application = probe.execute("PRAGMA application_id").fetchone()[0]
            version = probe.execute("PRAGMA user_version").fetchone()[0]
            tables = probe.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except DAMAGE as error:
        if "unable to open" in str(error) or "readonly" in str(error):
            raise _unusable(path, error) from error
        raise LibraryError(
            f"“{path.name}” is not an annotator library.", kept=unchanged, todo="Choose a library file."
        ) from error
    if application == version == tables == 0:
        return True  # the power went while it was being made: all of it is stored at once, or nothing
    if application != APPLICATION_ID:
        raise LibraryError(
            f"“{path.name}” is a database of another program.", kept=unchanged, todo="Choose a library file."
        )
    if version > SCHEMA_VERSION:
        raise NewerLibrary(
            f"“{path.name}” was made by a newer version of annotator"
            f" (its schema is {version}, this version knows {SCHEMA_VERSION}).",
            kept=unchanged,
            todo="Open it with the newer version.",
        )
    return False


def _unusable(path: Path, error: Exception) -> LibraryError:
    return LibraryError(
        f"The library “{path}” can't be opened for writing: {error}.",
        kept="Nothing was changed.",
        todo="Choose a folder you may write to, with --library or --data-dir.",
    )


@contextmanager
def _plainly() -> Iterator[None]:
    """Turn trouble with the file into a message a user can act on; anything else passes."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 - known only once a connection failed

    try:
        yield
    except UnicodeDecodeError as error:  # in the message itself, which quotes what is damaged
        what, todo = _TROUBLE[sqlite3.SQLITE_CORRUPT]
        raise LibraryError(f"{what}.", kept="Nothing was changed.", todo=todo) from error
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        extended = getattr(cause, "sqlite_errorcode", 0)
        if extended in _TWICE:
            what, todo = _TROUBLE[sqlite3.SQLITE_CORRUPT]
            raise LibraryError(f"{what} ({cause}).", kept="This change was not made.", todo=todo) from error
        if not isinstance(cause, sqlite3.OperationalError | sqlite3.DatabaseError) or isinstance(
            cause, sqlite3.IntegrityError | sqlite3.ProgrammingError
        ):
            raise
        if isinstance(cause, sqlite3.OperationalError) and "syntax" in str(cause):
            raise
        what, todo = _TROUBLE.get(extended & 0xFF, _OTHER_TROUBLE)  # the primary code of an extended one
        kept = "What was saved before is kept; this change was not made."
        raise LibraryError(f"{what} ({cause}).", kept=kept, todo=todo) from error


def _file_at(path: str) -> tuple[int, int] | None:
    """What tells one file from another; None where there is none. Looks without opening it."""
    try:
        found = os.stat(path)  # a Path would take four times as long, at every commit
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _engine(path: Path, *, reader: bool, size: int) -> Engine:
    # Never makes a file where a library was taken away: only the writer may, when the library is new.
    mode = "rw" if reader else "rwc"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(
            f"{path.as_uri()}?mode={mode}", uri=True, check_same_thread=False, isolation_level=None
        ),
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_reset_on_return=None,
        query_cache_size=400,
    )

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        _prepare(connection, reader=reader)

    return engine


def _prepare(connection: Any, *, reader: bool) -> None:
    """Set the pragmas and read them back: SQLite ignores what it doesn't know without a word."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    if not reader:
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode not in ("wal", "memory"):
            raise LibraryError(
                f"The disk does not support write-ahead logging (it says “{mode}”).",
                kept="Nothing was changed.",
            )
    for name, value in _PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
        found = connection.execute(f"PRAGMA {name}").fetchone()
        if found is not None and found[0] != value:
            raise LibraryError(
                f"The database did not accept the setting {name}.", kept="Nothing was changed."
            )
    if reader:
        connection.execute("PRAGMA query_only = 1")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
