"""The tokens keep their promises, and the theme hands them to Qt unchanged."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.rating import DEFAULT_SCALE
from annotator.domain.tag import PATTERN_OF
from annotator.ui import icons
from annotator.ui.theme import THEME_NAMES, Theme, ThemeManager

SURFACES = ("window", "panel", "reader", "card")
TEXT_ROLES = (
    "textSecondary",
    "textMuted",
    "link",
    "accent",
    "supports",
    "refutes",
    "context",
    "partly",
    "conflicting",
    "open",
    "danger",
    "warning",
)


def luminance(color: QColor) -> float:
    """The relative luminance of WCAG 2.2."""

    def linear(part: float) -> float:
        return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def on_surfaces(theme: Theme, role: str) -> float:
    """The worst contrast of a role on the surfaces that carry text."""
    return min(contrast(theme.color(role), theme.color(surface)) for surface in SURFACES)


def test_black_on_white_has_contrast_21() -> None:
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21.0)


@pytest.mark.parametrize("name", THEME_NAMES)
def test_body_text_has_contrast_7_and_every_other_text_4_5(name: str) -> None:
    theme = Theme.load(name)
    assert on_surfaces(theme, "text") >= 7
    weak = {role: on_surfaces(theme, role) for role in TEXT_ROLES if on_surfaces(theme, role) < 4.5}
    assert weak == {}


@pytest.mark.parametrize("name", THEME_NAMES)
def test_borders_of_controls_and_the_focus_ring_have_contrast_3(name: str) -> None:
    theme = Theme.load(name)
    assert on_surfaces(theme, "borderStrong") >= 3
    assert on_surfaces(theme, "focus") >= 3


@pytest.mark.parametrize("name", THEME_NAMES)
def test_text_stays_readable_on_coloured_grounds(name: str) -> None:
    theme = Theme.load(name)
    assert contrast(theme.color("onAccent"), theme.color("accent")) >= 4.5
    assert contrast(theme.color("onFindCurrent"), theme.color("findCurrent")) >= 4.5
    for ground in ("selected", "selection", "hover", "find", "dangerSoft", "warningSoft", "input"):
        assert contrast(theme.color("text"), theme.color(ground)) >= 4.5, ground
    for role in ("supports", "refutes", "context", "partly", "conflicting", "open"):
        assert contrast(theme.color(role), theme.color(f"{role}Soft")) >= 4.5, role


@pytest.mark.parametrize("name", THEME_NAMES)
def test_every_tag_colour_carries_text_and_has_a_visible_line(name: str) -> None:
    theme = Theme.load(name)
    for number, (colour, pattern) in enumerate(PATTERN_OF.items(), start=1):
        style = theme.tag(colour)
        assert (style.index, style.pattern) == (number, pattern)
        assert contrast(theme.color("text"), style.fill) >= 4.5
        assert contrast(theme.color("text"), style.fill_active) >= 4.5
        assert contrast(style.line, theme.color("reader")) >= 3


@pytest.mark.parametrize("name", THEME_NAMES)
def test_every_verdict_of_the_default_scale_has_its_word_icon_and_colour(
    qapp: QApplication, name: str
) -> None:
    theme = Theme.load(name)
    for step in DEFAULT_SCALE.steps:
        style = theme.verdict(step.key)
        assert (style.label, style.short, style.icon, style.letter) == (
            step.label,
            step.short,
            step.icon,
            step.letter,
        )
        assert style.color == theme.color(step.colour)
        assert not icons.pixmap(style.icon, style.color, 14).isNull()


def test_a_verdict_of_another_scale_is_shown_under_its_own_name() -> None:
    assert Theme.load("light").verdict("mostly-true").label == "mostly-true"


def test_a_transparent_token_is_read_with_its_alpha_last() -> None:
    assert Theme.load("light").color("shadow").getRgb() == (0x22, 0x20, 0x1C, 0x24)


def test_a_colour_handed_out_is_a_copy() -> None:
    theme = Theme.load("light")
    theme.color("text").setRed(255)
    assert theme.color("text").name() == "#22201c"


@pytest.mark.parametrize("name", THEME_NAMES)
def test_the_palette_is_complete_in_all_three_groups(qapp: QApplication, name: str) -> None:
    theme = Theme.load(name)
    palette = theme.palette()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        assert palette.color(group, QPalette.ColorRole.Text) == theme.color("text")
        assert palette.color(group, QPalette.ColorRole.Highlight) == theme.color("selection")
    assert palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == theme.color("textDisabled")


def test_the_style_sheet_has_no_unfilled_place(qapp: QApplication) -> None:
    for name in THEME_NAMES:
        assert "@" not in Theme.load(name).stylesheet()


def test_fonts_have_their_size_weight_and_family(qapp: QApplication) -> None:
    families = ThemeManager().load_fonts()
    assert {"Inter", "Literata", "JetBrains Mono"} <= set(families)
    font = Theme.load("light").font("uiStrong")
    assert (font.pixelSize(), font.weight().value, QFontInfo(font).family()) == (13, 600, "Inter")
    assert Theme.load("light").font("quote").italic()
    assert Theme.load("light").line_height("reading") == 31


def test_metrics_are_found_by_name() -> None:
    theme = Theme.load("light")
    assert [theme.metric(name) for name in ("gutter", "control", "m", "card")] == [74, 32, 12, 8]
    with pytest.raises(KeyError):
        theme.metric("elbow room")


def test_setting_a_theme_dresses_the_application_and_says_so_once(qapp: QApplication) -> None:
    themes = ThemeManager()
    seen: list[Theme] = []
    themes.theme_changed.connect(seen.append)
    themes.set("dark")
    themes.set("dark")
    assert [theme.name for theme in seen] == ["dark"]
    assert qapp.palette().color(QPalette.ColorRole.WindowText) == Theme.load("dark").color("text")
    themes.set("light")


@pytest.mark.parametrize("control", [QPushButton, QLineEdit, QComboBox, QSpinBox])
def test_controls_are_32_pixels_high(qtbot: QtBot, qapp: QApplication, control: type[QWidget]) -> None:
    themes = ThemeManager()
    themes.load_fonts()
    themes.apply()
    widget = control()
    qtbot.addWidget(widget)
    widget.ensurePolished()
    wanted = max(widget.sizeHint().height(), widget.minimumHeight())
    assert min(wanted, widget.maximumHeight()) == 32


def test_an_icon_is_tinted_and_sharp_on_a_dense_screen(qapp: QApplication) -> None:
    red = QColor("#C00000")
    drawn = icons.pixmap("check", red, 16, 2.0)
    assert (drawn.width(), drawn.devicePixelRatio()) == (32, 2.0)
    image = drawn.toImage()
    pixels = [image.pixelColor(x, y) for x in range(32) for y in range(32)]
    assert {pixel.name() for pixel in pixels if pixel.alpha() == 255} == {"#c00000"}


def test_an_unknown_icon_is_refused(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon", QColor("#000000"))


@pytest.mark.parametrize("name", THEME_NAMES)
def test_high_contrast_makes_all_text_7_and_lines_4_5(name: str) -> None:
    theme = Theme.load(name, high_contrast=True)
    weak = {role: on_surfaces(theme, role) for role in ("text", *TEXT_ROLES) if on_surfaces(theme, role) < 7}
    assert weak == {}
    for role in ("border", "borderStrong", "textDisabled"):
        assert on_surfaces(theme, role) >= 4.5, role
    for colour in PATTERN_OF:
        style = theme.tag(colour)
        assert contrast(style.line, theme.color("reader")) >= 4.5
        assert style.fill == style.fill_active == theme.color("reader")
    for role in ("supports", "refutes", "context", "partly", "conflicting", "open", "danger", "warning"):
        assert contrast(theme.color(role), theme.color(f"{role}Soft")) >= 7, role


def test_strong_colours_stay_as_they_are(qapp: QApplication) -> None:
    assert Theme.load("light", high_contrast=True).color("text") == Theme.load("light").color("text")
