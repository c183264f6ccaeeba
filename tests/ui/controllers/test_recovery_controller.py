"""A library that can't be opened is recovered or restored from the window; the damaged file is kept as it was."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.ui.controllers.conftest import Desk, button

from annotator.domain.claim import Claim
from annotator.errors import DamagedFile
from annotator.services.library import Library
from annotator.ui.controllers.recovery import RecoveryController
from annotator.ui.dialogs.damaged import DamagedDialog


class Offer:
    """The dialog over a window whose library could not be opened."""

    def __init__(self, desk: Desk) -> None:
        with pytest.raises(DamagedFile) as refused:
            Library.open(desk.path)
        self.controller = RecoveryController(desk.bridge, desk.themes, desk.window)
        self.wanted: list[str] = []
        self.others: list[bool] = []
        self.controller.library_wanted.connect(self.wanted.append)
        self.controller.other_wanted.connect(lambda: self.others.append(True))
        self.controller.offer(refused.value)
        desk.settle()

    @property
    def dialog(self) -> DamagedDialog:
        assert self.controller.dialog is not None
        return self.controller.dialog


def claims_in(path: Path) -> list[Claim]:
    with Library.open(path) as library:
        return list(library.read(lambda store: store.find(Claim)))


def test_recovering_brings_the_claims_back_reports_them_and_opens_the_new_library(desk: Desk) -> None:
    before = desk.claims()
    desk.back_up()
    damaged = desk.damage()
    offer = Offer(desk)
    desk.confirm(offer.dialog)
    (line,) = (line for line in offer.dialog.report() if "claims" in line)
    assert line.startswith(f"{len(before)} claims, {len(before)} of them from the backup of 21 March 2026, ")
    aside = offer.dialog.text().rpartition(": ")[2].strip()
    assert Path(aside).read_bytes() == damaged
    assert Path(aside) != desk.path
    desk.confirm(offer.dialog)
    assert offer.wanted == [str(desk.path)]
    assert offer.controller.dialog is None
    assert claims_in(desk.path) == before


def test_restoring_the_newest_backup_gives_its_state_and_sets_the_damaged_file_aside(desk: Desk) -> None:
    before = desk.claims()
    desk.back_up()
    desk.delete(before[0])
    damaged = desk.damage()
    offer = Offer(desk)
    offer.dialog.restore_card.click()
    assert button(offer.dialog, "damaged_go").text() == "Restore the backup"
    desk.confirm(offer.dialog)
    assert f"{len(before)} claims" in offer.dialog.report()
    aside = offer.dialog.text().rpartition(": ")[2].strip()
    assert Path(aside).read_bytes() == damaged
    assert claims_in(desk.path) == before
    desk.confirm(offer.dialog)
    assert offer.wanted == [str(desk.path)]


def test_without_a_backup_only_recovering_is_offered(desk: Desk) -> None:
    desk.damage()
    shutil.rmtree(desk.data, ignore_errors=True)
    offer = Offer(desk)
    assert not offer.dialog.restore_card.isEnabled()
    assert offer.dialog.restore_card.toolTip() == "There is no sound backup of this library"
    desk.confirm(offer.dialog)
    assert any("10 claims" in line or "Claims" in line for line in offer.dialog.report())
    assert "There was no backup" in offer.dialog.text()


def test_what_nothing_can_be_read_of_is_left_as_it_is_and_the_choice_stays(desk: Desk) -> None:
    desk.damage()
    shutil.rmtree(desk.data, ignore_errors=True)
    rubbish = desk.path.read_bytes()[:100] + b"\xff" * 50_000
    desk.path.write_bytes(rubbish)
    offer = Offer(desk)
    desk.confirm(offer.dialog)
    assert offer.dialog.messages.property("message") == "error"
    assert offer.dialog.report() == []
    assert button(offer.dialog, "damaged_go").isEnabled()
    assert desk.path.read_bytes() == rubbish
    assert desk.failures == []


def test_closed_while_it_recovers_the_dialog_comes_back_with_the_report(desk: Desk) -> None:
    desk.back_up()
    desk.damage()
    offer = Offer(desk)
    desk.runner.holding = True
    desk.confirm(offer.dialog)
    assert button(offer.dialog, "damaged_go").toolTip() == "Recovering…"
    desk.escape(offer.dialog)
    assert offer.controller.dialog is None
    desk.runner.release()
    desk.settle()
    assert offer.dialog.isVisible()
    assert any("claims" in line for line in offer.dialog.report())
    desk.escape(offer.dialog)


def test_another_library_can_be_asked_for_and_the_damaged_one_is_not_touched(desk: Desk) -> None:
    damaged = desk.damage()
    offer = Offer(desk)
    button(offer.dialog, "damaged_other").click()
    desk.settle()
    assert offer.others == [True]
    assert offer.controller.dialog is None
    assert desk.path.read_bytes() == damaged
