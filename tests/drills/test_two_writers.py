"""Two processes edit one claim: no edit is silently overwritten, readers see whole states, waiting has an end."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from annotator.cli.main import run
from annotator.domain.claim import Claim
from annotator.domain.ids import ClaimId
from annotator.errors import ConcurrentEdit, LibraryError
from annotator.services import checking, claims
from annotator.services.library import Library
from annotator.storage import engine

WRITER = Path(__file__).with_name("writer.py")
EDITS = 100  # of each of the two writers


def start(*words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(WRITER), *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def a_claim(library: Library) -> Claim:
    return library.execute(
        lambda store: store.put(Claim(id=ClaimId("c"), statement="It is so.")), label="Add"
    ).value


def test_of_200_competing_edits_none_is_silently_overwritten(library: Library) -> None:
    a_claim(library)
    writers = [start(library.path, "edit", "c", EDITS) for _ in range(2)]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    seen: list[tuple[int, int]] = []
    while any(writer.poll() is None for writer in writers):
        now = library.read(lambda store: store.get(Claim, "c"))
        seen.append((now.rev, len(now.note)))
    outcomes = [line.split() for writer in writers for line in writer.communicate()[0].splitlines()]
    assert [writer.returncode for writer in writers] == [0, 0]
    accepted = sorted(int(outcome[3]) for outcome in outcomes if outcome[1] == "accepted")
    refused = [outcome for outcome in outcomes if outcome[1] == "refused"]
    final = library.read(lambda store: store.get(Claim, "c"))
    assert len(accepted) + len(refused) == 2 * EDITS
    # Each accepted edit made one revision, and each of them put one character onto what the one before left.
    assert accepted == list(range(2, final.rev + 1))
    assert len(final.note) == len(accepted)
    assert seen == sorted(seen)
    assert all(length == rev - 1 for rev, length in seen), "a reader saw half a change"
    assert library.read(checking.check).problems == ()
    print(f"\n{2 * EDITS} edits: {len(accepted)} accepted, {len(refused)} refused, 0 overwritten")  # noqa: T201 - the figures


def test_edits_based_on_the_same_state_are_refused_but_for_one(library: Library) -> None:
    a_claim(library)
    with Library.open(library.path) as other:
        first = library.read(lambda store: store.get(Claim, "c"))

        def edit(note: str):
            return lambda store: claims.edit_claim(
                store, claim_id=first.id, changes=claims.ClaimFields(note=note), rev=first.rev
            )

        other.execute(edit("theirs"), label="Edit claim")
        with pytest.raises(ConcurrentEdit) as caught:
            library.execute(edit("mine"), label="Edit claim")
        assert caught.value.kept
        assert library.read(lambda store: store.get(Claim, "c")).note == "theirs"


def test_a_library_that_stays_locked_is_told_after_the_wait(
    library: Library, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    a_claim(library)
    # The wait itself is a setting that test_engine reads back; a short one stands for it here.
    monkeypatch.setattr(engine, "_BUSY_MS", 50)
    monkeypatch.setitem(engine._PRAGMAS, "busy_timeout", 50)
    with closing(sqlite3.connect(library.path, isolation_level=None)) as lock:
        lock.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="Another program is using the library") as caught:
            Library.open(library.path)
        assert caught.value.kept
        assert caught.value.todo
        assert run(["--library", str(library.path), "edit", "c", "--note", "N"]) == 1
        said = capfd.readouterr().err
        assert "Another program is using the library" in said
        assert "Traceback" not in said
        assert library.read(lambda store: store.get(Claim, "c")).statement == "It is so."
        lock.execute("ROLLBACK")
    assert run(["--library", str(library.path), "edit", "c", "--note", "N"]) == 0
    assert library.read(lambda store: store.get(Claim, "c")).note == "N"
