"""The bookmarks of a PDF: its parts, from which some can be chosen, and the headings that they name."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from annotator.importers.pdf.paragraphs import Para
from annotator.importers.pdf.structure import Item, is_caption

_MOST, _DEEPEST = 5000, 12  # bookmarks that are read, and how deep; some files loop
_MOST_BYTES = 2048  # of a title, in UTF-16
_GO_TO = 1  # PDFACTION_GOTO
_MANY_PAGES = 300  # without bookmarks, a document of more is offered in portions
_PORTION = 100  # pages
_SHORT = 40  # pages; a document of fewer is one piece
_TOP = 0.2  # of a page: what begins further down shares its page with the part before it
_MOST_LINES = 4  # of a heading


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of a document's own contents: `level` from 1, the page from 0, and how far down that page it points."""

    title: str
    level: int
    page: int
    down: float = 0.0


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document: its pages from `first` to before `end`."""

    title: str
    first: int
    end: int


def bookmarks_of(raw: Any, document: Any, pages: int) -> list[Bookmark]:
    """The bookmarks that lead to a page of the document, in the order of its contents."""
    return [mark for mark in _walked(raw, document, None, 1, set()) if 0 <= mark.page < pages and mark.title]


def _walked(raw: Any, document: Any, parent: Any, level: int, seen: set[int]) -> Iterator[Bookmark]:
    entry = raw.FPDFBookmark_GetFirstChild(document, parent)
    while entry and level <= _DEEPEST and len(seen) < _MOST:
        address = ctypes.cast(entry, ctypes.c_void_p).value or 0
        if address in seen:
            return
        seen.add(address)
        yield _bookmark(raw, document, entry, level)
        yield from _walked(raw, document, entry, level + 1, seen)
        entry = raw.FPDFBookmark_GetNextSibling(document, entry)


def _bookmark(raw: Any, document: Any, entry: Any, level: int) -> Bookmark:
    buffer = ctypes.create_string_buffer(_MOST_BYTES)
    size = raw.FPDFBookmark_GetTitle(entry, buffer, _MOST_BYTES)
    title = buffer.raw[: size - 2].decode("utf-16-le", "replace") if 2 < size <= _MOST_BYTES else ""
    title = " ".join(title.replace("\0", "").split())
    target = raw.FPDFBookmark_GetDest(document, entry)
    if not target:
        action = raw.FPDFBookmark_GetAction(entry)
        if not action or raw.FPDFAction_GetType(action) != _GO_TO:
            return Bookmark(title, level, -1)
        target = raw.FPDFAction_GetDest(document, action)
    page = raw.FPDFDest_GetDestPageIndex(document, target) if target else -1
    return Bookmark(title, level, page, _down(raw, document, target, page) if page >= 0 else 0.0)


def _down(raw: Any, document: Any, target: Any, page: int) -> float:
    """How far down its page a bookmark points, as a share of the page; 0 where it doesn't say."""
    has_x, has_y, has_zoom = (ctypes.c_int() for _ in range(3))
    x, y, zoom = (ctypes.c_float() for _ in range(3))
    told = raw.FPDFDest_GetLocationInPage(target, has_x, has_y, has_zoom, x, y, zoom)
    size = raw.FS_SIZEF()
    if not told or not has_y.value or not raw.FPDF_GetPageSizeByIndexF(document, page, size):
        return 0.0
    return min(max(1 - y.value / size.height, 0.0), 1.0) if size.height > 0 else 0.0


def sections_of(bookmarks: Sequence[Bookmark], pages: int) -> list[Section]:
    """The parts of a document: its chapters, else portions of pages if it is long; none where it is one piece."""
    chapters = _chapters(bookmarks) if pages >= _SHORT else []
    if len(chapters) > 1:
        found = [Section(_pages_in_words(0, chapters[0].page), 0, chapters[0].page)] * (chapters[0].page > 0)
        for chapter, following in zip(chapters, (*chapters[1:], None), strict=True):
            end = pages if following is None else following.page + (following.down > _TOP)
            found.append(Section(chapter.title, chapter.page, max(end, chapter.page + 1)))
        return found
    if pages <= _MANY_PAGES:
        return []
    portions = ((first, min(first + _PORTION, pages)) for first in range(0, pages, _PORTION))
    return [Section(_pages_in_words(first, end), first, end) for first, end in portions]


def _chapters(bookmarks: Sequence[Bookmark]) -> list[Bookmark]:
    """The bookmarks of the highest level of which there are several, and those above it, by their places."""
    top = _top_level(bookmarks)
    return sorted((mark for mark in bookmarks if mark.level <= top), key=lambda mark: (mark.page, mark.down))


def _top_level(bookmarks: Sequence[Bookmark]) -> int:
    levels = [mark.level for mark in bookmarks]
    return next((level for level in sorted(set(levels)) if levels.count(level) > 1), 1)


def _pages_in_words(first: int, end: int) -> str:
    return f"Pages {first + 1}–{end}" if end > first + 1 else f"Page {end}"


def name_headings_by(bookmarks: Sequence[Bookmark], items: Sequence[Item]) -> list[Item]:
    """`items` with the lines that bookmarks name as headings of their levels; a title stays one."""
    top = _top_level(bookmarks)
    wanted: dict[int, dict[str, int]] = {}
    for mark in bookmarks:
        wanted.setdefault(mark.page, {}).setdefault(_bare(mark.title), max(2, 2 + mark.level - top))
    kept: list[Item] = []
    for item in items:
        named = wanted.get(item.page)
        kept += _named(item, named) if named and isinstance(item, Para) else [item]
    return kept


def _named(para: Para, wanted: dict[str, int]) -> list[Para]:
    """A paragraph, its first lines as a heading of their own if they are one that is wanted."""
    if para.heading == 1 or para.role == "code" or is_caption(para.text):
        return [para]
    said = ""
    for count, line in enumerate(para.lines[:_MOST_LINES], 1):
        said += _bare(line.text)
        level = wanted.get(said, 0)
        if said and level:
            named = replace(para, lines=para.lines[:count], heading=min(level, 6), marker="", role="")
            rest = replace(para, lines=para.lines[count:], marker="", indented=False)
            return [named, rest] if rest.lines else [named]
    return [para]


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
