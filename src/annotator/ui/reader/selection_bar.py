"""The bar over a selection: what can be made of it, and the eight tags."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annotator.domain.selectors import TextSpan
from annotator.domain.tag import FIRST_TAGS, PATTERN_OF, Tag
from annotator.ui import icons
from annotator.ui.reader.painting import draw_pattern
from annotator.ui.reader.view import ReaderView
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets.shadow import Shadow

GAP = 10  # pixels between the bar and the selection
_EDGE = 8  # pixels kept free at the sides of the reader


class _Action(QToolButton):
    """An action with its key: icon, word, key cap."""

    def __init__(self, name: str, icon_name: str, text: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"selection_{name}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({key})" if key else text)
        self.icon_name, self.key, self.label = icon_name, key, text
        self.primary = False
        self.theme: Theme | None = None

    def sizeHint(self) -> QSize:
        if self.theme is None or not self.key:
            return QSize(34, 34)
        self.ensurePolished()
        return QSize(9 + 16 + 7 + self.fontMetrics().horizontalAdvance(self.label) + 8 + 22 + 8, 34)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self.theme
        if theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "selected" if self.primary else "hover" if self.underMouse() else None
        if self.isDown():
            ground = "pressed"
        painter.setPen(Qt.PenStyle.NoPen)
        if ground:
            painter.setBrush(theme.color(ground))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        color = theme.color("accent" if self.primary else "text" if self.key else "textSecondary")
        painter.drawPixmap(QPointF(9, 9), icons.pixmap(self.icon_name, color, 16, self.devicePixelRatioF()))
        if self.key:
            font = theme.font("ui")
            font.setWeight(QFont.Weight.Medium)
            painter.setFont(font)
            painter.setPen(color)
            painter.drawText(
                QRectF(32, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, self.label
            )
            _paint_key(painter, QRectF(self.width() - 29, 7, 21, 20), self.key, theme)
        painter.end()


def _paint_key(painter: QPainter, box: QRectF, key: str, theme: Theme) -> None:
    """A key cap."""
    painter.setPen(QPen(theme.color("border"), 1))
    painter.setBrush(theme.color("panel"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    edge = box.bottom() - 1.5  # a cap is thicker at its lower edge
    painter.drawLine(QPointF(box.left() + 3, edge), QPointF(box.right() - 3, edge))
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.color("textSecondary"))
    painter.drawText(box.adjusted(0, 0, 0, -1), Qt.AlignmentFlag.AlignCenter, key)


class _TagButton(QToolButton):
    """A tag as it looks in the text, with its key and name below."""

    def __init__(self, key: str, name: str, colour: str, pattern: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"selection_tag_{key}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({key})")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.key, self.name, self.colour, self.pattern = key, name, colour, pattern
        self.theme: Theme | None = None

    def sizeHint(self) -> QSize:
        return QSize(76, 45)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, 45)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self.theme
        if theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = theme.tag(self.colour)
        box = QRectF((self.width() - 56) / 2, 0, 56, 26)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.fill_active if self.underMouse() else style.fill)
        painter.drawRoundedRect(box, 4, 4)
        font = theme.font("quote")
        font.setItalic(False)
        font.setPixelSize(13)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        painter.drawText(box.adjusted(0, 0, 0, -5), Qt.AlignmentFlag.AlignCenter, "Aa")
        draw_pattern(painter, self.pattern, style.line, box.left(), box.right(), 23, self.devicePixelRatioF())
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("textSecondary"))
        room = QRectF(0, 29, self.width(), 16)
        text = painter.fontMetrics().elidedText(
            f"{self.key} {self.name}", Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()


class SelectionBar(QFrame):
    """Stands over the selection of a reader and offers what a key would do. Never takes the focus from the text.

    `mode` is "always", "mouse" (only after selecting with it) or "never".
    """

    more_requested = Signal(QPoint)
    wide = 628  # pixels, where there is room

    def __init__(self, reader: ReaderView, themes: ThemeManager) -> None:
        super().__init__(reader)
        self.setObjectName("selection_bar")
        self.setAccessibleName(self.tr("Selection"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.mode = "always"
        self._reader = reader
        self._theme = themes.theme
        self._actions: list[_Action] = []
        self._tags: list[_TagButton] = []
        self._build()
        self._show_first_tags()
        self._connect(themes)
        self._shadow = Shadow(themes, self, radius=10)
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(6, 5, 6, 5)
        row.setSpacing(2)
        for name, icon_name, text, key, signal in self._offered():
            button = self._add_action(row, name, icon_name, text, key)
            button.clicked.connect(lambda _=False, wish=signal: self._ask(wish))
        self._actions[0].primary = True
        row.addStretch(1)
        more = self._add_action(row, "more", "ellipsis", self.tr("More"), "")
        more.clicked.connect(lambda: self.more_requested.emit(more.mapToGlobal(QPoint(0, more.height()))))
        column.addLayout(row)
        column.addSpacing(1)
        self._tag_row = QHBoxLayout()
        self._tag_row.setContentsMargins(8, 8, 8, 7)
        self._tag_row.setSpacing(0)
        column.addLayout(self._tag_row)

    def _offered(self) -> tuple[tuple[str, str, str, str, SignalInstance], ...]:
        """The actions in their order: name, icon, words, key, and the signal that asks for it."""
        reader = self._reader
        return (
            ("claim", "flag", self.tr("Claim"), "C", reader.claim_requested),
            ("highlight", "highlighter", self.tr("Highlight"), "H", reader.highlight_requested),
            ("note", "sticky-note", self.tr("Note"), "N", reader.note_requested),
            ("tag", "tag", self.tr("Tag"), "T", reader.tag_picker_requested),
            ("source", "link", self.tr("Source"), "L", reader.link_requested),
        )

    def _add_action(self, row: QHBoxLayout, name: str, icon_name: str, text: str, key: str) -> _Action:
        button = _Action(name, icon_name, text, key, self)
        button.theme = self._theme
        self._actions.append(button)
        row.addWidget(button)
        return button

    def _connect(self, themes: ThemeManager) -> None:
        themes.theme_changed.connect(self._on_theme_changed)
        self._reader.selection_finished.connect(self._on_selection_finished)
        self._reader.selection_changed.connect(self._on_selection_changed)
        self._reader.escape_pressed.connect(self.hide)
        self._reader.position_changed.connect(self._follow)
        self._reader.installEventFilter(self)

    def set_tags(self, tags: Sequence[Tag]) -> None:
        """Offer the tags that have a key, in the order of their keys."""
        keyed = sorted((tag for tag in tags if tag.key), key=lambda tag: tag.key)
        self._fill([(tag.key, tag.name, str(tag.colour), str(tag.pattern)) for tag in keyed[:8]])

    def _show_first_tags(self) -> None:
        self._fill(
            [
                (str(i), name, str(colour), str(PATTERN_OF[colour]))
                for i, (name, colour, _) in enumerate(FIRST_TAGS, 1)
            ]
        )

    def _fill(self, tags: Sequence[tuple[str, str, str, str]]) -> None:
        for old in self._tags:
            self._tag_row.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        self._tags = []
        for key, name, colour, pattern in tags:
            button = _TagButton(key, name, colour, pattern, self)
            button.theme = self._theme
            button.clicked.connect(lambda _=False, digit=key: self._ask_tag(digit))
            self._tag_row.addWidget(button)
            self._tags.append(button)

    def _ask(self, wish: SignalInstance) -> None:
        wish.emit(self._reader.selected_span())
        self._reader.setFocus()
        self.hide()

    def _ask_tag(self, digit: str) -> None:
        self._reader.tag_requested.emit(self._reader.selected_span(), digit)
        self._reader.setFocus()
        self.hide()

    def _on_theme_changed(self, theme: Theme) -> None:
        self._theme = theme
        for action in self._actions:
            action.theme = theme
        for tag in self._tags:
            tag.theme = theme
        self.update()

    def _on_selection_finished(self, by_mouse: bool) -> None:
        wanted = self.mode == "always" or (self.mode == "mouse" and by_mouse)
        if wanted and (by_mouse or self._reader.hasFocus()):  # never over a place that find shows
            self._show_over(self._reader.selected_span())

    def _on_selection_changed(self, span: object) -> None:
        if span is None:
            self.hide()
        elif self.isVisible():
            self._show_over(self._reader.selected_span())

    def _follow(self) -> None:
        if self.isVisible():
            self._show_over(self._reader.selected_span())

    def _show_over(self, span: TextSpan | None) -> None:
        """Above the first line of the selection, else below its last one; not at all when neither has room."""
        boxes = self._reader.boxes_on_screen(span) if span is not None else []
        height = self._reader.viewport().height()
        boxes = [box for box in boxes if box.bottom() > 0 and box.top() < height]
        if span is None or not boxes:
            self.hide()
            return
        width = min(self.wide, self._reader.width() - 2 * _EDGE)
        size = QSize(width, self.sizeHint().height())
        # The boxes begin with the first line on screen, which is the selection's first or cut off by the edge.
        top, bottom = min(box.top() for box in boxes), max(box.bottom() for box in boxes)
        y = round(top) - GAP - size.height()
        if y < 0:
            y = round(bottom) + GAP
        if y + size.height() > self._reader.height():
            self.hide()
            return
        x = round(boxes[0].center().x() - width / 2)
        x = max(_EDGE, min(x, self._reader.width() - width - _EDGE))
        self.setGeometry(x, y, width, size.height())
        self.show()
        self.raise_()

    # ---------------------------------------------------------------------------------------------------- Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(self._theme.color("borderStrong"), 1))
        painter.setBrush(self._theme.color("card"))
        painter.drawRoundedRect(box, 10, 10)
        line = self._tag_row.geometry().top() - 1
        painter.fillRect(QRectF(1, line, self.width() - 2, 1), QColor(self._theme.color("border")))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # a click beside the buttons is none on the text
