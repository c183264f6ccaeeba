"""How the window looks and how articles are set: the choices of the user, kept in the settings and carried out."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from annotator.settings import READING_SIZES, Settings
from annotator.ui.reader.keys import keys_in_use, stored_keys
from annotator.ui.reader.styles import ReadingType
from annotator.ui.reader.view import ReaderView
from annotator.ui.theme import SYSTEM, THEME_NAMES, ThemeManager, load_face

_TYPE = ("reading_face", "reading_size", "line_height")


class Appearance(QObject):
    """Carries out what the settings say about looks. `changed` names the setting that was chosen anew."""

    changed = Signal(str)

    def __init__(self, themes: ThemeManager, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes, self._settings, self._window = themes, settings, parent
        self._views: list[ReaderView] = []
        self._popover: QWidget | None = None

    def attach(self, view: ReaderView) -> None:
        """Set the articles of a view as the settings say, from now on."""
        self._views.append(view)
        self._dress(view)

    def value(self, name: str) -> Any:
        """What is chosen."""
        return self._settings.get(name)

    def choose(self, name: str, value: object) -> None:
        """Choose something, keep it and show it at once."""
        self._settings.set(name, value)
        if name == "theme":
            self._themes.set(str(value))
        elif name == "contrast":
            self._themes.set_contrast(str(value))
        else:
            self._views = [view for view in self._views if isValid(view)]
            for view in self._views:
                self._dress(view)
        self.changed.emit(name)

    @property
    def type_(self) -> ReadingType:
        """How articles are set."""
        return ReadingType(*(self.value(name) for name in _TYPE))

    def next_theme(self) -> None:
        """Use the theme that comes after the one in use."""
        at = THEME_NAMES.index(self._themes.theme.name)
        self.choose("theme", THEME_NAMES[(at + 1) % len(THEME_NAMES)])

    def step_size(self, step: int) -> None:
        """Set articles that many steps larger, or smaller."""
        at = READING_SIZES.index(self.value("reading_size"))
        self.choose("reading_size", READING_SIZES[min(max(at + step, 0), len(READING_SIZES) - 1)])

    def usual_size(self) -> None:
        """Set articles in the size that nobody chose."""
        self.choose("reading_size", self._settings.default("reading_size"))

    def show_choices(self, button: QWidget) -> None:
        """Show all choices below a button."""
        from annotator.ui.appearance_popover import AppearancePopover  # noqa: PLC0415 - when first asked for

        if self._popover is None:
            self._popover = AppearancePopover(self, self._window)
        popover = self._popover
        popover.adjustSize()
        corner = button.mapToGlobal(QPoint(button.width() - popover.width(), button.height() + 4))
        edge = self._window.mapToGlobal(QPoint(8, 0)).x()
        popover.move(max(corner.x(), edge), corner.y())
        popover.show()
        popover.setFocus()

    def _dress(self, view: ReaderView) -> None:
        load_face(self.type_.face)
        view.reduced_motion = self._is_still()
        view.set_type(self.type_)
        view.set_measure(self.value("measure"))
        view.keys = keys_in_use(stored_keys(self.value("keys")), single=self.value("single_keys"))

    def _is_still(self) -> bool:
        """Whether nothing is to move: by choice, or by the system's wish where Qt tells it."""
        motion = self.value("motion")
        if motion != SYSTEM:
            return bool(motion == "reduced")
        hints = QGuiApplication.styleHints()
        wish = (
            getattr(hints.accessibility(), "motionPreference", None)
            if hasattr(hints, "accessibility")
            else None
        )
        return wish is not None and wish().name == "ReducedMotion"
