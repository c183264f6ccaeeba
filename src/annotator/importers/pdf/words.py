"""The words of a PDF's page with their places and styles, as PDFium's text page tells them."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

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


_Box = tuple[float, float, float, float]  # left, right, bottom, top


class Style(NamedTuple):
    """How a font looks."""

    bold: bool
    italic: bool
    fixed: bool = False


@dataclass(slots=True)
class Word:
    """Characters without a space or a change of size. Points from the top left of the page as it is read; `base` is the
    base line. `glued`: it stands close to the word before it; `raised` is 1 for superscript, -1 for subscript."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    style: Style
    glued: bool = False
    raised: int = 0


@dataclass(slots=True)
class PageWords:
    """The words of a page that are read in one direction, in the order of the file."""

    number: int
    width: float
    height: float
    words: list[Word]
    characters: int = 0
    unreadable: int = 0


class WordReader:
    """Reads words page by page. The buffers are made once, as there are six calls for each word."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._box, self._matrix, self._bounds = raw.FS_RECTF(), raw.FS_MATRIX(), raw.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name, self._flags = ctypes.create_string_buffer(96), ctypes.c_int()
        self._at_box, self._at_matrix = ctypes.byref(self._box), ctypes.byref(self._matrix)
        self._at_x, self._at_y = ctypes.byref(self._x), ctypes.byref(self._y)
        self._at_flags = ctypes.byref(self._flags)
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
                return self._frames(page, text_page, number)
            finally:
                self._raw.FPDFText_ClosePage(text_page)
        finally:
            self._raw.FPDF_ClosePage(page)

    def _frames(self, page: Any, text_page: Any, number: int) -> list[PageWords]:
        self._raw.FPDF_GetPageBoundingBox(page, ctypes.byref(self._bounds))
        bounds = self._bounds
        left, right, low, high = bounds.left, bounds.right, bounds.bottom, bounds.top
        text = self._characters(text_page)
        found: dict[int, list[Word]] = {}
        for match in _WORD.finditer(text):
            for turn, word in self._words(text_page, text, match.start(), match.end()):
                found.setdefault(turn, []).append(word)
        total = sum(len(words) for words in found.values())
        frames: list[PageWords] = []
        for turn, words in sorted(found.items(), key=lambda entry: -len(entry[1])):
            if (turn < 0 and len(words) < total) or (frames and len(words) < total * _SIDE_SHARE):
                continue
            corners = [_turned(turn, x, y) for x, y in ((left, low), (right, high))]
            x, y = min(corner[0] for corner in corners), min(corner[1] for corner in corners)
            width, height = abs(corners[0][0] - corners[1][0]), abs(corners[0][1] - corners[1][1])
            kept = [word for word in words if _moved(word, x, y, width, height)]
            frames.append(PageWords(number, width, height, kept))
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

    def _words(self, text_page: Any, text: str, start: int, end: int) -> Iterator[tuple[int, Word]]:
        """The word `[start, end)`, cut where the size or the line changes in it; with its direction."""
        cuts = [start]
        first = self._edges(text_page, start)
        last = self._edges(text_page, end - 1) if end - start > 1 else first
        if _differ(first, last) or (end - start > 1 and _MIXED.search(text, start, end)):
            cuts += self._cuts(text_page, start, end)
        edge = math.nan
        for place, begin in enumerate(cuts):
            stop = cuts[place + 1] if place + 1 < len(cuts) else end
            ends = first if begin == start else None, last if stop == end else None
            turn, word = self._word(text_page, text[begin:stop], (begin, stop), ends)
            word.glued = place > 0 and abs(word.x0 - edge) < 0.3 * word.size
            edge = word.x1
            if word.size >= _SMALLEST:
                yield turn, word

    def _cuts(self, text_page: Any, start: int, end: int) -> list[int]:
        cuts = []
        before = self._edges(text_page, start)
        for index in range(start + 1, end):
            edges = self._edges(text_page, index)
            if _differ(before, edges):
                cuts.append(index)
            before = edges
        return cuts

    def _edges(self, text_page: Any, index: int) -> _Box:
        self._raw.FPDFText_GetLooseCharBox(text_page, index, self._at_box)
        box = self._box
        return box.left, box.right, box.bottom, box.top

    def _word(
        self, text_page: Any, text: str, at: tuple[int, int], ends: tuple[_Box | None, _Box | None]
    ) -> tuple[int, Word]:
        """A word with its direction; `ends` are the boxes of its first and last characters where they are known."""
        start = at[0]
        left, right, low, high = ends[0] or self._edges(text_page, start)
        if len(text) > 1:
            edges = ends[1] or self._edges(text_page, at[1] - 1)
            left, right = min(left, edges[0]), max(right, edges[1])
            low, high = min(low, edges[2]), max(high, edges[3])
        raw = self._raw
        raw.FPDFText_GetMatrix(text_page, start, self._at_matrix)
        matrix = self._matrix
        raw.FPDFText_GetCharOrigin(text_page, start, self._at_x, self._at_y)
        size = raw.FPDFText_GetFontSize(text_page, start) * math.hypot(matrix.c, matrix.d)
        turn = 0 if not matrix.b and matrix.a > 0 else _turn(matrix.a, matrix.b)
        ax, ay = _turned(turn, left, low)
        bx, by = _turned(turn, right, high)
        base = _turned(turn, self._x.value, self._y.value)[1]
        top, bottom = min(ay, by), max(ay, by)
        if not math.isfinite(size + ax + bx + base + top + bottom):
            size = 0.0
        readable = text.replace("\x02", "-").replace("\ufffe", "-")
        word = Word(
            readable, min(ax, bx), max(ax, bx), top, bottom, base, size, self._style(text_page, start)
        )
        return turn, word

    def _style(self, text_page: Any, index: int) -> Style:
        self._raw.FPDFText_GetFontInfo(text_page, index, self._name, 96, self._at_flags)
        key = (self._name.value, self._flags.value)
        style = self._styles.get(key)
        if style is None:
            name = key[0].decode("utf-8", "replace").rpartition("+")[2]
            weight = self._raw.FPDFText_GetFontWeight(text_page, index)
            bold = bool(_BOLD.search(name) or key[1] & _BOLD_FLAG or weight >= 650)
            italic = bool(_ITALIC.search(name) or key[1] & _ITALIC_FLAG)
            style = Style(bold, italic, bool(_FIXED.search(name) or key[1] & _FIXED_FLAG))
            self._styles[key] = style
        return style


def _differ(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two characters, one size apart or not, stand on other lines: small capitals stay with their word."""
    heights = abs(one[3] - one[2]), abs(other[3] - other[2])
    tallest = max(*heights, abs(one[1] - one[0]), 1.0)
    limit = (0.02 if min(heights) < 0.85 * max(heights) else 0.05) * tallest
    if abs(one[2] - other[2]) <= limit:
        return False
    limit = 0.05 * tallest
    sideways = abs(one[0] - other[0]) < limit and abs(one[1] - other[1]) < limit
    return not sideways  # text that runs up or down the page


def _turn(a: float, b: float) -> int:
    """The direction of writing in quarter turns; -1 when it is slanted, as stamps across a page are."""
    angle = math.degrees(math.atan2(b, a)) % 360
    nearest = round(angle / 90) % 4
    off = abs((angle - nearest * 90 + 180) % 360 - 180)
    return nearest if off < 10 else -1


def _turned(turn: int, x: float, y: float) -> tuple[float, float]:
    """A point of the page in the frame of text of that direction, `y` downward."""
    if turn <= 0:
        return x, -y
    return ((y, x), (-x, y), (-y, -x))[turn - 1]


def _moved(word: Word, x: float, y: float, width: float, height: float) -> bool:
    """Count `word` from the page's corner; False when it lies outside of the page."""
    word.x0 -= x
    word.x1 -= x
    word.top -= y
    word.bottom -= y
    word.base -= y
    return word.x1 > -1 and word.x0 < width + 1 and -1 < word.base < height + 1


def usual_form(pages: Sequence[PageWords]) -> tuple[float, bool]:
    """The size most characters of the document have, in points, and whether most are of a typewriter's font."""
    sizes: Counter[float] = Counter()
    fixed = total = 0
    for page in pages:
        for word in page.words:
            count = len(word.text)
            sizes[round(word.size * 2) / 2] += count
            fixed += count if word.style.fixed else 0
            total += count
    return (sizes.most_common(1)[0][0] if sizes else 10.0), fixed * 2 > total
