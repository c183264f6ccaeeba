"""Damaged library files: never a crash, never a change to them, and what can be read is in a new library."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.conftest import counting_environment
from tests.storage.whole_library import fill

from annotator.domain.claim import Claim
from annotator.domain.ids import ClaimId
from annotator.errors import DamagedFile, LibraryError, UserError
from annotator.services import checking, claims
from annotator.services.claims import ClaimFields
from annotator.services.library import Library

PAGE = 4096
CLAIMS = 800
WAYS = ("flip", "zero", "shift", "swap") * 2 + ("cut",)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a library with all kinds of rows and 800 claims more, each edited once."""
    path = tmp_path_factory.mktemp("whole") / "library.annotator"
    with Library.open(path, counting_environment()) as library:
        fill(library)
        library.execute(
            lambda store: [
                store.put(Claim(id=ClaimId(f"n{number}"), statement=f"Claim {number} " + "x" * 200))
                for number in range(CLAIMS)
            ],
            label="Many",
        )
        change = partial(claims.edit_claim, claim_id=ClaimId("n7"), changes=ClaimFields(note="N"))
        library.execute(change, label="Edit claim")
    return path.read_bytes()


def rows_of(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def damaged(whole: bytes, way: str, chance: random.Random) -> bytes:
    content = bytearray(whole)
    page = chance.randrange(len(content) // PAGE)
    start = page * PAGE
    if way == "flip":
        for _ in range(chance.choice((1, 1, 8))):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    elif way == "zero":
        content[start : start + PAGE] = bytes(PAGE)
    elif way == "shift":
        by = chance.randrange(1, 64)
        content[start : start + PAGE] = bytes(by) + content[start : start + PAGE - by]
    elif way == "swap":
        other = chance.randrange(len(content) // PAGE) * PAGE
        content[start : start + PAGE], content[other : other + PAGE] = (
            content[other : other + PAGE],
            content[start : start + PAGE],
        )
    else:
        del content[chance.randrange(100, len(content)) :]
    return bytes(content)


# What SQLite's full check says of an index that doesn't fit its table, or of one value: no damage to the structure.
NO_STRUCTURE = re.compile(r"row \d+ missing from|wrong # of entries|non-unique entry|\S+ value in ")


def is_torn(path: Path) -> bool:
    """Whether SQLite's full check finds the structure of a file damaged."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            connection.execute("PRAGMA cell_size_check = ON")
            lines = [row[0] for row in connection.execute("PRAGMA integrity_check(1000)")]
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return True
    return any(line != "ok" and not NO_STRUCTURE.match(line) for line in lines)


class Outcome(NamedTuple):
    """What became of a damaged file. `refused`: opening found the damage; `found`: that, or a check did later."""

    torn: bool
    refused: bool
    found: bool
    saved: int


def outcome(content: bytes, folder: Path) -> Outcome:
    """Opens, checks and salvages a file."""
    path, new = folder / "damaged.annotator", folder / "new.annotator"
    path.write_bytes(content)
    torn = is_torn(path)
    found = refused = False
    try:
        saved = checking.salvage(path, new).saved
        with Library.open(new) as library:
            found = bool(library.read(checking.check).problems)
    except LibraryError:
        saved, found = 0, True
        assert not new.exists()
    assert path.read_bytes() == content, "salvaging wrote into the damaged file"
    try:
        with Library.open(path) as library:
            found |= bool(library.read(checking.check).problems)
            library.execute(checking.repair, label="Repair library")
    except DamagedFile:
        found, refused = True, True
    except UserError:
        found = True
    if refused:
        assert path.read_bytes() == content, "opening wrote into the damaged file"
        assert {left.name for left in folder.iterdir()} <= {path.name, new.name}
    try:
        with Library.open(path, check=False) as library:
            library.read(checking.check)
    except UserError:
        pass
    for left in folder.iterdir():
        left.unlink()
    return Outcome(torn, refused, found, saved)


@pytest.mark.parametrize("count", [60, pytest.param(300, marks=[pytest.mark.slow, pytest.mark.timeout(900)])])
def test_damaged_files_never_crash_anything_and_are_never_changed(
    count: int, whole: bytes, tmp_path: Path
) -> None:
    chance = random.Random(11)
    (tmp_path / "whole").write_bytes(whole)
    total = sum(rows_of(tmp_path / "whole").values())
    (tmp_path / "whole").unlink()
    results = [outcome(damaged(whole, WAYS[n % len(WAYS)], chance), tmp_path) for n in range(count)]
    full = sum(result.saved >= total * 0.99 for result in results)
    found = sum(result.found for result in results)
    refused = sum(result.refused for result in results)
    nothing = sum(result.saved == 0 for result in results)
    torn = sum(result.torn for result in results)
    print(  # noqa: T201 - the figures
        f"\n{count} damaged files: 0 crashes; damage found in {found}, in {refused} of them at opening;"
        f" the structure of {torn} is damaged;"
        f" {full} salvaged to 99 % or more, {nothing} not at all"
    )
    missed = [number for number, result in enumerate(results) if result.torn and not result.refused]
    assert missed == [], "a damaged structure was not found when the file was opened"
    assert torn >= count * 0.3
    assert found >= count * 0.8
    assert full >= count * 0.7  # a fifth is cut off somewhere, which takes whatever was behind
    assert nothing <= count * 0.05


def leaves(whole: bytes) -> Iterator[int]:
    """The pages that hold rows of tables: leaves of their trees, with several rows each."""
    for page in range(1, len(whole) // PAGE):
        start = page * PAGE
        described = b"CREATE " in whole[start : start + PAGE]
        if not described and whole[start] == 0x0D and int.from_bytes(whole[start + 3 : start + 5], "big") > 4:
            yield page


def test_a_lost_leaf_costs_its_own_rows_and_no_others(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "damaged.annotator"
    path.write_bytes(whole)
    total = sum(rows_of(path).values())
    pages = list(leaves(whole))
    assert len(pages) > 50
    for page in random.Random(3).sample(pages, 12):
        start = page * PAGE
        rows = int.from_bytes(whole[start + 3 : start + 5], "big")
        path.write_bytes(whole[:start] + bytes(PAGE) + whole[start + PAGE :])
        new = tmp_path / f"new-{page}.annotator"
        saved = checking.salvage(path, new)
        assert saved.saved == total - rows
        assert saved.saved >= total * 0.99
        # The indexes still know how many rows there were, so that the report says what is lost.
        assert sum(table.lost or 0 for table in saved.tables if table.name != "edit") == rows
        assert sum(rows_of(new).values()) == saved.saved


def test_a_lost_description_of_the_tables_costs_no_row(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "damaged.annotator"
    path.write_bytes(whole)
    total = sum(rows_of(path).values())
    described = [
        start for start in range(PAGE, len(whole), PAGE) if b"CREATE TABLE" in whole[start : start + PAGE]
    ]
    assert described
    for start in (0, *described):
        path.write_bytes(whole[:start] + bytes(PAGE) + whole[start + PAGE :])
        assert checking.salvage(path, tmp_path / f"new-{start}.annotator").saved == total


def test_a_sound_library_is_salvaged_whole(whole: bytes, tmp_path: Path) -> None:
    path, new = tmp_path / "sound.annotator", tmp_path / "new.annotator"
    path.write_bytes(whole)
    saved = checking.salvage(path, new)
    assert {table.name: table.saved for table in saved.tables} == rows_of(path)
    assert {table.lost for table in saved.tables} == {0}
    with Library.open(new) as library:
        assert library.read(checking.check).problems == ()
        assert library.undo_state().undo == "Edit claim"


def test_what_was_saved_last_is_read_from_the_log_beside_the_file(tmp_path: Path) -> None:
    path, new = tmp_path / "library.annotator", tmp_path / "new.annotator"
    with Library.open(path) as library:
        library.execute(lambda store: store.put(Claim(id=ClaimId("c"), statement="S")), label="Add")
        copy = tmp_path / "copy.annotator"
        files = {suffix: path.with_name(path.name + suffix).read_bytes() for suffix in ("", "-wal")}
    for suffix, content in files.items():
        copy.with_name(copy.name + suffix).write_bytes(content)
    saved = checking.salvage(copy, new)
    assert {table.name: table.saved for table in saved.tables}["claim"] == 1
    assert {suffix: copy.with_name(copy.name + suffix).read_bytes() for suffix in files} == files


@pytest.mark.parametrize("kind", ["nothing there", "a folder", "empty", "junk", "foreign"])
def test_what_can_not_be_salvaged_is_refused_and_leaves_no_new_file(kind: str, tmp_path: Path) -> None:
    path, new = tmp_path / "l.annotator", tmp_path / "new.annotator"
    if kind == "a folder":
        path.mkdir()
    elif kind == "foreign":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE t (x)")
    elif kind != "nothing there":
        path.write_bytes(b"not a database" * 999 if kind == "junk" else b"")
    with pytest.raises(LibraryError) as caught:
        checking.salvage(path, new)
    assert caught.value.kept
    assert not new.exists()


def test_a_new_file_that_exists_is_left_as_it_is(whole: bytes, tmp_path: Path) -> None:
    path, new = tmp_path / "l.annotator", tmp_path / "new.annotator"
    path.write_bytes(whole)
    new.write_bytes(b"mine")
    with pytest.raises(LibraryError, match="exists"):
        checking.salvage(path, new)
    assert new.read_bytes() == b"mine"
