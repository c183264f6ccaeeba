"""A damaged library is put together anew, from itself and its newest backup; the damaged file is never changed."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from tests.conftest import counting_environment
from tests.storage.test_salvage import PAGE, WAYS, damaged, leaves, rows_of
from tests.storage.whole_library import fill, plant

from annotator.domain.article import ArticleText
from annotator.domain.claim import Claim
from annotator.domain.entity import Entity
from annotator.domain.ids import ClaimId
from annotator.domain.library_rows import Draft
from annotator.domain.source import Source
from annotator.errors import LibraryError, NewerLibrary
from annotator.services import backups, claims
from annotator.services.backups import Backup, Reason
from annotator.services.claims import ClaimFields
from annotator.services.library import Library, Store
from annotator.services.recovering import Recovery, recover_library
from annotator.storage import salvage

CLAIMS = 400


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the library lies, in a folder of its own."""
    (tmp_path / "work").mkdir()
    return tmp_path / "work" / "library.annotator"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder, with the backups."""
    return tmp_path / "data"


def add_claims(library: Library, prefix: str, count: int) -> None:
    library.execute(
        lambda store: [
            store.put(Claim(id=ClaimId(f"{prefix}{n}"), statement=f"Claim {prefix}{n} " + "x" * 200))
            for n in range(count)
        ],
        label="Add claims",
    )


def note(library: Library, claim: str, words: str) -> None:
    change = partial(claims.edit_claim, claim_id=ClaimId(claim), changes=ClaimFields(note=words))
    library.execute(change, label="Edit claim")


def back_up(library: Library, data: Path) -> Backup:
    made = backups.make_backup(library, data_folder=data)
    assert made is not None
    return made


@pytest.fixture
def made(path: Path, data: Path) -> Backup:
    """A closed library with all kinds of things and a backup of it; two claims are newer, and two notes on old ones."""
    with Library.open(path, counting_environment()) as library:
        fill(library)
        add_claims(library, "old", CLAIMS)
        backup = back_up(library, data)
        note(library, "old3", "newer")
        note(library, f"old{CLAIMS - 1}", "newer")
        add_claims(library, "new", 2)
    return backup


def recovered(path: Path, data: Path) -> Recovery:
    """Recover, and see to what holds for every recovery: the damaged file is untouched, nothing else is left behind."""
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    done = recover_library(path, data_folder=data, environment=counting_environment())
    aside = done.set_aside.name
    wanted = {name.replace(path.name, aside): content for name, content in before.items()}
    found = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    assert found.pop(path.name)
    assert found == wanted
    assert done.path == path
    return done


def table(done: Recovery, name: str) -> tuple[int, int, int | None]:
    (row,) = (item for item in done.tables if item.name == name)
    return row.saved, row.from_backup, row.lost


def claim(path: Path, id: str) -> Claim:
    with Library.open(path) as library:
        return library.read(lambda store: store.get(Claim, id))


def zero(path: Path, pages: list[int]) -> None:
    content = bytearray(path.read_bytes())
    for page in pages:
        content[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    path.write_bytes(content)


def pages_with(path: Path, words: bytes, *, journal: bool = True) -> list[int]:
    """The leaves of tables that hold these words; without those of the journal, where they are quoted, if asked."""
    content = path.read_bytes()
    pages = {page: content[page * PAGE : (page + 1) * PAGE] for page in leaves(content)}
    quoted = b'"' + words
    return [page for page, held in pages.items() if words in held and (journal or quoted not in held)]


def test_what_is_newer_comes_from_the_damaged_file_and_what_is_lost_from_the_backup(
    path: Path, data: Path, made: Backup
) -> None:
    rows = rows_of(path)
    zero(path, pages_with(path, b"Claim old100 "))
    done = recovered(path, data)
    assert done.backup == made
    saved, from_backup, lost = table(done, "claim")
    assert from_backup > 5
    assert (saved + from_backup, lost) == (rows["claim"], 0)
    assert {item.lost for item in done.tables} == {0}
    assert (done.repaired, done.problems, done.is_complete) == (0, 0, True)
    assert rows_of(path) == rows
    assert claim(path, "old100").statement.startswith("Claim old100")
    assert claim(path, "old3").note == "newer"
    assert claim(path, "new1").statement.startswith("Claim new1")
    with Library.open(path) as library:
        assert library.undo_state().undo == "Add claims"


def test_a_lost_row_is_as_it_was_last_and_not_as_in_the_backup(path: Path, data: Path, made: Backup) -> None:
    """The journal of the damaged library knows what was done to it since."""
    zero(path, pages_with(path, f"Claim old{CLAIMS - 1} ".encode(), journal=False))
    plant(path, "DELETE FROM claim WHERE id = 'old3'")
    done = recovered(path, data)
    assert (table(done, "claim")[1] > 0, done.problems) == (True, 0)
    found = claim(path, "old3")
    assert (found.note, found.rev) == ("newer", 2)
    assert claim(path, f"old{CLAIMS - 1}").note == "newer"


def test_a_row_that_is_in_the_journal_alone_is_made_anew(path: Path, data: Path, made: Backup) -> None:
    before = claim(path, "new0")
    plant(path, "DELETE FROM claim WHERE id = 'new0'")
    plant(path, "UPDATE claim SET type = '?' WHERE id = 'new1'")
    done = recovered(path, data)
    assert done.problems == 0
    assert claim(path, "new0") == before
    assert claim(path, "new1").type.value != "?"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE claim SET statement = 'Nobody said this' WHERE id = 'old7'",
        "UPDATE claim SET tags = '{{{' WHERE id = 'old7'",
        "UPDATE claim SET id = 'old?' WHERE id = 'old7'",
        "UPDATE claim SET rev = 0 WHERE id = 'old7'",
        "UPDATE edit SET label = 'Other words' WHERE seq = 3",
        "UPDATE edit SET label = x'ff00' WHERE seq = 2",
        "UPDATE change SET after = '{}' WHERE edit_seq = 3 AND position = 9",
        "UPDATE change SET position = 77777 WHERE edit_seq = 3 AND position = 9",
        "DELETE FROM change WHERE edit_seq = 3",
        "DELETE FROM edit WHERE seq = 1",
    ],
)
def test_rows_changed_from_outside_are_those_of_the_backup_again(
    path: Path, data: Path, made: Backup, damage: str
) -> None:
    with closing(sqlite3.connect(path)) as connection:
        wanted = {
            name: set(connection.execute(f'SELECT * FROM "{name}"')) for name in ("claim", "edit", "change")
        }
    plant(path, damage)
    done = recovered(path, data)
    assert done.problems == 0
    assert sum(item.from_backup for item in done.tables) >= 1
    with closing(sqlite3.connect(path)) as connection:
        for name, rows in wanted.items():
            assert rows <= set(connection.execute(f'SELECT * FROM "{name}"')), name


def test_a_changed_text_and_a_changed_original_are_those_of_the_backup_in_their_newest_state(
    path: Path, data: Path, made: Backup
) -> None:
    with Library.open(path) as library:
        (second,) = (text for text in library.read(lambda store: store.find(ArticleText)) if text.id == "b")
        library.execute(lambda store: store.remove(second), label="Delete text")
    plant(path, "UPDATE article_text SET text = replace(text, 'tram', 'tran')")
    plant(path, "UPDATE attachment SET data = x'00' WHERE id = 'b'")
    done = recovered(path, data)
    assert table(done, "article_text")[:2] == (0, 2)
    assert table(done, "attachment")[1] == 1
    assert done.problems == 0
    with Library.open(path) as library:
        found = library.read(lambda store: store.get(ArticleText, "b", deleted=True))
    assert (found.text, found.rev) == (second.text, 2)
    assert found.deleted_at is not None


def test_what_was_saved_last_is_read_from_the_log_which_is_set_aside_too(path: Path, data: Path) -> None:
    with Library.open(path, counting_environment()) as library:
        add_claims(library, "old", 30)
        back_up(library, data)
        add_claims(library, "late", 30)
        kept = {suffix: Path(f"{path}{suffix}").read_bytes() for suffix in ("", "-wal")}
    for suffix, content in kept.items():
        Path(f"{path}{suffix}").write_bytes(content)
    assert len(kept["-wal"]) > PAGE
    done = recovered(path, data)
    assert table(done, "claim") == (60, 0, 0)
    assert not Path(f"{path}-wal").exists()
    assert Path(f"{done.set_aside}-wal").read_bytes() == kept["-wal"]


def test_without_a_backup_the_damaged_file_alone_is_used(path: Path, data: Path, made: Backup) -> None:
    shutil.rmtree(data)
    zero(path, pages_with(path, b"Claim old100 ", journal=False))
    done = recovered(path, data)
    assert done.backup is None
    assert {item.from_backup for item in done.tables} == {0}
    assert claim(path, "new1").statement.startswith("Claim new1")


@pytest.mark.parametrize("damage", ["junk", "empty", "only the log"])
def test_where_nothing_can_be_read_the_newest_backup_alone_is_used(
    path: Path, data: Path, made: Backup, damage: str
) -> None:
    if damage == "only the log":
        path.unlink()
        Path(f"{path}-wal").write_bytes(b"junk" * 3000)
        done = recover_library(path, data_folder=data)
        assert Path(f"{done.set_aside}-wal").read_bytes() == b"junk" * 3000
    else:
        path.write_bytes(b"junk" * 3000 if damage == "junk" else b"")
        done = recovered(path, data)
    assert done.backup == made
    assert table(done, "claim") == (0, made.counts.claims, None)
    assert not done.is_complete
    assert claim(path, "old3").note == ""


def test_where_nothing_gives_anything_nothing_is_changed(path: Path, data: Path, made: Backup) -> None:
    os.chmod(made.path, 0o600)
    made.path.write_bytes(b"junk" * 3000)
    path.write_bytes(b"junk" * 3000)
    with pytest.raises(LibraryError, match=r"Nothing can be read of .* no sound backup") as caught:
        recover_library(path, data_folder=data)
    assert caught.value.kept == "It was not changed."
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert path.read_bytes() == b"junk" * 3000


def test_a_damaged_backup_is_passed_over(path: Path, data: Path, made: Backup) -> None:
    with Library.open(path) as library:
        newer = back_up(library, data)
    os.chmod(newer.path, 0o600)
    newer.path.write_bytes(newer.path.read_bytes()[:-PAGE])
    zero(path, pages_with(path, b"Claim old100 "))
    done = recovered(path, data)
    assert done.backup is not None
    assert done.backup.number == made.number
    assert done.is_complete


def test_work_that_was_given_up_by_a_restore_does_not_come_back(path: Path, data: Path, made: Backup) -> None:
    """The newest backup is then that of the state before the restore."""
    with Library.open(path) as library:
        restored = backups.restore_backup(library, made.path, data_folder=data)
        assert restored.before is not None
        assert restored.before.reason is Reason.RESTORE
        note(library, "old5", "after the restore")
    zero(path, pages_with(path, b"Claim old100 "))
    done = recovered(path, data)
    assert done.backup is not None
    assert done.backup.number == made.number
    assert done.is_complete
    assert claim(path, "old5").note == "after the restore"
    assert claim(path, "old3").note == ""


def test_what_was_removed_for_good_does_not_come_back(path: Path, data: Path) -> None:
    with Library.open(path, counting_environment()) as library:
        for name in ("gone", "kept"):
            add = library.execute(partial(_put, Source(id=name, title=name)), label="Add source")
            library.execute(partial(_remove, add.value), label="Delete source")
        library.execute(
            partial(_put, Draft(id="d", kind="claim", entity_id="c", field="note", text="typ")), label=""
        )
        back_up(library, data)
        library.execute(lambda store: store.erase("source", ["gone"]), label="Empty bin")
        library.execute(lambda store: store.forget(Draft, "d"), label="")
    plant(path, "DELETE FROM source WHERE id = 'kept'")
    done = recovered(path, data)
    assert table(done, "draft") == (0, 0, 0)
    assert table(done, "source") == (0, 1, 0)
    assert done.problems == 0
    with Library.open(path) as library:
        assert [row.id for row in library.read(lambda store: store.find(Source, deleted=True))] == ["kept"]


def _put(entity: Entity, store: Store) -> Entity:
    return store.put(entity)


def _remove(entity: Entity, store: Store) -> Entity:
    return store.remove(entity)


def test_references_to_what_is_lost_are_repaired_as_a_step_that_undo_knows(
    path: Path, data: Path, made: Backup
) -> None:
    shutil.rmtree(data)
    plant(path, "UPDATE claim SET type = '?' WHERE id IN (SELECT claim_id FROM evidence)")
    plant(path, "DELETE FROM article WHERE id = 'b'")
    plant(path, "DELETE FROM change WHERE edit_seq < 3")
    done = recovered(path, data)
    assert done.repaired > 0
    assert done.problems > 0
    assert not done.is_complete
    with Library.open(path) as library:
        assert library.undo_state().undo == "Repair library"
        # A backup of it can be restored, although some references lead nowhere now.
        found = back_up(library, data)
        backups.restore_backup(library, found.path, data_folder=data)


HOLDER = (
    "import sys; from pathlib import Path; from annotator.services.library import Library\n"
    "with Library.open(Path(sys.argv[1])):\n print('open', flush=True); sys.stdin.read()"
)


def test_a_library_open_in_another_process_is_refused(path: Path, data: Path, made: Backup) -> None:
    plant(path, "UPDATE claim SET tags = '{{{' WHERE id = 'old7'")
    before = hashlib.sha256(path.read_bytes()).digest()
    command = [sys.executable, "-P", "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        with pytest.raises(LibraryError, match="is open in another window or program"):
            recover_library(path, data_folder=data)
        assert not [file for file in path.parent.iterdir() if "damaged" in file.name]
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert recovered(path, data).problems == 0


def _newer(path: Path) -> None:
    plant(path, "PRAGMA user_version = 999")


def _foreign(path: Path) -> None:
    path.unlink()
    plant(path, "CREATE TABLE bookmarks (address TEXT)")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


REFUSED: dict[str, tuple[type[LibraryError], str, Callable[[Path], object]]] = {
    "newer": (NewerLibrary, "newer version", _newer),
    "foreign": (LibraryError, "of another program", _foreign),
    "folder": (LibraryError, "is a folder", _folder),
    "missing": (LibraryError, "There is no library", lambda path: path.unlink()),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_nothing_to_recover_is_refused(path: Path, data: Path, made: Backup, kind: str) -> None:
    error, message, spoil = REFUSED[kind]
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(error, match=message) as caught:
        recover_library(path, data_folder=data)
    assert caught.value.kept
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [file.name for file in path.parent.iterdir()] == ([] if kind == "missing" else [path.name])


def _full(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("where", "step"), [(os, "replace"), (os, "fsync"), (shutil, "copymode"), (salvage.shutil, "copyfile")]
)
def test_a_step_that_fails_leaves_everything_as_it_was(
    path: Path, data: Path, made: Backup, monkeypatch: pytest.MonkeyPatch, where: object, step: str
) -> None:
    path.write_bytes(path.read_bytes()[: -30 * PAGE])
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(where, step, _full)
        if step == "copymode":  # nothing that a recovery fails for
            assert recover_library(path, data_folder=data).backup == made
            return
        with pytest.raises(LibraryError, match="No space left"):
            recover_library(path, data_folder=data)
    assert path.read_bytes() == before
    assert not [file for file in path.parent.iterdir() if file.suffix == ".recovering"]
    done = recover_library(path, data_folder=data)
    assert done.set_aside.read_bytes() == before
    assert claim(path, "old7").statement.startswith("Claim old7")


def test_where_a_file_can_not_have_two_names_the_damaged_one_is_moved(
    path: Path, data: Path, made: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    zero(path, pages_with(path, b"Claim old100 "))

    def refuse(*_: object, **__: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert recovered(path, data).is_complete


KILLED = """
import os, shutil, sys
from pathlib import Path
from annotator.domain.claim import Claim
from annotator.services.library import Library
from annotator.services.recovering import recover_library
path, data = map(Path, sys.argv[1:3])
EVENTS = ("os.rename", "os.remove", "os.chmod", "os.link", "os.mkdir", "os.rmdir", "sqlite3.connect",
          "tempfile.mkdtemp", "tempfile.mkstemp", "shutil.copyfile", "shutil.copymode")

def recover_until(last):
    steps = 0
    def count(event, arguments):
        nonlocal steps
        if event in EVENTS:
            steps += 1
            if steps == last:
                os._exit(9)
    sys.addaudithook(count)
    recover_library(path, data_folder=data)
    os._exit(0)

original = path.read_bytes()
shutil.copytree(path.parent, f"{path.parent}-before")
for last in range(1, 400):
    shutil.rmtree(path.parent)
    shutil.copytree(f"{path.parent}-before", path.parent)
    child = os.fork()
    if not child:
        recover_until(last)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    there = path.exists()
    if code == 9 and path.read_bytes() == original:
        done = recover_library(path, data_folder=data)
        claims = sum(table.saved for table in done.tables if table.name == "claim")
    else:
        with Library.open(path) as library:
            claims = len(library.read(lambda store: store.find(Claim)))
    aside = sorted(file.name for file in path.parent.iterdir())
    print(code, there, claims, *aside, sep="|", flush=True)
    if code != 9:
        break
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no fork")
def test_killed_at_any_step_there_is_a_library_and_the_next_recovery_is_whole(path: Path, data: Path) -> None:
    with Library.open(path, counting_environment()) as library:
        add_claims(library, "old", 60)
        back_up(library, data)
        add_claims(library, "late", 30)
        kept = {suffix: Path(f"{path}{suffix}").read_bytes() for suffix in ("", "-wal")}
    for suffix, content in kept.items():
        Path(f"{path}{suffix}").write_bytes(content)
    command = [sys.executable, "-P", "-c", KILLED, str(path), str(data)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    *killed, last = [line.split("|") for line in done.stdout.splitlines()]
    assert len(killed) > 30
    assert last[0] == "0"
    aside = ["library.annotator", "library.damaged-1.annotator", "library.damaged-1.annotator-wal"]
    for code, is_there, found, *files in killed:
        assert (code, is_there, found) == ("9", "True", "90")
        assert [name for name in files if not name.endswith(".recovering")] == aside
    sys.stdout.write(
        f"killed at {len(killed)} steps: a library in place each time, the next recovery whole\n"
    )


# ------------------------------------------------------------------------------------------------- the drill


@pytest.mark.parametrize("count", [30, pytest.param(300, marks=[pytest.mark.slow, pytest.mark.timeout(900)])])
def test_damaged_libraries_are_recovered_with_an_older_backup(count: int, path: Path, data: Path) -> None:
    with Library.open(path, counting_environment()) as library:
        fill(library)
        add_claims(library, "old", 800)
        back_up(library, data)
        for number in range(4):
            note(library, f"old{number * 200}", "newer")
        add_claims(library, "new", 2)
    whole = path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        wanted = {
            name: set(connection.execute(f'SELECT * FROM "{name}"').fetchall()) for name in rows_of(path)
        }
    total = sum(map(len, wanted.values()))
    chance = random.Random(11)
    shares, exact, salvaged, complete, newer, untold = [], 0, 0, 0, 0, 0
    for number in range(count):
        for left in path.parent.iterdir():
            left.unlink()
        path.write_bytes(damaged(whole, WAYS[number % len(WAYS)], chance))
        done = recovered(path, data)
        with closing(sqlite3.connect(path)) as connection:
            found = {name: set(connection.execute(f'SELECT * FROM "{name}"').fetchall()) for name in wanted}
        share = sum(len(found[name] & rows) for name, rows in wanted.items()) / total
        shares.append(share)
        is_exact = all(rows <= found[name] for name, rows in wanted.items())
        exact += is_exact
        untold += done.is_complete and not is_exact
        salvaged += sum(item.saved for item in done.tables)
        complete += done.is_complete
        if WAYS[number % len(WAYS)] != "cut":  # which may take all that is newer, and its journal with it
            newer += sum(row[0].startswith("new") or "newer" in row for row in found["claim"])
    others = sum(WAYS[number % len(WAYS)] != "cut" for number in range(count))
    sys.stdout.write(
        f"\n{count} damaged libraries recovered: 0 crashes, 0 damaged files changed;"
        f" rows just as they were {min(shares):.2%} at least, {sum(shares) / count:.3%} on average,"
        f" all in {exact}; {salvaged / count / total:.1%} of the rows from the damaged file;"
        f" {newer} of {6 * others} newer things where the end was not cut off;"
        f" {complete} complete by the report, {untold} of them not quite\n"
    )
    assert min(shares) >= 0.99
    assert newer >= 6 * others * 0.99
