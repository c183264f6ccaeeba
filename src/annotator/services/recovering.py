"""Recovers a damaged library: what it still gives and what its newest backup has, in a new file in its place."""

from __future__ import annotations

import errno
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import LibraryError
from annotator.services import checking
from annotator.services.library import Environment, Library
from annotator.storage import merge, recover, salvage
from annotator.storage.backup_folder import Backup, BackupFolder
from annotator.storage.salvage import SalvagedTable
from annotator.storage.tables import metadata

__all__ = ["RecoveredTable", "Recovery", "recover_library"]
# Trouble with this computer's disk: it says nothing about the damaged file.
_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EMFILE})
_DISK_OF_SQLITE = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN})


@dataclass(frozen=True, slots=True)
class RecoveredTable:
    """What became of one table: rows read from the damaged file, rows taken from the backup, rows known to be lost.

    `lost` is None where the damage hides how many rows there were.
    """

    name: str
    saved: int
    from_backup: int
    lost: int | None


@dataclass(frozen=True, slots=True)
class Recovery:
    """What a recovery did: where the damaged library lies now, the backup that was used, the rows table by table, how
    many things were mended, and how many problems a check still finds."""

    path: Path
    set_aside: Path
    backup: Backup | None
    tables: tuple[RecoveredTable, ...]
    repaired: int
    problems: int

    @property
    def is_complete(self) -> bool:
        """Whether nothing is known to be lost, nothing may be, and nothing is left that is wrong."""
        return not self.problems and all(table.lost == 0 for table in self.tables)


def recover_library(path: Path, *, data_folder: Path, environment: Environment | None = None) -> Recovery:
    """Put a library together anew from its damaged file and its newest sound backup.

    What the damaged file has newer wins; where it is silent or wrong, the backup speaks. References are repaired as
    one step that undo takes back. The damaged file is only read; it lies aside afterwards. Until the new library is
    complete and checked, everything stays as it was. Nobody may have the library open, this process included.

    Raises:
        LibraryError: neither the file nor a backup gives anything, it is in use, or the disk refuses.
    """
    path = path.absolute()
    recover.refuse_in_use(path)
    damaged = recover.damaged_file(path)
    before = recover.fingerprint(damaged)
    try:
        with recover.workshop(path) as folder:
            new = folder / path.name
            backup, tables = _put_together(damaged, new, folder, BackupFolder(path, data_folder))
            repaired, problems = _repair(new, environment or Environment())
            recover.refuse_in_use(path)
            if recover.fingerprint(damaged) != before:
                raise LibraryError(
                    f"“{path.name}” was changed in the meantime.",
                    kept="The change is kept; nothing was recovered.",
                    todo="Close what uses it, then recover it again.",
                )
            aside = recover.exchange(new, path, damaged)
    except OSError as error:
        raise LibraryError(
            f"“{path.name}” could not be recovered: {error}.",
            kept="It was not changed.",
            todo="Check that there is room beside it, and that its folder can be written to.",
        ) from error
    return Recovery(path, aside, backup, tables, repaired, problems)


def _put_together(
    damaged: Path, new: Path, folder: Path, backups: BackupFolder
) -> tuple[Backup | None, tuple[RecoveredTable, ...]]:
    """Make the new library; the backup that was used, and what came from where."""
    try:
        salvaged = {table.name: table for table in salvage.salvage(damaged, new).tables}
    except LibraryError as trouble:
        if _is_of_the_disk(trouble.__cause__):
            raise
        salvaged = {}
    backup, copy = _usable_backup(backups, new if salvaged else None, folder)
    if not salvaged:
        if copy is None:
            raise LibraryError(
                f"Nothing can be read of “{damaged.name}”, and there is no sound backup of it.",
                kept="It was not changed.",
                todo="A copy of it from elsewhere could be restored with “annotator restore”.",
            )
        os.replace(copy, new)
        return backup, tuple(RecoveredTable(name, 0, rows, None) for name, rows in merge.rows_of(new).items())
    whole = frozenset(table.name for table in salvaged.values() if table.lost == 0)
    merged = merge.merge(new, copy, whole)
    # What the journal and the backup know is all there ever was, but for what nobody's history knows.
    all_known = copy is not None and whole >= merge.JOURNAL
    return backup, tuple(
        _told(salvaged[name], merged[name], all_known=all_known and name not in merge.PASSING)
        for name in metadata.tables
    )


def _told(salvaged: SalvagedTable, merged: merge.Merged, *, all_known: bool) -> RecoveredTable:
    lost = merged.missing if all_known else None
    if salvaged.lost is not None:
        lost = max(merged.missing, salvaged.saved + salvaged.lost - merged.rows)
    return RecoveredTable(salvaged.name, merged.rows - merged.from_backup, merged.from_backup, lost)


def _is_of_the_disk(cause: BaseException | None) -> bool:
    """Whether salvaging failed for want of room or rights, so that nothing is known of the damaged file yet."""
    if isinstance(cause, sqlite3.Error):
        return (getattr(cause, "sqlite_errorcode", 0) & 0xFF) in _DISK_OF_SQLITE
    return isinstance(cause, OSError) and cause.errno in _DISK


def _usable_backup(
    backups: BackupFolder, salvaged: Path | None, folder: Path
) -> tuple[Backup | None, Path | None]:
    """The newest backup that is sound and on the way to what was salvaged, and a copy of it to work with."""
    for backup in backups.sound():
        copy = folder / f"backup-{backup.number}.annotator"
        try:
            recover.copy_of_backup(backup.path, copy)
        except LibraryError as trouble:
            if _is_of_the_disk(trouble.__cause__):
                raise
            continue
        if salvaged is None or not merge.is_another_branch(salvaged, copy):
            return backup, copy
    return None, None


def _repair(new: Path, environment: Environment) -> tuple[int, int]:
    """Mend what can be mended in the new library and check it: how much was mended, and what is left."""
    with Library.open(new, environment) as library:
        mended = library.execute(checking.repair, label="Repair library").value
        return len(mended), len(library.read(checking.check).problems)
