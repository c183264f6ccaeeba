"""A library that can't be written to is opened to read from: all of it is there, and nothing is changed or left."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.conftest import counting_environment
from tests.storage.protected_places import as_nobody, open_folder, picture, protect
from tests.storage.whole_library import fill

from annotator.domain.claim import Claim
from annotator.domain.ids import ClaimId
from annotator.errors import LibraryError, NewerLibrary, ReadOnlyLibrary
from annotator.services import checking
from annotator.services.library import Library
from annotator.storage import engine
from annotator.storage.engine import SCHEMA_VERSION

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the permissions are those of POSIX")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with rows of all kinds. It is opened and read, so that everything is imported."""
    path = tmp_path_factory.mktemp("whole") / "library.annotator"
    with Library.open(path, counting_environment()) as library:
        fill(library)
        library.read(checking.check)
    return path


@pytest.fixture
def path(whole: Path) -> Iterator[Path]:
    """A copy of it, alone in a folder that others may enter."""
    with open_folder() as folder:
        yield Path(shutil.copy(whole, folder / "library.annotator"))


def put(library: Library, id: str) -> None:
    library.execute(lambda store: store.put(Claim(id=ClaimId(id), statement=id)), label="Add")


def ids(library: Library) -> set[str]:
    return {claim.id for claim in library.read(lambda store: store.find(Claim))}


def assert_refuses_changes(library: Library) -> None:
    for change in (lambda: put(library, "new"), library.undo, library.redo):
        with pytest.raises(ReadOnlyLibrary) as caught:
            change()
        assert library.read_only in caught.value.what
        assert caught.value.kept == "Nothing was changed."
        assert caught.value.todo
    with pytest.raises(ReadOnlyLibrary):
        library.exchange_file(lambda: pytest.fail("the file was exchanged"))


def test_a_library_in_a_folder_one_may_not_enter_is_refused_with_a_message(path: Path) -> None:
    closed = path.parent / "closed"
    closed.mkdir(mode=0o700)
    shutil.copy(path, closed / path.name)
    if os.geteuid() != 0:
        closed.chmod(0o000)
    with as_nobody(), pytest.raises(LibraryError) as caught:
        Library.open(closed / path.name)
    assert "can't be opened" in caught.value.what
    assert caught.value.kept == "Nothing was changed."


PLACES = {"file": "The file is write-protected.", "folder": "The folder it lies in is write-protected."}


@pytest.mark.parametrize("kind", ["file", "folder", "both"])
def test_what_is_write_protected_is_read_and_neither_changed_nor_added_to(
    kind: str, whole: Path, path: Path
) -> None:
    with Library.open(whole) as library:
        expected, undo = ids(library), library.undo_state()
    protect(path, folder=kind != "file")
    if kind == "folder":
        path.chmod(0o666)
    before = picture(path.parent)
    with as_nobody(), Library.open(path) as library:
        assert library.read_only == PLACES["folder" if kind == "folder" else "file"]
        assert ids(library) == expected
        assert library.undo_state() == undo
        assert library.read(checking.check).problems == ()
        assert_refuses_changes(library)
        assert picture(path.parent) == before, "something lies beside it while it is open"
    assert picture(path.parent) == before
    path.parent.chmod(0o777)
    path.chmod(0o666)
    with as_nobody(), Library.open(path) as library:
        assert library.read_only == ""
        put(library, "when it may be written to again")


def test_reading_only_can_be_asked_for(path: Path) -> None:
    before = picture(path.parent)
    with Library.open(path, read_only=True) as library:
        assert library.read_only
        assert ids(library)
        assert_refuses_changes(library)
        assert picture(path.parent) == before
    assert picture(path.parent) == before


def killed(path: Path, folder: Path, *, index: bool) -> Path:
    """A copy of a library as a killed process leaves it: the last commit is in the log beside it."""
    copy = folder / "killed" / path.name
    copy.parent.mkdir()
    copy.parent.chmod(0o777)
    with Library.open(path) as library:
        put(library, "in the log")
        for suffix in ("", "-wal", "-shm") if index else ("", "-wal"):
            shutil.copy(f"{path}{suffix}", f"{copy}{suffix}")
    with closing(sqlite3.connect(f"{copy.as_uri()}?immutable=1", uri=True)) as alone:
        (found,) = alone.execute("SELECT count(*) FROM claim WHERE id = 'in the log'").fetchone()
        assert found == 0, "the commit is in the file already"
    return copy


@pytest.mark.parametrize("folder", [True, False], ids=["folder", "file"])
def test_commits_in_the_log_of_a_killed_process_are_read_too(path: Path, folder: bool) -> None:
    copy = killed(path, path.parent, index=True)
    protect(copy, folder=folder)
    before = picture(copy.parent)
    with as_nobody(), Library.open(copy) as library:
        assert library.read_only
        assert "in the log" in ids(library)
        assert_refuses_changes(library)
    assert picture(copy.parent) == before


def test_reading_only_takes_the_log_in_and_leaves_it(path: Path) -> None:
    copy = killed(path, path.parent, index=True)
    before = picture(copy.parent)
    with Library.open(copy, read_only=True) as library:
        assert "in the log" in ids(library)
    assert picture(copy.parent) == before
    with Library.open(copy) as library:
        assert "in the log" in ids(library)


def test_a_log_that_can_not_be_read_without_writing_is_no_reason_to_show_an_older_state(path: Path) -> None:
    copy = killed(path, path.parent, index=False)
    protect(copy, folder=True)
    before = picture(copy.parent)
    with as_nobody(), pytest.raises(LibraryError, match=r"library[.]annotator-wal") as caught:
        Library.open(copy)
    assert caught.value.kept
    assert "Copy both files" in caught.value.todo
    assert picture(copy.parent) == before


def test_what_another_process_writes_meanwhile_is_read(path: Path) -> None:
    with Library.open(path, read_only=True) as reader:
        ids(reader)
        with Library.open(path) as writer:
            put(writer, "while it is in the log")
            assert "while it is in the log" in ids(reader)
        assert "while it is in the log" in ids(reader)
        with Library.open(path) as writer:
            put(writer, "and once more")
        assert "and once more" in ids(reader)


def test_a_disk_that_turns_out_to_take_nothing_is_read_from(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Permissions don't tell everything: a mount, an ACL or Windows may refuse only when it comes to writing."""
    protect(path, folder=True)
    before = picture(path.parent)
    monkeypatch.setattr(engine.probe, "protection", lambda _: "")
    with as_nobody(), Library.open(path) as library:
        assert library.read_only == "Here it can't be written to."
        assert ids(library)
        assert_refuses_changes(library)
    assert picture(path.parent) == before


def stamped(path: Path, version: int, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version}")


def test_a_newer_library_that_this_program_understands_is_opened_for_reading_when_asked(path: Path) -> None:
    stamped(
        path, SCHEMA_VERSION + 1, "ALTER TABLE claim ADD COLUMN mood TEXT", "CREATE TABLE dream (id TEXT)"
    )
    before = picture(path.parent)
    with pytest.raises(NewerLibrary):
        Library.open(path)
    with Library.open(path, read_only=True) as library:
        assert "newer version" in library.read_only
        assert ids(library)
        assert_refuses_changes(library)
    assert picture(path.parent) == before


@pytest.mark.parametrize(
    ("lacks", "statements"),
    [
        ("claim.note", ["ALTER TABLE claim RENAME COLUMN note TO remark"]),
        ("table evidence", ["ALTER TABLE evidence RENAME TO proof"]),
    ],
)
def test_a_newer_library_that_lacks_what_this_program_reads_is_refused(
    path: Path, lacks: str, statements: list[str]
) -> None:
    stamped(path, SCHEMA_VERSION + 1, *statements)
    before = picture(path.parent)
    with pytest.raises(NewerLibrary, match=lacks) as caught:
        Library.open(path, read_only=True)
    assert caught.value.kept
    assert picture(path.parent) == before


def test_an_older_library_that_can_not_be_brought_up_to_date_is_refused(path: Path) -> None:
    stamped(path, SCHEMA_VERSION - 1, "ALTER TABLE claim RENAME COLUMN note TO remark")
    before = picture(path.parent)
    with pytest.raises(LibraryError, match="older version") as caught:
        Library.open(path, read_only=True)
    assert "Copy it" in caught.value.todo
    assert picture(path.parent) == before


def test_reading_only_makes_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="There is no library"):
        Library.open(tmp_path / "new" / "library.annotator", read_only=True)
    assert list(tmp_path.iterdir()) == []
