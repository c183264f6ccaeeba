"""Going back in a real library: what the history shows, a state restored, and undone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.conftest import counting_environment

from annotator.domain.claim import Claim
from annotator.domain.ids import ClaimId
from annotator.domain.source import Source
from annotator.services import claims, ratings, samples, sources
from annotator.services.claims import ClaimFields
from annotator.services.library import Library
from annotator.ui.bridge import LibraryBridge
from annotator.ui.controllers.history import HistoryController
from annotator.ui.dialogs.history import HistoryDialog
from annotator.ui.runner import ImmediateRunner
from annotator.ui.theme import ThemeManager

SAMPLES = Path(__file__).parents[3] / "sample_texts"


class Room:
    """A bare window with a library that holds the sample article."""

    def __init__(self, folder: Path) -> None:
        self.themes = ThemeManager()
        self.themes.load_fonts()
        self.themes.apply()
        self.library = Library.open(folder / "library.annotator", counting_environment())
        self.bridge = LibraryBridge(
            lambda: self.library, ImmediateRunner(), path=self.library.path, data_folder=folder / "data"
        )
        self.failures: list[Exception] = []
        self.bridge.failed.connect(self.failures.append)
        self.window = QWidget()
        self.window.resize(1200, 800)
        self.window.show()
        self.article = self.do(partial(samples.add_sample, folder=SAMPLES), "Add the sample")
        self.history = HistoryController(self.bridge, self.themes, self.window)

    def do(self, use_case: Any, label: str) -> Any:
        """Run a use case as the window does."""
        found: list[Any] = []
        self.bridge.execute(use_case, label=label, done=found.append)
        return found[0]

    def claim(self, number: int = 0) -> Claim:
        """A claim of the article, counted from 0 in its order in the text."""
        views = self.library.read(lambda store: claims.list_claims(store, self.article.id))
        return views[number].claim

    def edit(self, claim: Claim, **fields: Any) -> None:
        """Change a claim."""
        changes = ClaimFields(**fields)
        self.do(partial(claims.edit_claim, claim_id=ClaimId(claim.id), changes=changes), "Edit claim")

    @property
    def dialog(self) -> HistoryDialog:
        """The history that is open."""
        assert self.history.dialog is not None
        return self.history.dialog

    def labels(self) -> list[str]:
        """What the list shows, without days."""
        return [step.label for step in self.dialog.model.steps()]


@pytest.fixture
def room(qapp: QApplication, tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    if made.history.dialog is not None:
        made.history.dialog.close()
    made.library.close()
    made.window.close()
    assert made.failures == []


def press(widget: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(widget, key, held)
    QApplication.processEvents()


def test_a_state_of_a_claim_is_restored_with_the_keyboard_and_undone_from_the_message(room: Room) -> None:
    claim, other = room.claim(0), room.claim(1)
    for words in ("First note.", "Second note.", "Third note."):
        room.edit(claim, note=words)
    room.edit(other, note="Of another claim.")
    room.history.show_claim(claim.id, claim.statement)
    assert room.labels()[:3] == ["Edit claim"] * 3
    press(room.dialog.list, Qt.Key.Key_Down)
    press(room.dialog.list, Qt.Key.Key_Down)
    assert "First note." in room.dialog.changes.toPlainText()
    press(room.dialog.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert room.claim(0).note == "First note."
    assert room.claim(1).note == "Of another claim."
    assert room.dialog.messages.accessibleName() == "1 thing changed back"
    assert room.labels()[0].startswith("Restore state of 21 March 2026, ")
    first = room.dialog.list.current_step()
    assert first is not None
    assert first.label == room.labels()[0]
    undo = room.dialog.messages.findChild(QAbstractButton, "message_undo")
    assert undo is not None
    undo.click()
    assert room.claim(0).note == "Third note."
    assert room.dialog.messages.accessibleName().startswith("Undid: Restore state of ")


def test_a_deleted_claim_comes_back_with_its_evidence_and_undo_takes_it_away_again(room: Room) -> None:
    claim = room.claim(0)
    evidence = len(room.library.read(lambda store: claims.list_claims(store, room.article.id))[0].evidence)
    assert evidence
    room.do(partial(claims.delete_claim, claim_id=ClaimId(claim.id)), "Delete claim")
    room.history.show_claim(claim.id, claim.statement)
    press(room.dialog.list, Qt.Key.Key_Down)
    press(room.dialog.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    view = room.library.read(lambda store: claims.list_claims(store, room.article.id))[0]
    assert view.claim.id == claim.id
    assert len(view.evidence) == evidence
    press(room.dialog.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert room.claim(0).id != claim.id


def test_the_library_goes_back_as_a_whole(room: Room) -> None:
    before = [room.claim(0).note, room.claim(1).note]
    source = room.library.read(lambda store: store.find(Source))[0]
    room.edit(room.claim(0), note="One.")
    room.edit(room.claim(1), note="Two.")
    room.do(partial(sources.delete_source, source_id=source.id), "Delete source")
    room.history.show_library()
    oldest = room.dialog.model.steps()[-1]
    room.dialog.list.choose(oldest.seq)
    assert room.dialog.restore_button.toolTip().startswith("The whole library goes back to ")
    room.dialog.restore_button.setFocus()
    room.dialog.restore_button.click()
    assert room.dialog.focusWidget() is room.dialog.list
    assert [room.claim(0).note, room.claim(1).note] == before
    assert source.id in {one.id for one in room.library.read(lambda store: store.find(Source))}
    assert "things changed back" in room.dialog.messages.accessibleName()


def test_the_scope_can_be_switched_and_each_shows_its_own(room: Room) -> None:
    claim = room.claim(0)
    room.edit(claim, note="A note.")
    room.do(
        partial(ratings.rate, claim_id=ClaimId(claim.id), verdict="refuted", confidence=80), "Set verdict"
    )
    room.do(partial(sources.add_source, fields=_fields("A new book")), "Add source")
    room.history.show_claim(
        claim.id, claim.statement, article_id=room.article.id, article_title=room.article.title
    )
    assert room.labels()[:2] == ["Set verdict", "Edit claim"]
    claim_button, article_button, library_button = room.dialog.scopes.buttons()
    article_button.click()
    assert room.labels()[:2] == ["Set verdict", "Edit claim"]
    library_button.click()
    assert room.labels()[0] == "Add source"
    claim_button.click()
    assert room.labels()[0] == "Set verdict"


def _fields(title: str) -> Any:
    from annotator.services.bibliographies import SourceFields

    return SourceFields(title=title)


def test_five_hundred_steps_come_page_by_page_as_the_end_comes_into_view(room: Room, qtbot: QtBot) -> None:
    claim = room.claim(0)
    for number in range(500):
        room.edit(claim, note=f"Note {number}.")
    room.history.show_claim(claim.id, claim.statement)
    QApplication.processEvents()
    assert len(room.dialog.model.steps()) == 100
    room.dialog.list.scrollToBottom()
    qtbot.waitUntil(lambda: len(room.dialog.model.steps()) == 200)
    for _ in range(20):
        room.dialog.list.scrollToBottom()
        QTest.qWait(5)
    steps = room.dialog.model.steps()
    assert room.dialog.model.is_whole
    assert len(steps) == len({step.seq for step in steps}) > 500
    assert [step.seq for step in steps] == sorted((step.seq for step in steps), reverse=True)
    room.dialog.list.choose(steps[400].seq)
    assert "Note 99." in room.dialog.changes.toPlainText()


def test_what_happens_meanwhile_is_listed_and_the_chosen_step_stays(room: Room) -> None:
    claim = room.claim(0)
    room.edit(claim, note="One.")
    room.history.show_library()
    oldest = room.dialog.model.steps()[-1]
    room.dialog.list.choose(oldest.seq)
    room.edit(claim, note="Two.")
    assert room.labels()[:2] == ["Edit claim", "Edit claim"]
    assert room.dialog.list.current_step() == oldest


def test_hostile_words_are_shown_as_they_are(room: Room) -> None:
    hostile = "<b>bold</b> <img src='/etc/hostname'> שלום עולם 🎈 " + "w" * 500
    claim = room.claim(0)
    room.edit(claim, note=hostile)
    room.history.show_claim(claim.id, hostile)
    assert hostile in room.dialog.changes.toPlainText()
    assert "<b>bold</b>" in room.dialog.subtitle_label.text()
    assert room.dialog.subtitle_label.textFormat() == Qt.TextFormat.PlainText
    room.dialog.grab()


def test_opening_it_again_shows_one_dialog_only(room: Room) -> None:
    room.history.show_library()
    first = room.dialog
    room.history.show_article(room.article.id, room.article.title)
    assert not first.isVisible()
    assert room.dialog.isVisible()
    assert room.dialog.scope == "article"


def test_closing_ends_it_and_the_next_one_is_new(room: Room) -> None:
    room.history.show_library()
    first = room.dialog
    press(first.list, Qt.Key.Key_Escape)
    assert room.history.dialog is None
    room.edit(room.claim(0), note="Nobody looks.")
    room.history.show_article(room.article.id, room.article.title)
    assert room.dialog is not first
    assert room.dialog.subtitle_label.text() == f"of the article · {room.article.title}"
    assert room.labels()[0] == "Edit claim"
