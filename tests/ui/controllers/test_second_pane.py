"""The second text: shown beside the first, its passages linked to the claim that is active there."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from tests.ui.controllers.conftest import Desk

from annotator.domain.article import BlockKind, ImportedArticle, TextBuilder
from annotator.domain.evidence import Evidence, Stance
from annotator.domain.ids import ArticleId
from annotator.domain.selectors import TextSpan
from annotator.domain.source import Source
from annotator.services import annotations, articles, claims
from annotator.services.articles import Original
from annotator.ui.controllers.second_pane import SecondPaneController
from annotator.ui.library.model import ID_ROLE
from annotator.ui.palette import CommandPalette
from annotator.ui.reader.split import SecondPane
from annotator.ui.reader.view import ReaderView

PARAGRAPHS = [f"In week {n} the counters saw {n * 37} riders. Most of them came late." for n in range(1, 60)]
SENTENCE = "In week 1 the counters saw 37 riders."
CONTROL = Qt.KeyboardModifier.ControlModifier


class Pair:
    """The window with the sample in the first pane and a report to be read beside it."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.window = desk, desk.window
        builder = TextBuilder()
        builder.add(BlockKind.HEADING, "The report", level=1)
        for words in PARAGRAPHS:
            builder.add(BlockKind.PARAGRAPH, words)
        imported = ImportedArticle(title="The report", text=builder.text, blocks=tuple(builder.blocks))
        original = Original("report.txt", "text/plain", builder.text.encode(), "plain-text", "1")
        added = desk.library.execute(
            partial(articles.add_article, imported=imported, original=original), label="Import article"
        ).value
        self.report = added.article.id
        self.window.resize(1440, 900)
        self.window.start()
        desk.settle()
        assert self.window.workbench is not None
        self.work = self.window.workbench
        self.work.library.open_sample()
        desk.settle()

    @property
    def beside(self) -> SecondPaneController:
        return self.work.beside

    @property
    def pane(self) -> SecondPane:
        assert self.window.texts.second is not None
        return self.window.texts.second

    @property
    def view(self) -> ReaderView:
        return self.pane.view

    def show(self) -> None:
        self.beside.show(self.report)
        self.desk.settle()

    def activate(self, number: int) -> str:
        view = self.work.reading.work.claims[number - 1]
        self.work.reading.select_claim(view.claim.id)
        self.desk.settle()
        return view.claim.id

    def press(self, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        focus = self.window.focusWidget()
        QTest.keyClick(focus if focus is not None else self.window, key, modifiers)
        self.desk.settle()

    def select(self, words: str) -> None:
        start = self.view.article.text.index(words)
        self.view.select(TextSpan(start, start + len(words)))
        self.desk.settle()

    def evidence(self, claim_id: str) -> list[Evidence]:
        return self.desk.library.read(lambda store: store.find(Evidence, {"claim_id": claim_id}))


def palette_of(pair: Pair) -> CommandPalette:
    found = pair.window.findChild(CommandPalette, "beside_palette")
    assert found is not None
    return found


@pytest.fixture
def pair(desk) -> Pair:
    return Pair(desk)


def test_a_second_text_is_shown_beside_the_first_with_the_keyboard_in_it(pair) -> None:
    first = pair.window.reader.view.article.text
    pair.show()
    assert pair.window.texts.is_split
    assert pair.view.article.text.startswith("The report")
    assert pair.window.reader.view.article.text == first
    assert pair.window.focusWidget() is pair.view
    assert abs(pair.window.reader.width() - pair.pane.width()) <= 1


def test_a_selected_passage_becomes_evidence_with_one_key(pair) -> None:
    claim_id = pair.activate(4)
    before = len(pair.evidence(claim_id))
    pair.show()
    pair.view.set_caret(pair.view.article.text.index(SENTENCE))
    pair.press(Qt.Key.Key_E)
    pair.press(Qt.Key.Key_R)
    linked = pair.evidence(claim_id)[-1]
    assert len(pair.evidence(claim_id)) == before + 1
    assert (linked.stance, linked.quote, linked.locator) == (Stance.REFUTES, SENTENCE, "¶ 1")
    source = pair.desk.library.read(lambda store: store.get(Source, linked.source_id))
    assert source.article_id == pair.report
    assert pair.view.selected_span() is None
    assert [row.annotation_id for row in pair.view.page.index.at(pair.view.article.text.index(SENTENCE))] == [
        linked.annotation_id
    ]
    assert "refutes" in pair.window.toast.accessibleName()


def test_the_panel_shows_the_new_evidence_while_the_claim_stays_active(pair) -> None:
    pair.activate(4)
    pair.show()
    before = len(pair.work.reading.active_claim().evidence)
    pair.select(SENTENCE)
    pair.press(Qt.Key.Key_S)
    assert len(pair.work.reading.active_claim().evidence) == before + 1
    assert pair.work.reading.active_claim().number == 4


def test_one_undo_takes_link_and_mark_back(pair) -> None:
    claim_id = pair.activate(4)
    before = pair.evidence(claim_id)
    pair.show()
    pair.select(SENTENCE)
    pair.press(Qt.Key.Key_X)
    pair.press(Qt.Key.Key_Z, CONTROL)
    assert pair.evidence(claim_id) == before
    assert len(pair.view.page.index) == 0


def test_the_bar_over_the_selection_names_the_claim_and_links(pair) -> None:
    claim_id = pair.activate(4)
    pair.show()
    bar = pair.pane.evidence_bar
    pair.select(SENTENCE)
    pair.view.selection_finished.emit(True)
    assert bar.isVisible()
    assert "claim 4" in bar.accessibleName()
    button = next(child for child in bar.children() if child.objectName() == "selection_supports")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    pair.desk.settle()
    assert pair.evidence(claim_id)[-1].stance is Stance.SUPPORTS
    assert not bar.isVisible()


def test_without_an_active_claim_nothing_is_linked_and_the_way_is_told(pair) -> None:
    pair.work.reading.activate(None)
    pair.show()
    said: list[str] = []
    pair.beside.hinted.connect(said.append)
    count = len(pair.desk.library.read(lambda store: store.find(Evidence)))
    pair.select(SENTENCE)
    pair.press(Qt.Key.Key_S)
    assert len(pair.desk.library.read(lambda store: store.find(Evidence))) == count
    assert "claim in the first text" in said[0]


def test_a_library_that_can_only_be_read_takes_no_evidence(pair, monkeypatch) -> None:
    claim_id = pair.activate(4)
    before = pair.evidence(claim_id)
    pair.show()
    pair.select(SENTENCE)
    monkeypatch.setattr(type(pair.desk.bridge), "read_only", True)
    pair.press(Qt.Key.Key_S)
    assert pair.evidence(claim_id) == before


def test_marks_of_the_second_text_are_painted_with_their_numbers(pair) -> None:
    text = pair.desk.library.read(lambda store: articles.current_text(store, ArticleId(pair.report)))
    later = TextSpan(text.text.index("In week 2"), text.text.index("In week 3"))
    earlier = TextSpan(text.text.index("In week 1"), text.text.index("In week 2"))
    made = [
        pair.desk.library.execute(
            partial(claims.add_claim, text_id=text.id, span=span), label="Tag claim"
        ).value
        for span in (later, earlier)
    ]
    pair.show()
    assert pair.view.page.numbers == {made[1].claim.id: 1, made[0].claim.id: 2}


def test_highlights_are_made_tagged_and_deleted_there(pair) -> None:
    pair.show()
    pair.select(SENTENCE)
    pair.press(Qt.Key.Key_H)
    shown = pair.beside.article
    marks = lambda: pair.desk.library.read(  # noqa: E731
        lambda store: annotations.marks(store, shown.text.id)
    )
    assert [mark.segments[0].exact for mark in marks()] == [SENTENCE]
    pair.view.set_caret(marks()[0].start + 3)
    pair.press(Qt.Key.Key_2)
    assert marks()[0].tags == (next(tag.id for tag in shown.tags if tag.key == "2"),)
    pair.press(Qt.Key.Key_Delete)
    assert marks() == []


def test_f8_closes_the_second_text_and_brings_it_back(pair) -> None:
    pair.show()
    pair.press(Qt.Key.Key_F8)
    assert not pair.window.texts.is_split
    assert pair.window.focusWidget() is pair.window.reader.view
    pair.press(Qt.Key.Key_F8)
    assert pair.window.texts.is_split
    assert pair.view.article.text.startswith("The report")


def test_the_place_in_the_second_text_is_kept(pair) -> None:
    pair.show()
    offset = pair.view.article.text.index("In week 40")
    pair.view.restore_position(offset, caret=offset)
    pair.press(Qt.Key.Key_F8)
    pair.press(Qt.Key.Key_F8)
    assert pair.view.reading_position() == offset
    assert pair.view.caret_offset() == offset


def test_swapping_lets_each_text_take_the_place_of_the_other(pair) -> None:
    sample = pair.work.reading.article.title
    pair.show()
    pair.press(Qt.Key.Key_F8, CONTROL)
    assert pair.work.reading.article.title == "The report"
    assert pair.beside.article.article.title == sample
    assert pair.window.focusWidget() is pair.window.reader.view
    assert pair.work.reading.work.claims == ()


def test_back_and_forward_are_those_of_the_pane_with_the_keyboard(pair) -> None:
    sample = pair.work.reading.article.id
    pair.show()
    pair.beside.show(sample)
    pair.desk.settle()
    pair.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert pair.beside.article.article.id == pair.report
    assert pair.work.reading.article.id == sample
    pair.press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert pair.beside.article.article.id == sample


def test_closing_an_article_closes_the_one_with_the_keyboard(pair) -> None:
    pair.show()
    pair.press(Qt.Key.Key_W, CONTROL)
    assert not pair.window.texts.is_split
    assert pair.work.reading.article is not None


def test_deleting_the_article_beside_leaves_the_first_alone(pair) -> None:
    pair.show()
    pair.work.library.delete_article(pair.report)
    pair.desk.settle()
    assert not pair.window.texts.is_split
    assert pair.work.reading.article is not None


def test_f6_goes_through_both_texts_and_find_searches_the_one_with_the_keyboard(pair) -> None:
    pair.show()
    pair.press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert pair.window.focusWidget() is pair.window.reader.view
    assert pair.window.texts.current is pair.window.reader
    pair.press(Qt.Key.Key_F6)
    assert pair.window.focusWidget() is pair.view
    pair.press(Qt.Key.Key_F, CONTROL)
    assert pair.pane.find_bar.isVisible()
    assert not pair.window.reader.find_bar.isVisible()


def test_what_belongs_to_the_first_text_is_told_in_the_second(pair) -> None:
    pair.show()
    said: list[str] = []
    pair.beside.hinted.connect(said.append)
    count = len(pair.desk.claims())
    pair.select(SENTENCE)
    pair.press(Qt.Key.Key_C)
    assert len(pair.desk.claims()) == count
    assert "Swap" in said[0]


def test_choosing_offers_the_texts_the_claim_rests_on_first(pair) -> None:
    pair.activate(4)
    pair.show()
    pair.select(SENTENCE)
    pair.press(Qt.Key.Key_S)
    pair.press(Qt.Key.Key_F8)
    pair.beside.choose()
    pair.desk.settle()
    palette = palette_of(pair)
    assert palette.isVisible()
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    pair.desk.settle()
    assert pair.beside.article.article.id == pair.report


def test_the_library_shows_an_article_beside_from_its_menu_and_with_ctrl_return(pair) -> None:
    pair.work.library.load()
    pair.desk.settle()
    listed = pair.window.library.list
    row = next(n for n in range(2) if listed.model().index(n, 0).data(ID_ROLE) == pair.report)
    index = listed.model().index(row, 0)
    menu = pair.window.library.menu_for(index)
    next(action for action in menu.actions() if "beside" in action.text()).trigger()
    pair.desk.settle()
    assert pair.window.texts.is_split
    pair.press(Qt.Key.Key_F8)
    listed.setCurrentIndex(index)
    QTest.keyClick(listed, Qt.Key.Key_Return, CONTROL)
    pair.desk.settle()
    assert pair.window.texts.is_split


def test_after_a_backup_was_restored_the_second_text_has_to_be_chosen_anew(pair) -> None:
    pair.show()
    pair.desk.bridge.replaced.emit()
    pair.desk.settle()
    assert not pair.window.texts.is_split
    pair.press(Qt.Key.Key_F8)
    assert not pair.window.texts.is_split
    assert palette_of(pair).isVisible()


def test_in_a_small_window_the_panel_gives_way_and_comes_back(pair) -> None:
    pair.window.resize(1024, 700)
    pair.show()
    assert not pair.window.panel.isVisible()
    assert pair.window.reader.width() + pair.pane.width() <= 1024
    pair.press(Qt.Key.Key_F8)
    assert pair.window.panel.isVisible()


def test_asking_for_the_panel_in_a_small_window_closes_the_second_text(pair) -> None:
    pair.window.resize(1024, 700)
    pair.show()
    pair.window.show_panel(True)
    pair.desk.settle()
    assert not pair.window.texts.is_split
    assert pair.window.panel.isVisible()


def test_in_a_wide_window_the_panel_stays_and_the_library_comes_back(pair) -> None:
    assert pair.window.library.isVisible()
    pair.show()
    assert pair.window.panel.isVisible()
    assert not pair.window.library.isVisible()
    pair.press(Qt.Key.Key_F8)
    assert pair.window.library.isVisible()


def test_the_claim_stays_in_sight_when_its_text_becomes_narrow(pair) -> None:
    pair.activate(4)
    pair.show()
    view = pair.window.reader.view
    row = pair.work.reading.active_row()
    QTest.qWait(400)
    assert view.on_screen(row.start)


def test_evidence_is_shown_where_the_source_has_it(pair) -> None:
    pair.activate(4)
    pair.show()
    words = "In week 55 the counters saw 2035 riders."
    pair.select(words)
    pair.press(Qt.Key.Key_S)
    linked = pair.work.reading.active_claim().evidence[-1].evidence
    pair.view.set_caret(0)
    pair.press(Qt.Key.Key_F8)
    cards = pair.window.panel.editor.evidence.buttons()
    cards[-1].setFocus()
    QTest.keyClick(cards[-1], Qt.Key.Key_B)
    QTest.qWait(300)
    assert pair.window.texts.is_split
    assert pair.view.active == linked.annotation_id
    assert pair.view.on_screen(pair.view.article.text.index(words))


def test_a_source_without_a_text_offers_nothing_to_show_beside(pair) -> None:
    pair.activate(4)
    card = pair.window.panel.editor.evidence.buttons()[0]
    assert not any("beside" in action.text() for action in card.context_menu().actions())
    QTest.keyClick(card, Qt.Key.Key_B)
    assert not pair.window.texts.is_split


def test_the_sources_view_shows_the_text_of_a_source_beside(pair) -> None:
    pair.activate(4)
    pair.show()
    pair.select(SENTENCE)
    pair.press(Qt.Key.Key_S)
    pair.press(Qt.Key.Key_F8)
    linked = pair.work.reading.active_claim().evidence[-1]
    pair.window.commands["sources"].trigger()
    pair.desk.settle()
    menu = QMenu()
    pair.window.sources.table.fill_menu(menu, linked.source.id)
    next(action for action in menu.actions() if "beside" in action.text()).trigger()
    pair.desk.settle()
    assert pair.window.texts.is_split
    assert pair.window.pages.currentWidget() is pair.window.read_page


def test_the_menu_in_the_second_text_links_its_selection(pair) -> None:
    claim_id = pair.activate(4)
    pair.show()
    marks = pair.beside.marks
    assert [action.text() for action in marks.menu().actions()] == [
        pair.window.commands[name].text() for name in ("show_beside", "swap_texts", "split")
    ]
    pair.select(SENTENCE)
    menu = marks.menu()
    next(action for action in menu.actions() if action.text().startswith("Refutes")).trigger()
    pair.desk.settle()
    assert pair.evidence(claim_id)[-1].stance is Stance.REFUTES


def test_taking_the_tag_from_a_selection_marks_nothing(pair) -> None:
    pair.show()
    pair.select(SENTENCE)
    pair.press(Qt.Key.Key_0)
    assert len(pair.view.page.index) == 0


def test_a_quote_selected_in_the_dialog_is_marked_in_the_text_of_the_source(pair) -> None:
    claim_id = pair.activate(4)
    pair.show()
    pair.select(SENTENCE)
    pair.press(Qt.Key.Key_S)
    words = "In week 9 the counters saw 333 riders."
    pair.work.marking.link_active()
    pair.desk.settle()
    dialog = pair.work.evidence.dialog
    dialog.sources.choose(pair.evidence(claim_id)[-1].source_id)
    assert dialog.quotes.text_view.select_quote(words)
    dialog.set_stance("context")
    dialog.confirm()
    pair.desk.settle()
    linked = pair.evidence(claim_id)[-1]
    assert (linked.stance, linked.quote) == (Stance.CONTEXT, words)
    (row,) = pair.view.page.index.at(pair.view.article.text.index(words) + 1)
    assert row.annotation_id == linked.annotation_id
