"""The page of sources: model, table, details, keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QMainWindow,
    QScrollArea,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.ui.sources import SourceRow, SourcesModel, SourcesView, SourceUse
from annotator.ui.sources.row_model import NATURAL
from annotator.ui.theme import ThemeManager

Rows = tuple[SourceRow, ...]
Uses = tuple[SourceUse, ...]
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture
def view(qtbot: QtBot, themes: ThemeManager, rows: Rows) -> SourcesView:
    made = SourcesView(themes)
    qtbot.addWidget(made)
    made.resize(1440, 824)
    made.set_sources(rows)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.table.setFocus()
    return made


def shown(model: SourcesModel) -> list[str]:
    return [row.source.id for row in model.shown_rows()]


def test_the_model_keeps_qts_rules_through_all_changes(qapp: QApplication, rows: Rows) -> None:
    model = SourcesModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_sources(rows)
    for column in range(model.columnCount()):
        model.sort(column, DOWN)
    model.set_filter("night")
    model.set_sources((replace(rows[0], used=4), *rows[2:]))
    model.sort(NATURAL)
    model.set_filter("")
    assert shown(model) == ["pilot", "survey", "taxi", "cities"]
    model.set_sources(())
    assert model.rowCount() == 0


@pytest.mark.parametrize(
    ("column", "order", "expected"),
    [
        (0, UP, ["cities", "recount", "survey", "taxi", "pilot"]),
        (1, DOWN, ["pilot", "recount", "taxi", "cities", "survey"]),
        (3, UP, ["cities", "survey", "taxi", "pilot", "recount"]),
        (4, DOWN, ["pilot", "recount", "survey", "taxi", "cities"]),
    ],
)
def test_every_column_sorts_by_its_value_and_not_by_its_words(
    qapp: QApplication, rows: Rows, column: int, order: Qt.SortOrder, expected: list[str]
) -> None:
    model = SourcesModel()
    model.set_sources(rows)
    model.sort(column, order)
    assert shown(model) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("night weekend", ["pilot"]),
        ("adeyemi", ["recount"]),
        ("2024", ["survey", "taxi"]),
        ("census", ["survey"]),
        ("  ", ["pilot", "recount", "survey", "taxi", "cities"]),
        ("zebra", []),
    ],
)
def test_a_search_looks_at_title_author_year_and_publisher(
    qapp: QApplication, rows: Rows, typed: str, expected: list[str]
) -> None:
    model = SourcesModel()
    model.set_sources(rows)
    model.set_filter(typed)
    assert shown(model) == expected


def test_a_changed_count_resets_nothing(qtbot: QtBot, qapp: QApplication, rows: Rows) -> None:
    model = SourcesModel()
    model.set_sources(rows)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as told:
        model.set_sources((*rows[:4], replace(rows[4], used=1)))
    assert told.args[0].row() == 4


def test_a_row_is_spoken_as_a_sentence_and_a_cell_with_its_heading(qapp: QApplication, rows: Rows) -> None:
    model = SourcesModel()
    model.set_sources(rows)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0, 0).data(role) == (
        "Weekend Night Pilot: Evaluation. Velmar Transit Office, Report, 2025, used 12 times."
    )
    assert model.index(4, 4).data(role) == "Used: unused"


def test_the_first_source_is_shown_and_its_uses_are_asked_for(
    qtbot: QtBot, themes: ThemeManager, rows: Rows, uses: Uses
) -> None:
    view = SourcesView(themes)
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.source_selected) as told:
        view.set_sources(rows)
    assert told.args == ["cities"]  # the first by title
    assert view.details.row() == rows[4]
    view.set_uses("cities", uses)
    assert view.details.uses.uses() == uses


def test_uses_that_come_late_for_another_source_are_left_out(view: SourcesView, uses: Uses) -> None:
    view.select("survey")
    view.set_uses("pilot", uses)
    assert view.details.uses.uses() == ()


def test_the_chosen_source_and_its_uses_stay_through_sorting_searching_and_new_rows(
    qtbot: QtBot, view: SourcesView, rows: Rows, uses: Uses
) -> None:
    view.select("survey")
    view.set_uses("survey", uses)
    with qtbot.assertNotEmitted(view.source_selected):
        view.table.sortByColumn(3, DOWN)
        view.search.setText("2024")
        view.set_sources(rows[1:])
        view.search.clear()
    assert view.current_source() == "survey"
    assert view.details.uses.uses() == uses


def test_a_source_that_goes_hands_over_to_the_next(qtbot: QtBot, view: SourcesView, rows: Rows) -> None:
    view.select("recount")
    with qtbot.waitSignal(view.source_selected) as told:
        view.set_sources(tuple(row for row in rows if row.source.id != "recount"))
    assert told.args == ["survey"]


def test_selecting_a_source_that_a_search_hides_clears_the_search(view: SourcesView) -> None:
    view.search.setText("pilot")
    view.select("cities")
    assert (view.current_source(), view.search.text()) == ("cities", "")
    view.select("nowhere")
    assert view.current_source() == "cities"


def test_the_keys_of_the_table_ask_for_edit_and_delete(qtbot: QtBot, view: SourcesView) -> None:
    view.select("survey")
    for key, signal in (
        (Qt.Key.Key_Return, view.edit_requested),
        (Qt.Key.Key_F2, view.edit_requested),
        (Qt.Key.Key_Delete, view.delete_requested),
    ):
        with qtbot.waitSignal(signal) as told:
            qtbot.keyClick(view.table, key)
        assert told.args == ["survey"]


def test_typing_the_start_of_a_title_goes_to_it_from_any_column(qtbot: QtBot, view: SourcesView) -> None:
    view.select("cities")
    cell = view.table.visualRect(view.model.index(0, 3)).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    qtbot.keyClicks(view.table, "mob")
    assert view.current_source() == "survey"


def test_home_and_end_go_to_the_first_and_the_last_row_and_the_sides_nowhere(
    qtbot: QtBot, view: SourcesView
) -> None:
    keys = (Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_Down)
    found = []
    for key in keys:
        qtbot.keyClick(view.table, key)
        found.append(view.current_source())
    assert found == ["pilot", "pilot", "pilot", "cities", "recount"]


def test_the_search_is_reached_by_slash_and_left_by_down_and_escape(qtbot: QtBot, view: SourcesView) -> None:
    qtbot.keyClick(view.table, "/")
    assert view.search.hasFocus()
    qtbot.keyClicks(view.search, "tax")
    assert shown(view.model) == ["taxi"]
    qtbot.keyClick(view.search, Qt.Key.Key_Down)
    assert view.table.hasFocus()
    view.focus_search()
    qtbot.keyClick(view.search, Qt.Key.Key_Escape)
    assert (view.search.text(), view.search.hasFocus()) == ("", True)
    qtbot.keyClick(view.search, Qt.Key.Key_Escape)
    assert view.table.hasFocus()


def test_find_and_new_mean_the_table_although_the_window_has_the_same_keys(
    qtbot: QtBot, themes: ThemeManager, rows: Rows
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    pressed: list[str] = []
    for name, keys in (("find", "Ctrl+F"), ("new", "Ctrl+N")):
        action = QAction(window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False, name=name: pressed.append(name))
        window.addAction(action)
    view = SourcesView(themes)
    view.set_sources(rows)
    window.setCentralWidget(view)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    starts: tuple[QWidget, ...] = (view.table, view.details.findChild(QTextEdit, "source_url_text"))
    for start in starts:
        start.setFocus()
        qtbot.keyClick(start, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        assert view.search.hasFocus()
    with qtbot.waitSignal(view.add_requested):
        qtbot.keyClick(view.search, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []


def test_a_use_opens_its_claim_by_click_and_by_enter(qtbot: QtBot, view: SourcesView, uses: Uses) -> None:
    view.select("pilot")
    view.set_uses("pilot", uses)
    first, second = view.details.uses.buttons()
    with qtbot.waitSignal(view.claim_opened) as told:
        qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert told.args == ["c4", "a1"]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    with qtbot.waitSignal(view.claim_opened) as told:
        qtbot.keyClick(second, Qt.Key.Key_Return)
    assert told.args == ["c7", "a2"]
    assert first.accessibleName() == (
        "Supports. Night-tram ridership rose 18 % during the pilot. Let the trams run all night, p. 14. "
        "Quote: Boardings after midnight increased."
    )


def test_the_buttons_ask_and_the_citation_goes_to_the_clipboard(qtbot: QtBot, view: SourcesView) -> None:
    view.select("survey")
    for name, signal in (("source_edit", view.edit_requested), ("source_delete", view.delete_requested)):
        with qtbot.waitSignal(signal) as told:
            qtbot.mouseClick(view.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)
        assert told.args == ["survey"]
    for name, signal in (("sources_import", view.import_requested), ("sources_add", view.add_requested)):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(view.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)
    copying = view.findChild(QAbstractButton, "source_copy")
    copying.click()
    assert QGuiApplication.clipboard().text() == (
        "City Statistics Office (2024). Mobility Survey 2024. Census Press. https://doi.org/10.5555/velmar.1"
    )
    assert copying.text() == "Copied"


def test_an_address_is_text_and_nothing_to_click(view: SourcesView) -> None:
    view.select("pilot")
    url = view.details.findChild(QTextEdit, "source_url_text")
    assert url.toPlainText() == view.details.row().source.url
    assert not url.textInteractionFlags() & Qt.TextInteractionFlag.LinksAccessibleByMouse
    assert url.isReadOnly()


def test_an_empty_library_says_which_key_fills_it_and_a_vain_search_offers_to_clear_it(
    qtbot: QtBot, view: SourcesView
) -> None:
    view.search.setText("zebra")
    assert not view.table.isVisible()
    assert view.details.row() is None
    qtbot.mouseClick(view.findChild(QAbstractButton, "table_clear_filters"), Qt.MouseButton.LeftButton)
    assert (view.table.isVisible(), view.table.hasFocus()) == (True, True)
    view.set_sources(())
    told = [child.accessibleName() for child in view.findChildren(QWidget) if child.isVisible()]
    assert "No sources yet. Press Ctrl N to add one, or import a .bib or .json file." in told
    assert not view.details.isVisible()


def test_the_menu_offers_sorting_to_the_keyboard(view: SourcesView) -> None:
    view.select("survey")
    menu = view.table.context_menu()
    sorting = next(action.menu() for action in menu.actions() if action.menu() is not None)
    year = next(action for action in sorting.actions() if action.text() == "Year")
    year.trigger()
    assert shown(view.model)[0] == "cities"
    year.trigger()
    assert shown(view.model)[0] == "recount"
    menu.close()


def test_every_control_has_an_accessible_name(view: SourcesView, uses: Uses) -> None:
    view.select("pilot")
    view.set_uses("pilot", uses)
    kinds = (QAbstractButton, QLineEdit, QTextEdit, QAbstractItemView)
    controls = [
        child
        for child in view.findChildren(QWidget)
        if isinstance(child, kinds) and child.isVisible() and child.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert len(controls) > 9
    assert [child for child in controls if not child.accessibleName()] == []


@pytest.mark.parametrize(("width", "height", "details"), [(1440, 824, 412), (1024, 624, 340)])
def test_nothing_is_cut_off_in_a_small_window(
    qtbot: QtBot, view: SourcesView, uses: Uses, width: int, height: int, details: int
) -> None:
    view.select("pilot")
    view.set_uses("pilot", uses)
    view.resize(width, height)
    qtbot.waitUntil(lambda: view.details.width() == details)
    QApplication.processEvents()
    assert view.minimumSizeHint().width() <= width
    columns = sum(view.table.columnWidth(column) for column in range(5))
    assert columns == view.table.viewport().width()
    assert view.table.columnWidth(0) >= 250
    for child in view.findChildren(QAbstractButton):
        if child.isVisible() and not isinstance(child.parent(), QLineEdit):
            corner = child.mapTo(view, QPoint(child.width(), 0))
            assert corner.x() <= width
            assert child.width() >= child.minimumSizeHint().width()
    card = view.details.uses.buttons()[0]
    assert card.height() == card.heightForWidth(card.width())
    if height == 824:
        assert not view.details.findChild(QScrollArea).verticalScrollBar().isVisible()
    url = view.details.findChild(QTextEdit, "source_url_text")
    assert url.height() >= url.document().size().height()


def test_rows_are_as_high_as_the_design_says_and_change_colour_with_the_theme(
    view: SourcesView, themes: ThemeManager
) -> None:
    assert {view.table.rowHeight(row) for row in range(5)} == {40}
    view.select("cities")
    QApplication.processEvents()
    seen = set()
    for name in ("light", "sepia", "dark"):
        themes.set(name)
        picture = view.table.viewport().grab().toImage()
        low = picture.pixelColor(10, picture.height() - 4)
        assert low == themes.theme.color("reader")
        seen.add(low.name())
    assert len(seen) == 3
    themes.set("light")
