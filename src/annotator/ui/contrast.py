"""High contrast: a theme's colours made stronger until they can be told apart by those who need it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtGui import QColor

TEXT, LINE = 7.0, 4.5  # contrast ratios of WCAG 2.2 that text and lines reach
_GROUNDS = ("window", "panel", "reader", "card", "input", "sunken", "hover", "selected")
_TEXTS = (
    *("text", "textSecondary", "textMuted", "accent", "accentHover", "focus", "link", "danger", "warning"),
    *("supports", "refutes", "context", "partly", "conflicting", "open"),
)
_STEPS = 20


def ratio(one: QColor, other: QColor) -> float:
    """The contrast of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def strengthened(color: QColor, grounds: Iterable[QColor], least: float) -> QColor:
    """The colour, moved towards black or white only as far as it takes to have `least` on all grounds."""
    grounds = tuple(grounds)
    far = QColor("white") if _luminance(grounds[0]) < 0.2 else QColor("black")
    made = QColor(color)
    for step in range(_STEPS + 1):
        made = _mixed(color, far, step / _STEPS)
        if all(ratio(made, ground) >= least for ground in grounds):
            break
    return made


def high_contrast(colors: Mapping[str, QColor]) -> dict[str, QColor]:
    """A theme's colours by role: text of 7 at least, borders one can see, no soft grounds."""
    made = dict(colors)
    grounds = [colors[role] for role in _GROUNDS]
    for role in _TEXTS:
        made[role] = strengthened(colors[role], grounds, TEXT)
    made["borderStrong"] = strengthened(colors["borderStrong"], grounds, LINE)
    made["border"] = QColor(made["borderStrong"])
    made["textDisabled"] = strengthened(colors["textDisabled"], grounds, LINE)
    made["onAccent"] = strengthened(colors["onAccent"], [made["accent"]], TEXT)
    for role in colors:
        if role.endswith("Soft"):
            made[role] = QColor(colors["card"])
    return made


def _luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    pairs = zip((one.red(), one.green(), one.blue()), (other.red(), other.green(), other.blue()), strict=True)
    return QColor(*(round(a + (b - a) * share) for a, b in pairs))
