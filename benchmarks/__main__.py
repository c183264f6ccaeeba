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
from benchmarks.measure import Benchmark, Result, Workbench

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
        results: list[Result] = []
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


def table(benchmark: Benchmark, rows: Iterable[Result]) -> str:
    """The rows of one goal as text."""
    lines = [
        f"{benchmark.goal}  {benchmark.what}",
        f"    {'size':<34}{'ours':>12}{'yardstick':>12}  {'unit':<9}{'ratio':>7}{'goal':>8}",
    ]
    lines += [
        f"    {row.size:<34}{row.ours:>12.3f}{row.yardstick:>12.3f}  {row.unit:<9}{row.ratio:>7.2f}"
        f"{f'≤ {row.limit:g}':>8}  {'met' if row.is_met else 'not met'}"
        for row in rows
    ]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    raise SystemExit(main())
