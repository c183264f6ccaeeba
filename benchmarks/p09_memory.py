"""P9: the memory that annotations add."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.fixtures import AnnotatedLibrary
from benchmarks.measure import Benchmark, Result, Workbench
from benchmarks.reader_memory import MARKED, PLAIN

ALLOWED = 5.0  # MB
_MB = 1_000_000
_ROOT = Path(__file__).resolve().parents[1]


def run(bench: Workbench) -> Iterator[Result]:
    """Yield a row for the number that has a goal and one for more."""
    for count, has_goal in zip(bench.sizes(10_000, 50_000), (True, False), strict=True):
        made = bench.library(count)
        rounds = bench.rounds(5)
        with_them = median(_megabytes(MARKED, made) for _ in range(rounds))
        without = median(_megabytes(PLAIN, made) for _ in range(rounds))
        added = with_them - without
        limit = 1.0 if has_goal else None
        yield Result("P9", f"{count:,} annotations", added, ALLOWED, "MB", added / ALLOWED, limit)


def _megabytes(kind: str, made: AnnotatedLibrary) -> float:
    """The memory of a process that shows the article and has read 200 pages of it."""
    command = [sys.executable, "-m", "benchmarks.reader_memory", kind]
    command += [str(made.path), made.article_id, made.text_id]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True, timeout=300)
    return int(done.stdout.split()[-1]) / _MB


BENCHMARK = Benchmark(
    goal="P9",
    what="Memory that annotations add, 200 pages read | 5 MB, a fixed allowance",
    run=run,
)
