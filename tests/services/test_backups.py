"""Restoring gives the state of a backup, never mixes two states, and loses nothing when a step fails."""

from __future__ import annotations

import base64
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from tests.conftest import ArticleMaker, counting_environment

from annotator.domain.article import Attachment
from annotator.domain.selectors import TextSpan
from annotator.domain.source import Source
from annotator.errors import LibraryError, NewerLibrary, UserError
from annotator.services import backups, checking, claims
from annotator.services.backups import Backup, DamagedFile, Difference, Reason
from annotator.services.library import Library
from annotator.storage import backup as files


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder, apart from the library."""
    return tmp_path / "data"


def add(library: Library, title: str) -> Source:
    return library.execute(
        lambda store: store.put(Source(id=store.new_id(), title=title)), label="Add source"
    ).value


def titles(library: Library) -> list[str]:
    return [source.title for source in library.read(lambda store: store.find(Source, order=("title",)))]


def backup(library: Library, data: Path) -> Backup:
    made = backups.make_backup(library, data_folder=data)
    assert made is not None
    return made


def beside(library: Path) -> set[str]:
    """What lies in the library's folder, but for the logs of an open library and the data folder of the test."""
    return {path.name for path in library.parent.iterdir()} - {
        "data",
        f"{library.name}-wal",
        f"{library.name}-shm",
    }


def test_an_open_library_goes_back_and_forth(library: Library, data: Path) -> None:
    add(library, "A")
    first = backup(library, data)
    add(library, "B")
    done = backups.restore_backup(library, first.path, data_folder=data)
    assert titles(library) == ["A"]
    assert (done.counts.sources, done.set_aside) == (1, None)
    assert done.before is not None
    assert (done.before.reason, done.before.counts.sources) == (Reason.RESTORE, 2)
    add(library, "C")
    assert titles(library) == ["A", "C"]
    backups.restore_backup(library, done.before.path, data_folder=data)
    assert titles(library) == ["A", "B"]
    assert beside(library.path) == {"library.annotator"}


def test_undo_goes_on_from_the_restored_history(library: Library, data: Path) -> None:
    add(library, "A")
    first = backup(library, data)
    add(library, "B")
    backups.restore_backup(library, first.path, data_folder=data)
    library.undo()
    assert titles(library) == []
    library.redo()
    assert titles(library) == ["A"]


def test_a_log_that_was_left_behind_is_not_mixed_into_what_is_restored(tmp_path: Path, data: Path) -> None:
    """A program was killed: the newest work is only in the log beside the file."""
    path = tmp_path / "library.annotator"
    with Library.open(path, counting_environment()) as library:
        add(library, "A")
        first = backup(library, data)
    killed = (
        "import os, sys; from pathlib import Path; from annotator.domain.source import Source\n"
        "from annotator.services.library import Library\n"
        "library = Library.open(Path(sys.argv[1]))\n"
        "for n in range(30):\n"
        " library.execute(lambda s: s.put(Source(id=s.new_id(), title=f'late {n:02}')), label='Add')\n"
        "os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-P", "-c", killed, str(path)], check=False)
    assert done.returncode == 9
    assert Path(f"{path}-wal").stat().st_size > 0
    restored = backups.restore_file(path, first.path, data_folder=data)
    assert not Path(f"{path}-wal").exists()
    with Library.open(path) as library:
        assert titles(library) == ["A"]
    assert restored.before is not None
    assert restored.before.counts.sources == 31
    copy = shutil.copyfile(restored.before.path, tmp_path / "copy.annotator")  # opened, a backup would change
    with Library.open(copy) as saved:
        assert len(titles(saved)) == 31


def test_a_log_beside_no_library_is_set_aside(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "library.annotator"
    with Library.open(tmp_path / "other" / "o.annotator", counting_environment()) as other:
        add(other, "A")
        found = backup(other, data)
    Path(f"{path}-wal").write_bytes(b"what was left")
    done = backups.restore_file(path, found.path, data_folder=data)
    assert done.set_aside == tmp_path / "library.damaged-1.annotator"
    assert Path(f"{done.set_aside}-wal").read_bytes() == b"what was left"
    with Library.open(path) as library:
        assert titles(library) == ["A"]


def test_a_missing_library_is_made_of_its_backup(library: Library, data: Path) -> None:
    add(library, "A")
    found = backup(library, data)
    library.close()
    library.path.unlink()
    newest = backups.newest_backup(library.path, data_folder=data)
    assert newest == found
    done = backups.restore_file(library.path, found.path, data_folder=data)
    assert (done.before, done.set_aside) == (None, None)
    with Library.open(library.path) as again:
        assert titles(again) == ["A"]


@pytest.mark.parametrize("damage", ["junk", "empty", "header", "pages"])
def test_a_damaged_library_is_set_aside_untouched(library: Library, data: Path, damage: str) -> None:
    for number in range(200):
        add(library, f"S{number:03}")
    found = backup(library, data)
    library.close()
    content = bytearray(library.path.read_bytes())
    bad = {
        "junk": b"junk" * 3000,
        "empty": b"",
        "header": bytes(100) + content[100:],
        "pages": content[:4096] + b"\x00\xff" * ((len(content) - 4096) // 2),
    }[damage]
    library.path.write_bytes(bad)
    done = backups.restore_file(library.path, found.path, data_folder=data)
    assert done.set_aside is not None
    assert done.set_aside.read_bytes() == bad
    assert done.before is None
    with Library.open(library.path) as again:
        assert len(titles(again)) == 200
    library.path.write_bytes(bad)
    again_aside = backups.restore_file(library.path, found.path, data_folder=data).set_aside
    assert again_aside is not None
    assert again_aside.name == "library.damaged-2.annotator"


def test_a_library_open_in_another_process_is_not_replaced(library: Library, data: Path) -> None:
    add(library, "A")
    first = backup(library, data)
    add(library, "B")
    holder = (
        "import sys; from pathlib import Path; from annotator.services.library import Library\n"
        "with Library.open(Path(sys.argv[1])):\n print('open', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-P", "-c", holder, str(library.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        with pytest.raises(LibraryError, match="is open in another window or program"):
            backups.restore_backup(library, first.path, data_folder=data)
        assert titles(library) == ["A", "B"]
        add(library, "C")
    assert process.returncode == 0
    assert beside(library.path) == {"library.annotator"}
    backups.restore_backup(library, first.path, data_folder=data)
    assert titles(library) == ["A"]


def test_work_done_between_backup_and_restore_is_not_lost(library: Library, data: Path) -> None:
    add(library, "A")
    first = backup(library, data)
    staged = files.stage(first.path, library.path)
    add(library, "too late")
    with pytest.raises(LibraryError, match="was changed in the meantime"):
        library.exchange_file(partial(files.put_in_place, staged, library.path, edit=first.edit))
    assert titles(library) == ["A", "too late"]


KILLED = """
import os, shutil, sys
from pathlib import Path
from annotator.domain.source import Source
from annotator.services import backups
from annotator.services.library import Library
path, source, data = map(Path, sys.argv[1:4])

def restore_until(last):
    steps = 0
    def count(event, arguments):
        nonlocal steps
        if event in ("os.rename", "os.remove", "os.chmod", "sqlite3.connect", "tempfile.mkstemp"):
            steps += 1
            if steps == last:
                os._exit(9)
    with Library.open(path) as library:
        sys.addaudithook(count)
        backups.restore_backup(library, source, data_folder=data)
    os._exit(0)

shutil.copytree(path.parent, f"{path.parent}-before")
for last in range(1, 200):
    shutil.rmtree(path.parent)
    shutil.copytree(f"{path.parent}-before", path.parent)
    child = os.fork()
    if not child:
        restore_until(last)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with Library.open(path) as library:
        titles = library.read(lambda store: [found.title for found in store.find(Source, order=("title",))])
        print(code, *titles, flush=True)
    if code != 9:
        break
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no fork")
def test_killed_at_any_step_the_library_is_the_old_or_the_new(tmp_path: Path) -> None:
    path, data = tmp_path / "all" / "library.annotator", tmp_path / "all" / "data"
    with Library.open(path, counting_environment()) as library:
        add(library, "A")
        source = shutil.copyfile(backup(library, data).path, data / "saved.annotator")
        add(library, "B")
    command = [sys.executable, "-P", "-c", KILLED, str(path), str(source), str(data)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    *killed, last = done.stdout.splitlines()
    assert len(killed) > 10
    assert last == "0 A"
    old, new = killed.count("9 A B"), killed.count("9 A")
    assert killed == ["9 A B"] * old + ["9 A"] * new
    sys.stdout.write(f"killed at {len(killed)} steps: {old} times the old library, {new} times the new one\n")
    assert beside(path) == {"library.annotator"}
    assert not any(item.trouble for item in backups.list_backups(path, data_folder=data, thorough=True))


def _refusing(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("step", ["copymode", "replace", "sync", "mkstemp"])
def test_a_failed_step_leaves_the_library_working(
    library: Library, data: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    add(library, "A")
    first = backup(library, data)
    add(library, "B")
    where: dict[str, tuple[object, str]] = {
        "copymode": (files.shutil, "copymode"),
        "replace": (os, "replace"),
        "sync": (files, "sync"),
        "mkstemp": (files.tempfile, "mkstemp"),
    }
    with monkeypatch.context() as patch:
        patch.setattr(*where[step], lambda *_, **__: _refusing())
        with pytest.raises(LibraryError, match="No space left"):
            backups.restore_backup(library, first.path, data_folder=data)
    assert titles(library) == ["A", "B"]
    add(library, "C")
    assert beside(library.path) == {"library.annotator"}
    assert backups.list_backups(library.path, data_folder=data, thorough=True)[-1] == first


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE bookmarks (address TEXT)")


WRONG: dict[str, tuple[type[LibraryError], str, Callable[[Path], object]]] = {
    "newer": (NewerLibrary, "newer version", _newer),
    "foreign": (LibraryError, "is no annotator library", _foreign),
    "junk": (DamagedFile, "damaged", lambda path: path.write_bytes(b"junk" * 3000)),
    "cut": (DamagedFile, "damaged", lambda path: path.write_bytes(path.read_bytes()[:20_000])),
    "missing": (LibraryError, "could not be copied", lambda path: path.unlink()),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_can_not_be_restored_is_refused(library: Library, data: Path, tmp_path: Path, kind: str) -> None:
    add(library, "A")
    file = tmp_path / "data" / "saved.annotator"
    error, message, spoil = WRONG[kind]
    file.parent.mkdir()
    file.write_bytes(backup(library, data).path.read_bytes())
    spoil(file)
    with pytest.raises(error, match=message):
        backups.restore_backup(library, file, data_folder=data)
    assert titles(library) == ["A"]
    assert beside(library.path) == {"library.annotator"}
    assert len(backups.list_backups(library.path, data_folder=data)) == 1


def test_a_backup_with_references_that_lead_nowhere_is_restored(library: Library, data: Path) -> None:
    """So is the library after a recovery that had no backup to go by; the check names them."""
    add(library, "A")
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.execute("UPDATE tag SET parent_id = 'nobody'")
    found = backup(library, data)
    add(library, "B")
    backups.restore_backup(library, found.path, data_folder=data)
    assert titles(library) == ["A"]
    assert {item.kind for item in library.read(checking.check).problems} == {"tag"}


def test_the_library_is_no_backup_of_itself(library: Library, data: Path) -> None:
    with pytest.raises(LibraryError, match="is the library itself"):
        backups.restore_backup(library, library.path, data_folder=data)


def test_a_database_of_another_program_is_not_moved_away(
    library: Library, data: Path, tmp_path: Path
) -> None:
    add(library, "A")
    found = backup(library, data)
    other = tmp_path / "data" / "bookmarks.db"
    other.touch()
    _foreign(other)
    before = other.read_bytes()
    with pytest.raises(LibraryError, match="another program"):
        backups.restore_file(other, found.path, data_folder=data)
    assert other.read_bytes() == before


def test_another_open_library_can_be_restored_from(library: Library, data: Path, tmp_path: Path) -> None:
    """Its newest work is in its log, which only SQLite reads rightly."""
    with Library.open(data / "other.annotator", counting_environment()) as other:
        add(other, "theirs")
        backups.restore_backup(library, other.path, data_folder=data)
        add(other, "more")
    assert titles(library) == ["theirs"]


def test_a_difference_counts_what_comes_back_changes_and_goes(
    library: Library, data: Path, add_text: ArticleMaker
) -> None:
    text = add_text("Some words of the article.")
    kept, removed, changed = (add(library, title) for title in ("kept", "removed", "changed"))
    found = backup(library, data)
    assert backups.difference(library, found.path) == ()
    library.execute(lambda store: store.remove(removed), label="Delete source")
    library.execute(lambda store: store.put(replace(changed, title="other")), label="Edit source")
    add(library, "new")
    library.execute(partial(claims.add_claim, text_id=text.id, span=TextSpan(0, 7)), label="Tag claim")
    assert set(backups.difference(library, found.path)) == {
        Difference("source", added=1, changed=1, removed=1),
        Difference("claim", added=0, changed=0, removed=1),
        Difference("annotation", added=0, changed=0, removed=1),
    }
    assert kept.title in titles(library)


def test_a_difference_with_junk_is_refused(library: Library, tmp_path: Path) -> None:
    junk = tmp_path / "junk"
    junk.write_bytes(b"junk" * 3000)
    with pytest.raises(DamagedFile):
        backups.difference(library, junk)


def test_a_backup_is_due_when_work_was_done_at_opening_or_after_half_an_hour(
    library: Library, data: Path
) -> None:
    now = library.environment.now()
    assert backups.due(backups.state(library), None, now, opening=True) is None
    add(library, "A")
    state = backups.state(library)
    assert backups.due(state, None, now) is Reason.WORK
    last = backup(library, data)
    assert last.edit == state
    assert backups.due(state, last, last.at + timedelta(days=9), opening=True) is None
    add(library, "B")
    state = backups.state(library)
    assert backups.due(state, last, last.at, opening=True) is Reason.OPEN
    assert backups.due(state, last, last.at + timedelta(minutes=29)) is None
    assert backups.due(state, last, last.at + timedelta(minutes=30)) is Reason.WORK
    assert backups.due(state, last, last.at - timedelta(days=365)) is Reason.WORK


def test_the_plain_copy_holds_everything_in_words(
    library: Library, add_text: ArticleMaker, tmp_path: Path
) -> None:
    text = add_text("Fünf 😀 words of it.", title="Title")
    library.execute(partial(claims.add_claim, text_id=text.id, span=TextSpan(6, 12)), label="Tag claim")
    removed = add(library, "in the bin")
    library.execute(lambda store: store.remove(removed), label="Delete source")
    large = Attachment(id="large", sha256="", media_type="x/y", name="large", data=bytes(70_000))
    library.execute(lambda store: store.put(large), label="Add file")
    path = tmp_path / "copy" / "plain.json"
    written = backups.write_plain_copy(library, path)
    copy = json.loads(path.read_text(encoding="utf-8"))
    assert (copy["format"], copy["version"]) == ("annotator plain copy", 1)
    assert written["claim"] == len(copy["claim"]) == 1
    assert written["tag"] == 8
    assert copy["article_text"][0]["text"] == text.text
    assert copy["article_text"][0]["blocks"][0] == {"kind": "heading", "start": 0, "end": 5, "level": 1}
    assert "😀" in path.read_text(encoding="utf-8")
    (segment,) = copy["annotation"][0]["segments"]
    assert text.text[segment["start"] : segment["end"]] == segment["exact"]
    assert copy["source"][0]["deleted_at"].endswith("+00:00")
    assert copy["scale"][0]["steps"][0]["key"] == "supported"
    files_by_name = {row["name"]: row["data"] for row in copy["attachment"]}
    assert base64.b64decode(files_by_name["Title.txt"]["base64"]) == text.text.encode()
    assert "base64" not in files_by_name["large"]
    assert files_by_name["large"]["bytes"] == 70_000
    assert copy["unreadable"] == []


def test_the_plain_copy_lists_what_can_not_be_read_and_has_the_rest(library: Library, tmp_path: Path) -> None:
    broken, _ = add(library, "broken"), add(library, "whole")
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.execute("UPDATE source SET authors = '{{{' WHERE id = ?", (broken.id,))
    path = tmp_path / "plain.json"
    backups.write_plain_copy(library, path)
    copy = json.loads(path.read_text(encoding="utf-8"))
    assert [row["title"] for row in copy["source"]] == ["whole"]
    assert [row["id"] for row in copy["unreadable"]] == [broken.id]


def test_a_plain_copy_that_fails_leaves_the_old_one(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plain.json"
    path.write_text("old")
    monkeypatch.setattr(os, "fsync", _refusing)
    with pytest.raises(UserError, match="could not be written"):
        backups.write_plain_copy(library, path)
    assert path.read_text() == "old"
    assert beside(library.path) == {"library.annotator", "plain.json"}


def test_the_weekly_plain_copy_is_made_once_a_week(tmp_path: Path, data: Path) -> None:
    environment = counting_environment()
    now = environment.now()
    clock = [now]
    with Library.open(tmp_path / "l.annotator", replace(environment, now=lambda: clock[0])) as library:
        path = backups.weekly_plain_copy(library, data_folder=data)
        assert path is not None
        assert path.parent == backups_folder(library, data)
        clock[0] = now + timedelta(days=6)
        assert backups.weekly_plain_copy(library, data_folder=data) is None
        clock[0] = now + timedelta(days=7)
        assert backups.weekly_plain_copy(library, data_folder=data) == path
        assert backup(library, data).number == 1


def backups_folder(library: Library, data: Path) -> Path:
    (folder,) = (data / "backups").iterdir()
    assert folder.name.startswith(library.path.stem)
    return folder


# ------------------------------------------------------------------------------------- kept without being asked


@pytest.fixture
def clock() -> list[datetime]:
    """The time, to be set."""
    return [counting_environment().now()]


@pytest.fixture
def ticking(tmp_path: Path, clock: list[datetime]) -> Iterator[Library]:
    """A library that takes the time from `clock`."""
    environment = replace(counting_environment(), now=lambda: clock[0])
    with Library.open(tmp_path / "library.annotator", environment) as opened:
        yield opened


def test_backups_are_kept_at_opening_and_every_half_hour_of_work(
    ticking: Library, data: Path, clock: list[datetime]
) -> None:
    keep = partial(backups.keep_backups, ticking, data_folder=data)
    assert keep(opening=True) is None  # nothing was done yet
    plain = backups_folder(ticking, data) / "plain-copy.json"
    assert plain.exists()
    add(ticking, "A")
    first = keep(opening=True)
    assert first is not None
    assert (first.number, first.reason) == (1, Reason.OPEN)
    assert keep(opening=True) is None
    add(ticking, "B")
    clock[0] += timedelta(minutes=29)
    assert keep(opening=False) is None
    clock[0] += timedelta(minutes=1)
    second = keep(opening=False)
    assert second is not None
    assert (second.number, second.reason) == (2, Reason.WORK)
    written = plain.stat().st_mtime_ns
    clock[0] += timedelta(days=7)
    assert keep(opening=False) is None
    assert plain.stat().st_mtime_ns > written


def test_at_opening_a_newest_backup_that_was_damaged_is_made_again(ticking: Library, data: Path) -> None:
    add(ticking, "A")
    first = backups.keep_backups(ticking, data_folder=data, opening=True)
    assert first is not None
    os.chmod(first.path, 0o600)
    content = bytearray(first.path.read_bytes())
    content[-1] ^= 1
    first.path.write_bytes(content)
    again = backups.keep_backups(ticking, data_folder=data, opening=True)
    assert again is not None
    assert again.number == 2


@pytest.mark.parametrize(
    "trouble", ["a file in the way", "a folder in the way of the copy", "the disk is full"]
)
def test_trouble_while_backups_are_kept_is_told_in_words(
    ticking: Library, data: Path, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    add(ticking, "A")
    if trouble == "a file in the way":
        data.write_text("mine")
    elif trouble == "the disk is full":
        monkeypatch.setattr(os, "fsync", _refusing)
    else:
        backup(ticking, data)
        (backups_folder(ticking, data) / "plain-copy.json").mkdir()
        os.utime(backups_folder(ticking, data) / "plain-copy.json", (0, 0))
        add(ticking, "B")
    with pytest.raises(LibraryError) as caught:
        backups.keep_backups(ticking, data_folder=data, opening=True)
    assert "earlier backups are kept" in caught.value.kept
    assert caught.value.todo
    assert ("backup 2 was made" in caught.value.kept) == (trouble == "a folder in the way of the copy")
    assert titles(ticking)[0] == "A"


def test_before_much_is_changed_there_is_a_backup_of_all_of_it(library: Library, data: Path) -> None:
    assert backups.before_bulk(library, data_folder=data) is None
    add(library, "A")
    made = backups.before_bulk(library, data_folder=data)
    assert made is not None
    assert (made.reason, made.edit) == (Reason.BULK, backups.state(library))
    assert backups.before_bulk(library, data_folder=data) is None


@pytest.mark.parametrize("megabytes", [0, pytest.param(12, marks=pytest.mark.slow)])
def test_20_of_20_backups_kept_beside_a_writer_restore_while_the_clock_jumps_by_a_year(
    ticking: Library, data: Path, tmp_path: Path, clock: list[datetime], megabytes: int
) -> None:
    """The writer is another thread of the program, as in the window. With 12 MB it commits during one backup too."""
    for _ in range(megabytes):
        add(ticking, "X" * 1_000_000)
    stop, written = threading.Event(), threading.Semaphore(0)

    def write() -> None:
        while not stop.is_set():
            add(ticking, "S" * 400)
            written.release()

    began: list[int] = []
    counted: list[int] = []
    year, start = timedelta(days=365), clock[0]
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        for turn in range(20):
            assert all(written.acquire(timeout=20) for _ in range(3))  # the writer is at it
            clock[0] = start + timedelta(minutes=31 * turn) + (0, 1, -1)[turn % 3] * year
            began.append(len(titles(ticking)))
            made = backups.keep_backups(ticking, data_folder=data, opening=turn == 0)
            assert made is not None
            assert made.number == turn + 1
            counted.append(made.counts.sources)
            os.link(made.path, tmp_path / f"kept-{turn}.annotator")  # where the rotation doesn't reach
        stop.set()
        writing.result(20)
    for turn, (least, found) in enumerate(zip(began, counted, strict=True)):
        place = tmp_path / "place" / f"{turn}.annotator"
        done = backups.restore_file(place, tmp_path / f"kept-{turn}.annotator", data_folder=data)
        with Library.open(place) as restored:
            assert restored.read(checking.check).problems == ()
            assert len(titles(restored)) == done.counts.sources == found >= least
    assert counted == sorted(set(counted))
    newest = backups.newest_backup(ticking.path, data_folder=data)
    assert newest is not None
    assert newest.number == 20
    sys.stdout.write(
        f"20 of 20 backups restore, with all that was there when each began; {counted[-1] - began[0]} commits meanwhile,"
        f" the clock jumped 19 times; {len(backups.list_backups(ticking.path, data_folder=data))} were kept\n"
    )
