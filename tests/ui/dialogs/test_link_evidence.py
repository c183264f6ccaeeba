"""Linking evidence by keyboard and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.article import Block, BlockKind, TextBuilder
from annotator.domain.evidence import Evidence, Stance
from annotator.domain.ids import ClaimId, EvidenceId, SourceId
from annotator.domain.source import Source
from annotator.errors import ConcurrentEdit, InvalidValue
from annotator.ui.dialogs.link_evidence import LinkEvidenceDialog
from annotator.ui.dialogs.source_form import SourceDialog
from annotator.ui.dialogs.source_list import SourceListModel
from annotator.ui.dialogs.values import EvidenceInput, SourceInput, bare_doi, parse_authors
from annotator.ui.theme import ThemeManager


def source(number: int, title: str, who: str, kind: str = "report") -> Source:
    return Source(id=SourceId(f"s{number}"), title=title, authors=(who,), year="2025", csl={"type": kind})


PILOT = source(0, "Weekend Night Pilot: Evaluation", "Velmar Transit Office")
RECOUNT = source(1, "Counting the night: a re-analysis", "R. Adeyemi", "article-journal")
SURVEY = source(2, "Mobility Survey 2024", "City Statistics Office", "dataset")
PASSAGE = "Boardings after midnight increased from 6,110 to 7,210 per weekend 🚋 or so."


def stored_text(source_id: str) -> tuple[str, tuple[Block, ...]] | None:
    if source_id != PILOT.id:
        return None
    builder = TextBuilder()
    builder.add(BlockKind.HEADING, "4.2 Boardings 🌙", level=2)
    builder.add(BlockKind.PARAGRAPH, f"Counters were active. {PASSAGE} Most of the growth fell elsewhere.")
    return builder.text, tuple(builder.blocks)


class Desk:
    """A window with the dialog over it."""

    def __init__(self, qtbot: QtBot, themes: ThemeManager) -> None:
        self.qtbot, self.themes = qtbot, themes
        self.window = QMainWindow()
        self.window.resize(1440, 900)
        qtbot.addWidget(self.window)
        self.window.show()
        self.linked: list[EvidenceInput] = []

    def open(self, last: str = "", evidence: Evidence | None = None) -> LinkEvidenceDialog:
        dialog = LinkEvidenceDialog(
            self.themes,
            claim_number=4,
            claim_text="Night-tram ridership rose 18 %.",
            sources=(PILOT, RECOUNT, SURVEY),
            text_of=stored_text,
            last_source_id=last,
            evidence=evidence,
            parent=self.window,
        )
        dialog.link_requested.connect(self.linked.append)
        dialog.open()
        self.qtbot.waitExposed(dialog)
        dialog.activateWindow()
        QApplication.processEvents()
        return dialog

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(QApplication.focusWidget(), text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(QApplication.focusWidget(), key, modifier)


@pytest.fixture
def desk(qtbot: QtBot, themes: ThemeManager) -> Desk:
    return Desk(qtbot, themes)


CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def test_letters_return_quote_stance_and_ctrl_return_are_the_whole_step(desk: Desk) -> None:
    desk.open()
    desk.type("adey")
    desk.press(Qt.Key.Key_Return)
    desk.type("growth falls to 11 %.")
    desk.press(Qt.Key.Key_2, ALT)
    desk.press(Qt.Key.Key_Return, CTRL)
    assert desk.linked == [
        EvidenceInput(RECOUNT.id, None, Stance.REFUTES, quote="growth falls to 11 %.", locator="", note="")
    ]


def test_it_opens_in_the_search_with_the_last_source_chosen(desk: Desk) -> None:
    dialog = desk.open(last=SURVEY.id)
    assert QApplication.focusWidget() is dialog.sources.search
    assert dialog.sources.source() == SURVEY


def test_arrows_in_the_search_move_through_the_sources(desk: Desk) -> None:
    dialog = desk.open(last=PILOT.id)
    desk.press(Qt.Key.Key_Down)
    assert dialog.sources.source() == RECOUNT
    assert QApplication.focusWidget() is dialog.sources.search


def test_a_search_in_the_stored_text_and_return_take_the_sentence_as_the_quote(desk: Desk) -> None:
    dialog = desk.open(last=PILOT.id)
    desk.press(Qt.Key.Key_Return)
    desk.type("midnight")
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_1, ALT)
    desk.press(Qt.Key.Key_Return, CTRL)
    [made] = desk.linked
    text, _ = stored_text(PILOT.id) or ("", ())
    assert made.quote == PASSAGE
    assert made.span is not None
    assert text[made.span.start : made.span.end] == PASSAGE
    assert dialog.isVisible()


def test_a_quote_can_be_typed_although_the_text_is_there(desk: Desk, qtbot: QtBot) -> None:
    dialog = desk.open(last=PILOT.id)
    dialog.quotes.text_view.select_quote("Counters were active.")
    qtbot.mouseClick(dialog.quotes._switch, Qt.MouseButton.LeftButton)
    assert dialog.quotes.quote() == "Counters were active."
    assert dialog.quotes.span() is None


def test_the_search_in_the_text_counts_and_goes_round(desk: Desk) -> None:
    dialog = desk.open(last=PILOT.id)
    dialog.quotes.find_field.setText("o")
    count = dialog.quotes.text_view.match_count
    assert dialog.quotes._matches.text() == f"1 of {count}"
    dialog.quotes.find_field.setFocus()
    desk.press(Qt.Key.Key_Up)
    assert dialog.quotes._matches.text() == f"{count} of {count}"
    dialog.quotes.find_field.setText("zeppelin")
    assert dialog.quotes._matches.text() == "none"


def test_bare_digits_set_the_stance_only_outside_of_fields(desk: Desk) -> None:
    dialog = desk.open(last=RECOUNT.id)
    desk.type("2")
    assert dialog.value() is None
    dialog.sources.search.clear()
    dialog.sources.list.setFocus()
    desk.type("2")
    made = dialog.value()
    assert made is not None
    assert made.stance is Stance.REFUTES


def test_the_link_button_says_why_it_waits(desk: Desk) -> None:
    dialog = desk.open()
    dialog.sources.search.setText("zeppelin")
    assert not dialog.link_button.isEnabled()
    assert dialog.link_button.toolTip() == "Choose a source first"
    dialog.sources.search.setText("pilot")
    assert dialog.link_button.toolTip().startswith("Say first what the passage does")
    dialog.set_stance("context")
    assert dialog.link_button.isEnabled()


def test_ctrl_return_before_it_is_complete_links_nothing_and_says_why(desk: Desk) -> None:
    dialog = desk.open(last=PILOT.id)
    desk.press(Qt.Key.Key_Return, CTRL)
    assert desk.linked == []
    assert dialog._hint.text().startswith("Say first what the passage does")


def test_a_source_that_is_not_found_becomes_a_new_one_with_that_title(desk: Desk) -> None:
    dialog = desk.open()
    desk.type("Noise register")
    desk.press(Qt.Key.Key_Return)
    assert dialog.sources.is_new
    dialog.sources.form.authors_field.setPlainText("Ada Moss; Ben Lind\nCy Roe")
    dialog.sources.form.doi_field.setText("https://doi.org/10.1000/xyz")
    dialog.sources.form.title_field.setFocus()
    desk.press(Qt.Key.Key_Return)
    desk.type("Two hundred complaints")
    desk.press(Qt.Key.Key_3, ALT)
    desk.press(Qt.Key.Key_Return, CTRL)
    [made] = desk.linked
    assert made.source_id is None
    assert made.new_source == SourceInput(
        "Noise register", ("Ada Moss", "Ben Lind", "Cy Roe"), csl_type="report", doi="10.1000/xyz"
    )


def test_esc_in_the_form_goes_back_to_the_list_and_keeps_the_dialog(desk: Desk) -> None:
    dialog = desk.open()
    desk.press(Qt.Key.Key_N, CTRL)
    assert dialog.sources.is_new
    desk.press(Qt.Key.Key_Escape)
    assert not dialog.sources.is_new
    assert dialog.isVisible()


def test_evidence_to_edit_comes_filled_in_with_its_quote_found_in_the_text(desk: Desk) -> None:
    old = Evidence(
        id=EvidenceId("e1"),
        claim_id=ClaimId("c1"),
        source_id=PILOT.id,
        stance=Stance.SUPPORTS,
        strength=3,
        quote=PASSAGE,
        locator="p. 14",
        note="Unadjusted",
    )
    dialog = desk.open(evidence=old)
    made = dialog.value()
    assert made is not None
    assert (made.source_id, made.stance, made.strength) == (PILOT.id, Stance.SUPPORTS, 3)
    assert (made.quote, made.locator, made.note) == (PASSAGE, "p. 14", "Unadjusted")
    assert made.span is not None


def test_an_error_is_told_in_the_dialog_and_everything_typed_stays(desk: Desk) -> None:
    dialog = desk.open(last=RECOUNT.id)
    dialog.quotes.quote_field.setPlainText("growth falls")
    dialog.set_stance("refutes")
    dialog.confirm()
    dialog.show_error(ConcurrentEdit("Somebody changed the claim.", kept="Nothing was linked."))
    assert dialog.messages.isVisible()
    assert dialog.link_button.isEnabled()
    assert dialog.quotes.quote() == "growth falls"


def test_ctrl_return_twice_links_once_and_again_after_an_error(desk: Desk) -> None:
    dialog = desk.open(last=RECOUNT.id)
    dialog.set_stance("supports")
    dialog.confirm()
    dialog.confirm()
    assert len(desk.linked) == 1
    dialog.show_error(ConcurrentEdit("Somebody changed the claim."))
    dialog.confirm()
    assert len(desk.linked) == 2


def test_the_stance_buttons_are_one_stop_and_tell_a_screen_reader_which_is_on(desk: Desk) -> None:
    dialog = desk.open(last=RECOUNT.id)
    dialog.set_stance("refutes")
    states = [
        QAccessible.queryAccessibleInterface(button).state().checked for button in dialog._stances.values()
    ]
    assert [bool(state) for state in states] == [False, True, False]
    dialog._stances["supports"].setFocus()
    desk.press(Qt.Key.Key_Right)
    assert dialog._stances["refutes"].hasFocus()


def test_nothing_is_cut_off_in_a_window_of_1024_by_700(desk: Desk) -> None:
    desk.window.resize(1024, 700)
    dialog = desk.open(last=PILOT.id)
    assert dialog.width() <= 1024
    assert dialog.height() <= 700
    for child in dialog.findChildren(QWidget):
        if child.isVisible() and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
            corner = child.mapTo(dialog, child.rect().bottomRight())
            assert dialog.rect().contains(corner), child.objectName()


def test_the_window_behind_is_dimmed_only_while_the_dialog_is_open(desk: Desk) -> None:
    dialog = desk.open()
    veils = [child for child in desk.window.children() if type(child).__name__ == "Scrim"]
    assert len(veils) == 1
    dialog.reject()
    assert dialog._scrim is None


def test_every_control_has_a_name(desk: Desk) -> None:
    dialog = desk.open(last=PILOT.id)
    for child in dialog.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and not child.objectName().startswith("qt_"):
            assert child.accessibleName(), child.objectName() or type(child).__name__


def test_the_source_model_keeps_qts_rules_and_puts_titles_that_begin_so_first(themes: ThemeManager) -> None:
    model = SourceListModel((PILOT, RECOUNT, source(5, "Night buses", "Somebody")))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_filter("night")
    assert model.index(0).data() == "Night buses"
    model.set_filter("zeppelin")
    assert model.rowCount() == 0
    assert tester.model() is model


def test_a_new_source_needs_a_title_and_return_adds_it(desk: Desk, qtbot: QtBot) -> None:
    dialog = SourceDialog(desk.themes, parent=desk.window)
    made: list[SourceInput] = []
    dialog.source_requested.connect(made.append)
    dialog.open()
    qtbot.waitExposed(dialog)
    dialog.confirm()
    assert made == []
    dialog.form.title_field.setText(" Cities  after dark ")
    dialog.form.container_field.setText("Lindow Press")
    qtbot.keyClick(dialog.form.title_field, Qt.Key.Key_Return)
    assert made[0].title == "Cities after dark"
    assert dict(made[0].csl()) == {"type": "report", "publisher": "Lindow Press"}


def test_a_source_of_a_rare_type_keeps_it_through_the_form(desk: Desk) -> None:
    dialog = SourceDialog(desk.themes, source=source(8, "A patent", "Ada Moss", "patent"), parent=desk.window)
    assert dialog.form.value().csl_type == "patent"


def test_authors_and_dois_are_taken_as_people_write_them() -> None:
    assert parse_authors("Ada Moss;  Ben Lind\n\nCy Roe ;") == ("Ada Moss", "Ben Lind", "Cy Roe")
    assert bare_doi(" doi: 10.1000/xyz ") == "10.1000/xyz"
    assert SourceInput("T", csl_type="article-journal", container="J").csl()["container-title"] == "J"


def test_a_source_is_asked_for_once_and_what_went_wrong_is_said_in_the_dialog(desk: Desk) -> None:
    dialog = SourceDialog(desk.themes, parent=desk.window)
    asked: list[object] = []
    dialog.source_requested.connect(asked.append)
    dialog.form.title_field.setText("A report")
    dialog.open()
    dialog.confirm()
    dialog.confirm()
    assert len(asked) == 1
    dialog.show_error(InvalidValue("“x” is no web address."))
    assert dialog.messages.isVisible()
    dialog.confirm()
    assert len(asked) == 2
    assert not dialog.messages.isVisible()
