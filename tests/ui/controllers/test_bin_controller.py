"""The bin of a real library: what comes back, what is gone for good, and what is too old."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from tests.conftest import counting_environment

from annotator.domain.claim import Claim
from annotator.domain.ids import ClaimId
from annotator.domain.source import Source
from annotator.services import bin as bins
from annotator.services import claims, samples, sources
from annotator.services.library import Library
from annotator.ui.bridge import LibraryBridge
from annotator.ui.controllers.bin import BinController
from annotator.ui.dialogs.bin import BinDialog
from annotator.ui.runner import ImmediateRunner
from annotator.ui.theme import ThemeManager

SAMPLES = Path(__file__).parents[3] / "sample_texts"


class Room:
    """A bare window with a library that holds the sample article. `now` is the time there."""

    def __init__(self, folder: Path) -> None:
        self.now = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
        themes = ThemeManager()
        themes.load_fonts()
        themes.apply()
        environment = replace(counting_environment(), now=self._tick)
        self.library = Library.open(folder / "library.annotator", environment)
        self.bridge = LibraryBridge(
            lambda: self.library, ImmediateRunner(), path=self.library.path, data_folder=folder / "data"
        )
        self.failures: list[Exception] = []
        self.bridge.failed.connect(self.failures.append)
        self.window = QWidget()
        self.window.resize(1200, 800)
        self.window.show()
        self.article = self.do(partial(samples.add_sample, folder=SAMPLES), "Add the sample")
        self.bin = BinController(self.bridge, themes, self.window)
        self.said: list[str] = []
        self.bin.said.connect(self.said.append)

    def _tick(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def do(self, use_case: Any, label: str) -> Any:
        """Run a use case as the window does."""
        found: list[Any] = []
        self.bridge.execute(use_case, label=label, done=found.append)
        return found[0]

    def claims(self) -> list[Claim]:
        """All claims outside of the bin."""
        return list(self.library.read(lambda store: store.find(Claim, order=("created_at", "id"))))

    def delete(self, claim: Claim) -> None:
        """Move a claim to the bin."""
        self.do(partial(claims.delete_claim, claim_id=ClaimId(claim.id)), "Delete claim")

    def in_bin(self) -> list[str]:
        """The ids of what is listed in the library's bin."""
        return [item.id for item in self.library.read(bins.list_bin)]

    @property
    def dialog(self) -> BinDialog:
        """The bin that is open."""
        assert self.bin.dialog is not None
        return self.bin.dialog


@pytest.fixture
def room(qapp: QApplication, tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    if made.bin.dialog is not None:
        made.bin.dialog.close()
    made.library.close()
    made.window.close()
    assert made.failures == []


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, held)
    QApplication.processEvents()


def shown(room: Room) -> list[str]:
    """The ids of what the dialog lists."""
    items = (room.dialog.model.item_at(row) for row in range(room.dialog.model.rowCount()))
    return [item.id for item in items if item is not None]


def test_a_claim_comes_back_with_its_evidence_and_undo_takes_it_back(room: Room) -> None:
    first, second = room.claims()[:2]
    room.delete(first)
    room.delete(second)
    room.bin.show()
    assert shown(room) == [second.id, first.id]
    item = room.dialog.model.item_at(0)
    assert item is not None
    assert item.along > 0
    press(room.dialog.list, Qt.Key.Key_Return)
    assert second.id in {claim.id for claim in room.claims()}
    view = next(
        view
        for view in room.library.read(lambda store: claims.list_claims(store, room.article.id))
        if view.claim.id == second.id
    )
    assert view.evidence
    assert shown(room) == [first.id]
    assert room.dialog.focusWidget() is room.dialog.list
    assert room.dialog.messages.accessibleName().endswith("restored")
    undo = room.dialog.messages.findChild(QAbstractButton, "message_undo")
    assert undo is not None
    undo.click()
    assert room.in_bin() == [second.id, first.id]
    assert shown(room) == [second.id, first.id]


def test_several_come_back_as_one_step(room: Room) -> None:
    before = {claim.id for claim in room.claims()}
    source = room.library.read(lambda store: store.find(Source))[0]
    for claim in room.claims()[:3]:
        room.delete(claim)
    room.do(partial(sources.delete_source, source_id=source.id), "Delete source")
    room.bin.show()
    room.dialog.list.selectAll()
    press(room.dialog.list, Qt.Key.Key_Return)
    assert room.in_bin() == []
    assert {claim.id for claim in room.claims()} == before
    assert room.library.undo_state().undo == "Restore 4 things"
    press(room.dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(room.in_bin()) == 4


def test_what_was_deleted_for_good_is_gone_and_undo_does_not_bring_it_back(room: Room) -> None:
    first, second = room.claims()[:2]
    room.delete(first)
    room.delete(second)
    room.bin.show()
    press(room.dialog.list, Qt.Key.Key_Delete)
    press(room.dialog.confirm_row.cancel_button, Qt.Key.Key_Right)
    press(room.dialog.confirm_row.delete_button, Qt.Key.Key_Return)
    assert room.in_bin() == [first.id]
    assert shown(room) == [first.id]
    assert room.dialog.focusWidget() is room.dialog.list
    assert room.dialog.messages.accessibleName().endswith("things deleted for good")
    gone = {"id": second.id}
    assert not room.library.read(lambda store: store.find(Claim, gone, deleted=True))
    press(room.dialog.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not room.library.read(lambda store: store.find(Claim, gone, deleted=True))


def test_the_bin_is_emptied_once_that_was_confirmed(room: Room) -> None:
    for claim in room.claims()[:4]:
        room.delete(claim)
    room.bin.show()
    room.dialog.empty_button.click()
    assert len(room.in_bin()) == 4
    room.dialog.confirm_row.delete_button.click()
    assert room.in_bin() == []
    assert not room.dialog.empty_button.isEnabled()
    assert room.library.read(lambda store: len(store.find(Claim, deleted=True))) == len(room.claims())


def test_what_others_still_refer_to_is_kept_and_that_is_said(room: Room) -> None:
    room.delete(room.claims()[0])
    room.bin.show()
    room.bin._on_deleted(bins.Emptied(gone=2, kept=1))
    assert room.dialog.messages.accessibleName() == (
        "2 things deleted for good. 1 thing can't go yet, as something outside of the bin refers to it"
    )


def test_hostile_names_are_shown_as_they_are(room: Room) -> None:
    hostile = "<b>bold</b> <img src='/etc/hostname'> שלום 🎈"
    claim = room.claims()[0]
    room.do(
        partial(claims.edit_claim, claim_id=ClaimId(claim.id), changes=claims.ClaimFields(statement=hostile)),
        "Edit claim",
    )
    room.delete(claim)
    room.bin.show()
    assert room.dialog.model.index(0).data() == hostile
    room.dialog.delete_button.click()
    assert hostile in room.dialog.confirm_row.accessibleName()
    room.dialog.grab()


def test_what_is_too_old_goes_when_the_library_is_opened_and_that_is_said(room: Room) -> None:
    old, young = room.claims()[:2]
    room.delete(old)
    room.now += timedelta(days=20)
    room.delete(young)
    room.bin.purge_old()
    assert room.said == []
    assert room.in_bin() == [young.id, old.id]
    room.now += timedelta(days=11)
    room.bin.purge_old()
    assert room.in_bin() == [young.id]
    (said,) = room.said
    assert said.endswith("older than 30 days removed from the bin")


def test_purging_nothing_leaves_no_step(room: Room) -> None:
    state = room.library.undo_state()
    room.bin.purge_old()
    assert room.said == []
    assert room.library.undo_state() == state


def test_the_list_follows_what_happens_and_escape_closes(room: Room) -> None:
    room.bin.show()
    assert shown(room) == []
    claim = room.claims()[0]
    room.delete(claim)
    assert shown(room) == [claim.id]
    press(room.dialog.list, Qt.Key.Key_Escape)
    assert room.bin.dialog is None
