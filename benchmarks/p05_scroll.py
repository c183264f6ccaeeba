"""P5: scrolling by a page."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from annotator.services import reading
from annotator.services.annotations import passages
from benchmarks.fixtures import AnnotatedLibrary
from benchmarks.measure import KB_100, MB_5, Benchmark, Histogram, Result, Workbench, compare

if TYPE_CHECKING:
    from annotator.ui.reader.view import ReaderView

PAGES = 40  # in a round, each seen for the first time
NOTCH = 120  # pixels that one turn of the wheel scrolls
FRAME = 16.6  # milliseconds
_EDGES = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 6.0, 8.0, 12.0, FRAME, 33.3)


def run(bench: Workbench) -> Iterator[Result | Histogram]:
    """Yield two rows for each number of annotations: the mean of a round, and the frame that 95 % stay below; then a
    short and a long text, and how long the frames take when one scrolls through all of it with the wheel."""
    few, many, most = bench.sizes(1_000, 10_000, 50_000)
    yield from _scrolling(bench, bench.library(many), f"1 MB, {many:,} annotations", 1.5)
    yield from _scrolling(bench, bench.library(most), f"1 MB, {most:,} annotations", 2.0)
    yield from _scrolling(bench, bench.library(few, KB_100), f"100 KB, {few:,} annotations", None)
    yield from _scrolling(bench, bench.library(many, MB_5), f"5 MB, {many:,} annotations", None)
    yield _through(bench.library(many))


def readers(made: AnnotatedLibrary) -> tuple[ReaderView, ReaderView]:
    """The article with its annotations and without, laid out."""
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
    return marked, plain


def _scrolling(bench: Workbench, made: AnnotatedLibrary, size: str, limit: float | None) -> Iterator[Result]:
    marked, plain = readers(made)
    frames: list[float] = []

    def ours() -> float:
        times = turn_pages(marked)
        frames.extend(times)
        return statistics.fmean(times)

    pair = compare(ours, lambda: statistics.fmean(turn_pages(plain)), rounds=bench.rounds())
    yield pair.result("P5", f"{size}, mean", limit)
    slowest = statistics.quantiles(frames, n=20)[-1] * 1000
    yield Result("P5", f"{size}, 95 % of frames", slowest, FRAME, "ms", slowest / FRAME, 1.0)


def turn_pages(reader: ReaderView) -> list[float]:
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


def _through(made: AnnotatedLibrary) -> Histogram:
    """Scroll through the whole text, a notch of the wheel a frame, with what the reader does between frames."""
    from benchmarks import screen

    reader, _ = readers(made)
    bar = reader.verticalScrollBar()
    reader.page.forget_all()
    times: list[float] = []
    for value in range(0, bar.maximum(), NOTCH):
        screen.settle()
        begin = perf_counter()
        bar.setValue(value)
        screen.repaint(reader)
        times.append(perf_counter() - begin)
    slowest = max(times) * 1000
    size = f"through all of it, {made.annotations:,} annotations, the longest frame {slowest:.1f} ms"
    return Histogram.of("P5", size, times, _EDGES)


BENCHMARK = Benchmark(
    goal="P5",
    what="Scroll by a page, painted | the same widget without annotations; 95 % of frames: 16.6 ms, fixed",
    run=run,
)
