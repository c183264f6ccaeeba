"""Names and dates as articles write them."""

from __future__ import annotations

import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier", "february feb februar février", "march mar märz mars",
            "april apr avril", "may mai", "june jun juni juin", "july jul juli juillet", "august aug août",
            "september sep sept septembre", "october oct oktober okt octobre", "november nov novembre",
            "december dec dezember dez décembre",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])")
_BASIC = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")
_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?:\b(\d{1,2})(?:st|nd|rd|th|er)?\.?\s+(?:of\s+)?)?\b([^\W\d_]{3,9})\.?,?\s+(\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_BY = re.compile(r"(?:by|von|par|por|text|text von|words by|story by)\s*:?\s+(?=\S)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:;|,?\s+(?:and|und|et|y)\s+|,?\s*&\s*)\s*", re.IGNORECASE)
_AROUND_DATE = " ,;|·•–—-"
_LAST_PART = re.compile(r"\s*[,;|·•–—]\s*((?:[^\W\d_]+\.?,?\s+)?\d[^;|·•–—]{3,30})$")
_NOT_A_NAME = re.compile(
    r"\d|\b(?:the|a|an|editor|correspondent|reporter|writer|staff|columnist|critic|desk|der|die|das|dem|den|in|at|for|of"
    r"|redaktion)\b",
    re.IGNORECASE,
)


def iso_date(text: str) -> str:
    """The date in `text` as "2026-03-14", "2026-03" or "2026"; "" when there is none or no such day.

    Slashed dates with the year at the end are left alone, as nobody can tell day from month.
    """
    text = text.strip()
    for pattern in (_ISO, _BASIC, _SLASHED):
        match = pattern.match(text)
        if match:
            return _date(match.group(1), match.group(2), match.group(3))
    match = _GERMAN.search(text)
    if match:
        return _date(match.group(3), match.group(2), match.group(1))
    for match in _MONTH_FIRST.finditer(text):
        if match.group(1).lower() in _MONTHS:
            return _date(match.group(3), str(_MONTHS[match.group(1).lower()]), match.group(2))
    for match in _DAY_FIRST.finditer(text):
        if match.group(2).lower() in _MONTHS:
            return _date(match.group(3), str(_MONTHS[match.group(2).lower()]), match.group(1))
    return ""


def _date(year: str, month: str | None, day: str | None) -> str:
    if not 1000 <= int(year) <= 2999:
        return ""
    if month is None or not 1 <= int(month) <= 12:
        return year
    if day is None or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02d}"
    return f"{year}-{int(month):02d}-{int(day):02d}"


def split_names(text: str) -> tuple[str, ...]:
    """The names in an author line: "By Ann Lee, Bo Chan and Cy Dee" has three, "Lee, Ann" one."""
    line = " ".join(text.split())
    match = _BY.match(line)
    parts = _BETWEEN.split(line[match.end() :] if match else line)
    names: list[str] = []
    for part in parts:
        pieces = [piece.strip() for piece in part.split(",")]
        names += pieces if len(pieces) > 1 and all(" " in piece for piece in pieces) else [part.strip()]
    return tuple(dict.fromkeys(name for name in names if name))


def byline_names(line: str) -> tuple[str, ...]:
    """The names of a line that is a byline beyond doubt ("By Ann Lee and Bo Chan"), else none."""
    match = _BY.match(line)
    if not match or len(line) > 160 or line.rstrip()[-1:] in ".!?:;,":
        return ()
    names = split_names(_without_date(line))
    return names if all(_is_name(name) for name in names) else ()


def byline_date(line: str) -> str:
    """The date behind the names of a byline ("By Ann Lee, 3 March 2024") as `iso_date` gives it, else ""."""
    return iso_date(line[len(_without_date(line)) :].strip(_AROUND_DATE)) if byline_names(line) else ""


def _without_date(line: str) -> str:
    """`line` up to the date it ends in, if there is a comma, bar, dash or dot in front of that."""
    match = _LAST_PART.search(line)
    return line[: match.start()] if match and iso_date(match[1]) else line


def _is_name(name: str) -> bool:
    words = name.split()
    if not 2 <= len(words) <= 6 or _NOT_A_NAME.search(name):
        return False
    return (
        all(word[:1].isupper() or len(word) <= 4 for word in (words[0], *words[1:]))
        and words[-1][:1].isupper()
    )
