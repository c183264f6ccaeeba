"""Opening a library file: pragmas hold, and what is no library is refused untouched."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.storage.protected_places import picture
from tests.storage.whole_library import fill

from annotator.domain.claim import Claim
from annotator.domain.ids import ClaimId
from annotator.domain.rating import Scale
from annotator.errors import DamagedFile, LibraryError, NewerLibrary
from annotator.services import checking
from annotator.services.library import Library
from annotator.storage.engine import SCHEMA_VERSION, open_database


def test_the_promised_pragmas_are_in_force_on_both_connections(tmp_path: Path) -> None:
    database = open_database(tmp_path / "l.annotator")
    for connect in (database.writing, database.reading):
        with connect() as connection:
            value = lambda name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()  # noqa: E731
            assert value("journal_mode") == "wal"
            assert value("foreign_keys") == 1
            assert value("synchronous") == 2
            assert value("trusted_schema") == 0
            assert value("cell_size_check") == 1
            assert value("busy_timeout") == 5000
    with database.reading() as connection, pytest.raises(sa.exc.OperationalError):
        raise _first_error(connection)
    database.close()


def _first_error(connection: sa.Connection) -> BaseException:
    try:
        connection.exec_driver_sql("DELETE FROM claim")
    except sa.exc.OperationalError as error:
        return error
    raise AssertionError("a reading connection wrote")


def test_closing_leaves_one_file(tmp_path: Path) -> None:
    with Library.open(tmp_path / "l.annotator"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["l.annotator"]


def damaged(kind: str, path: Path) -> None:
    if kind == "folder":
        path.mkdir()
    elif kind == "empty":
        path.touch()
    elif kind == "junk":
        path.write_bytes(b"not a database" * 100)
    elif kind in ("truncated", "head alone", "zeroed head"):
        with Library.open(path) as library:
            fill(library)
        content = path.read_bytes()
        kept = {"truncated": content[: len(content) // 2 + 7], "head alone": content[:100]}
        path.write_bytes(kept.get(kind, bytes(4096) + content[4096:]))
    else:
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE t (x)")
            if kind == "newer":
                connection.execute("PRAGMA application_id = 0x616E6E6F")
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        connection.close()


REFUSED: dict[str, tuple[type[LibraryError], str]] = {
    "folder": (LibraryError, "is a folder"),
    "empty": (LibraryError, "is empty"),
    "junk": (DamagedFile, "is not an annotator library"),
    "foreign": (LibraryError, "is a database of another program"),
    "newer": (NewerLibrary, "was made by a newer version"),
    "truncated": (DamagedFile, "is damaged"),
    "head alone": (DamagedFile, "is damaged|is not an annotator library"),
    "zeroed head": (DamagedFile, "is not an annotator library"),
}


@pytest.mark.parametrize("kind", REFUSED)
@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
def test_what_is_no_library_is_refused_with_a_reason_and_not_changed(
    kind: str, read_only: bool, tmp_path: Path
) -> None:
    path = tmp_path / "l.annotator"
    damaged(kind, path)
    before = picture(tmp_path)
    error, words = REFUSED[kind]
    with pytest.raises(error, match=words) as caught:
        Library.open(path, read_only=read_only)
    assert "l.annotator" in caught.value.what
    assert caught.value.kept
    assert caught.value.todo
    assert picture(tmp_path) == before


def test_a_file_of_another_name_that_is_no_database_is_not_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    damaged("junk", path)
    with pytest.raises(LibraryError, match="is not an annotator library") as caught:
        Library.open(path)
    assert not isinstance(caught.value, DamagedFile)


def test_a_library_that_is_missing_is_made_with_its_folder(tmp_path: Path) -> None:
    with Library.open(tmp_path / "new" / "l.annotator") as library:
        assert library.read_only == ""
    assert [found.name for found in (tmp_path / "new").iterdir()] == ["l.annotator"]


def test_a_database_without_tables_that_is_not_new_is_left_alone(tmp_path: Path) -> None:
    """One page is what a cut short making leaves; more of them held something."""
    path = tmp_path / "l.annotator"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.execute("DROP TABLE t")
    before = picture(tmp_path)
    with pytest.raises(LibraryError, match="another program"):
        Library.open(path)
    assert picture(tmp_path) == before


def test_a_library_that_others_write_to_is_not_taken_for_damaged(tmp_path: Path) -> None:
    path = tmp_path / "l.annotator"
    with Library.open(path) as writer:
        fill(writer)
        for number in range(30):
            writer.execute(
                lambda store, number=number: store.put(Claim(id=ClaimId(f"n{number}"), statement="x" * 9000)),
                label="Add",
            )
            with Library.open(path) as other:
                assert len(other.read(lambda store: store.find(Claim))) > number
    with Library.open(path) as library:
        assert library.read(checking.check).problems == ()


def test_one_value_of_a_wrong_kind_hides_no_library(tmp_path: Path) -> None:
    """SQLite's quick check names it too, but it is one row that can't be read, and the others can."""
    path = tmp_path / "l.annotator"
    with Library.open(path) as library:
        fill(library)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'statement TEXT NOT NULL', 'statement TEXT')"
        )
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("UPDATE claim SET statement = NULL WHERE id = (SELECT min(id) FROM claim)")
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'statement TEXT', 'statement TEXT NOT NULL')"
        )
    with closing(sqlite3.connect(path)) as raw:
        assert "NULL value in claim.statement" in raw.execute("PRAGMA quick_check").fetchone()[0]
    with Library.open(path) as library:
        assert library.read(lambda store: store.find(Claim))
        assert {row.kind for row in library.broken} == {"claim"}


def test_a_library_whose_making_was_cut_short_is_made(tmp_path: Path) -> None:
    path = tmp_path / "l.annotator"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    assert path.stat().st_size > 0
    with Library.open(path) as library:
        assert library.read(lambda store: store.find(Scale))


def test_a_place_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="can't be opened for writing"):
        Library.open(tmp_path / "file" / "l.annotator")


def test_a_damaged_library_of_an_older_version_is_refused_before_it_is_brought_up_to_date(
    tmp_path: Path,
) -> None:
    path = tmp_path / "l.annotator"
    with Library.open(path) as library:
        fill(library)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'claim'").fetchone()
        raw.execute("PRAGMA user_version = 1")
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = bytes(4096)
    path.write_bytes(content)
    before = picture(tmp_path)
    with pytest.raises(DamagedFile):
        Library.open(path, data_folder=tmp_path / "data")
    assert picture(tmp_path) == before
