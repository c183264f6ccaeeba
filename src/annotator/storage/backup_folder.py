"""The backups of one library: numbered files in a folder of their own, and an index of what they are.

The files count; the index only remembers. A lost or damaged index is made anew from the files. Numbers are never used
twice, and of two processes that make a backup at once each gets a number of its own.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from annotator.errors import DamagedFile, LibraryError, NotFound
from annotator.paths import LIBRARY_SUFFIX
from annotator.storage import backup as files
from annotator.storage.backup import Counts
from annotator.storage.rotation import numbers_to_keep

_INDEX = "backups.json"
_PART = ".part"
_FORMAT = 1
_READ_ONLY = 0o400  # opened as a library, a backup would change
_OLD_PARTS = 3  # a part this far behind the newest number is left over from a process that was killed
_TROUBLE = "its content changed since it was made"


class Reason(StrEnum):
    """Why a backup was made."""

    OPEN = "open"
    WORK = "work"
    MIGRATION = "migration"
    BULK = "bulk"
    RESTORE = "restore"
    ASKED = "asked"
    FOUND = "found"  # the index was lost, so nobody knows


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup. `at` is for display and rotation, `number` for the order.

    `edit` is the SHA-256 of the library's last edit; `size` (bytes) and `sha256` are those of the file, which is how
    damage shows; `trouble` says what is wrong with it, "" when nothing is known to be.
    """

    number: int
    path: Path
    at: datetime
    reason: Reason
    counts: Counts
    size: int
    edit: str
    sha256: str
    trouble: str = ""


def folder_of(library: Path, data_folder: Path) -> Path:
    """The folder of a library's backups; the same for every way to write the library's path."""
    place = os.path.normcase(os.path.realpath(library))
    stem = re.sub(r"[^\w-]+", "-", library.stem)[:40]
    return data_folder / "backups" / f"{stem}-{hashlib.sha256(os.fsencode(place)).hexdigest()[:10]}"


class BackupFolder:
    """The backups of the library at `library`; the folder is made with the first one."""

    def __init__(self, library: Path, data_folder: Path) -> None:
        self.library = library
        self.folder = folder_of(library, data_folder)

    def backups(self, *, thorough: bool = False) -> list[Backup]:
        """All backups, the newest first; `thorough` reads every byte of them to tell which are damaged."""
        known = {entry.number: entry for entry in self._read_index()}
        found = []
        for number in sorted(self._numbers(LIBRARY_SUFFIX), reverse=True):
            with suppress(FileNotFoundError):  # another process gave it up just now
                known_one = known.get(number) or self._found(number)
                found.append(_checked(known_one, thorough=thorough))
        if any(not backup.trouble and backup.number not in known for backup in found):
            with suppress(OSError):  # the files tell the same next time
                self._write_index(found)
        return found

    def get(self, number: int) -> Backup:
        """The backup with that number, every byte of it checked.

        Raises:
            NotFound: there is none.
            DamagedFile: it is damaged.
        """
        for backup in self.backups():
            if backup.number == number:
                checked = _checked(backup, thorough=True)
                if checked.trouble:
                    raise DamagedFile(
                        f"Backup {number} is damaged: {checked.trouble}.",
                        kept="It was not used; the library is as it was.",
                        todo="Take another one.",
                    )
                return checked
        raise NotFound(f"There is no backup {number} of “{self.library.name}”.", kept="Nothing was changed.")

    def newest_sound(self) -> Backup | None:
        """The newest backup that can be relied on; damaged ones are skipped."""
        return next(self.sound(), None)

    def sound(self) -> Iterator[Backup]:
        """The backups that can be relied on, the newest first; each is read wholly when it is asked for."""
        return (backup for backup in self.backups() if not _checked(backup, thorough=True).trouble)

    def make(
        self, source: sqlite3.Connection, *, reason: Reason, at: datetime, always: bool = False
    ) -> Backup | None:
        """Back up what a connection to the library sees; None when nothing was done since the newest backup.

        Old backups that the rotation gives up are removed. `always` makes one of an unchanged library too.

        Raises:
            DamagedFile: the library is damaged, or the backup came out wrong.
            LibraryError: the backup can't be written. The library and the earlier backups are kept.
        """
        try:
            if not always and self._is_unchanged(source):
                return None
            self.folder.mkdir(parents=True, exist_ok=True, mode=files.PRIVATE_FOLDER)
            made = self._store(source, reason, at)
            self._rotate(made)
        except (sqlite3.Error, OSError) as error:
            trouble = files.unreadable(self.library.name, error)
            if isinstance(trouble, DamagedFile):
                raise trouble from error
            raise LibraryError(
                f"No backup could be made: {error}.",
                kept="The library and its earlier backups are kept.",
                todo=f"Check that there is room for one in “{self.folder}”, and that it can be written to.",
            ) from error
        return made

    def _is_unchanged(self, source: sqlite3.Connection) -> bool:
        newest = next(iter(self.backups()), None)
        if newest is None or newest.edit != files.last_edit(source):
            return False
        return not _checked(newest, thorough=True).trouble

    def _store(self, source: sqlite3.Connection, reason: Reason, at: datetime) -> Backup:
        number, part = self._reserve()
        content = files.copy_library(source, part, name=self.library.name)
        path = self._path(number)
        try:
            made = Backup(
                number=number,
                path=path,
                at=at.astimezone(UTC),
                reason=reason,
                counts=content.counts,
                size=part.stat().st_size,
                edit=content.edit,
                sha256=files.sha256_of(part),
            )
            if os.name != "nt":  # where a file that is only read can't be given up either
                os.chmod(part, _READ_ONLY)
            os.replace(part, path)
        except OSError:
            files.remove_library(part)
            raise
        files.sync(self.folder)
        return made

    def _reserve(self) -> tuple[int, Path]:
        """A number that was never used, and the new empty file that holds it for us."""
        number = max(self._numbers(LIBRARY_SUFFIX) | self._numbers(_PART) | {self._next() - 1})
        while True:
            number += 1
            part = self._path(number, _PART)
            try:
                os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, files.PRIVATE_FILE))
            except FileExistsError:
                continue
            if not self._path(number).exists():  # another process may have been done in between
                return number, part
            part.unlink()

    def _rotate(self, made: Backup) -> None:
        """Give up old backups, and what killed processes left. Damaged ones stay, and count for nothing."""
        backups = [made, *(backup for backup in self.backups() if backup.number != made.number)]
        sound = [backup for backup in backups if not backup.trouble]
        kept = numbers_to_keep((backup.number, backup.at) for backup in sound) | {made.number}
        for backup in sound:
            if backup.number not in kept:
                files.remove_library(backup.path)
        for number in self._numbers(_PART):
            if number <= made.number - _OLD_PARTS:
                files.remove_library(self._path(number, _PART))
        for path in self.folder.glob(f".{_INDEX}.*"):
            files.remove_library(path)
        with suppress(OSError):  # the files tell the same next time, but for the reasons
            self._write_index([backup for backup in backups if backup.path.exists()], made.number + 1)

    def _path(self, number: int, suffix: str = LIBRARY_SUFFIX) -> Path:
        return self.folder / f"{number:06d}{suffix}"

    def _numbers(self, suffix: str) -> set[int]:
        """The numbers of the files with that ending."""
        if not self.folder.is_dir():
            return set()
        names = (path.name.removesuffix(suffix) for path in self.folder.glob(f"*{suffix}"))
        return {int(name) for name in names if re.fullmatch(r"[0-9]{6,9}", name, re.ASCII)}

    def _found(self, number: int) -> Backup:
        """What can be told about a backup that the index doesn't know."""
        path = self._path(number)
        status = path.stat()
        at = datetime.fromtimestamp(status.st_mtime, UTC)
        found = Backup(number, path, at, Reason.FOUND, Counts(), status.st_size, "", "")
        try:
            content = files.examine(path)
        except LibraryError as error:
            return replace(found, trouble=_reason(error))
        return replace(found, counts=content.counts, edit=content.edit, sha256=files.sha256_of(path))

    def _index(self) -> dict[str, Any]:
        try:
            stored = json.loads((self.folder / _INDEX).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return stored if isinstance(stored, dict) and stored.get("format") == _FORMAT else {}

    def _next(self) -> int:
        found = self._index().get("next")
        return found if type(found) is int and 0 < found < 10**9 else 1

    def _read_index(self) -> list[Backup]:
        """The entries that can be read; the others are made anew from their files."""
        entries = self._index().get("backups")
        found = []
        for entry in entries if isinstance(entries, list) else ():
            with suppress(ValueError, TypeError, KeyError, AttributeError):
                found.append(self._entry(entry))
        return found

    def _entry(self, entry: dict[str, Any]) -> Backup:
        number, size = entry["number"], entry["bytes"]
        edit, digest = entry["edit"], entry["sha256"]
        counts = Counts(**entry["counts"])
        if not all(type(value) is int for value in (number, size, *dataclasses.astuple(counts))):
            raise TypeError
        if not re.fullmatch(r"[0-9a-f]{64}", digest) or type(edit) is not str:
            raise ValueError
        at = datetime.fromisoformat(entry["at"])
        if at.tzinfo is None:
            raise ValueError
        reason = Reason(entry["reason"])
        return Backup(number, self._path(number), at.astimezone(UTC), reason, counts, size, edit, digest)

    def _write_index(self, backups: list[Backup], following: int = 0) -> None:
        rows = [
            {
                "number": backup.number,
                "at": backup.at.isoformat(timespec="seconds"),
                "reason": backup.reason.value,
                "counts": dataclasses.asdict(backup.counts),
                "bytes": backup.size,
                "edit": backup.edit,
                "sha256": backup.sha256,
            }
            for backup in backups
            if backup.sha256  # of a damaged one that was found nothing is known
        ]
        index = {
            "format": _FORMAT,
            "library": str(self.library.absolute()),
            "next": max(following, self._next()),
            "backups": rows,
        }
        with files.replacing(self.folder / _INDEX) as file:
            json.dump(index, file, ensure_ascii=True, indent=1)


def _checked(backup: Backup, *, thorough: bool) -> Backup:
    """The backup with its `trouble`, if it shows."""
    if backup.trouble:
        return backup
    try:
        same = backup.path.stat().st_size == backup.size
        if same and thorough:
            same = files.sha256_of(backup.path) == backup.sha256
    except OSError as error:
        return replace(backup, trouble=f"it can't be read ({error.strerror or error})")
    return backup if same else replace(backup, trouble=_TROUBLE)


def _reason(error: LibraryError) -> str:
    """Why a backup is of no use, as the end of a sentence."""
    return error.what.rpartition(": ")[2].rstrip(".")
