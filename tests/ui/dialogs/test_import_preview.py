"""The preview: what was read is shown and may be corrected, what is known is offered to be opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from annotator.domain.article import Article
from annotator.domain.ids import ArticleId
from annotator.errors import UnreadableFile
from annotator.services.articles import KnownArticle, Metadata
from annotator.services.import_offers import Examined, Offer, Part, examine
from annotator.services.importing import ImportOptions
from annotator.ui.dialogs.import_preview import ImportPreview
from annotator.ui.theme import ThemeManager

PAGE = """<!doctype html><html lang="en"><head><title>Ferries</title><meta name="author" content="Ines Okafor-Lind">
<link rel="canonical" href="https://gazette.example/ferries"></head><body><article><h1>Ferries</h1>
<p>Three ferries cross the <em>bay</em> each hour, and all of them are full.</p><ul><li>Seats</li></ul></article></body></html>"""
PARTS = (
    Part("One", 1, 900),
    Part("One, first", 2, 400),
    Part("One, second", 2, 500),
    Part("Two", 1, 1200),
)


def examined(folder: Path, name: str = "ferries.html", content: str = PAGE) -> Examined:
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return examine(Offer(path=file))


@pytest.fixture
def preview(themes: ThemeManager, tmp_path: Path) -> Iterator[ImportPreview]:
    behind = QWidget()
    behind.resize(1440, 900)
    behind.show()
    dialog = ImportPreview(themes, behind)
    dialog.show_examined(examined(tmp_path))
    dialog.open()
    QTest.qWait(20)
    yield dialog
    dialog.reject()
    behind.close()
    behind.deleteLater()


def field(dialog: ImportPreview, name: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, name)
    assert found is not None
    return found


def press(dialog: ImportPreview, name: str) -> None:
    found = dialog.findChild(QPushButton, name)
    assert found is not None
    found.click()


def confirm(dialog: ImportPreview) -> None:
    focus = dialog.focusWidget() or dialog
    QTest.keyClick(focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_it_shows_what_was_read_beside_the_text(preview: ImportPreview) -> None:
    assert field(preview, "import_title").text() == "Ferries"
    assert field(preview, "import_authors").text() == "Ines Okafor-Lind"
    assert field(preview, "import_url").text() == "https://gazette.example/ferries"
    assert field(preview, "import_language").text() == "en"
    shown = preview.findChild(QLabel, "import_format")
    assert shown is not None
    assert shown.text() == "Web page (HTML)"
    assert "Three ferries cross the bay" in preview.text.toPlainText()
    counts = preview.findChild(QLabel, "import_counts")
    assert counts is not None
    assert counts.text().startswith("15 words")


def test_ctrl_return_adds_with_nothing_to_say_when_nothing_was_typed(preview: ImportPreview) -> None:
    asked = QSignalSpy(preview.add_requested)
    confirm(preview)
    assert asked.at(0) == [None, False]


def test_only_what_was_typed_is_said_and_it_survives_another_reading(
    preview: ImportPreview, tmp_path: Path
) -> None:
    field(preview, "import_authors").setText("Ines Okafor-Lind;  Ben Moss")
    other = examined(tmp_path, "other.html", PAGE.replace("Ferries", "Boats").replace("Ines", "Ada"))
    preview.show_examined(other)
    assert field(preview, "import_title").text() == "Boats"
    asked = QSignalSpy(preview.add_requested)
    confirm(preview)
    assert asked.at(0) == [Metadata(authors=("Ines Okafor-Lind", "Ben Moss")), False]


def test_without_a_title_nothing_is_added_and_the_button_says_why(preview: ImportPreview) -> None:
    asked = QSignalSpy(preview.add_requested)
    field(preview, "import_title").setText("  ")
    button = preview.findChild(QPushButton, "import_add")
    assert button is not None
    assert not button.isEnabled()
    assert button.toolTip() == "An article needs a title"
    confirm(preview)
    assert asked.count() == 0


def test_another_encoding_or_the_whole_page_is_asked_for_and_meanwhile_nothing_is_added(
    preview: ImportPreview,
) -> None:
    asked = QSignalSpy(preview.options_changed)
    at = preview.encoding.findData("cp1252")
    preview.encoding.setCurrentIndex(at)
    preview.encoding.activated.emit(at)
    assert asked.at(0) == [ImportOptions(encoding="cp1252")]
    preview.set_reading()
    button = preview.findChild(QPushButton, "import_add")
    assert button is not None
    assert not button.isEnabled()
    preview.extent.buttons()[1].click()
    assert asked.at(1) == [ImportOptions(encoding="cp1252", whole_page=True)]


def test_trouble_is_told_above_and_what_was_shown_stays(preview: ImportPreview) -> None:
    at = preview.encoding.findData("big5")
    preview.encoding.setCurrentIndex(at)
    preview.encoding.activated.emit(at)
    preview.set_reading()
    preview.show_error(UnreadableFile("“ferries.html” is not in Big5.", kept="Nothing was added."))
    assert "Big5" in preview.messages.accessibleName()
    assert "Three ferries" in preview.text.toPlainText()
    assert preview.encoding.currentData() == ""
    button = preview.findChild(QPushButton, "import_add")
    assert button is not None
    assert button.isEnabled()


def test_what_is_known_with_bytes_and_text_is_only_opened(preview: ImportPreview, tmp_path: Path) -> None:
    article = Article(id=ArticleId("a1"), title="Ferries")
    preview.show_examined(examined(tmp_path), KnownArticle(article, same_bytes=True, same_text=True))
    again = preview.findChild(QPushButton, "import_again")
    assert again is not None
    assert not again.isVisible()
    assert "already" in preview.messages.accessibleName()
    opened, added = QSignalSpy(preview.open_requested), QSignalSpy(preview.add_requested)
    confirm(preview)
    assert opened.at(0) == ["a1"]
    assert added.count() == 0


def test_with_another_text_of_the_same_file_it_may_be_added_all_the_same(
    preview: ImportPreview, tmp_path: Path
) -> None:
    article = Article(id=ArticleId("a1"), title="Ferries")
    preview.show_examined(examined(tmp_path), KnownArticle(article, same_bytes=True, same_text=False))
    added = QSignalSpy(preview.add_requested)
    press(preview, "import_again")
    assert added.at(0) == [None, True]


def test_chapters_are_chosen_with_what_lies_below_them(preview: ImportPreview, tmp_path: Path) -> None:
    preview.show_examined(replace(examined(tmp_path), parts=PARTS))
    parts = preview.parts
    assert parts.isVisible()
    assert parts.numbers() == (0, 1, 2, 3)
    assert preview.options().parts == ()
    asked = QSignalSpy(preview.options_changed)
    parts.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert parts.numbers() == (3,)
    assert asked.wait(2000)
    assert asked.at(0) == [ImportOptions(parts=(3,))]
    parts.list.item(0).setCheckState(Qt.CheckState.Checked)
    parts.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert parts.numbers() == (0, 2, 3)
    parts.list.item(2).setCheckState(Qt.CheckState.Unchecked)
    assert parts.numbers() == (3,), "the whole of chapter one would be read"


def test_no_chapter_at_all_can_not_be_added(preview: ImportPreview, tmp_path: Path) -> None:
    preview.show_examined(replace(examined(tmp_path), parts=PARTS))
    asked = QSignalSpy(preview.options_changed)
    press(preview, "import_parts_none")
    assert not asked.wait(600)
    button = preview.findChild(QPushButton, "import_add")
    assert button is not None
    assert button.toolTip() == "Choose a chapter first"
    press(preview, "import_parts_all")
    assert button.isEnabled()
    preview.parts.list.item(3).setCheckState(Qt.CheckState.Unchecked)
    assert not button.isEnabled(), "what is chosen has not been read yet"


def test_warnings_are_shown_and_go_with_the_reading_they_were_about(
    preview: ImportPreview, tmp_path: Path
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(("Die Fähren\n\n" + "Drei Fähren überqueren die Bucht. " * 9).encode("cp1252"))
    doubtful = examine(Offer(path=file))
    preview.show_examined(doubtful)
    box = preview.findChild(QWidget, "import_warnings")
    assert box is not None
    assert box.isVisible()
    preview.show_examined(examine(Offer(path=file), ImportOptions(encoding="cp1252"), doubtful))
    assert not box.isVisible()


def test_every_control_has_a_name_and_escape_closes_also_from_the_text(preview: ImportPreview) -> None:
    for child in preview.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible():
            assert child.accessibleName(), child.objectName()
    preview.text.setFocus()
    QTest.keyClick(preview.text, Qt.Key.Key_Escape)
    assert not preview.isVisible()


def test_a_megabyte_is_shown_quickly(preview: ImportPreview, tmp_path: Path) -> None:
    text = "# Long\n\n" + "\n\n".join(
        f"Paragraph {n}. " + "Some *words* that go on. " * 40 for n in range(1100)
    )
    long = examined(tmp_path, "long.md", text)
    assert len(long.read.imported.text) > 1_000_000
    began = perf_counter()
    preview.show_examined(long)
    assert perf_counter() - began < 2.0
