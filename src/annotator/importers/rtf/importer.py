"""RTF files, as Word, LibreOffice, TextEdit and WordPad write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.domain.article import ImportedArticle
from annotator.errors import UnreadableFile
from annotator.importers.base import Importer, ImportHints
from annotator.importers.encodings import NOTHING_ADDED
from annotator.importers.html.tables import told_of_tables
from annotator.importers.office.article import Properties, article_of, said_title
from annotator.importers.pictures import Pictures
from annotator.importers.rtf.body import Body

_RASTER = re.compile(rb"\\(?:png|jpeg)blip\b")
_CONTROL = re.compile(rb"\\(?:\*|[a-z]+-?\d*)\s?")
_HEXADECIMAL = re.compile(rb"[0-9A-Fa-f\s]{64,}")
_OTHERS = {
    "creatim": "created",
    "revtim": "modified",
    "subject": "subject",
    "keywords": "keywords",
    "doccomm": "description",
}


def read(data: bytes, hints: ImportHints) -> ImportedArticle:
    """The article in an RTF file.

    Raises:
        UnreadableFile: it is none, nested too deep, empty, or too large.
    """
    name = hints.file_name
    if not recognises(data):
        raise UnreadableFile(
            f"“{name}” can't be read: it is no RTF file.",
            kept=NOTHING_ADDED,
            todo="If it is a plain text, change its ending to .txt and import that.",
        )
    body = Body(data[len(data) - len(data.lstrip()) :])
    pieces = body.read()
    if body.is_too_deep:
        raise UnreadableFile(
            f"“{name}” can't be read: its groups are nested too deep.",
            kept=NOTHING_ADDED,
            todo="Open it in its own program, copy its text, and paste that here.",
        )
    warnings = (*_warnings(body), *told_of_tables(pieces))
    info = body.head.info
    properties = Properties(
        title=said_title(info.get("title", "")),
        authors=info.get("author", ""),
        others={key: info[word] for word, key in _OTHERS.items() if word in info},
    )
    article = article_of(pieces, properties, file_name=name, warnings=warnings, comments=body.comments)
    return Pictures(lambda called: _picture(body.pictures.get(called, b""))).shown_in(article)


def _picture(group: bytes) -> bytes | None:
    """The bytes in the group of a picture; None where they are of a kind that only Windows draws."""
    if not _RASTER.search(group):
        return None
    digits = max(_HEXADECIMAL.findall(_CONTROL.sub(b"", group)), key=len, default=b"")
    try:
        return bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        return None


def _warnings(body: Body) -> Sequence[str]:
    found: list[str] = []
    if body.is_cut_off:
        found.append("The file ends in the middle. What is there was read.")
    if body.changes:
        found.append("The file has tracked changes. They are read as accepted: what was deleted is left out.")
    if body.contents:
        found.append("The table of contents was left out.")
    if body.hidden:
        found.append("The file has hidden text. It was left out.")
    return found


def recognises(data: bytes) -> bool:
    """Whether the bytes are an RTF file."""
    return data[:200].lstrip().startswith(b"{\\rtf")


IMPORTER = Importer(
    name="rtf",
    label="Rich text (RTF)",
    extensions=(".rtf",),
    media_type="application/rtf",
    version="1",
    read=read,
    recognises=recognises,
)
