"""EPUB books: all of their text with chapters, pages and notes, or the chapters that were chosen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from types import MappingProxyType

from annotator.domain.article import BlockKind, ImportedArticle
from annotator.errors import UnreadableFile
from annotator.importers.base import Importer, ImportHints, Part, checked
from annotator.importers.encodings import NOTHING_ADDED
from annotator.importers.epub.chapters import (
    Chapter,
    chapters_of,
    chosen,
    outline_of,
    text_of,
    without_own_heading,
)
from annotator.importers.epub.package import open_book
from annotator.importers.epub.reading import Reading, read_spans
from annotator.importers.pieces import build, one_line, title_of, with_title

_MIMETYPE = b"mimetypeapplication/epub+zip"
_MAX_TITLE = 500


def recognises(data: bytes) -> bool:
    """Whether the first entry of a zip file says that it is a book, or there is a package document in it."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    return _MIMETYPE in data[:200] or (b"META-INF/container.xml" in data and b".opf" in data)


def read(data: bytes, hints: ImportHints) -> ImportedArticle:
    """A whole book, or the parts of it that `hints` names.

    Raises:
        UnreadableFile: it is damaged, copy-protected, empty, or too large.
    """
    reading, chapters = _opened(data, hints)
    metadata = reading.metadata
    numbers = chosen(chapters, hints.parts) if hints.parts else list(range(len(chapters)))
    if hints.parts and not numbers:
        raise UnreadableFile(
            f"There is no such chapter in “{hints.file_name}”.",
            kept=NOTHING_ADDED,
            todo=f"It has {len(chapters)} chapters; choose among them.",
        )
    pieces = text_of(chapters, numbers)
    if not any(one_line(piece.text) for piece in pieces if piece.kind is not BlockKind.HEADING):
        raise UnreadableFile(
            f"There is no text in “{hints.file_name}”.",
            kept=NOTHING_ADDED,
            todo="Its pages may be pictures. Choose a file that has text in it.",
        )
    title = book_title = metadata.title or title_of(pieces, PurePath(hints.file_name).stem)
    partial = len(numbers) < len(chapters)
    if partial and _is_one(chapters, numbers):
        title = f"{book_title}: {one_line(chapters[numbers[0]].title)}"
        pieces = without_own_heading(pieces, chapters[numbers[0]])
    text, blocks = build(with_title(pieces, title, "" if partial else metadata.subtitle))
    article = ImportedArticle(
        title=title[:_MAX_TITLE],
        subtitle=metadata.subtitle,
        text=text,
        blocks=blocks,
        authors=metadata.authors,
        publication=metadata.publication,
        published_on=metadata.published_on,
        language=metadata.language,
        warnings=reading.warnings,
        extra=MappingProxyType(dict(metadata.extra)),
    )
    return reading.pictures.shown_in(checked(article, hints.file_name))


def outline(data: bytes, hints: ImportHints) -> tuple[Part, ...]:
    """The chapters of a book. A part's words are those above its first part below.

    Raises:
        UnreadableFile: as for `read`.
    """
    return outline_of(_opened(data, hints)[1])


def _opened(data: bytes, hints: ImportHints) -> tuple[Reading, list[Chapter]]:
    reading = read_spans(open_book(data, hints.file_name), hints)
    return reading, chapters_of(reading.spans, reading.metadata.title)


def _is_one(chapters: Sequence[Chapter], numbers: Sequence[int]) -> bool:
    """Whether what was chosen is one chapter, with or without what lies below it."""
    level = chapters[numbers[0]].level if numbers else 0
    return bool(numbers) and all(chapters[number].level > level for number in numbers[1:])


IMPORTER = Importer(
    name="epub",
    label="EPUB book",
    extensions=(".epub",),
    media_type="application/epub+zip",
    version="2",
    read=read,
    recognises=recognises,
    outline=outline,
)
