"""Disk full, file gone, lock held, folder read-only: nothing acknowledged is lost, and saving goes on once it heals."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.claim import Claim
from annotator.domain.ids import ClaimId
from annotator.errors import LibraryError
from annotator.services import backups, checking
from annotator.services.library import Library
from annotator.storage import engine

# Fills a library under a limit on the size of files until saving fails, heals the disk, and goes on.
FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from annotator.domain.claim import Claim
from annotator.errors import LibraryError
from annotator.services.library import Library

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
with Library.open(Path(sys.argv[1])) as library:
    def add(number):
        library.execute(lambda store: store.put(Claim(id=str(number), statement="x" * 2000)), label="Add")
        print("stored", number, flush=True)
    add(0)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), hard))
    failed = 0
    for number in range(1, 400):
        try:
            add(number)
        except LibraryError as error:
            print("refused", number, error.kept, error.todo, flush=True)
            failed += 1
            if failed == 3:
                break
    held = library.read(lambda store: len(store.find(Claim)))
    print("held", held, flush=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    add(1000)
"""


def put(library: Library, id: str) -> None:
    library.execute(lambda store: store.put(Claim(id=ClaimId(id), statement=id)), label="Add")


def ids(library: Library) -> set[str]:
    return {claim.id for claim in library.read(lambda store: store.find(Claim))}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
@pytest.mark.parametrize("limit", [200_000, 400_000, 777_777, 1_500_000])
def test_a_full_disk_refuses_and_loses_nothing(limit: int, tmp_path: Path) -> None:
    path = tmp_path / "library.annotator"
    command = [sys.executable, "-c", FULL_DISK, path, str(limit)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    stored = {words[1] for words in lines if words[0] == "stored"}
    refused = [words for words in lines if words[0] == "refused"]
    assert len(refused) == 3
    assert all("kept;" in words and "disk" in words for words in refused)
    assert "1000" in stored, "saving did not go on when there was room again"
    (held,) = (int(words[1]) for words in lines if words[0] == "held")
    assert held == len(stored) - 1, "what was saved could not be read while the disk was full"
    with Library.open(path) as library:
        assert ids(library) == stored
        assert library.read(checking.check).problems == ()


class FaultyDisk:
    """Connections on which a statement or the commit fails with a result code of SQLite, while `at` names it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
        self.at = ""
        self.takes_back = True
        self.failed = 0
        disk, connect = self, sqlite3.connect

        def fail(moment: str) -> None:
            if disk.at and moment.startswith(disk.at):
                disk.failed += 1
                error = sqlite3.OperationalError("the disk failed")
                error.sqlite_errorcode = code
                raise error

        class FaultyCursor(sqlite3.Cursor):
            def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
                fail(statement)
                return super().execute(statement, *values)

        class FaultyConnection(sqlite3.Connection):
            def cursor(self, factory: Any = FaultyCursor) -> Any:
                return super().cursor(factory)

            def commit(self) -> None:
                fail("COMMIT")
                super().commit()

            def rollback(self) -> None:
                if not disk.takes_back:
                    raise sqlite3.OperationalError("the disk failed once more")
                super().rollback()

        monkeypatch.setattr(
            engine.sqlite3,
            "connect",
            lambda *place, **how: connect(*place, **how, factory=FaultyConnection),
        )


CODES = {
    sqlite3.SQLITE_FULL: "The disk is full",
    sqlite3.SQLITE_IOERR: "The disk did not take or give the data",
    sqlite3.SQLITE_IOERR_FSYNC: "The disk did not take or give the data",
    sqlite3.SQLITE_READONLY: "The library can't be written to",
    sqlite3.SQLITE_BUSY: "Another program is using the library",
}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("at", ["BEGIN IMMEDIATE", "INSERT INTO claim", "INSERT INTO edit", "COMMIT"])
def test_a_fault_at_any_moment_of_a_change_loses_nothing_and_saving_goes_on_when_it_heals(
    code: int, at: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = FaultyDisk(monkeypatch, code)
    with Library.open(tmp_path / "library.annotator") as library:
        put(library, "before")
        for number in range(3):
            disk.at = at
            with pytest.raises(LibraryError, match=CODES[code]) as caught:
                put(library, f"refused {number}")
            assert "What was saved before is kept" in caught.value.kept
            assert caught.value.todo
            disk.at = ""
            assert ids(library) == {"before"}
            assert library.undo_state().undo == "Add"
        assert disk.failed == 3
        put(library, "after")
        assert ids(library) == {"before", "after"}
        assert library.read(checking.check).problems == ()
    with Library.open(tmp_path / "library.annotator") as again:
        assert ids(again) == {"before", "after"}


def test_a_change_that_can_not_even_be_taken_back_leaves_nothing_in_the_way_of_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = FaultyDisk(monkeypatch, sqlite3.SQLITE_IOERR)
    with Library.open(tmp_path / "library.annotator") as library:
        put(library, "before")
        disk.at, disk.takes_back = "COMMIT", False
        with pytest.raises(LibraryError, match="The disk did not take"):
            put(library, "refused")
        disk.at, disk.takes_back = "", True
        put(library, "after")
        assert ids(library) == {"before", "after"}


@pytest.mark.parametrize("code", CODES)
def test_undo_that_fails_can_be_asked_for_again(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = FaultyDisk(monkeypatch, code)
    with Library.open(tmp_path / "library.annotator") as library:
        put(library, "before")
        disk.at = "COMMIT"
        with pytest.raises(LibraryError, match=CODES[code]):
            library.undo()
        disk.at = ""
        assert ids(library) == {"before"}
        assert library.undo().value
        assert ids(library) == set()


# What makes SQLite itself refuse on the connection that writes, and what heals it.
REFUSALS = {
    "full": ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1073741823", "The disk is full"),
    "read-only": ("PRAGMA query_only = 1", "PRAGMA query_only = 0", "can't be written to"),
}


@pytest.mark.parametrize("kind", REFUSALS)
def test_what_sqlite_refuses_while_the_library_is_open_is_saved_when_it_heals(
    kind: str, library: Library
) -> None:
    fault, cure, words = REFUSALS[kind]

    def say(statement: str) -> None:
        with library.database._writer.connect() as connection:
            connection.exec_driver_sql(statement)

    put(library, "before")
    say(fault)
    refused = 0
    for number in range(200):  # the free room of the pages there are goes first
        try:
            library.execute(
                lambda store, id=f"n{number}": store.put(Claim(id=ClaimId(id), statement="x" * 3000)),
                label="Add",
            )
        except LibraryError as trouble:
            refused += 1
            assert words in trouble.what  # noqa: PT017 - how many are stored before is not known
        held = ids(library)
        assert len(held) == number + 2 - refused
        if refused == 3:
            break
    assert refused == 3
    say(cure)
    put(library, "after")
    assert ids(library) == held | {"after"}
    assert library.read(checking.check).problems == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no file that is open")
def test_a_library_that_was_deleted_can_still_be_read_and_written_out(
    library: Library, tmp_path: Path
) -> None:
    put(library, "before")
    library.path.unlink()
    with pytest.raises(LibraryError, match="was moved, deleted or replaced") as caught:
        put(library, "while it is away")
    assert caught.value.kept
    assert ids(library) == {"before"}
    assert not library.path.exists()
    backups.write_plain_copy(library, tmp_path / "copy.json")
    assert "before" in (tmp_path / "copy.json").read_text("utf-8")
    made = backups.make_backup(library, data_folder=tmp_path / "data")
    assert made is not None
    with Library.open(made.path, read_only=True) as again:
        assert ids(again) == {"before"}


def test_a_library_that_was_moved_away_is_never_written_to_as_if_it_were_there(
    library: Library, tmp_path: Path
) -> None:
    put(library, "before")
    elsewhere = tmp_path / "elsewhere"
    library.path.rename(elsewhere)
    with pytest.raises(LibraryError, match="was moved, deleted or replaced") as caught:
        put(library, "while it is away")
    assert caught.value.kept
    assert not library.path.exists(), "an empty library was made in its place"
    assert ids(library) == {"before"}, "what is there can't be read any more"
    assert not library.path.exists()
    elsewhere.rename(library.path)
    put(library, "after")
    library.close()
    with Library.open(library.path) as again:
        assert ids(again) == {"before", "after"}


def test_another_file_in_its_place_is_not_written_to(library: Library, tmp_path: Path) -> None:
    put(library, "mine")
    other = tmp_path / "other.annotator"
    with Library.open(other) as made:
        put(made, "other")
    os.replace(other, library.path)
    with pytest.raises(LibraryError, match="replaced"):
        put(library, "astray")


def test_a_lock_refuses_a_change_and_the_next_one_after_it_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_BUSY_MS", 20)
    monkeypatch.setitem(engine._PRAGMAS, "busy_timeout", 20)
    with Library.open(tmp_path / "library.annotator") as library:
        put(library, "before")
        with closing(sqlite3.connect(library.path, isolation_level=None)) as lock:
            lock.execute("BEGIN IMMEDIATE")
            for _ in range(3):
                with pytest.raises(LibraryError, match="Another program is using the library"):
                    put(library, "refused")
            assert ids(library) == {"before"}
            lock.execute("ROLLBACK")
        put(library, "after")
        assert ids(library) == {"before", "after"}


@pytest.mark.parametrize("at", ["put", "end"])
def test_an_error_in_the_middle_of_a_change_leaves_nothing_of_it(at: str, library: Library) -> None:
    put(library, "before")

    def half(store) -> None:
        store.put(Claim(id=ClaimId("half"), statement="half"))
        if at == "put":
            store.connection.exec_driver_sql("INSERT INTO missing VALUES (1)")
        raise OSError("the disk is gone")

    with pytest.raises(LibraryError if at == "put" else OSError):
        library.execute(half, label="Half")
    put(library, "after")
    assert ids(library) == {"before", "after"}
    assert library.read(checking.check).problems == ()


def test_damage_met_at_work_is_told_with_the_way_out(library: Library) -> None:
    library.execute(
        lambda store: [store.put(Claim(id=ClaimId(str(n)), statement="x" * 900)) for n in range(200)],
        label="Add",
    )
    path = library.path
    library.close()
    with closing(sqlite3.connect(path)) as raw:
        (root,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'claim'").fetchone()
    content = bytearray(path.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    with Library.open(path, check=False) as again, pytest.raises(LibraryError, match="damaged") as caught:
        again.read(lambda store: store.find(Claim))
    assert "annotator recover" in caught.value.todo
