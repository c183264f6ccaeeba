"""How sure one is: a slider, a number, and the values of the past as a small curve."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QSlider, QSpinBox, QStyle, QWidget

from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets.base import CalmWheel, follow

SHOWN_POINTS = 12
_UNSET = -1
_SETTLE_MS = 300
_KNOB = 16
_ROOMY = 348


class MarkedSlider(QSlider):
    """A slider from 0 to 100 with marks at the quarters. A click on the groove moves the handle there."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._themes = themes
        self.setRange(0, 100)
        self.setSingleStep(5)
        self.setPageStep(10)
        self.setFixedHeight(26)
        self.setMinimumWidth(80)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _x(self, value: int) -> float:
        travel = self.width() - _KNOB
        part = value / 100
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            part = 1 - part
        return _KNOB / 2 + travel * part

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            x = round(event.position().x() - _KNOB / 2)
            self.setSliderDown(True)
            self.setSliderPosition(QStyle.sliderValueFromPosition(0, 100, x, self.width() - _KNOB, mirrored))
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._themes.theme
        painter = QPainter(self)
        middle = self.height() / 2
        painter.setPen(QPen(theme.color("borderStrong"), 1))
        for mark in (25, 50, 75):
            x = self._x(mark)
            if abs(x - self._x(self.value())) > _KNOB / 2 + 1:
                painter.drawLine(QPointF(x, middle + 4), QPointF(x, middle + 8))
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawEllipse(QPointF(self._x(self.value()), middle), 11, 11)


class Sparkline(QAbstractButton):
    """The last twelve values, 0 to 100, as a curve. A click asks for the whole history."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._values: tuple[int, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("History of confidence"))
        self.setToolTip(self.tr("History of confidence"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_values(())
        follow(themes, self._restyle)

    def values(self) -> tuple[int, ...]:
        """The values shown, oldest first."""
        return self._values

    def set_values(self, values: Sequence[int]) -> None:
        """Show the end of `values`, oldest first, in percent."""
        self._values = tuple(values)[-SHOWN_POINTS:]
        listed = ", ".join(str(value) for value in self._values)
        told = self.tr("%1 percent").replace("%1", listed) if listed else self.tr("No values yet")
        self.setAccessibleDescription(told)
        self.setEnabled(bool(self._values))
        self.update()

    def _restyle(self, _theme: Theme) -> None:
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(112, 30)

    def minimumSizeHint(self) -> QSize:
        return QSize(72, 30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.drawLine(0, 26, self.width(), 26)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = (self.width() - 10) / max(1, len(self._values) - 1)
        points = [QPointF(4 + n * step, 26 - value * 0.22) for n, value in enumerate(self._values)]
        if len(points) == 1:
            points[0].setX(self.width() - 6)
        accent = theme.color("accent")
        painter.setPen(QPen(accent, 1.6))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(QPen(accent, 1.3))
        for point in points:
            last = point is points[-1]
            painter.setBrush(accent if last else theme.color("card"))
            painter.drawEllipse(point, 3 if last else 1.8, 3 if last else 1.8)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)


class ConfidenceEdit(QWidget):
    """Slider and number for one value in percent, or none.

    `confidence_changed` comes once for a drag, at its end, and 300 ms after the last key or click of the arrows.
    """

    confidence_changed = Signal(int)
    history_requested = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._value: int | None = None
        self._calm = CalmWheel(self)
        self.slider = MarkedSlider(themes, self)
        self.slider.setObjectName("confidence_slider")
        self.spin = self._make_spin()
        self.sparkline = Sparkline(themes, self)
        self.sparkline.setObjectName("confidence_history")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.slider, 1)
        row.addWidget(self.spin)
        row.addWidget(self.sparkline)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.flush)
        name = self.tr("Confidence in this verdict, percent")
        self.setAccessibleName(name)
        for part in (self.slider, self.spin):
            part.setAccessibleName(name)
            part.installEventFilter(self._calm)
        self.setFocusProxy(self.slider)
        self.slider.valueChanged.connect(self._on_slider_moved)
        self.slider.sliderReleased.connect(self.flush)
        self.spin.valueChanged.connect(self._on_spin_changed)
        self.spin.editingFinished.connect(self._on_editing_finished)
        self.sparkline.clicked.connect(self.history_requested)
        self.set_value(None)

    def value(self) -> int | None:
        """The value as last told or shown; None when none was given."""
        return self._value

    def set_value(self, value: int | None) -> None:
        """Show a value without telling anybody. A value the user is just changing stays."""
        if self._settle.isActive() or self.slider.isSliderDown():
            return
        self._value = value
        self._show(value)

    def set_history(self, values: Sequence[int]) -> None:
        """Show the values of the past, oldest first."""
        self.sparkline.set_values(values)

    def is_pending(self) -> bool:
        """Whether a change waits for its pause to end."""
        return self._settle.isActive()

    def flush(self) -> None:
        """Tell a change that waits, now."""
        self._settle.stop()
        shown = self.spin.value()
        if shown != _UNSET and shown != self._value:
            self._value = shown
            self._show(shown)
            self.confidence_changed.emit(shown)

    def _make_spin(self) -> QSpinBox:
        spin = QSpinBox(self)
        spin.setObjectName("confidence_value")
        spin.setProperty("compact", True)
        spin.setRange(_UNSET, 100)
        spin.setSpecialValueText("–")
        spin.setSuffix(self.tr(" %"))
        spin.setSingleStep(5)
        spin.setFixedSize(70, 28)
        spin.setProperty("plain", True)  # without arrows; NoButtons would leave no room for the text
        spin.setFont(self._themes.theme.font("uiStrong"))
        spin.setKeyboardTracking(False)
        # The style sheet's left padding does not reach the text inside a spin box.
        spin.lineEdit().setTextMargins(7, 0, 0, 0)
        return spin

    def _show(self, value: int | None) -> None:
        for part in (self.slider, self.spin):
            part.blockSignals(True)
        # Once there is a value, the arrows must not lead back to "none".
        self.spin.setMinimum(_UNSET if value is None else 0)
        self.spin.setValue(_UNSET if value is None else value)
        self.slider.setValue(value or 0)
        for part in (self.slider, self.spin):
            part.blockSignals(False)

    def _on_slider_moved(self, value: int) -> None:
        self._show(value)
        if not self.slider.isSliderDown():
            self._settle.start()

    def _on_spin_changed(self, value: int) -> None:
        if value == _UNSET:
            return
        self._show(value)
        self._settle.start()

    def _on_editing_finished(self) -> None:
        if self._settle.isActive():
            self.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sparkline.setFixedWidth(112 if self.width() >= _ROOMY else 76)
