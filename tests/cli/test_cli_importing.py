"""Importing on the command line: folders, whole pages, chapters, and getting the original back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.command_line import CommandLine
from tests.importers.epub_maker import Maker

from annotator.cli.importing import chapters

PAGE = """<!doctype html><html lang="en"><head><title>Ferries</title></head><body>
<nav><ul><li>Home</li><li>Sport</li></ul></nav>
<article><h1>Ferries</h1>
<p>Three ferries cross the bay each hour, and all of them are full by the time they leave the pier.</p>
<p>A fourth was promised, and for two summers nobody has said where the money for it went.</p></article>
<aside><p>Teaser: the bakery that never sleeps, and what it bakes.</p></aside></body></html>
"""


def filled(folder: Path) -> Path:
    """A folder with what people have in folders."""
    (folder / "deep" / "deeper").mkdir(parents=True)
    (folder / "b.txt").write_text("Second\n\nSome words that end with a stop.\n")
    (folder / "a.md").write_text("# First\n\nSome other words.\n")
    (folder / "deep" / "deeper" / "page.html").write_text(PAGE)
    (folder / "deep" / "deeper" / "page_files").mkdir()
    (folder / "deep" / "deeper" / "page_files" / "frame.html").write_text(PAGE)
    (folder / "song.ogg").write_bytes(b"OggS")
    (folder / ".hidden.txt").write_text("Nobody sees this.")
    (folder / ".git").mkdir()
    (folder / ".git" / "notes.txt").write_text("Nor this.")
    return folder


def test_a_folder_is_walked_and_says_what_it_left_out(annotator: CommandLine) -> None:
    folder = filled(annotator.folder / "shelf")
    answer = annotator("import", folder, "--json")
    assert answer.code == 0
    rows = answer.json
    assert [(Path(row["file"]).name, row["status"]) for row in rows] == [
        ("a.md", "added"),
        ("b.txt", "added"),
        ("page.html", "added"),
        ("song.ogg", "skipped"),
    ]
    assert "“.ogg”" in rows[3]["reason"]
    assert "2 hidden files" in answer.err
    assert {row["title"] for row in annotator.json("articles")} == {"First", "Second", "Ferries"}


def test_links_to_folders_are_not_followed_round_and_round(annotator: CommandLine) -> None:
    folder = filled(annotator.folder / "shelf")
    try:
        os.symlink(folder, folder / "deep" / "again")
    except OSError:
        pytest.skip("links can't be made here")
    assert len(annotator.json("import", folder)) == 4


def test_rows_say_format_and_warnings_also_when_refused(annotator: CommandLine) -> None:
    answer = annotator(
        "import", annotator.file("a.md", "# One\n\nTwo.\n"), annotator.file("b.md", b"\0\0"), "--json"
    )
    assert answer.code == 1
    added, refused = answer.json
    assert added["format"] == "markdown"
    assert (refused["status"], refused["format"], refused["warnings"]) == ("refused", "", [])


def test_details_and_chapters_are_for_one_file_also_in_a_folder(annotator: CommandLine) -> None:
    folder = filled(annotator.folder / "shelf")
    for words in (("--title", "One"), ("--chapters", "1")):
        answer = annotator("import", folder, *words)
        assert answer.code == 2
        assert "is for one file" in answer.err


def test_chapters_are_numbers_and_ranges_counted_from_one() -> None:
    assert chapters("1,3-5") == (0, 2, 3, 4)
    assert chapters(" 2 , 2-3 ") == (1, 2)


@pytest.mark.parametrize("value", ["", "0", "3-1", "x", "1,,2", "1-", "99999999"])
def test_what_names_no_chapters_is_wrong_usage(annotator: CommandLine, value: str) -> None:
    answer = annotator("import", annotator.file("a.txt"), "--chapters", value)
    assert answer.code == 2
    assert "Write 1,3-5" in answer.err


def test_the_chapters_of_a_book_are_listed_and_chosen_by_their_numbers(annotator: CommandLine) -> None:
    made = Maker(nav=[("Dusk", "c1.xhtml"), ("Dark", "c2.xhtml"), ("Dawn", "c3.xhtml")])
    for number, title in enumerate(("Dusk", "Dark", "Dawn"), start=1):
        made.add(f"c{number}.xhtml", f"<h1>{title}</h1><p>The words of {title} go on for a while.</p>")
    file = annotator.file("book.epub", made.build())
    rows = annotator.json("import", file, "--list-chapters")
    assert [(row["chapter"], row["title"], row["level"]) for row in rows] == [
        (1, "Dusk", 1),
        (2, "Dark", 1),
        (3, "Dawn", 1),
    ]
    assert not annotator.library.exists()
    (row,) = annotator.json("import", file, "--chapters", "1,3")
    assert row["format"] == "epub"
    text = annotator("show", row["article"], "--text").out
    assert "words of Dusk" in text
    assert "words of Dawn" in text
    assert "words of Dark" not in text
    refused = annotator("import", file, "--chapters", "2-4")
    assert refused.code == 1
    assert "“book.epub” has 3 chapters" in refused.err


def test_a_whole_page_has_what_its_main_content_has_not(annotator: CommandLine) -> None:
    file = annotator.file("page.html", PAGE)
    (main,) = annotator.json("import", file)
    assert "Teaser" not in annotator("show", main["article"], "--text").out
    other = annotator.file("again.html", PAGE + "<!-- again -->")
    (whole,) = annotator.json("import", other, "--whole-page")
    assert "Teaser" in annotator("show", whole["article"], "--text").out


def test_a_file_without_chapters_is_refused_when_some_are_wanted(annotator: CommandLine) -> None:
    answer = annotator("import", annotator.file("a.txt"), "--chapters", "2")
    assert answer.code == 1
    assert "has no chapters" in answer.err
    assert annotator.json("import", annotator.file("a.txt"), "--list-chapters") == []


def test_the_original_comes_back_byte_for_byte(annotator: CommandLine) -> None:
    data = "Fähren\r\n\r\nDrei Fähren.\r\n".encode("cp1252")
    file = annotator.file("faehren.txt", data)
    (row,) = annotator.json("import", file, "--encoding", "cp1252")
    target = annotator.folder / "back.txt"
    assert annotator("original", row["article"], "-o", target).out == f"{target}\n"
    assert target.read_bytes() == data
    answer = annotator.json("original", row["article"])
    assert (answer["name"], answer["bytes"], answer["file"]) == ("faehren.txt", len(data), None)
    words = [
        sys.executable,
        "-P",
        "-m",
        "annotator",
        "--library",
        annotator.library,
        "original",
        row["article"],
    ]
    assert subprocess.run(words, capture_output=True, check=True).stdout == data


def test_a_file_that_is_there_is_replaced_with_force_only(annotator: CommandLine) -> None:
    article = annotator.article()
    target = annotator.file("there.txt", "Mine")
    refused = annotator("original", article, "-o", target)
    assert refused.code == 1
    assert target.read_text() == "Mine"
    assert annotator("original", article, "-o", target, "--force").code == 0
    assert target.read_text() != "Mine"


def test_into_a_folder_the_original_goes_under_its_own_name(annotator: CommandLine) -> None:
    article = annotator.article()
    folder = annotator.folder / "out"
    folder.mkdir()
    annotator("original", article, "-o", folder)
    assert (folder / "article-0.txt").read_bytes() == (annotator.folder / "article-0.txt").read_bytes()
