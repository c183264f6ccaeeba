"""Numbers as word processors write them before items, headings and notes."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MAX_ROMAN = 3999
_SYMBOLS = "*†‡§¶"
# Word's names, OpenDocument's names (`style:num-format`) and RTF's (`\levelnfcN`).
_MEANT = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none",
    "nfc0": "decimal", "nfc1": "upperRoman", "nfc2": "lowerRoman", "nfc3": "upperLetter", "nfc4": "lowerLetter",
    "nfc22": "decimalZero", "nfc23": "bullet", "nfc255": "none",
}  # fmt: skip


def number_text(number: int, form: str) -> str:
    """`number` in a format, such as "iv" or "D"; formats that nobody knows are plain digits."""
    form = _MEANT.get(form, form)
    if form == "none":
        return ""
    if form in ("lowerRoman", "upperRoman") and 0 < number <= _MAX_ROMAN:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    if form in ("lowerLetter", "upperLetter") and number > 0:
        # After "z" follow "aa", "bb" and so on.
        letters = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 20)
        return letters.upper() if form == "upperLetter" else letters
    if form == "chicago" and number > 0:
        return _SYMBOLS[(number - 1) % len(_SYMBOLS)] * min((number - 1) // len(_SYMBOLS) + 1, 20)
    return f"{number:02d}" if form == "decimalZero" else str(number)


def is_bullet(form: str) -> bool:
    """Whether a format has a sign instead of a number."""
    return _MEANT.get(form, form) == "bullet"


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text
