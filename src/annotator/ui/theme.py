"""Colours, fonts and sizes of the interface, read from `resources/tokens.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from annotator import paths

THEME_NAMES = ("light", "sepia", "dark")
SYSTEM = "system"
_ITALIC_ROLES = frozenset({"quote", "standfirst"})


@dataclass(frozen=True, slots=True)
class TagStyle:
    """How a tag colour is drawn: never a fill without its patterned line."""

    fill: QColor
    fill_active: QColor
    line: QColor
    pattern: str
    index: int
    name: str


@dataclass(frozen=True, slots=True)
class VerdictStyle:
    """How a verdict is shown: word, icon shape and colour together."""

    label: str
    short: str
    icon: str
    letter: str
    color: QColor
    soft: QColor


@dataclass(frozen=True, slots=True)
class StanceStyle:
    """How a stance is shown; `key` sets it in the dialog that links evidence."""

    icon: str
    label: str
    color: QColor
    soft: QColor
    key: str


@dataclass(frozen=True, eq=False)
class Theme:
    """One set of colours with the fonts and sizes that all themes share. Get it with `Theme.load`."""

    name: str
    high_contrast: bool
    _colors: Mapping[str, QColor]
    _tags: Mapping[str, TagStyle]
    _tokens: Mapping[str, Any]

    @staticmethod
    def load(name: str, *, high_contrast: bool = False) -> Theme:
        """The theme called "light", "sepia" or "dark", read once; with high contrast, tags have lines and no fills.

        Raises:
            KeyError: no theme has that name.
        """
        return _load(name, high_contrast)

    def color(self, role: str) -> QColor:
        """The colour of a role such as "text", "accent" or "supportsSoft"; a copy, free to be changed."""
        return QColor(self._colors[role])

    def css(self, role: str) -> str:
        """The colour of a role as a style sheet writes it."""
        color = self._colors[role]
        if color.alpha() == 255:
            return color.name()
        return f"rgba({color.red()}, {color.green()}, {color.blue()}, {color.alpha()})"

    def roles(self) -> tuple[str, ...]:
        """The names of all colour roles."""
        return tuple(self._colors)

    def tag(self, colour: str) -> TagStyle:
        """How the tag colour ("amber" to "slate") is drawn."""
        return self._tags[str(colour)]

    def font(self, role: str) -> QFont:
        """The font of a text role such as "ui", "caption", "quote" or "reading"; sizes are in pixels."""
        spec = self._tokens["font"]["scale"][role]
        made = QFont()
        made.setFamilies(self._tokens["font"]["families"][spec["family"]])
        made.setPixelSize(spec["size"])
        made.setWeight(QFont.Weight(spec["weight"]))
        made.setItalic(role in _ITALIC_ROLES)
        if spec["family"] == "mono":
            made.setFeature(QFont.Tag("calt"), 0)  # “->” are two characters, not an arrow
        return made

    def line_height(self, role: str) -> int:
        """The distance of the base lines of a text role, in pixels."""
        return int(self._tokens["font"]["scale"][role]["line"])

    def metric(self, name: str) -> int:
        """A size in pixels: a name of size, space or radius in tokens.json, such as "gutter", "m", "card"."""
        for group in ("size", "space", "radius"):
            if name in self._tokens[group]:
                return int(self._tokens[group][name])
        raise KeyError(name)

    def extent(self, name: str) -> tuple[int, int]:
        """A width and a height in pixels, such as "windowMin"."""
        width, height = self._tokens["size"][name]
        return int(width), int(height)

    def verdict(self, key: str) -> VerdictStyle:
        """How the verdict `key` is shown; one the default scale lacks looks like "open", under its own key."""
        from annotator.domain.rating import DEFAULT_SCALE  # noqa: PLC0415 - the first frame shows no verdict

        for step in DEFAULT_SCALE.steps:
            if step.key == key:
                return self._verdict(step.label, step.short, step.icon, step.letter, step.colour)
        return self._verdict(key, key, "circle-dashed", "", "open")

    def stance(self, key: str) -> StanceStyle:
        """How the stance "supports", "refutes" or "context" is shown."""
        spec = self._tokens["stance"][str(key)]
        return StanceStyle(
            spec["icon"], stance_label(key), self.color(key), self.color(f"{key}Soft"), spec["key"]
        )

    def palette(self) -> QPalette:
        """The colours as Qt's standard widgets ask for them, for all three colour groups."""
        made = QPalette()
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
            for role, name in _PALETTE.items():
                made.setColor(group, role, self.color(name))
        for role in (
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.Text,
            QPalette.ColorRole.ButtonText,
            QPalette.ColorRole.PlaceholderText,
        ):
            made.setColor(QPalette.ColorGroup.Disabled, role, self.color("textDisabled"))
        return made

    def stylesheet(self) -> str:
        """The style sheet of the whole program in these colours."""
        from annotator.ui.stylesheet import stylesheet  # noqa: PLC0415 - it needs Theme itself

        return stylesheet(self)

    def _verdict(self, label: str, short: str, icon: str, letter: str, role: str) -> VerdictStyle:
        return VerdictStyle(label, short, icon, letter, self.color(role), self.color(f"{role}Soft"))


class ThemeManager(QObject):
    """The theme in use. Widgets keep a reference; `theme_changed` carries the new `Theme`.

    As `name` or `contrast`, "system" means what the system wishes, now and when that changes.
    """

    theme_changed = Signal(object)

    def __init__(
        self, parent: QObject | None = None, *, name: str = "light", contrast: str = "normal"
    ) -> None:
        super().__init__(parent)
        self._name, self._contrast = name, contrast
        self._theme = self._wanted()
        if QGuiApplication.instance() is not None:
            hints = QGuiApplication.styleHints()
            hints.colorSchemeChanged.connect(self._follow)
            if hasattr(hints, "accessibility"):  # from Qt 6.10 on
                hints.accessibility().contrastPreferenceChanged.connect(self._follow)

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self._theme

    def set(self, name: str) -> None:
        """Use the theme `name`, dress the application in it and tell everybody."""
        self._name = name
        self._use(self._wanted())

    def set_contrast(self, contrast: str) -> None:
        """Use "normal" or "high" contrast, or what the system wishes."""
        self._contrast = contrast
        self._use(self._wanted())

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted is not self._theme:
            self._use(wanted)

    def _wanted(self) -> Theme:
        name = system_theme() if self._name == SYSTEM else self._name
        high = system_wants_contrast() if self._contrast == SYSTEM else self._contrast == "high"
        return Theme.load(name, high_contrast=high)

    def _use(self, theme: Theme) -> None:
        changed, self._theme = theme is not self._theme, theme
        self.apply()
        if changed:
            self.theme_changed.emit(theme)

    def apply(self) -> None:
        """Give the application our style, palette, font and style sheet."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        if not app.styleSheet():
            app.setStyle("Fusion")
        app.setFont(self._theme.font("ui"))
        app.setPalette(self._theme.palette())
        app.setStyleSheet(self._theme.stylesheet())

    def load_fonts(self) -> list[str]:
        """Make the bundled fonts known to Qt and return their families; without one, its fallback serves."""
        families: list[str] = []
        for file in sorted((paths.resources() / "fonts").glob("*.ttf")):
            number = QFontDatabase.addApplicationFont(str(file))
            if number >= 0:
                families += QFontDatabase.applicationFontFamilies(number)
        return sorted(set(families))


@cache
def load_face(family: str) -> None:
    """Make a reading face known to Qt that isn't the usual one; they are loaded when first used."""
    for file in sorted((paths.resources() / "fonts" / "reading").glob(f"{family.replace(' ', '')}-*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def system_theme() -> str:
    """The theme that goes with the system's colours."""
    if QGuiApplication.instance() is None:
        return "light"
    return "dark" if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"


def system_wants_contrast() -> bool:
    """Whether the system asks for high contrast; older versions of Qt don't tell."""
    hints = QGuiApplication.styleHints() if QGuiApplication.instance() is not None else None
    if hints is None or not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


def stance_label(key: str) -> str:
    """The word for a stance in the user's language."""
    words = {
        "supports": QCoreApplication.translate("Stance", "Supports"),
        "refutes": QCoreApplication.translate("Stance", "Refutes"),
        "context": QCoreApplication.translate("Stance", "Context"),
    }
    return words[str(key)]


@cache
def _load(name: str, high: bool) -> Theme:
    tokens = json.loads((paths.resources() / "tokens.json").read_text(encoding="utf-8"))
    chosen = tokens["themes"][name]
    colors = {role: _color(value) for role, value in chosen["color"].items()}
    tags = {
        key: TagStyle(
            _color(tag["fill"]),
            _color(tag["fillActive"]),
            _color(tag["line"]),
            tag["pattern"],
            tag["index"],
            tag["name"],
        )
        for key, tag in chosen["tag"].items()
    }
    if high:
        from annotator.ui import contrast  # noqa: PLC0415 - few need it

        colors, ground = contrast.high_contrast(colors), colors["reader"]
        tags = {
            key: replace(
                tag,
                fill=ground,
                fill_active=ground,
                line=contrast.strengthened(tag.line, [ground], contrast.LINE),
            )
            for key, tag in tags.items()
        }
    return Theme(name, high, colors, tags, tokens)


def _color(text: str) -> QColor:
    """A colour written "#RRGGBB" or "#RRGGBBAA" (Qt itself reads the latter as "#AARRGGBB")."""
    color = QColor(text[:7])
    if len(text) == 9:
        color.setAlpha(int(text[7:], 16))
    return color


_PALETTE = {
    QPalette.ColorRole.Window: "panel",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "input",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "textMuted",
    QPalette.ColorRole.Button: "card",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "onAccent",
    QPalette.ColorRole.Light: "card",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "borderStrong",
    QPalette.ColorRole.Shadow: "text",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Link: "link",
    QPalette.ColorRole.LinkVisited: "link",
    QPalette.ColorRole.ToolTipBase: "card",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Accent: "accent",
}
