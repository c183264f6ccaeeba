"""Which files are meant when folders are given."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotator.services import import_folders
from annotator.services.import_folders import files_in


def touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Words.\n")


def names(found: import_folders.FoundFiles) -> list[str]:
    return [path.name for path in found.files]


def test_folders_are_walked_in_the_order_of_names_in_any_depth(tmp_path: Path) -> None:
    touch(tmp_path / "b.txt", tmp_path / "a.MD", tmp_path / "z" / "y" / "x.html")
    assert names(files_in([tmp_path])) == ["a.MD", "b.txt", "x.html"]


def test_a_named_file_is_taken_whatever_its_ending_and_also_if_it_is_missing(tmp_path: Path) -> None:
    touch(tmp_path / "odd.xyz")
    found = files_in([tmp_path / "odd.xyz", tmp_path / "missing.txt"])
    assert names(found) == ["odd.xyz", "missing.txt"]
    assert found.skipped == ()


def test_what_is_named_twice_or_lies_in_a_named_folder_is_taken_once(tmp_path: Path) -> None:
    touch(tmp_path / "a.txt")
    assert names(files_in([tmp_path / "a.txt", tmp_path, tmp_path / "a.txt"])) == ["a.txt"]


def test_files_of_no_known_format_are_skipped_with_the_reason(tmp_path: Path) -> None:
    touch(tmp_path / "song.ogg", tmp_path / "README")
    found = files_in([tmp_path])
    assert found.files == ()
    assert [one.path.name for one in found.skipped] == ["README", "song.ogg"]
    assert "without an ending" in found.skipped[0].reason
    assert "“.ogg”" in found.skipped[1].reason


def test_hidden_files_and_folders_are_counted_and_not_entered(tmp_path: Path) -> None:
    touch(
        tmp_path / ".secret.txt", tmp_path / ".git" / "a.txt", tmp_path / ".git" / "b.txt", tmp_path / "c.txt"
    )
    found = files_in([tmp_path])
    assert names(found) == ["c.txt"]
    assert found.hidden == 2


def test_the_parts_of_a_saved_page_and_what_archives_leave_behind_are_no_articles(tmp_path: Path) -> None:
    touch(
        tmp_path / "Page.html",
        tmp_path / "Page_files" / "frame.html",
        tmp_path / "other_files" / "real.html",
        tmp_path / "__MACOSX" / "junk.html",
    )
    found = files_in([tmp_path])
    assert names(found) == ["Page.html", "real.html"]
    assert found.skipped == ()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="every folder can be read here")
def test_a_folder_that_can_not_be_read_is_skipped_with_the_reason(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    touch(closed / "a.txt", tmp_path / "b.txt")
    closed.chmod(0)
    found = files_in([tmp_path])
    closed.chmod(0o700)
    assert names(found) == ["b.txt"]
    assert [one.path for one in found.skipped] == [closed]
    assert "can't be read" in found.skipped[0].reason


def test_links_back_to_a_folder_above_are_not_followed(tmp_path: Path) -> None:
    touch(tmp_path / "a.txt")
    try:
        os.symlink(tmp_path, tmp_path / "again")
    except OSError:
        pytest.skip("links can't be made here")
    assert names(files_in([tmp_path])) == ["a.txt"]


def test_more_than_are_taken_in_one_go_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_folders, "MOST", 3)
    touch(*(tmp_path / f"{number}.txt" for number in range(3)))
    assert not files_in([tmp_path]).too_many
    touch(tmp_path / "3.txt")
    found = files_in([tmp_path])
    assert names(found) == ["0.txt", "1.txt", "2.txt"]
    assert found.too_many
    assert files_in([tmp_path / "0.txt", tmp_path]).too_many
