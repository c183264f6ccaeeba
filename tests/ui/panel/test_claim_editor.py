"""The claim editor shows a claim and tells every change once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.ids import TagId
from annotator.domain.tag import Tag
from annotator.domain.views import ClaimView
from annotator.ui.panel import ClaimEditor, EvidenceCard
from annotator.ui.theme import ThemeManager

Claims = tuple[ClaimView, ...]
Tags = dict[TagId, Tag]


@pytest.fixture
def editor(qtbot: QtBot, themes: ThemeManager, claims: Claims, tags: Tags) -> Iterator[ClaimEditor]:
    """An editor that shows claim 4."""
    made = ClaimEditor(themes)
    qtbot.addWidget(made)
    made.resize(412, 760)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.show_claim(claims[1], tags, (40, 55, 80, 62, 72))
    yield made
    made.close()


def told_by(editor: ClaimEditor) -> list[tuple[str, str, object]]:
    """What the editor tells: the claim it is about, the signal, its value."""
    told: list[tuple[str, str, object]] = []
    for name in ("statement", "type", "tags", "verdict", "confidence", "note"):
        signal = getattr(editor, f"{name}_changed")
        signal.connect(lambda value, name=name: told.append((editor.claim_id(), name, value)))
    return told


def test_a_claim_is_shown_with_all_its_fields(editor: ClaimEditor, claims: Claims) -> None:
    assert editor.statement.text() == claims[1].claim.statement
    assert editor.note.text() == claims[1].claim.note
    assert editor.type.currentText() == "Statistic"
    assert editor.tag_edit.tags() == ("ridership", "method")
    assert editor.verdict.value() == "conflicting"
    assert (editor.confidence.value(), editor.confidence.sparkline.values()) == (72, (40, 55, 80, 62, 72))
    assert editor.evidence.items() == claims[1].evidence


def test_showing_a_claim_tells_nothing(editor: ClaimEditor, claims: Claims, tags: Tags) -> None:
    told = told_by(editor)
    editor.show_claim(claims[0], tags)
    editor.show_claim(claims[2], tags)
    assert told == []


def test_typing_is_told_once(qtbot: QtBot, editor: ClaimEditor) -> None:
    told = told_by(editor)
    editor.focus_statement()
    qtbot.keyClicks(editor.statement, " Really.")
    qtbot.waitUntil(lambda: bool(told), timeout=3000)
    editor.flush()
    before = "Night-tram ridership rose 18 % during the six-month weekend pilot."
    assert told == [("c4", "statement", f"{before} Really.")]


def test_what_is_stored_meanwhile_does_not_overwrite_typing(
    qtbot: QtBot, editor: ClaimEditor, claims: Claims, tags: Tags
) -> None:
    editor.focus_statement()
    qtbot.keyClicks(editor.statement, "!")
    stored = replace(claims[1], claim=replace(claims[1].claim, statement="Other words", confidence=30))
    editor.show_claim(stored, tags)
    assert editor.statement.text().endswith("pilot.!")
    assert editor.confidence.value() == 30


def test_unsaved_typing_is_told_for_its_own_claim_before_another_is_shown(
    qtbot: QtBot, editor: ClaimEditor, claims: Claims, tags: Tags
) -> None:
    told = told_by(editor)
    editor.note.setFocus()
    editor.note.selectAll()
    qtbot.keyClicks(editor.note, "Ask.")
    assert editor.has_unsaved_typing()
    editor.show_claim(claims[2], tags)
    assert told == [("c4", "note", "Ask.")]
    assert editor.note.text() == ""


def test_a_confidence_that_waits_is_told_for_its_own_claim(
    qtbot: QtBot, editor: ClaimEditor, claims: Claims, tags: Tags
) -> None:
    told = told_by(editor)
    qtbot.keyClick(editor.confidence.slider, Qt.Key.Key_Right)
    editor.show_claim(claims[2], tags)
    assert told == [("c4", "confidence", 77)]
    assert editor.confidence.value() == 35


def test_type_verdict_and_tags_are_told_at_once(qtbot: QtBot, editor: ClaimEditor) -> None:
    told = told_by(editor)
    editor.type.setFocus()
    qtbot.keyClick(editor.type, Qt.Key.Key_Down)
    qtbot.mouseClick(editor.verdict.buttons()[3], Qt.MouseButton.LeftButton)
    editor.tag_edit.open_field()
    field = QApplication.focusWidget()
    assert field is not None
    qtbot.keyClicks(field, "festival")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == [
        ("c4", "type", "cause"),
        ("c4", "verdict", "refuted"),
        ("c4", "tags", ("ridership", "method", "festival")),
    ]


def test_evidence_is_opened_edited_and_removed_by_key(qtbot: QtBot, editor: ClaimEditor) -> None:
    told: list[tuple[str, str]] = []
    editor.evidence_opened.connect(lambda key: told.append(("open", key)))
    editor.evidence_edit_requested.connect(lambda key: told.append(("edit", key)))
    editor.evidence_delete_requested.connect(lambda key: told.append(("delete", key)))
    first, second = editor.evidence.buttons()[:2]
    qtbot.keyClick(first, Qt.Key.Key_Return)
    qtbot.keyClick(first, Qt.Key.Key_F2)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is second
    qtbot.keyClick(second, Qt.Key.Key_Delete)
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert told == [("open", "e1"), ("edit", "e1"), ("delete", "e2"), ("open", "e2")]


def test_after_removing_evidence_the_focus_is_on_the_next_card(
    editor: ClaimEditor, claims: Claims, tags: Tags
) -> None:
    editor.evidence.buttons()[1].setFocus()
    left = (*claims[1].evidence[:1], *claims[1].evidence[2:])
    editor.show_claim(replace(claims[1], evidence=left), tags)
    focused = QApplication.focusWidget()
    assert isinstance(focused, EvidenceCard)
    assert focused.item().evidence.id == "e3"


def test_a_card_of_evidence_is_spoken_with_stance_place_and_quote(editor: ClaimEditor) -> None:
    assert editor.evidence.buttons()[1].accessibleName() == (
        "Refutes. Counting the night: a re-analysis, §3. "
        "Quote: Corrected for the August festival, growth falls to 11 %."
    )


def test_the_menu_of_evidence_offers_what_the_keys_do(editor: ClaimEditor) -> None:
    card = editor.evidence.buttons()[0]
    assert isinstance(card, EvidenceCard)
    assert [action.text().split("\t")[0] for action in card.context_menu().actions() if action.text()] == [
        "Open source",
        "Edit evidence…",
        "Remove evidence",
    ]


@pytest.mark.parametrize(
    ("key", "modifier", "signal"),
    [
        (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier, "previous_requested"),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier, "next_requested"),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, "done_requested"),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, "escape_pressed"),
    ],
)
@pytest.mark.parametrize("field", ["statement", "type", "note"])
def test_every_field_leaves_by_the_same_keys(
    qtbot: QtBot, editor: ClaimEditor, field: str, key: Qt.Key, modifier: Qt.KeyboardModifier, signal: str
) -> None:
    widget = getattr(editor, field)
    widget.setFocus()
    with qtbot.waitSignal(getattr(editor, signal), timeout=1000):
        qtbot.keyClick(widget, key, modifier)


def test_deleting_is_in_the_menu_of_the_header(qtbot: QtBot, editor: ClaimEditor) -> None:
    deleting = editor.header.menu().actions()[-1]
    with qtbot.waitSignal(editor.delete_requested):
        deleting.trigger()


def test_a_read_only_editor_changes_nothing(qtbot: QtBot, editor: ClaimEditor) -> None:
    told = told_by(editor)
    editor.set_read_only(True)
    qtbot.keyClicks(editor.statement, "x")
    qtbot.mouseClick(editor.verdict.buttons()[0], Qt.MouseButton.LeftButton)
    qtbot.keyClick(editor.confidence.slider, Qt.Key.Key_Right)
    editor.flush()
    assert told == []
    assert editor.link_button.isHidden()


def test_tab_visits_the_fields_in_the_order_drawn(qtbot: QtBot, editor: ClaimEditor) -> None:
    editor.focus_statement()
    visited: list[str] = []
    for _ in range(9):
        focused = QApplication.focusWidget()
        assert focused is not None
        visited.append(focused.objectName() or focused.accessibleName())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert visited == [
        "claim_statement",
        "claim_type",
        "Add a tag",
        "Conflicting evidence",
        "confidence_slider",
        "confidence_value",
        "confidence_history",
        "link_source_button",
        editor.evidence.buttons()[0].accessibleName(),
    ]


def test_a_claim_without_evidence_says_how_to_link_one(
    editor: ClaimEditor, claims: Claims, tags: Tags
) -> None:
    editor.show_claim(claims[0], tags)
    assert editor.evidence.buttons() == ()
    assert editor.confidence.spin.text() == "40 %"
