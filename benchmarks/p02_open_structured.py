"""P2: opening an article with headings, lists, quotations, links and words in italics."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measure import Benchmark, Result, Workbench
from benchmarks.p01_open import opening


def run(bench: Workbench) -> Iterator[Result]:
    """Yield a row for each number of annotations."""
    for count in bench.sizes(1_000, 10_000, 50_000):
        pair = opening(bench, bench.library(count, structured=True))
        yield pair.result("P2", f"1 MB, {count:,} annotations", 1.6)


BENCHMARK = Benchmark(
    goal="P2",
    what="Open an article with structure, database to first painted frame | QTextBrowser.setPlainText, painted",
    run=run,
)
