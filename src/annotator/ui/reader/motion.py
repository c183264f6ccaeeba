"""Movement in the reader: scrolling to a passage, and one flash on arrival."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractAnimation,
    QEasingCurve,
    QObject,
    QPropertyAnimation,
    QTimer,
    QVariantAnimation,
    Signal,
)
from PySide6.QtWidgets import QScrollBar

from annotator.domain.selectors import TextSpan

SCROLL_MS = 200
FLASH_MS = 600
STILL_MS = 1000


class Scroller(QObject):
    """Moves a scroll bar, smoothly or at once."""

    def __init__(self, bar: QScrollBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._animation = QPropertyAnimation(bar, b"value", self)
        self._animation.setDuration(SCROLL_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)

    def scroll_to(self, value: int, *, animated: bool) -> bool:
        """Move to `value`, or as near as the bar goes; whether that is another place."""
        self.stop()
        target = max(self._bar.minimum(), min(value, self._bar.maximum()))
        moves = target != self._bar.value()
        if not animated or not moves:
            self._bar.setValue(target)
            return moves
        self._animation.setStartValue(self._bar.value())
        self._animation.setEndValue(target)
        self._animation.start()
        return moves

    @property
    def moving(self) -> bool:
        """Whether it is on its way."""
        return self._animation.state() != QAbstractAnimation.State.Stopped

    def stop(self) -> None:
        """Stay where it is."""
        if self.moving:
            self._animation.stop()


class Flash(QObject):
    """An outline around a passage that fades, or with reduced motion stands still for a second."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.span: TextSpan | None = None
        self.strength = 0.0
        self._fade = QVariantAnimation(self)
        self._fade.setDuration(FLASH_MS)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.valueChanged.connect(self._on_faded)
        self._fade.finished.connect(self.stop)
        self._end = QTimer(self, singleShot=True, interval=STILL_MS)
        self._end.timeout.connect(self.stop)

    def start(self, span: TextSpan, *, still: bool) -> None:
        """Flash once around `span`."""
        self._fade.stop()
        self.span, self.strength = span, 1.0
        if still:
            self._end.start()
        else:
            self._fade.start()
        self.changed.emit()

    def stop(self) -> None:
        """Show no outline any more."""
        self.span = None
        self.changed.emit()

    def _on_faded(self, strength: float) -> None:
        self.strength = float(strength)
        self.changed.emit()
