"""Lines of a column to paragraphs, by indents, gaps, short last lines, list markers and changes of size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from annotator.importers.pdf.lines import MARKER, Line
from annotator.importers.pdf.order import Column

_END = re.compile(r"[.!?:;…。！？؟][\"'”’»)\]\d*†‡]{0,20}$")
_SURE_END = re.compile(r"[.!?:…。！？؟][\"'”’»)\]\d*†‡]{0,20}$")
_TAIL = 24  # characters: the end of a sentence is looked for there
_CUT = re.compile(r"\w[-‐\u00ad]$")
_INSET = 1.2  # of an em, on both sides: a quote that is set apart
LEADERS = re.compile(r"(?:\s*[.·_]){5,}\s*(\w{1,5})$")  # from an entry of a table of contents to its page
_CLEAR_MARKER = re.compile(
    r"[•◦‣▪●○■□►➢✓–—-]|\uf0b7|\uf0a7|\(?\d{1,2}[.)]|\(?[a-z][.)]|\([ivx]{1,5}\)|[ivx]{1,5}[.)]"
)


def has_leaders(text: str) -> bool:
    """Whether `text` ends like an entry of a table of contents."""
    return text[-1:].isalnum() and LEADERS.search(text[-40:]) is not None


@dataclass(slots=True)
class Para:
    """Lines that belong together. `full` says that its last line reaches the edge, `indented` that its first doesn't
    begin at the column's."""

    page: int
    lines: list[Line]
    left: float
    right: float
    marker: str = ""
    indented: bool = False
    heading: int = 0
    note: str = ""
    role: str = ""
    more: list[Para] = field(default_factory=list)

    @property
    def size(self) -> float:
        """The size of its longest line."""
        return max(self.lines, key=lambda line: len(line.words)).size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def text(self) -> str:
        """Its lines with spaces between them."""
        return " ".join(line.text for line in self.lines)

    @property
    def ended(self) -> bool:
        """Whether its last line ends a sentence."""
        return bool(_END.search(self.lines[-1].text[-_TAIL:]))

    @property
    def full(self) -> bool:
        """Whether its last line goes on to the column's edge."""
        last = self.lines[-1]
        rest = last.x0 - self.left if last.rtl else self.right - last.x1
        return rest < 4 * last.size


def paragraphs_of(column: Column, page: int) -> Iterator[Para]:
    """The paragraphs of a column from top to bottom."""
    lines = column.lines
    pitch = _pitch(lines)
    sizes: dict[int, list[Line]] = {}
    for line in lines:
        sizes.setdefault(round(line.size), []).append(line)
    hanging = {size: _hangs(of_size, column) for size, of_size in sizes.items()}
    edges = _edges(column)
    current: list[Line] = []
    for line in lines:
        if current and _begins(line, current, edges, pitch, hanging[round(line.size)]):
            yield _para(current, edges, page)
            current = []
        current.append(line)
    if current:
        yield _para(current, edges, page)


def _edges(column: Column) -> tuple[float, float]:
    """The edges that most long lines keep, so that one line that sticks out doesn't count."""
    lefts = sorted(line.x0 for line in column.lines)
    rights = sorted((line.x1 for line in column.lines), reverse=True)
    place = len(lefts) // 12
    return lefts[place], rights[place]


def _para(lines: list[Line], edges: tuple[float, float], page: int) -> Para:
    left, right = edges
    first = lines[0]
    marker = _marker(first)
    quote = (
        not marker
        and len(lines) > 1
        and min(line.x0 for line in lines) - left > _INSET * first.size
        and right - max(line.x1 for line in lines) > _INSET * first.size
        and abs(lines[0].x0 - lines[-1].x0) < 2.5 * first.size
        and not _is_centred(lines)
    )
    off = right - first.x1 if first.rtl else first.x0 - left
    return Para(page, lines, left, right, marker, off > 0.7 * first.size, role="quote" if quote else "")


def _is_centred(lines: Sequence[Line]) -> bool:
    """Whether lines of different lengths have one middle."""
    middle = (lines[0].x0 + lines[0].x1) / 2
    uneven = max(line.x0 for line in lines) - min(line.x0 for line in lines) > 3
    return uneven and all(abs((line.x0 + line.x1) / 2 - middle) < 3 for line in lines)


def _marker(line: Line) -> str:
    if len(line.words) < 2:
        return ""
    text = line.words[0].text
    gap = abs(line.words[1].x0 - line.words[0].x1)
    if not _CLEAR_MARKER.fullmatch(text) or line.words[0].raised:
        return ""
    if text in "–—-" and gap < 0.3 * line.size:
        return ""
    return text


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance of base lines, between lines of one size."""
    steps = [
        b.base - a.base
        for a, b in pairwise(lines)
        if abs(a.size - b.size) < 0.5 and 0.5 * a.size < b.base - a.base < 3 * a.size
    ]
    if not steps:
        return 0.0
    steps.sort()
    return steps[len(steps) // 3]


def _hangs(lines: Sequence[Line], column: Column) -> bool:
    """Whether first lines stand out to the left, as in lists of references."""
    if len(lines) < 4:
        return False
    left = min(line.x0 for line in lines)
    inner = sorted(line.x0 - left for line in lines if line.x0 - left > 0.7 * line.size)
    if len(inner) < 0.4 * len(lines) or len(inner) == len(lines):
        return False
    middle = median(inner)
    same = sum(abs(off - middle) < 2 for off in inner)
    long_ones = sum(column.right - line.x1 < 3 * line.size for line in lines if line.x0 - left < 2)
    outer = sum(line.x0 - left < 2 for line in lines)
    following = sum(
        a.x0 - left < 2 and b.x0 - left < 2 and b.base - a.base < 1.5 * b.size for a, b in pairwise(lines)
    )
    if following > 0.3 * outer:
        return False
    return same >= 0.8 * len(inner) and long_ones >= 0.6 * outer


def _begins(line: Line, current: list[Line], edges: tuple[float, float], pitch: float, hanging: bool) -> bool:
    """Whether `line` begins a paragraph behind `current`."""
    before = current[-1]
    step = line.base - before.base
    usual = pitch if pitch and abs(pitch / line.size - 1.3) < 1.0 else 1.25 * line.size
    if step < 0 or step > max(1.28 * usual, usual + 2.2) * max(1.0, before.size / line.size):
        return True
    if not 0.92 < line.size / before.size < 1.08:
        return not (_odd_line(line, before) or _share_size(line, before))
    if _starts_note(line) or has_leaders(before.text):
        return True
    if has_leaders(line.text) and before.text[-1:].isdigit():  # a chapter's entry, which has no dots
        return True
    if line.bold != before.bold and (before.bold or _is_end(before)):
        return not (before.bold and len(current) > 1) or all(entry.bold for entry in current)
    if _marker(line) and _marker_goes_on(line, current):
        return True
    if line.italic != before.italic and edges[1] - before.x1 > 2.5 * line.size and not before.rtl:
        return not line.text[:1].islower()
    if _centred(line, before, edges):
        return False
    return _by_indent(line, current, edges, hanging)


def _odd_line(line: Line, before: Line) -> bool:
    """Whether two sizes are only due to a line of few characters, such as a formula or raised ones."""
    return line.size < before.size and len(line.text) <= 3 and abs(line.base - before.base) < before.size


def _share_size(line: Line, before: Line) -> bool:
    """Whether two lines differ only because one is mostly of small capitals: it has words of the other's size."""
    large, small = max(line.size, before.size), min(line.size, before.size)
    if line.bold or before.bold or large > 1.5 * small:
        return False
    mixed = before if before.size == small else line
    return any(abs(word.size - large) < 0.04 * large for word in mixed.words)


def _starts_note(line: Line) -> bool:
    return line.words[0].raised > 0 and len(line.words) > 1 and len(line.words[0].text) <= 3


def _marker_goes_on(line: Line, current: list[Line]) -> bool:
    """Whether a marker is one, and no dash or number that came to stand at a line's beginning."""
    first = current[0]
    marked = _marker(first)
    if marked:
        return abs(line.x0 - first.x0) < 3 * line.size
    short = MARKER.fullmatch(line.words[0].text) is not None
    return short and (_is_end(current[-1]) or line.x0 > first.x0 + 0.5 * line.size)


def _centred(line: Line, before: Line, edges: tuple[float, float]) -> bool:
    left, right = edges
    middle = (left + right) / 2
    if line.x0 - left < line.size and right - line.x1 < line.size:
        return False
    level = abs((line.x0 + line.x1) / 2 - (before.x0 + before.x1) / 2) < 0.4 * line.size
    return level and abs((line.x0 + line.x1) / 2 - middle) < 1.5 * line.size and line.x0 - left > line.size


def _by_indent(line: Line, current: list[Line], edges: tuple[float, float], hanging: bool) -> bool:
    left, right = edges
    before, first = current[-1], current[0]
    rtl = line.rtl
    em = line.size
    start, start_before, start_first = (
        (-line.x1, -before.x1, -first.x1) if rtl else (line.x0, before.x0, first.x0)
    )
    if _marker(first) and len(current) == 1:
        room = before.x0 - left if rtl else right - before.x1
        wanted = line.words[0].x1 - line.words[0].x0 + 0.3 * em
        outdented = start < start_first - 0.5 * em and (
            room > wanted or (_is_end(before) and not line.text[:1].islower())
        )
        return outdented or _ends_early(before, line, edges)
    if hanging:
        return start < start_before - 0.7 * em or (
            abs(start - start_before) < 2 and start - (-right if rtl else left) < 2
        )
    if start > start_before + 0.7 * em:
        return True
    if len(current) > 1 and start < start_before - 0.7 * em:
        return True
    return _ends_early(before, line, edges)


def _is_end(line: Line) -> bool:
    """Whether a sentence ends with the line."""
    return bool(_SURE_END.search(line.text[-_TAIL:]))


def _ends_early(before: Line, line: Line, edges: tuple[float, float]) -> bool:
    """Whether the line before ends a sentence though the next word would have had room in it."""
    left, right = edges
    room = before.x0 - left if before.rtl else right - before.x1
    first = line.words[0]
    if _CUT.search(before.text[-2:]):
        return False
    wanted = first.x1 - first.x0 + 0.6 * line.size
    if not _is_end(before):
        return room > 0.45 * (right - left) and room > wanted * 1.5 and not line.text[:1].islower()
    return room > wanted * 1.15 and not (line.text[:1].islower() and room < 0.5 * (right - left))
