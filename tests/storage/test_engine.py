"""Opening a library file: pragmas hold, and what is no library is refused untouched."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

import annotator.storage
from annotator.domain.rating import Scale
from annotator.errors import LibraryError, NewerLibrary
from annotator.services.library import Library
from annotator.storage.engine import REVISION, SCHEMA_VERSION, open_database
from annotator.storage.tables import metadata


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
    else:
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE t (x)")
            if kind == "newer":
                connection.execute("PRAGMA application_id = 0x616E6E6F")
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        connection.close()


@pytest.mark.parametrize("kind", ["folder", "empty", "junk", "foreign", "newer"])
def test_what_is_no_library_is_refused_with_a_reason_and_not_changed(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "l.annotator"
    damaged(kind, path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(NewerLibrary if kind == "newer" else LibraryError) as caught:
        Library.open(path)
    assert "l.annotator" in caught.value.what
    assert caught.value.kept
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert [found.name for found in tmp_path.iterdir()] == ["l.annotator"]


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


def test_the_first_migration_makes_the_same_schema_as_the_tables() -> None:
    from alembic import command
    from alembic.autogenerate import compare_metadata
    from alembic.config import Config
    from alembic.migration import MigrationContext

    config = Config()
    config.set_main_option("script_location", str(Path(annotator.storage.__file__).parent / "migrations"))
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == REVISION
        assert compare_metadata(context, metadata) == []
        migrated = _schema(connection)
    created = sa.create_engine("sqlite://")
    with created.begin() as connection:
        metadata.create_all(connection)
        assert _schema(connection) == migrated


def _schema(connection: sa.Connection) -> dict[str, list[str]]:
    rows = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'alembic%'"
    )
    # The order of the foreign keys follows that of declaration here and of names there.
    flat = {name: re.sub(r"\s+", " ", sql) for name, sql in rows}
    return {name: sorted(part.strip(" ()") for part in sql.split(",")) for name, sql in flat.items()}
