"""Two things measured in turns, so that a ratio is worth something on a machine that others use as well."""

from __future__ import annotations

import gc
import math
import statistics
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks.fixtures import AnnotatedLibrary, make_library

KB_100, MB_1, MB_5 = 100_000, 1_000_000, 5_000_000  # characters

Timed = Callable[[], float]  # does the work and returns the seconds of the part that counts


@dataclass(frozen=True, slots=True)
class Result:
    """One row of a table. `ratio` is ours / yardstick, `limit` the ratio that is the goal, None where there is none."""

    goal: str
    size: str
    ours: float
    yardstick: float
    unit: str
    ratio: float
    limit: float | None

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached."""
        return self.limit is None or self.ratio <= self.limit


@dataclass(slots=True)
class Workbench:
    """What measurements share: a folder of their own, and the libraries made in it, each once in a run.

    `quick` makes everything tiny: for a test of the measurements themselves, not for numbers.
    """

    folder: Path
    quick: bool = False
    _libraries: dict[tuple[int, int, bool], AnnotatedLibrary] = field(default_factory=dict)

    def sizes(self, *counts: int) -> tuple[int, ...]:
        """The numbers of annotations to measure with."""
        return tuple(count // 100 for count in counts) if self.quick else counts

    def library(
        self, annotations: int, characters: int = MB_1, *, structured: bool = False
    ) -> AnnotatedLibrary:
        """A library with one article of so many characters and annotations. Read it only; `copy` gives one to write to.

        `structured`: with headings, lists, quotations, links and words in italics.
        """
        key = (annotations, characters, structured)
        known = self._libraries.get(key)
        if known is None:
            path = self.folder / f"{annotations}-{characters}{'-structured' * structured}.annotator"
            length = characters // 50 if self.quick else characters
            known = self._libraries[key] = make_library(path, annotations, length, structured=structured)
        return known

    def rounds(self, count: int = 9) -> int:
        """How many rounds count."""
        return 2 if self.quick else count


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many of many times fell into each range of milliseconds: `counts[n]` below `edges[n]`, the last above all."""

    goal: str
    size: str
    edges: tuple[float, ...]
    counts: tuple[int, ...]

    @classmethod
    def of(cls, goal: str, size: str, seconds: Sequence[float], edges: Sequence[float]) -> Histogram:
        """Sort times into ranges."""
        counts = [0] * (len(edges) + 1)
        for each in seconds:
            counts[bisect_right(edges, each * 1000)] += 1
        return cls(goal, size, tuple(edges), tuple(counts))


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One goal: its name, what is compared with what, and the measurement, which yields a row for every size."""

    goal: str
    what: str
    run: Callable[[Workbench], Iterator[Result | Histogram]]


class Pair(NamedTuple):
    """Medians in seconds."""

    ours: float
    yardstick: float

    def result(self, goal: str, size: str, limit: float | None) -> Result:
        """The row of a table, in milliseconds."""
        ratio = self.ours / self.yardstick
        return Result(goal, size, self.ours * 1000, self.yardstick * 1000, "ms", ratio, limit)


def timed(work: Callable[[], object]) -> float:
    """The seconds that `work` takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def compare(ours: Timed, yardstick: Timed, *, rounds: int, warm_up: int = 2) -> Pair:
    """Measure both in every round, taking turns in who comes first; the medians of the rounds after the warm-up.

    Both start with garbage collected and run with the collector on, as in the program.
    """
    times: dict[Timed, list[float]] = {ours: [], yardstick: []}
    for number in range(warm_up + rounds):
        for measured in (ours, yardstick) if number % 2 == 0 else (yardstick, ours):
            gc.collect()
            seconds = measured()
            if number >= warm_up:
                times[measured].append(seconds)
    return Pair(statistics.median(times[ours]), statistics.median(times[yardstick]))


def exponent(goal: str, smaller: tuple[int, float], larger: tuple[int, float], limit: float) -> Result:
    """How our time grows with the size: 0 is not at all, 1 in proportion. Each a size and a time."""
    (few, short), (many, long) = smaller, larger
    power = math.log(long / short) / math.log(many / few)
    return Result(goal, f"growth {few:,} → {many:,}", power, 1.0, "exponent", power, limit)
