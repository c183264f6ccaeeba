"""The window's actions: what does nothing is nowhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.actions import Actions


def test_an_action_is_shown_and_has_its_key_once_it_does_something(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions, menu, done = Actions(window), QMenu(window), []
    actions.fill_menu(menu)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)

    def shown() -> list[str]:
        return [
            one.text() for inner in menu.findChildren(QMenu) for one in inner.actions() if one.isVisible()
        ]

    assert shown() == []
    assert actions.usable() == []
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    actions.connect({"print": lambda: done.append("print")})
    assert shown() == ["Print…"]
    assert actions.usable() == [actions["print"]]
    assert done == []
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert done == ["print"]


def test_no_two_actions_share_a_key(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    keys = [key.toString() for action in Actions(window).all() for key in action.shortcuts()]
    assert len(keys) == len(set(keys)) > 20
