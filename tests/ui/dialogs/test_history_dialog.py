"""The history on screen: list, what a step changed, search, and what is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.domain.changes import Origin
from annotator.errors import UserError
from annotator.services.history import Altered, FieldChange, Step
from annotator.ui.dialogs.history import HistoryDialog
from annotator.ui.dialogs.history_list import ROW_HEIGHT, STEP_ROLE, HistoryModel
from annotator.ui.theme import ThemeManager

NOW = datetime(2026, 11, 25, 14, 32).astimezone()
HOSTILE = "<b>bold</b> & <img src=x> שלום עולם 🎈 " + "w" * 500


def change(field: str, before: str, after: str) -> FieldChange:
    return FieldChange(field, before, after)


def step(seq: int, *fields: FieldChange, name: str = "A claim", origin: Origin = Origin.LOCAL) -> Step:
    """A step on a claim; the higher the number, the younger it is: an hour for each."""
    altered = Altered("claim", "c1", name, "changed", fields or (change("note", "old", "new"),))
    at = NOW - timedelta(hours=100 - seq)
    return Step(seq, at.astimezone(UTC), "Ines", f"Edit claim {seq}", origin, (altered,))


def steps(*seqs: int) -> list[Step]:
    return [step(seq) for seq in seqs]


@pytest.fixture
def dialog(qtbot: QtBot, themes: ThemeManager) -> Iterator[HistoryDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.show()
    made = HistoryDialog(
        themes,
        scopes=["claim", "article", "library"],
        subjects={"claim": "A claim", "article": "An article"},
        now=lambda: NOW,
        parent=window,
    )
    made.open()
    QApplication.processEvents()
    yield made
    made.close()


def shown(dialog: HistoryDialog) -> str:
    return dialog.changes.toPlainText()


def rows(model: HistoryModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


# ---------------------------------------------------------------------- list


def test_the_model_keeps_the_rules_of_models_while_steps_come_and_are_searched(qtbot: QtBot) -> None:
    model = HistoryModel(lambda: NOW)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_steps(steps(*range(90, 60, -1)), whole=False)
    model.add_steps(steps(*range(60, 30, -1)), whole=True)
    model.set_filter("claim 4")
    model.set_filter("nothing holds this")
    model.set_filter("")
    assert model.shown_count() == 60
    model.set_steps([], whole=True)
    assert model.rowCount() == 0


def test_steps_are_grouped_by_day_and_a_day_can_not_be_chosen(dialog: HistoryDialog) -> None:
    dialog.set_steps(steps(100, 99, 80, 50), whole=True)
    assert rows(dialog.model) == [
        "Edit claim 100",
        "Edit claim 99",
        "Yesterday",
        "Edit claim 80",
        _long(NOW - timedelta(hours=50)),
        "Edit claim 50",
    ]
    assert dialog.model.index(2).flags() == Qt.ItemFlag.NoItemFlags
    heading = dialog.findChild(QWidget, "history_day")
    assert heading is not None
    assert heading.property("text") == "Today"


def test_arrows_step_over_the_days(dialog: HistoryDialog, qtbot: QtBot) -> None:
    dialog.set_steps(steps(100, 99, 80, 50), whole=True)
    for expected in (99, 80, 50):
        qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
        current = dialog.list.current_step()
        assert current is not None
        assert current.seq == expected
    qtbot.keyClick(dialog.list, Qt.Key.Key_Home)
    assert dialog.list.current_step() == step(100)


def test_days_go_on_where_older_steps_are_added(dialog: HistoryDialog) -> None:
    dialog.set_steps(steps(100, 99), whole=False)
    dialog.add_steps(steps(98), whole=False)
    dialog.add_steps(steps(80), whole=True)
    assert rows(dialog.model) == [
        "Edit claim 100",
        "Edit claim 99",
        "Edit claim 98",
        "Yesterday",
        "Edit claim 80",
    ]


def test_undo_and_redo_are_told_in_words_and_rows_speak(dialog: HistoryDialog) -> None:
    undone, redone = step(99, origin=Origin.UNDO), step(98, origin=Origin.REDO)
    dialog.set_steps([step(100), undone, redone], whole=True)
    assert rows(dialog.model)[:3] == ["Edit claim 100", "Undid: Edit claim 99", "Redid: Edit claim 98"]
    spoken = dialog.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"Undid: Edit claim 99. note old → new. {_time(undone)}. Ines"
    older = step(40)
    dialog.set_steps([older], whole=True)
    spoken = dialog.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert f"{_long(older.at.astimezone()).partition(', ')[2]}, {_time(older)}" in spoken


def test_the_one_thing_a_history_is_about_needs_no_name_and_others_do(dialog: HistoryDialog) -> None:
    dialog.set_steps(steps(100), whole=True)
    spoken = dialog.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "A claim" not in spoken
    dialog.scopes.buttons()[2].click()
    dialog.set_steps(steps(100), whole=True)
    spoken = dialog.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "note old → new · “A claim”" in spoken


def test_the_day_at_the_top_follows_the_list(dialog: HistoryDialog) -> None:
    dialog.set_steps(steps(100, 99, *range(80, 40, -1)), whole=True)
    heading = dialog.findChild(QWidget, "history_day")
    assert heading is not None
    bar = dialog.list.verticalScrollBar()
    bar.setValue(2 * ROW_HEIGHT + 10)  # yesterday's own heading is still to be seen
    assert heading.property("text") == "Today"
    bar.setValue(3 * ROW_HEIGHT)
    assert heading.property("text") == "Yesterday"


def _long(at: datetime) -> str:
    return f"{at:%A}, {at.day} {at:%B %Y}"


def _time(one: Step) -> str:
    return f"{one.at.astimezone():%H:%M}"


def test_older_steps_are_asked_for_once_when_the_end_comes_into_view(
    dialog: HistoryDialog, qtbot: QtBot
) -> None:
    asked: list[int] = []
    dialog.more_requested.connect(asked.append)
    dialog.set_steps(steps(*range(100, 0, -1)), whole=False)
    QApplication.processEvents()
    assert asked == []
    dialog.list.scrollToBottom()
    qtbot.waitUntil(lambda: bool(asked))
    QApplication.processEvents()
    assert asked == [1]


def test_a_chosen_step_stays_chosen_when_the_list_is_read_again(dialog: HistoryDialog) -> None:
    dialog.set_steps(steps(5, 4, 3), whole=True)
    dialog.list.choose(4)
    dialog.set_steps(steps(6, 5, 4, 3), whole=True)
    assert dialog.list.current_step() == step(4)
    dialog.set_steps(steps(6, 5), whole=True)
    assert dialog.list.current_step() == step(6)


# ---------------------------------------------------------------------- what changed


def test_words_that_went_are_struck_through_and_those_that_came_underlined(dialog: HistoryDialog) -> None:
    before, after = (
        f"The operator counts {what}, not passengers, in each week." for what in ("rides", "boardings")
    )
    dialog.set_steps([step(9, change("note", before, after)), step(8)], whole=True)
    assert "Note" in shown(dialog)
    assert struck(dialog.changes) == ["rides"]
    assert underlined(dialog.changes) == ["boardings"]


def test_short_values_stand_side_by_side(dialog: HistoryDialog) -> None:
    dialog.set_steps(
        [step(9, change("confidence", "62 %", "72 %"), change("verdict", "", "Refuted"))], whole=True
    )
    plain = shown(dialog).replace("\u2068", "").replace("\u2069", "")
    assert "62 %  →  72 %" in plain
    assert underlined(dialog.changes)[-1] == "Refuted"


def runs(view: QTextEdit) -> list[tuple[str, bool, bool]]:
    """All runs of text with whether they are struck through or underlined."""
    found = []
    block = view.document().begin()
    while block.isValid():
        for run in block:  # type: ignore[attr-defined]  # the stubs don't know blocks are iterable
            piece = run.fragment()
            form = piece.charFormat()
            text = piece.text().strip("\u2068\u2069")
            found.append((text, form.fontStrikeOut(), form.fontUnderline()))
        block = block.next()
    return [run for run in found if run[0]]


def struck(view: QTextEdit) -> list[str]:
    return [text for text, gone, _ in runs(view) if gone]


def underlined(view: QTextEdit) -> list[str]:
    return [text for text, _, new in runs(view) if new]


def test_hostile_text_is_shown_as_it_is(dialog: HistoryDialog) -> None:
    dialog.scopes.buttons()[2].click()
    hostile = step(9, change("note", "", HOSTILE), name=HOSTILE)
    dialog.set_steps([hostile, step(8, change("note", HOSTILE, "x"), name=HOSTILE)], whole=True)
    assert shown(dialog).count(HOSTILE) == 2
    assert "<b>" in dialog.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    dialog.list.choose(8)
    assert struck(dialog.changes) == [HOSTILE]
    assert dialog.changes.horizontalScrollBar().maximum() == 0
    dialog.grab()


def test_a_picture_named_in_a_text_is_never_loaded(dialog: HistoryDialog) -> None:
    dialog.set_steps([step(9, change("note", "", "\ufffc<img src='/etc/hostname'>"))], whole=True)
    dialog.grab()
    assert "<img src='/etc/hostname'>" in shown(dialog)


def test_a_step_that_touched_thousands_is_shown_in_part_and_counted(dialog: HistoryDialog) -> None:
    many = tuple(Altered("claim", f"c{n}", f"Claim {n}", "created", ()) for n in range(2000))
    dialog.set_steps([Step(9, NOW, "Ines", "Import", Origin.LOCAL, many)], whole=True)
    assert "and 1970 more things" in shown(dialog)
    assert "Claim 29" in shown(dialog)
    assert "Claim 30" not in shown(dialog)


def test_the_text_keeps_its_words_when_the_theme_changes(dialog: HistoryDialog, themes: ThemeManager) -> None:
    dialog.set_steps([step(9, change("note", "one", "two"))], whole=True)
    before = shown(dialog)
    themes.set("dark")
    assert shown(dialog) == before
    cursor = QTextCursor(dialog.changes.document())
    cursor.movePosition(QTextCursor.MoveOperation.End)
    themes.set("light")


# ---------------------------------------------------------------------- restoring


def test_all_but_the_youngest_step_can_be_restored_and_the_button_says_why_or_what(
    dialog: HistoryDialog, qtbot: QtBot
) -> None:
    asked: list[int] = []
    dialog.restore_requested.connect(asked.append)
    dialog.set_steps(steps(9, 8, 7), whole=True)
    assert not dialog.restore_button.isEnabled()
    assert "youngest" in dialog.restore_button.toolTip()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked == []
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    promise = dialog.restore_button.toolTip()
    assert promise.startswith("The claim and its evidence go back to ")
    assert promise.endswith(". Undo takes that back.")
    assert _time(step(8)) in promise
    for _ in range(2):  # the second press comes while the first answer is on its way
        qtbot.keyClick(dialog.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked == [8]


def test_a_refusal_is_told_and_can_be_tried_again(dialog: HistoryDialog) -> None:
    asked: list[int] = []
    dialog.restore_requested.connect(asked.append)
    dialog.set_steps(steps(9, 8), whole=True)
    dialog.list.choose(8)
    dialog.confirm()
    dialog.show_error(UserError("It can't be restored.", kept="Nothing was changed."))
    assert dialog.messages.accessibleName() == "It can't be restored. Nothing was changed."
    dialog.confirm()
    assert asked == [8, 8]


def test_a_library_that_can_only_be_read_is_never_restored(qtbot: QtBot, themes: ThemeManager) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = HistoryDialog(themes, scopes=["library"], read_only="Only to be read.", parent=window)
    dialog.set_steps(steps(9, 8), whole=True)
    dialog.list.choose(8)
    assert not dialog.restore_button.isEnabled()
    assert dialog.restore_button.toolTip() == "Only to be read."


# ---------------------------------------------------------------------- search, scopes, keys


def test_the_search_looks_at_words_names_people_and_fields(dialog: HistoryDialog, qtbot: QtBot) -> None:
    found = step(7, change("note", "", "About the harbour"), name="Noise complaints")
    dialog.set_steps([step(9), step(8), found], whole=True)
    for words in ("harbour", "NOISE ines", "claim 7"):
        dialog.search.setText(words)
        assert dialog.list.current_step() == found
        assert dialog.model.shown_count() == 1
    dialog.search.setText("no such thing")
    nothing = dialog.findChild(QAbstractButton, "history_clear_search")
    assert nothing is not None
    assert nothing.isVisible()
    nothing.click()
    assert dialog.model.shown_count() == 3
    assert dialog.list.hasFocus()


def test_a_search_reads_older_steps_only_when_asked_to(dialog: HistoryDialog) -> None:
    asked: list[int] = []
    dialog.more_requested.connect(asked.append)
    dialog.set_steps(steps(*range(100, 60, -1)), whole=False)
    dialog.search.setText("claim 12")
    QApplication.processEvents()
    assert asked == []
    older = dialog.findChild(QAbstractButton, "history_older")
    assert older is not None
    assert older.isVisible()
    older.click()
    assert asked == [61]
    dialog.add_steps(steps(*range(60, 0, -1)), whole=True)
    assert dialog.list.current_step() == step(12)
    assert not older.isVisible()


def test_another_scope_is_asked_for_and_named(dialog: HistoryDialog) -> None:
    asked: list[str] = []
    dialog.scope_chosen.connect(asked.append)
    assert dialog.subtitle_label.text() == "of the claim · A claim"
    article, library = dialog.scopes.buttons()[1:]
    article.click()
    assert dialog.subtitle_label.text() == "of the article · An article"
    library.click()
    assert asked == ["article", "library"]
    assert dialog.subtitle_label.text() == "of the library"


def test_the_keyboard_begins_in_the_list_finds_the_search_and_closes(
    dialog: HistoryDialog, qtbot: QtBot
) -> None:
    dialog.activateWindow()
    dialog.set_steps(steps(9, 8), whole=True)
    assert dialog.focusWidget() is dialog.list
    qtbot.keyClick(dialog.list, "/")
    assert dialog.focusWidget() is dialog.search
    dialog.search.setText("claim 8")
    qtbot.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert dialog.search.text() == ""
    assert dialog.isVisible()
    qtbot.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_each_control_has_a_name(dialog: HistoryDialog) -> None:
    dialog.set_steps(steps(9, 8), whole=True)
    for control in dialog.findChildren(QWidget):
        if control.focusPolicy() != Qt.FocusPolicy.NoFocus and not control.focusProxy():
            assert control.accessibleName(), (control.objectName(), type(control))


def test_it_shows_the_step_it_is_on(dialog: HistoryDialog) -> None:
    dialog.set_steps(steps(9, 8), whole=True)
    dialog.list.choose(8)
    assert dialog.list.currentIndex().data(STEP_ROLE) == step(8)
    title = dialog.findChild(QWidget, "history_step")
    assert title is not None
    assert title.property("text") == "Edit claim 8"
