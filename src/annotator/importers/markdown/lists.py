"""Lists as most Markdown files indent them (CommonMark), in the indentation that Python-Markdown needs."""

from __future__ import annotations

import re

ITEM = re.compile(r"( *)([-*+]|\d{1,9}[.)])( +)(?=\S)")
FENCE = re.compile(r"\s*(`{3,}(?=[^`]*$)|~{3,})")
_RULE = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_STEP = 4


def relevelled(text: str) -> str:
    """`text` with every level of list indented by four spaces and a blank line before a list.

    In CommonMark an item is nested as soon as it begins under the text of the one above, which may be after two
    spaces. Fenced code and everything outside of lists stays as it is.
    """
    lists = _Lists()
    return "\n".join(line for source in text.split("\n") for line in lists.lines_for(source))


def closes(line: str, run: str) -> bool:
    """Whether a line ends the code that a fence of `run` began."""
    line = line.strip()
    return line.startswith(run) and not line.strip(run[0])


class _Lists:
    def __init__(self) -> None:
        self._columns: list[int] = []  # where the text of each open item begins in the source
        self._is_numbered: list[bool] = []  # by level, of the last list there
        self._fence = ""
        self._before = ""
        self._is_loose = False  # whether a paragraph of its own stood in the item before

    def lines_for(self, source: str) -> list[str]:
        """What to write for a line of the source."""
        line = source.expandtabs(_STEP) if self._columns or ITEM.match(source) else source
        lines = self._fenced(line) if self._fence else self._lines_outside(line)
        self._before = source
        return lines

    def _lines_outside(self, line: str) -> list[str]:
        match = None if _RULE.fullmatch(line) else ITEM.match(line)
        if match is not None and self._is_item(match):
            return self._item(line, match)
        fence = FENCE.match(line)
        if not self._before.strip() or fence:
            indent = len(line) - len(line.lstrip(" "))
            while line.strip() and self._columns and indent < self._columns[-1]:
                self._columns.pop()
            self._is_loose = bool(self._columns)
        if fence:
            self._fence = fence.group(1)
        return [self._moved(line)]

    def _is_item(self, match: re.Match[str]) -> bool:
        """Whether it is an item, and not indented code or the middle of a paragraph."""
        indent = len(match.group(1))
        open_columns = [column for column in self._columns if column <= indent]
        if indent - (open_columns[-1] if open_columns else 0) >= _STEP and not self._columns:
            return False
        interrupts = self._columns or not self._before.strip()
        return bool(interrupts) or match.group(2) in ("-", "*", "+", "1.", "1)")

    def _item(self, line: str, match: re.Match[str]) -> list[str]:
        indent, marker, gap = len(match.group(1)), match.group(2), len(match.group(3))
        apart = bool(self._before.strip()) and (not self._columns or self._is_loose)
        self._is_loose = False
        while self._columns and indent < self._columns[-1]:
            self._columns.pop()
        level = len(self._columns)
        apart = apart or self._is_numbered[level : level + 1] == [not marker[0].isdigit()]  # another list
        self._is_numbered[level:] = [marker[0].isdigit()]
        self._columns.append(indent + len(marker) + (gap if gap <= _STEP else 1))
        written = f"{' ' * (_STEP * level)}{marker.replace(')', '.')} {line[match.end() :]}"
        return ["", written] if apart else [written]

    def _fenced(self, line: str) -> list[str]:
        """A line of fenced code. Behind the last one in a list stands a blank line, or the next item is missed."""
        ends = closes(line, self._fence)
        if ends:
            self._fence = ""
        return [self._moved(line), ""] if ends and self._columns else [self._moved(line)]

    def _moved(self, line: str) -> str:
        """A line that goes on with the innermost item."""
        if not self._columns or not line.strip():
            return line
        column = self._columns[-1]
        indent = len(line) - len(line.lstrip(" "))
        return f"{' ' * (_STEP * len(self._columns))}{line[min(column, indent) :]}"
