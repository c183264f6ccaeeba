"""Backups of a library: making, listing, comparing and restoring them; and a copy that any program can read."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from annotator.domain.entity import Entity
from annotator.errors import DamagedFile, LibraryError, NewerLibrary, UserError
from annotator.interchange import plain_copy
from annotator.services.library import Environment, Library, Store
from annotator.storage import backup as files
from annotator.storage import check, tables
from annotator.storage.backup import Counts
from annotator.storage.backup_folder import Backup, BackupFolder, Reason
from annotator.storage.engine import open_database

__all__ = [
    "Backup",
    "Counts",
    "DamagedFile",
    "Difference",
    "Reason",
    "Restored",
    "before_bulk",
    "copy_elsewhere",
    "difference",
    "due",
    "get_backup",
    "keep_backups",
    "list_backups",
    "make_backup",
    "newest_backup",
    "restore_backup",
    "restore_file",
    "state",
    "weekly_plain_copy",
    "write_plain_copy",
]
EVERY = timedelta(minutes=30)
_WEEK = timedelta(days=7)
_SLICE = 500  # entities read at once for the plain copy
_NOBODYS_WORK = frozenset({"setting"})
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Difference:
    """What restoring would do to things of one kind: `added` come back, `changed` get another state, `removed` go."""

    kind: str
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: the counts of the library now, the backup of what it was before, and where a damaged library
    was set aside."""

    counts: Counts
    before: Backup | None
    set_aside: Path | None = None


def make_backup(
    library: Library, *, data_folder: Path, reason: Reason = Reason.ASKED, always: bool = False
) -> Backup | None:
    """Back up an open library while others may use it; None when nothing was done since the newest backup.

    May take seconds; safe in a thread of its own.

    Raises:
        DamagedFile: the library is damaged.
        LibraryError: the backup can't be written. Earlier backups are kept.
    """
    folder = BackupFolder(library.path, data_folder)
    at = library.environment.now()
    return _on_file(library, lambda source: folder.make(source, reason=reason, at=at, always=always))


def list_backups(library_path: Path, *, data_folder: Path, thorough: bool = False) -> list[Backup]:
    """All backups, the newest first; `thorough` reads each of them wholly, to tell in `trouble` which are damaged."""
    return BackupFolder(library_path, data_folder).backups(thorough=thorough)


def newest_backup(library_path: Path, *, data_folder: Path) -> Backup | None:
    """The newest backup that is sound."""
    return BackupFolder(library_path, data_folder).newest_sound()


def get_backup(library_path: Path, number: int, *, data_folder: Path) -> Backup:
    """The backup with that number, checked.

    Raises:
        NotFound: there is none.
        DamagedFile: it is damaged.
    """
    return BackupFolder(library_path, data_folder).get(number)


def state(library: Library) -> str:
    """The SHA-256 of the youngest edit, which stands for all that was ever done; "" when nothing was."""
    return _on_file(library, files.last_edit)


def due(state: str, last: Backup | None, now: datetime, *, opening: bool = False) -> Reason | None:
    """Why a backup should be made now, None when none is needed: at opening, else every half hour, if work was done.

    `state` is that of the library, `last` the newest backup. A clock that went back counts as time gone by.
    """
    if state == ("" if last is None else last.edit):
        return None
    if opening:
        return Reason.OPEN
    if last is None or abs(now - last.at) >= EVERY:
        return Reason.WORK
    return None


def keep_backups(library: Library, *, data_folder: Path, opening: bool) -> Backup | None:
    """Make a backup if one is due, and the weekly copy that any program can read; the backup, None when none was due.

    For when a library was opened, and every few minutes afterwards. May take seconds; safe in a thread of its own
    beside one that writes.

    Raises:
        DamagedFile: the library is damaged.
        LibraryError: the backup or the copy can't be written. Earlier ones are kept.
    """
    made = None
    try:
        folder = BackupFolder(library.path, data_folder)
        # At opening the newest one is read wholly, to make another if it is damaged; every few minutes is too often.
        sound = folder.sound() if opening else (one for one in folder.backups() if not one.trouble)
        reason = due(state(library), next(sound, None), library.environment.now(), opening=opening)
        if reason is not None:
            made = make_backup(library, data_folder=data_folder, reason=reason)
        weekly_plain_copy(library, data_folder=data_folder)
    except LibraryError:
        raise
    except (UserError, OSError) as error:
        what = error.what if isinstance(error, UserError) else f"{error.strerror or error}."
        kept = f", and backup {made.number} was made." if made else "."
        raise LibraryError(
            f"The backups are not up to date: {what}",
            kept=f"The library and its earlier backups are kept{kept}",
            todo="Check that there is room for backups in the data folder, and that it can be written to.",
        ) from error
    return made


def before_bulk(library: Library, *, data_folder: Path) -> Backup | None:
    """Back up the library before much of it is changed at once; None when its newest backup has all of it.

    Raises:
        LibraryError: as `make_backup`; better leave the change undone then.
    """
    if not state(library):
        return None  # nothing was done in it yet
    return make_backup(library, data_folder=data_folder, reason=Reason.BULK)


def difference(library: Library, backup: Path) -> tuple[Difference, ...]:
    """What restoring a file would do, by kind; kinds that are the same in both are left out.

    Raises:
        LibraryError: the file can't be read.
    """
    kinds = [kind for kind in tables.ENTITIES if kind not in _NOBODYS_WORK]
    now = _on_file(library, lambda connection: files.read_versions(connection, kinds))
    try:
        with closing(files.open_to_read(backup)) as connection:
            then = files.read_versions(connection, kinds)
    except sqlite3.Error as error:
        raise files.unreadable(backup.name, error) from error
    found = (_difference(kind, now[kind], then[kind]) for kind in kinds)
    return tuple(item for item in found if item.added or item.changed or item.removed)


def restore_backup(library: Library, source: Path, *, data_folder: Path) -> Restored:
    """Give an open library the state of a backup; the state it has is backed up first.

    Views must load everything anew afterwards. If it fails, the library goes on as it was.

    Raises:
        LibraryError: the backup is damaged, another program has the library open, or the disk refuses.
    """
    _refuse_itself(source, library.path)
    staged = files.stage(source, library.path)
    try:
        counts = files.examine(staged, name=source.name).counts
        before = make_backup(library, data_folder=data_folder, reason=Reason.RESTORE, always=True)
        edit = before.edit if before else ""
        library.exchange_file(lambda: files.put_in_place(staged, library.path, edit=edit))
    finally:
        files.remove_library(staged)
    return Restored(counts, before)


def restore_file(
    path: Path, source: Path, *, data_folder: Path, environment: Environment | None = None
) -> Restored:
    """As `restore_backup`, for a library that isn't open here: it may be missing, or damaged and then is set aside.

    Raises:
        LibraryError: as `restore_backup`; or `path` isn't a library at all.
    """
    _refuse_itself(source, path)
    staged = files.stage(source, path)
    try:
        counts = files.examine(staged, name=source.name).counts
        before, aside = None, None
        try:
            before = _backed_up(path, data_folder, environment or Environment())
        except DamagedFile:
            aside = files.set_aside(path)
        files.put_in_place(staged, path, edit=before.edit if before else None)
    finally:
        files.remove_library(staged)
    return Restored(counts, before, aside)


def copy_elsewhere(library: Library, path: Path) -> Library:
    """Copy an open library to another place and open the copy, which goes on from the same history.

    Raises:
        LibraryError: there is a file already, or the copy can't be written. Nothing is left of it then.
    """
    if path.exists():
        raise LibraryError(
            f"“{path.name}” exists already.", kept="It was not changed.", todo="Choose another name."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _on_file(library, lambda source: files.copy_library(source, path, name=path.name))
    except OSError as error:
        raise files.unreadable(path.name, error) from error
    return Library.open(path, library.environment)


def write_plain_copy(library: Library, path: Path) -> dict[str, int]:
    """Write everything in the library as one JSON file, and return how many things of each kind are in it.

    A file that exists is replaced, once the new one is complete.

    Raises:
        UserError: the place can't be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with files.replacing(path) as file:
            return library.read(lambda store: _write_plainly(store, file.write))
    except OSError as error:
        raise UserError(
            f"“{path}” could not be written: {error.strerror or error}.",
            kept="The library is unchanged, and so is what was there before.",
            todo="Choose another place, or free some space.",
        ) from error


def weekly_plain_copy(library: Library, *, data_folder: Path) -> Path | None:
    """Write the plain copy beside the backups when the one there is a week old; None when it is younger."""
    path = BackupFolder(library.path, data_folder).folder / "plain-copy.json"
    now = library.environment.now().timestamp()
    try:
        age = abs(now - path.stat().st_mtime)
    except OSError:
        age = _WEEK.total_seconds()
    if age < _WEEK.total_seconds():
        return None
    path.parent.mkdir(parents=True, exist_ok=True, mode=files.PRIVATE_FOLDER)
    write_plain_copy(library, path)
    os.utime(path, (now, now))
    return path


def _on_file(library: Library, look: Callable[[sqlite3.Connection], T]) -> T:
    """Run `look` on the file of a library, as one snapshot."""
    with library.database.reading() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        try:
            return look(driver)
        except sqlite3.Error as error:
            raise files.unreadable(library.path.name, error) from error


def _refuse_itself(source: Path, library: Path) -> None:
    if source.exists() and library.exists() and source.samefile(library):
        raise LibraryError(
            f"“{source.name}” is the library itself.",
            kept="Nothing was changed.",
            todo="Choose a backup of it.",
        )


def _backed_up(path: Path, data_folder: Path, environment: Environment) -> Backup | None:
    """The backup of a library as it is now; None when there is none.

    Raises:
        DamagedFile: it is damaged, or only its log is left.
        LibraryError: it is in use, newer, another program's, or can't be read.
    """
    if not path.exists() and not Path(f"{path}-wal").exists():
        return None
    if not path.exists():
        raise DamagedFile(f"Of “{path.name}” only the log is left.")
    try:
        with closing(open_database(path, check=False)) as database:
            library = Library(database, environment)
            return make_backup(library, data_folder=data_folder, reason=Reason.RESTORE, always=True)
    except (DamagedFile, NewerLibrary):
        raise
    except LibraryError as trouble:
        if path.is_file():
            try:
                files.examine(path)
            except DamagedFile:
                raise
            except LibraryError:
                raise trouble from None
        raise


def _difference(kind: str, now: files.Versions, then: files.Versions) -> Difference:
    changed = sum(1 for id in now.keys() & then.keys() if now[id] != then[id])
    return Difference(kind, len(then.keys() - now.keys()), changed, len(now.keys() - then.keys()))


def _write_plainly(store: Store, write: Callable[[str], object]) -> dict[str, int]:
    head = {"format": plain_copy.FORMAT, "version": plain_copy.VERSION, "about": plain_copy.ABOUT}
    write("{\n" + "".join(f" {json.dumps(n)}: {_json(v)},\n" for n, v in head.items()))
    written: dict[str, int] = {}
    for kind, cls in tables.ENTITIES.items():
        count = 0
        write(f' "{kind}": [')
        for entity in _all_of(store, cls):
            write(",\n" if count else "\n")
            write(_json(plain_copy.plain_entity(entity)))
            count += 1
        write("],\n")
        written[kind] = count
    unreadable = [row._asdict() for row in store.broken]
    write(f' "unreadable": {_json(unreadable)}\n}}\n')
    return written


def _all_of(store: Store, cls: type[Entity]) -> Iterator[Entity]:
    """Everything of a kind, the bin included; files one at a time, as they may be large."""
    ids = check.row_ids(store, cls)
    size = 1 if tables.TABLES[cls].name == "attachment" else _SLICE
    for at in range(0, len(ids), size):
        yield from store.find(cls, any_of=("id", ids[at : at + size]), deleted=True)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
