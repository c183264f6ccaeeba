"""Signs of the fonts Symbol and Wingdings, which word processors store by their place in the font."""

from __future__ import annotations

_SYMBOL = dict(
    zip(
        range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True
    )
) | dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)) | {
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0x7E: "∼", 0xA2: "′",
    0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±",
    0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈",
    0xBC: "…", 0xC4: "⊗", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪", 0xC9: "⊃", 0xCA: "⊇", 0xCC: "⊂", 0xCD: "⊆",
    0xCE: "∈", 0xCF: "∉", 0xD0: "∠", 0xD1: "∇", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅",
    0xD8: "¬", 0xD9: "∧", 0xDA: "∨", 0xDB: "⇔", 0xDC: "⇐", 0xDD: "⇑", 0xDE: "⇒", 0xDF: "⇓", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x41: "✌", 0x46: "☞", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■",
    0x6F: "□", 0x71: "❑", 0x76: "❖", 0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑",
    0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_UNKNOWN = "\ufffd"


def symbol(font: str, code: int) -> str:
    """The sign at a place of a font; "\ufffd" where the place has no meaning that is known."""
    place = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    name = font.lower()
    known = _SYMBOL if name == "symbol" else _WINGDINGS if name.startswith("wingdings") else {}
    if place in known:
        return known[place]
    if name.startswith(("wingdings", "webdings")) and place > 0x20:
        return _UNKNOWN
    if 0xE000 <= code <= 0xF8FF and not 0xF020 <= code <= 0xF07E:
        return _UNKNOWN
    return chr(place) if 0x20 <= place <= 0x10FFFF else _UNKNOWN


def with_symbols(text: str, font: str) -> str:
    """`text` with its characters out of symbol fonts (U+F020 to U+F0FF) as what they show."""
    if not any("\uf020" <= character <= "\uf0ff" for character in text):
        return text
    return "".join(
        symbol(font, ord(character)) if "\uf020" <= character <= "\uf0ff" else character for character in text
    )
