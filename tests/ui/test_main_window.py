"""The window as a whole: what it shows, where the keyboard goes, what it says when something goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QWidget
from tests.conftest import counting_environment
from tests.end2end.driver import CONTROL, SHIFT, Driver

from annotator.domain.claim import Claim
from annotator.services import annotations, claims, importing
from annotator.services.library import Library
from annotator.ui.incoming import Incoming
from annotator.ui.runner import ImmediateRunner

ARTICLE = Path(__file__).parents[1] / "end2end" / "article.md"


@pytest.fixture
def driver(qapp: QApplication, tmp_path: Path) -> Iterator[Driver]:
    made = Driver(tmp_path / "window.annotator", counting_environment(), ImmediateRunner())
    yield made
    made.close()


def stored_claims(driver: Driver):
    article_id = driver.work.reading.article.id
    return driver.work.bridge.library.read(lambda store: claims.list_claims(store, article_id))


def test_an_empty_library_shows_how_to_begin_and_the_sample_can_be_opened(driver: Driver) -> None:
    driver.start()
    assert driver.window.pages.currentWidget() is driver.window.first_run
    assert not driver.window.commands["export"].isEnabled()
    driver.window.commands["sample"].trigger()
    driver.settle()
    assert driver.window.windowTitle() == "Let the trams run all night - annotator"
    assert driver.window.panel.claim_list.claims.rowCount() == 10
    assert driver.window.commands["export"].isEnabled()


def test_files_that_can_not_be_read_are_named_and_the_others_added(driver: Driver, tmp_path: Path) -> None:
    driver.start()
    picture = tmp_path / "picture.md"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    driver.window.dropped.emit(Incoming(files=(tmp_path / "missing.txt", picture, ARTICLE)))
    driver.settle()
    bar = driver.window.messages
    assert bar.isVisible()
    assert "missing.txt" in bar.accessibleName()
    assert "picture.md" in bar.accessibleName()
    assert driver.window.windowTitle().startswith("Who pays for the quiet hour?")


def test_the_same_file_again_is_opened_and_not_added_twice(driver: Driver) -> None:
    driver.start(ARTICLE)
    driver.window.dropped.emit(Incoming(files=(ARTICLE,)))
    driver.settle()
    assert driver.window.library.model.rowCount() == 1
    assert "already" in driver.window.messages.accessibleName()


def test_deleting_shows_a_toast_whose_undo_brings_all_back(driver: Driver) -> None:
    driver.start(ARTICLE)
    driver.select("Families moved", "in one year")
    driver.press("c")
    driver.press(Qt.Key.Key_Delete)
    assert stored_claims(driver) == ()
    assert driver.window.toast.isVisible()
    driver.window.toast.undo_requested.emit()
    driver.settle()
    assert len(stored_claims(driver)) == 1
    assert driver.window.panel.claim_list.claims.rowCount() == 1


def test_typing_in_the_panel_is_stored_when_the_focus_leaves_and_escape_goes_back_to_the_text(
    driver: Driver,
) -> None:
    driver.start(ARTICLE)
    driver.select("Families moved", "in one year")
    driver.press("c")
    driver.press(Qt.Key.Key_Return)
    field = driver.focus()
    assert field.objectName() == "claim_statement"
    driver.press("a", CONTROL)
    driver.type("Forty families left.")
    driver.press(Qt.Key.Key_Escape)
    assert driver.focus() is driver.window.reader.view
    assert stored_claims(driver)[0].claim.statement == "Forty families left."
    assert driver.window.commands["undo"].text() == "Undo: Edit claim"


def test_what_was_typed_is_kept_when_another_claim_is_chosen_or_the_window_closes(
    driver: Driver, tmp_path: Path
) -> None:
    driver.start(ARTICLE)
    driver.select("Noise did fall")
    driver.press("c")
    driver.select("Families moved", "in one year")
    driver.press("c")
    driver.press(Qt.Key.Key_Return)
    driver.press("a", CONTROL)
    driver.type("First.")
    other = next(view for view in stored_claims(driver) if view.claim.statement.startswith("Noise"))
    driver.window.panel.claim_list.set_active(other.claim.id)
    driver.window.panel.claim_selected.emit(other.claim.id)
    driver.settle()
    assert sorted(view.claim.statement for view in stored_claims(driver)) == ["First.", "Noise did fall"]
    driver.window.panel.open_editor()
    driver.press("a", CONTROL)
    driver.type("Second.")
    driver.close()
    from annotator.services.library import Library

    with Library.open(tmp_path / "window.annotator") as library:
        assert sorted(claim.statement for claim in library.read(lambda store: store.find(Claim))) == [
            "First.",
            "Second.",
        ]


def test_a_note_is_written_beside_its_passage(driver: Driver) -> None:
    driver.start(ARTICLE)
    driver.select("Naïve averages")
    driver.press("n")
    assert driver.window.panel.isAncestorOf(driver.focus())
    driver.type("Which?")
    driver.press(Qt.Key.Key_Escape)
    article_id = driver.work.reading.article.id

    def marks(store):
        from annotator.services.articles import current_text

        return annotations.marks(store, current_text(store, article_id).id)

    (mark,) = driver.work.bridge.library.read(marks)
    assert (mark.note, mark.segments[0].exact) == ("Which?", "Naïve averages")


def test_a_digit_on_a_selection_highlights_with_that_tag_and_on_a_claim_changes_its_colour(
    driver: Driver,
) -> None:
    driver.start(ARTICLE)
    driver.select("Naïve averages")
    driver.press("5")
    driver.select("Noise did fall")
    driver.press("c")
    assert [tag.name for tag in _tags_of_first_claim(driver)] == ["Authority"]
    driver.press("7")
    assert [tag.name for tag in _tags_of_first_claim(driver)] == ["Forecast"]
    driver.press("0")
    assert _tags_of_first_claim(driver) == []


def _tags_of_first_claim(driver: Driver):
    from annotator.services.tags import list_tags

    known = {tag.id: tag for tag in driver.work.bridge.library.read(list_tags)}
    return [known[id] for id in stored_claims(driver)[0].claim.tags]


def test_themes_change_without_moving_the_text(driver: Driver) -> None:
    driver.start()
    driver.window.commands["sample"].trigger()
    driver.settle()
    view = driver.window.reader.view
    view.verticalScrollBar().setValue(900)
    before = view.reading_position()
    for name in ("sepia", "dark", "light"):
        driver.press("d", CONTROL | SHIFT)
        assert driver.window.themes.theme.name == name
        assert view.verticalScrollBar().value() == 900
        assert view.reading_position() == before


def test_f6_goes_round_the_panes(driver: Driver) -> None:
    driver.start(ARTICLE)
    driver.window.reader.focus_text()
    seen = []
    for _ in range(4):
        driver.press(Qt.Key.Key_F6)
        focus = driver.focus()
        parts = {
            "header": driver.window.header,
            "library": driver.window.library,
            "reader": driver.window.reader,
        }
        seen.append(next((name for name, part in parts.items() if part.isAncestorOf(focus)), "panel"))
    assert seen == ["panel", "header", "library", "reader"]


def test_a_small_window_gives_the_text_the_room(driver: Driver) -> None:
    driver.start(ARTICLE)
    driver.window.resize(1024, 700)
    driver.settle()
    assert not driver.window.library.isVisible()
    assert driver.window.panel.is_compact()
    assert driver.window.panel.width() <= 350
    driver.window.resize(1440, 900)
    driver.settle()
    assert driver.window.library.isVisible()
    assert not driver.window.panel.is_compact()


def test_find_steps_through_the_places_and_escape_returns_to_the_text(driver: Driver) -> None:
    driver.start(ARTICLE)
    driver.window.reader.focus_text()
    driver.press("f", CONTROL)
    driver.type('"quiet hours"')
    view, shown = driver.window.reader.view, driver.window.reader.hits.current
    assert shown is not None
    assert driver.text[shown.start : shown.end] == "“quiet hours”"
    assert view.selected_span() is None
    driver.press(Qt.Key.Key_Escape)
    assert driver.focus() is view
    assert view.selected_span() == shown


def test_reading_stops_and_starts_at_the_same_place(
    driver: Driver, tmp_path: Path, qapp: QApplication
) -> None:
    driver.start()
    driver.window.commands["sample"].trigger()
    driver.settle()
    view = driver.window.reader.view
    view.verticalScrollBar().setValue(1200)
    place = view.reading_position()
    driver.close()
    again = Driver(tmp_path / "window.annotator", counting_environment(), ImmediateRunner())
    again.start()
    assert abs(again.window.reader.view.reading_position() - place) < 120
    again.close()


def test_every_control_has_a_name(driver: Driver) -> None:
    driver.start()
    driver.window.commands["sample"].trigger()
    driver.settle()
    nameless = [
        f"{type(widget).__name__} {widget.objectName()} in {type(widget.parentWidget()).__name__}"
        for widget in driver.window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QAbstractSpinBox)
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and not isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox)
    ]
    assert nameless == []


def test_pasting_makes_an_article_on_the_first_page_and_in_the_text(driver: Driver) -> None:
    driver.start()
    assert driver.focus() is driver.window.first_run.open_card
    clipboard = QApplication.clipboard()
    clipboard.setText(
        "A pasted piece\n\nBy Ann Lee, 3 March 2024\n\nIt says that much has changed in a year."
    )
    driver.press("v", CONTROL)
    assert driver.window.windowTitle() == "A pasted piece - annotator"
    assert driver.work.reading.article.authors == ("Ann Lee",)
    clipboard.setText("Another piece\n\nIt says that nothing at all has changed in all these years.")
    assert driver.focus() is driver.window.reader.view
    driver.press("v", CONTROL)
    assert driver.window.windowTitle() == "Another piece - annotator"


@pytest.mark.parametrize("view", ["", "claims", "sources"])
def test_the_question_mark_shows_all_keys_on_every_page(driver: Driver, view: str) -> None:
    driver.start()
    if view:
        driver.window.commands["sample"].trigger()
        driver.settle()
        driver.window.commands[view].trigger()
        driver.settle()
    driver.press("?")
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert dialog.objectName() == "keys_dialog"
    driver.press(Qt.Key.Key_Escape)


def test_the_selection_bar_goes_with_the_article_it_was_over(driver: Driver, tmp_path: Path) -> None:
    driver.start(ARTICLE)
    driver.select("Families moved", "in one year")
    bar = driver.window.reader.selection_bar
    driver.settle(350)
    assert bar.isVisible()
    driver.work.importing.import_text(
        "Another piece\n\nIt says that nothing at all has changed in all these years."
    )
    driver.settle(350)
    assert not bar.isVisible()


def test_articles_that_came_in_elsewhere_are_shown(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "window.annotator"
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    for file in (first, second):
        file.write_text(
            f"The {file.stem} piece\n\nIt says that nothing at all has changed in all these years."
        )

    def add_elsewhere(file: Path) -> None:
        with Library.open(path, counting_environment(file.stem)) as library:
            library.execute(importing.store_article(importing.read_file(file)), label="Import article")

    add_elsewhere(first)
    driver = Driver(path, counting_environment(), ImmediateRunner())
    driver.start()
    assert driver.window.windowTitle() == "The first piece - annotator"
    add_elsewhere(second)
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    driver.settle()
    assert driver.window.library.model.rowCount() == 2
    driver.close()
