"""A dressed application."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from annotator.ui.theme import ThemeManager


@pytest.fixture
def themes(qapp: QApplication) -> ThemeManager:
    """The themes, with fonts loaded and the light one in use."""
    manager = ThemeManager()
    manager.load_fonts()
    manager.apply()
    return manager
