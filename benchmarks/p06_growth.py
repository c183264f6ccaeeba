"""P6: how scrolling, clicking, adding and opening grow with the number of annotations."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from benchmarks.fixtures import AnnotatedLibrary
from benchmarks.measure import Benchmark, Result, Workbench, compare, exponent
from benchmarks.p01_open import opening
from benchmarks.p03_add import adding
from benchmarks.p05_scroll import readers, turn_pages
from benchmarks.p07_click import clicking


def run(bench: Workbench) -> Iterator[Result]:
    """Yield a row for each step by ten, or by five, and each act. The yardstick is growth in proportion."""
    sizes = bench.sizes(1_000, 10_000, 50_000)
    acts: dict[str, Callable[[Workbench, AnnotatedLibrary], float]] = {
        "open": lambda bench, made: opening(bench, made).ours,
        "scroll": _scrolling,
        "click": clicking,
        "add one": lambda bench, made: adding(bench, made).ours,
    }
    for name, act in acts.items():
        times = [(count, act(bench, bench.library(count))) for count in sizes]
        for smaller, larger in pairwise(times):
            row = exponent("P6", smaller, larger, 0.1)
            yield replace(row, size=f"{name}, {row.size.removeprefix('growth ')}")


def _scrolling(bench: Workbench, made: AnnotatedLibrary) -> float:
    marked, plain = readers(made)
    return compare(
        lambda: statistics.fmean(turn_pages(marked)),
        lambda: statistics.fmean(turn_pages(plain)),
        rounds=bench.rounds(),
    ).ours


BENCHMARK = Benchmark(
    goal="P6",
    what="Growth with the number of annotations in 1 MB | 1, growth in proportion",
    run=run,
)
