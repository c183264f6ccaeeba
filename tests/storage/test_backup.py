"""Backups of a library in use: whole, numbered, rotated by number; damage and full disks never cost an earlier one."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.source import Source
from annotator.errors import DamagedFile, LibraryError, NotFound
from annotator.services.library import Library, Store
from annotator.storage import backup as files
from annotator.storage.backup_folder import Backup, BackupFolder, Reason, folder_of
from annotator.storage.rotation import numbers_to_keep

START = datetime(2026, 3, 21, 9, tzinfo=UTC)
YEAR = timedelta(days=365)


def work(library: Library, number: int = 1) -> None:
    """One edit: a source more."""

    def add(store: Store) -> None:
        store.put(Source(id=store.new_id(), title=f"Source {number}"))

    library.execute(add, label="Add source")


@contextmanager
def snapshot(library: Library) -> Iterator[sqlite3.Connection]:
    """The connection of a reader of the library."""
    with library.database.reading() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        yield driver


def make(
    library: Library, folder: BackupFolder, at: datetime = START, *, always: bool = False
) -> Backup | None:
    with snapshot(library) as source:
        return folder.make(source, reason=Reason.ASKED, at=at, always=always)


@pytest.fixture
def folder(library: Library, tmp_path: Path) -> BackupFolder:
    """The backups of the library of the test."""
    return BackupFolder(library.path, tmp_path / "data")


def names(folder: BackupFolder) -> set[str]:
    return {path.name for path in folder.folder.iterdir()} if folder.folder.exists() else set()


def made(library: Library, folder: BackupFolder, at: datetime = START) -> Backup:
    work(library)
    found = make(library, folder, at)
    assert found is not None
    return found


def copied(backup: Path) -> Path:
    """A copy that may be opened; a backup may not, as it would change."""
    return shutil.copyfile(backup, backup.parents[3] / "copy.annotator")


def spoil(path: Path, at: int = 5000) -> None:
    """Flip one bit, as a failing disk does."""
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)


def test_a_backup_is_a_whole_library_of_its_own(library: Library, folder: BackupFolder) -> None:
    work(library)
    found = make(library, folder)
    assert found is not None
    assert (found.number, found.path.name, found.counts.sources, found.counts.edits) == (
        1,
        "000001.annotator",
        1,
        1,
    )
    assert names(folder) == {"000001.annotator", "backups.json"}
    with Library.open(copied(found.path)) as opened:
        assert [source.title for source in opened.read(lambda store: store.find(Source))] == ["Source 1"]


def test_the_folder_lies_apart_and_is_private(library: Library, folder: BackupFolder, tmp_path: Path) -> None:
    found = made(library, folder)
    assert folder.folder.parent == tmp_path / "data" / "backups"
    assert folder.folder.name.startswith("library-")
    if os.name != "nt":
        assert stat.S_IMODE(folder.folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(found.path.stat().st_mode) == 0o400


def test_each_library_has_a_folder_however_its_path_is_written(tmp_path: Path) -> None:
    one, other = tmp_path / "a" / "l.annotator", tmp_path / "b" / "l.annotator"
    assert folder_of(one, tmp_path) != folder_of(other, tmp_path)
    assert folder_of(tmp_path / "b" / ".." / "a" / "l.annotator", tmp_path) == folder_of(one, tmp_path)


def test_an_unchanged_library_makes_no_second_backup_unless_it_must(
    library: Library, folder: BackupFolder
) -> None:
    first = made(library, folder)
    assert make(library, folder) is None
    assert [backup.number for backup in folder.backups()] == [first.number]
    forced = make(library, folder, always=True)
    assert forced is not None
    assert forced.number == first.number + 1
    work(library)
    assert make(library, folder) is not None


def test_an_unchanged_library_gets_another_backup_when_the_newest_is_damaged(
    library: Library, folder: BackupFolder
) -> None:
    spoil(made(library, folder).path)
    again = make(library, folder)
    assert again is not None
    assert again.number == 2


def test_reading_goes_on_while_a_backup_holds_its_moment(library: Library, folder: BackupFolder) -> None:
    work(library, 1)
    with snapshot(library) as source:
        files.read_content(source)
        work(library, 2)
        found = folder.make(source, reason=Reason.WORK, at=START)
    assert found is not None
    assert found.counts.sources == 1
    assert library.read(lambda store: len(store.find(Source))) == 2


@pytest.mark.parametrize(
    "index", [None, "", "{", "[]", '{"format": 1, "backups": [{"number": 1}, 7]}', "\udcff"]
)
def test_a_lost_or_damaged_index_is_made_anew_from_the_files(
    library: Library, folder: BackupFolder, index: str | None
) -> None:
    for _ in range(2):
        made(library, folder)
    before = folder.backups()
    path = folder.folder / "backups.json"
    if index is None:
        path.unlink()
    else:
        path.write_bytes(index.encode("utf-8", "surrogateescape"))
    found = folder.backups(thorough=True)
    assert [(b.number, b.counts, b.edit, b.sha256, b.trouble) for b in found] == [
        (b.number, b.counts, b.edit, b.sha256, "") for b in before
    ]
    assert {b.reason for b in found} == {Reason.FOUND}
    assert folder.backups() == [b for b in folder.backups() if not b.trouble]
    assert json.loads(path.read_text(encoding="utf-8"))["backups"][0]["number"] == 2
    assert make(library, folder) is None


def test_a_number_is_never_used_again(library: Library, folder: BackupFolder) -> None:
    made(library, folder)
    second = made(library, folder)
    second.path.unlink()
    assert [backup.number for backup in folder.backups()] == [1]
    assert made(library, folder).number == 3


def test_a_number_somebody_else_reserved_is_left_to_them(library: Library, folder: BackupFolder) -> None:
    made(library, folder)
    other = folder.folder / "000002.part"
    other.touch()
    assert made(library, folder).number == 3
    assert other.exists()


def test_what_a_killed_process_left_is_removed_some_backups_later(
    library: Library, folder: BackupFolder
) -> None:
    made(library, folder)
    left = folder.folder / "000002.part"
    left.touch()
    index = folder.folder / ".backups.json.abcdefgh.new"
    index.touch()
    assert [made(library, folder).number for _ in range(2)] == [3, 4]
    assert left.exists()
    made(library, folder)
    assert not left.exists()
    assert not index.exists()


def test_a_damaged_backup_is_reported_and_skipped(library: Library, folder: BackupFolder) -> None:
    first, second = made(library, folder), made(library, folder)
    spoil(second.path)
    newest, older = folder.backups(thorough=True)
    assert "changed since it was made" in newest.trouble
    assert older.trouble == ""
    sound = folder.newest_sound()
    assert sound is not None
    assert sound.number == first.number
    assert folder.get(1).number == 1
    with pytest.raises(DamagedFile, match="Backup 2 is damaged"):
        folder.get(2)
    with pytest.raises(NotFound):
        folder.get(99)


def test_damaged_files_the_index_does_not_know_are_reported(library: Library, folder: BackupFolder) -> None:
    made(library, folder)
    (folder.folder / "000007.annotator").write_bytes(b"junk" * 3000)
    (folder.folder / "000008.annotator").touch()
    (folder.folder / "notes.txt").touch()
    found = folder.backups()
    assert [(b.number, bool(b.trouble)) for b in found] == [(8, True), (7, True), (1, False)]
    assert made(library, folder).number == 9
    assert {"000007.annotator", "000008.annotator", "notes.txt"} <= names(folder)


def test_a_damaged_library_makes_no_backup_and_gives_up_none(
    tmp_path: Path, library: Library, folder: BackupFolder
) -> None:
    for number in range(300):
        work(library, number)
    made(library, folder)
    with closing(sqlite3.connect(library.path)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'source'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    library.close()
    content = bytearray(library.path.read_bytes())
    content[(page - 1) * size + 8 : page * size] = bytes(size - 8)
    damaged = tmp_path / "damaged.annotator"
    damaged.write_bytes(content)
    with closing(files.open_to_read(damaged)) as source, pytest.raises(DamagedFile):
        folder.make(source, reason=Reason.ASKED, at=START, always=True)
    assert names(folder) == {"000001.annotator", "backups.json"}


# ------------------------------------------------------------------------------------------------ rotation


def test_rotation_keeps_days_weeks_months_and_the_last_three() -> None:
    """One backup every half hour of a working day, for a year."""
    times = [START + timedelta(days=day, minutes=30 * turn) for day in range(365) for turn in range(16)]
    backups = list(enumerate(times, start=1))
    kept = sorted(numbers_to_keep(backups), reverse=True)
    at = dict(backups)
    assert kept[:3] == [5840, 5839, 5838]
    assert {at[number].date() for number in kept} >= {times[-1].date() - timedelta(days=d) for d in range(12)}
    assert len({at[number].isocalendar()[:2] for number in kept}) >= 10
    assert len({(at[number].year, at[number].month) for number in kept}) == 9
    assert len(kept) <= 12 + 10 + 9 + 3


def test_a_clock_that_was_wrong_for_a_while_costs_no_other_day() -> None:
    """A dead battery: each of 60 days begins in the same wrong hour, a year ahead or years back."""
    for wrong in (START + YEAR, datetime(1970, 1, 1, tzinfo=UTC)):
        times = [t for day in range(60) for t in (wrong, START + timedelta(days=day))]
        kept = numbers_to_keep(enumerate(times, start=1))
        days = {times[number - 1].date() for number in kept}
        assert {(START + timedelta(days=59 - day)).date() for day in range(11)} <= days


moments = st.lists(
    st.builds(
        lambda hours, jump: START + timedelta(hours=hours) + jump * YEAR,
        st.integers(0, 24 * 700),
        st.sampled_from((0, 0, 0, -1, 1)),
    ),
    min_size=1,
    max_size=120,
)


@given(moments)
def test_whatever_the_clock_says_the_last_three_stay_and_the_rest_is_bounded(times: list[datetime]) -> None:
    backups = list(enumerate(times, start=1))
    kept = numbers_to_keep(backups)
    newest = [number for number, _ in backups][-3:]
    assert set(newest) <= kept <= {number for number, _ in backups}
    assert len(kept) <= 12 + 10 + 9 + 3
    days = list(dict.fromkeys(at.date() for at in reversed(times)))[:12]
    assert {times[number - 1].date() for number in kept} >= set(days)


@given(moments)
def test_rotating_after_each_backup_keeps_what_rotating_once_would(times: list[datetime]) -> None:
    backups = list(enumerate(times, start=1))
    there: list[tuple[int, datetime]] = []
    for backup in backups:
        there.append(backup)
        kept = numbers_to_keep(there)
        there = [item for item in there if item[0] in kept]
    assert {number for number, _ in there} == numbers_to_keep(backups)


def test_the_files_are_rotated_while_the_clock_jumps(library: Library, folder: BackupFolder) -> None:
    jumps = (timedelta(0), YEAR, -YEAR, timedelta(0))
    times = [START + timedelta(hours=8 * turn) + jumps[turn % 4] for turn in range(30)]
    for turn, at in enumerate(times, start=1):
        assert made(library, folder, at).number == turn
        found = folder.backups()
        assert {b.number for b in found} == numbers_to_keep(enumerate(times[:turn], start=1))
        assert [b.number for b in found][:3] == list(range(turn, max(0, turn - 3), -1))
    assert len(folder.backups()) < 30
    assert not any(b.trouble for b in folder.backups(thorough=True))


# ------------------------------------------------------------------------------------------- in the wild

WRITER = """
import sys
from pathlib import Path
from annotator.domain.source import Source
from annotator.services.library import Library
with Library.open(Path(sys.argv[1])) as library:
    print("ready", flush=True)
    while not Path(sys.argv[2]).exists():
        library.execute(lambda store: store.put(Source(id=store.new_id(), title="S" * 400)), label="Add")
"""


@contextmanager
def writer(library: Path, stop: Path) -> Iterator[None]:
    """A process that commits without a pause."""
    command = [sys.executable, "-P", "-c", WRITER, str(library), str(stop)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"ready"
        try:
            yield
        finally:
            stop.touch()
    assert process.returncode == 0


def sources(library: Library) -> int:
    with snapshot(library) as source:
        return int(source.execute("SELECT count(*) FROM source").fetchone()[0])


@pytest.mark.parametrize("megabytes", [0, pytest.param(12, marks=pytest.mark.slow)])
def test_20_of_20_backups_made_beside_a_running_writer_restore(
    library: Library, folder: BackupFolder, tmp_path: Path, megabytes: int
) -> None:
    """With 12 MB, the writer commits between the steps of one backup as well."""
    for _ in range(megabytes):
        library.execute(
            lambda store: store.put(Source(id=store.new_id(), title="X" * 1_000_000)), label="Add source"
        )
    began: list[int] = []
    sizes: list[int] = []
    with writer(library.path, tmp_path / "stop"):
        for _ in range(20):
            before = sources(library)
            while sources(library) < before + 5:  # the writer is at it
                pass
            began.append(sources(library))
            found = make(library, folder)
            assert found is not None
            # To where the rotation doesn't reach, as the next ones share its day.
            sizes.append(found.counts.sources)
            os.link(found.path, tmp_path / f"kept-{len(sizes)}.annotator")
    for turn, (least, counted) in enumerate(zip(began, sizes, strict=True), start=1):
        place = tmp_path / "place" / f"{turn}.annotator"
        files.put_in_place(files.stage(tmp_path / f"kept-{turn}.annotator", place), place, edit=None)
        with Library.open(place) as restored, snapshot(restored) as source:
            assert source.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            assert sources(restored) == counted >= least
    assert sizes == sorted(set(sizes))
    sys.stdout.write(f"20 of 20 backups restore; the writer made {sizes[-1] - began[0]} commits meanwhile\n")


FULL = """
import resource, signal, sys
from pathlib import Path
from annotator.errors import LibraryError
from annotator.services import backups
from annotator.services.library import Library
with Library.open(Path(sys.argv[1])) as library:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
    try:
        backups.make_backup(library, data_folder=Path(sys.argv[2]))
    except LibraryError as error:
        print(error)
    else:
        print("made")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
@pytest.mark.parametrize("room", [0, 4096, 50_000, 150_000])
def test_a_full_disk_leaves_no_half_backup(
    library: Library, folder: BackupFolder, tmp_path: Path, room: int
) -> None:
    made(library, folder)
    for number in range(40):
        work(library, number)
    library.database.close()  # else the log would be larger than the limit
    before = {path.name: path.read_bytes() for path in folder.folder.iterdir()}
    command = [sys.executable, "-P", "-c", FULL, str(library.path), str(tmp_path / "data"), str(room)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("No backup could be made"), done.stdout + done.stderr
    assert {path.name: path.read_bytes() for path in folder.folder.iterdir()} == before
    assert make(library, folder) is not None


def test_a_folder_that_can_not_be_made_is_said(library: Library, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    work(library)
    with pytest.raises(LibraryError, match="No backup could be made"):
        make(library, BackupFolder(library.path, tmp_path / "data"))
