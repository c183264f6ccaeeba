"""What was dropped on the window or lies in the clipboard, as far as an article can come of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData

_ADDRESS = re.compile(r"(?:https?|ftp)://\S+", re.IGNORECASE)
_NO_WORDS = re.compile(
    r"<(style|script|head)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>|&nbsp;", re.IGNORECASE | re.DOTALL
)

_LONG = 50_000  # characters of HTML that hold words, or wouldn't be that many


@dataclass(frozen=True, slots=True)
class Incoming:
    """One of: files and folders, rich text, plain text, an address, an image alone, or nothing."""

    files: tuple[Path, ...] = ()
    html: str = ""
    text: str = ""
    address: str = ""
    image: bool = False

    def __bool__(self) -> bool:
        return self != Incoming()


def incoming(data: QMimeData) -> Incoming:
    """What `data` holds. Files come before words, rich text before plain text, and words before an image of them."""
    urls = data.urls() if data.hasUrls() else []
    files = tuple(dict.fromkeys(Path(url.toLocalFile()) for url in urls if url.isLocalFile()))
    if files:
        return Incoming(files=files)
    text = data.text().strip() if data.hasText() else ""
    if _ADDRESS.fullmatch(text):  # a link that was dragged, or an address that was copied
        return Incoming(address=text)
    html = data.html() if data.hasHtml() else ""
    if html and (len(html) > _LONG or _NO_WORDS.sub("", html).strip()):
        if urls and urls[0].toString() and not text:
            return Incoming(address=urls[0].toString())
        return Incoming(html=html)
    if text:
        return Incoming(text=data.text())
    if data.hasImage() or "<img" in html.lower():
        return Incoming(image=True)
    return Incoming(address=urls[0].toString()) if urls else Incoming()


def may_hold(data: QMimeData) -> bool:
    """Whether it is worth letting go of `data` over the window, if only to be told why not."""
    return data.hasUrls() or data.hasText() or data.hasHtml() or data.hasImage()
