"""The text field hands over what was typed, once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import TextArea


@pytest.fixture
def area(qtbot: QtBot, themes: ThemeManager) -> Iterator[TextArea]:
    """A field that holds "Trams" and has the focus, with another field to go to."""
    page = QWidget()
    column = QVBoxLayout(page)
    made = TextArea("Note", parent=page)
    column.addWidget(made)
    column.addWidget(QLineEdit(page))
    made.set_text("Trams")
    qtbot.addWidget(page)
    page.resize(300, 200)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    made.setFocus()
    made.moveCursor(made.textCursor().MoveOperation.End)
    yield made
    page.close()


def committed_by(area: TextArea) -> list[str]:
    told: list[str] = []
    area.committed.connect(told.append)
    return told


def test_typing_is_committed_once_after_a_pause(qtbot: QtBot, area: TextArea) -> None:
    told = committed_by(area)
    qtbot.keyClicks(area, " run")
    assert told == []
    qtbot.waitUntil(lambda: told == ["Trams run"], timeout=3000)
    qtbot.wait(700)
    assert told == ["Trams run"]


def test_leaving_the_field_commits_at_once(qtbot: QtBot, area: TextArea) -> None:
    told = committed_by(area)
    qtbot.keyClicks(area, "!")
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    assert told == ["Trams!"]


def test_control_return_commits_and_asks_to_be_done(qtbot: QtBot, area: TextArea) -> None:
    told = committed_by(area)
    qtbot.keyClicks(area, "!")
    with qtbot.waitSignal(area.done_requested):
        qtbot.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told == ["Trams!"]


def test_unchanged_text_is_never_committed(qtbot: QtBot, area: TextArea) -> None:
    told = committed_by(area)
    qtbot.keyClicks(area, "!")
    qtbot.keyClick(area, Qt.Key.Key_Backspace)
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    assert told == []


def test_showing_another_text_tells_nobody(area: TextArea) -> None:
    told = committed_by(area)
    area.set_text("Buses")
    assert (area.text(), told) == ("Buses", [])


def test_a_refresh_leaves_unsaved_typing_alone(qtbot: QtBot, area: TextArea) -> None:
    qtbot.keyClicks(area, " run")
    area.refresh("Somebody else's words")
    assert area.text() == "Trams run"


def test_showing_another_text_commits_unsaved_typing_first(qtbot: QtBot, area: TextArea) -> None:
    told = committed_by(area)
    qtbot.keyClicks(area, " run")
    area.set_text("Buses")
    assert (told, area.text()) == (["Trams run"], "Buses")


def test_escape_asks_to_leave(qtbot: QtBot, area: TextArea) -> None:
    with qtbot.waitSignal(area.escape_pressed):
        qtbot.keyClick(area, Qt.Key.Key_Escape)


def test_it_grows_with_its_text_from_two_to_six_lines(area: TextArea) -> None:
    line = area.fontMetrics().lineSpacing()
    two = area.height()
    area.set_text("a\nb\nc\nd")
    assert area.height() == two + 2 * line
    area.set_text("\n" * 20)
    assert area.height() == two + 4 * line


def test_a_read_only_field_commits_nothing(qtbot: QtBot, area: TextArea) -> None:
    told = committed_by(area)
    area.setReadOnly(True)
    qtbot.keyClicks(area, "x")
    area.commit()
    assert (area.text(), told) == ("Trams", [])
