"""The pages of a PDF that are read: in bearable time, and with what must be said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import process_time

from annotator.errors import UnreadableFile
from annotator.importers.base import MAX_TEXT
from annotator.importers.encodings import NOTHING_ADDED
from annotator.importers.pdf.document import PdfDocument
from annotator.importers.pdf.words import PageWords

_MOSTLY = 0.5  # of the characters
_SECONDS = 13.0  # of computing for the words of all pages; a file has 30, and what is made of the words takes as long
_EVERY = 50  # pages: the time is looked at

Pages = Mapping[int, Sequence[PageWords]]


def read_pages(document: PdfDocument, numbers: Sequence[int], name: str, *, has_parts: bool) -> Pages:
    """The words of the pages `numbers`, by page. With `has_parts`, what would take too long is refused at once.

    Raises:
        UnreadableFile: there is too much text, or it takes too long.
    """
    pages: dict[int, Sequence[PageWords]] = {}
    characters = 0
    begin = process_time()
    for number, page in zip(numbers, document.words(numbers), strict=True):
        characters += sum(len(word.text) for frame in page for word in frame.words)
        if characters > MAX_TEXT:
            raise UnreadableFile(
                f"The text of “{name}” is larger than {MAX_TEXT // 1024**2} MB.",
                kept=NOTHING_ADDED,
                todo=_fewer(has_parts),
            )
        pages[number] = page
        pace = (process_time() - begin) / len(pages) if has_parts and len(pages) % _EVERY == 0 else 0.0
        if pace * len(numbers) > _SECONDS:
            raise UnreadableFile(
                f"The {len(numbers)} pages of “{name}” take too long to be read in one go.",
                kept=NOTHING_ADDED,
                todo=_fewer(has_parts),
            )
    return pages


def _fewer(has_parts: bool) -> str:
    return (
        "Choose some of its parts."
        if has_parts
        else "Split it, for example by chapters, and import the parts."
    )


def warnings_of(pages: Pages, name: str) -> list[str]:
    """What to say of pages without text, and of letters that can't be read.

    Raises:
        UnreadableFile: no page has text, or most of its characters are none.
    """
    empty = [number for number, page in pages.items() if not any(frame.words for frame in page)]
    if len(empty) == len(pages):
        raise UnreadableFile(
            f"There is no text in “{name}”: it holds only pictures of pages.",
            kept=NOTHING_ADDED,
            todo="A program for text recognition makes a PDF with text of it; import that.",
        )
    characters = sum(frame.characters for page in pages.values() for frame in page)
    unreadable = sum(frame.unreadable for page in pages.values() for frame in page)
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
        for number, page in pages.items()
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
