"""Find in claims and notes, and what a screen reader is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot
from tests.conftest import counting_environment
from tests.end2end.driver import CONTROL, Driver

from annotator.errors import UserError
from annotator.ui.reader.find_bar import WRITTEN
from annotator.ui.runner import ImmediateRunner


@pytest.fixture
def driver(qapp: QApplication, tmp_path: Path) -> Iterator[Driver]:
    made = Driver(tmp_path / "window.annotator", counting_environment(), ImmediateRunner())
    made.start()
    made.window.commands["sample"].trigger()
    made.settle()
    made.window.reader.view.reduced_motion = True
    made.window.reader.focus_text()
    yield made
    made.close()


@pytest.fixture
def heard(driver: Driver) -> Iterator[list[tuple[str, bool]]]:
    """What a screen reader is told, as if there was one."""
    told: list[tuple[str, bool]] = []
    driver.work.announcing.announcer.announced.connect(lambda text, urgent: told.append((text, urgent)))
    QAccessible.setActive(True)
    yield told
    QAccessible.setActive(False)


def written(driver: Driver, words: str) -> None:
    bar = driver.window.reader.find_bar
    driver.press("/")
    bar.scope.set_value(WRITTEN)
    bar.field.setText(words)
    bar.field.setFocus()


def test_a_place_in_a_claim_leads_to_the_claim(driver: Driver) -> None:
    reading = driver.work.reading
    claim = reading.work.claims[6]
    written(driver, claim.claim.statement.upper())
    driver.press(Qt.Key.Key_Return)
    assert reading.active_claim().number == 7
    assert driver.window.reader.view.on_screen(claim.mention.start)
    assert driver.focus() is driver.window.reader.find_bar.field


def test_evidence_is_found_under_its_claim(driver: Driver) -> None:
    reading = driver.work.reading
    view = next(view for view in reading.work.claims if view.evidence)
    written(driver, view.evidence[0].evidence.quote[:40])
    assert driver.window.reader.find_bar.list.item(0).text().startswith(f"Claim {view.number}, evidence:")
    driver.press(Qt.Key.Key_Return)
    assert reading.active_claim().number == view.number


def test_a_place_in_a_note_leads_to_the_note(driver: Driver) -> None:
    reading = driver.work.reading
    mark = next(mark for mark in reading.work.marks if mark.note)
    written(driver, mark.note[:30])
    driver.press(Qt.Key.Key_Return)
    assert driver.window.reader.view.active == mark.id


def test_what_was_written_meanwhile_is_found(driver: Driver) -> None:
    written(driver, "a claim nobody made yet")
    assert driver.window.reader.find_bar.list.count() == 0
    driver.press(Qt.Key.Key_Escape)
    driver.select("Hospitals, bakeries and the container port")
    driver.press("c")
    driver.press(Qt.Key.Key_Return)
    driver.window.panel.editor.statement.setPlainText("A claim nobody made yet.")
    driver.press("s", CONTROL)
    driver.window.reader.focus_text()
    written(driver, "a claim nobody made yet")
    assert driver.window.reader.find_bar.list.count() == 1


def test_entering_and_leaving_a_claim_is_told(driver: Driver, heard: list[tuple[str, bool]]) -> None:
    view, claim = driver.window.reader.view, driver.work.reading.work.claims[3]
    view.set_caret(claim.mention.start + 1)
    view.set_caret(claim.mention.start + 2)
    view.set_caret(0)
    assert heard == [("Claim 4, Conflicting", False), ("End of claim", False)]


def test_only_the_last_count_is_told_while_one_types(
    driver: Driver, heard: list[tuple[str, bool]], qtbot: QtBot
) -> None:
    driver.press("/")
    driver.type("tram")
    many = len(driver.window.reader.find_bar.places)
    qtbot.waitUntil(lambda: heard == [(f"1 of {many}", False)])


def test_what_was_done_is_told_and_that_it_is_saved(driver: Driver, heard: list[tuple[str, bool]]) -> None:
    driver.select("Hospitals, bakeries and the container port")
    driver.press("h")
    assert ("Saved", False) in heard
    assert any("ighlight" in text for text, _ in heard)


def test_errors_are_told_at_once(driver: Driver, heard: list[tuple[str, bool]]) -> None:
    driver.window.bridge.failed.emit(UserError("It broke.", kept="Nothing was lost.", todo="Try again."))
    assert ("It broke. Nothing was lost. Try again.", True) in heard


def test_nobody_is_told_anything_without_a_screen_reader(driver: Driver) -> None:
    told: list[str] = []
    driver.work.announcing.announcer.announced.connect(lambda text, _urgent: told.append(text))
    driver.press("/")
    driver.window.reader.view.set_caret(driver.work.reading.work.claims[3].mention.start)
    driver.work.announcing.announcer.say("A sentence.")
    assert told == []


def test_a_long_address_is_told_by_its_beginning_and_its_end(driver: Driver) -> None:
    status = driver.window.status
    address = "https://velmar.example/" + "a" * 200 + "/end"
    status.show_address(address)
    assert len(status._place.text()) == 90
    assert status._place.text().startswith("https://velmar.example/aaa")
    assert status._place.text().endswith("aaa/end")
    status.show_address("")
    assert status._place.isHidden()


def test_single_keys_can_be_switched_off_on_the_sheet_of_keys(driver: Driver) -> None:
    driver.press(Qt.Key.Key_F1)
    sheet = QApplication.activeModalWidget()
    sheet.findChild(QCheckBox, "single_keys").click()
    driver.press(Qt.Key.Key_Escape)
    driver.window.reader.focus_text()
    assert driver.window.settings.get("single_keys") is False
    for key in ("e", "?", "/", "1"):
        driver.press(key)
    assert QApplication.activeModalWidget() is None
    assert driver.window.reader.view.selected_span() is None
    assert driver.window.reader.find_bar.isHidden()
    driver.press("f", CONTROL)
    assert driver.focus() is driver.window.reader.find_bar.field
    driver.press(Qt.Key.Key_Escape)
    driver.press(Qt.Key.Key_F1)
    QApplication.activeModalWidget().findChild(QCheckBox, "single_keys").click()
    driver.press(Qt.Key.Key_Escape)
    driver.window.reader.focus_text()
    driver.press("e")
    assert driver.window.reader.view.selected_span() is not None
