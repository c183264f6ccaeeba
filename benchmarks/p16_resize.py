"""P16: resizing the window."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from itertools import cycle
from time import perf_counter

from benchmarks.fixtures import AnnotatedLibrary
from benchmarks.measure import KB_100, MB_1, MB_5, Benchmark, Result, Workbench
from benchmarks.p05_scroll import FRAME, readers

STEP = 16  # pixels
STEPS = 12  # there and back


def run(bench: Workbench) -> Iterator[Result]:
    """Yield a row for a step in a wide window, where only the margins change, one for a step in a narrow one, and one
    for the lines that are broken anew when the width rests there; for a text of 1 MB, a short and a long one."""
    for name, characters, marks in (
        ("1 MB", MB_1, 10_000),
        ("100 KB", KB_100, 1_000),
        ("5 MB", MB_5, 10_000),
    ):
        (count,) = bench.sizes(marks)
        made = bench.library(count, characters)
        for kind, width, rests in (("wide", 1_000, False), ("narrow", 640, False), ("at rest", 640, True)):
            milliseconds = _resizing(bench, made, width, rests=rests) * 1000
            limit = 1.0 if characters == MB_1 and not rests else None
            size = f"{name}, {count:,} annotations, {kind}"
            yield Result("P16", size, milliseconds, FRAME, "ms", milliseconds / FRAME, limit)


def _resizing(bench: Workbench, made: AnnotatedLibrary, width: int, *, rests: bool) -> float:
    """The seconds of one step, from the resizing to the painted frame; or of what comes when it `rests` behind it."""
    from benchmarks import screen

    reader, plain = readers(made)
    plain.deleteLater()
    reader.resize(width, screen.HEIGHT)
    reader.verticalScrollBar().setValue(reader.verticalScrollBar().maximum() // 2)
    screen.settle()
    widths = cycle([width + STEP * n for n in (*range(1, STEPS // 2), *range(STEPS // 2, 0, -1))])
    times: list[float] = []
    for _ in range(bench.rounds(2 * STEPS)):
        wanted = next(widths)
        begin = perf_counter()
        reader.resize(wanted, screen.HEIGHT)
        screen.repaint(reader)
        if rests:
            begin = perf_counter()
            reader.fit()
            screen.repaint(reader)
        times.append(perf_counter() - begin)
        screen.settle()
    return statistics.median(times)


BENCHMARK = Benchmark(
    goal="P16",
    what="Resize the window by a step, painted | 16.6 ms, one frame",
    run=run,
)
