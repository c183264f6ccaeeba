"""P8: from nothing to the first painted window."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

from benchmarks.first_paint import EMPTY, WINDOW
from benchmarks.measure import Benchmark, Result, Workbench, compare

_ROOT = Path(__file__).resolve().parents[1]


def run(bench: Workbench) -> Iterator[Result]:
    """Yield one row."""
    rounds = bench.rounds(15)
    folder = bench.folder / "start"
    folder.mkdir(exist_ok=True)
    pair = compare(partial(_starting, WINDOW, folder), partial(_starting, EMPTY, folder), rounds=rounds)
    yield pair.result("P8", "process start to first paint", 1.3)


def _starting(kind: str, folder: Path) -> float:
    """The seconds from the start of a process to its line on stdout."""
    command = [sys.executable, "-m", "benchmarks.first_paint", kind, str(folder)]
    # An installed program is compiled: so are both here, from the rounds that don't count on.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    begin = perf_counter()
    with subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        seconds = perf_counter() - begin
    if line.strip() != "painted":
        raise RuntimeError(
            f"the window of kind “{kind}” was not painted; the process ended with {process.returncode}"
        )
    return seconds


BENCHMARK = Benchmark(
    goal="P8",
    what="Process start to first painted window | a process with an empty QMainWindow",
    run=run,
)
