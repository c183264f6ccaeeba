"""Facts at the top of a plain text: the header of Project Gutenberg's books, and that of letters sent by e-mail."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr, parsedate_to_datetime

from annotator.domain.entity import EMPTY
from annotator.importers.bylines import iso_date, split_names

_START = re.compile(
    r"^(?:\*{3}\s*START OF (?:THE|THIS) PROJECT GUTENBERG E-?(?:BOOK|TEXT).*?(?:\*{3}|$)"
    r"|\*END\*?\s*THE SMALL PRINT!.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_END = re.compile(
    r"^(?:\*{3}\s*END OF (?:THE|THIS) PROJECT GUTENBERG E-?(?:BOOK|TEXT).*"
    r"|End of (?:the )?Project Gutenberg(?:['’]s)? .*)$",
    re.IGNORECASE | re.MULTILINE,
)
_FACT = re.compile(
    r"^(Title|Authors?|Translator|Editor|Language|Release date|Illustrator):[ \t]*(.*(?:\n[ \t]+\S.*)*)",
    re.IGNORECASE | re.MULTILINE,
)
_MAIL = re.compile(r"([A-Z][A-Za-z-]{1,40}):[ \t]+(.*)")
_MAIL_NAMES = {"from", "date", "subject", "to", "sent"}
_LANGUAGES = {
    "english": "en", "french": "fr", "german": "de", "spanish": "es", "italian": "it", "portuguese": "pt",
    "dutch": "nl", "latin": "la", "greek": "el", "finnish": "fi", "swedish": "sv", "danish": "da", "norwegian": "no",
    "polish": "pl",
    "hungarian": "hu", "esperanto": "eo", "chinese": "zh", "japanese": "ja", "russian": "ru", "catalan": "ca",
}  # fmt: skip
_LICENCE = (
    "The licence of Project Gutenberg before and behind the text was left out; it is kept in the original."
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a header says, and the text without it."""

    text: str
    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    language: str = ""
    warning: str = ""
    extra: Mapping[str, str] = field(default_factory=lambda: EMPTY)


def facts_of(text: str) -> Facts:
    """The header of `text`, if it has one of those that are known."""
    return _gutenberg(text) or _mail(text) or Facts(text)


def _gutenberg(text: str) -> Facts | None:
    start = _START.search(text, 0, 60_000)
    end = next(iter(_END.finditer(text, start.end() if start else 0)), None)
    if start is None or not text[start.end() : end.start() if end else None].strip():
        return None
    said = {
        match.group(1).lower(): " ".join(match.group(2).split())
        for match in _FACT.finditer(text[: start.start()])
    }
    authors = said.pop("author", "") or said.pop("authors", "")
    return Facts(
        text=text[start.end() : end.start() if end else None].strip("\n"),
        title=said.pop("title", ""),
        authors=split_names(authors) if authors.lower() not in ("anonymous", "various", "unknown") else (),
        language=_LANGUAGES.get(said.pop("language", "").lower(), ""),
        warning=_LICENCE,
        extra=said,
    )


def _mail(text: str) -> Facts | None:
    said: dict[str, str] = {}
    last = ""
    lines = text.lstrip("\n").split("\n", 200)
    for number, line in enumerate(lines):
        if not line.strip():
            return _letter(said, "\n".join(lines[number + 1 :]))
        match = _MAIL.fullmatch(line.rstrip())
        if match and match.group(1).lower() not in said:
            last = match.group(1).lower()
            said[last] = match.group(2).strip()
        elif last and line[0].isspace():
            said[last] += f" {line.strip()}"
        else:
            return None
    return None


def _letter(said: dict[str, str], rest: str) -> Facts | None:
    if len(_MAIL_NAMES & said.keys()) < 2 or "from" not in said or not rest.strip():
        return None
    date = said.pop("date", "") or said.pop("sent", "")
    kept = {name: value for name, value in said.items() if name in ("to", "cc", "reply-to", "organization")}
    return Facts(
        rest,
        said.get("subject", ""),
        sender(said["from"]),
        mail_date(date),
        extra={**kept, "from": said["from"]},
    )


def sender(written: str) -> tuple[str, ...]:
    """The name in a "From" line; the address where there is no name."""
    name, address = parseaddr(written)
    name = " ".join(name.strip("\"'").split())
    return tuple(filter(None, (name or address or written.strip(),)))


def mail_date(written: str) -> str:
    """The day of a "Date" line."""
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return iso_date(written)
