"""Power cuts: what SQLite wrote and synced is replayed up to a moment; of what was not synced, anything may be missing.

With `synchronous=FULL` no commit that returned is lost. The same at NORMAL must lose some, else the drill proves nothing.
"""

from __future__ import annotations

import pickle
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.claim import Claim
from annotator.services import checking
from annotator.services.library import Library

WRITER = Path(__file__).with_name("traced_writer.py")
COMMITS = 250
SECTOR = 512
Note = tuple[Any, ...]


def notes_of(folder: Path, mode: str) -> list[Note]:
    """What a child did that stored 250 claims, one commit each."""
    notes = folder / "notes"
    command = [sys.executable, str(WRITER), str(folder / "traced"), mode, str(COMMITS), str(notes)]
    subprocess.run(command, check=True, timeout=100)
    found: list[Note] = pickle.loads(notes.read_bytes())
    return found


def apply(content: bytearray, note: Note) -> None:
    """Do to a file's content what was noted."""
    if note[0] == "truncate":
        del content[note[2] :]
        return
    _, _, offset, data = note
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(data)] = data


def survivors(pending: Sequence[Note], way: str, chance: random.Random) -> Iterator[Note]:
    """What of the writes since the last sync reached the disk."""
    if way == "none":
        return
    if way == "random":
        yield from (note for note in pending if chance.random() < 0.5)
        return
    kept = chance.randrange(len(pending) + 1)
    yield from pending[:kept]
    if way == "torn" and kept < len(pending) and pending[kept][0] == "write":
        _, name, offset, data = pending[kept]
        yield "write", name, offset, data[: chance.randrange(0, len(data) + 1, SECTOR)]


def cut(notes: Sequence[Note], cuts: int, folder: Path) -> tuple[int, int]:
    """Cut the power that often; how many cuts lost acknowledged commits, and how many damaged the file."""
    chance = random.Random(7)
    began = next(at for at, note in enumerate(notes) if note[0] == "stored")
    moments = sorted(chance.sample(range(began + 1, len(notes)), cuts))
    durable: dict[str, bytearray] = {}
    pending: dict[str, list[Note]] = {}
    lost = damaged = acknowledged = at = 0
    for number, moment in enumerate(moments):
        for note in notes[at:moment]:
            if note[0] == "stored":
                acknowledged = note[1] + 1
            elif note[0] == "delete":
                durable.pop(note[1], None)
                pending.pop(note[1], None)
            elif note[0] == "sync":
                content = durable.setdefault(note[1], bytearray())
                for earlier in pending.pop(note[1], []):
                    apply(content, earlier)
            else:
                pending.setdefault(note[1], []).append(note)
        at = moment
        place = folder / str(number)
        place.mkdir()
        way = ("none", "prefix", "random", "torn")[number % 4]
        for name in durable.keys() | pending.keys():
            content = bytearray(durable.get(name, b""))
            for note in survivors(pending.get(name, []), way, chance):
                apply(content, note)
            (place / name).write_bytes(content)
        with Library.open(place / "traced") as library:
            stored = {int(claim.id) for claim in library.read(lambda store: store.find(Claim))}
            lost += not stored.issuperset(range(acknowledged))
            damaged += bool(library.read(checking.check).problems)
        for path in place.iterdir():
            path.unlink()
    return lost, damaged


@pytest.mark.parametrize("cuts", [40, pytest.param(400, marks=[pytest.mark.slow, pytest.mark.timeout(600)])])
def test_a_power_cut_loses_no_commit_at_full_and_some_at_normal(cuts: int, tmp_path: Path) -> None:
    results = {}
    for mode in ("FULL", "NORMAL"):
        folder = tmp_path / mode
        folder.mkdir()
        notes = notes_of(folder, mode)
        assert sorted(path.name for path in folder.iterdir()) == ["notes", "traced"]
        assert sum(note[0] == "stored" for note in notes) == COMMITS
        assert sum(note[0] == "sync" and note[1] == "traced" for note in notes) > 1, "no checkpoint took part"
        results[mode] = cut(notes, cuts, folder)
    print(f"\n{cuts} power cuts: (lost commits, damaged) {results}")  # noqa: T201 - the figures
    assert results["FULL"] == (0, 0)
    assert results["NORMAL"][0] > 0, "the control lost nothing, so the drill proves nothing"
    assert results["NORMAL"][1] == 0
