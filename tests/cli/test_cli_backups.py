"""`annotator backup` and `restore`: what they answer, what they refuse, and that nothing is lost on the way."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.cli.command_line import Answer, CommandLine

from annotator.services.library import Library


def refused(answer: Answer, code: int = 1) -> str:
    """The message of a command that must be refused, without an answer or a trace."""
    assert (answer.code, answer.out) == (code, ""), answer.err
    assert answer.err.startswith("annotator: ")
    assert "bug" not in answer.err
    return answer.err


def add(annotator: CommandLine, title: str) -> None:
    annotator.json("source", "add", "--title", title)


def titles(annotator: CommandLine) -> list[str]:
    return [source["title"] for source in annotator.json("sources")]


def test_a_backup_is_made_when_something_was_done(annotator: CommandLine) -> None:
    article = annotator.article()
    annotator.claim(article)
    first = annotator.json("backup")
    assert (first["backup"], first["made"]) == (1, True)
    assert first["counts"] == {"articles": 1, "claims": 1, "sources": 0, "annotations": 1, "edits": 2}
    with Library.open(shutil.copyfile(first["path"], annotator.folder / "copy.annotator")) as copy:
        assert copy.undo_state().undo == "Tag claim"
    again = annotator("backup", "--json")
    assert (again.code, again.json) == (0, {**first, "made": False})
    assert "Nothing was done since backup 1" in again.err


def test_backups_lie_in_the_data_folder(annotator: CommandLine) -> None:
    add(annotator, "A")
    data = annotator.folder / "elsewhere"
    made = annotator.json("backup", "--data-dir", data)
    assert Path(made["path"]).is_relative_to(data / "backups")
    assert annotator.json("backup", "--list") == []
    assert len(annotator.json("backup", "--list", "--data-dir", data)) == 1


def test_the_list_has_all_backups_and_names_the_damaged(annotator: CommandLine) -> None:
    assert annotator("backup", "--list").out == "There are no backups of this library yet.\n"
    for title in "ABC":
        add(annotator, title)
        annotator.json("backup")
    newest, middle, oldest = annotator.json("backup", "--list")
    assert [row["backup"] for row in (newest, middle, oldest)] == [3, 2, 1]
    assert set(newest) == {"backup", "at", "reason", "counts", "bytes", "path", "trouble"}
    assert (newest["reason"], newest["counts"]["sources"], newest["trouble"]) == ("asked", 3, "")
    file = Path(middle["path"])
    file.chmod(0o600)
    file.write_bytes(file.read_bytes()[:-1] + b"\xff")
    answer = annotator("backup", "--list")
    assert answer.code == 0
    assert "Backup 2 is damaged" in answer.err
    assert [line.split()[0] for line in answer.out.splitlines()] == ["Backup", "3", "2", "1"]
    assert "Backup 2 is damaged" in refused(annotator("restore", "2"))
    assert titles(annotator) == ["A", "B", "C"]


def test_restore_by_number_and_back(annotator: CommandLine) -> None:
    add(annotator, "A")
    annotator.json("backup")
    add(annotator, "B")
    told = annotator.json("restore", "1", "--dry-run")
    assert told["differences"] == [{"kind": "source", "added": 0, "changed": 0, "removed": 1}]
    assert (told["dry_run"], told["before"], told["counts"]) == (True, None, None)
    assert titles(annotator) == ["A", "B"]
    done = annotator("restore", "1", "--json")
    assert done.code == 0
    assert done.json["before"] == 2
    assert done.json["counts"]["sources"] == 1
    assert "backup 2" in done.err
    assert titles(annotator) == ["A"]
    annotator.json("restore", "2")
    assert titles(annotator) == ["A", "B"]
    assert [row["reason"] for row in annotator.json("backup", "--list")] == ["restore", "restore", "asked"]


def test_restore_from_a_file_makes_a_library_where_there_is_none(annotator: CommandLine) -> None:
    add(annotator, "A")
    file = annotator.json("backup")["path"]
    annotator.library.unlink()
    assert "no library" in refused(annotator("sources"))
    told = annotator.json("restore", file, "--dry-run")
    assert told["differences"] is None
    assert not annotator.library.exists()
    assert annotator.json("restore", file)["before"] is None
    assert titles(annotator) == ["A"]


def test_restore_over_a_damaged_library_sets_it_aside(annotator: CommandLine) -> None:
    add(annotator, "A")
    annotator.json("backup")
    annotator.library.write_bytes(b"junk" * 3000)
    done = annotator("restore", "1", "--json")
    assert done.code == 0
    aside = Path(done.json["set_aside"])
    assert aside.read_bytes() == b"junk" * 3000
    assert "can't be compared" in done.err
    assert str(aside) in done.err
    assert titles(annotator) == ["A"]


def test_restore_tells_in_words(annotator: CommandLine) -> None:
    add(annotator, "A")
    annotator.json("backup")
    assert annotator("restore", "1", "--dry-run").out == "Nothing would change.\n"
    add(annotator, "B")
    assert annotator("restore", "1", "--dry-run").out.splitlines()[1].split() == ["source", "0", "0", "1"]
    assert "sources" in annotator("restore", "1").out


WRONG = [
    (["restore", "7"], 1, "There is no backup 7"),
    (["restore", "missing.annotator"], 1, "There is no file “missing.annotator”"),
    (["restore", "."], 1, "There is no file"),
    (["restore", "junk.bin"], 1, "damaged"),
    (["restore", "library.annotator"], 1, "is the library itself"),
    (["restore"], 2, "FILE|NUMBER"),
    (["backup", "--list", "--plain", "x.json"], 2, "don't go together"),
    (["backup", "--plain", "taken.json"], 1, "exists already"),
    (["backup", "--plain", "."], 1, "is a folder"),
    (["backup", "--plain", "library.annotator", "--force"], 1, "is the library itself"),
    (["backup", "--plain", "junk.bin/below.json"], 1, "could not be written"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "code", "message"), WRONG, ids=[" ".join(row[0]) for row in WRONG])
def test_what_can_not_be_done_is_refused_and_the_library_stays(
    annotator: CommandLine, words: list[str], code: int, message: str
) -> None:
    add(annotator, "A")
    annotator.file("junk.bin", b"junk" * 3000)
    annotator.file("taken.json", "mine")
    before = annotator.library.read_bytes()
    there = {path.name for path in annotator.folder.iterdir()}
    assert message in refused(annotator(*words), code)
    assert annotator.library.read_bytes() == before
    assert {path.name for path in annotator.folder.iterdir()} == there
    assert (annotator.folder / "taken.json").read_text() == "mine"


def test_backup_needs_a_library(annotator: CommandLine) -> None:
    assert "There is no library" in refused(annotator("backup"))
    assert "There is no library" in refused(annotator("backup", "--plain", "x.json"))
    assert list(annotator.folder.iterdir()) == []


def test_a_library_that_is_open_elsewhere_is_not_replaced(annotator: CommandLine) -> None:
    add(annotator, "A")
    annotator.json("backup")
    add(annotator, "B")
    with Library.open(annotator.library, annotator.environment):
        assert annotator.json("restore", "1", "--dry-run")["differences"]
        assert "is open in another window" in refused(annotator("restore", "1"))
    assert titles(annotator) == ["A", "B"]


def test_the_plain_copy_is_json_and_replaces_only_when_forced(annotator: CommandLine) -> None:
    article = annotator.article()
    annotator.claim(article, "41,000 people")
    file = annotator.folder / "plain.json"
    answer = annotator.json("backup", "--plain", file)
    assert answer["plain"] == str(file)
    assert answer["written"]["claim"] == 1
    copy = json.loads(file.read_text(encoding="utf-8"))
    assert copy["claim"][0]["statement"] == "41,000 people"
    refused(annotator("backup", "--plain", file))
    annotator.json("backup", "--plain", file, "--force")


def test_the_library_is_backed_up_before_20_files_are_imported(annotator: CommandLine) -> None:
    files = [annotator.file(f"many-{number:02}.txt", f"Article {number}.\n") for number in range(21)]
    annotator.json("import", *files[:20])  # a new library: there is nothing to back up
    assert annotator.json("backup", "--list") == []
    annotator.json("import", files[20])
    assert annotator.json("backup", "--list") == []
    annotator.json("import", *files[:20])
    (made,) = annotator.json("backup", "--list")
    assert (made["reason"], made["counts"]["articles"]) == ("bulk", 21)
    annotator.json("import", *files[:20])
    assert len(annotator.json("backup", "--list")) == 1


def test_20_files_are_not_imported_where_no_backup_can_be_made(annotator: CommandLine) -> None:
    add(annotator, "A")
    files = [annotator.file(f"many-{number:02}.txt", f"Article {number}.\n") for number in range(20)]
    data = annotator.file("data", "a file")
    assert "No backup could be made" in refused(annotator("import", *files, "--data-dir", data))
    assert annotator.json("articles") == []
