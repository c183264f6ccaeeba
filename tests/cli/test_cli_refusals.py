"""Whatever is wrong: one clear message, exit code 1 or 2, nothing on stdout, nothing changed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.command_line import Answer, CommandLine


def assert_refused(answer: Answer, code: int, *words: str) -> None:
    """One message that names what is wrong, no answer, no trace."""
    assert answer.code == code, answer.err
    assert answer.out == ""
    assert answer.err.startswith("annotator: ")
    assert answer.err.count("\n") == 1
    assert "bug" not in answer.err
    assert "Traceback" not in answer.err
    for word in words:
        assert word in answer.err


@pytest.fixture
def filled(annotator: CommandLine) -> CommandLine:
    """A library with an article, two claims, a source and a link."""
    article = annotator.article()
    claim = annotator.claim(article)
    annotator.claim(article, "Nobody will")
    annotator.json("source", "add", "--title", "Survey")
    annotator.json("link", claim, "Survey", "--stance", "supports")
    return annotator


TITLE = "Night trams 0"
WRONG = [
    (["claim", TITLE, "--quote", "not in the text"], 1, "is not in the article"),
    (["claim", TITLE, "--quote", "the city"], 1, "occurs 2 times"),
    (["claim", TITLE, "--quote", "the city", "--occurrence", "3"], 1, "there is no occurrence 3"),
    (["claim", TITLE, "--quote", ""], 1, "is not in the article"),
    (["claim", TITLE, "--start", "5", "--end", "5"], 1, "does not lie in the text"),
    (["claim", TITLE, "--start", "0", "--end", "999999"], 1, "does not lie in the text"),
    (["claim", TITLE, "--start", "-3", "--end", "4"], 1, "does not lie in the text"),
    (["claim", TITLE, "--start", "11", "--end", "12"], 1, "holds no words"),
    (["claim", TITLE], 2, "--quote"),
    (["claim", TITLE, "--quote", "city", "--start", "0", "--end", "3"], 2, "either"),
    (["claim", TITLE, "--start", "0"], 2, "go together"),
    (["claim", TITLE, "--start", "0", "--end", "3", "--occurrence", "1"], 2, "--occurrence goes with --quote"),
    (["claim", TITLE, "--quote", "Nobody asked", "--type", "nonsense"], 2, "nonsense"),
    (["claim", TITLE, "--quote", "Nobody asked", "--tag", " "], 1, "A tag needs a name"),
    (["claim", TITLE, "--quote", "Nobody asked", "--said-on", "yesterday"], 2, "“yesterday” is no date"),
    (["claim", "Unknown article", "--quote", "city"], 1, "There is no article “Unknown article”"),
    (["claims", "ffffffff"], 1, "There is no article “ffffffff”"),
    (["show", ""], 1, "There is no article “”"),
    (["import", ""], 2, "The name is empty"),
    (["export", TITLE, "-o", ""], 2, "The name is empty"),
    (["history", "--limit", "99999999999999999999999"], 2, "--limit"),
    (["import", "README.md", "--library", ""], 2, "The name is empty"),
    (["rate", "ffffffff", "--verdict", "open"], 1, "There is no claim “ffffffff”"),
    (["rate", "0000", "--verdict", "open"], 1, "more than one claim"),
    (["rate", "CLAIM", "--confidence", "101"], 1, "A confidence of 101 is not possible"),
    (["rate", "CLAIM", "--confidence", "-1"], 1, "A confidence of -1 is not possible"),
    (["rate", "CLAIM", "--confidence", "many"], 2, "many"),
    (["rate", "CLAIM", "--verdict", "good"], 1, "supported, partly, conflicting, refuted, unproven, open"),
    (["rate", "CLAIM"], 2, "Give a verdict"),
    (["edit", "CLAIM", "--statement", " "], 1, "A claim needs a statement"),
    (["edit", "CLAIM"], 2, "Say what to change"),
    (["link", "CLAIM", "Survey", "--stance", "proves"], 2, "proves"),
    (["link", "CLAIM", "Survey"], 2, "--stance"),
    (["link", "CLAIM", "Survey", "--stance", "supports", "--strength", "5"], 1, "A strength of 5"),
    (["link", "CLAIM", "nothing", "--stance", "supports"], 1, "There is no source “nothing”"),
    (["unlink", "ffffffff"], 1, "There is no evidence “ffffffff”"),
    (["source", "add", "--title", " "], 1, "A source needs a title"),
    (["source", "add", "--title", "X", "--url", "file:///etc/passwd"], 1, "no web address"),
    (["source", "add", "--title", "X", "--doi", "eleven"], 1, "no DOI"),
    (["source", "add"], 2, "--title"),
    (["source", "export", "--format", "word"], 2, "word"),
    (["source", "burn"], 2, "burn"),
    (["tag", "add", "cause"], 1, "There is a tag “cause” already"),
    (["tag", "add", "New", "--key", "9"], 1, "“9” can't be the key"),
    (["tag", "set", "ffffffff", "Cause"], 1, "ffffffff"),
    (["tag"], 2, "Missing command"),
    (["note", TITLE, "--quote", "city"], 2, "--text"),
    (["highlight", TITLE, "--quote", "not there"], 1, "is not in the article"),
    (["delete", "ffffffff"], 1, "ffffffff"),
    (["delete", "0000"], 1, "more than one"),
    (["redo"], 1, "There is nothing to redo"),
    (["history", "ffffffff"], 1, "ffffffff"),
    (["history", "--limit", "0"], 2, "0"),
    (["export", "nothing"], 1, "There is no article “nothing”"),
    (["export", "--format", "word"], 1, "There is no export format “word”"),
    (["export", "--style", "baroque"], 1, "baroque"),
    (["articles", "superfluous"], 2, "superfluous"),
    (["checks"], 2, "“checks”"),
    (["articles", "--wrong"], 2, "--wrong"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "code", "message"), WRONG, ids=[" ".join(row[0]) for row in WRONG])
def test_bad_input_is_refused_and_the_library_stays(
    filled: CommandLine, words: list[str], code: int, message: str
) -> None:
    claim = filled.json("claims")[0]["id"]
    before = filled.library.read_bytes()
    answer = filled(*(claim if word == "CLAIM" else word for word in words))
    assert_refused(answer, code)
    assert re.search(message, answer.err)
    assert filled.library.read_bytes() == before


BAD_FILES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "missing": ("There is no file", lambda path: None),
    "folder": ("no file of a known format", lambda path: path.mkdir()),
    "empty": ("There is no text", lambda path: path.write_bytes(b"")),
    "blank": ("There is no text", lambda path: path.write_bytes(b" \n\t\n")),
    "binary": ("can't be read", lambda path: path.write_bytes(bytes(range(256)) * 40)),
    "picture": ("can't be read", lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))),
}


@pytest.mark.parametrize("kind", BAD_FILES)
@pytest.mark.parametrize("exists", [True, False], ids=["library", "no library"])
def test_a_bad_file_is_refused(annotator: CommandLine, kind: str, exists: bool) -> None:
    if exists:
        annotator.article()
    before = annotator.library.read_bytes() if exists else None
    message, make = BAD_FILES[kind]
    make(annotator.folder / "bad.txt")
    assert_refused(annotator("import", "bad.txt"), 1, message, "bad.txt", "Nothing was added")
    assert (annotator.library.read_bytes() if annotator.library.exists() else None) == before


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_bibliography_is_refused(annotator: CommandLine, kind: str) -> None:
    _, make = BAD_FILES[kind]
    make(annotator.folder / "bad.bib")
    assert_refused(annotator("source", "import", "bad.bib"), 1, "bad.bib", "Nothing was added")
    assert not annotator.library.exists()


def test_a_wrong_encoding_is_refused_or_said(annotator: CommandLine) -> None:
    file = annotator.file("latin.txt", "Überfüllte Straßenbahnen fahren nachts öfter.\n".encode("latin-1"))
    assert_refused(annotator("import", file, "--encoding", "klingon"), 2, "There is no encoding “klingon”")
    assert not annotator.library.exists()
    answer = annotator("import", file)
    assert answer.code == 0
    assert "encoded" in answer.err
    article = annotator.json("articles")[0]["id"]
    assert annotator("show", article, "--text").out.startswith("Überfüllte Straßenbahnen")


def test_a_title_is_for_one_file(annotator: CommandLine) -> None:
    files = (annotator.file("a.txt", "One."), annotator.file("b.txt", "Two."))
    assert_refused(annotator("import", *files, "--title", "Both"), 2, "--title is for one file")
    assert not annotator.library.exists()


def test_an_id_or_title_that_fits_several_articles_is_refused(annotator: CommandLine) -> None:
    for name in ("one", "two"):
        annotator.json("import", annotator.file(f"{name}.txt", f"This is {name}.\n"), "--title", "Same")
    assert_refused(annotator("show", "0000"), 1, "“0000” fits more than one article", "more of the id")
    assert_refused(annotator("show", "Same"), 1, "2 articles are titled “Same”", "Give the id")


def test_several_articles_need_a_folder(annotator: CommandLine) -> None:
    annotator.article()
    annotator.article("Something else was said.\n")
    assert_refused(annotator("export"), 2, "Give a folder")
    file = annotator.file("taken.md", "mine")
    assert_refused(annotator("export", "-o", file, "--force"), 1, "is no folder")
    assert file.read_text() == "mine"


def test_an_existing_file_is_not_replaced_unless_forced(annotator: CommandLine) -> None:
    article = annotator.article()
    file = annotator.file("essay.md", "mine")
    assert_refused(annotator("export", article, "-o", file), 1, "exists already", "not changed")
    assert_refused(annotator("source", "export", "-o", file), 1, "exists already", "not changed")
    assert file.read_text() == "mine"
    assert annotator("export", article, "-o", file, "--force").code == 0
    assert file.read_text() != "mine"


def _newer(path: Path, library: bytes) -> None:
    path.write_bytes(library)
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 999")
        database.execute("PRAGMA journal_mode = DELETE")


def _foreign(path: Path, library: bytes) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE bookmarks (address TEXT)")
        database.commit()


BAD_LIBRARIES: dict[str, tuple[str, Callable[[Path, bytes], object]]] = {
    "newer": ("made by a newer version", _newer),
    "foreign": ("database of another program", _foreign),
    "junk": ("is not an annotator library", lambda path, library: path.write_bytes(b"junk" * 3000)),
    "text": ("is not an annotator library", lambda path, library: path.write_text("Dear diary")),
    "folder": ("is a folder", lambda path, library: path.mkdir()),
    "empty": ("is empty", lambda path, library: path.write_bytes(b"")),
}


@pytest.mark.parametrize("kind", BAD_LIBRARIES)
@pytest.mark.parametrize(
    "command", [["articles"], ["import", "good.txt"], ["undo"]], ids=lambda words: words[0]
)
def test_a_bad_library_is_refused_and_left_as_it_is(
    annotator: CommandLine, kind: str, command: list[str]
) -> None:
    annotator.article()
    good = annotator.library.read_bytes()
    annotator.file("good.txt", "Something new.\n")
    message, make = BAD_LIBRARIES[kind]
    place = annotator.folder / "place"
    place.mkdir()
    bad = place / "bad.annotator"
    make(bad, good)
    before = bad.read_bytes() if bad.is_file() else None
    assert_refused(annotator.bare("--library", bad, *command), 1, message, "bad.annotator", "not changed")
    assert (bad.read_bytes() if bad.is_file() else None) == before
    assert list(place.iterdir()) == [bad]


def test_a_place_that_can_not_be_written_is_refused(annotator: CommandLine) -> None:
    file = annotator.file("plain.txt", "Something new.\n")
    below = file / "library.annotator"
    assert_refused(annotator.bare("import", file, "--library", below), 1, "can't be opened for writing")
    assert_refused(annotator.bare("articles", "--library", below), 1, "There is no library")
    assert_refused(annotator.bare("import", file, "--data-dir", file), 1, "can't be opened for writing")
    assert file.read_text() == "Something new.\n"


READING = [["articles"], ["claims"], ["sources"], ["tag", "list"], ["history"]]


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_lists_are_empty_before_the_first_use_and_make_no_library(
    annotator: CommandLine, command: list[str]
) -> None:
    data = annotator.folder / "data"
    answer = annotator.bare("--data-dir", data, "--json", *command)
    assert (answer.code, answer.json, answer.err) == (0, [], "")
    assert not data.exists()


@pytest.mark.parametrize(
    "command", [*READING, ["claims", "x"], ["undo"], ["export"], ["show", "x"]], ids=" ".join
)
def test_a_named_library_that_is_missing_is_refused(annotator: CommandLine, command: list[str]) -> None:
    assert_refused(annotator(*command), 1, "There is no library", "None was made")
    assert list(annotator.folder.iterdir()) == []


def test_a_library_named_by_the_variable_counts_as_named(
    annotator: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNOTATOR_LIBRARY", str(annotator.folder / "elsewhere.annotator"))
    assert_refused(annotator.bare("articles"), 1, "There is no library", "elsewhere.annotator")


def test_a_bug_is_one_line_and_its_trace_goes_to_a_file(
    annotator: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotator.services import articles

    def broken(store: object) -> None:
        raise ZeroDivisionError("planted")

    annotator.article()
    monkeypatch.setattr(articles, "list_articles", broken)
    data = annotator.folder / "data"
    answer = annotator("articles", "--data-dir", data)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(
        "annotator: This is a bug in annotator: ZeroDivisionError: planted; details in "
    )
    assert answer.err.count("\n") == 1
    (report,) = (data / "crashes").iterdir()
    assert "Traceback" in report.read_text(encoding="utf-8")
    assert str(report) in answer.err
