"""P1: opening an article of prose."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.services import reading
from benchmarks.fixtures import AnnotatedLibrary
from benchmarks.measure import KB_100, MB_5, Benchmark, Pair, Result, Workbench, compare, exponent, timed


def run(bench: Workbench) -> Iterator[Result]:
    """Yield a row for each number of annotations, one for how the time grows, and one for a short and a long text."""
    pairs: list[tuple[int, Pair]] = []
    for count in bench.sizes(1_000, 10_000, 50_000):
        pair = opening(bench, bench.library(count))
        pairs.append((count, pair))
        yield pair.result("P1", f"1 MB, {count:,} annotations", 1.3)
    (few, first), (many, last) = pairs[0], pairs[-1]
    yield exponent("P1", (few, first.ours), (many, last.ours), 0.1)
    for name, characters, marks in (("100 KB", KB_100, 1_000), ("5 MB", MB_5, 10_000)):
        (count,) = bench.sizes(marks)
        pair = opening(bench, bench.library(count, characters))
        yield pair.result("P1", f"{name}, {count:,} annotations", None)


def opening(bench: Workbench, made: AnnotatedLibrary) -> Pair:
    """Open an article again and again, beside the bare text widget."""
    from benchmarks import screen

    reader, bare = screen.new_reader(), screen.new_bare()

    def ours() -> float:
        def work() -> None:
            screen.show_opened(
                reader, library.read(lambda store: reading.open_article(store, made.article_id))
            )

        screen.clear(reader)
        return timed(work)

    def yardstick() -> float:
        def work() -> None:
            bare.setPlainText(made.text)
            screen.repaint(bare)

        bare.clear()
        screen.settle()
        return timed(work)

    with made.open() as library:
        return compare(ours, yardstick, rounds=bench.rounds(11))


BENCHMARK = Benchmark(
    goal="P1",
    what="Open an article, database to first painted frame | QTextBrowser.setPlainText, painted",
    run=run,
)
