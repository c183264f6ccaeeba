"""Pages that a browser saved: the address they came from, and what it put into them that is no text."""

from __future__ import annotations

import re

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


def without_embedded_files(html: str) -> str:
    """`html` without the pictures and fonts written into it, which are most of a page that is saved as one file."""
    return _EMBEDDED.sub("data:,", html) if "data:" in html else html
