"""Web archives in one file, as browsers save them: MHTML (.mhtml, .mht) and Safari's .webarchive.

The page itself is read, with the pictures it shows that are in the archive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from urllib.parse import urljoin

from annotator.domain.article import ImportedArticle
from annotator.errors import UnreadableFile
from annotator.importers.base import Importer, ImportHints
from annotator.importers.encodings import NOTHING_ADDED, declared_encoding, decode
from annotator.importers.html.importer import article_in

_HEADERS = re.compile(rb"(?:[A-Za-z][\w-]{1,60}:[^\n]{0,998}\r?\n(?:[ \t][^\n]{0,998}\r?\n)*){1,40}\r?\n")
_MULTIPART = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_PLIST = b"bplist00"
_MOST_PARTS = 10_000


def read(data: bytes, hints: ImportHints) -> ImportedArticle:
    """The article in a saved page.

    Raises:
        UnreadableFile: there is no page in it, or no text in the page.
    """
    page = _page_of_plist(data) if data.startswith(_PLIST) else _page_of_mime(data)
    if page is None:
        raise UnreadableFile(
            f"There is no web page in “{hints.file_name}”.",
            kept=NOTHING_ADDED,
            todo="Open it in the browser that saved it, and save the page as HTML.",
        )
    declared = page.charset or declared_encoding(page.data)
    decoded = decode(page.data, hint=hints.encoding, declared=declared, file_name=hints.file_name)
    article = article_in(decoded.text, hints, page.address, page.picture)
    return replace(article, warnings=(*decoded.warnings, *article.warnings), encoding=decoded.encoding)


def is_mhtml(data: bytes) -> bool:
    """Whether `data` begins with the head of a message made of related parts."""
    head = _HEADERS.match(data[:20_000].lstrip())
    return head is not None and _MULTIPART.search(head.group()) is not None


@dataclass(frozen=True, slots=True)
class _SavedPage:
    """A page with its encoding and address, and how to get the pictures saved with it, by theirs."""

    data: bytes
    charset: str | None
    address: str
    pictures: Mapping[str, Callable[[], object]]

    def picture(self, name: str) -> bytes | None:
        """The bytes of a picture by its address as the page has it, None where it was not saved."""
        with suppress(ValueError):
            found = self.pictures.get(name) or self.pictures.get(urljoin(self.address, name))
            data = found() if found is not None else None
            return data if isinstance(data, bytes) else None
        return None


def _page_of_mime(data: bytes) -> _SavedPage | None:
    """The first HTML part."""
    from email import message_from_bytes, policy  # noqa: PLC0415 - slow to import

    try:
        message = message_from_bytes(data.lstrip(), policy=policy.compat32)
    except RecursionError:  # parts in parts by the hundred, as no browser writes them
        return None
    page: tuple[bytes, str | None, str] | None = None
    pictures: dict[str, Callable[[], object]] = {}
    for part in islice(message.walk(), _MOST_PARTS):
        place = "".join(str(part.get("Content-Location") or "").split())
        if part.get_content_maintype() == "image":
            load = partial(part.get_payload, decode=True)
            pictures[place] = load
            pictures["cid:" + str(part.get("Content-ID") or "").strip().strip("<>")] = load
        elif page is None and part.get_content_type() in ("text/html", "application/xhtml+xml"):
            held = part.get_payload(decode=True)
            if isinstance(held, bytes) and held.strip():
                page = held, part.get_content_charset(), place
    if page is None:
        return None
    held, charset, place = page
    address = _address(place) or _address(message.get("Snapshot-Content-Location"))
    return _SavedPage(held, charset, address, pictures)


def _page_of_plist(data: bytes) -> _SavedPage | None:
    """The main resource of a web archive."""
    import plistlib  # noqa: PLC0415 - for few files

    try:
        archive = plistlib.loads(data, fmt=plistlib.FMT_BINARY)
    except Exception:  # noqa: BLE001 - a damaged one raises whatever its bytes lead to
        return None
    main = archive.get("WebMainResource") if isinstance(archive, dict) else None
    if not isinstance(main, dict) or not isinstance(main.get("WebResourceData"), bytes):
        return None
    name = main.get("WebResourceTextEncodingName")
    others = archive.get("WebSubresources")
    pictures: dict[str, Callable[[], object]] = {
        str(other.get("WebResourceURL")): partial(other.get, "WebResourceData")
        for other in (others if isinstance(others, list) else ())[:_MOST_PARTS]
        if isinstance(other, dict)
    }
    return _SavedPage(
        main["WebResourceData"],
        name if isinstance(name, str) else None,
        _address(main.get("WebResourceURL")),
        pictures,
    )


def _address(written: object) -> str:
    text = "".join(str(written or "").split())
    return text[:2000] if text.lower().startswith(("http://", "https://")) else ""


def _recognised(data: bytes) -> bool:
    return is_mhtml(data) or (data.startswith(_PLIST) and b"WebMainResource" in data[:4096] + data[-65536:])


IMPORTER = Importer(
    name="mhtml",
    label="Web archive (MHTML)",
    extensions=(".mhtml", ".mht", ".webarchive"),
    media_type="multipart/related",
    version="2",
    read=read,
    recognises=_recognised,
)
