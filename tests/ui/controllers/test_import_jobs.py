"""Many files at once: the card, the list, Stop, closing, and a window that stays alive."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QDeadlineTimer, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from tests.conftest import counting_environment
from tests.end2end.driver import CountingRunner, Driver

from annotator.domain.article import Article
from annotator.errors import LibraryError
from annotator.services import importing
from annotator.services.importing import ImportOptions, ReadArticle
from annotator.ui.controllers.jobs import JobsController
from annotator.ui.import_report import Fate
from annotator.ui.incoming import Incoming

PARAGRAPH = "<p>" + "The ferries cross the bay each hour, and all of them are full. " * 5 + "</p>"


@pytest.fixture
def driver(qapp: QApplication, tmp_path: Path) -> Iterator[Driver]:
    """The window on a new library, with the threads of the program."""
    importing.read_text(
        f"<article><h1>Warm</h1>{PARAGRAPH * 4}</article>", html=True
    )  # the first one takes longest
    made = Driver(tmp_path / "library.annotator", counting_environment(), CountingRunner())
    made.start()
    yield made
    if made.window.isVisible():
        made.settle()
        made.close()
    else:  # closed by the test, with requests that nobody answers any more
        made.window.deleteLater()
        QTest.qWait(20)


@pytest.fixture
def jobs(driver: Driver) -> JobsController:
    return driver.work.importing.jobs


def shelf(folder: Path, many: int, *, paragraphs: int = 4) -> Path:
    """A folder with so many pages, all different."""
    folder.mkdir()
    for number in range(many):
        title = f"Page {number:04}"
        body = f"<h1>{title}</h1><p>It is number {number}.</p>{PARAGRAPH * paragraphs}"
        page = f"<html><head><title>{title}</title></head><body><article>{body}</article></body></html>"
        (folder / f"{number:04}.html").write_text(page, encoding="utf-8")
    return folder


def give(driver: Driver, *paths: Path) -> None:
    driver.window.dropped.emit(Incoming(files=paths))


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    patience = QDeadlineTimer(round(seconds * 1000))
    while not condition():
        assert not patience.hasExpired()
        QTest.qWait(5)


def stored(driver: Driver) -> int:
    return len(driver.window.bridge.library.read(lambda store: store.find(Article)))


def press(owner: QWidget, name: str) -> None:
    found = owner.findChild(QPushButton, name)
    assert found is not None
    assert found.isVisible(), name
    found.click()


class Gate:
    """Lets files be read one by one, as a test allows."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, free: int) -> None:
        self._free = threading.Semaphore(free)
        self._read = importing.read_file
        monkeypatch.setattr(importing, "read_file", self._wait)

    def _wait(self, path: Path, *, options: ImportOptions | None = None) -> ReadArticle:
        assert self._free.acquire(timeout=30)
        return self._read(path, options=options or ImportOptions())

    def open(self, many: int = 10_000) -> None:
        """Let so many more through."""
        self._free.release(many)


def test_two_hundred_files_keep_the_window_alive_and_each_is_a_step(
    driver: Driver, jobs: JobsController, tmp_path: Path
) -> None:
    folder = shelf(tmp_path / "shelf", 200, paragraphs=20)
    blocks: list[float] = []
    last = perf_counter()

    def tick() -> None:
        nonlocal last
        now = perf_counter()
        blocks.append(now - last)
        last = now

    timer = QTimer(interval=1)
    timer.timeout.connect(tick)
    timer.start()
    last = perf_counter()
    give(driver, folder)
    assert perf_counter() - last < 0.1
    until(lambda: jobs.job is None)
    timer.stop()
    assert len(blocks) > 200
    # One hiccup may come from the machine; the window itself never needs that long.
    assert sorted(blocks)[-2] < 0.1
    assert jobs.report.count(Fate.ADDED) == stored(driver) == 200
    until(lambda: driver.window.library.model.rowCount() == 200)
    driver.window.commands["undo"].trigger()
    driver.settle()
    assert stored(driver) == 199


def test_the_card_comes_after_a_moment_and_counts(
    driver: Driver, jobs: JobsController, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch, free=3)
    began = perf_counter()
    give(driver, shelf(tmp_path / "shelf", 6))
    QTest.qWait(100)
    assert not jobs.card.isVisible()
    until(jobs.card.isVisible)
    assert 0.3 < perf_counter() - began < 3
    title, note = jobs.card.findChild(QLabel, "job_title"), jobs.card.findChild(QLabel, "job_note")
    assert title is not None
    assert note is not None
    until(lambda: title.text() == "Adding articles, 3 of 6")
    assert note.text() == "0003.html"
    QTest.qWait(1100)
    rest = jobs.card.findChild(QLabel, "job_rest")
    assert rest is not None
    until(lambda: rest.text().startswith("about "))
    gate.open()
    until(lambda: jobs.job is None)
    assert title.text() == "6 added"
    press(jobs.card, "job_dismiss")
    assert not jobs.card.isVisible()


def test_a_short_job_shows_no_card(driver: Driver, jobs: JobsController, tmp_path: Path) -> None:
    give(driver, shelf(tmp_path / "shelf", 2))
    until(lambda: jobs.job is None)
    assert not jobs.card.isVisible()
    assert "2 added" in driver.window.messages.accessibleName()
    driver.settle()
    assert driver.window.windowTitle().startswith("Page ")


def test_stop_keeps_what_was_added_and_reads_nothing_more(
    driver: Driver, jobs: JobsController, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch, free=4)
    give(driver, shelf(tmp_path / "shelf", 30))
    until(jobs.card.isVisible)
    until(lambda: jobs.report.count(Fate.ADDED) == 4)
    press(jobs.card, "job_stop")
    gate.open()
    until(lambda: jobs.job is None)
    assert stored(driver) == 4
    assert jobs.summary() == "4 added, 26 not read"
    assert jobs.card.isVisible(), "it says what was left"


def test_files_that_come_while_it_runs_are_added_to_it(
    driver: Driver, jobs: JobsController, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch, free=1)
    first, second = shelf(tmp_path / "one", 3), shelf(tmp_path / "two", 5)
    give(driver, first)
    until(lambda: jobs.report.count(Fate.ADDED) == 1)
    give(driver, second)
    gate.open()
    until(lambda: jobs.job is None)
    assert jobs.report.count(Fate.ADDED) == 5
    assert jobs.report.count(Fate.KNOWN) == 3, "the first three pages of both are alike"


def test_the_list_tells_each_file_and_its_reason_and_opens_articles(
    driver: Driver, jobs: JobsController, tmp_path: Path
) -> None:
    folder = shelf(tmp_path / "shelf", 3)
    (folder / "empty.txt").write_text("")
    (folder / "song.ogg").write_bytes(b"OggS")
    (folder / ".hidden.txt").write_text("Nobody sees this.")
    (folder / "same.html").write_bytes((folder / "0001.html").read_bytes())
    give(driver, folder)
    until(lambda: jobs.job is None)
    driver.settle()
    assert "There is no text in “empty.txt”" in driver.window.messages.accessibleName()
    press(driver.window.messages, "message_import_list")
    dialog = jobs.dialog
    assert dialog is not None
    model = dialog.list.model()
    rows = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert rows == [
        "Refused, 1",
        "empty.txt",
        "Added, 3",
        "Page 0000",
        "Page 0001",
        "Page 0002",
        "In the library already, 1",
        "Page 0001",
        "Skipped, 1",
        "song.ogg",
    ]
    assert "There is no text in “empty.txt”" in dialog.reason.text()
    assert not dialog.open_button.isEnabled()
    press(dialog, "import_list_copy")
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("3 added, 1 in the library already, 1 refused, 1 skipped, 1 hidden")
    assert f"{folder / 'empty.txt'}\t" in copied
    dialog.list.setCurrentIndex(model.index(3, 0))
    dialog.confirm()
    driver.settle()
    assert jobs.dialog is None
    assert driver.window.windowTitle() == "Page 0000 - annotator"


def test_an_article_that_is_being_read_stays_open(
    driver: Driver, jobs: JobsController, tmp_path: Path
) -> None:
    driver.window.commands["sample"].trigger()
    driver.settle()
    before = driver.window.windowTitle()
    give(driver, shelf(tmp_path / "shelf", 3))
    until(lambda: jobs.job is None)
    driver.settle()
    assert driver.window.windowTitle() == before


def test_closing_asks_once_and_leaves_what_was_added(
    driver: Driver, jobs: JobsController, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch, free=2)
    give(driver, shelf(tmp_path / "shelf", 10))
    until(lambda: jobs.report.count(Fate.ADDED) == 2)
    driver.window.close()
    assert driver.window.isVisible()
    assert "still being added" in driver.window.messages.accessibleName()
    closed: list[bool] = []
    driver.window.closed.connect(lambda: closed.append(True))
    gate.open(1)  # what is being read is waited for
    press(driver.window.messages, "message_stop_and_close")
    until(lambda: bool(closed))
    assert not driver.window.isVisible()
    assert jobs.report.count(Fate.ADDED) == 2


def test_keep_adding_goes_on(
    driver: Driver, jobs: JobsController, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch, free=2)
    give(driver, shelf(tmp_path / "shelf", 5))
    until(lambda: jobs.report.count(Fate.ADDED) == 2)
    driver.window.close()
    press(driver.window.messages, "message_dismiss")
    gate.open()
    until(lambda: jobs.job is None)
    assert stored(driver) == 5
    assert driver.window.isVisible()


def test_a_library_that_takes_nothing_ends_the_job(
    driver: Driver, jobs: JobsController, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise LibraryError("The disk is full.", kept="Nothing was changed.", todo="Free some space.")

    monkeypatch.setattr(type(driver.window.bridge.library), "execute", full)
    give(driver, shelf(tmp_path / "shelf", 8))
    until(lambda: jobs.job is None)
    assert jobs.report.count(Fate.ADDED) == 0
    refused = [row for row in jobs.report.rows if row.fate is Fate.REFUSED]
    assert refused
    assert "The disk is full" in refused[0].reason
    assert jobs.report.left + len(refused) == 8
    assert "The disk is full" in driver.window.messages.accessibleName()


def test_a_bug_in_one_file_is_told_and_does_not_end_the_others(
    driver: Driver, jobs: JobsController, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = importing.read_file

    def broken(path: Path) -> ReadArticle:
        if path.name == "0001.html":
            raise ZeroDivisionError
        return read(path)

    monkeypatch.setattr(importing, "read_file", broken)
    driver.window.bridge.failed.disconnect()  # the workbench would raise it, as for any bug
    told: list[Exception] = []
    driver.window.bridge.failed.connect(told.append)
    give(driver, shelf(tmp_path / "shelf", 3))
    until(lambda: jobs.job is None)
    assert [type(error) for error in told] == [ZeroDivisionError]
    assert (jobs.report.count(Fate.ADDED), jobs.report.count(Fate.REFUSED)) == (2, 1)


def test_a_single_file_that_takes_long_shows_a_card_too_and_can_be_stopped(
    driver: Driver, jobs: JobsController, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch, free=0)
    stops: list[bool] = []
    jobs._stop_reading = lambda: stops.append(True)
    give(driver, shelf(tmp_path / "shelf", 1) / "0000.html")
    until(jobs.card.isVisible)
    title, listed = jobs.card.findChild(QLabel, "job_title"), jobs.card.findChild(QPushButton, "job_list")
    assert title is not None
    assert listed is not None
    assert title.text() == "Reading…"
    assert not listed.isVisible()
    press(jobs.card, "job_stop")
    assert stops == [True]
    gate.open()
    until(lambda: driver.window.windowTitle() == "Page 0000 - annotator")
    assert not jobs.card.isVisible()


def test_a_page_that_takes_seconds_is_given_up_when_stop_is_pressed(
    driver: Driver, jobs: JobsController, tmp_path: Path
) -> None:
    page = shelf(tmp_path / "shelf", 1, paragraphs=30_000) / "0000.html"
    give(driver, page)
    until(jobs.card.isVisible)
    press(jobs.card, "job_stop")
    until(driver.window.messages.isVisible)
    assert "0000.html" in driver.window.messages.accessibleName()
    assert stored(driver) == 0


def test_a_folder_without_anything_says_so(driver: Driver, jobs: JobsController, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    give(driver, tmp_path / "empty")
    until(lambda: jobs.job is None)
    assert "Nothing was found" in driver.window.messages.accessibleName()
