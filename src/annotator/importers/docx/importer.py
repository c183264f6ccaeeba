"""Word files (.docx): the text by its styles, notes, comments, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from annotator.domain.article import ImportedArticle
from annotator.errors import UnreadableFile
from annotator.importers.base import Importer, ImportHints, importer_for
from annotator.importers.docx.body import Body
from annotator.importers.docx.inline import Counts
from annotator.importers.docx.parts import Parts, value
from annotator.importers.encodings import NOTHING_ADDED, kind_of_binary
from annotator.importers.office.article import Comment, Properties, article_of, said_title
from annotator.importers.packages import open_package
from annotator.importers.pictures import Pictures
from annotator.importers.xml_names import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = kind_of_binary(b"{\\rtf")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = {
    "created": "created", "modified": "modified", "subject": "subject", "keywords": "keywords",
    "description": "description", "category": "category",
}  # fmt: skip


def read(data: bytes, hints: ImportHints) -> ImportedArticle:
    """The article in a Word file. Nothing but text and what it is goes on: no macros, no drawings, no other files.

    Raises:
        UnreadableFile: it is an older format, encrypted, damaged, empty, or too large.
    """
    if data.startswith(_OLE):
        raise _older_or_locked(data, hints.file_name)
    if kind_of_binary(data) in (
        None,
        _RTF,
    ):  # web sites and old programs call RTF, HTML and plain text ".doc" too
        other = importer_for(PurePath(hints.file_name).stem, data)
        return other.read(data, hints)
    package = open_package(data, hints.file_name)
    parts = Parts(package)
    document = parts.document(hints.file_name)
    try:
        body = Body(parts, document)
        pieces = body.read()
        if body.inline.open_fields and body.inline.counts.contents:
            body = Body(parts, document, keeps_contents=True)  # a table of contents without an end
            pieces = body.read()
        comments = _comments(parts, body)
    except RecursionError as error:
        raise UnreadableFile(
            f"“{hints.file_name}” can't be read: its parts are nested too deep.",
            kept=NOTHING_ADDED,
            todo="Copy its text from Word, and paste that here.",
        ) from error
    article = article_of(
        pieces,
        _properties(parts.core()),
        file_name=hints.file_name,
        warnings=_warnings(body.inline.counts),
        comments=comments,
    )
    return Pictures(package.picture).shown_in(article)


def _older_or_locked(data: bytes, name: str) -> UnreadableFile:
    if _ENCRYPTED in data:
        return UnreadableFile(
            f"“{name}” is protected with a password.",
            kept=NOTHING_ADDED,
            todo="Open it in Word, take the password off (File, Info, Protect Document), save it, and import that.",
        )
    return UnreadableFile(
        f"“{name}” is in Word's format from before 2007, which isn't read.",
        kept=NOTHING_ADDED,
        todo="Open it in Word or LibreOffice, save it as .docx, and import that.",
    )


def _comments(parts: Parts, body: Body) -> list[Comment]:
    """The comments that stand in the text, in their order there, and then the others."""
    root = parts.root("comments")
    if root is None:
        return []
    quotes = dict(body.inline.quotes)
    order = {ident: place for place, ident in enumerate(quotes)}
    entries = [entry for entry in root if local(entry) == "comment"]
    entries.sort(key=lambda entry: order.get(value(entry, "id"), len(order)))
    return [
        Comment(
            author=value(entry, "author"),
            date=value(entry, "date"),
            quote=quotes.get(value(entry, "id"), ""),
            text=body.plain_text(entry, "comments"),
        )
        for entry in entries
    ]


def _warnings(counts: Counts) -> Sequence[str]:
    found: list[str] = []
    if counts.insertions or counts.deletions:
        found.append("The file has tracked changes. They are read as accepted: what was deleted is left out.")
    if counts.contents:
        found.append("The table of contents was left out.")
    if counts.hidden:
        found.append("The file has hidden text. It was left out.")
    if counts.embedded:
        found.append("Another document is embedded in the file. It was left out.")
    return found


def _properties(core: _Element | None) -> Properties:
    said = {local(entry): " ".join((entry.text or "").split()) for entry in core} if core is not None else {}
    return Properties(
        title=said_title(said.get("title", "")),
        authors=said.get("creator", ""),
        language=said.get("language", ""),
        others={key: said[name][:2000] for key, name in _OTHERS.items() if said.get(name)},
    )


def recognises(data: bytes) -> bool:
    """Whether the bytes are a Word file, of this format or one that is refused with better words here."""
    if data.startswith(_OLE):
        return _ENCRYPTED in data or "WordDocument".encode("utf-16-le") in data
    return data.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in data and b"word/" in data


IMPORTER = Importer(
    name="docx",
    label="Word document",
    extensions=(".docx", ".docm", ".dotx", ".dotm", ".doc"),
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    version="1",
    read=read,
    recognises=recognises,
)
