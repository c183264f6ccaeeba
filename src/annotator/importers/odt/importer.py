"""OpenDocument texts (.odt, flat .fodt): the text by its styles, notes, comments, and what the file says of itself."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.domain.article import ImportedArticle
from annotator.errors import UnreadableFile
from annotator.importers.base import Importer, ImportHints
from annotator.importers.encodings import NOTHING_ADDED
from annotator.importers.odt.body import Body
from annotator.importers.odt.maths import formula_in
from annotator.importers.odt.styles import OFFICE, XLINK, Styles
from annotator.importers.office.article import Properties, article_of, said_title
from annotator.importers.packages import Package, open_package
from annotator.importers.pictures import Pictures, embedded
from annotator.importers.xml_names import local

if TYPE_CHECKING:
    from lxml.etree import _Element


_MIMETYPE = b"mimetypeapplication/vnd.oasis.opendocument.text"
_FLAT = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<office:document[\s>]", re.DOTALL
)
_PICTURES = re.compile(rb"<office:binary-data[^>]{0,200}>[^<]*</office:binary-data>")
_LONGEST_TEXT = 9_000_000
_OTHERS = {
    "creation-date": "created",
    "date": "modified",
    "subject": "subject",
    "description": "description",
}


def read(data: bytes, hints: ImportHints) -> ImportedArticle:
    """The article in an OpenDocument text.

    Raises:
        UnreadableFile: it is encrypted, damaged, no text, empty, or too large.
    """
    name = hints.file_name
    package = None if not data.startswith(b"PK") else open_package(data, name)
    roots = [_flat(data, name)] if package is None else _roots(package, name)
    text = next((found for found in roots[0].iter(f"{OFFICE}text")), None)
    if text is None:
        raise UnreadableFile(
            f"“{name}” can't be read: it holds no text document, but a table, a presentation or a drawing.",
            kept=NOTHING_ADDED,
            todo="Open it in LibreOffice, copy its text, and paste that here.",
        )
    pictures = Pictures(package.picture if package is not None else embedded)
    body = Body(
        Styles(roots),
        lambda address: _formula(package, address),
        lambda image: _picture(image, pictures),
    )
    try:
        pieces = body.read(text)
        comments = body.comments()
    except RecursionError as error:
        raise UnreadableFile(
            f"“{name}” can't be read: its parts are nested too deep.",
            kept=NOTHING_ADDED,
            todo="Copy its text from LibreOffice, and paste that here.",
        ) from error
    article = article_of(
        pieces, _properties(roots), file_name=name, warnings=_warnings(body), comments=comments
    )
    return pictures.shown_in(article)


def _roots(package: Package, name: str) -> list[_Element]:
    """The parts of a package that say something: text first, then styles and what the file says of itself."""
    names = set(package.names())
    if "META-INF/manifest.xml" in names:
        manifest = package.xml("META-INF/manifest.xml")
        if any(local(entry) == "encryption-data" for entry in manifest.iter()):
            raise UnreadableFile(
                f"“{name}” is protected with a password.",
                kept=NOTHING_ADDED,
                todo="Open it in LibreOffice, save it without a password, and import that.",
            )
    if "content.xml" not in names:
        raise UnreadableFile(
            f"“{name}” can't be read: it is no OpenDocument file, or its text is missing.",
            kept=NOTHING_ADDED,
            todo="Open it in LibreOffice, save it again, and import that.",
        )
    return [package.xml(part) for part in ("content.xml", "styles.xml", "meta.xml") if part in names]


def _flat(data: bytes, name: str) -> _Element:
    """The root of a flat file."""
    from lxml import etree  # noqa: PLC0415 - not needed until such a file is imported

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(_PICTURES.sub(_unless_too_long, data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _damaged(name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _damaged(name)
    return root


def _unless_too_long(picture: re.Match[bytes]) -> bytes:
    """The parser refuses a file with a text above ten million bytes."""
    return picture.group() if len(picture.group()) < _LONGEST_TEXT else b""


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"“{name}” can't be read: it is damaged, or no OpenDocument file.",
        kept=NOTHING_ADDED,
        todo="Open it in LibreOffice, save it again, and import that.",
    )


def _formula(package: Package | None, address: str) -> str:
    """The formula in an object of the package, "" when it is none."""
    if package is None or not address or ":" in address:
        return ""
    part = f"{posixpath.normpath(address)}/content.xml"
    if part not in package.names():
        return ""
    root = package.xml(part)
    return formula_in(root) if local(root) == "math" else ""


def _picture(image: _Element, pictures: Pictures) -> str:
    """The name of a picture: its place in the package, or one for what is written into a flat file."""
    inside = next((entry.text for entry in image if local(entry) == "binary-data" and entry.text), "")
    if inside:
        return pictures.name_for(f"data:image/png;base64,{inside}")
    return posixpath.normpath(image.get(f"{XLINK}href") or "")


def _warnings(body: Body) -> Sequence[str]:
    found: list[str] = []
    if body.changes:
        found.append("The file has tracked changes. They are read as accepted: what was deleted is left out.")
    if body.contents:
        found.append("The table of contents was left out.")
    if body.hidden or body.inline.hidden:
        found.append("The file has hidden text. It was left out.")
    return found


def _properties(roots: Sequence[_Element]) -> Properties:
    meta = next((found for root in roots for found in root.iter(f"{OFFICE}meta")), None)
    said: dict[str, str] = {}
    keywords: list[str] = []
    for entry in meta if meta is not None else ():
        value = " ".join((entry.text or "").split())[:2000]
        if value and local(entry) == "keyword":
            keywords.append(value)
        elif value:
            said.setdefault(local(entry), value)
    others = {key: said[name] for name, key in _OTHERS.items() if name in said}
    if keywords:
        others["keywords"] = ", ".join(keywords)[:2000]
    return Properties(
        title=said_title(said.get("title", "")),
        authors=said.get("initial-creator") or said.get("creator", ""),
        language=said.get("language", ""),
        others=others,
    )


def recognises(data: bytes) -> bool:
    """Whether the bytes are an OpenDocument text, packed or flat."""
    return _MIMETYPE in data[:200] or _FLAT.match(data[:4096]) is not None


IMPORTER = Importer(
    name="odt",
    label="OpenDocument text",
    extensions=(".odt", ".fodt", ".ott"),
    media_type="application/vnd.oasis.opendocument.text",
    version="1",
    read=read,
    recognises=recognises,
)
