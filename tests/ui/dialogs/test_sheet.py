"""The frame all dialogs share."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from annotator.ui.dialogs.sheet import Sheet
from annotator.ui.theme import ThemeManager


def test_a_window_may_end_right_after_its_dialog_and_also_before_it(
    qtbot: QtBot, themes: ThemeManager
) -> None:
    for reject_first in (True, False):
        window = QWidget()
        window.resize(900, 700)
        window.show()
        sheet = Sheet(themes, "A title", QSize(400, 300), window)
        sheet.open()
        QApplication.processEvents()
        if reject_first:
            sheet.reject()
        delete(window)
        QApplication.processEvents()
        assert not isValid(sheet)


def test_return_on_a_button_presses_it(qtbot: QtBot, themes: ThemeManager) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    sheet = Sheet(themes, "A title", QSize(400, 300), window)
    pressed: list[str] = []
    for name in ("one", "two"):
        sheet.add_button(name, name, lambda name=name: pressed.append(name))
    sheet.open()
    sheet.activateWindow()
    QApplication.processEvents()
    second = sheet.findChild(QPushButton, "two")
    assert second is not None
    second.setFocus()
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert pressed == ["two"]
    assert sheet.isVisible()


def test_return_in_a_field_does_not_close_it_and_ctrl_return_does(qtbot: QtBot, themes: ThemeManager) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    sheet = Sheet(themes, "A title", QSize(400, 300), window)
    field = QLineEdit(sheet)
    sheet.body.addWidget(field)
    sheet.open()
    sheet.activateWindow()
    QApplication.processEvents()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert sheet.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sheet.result() == Sheet.DialogCode.Accepted
