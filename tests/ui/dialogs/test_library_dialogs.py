"""The dialogs about the library file: what they list, what they say, and that all of it can be reached by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMainWindow, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.errors import DamagedFile
from annotator.services.backups import Backup, Counts, Difference, Reason
from annotator.services.checking import Problem, Report
from annotator.services.recovering import RecoveredTable, Recovery
from annotator.ui.dialogs.backup_list import BackupListModel
from annotator.ui.dialogs.backups import BackupsDialog
from annotator.ui.dialogs.check_library import CheckDialog
from annotator.ui.dialogs.damaged import DamagedDialog
from annotator.ui.dialogs.problem_list import ProblemListModel
from annotator.ui.dialogs.sheet import Sheet
from annotator.ui.theme import ThemeManager

Opener = Callable[[ThemeManager, QWidget], Sheet]


def backup(number: int, trouble: str = "") -> Backup:
    return Backup(
        number,
        Path(f"/data/{number:06}.annotator"),
        datetime(2026, 3, number, 12, tzinfo=UTC),
        Reason.ASKED,
        Counts(1, 2, 3, 4, 5),
        1000,
        "",
        "x",
        trouble,
    )


REPORT = Report(
    (
        Problem("claim", "c-1", "its verdict is another", True),
        Problem("edit", "7", "it was changed from outside"),
        Problem("claim", "c-2", "the row can't be read"),
    ),
    (("claim", 2), ("edit", 9)),
)
RECOVERY = Recovery(
    Path("/home/library.annotator"),
    Path("/home/library.damaged-1.annotator"),
    backup(3),
    (
        RecoveredTable("tag", 8, 0, 0),
        RecoveredTable("question", 0, 0, 0),
        RecoveredTable("claim", 120, 14, 2),
        RecoveredTable("draft", 0, 0, None),
    ),
    3,
    1,
)


def backups_dialog(themes: ThemeManager, window: QWidget) -> BackupsDialog:
    dialog = BackupsDialog(themes, parent=window)
    dialog.set_backups([backup(3), backup(2, "it is cut off"), backup(1)])
    dialog.set_difference(3, [Difference("claim", 1, 0, 0)])
    return dialog


def check_dialog(themes: ThemeManager, window: QWidget) -> CheckDialog:
    dialog = CheckDialog(themes, window)
    dialog.set_report(REPORT)
    return dialog


def damaged_dialog(themes: ThemeManager, window: QWidget) -> DamagedDialog:
    error = DamagedFile("“library.annotator” is damaged: page 3 is cut off.", kept="It was not changed.")
    dialog = DamagedDialog(themes, error, Path("/home/library.annotator"), window)
    dialog.set_backup(backup(3))
    return dialog


def recovered_dialog(themes: ThemeManager, window: QWidget) -> DamagedDialog:
    dialog = damaged_dialog(themes, window)
    dialog.show_recovery(RECOVERY)
    return dialog


@pytest.fixture
def window(qtbot: QtBot, themes: ThemeManager) -> QMainWindow:
    made = QMainWindow()
    made.resize(1024, 700)
    qtbot.addWidget(made)
    made.show()
    return made


def shown(dialog: Sheet) -> None:
    dialog.open()
    dialog.activateWindow()
    QApplication.processEvents()


ALL = [backups_dialog, check_dialog, damaged_dialog, recovered_dialog]


@pytest.mark.parametrize("opener", ALL)
def test_each_stop_of_tab_has_a_name_and_is_come_to_once_around(
    opener: Opener, window: QMainWindow, themes: ThemeManager, qtbot: QtBot
) -> None:
    dialog = opener(themes, window)
    shown(dialog)
    first = dialog.focusWidget()
    assert first is not None
    stops = [first]
    for _ in range(40):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        if dialog.focusWidget() is first:
            break
        stops.append(dialog.focusWidget())
    assert len(set(stops)) == len(stops) > 3
    assert [stop.objectName() for stop in stops if not stop.accessibleName()] == []
    assert [stop for stop in stops if not stop.objectName()] == []
    usable = [
        child
        for child in dialog.findChildren(QWidget)
        if child.isVisible() and child.isEnabled() and child.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert [child.objectName() for child in usable if child not in stops] == []
    dialog.close()


@pytest.mark.parametrize("opener", ALL)
def test_each_disabled_button_says_why_and_nothing_reaches_out_of_the_dialog(
    opener: Opener, window: QMainWindow, themes: ThemeManager
) -> None:
    dialog = opener(themes, window)
    shown(dialog)
    for child in dialog.findChildren(QWidget):
        if child.isVisible() and child.focusPolicy() & Qt.FocusPolicy.TabFocus and not child.isEnabled():
            assert child.toolTip(), child.objectName()
        if child.isVisible() and not isinstance(child, QToolButton) and child.parentWidget() is dialog:
            assert dialog.rect().contains(child.geometry()), child.objectName()
    dialog.close()


def test_the_models_keep_the_rules_of_qt(qtbot: QtBot) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    listed, problems = BackupListModel(), ProblemListModel()
    testers = [QAbstractItemModelTester(model, mode) for model in (listed, problems)]
    listed.set_backups([backup(2), backup(1)])
    listed.set_backups([backup(2, "it is cut off"), backup(1)])
    listed.set_backups([])
    problems.set_problems(REPORT.problems)
    problems.set_problems([])
    assert len(testers) == 2


def test_the_choice_stays_when_it_turns_out_which_backups_are_damaged(
    window: QMainWindow, themes: ThemeManager
) -> None:
    dialog = BackupsDialog(themes, parent=window)
    compared: list[int] = []
    dialog.preview_requested.connect(lambda one: compared.append(one.number))
    dialog.set_backups([backup(3), backup(2), backup(1)])
    dialog.choose(2)
    dialog.set_backups([backup(3), backup(2), replace(backup(1), trouble="it is cut off")])
    assert compared == [3, 2]
    dialog.set_difference(3, [Difference("claim", 1, 0, 0)])
    assert dialog.detail.changes() == ["Comparing it with the library…"], "an answer about another one"
    dialog.set_backups([backup(3), backup(2, "it is cut off"), backup(1, "it is cut off")])
    chosen = dialog.backup()
    assert chosen is not None
    assert chosen.number == 2
    assert not dialog.restore_button.isEnabled()


def test_without_backups_the_first_one_can_be_made_by_return(
    window: QMainWindow, themes: ThemeManager, qtbot: QtBot
) -> None:
    dialog = BackupsDialog(themes, parent=window)
    asked: list[bool] = []
    dialog.backup_requested.connect(lambda: asked.append(True))
    shown(dialog)
    dialog.set_backups([])
    assert not dialog.list.isVisible()
    assert not dialog.restore_button.isEnabled()
    assert dialog.restore_button.toolTip() == "Choose a backup first"
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
    assert asked == [True]
    dialog.close()


def test_a_library_that_can_only_be_read_is_neither_restored_nor_repaired(
    window: QMainWindow, themes: ThemeManager
) -> None:
    why = "The library is open for reading only."
    dialog = BackupsDialog(themes, read_only=why, parent=window)
    dialog.set_backups([backup(3)])
    check = CheckDialog(themes, window, read_only=why)
    check.set_report(REPORT)
    for button in (dialog.restore_button, check.repair_button):
        assert not button.isEnabled()
        assert button.toolTip() == why


def test_problems_are_listed_by_kind_and_the_report_is_copied_in_their_words(
    window: QMainWindow, themes: ThemeManager, qtbot: QtBot
) -> None:
    dialog = check_dialog(themes, window)
    shown(dialog)
    model = dialog.list.model()
    rows = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert rows == [
        "Claims, 2",
        "Its verdict is another.",
        "The row can't be read.",
        "Steps of the history, 1",
        "It was changed from outside.",
    ]
    spoken = model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Its verdict is another. c-1 · can be repaired"
    assert dialog.repair_button.text() == "Repair 1 problem"
    copy = dialog.findChild(QWidget, "check_copy")
    assert copy is not None
    qtbot.keyClick(copy, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text().splitlines() == [
        "3 problems; 11 rows checked",
        "- claim c-1: its verdict is another (can be repaired)",
        "- edit 7: it was changed from outside",
        "- claim c-2: the row can't be read",
        "claim: 2",
        "edit: 9",
    ]
    dialog.close()


def test_a_report_of_a_recovery_begins_with_what_matters_and_says_what_is_lost(
    window: QMainWindow, themes: ThemeManager
) -> None:
    dialog = recovered_dialog(themes, window)
    claims, tags, drafts = dialog.report()
    assert claims.startswith("134 of 136 claims, 14 of them from the backup of ")
    assert claims.endswith("; 2 lost")
    assert tags == "8 tags"
    assert drafts == "Drafts: none can be read, if there were any"
    text = dialog.text()
    assert text.startswith("The library is recovered, but not all of it\n")
    assert "3 problems were repaired" in text
    assert "1 problem is left" in text
    assert "/home/library.damaged-1.annotator" in text


def test_a_recovery_without_loss_says_so(window: QMainWindow, themes: ThemeManager) -> None:
    dialog = damaged_dialog(themes, window)
    whole = replace(RECOVERY, tables=(RecoveredTable("claim", 9, 0, 0),), repaired=0, problems=0)
    dialog.show_recovery(whole)
    assert dialog.report() == ["9 claims"]
    assert "with all that was in it" in dialog.text()
    assert "has no problems" in dialog.text()
