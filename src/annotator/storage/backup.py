"""Whole library files: copied while in use, examined, and put in the place of another.

A library file is only ever read through SQLite. Opening it as a file would, on closing, drop the locks that this very
process holds on it, and the next process could then remove a write-ahead log that holds work.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from annotator.errors import DamagedFile, LibraryError, NewerLibrary
from annotator.storage import migration, probe
from annotator.storage.engine import APPLICATION_ID, SCHEMA_VERSION, open_database

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
_SIDECARS = ("-wal", "-shm", "-journal")
_PAGES = 2_000  # copied in one step; others may write in between
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_IN_USE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_PROBE_SECONDS = 2.0
_STAGED = ".restored"
Versions = Mapping[str, tuple[int, str | None]]


@dataclass(frozen=True, slots=True)
class Counts:
    """What a library holds outside of its bin, and how many edits its journal has."""

    articles: int = 0
    claims: int = 0
    sources: int = 0
    annotations: int = 0
    edits: int = 0


@dataclass(frozen=True, slots=True)
class Content:
    """What a file held at one moment. `rows` counts each table, the bin included; `edit` is the SHA-256 of the last
    edit, which stands for all before it, or ""."""

    rows: Mapping[str, int]
    counts: Counts
    edit: str


def read_content(connection: sqlite3.Connection) -> Content:
    """Count what the connection's snapshot holds."""
    tables = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
    ]
    rows = {name: _number(connection, f'SELECT count(*) FROM "{name}"') for name in tables}
    live = {
        f"{kind}s": _number(connection, f"SELECT count(*) FROM {kind} WHERE deleted_at IS NULL")
        for kind in ("article", "claim", "source", "annotation")
    }
    return Content(rows, Counts(**live, edits=rows["edit"]), last_edit(connection))


def read_versions(connection: sqlite3.Connection, kinds: Iterable[str]) -> dict[str, Versions]:
    """The revision and time of everything outside of the bin by kind and id; nothing of a kind an old file hasn't."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {kind: dict(_versions(connection, kind) if kind in there else ()) for kind in kinds}


def _versions(connection: sqlite3.Connection, kind: str) -> Iterator[tuple[str, tuple[int, str | None]]]:
    for id, rev, at in connection.execute(f"SELECT id, rev, updated_at FROM {kind} WHERE deleted_at IS NULL"):
        yield id, (rev, at)


def last_edit(connection: sqlite3.Connection) -> str:
    """The SHA-256 of the youngest edit, "" when nothing was done yet."""
    found = connection.execute("SELECT sha256 FROM edit ORDER BY seq DESC LIMIT 1").fetchone()
    return str(found[0]) if found else ""


def copy_library(source: sqlite3.Connection, target: Path, *, name: str) -> Content:
    """Copy what a connection sees now into `target`, one file without a log beside it; examine it and make it last.

    `source` may be in a transaction that reads; writers are not held up. `name` is what messages call it.

    Raises:
        DamagedFile: the copy doesn't hold together, so neither does the source.
        sqlite3.Error, OSError: it can't be read or written; what was written so far is removed.
    """
    begun = not source.in_transaction
    if begun:
        source.execute("BEGIN")
    try:
        content = read_content(source)  # the first look fixes the snapshot that is copied next
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            # Nobody knows this file yet: what a power cut leaves of it is never used.
            copy.execute("PRAGMA journal_mode = OFF")
            copy.execute("PRAGMA synchronous = OFF")
            source.backup(copy, pages=_PAGES)
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")
        if examine(target, name=name) != content:
            raise DamagedFile(
                f"The copy of “{name}” does not hold what it holds.", kept="It was not changed."
            )
        os.chmod(target, PRIVATE_FILE)
        sync(target)
    except BaseException:
        remove_library(target)
        raise
    finally:
        if begun:
            source.execute("ROLLBACK")
    return content


def examine(path: Path, *, name: str = "") -> Content:
    """Check a library file as a whole, without leaving anything beside it, and count what it holds.

    `name` is what messages call it, the file's own when not given.

    Raises:
        DamagedFile: it is damaged, or no library.
        NewerLibrary: its schema is newer than this program.
        LibraryError: it can't be read.
    """
    try:
        with closing(open_to_read(path)) as connection:
            _check_header(connection, name or path.name)
            # A value of a wrong kind is no reason to have no backup: its row is set apart when it is read.
            trouble = probe.structural_damage(connection)
            if trouble:
                raise DamagedFile(f"“{name or path.name}” is damaged: {trouble}.", kept="It was not changed.")
            return read_content(connection)
    except (sqlite3.Error, KeyError) as error:
        raise unreadable(name or path.name, error) from error


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection that only reads, and trusts nothing it finds. With no log beside it, the file makes none."""
    how = "mode=ro" if Path(f"{path}-wal").exists() else "mode=ro&immutable=1"
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def stage(source: Path, place: Path) -> Path:
    """Copy a library or backup to a new name beside `place`, fit to be put there, and open it once for a trial.

    Raises:
        LibraryError: it can't be used; nothing is left behind.
    """
    staged: Path | None = None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _remove_left_over(place)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name[:40]}.", suffix=_STAGED)
        os.close(handle)
        staged = Path(name)
        with closing(open_to_read(source)) as connection:
            _check_header(connection, source.name)
            copy_library(connection, staged, name=source.name)
        # The file it was copied from stays as it is.
        migration.migrate(staged, back_up=lambda _: None, name=source.name)
        open_database(staged, check=False).close()
        if place.exists():
            shutil.copymode(place, staged)
        sync(staged)
    except (sqlite3.Error, KeyError, OSError, LibraryError) as error:
        if staged is not None:
            remove_library(staged)
        if isinstance(error, LibraryError):
            raise
        raise unreadable(source.name, error) from error
    return staged


def _remove_left_over(place: Path) -> None:
    """Remove what processes left that were killed while they restored."""
    for path in place.parent.iterdir():
        if path.name.startswith(f".{place.name[:40]}.") and path.name.endswith(_STAGED):
            remove_library(path)


def put_in_place(staged: Path, place: Path, *, edit: str | None) -> None:
    """Let a staged file take the place of a library that nobody has open.

    `edit` is the last edit in it that is safe elsewhere; None where there is no library.

    Raises:
        LibraryError: the library is in use, has newer work, or can't be replaced; it stays as it was.
    """
    try:
        if edit is not None and _last_edit_of_sole(place) != edit:
            raise LibraryError(
                f"“{place.name}” was changed in the meantime.",
                kept="The change is kept; nothing was restored.",
                todo="Restore once more.",
            )
        remove_sidecars(place)  # of another file's log, SQLite would make wrong data without a word
        os.replace(staged, place)
        sync(place.parent)
    except (sqlite3.Error, OSError) as error:
        raise LibraryError(
            f"“{place.name}” could not be replaced: {error}.",
            kept="Nothing was restored; the library is as it was.",
        ) from error


def _last_edit_of_sole(place: Path) -> str:
    """The last edit of a library that nobody else has open, its log brought into the file.

    Raises:
        LibraryError: somebody has it open.
    """
    address = f"{place.absolute().as_uri()}?mode=rw"
    try:
        with closing(
            sqlite3.connect(address, uri=True, isolation_level=None, timeout=_PROBE_SECONDS)
        ) as connection:
            # In this mode a log is for one connection alone, so that anybody else's stands in the way. Nothing in the
            # file changes, and a process killed here leaves nothing to undo; closing brings the log into the file.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN EXCLUSIVE")
            newest = last_edit(connection)
            connection.execute("ROLLBACK")
            return newest
    except sqlite3.OperationalError as error:
        if _code(error) not in _IN_USE:
            raise
        raise LibraryError(
            f"“{place.name}” is open in another window or program.",
            kept="Nothing was restored; the library is as it was.",
            todo="Close it there, then restore again.",
        ) from error


def set_aside(place: Path) -> Path | None:
    """Move a file that can't be used, with its log and untouched, to a free name beside it; None when there is none.

    Raises:
        LibraryError: it can't be moved.
    """
    files = [Path(f"{place}{suffix}") for suffix in ("", *_SIDECARS)]
    if not any(file.exists() for file in files):
        return None
    number = 1
    while (aside := place.with_name(f"{place.stem}.damaged-{number}{place.suffix}")).exists():
        number += 1
    try:
        for file in files:
            if file.exists():
                os.rename(file, f"{aside}{file.name[len(place.name) :]}")
        sync(place.parent)
    except OSError as error:
        raise LibraryError(
            f"“{place.name}” is damaged and could not be moved aside: {error}.", kept="Nothing was restored."
        ) from error
    return aside


def remove_library(path: Path) -> None:
    """Remove a file of ours and what lies beside it; one that can't be removed stays."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
    with suppress(OSError):
        remove_sidecars(path)


def remove_sidecars(path: Path) -> None:
    """Remove the logs beside a database that nobody has open."""
    for suffix in _SIDECARS:
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Make a file or the names in a folder last. Windows can't open folders, and needs no such thing."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file that no connection of this process has open for writing."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def replacing(path: Path) -> Iterator[IO[str]]:
    """A private UTF-8 file that takes its name at the end, when all of it is on disk; on an error nothing changes."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".new")
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
        sync(path.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _check_header(connection: sqlite3.Connection, name: str) -> None:
    """Guard against what is no library of a schema that is known."""
    if _number(connection, "PRAGMA application_id") != APPLICATION_ID:
        foreign = _number(connection, "SELECT count(*) FROM sqlite_master") > 0
        raise (LibraryError if foreign else DamagedFile)(
            f"“{name}” is no annotator library.",
            kept="It was not changed.",
            todo="Choose a library or a backup.",
        )
    if _number(connection, "PRAGMA user_version") > SCHEMA_VERSION:
        raise NewerLibrary(
            f"“{name}” was made by a newer version of annotator.",
            kept="It was not changed.",
            todo="Use the newer version.",
        )


def _number(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


def _code(error: sqlite3.Error) -> int:
    """The primary result code of SQLite, 0 for trouble that Python found."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def unreadable(name: str, error: Exception) -> LibraryError:
    """The message for a file that could not be copied: damaged, or for another reason."""
    missing = isinstance(error, KeyError) or "no such table" in str(error)
    if missing or (isinstance(error, sqlite3.Error) and _code(error) in _DAMAGE):
        what = f"no table {error}" if isinstance(error, KeyError) else str(error)
        return DamagedFile(f"“{name}” is damaged: {what}.", kept="It was not changed.")
    return LibraryError(
        f"“{name}” could not be copied: {error}.",
        kept="Nothing was changed.",
        todo="Check that it can be read, and that the disk has room.",
    )
