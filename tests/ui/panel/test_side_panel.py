"""The side panel as a whole: list, editor, tabs, narrow form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.annotation import Annotation
from annotator.domain.ids import TagId
from annotator.domain.tag import Tag
from annotator.domain.views import ClaimView
from annotator.ui.panel import NOTES, SOURCES, SidePanel
from annotator.ui.theme import THEME_NAMES, ThemeManager

Claims = tuple[ClaimView, ...]
Tags = dict[TagId, Tag]


@pytest.fixture
def panel(
    qtbot: QtBot, themes: ThemeManager, claims: Claims, tags: Tags, marks: tuple[Annotation, ...]
) -> Iterator[SidePanel]:
    """A panel with three claims, claim 4 active."""
    made = SidePanel(themes)
    qtbot.addWidget(made)
    made.resize(412, 800)
    made.set_claims(claims, tags, history={"c4": (40, 55, 80, 62, 72)})
    made.set_marks(marks)
    made.set_active("c4")
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    made.close()


def selected_by(panel: SidePanel) -> list[str]:
    told: list[str] = []
    panel.claim_selected.connect(told.append)
    return told


def test_being_told_the_active_claim_emits_nothing(panel: SidePanel) -> None:
    told = selected_by(panel)
    panel.set_active("c5")
    panel.set_active(None)
    panel.set_active("c3")
    assert (told, panel.active_claim(), panel.editor.claim_id()) == ([], "c3", "c3")


def test_a_click_on_a_card_selects_its_claim(qtbot: QtBot, panel: SidePanel) -> None:
    told = selected_by(panel)
    place = panel.claim_list.visualRect(panel.claim_list.claims.index(2)).center()
    qtbot.mouseClick(panel.claim_list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (told, panel.editor.claim_id()) == (["c5"], "c5")


def test_arrows_select_and_enter_opens_the_editor(qtbot: QtBot, panel: SidePanel) -> None:
    told = selected_by(panel)
    panel.claim_list.setFocus()
    qtbot.keyClick(panel.claim_list, Qt.Key.Key_Up)
    assert told == ["c3"]
    with qtbot.waitSignal(panel.claim_opened) as opened:
        qtbot.keyClick(panel.claim_list, Qt.Key.Key_Return)
    assert opened.args == ["c3"]
    assert QApplication.focusWidget() is panel.editor.statement


def test_delete_asks_for_the_active_claim_to_be_deleted(qtbot: QtBot, panel: SidePanel) -> None:
    with qtbot.waitSignal(panel.claim_delete_requested) as asked:
        qtbot.keyClick(panel.claim_list, Qt.Key.Key_Delete)
    assert asked.args == ["c4"]


def test_the_arrows_of_the_editor_go_to_the_neighbours(qtbot: QtBot, panel: SidePanel) -> None:
    told = selected_by(panel)
    qtbot.mouseClick(panel.editor.header.next, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.editor.header.next, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.editor.header.previous, Qt.MouseButton.LeftButton)
    assert told == ["c5", "c4"]


def test_a_claim_that_is_gone_leaves_no_active_claim_and_selects_no_other(
    panel: SidePanel, claims: Claims
) -> None:
    told = selected_by(panel)
    panel.set_claims((claims[0], claims[2]))
    assert (told, panel.active_claim(), panel.editor.claim_id()) == ([], "", "")


def test_tabs_count_what_they_hold(qtbot: QtBot, panel: SidePanel) -> None:
    assert [panel.tabs.count_of(tab) for tab in range(3)] == [3, 2, 3]
    assert panel.tabs.accessibleTabName(0) == "Claims, 3"
    with qtbot.waitSignal(panel.tab_changed):
        qtbot.keyClick(panel.tabs, Qt.Key.Key_Right)
    assert panel.tabs.currentIndex() == NOTES


def test_without_claims_the_panel_says_which_keys_make_one(panel: SidePanel) -> None:
    panel.set_claims(())
    names = [widget.accessibleName() for widget in panel.findChildren(QWidget) if widget.isVisible()]
    assert "No claims yet. Select a sentence with E, then press C." in names


def test_a_filter_hides_claims_and_the_arrows_pass_over_them(qtbot: QtBot, panel: SidePanel) -> None:
    panel.set_filter("unsourced")
    assert panel.claim_list.shown_count() == 1
    panel.set_filter("rated")
    assert panel.claim_list.shown_count() == 2
    assert panel.filter_button.isChecked()
    panel.set_active("c5")
    panel.set_filter("open")
    told = selected_by(panel)
    panel.claim_list.step(-1)
    assert told == ["c3"]


def test_the_list_shows_three_rows_above_the_editor(panel: SidePanel) -> None:
    assert panel.claim_list.height() == 225
    assert panel.editor.isVisible()


def test_the_compact_panel_shows_the_editor_with_a_way_back(qtbot: QtBot, panel: SidePanel) -> None:
    panel.resize(344, 624)
    panel.set_compact(True)
    assert (panel.claim_list.isVisible(), panel.editor.isVisible()) == (False, True)
    assert panel.claim_header.isVisible()
    assert not panel.editor.header.isVisible()
    assert panel.editor.verdict.is_icons_only()
    back = panel.findChild(QWidget, "claim_back")
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert (panel.claim_list.isVisible(), panel.editor.isVisible()) == (True, False)
    place = panel.claim_list.visualRect(panel.claim_list.claims.index(0)).center()
    qtbot.mouseClick(panel.claim_list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (panel.editor.isVisible(), panel.editor.claim_id()) == (True, "c3")


def test_in_the_compact_list_arrows_stay_in_the_list(qtbot: QtBot, panel: SidePanel) -> None:
    panel.set_compact(True)
    panel.show_list()
    qtbot.keyClick(panel.claim_list, Qt.Key.Key_Down)
    assert panel.claim_list.isVisible()
    qtbot.keyClick(panel.claim_list, Qt.Key.Key_Return)
    assert not panel.claim_list.isVisible()


def test_a_low_panel_is_compact_by_itself(panel: SidePanel) -> None:
    assert not panel.is_compact()
    panel.resize(412, 500)
    assert (panel.is_compact(), panel.claim_list.isVisible()) == (True, False)


def test_a_note_is_chosen_typed_and_told_with_its_id(qtbot: QtBot, panel: SidePanel) -> None:
    told: list[tuple[str, str]] = []
    panel.annotation_note_changed.connect(lambda key, text: told.append((key, text)))
    panel.tabs.setCurrentIndex(NOTES)
    view = panel.notes.view
    with qtbot.waitSignal(panel.annotation_activated) as activated:
        place = view.visualRect(view.model().index(1, 0)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert activated.args == ["a2"]
    assert panel.notes.note.text() == "Who counted them?"
    panel.notes.focus_note()
    qtbot.keyClicks(panel.notes.note, "And ")
    panel.set_active("c3")
    panel.notes.set_active("a1")
    assert told == [("a2", "And Who counted them?")]
    assert panel.notes.note.text() == ""


def test_a_source_is_opened_from_its_row(qtbot: QtBot, panel: SidePanel) -> None:
    panel.tabs.setCurrentIndex(SOURCES)
    view = panel.sources.view
    view.setFocus()
    view.setCurrentIndex(view.model().index(1, 0))
    with qtbot.waitSignal(panel.source_opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == ["s2"]


def test_a_read_only_panel_offers_no_change(qtbot: QtBot, panel: SidePanel) -> None:
    panel.set_read_only(True)
    told: list[str] = []
    panel.claim_delete_requested.connect(told.append)
    qtbot.keyClick(panel.claim_list, Qt.Key.Key_Delete)
    enabled = {
        action.text().split("\t")[0]: action.isEnabled()
        for action in panel.claim_list.context_menu("c4").actions()
        if action.text()
    }
    assert told == []
    assert enabled == {"Edit claim": True, "Link source…": False, "Delete claim": False}
    assert not panel.add_button.isEnabled()


def test_every_widget_that_takes_focus_has_a_name(panel: SidePanel) -> None:
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in panel.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not widget.accessibleName()
        and not widget.objectName().startswith("qt_")
    ]
    assert nameless == []


def test_visible_buttons_are_targets_of_28_pixels(panel: SidePanel, qapp: QApplication) -> None:
    qapp.processEvents()
    buttons = [
        child
        for child in panel.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible() and not child.focusProxy()
    ]
    small = [
        child.objectName() or child.accessibleName()
        for child in buttons
        if min(child.height(), child.width()) < 26
    ]
    assert len(buttons) > 10
    assert small == []


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("width", [340, 412, 560])
def test_the_panel_paints_in_every_theme_and_width(
    themes: ThemeManager, panel: SidePanel, name: str, width: int
) -> None:
    themes.set(name)
    panel.resize(width, 800)
    picture = panel.grab().toImage()
    ground = picture.pixelColor(width // 2, 290)
    selected = picture.pixelColor(QPoint(30, 41 + 75 + 60))
    assert picture.width() == width
    assert ground == themes.theme.color("panel")
    assert selected == themes.theme.color("selected")
    themes.set("light")


def test_ctrl_shift_return_goes_on_with_the_next_claim_without_a_verdict(
    panel: SidePanel, qtbot: QtBot
) -> None:
    panel.set_active("c4")
    panel.open_editor()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(panel.claim_selected) as blocker:
        qtbot.keyClick(panel.editor.statement, Qt.Key.Key_Return, keys)
    assert blocker.args == ["c3"]
    assert panel.editor.claim_id() == "c3"
    with qtbot.waitSignal(panel.escape_pressed):  # it is the only one
        qtbot.keyClick(panel.editor.statement, Qt.Key.Key_Return, keys)
    assert panel.editor.claim_id() == "c3"


def test_two_clicks_on_the_grip_bring_the_usual_sizes_back(panel: SidePanel, qtbot: QtBot) -> None:
    usual, grip = panel.splitter.sizes(), panel.splitter.handle(1)
    panel.splitter.setSizes([90, 600])
    panel.splitter.splitterMoved.emit(90, 1)
    assert panel.splitter.sizes() != usual
    qtbot.mouseDClick(grip, Qt.MouseButton.LeftButton)
    assert panel.splitter.sizes() == usual
