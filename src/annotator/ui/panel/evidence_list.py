"""The evidence of a claim as cards."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from annotator.domain.source import cite_short
from annotator.domain.views import EvidenceView
from annotator.ui import icons
from annotator.ui.panel import drawing, words
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import ButtonRow, follow

_HEIGHT = 54
_TEXT_LEFT = 43
_RIGHT = 11


class EvidenceCard(QAbstractButton):
    """One piece of evidence: stance, source, place, quote. A click or `Enter` opens it."""

    delete_requested = Signal()
    edit_requested = Signal()
    beside_requested = Signal()

    def __init__(self, themes: ThemeManager, item: EvidenceView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes, self._item = themes, item
        self.read_only = False
        self.setText(item.source.title)
        self.setAccessibleName(words.spoken_evidence(item))
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        lines = [f"{item.source.title} ({cite_short(item.source)})"]
        lines += [text for text in (item.evidence.quote, item.evidence.note) if text]
        self.setToolTip("\n".join(lines))

    def item(self) -> EvidenceView:
        """What the card shows."""
        return self._item

    def context_menu(self) -> QMenu:
        """The menu of the card."""
        theme = self._themes.theme
        menu = QMenu(self)
        opening = menu.addAction(self.tr("Open source\tEnter"))
        opening.setIcon(icons.icon("external-link", theme.color("textSecondary")))
        opening.triggered.connect(self.click)
        editing = menu.addAction(self.tr("Edit evidence…\tF2"))
        editing.setIcon(icons.icon("pencil", theme.color("textSecondary")))
        editing.triggered.connect(self.edit_requested)
        if self._has_text():
            beside = menu.addAction(self.tr("Show the passage beside\tB"))
            beside.setIcon(icons.icon("columns-2", theme.color("textSecondary")))
            beside.triggered.connect(self.beside_requested)
        menu.addSeparator()
        removing = menu.addAction(self.tr("Remove evidence\tDel"))
        removing.setIcon(icons.icon("unlink", theme.color("textSecondary")))
        removing.triggered.connect(self.delete_requested)
        for action in (editing, removing):
            action.setEnabled(not self.read_only)
        return menu

    def _has_text(self) -> bool:
        return self._item.source.article_id is not None

    def _rect(self, left: int, top: int, width: int, height: int) -> QRect:
        return drawing.mirrored(self.layoutDirection(), self.rect(), QRect(left, top, width, height))

    def _draw_words(self, painter: QPainter, theme: Theme) -> None:
        evidence, style = self._item.evidence, theme.stance(self._item.evidence.stance)
        flags = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        strong = theme.font("caption")
        strong.setWeight(strong.Weight.DemiBold)
        wide = QFontMetrics(strong).horizontalAdvance(style.label) + 2
        painter.setFont(strong)
        painter.setPen(style.color)
        painter.drawText(self._rect(self.width() - _RIGHT - wide, 8, wide, 18), flags, style.label)
        title = theme.font("ui")
        title.setWeight(title.Weight.Medium)
        room = self.width() - _TEXT_LEFT - _RIGHT - wide - 6
        painter.setFont(title)
        painter.setPen(theme.color("text"))
        shown = painter.fontMetrics().elidedText(self._item.source.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(self._rect(_TEXT_LEFT, 8, room, 18), flags, shown)
        left = _TEXT_LEFT
        if evidence.locator:
            caption = theme.font("caption")
            painter.setFont(caption)
            painter.setPen(theme.color("textMuted"))
            far = min(QFontMetrics(caption).horizontalAdvance(evidence.locator), 120)
            place = QFontMetrics(caption).elidedText(evidence.locator, Qt.TextElideMode.ElideRight, far + 1)
            painter.drawText(self._rect(left, 26, far + 2, 19), flags, place)
            left += far + 7
        quoted = theme.font("quote") if evidence.quote else theme.font("ui")
        quoted.setPixelSize(13)
        text = (
            words.in_quotes(evidence.quote)
            if evidence.quote
            else evidence.note or cite_short(self._item.source)
        )
        room = self.width() - left - _RIGHT
        painter.setFont(quoted)
        painter.setPen(theme.color("textSecondary"))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(self._rect(left, 26, room, 19), flags, shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        elif event.key() == Qt.Key.Key_Delete and not self.read_only:
            self.delete_requested.emit()
        elif event.key() == Qt.Key.Key_F2 and not self.read_only:
            self.edit_requested.emit()
        elif event.key() == Qt.Key.Key_B and not event.modifiers() and self._has_text():
            self.beside_requested.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.context_menu().popup(event.globalPos())

    def sizeHint(self) -> QSize:
        return QSize(280, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        style = theme.stance(self._item.evidence.stance)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(theme.color("focus" if focused else "border"), 2 if focused else 1))
        painter.setBrush(theme.color("hover" if self.underMouse() else "card"))
        half = 1.0 if focused else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 8, 8)
        disc = QRectF(self._rect(11, 8, 22, 22))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.soft)
        painter.drawEllipse(disc)
        mark = icons.pixmap(style.icon, style.color, 14, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(disc.left() + 4, disc.top() + 4), mark)
        self._draw_words(painter, theme)


class EvidenceList(ButtonRow):
    """The cards, one tab stop together. Signals carry the id of the evidence."""

    evidence_opened = Signal(str)
    evidence_edit_requested = Signal(str)
    evidence_delete_requested = Signal(str)
    beside_requested = Signal(str)  # the passage, in the text of the source

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent, upright=True)
        self._themes = themes
        self._items: tuple[EvidenceView, ...] = ()
        self._read_only = False
        self.setObjectName("evidence_list")
        self.setAccessibleName(self.tr("Evidence"))
        self._row.setSpacing(6)
        follow(themes, self._restyle)

    def items(self) -> tuple[EvidenceView, ...]:
        """What the list shows."""
        return self._items

    def set_items(self, items: tuple[EvidenceView, ...]) -> None:
        """Show this evidence. The focus stays on its card, or goes to the next one when that card is gone."""
        if items == self._items:
            return
        cards = [card for card in self.buttons() if isinstance(card, EvidenceCard)]
        place = next((number for number, card in enumerate(cards) if card.hasFocus()), None)
        focused = cards[place].item().evidence.id if place is not None else None
        self.clear_buttons()
        self._items = items
        for item in items:
            self._add_card(item)
        if place is not None and items:
            ids = [item.evidence.id for item in items]
            row = ids.index(focused) if focused in ids else min(place, len(items) - 1)
            self.buttons()[row].setFocus()

    def set_read_only(self, read_only: bool) -> None:
        """Leave opening possible, nothing else."""
        self._read_only = read_only
        for card in self.buttons():
            if isinstance(card, EvidenceCard):
                card.read_only = read_only

    def _add_card(self, item: EvidenceView) -> None:
        card = EvidenceCard(self._themes, item, self)
        card.read_only = self._read_only
        key = str(item.evidence.id)
        card.clicked.connect(lambda: self.evidence_opened.emit(key))
        card.edit_requested.connect(lambda: self.evidence_edit_requested.emit(key))
        card.delete_requested.connect(lambda: self.evidence_delete_requested.emit(key))
        card.beside_requested.connect(lambda: self.beside_requested.emit(key))
        self.add_button(card)
        card.show()

    def _restyle(self, _theme: Theme) -> None:
        for card in self.buttons():
            card.update()
