"""P1: opening an article of 1 MB."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.services import reading
from benchmarks.fixtures import AnnotatedLibrary
from benchmarks.measure import Benchmark, Pair, Result, Workbench, compare, exponent, timed


def run(bench: Workbench) -> Iterator[Result]:
    """Yield a row for each number of annotations and one for how the time grows."""
    pairs: list[tuple[int, Pair]] = []
    for count in bench.sizes(1_000, 10_000, 50_000):
        pair = _opening(bench, bench.library(count))
        pairs.append((count, pair))
        yield pair.result("P1", f"{count:,} annotations", 1.3)
    (few, first), (many, last) = pairs[0], pairs[-1]
    yield exponent("P1", (few, first.ours), (many, last.ours), 0.1)


def _opening(bench: Workbench, made: AnnotatedLibrary) -> Pair:
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
    what="Open an article of 1 MB, database to first painted frame | QTextBrowser.setPlainText, painted",
    run=run,
)
