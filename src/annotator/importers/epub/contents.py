"""The table of contents of an EPUB, its pages and its landmarks: from the navigation document or the older NCX."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.domain.article import clean_text
from annotator.importers.epub.package import Book, parse_xml, text_in
from annotator.importers.epub.page import parse_document, types_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ENTRIES = 20_000
MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """A line that leads to a place: the file's name and the id in it ("" for its beginning). `level` is from 1."""

    title: str
    level: int
    file: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a book says about its places. `kinds` gives the meaning of whole files ("cover", "toc"), `source` is the
    navigation document."""

    chapters: tuple[Entry, ...] = ()
    pages: tuple[Entry, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    source: str = ""


def read_contents(book: Book, title: str) -> Contents:
    """The contents of a book; without chapters when there are none, or they can't be read."""
    known = _from_navigation(book)
    older = _from_ncx(book)
    chapters = known.chapters if len(known.chapters) >= min(2, len(older.chapters)) else older.chapters
    return Contents(
        _without_root(chapters, title),
        known.pages or older.pages,
        (*known.kinds, *_guide(book)),
        known.source,
    )


def _from_navigation(book: Book) -> Contents:
    source = next(
        (item.name for item in book.manifest.values() if "nav" in item.properties and item.name), ""
    )
    root = parse_document(book.read(source), source, None) if source else None
    if root is None:
        return Contents()
    lists: dict[str, list[Entry]] = {"toc": [], "page-list": [], "landmarks": []}
    kinds: list[tuple[str, str]] = []
    navs = list(root.iter("nav"))
    for nav in navs:
        types = types_of(nav)
        kind = next((name for name in lists if name in types), "toc" if len(navs) == 1 else "")
        if kind == "landmarks":
            kinds += [
                (book.find(link.get("href", ""), source), word)
                for link in nav.iter("a")
                for word in types_of(link)
                if "#" not in link.get("href", "")
            ]
        elif kind:
            lists[kind] += _entries_of_list(book, source, nav)
    return Contents(tuple(lists["toc"]), tuple(lists["page-list"]), tuple(kinds), source)


def _entries_of_list(book: Book, source: str, nav: _Element) -> Iterator[Entry]:
    """The lines of nested lists. A line without a link leads where the first one below it does."""
    waiting: list[Entry] = []
    level = count = 0
    from lxml import etree  # noqa: PLC0415 - not needed until a file is imported

    for action, element in etree.iterwalk(nav, events=("start", "end")):
        if element.tag in ("ol", "ul"):
            level += 1 if action == "start" else -1
        elif action == "start" and element.tag in ("a", "span") and _is_line(element):
            words = " ".join(clean_text(text_in(element)).split())
            href = element.get("href", "")
            entry = Entry(words or element.get("title", ""), min(max(level, 1), MAX_DEPTH), "")
            file = book.find(href, source) if href else ""
            waiting = [line for line in waiting if line.level < entry.level]
            if not file:
                waiting += [entry] if entry.title and not href else []
                continue
            count += 1 + len(waiting)
            if count > MAX_ENTRIES:
                return
            place = href.partition("#")[2]
            yield from (replace(line, file=file, place=place) for line in waiting)
            waiting = []
            yield replace(entry, file=file, place=place)


def _is_line(element: _Element) -> bool:
    parent = element.getparent()
    within = parent
    while within is not None and within.tag in ("a", "span", "b", "i", "em", "strong", "p", "div"):
        if within.tag == "a":
            return False
        within = within.getparent()
    if element.tag == "a":
        return True
    return parent is not None and parent.tag == "li" and not any(child.tag == "a" for child in element.iter())


def _from_ncx(book: Book) -> Contents:
    named = book.manifest.get(book.spine_attributes.get("toc", ""))
    ncx = (item for item in book.manifest.values() if item.media_type == "application/x-dtbncx+xml")
    item = named if named is not None and named.name else next((i for i in ncx if i.name), None)
    item = item or next((i for i in book.manifest.values() if i.name.lower().endswith(".ncx")), None)
    root = parse_xml(book.read(item.name), item.name) if item is not None else None
    if item is None or root is None:
        return Contents()
    chapters = tuple(_ncx_entries(book, item.name, root, "navpoint"))
    return Contents(chapters, tuple(_ncx_entries(book, item.name, root, "pagetarget")))


def _ncx_entries(book: Book, source: str, root: _Element, kind: str) -> Iterator[Entry]:
    for count, point in enumerate(root.iter(kind)):
        if count >= MAX_ENTRIES:
            return
        label = next((child for child in point if child.tag == "navlabel"), None)
        content = next((child for child in point if child.tag == "content"), None)
        href = "" if content is None else content.get("src", "")
        words = "" if label is None else " ".join(clean_text(text_in(label)).split())
        file = book.find(href, source)
        title = words or (point.get("value", "") if kind == "pagetarget" else "")
        if file and title:
            depth = sum(1 for parent in point.iterancestors(kind))
            yield Entry(title, min(depth + 1, MAX_DEPTH), file, href.partition("#")[2])


def _guide(book: Book) -> Iterator[tuple[str, str]]:
    for reference in book.opf.iter("reference"):
        href = reference.get("href", "")
        if "#" not in href and book.find(href):
            yield book.find(href), reference.get("type", "").lower()


def _without_root(chapters: tuple[Entry, ...], title: str) -> tuple[Entry, ...]:
    """`chapters` without the one line above all others that only says the title of the book."""
    if len(chapters) < 2 or chapters[0].level != 1 or any(entry.level == 1 for entry in chapters[1:]):
        return chapters
    if chapters[0].title.casefold() != title.casefold():
        return chapters
    return tuple(replace(entry, level=entry.level - 1) for entry in chapters[1:])
