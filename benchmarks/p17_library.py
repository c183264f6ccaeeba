"""P17: opening a large library, the quick check of its structure included."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

from annotator.domain.article import ImportedArticle
from annotator.domain.selectors import TextSpan
from annotator.services import articles, claims
from annotator.services.annotations import add_highlight
from annotator.services.articles import Original
from annotator.services.library import Environment, Library, Store
from benchmarks.fixtures import SEED, make_articles
from benchmarks.measure import Benchmark, Result, Workbench

ALLOWED = 1.0  # seconds
ARTICLES, ANNOTATIONS = 1_500, 100_000
SHORTEST, LONGEST = 3_000, 12_000  # characters
_BATCH = 100  # articles in one step, as an import of a folder makes it
_CLAIMS = 10  # one annotation of so many is a claim


def run(bench: Workbench) -> Iterator[Result]:
    """Yield a row for the opening, and one for the opening without the check, to tell what the check takes."""
    count, marks = (15, 1_000) if bench.quick else (ARTICLES, ANNOTATIONS)
    path = make_large_library(bench.folder / "large.annotator", count, marks)
    size = f"{count:,} articles, {marks:,} marks, {path.stat().st_size / 1e6:,.0f} MB"
    for check, words in ((True, size), (False, "the same, not checked")):
        _seconds(path, check=check)  # one that doesn't count
        taken = median(_seconds(path, check=check) for _ in range(bench.rounds(7)))
        yield Result("P17", words, taken, ALLOWED, "s", taken / ALLOWED, 1.0)


def make_large_library(path: Path, count: int, marks: int) -> Path:
    """Store so many articles with their originals, and the annotations spread evenly over them."""
    each = -(-marks // count)
    with Library.open(path, Environment(user="Reader")) as library:
        left = marks
        for number, batch in enumerate(_in_batches(make_articles(count, SHORTEST, LONGEST))):
            counts = [min(each, max(0, left - each * place)) for place in range(len(batch))]
            left -= sum(counts)
            rng = random.Random(SEED + number)

            def add(store: Store, batch=batch, counts=counts, rng=rng) -> None:
                for imported, wanted in zip(batch, counts, strict=True):
                    _add(store, imported, wanted, rng)

            library.execute(add, label=f"Import {len(batch)} articles")
    return path


def _in_batches(made: Iterator[ImportedArticle]) -> Iterator[list[ImportedArticle]]:
    while batch := list(islice(made, _BATCH)):
        yield batch


def _add(store: Store, imported: ImportedArticle, wanted: int, rng: random.Random) -> None:
    original = Original(f"{imported.title}.txt", "text/plain", imported.text.encode(), "plain-text", "1")
    added = articles.add_article(store, imported=imported, original=original)
    text = articles.current_text(store, added.article.id)
    for place in range(wanted):
        start = 40 + place * (len(text.text) - 300) // wanted
        span = TextSpan(start, start + rng.randint(25, 160))
        if place % _CLAIMS == 0:
            claims.add_claim(store, text_id=text.id, span=span)
        else:
            add_highlight(store, text_id=text.id, span=span)


def _seconds(path: Path, *, check: bool) -> float:
    start = perf_counter()
    library = Library.open(path, Environment(user="Reader"), check=check)
    taken = perf_counter() - start
    library.close()
    return taken


BENCHMARK = Benchmark(
    goal="P17",
    what="Open a large library, its structure checked | 1 s, a fixed allowance",
    run=run,
)
