"""The bin on screen: list, filters, choosing, and the question before what can't be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.errors import UserError
from annotator.services.bin import BinItem
from annotator.ui.dialogs.bin import BinDialog
from annotator.ui.dialogs.bin_list import BinModel, key_of
from annotator.ui.theme import ThemeManager

NOW = datetime(2026, 11, 25, 14, 32).astimezone()
HOSTILE = "<b>bold</b> & <img src=x> שלום עולם 🎈 " + "w" * 500


def item(
    id: str, *, kind: str = "claim", name: str = "", hours: int = 1, days_left: int = 20, along: int = 0
) -> BinItem:
    at = (NOW - timedelta(hours=hours)).astimezone(UTC)
    return BinItem(kind, id, name or f"Thing {id}", at, "Ines", days_left, along)


THREE = (item("a"), item("b", kind="source", along=2), item("c", kind="article", name="Harbour", along=41))


@pytest.fixture
def dialog(qtbot: QtBot, themes: ThemeManager) -> Iterator[BinDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.show()
    made = BinDialog(themes, now=lambda: NOW, parent=window)
    made.open()
    QApplication.processEvents()
    made.activateWindow()
    yield made
    made.close()


def chosen(dialog: BinDialog) -> list[str]:
    return [one.id for one in dialog.list.chosen()]


def confirming(dialog: BinDialog) -> QWidget | None:
    return dialog.confirm_row if dialog.confirm_row.isVisible() else None


def test_the_model_keeps_the_rules_of_models_while_things_come_go_and_are_filtered(qtbot: QtBot) -> None:
    model = BinModel(lambda: NOW)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_items(THREE)
    model.set_filter("thing", "")
    model.set_filter("thing", "source")
    assert [model.index(row).data() for row in range(model.rowCount())] == ["Thing b"]
    model.set_filter("", "")
    model.set_items(THREE[1:])
    assert model.rowCount() == 2
    model.set_items([])


def test_rows_speak_and_show_hostile_names_as_they_are(dialog: BinDialog) -> None:
    dialog.set_items([item("a", name=HOSTILE, along=3, days_left=1), item("b", hours=60, days_left=0)])
    first, second = (dialog.model.index(row) for row in (0, 1))
    assert first.data() == HOSTILE
    spoken = first.data(Qt.ItemDataRole.AccessibleTextRole)
    at = NOW - timedelta(hours=1)
    assert spoken == f"Claim. {HOSTILE}. and 3 more things. Deleted {at:%H:%M} by Ines. 1 day left"
    older = NOW - timedelta(hours=60)
    assert f"Deleted {older.day} {older:%B %Y, %H:%M} by Ines. Less than a day left" in second.data(
        Qt.ItemDataRole.AccessibleTextRole
    )
    dialog.grab()


def test_enter_restores_what_is_chosen_and_the_next_row_is_chosen_then(
    dialog: BinDialog, qtbot: QtBot
) -> None:
    asked: list[object] = []
    dialog.restore_requested.connect(asked.append)
    dialog.set_items(THREE)
    assert dialog.focusWidget() is dialog.list
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert asked == [[("source", "b")]]
    dialog.set_items((THREE[0], THREE[2]))
    assert chosen(dialog) == ["c"]
    assert dialog.focusWidget() is dialog.list


def test_several_can_be_chosen_and_stay_chosen_when_the_list_is_read_again(
    dialog: BinDialog, qtbot: QtBot
) -> None:
    asked: list[object] = []
    dialog.restore_requested.connect(asked.append)
    dialog.set_items(THREE)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    dialog.set_items((item("new"), *THREE))
    assert chosen(dialog) == ["a", "b"]
    dialog.restore_button.click()
    assert asked == [[("claim", "a"), ("source", "b")]]


def test_deleting_for_good_asks_and_no_is_the_answer_of_enter_and_escape(
    dialog: BinDialog, qtbot: QtBot
) -> None:
    asked: list[object] = []
    dialog.delete_requested.connect(asked.append)
    dialog.set_items(THREE)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
        row = confirming(dialog)
        assert row is not None
        assert row.accessibleName().startswith("Delete “Thing a” for good? ")
        assert dialog.focusWidget() is dialog.confirm_row.cancel_button
        qtbot.keyClick(dialog.confirm_row.cancel_button, key)
        assert confirming(dialog) is None
        assert dialog.isVisible()
        assert dialog.focusWidget() is dialog.list
    assert asked == []


def test_deleting_for_good_is_asked_for_once_it_was_confirmed(dialog: BinDialog, qtbot: QtBot) -> None:
    asked: list[object] = []
    dialog.delete_requested.connect(asked.append)
    dialog.set_items(THREE)
    dialog.list.selectAll()
    dialog.delete_button.click()
    row = confirming(dialog)
    assert row is not None
    assert row.accessibleName() == (
        "Delete these 3 things for good? 43 more things that were deleted along go too. "
        "Undo can't bring this back."
    )
    qtbot.keyClick(dialog.confirm_row.cancel_button, Qt.Key.Key_Right)
    assert dialog.focusWidget() is dialog.confirm_row.delete_button
    qtbot.keyClick(dialog.confirm_row.delete_button, Qt.Key.Key_Return)
    assert asked == [[key_of(one) for one in THREE]]
    assert dialog.focusWidget() is dialog.list


def test_the_question_goes_when_something_else_is_chosen_or_filtered(dialog: BinDialog, qtbot: QtBot) -> None:
    dialog.set_items(THREE)
    dialog.delete_button.click()
    assert confirming(dialog)
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
    dialog.list.selectionModel().select(dialog.model.index(2), flags)
    assert confirming(dialog) is None
    dialog.empty_button.click()
    assert confirming(dialog)
    dialog.search.setText("harbour")
    assert confirming(dialog) is None


def test_emptying_means_everything_whatever_is_filtered(dialog: BinDialog) -> None:
    asked: list[object] = []
    dialog.delete_requested.connect(asked.append)
    dialog.set_items(THREE)
    dialog.search.setText("harbour")
    assert dialog.model.rowCount() == 1
    dialog.empty_button.click()
    row = confirming(dialog)
    assert row is not None
    assert row.accessibleName().startswith("Delete all 3 things in the bin for good?")
    dialog.confirm_row.delete_button.click()
    assert asked == [None]


def test_kinds_that_lie_there_can_be_filtered_for(dialog: BinDialog) -> None:
    dialog.set_items(THREE)
    assert [dialog.kinds.itemText(row) for row in range(dialog.kinds.count())] == [
        "All kinds",
        "Article · 1",
        "Claim · 1",
        "Source · 1",
    ]
    dialog.kinds.setCurrentIndex(3)
    assert chosen(dialog) == ["b"]
    assert dialog.subtitle_label.text() == "1 of 3 things shown"
    dialog.set_items((THREE[0], THREE[2]))  # the last source was restored: the filter goes with it
    assert dialog.kinds.currentText() == "All kinds"
    assert dialog.model.rowCount() == 2


def test_nothing_found_says_so_and_the_filters_can_be_cleared(dialog: BinDialog) -> None:
    dialog.set_items(THREE)
    dialog.search.setText("no such thing")
    assert not dialog.restore_button.isEnabled()
    clear = dialog.findChild(QPushButton, "bin_clear_filters")
    assert clear is not None
    assert clear.isVisible()
    clear.click()
    assert dialog.model.rowCount() == 3
    assert dialog.focusWidget() is dialog.list


def test_an_empty_bin_says_so_and_its_buttons_say_why_they_are_off(dialog: BinDialog, qtbot: QtBot) -> None:
    dialog.set_items(THREE[:1])
    assert dialog.restore_button.isEnabled()
    assert dialog.restore_button.toolTip() == ""
    dialog.set_items([])
    for button in (dialog.restore_button, dialog.delete_button, dialog.empty_button):
        assert not button.isEnabled()
        assert button.toolTip() == "The bin is empty."
    focused = dialog.focusWidget()
    assert focused is not None
    assert focused.isVisible()
    qtbot.keyClick(focused, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_library_that_can_only_be_read_changes_nothing(qtbot: QtBot, themes: ThemeManager) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = BinDialog(themes, read_only="Only to be read.", parent=window)
    asked: list[object] = []
    dialog.restore_requested.connect(asked.append)
    dialog.set_items(THREE)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Delete):
        qtbot.keyClick(dialog.list, key)
    assert asked == []
    assert dialog.confirm_row.isHidden()
    assert dialog.empty_button.toolTip() == "Only to be read."


def test_a_refusal_is_told_where_it_happened(dialog: BinDialog) -> None:
    dialog.set_items(THREE)
    dialog.show_error(UserError("It isn't in the bin.", kept="Nothing was changed."))
    assert dialog.messages.isVisible()
    assert dialog.messages.accessibleName() == "It isn't in the bin. Nothing was changed."


def test_the_menu_offers_the_same_as_the_buttons(dialog: BinDialog) -> None:
    asked: list[object] = []
    dialog.restore_requested.connect(asked.append)
    dialog.set_items(THREE)
    menu = dialog.list.context_menu()
    back, _, delete = menu.actions()
    back.trigger()
    assert asked == [[("claim", "a")]]
    delete.trigger()
    assert confirming(dialog)


def test_each_control_has_a_name(dialog: BinDialog) -> None:
    dialog.set_items(THREE)
    for control in dialog.findChildren(QWidget):
        if control.focusPolicy() != Qt.FocusPolicy.NoFocus and not control.focusProxy():
            assert control.accessibleName(), (control.objectName(), type(control))
