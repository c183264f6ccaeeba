"""The files of a recovery: what lies damaged, the workshop beside it, and the new library in its place."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from annotator.errors import LibraryError, NewerLibrary
from annotator.storage import backup as files
from annotator.storage import migration
from annotator.storage.engine import APPLICATION_ID, DAMAGE, SCHEMA_VERSION

_LOG = "-wal"
_SIDECARS = (_LOG, "-shm", "-journal")
_WORKSHOP = ".recovering"
_LOCKS = 0x40000000  # where SQLite locks a file: https://sqlite.org/src/file/src/os.h, PENDING_BYTE
_LOCKED = 512  # bytes from there
_HIGHEST_VERSION = 10_000  # of a schema; what is above comes from damage


def damaged_file(path: Path) -> Path:
    """Where the damaged library lies: at `path`, or where a recovery that was cut off has set it aside already.

    Raises:
        NewerLibrary, LibraryError: what lies there is nothing to recover; it was not changed.
    """
    aside = _newest_aside(path)
    if path.is_dir():
        raise LibraryError(f"“{path.name}” is a folder, not a library.", kept="It was not changed.")
    if not path.exists():
        if aside is None and not _beside(path, _LOG).exists():
            raise LibraryError(
                f"There is no library “{path}”.",
                kept="Nothing was made.",
                todo="“annotator restore” brings back a backup.",
            )
        return path if _beside(path, _LOG).exists() or aside is None else aside
    if aside is not None and aside.samefile(path):
        return aside  # with its log, which may be gone from beside the library
    _refuse_what_is_not_ours(path)
    return path


def _refuse_what_is_not_ours(path: Path) -> None:
    """Guard against a database of another program, a library of a newer version, and one that nothing is wrong with."""
    try:
        with closing(_opened_untouched(path)) as connection:
            number = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    except DAMAGE:
        return
    if number != APPLICATION_ID and names and not names & {"edit", "claim", "article"}:
        raise LibraryError(f"“{path.name}” is a database of another program.", kept="It was not changed.")
    if number == APPLICATION_ID and SCHEMA_VERSION < version < _HIGHEST_VERSION:
        raise NewerLibrary(
            f"“{path.name}” was made by a newer version of annotator.",
            kept="It was not changed.",
            todo="Recover it with the newer version.",
        )


def _opened_untouched(path: Path) -> sqlite3.Connection:
    """A connection to the file alone, which leaves it and what lies beside it as they are."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def refuse_in_use(path: Path) -> None:
    """Guard against a library that another program has open, without changing a byte of it.

    Raises:
        LibraryError: one has.
    """
    if path.is_file() and _is_locked(path):
        raise LibraryError(
            f"“{path.name}” is open in another window or program.",
            kept="It was not changed, and nothing was recovered.",
            todo="Close it there, then recover it again.",
        )


def _is_locked(path: Path) -> bool:
    """Whether another process holds a lock on the file. SQLite keeps one for as long as it has a library open."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return False  # nobody can write here, so nobody is writing
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415 - there is none elsewhere

            os.lseek(descriptor, _LOCKS, os.SEEK_SET)
            lock: Any = msvcrt
            lock.locking(descriptor, lock.LK_NBLCK, _LOCKED)
            lock.locking(descriptor, lock.LK_UNLCK, _LOCKED)
        else:
            import fcntl  # noqa: PLC0415 - Windows has none

            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCKED, _LOCKS)
    except OSError:
        return True
    finally:
        os.close(descriptor)  # which gives up the lock
    return False


@contextmanager
def workshop(path: Path) -> Iterator[Path]:
    """A private folder beside a library, on the same disk, for what is being put together; removed at the end.

    What processes left there that were killed is removed too.
    """
    prefix = f".{path.name[:40]}."
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.iterdir():
        if left.name.startswith(prefix) and left.name.endswith(_WORKSHOP):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(dir=path.parent, prefix=prefix, suffix=_WORKSHOP))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fingerprint(path: Path) -> tuple[tuple[int, int, int] | None, ...]:
    """What changes when somebody writes to a library: identity, length and time of the file and of its log."""
    found: list[tuple[int, int, int] | None] = []
    for file in (path, _beside(path, _LOG)):
        try:
            status = file.stat()
            found.append((status.st_ino, status.st_size, status.st_mtime_ns))
        except OSError:
            found.append(None)
    return tuple(found)


def exchange(new: Path, path: Path, damaged: Path) -> Path:
    """Set a damaged library aside, untouched and with its logs, let `new` take its place, and tell where it is.

    The damaged file keeps its name until the new one takes it, where the disk can give one file two names.

    Raises:
        LibraryError: it can't be done. The damaged library is whole, under its name or the one it has aside.
    """
    try:
        with suppress(OSError):
            shutil.copymode(damaged, new)
        files.sync(new)
        aside = damaged if damaged != path else _set_aside(path)
        files.sync(path.parent)
        files.remove_sidecars(
            path
        )  # with the log of another file, SQLite would make wrong data without a word
        os.replace(new, path)
        files.sync(path.parent)
    except OSError as error:
        raise LibraryError(
            f"“{path.name}” could not be replaced: {error}.",
            kept="The damaged library is untouched.",
            todo="Check that its folder can be written to, then recover it again.",
        ) from error
    return aside


def _set_aside(path: Path) -> Path:
    """Give the library's files a second name each; or another one, where there can't be two."""
    number = 1
    while not all(_is_free(path, _aside(path, number), suffix) for suffix in ("", *_SIDECARS)):
        number += 1
    aside = _aside(path, number)
    there = [suffix for suffix in (*_SIDECARS, "") if _beside(path, suffix).exists()]
    try:
        for (
            suffix
        ) in there:  # the library itself comes last: once it has its second name, its log has one too
            if not _beside(aside, suffix).exists():
                os.link(_beside(path, suffix), _beside(aside, suffix))
    except OSError:
        for suffix in there:
            _beside(aside, suffix).unlink(missing_ok=True)
        return files.set_aside(path) or aside
    return aside


def _is_free(path: Path, aside: Path, suffix: str) -> bool:
    """Whether a name is free for a file beside the library; also when a recovery that was cut off gave it already."""
    file, name = _beside(path, suffix), _beside(aside, suffix)
    return not name.exists() or (file.exists() and name.samefile(file))


def _newest_aside(path: Path) -> Path | None:
    number = 1
    while _aside(path, number).exists():
        number += 1
    return _aside(path, number - 1) if number > 1 else None


def _aside(path: Path, number: int) -> Path:
    return path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")


def _beside(path: Path, suffix: str) -> Path:
    return Path(f"{path}{suffix}")


def copy_of_backup(source: Path, copy: Path) -> None:
    """Copy a backup, and bring the copy to the schema of this version.

    Raises:
        LibraryError: it can't be used.
    """
    try:
        with closing(files.open_to_read(source)) as connection:
            files.copy_library(connection, copy, name=source.name)
    except (sqlite3.Error, KeyError, OSError) as error:
        raise files.unreadable(source.name, error) from error
    migration.migrate(copy, back_up=lambda _: None, name=source.name)  # the backup itself stays
