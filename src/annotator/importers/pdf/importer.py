"""PDF files: the text of their pages in reading order, without what only pages need."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from annotator.domain.article import ImportedArticle
from annotator.errors import UnreadableFile
from annotator.importers.base import MAX_TEXT, Importer, ImportHints, checked
from annotator.importers.encodings import NOTHING_ADDED
from annotator.importers.pdf.document import PdfDocument
from annotator.importers.pdf.front import Front, front_of
from annotator.importers.pdf.furniture import PageLines, without_line_numbers, without_running_heads
from annotator.importers.pdf.lines import Line, lines_of
from annotator.importers.pdf.notes import Notes, take_notes
from annotator.importers.pdf.order import Column, in_reading_order
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

_MOSTLY = 0.5  # of the characters
_KEPT = {
    "Subject": "subject", "Keywords": "keywords", "CreationDate": "created", "ModDate": "modified",
    "Producer": "producer",
}  # fmt: skip


def read(data: bytes, hints: ImportHints) -> ImportedArticle:
    """The article in a PDF.

    Raises:
        UnreadableFile: it is damaged, locked, too large, or holds no letters that can be read.
    """
    document = PdfDocument(data, hints.file_name)
    try:
        pages = _pages_of(document, hints.file_name)
        labels, language, facts = document.labels(), document.language(), document.facts()
        count = document.pages
    finally:
        document.close()
    frames = [frame for page in pages for frame in page]
    warnings = _warnings(pages, hints.file_name)
    first_page, pieces, labels = _pieces(frames, labels, count)
    front = front_of(pieces, facts, first_page, labels.get(0) or "1")
    return _article(pieces, front, facts, language, warnings, hints.file_name)


def _pages_of(document: PdfDocument, name: str) -> list[list[PageWords]]:
    pages: list[list[PageWords]] = []
    characters = 0
    for page in document.words():
        characters += sum(len(word.text) for frame in page for word in frame.words)
        if characters > MAX_TEXT:
            raise UnreadableFile(
                f"The text of “{name}” is larger than {MAX_TEXT // 1024**2} MB.",
                kept=NOTHING_ADDED,
                todo="Split it, for example by chapters, and import the parts.",
            )
        pages.append(page)
    return pages


def _pieces(
    frames: Sequence[PageWords], labels: dict[int, str], count: int
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
    items = join_paragraphs(join_headings(items))
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


def _warnings(pages: Sequence[Sequence[PageWords]], name: str) -> list[str]:
    """What to say of pages without text, and of letters that can't be read.

    Raises:
        UnreadableFile: no page has text, or most of its characters are none.
    """
    empty = [number for number, page in enumerate(pages) if not any(frame.words for frame in page)]
    if len(empty) == len(pages):
        raise UnreadableFile(
            f"There is no text in “{name}”: it holds only pictures of pages.",
            kept=NOTHING_ADDED,
            todo="A program for text recognition makes a PDF with text of it; import that.",
        )
    characters = sum(frame.characters for page in pages for frame in page)
    unreadable = sum(frame.unreadable for page in pages for frame in page)
    if unreadable > _MOSTLY * characters:
        raise UnreadableFile(
            f"The letters of “{name}” can't be read: its fonts don't say which letters they show.",
            kept=NOTHING_ADDED,
            todo="A program for text recognition makes a readable PDF of it; import that.",
        )
    found = []
    if empty:
        word = "page" if len(empty) == 1 else "pages"
        found.append(f"There is no text on {word} {_ranges(empty)}, perhaps only pictures.")
    broken = [
        number
        for number, page in enumerate(pages)
        if page and page[0].unreadable > _MOSTLY * max(1, page[0].characters)
    ]
    if broken:
        word = "page" if len(broken) == 1 else "pages"
        found.append(
            f"Most letters on {word} {_ranges(broken)} can't be read: the fonts don't say what they are."
        )
    return found


def _ranges(numbers: Sequence[int]) -> str:
    """Pages counted from 1, such as "3-5, 8"."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    shown = [f"{a + 1}" if a == b else f"{a + 1}-{b + 1}" for a, b in parts[:20]]
    return ", ".join(shown) + (" and more" if len(parts) > 20 else "")


def recognises(data: bytes) -> bool:
    """Whether the bytes are a PDF: its mark stands in the first kilobyte (PDF 32000-1, annex H, note 13)."""
    return b"%PDF-" in data[:1024]


IMPORTER = Importer(
    name="pdf",
    label="PDF",
    extensions=(".pdf",),
    media_type="application/pdf",
    version="1",
    read=read,
    recognises=recognises,
)
