"""Puts the rows of a salvaged library and those of a backup of it together.

A row's `rev` counts its changes. Of two rows with one `rev` that differ, or where the damaged library has the lower
one, the row of the backup is the right one: the file was changed by no program of ours. Whatever was done after the
backup is in the journal, which brings its rows up to date.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.domain.article import ArticleText, Attachment, text_digest
from annotator.domain.entity import Entity
from annotator.storage import journal
from annotator.storage.codec import UNREADABLE, Codec, codec_of
from annotator.storage.engine import open_database
from annotator.storage.tables import ENTITIES, metadata

JOURNAL = frozenset({"edit", "change"})
PASSING = frozenset({"draft", "setting"})  # rows that come and go without a trace in the journal
_COLUMNS = {name: [column.name for column in table.columns] for name, table in metadata.tables.items()}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Merged:
    """How many rows a table has now, how many of these are the backup's, and how many are known to be missing still."""

    rows: int
    from_backup: int
    missing: int


def is_another_branch(new: Path, backup: Path) -> bool:
    """Whether the backup holds work that the library gave up: it was restored to an older state."""
    database = open_database(new, check=False)
    try:
        with database.reading() as connection:
            broken = set(journal.broken_links(connection))
    finally:
        database.close()
    with _both(new, backup) as connection:
        query = (
            "SELECT n.seq, n.sha256 IS o.sha256 FROM edit n JOIN old.edit o ON o.seq = n.seq ORDER BY 1 DESC"
        )
        for seq, same in connection.execute(query):
            if same or seq not in broken:
                return not same
    return False


def merge(new: Path, backup: Path | None, whole: frozenset[str]) -> dict[str, Merged]:
    """Complete a salvaged library from a backup of it, if there is one, and from its own journal.

    `whole` are the tables that were read from end to end: a draft that they lack was stored or given up.
    """
    with _both(new, backup) as connection:
        connection.execute("BEGIN")
        taken, missing = dict.fromkeys(metadata.tables, 0), dict.fromkeys(metadata.tables, 0)
        last = 0
        if backup is not None:
            last = connection.execute("SELECT coalesce(max(seq), 0) FROM old.edit").fetchone()[0]
            taken["edit"], taken["change"] = _take_journal(connection, last)
        for kind, cls in ENTITIES.items():
            table = _Table(connection, kind, cls, whole=kind in whole)
            if backup is not None:
                taken[kind] = table.complete_from_backup(last)
            table.complete_from_journal()
            missing[kind] = table.count_missing(backup is not None)
        rows = {name: _count(connection, name) for name in metadata.tables}
        connection.execute("COMMIT")
    return {name: Merged(rows[name], min(taken[name], rows[name]), missing[name]) for name in rows}


def rows_of(library: Path) -> dict[str, int]:
    """How many rows each table has."""
    with _both(library, None) as connection:
        return {name: _count(connection, name) for name in metadata.tables}


def _count(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f'SELECT count(*) FROM main."{name}"').fetchone()[0])


@contextmanager
def _both(new: Path, backup: Path | None) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(new, isolation_level=None)) as connection:
        connection.text_factory = lambda stored: stored.decode("utf-8", "replace")
        connection.execute("PRAGMA foreign_keys = OFF")
        if backup is not None:
            connection.execute("ATTACH ? AS old", (str(backup),))
        yield connection


def _take_journal(connection: sqlite3.Connection, last: int) -> tuple[int, int]:
    """Make the journal up to the step `last` that of the backup; how many edits and changes of it were wanting.

    The journal is only ever added to, so up to there the two are one and the same.
    """
    counts = []
    for name, seq in (("edit", "seq"), ("change", "edit_seq")):
        columns = _listed(_COLUMNS[name])
        before = connection.total_changes
        connection.execute(
            f'INSERT OR REPLACE INTO main."{name}" ({columns}) SELECT {columns} FROM old."{name}"'
            f' EXCEPT SELECT {columns} FROM main."{name}"'
        )
        counts.append(connection.total_changes - before)
        connection.execute(
            f'DELETE FROM main."{name}" WHERE {seq} <= ? AND rowid NOT IN (SELECT n.rowid FROM main."{name}" n'
            f' JOIN old."{name}" o ON {_same_key(name)})',
            (last,),
        )
    return counts[0], counts[1]


def _same_key(name: str) -> str:
    keys = metadata.tables[name].primary_key.columns.keys()
    return " AND ".join(f'n."{key}" = o."{key}"' for key in keys)


def _listed(columns: Sequence[str], prefix: str = "") -> str:
    return ", ".join(f'{prefix}"{column}"' for column in columns)


class _Table:
    """One kind of thing in the salvaged library."""

    def __init__(self, connection: sqlite3.Connection, kind: str, cls: type[Entity], *, whole: bool) -> None:
        self._connection = connection
        self._kind = kind
        self._codec: Codec[Any] = codec_of(cls)
        self._columns = _COLUMNS[kind]
        self._whole = whole

    def complete_from_backup(self, last: int) -> int:
        """Take the rows that are missing or not what they were; how many. `last` is the backup's last step."""
        taken = 0
        for id, is_missing in self._wanting():
            row = self._row("old", id)
            if row is None:
                continue
            row = self._replayed(row, last)
            is_gone = not row or (self._whole and self._kind in PASSING)  # for good, and not by the damage
            if is_gone if is_missing else not self._is_sound(row):
                continue
            self._put(row)
            taken += 1
        return taken

    def complete_from_journal(self) -> None:
        """Make anew from the journal what neither the damaged library nor the backup gives; whole texts it has not."""
        if self._codec.bulk or self._kind in PASSING:
            return
        known = self._made()
        for id in sorted((known - self._ids("main")) | (known & self._unreadable())):
            row = self._replayed({}, 0, id)
            if self._is_sound(row):
                self._put(row)

    def count_missing(self, has_backup: bool) -> int:
        """How many things the journal or the backup know that are neither there nor removed for good."""
        if self._kind in PASSING:
            return 0
        removed = "SELECT entity_id FROM main.change WHERE kind = ? AND before IS NOT NULL AND after = '{}'"
        gone = {id for (id,) in self._connection.execute(removed, (self._kind,))}
        known = self._made() | (self._ids("old") if has_backup else set())
        return len(known - gone - self._ids("main"))

    def _made(self) -> set[str]:
        """The ids of what the journal says was made."""
        made = "SELECT DISTINCT entity_id FROM main.change WHERE kind = ? AND before IS NULL"
        return {id for (id,) in self._connection.execute(made, (self._kind,))}

    def _ids(self, where: str) -> set[str]:
        return {id for (id,) in self._connection.execute(f'SELECT id FROM {where}."{self._kind}"')}

    def _wanting(self) -> list[tuple[str, bool]]:
        """The ids of rows that the backup has and the library lacks, or has in another form than it was left in."""
        missing = f'SELECT id FROM old."{self._kind}" WHERE id NOT IN (SELECT id FROM main."{self._kind}")'
        unlike = " OR ".join(f'n."{column}" IS NOT o."{column}"' for column in self._columns)
        changed = (
            f'SELECT o.id FROM old."{self._kind}" o JOIN main."{self._kind}" n ON n.id = o.id'
            f" WHERE typeof(n.rev) != 'integer' OR n.rev < o.rev OR (n.rev = o.rev AND ({unlike}))"
        )
        execute = self._connection.execute
        found = {str(id): True for (id,) in execute(missing)}
        found |= {str(id): False for (id,) in execute(changed)}
        for id in self._unreadable():
            found.setdefault(id, False)
        return sorted(found.items())

    def _unreadable(self) -> set[str]:
        """The ids of rows that make no entity, or whose content has another digest than the one stored."""
        ids = [id for (id,) in self._connection.execute(f'SELECT id FROM main."{self._kind}"')]
        found = set()
        for id in ids:  # one at a time: each may be many megabytes
            row = self._row("main", id)
            if row is None or not self._is_sound(row):
                found.add(str(id))
        return found

    def _is_sound(self, row: Row) -> bool:
        try:
            entity = self._codec.decode([row[name] for name in self._codec.columns])
            if isinstance(entity, ArticleText):
                return text_digest(entity.text) == entity.sha256
            if isinstance(entity, Attachment):
                return hashlib.sha256(entity.content()).hexdigest() == entity.sha256
        except UNREADABLE:
            return False
        return True

    def _row(self, where: str, id: object) -> Row | None:
        query = f'SELECT {_listed(self._columns)} FROM {where}."{self._kind}" WHERE id = ?'
        values = self._connection.execute(query, (id,)).fetchone()
        return None if values is None else dict(zip(self._columns, values, strict=True))

    def _replayed(self, row: Row, last: int, id: str = "") -> Row:
        """The row with all that the journal says was done to it after the step `last`; empty if removed for good."""
        query = (
            "SELECT c.before, c.after, e.at, e.by FROM main.change c JOIN main.edit e ON e.seq = c.edit_seq"
            " WHERE c.kind = ? AND c.entity_id = ? AND c.edit_seq > ? ORDER BY c.edit_seq, c.position"
        )
        row = dict(row)
        for before, after, at, by in self._connection.execute(query, (self._kind, id or row["id"], last)):
            try:
                fields = json.loads(after)
            except (TypeError, ValueError, RecursionError):
                continue
            if not isinstance(fields, dict):
                continue
            if before is not None and not fields:
                row = {}
            elif before is None:
                row = {"id": id, "rev": 0, "created_at": at, "created_by": by, "deleted_at": None}
            if isinstance(row.get("rev"), int):
                row |= {name: value for name, value in fields.items() if name in self._columns}
                row |= {"rev": row["rev"] + 1, "updated_at": at}
        return row

    def _put(self, row: Row) -> None:
        marks = ", ".join("?" for _ in self._columns)
        self._connection.execute(
            f'INSERT OR REPLACE INTO main."{self._kind}" ({_listed(self._columns)}) VALUES ({marks})',
            [row[column] for column in self._columns],
        )
