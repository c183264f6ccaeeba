"""The columns of the reading page: their handles, their limits, and the library above the text in a small window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSplitterHandle
from tests.conftest import counting_environment
from tests.end2end.driver import Driver

from annotator.ui.main_window import MainWindow
from annotator.ui.runner import ImmediateRunner


@pytest.fixture
def driver(qapp: QApplication, tmp_path: Path) -> Iterator[Driver]:
    made = Driver(tmp_path / "window.annotator", counting_environment(), ImmediateRunner())
    made.start()
    made.window.commands["sample"].trigger()
    made.settle()
    made.window.reader.focus_text()
    yield made
    made.close()


def small(driver: Driver) -> MainWindow:
    """The window without room for the library beside the text."""
    driver.window.resize(1024, 700)
    driver.settle()
    return driver.window


def drag(handle: QSplitterHandle, by: int, *, beside: int = 0) -> None:
    """Take a handle, `beside` pixels from its line, and pull it."""
    start = QPoint(handle.contentsRect().center().x() + beside, 300)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(handle, start + QPoint(by, 0))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=start + QPoint(by, 0))


def test_a_handle_is_one_pixel_wide_and_can_be_taken_within_eight(driver: Driver) -> None:
    page = driver.window.read_page
    handle = page.handle(1)
    assert handle.width() == 8
    assert handle.contentsRect().width() == 1
    at = handle.mapTo(driver.window, QPoint(0, 300))
    for x in range(8):
        assert driver.window.childAt(at + QPoint(x, 0)) is handle
    before = driver.window.library.width()
    drag(handle, 40, beside=3)
    assert driver.window.library.width() == before + 40


def test_columns_keep_their_limits(driver: Driver) -> None:
    window = driver.window
    drag(window.read_page.handle(1), 600)
    assert window.library.width() == 360
    drag(window.read_page.handle(1), -600)
    assert window.library.width() == 200
    drag(window.read_page.handle(2), -600)
    assert window.panel.width() == 560
    drag(window.read_page.handle(2), 600)
    assert window.panel.width() == 340


def test_two_clicks_on_a_handle_bring_its_column_back_to_the_usual_width(driver: Driver) -> None:
    window = driver.window
    drag(window.read_page.handle(1), 70)
    drag(window.read_page.handle(2), -70)
    for number in (1, 2):
        QTest.mouseDClick(window.read_page.handle(number), Qt.MouseButton.LeftButton)
    assert window.library.width() == 252
    assert window.panel.width() == 412


def test_in_a_small_window_the_library_lies_above_the_text_and_moves_nothing(driver: Driver) -> None:
    window = small(driver)
    assert not window.library.isVisible()
    text = window.reader.geometry()
    driver.press(Qt.Key.Key_F9)
    assert window.library.isVisible()
    assert window.reader.geometry() == text
    assert window.library.list.hasFocus()
    left = window.library.mapTo(window, QPoint(0, 0))
    assert left.x() == 0
    assert window.childAt(QPoint(100, 400)) in window.library.findChildren(type(window.childAt(100, 400)))
    driver.press(Qt.Key.Key_F9)
    assert not window.library.isVisible()
    assert window.reader.view.hasFocus()


def test_it_goes_with_escape(driver: Driver) -> None:
    window = small(driver)
    driver.press(Qt.Key.Key_F9)
    driver.press(Qt.Key.Key_Escape)
    assert not window.library.isVisible()
    assert window.reader.view.hasFocus()
    assert not window.header.findChild(type(window.header.menu_button), "header_library").isChecked()


def test_it_goes_when_an_article_is_chosen(driver: Driver) -> None:
    driver.work.importing.import_text("Another piece\n\nIt says that nothing has changed in all these years.")
    window = small(driver)
    driver.press(Qt.Key.Key_F9)
    driver.press(Qt.Key.Key_Down)
    driver.press(Qt.Key.Key_Return)
    assert not window.library.isVisible()
    assert window.reader.view.hasFocus()


def test_it_goes_when_the_text_is_clicked(driver: Driver) -> None:
    window = small(driver)
    driver.press(Qt.Key.Key_F9)
    QTest.mouseClick(window.reader.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(400, 300))
    driver.settle()
    assert not window.library.isVisible()


def test_the_button_in_the_header_opens_and_shuts_it(driver: Driver) -> None:
    window = small(driver)
    button = window.header.findChild(type(window.header.menu_button), "header_library")
    for shown in (True, False, True, False):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        driver.settle()
        assert window.library.isVisible() is shown
        assert button.isChecked() is shown


def test_a_larger_window_has_it_beside_the_text_again(driver: Driver) -> None:
    window = small(driver)
    driver.press(Qt.Key.Key_F9)
    window.resize(1440, 900)
    driver.settle()
    assert window.library.isVisible()
    assert window.read_page.indexOf(window.library) == 0
    assert window.read_page.sizes()[0] >= 200
    small(driver)
    assert not window.library.isVisible()


def test_a_small_window_starts_without_it(driver: Driver) -> None:
    window = small(driver)
    driver.press(Qt.Key.Key_F9)
    stored = window.stored_state()
    window.restore_state(stored)
    driver.settle()
    window.resize(1440, 900)
    driver.settle()
    assert window.library.isVisible()


def test_the_library_comes_back_as_wide_as_it_was(driver: Driver) -> None:
    window = driver.window
    drag(window.read_page.handle(1), 50)
    small(driver)
    driver.press(Qt.Key.Key_F9)
    window.resize(1440, 900)
    driver.settle()
    assert window.library.width() == 302
