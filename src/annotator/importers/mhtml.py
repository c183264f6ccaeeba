"""Web archives in one file, as browsers save them: MHTML (.mhtml, .mht) and Safari's .webarchive.

Only the page itself is read; pictures and style sheets in the archive are not needed for its text.
"""

from __future__ import annotations

import re
from dataclasses import replace

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
    page, charset, address = _page_of_plist(data) if data.startswith(_PLIST) else _page_of_mime(data)
    if page is None:
        raise UnreadableFile(
            f"There is no web page in “{hints.file_name}”.",
            kept=NOTHING_ADDED,
            todo="Open it in the browser that saved it, and save the page as HTML.",
        )
    declared = charset or declared_encoding(page)
    decoded = decode(page, hint=hints.encoding, declared=declared, file_name=hints.file_name)
    article = article_in(decoded.text, hints, address)
    return replace(article, warnings=(*decoded.warnings, *article.warnings), encoding=decoded.encoding)


def is_mhtml(data: bytes) -> bool:
    """Whether `data` begins with the head of a message made of related parts."""
    head = _HEADERS.match(data[:20_000].lstrip())
    return head is not None and _MULTIPART.search(head.group()) is not None


def _page_of_mime(data: bytes) -> tuple[bytes | None, str | None, str]:
    """The first HTML part, its encoding, and the address it was saved from."""
    from email import message_from_bytes, policy  # noqa: PLC0415 - slow to import

    try:
        message = message_from_bytes(data.lstrip(), policy=policy.compat32)
    except RecursionError:  # parts in parts by the hundred, as no browser writes them
        return None, None, ""
    saved_from = _address(message.get("Snapshot-Content-Location"))
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            break
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return page, part.get_content_charset(), _address(part.get("Content-Location")) or saved_from
    return None, None, ""


def _page_of_plist(data: bytes) -> tuple[bytes | None, str | None, str]:
    """The main resource of a web archive."""
    import plistlib  # noqa: PLC0415 - for few files

    try:
        archive = plistlib.loads(data, fmt=plistlib.FMT_BINARY)
    except Exception:  # noqa: BLE001 - a damaged one raises whatever its bytes lead to
        return None, None, ""
    main = archive.get("WebMainResource") if isinstance(archive, dict) else None
    if not isinstance(main, dict) or not isinstance(main.get("WebResourceData"), bytes):
        return None, None, ""
    name = main.get("WebResourceTextEncodingName")
    return (
        main["WebResourceData"],
        name if isinstance(name, str) else None,
        _address(main.get("WebResourceURL")),
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
    version="1",
    read=read,
    recognises=_recognised,
)
