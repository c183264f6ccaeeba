"""The dialog that gives other keys to the commands of the text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from annotator.ui.dialogs.change_keys import ChangeKeysDialog, KeyButton
from annotator.ui.reader.keys import commands, keys_in_use
from annotator.ui.theme import ThemeManager

ALL = {command.name for command in commands()}


@pytest.fixture
def dialog(themes: ThemeManager, qtbot: QtBot) -> ChangeKeysDialog:
    made = ChangeKeysDialog(themes, {}, ALL - {"split"})
    qtbot.addWidget(made)
    made.show()
    return made


def button(dialog: ChangeKeysDialog, name: str) -> KeyButton:
    found = dialog.findChild(KeyButton, f"key_{name}")
    assert found is not None, name
    return found


def give(dialog: ChangeKeysDialog, qtbot: QtBot, name: str, key: str) -> None:
    qtbot.keyClick(button(dialog, name), Qt.Key.Key_Space)
    assert button(dialog, name).text() == "Press a key"
    qtbot.keyClicks(button(dialog, name), key)


def test_a_key_that_is_pressed_is_that_of_the_command_at_once(dialog: ChangeKeysDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.keys_changed) as blocker:
        give(dialog, qtbot, "claim", "q")
    assert blocker.args == [{"claim": ["Q"]}]
    assert button(dialog, "claim").text() == "Q"
    assert keys_in_use(blocker.args[0], single=True)["Q"] == "claim"
    assert "C" not in keys_in_use(blocker.args[0], single=True)


def test_a_key_has_one_command(dialog: ChangeKeysDialog, qtbot: QtBot) -> None:
    give(dialog, qtbot, "claim", "h")
    assert button(dialog, "highlight").text() == "none"
    assert dialog._note.text() == "H no longer does: highlight the selection"
    give(dialog, qtbot, "highlight", "c")
    assert (button(dialog, "claim").text(), button(dialog, "highlight").text()) == ("H", "C")


def test_what_is_usual_again_is_no_change(dialog: ChangeKeysDialog, qtbot: QtBot) -> None:
    give(dialog, qtbot, "claim", "q")
    with qtbot.waitSignal(dialog.keys_changed) as blocker:
        give(dialog, qtbot, "claim", "c")
    assert blocker.args == [{}]


def test_all_can_be_as_usual_again(dialog: ChangeKeysDialog, qtbot: QtBot) -> None:
    give(dialog, qtbot, "claim", "q")
    with qtbot.waitSignal(dialog.keys_changed) as blocker:
        dialog.findChild(QPushButton, "keys_usual").click()
    assert blocker.args == [{}]
    assert button(dialog, "claim").text() == "C"


def test_escape_leaves_the_key_and_the_dialog_as_they_are(dialog: ChangeKeysDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(button(dialog, "claim"), Qt.Key.Key_Space)
    qtbot.keyClick(button(dialog, "claim"), Qt.Key.Key_Escape)
    assert button(dialog, "claim").text() == "C"
    assert dialog.isVisible()


def test_keys_that_are_the_same_everywhere_can_not_be_taken(dialog: ChangeKeysDialog, qtbot: QtBot) -> None:
    assert dialog.findChild(KeyButton, "key_escape") is None
    assert dialog.findChild(KeyButton, "key_tag") is None
    with qtbot.assertNotEmitted(dialog.keys_changed):
        give(dialog, qtbot, "claim", "1")
    assert button(dialog, "claim").text() == "C"
    assert dialog._note.text() == "1 stays what it is."


def test_it_shows_what_was_changed_before(themes: ThemeManager, qtbot: QtBot) -> None:
    made = ChangeKeysDialog(themes, {"widen": ["W"]}, ALL)
    qtbot.addWidget(made)
    assert button(made, "widen").text() == "W"
    assert button(made, "widen").accessibleName().endswith(": W")
