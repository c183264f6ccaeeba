"""P10: saving one claim."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from annotator.domain.selectors import TextSpan
from annotator.services import claims
from annotator.services.library import Environment, Library
from benchmarks.fixtures import SEED, AnnotatedLibrary
from benchmarks.measure import Benchmark, Result, Workbench, compare

BATCH = 25  # saves in a round; its time is their mean, checkpoints of the log included
_TABLES = ("claim", "annotation", "edit", "change")
# Those of the library's own writing connection.
_PRAGMAS = (
    "journal_mode = WAL",
    "foreign_keys = 1",
    "synchronous = 2",
    "trusted_schema = 0",
    "cell_size_check = 1",
    "fullfsync = 1",
)
Rows = dict[str, list[Sequence[Any]]]


class RawWriter:
    """Writes the rows that the library wrote for some edits, one commit for each edit, with nothing but sqlite3."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in _PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}").fetchall()
        self._inserts = {name: self._insert(name) for name in _TABLES}

    def write(self, edits: Sequence[Rows]) -> None:
        """Write each of the edits."""
        execute, executemany = self._connection.execute, self._connection.executemany
        for rows in edits:
            execute("BEGIN IMMEDIATE")
            for name, insert in self._inserts.items():
                executemany(insert, rows[name])
            execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _insert(self, table: str) -> str:
        columns = self._connection.execute(f"SELECT * FROM {table} LIMIT 0").description
        return f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})"


def rows_written(path: Path, edits: Sequence[int]) -> list[Rows]:
    """Every row of some edits that each added one claim, as they lie in the file."""
    found: list[Rows] = []
    with closing(sqlite3.connect(path)) as connection:
        for seq in edits:
            rows: Rows = {
                "edit": connection.execute("SELECT * FROM edit WHERE seq = ?", (seq,)).fetchall(),
                "change": connection.execute("SELECT * FROM change WHERE edit_seq = ?", (seq,)).fetchall(),
            }
            for name in ("claim", "annotation"):
                query = f"SELECT * FROM {name} WHERE id IN (SELECT entity_id FROM change WHERE edit_seq = ?)"
                rows[name] = connection.execute(query, (seq,)).fetchall()
            found.append({name: rows[name] for name in _TABLES})
    return found


def run(bench: Workbench) -> Iterator[Result]:
    """Yield a row for an article without annotations but one, and for one with many."""
    for count in bench.sizes(100, 10_000):
        made = bench.library(count)
        yield _saving(bench, made, f"{made.annotations:,} annotations")


def _saving(bench: Workbench, made: AnnotatedLibrary, size: str) -> Result:
    path = made.copy("saving")
    raw = RawWriter(made.copy("raw"))
    written: list[list[int]] = []
    rng = random.Random(SEED)
    batch = 2 if bench.quick else BATCH

    with closing(raw), Library.open(path, Environment(user="Reader")) as library:

        def ours() -> float:
            starts = [rng.randrange(60, len(made.text) - 300) for _ in range(batch)]
            spans = [TextSpan(start, start + rng.randint(25, 160)) for start in starts]
            begin = perf_counter()
            outcomes = [
                library.execute(partial(claims.add_claim, text_id=made.text_id, span=span), label="Tag claim")
                for span in spans
            ]
            seconds = perf_counter() - begin
            written.append([outcome.changes.seq for outcome in outcomes if outcome.changes])
            return seconds / batch

        def yardstick() -> float:
            edits = rows_written(path, written.pop(0))
            begin = perf_counter()
            raw.write(edits)
            return (perf_counter() - begin) / batch

        ours()  # one batch ahead, so that either may come first
        return compare(ours, yardstick, rounds=bench.rounds(25)).result("P10", size, 2.0)


BENCHMARK = Benchmark(
    goal="P10",
    what="Save one claim with its annotation and the journal | sqlite3 writing the same rows, one commit, same pragmas",
    run=run,
)
