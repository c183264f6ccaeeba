"""Ctrl+P shows the open article as it will be printed, with everything that was done in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import QApplication
from tests.conftest import counting_environment
from tests.end2end.driver import CONTROL, Driver

from annotator.ui.runner import ImmediateRunner


@pytest.fixture
def driver(qapp: QApplication, tmp_path: Path) -> Iterator[Driver]:
    made = Driver(tmp_path / "window.annotator", counting_environment(), ImmediateRunner())
    made.start()
    yield made
    made.close()


def preview(driver: Driver) -> QPrintPreviewDialog:
    driver.window.commands["sample"].trigger()
    driver.settle(200)
    driver.press("p", CONTROL)
    driver.settle(200)
    found = driver.window.findChild(QPrintPreviewDialog, "print_preview")
    assert found is not None
    return found


def test_there_is_nothing_to_print_without_an_article(driver: Driver) -> None:
    assert not driver.window.commands["print"].isEnabled()


def test_ctrl_p_shows_all_pages_and_escape_goes_back_to_the_text(driver: Driver) -> None:
    dialog = preview(driver)
    assert dialog.isVisible()
    assert "Let the trams run all night" in dialog.windowTitle()
    shown = dialog.findChild(QPrintPreviewWidget)
    assert shown is not None
    assert shown.pageCount() >= 5
    driver.press(Qt.Key.Key_Escape)
    driver.settle(50)
    assert driver.window.findChild(QPrintPreviewDialog, "print_preview") is None
    assert driver.focus() is driver.window.reader.view


def test_what_is_printed_has_the_claims_with_their_verdicts_and_evidence(
    driver: Driver, tmp_path: Path
) -> None:
    dialog = preview(driver)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    dialog.paintRequested.emit(printer)
    dialog.reject()
    document = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    pages = []
    for page in document:
        text_page = page.get_textpage()
        pages.append(" ".join(text_page.get_text_bounded().split()))
        text_page.close()
        page.close()
    document.close()
    whole = " ".join(pages)
    assert "Let the trams run all night" in pages[0]
    assert "Ines Okafor-Lind" in pages[0]
    for words in ("Conflicting evidence, 72", "Refutes: Counting the night: a re-analysis, §3", "Note: "):
        assert words in whole
    for view in driver.work.reading.work.claims:
        assert f"{view.number} " in whole
    assert "tram ridership rose 18 % during the six" in whole
