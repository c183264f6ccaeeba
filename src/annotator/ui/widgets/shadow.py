"""The soft shadow below what floats over the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets.base import follow

_REACH, _DOWN = 14, 4  # pixels that it reaches beyond its owner, and that it is shifted down


class Shadow(QWidget):
    """Lies below `owner`, beside it in the same parent, wherever that goes; the pointer goes through it."""

    def __init__(self, themes: ThemeManager, owner: QWidget, *, radius: int) -> None:
        super().__init__(owner.parentWidget())
        self._owner, self._radius = owner, radius
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        owner.installEventFilter(self)
        follow(themes, self._dress)
        self.hide()

    def _dress(self, theme: Theme) -> None:
        self._color = theme.color("shadow")
        self.update()

    def _follow(self) -> None:
        self.setGeometry(self._owner.geometry().adjusted(-_REACH, -_REACH, _REACH, _REACH + _DOWN))
        self.stackUnder(self._owner)

    # ---------------------------------------------------------------------------------------------------- Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._owner:
            if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.ZOrderChange):
                self._follow()
            elif event.type() == QEvent.Type.Show:
                self._follow()
                self.show()
            elif event.type() == QEvent.Type.Hide:
                self.hide()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(self.rect()).adjusted(_REACH, _REACH + _DOWN, -_REACH, -_REACH)
        for ring in range(_REACH):
            color = QColor(self._color)
            color.setAlphaF(self._color.alphaF() * (1 - (ring + 0.5) / _REACH) ** 2)
            painter.setPen(QPen(color, 1))
            out = ring + 0.5
            painter.drawRoundedRect(
                box.adjusted(-out, -out, out, out), self._radius + out, self._radius + out
            )
        painter.end()
