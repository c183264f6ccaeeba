"""P7: which annotations lie under a click."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from annotator.services.annotations import passages
from benchmarks.fixtures import SEED, AnnotatedLibrary
from benchmarks.measure import Benchmark, Result, Workbench, exponent

if TYPE_CHECKING:
    from annotator.ui.reader.spans import SpanIndex

ALLOWED = 0.02  # milliseconds
CLICKS = 2_000  # in a round


def run(bench: Workbench) -> Iterator[Result]:
    """Yield a row for each number of annotations and one for how the time grows."""
    times: list[tuple[int, float]] = []
    for count in bench.sizes(1_000, 10_000, 50_000):
        taken = clicking(bench, bench.library(count)) * 1000
        times.append((count, taken))
        yield Result("P7", f"{count:,} annotations", taken, ALLOWED, "ms", taken / ALLOWED, 1.0)
    yield exponent("P7", times[0], times[-1], 0.2)


def clicking(bench: Workbench, made: AnnotatedLibrary) -> float:
    """The seconds that one click takes."""
    from annotator.ui.reader.spans import SpanIndex

    with made.open() as library:
        index = SpanIndex(library.read(partial(passages, text_id=made.text_id)))
    clicks = random.Random(SEED).choices(range(len(made.text)), k=CLICKS)
    return median(_seconds(index, clicks) for _ in range(bench.rounds()))


def _seconds(index: SpanIndex, clicks: list[int]) -> float:
    start = perf_counter()
    for offset in clicks:
        index.at(offset)
    return (perf_counter() - start) / len(clicks)


BENCHMARK = Benchmark(
    goal="P7",
    what="Annotations under a click | 0.02 ms, a fixed allowance",
    run=run,
)
