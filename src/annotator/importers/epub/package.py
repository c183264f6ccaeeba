"""What is in an EPUB file: its package document, its files by address, and the order they are read in."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from annotator.errors import UnreadableFile
from annotator.importers.encodings import NOTHING_ADDED, declared_encoding, decode
from annotator.importers.packages import Package, open_package

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_SPINE = 5000  # documents
_DOCUMENTS = (
    "application/xhtml+xml",
    "text/html",
    "text/x-oeb1-document",
    "application/xml",
    "text/xml",
    "application/x-dtbook+xml",
)
_MOST_FALLBACKS = 8
_DOCUMENT_NAME = re.compile(r".*\.x?html?", re.IGNORECASE)
_FONT_OBFUSCATION = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_NAME = re.compile(r"[a-z_][\w.-]*")
_OF_DOCTYPE = re.compile(r"[\"'\[\]>]")


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the manifest, with no `name` when it isn't there. `linear` is False where the reading order says that
    it lies beside it; `href` is the address as it is written, `fallback` the id of an item to read in its place."""

    name: str
    media_type: str
    properties: frozenset[str] = frozenset()
    linear: bool = True
    href: str = ""
    fallback: str = ""


@dataclass(slots=True)
class Book:
    """An open EPUB: its package document `opf`, the manifest by id, and the documents in the order of reading. `drawn`
    names the pages in that order that are pictures."""

    package: Package
    opf: _Element
    folder: str
    manifest: dict[str, Item] = field(default_factory=dict)
    spine: list[Item] = field(default_factory=list)
    spine_attributes: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)
    _found: dict[tuple[str, str], str] = field(default_factory=dict)

    def find(self, href: str, base: str | None = None) -> str:
        """The name of the file that `href` leads to from the file `base` (the package document, if none is given), in
        whatever way it is written; "" when there is none."""
        path = href.partition("#")[0].partition("?")[0].strip().replace("\\", "/")
        asked = (path, self.folder if base is None else posixpath.dirname(base))
        if asked not in self._found:
            self._found[asked] = self._look_up(*asked)
        return self._found[asked]

    def _look_up(self, path: str, folder: str) -> str:
        for written in (path, unquote(path)):
            for whole in (posixpath.join(folder, written), written.lstrip("/")):
                found = self._names.get(_key(whole))
                if found:
                    return found
        return ""

    def read(self, name: str) -> bytes:
        """The bytes of a file; none when the archive is damaged there."""
        try:
            return self.package.read(name)
        except UnreadableFile:
            self.missing.append(name)
            return b""


def open_book(data: bytes, file_name: str) -> Book:
    """The book in `data`.

    Raises:
        UnreadableFile: it is no zip file, too large, encrypted, or there is no package document in it.
    """
    package = open_package(data, file_name)
    names = {_key(name): name for name in reversed(list(package.names()))}
    _refuse_protected(package, names, file_name)
    opf_name = _package_document(package, names)
    root = parse_xml(package.read(opf_name), file_name) if opf_name else None
    if root is None:
        raise UnreadableFile(
            f"“{file_name}” is not a whole EPUB book: it doesn't say which texts are in it.",
            kept=NOTHING_ADDED,
            todo="Download or copy the file again.",
        )
    book = Book(package, root, posixpath.dirname(opf_name))
    book._names = names
    _read_manifest(book)
    _read_spine(book)
    if not book.spine:
        raise UnreadableFile(
            f"None of the texts that “{file_name}” lists is in the file.",
            kept=NOTHING_ADDED,
            todo="Download or copy the file again.",
        )
    return book


def parse_xml(data: bytes, file_name: str) -> _Element | None:
    """The root of an XML file as far as it can be read, without namespaces in the names of its elements; None when
    nothing can, or when it defines entities. Its document type is not looked at, so nothing is fetched for it."""
    from lxml import etree  # noqa: PLC0415 - not needed until a file is imported

    try:
        text = decode(data, hint=None, declared=declared_encoding(data), file_name=file_name).text
    except UnreadableFile:
        return None
    whole, text = text, without_prolog(text)
    if "<!entity" in whole[: len(whole) - len(text)].lower():
        return None  # what defines words of its own is no honest package
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if root is None else without_namespaces(root)


def without_prolog(text: str) -> str:
    """An XML or HTML text from its first element on: without declaration, comments and document type, so that nothing
    is defined in it. Linear in time, whatever it is given."""
    at = 0
    while True:
        at = len(text) - len(text[at:].lstrip())
        if text.startswith("<?", at):
            end = text.find(">", at) + 1
        elif text.startswith("<!--", at):
            end = text.find("-->", at + 4) + 3
            end = end if end > 2 else 0
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            end = _end_of_doctype(text, at)
        else:
            return text[at:].rstrip()
        if not end:
            return text[at:].rstrip()
        at = end


def _end_of_doctype(text: str, start: int) -> int:
    quote, inside = "", False
    for match in _OF_DOCTYPE.finditer(text, start):
        sign = match.group()
        if quote or sign in "\"'":
            quote = "" if sign == quote else (quote or sign)
        elif sign in "[]":
            inside = sign == "["
        elif not inside:
            return match.end()
    return 0


def without_namespaces(root: _Element) -> _Element:
    """`root` with plain names in lower case for all elements, and nothing but elements; attributes keep their names."""
    from lxml import etree  # noqa: PLC0415 - not needed until a file is imported

    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, etree.Entity, with_tail=False)
    for element in root.iter():
        name = element.tag.rpartition("}")[2].rpartition(":")[2].lower()
        element.tag = name if _NAME.fullmatch(name) else "span"  # broken HTML has names that are none
    return root


def text_in(element: _Element, between: str = "") -> str:
    """All text in an element, as it stands."""
    return between.join(str(text) for text in element.itertext())


def _key(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/")).lstrip("/").casefold()


def _bytes_of(package: Package, name: str) -> bytes:
    try:
        return package.read(name)
    except UnreadableFile:
        return b""


def _refuse_protected(package: Package, names: dict[str, str], file_name: str) -> None:
    """Copy protection encrypts the texts; obfuscated fonts are no hindrance."""
    protected = "meta-inf/sinf.xml" in names
    listed = names.get("meta-inf/encryption.xml")
    if listed:
        root = parse_xml(_bytes_of(package, listed), file_name)
        methods = [] if root is None else list(root.iter("encryptionmethod"))
        entries = 0 if root is None else sum(1 for _ in root.iter("encrypteddata"))
        allowed = sum(method.get("Algorithm", "") in _FONT_OBFUSCATION for method in methods)
        protected = protected or allowed < max(entries, len(methods))
    if protected:
        raise UnreadableFile(
            f"“{file_name}” is copy-protected (DRM): its text is encrypted, and only the shop has the key.",
            kept=NOTHING_ADDED,
            todo="Ask the publisher or shop for a copy without protection, or paste the passages you need.",
        )


def _package_document(package: Package, names: dict[str, str]) -> str:
    """The package document's name: as the container says, else the first one in the archive; "" without any."""
    container = names.get("meta-inf/container.xml")
    root = parse_xml(_bytes_of(package, container), container) if container else None
    if root is not None:
        for rootfile in root.iter("rootfile"):
            path = rootfile.get("full-path", "")
            found = names.get(_key(path)) or names.get(_key(unquote(path)))
            if found:
                return found
    return min((name for key, name in names.items() if key.endswith(".opf")), key=len, default="")


def _read_manifest(book: Book) -> None:
    for element in book.opf.iter("item"):
        href, media_type = element.get("href", ""), element.get("media-type", "").lower()
        name, properties = book.find(href), frozenset(element.get("properties", "").split())
        fallback = element.get("fallback", "")
        book.manifest[element.get("id", "")] = Item(
            name, media_type, properties, href=href, fallback=fallback
        )


def _read_spine(book: Book) -> None:
    """The documents in order; those beside the reading order come last, as they are notes that others link to."""
    spine = next(book.opf.iter("spine"), None)
    wanted = () if spine is None else tuple(spine.iter("itemref"))[:MAX_SPINE]
    book.spine_attributes = {} if spine is None else {str(k): str(v) for k, v in spine.attrib.items()}
    listed: list[Item] = []
    for reference in wanted:
        item = book.manifest.get(reference.get("idref", ""))
        if item is None or not item.name:
            book.missing.append(item.href if item is not None else reference.get("idref", ""))
            continue
        item = _readable(book, item)
        if item.media_type.startswith("image/"):
            book.drawn.append(item.name)
        elif is_document(item):
            listed.append(replace(item, linear=reference.get("linear", "yes").strip().lower() != "no"))
    if not listed:  # a book without an order: every text, as the manifest has them
        listed = [item for item in book.manifest.values() if item.name and is_document(item)][:MAX_SPINE]
    once = {item.name: item for item in reversed(listed)}
    ordered = list(dict.fromkeys(item.name for item in listed))
    book.spine = sorted((once[name] for name in ordered), key=lambda item: not item.linear)


def _readable(book: Book, item: Item) -> Item:
    """`item`, or where that is no text the one that may be read in its place."""
    found = item
    for _ in range(_MOST_FALLBACKS):
        following = book.manifest.get(found.fallback)
        if is_document(found) or following is None:
            break
        found = following
    return found if is_document(found) and found.name else item


def is_document(item: Item) -> bool:
    """Whether there is a text in a file, by its type or its name."""
    return item.media_type in _DOCUMENTS or bool(_DOCUMENT_NAME.fullmatch(item.name))
