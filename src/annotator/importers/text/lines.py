"""Lines of a plain text: which stand together, which were wrapped, and how wrapped ones are joined again."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

WRAP = (55, 90)  # widths of a line that was wrapped by hand or by a program
RULE = re.compile(r"\s*(?:[*=_~#•·–—-]\s*){3,}$")
BULLET = re.compile(r"(\s*)([-*•·‣+]|\(?\d{1,3}[.)]|\(?[a-z]\))(\s+)(?=\S)")
PAGE_BREAK = "@@annotator:page-break@@"  # stands for a form feed, which is no character of a clean text
_WIDE = re.compile(r"[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60]")  # signs written without spaces
_FULL_LINE, _RAGGED = (
    25,
    3,
)  # characters of a wrapped line of them; signs that may not begin a line make it differ
_HYPHEN = re.compile(r"([^\W\d_]+)-$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Group:
    """Lines without a blank one between them, and the page they begin on, "" where there are no pages."""

    lines: list[str]
    page: str = ""


def groups_of(text: str) -> list[Group]:
    """Lines that stand together. In a text without blank lines every line is a group of its own."""
    found = list(_groups(text))
    if len(found) == 1 and not is_wrapped(found) and not any(map(_stands_under, found[0].lines)):
        return [Group([line], found[0].page) for line in found[0].lines]
    return found


def _stands_under(line: str) -> bool:
    return line.startswith(" ") or _is_no_prose(line)


def _is_no_prose(line: str) -> bool:
    return line.startswith(">") or "\t" in line or bool(BULLET.match(line) or RULE.fullmatch(line))


def _groups(text: str) -> Iterator[Group]:
    page = 1 if PAGE_BREAK in text else 0
    begun, lines = page, list[str]()
    may_go_on = False
    for line in text.split("\n"):
        if line == PAGE_BREAK:
            page += 1
            may_go_on = bool(lines) and lines[-1][-1:] not in ".!?:”’\"')"
            if not may_go_on and lines:
                yield Group(lines, str(begun))
                lines = []
        elif not line.strip():
            if lines and not may_go_on:
                yield Group(lines, str(begun) if begun else "")
                lines = []
        else:
            if may_go_on and not line.lstrip()[0].islower() and lines:
                yield Group(lines, str(begun))
                lines = []
            may_go_on = False
            begun = begun if lines else page
            lines.append(line.rstrip())
    if lines:
        yield Group(lines, str(begun) if begun else "")


def is_wrapped(groups: Iterable[Group]) -> bool:
    """Whether most lines that could be wrapped are: those with another behind them in their paragraph."""
    widths = [len(line) for group in groups for line in group.lines[:-1] if not _is_no_prose(line)]
    fitting = sum(WRAP[0] <= width <= WRAP[1] for width in widths)
    return bool(widths) and fitting * 2 > len(widths)


def _goes_over(lines: Sequence[str]) -> bool:
    """Whether lines were wrapped, as their sentences go on over the ends of lines that are about as long."""
    fitting = sum(WRAP[0] <= len(line) <= WRAP[1] for line in lines[:-1])
    over = sum(
        line[-1:] not in ".!?:" and behind.lstrip()[:1].islower()
        for line, behind in itertools.pairwise(lines)
    )
    return len(lines) > 1 and fitting * 10 >= (len(lines) - 1) * 8 and over * 2 >= len(lines) - 1


class Joiner:
    """Joins lines that were wrapped, and words that were divided at their ends, as the rest of the text has them."""

    def __init__(self, text: str, *, wrapped: bool) -> None:
        self.wrapped = wrapped
        divided = "-\n" in text
        self._words = {word.lower() for word in _WORD.findall(text)} if divided else set()

    def paragraphs(self, lines: Sequence[str]) -> list[str]:
        """The paragraphs of lines that stand together. A line goes on with the next if a word didn't fit."""
        if len(lines) > 1 and _WIDE.match(lines[0].strip()[0]):
            return [text for part in _indented_parts(lines) for text in _filled(part)]
        if len(lines) == 1 or (not self.wrapped and not _goes_over(lines)):
            return [line.strip() for line in lines]
        paragraphs = [[lines[0].strip()]]
        hangs = len(lines) > 2 and all(line[0].isspace() for line in lines[1:]) and not lines[0][0].isspace()
        for before, line in itertools.pairwise(lines):
            full = len(before) + 1 + len(line.split()[0]) > WRAP[0] or _is_divided(before, line)
            indented = line[0].isspace() and not before[0].isspace() and not hangs
            if full and not indented and not RULE.fullmatch(line):
                paragraphs[-1].append(line.strip())
            else:
                paragraphs.append([line.strip()])
        return [self.joined(parts) for parts in paragraphs]

    def joined(self, lines: Sequence[str]) -> str:
        """One line of many."""
        parts = [lines[0]]
        for line in lines[1:]:
            divided = _HYPHEN.search(parts[-1][-60:]) if parts[-1].endswith("-") else None
            goes_on = _FIRST_WORD.match(line)
            if not (divided and goes_on and goes_on.group()[0].islower() and self._words):
                parts += (" ", line)
                continue
            if not self._keeps_hyphen(divided.group(1).lower(), goes_on.group().lower()):
                parts[-1] = parts[-1][:-1]
            parts.append(line)
        return "".join(parts)

    def _keeps_hyphen(self, first: str, second: str) -> bool:
        if f"{first}{second}" in self._words:
            return False
        return f"{first}-{second}" in self._words or (first in self._words and second in self._words)


def _indented_parts(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines of Chinese or Japanese, cut before those that a wide space moves in: there a paragraph begins."""
    part: list[str] = []
    for line in lines:
        if part and line[0] == "\u3000":
            yield part
            part = []
        part.append(line.strip())
    yield part


def _filled(lines: Sequence[str]) -> list[str]:
    """One line, without spaces between, if all lines but the last are full, as those that were wrapped are."""
    widths = [len(line) for line in lines[:-1]]
    full = min(widths, default=0) >= _FULL_LINE and max(widths) - min(widths) <= _RAGGED
    wide = all(_WIDE.match(line[-1]) for line in lines[:-1])
    return ["".join(lines)] if full and wide and len(lines[-1]) <= max(widths) + _RAGGED else list(lines)


def _is_divided(before: str, line: str) -> bool:
    return before.endswith("-") and _HYPHEN.search(before[-60:]) is not None and line[0].islower()
