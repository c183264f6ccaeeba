"""Tags as coloured chips, with a field to add more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCompleter, QLineEdit, QSizePolicy, QWidget

from annotator.domain.tag import Tag, TagColour
from annotator.ui import icons
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets.base import follow
from annotator.ui.widgets.flow import FlowLayout
from annotator.ui.widgets.swatch import draw_swatch

_HIGH = 28  # the pointer target; the chip itself is drawn 24 high
_INSET = 2
_LONGEST = 180


class TagChip(QAbstractButton):
    """A tag: its name on its colour, with a piece of its line. Under the pointer the line turns into a ×."""

    removal_requested = Signal()

    def __init__(
        self,
        themes: ThemeManager,
        name: str,
        colour: str,
        *,
        removable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes, self._colour, self._removable = themes, colour, removable
        self.setText(name)
        self.setAccessibleName(self.tr("Tag %1").replace("%1", name))
        if removable:
            self.setAccessibleDescription(self.tr("Delete removes it"))
            self.setToolTip(self.tr("Remove the tag “%1” (Del)").replace("%1", name))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _swatch(self) -> QRectF:
        left = self.width() - 7 - 16 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 7
        return QRectF(left, (self.height() - 6) / 2, 16, 6)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._themes.theme.font("caption"))
        return QSize(min(_LONGEST, metrics.horizontalAdvance(self.text()) + 7 + 16 + 5 + 8), _HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, _HIGH)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        on_cross = self._swatch().adjusted(-7, -12, 3, 12).contains(event.position())
        super().mouseReleaseEvent(event)
        if on_cross and self._removable and event.button() == Qt.MouseButton.LeftButton:
            self.removal_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_requested.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        style = theme.tag(self._colour)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0, _INSET, 0, -_INSET)
        active = self._removable and (self.underMouse() or self.hasFocus())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.fill_active if active else style.fill)
        painter.drawRoundedRect(box, 4, 4)
        swatch = self._swatch()
        if active:
            mark = icons.pixmap("x", theme.color("text"), 14, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(swatch.center().x() - 7, swatch.center().y() - 7), mark)
        else:
            draw_swatch(painter, swatch, style.pattern, style.line)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text"))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        room = box.adjusted(8, 0, -28, 0) if mirrored else box.adjusted(28, 0, -6, 0)
        text = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(room.width()) + 1
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, text)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)


class AddChip(QAbstractButton):
    """The dashed chip that opens the field for another tag."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setText(self.tr("Tag"))
        self.setAccessibleName(self.tr("Add a tag"))
        self.setToolTip(self.tr("Add a tag (T)"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._themes.theme.font("caption"))
        return QSize(metrics.horizontalAdvance(self.text()) + 7 + 14 + 5 + 9, _HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, _INSET + 0.5, -0.5, -_INSET - 0.5)
        painter.setBrush(theme.color("hover") if self.underMouse() else Qt.BrushStyle.NoBrush)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        else:
            pen = QPen(theme.color("borderStrong"), 1)
            pen.setDashPattern([3, 3])
            painter.setPen(pen)
            painter.drawRoundedRect(box, 4, 4)
        ink = theme.color("textSecondary")
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        mark = icons.pixmap("plus", ink, 14, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - 21 if mirrored else 7, (self.height() - 14) // 2, mark)
        painter.setPen(ink)
        painter.setFont(theme.font("caption"))
        room = self.rect().adjusted(0, 0, -26, 0) if mirrored else self.rect().adjusted(26, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, self.text())


class TagEdit(QWidget):
    """Shows the tags of something and lets the user add and remove them.

    `tags_changed` carries the names as a tuple; a name that `known` lacks is a new tag. One tab stop: arrows move
    over the chips to the dashed one that adds.
    """

    tags_changed = Signal(object)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._names: tuple[str, ...] = ()
        self._known: dict[str, Tag] = {}
        self._read_only = False
        self._chips: list[TagChip] = []
        self._flow = FlowLayout(self, across=6, down=4)
        self._flow.setContentsMargins(0, 2, 0, 2)
        self._add = AddChip(themes, self)
        self._add.clicked.connect(self.open_field)
        self._field = self._make_field()
        self._flow.addWidget(self._add)
        self._flow.addWidget(self._field)
        for part in (self._add, self._field):
            part.installEventFilter(self)
        self.setAccessibleName(self.tr("Tags"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(32)
        self.setFocusProxy(self._add)
        follow(themes, self._restyle)

    def tags(self) -> tuple[str, ...]:
        """The names shown, in their order."""
        return self._names

    def set_known(self, tags: Iterable[Tag]) -> None:
        """Which tags there are: for their colours and for completion."""
        known = {tag.name: tag for tag in tags}
        if known == self._known:
            return
        self._known = known
        completer = QCompleter(sorted(known, key=str.casefold), self._field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        # A completion that is picked counts as entered; the field takes its text only after this signal.
        completer.activated.connect(lambda _text: QTimer.singleShot(0, self._on_return))
        self._field.setCompleter(completer)
        self._rebuild()

    def set_tags(self, names: Sequence[str]) -> None:
        """Show these tags without telling anybody. An open field stays open."""
        if tuple(names) != self._names:
            self._names = tuple(names)
            self._rebuild()

    def set_read_only(self, read_only: bool) -> None:
        """Show the tags without the means to change them."""
        if read_only == self._read_only:
            return
        self._read_only = read_only
        self._field.hide()
        self._add.setVisible(not read_only)
        self._rebuild()

    def open_field(self) -> None:
        """Open the field for a new tag and put the focus there."""
        self._add.hide()
        self._field.show()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_field(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName("tag_name")
        field.setProperty("compact", True)
        field.setFixedSize(110, 28)
        field.setPlaceholderText(self.tr("Tag name"))
        field.setAccessibleName(self.tr("Name of the tag to add"))
        field.returnPressed.connect(self._on_return)
        field.hide()
        return field

    def _restyle(self, _theme: Theme) -> None:
        self.update()

    def _rebuild(self) -> None:
        focused = next((n for n, chip in enumerate(self._chips) if chip.hasFocus()), None)
        for chip in self._chips:
            chip.removeEventFilter(self)
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for number, name in enumerate(self._names):
            tag = self._known.get(name)
            colour = tag.colour if tag is not None else TagColour.SLATE
            chip = TagChip(self._themes, name, str(colour), removable=not self._read_only, parent=self)
            chip.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            chip.removal_requested.connect(lambda name=name: self._remove(name))
            chip.installEventFilter(self)
            self._flow.insert_widget(number, chip)
            chip.show()
            self._chips.append(chip)
        if focused is not None:
            stops: list[QWidget] = [*self._chips[focused : focused + 1], self._add]
            stops[0].setFocus()
        self.updateGeometry()

    def _remove(self, name: str) -> None:
        self._change(tuple(other for other in self._names if other != name))

    def _change(self, names: tuple[str, ...]) -> None:
        if names != self._names:
            self._names = names
            self._rebuild()
            self.tags_changed.emit(names)

    def _on_return(self) -> None:
        wanted = " ".join(self._field.text().split())
        self._field.clear()
        if not wanted:
            self._close_field()
            return
        same = [name for name in self._known if name.casefold() == wanted.casefold()]
        name = same[0] if same else wanted
        if name not in self._names:
            self._change((*self._names, name))

    def _close_field(self, *, refocus: bool = True) -> None:
        self._field.clear()
        self._field.hide()
        self._add.setVisible(not self._read_only)
        if refocus:
            self._add.setFocus()

    def _on_field_event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            popup = self._field.completer().popup() if self._field.completer() else None
            if popup is None or not popup.isVisible():
                self._close_field(refocus=False)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self._close_field()
                return True
            if event.key() == Qt.Key.Key_Backspace and not self._field.text() and self._chips:
                self._close_field(refocus=False)
                self._chips[-1].setFocus()
                return True
        return False

    def _on_chip_key(self, watched: QObject, key: int) -> bool:
        stops: list[QAbstractButton] = [*self._chips, self._add]
        back, ahead = Qt.Key.Key_Left, Qt.Key.Key_Right
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            back, ahead = ahead, back
        place = next((number for number, stop in enumerate(stops) if stop is watched), None)
        if place is None or key not in (back, ahead, Qt.Key.Key_Backspace):
            return False
        if key == Qt.Key.Key_Backspace and watched is not self._add:
            return False
        target = place + 1 if key == ahead else place - 1
        if 0 <= target < len(stops):
            stops[target].setFocus()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field:
            return self._on_field_event(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_chip_key(watched, event.key())
        return False
