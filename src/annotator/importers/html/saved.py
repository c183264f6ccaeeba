"""Pages that a browser saved: the address they came from, and what it put into them that is no text."""

from __future__ import annotations

import re

from annotator.importers.pictures import Pictures

_SAVED = (
    re.compile(r"<!--\s*saved from url=\(\d+\)\s*(\S+?)\s*-->", re.IGNORECASE),
    re.compile(r"<!--\s*Page saved with SingleFile\s.{0,200}?url:\s*(\S+)", re.IGNORECASE | re.DOTALL),
    re.compile(r"<!--\s*saved from\s+(https?://\S+?)\s*-->", re.IGNORECASE),
)
_HEAD = 20_000  # characters in which such a comment stands
_EMBEDDED = re.compile(r"\bdata:[\w.+-]{1,60}(?:/[\w.+-]{1,60})?[;,][^\"'\s<>)]{64,}", re.IGNORECASE)


def saved_from(html: str) -> str:
    """The address in the comment that browsers and SingleFile leave in a page they save; "" without one."""
    for pattern in _SAVED:
        match = pattern.search(html[:_HEAD])
        if match and match.group(1).lower().startswith(("http://", "https://")):
            return match.group(1)[:2000]
    return ""


def without_embedded_files(html: str, pictures: Pictures) -> str:
    """`html` without the pictures and fonts written into it, which are most of a page that is saved as one file; where
    `pictures` can have them, under names that it gives."""
    if "data:" not in html:
        return html

    def short(match: re.Match[str]) -> str:
        address = match.group()
        return pictures.name_for(address) if address[:11].lower() == "data:image/" else "data:,"

    return _EMBEDDED.sub(short, html)
