"""The documents of an EPUB, one after the other, to pieces that know their chapter, page, language and note."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.domain.article import BlockKind
from annotator.errors import UnreadableFile
from annotator.importers.base import MAX_TEXT, ImportHints
from annotator.importers.encodings import NOTHING_ADDED
from annotator.importers.epub.clean import Gathered, language_of, make_plain, sign_before_or_in
from annotator.importers.epub.contents import Contents, Entry, read_contents
from annotator.importers.epub.front import leave_out_contents, reason_to_leave_out
from annotator.importers.epub.metadata import BookMetadata, read_book_metadata
from annotator.importers.epub.notes import Page, sign_notes
from annotator.importers.epub.package import MAX_SPINE, Book, Item, is_document
from annotator.importers.epub.page import body_of, parse_document, words_of
from annotator.importers.epub.signs import CHAPTER, SignedPiece, read_signs, sign
from annotator.importers.epub.spans import Span, Spans
from annotator.importers.epub.styles import StyleSheets
from annotator.importers.html.blocks import pieces_of
from annotator.importers.html.events import read_events
from annotator.importers.pictures import Pictures

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_SOURCE = 3 * MAX_TEXT  # bytes of all documents; their mark-up takes more room than the text
_KEPT = frozenset({"colspan", "rowspan", "start", "value", "alt", "src", "dir", "href", "datetime", "lang"})
_CODE_CLASS = re.compile(r"(?:language|lang|highlight-source)-[\w+#.-]{1,20}", re.IGNORECASE)
_MAX_HEADINGS = 400  # of a book without a table of contents; with more of them only the highest are chapters


@dataclass(frozen=True, slots=True)
class Reading:
    """A book that was read: what it says of itself, its text in spans, and sentences for the user."""

    metadata: BookMetadata
    spans: tuple[Span, ...]
    warnings: tuple[str, ...]
    pictures: Pictures


def read_spans(book: Book, hints: ImportHints) -> Reading:
    """All of the text of `book`.

    Raises:
        UnreadableFile: there is too much of it, or all of it is damaged.
    """
    metadata = read_book_metadata(book)
    contents = read_contents(book, metadata.title)
    gathered = Gathered()
    pages = _read_pages(book, hints, contents, metadata, gathered)
    if not pages and book.missing:
        raise UnreadableFile(
            f"The texts in “{hints.file_name}” are damaged or encrypted; none of them can be read.",
            kept=NOTHING_ADDED,
            todo="Download or copy the file again.",
        )
    entries = _chapters(contents, pages)
    numbered = [Page.of(name, root) for name, root in pages]
    labels = sign_notes(numbered, book.find)
    _sign_chapters(numbered, entries)
    pictures = Pictures(book.package.picture)
    signed = _signed_pieces(numbered, book, pictures)
    language = metadata.language or _most_common_language(numbered)
    spans = Spans(entries, gathered.pages, list(gathered.languages), labels, language).of(signed)
    return Reading(replace(metadata, language=language), tuple(spans), _warnings(book, gathered), pictures)


def _read_pages(
    book: Book, hints: ImportHints, contents: Contents, metadata: BookMetadata, gathered: Gathered
) -> list[tuple[str, _Element]]:
    """Name and tree of every document that is part of the text."""
    labels: dict[str, dict[str, str]] = {}
    for entry in contents.pages:
        labels.setdefault(entry.file, {}).setdefault(entry.place, entry.title)
    pages: list[tuple[str, _Element]] = []
    styles = StyleSheets(book)
    size = 0
    for place, item in enumerate(_with_linked(book, pages)):
        data = book.read(item.name)
        size += len(data)
        if size > _MAX_SOURCE:
            raise UnreadableFile(
                f"The text of “{hints.file_name}” is larger than {MAX_TEXT // (1024 * 1024)} MB.",
                kept=NOTHING_ADDED,
                todo="Split it, for example by chapters, and import the parts.",
            )
        root = parse_document(data, item.name, hints.encoding)
        if root is None:
            if data.strip():
                book.missing.append(item.name)
            continue
        reason = reason_to_leave_out(item, place, root, contents, metadata)
        if reason is not None:
            if reason:
                gathered.left_out[reason] = None
            continue
        if leave_out_contents(root):
            gathered.left_out["the table of contents"] = None
        styles.emphasise(root, item.name)
        make_plain(root, gathered, labels.get(item.name, {}))
        pages.append((item.name, root))
    return pages


def _with_linked(book: Book, pages: Sequence[tuple[str, _Element]]) -> Iterator[Item]:
    """The documents of the spine, and behind them those that the text links into and that the spine forgot, as some
    books do with their notes. `pages` grows meanwhile."""
    yield from book.spine
    known = {item.name for item in book.spine}
    by_name = {item.name: item for item in book.manifest.values() if item.name and is_document(item)}
    for name, root in list(pages):
        for link in root.iter("a"):
            path, _, place = link.get("href", "").partition("#")
            linked = book.find(path, name) if path and place else ""
            if linked in by_name and linked not in known and len(known) < MAX_SPINE:
                known.add(linked)
                yield by_name[linked]


# Chapters


def _chapters(contents: Contents, pages: Sequence[tuple[str, _Element]]) -> list[Entry]:
    """The lines of the contents that lead somewhere; without any, the headings, or else the documents."""
    there = {name for name, _ in pages}
    known = [entry for entry in contents.chapters if entry.file in there]
    headings = [
        (name, h) for name, root in pages for h in body_of(root).iter("h1", "h2", "h3") if words_of(h)
    ]
    if len(known) > 1 or (known and len(headings) < 3):
        return known
    tags = sorted({heading.tag for _, heading in headings})
    if len(headings) > _MAX_HEADINGS:
        headings = [(name, heading) for name, heading in headings if heading.tag == tags[0]]
    entries: list[Entry] = []
    for number, (name, heading) in enumerate(headings[: _MAX_HEADINGS * 10]):
        place = heading.get("id", "") or f"\ufdd0{number}"
        heading.set("id", place)
        entries.append(Entry(words_of(heading), tags.index(heading.tag) + 1, name, place))
    return entries or [Entry("", 1, name) for name, _ in pages]


def _sign_chapters(pages: Sequence[Page], entries: Sequence[Entry]) -> None:
    """Put a sign where each chapter begins. A place that doesn't exist is the beginning of its document."""
    by_name = {page.name: page for page in pages}
    for number, entry in enumerate(entries):
        page = by_name[entry.file]
        target = page.ids.get(entry.place) if entry.place else None
        sign_before_or_in(body_of(page.root) if target is None else target, sign(CHAPTER, number))


# Pieces


def _signed_pieces(pages: Iterable[Page], book: Book, pictures: Pictures) -> list[SignedPiece]:
    found: list[SignedPiece] = []
    tables = 0
    for page in pages:
        body = body_of(page.root)
        for image in body.iter("img"):
            shown = book.find(image.get("src", ""), page.name)
            image.set("src", pictures.name_for(shown) if shown else "")
        pieces = pieces_of(read_events(_html(body)), pictures=pictures)
        for piece in pieces:
            moved = replace(piece, table=piece.table + tables) if piece.kind is BlockKind.CELL else piece
            found.append(read_signs(moved))
        tables += 1 + max((piece.table for piece in pieces), default=-1)
    return found


def _html(body: _Element) -> str:
    """A body as HTML, without what the reading of web pages would make something of that a book doesn't mean."""
    from lxml import etree  # noqa: PLC0415 - not needed until a file is imported

    for element in body.iter():
        if element.tag == "a" and not element.get("href", "").startswith(("http:", "https:", "mailto:")):
            element.tag = "span"
        code = element.get("class", "") if element.tag in ("pre", "code") else ""
        for name in [name for name in element.attrib if name not in _KEPT]:
            del element.attrib[name]
        languages = _CODE_CLASS.findall(code)
        if languages:
            element.set("class", " ".join(languages))
    return etree.tostring(body, encoding="unicode", method="html", with_tail=False)


def _most_common_language(pages: Sequence[Page]) -> str:
    counted = Counter(
        said for page in pages if (said := language_of(body_of(page.root)) or language_of(page.root))
    )
    return counted.most_common(1)[0][0] if counted else ""


def _warnings(book: Book, gathered: Gathered) -> tuple[str, ...]:
    found: list[str] = []
    missing = list(dict.fromkeys(book.missing))
    if missing:
        names = ", ".join(missing[:3]) + (" …" if len(missing) > 3 else "")
        found.append(
            f"{len(missing)} of the book's texts could not be read ({names})."
            if len(missing) > 1
            else f"One of the book's texts could not be read ({names})."
        )
    if book.drawn:
        many = f"{len(book.drawn)} pages, which are pictures, were left out."
        found.append(many if len(book.drawn) > 1 else "One page, which is a picture, was left out.")
    if gathered.left_out:
        found.append(f"Left out: {', '.join(gathered.left_out)}.")
    if gathered.readings:
        found.append("The readings beside characters (ruby) were left out.")
    return tuple(found)
