"""The table of keys: what is in it works and is on the sheet of keys, what nobody handles is nowhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.keys import (
    DEFAULT_KEYS,
    chord_of,
    commands,
    keys_in_use,
    sheet_of_keys,
    stored_keys,
)
from annotator.ui.reader.view import ReaderView

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def pressed(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, text: str = "", scan: int = 0) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan, 0, 0, text)


def test_no_two_commands_share_a_key_or_a_name() -> None:
    chords = [chord for command in commands() for chord in command.keys]
    assert len(chords) == len(set(chords)) == len(DEFAULT_KEYS)
    assert len({command.name for command in commands()}) == len(commands())


def test_each_key_has_words_on_the_sheet() -> None:
    rows = sheet_of_keys({command.name for command in commands()}, DEFAULT_KEYS)
    assert ("J / K", "next / previous paragraph") in rows
    assert ("Shift J / Shift K", "next / previous claim") in rows
    assert ("1 – 8 / 0", "set the tag / take it away") in rows
    assert ("+ / -", "confidence up / down by 5") in rows
    assert ("Enter", "edit the active claim") in rows
    assert all(keys and words for keys, words in rows)
    assert len({words for _, words in rows}) == len(rows)


def test_the_sheet_shows_the_keys_that_are_in_use() -> None:
    rows = sheet_of_keys({"claim", "tag", "note"}, {"Q": "claim", "9": "tag"})
    assert rows == [("Q", "turn the selection into a claim"), ("9", "set the tag / take it away")]


def test_a_command_nobody_handles_is_on_no_sheet_and_its_key_does_nothing_until_somebody_does(
    reader: ReaderView, qtbot: QtBot
) -> None:
    reader.show_article(ReaderDocument("One. Two."))
    reader.setFocus()
    assert "find" not in reader.handled
    assert all(keys != "/" for keys, _ in sheet_of_keys(reader.handled, reader.keys))
    qtbot.keyClicks(reader, "/")
    asked: list[str] = []
    reader.handle("find", lambda: asked.append("find"))
    qtbot.keyClicks(reader, "/")
    assert asked == ["find"]
    assert ("/", "find in this article") in sheet_of_keys(reader.handled, reader.keys)


def test_a_handler_for_a_command_that_is_not_in_the_table_is_a_mistake(reader: ReaderView) -> None:
    with pytest.raises(AssertionError, match="fnid"):
        reader.handle("fnid", lambda: None)


def test_keys_can_be_given_to_other_commands(reader: ReaderView, qtbot: QtBot) -> None:
    reader.show_article(ReaderDocument("One. Two."))
    reader.setFocus()
    reader.keys = {"Q": "claim"}
    with qtbot.assertNotEmitted(reader.claim_requested):
        qtbot.keyClicks(reader, "c")
    with qtbot.waitSignal(reader.claim_requested):
        qtbot.keyClicks(reader, "q")


@pytest.mark.parametrize(
    ("event", "chord"),
    [
        (pressed(Qt.Key.Key_J, SHIFT, "J"), "Shift+J"),
        (pressed(Qt.Key.Key_Question, SHIFT, "?"), "?"),
        (pressed(Qt.Key.Key_Slash, SHIFT, "/", scan=16), "/"),
        (pressed(Qt.Key.Key_Ampersand, NONE, "&", scan=10), "1"),
        (pressed(Qt.Key.Key_Right, ALT | SHIFT), "Alt+Shift+Right"),
        (pressed(Qt.Key.Key_Right, ALT), ""),
        (pressed(Qt.Key.Key_C, CONTROL, "\x03"), ""),
        (pressed(Qt.Key.Key_E, ALT | SHIFT, "E"), ""),
    ],
)
def test_a_key_is_named_as_people_write_it(event: QKeyEvent, chord: str) -> None:
    assert chord_of(event) == chord


def test_without_single_keys_nothing_that_is_typed_does_anything() -> None:
    keys = keys_in_use({}, single=False)
    assert {"Return", "Esc", "Del", "Space", "Alt+Shift+Left"} <= keys.keys()
    assert not {"E", "Shift+E", "J", "/", "?", "1", "+", "."} & keys.keys()
    assert keys_in_use({}, single=True) == DEFAULT_KEYS


def test_changed_keys_take_the_place_of_the_usual_ones() -> None:
    keys = keys_in_use({"claim": ["Q", "Shift+Q"], "no command": ["X"], "widen": ["C"]}, single=True)
    assert keys["Q"] == keys["Shift+Q"] == "claim"
    assert keys["C"] == "widen"
    assert "E" not in keys
    assert "no command" not in keys.values()


def test_stored_keys_that_are_none_are_left_out() -> None:
    assert stored_keys({"claim": ["Q", 5], "widen": 5, "find": None}) == {"claim": ["Q"]}
