"""The page of all claims: model, filters, table, keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.ui.claims import ClaimRow, ClaimsModel, ClaimsView
from annotator.ui.theme import ThemeManager

Rows = tuple[ClaimRow, ...]
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture
def view(qtbot: QtBot, themes: ThemeManager, rows: Rows) -> ClaimsView:
    made = ClaimsView(themes)
    qtbot.addWidget(made)
    made.resize(1440, 824)
    made.set_claims(rows)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.table.setFocus()
    return made


def shown(model: ClaimsModel) -> list[str]:
    return [f"{row.view.claim.id} {row.article_title}" for row in model.shown_rows()]


def choose(combo: QComboBox, text: str) -> None:
    combo.setCurrentIndex(combo.findText(text))


def test_the_model_keeps_qts_rules_through_all_changes(qapp: QApplication, rows: Rows) -> None:
    model = ClaimsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_claims(rows)
    for column in range(model.columnCount()):
        model.sort(column, DOWN)
    model.set_filter("ridership", lambda row: row.article_title == "Pumps")
    model.set_claims(rows[1:])
    model.set_filter("")
    model.sort(-1)
    assert shown(model) == ["c2 Trams", "c1 Pumps", "c3 Pumps", "c4 Wall"]
    model.set_claims(())
    assert model.rowCount() == 0


@pytest.mark.parametrize(
    ("column", "order", "expected"),
    [
        (0, UP, ["c3 Pumps", "c2 Trams", "c1 Trams", "c1 Pumps", "c4 Wall"]),
        (1, UP, ["c1 Pumps", "c3 Pumps", "c1 Trams", "c2 Trams", "c4 Wall"]),
        (2, UP, ["c4 Wall", "c1 Trams", "c1 Pumps", "c2 Trams", "c3 Pumps"]),
        (3, UP, ["c3 Pumps", "c2 Trams", "c1 Trams", "c1 Pumps", "c4 Wall"]),
        (3, DOWN, ["c4 Wall", "c1 Trams", "c1 Pumps", "c2 Trams", "c3 Pumps"]),
        (4, DOWN, ["c2 Trams", "c4 Wall", "c1 Trams", "c1 Pumps", "c3 Pumps"]),
    ],
)
def test_columns_sort_by_number_verdict_and_word(
    qapp: QApplication, rows: Rows, column: int, order: Qt.SortOrder, expected: list[str]
) -> None:
    model = ClaimsModel()
    model.set_claims(rows)
    model.sort(column, order)
    assert shown(model) == expected


def test_cells_show_percent_dash_and_counts(qapp: QApplication, rows: Rows) -> None:
    model = ClaimsModel()
    model.set_claims(rows)
    assert [model.index(row, 3).data() for row in (0, 3)] == ["72\N{NO-BREAK SPACE}%", "–"]
    assert [model.index(row, 2).data() for row in (0, 3)] == ["Conflicting", "Open"]
    assert model.index(4, 4).data() == "+2 ×0 ⓘ1"


def test_a_row_is_spoken_whole_and_a_cell_with_its_heading(qapp: QApplication, rows: Rows) -> None:
    model = ClaimsModel()
    model.set_claims(rows)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0, 0).data(role) == (
        "Claim 1. Ridership rose 18 %. Conflicting, 72 percent confident. 0 support, 0 refute, 0 context. "
        "Tag Trend. Trams."
    )
    assert model.index(3, 3).data(role) == "Confidence: not given"
    assert model.index(4, 4).data(role) == "Evidence: 2 support, 0 refute, 1 context"


@pytest.mark.parametrize(("typed", "expected"), [("rose", 2), ("gas winter", 1), ("pumps", 2), ("zebra", 0)])
def test_a_search_looks_at_statement_quote_and_article(view: ClaimsView, typed: str, expected: int) -> None:
    view.search.setText(typed)
    assert view.model.rowCount() == expected


def test_the_count_says_how_many_there_are_and_how_many_are_open(view: ClaimsView) -> None:
    line = view.findChild(QLabel, "claims_count")
    assert line.text() == "5 claims · 1 open"
    view.search.setText("trams")
    assert line.text() == "2 of 5 claims · 0 open"
    view.set_claims(view.model.all_rows()[:1])
    assert line.text() == "1 claim · 0 open"


def test_verdict_and_tag_narrow_together_and_are_cleared_together(qtbot: QtBot, view: ClaimsView) -> None:
    clear = view.findChild(QAbstractButton, "claims_clear")
    assert not clear.isVisible()
    choose(view.tags, "Trend")
    assert shown(view.model) == ["c1 Trams", "c1 Pumps", "c3 Pumps"]
    choose(view.verdicts, "Open")
    assert shown(view.model) == ["c3 Pumps"]
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert view.model.rowCount() == 5
    choose(view.tags, "No tag")
    assert shown(view.model) == ["c2 Trams", "c4 Wall"]


def test_the_tags_offered_are_those_that_occur_and_a_chosen_one_stays(view: ClaimsView, rows: Rows) -> None:
    offered = [view.tags.itemText(row) for row in range(view.tags.count())]
    assert offered == ["Tag: any", "cause", "Trend", "No tag"]
    choose(view.tags, "Trend")
    view.set_claims(rows[:2])
    assert (view.tags.currentText(), shown(view.model)) == ("Trend", ["c1 Trams"])
    view.set_claims(rows[4:])
    assert (view.tags.currentText(), shown(view.model)) == ("Tag: any", ["c4 Wall"])


def test_a_verdict_of_another_scale_can_be_chosen(view: ClaimsView, rows: Rows) -> None:
    other = replace(
        rows[1], view=replace(rows[1].view, claim=replace(rows[1].view.claim, verdict="half-true"))
    )
    view.set_claims((*rows, replace(other, article_id="else")))
    choose(view.verdicts, "half-true")
    assert view.model.rowCount() == 1


def test_enter_and_a_double_click_open_the_claim_in_its_article(qtbot: QtBot, view: ClaimsView) -> None:
    view.select("c1", "pumps")
    with qtbot.waitSignal(view.claim_opened) as told:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert told.args == ["c1", "pumps"]
    cell = view.table.visualRect(view.model.index(4, 2)).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    with qtbot.waitSignal(view.claim_opened) as told:
        qtbot.mouseDClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert told.args == ["c4", "wall"]


def test_selecting_a_claim_that_is_filtered_out_clears_the_filters(view: ClaimsView) -> None:
    choose(view.verdicts, "Supported")
    view.select("c2", "trams")
    assert view.table.current_key() == "trams c2"
    assert view.model.rowCount() == 5


def test_typing_goes_to_the_statement_that_begins_so(qtbot: QtBot, view: ClaimsView) -> None:
    qtbot.keyClicks(view.table, "the w")
    assert view.table.current_key() == "wall c4"


def test_slash_and_find_reach_the_filter_field_from_everywhere(qtbot: QtBot, view: ClaimsView) -> None:
    qtbot.keyClick(view.table, "/")
    assert view.search.hasFocus()
    starts: tuple[QWidget, ...] = (view.table, view.verdicts, view.tags)
    for start in starts:
        start.setFocus()
        qtbot.keyClick(start, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        assert view.search.hasFocus()


def test_tab_goes_from_the_field_over_the_filters_to_the_table(qtbot: QtBot, view: ClaimsView) -> None:
    view.search.setFocus()
    for expected in (view.verdicts, view.tags, view.table):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert expected.hasFocus()


def test_an_empty_library_and_a_vain_filter_say_so(qtbot: QtBot, view: ClaimsView) -> None:
    view.search.setText("zebra")
    told = [child.accessibleName() for child in view.findChildren(QWidget) if child.isVisible()]
    assert "Nothing matches “zebra”." in told
    qtbot.mouseClick(view.findChild(QAbstractButton, "table_clear_filters"), Qt.MouseButton.LeftButton)
    assert view.table.isVisible()
    view.set_claims(())
    told = [child.text() for child in view.findChildren(QLabel) if child.isVisible()]
    assert "No claims yet." in told


def test_every_control_has_an_accessible_name(view: ClaimsView) -> None:
    view.search.setText("e")
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)
    controls = [
        child
        for child in view.findChildren(QWidget)
        if isinstance(child, kinds) and child.isVisible() and child.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert len(controls) == 5
    assert [child for child in controls if not child.accessibleName()] == []


@pytest.mark.parametrize("width", [1440, 1024])
def test_nothing_is_cut_off_in_a_small_window(qtbot: QtBot, view: ClaimsView, width: int) -> None:
    view.search.setText("e")
    view.resize(width, 624)
    QApplication.processEvents()
    assert view.minimumSizeHint().width() <= width
    assert sum(view.table.columnWidth(column) for column in range(5)) == view.table.viewport().width()
    assert view.table.columnWidth(0) >= 400
    assert {view.table.rowHeight(row) for row in range(view.model.rowCount())} == {40}
    line = view.count_label
    assert line.width() >= line.sizeHint().width()


def test_a_verdict_is_drawn_in_its_colour_in_every_theme(view: ClaimsView, themes: ThemeManager) -> None:
    view.select("c1", "trams")
    cell = view.table.visualRect(view.model.index(4, 2))
    for name in ("light", "sepia", "dark"):
        themes.set(name)
        picture = view.table.viewport().grab(cell).toImage()
        colours = {
            picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())
        }
        assert themes.theme.verdict("supported").color.name() in colours
    themes.set("light")
