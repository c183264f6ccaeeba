"""The window's way to the library: saving, what can't be saved, and what others do."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from annotator.domain.changes import ChangeSet, Origin
from annotator.domain.claim import Claim
from annotator.domain.ids import ClaimId
from annotator.errors import EditConflict, LibraryError, ReadOnlyLibrary
from annotator.services import claims, drafts
from annotator.services.claims import ClaimFields
from annotator.services.drafts import Typing
from annotator.services.library import Library
from annotator.storage import engine
from annotator.ui.bridge import LibraryBridge
from annotator.ui.runner import ImmediateRunner


class Watch:
    """Notes what a bridge tells."""

    def __init__(self, bridge: LibraryBridge) -> None:
        self.changes: list[ChangeSet] = []
        self.saved = self.not_saved = self.idle = 0
        self.unsaved: list[Exception | None] = []
        self.failed: list[Exception] = []
        self.undo: list[tuple[str, str]] = []
        bridge.library_changed.connect(self.changes.append)
        bridge.saved.connect(lambda _: self._count("saved"))
        bridge.not_saved.connect(lambda _: self._count("not_saved"))
        bridge.unsaved_changed.connect(self.unsaved.append)
        bridge.failed.connect(self.failed.append)
        bridge.undo_changed.connect(lambda undo, redo: self.undo.append((undo, redo)))

    def _count(self, name: str) -> None:
        setattr(self, name, getattr(self, name) + 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.annotator"


@pytest.fixture
def bridge(qapp: QApplication, path: Path, tmp_path: Path) -> Iterator[LibraryBridge]:
    """A bridge to a new library that works at once."""
    made = LibraryBridge(
        partial(Library.open, path), ImmediateRunner(), path=path, data_folder=tmp_path / "data"
    )
    made.open()
    yield made
    made.close()


@pytest.fixture
def watch(bridge: LibraryBridge) -> Watch:
    return Watch(bridge)


def add(id: str, statement: str = "It is so.") -> Callable[[Any], Claim]:
    return lambda store: store.put(Claim(id=ClaimId(id), statement=statement))


def note(text: str, base: Claim | None = None) -> Callable[[Any], Claim]:
    changes = ClaimFields(note=text)
    return partial(claims.edit_claim, claim_id=ClaimId("c"), changes=changes, base=base)


def stored(path: Path) -> dict[str, str]:
    """The claims on disk, with their notes."""
    with Library.open(path) as library:
        return {claim.id: claim.note for claim in library.read(lambda store: store.find(Claim))}


@pytest.fixture
def locked(
    path: Path, bridge: LibraryBridge, monkeypatch: pytest.MonkeyPatch
) -> Iterator[sqlite3.Connection]:
    """Another program holds the library and does not let go; nobody waits for it long."""
    bridge.execute(add("c"), label="Add")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


@pytest.fixture(autouse=True)
def _short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_BUSY_MS", 50)
    monkeypatch.setitem(engine._PRAGMAS, "busy_timeout", 50)


def test_saved_is_told_after_the_commit_and_never_while_something_is_not(
    bridge: LibraryBridge, watch: Watch, path: Path
) -> None:
    bridge.saved.connect(lambda _: found.append(stored(path)))
    found: list[dict[str, str]] = []
    bridge.execute(add("c"), label="Add")
    assert found == [{"c": ""}]


def test_what_a_locked_library_does_not_take_waits_and_is_saved_in_its_order_when_it_heals(
    bridge: LibraryBridge, watch: Watch, path: Path, locked: sqlite3.Connection
) -> None:
    saved = watch.saved
    bridge.execute(note("first"), label="Edit note")
    bridge.execute(add("d"), label="Add")
    bridge.execute(note("second"), label="Edit note")
    assert [step.label for step in bridge.unsaved] == ["Edit note", "Add", "Edit note"]
    assert watch.saved == saved
    assert watch.not_saved
    assert isinstance(watch.unsaved[-1], LibraryError)
    assert watch.failed == []
    locked.execute("ROLLBACK")
    bridge.retry()
    assert bridge.unsaved == ()
    assert watch.unsaved[-1] is None
    assert watch.saved == saved + 1
    assert stored(path) == {"c": "second", "d": ""}
    assert [change.label for change in watch.changes[-3:]] == ["Edit note", "Add", "Edit note"]


def test_the_next_edit_also_tries_again(
    bridge: LibraryBridge, path: Path, locked: sqlite3.Connection
) -> None:
    bridge.execute(note("first"), label="Edit note")
    locked.execute("ROLLBACK")
    bridge.execute(add("d"), label="Add")
    assert bridge.unsaved == ()
    assert stored(path) == {"c": "first", "d": ""}


def test_what_is_not_saved_is_in_a_recovery_file_until_it_is(
    bridge: LibraryBridge, path: Path, locked: sqlite3.Connection, tmp_path: Path
) -> None:
    typing = Typing("claim", "c", "note", "", "Long thought about")
    bridge.execute(note(typing.text), label="Edit note", typing=typing)
    (file,) = (tmp_path / "data" / "recovery").iterdir()
    (step,) = json.loads(file.read_text(encoding="utf-8"))["steps"]
    assert step["typing"]["text"] == typing.text
    locked.execute("ROLLBACK")
    bridge.retry()
    assert not file.exists()


def test_a_draft_that_can_t_be_kept_is_kept_in_the_recovery_file_with_its_last_state_only(
    bridge: LibraryBridge, locked: sqlite3.Connection, path: Path
) -> None:
    bridge.keep_typing(Typing("claim", "c", "note", "", "Lon"))
    bridge.keep_typing(Typing("claim", "c", "note", "", "Long th"))
    assert [step.typing.text for step in bridge.unsaved if step.typing] == ["Long th"]
    locked.execute("ROLLBACK")
    bridge.retry()
    with Library.open(path) as library:
        assert [kept.typing.text for kept in library.read(drafts.left_over)] == ["Long th"]


def test_undo_takes_back_first_what_is_not_even_saved(
    bridge: LibraryBridge, path: Path, locked: sqlite3.Connection
) -> None:
    bridge.execute(note("first"), label="Edit note")
    assert bridge.drop_last_unsaved() == "Edit note"
    assert bridge.unsaved == ()
    assert bridge.drop_last_unsaved() == ""
    locked.execute("ROLLBACK")
    bridge.execute(add("d"), label="Add")
    assert stored(path) == {"c": "", "d": ""}


def test_a_dialog_that_waits_for_an_answer_gets_the_refusal_itself(
    bridge: LibraryBridge, locked: sqlite3.Connection
) -> None:
    refused: list[Exception] = []
    bridge.execute(note("first"), label="Edit note", failed=refused.append)
    assert isinstance(refused[0], LibraryError)
    assert bridge.unsaved == ()


def test_saving_elsewhere_takes_the_unsaved_steps_along(
    bridge: LibraryBridge, path: Path, locked: sqlite3.Connection, tmp_path: Path
) -> None:
    bridge.execute(note("first"), label="Edit note")
    done: list[object] = []
    refused: list[Exception] = []
    bridge.save_elsewhere(tmp_path / "usb" / "copy.annotator", done.append, refused.append)
    assert (done, refused) == ([tmp_path / "usb" / "copy.annotator"], [])
    assert bridge.unsaved == ()
    assert stored(tmp_path / "usb" / "copy.annotator") == {"c": "first"}
    bridge.save_elsewhere(tmp_path / "usb" / "copy.annotator", done.append, refused.append)
    assert "exists already" in str(refused[0])


def test_a_file_that_was_taken_away_is_no_loss_and_saving_goes_on_when_it_is_back(
    bridge: LibraryBridge, path: Path, watch: Watch
) -> None:
    bridge.execute(add("c"), label="Add")
    path.rename(path.with_suffix(".away"))
    bridge.execute(note("first"), label="Edit note")
    assert "moved" in str(watch.unsaved[-1])
    path.with_suffix(".away").rename(path)
    bridge.retry()
    assert stored(path) == {"c": "first"}


def test_a_draft_ends_with_the_commit_of_its_text(bridge: LibraryBridge, path: Path) -> None:
    bridge.execute(add("c"), label="Add")
    bridge.keep_typing(Typing("claim", "c", "note", "", "Lon"))
    assert bridge.library.read(drafts.left_over)
    typing = Typing("claim", "c", "note", "", "Long")
    bridge.execute(note("Long"), label="Edit note", typing=typing)
    assert bridge.library.read(lambda store: drafts.kept_form(store, typing.key)) == {}
    assert bridge.library.read(drafts.left_over) == []
    bridge.keep_typing(Typing("claim", "c", "note", "Long", "Longer"))
    bridge.drop_typing(typing.key)
    assert bridge.library.read(drafts.left_over) == []


def test_what_is_typed_at_one_visit_is_one_step_of_undo(bridge: LibraryBridge, path: Path) -> None:
    bridge.execute(add("c"), label="Add")
    for text in ("A", "A b", "A b c"):
        bridge.execute(note(text), label="Edit note", run="c:note:1")
    bridge.execute(note("A b c d"), label="Edit note", run="c:note:2")
    bridge.undo()
    assert stored(path) == {"c": "A b c"}
    bridge.undo()
    assert stored(path) == {"c": ""}
    bridge.redo()
    assert stored(path) == {"c": "A b c"}


def test_what_another_program_does_is_told_once_and_as_another_s(
    bridge: LibraryBridge, watch: Watch, path: Path
) -> None:
    bridge.execute(add("c"), label="Add")
    bridge.look()
    told = len(watch.changes)
    with Library.open(path) as other:
        other.execute(note("theirs"), label="Edit note")
        other.execute(add("d"), label="Add")
    bridge.look()
    bridge.look()
    assert len(watch.changes) == told + 1
    assert watch.changes[-1].origin is Origin.REMOTE
    assert watch.changes[-1].touched == {("claim", "c"), ("claim", "d")}
    assert watch.undo[-1][0] == "Add"


def test_an_edit_between_those_of_another_program_hides_none_of_them(
    bridge: LibraryBridge, watch: Watch, path: Path
) -> None:
    bridge.execute(add("c"), label="Add")
    with Library.open(path) as other:
        other.execute(add("d"), label="Add")
        bridge.execute(note("mine"), label="Edit note")
        other.execute(add("e"), label="Add")
    bridge.look()
    remote = [change for change in watch.changes if change.origin is Origin.REMOTE]
    assert {id for change in remote for _, id in change.touched} == {"d", "e"}


def test_a_stale_edit_is_a_conflict_and_neither_is_lost(
    bridge: LibraryBridge, watch: Watch, path: Path
) -> None:
    bridge.execute(add("c"), label="Add")
    base = bridge.library.read(lambda store: store.get(Claim, "c"))
    with Library.open(path) as other:
        other.execute(note("theirs"), label="Edit note")
    bridge.execute(note("mine", base), label="Edit note")
    (error,) = watch.failed
    assert isinstance(error, EditConflict)
    assert (error.fields[0].theirs, error.fields[0].mine) == ("theirs", "mine")
    assert bridge.unsaved == ()
    assert stored(path) == {"c": "theirs"}


def test_a_library_that_can_only_be_read_refuses_edits_and_forgets_where_reading_stopped(
    qapp: QApplication, path: Path, tmp_path: Path
) -> None:
    Library.open(path).close()
    bridge = LibraryBridge(partial(Library.open, path), ImmediateRunner(), path=path, data_folder=tmp_path)
    bridge.open(read_only=True)
    watch = Watch(bridge)
    assert bridge.read_only
    bridge.execute(add("c"), label="Add")
    bridge.execute(lambda store: store.new_id(), label="")
    assert [type(error) for error in watch.failed] == [ReadOnlyLibrary]
    assert bridge.unsaved == ()
    bridge.close()


def test_closing_with_unsaved_steps_leaves_them_in_the_recovery_file(
    bridge: LibraryBridge, locked: sqlite3.Connection, tmp_path: Path
) -> None:
    bridge.execute(note("first"), label="Edit note")
    for file in (tmp_path / "data" / "recovery").iterdir():
        file.unlink()
    bridge.close()
    assert len(list((tmp_path / "data" / "recovery").iterdir())) == 1
