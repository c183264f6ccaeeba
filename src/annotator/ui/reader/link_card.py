"""The card at a link: where it leads, in full, and whether to go there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.domain.addresses import Address, Caution
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import IconLabel, label

_WIDEST = 440
_AWAY = 6  # pixels between the card and the link


class LinkCard(QFrame):
    """Asks before anything is opened. Takes the focus while it is shown; `closed` tells that it gives it back."""

    open_requested = Signal(str)
    closed = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("link_card")
        self.setProperty("surface", "popover")
        self._themes, self._pane = themes, parent
        self._address = Address("", "", False, ())
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        self._host = label("", role="strong", parent=self)
        self._full = label("", parent=self)
        self._full.setObjectName("link_address")
        self._full.setWordWrap(True)
        self._full.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self._host)
        column.addWidget(self._full)
        self._cautions = QVBoxLayout()
        self._cautions.setSpacing(4)
        column.addLayout(self._cautions)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.open_button = self._button("link_open", self.tr("Open in the browser"), "primary")
        self.copy_button = self._button("link_copy", self.tr("Copy address"))
        self.cancel_button = self._button("link_cancel", self.tr("Cancel"))
        for button in (self.open_button, self.copy_button, self.cancel_button):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.open_button.clicked.connect(self._open)
        self.copy_button.clicked.connect(self._copy)
        self.cancel_button.clicked.connect(self.close_card)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
        self.hide()

    def _button(self, name: str, text: str, kind: str = "") -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setProperty("compact", True)
        if kind:
            button.setProperty("kind", kind)
        return button

    def ask(self, address: Address, rect: QRect) -> None:
        """Show an address below `rect` of the parent, or above it where there is no room."""
        self._address = address
        self._host.setText(address.host or self.tr("This link leads to"))
        self._full.setText(_breakable(address.shown))
        self._show_cautions(address.cautions)
        self.open_button.setVisible(address.can_open)
        self.setAccessibleName(self.tr("This link leads to {address}").format(address=address.shown))
        room = self._pane.rect()
        self.setFixedWidth(min(_WIDEST, room.width() - 2 * _AWAY))
        self.adjustSize()
        self.setFixedHeight(self.heightForWidth(self.width()))
        left = min(rect.left(), room.right() - self.width() - _AWAY)
        below, above = rect.bottom() + _AWAY, rect.top() - _AWAY - self.height()
        self.move(
            max(room.left() + _AWAY, left), below if below + self.height() <= room.bottom() else max(0, above)
        )
        self.raise_()
        self.show()
        first = self.open_button if address.can_open else self.copy_button
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_card(self) -> None:
        """Take the card away and give the focus back."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Go when one works elsewhere."""
        if now is not None and now is not self and not self.isAncestorOf(now):
            self.hide()

    def _open(self) -> None:
        self.close_card()
        self.open_requested.emit(self._address.shown)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._address.shown)
        self.close_card()

    def _show_cautions(self, cautions: Sequence[Caution]) -> None:
        while (item := self._cautions.takeAt(0)) is not None:
            old = item.widget()
            assert old is not None
            old.hide()
            old.deleteLater()
        said = {
            Caution.OTHER_LETTERS: self.tr("The name has letters that can look like those of another site."),
            Caution.USER: self.tr("What stands before the @ is not the site."),
            Caution.OTHER_HOST: self.tr("The words of the link name another site."),
            Caution.UNSAFE: self.tr("The connection is not encrypted."),
        }
        for caution in cautions:
            line = QWidget(self)
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
            row.addWidget(IconLabel(self._themes, "triangle-alert", "warning", size=14, parent=line))
            words = label(said[caution], tone="warning", parent=line)
            words.setWordWrap(True)
            row.addWidget(words, 1)
            self._cautions.addWidget(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab stays among the buttons of the card."""
        buttons = [
            one for one in (self.open_button, self.copy_button, self.cancel_button) if not one.isHidden()
        ]
        at = next((n for n, one in enumerate(buttons) if one.hasFocus()), -1)
        step = 1 if following else -1
        buttons[(at + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        return True


def _breakable(address: str) -> str:
    """An address that may be broken into lines behind each of its parts."""
    for sign in "/?&=-_.":
        address = address.replace(sign, sign + "\u200b")
    return address
