"""P15: writing an article with its annotations as Markdown."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from annotator.services import exporting
from annotator.services.library import Library
from benchmarks.fixtures import AnnotatedLibrary
from benchmarks.measure import Benchmark, Pair, Result, Workbench, compare, exponent, timed

# The rows that an export is made of, in the order in which it needs them.
_QUERIES = (
    "SELECT * FROM article WHERE id = :article",
    "SELECT text, blocks FROM article_text WHERE id = :text",
    "SELECT * FROM tag",
    "SELECT * FROM annotation WHERE text_id = :text ORDER BY start, end",
    "SELECT claim.* FROM annotation JOIN claim ON claim.id = claim_id WHERE text_id = :text",
    "SELECT evidence.* FROM annotation JOIN evidence USING (claim_id) WHERE text_id = :text",
    "SELECT rating.* FROM annotation JOIN rating USING (claim_id) WHERE text_id = :text",
    "SELECT * FROM source",
)


def run(bench: Workbench) -> Iterator[Result]:
    """Yield a row for each number of annotations and one for how the time grows."""
    pairs: list[tuple[int, Pair]] = []
    for count in bench.sizes(1_000, 10_000):
        pair = _exporting(bench, bench.library(count))
        pairs.append((count, pair))
        yield pair.result("P15", f"{count:,} annotations", 1.5)
    (few, first), (many, last) = pairs
    yield exponent("P15", (few, first.ours), (many, last.ours), 1.05)


def _exporting(bench: Workbench, made: AnnotatedLibrary) -> Pair:
    ours, raw = bench.folder / "export.md", bench.folder / "rows.txt"
    with made.open() as library:
        return compare(
            lambda: timed(lambda: export(library, made, ours)),
            lambda: timed(lambda: dump_rows(made, raw)),
            rounds=bench.rounds(),
        )


def export(library: Library, made: AnnotatedLibrary, path: Path) -> None:
    """Write the annotated Markdown of the article: what the window and the command line do."""
    picture = library.read(lambda store: exporting.snapshot(store, made.article_id))
    exporting.write_file(path, exporting.render(picture).content, overwrite=True)


def dump_rows(made: AnnotatedLibrary, path: Path) -> None:
    """Write the text of all rows, a line each, and make the file last as an export does."""
    keys = {"article": made.article_id, "text": made.text_id}
    with closing(sqlite3.connect(made.path)) as connection, path.open("w", encoding="utf-8") as file:
        for query in _QUERIES:
            for row in connection.execute(query, {name: keys[name] for name in keys if f":{name}" in query}):
                file.write("\t".join([value if isinstance(value, str) else str(value) for value in row]))
                file.write("\n")
        file.flush()
        os.fsync(file.fileno())


BENCHMARK = Benchmark(
    goal="P15",
    what="Markdown export, open library to finished file | the same rows read with sqlite3 and written as text",
    run=run,
)
