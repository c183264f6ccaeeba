"""Looks at a library file before anything is written to it: whether it is whole, and whether it can be written to.

Nothing here changes a byte of the file or leaves one beside it.
"""

from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path

from annotator.storage.tables import metadata

# SQLite quotes a damaged schema in its messages, which then can't be decoded: another error in place of its own.
DAMAGE = (sqlite3.Error, UnicodeDecodeError)
CORRUPT = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
# What SQLite says where a file, its folder or the file system can't be written to.
PROTECTED = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})
_LINES = 100
# One value of a wrong kind is no damage to the structure: its row is set apart when it is read, the rest works.
_ONE_VALUE = re.compile(r"(NULL|NUMERIC|TEXT|BLOB|non-[A-Z]+) value in |CHECK constraint failed in ")
Stamp = tuple[tuple[int, int, int] | None, ...]


def address(path: Path, *, shared: bool = False) -> str:
    """The URI under which SQLite reads a library without writing anything.

    Where a log lies beside the file, its commits are read too. Its index, the `-shm` file, is written to only with
    `shared`, as other connections do, or where there is none yet.
    """
    log, index = Path(f"{path}-wal"), Path(f"{path}-shm")
    logged = log.exists() and (log.stat().st_size > 0 or index.exists())
    if not logged:
        how = "mode=ro&immutable=1"  # else SQLite would make both
    elif shared or not index.exists():
        how = "mode=ro"
    else:
        how = "mode=ro&readonly_shm=1"
    return f"{path.as_uri()}?{how}"


def stamp(path: Path) -> Stamp:
    """What changes whenever somebody writes to the file or its log. Looks without opening them."""
    return tuple(_stamp(f"{path}{suffix}") for suffix in ("", "-wal"))


def _stamp(path: str) -> tuple[int, int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def primary_code(error: BaseException | None) -> int:
    """The primary result code of SQLite, 0 for trouble that has none."""
    cause = getattr(error, "orig", error)  # SQLAlchemy wraps the driver's error
    return int(getattr(cause, "sqlite_errorcode", 0)) & 0xFF


def structural_damage(connection: sqlite3.Connection) -> str:
    """The first thing that SQLite's quick check finds wrong with the structure of the file, "" when it is sound.

    Raises:
        sqlite3.Error: the check could not be made, for another reason than damage.
    """
    try:
        for (line,) in connection.execute(f"PRAGMA quick_check({_LINES})"):
            if line != "ok" and not _ONE_VALUE.match(line):
                return " ".join(str(line).removeprefix("*** in database main ***").split())
    except UnicodeDecodeError:
        return "its description can't be read"
    except sqlite3.Error as error:
        if primary_code(error) in CORRUPT:
            return str(error)
        raise
    return ""


def protection(path: Path) -> str:
    """Why a file can't be written to, as a sentence; "" when nothing seems to stand in the way.

    That nothing seems so is no promise: only writing tells.
    """
    if not _may(path, os.W_OK):
        return _only_readable(path) or "The file is write-protected."
    if not _may(path.parent, os.W_OK | os.X_OK):
        return _only_readable(path.parent) or "The folder it lies in is write-protected."
    for suffix in ("-wal", "-shm"):
        beside = Path(f"{path}{suffix}")
        if beside.exists() and not _may(beside, os.W_OK):
            return f"The file “{beside.name}” beside it is write-protected."
    return ""


def _may(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _only_readable(path: Path) -> str:
    """The sentence for a whole file system that is only for reading, "" for any other."""
    if os.name == "nt" or not os.statvfs(path).f_flag & os.ST_RDONLY:
        return ""
    return "The disk it lies on can only be read."


def missing_from(connection: sqlite3.Connection) -> str:
    """The first table or column that this program reads and the file doesn't have, "" when all are there."""
    for name, table in metadata.tables.items():
        there = {row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')}
        if not there:
            return f"table {name}"
        for column in table.columns:
            if column.name not in there:
                return f"column {name}.{column.name}"
    return ""
