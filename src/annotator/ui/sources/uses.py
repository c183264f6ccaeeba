"""The claims a source is used for, as cards."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from annotator.ui import icons
from annotator.ui.library.delegate import wrapped
from annotator.ui.panel.drawing import mirrored
from annotator.ui.panel.words import in_quotes
from annotator.ui.sources.values import SourceUse
from annotator.ui.sources.words import spoken_use
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import ButtonRow, follow

_LEFT, _RIGHT, _TOP, _BOTTOM = 43, 11, 8, 9
_DISC = 22
_FLAGS = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class UseCard(QAbstractButton):
    """Stance, claim, article and quote. A click, `Space` or `Enter` opens the claim."""

    focused = Signal()

    def __init__(self, themes: ThemeManager, use: SourceUse, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes, self._use = themes, use
        self.setText(use.statement)
        self.setAccessibleName(spoken_use(use))
        self.setAccessibleDescription(self.tr("Opens the claim in its article"))
        lines = (use.statement, use.article_title, use.quote)
        self.setToolTip("\n".join(line for line in lines if line))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def use(self) -> SourceUse:
        """What the card shows."""
        return self._use

    def _lines(self, width: int) -> list[tuple[str, QFont, str, int]]:
        """Text, font, colour role and height of every line in a card of that width."""
        theme, use = self._themes.theme, self._use
        room = width - _LEFT - _RIGHT
        strong, caption, quote = theme.font("ui"), theme.font("caption"), theme.font("quote")
        strong.setWeight(QFont.Weight.Medium)
        quote.setPixelSize(13)
        place = " · ".join(part for part in (use.article_title, use.locator) if part)
        found = [(line, strong, "text", 18) for line in wrapped(use.statement, strong.toString(), room)]
        found += [(line, caption, "textMuted", 17) for line in wrapped(place, caption.toString(), room, 1)]
        if use.quote:
            told = wrapped(in_quotes(use.quote), quote.toString(), room)
            found += [(line, quote, "textSecondary", 19) for line in told]
        return found

    def _draw_ground(self, painter: QPainter, theme: Theme) -> None:
        half = 1.0 if self.hasFocus() else 0.5
        ground = "pressed" if self.isDown() else "hover" if self.underMouse() else "card"
        painter.setPen(QPen(theme.color("focus" if self.hasFocus() else "border"), 2 * half))
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 8, 8)
        style = theme.stance(self._use.stance)
        disc = mirrored(self.layoutDirection(), self.rect(), QRect(11, _TOP, _DISC, _DISC))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.soft)
        painter.drawEllipse(QRectF(disc))
        mark = icons.pixmap(style.icon, style.color, 14, self.devicePixelRatioF())
        painter.drawPixmap(disc.left() + 4, disc.top() + 4, mark)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return _TOP + sum(line[3] for line in self._lines(width)) + _BOTTOM

    def sizeHint(self) -> QSize:
        width = max(self.width(), 200)
        return QSize(280, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, _TOP + _DISC + _BOTTOM)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()  # the scroll area goes by the size hint, which depends on the width

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, theme)
        y = _TOP
        for text, font, role, height in self._lines(self.width()):
            box = QRect(_LEFT, y, self.width() - _LEFT - _RIGHT, height)
            painter.setFont(font)
            painter.setPen(theme.color(role))
            painter.drawText(mirrored(self.layoutDirection(), self.rect(), box), _FLAGS, text)
            y += height
        painter.end()


class UseList(ButtonRow):
    """The cards, one tab stop together. `claim_opened` carries the claim and its article."""

    claim_opened = Signal(str, str)
    card_focused = Signal(object)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent, upright=True)
        self._themes = themes
        self._uses: tuple[SourceUse, ...] = ()
        self.setObjectName("source_uses")
        self.setAccessibleName(self.tr("Claims this source is used for"))
        self._row.setSpacing(6)
        follow(themes, self._restyle)

    def uses(self) -> tuple[SourceUse, ...]:
        """What the list shows."""
        return self._uses

    def set_uses(self, uses: tuple[SourceUse, ...]) -> None:
        """Show these uses."""
        if uses == self._uses:
            return
        self.hide()  # in a list that is seen, every new card would lay out all the others
        self.clear_buttons()
        self._uses = uses
        for use in uses:
            self._add_card(use)
        self.setVisible(bool(uses))

    def _add_card(self, use: SourceUse) -> None:
        card = UseCard(self._themes, use, self)
        card.clicked.connect(lambda: self.claim_opened.emit(use.claim_id, use.article_id))
        card.focused.connect(lambda: self.card_focused.emit(card))
        self.add_button(card)
        card.show()

    def _restyle(self, _theme: Theme) -> None:
        for card in self.buttons():
            card.update()
