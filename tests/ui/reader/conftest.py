from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from annotator.ui.reader.view import ReaderView
from annotator.ui.theme import ThemeManager


@pytest.fixture
def themes(qapp: object) -> ThemeManager:
    manager = ThemeManager()
    manager.load_fonts()
    return manager


@pytest.fixture
def reader(themes: ThemeManager, qtbot: QtBot) -> ReaderView:
    view = ReaderView(themes)
    qtbot.addWidget(view)
    view.reduced_motion = True
    view.resize(780, 600)
    view.show()
    return view
