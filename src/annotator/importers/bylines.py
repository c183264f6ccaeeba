"""Names and dates as articles write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier enero gennaio janeiro januari يناير января",
            "february feb februar février febrero febbraio fevereiro februari فبراير февраля",
            "march mar märz mars marzo março maart مارس марта", "april apr avril abril aprile أبريل апреля",
            "may mai mayo maggio maio mei مايو мая", "june jun juni juin junio giugno junho يونيو июня",
            "july jul juli juillet julio luglio julho يوليو июля", "august aug août agosto augustus أغسطس августа",
            "september sep sept septembre septiembre settembre setembro سبتمبر сентября",
            "october oct oktober okt octobre octubre ottobre outubro أكتوبر октября",
            "november nov novembre noviembre novembro نوفمبر ноября",
            "december dec dezember dez décembre diciembre dicembre dezembro ديسمبر декабря",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d|[-/.]\d)")
_BASIC = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")
_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_CHINESE = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?")
_DAY_FIRST = re.compile(
    r"(?:\b(\d{1,2})(?:st|nd|rd|th|er|º)?\.?\s+(?:(?:of|de)\s+)?)?\b([^\W\d_]{3,10})\.?,?\s+(?:de\s+)?(\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_BY = re.compile(r"(?:by|von|par|por|text|text von|words by|story by)\s*:?\s+(?=\S)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:;|,?\s+(?:and|und|et|y)\s+|,?\s*&\s*)\s*", re.IGNORECASE)
_AROUND_DATE = " ,;|·•–—-"
_LAST_PART = re.compile(r"\s*[,;|·•–—]\s*((?:[^\W\d_]+\.?,?\s+)?\d[^;|·•–—]{3,30})$")
_EAST_ASIAN = re.compile(
    r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af][\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af \u3000・]{1,9}"
)
_NOT_A_NAME = re.compile(
    r"\d|\b(?:the|a|an|editor|correspondent|reporter|writer|staff|columnist|critic|desk|der|die|das|dem|den|in|at|for|of"
    r"|redaktion|share|on|via|posted|by|follow|post|previous|next|comments?|read|more|e-?mail|feed|copyright|facebook|twitter|"
    r"updated|published)\b|[«»@#]",
    re.IGNORECASE,
)


def iso_date(text: str) -> str:
    """The date in `text` as "2026-03-14", "2026-03" or "2026"; "" when there is none or no such day.

    Slashed dates with the year at the end are left alone, as nobody can tell day from month.
    """
    text = text.strip()
    match = _CHINESE.search(text)
    if match:
        return _date(match.group(1), match.group(2), match.group(3))
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
    year = str(int(year))  # in our digits
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


def is_free(word: str) -> bool:
    """Whether a word may be a nickname: it is no word that stands beside names."""
    return not _NOT_A_NAME.search(word) and word.casefold() not in _NOBODY


def _is_name(name: str) -> bool:
    words = name.split()
    if _EAST_ASIAN.fullmatch(name):
        return True
    if not 2 <= len(words) <= 6 or _NOT_A_NAME.search(name):
        return False
    return all(not word[:1].islower() or len(word) <= 4 for word in words) and not words[-1][:1].islower()


_AFTER_NAME = re.compile(
    r"\s*(?:[|·•–—/]|\s-\s|\(|\[|,\s+(?:the|a|an|senior|chief|political|science|staff|special|our|phd|md|ph\.d|"
    r"[^,]{0,40}\b(?:editor|correspondent|reporter|writer|columnist|critic|professor|director|fellow|analyst|journalist|"
    r"redakteure?|redakteurin|korrespondent(?:in)?|researcher|contributor|producer|student|lecturer|author|photographer|"
    r"economist|desk|team|university|institute|times|news|post))\b|\s+(?:in|for|at|für|via|is|was|on|updated?|published|posted)\s+(?=\S)).*",
    re.IGNORECASE | re.DOTALL,
)
_BEFORE_NAME = re.compile(
    r"^(?:posted|published|written|reported|created|words|text|текст|texto|testo|author|autor|interview)"
    r"(?:\s+(?:by|von|par|por))?\s*:?\s+",
    re.IGNORECASE,
)
_DEGREES = re.compile(r"(?:,\s*(?:[A-Z]{2,5}|[A-Z]\.(?:[A-Z]\.)+|Ph\.?D\.?|MSc|BSc|Dr\.?))+$")
_DAYS = re.compile(
    r"\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october|"
    r"november|december|associated press|reuters)$",
    re.IGNORECASE,
)
_POST_ONLY = re.compile(
    r"(?:.*\s)?(?:writer|editor|reporter|correspondent|columnist|critic|media|newsroom)s?", re.IGNORECASE
)
_NOBODY = (
    "admin", "administrator", "editor", "editors", "editorial", "staff", "redaktion", "author", "unknown", "anonymous",
    "guest", "webmaster", "team", "newsroom", "user", "root", "none", "null", "undefined",
)  # fmt: skip
_ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*|\bfollow\b", re.IGNORECASE)


def people(written: Iterable[str], outlet: str = "") -> tuple[str, ...]:
    """The persons in what a page gives as its authors: without "By", job titles, addresses and the outlet itself."""
    found: list[str] = []
    site = outlet.casefold().removeprefix("the ")
    for line in written:
        for name in split_names(_BEFORE_NAME.sub("", _ADDRESS.sub(" ", line).strip())):
            short = _AFTER_NAME.sub("", _DEGREES.sub("", name))
            short = _BY.sub("", short if " " in short.strip() else name).strip(" .,;:|-–—")
            short = _DAYS.sub("", short) if short.count(" ") > 1 else short
            if _POST_ONLY.fullmatch(short):
                continue
            if short.isupper() and " " in short:
                short = short.title()
            told = short.casefold().removeprefix("the ")
            if short and len(short) <= 120 and told not in _NOBODY and told != site:
                found.append(short)
    return tuple(dict.fromkeys(found))


def named_people(line: str, outlet: str = "") -> tuple[str, ...]:
    """The persons in a line that ought to name authors, none where anything else is in it."""
    if not 2 <= len(line) <= 300:
        return ()
    names = people([_without_date(line)], outlet)
    return names if names and all(_is_name(name) for name in names) else ()
