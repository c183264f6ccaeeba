"""A long Markdown text in portions that mean the same apart: Python-Markdown takes quadratic time for the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.importers.markdown.lists import FENCE, ITEM, closes

_ENOUGH = 4000  # characters
_TOO_LONG = 100_000
_TAG = re.compile(
    r"<(/?)(?:table|pre|div|ul|ol|dl|blockquote|figure|form|section|article|details|center|script|style|p)\b|<!--|-->",
    re.IGNORECASE,
)


def portions(text: str) -> Iterator[str]:
    """`text`, cut at blank lines where a paragraph, heading or code begins that belongs to nothing above."""
    portion: list[str] = []
    size = depth = 0
    fence = before = ""
    for line in text.split("\n"):
        may_begin = not before.strip() and not fence and not line.startswith((" ", "\t", ">", ":", "<"))
        if (
            size > _ENOUGH
            and may_begin
            and line
            and (depth <= 0 or size > _TOO_LONG)
            and not ITEM.match(line)
        ):
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
