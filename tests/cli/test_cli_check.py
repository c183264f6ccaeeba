"""`annotator check`: exit codes, repairs, salvage, and what is said about rows that can't be read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.command_line import CommandLine


def change(annotator: CommandLine, statement: str) -> None:
    with closing(sqlite3.connect(annotator.library)) as connection, connection:
        connection.execute(statement)


def test_a_sound_library_ends_with_0(annotator: CommandLine) -> None:
    annotator.claim(annotator.article())
    answer = annotator("check")
    assert answer.code == 0
    assert answer.out.startswith("No problems; ")
    assert answer.err == ""


def test_problems_end_with_1_until_they_are_repaired(annotator: CommandLine) -> None:
    annotator.claim(annotator.article())
    change(annotator, "UPDATE annotation SET start = 0")
    found = annotator("check")
    assert found.code == 1
    assert "annotator check --repair" in found.out
    answer = annotator("check", "--repair", "--json")
    assert answer.code == 0
    assert [item["kind"] for item in answer.json["repaired"]] == ["annotation"]
    assert annotator("check").code == 0
    assert annotator.json("undo")["undone"]["label"] == "Repair library"


def test_a_row_that_can_not_be_read_is_told_and_the_rest_is_listed(annotator: CommandLine) -> None:
    article = annotator.article()
    broken, whole = annotator.claim(article), annotator.claim(article, "at night")
    change(annotator, f"UPDATE claim SET type = '?' WHERE id = '{broken}'")
    answer = annotator("claims", article, "--json")
    assert answer.code == 0
    assert [row["id"] for row in answer.json] == [whole]
    assert answer.err == (
        "annotator: 1 row of claims can't be read; everything else works. “annotator check” says which.\n"
    )
    check = annotator("check", "--json")
    assert check.code == 1
    assert [(item["kind"], item["id"], item["repairable"]) for item in check.json["problems"]] == [
        ("claim", broken, False)
    ]
    assert annotator("edit", broken, "--note", "N").code == 1


def test_salvage_writes_a_new_library_and_leaves_the_old_one(annotator: CommandLine, tmp_path: Path) -> None:
    annotator.claim(annotator.article())
    before = annotator.library.read_bytes()
    new = tmp_path / "saved.annotator"
    answer = annotator("check", "--salvage", new, "--json")
    assert answer.code == 0
    assert answer.json["problems"] == []
    assert {row["kind"]: (row["saved"], row["lost"]) for row in answer.json["salvaged"]}["claim"] == (1, 0)
    assert annotator.library.read_bytes() == before
    assert annotator("check", "--salvage", new).code == 1
    assert annotator("check", "--salvage", new, "--repair").code == 2
    assert len(annotator.bare("claims", "--library", new, "--json").json) == 1
