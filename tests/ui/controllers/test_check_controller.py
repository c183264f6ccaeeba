"""Checking from the window: what is wrong is listed, repaired as one step, and the repair can be undone."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from tests.ui.controllers.conftest import Desk, button

from annotator.errors import UserError
from annotator.services import checking
from annotator.ui.controllers.checking import CheckController
from annotator.ui.controllers.recovery import RecoveryController
from annotator.ui.dialogs.check_library import CheckDialog

ANOTHER_VERDICT = "UPDATE claim SET verdict = 'open', confidence = 1 WHERE verdict != 'open'"
ANOTHER_HISTORY = "UPDATE change SET after = '{}' WHERE rowid = 3"


def opened(desk: Desk) -> CheckDialog:
    """The dialog as the menu opens it."""
    controller = CheckController(desk.bridge, desk.themes, desk.window)
    controller.show()
    desk.settle()
    assert controller.dialog is not None
    return controller.dialog


def test_a_sound_library_has_no_problems_and_ctrl_return_closes(desk: Desk) -> None:
    dialog = opened(desk)
    report = desk.library.read(checking.check)
    rows = sum(many for _, many in report.checked)
    assert rows > 100
    assert dialog.outcome() == f"No problems; {rows} rows checked"
    assert not dialog.repair_button.isEnabled()
    assert dialog.repair_button.toolTip() == "There is nothing to repair"
    closed: list[int] = []
    dialog.finished.connect(closed.append)
    desk.confirm(dialog)
    assert closed == [CheckDialog.DialogCode.Accepted]


def test_a_repair_mends_and_undo_takes_it_back(desk: Desk) -> None:
    before = desk.claims()
    desk.harm(ANOTHER_VERDICT)
    dialog = opened(desk)
    wrong = len(dialog.problems())
    assert wrong > 1
    assert {problem.kind for problem in dialog.problems()} == {"claim"}
    assert dialog.repair_button.text() == f"Repair {wrong} problems"
    desk.confirm(dialog)
    assert dialog.outcome().startswith("No problems")
    assert f"{wrong} problems repaired" in dialog.messages.accessibleName()
    assert [(claim.verdict, claim.confidence) for claim in desk.claims()] == [
        (claim.verdict, claim.confidence) for claim in before
    ]
    desk.bridge.undo()
    button(dialog, "check_again").click()
    desk.settle()
    assert len(dialog.problems()) == wrong
    assert not dialog.messages.isVisible()
    assert desk.failures == []


def test_what_can_not_be_repaired_is_told_and_copied(desk: Desk) -> None:
    desk.harm(ANOTHER_HISTORY)
    dialog = opened(desk)
    assert [problem.kind for problem in dialog.problems()] == ["edit"]
    assert not dialog.repair_button.isEnabled()
    assert dialog.repair_button.toolTip() == "Nothing can be repaired"
    desk.confirm(dialog)
    assert dialog.isVisible(), "there is something to read"
    button(dialog, "check_copy").click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("1 problem; ")
    assert "- edit 1: this step of the history" in copied


def test_while_the_check_runs_it_says_so_and_closing_gives_it_up(desk: Desk) -> None:
    desk.runner.holding = True
    dialog = opened(desk)
    assert dialog.report() is None
    for name in ("check_copy", "check_again", "check_repair"):
        assert not button(dialog, name).isEnabled()
        assert button(dialog, name).toolTip() == "Wait until the check is done"
    desk.escape(dialog)
    desk.runner.release()
    assert desk.failures == []


def test_a_damaged_file_leads_to_its_recovery_under_the_open_window(desk: Desk) -> None:
    before = desk.claims()
    desk.back_up()
    desk.damage()
    checks = CheckController(desk.bridge, desk.themes, desk.window)
    recovery = RecoveryController(desk.bridge, desk.themes, desk.window)
    errors: list[UserError] = []
    checks.recovery_wanted.connect(errors.append)
    checks.recovery_wanted.connect(recovery.offer_open)
    checks.show()
    desk.settle()
    assert checks.dialog is not None
    assert {problem.kind for problem in checks.dialog.problems()} == {"file"}
    assert not checks.dialog.repair_button.isVisible()
    desk.confirm(checks.dialog)
    assert "is damaged" in errors[0].what
    assert recovery.dialog is not None
    desk.confirm(recovery.dialog)
    assert any(f"{len(before)} claims" in line for line in recovery.dialog.report())
    desk.confirm(recovery.dialog)
    assert recovery.dialog is None
    assert desk.claims() == before
    assert desk.library.read(checking.check).problems == ()
    assert desk.failures == []
