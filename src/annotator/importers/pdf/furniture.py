"""What stands on pages without being text: running heads and feet, page and line numbers, stamps, watermarks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from annotator.importers.pdf.lines import Line
from annotator.importers.pdf.words import PageWords, Word

_EDGE = 0.13  # of a page's height: running heads and feet are looked for there
_WIDE = 0.25  # of a height: the widest margin
_MOST_AT_EDGES = 200  # lines; a page with more has no running heads that could be told
_APART = 5.0  # points between text and the numbers of its lines
_SAME_PLACE = 3.0  # points
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_NUMBER = re.compile(r"\d{1,5}")
_ONLY_NUMBER = re.compile(
    r"\W*(?:page|seite|p\.|s\.|pagina|página)?\W*#\W*(?:(?:of|von|de|/)\W*#\W*)?", re.IGNORECASE
)
_STAMP = re.compile(
    r"(?:this (?:content|article) (?:was )?)?downloaded (?:from|by|on|at)\b|heruntergeladen (?:von|am)\b"
    r"|all use subject to\b|this content downloaded\b|provided for non-commercial\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class PageLines:
    """The lines of a page, from top to bottom."""

    number: int
    width: float
    height: float
    lines: list[Line]


def without_line_numbers(page: PageWords) -> list[Word]:
    """The words of a page without the numbers that count its lines in the margin."""
    numbers = [word for word in page.words if _NUMBER.fullmatch(word.text) and not word.glued]
    if len(numbers) < 3:
        return page.words
    rows: dict[int, list[Word]] = defaultdict(list)
    for word in page.words:
        rows[round(word.base / 3)].append(word)
    texts = [[word for word in row if not _NUMBER.fullmatch(word.text)] for row in rows.values()]
    texts = [row for row in texts if row]
    if not texts or median(map(len, texts)) < 4:
        return page.words
    lefts = sorted(min(word.x0 for word in row) for row in texts)
    rights = sorted(max(word.x1 for word in row) for row in texts)
    left, right = lefts[len(lefts) // 10], rights[-1 - len(rights) // 10]
    dropped: set[int] = set()
    for margin in (
        [w for w in numbers if w.x1 < left - _APART],
        [w for w in numbers if w.x0 > right + _APART],
    ):
        if _counts_lines(margin, len(texts)):
            dropped.update(map(id, margin))
    return [word for word in page.words if id(word) not in dropped] if dropped else page.words


def _counts_lines(margin: list[Word], lines: int) -> bool:
    """Whether numbers in a margin grow by one step from the top down, 1 (nearly every line) or a larger one."""
    margin = sorted(margin, key=lambda word: word.base)
    if len(margin) < 3:
        return False
    steps = Counter(int(b.text) - int(a.text) for a, b in pairwise(margin))
    step, times = steps.most_common(1)[0]
    if step < 1 or times < 0.7 * (len(margin) - 1):
        return False
    return step > 1 or len(margin) >= max(5, 0.5 * lines)


@dataclass(slots=True)
class _Edge:
    """A line at a page's edge; `shape` is its text with # for every number."""

    page: int
    line: Line
    shape: str


def without_running_heads(pages: Sequence[PageLines]) -> dict[int, str]:
    """Take running heads, feet, page numbers, stamps and watermarks out of `pages`.

    Returns the printed page numbers, by page, where they are consistent.
    """
    edges = [edge for page in pages for edge in _edges(page)]
    labels = _printed_numbers(edges, len(pages))
    found = {id(edge.line) for edge in edges if _STAMP.match(edge.line.text)}
    found |= _repeated(edges, len(pages)) | _lone_numbers(edges, labels, len(pages)) | _watermarks(pages)
    found |= _beside(edges, found, pages)
    for page in pages:
        page.lines = [line for line in page.lines if id(line) not in found]
    return labels


def _edges(page: PageLines) -> Iterator[_Edge]:
    top, foot = page.height * _EDGE, page.height * (1 - _EDGE)
    bases = sorted({round(line.base) for line in page.lines})
    if bases:  # wide margins: the outermost line of all, where it is set apart
        top = max(top, min(bases[0] + 1, page.height * _WIDE))
        foot = min(foot, max(bases[-1] - 1, page.height * (1 - _WIDE)))
    found = [line for line in page.lines if line.base < top or line.base > foot]
    if len(found) <= _MOST_AT_EDGES:
        for line in sorted(found, key=lambda line: line.base):
            yield _Edge(page.number, line, _shape(line.text))


def _shape(text: str) -> str:
    words = re.sub(r"\d+", "#", text.casefold()).split()
    return " ".join("#" if is_roman(word) and len(words) < 8 else word for word in words)


def is_roman(word: str) -> bool:
    """Whether `word` can be a number in Roman figures."""
    return word.isascii() and bool(word) and bool(_ROMAN.fullmatch(word))


def roman_value(word: str) -> int:
    """The value of Roman figures."""
    values = [_ROMAN_VALUES[letter] for letter in word.lower()]
    return sum(-value if value < max(values[n + 1 :], default=0) else value for n, value in enumerate(values))


def _repeated(edges: Sequence[_Edge], count: int) -> set[int]:
    """Lines that stand on several pages in one place with one text, numbers aside."""
    pages: dict[tuple[str, int], set[int]] = defaultdict(set)
    named = [edge for edge in edges if any(map(str.isalpha, edge.shape))]
    for edge in named:
        pages[edge.shape, round(edge.line.base / _SAME_PLACE)].add(edge.page)
    needed = 2 if count <= 6 else 3
    found: set[int] = set()
    for edge in named:
        place = round(edge.line.base / _SAME_PLACE)
        near = [pages.get((edge.shape, place + off), set()) for off in (-1, 0, 1)]
        if sum(map(len, near)) >= needed and len(near[0] | near[1] | near[2]) >= needed:
            found.add(id(edge.line))
    return found


def _numbers_in(edge: _Edge) -> Iterator[tuple[int, bool]]:
    words = edge.line.text.split()
    if len(words) > 14:
        return
    for word in words:
        bare = word.strip("-–—|·•.,:()[]/")
        if _NUMBER.fullmatch(bare):
            yield int(bare), False
        elif is_roman(bare) and len(words) < 4:
            yield roman_value(bare), True


def _printed_numbers(edges: Sequence[_Edge], count: int) -> dict[int, str]:
    """The labels of pages by the numbers printed on them: those that grow with the pages."""
    support: dict[tuple[int, bool], set[int]] = defaultdict(set)
    for edge in edges:
        for value, roman in _numbers_in(edge):
            support[value - edge.page, roman].add(edge.page)
    labels: dict[int, str] = {}
    for (offset, roman), seen in sorted(support.items(), key=lambda entry: -len(entry[1])):
        if len(seen) < 2 or (len(seen) < 3 and count > 6 and max(seen) - min(seen) > 2):
            continue
        if len(seen) < 0.4 * (max(seen) - min(seen) + 1):
            continue
        for page in range(min(seen), max(seen) + 1):
            if page not in labels and page + offset > 0:
                labels[page] = _as_roman(page + offset) if roman else str(page + offset)
    return labels


def _as_roman(value: int) -> str:
    text = ""
    for amount, figures in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
        (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        text += figures * (value // amount)
        value %= amount
    return text


def _lone_numbers(edges: Sequence[_Edge], labels: dict[int, str], count: int) -> set[int]:
    """Lines that hold the number of their page and nothing else."""
    found: set[int] = set()
    for edge in edges:
        if not _ONLY_NUMBER.fullmatch(edge.shape):
            continue
        label = labels.get(edge.page)
        values = [str(value) for value, roman in _numbers_in(edge) if not roman]
        romans = [_as_roman(value) for value, roman in _numbers_in(edge) if roman]
        own = label in (*values, *romans) if label else values[:1] == [str(edge.page + 1)]
        if own or (count == 1 and values[:1] == ["1"]):
            found.add(id(edge.line))
    return found


def _watermarks(pages: Sequence[PageLines]) -> set[int]:
    """Lines in exactly one place on nearly every page, wherever that is."""
    if len(pages) < 4:
        return set()
    places: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            places[round(line.base), round(line.x0)].append(line)
    found: set[int] = set()
    for lines in places.values():
        texts = Counter(line.text for line in lines) if len(lines) >= 0.8 * len(pages) else Counter()
        same = {text for text, times in texts.items() if times >= 0.8 * len(pages)}
        found.update(id(line) for line in lines if same and line.text in same)
    return found


def _beside(edges: Sequence[_Edge], found: set[int], pages: Sequence[PageLines]) -> set[int]:
    """Lines on the base line of running heads of other pages, set apart from the text: titles of chapters, say."""
    heights: Counter[int] = Counter()
    for base in {(edge.page, round(edge.line.base)) for edge in edges if id(edge.line) in found}:
        heights[base[1]] += 1
    known = [base for base, times in heights.items() if times >= 2]
    if not known:
        return set()
    lines_of_page = {page.number: page for page in pages}
    return {
        id(edge.line)
        for edge in edges
        if id(edge.line) not in found
        and any(abs(edge.line.base - base) <= 2 for base in known)
        and len(edge.line.words) <= 16
        and _set_apart(edge.line, lines_of_page[edge.page], found)
    }


def _set_apart(line: Line, page: PageLines, found: set[int]) -> bool:
    others = [
        other
        for other in page.lines
        if other is not line and id(other) not in found and abs(other.base - line.base) > 3
    ]
    nearest = min((abs(other.base - line.base) for other in others), default=1000.0)
    inner = [o for o in others if (o.base > line.base) == (line.base < page.height / 2)]
    return nearest > 1.5 * line.size and len(inner) == len(others)
