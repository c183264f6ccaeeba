"""PDF files: the text of their pages in reading order, without what only pages need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from annotator.domain.article import ImportedArticle
from annotator.errors import UnreadableFile
from annotator.importers.base import Importer, ImportHints, Part, checked
from annotator.importers.encodings import NOTHING_ADDED
from annotator.importers.pdf.contents import Bookmark, Section, name_headings_by, sections_of
from annotator.importers.pdf.document import PdfDocument
from annotator.importers.pdf.endnotes import name_endnotes
from annotator.importers.pdf.front import Front, front_of
from annotator.importers.pdf.furniture import PageLines, without_line_numbers, without_running_heads
from annotator.importers.pdf.lines import Line, lines_of
from annotator.importers.pdf.notes import Notes, take_notes
from annotator.importers.pdf.order import Column, in_reading_order
from annotator.importers.pdf.pages import read_pages, warnings_of
from annotator.importers.pdf.paragraphs import paragraphs_of
from annotator.importers.pdf.structure import (
    Item,
    Layout,
    Writer,
    join_headings,
    join_paragraphs,
    name_headings,
    with_code,
)
from annotator.importers.pdf.text import Vocabulary
from annotator.importers.pdf.words import PageWords, usual_form
from annotator.importers.pieces import Piece, build, title_of, with_title

_KEPT = {
    "Subject": "subject", "Keywords": "keywords", "CreationDate": "created", "ModDate": "modified",
    "Producer": "producer",
}  # fmt: skip


def read(data: bytes, hints: ImportHints) -> ImportedArticle:
    """The article in a PDF, or in the parts of it that `hints` names.

    Raises:
        UnreadableFile: it is damaged, locked, too large, or holds no letters that can be read.
    """
    document = PdfDocument(data, hints.file_name)
    try:
        bookmarks = document.bookmarks()
        sections = sections_of(bookmarks, document.pages)
        chosen = _chosen(sections, hints)
        numbers = sorted({page for one in chosen for page in range(one.first, one.end)})
        pages = read_pages(
            document, numbers or range(document.pages), hints.file_name, has_parts=bool(sections)
        )
        labels, language, facts = document.labels(), document.language(), document.facts()
        count = document.pages
    finally:
        document.close()
    warnings = warnings_of(pages, hints.file_name)
    frames = [frame for page in pages.values() for frame in page]
    first_page, pieces, labels = _pieces(frames, labels, count, bookmarks)
    front = front_of(pieces if 0 in pages else (), facts, first_page, labels.get(0) or "1")
    if len(chosen) == 1 and len(sections) > 1:
        whole = front.title or PurePath(hints.file_name).stem
        front = replace(front, title=f"{whole}: {chosen[0].title}")
    return _article(pieces, front, facts, language, warnings, hints.file_name)


def outline(data: bytes, hints: ImportHints) -> tuple[Part, ...]:
    """The chapters of a long document by its bookmarks, else portions of its pages; none where it is one piece.

    Raises:
        UnreadableFile: it is damaged, locked, or too large.
    """
    document = PdfDocument(data, hints.file_name)
    try:
        return tuple(Part(section.title) for section in sections_of(document.bookmarks(), document.pages))
    finally:
        document.close()


def _chosen(sections: Sequence[Section], hints: ImportHints) -> list[Section]:
    """The parts that are wanted; none for the whole."""
    found = [sections[part] for part in sorted(set(hints.parts)) if 0 <= part < len(sections)]
    if hints.parts and not found:
        raise UnreadableFile(
            f"There is no such part in “{hints.file_name}”.",
            kept=NOTHING_ADDED,
            todo=f"It has {len(sections)} parts; choose among them." if sections else "Import the whole.",
        )
    return found


def _pieces(
    frames: Sequence[PageWords], labels: dict[int, str], count: int, bookmarks: Sequence[Bookmark]
) -> tuple[list[str], list[Piece], dict[int, str]]:
    """The lines of the first page as they are printed, all pieces, and the labels of the pages."""
    body, typed = usual_form(frames)
    sheets = [
        PageLines(frame.number, frame.width, frame.height, lines_of(without_line_numbers(frame)))
        for frame in frames
    ]
    first_page = [line.text for line in _of_first_page(sheets)]
    printed = without_running_heads(sheets)
    labels = _labels(labels, printed, count)
    vocabulary = Vocabulary(sheet.lines for sheet in sheets)
    notes = Notes()
    items: list[Item] = []
    for sheet in sheets:
        found: list[Item] = []
        for part in in_reading_order(sheet.lines):
            if isinstance(part, Column):
                found += paragraphs_of(part, sheet.number)
            else:
                part.page = sheet.number
                found.append(part)
        items += take_notes(found, sheet.number, sheet.height, body, notes)
    items = items if typed else with_code(items)
    name_headings(items, body)
    items = name_headings_by(bookmarks, items)
    items = name_endnotes(join_paragraphs(join_headings(items)), notes)
    return first_page, Writer(Layout(body, vocabulary, labels), notes).pieces(items), labels


def _of_first_page(sheets: Sequence[PageLines]) -> list[Line]:
    lines = [line for sheet in sheets if sheet.number == 0 for line in sheet.lines]
    return sorted(lines, key=lambda line: line.base)


def _labels(said: dict[int, str], printed: dict[int, str], count: int) -> dict[int, str]:
    """The file's own labels, unless they only count the pages while other numbers are printed on them."""
    counts_only = all(label == str(page + 1) for page, label in said.items())
    if said and not (counts_only and len(printed) >= 0.6 * count):
        return said
    return {page: printed.get(page) or str(page + 1) for page in range(count)}


def _article(
    pieces: list[Piece],
    front: Front,
    facts: dict[str, str],
    language: str,
    warnings: Sequence[str],
    name: str,
) -> ImportedArticle:
    title = front.title or title_of(pieces, PurePath(name).stem)
    if front.title and not front.title_in_text:
        pieces = with_title(pieces, title)
    text, blocks = build(pieces)
    extra: dict[str, Any] = {key: facts[said] for said, key in _KEPT.items() if facts.get(said)}
    if front.doi:
        extra["DOI"] = front.doi
    article = ImportedArticle(
        title=title,
        text=text,
        blocks=blocks,
        authors=front.authors,
        published_on=front.published_on,
        language=language,
        warnings=tuple(warnings),
        extra=MappingProxyType(extra),
    )
    return checked(article, name)


def recognises(data: bytes) -> bool:
    """Whether the bytes are a PDF: its mark stands in the first kilobyte (PDF 32000-1, annex H, note 13)."""
    return b"%PDF-" in data[:1024]


IMPORTER = Importer(
    name="pdf",
    label="PDF",
    extensions=(".pdf",),
    media_type="application/pdf",
    version="2",
    read=read,
    recognises=recognises,
    outline=outline,
)
