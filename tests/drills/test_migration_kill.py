"""A migration killed at any statement leaves the old library or the new one, whole, and is done by opening it again.

Every statement of every released schema by hand: `python -m pytest tests/drills/test_migration_kill.py -m slow -s`
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

import pytest
from tests.storage import golden_libraries as golden

from annotator.services import backups
from annotator.services.library import Library
from annotator.storage.backup_folder import Reason
from annotator.storage.engine import SCHEMA_VERSION

MIGRATOR = Path(__file__).with_name("migrator.py")
OLD = [path for path in golden.released() if golden.schema_of(path) < SCHEMA_VERSION]
INSTRUCTIONS = 100  # of SQLite's virtual machine between two kills inside of statements
SUFFIXES = ("", "-wal", "-shm", "-journal")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")


class Migrator:
    """Opens libraries in processes that are killed on the way."""

    def __init__(self, requests: IO[str], answers: IO[str]) -> None:
        self._requests = requests
        self._answers = answers

    def open(self, path: Path, stop: int, *, every: int = 0) -> list[str] | None:
        """None when the process was killed at that statement, else the words of all there were."""
        self._requests.write(json.dumps([stop, str(path), str(path.parent / "data"), every]) + "\n")
        self._requests.flush()
        answer = self._answers.readline().strip()
        return None if answer == "killed" else json.loads(answer)


@contextmanager
def migrator(*words: str) -> Iterator[Migrator]:
    command = [sys.executable, str(MIGRATOR), *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Migrator(process.stdin, process.stdout)
        process.stdin.close()


def looked_at(path: Path) -> tuple[int, list[str]]:
    """The number of the schema and its words; in a copy, so that what was left is found by who opens it next."""
    copy = path.parent / "copy" / path.name
    copy.parent.mkdir()
    for suffix in SUFFIXES:
        if Path(f"{path}{suffix}").exists():
            shutil.copyfile(f"{path}{suffix}", f"{copy}{suffix}")
    try:
        return read(copy)
    finally:
        shutil.rmtree(copy.parent)


def read(path: Path) -> tuple[int, list[str]]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        words = connection.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
        ).fetchall()
        return version, [" ".join(sql.split()) for (sql,) in words]


def tables_of(release: Path, path: Path) -> dict[str, Any]:
    tables = golden.expected(release)["tables"]
    return golden.found(path, {name: table["columns"] for name, table in tables.items()})


def drill(release: Path, folder: Path, *, each: int = 1, every: int = 0) -> None:
    """Kill at every statement of the migration's transaction and at each nth of the others, or within statements."""
    held = golden.expected(release)
    before = read(release)
    outcomes = {golden.schema_of(release): 0, SCHEMA_VERSION: 0}
    with migrator() as opener:
        path = place(release, folder / "whole")
        statements = opener.open(path, 0, every=every)
        assert statements
        after = read(path)
        assert before != after
        stops: Sequence[int] = range(1, len(statements) + 1)
        if not every:
            within = transaction(statements)
            stops = [stop for stop in stops if stop in within or stop % each == 0]
        for stop in stops:
            path = place(release, folder / str(stop))
            assert opener.open(path, stop, every=every) is None
            left = looked_at(path)
            assert left in (before, after), f"killed at {stop}: neither the old schema nor the new one"
            outcomes[left[0]] += 1
            made = backups.list_backups(path, data_folder=path.parent / "data", thorough=True)
            assert not any(backup.trouble for backup in made)
            if left == after:  # the old one is safe elsewhere
                assert tables_of(release, made[-1].path) == held["tables"]
            with Library.open(path, data_folder=path.parent / "data") as library:
                assert (library.undo_state().undo, library.undo_state().redo) == (held["undo"], held["redo"])
            assert read(path) == after, f"killed at {stop}: not finished by opening it again"
            assert tables_of(release, path) == held["tables"]
            made = backups.list_backups(path, data_folder=path.parent / "data")
            # Killed between a backup and the entry about it, nobody knows any more why it was made.
            assert {backup.reason for backup in made} - {Reason.FOUND} == {Reason.MIGRATION}
            shutil.rmtree(path.parent)
    assert min(outcomes.values()) > 0
    unit = f"{INSTRUCTIONS} instructions" if every else "statements"
    print(  # noqa: T201 - the figures
        f"\nschema {golden.schema_of(release)}: {len(stops)} kills within {len(statements)} {unit},"
        f" {outcomes[golden.schema_of(release)]} left the old library and {outcomes[SCHEMA_VERSION]} the new one,"
        " 0 half of one, 0 rows lost"
    )


def transaction(statements: list[str]) -> range:
    """The numbers of the statements of the migration's transaction, and of the one behind it."""
    (end,) = (
        n
        for n, words in enumerate(statements, start=1)
        if words == "COMMIT" and n > 1 and "PRAGMA" in statements[n - 2]
    )
    begin = max(n for n, words in enumerate(statements[:end], start=1) if words == "BEGIN EXCLUSIVE")
    return range(begin, end + 2)


def place(release: Path, folder: Path) -> Path:
    folder.mkdir()
    return Path(shutil.copyfile(release, folder / "library.annotator"))


def test_a_migration_from_the_first_schema_is_killed_at_every_statement(tmp_path: Path) -> None:
    drill(OLD[0], tmp_path, each=8)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("release", OLD, ids=lambda path: path.stem)
def test_migrations_from_every_schema_are_killed_at_every_statement(release: Path, tmp_path: Path) -> None:
    drill(release, tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("release", OLD, ids=lambda path: path.stem)
def test_migrations_from_every_schema_are_killed_within_statements(release: Path, tmp_path: Path) -> None:
    drill(release, tmp_path, every=INSTRUCTIONS)


def test_without_its_transaction_a_killed_migration_would_leave_half_a_schema(tmp_path: Path) -> None:
    """The control: the drill must find what it looks for."""
    release = OLD[0]
    before = read(release)
    with migrator("careless") as opener:
        path = place(release, tmp_path / "whole")
        statements = opener.open(path, 0)
        assert statements
        after = read(path)
        for stop in range(len(statements), 0, -3):
            path = place(release, tmp_path / str(stop))
            assert opener.open(path, stop) is None
            if looked_at(path) not in (before, after):
                return
    pytest.fail(f"none of {len(statements)} kills left half a schema")
