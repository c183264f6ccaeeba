"""A content document of an EPUB as a tree: well-formed or not, in whatever encoding."""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import TYPE_CHECKING

from annotator.errors import UnreadableFile
from annotator.importers.encodings import declared_encoding, decode
from annotator.importers.epub.package import text_in, without_namespaces, without_prolog
from annotator.importers.epub.signs import without_forged_signs
from annotator.importers.html.events import limited

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_DEPTH = 200  # of elements; libxml2 reads no more than 256
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_SELF_CLOSED = re.compile(
    r"<(script|style|title|iframe|textarea|a|div|span|p|i|b|em|strong|td|th|li|h[1-6])\b([^<>]*)/>",
    re.IGNORECASE,
)
_NOTHING: frozenset[str] = frozenset()
_TYPE = "{http://www.idpf.org/2007/ops}type"
_BLOCKS = """p div section article aside header footer main nav blockquote ul ol li dl dt dd table tr td th pre figure
    figcaption h1 h2 h3 h4 h5 h6 hr body center address"""
_OF_DTBOOK = {
    **dict.fromkeys(("level", *(f"level{n}" for n in range(1, 7)), "linegroup", "poem"), "section"),
    **dict.fromkeys(("line", "docauthor", "prodnote", "byline", "dateline", "author", "title", "bridgehead"), "p"),
    **dict.fromkeys(("sent", "w", "pagenum", "lic", "linenum"), "span"),
    "list": "ul", "doctitle": "h1", "covertitle": "p", "imggroup": "figure", "note": "aside", "annotation": "aside",
    "noteref": "a", "annoref": "a", "sidebar": "section", "hd": "h6", "bodymatter": "section", "book": "body",
}  # fmt: skip
BLOCKS = frozenset(_BLOCKS.split())


def parse_document(data: bytes, name: str, encoding: str | None) -> _Element | None:
    """The root of a content document with plain names of elements, or None when there is nothing to read in it."""
    try:
        text = decode(data, hint=encoding, declared=declared_encoding(data), file_name=name).text
    except UnreadableFile:
        return None
    text = without_prolog(without_forged_signs(text))
    root = _as_xml(text) if text else None
    if root is None and text:
        root = _as_html(text)
    if root is None:
        return None
    plain = without_namespaces(root)
    if plain.tag == "dtbook":
        _name_as_html(plain)
    return plain


def _name_as_html(root: _Element) -> None:
    """Give the elements of DTBook, the format of talking books, the names that HTML has for them."""
    for element in root.iter():
        element.tag = "ol" if element.get("type") == "ol" else _OF_DTBOOK.get(element.tag, element.tag)
        if element.tag == "span" and element.get("page"):
            element.set("role", "doc-pagebreak")
            element.set("title", text_in(element))
            element.text = None
        target = element.get("idref", "")
        if element.tag == "a" and target:
            element.set("href", f"#{target.removeprefix('#')}")
            element.set("role", "doc-noteref")


def _as_xml(text: str) -> _Element | None:
    from lxml import etree  # noqa: PLC0415 - not needed until a file is imported

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
    )
    try:
        return etree.fromstring(_NAMED.sub(_character, text), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _as_html(text: str) -> _Element | None:
    from lxml import etree  # noqa: PLC0415 - not needed until a file is imported

    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(limited(_SELF_CLOSED.sub(r"<\1\2></\1>", text), MAX_DEPTH), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _character(match: re.Match[str]) -> str:
    """A character that HTML has a name for and XML has none."""
    if match.group(1) in _OF_XML:
        return match.group()
    character = html5.get(f"{match.group(1)};")
    return html.escape(character) if character else f"&amp;{match.group(1)};"


def body_of(root: _Element) -> _Element:
    """The part with the text."""
    return next(root.iter("body"), root)


def types_of(element: _Element) -> frozenset[str]:
    """What an element says that it is: `epub:type`, and `role` of the digital publishing kind ("doc-noteref")."""
    said, role = element.get(_TYPE) or element.get("epub:type"), element.get("role")
    if not said and not role:
        return _NOTHING
    words = (said or "").lower().split()
    return frozenset((*words, *(word.removeprefix("doc-") for word in (role or "").lower().split())))


def classes_of(element: _Element) -> list[str]:
    """The words of its class, in lower case."""
    said = element.get("class")
    return said.lower().split() if said else []


def words_of(element: _Element) -> str:
    """The text in it on one line; blocks and lines in it count as words of their own."""
    between = (
        " " if any(child.tag == "br" or child.tag in BLOCKS for child in element.iterdescendants()) else ""
    )
    return " ".join(text_in(element, between).split())


def holds(element: _Element, *names: str) -> bool:
    """Whether there is an element of one of these names in it."""
    return any(found is not element for found in element.iter(*names))


def has_blocks(element: _Element) -> bool:
    """Whether there are block elements in it."""
    return any(child is not element and child.tag in BLOCKS for child in element.iter())


def remove(element: _Element) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
