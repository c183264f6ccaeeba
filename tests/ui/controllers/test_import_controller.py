"""Bringing in one article: the preview when somebody should look, and what is told about everything else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from tests.conftest import counting_environment
from tests.end2end.driver import CONTROL, CountingRunner, Driver
from tests.importers.epub_maker import Maker

from annotator.domain.article import Article
from annotator.ui.dialogs.import_preview import ImportPreview
from annotator.ui.incoming import Incoming

TITLED = "# Ferries\n\nThree ferries cross the bay each hour, and all of them are full.\n"
UNTITLED = "Three ferries cross the bay each hour, and all of them are full by the time they leave.\n"


@pytest.fixture
def driver(qapp: QApplication, tmp_path: Path) -> Iterator[Driver]:
    """The window on a new library, with the threads of the program."""
    made = Driver(tmp_path / "library.annotator", counting_environment(), CountingRunner())
    made.start()
    yield made
    made.settle()
    made.close()


def give(driver: Driver, *files: Path) -> None:
    driver.window.dropped.emit(Incoming(files=files))
    driver.settle()


def written(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def stored(driver: Driver) -> list[Article]:
    return list(driver.window.bridge.library.read(lambda store: store.find(Article)))


def preview(driver: Driver) -> ImportPreview | None:
    return driver.work.importing.dialog


def told(driver: Driver) -> str:
    return driver.window.messages.accessibleName() if driver.window.messages.isVisible() else ""


def test_a_file_beyond_doubt_is_added_and_opened_at_once(driver: Driver, tmp_path: Path) -> None:
    give(driver, written(tmp_path / "a.md", TITLED))
    assert preview(driver) is None
    assert driver.window.windowTitle() == "Ferries - annotator"
    assert told(driver) == ""


def test_without_a_title_the_preview_asks_for_one_and_ctrl_return_adds(
    driver: Driver, tmp_path: Path
) -> None:
    give(driver, written(tmp_path / "a.txt", UNTITLED))
    assert preview(driver) is not None
    assert stored(driver) == []
    driver.write("import_title", "Ferries of the bay")
    driver.write("import_authors", "Ines Okafor-Lind")
    driver.press(Qt.Key.Key_Return, CONTROL)
    assert preview(driver) is None
    (article,) = stored(driver)
    assert (article.title, article.authors) == ("Ferries of the bay", ("Ines Okafor-Lind",))
    assert driver.window.windowTitle() == "Ferries of the bay - annotator"
    driver.window.commands["undo"].trigger()
    driver.settle()
    assert stored(driver) == []


def test_escape_adds_nothing(driver: Driver, tmp_path: Path) -> None:
    give(driver, written(tmp_path / "a.txt", UNTITLED))
    driver.press(Qt.Key.Key_Escape)
    assert preview(driver) is None
    assert stored(driver) == []


@pytest.mark.parametrize(("wish", "content", "shown"), [("never", UNTITLED, False), ("always", TITLED, True)])
def test_the_setting_says_when_it_is_shown(
    driver: Driver, tmp_path: Path, wish: str, content: str, shown: bool
) -> None:
    driver.window.settings.set("import_preview", wish)
    give(driver, written(tmp_path / "a.md", content))
    assert (preview(driver) is not None) is shown
    assert len(stored(driver)) == (0 if shown else 1)


def test_open_with_preview_shows_it_whatever_the_setting(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path / "a.md", TITLED)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    driver.window.settings.set("import_preview", "never")
    driver.press("o", CONTROL | Qt.KeyboardModifier.ShiftModifier)
    driver.settle()
    assert preview(driver) is not None


def test_reading_with_another_encoding_corrects_the_text_that_is_stored(
    driver: Driver, tmp_path: Path
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(
        "Ёлка и паром\n\nТри парома пересекают залив каждый час, и все они полны.\n".encode("koi8-r")
    )
    driver.work.importing.open_paths([file], preview=True)
    driver.settle()
    dialog = preview(driver)
    assert dialog is not None
    for codec, right in (("cp1252", False), ("koi8-r", True)):
        at = dialog.encoding.findData(codec)
        dialog.encoding.setCurrentIndex(at)
        dialog.encoding.activated.emit(at)
        driver.settle()
        assert ("Три парома" in dialog.text.toPlainText()) is right
    driver.press(Qt.Key.Key_Return, CONTROL)
    assert [article.title for article in stored(driver)] == ["Ёлка и паром"]


def book(path: Path) -> Path:
    """A book of two parts; the first has two chapters."""
    tree = [("Part One", "p1.xhtml", [("Dusk", "c1.xhtml"), ("Dark", "c2.xhtml")]), ("Part Two", "p2.xhtml")]
    made = Maker(nav=tree)
    for name, title in (("p1", "Part One"), ("c1", "Dusk"), ("c2", "Dark"), ("p2", "Part Two")):
        made.add(
            f"{name}.xhtml", f"<h1>{title}</h1><p>The words of {title} go on for a while, and then end.</p>"
        )
    path.write_bytes(made.build())
    return path


def test_of_a_book_the_chapters_that_are_wanted_are_added_and_others_later(
    driver: Driver, tmp_path: Path
) -> None:
    file = book(tmp_path / "book.epub")
    give(driver, file)
    dialog = preview(driver)
    assert dialog is not None, "there are chapters to choose from"
    assert len(dialog.parts.numbers()) == 4
    dialog.parts.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    driver.settle(500)
    assert "words of Dusk" not in dialog.text.toPlainText()
    driver.press(Qt.Key.Key_Return, CONTROL)
    assert preview(driver) is None
    assert "The words of Part Two" in driver.text
    assert "The words of Dusk" not in driver.text
    driver.work.importing.open_paths([file], preview=True)
    driver.settle()
    dialog = preview(driver)
    assert dialog is not None
    assert "from the same file" in dialog.messages.accessibleName()
    dialog.parts.list.item(3).setCheckState(Qt.CheckState.Unchecked)
    driver.settle(500)
    button = driver.field("import_again")
    assert isinstance(button, QPushButton)
    assert button.isEnabled()
    button.click()
    driver.settle()
    assert len(stored(driver)) == 2
    assert "The words of Dark" in driver.text


def test_the_same_file_again_with_preview_is_offered_to_be_opened(driver: Driver, tmp_path: Path) -> None:
    first, other = (
        written(tmp_path / "a.md", TITLED),
        written(tmp_path / "b.md", "# Other\n\nWords, all alone.\n"),
    )
    give(driver, first)
    give(driver, other)
    driver.work.importing.open_paths([first], preview=True)
    driver.settle()
    driver.press(Qt.Key.Key_Return, CONTROL)
    assert preview(driver) is None
    assert driver.window.windowTitle() == "Ferries - annotator"
    assert len(stored(driver)) == 2


def test_the_same_text_in_another_file_may_be_added_all_the_same(driver: Driver, tmp_path: Path) -> None:
    give(driver, written(tmp_path / "a.md", TITLED))
    driver.work.importing.open_paths([written(tmp_path / "b.md", TITLED + "\n\n")], preview=True)
    driver.settle()
    button = driver.field("import_again")
    assert isinstance(button, QPushButton)
    button.click()
    driver.settle()
    assert [article.title for article in stored(driver)] == ["Ferries", "Ferries"]


def test_a_known_file_without_preview_is_opened_and_said_to_be_known(driver: Driver, tmp_path: Path) -> None:
    file = written(tmp_path / "a.md", TITLED)
    give(driver, file)
    driver.window.commands["close_article"].trigger()
    give(driver, file)
    assert driver.window.windowTitle() == "Ferries - annotator"
    assert "already" in told(driver)
    assert len(stored(driver)) == 1


def test_a_file_that_can_not_be_read_says_why_and_can_be_tried_again(driver: Driver, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"")
    give(driver, file)
    assert "There is no text in “a.md”" in told(driver)
    written(file, TITLED)
    again = driver.window.messages.findChild(QPushButton, "message_import_again")
    assert again is not None
    again.click()
    driver.settle()
    assert [article.title for article in stored(driver)] == ["Ferries"]
    assert told(driver) == ""


def test_an_address_is_not_fetched_and_an_image_not_read(driver: Driver) -> None:
    driver.window.dropped.emit(Incoming(address="https://gazette.example/ferries"))
    assert "fetches nothing" in told(driver)
    assert "save the page as a file" in told(driver)
    driver.window.dropped.emit(Incoming(image=True))
    assert "This is an image" in told(driver)
    assert stored(driver) == []


def paste(driver: Driver, data: QMimeData) -> None:
    QGuiApplication.clipboard().setMimeData(data)
    driver.window.commands["paste"].trigger()
    driver.settle()
    QGuiApplication.clipboard().clear()  # what Python owns must not outlive it there


def test_pasting_rich_text_keeps_its_structure(driver: Driver) -> None:
    data = QMimeData()
    data.setHtml("<h1>Ferries</h1><p>Three ferries cross the bay.</p><ul><li>Seats</li></ul>")
    data.setText("Ferries Three ferries cross the bay. Seats")
    paste(driver, data)
    assert driver.text == "Ferries\nThree ferries cross the bay.\nSeats"


def test_pasting_files_is_as_dropping_them(driver: Driver, tmp_path: Path) -> None:
    data = QMimeData()
    files = [written(tmp_path / "a.md", TITLED), written(tmp_path / "b.md", "# Boats\n\nWords, all alone.\n")]
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    paste(driver, data)
    assert {article.title for article in stored(driver)} == {"Ferries", "Boats"}


def test_pasting_an_image_or_nothing_says_why_not(driver: Driver) -> None:
    data = QMimeData()
    data.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    paste(driver, data)
    assert "This is an image" in told(driver)
    paste(driver, QMimeData())
    assert "holds no text" in told(driver)


def test_the_original_is_saved_byte_for_byte(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(TITLED.replace("\n", "\r\n").encode("utf-8-sig"))
    give(driver, file)
    target = tmp_path / "out" / "back.md"
    proposed: list[str] = []

    def choose(_parent: object, _title: str, name: str, _filter: str) -> tuple[str, str]:
        proposed.append(name)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    driver.window.commands["save_original"].trigger()
    driver.settle()
    assert proposed == ["a.md"]
    assert target.read_bytes() == file.read_bytes()


def test_a_library_that_can_only_be_read_takes_nothing(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(driver.window.bridge), "read_only", "This library can only be read.")
    give(driver, written(tmp_path / "a.md", TITLED))
    assert "can only be read" in told(driver)
    assert stored(driver) == []
