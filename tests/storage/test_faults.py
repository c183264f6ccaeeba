"""Disk full, file gone, lock held, folder read-only: nothing acknowledged is lost, and saving goes on once it heals."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.claim import Claim
from annotator.domain.ids import ClaimId
from annotator.errors import LibraryError
from annotator.services import checking
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
    with Library.open(path) as again, pytest.raises(LibraryError, match="damaged") as caught:
        again.read(lambda store: store.find(Claim))
    assert "annotator check --salvage" in caught.value.todo
