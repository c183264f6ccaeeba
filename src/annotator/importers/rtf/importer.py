"""RTF files, as Word, LibreOffice, TextEdit and WordPad write them."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.article import ImportedArticle
from annotator.errors import UnreadableFile
from annotator.importers.base import Importer, ImportHints
from annotator.importers.encodings import NOTHING_ADDED
from annotator.importers.office.article import Properties, article_of, said_title
from annotator.importers.rtf.body import Body

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
    info = body.head.info
    properties = Properties(
        title=said_title(info.get("title", "")),
        authors=info.get("author", ""),
        others={key: info[word] for word, key in _OTHERS.items() if word in info},
    )
    return article_of(pieces, properties, file_name=name, warnings=_warnings(body), comments=body.comments)


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
