"""What one chooses behind the “Aa” is shown at once, kept, and reached with the keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.errors import InvalidValue
from annotator.settings import FACES, Settings
from annotator.ui import theme
from annotator.ui.appearance import Appearance
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.view import ReaderView
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import Segmented


class Room:
    """A window with a text and the choices of its looks, in a settings file of its own."""

    def __init__(self, file: Path, qtbot: QtBot) -> None:
        self.themes = ThemeManager()
        self.themes.load_fonts()
        self.settings = Settings(file)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(1000, 700)
        self.view = ReaderView(self.themes, self.window)
        self.view.resize(1000, 600)
        self.button = QPushButton("Aa", self.window)
        self.appearance = Appearance(self.themes, self.settings, self.window)
        self.appearance.attach(self.view)
        self.window.show()

    def open(self) -> QWidget:
        """The popover, open."""
        self.appearance.show_choices(self.button)
        found = self.window.findChild(QWidget, "appearance")
        assert found is not None
        return found

    def row(self, name: str) -> Segmented:
        """A row of the popover."""
        found = self.window.findChild(Segmented, f"appearance_{name}")
        assert found is not None
        return found


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Room:
    return Room(tmp_path / "settings.json", qtbot)


def face_of(room: Room) -> str:
    return QFontInfo(room.view.page.document.defaultFont()).family()


@pytest.mark.parametrize("face", FACES)
def test_each_face_is_bundled_and_sets_the_article(room: Room, face: str) -> None:
    room.appearance.choose("reading_face", face)
    assert face_of(room) == face
    heading = room.view.page.made.font("readingH1")
    assert QFontInfo(heading).family() == face
    assert QFontInfo(heading).bold()


def test_a_line_is_as_high_as_was_chosen(room: Room) -> None:
    room.view.show_article(ReaderDocument("Some words in a row. " * 40))
    heights = {}
    for line in (1.4, 1.63, 1.9):
        room.appearance.choose("line_height", line)
        lines = room.view.page.document.firstBlock().layout()
        heights[line] = lines.lineAt(2).y() - lines.lineAt(1).y()
    assert heights == {1.4: 27, 1.63: 31, 1.9: 36}


def test_every_choice_is_kept_for_the_next_start(room: Room, tmp_path: Path) -> None:
    chosen = {
        "reading_face": "Source Serif 4",
        "reading_size": 23,
        "line_height": 1.75,
        "measure": 740,
        "theme": "sepia",
        "contrast": "high",
        "motion": "reduced",
    }
    for name, value in chosen.items():
        room.appearance.choose(name, value)
    again = Settings(tmp_path / "settings.json")
    assert {name: again.get(name) for name in chosen} == chosen
    view = ReaderView(room.themes, room.window)
    Appearance(room.themes, again, room.window).attach(view)
    assert view.page.document.defaultFont().pixelSize() == 23
    assert view.reduced_motion


def test_what_is_no_choice_is_refused_and_changes_nothing(room: Room) -> None:
    with pytest.raises(InvalidValue):
        room.appearance.choose("reading_face", "Comic Neue")
    assert face_of(room) == "Literata"


def test_tab_and_arrows_reach_every_choice_and_escape_closes(room: Room, qtbot: QtBot) -> None:
    popover = room.open()
    for name, keys, expected in (
        ("reading_face", [Qt.Key.Key_Right], "Source Serif 4"),
        ("reading_size", [Qt.Key.Key_Right, Qt.Key.Key_Right], 23),
        ("line_height", [Qt.Key.Key_Home], 1.4),
        ("measure", [Qt.Key.Key_End], 820),
        ("theme", [Qt.Key.Key_End], "dark"),
        ("contrast", [Qt.Key.Key_End], "high"),
        ("motion", [Qt.Key.Key_End], "reduced"),
    ):
        focus = popover.focusWidget()
        assert focus is not None
        assert focus.parent() is room.row(name)
        for key in keys:
            QTest.keyClick(popover.focusWidget(), key)
        assert room.appearance.value(name) == expected
        QTest.keyClick(popover.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(popover.focusWidget(), Qt.Key.Key_Escape)
    assert not popover.isVisible()


def test_the_choice_in_force_is_marked_also_when_it_was_made_elsewhere(room: Room) -> None:
    room.open()
    room.appearance.step_size(1)
    room.appearance.next_theme()
    assert (room.row("reading_size").value(), room.row("theme").value()) == ("21", "sepia")
    room.appearance.usual_size()
    assert room.row("reading_size").value() == "19"
    checked = [button.text() for button in room.row("theme").buttons() if button.isChecked()]
    assert checked == ["Sepia"]


def test_the_popover_stays_inside_the_window(room: Room) -> None:
    popover = room.open()
    assert popover.x() >= room.window.mapToGlobal(room.window.rect().topLeft()).x()


def test_the_theme_follows_the_system_while_that_is_chosen(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints = QGuiApplication.styleHints()
    room.appearance.choose("theme", "system")
    assert room.themes.theme.name == "light"
    monkeypatch.setattr(theme, "system_theme", lambda: "dark")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert room.themes.theme.name == "dark"
    room.appearance.choose("theme", "sepia")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert room.themes.theme.name == "sepia"


def test_contrast_follows_the_system_unless_it_is_chosen(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "system_wants_contrast", lambda: True)
    room.appearance.choose("contrast", "system")
    assert room.themes.theme.high_contrast
    room.appearance.choose("contrast", "normal")
    assert not room.themes.theme.high_contrast


def test_nothing_moves_when_that_is_chosen(room: Room) -> None:
    room.appearance.choose("motion", "reduced")
    assert room.view.reduced_motion
    room.appearance.choose("motion", "full")
    assert not room.view.reduced_motion
