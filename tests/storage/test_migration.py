"""Libraries of older schemas: brought up to date with everything they held, or left as they were."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import counting_environment
from tests.storage import golden_libraries as golden
from tests.storage.whole_library import plant

from annotator.domain.claim import Claim
from annotator.domain.library_rows import Draft
from annotator.errors import DamagedFile, LibraryError, NewerLibrary
from annotator.services import backups, checking, history
from annotator.services.history import Scope
from annotator.services.library import Library
from annotator.storage import backup as files
from annotator.storage import migration, migrations
from annotator.storage.backup_folder import Reason
from annotator.storage.engine import SCHEMA_VERSION, open_database
from annotator.storage.migrations import Step

PAGE = 4096
RELEASED = golden.released()
OLD = [path for path in RELEASED if golden.schema_of(path) < SCHEMA_VERSION]
every_release = pytest.mark.parametrize("release", RELEASED, ids=lambda path: path.stem)
every_old_one = pytest.mark.parametrize("release", OLD, ids=lambda path: path.stem)


def copy_of(release: Path, folder: Path) -> Path:
    return Path(shutil.copyfile(release, folder / "library.annotator"))


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def opened(path: Path) -> Library:
    """With a data folder beside it."""
    return Library.open(path, counting_environment(), data_folder=path.parent / "data")


def as_expected(path: Path, release: Path) -> bool:
    """Whether the values that the release kept are all in the library, and no others."""
    tables = golden.expected(release)["tables"]
    return golden.found(path, {name: table["columns"] for name, table in tables.items()}) == tables


def schema_of(path: Path) -> dict[str, Any]:
    """Everything that tells one schema from another: columns in order, indexes, references; and where tables begin."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, type, rootpage FROM sqlite_master").fetchall()
        tables = {name: root for name, type, root in rows if type == "table"}
        found: dict[str, Any] = {"objects": sorted((name, type) for name, type, _ in rows), "begin": tables}
        for table in tables:
            columns = connection.execute(f'SELECT * FROM pragma_table_xinfo("{table}")').fetchall()
            indexes = connection.execute(
                f'SELECT name, "unique", origin, partial FROM pragma_index_list("{table}")'
            )
            keys = connection.execute(f'SELECT * FROM pragma_foreign_key_list("{table}")')
            found[table] = (columns, set(indexes), sorted(row[2:] for row in keys))
        for name, type, _ in rows:
            if type == "index":
                found[name] = connection.execute(f'SELECT * FROM pragma_index_xinfo("{name}")').fetchall()
        return found


def test_there_is_a_golden_library_of_every_schema() -> None:
    assert [golden.schema_of(path) for path in RELEASED] == list(range(1, SCHEMA_VERSION + 1))
    for path in RELEASED:
        held = golden.expected(path)
        assert version_of(path) == held["schema"] == golden.schema_of(path)
        assert as_expected(path, path)
        assert min(table["rows"] for table in held["tables"].values()) >= 2
        assert {origin for _, _, origin, _, _ in held["journal"]} == {"local", "undo", "redo"}


@every_release
def test_every_value_of_an_old_library_is_kept(release: Path, tmp_path: Path) -> None:
    path = copy_of(release, tmp_path)
    opened(path).close()
    assert version_of(path) == SCHEMA_VERSION
    assert as_expected(path, release)
    assert golden.labels_of(path) == golden.expected(release)["journal"]
    opened(path).close()  # a second time nothing is due
    assert as_expected(path, release)


@every_release
def test_an_old_library_works_as_before(release: Path, tmp_path: Path) -> None:
    held = golden.expected(release)
    with opened(copy_of(release, tmp_path)) as library:
        assert library.read(checking.check).problems == ()
        everything = partial(history.edits, scope=Scope())
        assert golden.exports_of(library) == release.with_suffix(".md").read_text(encoding="utf-8")
        labels = [
            [edit.seq, edit.label, edit.origin.value, edit.target] for edit, _ in library.read(everything)
        ]
        assert labels[::-1] == [row[:4] for row in held["journal"]]
        claim = library.read(lambda store: store.find(Claim, order=("created_at", "id"))[0])
        touched = library.read(partial(history.edits, scope=Scope("claim", claim.id)))
        assert [edit.label for edit, _ in touched if edit.label == "Edit claim"]

        assert (library.undo_state().undo, library.undo_state().redo) == (held["undo"], held["redo"])
        redone = library.redo()
        assert redone.value is not None
        assert redone.value.label == held["redo"]
        for _ in range(held["tables"]["edit"]["rows"]):
            if library.undo().value is None:
                break
        assert library.undo_state().undo == ""
        assert library.read(lambda store: store.find(Claim)) == []
        assert library.read(checking.check).problems == ()


def test_a_draft_of_the_first_schema_has_no_text_that_typing_began_with(tmp_path: Path) -> None:
    with opened(copy_of(RELEASED[0], tmp_path)) as library:
        drafts = library.read(lambda store: store.find(Draft))
    assert {draft.base for draft in drafts} == {""}
    assert all("😀" in draft.text for draft in drafts)


@every_old_one
def test_a_migrated_schema_equals_a_new_one(release: Path, tmp_path: Path) -> None:
    path, new = copy_of(release, tmp_path), tmp_path / "new.annotator"
    before = schema_of(path)
    opened(path).close()
    opened(new).close()
    assert schema_of(path) == schema_of(new) != before


@every_old_one
def test_the_schema_it_had_is_backed_up_first(release: Path, tmp_path: Path) -> None:
    path = copy_of(release, tmp_path)
    opened(path).close()
    (made,) = backups.list_backups(path, data_folder=tmp_path / "data", thorough=True)
    assert made.reason is Reason.MIGRATION
    assert made.trouble == ""
    assert version_of(made.path) == golden.schema_of(release)
    assert as_expected(made.path, release)


def test_nothing_is_backed_up_when_nothing_is_due(tmp_path: Path) -> None:
    path = copy_of(RELEASED[-1], tmp_path)
    opened(path).close()
    assert not (tmp_path / "data").exists()


@every_old_one
def test_without_a_backup_nothing_is_changed(release: Path, tmp_path: Path) -> None:
    path = copy_of(release, tmp_path)
    (tmp_path / "data").write_text("no folder")
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="No backup could be made"):
        opened(path)
    assert path.read_bytes() == before
    assert sorted(found.name for found in tmp_path.iterdir()) == ["data", "library.annotator"]


@every_old_one
def test_a_library_that_is_open_elsewhere_is_refused_and_not_changed(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migration, "_WAIT_SECONDS", 0.1)
    path = copy_of(release, tmp_path)
    with closing(open_database(path)) as other:  # as the older program would
        with other.reading() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM claim")
        with pytest.raises(LibraryError, match="open in another window or program") as caught:
            opened(path)
        assert caught.value.kept
        assert caught.value.todo
        assert not (tmp_path / "data").exists()
    assert version_of(path) == golden.schema_of(release)
    assert as_expected(path, release)
    opened(path).close()
    assert version_of(path) == SCHEMA_VERSION


@every_old_one
def test_work_in_a_log_beside_an_old_library_is_brought_along(release: Path, tmp_path: Path) -> None:
    path = copy_of(release, tmp_path)
    left = tmp_path / "left"
    left.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("UPDATE claim SET note = 'in the log'")
        for suffix in ("", "-wal"):
            shutil.copyfile(f"{path}{suffix}", f"{left / path.name}{suffix}")
    with opened(left / path.name) as library:
        assert {claim.note for claim in library.read(lambda store: store.find(Claim, deleted=True))} == {
            "in the log"
        }
    assert version_of(left / path.name) == SCHEMA_VERSION


def test_a_newer_library_is_refused_and_not_changed(tmp_path: Path) -> None:
    path = copy_of(RELEASED[-1], tmp_path)
    plant(path, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(NewerLibrary, match="newer version"):
        opened(path)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["library.annotator"]


def breaks(statement: str) -> Callable[[Any], None]:
    return lambda operations: operations.execute(statement)


def raises(operations: Any) -> None:
    operations.execute("DROP TABLE draft")
    raise KeyError("a mistake")


def last_step_is(monkeypatch: pytest.MonkeyPatch, step: Step) -> None:
    """Put `step` in the place of the last one; those before it stay."""
    real = migrations.step_to
    monkeypatch.setattr(
        migrations, "step_to", lambda number: step if number == SCHEMA_VERSION else real(number)
    )


MISTAKES = {
    "a lost row": (breaks("DELETE FROM claim_relation"), "of 2 rows of “claim_relation” 0 would be left"),
    "a changed value": (
        breaks("UPDATE source SET year = '2000'"),
        "rows of “source” would not be what they were",
    ),
    "two rows swapped": (
        breaks("UPDATE question SET text = id"),
        "rows of “question” would not be what they were",
    ),
    "a changed text": (
        breaks("UPDATE article_text SET text = text || ' '"),
        "rows of “article_text” would not",
    ),
    "a changed original": (breaks("UPDATE attachment SET data = x'00'"), "rows of “attachment” would not"),
    "a shorter history": (
        breaks("DELETE FROM change WHERE position > 0"),
        "rows of “change” would be left|of .* rows",
    ),
    "a changed history": (breaks("UPDATE edit SET label = 'x' WHERE seq = 3"), "rows of “edit” would not"),
    "a lost table": (breaks("DROP TABLE setting"), "no such table: setting"),
    "a lost column": (breaks("ALTER TABLE claim DROP COLUMN note"), "no such column: claim.note"),
    "a row that refers to nothing": (
        breaks(
            "INSERT INTO question SELECT 'n', rev, created_at, updated_at, created_by, deleted_at, 'gone', text, rank, extra FROM question LIMIT 1"
        ),
        "rows would refer to others that are missing",
    ),
    "no such table": (breaks("DELETE FROM absent"), "date: no such table: absent"),
    "an error in the step itself": (raises, "a mistake"),
}


@every_old_one
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_failing_step_leaves_every_byte_as_it_was(
    mistake: str, release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade, words = MISTAKES[mistake]
    # It says that it changes everything: the journal, texts and files are held to what they were all the same.
    says = {"article_text", "attachment", "edit", "change", "question" if "nothing" in mistake else ""}
    step = migrations.step_to(SCHEMA_VERSION)

    def both(operations: Any) -> None:
        step.upgrade(operations)
        upgrade(operations)

    last_step_is(monkeypatch, Step(both, frozenset(says)))
    path = copy_of(release, tmp_path)
    before = path.read_bytes()
    with pytest.raises(LibraryError, match=words) as caught:
        opened(path)
    assert "library.annotator" in caught.value.what
    assert "as it was" in caught.value.kept
    assert path.read_bytes() == before
    assert sorted(found.name for found in tmp_path.iterdir()) == ["data", "library.annotator"]
    monkeypatch.undo()
    opened(path).close()
    assert as_expected(path, release)


@every_old_one
def test_a_step_may_change_rows_of_the_tables_it_names(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = migrations.step_to(SCHEMA_VERSION)

    def both(operations: Any) -> None:
        step.upgrade(operations)
        operations.execute("DELETE FROM setting WHERE id = 'a'")

    last_step_is(monkeypatch, Step(both, frozenset({"setting"})))
    path = copy_of(release, tmp_path)
    opened(path).close()
    assert version_of(path) == SCHEMA_VERSION
    assert golden.found(path, {"setting": ["id"]})["setting"]["rows"] == 1


@every_old_one
def test_damage_of_references_that_was_there_before_does_not_shut_a_library_out(
    release: Path, tmp_path: Path
) -> None:
    path = copy_of(release, tmp_path)
    plant(path, "UPDATE question SET claim_id = 'gone' WHERE id = 'a'")
    with opened(path) as library:
        assert library.read(checking.check).problems != ()
    assert version_of(path) == SCHEMA_VERSION


@every_old_one
def test_one_row_that_can_not_be_read_does_not_shut_a_library_out(release: Path, tmp_path: Path) -> None:
    path = copy_of(release, tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'statement TEXT NOT NULL', 'statement TEXT')"
        )
        connection.execute("PRAGMA writable_schema = RESET")
        connection.execute("UPDATE claim SET statement = NULL WHERE rowid = 1")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'statement TEXT', 'statement TEXT NOT NULL')"
        )
    with opened(path) as library:
        assert len(library.read(lambda store: store.find(Claim, deleted=True))) == 4
        assert len(library.broken) == 1
    assert version_of(path) == SCHEMA_VERSION


@every_old_one
def test_a_damaged_old_library_is_refused_and_not_changed(release: Path, tmp_path: Path) -> None:
    path = copy_of(release, tmp_path)
    content = bytearray(path.read_bytes())
    begin = (schema_of(path)["begin"]["claim"] - 1) * PAGE
    content[begin : begin + PAGE] = bytes(PAGE)
    path.write_bytes(content)
    with pytest.raises(DamagedFile) as caught:
        opened(path)
    assert caught.value.todo
    assert path.read_bytes() == content
    with pytest.raises(DamagedFile) as caught:  # also when it is looked into because of the damage
        Library.open(path, data_folder=tmp_path / "data", check=False)
    assert "--salvage" in caught.value.todo
    assert path.read_bytes() == content


@every_old_one
def test_an_old_library_that_can_only_be_read_is_not_changed(release: Path, tmp_path: Path) -> None:
    path = copy_of(release, tmp_path)
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="older version"):
        Library.open(path, read_only=True)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["library.annotator"]


def test_alembic_is_loaded_only_when_something_is_due(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from annotator.services.library import Library\n"
        "Library.open(Path(sys.argv[1]), data_folder=Path(sys.argv[2])).close()\n"
        "print('alembic' in sys.modules)"
    )
    for release in (RELEASED[-1], RELEASED[0]):
        path = copy_of(release, tmp_path)
        command = [sys.executable, "-c", script, str(path), str(tmp_path / "data")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stdout.split() == [str(release is not RELEASED[-1])]


@every_old_one
def test_a_backup_of_an_older_schema_is_restored_and_brought_up_to_date(
    release: Path, tmp_path: Path
) -> None:
    path, data = tmp_path / "library.annotator", tmp_path / "data"
    with Library.open(path, counting_environment()) as library:
        library.execute(lambda store: store.put(Claim(id="new", statement="New")), label="Tag claim")
        told = {item.kind: item for item in backups.difference(library, release)}
        assert told["claim"].added == 4
        assert told["claim"].removed == 1
        assert told["draft"].added == 2

        restored = backups.restore_backup(library, release, data_folder=data)
        assert restored.counts.claims == 4
        assert library.undo_state().undo == golden.expected(release)["undo"]
        assert library.read(checking.check).problems == ()
        begun = "" if golden.schema_of(release) == 1 else golden.ARABIC
        assert {draft.base for draft in library.read(lambda store: store.find(Draft))} == {begun}
        assert library.undo().value is not None
    assert version_of(path) == SCHEMA_VERSION
    assert version_of(release) == golden.schema_of(release)
    assert as_expected(release, release)


@every_old_one
@pytest.mark.parametrize("there", ["nothing", "an old library", "a damaged old library"])
def test_a_library_that_is_not_open_gets_a_backup_of_an_older_schema(
    there: str, release: Path, tmp_path: Path
) -> None:
    path, data = tmp_path / "library.annotator", tmp_path / "data"
    if there != "nothing":
        copy_of(release, tmp_path)
    if there == "a damaged old library":
        with path.open("r+b") as file:
            file.truncate(PAGE * 30)
    restored = backups.restore_file(path, release, data_folder=data, environment=counting_environment())
    assert restored.counts.claims == 4
    assert version_of(path) == SCHEMA_VERSION
    assert as_expected(path, release)
    if there == "an old library":
        assert restored.before is not None
        assert version_of(restored.before.path) == golden.schema_of(release)
    assert (restored.set_aside is not None) == (there == "a damaged old library")


@every_old_one
def test_a_backup_whose_migration_fails_is_not_restored(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.annotator"
    opened(path).close()
    before = path.read_bytes()
    monkeypatch.setattr(migrations, "step_to", lambda _: Step(raises))
    with pytest.raises(LibraryError, match=r"schema-.*could not be brought up to date"):
        files.stage(release, path)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["library.annotator"]


@every_release
def test_a_damaged_library_of_any_schema_is_salvaged_into_one_of_this(release: Path, tmp_path: Path) -> None:
    path = copy_of(release, tmp_path)
    whole = path.read_bytes()
    total = sum(table["rows"] for table in golden.expected(release)["tables"].values())
    described = [at for at in range(PAGE, len(whole), PAGE) if b"CREATE TABLE" in whole[at : at + PAGE]]
    assert len(described) > 1
    for start in (
        None,
        0,
        *described,
    ):  # sound; without its head; without a page of the description of its tables
        if start is not None:
            path.write_bytes(whole[:start] + bytes(PAGE) + whole[start + PAGE :])
        new = tmp_path / f"new-{start}.annotator"
        assert checking.salvage(path, new).saved == total
        assert version_of(new) == SCHEMA_VERSION
        assert as_expected(new, release)


@every_old_one
def test_a_library_that_was_migrated_is_salvaged_as_well_as_a_new_one(release: Path, tmp_path: Path) -> None:
    path = copy_of(release, tmp_path)
    opened(path).close()
    whole = path.read_bytes()
    path.write_bytes(bytes(PAGE) + whole[PAGE:])
    new = tmp_path / "new.annotator"
    checking.salvage(path, new)
    assert as_expected(new, release)


@every_old_one
@pytest.mark.parametrize("steps", [10, 3000])
def test_tables_begin_where_they_did_after_a_large_library_was_migrated(
    steps: int, release: Path, tmp_path: Path
) -> None:
    path, new = copy_of(release, tmp_path), tmp_path / "new.annotator"
    with closing(sqlite3.connect(path)) as connection, connection:
        rows = [(1000 + n, f"{n:x}" * 9) for n in range(steps)]
        connection.executemany("INSERT INTO edit VALUES (?, 'l', 'local', NULL, '2026', '', ?)", rows)
        changes = [
            (1000 + n, p, "claim", f"{n:032x}", None, "{}" * 200) for n in range(steps) for p in range(5)
        ]
        connection.executemany('INSERT INTO "change" VALUES (?, ?, ?, ?, ?, ?)', changes)
    opened(path).close()
    opened(new).close()
    found, fresh = schema_of(path), schema_of(new)
    assert found == fresh


@every_old_one
def test_of_two_programs_that_open_an_old_library_at_once_one_brings_it_up_to_date(
    release: Path, tmp_path: Path
) -> None:
    script = (
        "import sys; from pathlib import Path; import alembic.operations\n"
        "from annotator.errors import LibraryError; from annotator.services.library import Library\n"
        "sys.stdin.readline()\n"
        "try: Library.open(Path(sys.argv[1]), data_folder=Path(sys.argv[2])).close()\n"
        "except LibraryError as error: print(error.what)\n"
        "else: print('opened')"
    )
    for number in range(3):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = copy_of(release, folder)
        command = [sys.executable, "-c", script, str(path), str(folder / "data")]
        both = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in "ab"
        ]
        for process in both:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        said = [process.communicate()[0].strip() for process in both]
        assert "opened" in said
        assert all(words == "opened" or "in another window or program" in words for words in said)
        assert version_of(path) == SCHEMA_VERSION
        assert as_expected(path, release)
        (made,) = backups.list_backups(path, data_folder=folder / "data")
        assert version_of(made.path) == golden.schema_of(release)
