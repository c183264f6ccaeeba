"""Opens the database file. With `search`, the only place that knows it is SQLite."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Transaction, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from annotator.errors import DamagedFile, LibraryError, NewerLibrary, ReadOnlyLibrary
from annotator.paths import LIBRARY_SUFFIX
from annotator.storage import probe
from annotator.storage.tables import metadata

APPLICATION_ID = 0x616E6E6F  # "anno", at offset 68 of the file; the MIME type knows it too
SCHEMA_VERSION = 3  # of this program; kept in `user_version` of the file
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
_DAMAGED = (
    "“annotator recover” puts it together anew, from what can be read of it and the newest backup;"
    " “annotator check” says what is wrong."
)
DAMAGE = probe.DAMAGE
_UNCHANGED = "It was not changed."
_ASKED = "That was asked for."
_NEWER = "It was made by a newer version of annotator."
_HOW_TO_WRITE = "To change it, make a copy in a place that can be written to and open that."
_LOOKS = 3  # at a file that somebody else writes to meanwhile, before it counts as damaged
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
    """An open library file: one writing connection, which also checkpoints, and a few that only read.

    With `read_only`, the reason why as a sentence, there is no writing one, and nothing is made beside the file.
    """

    def __init__(self, path: Path, *, read_only: str = "") -> None:
        self.path = path
        self.read_only = read_only
        self._name = str(path)
        self._seen = probe.stamp(path) if read_only else None
        self._writer = _engine(path, reader=False, size=1)
        self._reader = _engine(path, reader=True, size=3, only=bool(read_only))
        self._file: tuple[int, int] | None = None

    def settle(self) -> None:
        """Remember which file this is, so that nothing is ever saved into one that was moved or deleted."""
        self._file = _file_at(self._name)

    def require_writable(self) -> None:
        """Refuse to go on where nothing can be written.

        Raises:
            ReadOnlyLibrary: the library is open for reading only.
        """
        if self.read_only:
            raise ReadOnlyLibrary(
                f"“{self.path.name}” is open for reading only. {self.read_only}",
                kept="Nothing was changed.",
                todo="Use the newer version." if self.read_only == _NEWER else _HOW_TO_WRITE,
            )

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write; commits at the end, rolls back on any error.

        Raises:
            ReadOnlyLibrary: the library is open for reading only.
        """
        self.require_writable()
        with _plainly(), self._writer.connect() as connection:
            transaction = connection.begin()
            try:
                # Begun here, not by an event of the engine: a listener costs every statement half as much again.
                connection.connection.cursor().execute("BEGIN IMMEDIATE")
                yield connection
                if self._file is not None and _file_at(self._name) != self._file:
                    raise LibraryError(
                        f"The library “{self.path}” was moved, deleted or replaced while it was open.",
                        kept="This change was not made; the library still shows what it held.",
                        todo="Put the file back where it was, or close this library and open the right one.",
                    )
                transaction.commit()
            except BaseException:
                _give_up(connection, transaction)
                raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A snapshot to read from."""
        if self._seen is not None:
            self._follow()
        with _plainly(), self._reader.connect() as connection:
            transaction = connection.begin()
            try:
                connection.connection.cursor().execute("BEGIN")
                yield connection
            finally:
                transaction.rollback()  # to commit would fail once more after damage that the reader has dealt with

    def _follow(self) -> None:
        """Look at the file anew when somebody else wrote to it: SQLite believes one without a log never to change."""
        now = probe.stamp(self.path)
        if now != self._seen and now[0] is not None:
            self._seen = now
            before, self._reader = self._reader, _engine(self.path, reader=True, size=3, only=True)
            before.dispose()

    def close(self) -> None:
        """Give up the connections; the readers first, so that the writer leaves one clean file."""
        self._reader.dispose()
        self._writer.dispose()


def open_database(path: Path, *, read_only: bool = False, check: bool = True) -> Database:
    """Open a library file, or make a new one where there is none.

    One that can't be written to, or shall not be (`read_only`), is opened to read from. The structure of a file that
    exists is checked before anything is written to it, except without `check`: for those who deal with damage.

    Raises:
        DamagedFile: its structure is damaged.
        NewerLibrary: its schema is newer than this program, and it was not asked for to read only.
        LibraryError: it is no library, or can't be used. In all cases the file is left as it was.
    """
    path = path.absolute()
    try:
        fresh = not path.exists()
    except OSError as error:  # in a folder one may not enter
        raise _unusable(path, error) from error
    if fresh and read_only:
        raise LibraryError(f"There is no library “{path}”.", kept="None was made.", todo="Check its name.")
    if fresh:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unusable(path, error) from error
    else:
        protection = probe.protection(path) if path.is_file() else ""
        fresh = _check_header(path, read_only=read_only, shared=not (read_only or protection))
        if check and not fresh:
            check_structure(path, shared=not (read_only or protection))
        if read_only or (protection and not fresh):
            return _open_to_read(path, protection or _ASKED)
    database = Database(path)
    try:
        if fresh:
            _create(database)
        with database.writing():
            pass  # proves that the file, its folder and its journal can be written
        database.settle()
    except LibraryError as trouble:
        database.close()
        if not fresh and probe.primary_code(trouble.__cause__) in probe.PROTECTED:
            return _open_to_read(path, "Here it can't be written to.")
        raise
    return database


def _open_to_read(path: Path, reason: str) -> Database:
    """Open a library without ever writing to it, or to anything beside it.

    Raises:
        LibraryError: it isn't all there for this program to read, or its log can't be read without writing.
    """
    with _looking(path) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        missing = probe.missing_from(connection)
    if missing and version < SCHEMA_VERSION:
        raise LibraryError(
            f"“{path.name}” was made by an older version of annotator, and can't be brought up to date: {reason}",
            kept=_UNCHANGED,
            todo="Copy it to a place that can be written to, and open the copy.",
        )
    if missing:
        raise NewerLibrary(
            f"“{path.name}” was made by a newer version of annotator and can't be read by this one"
            f" (it has no {missing}).",
            kept=_UNCHANGED,
            todo="Open it with the newer version.",
        )
    return Database(path, read_only=_NEWER if version > SCHEMA_VERSION else reason)


def _give_up(connection: Connection, transaction: Transaction) -> None:
    """Roll back. A commit that failed can leave its transaction open, and no other one could begin in it."""
    driver = connection.connection.driver_connection
    try:
        transaction.rollback()  # does nothing after a commit that failed
        if isinstance(driver, sqlite3.Connection) and driver.in_transaction:
            driver.rollback()
    except Exception:  # noqa: BLE001 - whatever ails the connection, the next change gets a new one
        connection.invalidate()


def _create(database: Database) -> None:
    with database.writing() as connection:
        metadata.create_all(connection)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _check_header(path: Path, *, read_only: bool, shared: bool) -> bool:
    """Refuse what is no library of ours, without changing a byte of it; whether it is one that nothing is in yet."""
    if path.is_dir():
        raise LibraryError(
            f"“{path.name}” is a folder, not a library.", kept=_UNCHANGED, todo="Choose a library file."
        )
    if path.stat().st_size == 0:
        raise LibraryError(
            f"“{path.name}” is empty, so it is no library.",
            kept=_UNCHANGED,
            todo="Choose another name or restore a backup.",
        )
    with _looking(path, shared=shared) as connection:
        application, version, pages = (
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version", "page_count")
        )
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if application == version == tables == 0 and pages <= 1 and not read_only:
            return True  # the power went while it was being made: all of it is stored at once, or nothing
        if application != APPLICATION_ID:
            raise LibraryError(
                f"“{path.name}” is a database of another program.",
                kept=_UNCHANGED,
                todo="Choose a library file.",
            )
        if version > SCHEMA_VERSION and not read_only:
            raise NewerLibrary(
                f"“{path.name}” was made by a newer version of annotator"
                f" (its schema is {version}, this version knows {SCHEMA_VERSION}).",
                kept=_UNCHANGED,
                todo="Open it with the newer version.",
            )
    return False


def check_structure(path: Path, *, shared: bool = True) -> None:
    """Refuse a library whose structure is damaged, before anything is written to it; `shared` is that of `probe`.

    Raises:
        DamagedFile: it is.
    """
    trouble = ""
    for _ in range(_LOOKS):
        before = probe.stamp(path)
        with _looking(path, shared=shared) as connection:
            trouble = probe.structural_damage(connection)
        if not trouble:
            return
        if probe.stamp(path) == before:
            break  # else somebody wrote to it meanwhile, which a connection that makes no log can't know
    raise _damaged(path, trouble)


@contextmanager
def _looking(path: Path, *, shared: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection that only reads and leaves nothing behind; its trouble in words.

    Through SQLite, never by open(): closing a second handle would drop the locks of this process.
    """
    try:
        with closing(
            sqlite3.connect(probe.address(path, shared=shared), uri=True, isolation_level=None)
        ) as connection:
            connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            yield connection
    except UnicodeDecodeError as error:
        raise _damaged(path, "its description can't be read") from error
    except sqlite3.Error as error:
        code = probe.primary_code(error)
        if code == sqlite3.SQLITE_NOTADB:
            # Of that name it was one, most likely, and its head is what is damaged.
            kind = DamagedFile if path.suffix == LIBRARY_SUFFIX else LibraryError
            raise kind(
                f"“{path.name}” is not an annotator library.",
                kept=_UNCHANGED,
                todo=f"Choose a library file. If it was one, its head is damaged: {_DAMAGED}",
            ) from error
        if code == sqlite3.SQLITE_CORRUPT:
            raise _damaged(path, str(error)) from error
        if code == sqlite3.SQLITE_CANTOPEN and Path(f"{path}-wal").exists() and _is_readable(path):
            raise LibraryError(
                f"“{path.name}” holds work in the file “{path.name}-wal” beside it, which can't be read where"
                " nothing can be written.",
                kept=_UNCHANGED,
                todo="Copy both files to a place that can be written to, and open the copy.",
            ) from error
        raise _unusable(path, error) from error


def _is_readable(path: Path) -> bool:
    return os.access(path, os.R_OK, effective_ids=os.access in os.supports_effective_ids)


def _damaged(path: Path, trouble: str) -> DamagedFile:
    return DamagedFile(f"“{path.name}” is damaged: {trouble}.", kept=_UNCHANGED, todo=_DAMAGED)


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
        raise DamagedFile(f"{what}.", kept="Nothing was changed.", todo=todo) from error
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        extended = getattr(cause, "sqlite_errorcode", 0)
        if extended in _TWICE:
            what, todo = _TROUBLE[sqlite3.SQLITE_CORRUPT]
            raise DamagedFile(f"{what} ({cause}).", kept="This change was not made.", todo=todo) from error
        if not isinstance(cause, sqlite3.OperationalError | sqlite3.DatabaseError) or isinstance(
            cause, sqlite3.IntegrityError | sqlite3.ProgrammingError
        ):
            raise
        if isinstance(cause, sqlite3.OperationalError) and "syntax" in str(cause):
            raise
        what, todo = _TROUBLE.get(extended & 0xFF, _OTHER_TROUBLE)  # the primary code of an extended one
        kept = "What was saved before is kept; this change was not made."
        kind = DamagedFile if what == _TROUBLE[sqlite3.SQLITE_CORRUPT][0] else LibraryError
        raise kind(f"{what} ({cause}).", kept=kept, todo=todo) from error


def _file_at(path: str) -> tuple[int, int] | None:
    """What tells one file from another; None where there is none. Looks without opening it."""
    try:
        found = os.stat(path)  # a Path would take four times as long, at every commit
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _engine(path: Path, *, reader: bool, size: int, only: bool = False) -> Engine:
    # Never makes a file where a library was taken away: only the writer may, when the library is new.
    mode = "rw" if reader else "rwc"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(
            probe.address(path) if only else f"{path.as_uri()}?mode={mode}",
            uri=True,
            check_same_thread=False,
            isolation_level=None,
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
