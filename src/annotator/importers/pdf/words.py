"""The words of a PDF's page with their places and styles, as PDFium's text page tells them."""

from __future__ import annotations

import ctypes
import re
import struct
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from math import atan2, degrees, hypot, inf, isfinite, nan
from operator import attrgetter
from sys import intern
from typing import Any, NamedTuple

from annotator.importers.pdf.links import Link, link_words, links_of

_WORD = re.compile(r"[^\s\x00\x02\ufffe]+[\x02\ufffe]?")  # PDFium writes U+0002 for a hyphen at a line's end
_MIXED = re.compile(
    r"[^\W\d_][\d*†‡§¶]|\d[^\W\d_]|[.,;:!?”’\"')\]][\d*†‡§¶]|[*†‡§¶]\w|^[.,;:!?”’\"')\]]*$|\d.*\d"
)
_UNREADABLE = re.compile("[\x01\x03-\x08\x0e-\x1b\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi|cmbx|cmb1|-bd|medi\b", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|cmti|cmsl|slanted|-it\b|kursiv", re.IGNORECASE)
_FIXED = re.compile(r"courier|mono|nimbusmon|consol|cmtt|typewriter|menlo", re.IGNORECASE)
_FIXED_FLAG, _ITALIC_FLAG, _BOLD_FLAG = 1, 1 << 6, 1 << 18  # PDF 32000-1, table 123
_SIDE_SHARE = 0.3  # text in another direction is read only if it is that much of a page
_SMALLEST = 1.5  # points; smaller is not meant to be read


_Span = tuple[int, int, int | None]  # first character, end, address of the text object
_Boxes = tuple[float, ...]  # left, top, right, bottom of two characters


class Style(NamedTuple):
    """How a font looks."""

    bold: bool
    italic: bool
    fixed: bool = False


@dataclass(slots=True)
class Word:
    """Characters without a space or a change of size. Points from the top left of the page as it is read; `base` is the
    base line. `glued`: it stands close to the word before it; `raised` is 1 for superscript, -1 for subscript; `link`
    is the address it leads to."""

    text: str
    x0: float
    x1: float
    top: float
    base: float
    size: float
    style: Style
    glued: bool = False
    raised: int = 0
    link: str = ""


@dataclass(slots=True)
class PageWords:
    """The words of a page that are read in one direction, in the order of the file."""

    number: int
    width: float
    height: float
    words: list[Word]
    characters: int = 0
    unreadable: int = 0


class _Frame(NamedTuple):
    """The page as text of one direction sees it: its words, how far its corner lies from the origin, and its size."""

    words: list[Word]
    x: float
    y: float
    width: float
    height: float


class _Run(NamedTuple):
    """What all characters of one text object share. `top` and `low`, on the page, are those of the first one seen."""

    turn: int
    size: float
    base: float
    top: float
    low: float
    style: Style


class WordReader:
    """Reads words page by page. What a text object's characters share is asked once for each object."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._box, self._matrix, self._bounds = raw.FS_RECTF(), raw.FS_MATRIX(), raw.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name, self._flags = ctypes.create_string_buffer(96), ctypes.c_int()
        # What is asked for every word or object, with addresses as plain numbers: half the time of the typed calls.
        number, size, address = ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p
        self._box_into = _plain(raw.FPDFText_GetLooseCharBox, number, address, number, address)
        self._object_at = _plain(raw.FPDFText_GetTextObject, address, address, number)
        self._matrix_into = _plain(raw.FPDFText_GetMatrix, number, address, number, address)
        self._origin_into = _plain(raw.FPDFText_GetCharOrigin, number, address, number, address, address)
        self._size_at = _plain(raw.FPDFText_GetFontSize, ctypes.c_double, address, number)
        self._font_into = _plain(raw.FPDFText_GetFontInfo, size, address, number, address, size, address)
        self._weight_at = _plain(raw.FPDFText_GetFontWeight, number, address, number)
        self._at_box, self._at_matrix = map(ctypes.addressof, (self._box, self._matrix))
        self._at_x, self._at_y = map(ctypes.addressof, (self._x, self._y))
        self._at_name, self._at_flags = map(ctypes.addressof, (self._name, self._flags))
        self._page: int | None = None  # the text page's address
        self._runs: dict[int | None, _Run] = {}  # of the page, by the addresses of text objects
        self._styles: dict[tuple[bytes, int], Style] = {}

    def read(self, document: Any, number: int) -> list[PageWords]:
        """The words of page `number` (from 0), upright; the main direction first. None for a page that is broken."""
        page = self._raw.FPDF_LoadPage(document, number)
        if not page:
            return []
        try:
            text_page = self._raw.FPDFText_LoadPage(page)
            if not text_page:
                return []
            try:
                return self._frames(page, text_page, number, links_of(self._raw, document, page))
            finally:
                self._raw.FPDFText_ClosePage(text_page)
        finally:
            self._raw.FPDF_ClosePage(page)

    def _frames(self, page: Any, text_page: Any, number: int, links: Sequence[Link]) -> list[PageWords]:
        self._raw.FPDF_GetPageBoundingBox(page, ctypes.byref(self._bounds))
        self._page = ctypes.cast(text_page, ctypes.c_void_p).value
        self._runs.clear()
        text = self._characters(text_page)
        found = self._words(text)
        total = sum(len(frame.words) for frame in found.values())
        frames: list[PageWords] = []
        for turn, frame in sorted(found.items(), key=lambda entry: -len(entry[1].words)):
            count = len(frame.words)
            if count and not (turn < 0 and count < total) and not (frames and count < total * _SIDE_SHARE):
                link_words(frame.words, links, partial(_placed, turn, frame))
                frames.append(PageWords(number, frame.width, frame.height, frame.words))
        if frames:
            frames[0].characters = len("".join(text.split()))
            frames[0].unreadable = len(_UNREADABLE.findall(text))
        return frames

    def _characters(self, text_page: Any) -> str:
        """One character for each index of the text page."""
        count = self._raw.FPDFText_CountChars(text_page)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        if self._raw.FPDFText_GetText(text_page, 0, count, buffer) == count + 1:
            text = bytes(buffer).decode("utf-16-le", "surrogatepass")[:count]
            if len(text) == count:
                return text
        get = self._raw.FPDFText_GetUnicode  # characters outside the first plane count once here
        codes = (get(text_page, index) for index in range(count))
        return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)

    def _words(self, text: str) -> dict[int, _Frame]:
        """The words of a page by their direction."""
        spans, cuts = self._spans(text)
        readable = text.replace("\x02", "-").replace("\ufffe", "-")
        frames: dict[int, _Frame] = {}
        edge = nan
        placed = zip(spans, self._boxes(spans), strict=True)
        for owner, group in groupby(placed, key=lambda pair: pair[0][2]):
            members = list(group)
            run = self._of(owner, members[0][0][0])
            turn, size, base, top, low, style = run
            frame = frames.get(turn) or frames.setdefault(turn, self._frame(turn))
            add, off_x, off_y, width, height = frame
            top, base = top - off_y, base - off_y
            for (start, end, _), box in members:
                x0, x1 = _edges(turn, box)
                if turn == 0 and abs(box[3] - low) > size / 2:  # written down the page
                    base, low = self._base(start, turn) - off_y, box[3]
                    top = base - size
                x0, x1 = x0 - off_x, x1 - off_x
                glued = start in cuts and abs(x0 - edge) < 0.3 * size
                edge = x1
                if size >= _SMALLEST and -1 < base < height + 1 and -1 < x1 < inf and -inf < x0 < width + 1:
                    add.append(Word(intern(readable[start:end]), x0, x1, top, base, size, style, glued))
        return frames

    def _spans(self, text: str) -> tuple[list[_Span], set[int]]:
        """Where words begin and end, and in which text object; and which of these beginnings are cuts in a word."""
        at, page = self._object_at, self._page
        spans: list[_Span] = []
        cuts: set[int] = set()
        known = 0  # up to here all is of one object
        owner: int | None = None
        for match in _WORD.finditer(text):
            start, end = match.span()
            if end > known:
                owner = at(page, start)
                known = text.find("\r", end)  # the line's end
                known = known if at(page, known - 1) == owner else 0
            if end > known and end - start > 1 and at(page, end - 1) != owner:
                for index, after in self._cuts(text, (start, end)):
                    spans.append((start, index, owner))
                    cuts.add(index)
                    start, owner = index, after
            spans.append((start, end, owner))
        return spans, cuts

    def _cuts(self, text: str, span: tuple[int, int]) -> Iterator[tuple[int, int | None]]:
        """Where in a word a text object begins that looks different from the one before it, or stands on another line.
        Letters that only play around the line, as in the names of some programs, are left with their word."""
        start, end = span
        before = self._object_at(self._page, start)
        one = first = self._of(before, start)
        last = self._of(self._object_at(self._page, end - 1), end - 1)
        if not _differ(first, last) and not _MIXED.search(text, start, end):
            return
        for index in range(start + 1, end):
            owner = self._object_at(self._page, index)
            if owner is None or owner == before:
                continue
            other = self._of(owner, index)
            if _differ(one, other):
                yield index, owner
            before, one = owner, other

    def _boxes(self, spans: Sequence[_Span]) -> Iterator[_Boxes]:
        """Left, top, right and bottom of the first and then of the last character of each word."""
        buffer = ctypes.create_string_buffer(32 * len(spans))
        into, page, place = self._box_into, self._page, ctypes.addressof(buffer)
        for start, end, _ in spans:
            into(page, start, place)
            into(page, end - 1, place + 16)
            place += 32
        return struct.iter_unpack("8f", buffer.raw[: 32 * len(spans)])

    def _frame(self, turn: int) -> _Frame:
        bounds = self._bounds
        ax, ay = _turned(turn, bounds.left, bounds.bottom)
        bx, by = _turned(turn, bounds.right, bounds.top)
        return _Frame([], min(ax, bx), min(ay, by), abs(ax - bx), abs(ay - by))

    def _of(self, owner: int | None, index: int) -> _Run:
        """What holds for all characters of a text object; that at `index` is one of them."""
        return self._runs.get(owner) or self._runs.setdefault(owner, self._run(index))

    def _run(self, index: int) -> _Run:
        page, matrix = self._page, self._matrix
        self._matrix_into(page, index, self._at_matrix)
        self._box_into(page, index, self._at_box)
        size = self._size_at(page, index) * hypot(matrix.c, matrix.d)
        turn = 0 if not matrix.b and matrix.a > 0 else _turn(matrix.a, matrix.b)
        base = self._base(index, turn)
        box = self._box
        top = (
            -box.top
            if turn <= 0
            else min(_turned(turn, box.left, box.bottom)[1], _turned(turn, box.right, box.top)[1])
        )
        size = size if isfinite(size + base + top) else 0.0
        return _Run(turn, size, base, top, box.bottom, self._style(index))

    def _base(self, index: int, turn: int) -> float:
        self._origin_into(self._page, index, self._at_x, self._at_y)
        return _turned(turn, self._x.value, self._y.value)[1]

    def _style(self, index: int) -> Style:
        self._font_into(self._page, index, self._at_name, 96, self._at_flags)
        key = (self._name.value, self._flags.value)
        style = self._styles.get(key)
        if style is None:
            name = key[0].decode("utf-8", "replace").rpartition("+")[2]
            weight = self._weight_at(self._page, index)
            bold = bool(_BOLD.search(name) or key[1] & _BOLD_FLAG or weight >= 650)
            italic = bool(_ITALIC.search(name) or key[1] & _ITALIC_FLAG)
            style = Style(bold, italic, bool(_FIXED.search(name) or key[1] & _FIXED_FLAG))
            self._styles[key] = style
        return style


def _differ(one: _Run, other: _Run) -> bool:
    """Whether two text objects stand on other lines, or look different."""
    large, small = max(one.size, other.size), min(one.size, other.size)
    if one.turn != other.turn or one.style != other.style or small < 0.95 * large:
        return True
    return abs(one.base - other.base) > 0.1 * large


def _edges(turn: int, box: _Boxes) -> tuple[float, float]:
    """Where a word begins and ends in the frame of text of that direction. Its first character may be the right one."""
    if turn <= 0:
        return (box[0], box[6]) if box[0] <= box[4] else (box[4], box[2])
    corners = [_turned(turn, *box[place : place + 2])[0] for place in (0, 2, 4, 6)]
    return min(corners), max(corners)


def _plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of PDFium with other types of its arguments."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


def _turn(a: float, b: float) -> int:
    """The direction of writing in quarter turns; -1 when it is slanted, as stamps across a page are."""
    angle = degrees(atan2(b, a)) % 360
    nearest = round(angle / 90) % 4
    off = abs((angle - nearest * 90 + 180) % 360 - 180)
    return nearest if off < 10 else -1


def _turned(turn: int, x: float, y: float) -> tuple[float, float]:
    """A point of the page in the frame of text of that direction, `y` downward."""
    if turn <= 0:
        return x, -y
    return ((y, x), (-x, y), (-y, -x))[turn - 1]


def _placed(turn: int, frame: _Frame, x: float, y: float) -> tuple[float, float]:
    """A point of the page in a frame."""
    turned = _turned(turn, x, y)
    return turned[0] - frame.x, turned[1] - frame.y


def usual_form(pages: Sequence[PageWords]) -> tuple[float, bool]:
    """The size most characters of the document have, in points, and whether most are of a typewriter's font."""
    forms: Counter[tuple[float, bool]] = Counter()
    for page in pages:
        for (size, style), words in groupby(page.words, key=attrgetter("size", "style")):
            forms[size, style.fixed] += sum([len(word.text) for word in words])
    sizes: Counter[float] = Counter()
    for (size, _), count in forms.items():
        sizes[round(size * 2) / 2] += count
    fixed = sum(count for (_, is_fixed), count in forms.items() if is_fixed)
    return (sizes.most_common(1)[0][0] if sizes else 10.0), fixed * 2 > forms.total()
