"""Backups in the window: compared, made, restored, copied; damaged ones are never used."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot
from tests.ui.controllers.conftest import Desk, button

from annotator.domain.claim import Claim
from annotator.services import backups
from annotator.services.backups import Backup, Difference, Reason, list_backups
from annotator.services.library import Library
from annotator.ui.controllers.backups import BackupsController
from annotator.ui.dialogs.backups import BackupsDialog


def opened(desk: Desk) -> tuple[BackupsController, BackupsDialog]:
    """The dialog as the menu opens it."""
    controller = BackupsController(desk.bridge, desk.themes, desk.window)
    controller.show()
    desk.settle()
    assert controller.dialog is not None
    return controller, controller.dialog


def newest_number(desk: Desk) -> int:
    return list_backups(desk.path, data_folder=desk.data)[0].number


def flip_a_bit(backup: Backup) -> None:
    backup.path.chmod(0o600)
    content = bytearray(backup.path.read_bytes())
    content[len(content) // 2] ^= 1
    backup.path.write_bytes(content)


def test_restoring_brings_back_a_deleted_claim_and_the_backup_made_before_it_takes_it_away_again(
    desk: Desk,
) -> None:
    before = desk.claims()
    made = desk.back_up()
    desk.delete(before[3])
    _, dialog = opened(desk)
    dialog.choose(made.number)
    assert "1 claim comes back" in dialog.detail.changes()
    desk.confirm(dialog)
    assert desk.claims() != before, "it only asks first"
    assert "backed up first" in dialog.messages.accessibleName()
    desk.confirm(dialog)
    assert desk.claims() == before
    newest = dialog.backups()[0]
    assert newest.reason is Reason.RESTORE
    said = dialog.messages.accessibleName()
    assert f"backup {newest.number}." in said
    assert f"{len(before)} claims" in said
    assert dialog.detail.changes() == ["Nothing: the library is in this state."]
    dialog.choose(newest.number)
    assert "1 claim goes" in dialog.detail.changes()
    desk.confirm(dialog)
    desk.confirm(dialog)
    assert len(desk.claims()) == len(before) - 1
    assert desk.failures == []


def test_with_threads_a_restore_waits_for_the_comparison_and_the_window_shows_the_old_state(
    threaded: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = threaded
    compare = backups.difference

    def slowly(library: Library, path: Path) -> tuple[Difference, ...]:
        """A comparison of a large library: it has the file open for a while."""
        with library.database.reading():
            time.sleep(0.3)
            return compare(library, path)

    monkeypatch.setattr(backups, "difference", slowly)
    qtbot.waitUntil(lambda: desk.window.panel.claim_list.claims.rowCount() == 10)
    before = desk.claims()
    made = desk.back_up()
    desk.delete(before[3])
    qtbot.waitUntil(lambda: desk.window.panel.claim_list.claims.rowCount() == 9)
    _, dialog = opened(desk)
    qtbot.waitUntil(lambda: len(dialog.backups()) > 0)
    for one in dialog.backups():  # comparisons queue up
        dialog.choose(one.number)
    dialog.choose(made.number)
    dialog.confirm()
    dialog.confirm()
    qtbot.waitUntil(lambda: "is in the state of" in dialog.messages.accessibleName(), timeout=20_000)
    assert desk.claims() == before
    qtbot.waitUntil(lambda: desk.window.panel.claim_list.claims.rowCount() == 10)
    assert desk.failures == []


def test_what_restoring_would_change_is_said_for_each_kind(desk: Desk) -> None:
    made = desk.back_up()
    first, second = desk.claims()[:2]
    desk.delete(first)
    desk.bridge.execute(
        lambda store: store.put(Claim(id=store.new_id(), statement="A third one")), label="Add claim"
    )
    desk.bridge.execute(lambda store: store.put(replace(second, note="Changed")), label="Edit claim")
    _, dialog = opened(desk)
    dialog.choose(made.number)
    assert "1 claim comes back, 1 changes, 1 goes" in dialog.detail.changes()


def test_escape_takes_the_question_back_before_it_closes_the_dialog(desk: Desk) -> None:
    desk.back_up()
    claims = desk.claims()
    controller, dialog = opened(desk)
    desk.confirm(dialog)
    assert dialog.messages.isVisible()
    assert not dialog.restore_button.isEnabled()
    desk.escape(dialog)
    assert not dialog.messages.isVisible()
    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.list
    desk.escape(dialog)
    assert controller.dialog is None
    assert desk.claims() == claims


def test_a_damaged_backup_is_marked_and_can_not_be_restored(desk: Desk) -> None:
    damaged, sound = desk.back_up(), desk.back_up()
    flip_a_bit(damaged)
    desk.delete(desk.claims()[0])
    claims = desk.claims()
    _, dialog = opened(desk)
    dialog.choose(damaged.number)
    assert [one.number for one in dialog.backups() if one.trouble] == [damaged.number]
    assert not dialog.restore_button.isEnabled()
    assert "damaged" in dialog.restore_button.toolTip()
    assert "It is never used." in dialog.detail.changes()[0]
    desk.confirm(dialog)
    desk.confirm(dialog)
    assert desk.claims() == claims
    assert not dialog.messages.isVisible()
    dialog.choose(sound.number)
    assert dialog.restore_button.isEnabled()


def test_a_backup_that_is_gone_is_refused_in_the_dialog_and_the_library_goes_on(desk: Desk) -> None:
    made = desk.back_up()
    desk.delete(desk.claims()[0])
    claims = desk.claims()
    _, dialog = opened(desk)
    dialog.choose(made.number)
    made.path.unlink()
    desk.confirm(dialog)
    desk.confirm(dialog)
    assert dialog.messages.property("message") == "error"
    assert dialog.restore_button.isEnabled()
    assert desk.claims() == claims
    desk.delete(claims[0])
    assert len(desk.claims()) == len(claims) - 1
    assert desk.failures == []


def test_a_backup_is_made_once_while_nothing_is_done(desk: Desk) -> None:
    desk.back_up()
    desk.delete(desk.claims()[0])
    _, dialog = opened(desk)
    many = len(dialog.backups())
    button(dialog, "backups_now").click()
    desk.settle()
    assert len(dialog.backups()) == many + 1
    assert dialog.backups()[0].reason is Reason.ASKED
    assert f"Backup {dialog.backups()[0].number} is made" in dialog.messages.accessibleName()
    button(dialog, "backups_now").click()
    desk.settle()
    assert len(dialog.backups()) == many + 1
    assert "this very state" in dialog.messages.accessibleName()


def test_while_a_backup_is_made_nothing_else_is_begun_and_closing_stays_possible(desk: Desk) -> None:
    desk.back_up()
    desk.delete(desk.claims()[0])
    controller, dialog = opened(desk)
    said: list[tuple[str, str, str]] = []
    controller.said.connect(lambda *words: said.append(words))
    desk.runner.holding = True
    button(dialog, "backups_now").click()
    state = dialog.findChild(QLabel, "backups_state")
    assert state is not None
    assert state.text() == "Making a backup…"
    for name in ("backups_now", "backups_copy", "backups_restore"):
        assert not button(dialog, name).isEnabled()
        assert button(dialog, name).toolTip() == "Making a backup…"
    button(dialog, "backups_close").click()
    desk.settle()
    desk.runner.release()
    ((kind, title, _),) = said
    assert (kind, title) == ("info", f"Backup {newest_number(desk)} is made")


def test_a_readable_copy_holds_all_claims(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "elsewhere" / "copy.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    _, dialog = opened(desk)
    button(dialog, "backups_copy").click()
    desk.settle()
    written = json.loads(copy.read_text(encoding="utf-8"))
    assert {one["id"] for one in written["claim"]} == {claim.id for claim in desk.claims()}
    assert "copy.json" in dialog.messages.accessibleName()


def test_a_readable_copy_never_replaces_the_library(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = desk.claims()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(desk.path), ""))
    _, dialog = opened(desk)
    button(dialog, "backups_copy").click()
    desk.settle()
    assert "is the library itself" in dialog.messages.accessibleName()
    assert desk.claims() == claims
