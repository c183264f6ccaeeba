"""What the small widgets share."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from annotator.ui.theme import Theme, ThemeManager


def follow(themes: ThemeManager, restyle: Callable[[Theme], None]) -> None:
    """Call `restyle` with the theme in use, now and whenever it changes. A bound method of a widget ends with it."""
    themes.theme_changed.connect(restyle)
    restyle(themes.theme)


def set_style_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet asks for, and have the sheet applied again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class CalmWheel(QObject):
    """Event filter: a control without focus leaves the wheel to the page, so that scrolling changes no value."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False
