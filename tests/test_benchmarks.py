"""The measurements can be run, say what they found in one form, and none is forgotten."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.__main__ import all_benchmarks, main, table
from benchmarks.measure import Histogram, Pair, Result, compare, exponent

ROOT = Path(__file__).resolve().parents[1]


def test_a_measurement_prints_a_list_of_rows_as_json() -> None:
    command = [sys.executable, "-m", "benchmarks", "P10", "--json", "--quick"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    rows = json.loads(done.stdout)
    assert rows
    for row in rows:
        assert list(row) == ["goal", "size", "ours", "yardstick", "unit", "ratio", "limit"]
        assert row["goal"] == "P10"
        assert row["ratio"] == pytest.approx(row["ours"] / row["yardstick"])
        assert row["ours"] > 0
        assert row["yardstick"] > 0


def test_a_file_that_measures_a_goal_is_found_by_its_name() -> None:
    files = sorted(path.stem for path in (ROOT / "benchmarks").glob("p[0-9]*.py"))
    found = [f"p{int(benchmark.goal[1:]):02d}" for benchmark in all_benchmarks()]
    assert found == [name.split("_")[0] for name in files]
    assert len(found) >= 7


def test_an_unknown_name_is_refused_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["P10", "P99"]) == 2
    told = capsys.readouterr()
    assert "P99" in told.err
    assert "P10" in told.err
    assert told.out == ""


def test_both_are_measured_equally_often_and_take_turns_in_coming_first() -> None:
    order: list[str] = []

    def measured(name: str, seconds: float) -> float:
        order.append(name)
        return seconds

    pair = compare(lambda: measured("ours", 3.0), lambda: measured("yardstick", 2.0), rounds=3, warm_up=1)
    assert pair == Pair(3.0, 2.0)
    assert order == ["ours", "yardstick", "yardstick", "ours"] * 2


def test_the_rounds_of_the_warm_up_do_not_count() -> None:
    times = iter([100.0, 1.0, 2.0, 9.0])
    assert compare(lambda: next(times), lambda: 1.0, rounds=3, warm_up=1).ours == 2.0


def test_growth_in_proportion_has_the_exponent_one() -> None:
    assert exponent("P15", (1_000, 0.5), (10_000, 5.0), 1.05).ratio == pytest.approx(1.0)
    assert exponent("P1", (1_000, 0.5), (50_000, 0.5), 0.1).ratio == pytest.approx(0.0)


def test_a_table_says_of_each_row_whether_the_goal_is_met() -> None:
    rows = [Result("P10", "few", 3.0, 2.0, "ms", 1.5, 2.0), Result("P10", "many", 5.0, 2.0, "ms", 2.5, 2.0)]
    (benchmark,) = (one for one in all_benchmarks() if one.goal == "P10")
    lines = table(benchmark, rows).splitlines()
    assert lines[2].endswith("met")
    assert not lines[2].endswith("not met")
    assert lines[3].endswith("not met")


def test_a_row_without_a_goal_has_no_verdict() -> None:
    (benchmark,) = (one for one in all_benchmarks() if one.goal == "P10")
    row = Result("P10", "many", 5.0, 2.0, "ms", 2.5, None)
    assert row.is_met
    assert "met" not in table(benchmark, [row]).splitlines()[2]


def test_times_are_sorted_into_ranges_and_none_is_lost() -> None:
    times = [0.0004, 0.001, 0.0015, 0.05]
    found = Histogram.of("P5", "through", times, (1.0, 2.0, 16.6))
    assert found.counts == (1, 2, 0, 1)
    (benchmark,) = (one for one in all_benchmarks() if one.goal == "P5")
    lines = table(benchmark, [Result("P5", "page", 1.0, 2.0, "ms", 0.5, 1.5), found]).splitlines()
    assert lines[2].endswith("met")
    assert "4 frames" in lines[4]
    assert [line.split("%")[0].split()[-2:] for line in lines[5:9]] == [
        ["1", "25.0"], ["2", "50.0"], ["0", "0.0"], ["1", "25.0"],
    ]  # fmt: skip
    assert lines[8].split()[:2] == ["≥", "16.6"]


def test_what_is_measured_in_the_reader_can_be_measured() -> None:
    command = [sys.executable, "-m", "benchmarks", "P2", "P4", "P5", "P9", "P13", "P16", "--json", "--quick"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    rows = json.loads(done.stdout)
    assert {row["goal"] for row in rows} == {"P2", "P4", "P5", "P9", "P13", "P16"}
    (through,) = (row for row in rows if "counts" in row)
    assert sum(through["counts"]) > 10
