import os

import pytest
from annotator.ui.main_window import MainWindow
from PySide6.QtGui import QGuiApplication


def test_window(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    assert QGuiApplication.platformName() == "offscreen"


@pytest.mark.display
def test_real(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    assert QGuiApplication.platformName() == "xcb"
    assert QGuiApplication.primaryScreen().size().width() == 1600
    assert os.environ["DISPLAY"]
