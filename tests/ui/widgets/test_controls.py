"""Segments, verdict, confidence and tags by mouse and keyboard."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.ids import TagId
from annotator.domain.tag import Tag, TagColour
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import ConfidenceEdit, Segmented, Sparkline, TagChip, TagEdit, VerdictSegment

KNOWN = (
    Tag(id=TagId("1"), name="Ridership", colour=TagColour.TEAL),
    Tag(id=TagId("2"), name="Method", colour=TagColour.SLATE),
)


W = TypeVar("W", bound=QWidget)


def shown(qtbot: QtBot, widget: W, width: int = 400) -> W:
    """The widget on the screen, in the active window."""
    qtbot.addWidget(widget)
    widget.resize(width, widget.sizeHint().height())
    widget.show()
    qtbot.waitExposed(widget)
    widget.activateWindow()
    return widget


def tab_stops(widget: QWidget) -> list[QWidget]:
    return [
        child
        for child in widget.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and not child.isHidden()
    ]


@pytest.fixture
def segmented(qtbot: QtBot, themes: ThemeManager) -> Segmented:
    return shown(qtbot, Segmented("Articles", (("all", "All"), ("open", "Open"), ("done", "Done"))))


@pytest.fixture
def verdict(qtbot: QtBot, themes: ThemeManager) -> VerdictSegment:
    return shown(qtbot, VerdictSegment(themes))


@pytest.fixture
def confidence(qtbot: QtBot, themes: ThemeManager) -> ConfidenceEdit:
    return shown(qtbot, ConfidenceEdit(themes))


@pytest.fixture
def tag_edit(qtbot: QtBot, themes: ThemeManager) -> TagEdit:
    edit = shown(qtbot, TagEdit(themes))
    edit.set_known(KNOWN)
    edit.set_tags(("Ridership",))
    return edit


def test_a_segment_is_one_tab_stop_and_arrows_choose(qtbot: QtBot, segmented: Segmented) -> None:
    told: list[str] = []
    segmented.chosen.connect(told.append)
    assert len(tab_stops(segmented)) == 1
    segmented.buttons()[0].setFocus()
    qtbot.keyClick(segmented.buttons()[0], Qt.Key.Key_Right)
    qtbot.keyClick(segmented.buttons()[1], Qt.Key.Key_End)
    assert (told, segmented.value()) == (["open", "done"], "done")
    assert tab_stops(segmented) == [segmented.buttons()[2]]


def test_choosing_the_chosen_segment_says_nothing(qtbot: QtBot, segmented: Segmented) -> None:
    told: list[str] = []
    segmented.chosen.connect(told.append)
    qtbot.mouseClick(segmented.buttons()[0], Qt.MouseButton.LeftButton)
    assert (told, segmented.buttons()[0].isChecked()) == ([], True)


def test_a_click_chooses_a_verdict_and_another_one_opens_it_again(
    qtbot: QtBot, verdict: VerdictSegment
) -> None:
    told: list[str] = []
    verdict.verdict_chosen.connect(told.append)
    button = verdict.buttons()[2]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (verdict.value(), button.isChecked()) == ("conflicting", True)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (told, verdict.value()) == (["conflicting", "open"], "open")
    assert not any(one.isChecked() for one in verdict.buttons())


def test_arrows_pass_over_verdicts_without_choosing(qtbot: QtBot, verdict: VerdictSegment) -> None:
    told: list[str] = []
    verdict.verdict_chosen.connect(told.append)
    buttons = verdict.buttons()
    buttons[0].setFocus()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Right)
    qtbot.keyClick(buttons[1], Qt.Key.Key_Right)
    assert told == []
    assert QApplication.focusWidget() is buttons[2]
    qtbot.keyClick(buttons[2], Qt.Key.Key_Space)
    assert told == ["conflicting"]
    assert len(tab_stops(verdict)) == 1


def test_a_letter_chooses_its_verdict(qtbot: QtBot, verdict: VerdictSegment) -> None:
    told: list[str] = []
    verdict.verdict_chosen.connect(told.append)
    qtbot.keyClick(verdict.buttons()[0], Qt.Key.Key_R)
    qtbot.keyClick(verdict.buttons()[0], Qt.Key.Key_O)
    assert told == ["refuted", "open"]


def test_showing_a_verdict_tells_nobody(verdict: VerdictSegment) -> None:
    told: list[str] = []
    verdict.verdict_chosen.connect(told.append)
    verdict.set_value("supported")
    assert (told, verdict.buttons()[0].isChecked()) == ([], True)


def test_verdicts_drop_their_words_where_there_is_no_room(qtbot: QtBot, verdict: VerdictSegment) -> None:
    assert (verdict.is_icons_only(), verdict.buttons()[0].sizeHint().height()) == (False, 44)
    with qtbot.waitSignal(verdict.icons_only_changed):
        verdict.resize(308, 44)
    assert verdict.is_icons_only()
    assert verdict.buttons()[0].accessibleName() == "Supported"


def test_without_a_confidence_the_number_is_a_dash(confidence: ConfidenceEdit) -> None:
    assert (confidence.value(), confidence.spin.text()) == (None, "–")


def test_keys_change_the_confidence_by_5_and_10_and_tell_it_once(
    qtbot: QtBot, confidence: ConfidenceEdit
) -> None:
    told: list[int] = []
    confidence.confidence_changed.connect(told.append)
    confidence.set_value(50)
    confidence.slider.setFocus()
    for _ in range(3):
        qtbot.keyClick(confidence.slider, Qt.Key.Key_Right)
    qtbot.keyClick(confidence.slider, Qt.Key.Key_PageUp)
    assert told == []
    qtbot.waitUntil(lambda: told == [75], timeout=3000)
    assert confidence.spin.text() == "75 %"


def test_a_drag_is_told_once_at_its_end(qtbot: QtBot, confidence: ConfidenceEdit) -> None:
    told: list[int] = []
    confidence.confidence_changed.connect(told.append)
    confidence.set_value(10)
    slider = confidence.slider
    middle = slider.height() // 2
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, middle))
    qtbot.mouseMove(slider, QPoint(slider.width() - 20, middle))
    qtbot.mouseMove(slider, QPoint(slider.width() - 1, middle))
    assert told == []
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 1, middle))
    assert told == [confidence.spin.value()]
    assert told[0] >= 50
    qtbot.wait(400)
    assert len(told) == 1


def test_a_typed_number_is_told_when_it_is_entered(qtbot: QtBot, confidence: ConfidenceEdit) -> None:
    told: list[int] = []
    confidence.confidence_changed.connect(told.append)
    confidence.spin.setFocus()
    confidence.spin.selectAll()
    qtbot.keyClicks(confidence.spin, "64")
    qtbot.keyClick(confidence.spin, Qt.Key.Key_Return)
    assert (told, confidence.slider.value()) == ([64], 64)


def test_a_value_being_changed_is_not_overwritten(qtbot: QtBot, confidence: ConfidenceEdit) -> None:
    confidence.set_value(50)
    qtbot.keyClick(confidence.slider, Qt.Key.Key_Right)
    confidence.set_value(20)
    assert confidence.spin.value() == 55
    confidence.flush()
    assert confidence.value() == 55


def test_the_sparkline_shows_the_last_twelve_values(qtbot: QtBot, themes: ThemeManager) -> None:
    line = shown(qtbot, Sparkline(themes))
    assert not line.isEnabled()
    line.set_values(range(20))
    assert line.values() == tuple(range(8, 20))
    assert line.accessibleDescription() == "8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 percent"


def chips(edit: TagEdit) -> list[TagChip]:
    return [chip for chip in edit.findChildren(TagChip) if not chip.isHidden()]


def test_enter_adds_a_tag_and_a_new_name_is_allowed(qtbot: QtBot, tag_edit: TagEdit) -> None:
    told: list[tuple[str, ...]] = []
    tag_edit.tags_changed.connect(told.append)
    tag_edit.open_field()
    field = QApplication.focusWidget()
    assert field is not None
    qtbot.keyClicks(field, "method")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "  night   work ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == [("Ridership", "Method"), ("Ridership", "Method", "night work")]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.isHidden()


def test_a_tag_is_not_added_twice(qtbot: QtBot, tag_edit: TagEdit) -> None:
    told: list[tuple[str, ...]] = []
    tag_edit.tags_changed.connect(told.append)
    tag_edit.open_field()
    field = QApplication.focusWidget()
    assert field is not None
    qtbot.keyClicks(field, "RIDERSHIP")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_and_backspace_remove_a_tag(qtbot: QtBot, tag_edit: TagEdit, key: Qt.Key) -> None:
    told: list[tuple[str, ...]] = []
    tag_edit.tags_changed.connect(told.append)
    qtbot.keyClick(chips(tag_edit)[0], key)
    assert (told, chips(tag_edit)) == ([()], [])


def test_the_cross_of_a_chip_removes_its_tag_and_the_name_does_not(qtbot: QtBot, tag_edit: TagEdit) -> None:
    told: list[tuple[str, ...]] = []
    tag_edit.tags_changed.connect(told.append)
    chip = chips(tag_edit)[0]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 10, 14))
    assert told == []
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(14, 14))
    assert told == [()]


def test_arrows_walk_over_the_chips_which_are_one_tab_stop(qtbot: QtBot, tag_edit: TagEdit) -> None:
    stops = tab_stops(tag_edit)
    assert [stop.accessibleName() for stop in stops] == ["Add a tag"]
    stops[0].setFocus()
    qtbot.keyClick(stops[0], Qt.Key.Key_Left)
    assert QApplication.focusWidget() is chips(tag_edit)[0]


def test_a_read_only_tag_edit_offers_nothing(tag_edit: TagEdit) -> None:
    tag_edit.set_read_only(True)
    assert tab_stops(tag_edit) == []
    assert [chip.text() for chip in chips(tag_edit)] == ["Ridership"]


@pytest.mark.parametrize("fixture", ["segmented", "verdict", "confidence", "tag_edit"])
def test_every_control_has_a_name_and_a_target_of_28_pixels(
    request: pytest.FixtureRequest, qapp: QApplication, fixture: str
) -> None:
    widget: QWidget = request.getfixturevalue(fixture)
    qapp.processEvents()
    for child in widget.findChildren(QAbstractButton):
        if child.isVisible():
            assert child.accessibleName(), child
            # A segment's button fills its frame of 32; the edge of the frame is part of the target.
            assert child.height() >= (26 if fixture == "segmented" else 28), child
