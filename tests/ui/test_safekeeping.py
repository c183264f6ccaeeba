"""What keeps work from being lost, in the window: typing, conflicts, trouble with the disk, leaving, opening."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from tests.conftest import counting_environment
from tests.end2end.driver import CONTROL, CountingRunner, Driver
from tests.storage.whole_library import plant

from annotator.domain.claim import Claim
from annotator.services import backups, claims, drafts, history
from annotator.services.claims import ClaimFields
from annotator.services.drafts import Typing
from annotator.services.library import Library
from annotator.storage import engine
from annotator.ui.library_lock import Holding
from annotator.ui.runner import ImmediateRunner

ARTICLE = Path(__file__).parents[1] / "end2end" / "article.md"
Start = Callable[[], Driver]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "window.annotator"


@pytest.fixture
def make(qapp: QApplication, path: Path) -> Iterator[Start]:
    """Makes a window on the library."""
    made: list[Driver] = []

    def one() -> Driver:
        made.append(Driver(path, counting_environment(), ImmediateRunner()))
        return made[-1]

    yield one
    for driver in made:
        driver.close()


@pytest.fixture
def driver(make: Start) -> Driver:
    """A window with a claim of the article in its editor."""
    made = make()
    made.start(ARTICLE)
    made.select("Families moved", "in one year")
    made.press("c")
    made.press(Qt.Key.Key_Return)
    return made


def the_claim(driver: Driver) -> Claim:
    return driver.work.bridge.library.read(lambda store: store.find(Claim))[0]


def elsewhere(path: Path, **fields: str) -> None:
    """Change the only claim as another program would."""
    with Library.open(path) as other:
        claim = other.read(lambda store: store.find(Claim))[0]
        changes = ClaimFields(**fields)  # type: ignore[arg-type]
        other.execute(partial(claims.edit_claim, claim_id=claim.id, changes=changes), label="Edit claim")


def button(driver: Driver, name: str) -> QPushButton:
    found = driver.window.findChild(QPushButton, name)
    assert found is not None, name
    return found


# Typing ------------------------------------------------------------------------------------------------------


def test_who_types_on_without_a_pause_has_a_draft_within_a_second(driver: Driver) -> None:
    note = driver.window.panel.editor.note
    note.setFocus()
    for _ in range(30):
        QTest.keyClick(note, "x")
        QTest.qWait(40)
    (kept,) = driver.work.bridge.library.read(drafts.left_over)
    assert len(kept.typing.text) >= 5
    assert the_claim(driver).note == ""
    QTest.qWait(700)
    assert the_claim(driver).note == "x" * 30
    assert driver.work.bridge.library.read(drafts.left_over) == []


def test_a_visit_to_a_field_is_one_step_of_undo_however_many_pauses_it_had(driver: Driver) -> None:
    editor = driver.window.panel.editor
    before = the_claim(driver).statement
    driver.press("a", CONTROL)
    for words in ("Forty", " families", " left."):
        driver.type(words)
        editor.statement.commit()
        driver.settle()
    assert the_claim(driver).statement == "Forty families left."
    driver.press(Qt.Key.Key_Escape)
    driver.window.commands["undo"].trigger()
    driver.settle()
    assert the_claim(driver).statement == before


def test_an_empty_statement_is_not_stored_and_the_old_one_comes_back(driver: Driver) -> None:
    before = the_claim(driver).statement
    driver.press("a", CONTROL)
    driver.press(Qt.Key.Key_Delete)
    driver.window.panel.editor.statement.commit()
    driver.settle()
    assert driver.window.panel.editor.statement.text() == ""
    driver.press(Qt.Key.Key_Escape)
    assert the_claim(driver).statement == before
    assert driver.window.panel.editor.statement.text() == before


def test_what_is_typed_into_a_form_is_there_again_after_a_sudden_end(driver: Driver, make: Start) -> None:
    driver.press(Qt.Key.Key_Escape)
    driver.press("l")
    driver.write("evidence_quote", "Forty families left, the registry counts.")
    driver.write("evidence_locator", "p. 4")
    QTest.qWait(900)
    dialog = driver.work.evidence.dialog
    assert dialog is not None
    dialog.hide()  # a sudden end tells nobody that the dialog is finished
    again = make()
    again.start()
    assert "One text that was typed" in again.window.messages.accessibleName()
    again.window.panel.claim_list.set_active(the_claim(driver).id)
    again.window.panel.claim_selected.emit(the_claim(driver).id)
    again.settle()
    again.work.marking.link_active()
    again.settle()
    dialog = again.work.evidence.dialog
    assert dialog is not None
    assert dialog.quotes.quote_field.text() == "Forty families left, the registry counts."
    assert dialog.locator_field.text() == "p. 4"
    assert "is here again" in dialog.messages.accessibleName()
    dialog.reject()
    again.settle()
    assert again.work.bridge.library.read(drafts.left_over) == []


def test_texts_that_were_being_typed_are_offered_and_put_back(
    driver: Driver, path: Path, make: Start
) -> None:
    claim = the_claim(driver)
    driver.work.bridge.keep_typing(Typing("claim", claim.id, "note", "", "Half a thought"))
    driver.close()
    again = make()
    again.start()
    assert "One text that was typed" in again.window.messages.accessibleName()
    button(again, "message_show_drafts").click()
    again.settle()
    dialog = again.work.keeping.dialog
    assert dialog is not None
    assert dialog.text.toPlainText() == "Half a thought"
    dialog.confirm()
    again.settle()
    assert the_claim(again).note == "Half a thought"
    assert again.work.keeping.dialog is None
    assert again.work.bridge.library.read(drafts.left_over) == []


# Two writers -------------------------------------------------------------------------------------------------


def test_what_the_command_line_does_is_shown_without_asking(driver: Driver, path: Path) -> None:
    driver.press(Qt.Key.Key_Escape)
    elsewhere(path, statement="Fewer families moved away.")
    QTest.qWait(1300)
    driver.settle()
    assert driver.window.panel.editor.statement.text() == "Fewer families moved away."


def test_a_stale_edit_shows_before_theirs_and_mine_and_whatever_is_chosen_the_history_has_both(
    driver: Driver, path: Path
) -> None:
    note = driver.window.panel.editor.note
    note.setFocus()
    elsewhere(path, note="Theirs: ask the registry.")
    driver.type("Mine: ask the school.")
    note.commit()
    driver.settle()
    dialog = driver.work.conflicts.dialog
    assert dialog is not None
    field = dialog.fields["note"]
    shown = {
        name: field.findChild(type(field.result), f"conflict_{name}") for name in ("base", "theirs", "mine")
    }
    texts = {name: pane.toPlainText() for name, pane in shown.items() if pane is not None}
    assert texts == {"base": "", "theirs": "Theirs: ask the registry.", "mine": "Mine: ask the school."}
    assert the_claim(driver).note == "Theirs: ask the registry."
    field.findChild(QPushButton, "conflict_use_theirs").click()  # type: ignore[union-attr]
    dialog.confirm()
    driver.settle()
    assert driver.work.conflicts.dialog is None
    assert the_claim(driver).note == "Theirs: ask the registry."
    scope = history.Scope("claim", the_claim(driver).id)
    steps = driver.work.bridge.library.read(partial(history.steps, scope=scope))
    afters = [change.after for step in steps for item in step.altered for change in item.fields]
    assert {"Theirs: ask the registry.", "Mine: ask the school."} <= set(afters)
    assert note.text() == "Theirs: ask the registry."
    assert driver.work.bridge.library.read(drafts.left_over) == []


def test_a_conflict_put_off_keeps_mine_as_a_draft(driver: Driver, path: Path) -> None:
    note = driver.window.panel.editor.note
    note.setFocus()
    elsewhere(path, note="Theirs")
    driver.type("Mine")
    note.commit()
    driver.settle()
    dialog = driver.work.conflicts.dialog
    assert dialog is not None
    dialog.reject()
    driver.settle()
    assert the_claim(driver).note == "Theirs"
    assert [kept.typing.text for kept in driver.work.bridge.library.read(drafts.left_over)] == ["Mine"]
    assert "One text that was typed" in driver.window.messages.accessibleName()
    driver.work.bridge.look()
    driver.settle()
    assert note.text() == "Theirs"


def test_changes_of_different_fields_need_no_question(driver: Driver, path: Path) -> None:
    elsewhere(path, note="Theirs")
    driver.press("a", CONTROL)
    driver.type("Mine.")
    driver.press(Qt.Key.Key_Escape)
    assert driver.work.conflicts.dialog is None
    assert (the_claim(driver).statement, the_claim(driver).note) == ("Mine.", "Theirs")


# Trouble with the disk ---------------------------------------------------------------------------------------


@pytest.fixture
def lock(path: Path, driver: Driver, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """The library does not take any change."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other
        if other.in_transaction:
            other.execute("ROLLBACK")
        driver.work.bridge.retry()
        driver.settle()


@pytest.fixture(autouse=True)
def _short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_BUSY_MS", 50)
    monkeypatch.setitem(engine._PRAGMAS, "busy_timeout", 50)


def test_what_can_not_be_saved_is_said_until_it_is(driver: Driver, lock: sqlite3.Connection) -> None:
    driver.press("a", CONTROL)
    driver.type("Forty families left.")
    driver.press(Qt.Key.Key_Escape)
    bar = driver.window.notices
    assert bar.isVisible()
    assert "not on disk yet" in bar.accessibleName()
    assert "tried again every 10 s" in bar.accessibleName()
    assert "not saved" in driver.window.status.findChild(object, "status_state").text().lower()  # type: ignore[attr-defined]
    assert driver.window.panel.editor.statement.text() == "Forty families left."
    lock.execute("ROLLBACK")
    button(driver, "message_retry_saving").click()
    driver.settle()
    assert not bar.isVisible()
    assert the_claim(driver).statement == "Forty families left."


def test_leaving_with_unsaved_steps_is_asked_about(driver: Driver, lock: sqlite3.Connection) -> None:
    driver.press("a", CONTROL)
    driver.type("Forty families left.")
    driver.press(Qt.Key.Key_Escape)
    assert not driver.window.close()
    dialog = driver.work.keeping.unsaved_dialog
    assert dialog is not None
    assert dialog.list.count() == 1
    assert "Forty families left." in dialog.list.item(0).text()
    dialog.reject()
    driver.settle()
    assert driver.window.isVisible()
    driver.window.close()
    dialog = driver.work.keeping.unsaved_dialog
    assert dialog is not None
    lock.execute("ROLLBACK")
    dialog.confirm()  # try again: now it works, and the window closes
    driver.settle()
    assert not driver.window.isVisible()


def test_who_leaves_all_the_same_finds_the_text_at_the_next_start(
    driver: Driver, lock: sqlite3.Connection, make: Start
) -> None:
    driver.press("a", CONTROL)
    driver.type("Forty families left.")
    driver.press(Qt.Key.Key_Escape)
    driver.window.close()
    dialog = driver.work.keeping.unsaved_dialog
    assert dialog is not None
    dialog.findChild(QPushButton, "unsaved_quit").click()  # type: ignore[union-attr]
    driver.settle()
    assert not driver.window.isVisible()
    lock.execute("ROLLBACK")
    again = make()
    again.start()
    assert "One text that was typed" in again.window.messages.accessibleName()
    again.work.keeping.show_left_over()
    dialog = again.work.keeping.dialog
    assert dialog is not None
    dialog.confirm()
    again.settle()
    assert the_claim(again).statement == "Forty families left."


def test_the_library_can_be_saved_elsewhere_with_what_it_did_not_take(
    driver: Driver, lock: sqlite3.Connection, tmp_path: Path
) -> None:
    driver.press("a", CONTROL)
    driver.type("Forty families left.")
    driver.press(Qt.Key.Key_Escape)
    wanted: list[str] = []
    driver.window.another_library_requested.connect(wanted.append)
    driver.work.keeping.save_elsewhere(tmp_path / "stick" / "copy.annotator")
    driver.settle()
    assert wanted == [str(tmp_path / "stick" / "copy.annotator")]
    with Library.open(tmp_path / "stick" / "copy.annotator") as copy:
        assert copy.read(lambda store: store.find(Claim))[0].statement == "Forty families left."
    assert driver.window.close()


# Opening -----------------------------------------------------------------------------------------------------


def test_a_library_that_can_only_be_read_is_shown_with_a_banner_and_without_the_means_to_change_it(
    driver: Driver, make: Start
) -> None:
    driver.close()
    reader = make()
    reader.window.start()
    reader.settle()
    reader.window.bridge.close()
    reader = make()
    reader.window.show()
    reader.window.bridge.open = partial(reader.window.bridge.open, read_only=True)  # type: ignore[method-assign]
    reader.start()
    assert "reading only" in reader.window.notices.accessibleName()
    assert reader.window.panel.claim_list.claims.rowCount() == 1
    assert reader.window.panel.editor.statement.isReadOnly()
    assert not reader.window.commands["delete"].isEnabled()
    before = the_claim(reader)
    reader.window.reader.view.setFocus()
    reader.press("v")
    reader.press("r")
    assert the_claim(reader) == before


def test_a_library_of_a_newer_version_is_opened_for_reading_and_not_changed(
    driver: Driver, path: Path, make: Start
) -> None:
    driver.close()
    plant(path, "PRAGMA user_version = 99")
    bytes_before = path.read_bytes()
    reader = make()
    reader.start()
    assert "reading only" in reader.window.notices.accessibleName()
    assert "newer version" in reader.window.notices.accessibleName()
    assert reader.window.panel.claim_list.claims.rowCount() == 1
    assert not reader.window.messages.isVisible()
    reader.close()
    assert path.read_bytes() == bytes_before


def test_a_damaged_library_is_not_touched_and_its_recovery_offered(
    driver: Driver, path: Path, make: Start
) -> None:
    driver.close()
    content = bytearray(path.read_bytes())
    content[8192:12288] = bytes(4096)
    path.write_bytes(content)
    window = make()
    window.start()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert dialog.objectName() == "damaged_dialog"
    assert path.read_bytes() == content
    dialog.close()


def test_rows_that_can_not_be_read_are_counted_and_the_rest_works(
    driver: Driver, path: Path, make: Start
) -> None:
    driver.press(Qt.Key.Key_Escape)
    driver.select("Noise did fall")
    driver.press("c")
    driver.close()
    plant(path, "UPDATE claim SET type = 'nonsense' WHERE id = (SELECT min(id) FROM claim)")
    window = make()
    window.start()
    window.work.bridge.look()
    assert "1 row of claims can't be read" in window.window.messages.accessibleName()
    assert window.window.panel.claim_list.claims.rowCount() == 1


def test_a_backup_is_made_after_opening_and_then_the_bin_is_cleared_of_what_is_old(
    driver: Driver, path: Path, make: Start
) -> None:
    driver.press(Qt.Key.Key_Escape)
    driver.press(Qt.Key.Key_Delete)
    driver.close()
    plant(path, "UPDATE claim SET deleted_at = '2020-01-01T00:00:00.000000+00:00'")
    plant(path, "UPDATE annotation SET deleted_at = '2020-01-01T00:00:00.000000+00:00'")
    again = make()
    again.start()
    QTest.qWait(2_200)
    again.settle()
    folder = path.with_suffix(".data")
    (backup, *_) = backups.list_backups(path, data_folder=folder)
    assert backup.reason is backups.Reason.OPEN
    assert (next(iter((folder / "backups").iterdir())) / "plain-copy.json").exists()
    with Library.open(path) as library:
        assert library.read(lambda store: store.find(Claim, deleted=True)) == []


def test_a_library_open_in_another_window_is_said_to_be_and_its_texts_are_left_alone(
    driver: Driver, path: Path, make: Start
) -> None:
    claim = the_claim(driver)
    driver.work.bridge.keep_typing(Typing("claim", claim.id, "note", "", "Half a thought"))
    Path(f"{path}.lock").write_text(
        Path(f"{path}.lock").read_text(encoding="utf-8").replace(str(os.getpid()), str(os.getppid())),
        encoding="utf-8",
    )
    second = make()
    second.start()
    assert second.work.opening.holder.holding is Holding.HERE
    assert second.work.opening.shared
    assert not second.window.messages.isVisible()


def test_a_library_open_on_another_computer_is_opened_only_when_the_user_insists(
    driver: Driver, path: Path, make: Start
) -> None:
    driver.close()
    Path(f"{path}.lock").write_text("4711\nannotator\nanother-computer\n\n\n", encoding="utf-8")
    second = make()
    second.start()
    assert "another-computer" in second.window.notices.accessibleName()
    assert second.work.reading.article is None
    button(second, "message_open_anyway").click()
    second.settle()
    assert second.work.reading.article is not None
    assert second.work.opening.holder.holding is Holding.ELSEWHERE
    assert not second.window.notices.isVisible()


def test_the_lock_of_a_program_that_was_cut_off_is_taken_over_and_said(
    driver: Driver, path: Path, make: Start
) -> None:
    held = Path(f"{path}.lock").read_text(encoding="utf-8")
    driver.close()
    assert not Path(f"{path}.lock").exists()
    Path(f"{path}.lock").write_text(held.replace(str(os.getpid()), "4194000"), encoding="utf-8")
    again = make()
    again.start()
    assert again.work.opening.holder.holding is Holding.LEFT
    assert Path(f"{path}.lock").read_text(encoding="utf-8").startswith(f"{os.getpid()}\n")


def test_with_the_program_s_threads_a_window_closes_and_asks_only_when_something_is_not_saved(
    qtbot: QtBot, path: Path
) -> None:
    driver = Driver(path, counting_environment(), CountingRunner())
    driver.start(ARTICLE)
    driver.select("Families moved", "in one year")
    driver.press("c")
    driver.press(Qt.Key.Key_Return)
    driver.press("a", CONTROL)
    driver.type("Forty families left.")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        driver.window.close()
        driver.settle(300)
        assert driver.window.isVisible()
        dialog = driver.work.keeping.unsaved_dialog
        assert dialog is not None
        dialog.reject()
        driver.settle()
        driver.window.close()
        driver.settle(300)
        assert driver.work.keeping.unsaved_dialog is not None  # it is still not saved
        other.execute("ROLLBACK")
    driver.work.keeping.unsaved_dialog.confirm()
    qtbot.waitUntil(lambda: not driver.window.isVisible(), timeout=5_000)
    with Library.open(path) as library:
        assert library.read(lambda store: store.find(Claim))[0].statement == "Forty families left."
    driver.window.deleteLater()


def test_with_the_program_s_threads_a_window_with_everything_saved_closes_at_once(
    qtbot: QtBot, path: Path
) -> None:
    driver = Driver(path, counting_environment(), CountingRunner())
    driver.start(ARTICLE)
    driver.window.close()
    qtbot.waitUntil(lambda: not driver.window.isVisible(), timeout=5_000)
    driver.window.deleteLater()
