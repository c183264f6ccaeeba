"""A writer killed at any moment loses nothing that it said was stored.

1,000 cycles by hand: `ANNOTATOR_KILL_CYCLES=1000 python -m pytest tests/drills/test_kill.py -m slow -s --timeout 3600`
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator.domain.claim import Claim
from annotator.services import checking
from annotator.services.library import Library

WRITER = Path(__file__).with_name("writer.py")
LONGEST = 0.25  # seconds of work before a kill


def work_until_killed(library: Path, first: int, seconds: float) -> list[int]:
    """The numbers that the child said were stored before it was killed."""
    child = subprocess.Popen(
        [sys.executable, str(WRITER), str(library), "add", str(first), "100000"], stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    time.sleep(seconds)
    child.kill()
    said = child.stdout.read()
    child.wait()
    child.stdout.close()
    return [
        int(line) for line in said.split(b"\n")[:-1]
    ]  # behind the last line feed is half a word or nothing


def drill(path: Path, cycles: int) -> None:
    chance = random.Random(20260321)
    said: set[int] = set()
    for cycle in range(cycles):
        said |= set(work_until_killed(path, cycle * 100_000, chance.uniform(0, LONGEST)))
        with Library.open(path) as library:
            stored = {int(item.statement) for item in library.read(lambda store: store.find(Claim))}
            assert said <= stored, f"lost in cycle {cycle}: {sorted(said - stored)}"
            # Of each cycle at most one more was stored than was said: the one that the kill fell into.
            assert len(stored - said) <= cycle + 1
    with Library.open(path) as library:
        assert library.read(checking.check).problems == ()
    assert len(said) > cycles
    print(f"\n{cycles} kills, {len(said)} acknowledged writes, 0 lost")  # noqa: T201 - the figures


def test_5_kills_lose_nothing(tmp_path: Path) -> None:
    drill(tmp_path / "library.annotator", 5)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_60_kills_lose_nothing(tmp_path: Path) -> None:
    drill(tmp_path / "library.annotator", int(os.environ.get("ANNOTATOR_KILL_CYCLES", "60")))
