"""Buttons: an icon with a name, and a row of choices that is one tab stop."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QFrame, QSizePolicy, QToolButton, QWidget

from annotator.ui import icons
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets.base import follow


class IconButton(QToolButton):
    """A button with an icon only. Its name is what a screen reader says; the tooltip adds the key."""

    def __init__(
        self,
        themes: ThemeManager,
        icon: str,
        name: str,
        *,
        key: str = "",
        size: int = 16,
        side: int = 28,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes, self._icon, self._size = themes, icon, size
        self.setProperty("compact", True)
        self.setFixedSize(side, side)
        self.setIconSize(icons.icon_size(size))
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_name(name, key)
        follow(themes, self._restyle)
        self.toggled.connect(self._on_toggled)

    def set_name(self, name: str, key: str = "") -> None:
        """Say what the button does, and the key that does the same."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({key})" if key else name)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self._restyle(self._themes.theme)

    def _on_toggled(self) -> None:
        self._restyle(self._themes.theme)

    def _restyle(self, theme: Theme) -> None:
        role = "accent" if self.isChecked() else "textSecondary"
        self.setIcon(icons.icon(self._icon, theme.color(role), self._size))


class ButtonRow(QFrame):
    """Buttons that are one tab stop together: arrows, `Home` and `End` move between them.

    With `follows` the focused button is also clicked, as in a row of radio buttons; `upright` makes it a column.
    """

    def __init__(
        self, parent: QWidget | None = None, *, follows: bool = False, upright: bool = False
    ) -> None:
        super().__init__(parent)
        self._follows = follows
        self._buttons: list[QAbstractButton] = []
        self.tab_after: QWidget | None = None  # the tab stop before this row, where buttons come and go
        way = QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight
        self._row = QBoxLayout(way, self)
        self._row.setContentsMargins(0, 0, 0, 0)

    def buttons(self) -> tuple[QAbstractButton, ...]:
        """The buttons in their order."""
        return tuple(self._buttons)

    def add_button(self, button: QAbstractButton) -> None:
        """Append a button; the first one is the tab stop until another gets focus."""
        # A button that comes late still follows its neighbour in the order of Tab.
        before = self._buttons[-1] if self._buttons else self.tab_after
        if before is not None:
            QWidget.setTabOrder(before, button)
        self._row.addWidget(button, 1)
        self._buttons.append(button)
        button.installEventFilter(self)
        self._make_stop(self._buttons[0])

    def clear_buttons(self) -> None:
        """Take all buttons out."""
        for button in self._buttons:
            button.removeEventFilter(self)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons.clear()
        self.setFocusProxy(None)  # type: ignore[arg-type]  # None is allowed; the stubs lack it

    def _make_stop(self, stop: QAbstractButton) -> None:
        for button in self._buttons:
            here = button is stop
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(stop)

    def _neighbour(self, button: QAbstractButton, key: int) -> QAbstractButton | None:
        usable = [one for one in self._buttons if one.isEnabled() and not one.isHidden()]
        if button not in usable:
            return None
        ahead, back = Qt.Key.Key_Right, Qt.Key.Key_Left
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            ahead, back = back, ahead
        place = usable.index(button)
        if key in (ahead, Qt.Key.Key_Down):
            return usable[(place + 1) % len(usable)]
        if key in (back, Qt.Key.Key_Up):
            return usable[place - 1]
        return {Qt.Key.Key_Home: usable[0], Qt.Key.Key_End: usable[-1]}.get(Qt.Key(key))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QAbstractButton):
            return False
        if event.type() == QEvent.Type.FocusIn:
            self._make_stop(watched)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            target = self._neighbour(watched, event.key()) if plain else None
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                if self._follows:
                    target.click()
                return True
        return False


class Segmented(ButtonRow):
    """One choice out of few, all of them visible. `chosen` carries the key of the choice the user made."""

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str]] = (), *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, follows=True)
        self._keys: dict[str, QToolButton] = {}
        self._name = name
        self._value = ""
        self.setAccessibleName(name)
        self.setProperty("surface", "segment")
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row.setContentsMargins(2, 2, 2, 2)
        self._row.setSpacing(2)
        for key, text in choices:
            self.add_choice(key, text)

    def add_choice(self, key: str, text: str) -> QToolButton:
        """Append a choice; the first one is chosen until told otherwise."""
        button = QToolButton(self)
        button.setText(text)
        button.setCheckable(True)
        button.setProperty("segment", True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        button.setAccessibleName(f"{self._name}: {text}")
        button.clicked.connect(lambda: self._on_clicked(key))
        self._keys[key] = button
        self.add_button(button)
        if len(self._keys) == 1:
            self.set_value(key)
        return button

    def set_text(self, key: str, text: str) -> None:
        """Change the words of a choice, such as its count."""
        self._keys[key].setText(text)
        self._keys[key].setAccessibleName(f"{self._name}: {text}")

    def value(self) -> str:
        """The key of the choice; "" when there is none to choose from."""
        return self._value

    def set_value(self, key: str) -> None:
        """Choose without telling anybody."""
        self._value = key
        for other, button in self._keys.items():
            button.setChecked(other == key)
        if key in self._keys:
            self._make_stop(self._keys[key])

    def _on_clicked(self, key: str) -> None:
        changed = key != self._value
        self.set_value(key)
        if changed:
            self.chosen.emit(key)
