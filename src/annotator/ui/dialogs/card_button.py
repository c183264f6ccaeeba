"""Buttons with more than a word on them: icon, title, hint and key."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from annotator.ui.icons import pixmap
from annotator.ui.theme import Theme, ThemeManager

_KEY_HEIGHT, _KEY_PAD = 19, 5


def key_width(theme: Theme, key: str) -> int:
    """Width of a painted key cap in pixels."""
    return max(QFontMetrics(theme.font("caption")).horizontalAdvance(key) + 2 * _KEY_PAD + 2, _KEY_HEIGHT)


def paint_key(painter: QPainter, theme: Theme, box: QRect, key: str, ink: QColor | None = None) -> None:
    """Paint a key cap in the middle of `box`; with `ink`, outline and text have that colour and nothing is filled."""
    cap = QRectF(0, 0, key_width(theme, key), _KEY_HEIGHT)
    cap.moveCenter(QRectF(box).center())
    cap.moveTo(round(cap.x()) + 0.5, round(cap.y()) + 0.5)
    painter.setPen(QPen(ink if ink is not None else theme.color("border"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush if ink is not None else theme.color("panel"))
    painter.drawRoundedRect(cap.adjusted(0, 0, -1, -1), 4, 4)
    low = cap.bottom() - 2
    painter.drawLine(int(cap.left()) + 3, int(low), int(cap.right()) - 4, int(low))
    painter.setFont(theme.font("caption"))
    painter.setPen(ink if ink is not None else theme.color("textSecondary"))
    painter.drawText(cap.adjusted(0, -1, -1, -1), Qt.AlignmentFlag.AlignCenter, key)


@dataclass(frozen=True, slots=True)
class CardLook:
    """Measures and colours of a card button. `tile` is the side of the soft square behind the icon, 0 for none.

    Colours are roles of the theme; `ink_on` is that of the icon, and with `tint_text` of the title, when checked.
    """

    height: int = 38
    padding: int = 12
    gap: int = 8
    radius: int = 6
    icon_size: int = 16
    tile: int = 0
    title_role: str = "ui"
    hint_role: str = "ui"
    border: str = "borderStrong"
    fill: str = "card"
    ink: str = "textSecondary"
    ink_on: str = "accent"
    fill_on: str = "selected"
    title_ink: str = "text"
    title_weight: QFont.Weight = QFont.Weight.Medium
    tint_text: bool = False
    hint_lines: int = 1


class CardButton(QPushButton):
    """A button painted as a card; checkable when told so. Its text is the title."""

    def __init__(
        self,
        themes: ThemeManager,
        title: str,
        *,
        icon: str,
        hint: str = "",
        key: str = "",
        look: CardLook | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._icon = icon
        self._hint = hint
        self._key = key
        self._look = look or CardLook()
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(". ".join(part for part in (hint.rstrip("."), key) if part))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(True)  # so that Return presses it, too
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(self._look.hint_lines > 1)
        self.setSizePolicy(policy)
        themes.theme_changed.connect(self.update)

    def set_hint(self, hint: str) -> None:
        """Change the line below the title."""
        self._hint = hint
        self.updateGeometry()
        self.update()

    def set_look(self, look: CardLook) -> None:
        """Change measures and colours."""
        self._look = look
        self.update()

    def _text_box(self, width: int) -> tuple[int, int]:
        """Left edge and width of the texts in a card of that width."""
        look = self._look
        left = look.padding + (look.tile or look.icon_size) + (look.gap if not look.tile else 16)
        if look.hint_lines > 1:
            left = look.padding + look.icon_size + 12
        right = look.padding + (key_width(self._themes.theme, self._key) + 8 if self._key else 0)
        return left, max(width - left - right, 20)

    def _hint_height(self, width: int) -> int:
        if not self._hint:
            return 0
        theme = self._themes.theme
        line = theme.line_height(self._look.hint_role)
        if self._look.hint_lines == 1:
            return line
        metrics = QFontMetrics(theme.font(self._look.hint_role))
        flags = int(Qt.TextFlag.TextWordWrap)
        high = metrics.boundingRect(QRect(0, 0, width, 1000), flags, self._hint).height()
        lines = max(1, round(high / max(metrics.lineSpacing(), 1)))
        return line * lines

    def _paint_frame(self, painter: QPainter, theme: Theme) -> None:
        look = self._look
        on, focused = self.isChecked(), self.hasFocus()
        fill = look.fill_on if on else ("hover" if self.underMouse() and self.isEnabled() else look.fill)
        if self.isDown():
            fill = "pressed"
        edge = theme.color(look.ink_on if on else look.border)
        width = 2 if on else 1
        box = QRectF(self.rect())
        if focused:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(theme.color("accentSoft") if on else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), look.radius, look.radius)
            if not on:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color(fill))
                painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), look.radius - 1, look.radius - 1)
                return
            box = box.adjusted(3, 3, -3, -3)
        half = width / 2
        painter.setPen(QPen(edge, width))
        painter.setBrush(theme.color(fill))
        painter.drawRoundedRect(box.adjusted(half, half, -half, -half), look.radius, look.radius)

    def _paint_icon(self, painter: QPainter, theme: Theme, top: int) -> None:
        look = self._look
        ink = theme.color(look.ink_on if self.isChecked() else look.ink)
        if not self.isEnabled():
            ink = theme.color("textDisabled")
        place = QRect(look.padding, 0, look.tile or look.icon_size, look.tile or look.icon_size)
        place.moveTop(top if look.hint_lines > 1 else (self.height() - place.height()) // 2)
        place = self._mirrored(place)
        if look.tile:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accentSoft"))
            painter.drawRoundedRect(QRectF(place), 8, 8)
        mark = QRect(0, 0, look.icon_size, look.icon_size)
        mark.moveCenter(place.center())
        painter.drawPixmap(mark, pixmap(self._icon, ink, look.icon_size, self.devicePixelRatioF()))

    def _mirrored(self, box: QRect) -> QRect:
        if self.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            return box
        return QRect(self.width() - box.right() - 1, box.top(), box.width(), box.height())

    def _paint_texts(self, painter: QPainter, theme: Theme) -> int:
        """Paint title and hint; the top of the title."""
        look = self._look
        left, width = self._text_box(self.width())
        line = theme.line_height(look.title_role)
        hint = self._hint_height(width)
        top = (self.height() - line - hint) // 2
        font = theme.font(look.title_role)
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else look.title_weight)
        ink = theme.color(look.ink_on if self.isChecked() and look.tint_text else look.title_ink)
        painter.setFont(font)
        painter.setPen(ink if self.isEnabled() else theme.color("textDisabled"))
        box = self._mirrored(QRect(left, top, width, line))
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
        if hint:
            painter.setFont(theme.font(look.hint_role))
            painter.setPen(theme.color("textSecondary" if self.isEnabled() else "textDisabled"))
            box = self._mirrored(QRect(left, top + line, width, hint))
            if look.hint_lines > 1:
                painter.drawText(box, int(Qt.TextFlag.TextWordWrap), self._hint)
            else:
                shown = painter.fontMetrics().elidedText(self._hint, Qt.TextElideMode.ElideRight, width)
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
        return top

    def hasHeightForWidth(self) -> bool:
        return self._look.hint_lines > 1

    def heightForWidth(self, width: int) -> int:
        _, room = self._text_box(width)
        texts = self._themes.theme.line_height(self._look.title_role) + self._hint_height(room)
        return max(self._look.height, texts + 18 if self._hint else 0)

    def sizeHint(self) -> QSize:
        theme = self._themes.theme
        font = theme.font(self._look.title_role)
        font.setWeight(QFont.Weight.DemiBold)
        wide = QFontMetrics(font).horizontalAdvance(self.text()) + 2
        left, spare = self._text_box(400)
        width = left + wide + (400 - left - spare)
        return QSize(width, self.heightForWidth(max(width, 200)))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._look.height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, theme)
        top = self._paint_texts(painter, theme)
        self._paint_icon(painter, theme, top + 1)
        if self._key:
            wide = key_width(theme, self._key)
            right = self.width() - self._look.padding - wide
            paint_key(painter, theme, self._mirrored(QRect(right, 0, wide, self.height())), self._key)
        painter.end()


class KeyButton(QPushButton):
    """A button of one line with an icon and, at the end, the key that presses it; `primary` fills it."""

    def __init__(
        self,
        themes: ThemeManager,
        text: str,
        *,
        icon: str = "",
        key: str = "",
        primary: bool = False,
        field: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`field` makes it look like a text field that waits to be typed in."""
        super().__init__(parent)
        self._themes = themes
        self._icon = icon
        self._key = key
        self._primary = primary
        self._field = field
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(True)  # so that Return presses it, too
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        across = QSizePolicy.Policy.Expanding if field else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        themes.theme_changed.connect(self.update)

    def _colours(self, theme: Theme) -> tuple[QColor, QColor, QColor]:
        """Fill, edge and ink."""
        if not self.isEnabled():
            fill = theme.color("pressed") if self._primary else QColor(Qt.GlobalColor.transparent)
            return fill, theme.color("border"), theme.color("textMuted" if self._primary else "textDisabled")
        hover = self.underMouse()
        if self._primary:
            fill = theme.color("accentHover" if hover or self.isDown() else "accent")
            return fill, fill, theme.color("onAccent")
        if self._field:
            return theme.color("hover" if hover else "panel"), theme.color("border"), theme.color("textMuted")
        fill = theme.color("pressed" if self.isDown() else "hover" if hover else "card")
        return fill, theme.color("borderStrong"), theme.color("text")

    def _font(self) -> QFont:
        font = self._themes.theme.font("ui")
        if not self._field:
            font.setWeight(QFont.Weight.DemiBold if self._primary else QFont.Weight.Medium)
        return font

    def sizeHint(self) -> QSize:
        wide = QFontMetrics(self._font()).horizontalAdvance(self.text()) + 26
        wide += 23 if self._icon else 0
        wide += key_width(self._themes.theme, self._key) + 8 if self._key else 0
        return QSize(wide, 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 32) if self._field else self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        fill, edge, ink = self._colours(theme)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        if focused:
            edge = theme.color("text" if self._primary else "focus")
        half = 1.0 if focused else 0.5
        painter.setPen(QPen(edge, 2 * half))
        painter.setBrush(fill)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 6, 6)
        left, right = (11, 9) if self._field else (12, 12)
        if self._icon:
            painter.drawPixmap(
                left, (self.height() - 16) // 2, pixmap(self._icon, ink, 16, self.devicePixelRatioF())
            )
            left += 24
        if self._key:
            wide = key_width(theme, self._key)
            box = QRect(self.width() - right - wide, 0, wide, self.height())
            paint_key(painter, theme, box, self._key, ink if self._primary or not self.isEnabled() else None)
            right += wide + 6
        painter.setFont(self._font())
        painter.setPen(ink)
        box = QRect(left, 0, self.width() - left - right, self.height())
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()
