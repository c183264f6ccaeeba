"""`python -m benchmarks [P1 P3 …] [--json]`: measures the goals named, or all of them."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from annotator.registry import modules_with
from benchmarks.measure import Benchmark, Histogram, Result, Workbench

_BAR = 40  # characters of the longest bar of a histogram

if sys.platform == "linux" and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 2 when a name is unknown. Goals that are missed are told, and no error."""
    parser = argparse.ArgumentParser(
        prog="benchmarks", description="Ratios of two things measured in one run."
    )
    parser.add_argument("goals", nargs="*", metavar="GOAL", help="such as P1; all when none is given")
    parser.add_argument("--json", action="store_true", help="a list of objects instead of tables")
    parser.add_argument("--quick", action="store_true", help=argparse.SUPPRESS)  # tiny sizes, for the tests
    given = parser.parse_args(arguments)
    known = {benchmark.goal: benchmark for benchmark in all_benchmarks()}
    wanted = [goal.upper() for goal in given.goals] or list(known)
    unknown = [goal for goal in wanted if goal not in known]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="annotator-bench-", ignore_cleanup_errors=True) as folder:
        bench = Workbench(Path(folder), quick=given.quick)
        results: list[Result | Histogram] = []
        for goal in dict.fromkeys(wanted):
            rows = list(known[goal].run(bench))
            results += rows
            if not given.json:
                print(table(known[goal], rows), flush=True)
    if given.json:
        print(json.dumps([asdict(row) for row in results], indent=2, ensure_ascii=False))
    return 0


def all_benchmarks() -> list[Benchmark]:
    """Every benchmark there is, in the order of their files."""
    return [found for found in modules_with("benchmarks", "BENCHMARK") if isinstance(found, Benchmark)]


def table(benchmark: Benchmark, rows: Sequence[Result | Histogram]) -> str:
    """The rows of one goal as text, its histograms below them."""
    lines = [
        f"{benchmark.goal}  {benchmark.what}",
        f"    {'size':<34}{'ours':>12}{'yardstick':>12}  {'unit':<9}{'ratio':>7}{'goal':>8}",
    ]
    lines += [
        f"    {row.size:<34}{row.ours:>12.3f}{row.yardstick:>12.3f}  {row.unit:<9}{row.ratio:>7.2f}"
        f"{_goal(row)}"
        for row in rows
        if isinstance(row, Result)
    ]
    for row in rows:
        if isinstance(row, Histogram):
            lines += ["", *_histogram(row)]
    return "\n".join([*lines, ""])


def _goal(row: Result) -> str:
    return "" if row.limit is None else f"{f'≤ {row.limit:g}':>8}  {'met' if row.is_met else 'not met'}"


def _histogram(found: Histogram) -> Iterable[str]:
    """A line for each range that anything fell into or that lies between such."""
    total, most = sum(found.counts), max(found.counts)
    last = max(number for number, count in enumerate(found.counts) if count)
    yield f"    {found.size}: {total:,} frames, milliseconds"
    for number, count in enumerate(found.counts[: last + 1]):
        edge = f"< {found.edges[number]:g}" if number < len(found.edges) else f"≥ {found.edges[-1]:g}"
        bar = "█" * round(_BAR * count / most) if count else ""
        yield f"    {edge:>8}{count:>8,}{100 * count / total:>7.1f} %  {bar}".rstrip()


if __name__ == "__main__":
    raise SystemExit(main())
