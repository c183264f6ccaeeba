"""Lines of a plain text that stand together, as blocks by how they look: lists, tables, quotes, code, headings."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from annotator.domain.article import BlockKind
from annotator.importers.html.tables import laid_out
from annotator.importers.pieces import Piece, heading
from annotator.importers.text.lines import BULLET, RULE, Group, Joiner

_GAP = re.compile(r"(?<=[^\s.!?:]) {2,}(?=\S)")
_CODE_LINE = re.compile(
    r".*[;{}]\s*$|\s*(?:def |class |import |from \w+ import|#include|return\b|\$ |>>> |</?\w+[^<>]*>\s*$"
    r"|if .*:$|for .*:$|//)"
)
_QUOTE = re.compile(r"((?:>[ ]?)+)(.*)")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[^\W\d_])")
_CHAPTER = re.compile(
    r"(?:chapter|part|book|section|act|scene|canto|letter|volume|kapitel|teil|chapitre|cap[ií]tulo|partie)\s+"
    r"(?:\d{1,3}|[ivxlcdm]{1,8}|(?:the\s+)?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|first|second"
    r"|third|fourth|fifth|last))\b[.:]?(?:\s.{0,80})?",
    re.IGNORECASE,
)
# The same in scripts without capitals, where nothing but the number follows, or a title behind a sign or a wide space.
_CHAPTER_ELSEWHERE = re.compile(
    r"第[\d〇一二三四五六七八九十百]{1,6}[章部編编回節节](?:[\s:：].{1,60})?"
    r"|(?:الفصل|الباب|الجزء|פרק|חלק)\s+[^\s:–-]{1,12}(?:\s*[:–-]\s.{1,60})?"
)
_ROMAN = re.compile(r"[IVXLC]{1,8}\.?")


def special_pieces(
    group: Group, joiner: Joiner, tables: Iterator[int], *, in_list: bool = False
) -> list[Piece] | None:
    """The blocks of a group that is no paragraph, None if it is one. `in_list`: the groups around it are a list."""
    lines = group.lines
    if all(line.startswith(">") for line in lines):
        return list(_quotes(lines))
    if len(lines) > 1 and all("\t" in line.strip() for line in lines):
        return laid_out(list(_table(lines, next(tables))))
    if _is_code(lines) or _has_columns(lines):
        return [Piece(kind=BlockKind.CODE, text="\n".join(_dedented(lines)))]
    if _is_underlined(lines):
        rest = Group(lines[2:])
        title = heading(lines[0].strip(), 1 if lines[1].strip()[0] == "=" else 2)
        behind = (special_pieces(rest, joiner, tables) or _paragraphs(rest, joiner)) if lines[2:] else []
        return [title, *behind]
    if list_begins(lines) or (in_list and BULLET.match(lines[0])):
        return list(_list(lines, joiner))
    return None


def _paragraphs(group: Group, joiner: Joiner) -> list[Piece]:
    return [Piece(kind=BlockKind.PARAGRAPH, text=text) for text in joiner.paragraphs(group.lines)]


def _quotes(lines: Sequence[str]) -> Iterator[Piece]:
    matches = [match for line in lines if (match := _QUOTE.fullmatch(line))]
    for depth, group in itertools.groupby(matches, key=lambda match: min(match.group(1).count(">"), 24)):
        words = [match.group(2).rstrip() for match in group]
        for has_words, part in itertools.groupby(words, key=bool):
            if has_words:
                yield Piece(kind=BlockKind.QUOTE, text="\n".join(part), level=depth)


def _table(lines: Sequence[str], number: int) -> Iterator[Piece]:
    for row, line in enumerate(lines):
        for column, cell in enumerate(line.strip().split("\t")):
            yield Piece(kind=BlockKind.CELL, text=cell.strip(), table=number, row=row, column=column)


def _is_code(lines: Sequence[str]) -> bool:
    return len(lines) > 1 and sum(_CODE_LINE.match(line) is not None for line in lines) * 10 >= len(lines) * 6


def _has_columns(lines: Sequence[str]) -> bool:
    """Whether there are gaps at the same places of nearly all lines."""
    if len(lines) < 2:
        return False
    places = Counter(match.end() for line in lines for match in _GAP.finditer(line.strip("\n")))
    return any(count >= 2 and count * 10 >= len(lines) * 8 for count in places.values())


def _dedented(lines: Sequence[str]) -> list[str]:
    expanded = [line.expandtabs(4) for line in lines]
    least = min(len(line) - len(line.lstrip()) for line in expanded)
    return [line[least:] for line in expanded]


def _is_underlined(lines: Sequence[str]) -> bool:
    if len(lines) < 2 or not re.fullmatch(r"\s*(?:=+|-+|~+|\*+)", lines[1]):
        return False
    width, under = len(lines[0].strip()), len(lines[1].strip())
    return under >= 3 and under >= width * 0.6 and width <= 100 and any(map(str.isalpha, lines[0]))


def list_begins(lines: Sequence[str]) -> bool:
    """Whether the lines are a list: the first has a marker, and another one too, or those below hang under it."""
    if not (first := BULLET.match(lines[0])) or RULE.fullmatch(lines[0]):
        return False
    hangs = len(lines) > 1 and all(line[0].isspace() for line in lines[1:])
    return hangs or _is_bullet(first) or sum(map(_has_marker, lines)) > 1


def _is_bullet(match: re.Match[str]) -> bool:
    return match.group(2) in "-*•·‣+"


def _has_marker(line: str) -> bool:
    return BULLET.match(line) is not None and not RULE.fullmatch(line)


def _list(lines: Sequence[str], joiner: Joiner) -> Iterator[Piece]:
    columns: list[int] = []
    item: list[str] = []
    label = ""
    for line in lines:
        match = None if RULE.fullmatch(line) else BULLET.match(line.expandtabs(4))
        if match is None:
            item.append(line.strip())
            continue
        if item:
            yield from _item(item, label, len(columns), joiner)
        indent = len(match.group(1))
        while columns and columns[-1] >= indent:
            columns.pop()
        columns.append(indent)
        label = "•" if _is_bullet(match) else match.group(2)
        label = label if label == "•" else f"{label.strip('().')}."
        item = [line.expandtabs(4)[match.end() :].strip()]
    yield from _item(item, label, len(columns), joiner)


def _item(lines: Sequence[str], label: str, level: int, joiner: Joiner) -> Iterator[Piece]:
    yield Piece(kind=BlockKind.LIST_ITEM, text=joiner.joined(lines), label=label, level=min(level, 24))


def heading_level(line: str) -> int:
    """The level of a line that says it is a heading: "CHAPTER IV", "2.1 Methods", "THE END OF IT"; else 0."""
    line = line.strip()
    if not line or len(line) > 100 or line[-1] in ",;":
        return 0
    if line[0].isupper() and _CHAPTER.fullmatch(line) and len(line.split()) <= 12:
        return 2
    if _ROMAN.fullmatch(line) or _CHAPTER_ELSEWHERE.fullmatch(line):
        return 2
    if (match := _NUMBERED.match(line)) and len(line) <= 80 and line[-1] not in ".!?:":
        return min(2 + match.group(1).count("."), 6)
    if len(line) > 70 or line[-1] in ".!?:" or not line.isupper():
        return 0
    letters = [sign for sign in line if sign.isalpha()]
    return 2 if len(letters) > 2 and all(map(str.isupper, letters)) else 0
