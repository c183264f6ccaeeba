"""Where a dialog says something: a message bar with room around it, gone together with the message."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import MessageBar

_EDGE = 12


class MessagePlace(QWidget):
    """Holds `bar`, and takes no room while there is no message."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        self.bar = MessageBar(themes, self)
        column.addWidget(self.bar)
        self.bar.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.setVisible(not self.bar.isHidden())
        return super().eventFilter(watched, event)
