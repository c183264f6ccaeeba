"""P5: scrolling by a page."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from annotator.services import reading
from annotator.services.annotations import passages
from benchmarks.fixtures import AnnotatedLibrary
from benchmarks.measure import Benchmark, Result, Workbench, compare

if TYPE_CHECKING:
    from annotator.ui.reader.view import ReaderView

PAGES = 40  # in a round, each seen for the first time
FRAME = 16.6  # milliseconds


def run(bench: Workbench) -> Iterator[Result]:
    """Yield two rows for each number of annotations: the mean of a round, and the frame that 95 % stay below."""
    for count, limit in zip(bench.sizes(10_000, 50_000), (1.5, 2.0), strict=True):
        yield from _scrolling(bench, bench.library(count), limit)


def _scrolling(bench: Workbench, made: AnnotatedLibrary, limit: float) -> Iterator[Result]:
    from benchmarks import screen

    marked, plain = screen.new_reader(), screen.new_reader()
    with made.open() as library:
        opened = library.read(lambda store: reading.open_article(store, made.article_id))
        rows = library.read(lambda store: passages(store, made.text_id))
    for reader in (marked, plain):
        screen.show_opened(reader, opened)
    marked.set_spans(
        rows, {row.claim_id: number for number, row in enumerate(rows) if row.claim_id}, screen.looks(opened)
    )
    plain.set_spans([], {}, {})
    for reader in (marked, plain):
        screen.lay_out(reader)
    frames: list[float] = []

    def ours() -> float:
        times = _turn_pages(marked)
        frames.extend(times)
        return statistics.fmean(times)

    pair = compare(ours, lambda: statistics.fmean(_turn_pages(plain)), rounds=bench.rounds())
    size = f"{made.annotations:,} annotations"
    yield pair.result("P5", f"{size}, mean", limit)
    slowest = statistics.quantiles(frames, n=20)[-1] * 1000
    yield Result("P5", f"{size}, 95 % of frames", slowest, FRAME, "ms", slowest / FRAME, 1.0)


def _turn_pages(reader: ReaderView) -> list[float]:
    """The seconds of each page from the setting of the scroll bar to the painted frame."""
    from benchmarks import screen

    bar = reader.verticalScrollBar()
    step = reader.viewport().height() - 60
    reader.page.forget_all()
    times: list[float] = []
    for number in range(PAGES):
        screen.settle()
        begin = perf_counter()
        bar.setValue(number * step)
        screen.repaint(reader)
        times.append(perf_counter() - begin)
    return times


BENCHMARK = Benchmark(
    goal="P5",
    what="Scroll by a page, painted | the same widget without annotations; 95 % of frames: 16.6 ms, fixed",
    run=run,
)
