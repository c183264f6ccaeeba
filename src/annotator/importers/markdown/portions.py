"""A long Markdown text in portions that mean the same apart: Python-Markdown takes quadratic time for the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.importers.markdown.lists import FENCE, ITEM, closes

_ENOUGH = 4000  # characters
_TOO_LONG = 100_000
_HEADING = re.compile(r"#{1,6} ")
_LINE = re.compile(r"(?:={3,}|-{3,}|\*{3,}|_{3,})[ ]*")  # a rule, or under a heading
_TAG = re.compile(
    r"<(/?)(?:table|pre|div|ul|ol|dl|blockquote|figure|form|section|article|details|center|script|style|p)\b|<!--|-->",
    re.IGNORECASE,
)


def portions(text: str) -> Iterator[str]:
    """`text`, cut where a paragraph, heading or code begins that belongs to nothing above: behind blank lines, at
    headings, and behind those and rules."""
    portion: list[str] = []
    size = depth = 0
    fence = before = ""
    for line in text.split("\n"):
        if size > _ENOUGH and not fence and (depth <= 0 or size > _TOO_LONG) and _may_begin(line, before):
            yield "\n".join(portion)
            portion, size, depth = [], 0, 0
        if fence:
            fence = "" if closes(line, fence) else fence
        elif match := FENCE.match(line):
            fence = match.group(1)
        elif "<" in line or "-->" in line:
            depth += sum(-1 if tag.group().startswith(("</", "--")) else 1 for tag in _TAG.finditer(line))
        portion.append(line)
        size += len(line) + 1
        before = line
    yield "\n".join(portion)


def _may_begin(line: str, before: str) -> bool:
    if _HEADING.match(line):
        return True
    if before.strip() and not _LINE.fullmatch(before):
        return False
    return bool(line) and not line.startswith((" ", "\t", ">", ":", "<")) and not ITEM.match(line)
