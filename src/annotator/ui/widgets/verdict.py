"""The verdict as a row of buttons with icon, word and colour."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from annotator.domain.claim import OPEN
from annotator.domain.rating import DEFAULT_SCALE, Scale, ScaleStep
from annotator.ui import icons
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets.base import follow
from annotator.ui.widgets.buttons import ButtonRow

_GAP = 4
_HIGH, _LOW = 44, 34
_MARGIN = 4  # beside the word, so that neighbours don't touch


class VerdictButton(QAbstractButton):
    """One verdict: its icon over its short name; in its colour when chosen."""

    def __init__(self, themes: ThemeManager, step: ScaleStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes, self._step = themes, step
        self.icon_only = False
        self.setCheckable(True)
        self.setText(step.short)
        self.setAccessibleName(step.label)
        self.setAccessibleDescription(step.definition)
        self.setToolTip(f"{step.label} (V {step.letter})" if step.letter else step.label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def word_width(self) -> int:
        """The room the word needs in its strong form, in pixels."""
        font = self._themes.theme.font("caption")
        font.setWeight(font.Weight.DemiBold)
        return QFontMetrics(font).horizontalAdvance(self.text()) + 2 * _MARGIN

    def sizeHint(self) -> QSize:
        return QSize(40, _LOW if self.icon_only else _HIGH)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def nextCheckState(self) -> None:
        """Nothing: the row decides which button is chosen."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        style = theme.verdict(self._step.key)
        chosen = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_box(painter, theme, chosen)
        ink = style.color if chosen else theme.color("textSecondary")
        if not self.isEnabled() and not chosen:
            ink = theme.color("textDisabled")
        mark = icons.pixmap(self._step.icon, ink, 16, self.devicePixelRatioF())
        if self.icon_only:
            painter.drawPixmap((self.width() - 16) // 2, (self.height() - 16) // 2, mark)
            return
        painter.drawPixmap((self.width() - 16) // 2, 6, mark)
        font = theme.font("caption")
        if chosen:
            font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(self.rect().adjusted(0, 23, 0, -4), Qt.AlignmentFlag.AlignCenter, self.text())

    def _draw_box(self, painter: QPainter, theme: Theme, chosen: bool) -> None:
        style = theme.verdict(self._step.key)
        ground = "pressed" if self.isDown() else "hover" if self.underMouse() and self.isEnabled() else "card"
        wide = 2 if chosen else 1
        half = wide / 2
        painter.setPen(QPen(style.color if chosen else theme.color("border"), wide))
        painter.setBrush(style.soft if chosen else theme.color(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 6, 6)
        if self.hasFocus():
            inset = 4.0 if chosen else 1.0
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)


class VerdictSegment(ButtonRow):
    """Chooses a verdict of the scale; "open" has no button and is chosen by clicking the chosen one again.

    Arrows move the focus, `Space` or a verdict's letter chooses. A rating is an act that stays in the history, so
    passing over a button with the arrows chooses nothing. Below `icons_below` pixels only the icons are shown.
    """

    verdict_chosen = Signal(str)
    icons_only_changed = Signal(bool)

    def __init__(
        self,
        themes: ThemeManager,
        *,
        scale: Scale = DEFAULT_SCALE,
        icons_below: int = 348,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._scale = scale
        self._icons_below = icons_below
        self._icons_only = False
        self._value = OPEN
        self._by_key: dict[str, VerdictButton] = {}
        self._row.setSpacing(_GAP)
        self.setAccessibleName(self.tr("Verdict"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fill()
        follow(themes, self._restyle)

    def set_scale(self, scale: Scale) -> None:
        """Offer the verdicts of another scale."""
        if scale == self._scale:
            return
        self._scale = scale
        self._fill()
        self.set_value(self._value)

    def value(self) -> str:
        """The key of the chosen verdict, "open" when none is."""
        return self._value

    def set_value(self, key: str) -> None:
        """Show a verdict without telling anybody."""
        self._value = key
        for other, button in self._by_key.items():
            button.setChecked(other == key)
        if key in self._by_key:
            self._make_stop(self._by_key[key])

    def choose(self, key: str) -> None:
        """Set a verdict as the user does, and say so when it is a change."""
        if key != self._value and (key == OPEN or key in self._by_key):
            self.set_value(key)
            self.verdict_chosen.emit(key)

    def is_icons_only(self) -> bool:
        """Whether the words are left out for lack of room."""
        return self._icons_only

    def _fill(self) -> None:
        self.clear_buttons()
        self._by_key.clear()
        for step in self._scale.steps:
            if step.key == OPEN:
                continue
            button = VerdictButton(self._themes, step, self)
            button.icon_only = self._icons_only
            button.clicked.connect(lambda _checked=False, key=step.key: self._on_clicked(key))
            self._by_key[step.key] = button
            self.add_button(button)

    def _on_clicked(self, key: str) -> None:
        self.choose(OPEN if key == self._value else key)

    def _restyle(self, _theme: Theme) -> None:
        self._fit()
        for button in self._buttons:
            button.update()

    def _fit(self) -> None:
        widest = max((button.word_width() for button in self._by_key.values()), default=0)
        count = max(1, len(self._by_key))
        share = (self.width() - _GAP * (count - 1)) / count
        icons_only = self.width() < self._icons_below or share < widest
        if icons_only == self._icons_only:
            return
        self._icons_only = icons_only
        for button in self._by_key.values():
            button.icon_only = icons_only
            button.updateGeometry()
        self.icons_only_changed.emit(icons_only)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        for step in self._scale.steps:
            if plain and letter and letter == step.letter:
                self.choose(step.key)
                return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
