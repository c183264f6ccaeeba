"""Libraries that can only be read, that are damaged, or that lie in a bad place: what each command does with them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.command_line import CommandLine
from tests.storage.protected_places import as_nobody, open_folder, picture, protect

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the permissions are those of POSIX")
PAGE = 4096


@pytest.fixture
def protected(annotator: CommandLine) -> Iterator[CommandLine]:
    """A library with an article, a claim with evidence and a backup, in a folder that can't be written to."""
    with open_folder() as folder:
        annotator.folder = folder / "place"
        annotator.folder.mkdir()
        annotator.library = annotator.folder / "library.annotator"
        claim = annotator.claim(annotator.article())
        annotator.json("source", "add", "--title", "Survey")
        annotator.json("link", claim, "Survey", "--stance", "supports")
        annotator.json("backup", "--data-dir", folder / "data")
        for place, _, files in os.walk(folder / "data"):
            os.chmod(place, 0o777)
            for file in files:
                os.chmod(Path(place) / file, 0o666)
        annotator.file("new.txt", "Something new.\n")
        for words in (*READS, *WRITES):  # once each, so that somebody without rights needs to load nothing
            annotator(*(word.replace("CLAIM", claim) for word in words), "--help")
        annotator("check")
        protect(annotator.library, folder=True)
        yield annotator


READS = [
    ["articles"],
    ["show", "Night trams 0"],
    ["show", "Night trams 0", "--text"],
    ["claims"],
    ["claims", "Night trams 0"],
    ["sources"],
    ["tag", "list"],
    ["history"],
    ["history", "CLAIM"],
    ["check"],
    ["export", "Night trams 0"],
    ["source", "export"],
    ["backup", "--list"],
    ["backup"],
]
WRITES = [
    ["import", "new.txt"],
    ["claim", "Night trams 0", "--quote", "at night"],
    ["edit", "CLAIM", "--note", "N"],
    ["rate", "CLAIM", "--verdict", "refuted"],
    ["source", "add", "--title", "New"],
    ["link", "CLAIM", "Survey", "--stance", "refutes"],
    ["tag", "add", "New"],
    ["tag", "set", "CLAIM", "Cause"],
    ["note", "Night trams 0", "--quote", "at night", "--text", "N"],
    ["highlight", "Night trams 0", "--quote", "at night"],
    ["delete", "CLAIM"],
    ["undo"],
    ["redo"],
    ["check", "--repair"],
    ["restore", "1"],
]


def given(annotator: CommandLine, words: list[str]) -> list[str | Path]:
    with as_nobody():
        claim = annotator.json("claims")[0]["id"]
    named = {"CLAIM": claim, "new.txt": annotator.folder / "new.txt"}
    return [*(named.get(word, word) for word in words), "--data-dir", annotator.folder.parent / "data"]


@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_a_command_that_only_reads_works_on_a_protected_library(
    protected: CommandLine, words: list[str]
) -> None:
    before = picture(protected.folder)
    command = given(protected, words)
    with as_nobody():
        answer = protected(*command)
    assert answer.code == 0, answer.err
    assert answer.out
    assert "bug" not in answer.err
    assert picture(protected.folder) == before


@pytest.mark.parametrize("words", WRITES, ids=" ".join)
def test_a_command_that_writes_is_refused_on_a_protected_library(
    protected: CommandLine, words: list[str]
) -> None:
    before = picture(protected.folder)
    command = given(protected, words)
    with as_nobody():
        answer = protected(*command)
    assert (answer.code, answer.out) == (1, "")
    assert "bug" not in answer.err
    if words[0] != "restore":
        assert "“library.annotator” is open for reading only." in answer.err
        assert "Nothing was changed." in answer.err
        assert answer.err.count("\n") == 1
    assert picture(protected.folder) == before


@pytest.fixture
def damaged(annotator: CommandLine) -> CommandLine:
    """A library whose claims lie on a page that is overwritten."""
    annotator.claim(annotator.article())
    annotator.json("backup")
    annotator.json("tag", "add", "Since the backup")
    with closing(sqlite3.connect(annotator.library)) as raw:
        (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'claim'").fetchone()
    content = bytearray(annotator.library.read_bytes())
    content[(page - 1) * PAGE : page * PAGE] = bytes(PAGE)
    annotator.library.write_bytes(content)
    return annotator


@pytest.mark.parametrize("words", [["articles"], ["claims"], ["history"], ["undo"], ["tag", "add", "New"]])
def test_a_damaged_library_is_refused_untouched_with_the_way_out(
    damaged: CommandLine, words: list[str]
) -> None:
    before = picture(damaged.folder)
    answer = damaged(*words)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("annotator: “library.annotator” is damaged: ")
    assert "It was not changed." in answer.err
    assert "annotator check" in answer.err
    assert answer.err.count("\n") == 1
    assert picture(damaged.folder) == before


def test_the_commands_that_deal_with_damage_still_take_a_damaged_library(damaged: CommandLine) -> None:
    found = damaged("check", "--json")
    assert found.code == 1
    assert {problem["kind"] for problem in found.json["problems"]} == {"file"}
    assert damaged("backup", "--list").code == 0
    refused = damaged("backup")
    assert refused.code == 1
    assert "damaged" in refused.err
    saved = damaged("check", "--salvage", damaged.folder / "new.annotator", "--json")
    assert saved.json["salvaged"]
    restored = damaged("restore", "1", "--json")
    assert restored.code == 0, restored.err
    assert restored.json["set_aside"]
    assert damaged("check").code == 0


def test_a_synced_folder_is_spoken_of_once_by_commands_that_write_and_changes_no_exit_code(
    annotator: CommandLine,
) -> None:
    annotator.folder = annotator.folder / "Nextcloud"
    annotator.folder.mkdir()
    annotator.library = annotator.folder / "library.annotator"
    files = [annotator.file(f"{name}.txt", f"{name}.\n") for name in ("one", "two", "three")]
    answer = annotator("import", *files)
    assert answer.code == 0
    assert answer.err.count("synchronises") == 1
    assert answer.err.startswith("annotator: The library lies in a folder that Nextcloud synchronises.")
    assert annotator("articles").err == ""
    assert "synchronises" in annotator("undo").err
    refused = annotator("tag", "set", "ffffffff", "Cause")
    assert (refused.code, refused.out) == (1, "")
