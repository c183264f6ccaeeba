"""The facts at the top of a Markdown file: the part of YAML that articles use, and no more, or TOML between `+++`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
_KEY = re.compile(r"([A-Za-z_][\w .-]{0,60}?|\"[^\"]{1,60}\"|'[^']{1,60}')\s*:(?:\s+(.*)|\s*)$")
_ITEM = re.compile(r"-(?:\s+(.*)|\s*)$")
_BLOCK = re.compile(r"([|>])[-+\d]{0,2}(?:\s+#.*)?")
_COMMENT = re.compile(r"\s+#.*$")
_MAX_LINES = 500
_MAX_DEPTH = 12


class FrontMatter(NamedTuple):
    """The values by their keys as written, and the rest of the file."""

    values: Mapping[str, Value]
    body: str


def split_front_matter(text: str) -> FrontMatter:
    """Take the front matter off a text with LF line ends.

    Anything that isn't front matter from its first to its last line is part of the body: no text is ever lost.
    """
    lines = text.split("\n", _MAX_LINES + 1)
    fence = lines[0].rstrip()
    if fence not in ("---", "+++"):
        return FrontMatter({}, text)
    ends = ("---", "...") if fence == "---" else ("+++",)
    end = next((n for n, line in enumerate(lines[1 : _MAX_LINES + 1], 1) if line.rstrip() in ends), 0)
    values = None
    if end:
        values = _toml(lines[1:end]) if fence == "+++" else _yaml(lines[1:end])
    if not values:
        return FrontMatter({}, text)
    return FrontMatter(values, "\n".join(lines[end + 1 :]))


def _toml(lines: list[str]) -> dict[str, Value] | None:
    try:
        read = tomllib.loads("\n".join(lines))
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    return {key: _plain(value) for key, value in read.items()}


def _plain(value: object) -> Value:
    if isinstance(value, dict):
        return {str(key): _plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_plain(member) for member in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _yaml(lines: list[str]) -> dict[str, Value] | None:
    reader = _Reader([line.expandtabs(4).rstrip() for line in lines])
    try:
        values = reader.mapping(0, 0)
    except _NoFrontMatter:
        return None
    return values if reader.at_end else None


class _NoFrontMatter(Exception):
    """These lines are something else."""


class _Reader:
    """Reads line by line; `_at` is the next one."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = 0

    @property
    def at_end(self) -> bool:
        return self._line() is None

    def _line(self) -> str | None:
        """The next line with something on it; comments are nothing."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.strip() and not line.lstrip().startswith("#"):
                return line
            self._at += 1
        return None

    def mapping(self, column: int, depth: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        while (line := self._line()) is not None and _column(line) == column:
            match = _KEY.fullmatch(line.strip())
            if match is None or _ITEM.match(line.strip()):
                raise _NoFrontMatter
            key = _scalar(match.group(1))
            if key in values:
                raise _NoFrontMatter
            self._at += 1
            values[key] = self._value((match.group(2) or "").strip(), column, depth)
        if line is not None and _column(line) > column:
            raise _NoFrontMatter
        return values

    def _list(self, column: int, depth: int) -> list[Value]:
        values: list[Value] = []
        while (line := self._line()) is not None and _column(line) == column:
            match = _ITEM.fullmatch(line.strip())
            if match is None:
                break
            rest = (match.group(1) or "").strip()
            if _KEY.fullmatch(rest) and rest[0] not in "\"'[{" and depth < _MAX_DEPTH:
                inner = column + len(line.strip()) - len(line.strip()[1:].lstrip())
                self._lines[self._at] = f"{' ' * inner}{rest}"
                values.append(self.mapping(inner, depth + 1))
                continue
            self._at += 1
            values.append(self._value(rest, column, depth + 1))
        return values

    def _value(self, written: str, column: int, depth: int) -> Value:
        """What stands behind a key or hyphen at `column`, and in deeper lines below it."""
        if match := _BLOCK.fullmatch(written):
            lines = self._deeper(column)
            return "\n".join(lines).strip() if match.group(1) == "|" else _folded(lines)
        line = self._line()
        if not _COMMENT.sub("", written) and line is not None and depth < _MAX_DEPTH:
            here, words = _column(line), line.strip()
            if _ITEM.fullmatch(words) and here >= column:
                return self._list(here, depth + 1)
            if here > column and _KEY.fullmatch(words):
                return self.mapping(here, depth + 1)
        return _parsed(" ".join((written, *map(str.strip, self._deeper(column)))).strip())

    def _deeper(self, column: int) -> list[str]:
        """The lines that are indented more than `column`, without what they are all indented by."""
        lines: list[str] = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line and _column(line) <= column:
                break
            lines.append(line)
            self._at += 1
        least = min((_column(line) for line in lines if line), default=0)
        return [line[least:] for line in lines]


def _folded(lines: list[str]) -> str:
    """Lines as `>` joins them: a blank one is a line end."""
    parts = [" ".join(part.split()) for part in "\n".join(lines).strip().split("\n\n")]
    return "\n".join(parts)


def _parsed(written: str) -> Value:
    bare = written if written[:1] in "\"'" and written else _COMMENT.sub("", written)
    if bare.startswith("[") and bare.endswith("]") and not bare.startswith("[["):
        return [item for item in map(_parsed, _split(bare[1:-1])) if item]
    if bare.startswith("{") and bare.endswith("}"):
        members = (_KEY.fullmatch(part.strip()) for part in _split(bare[1:-1]))
        found = [match for match in members if match]
        return {_scalar(match.group(1)): _parsed((match.group(2) or "").strip()) for match in found} or bare
    return _scalar(bare)


def _split(written: str) -> list[str]:
    """The parts between the commas that stand in no quotes and no brackets."""
    parts, depth, quote, start = [], 0, "", 0
    for place, sign in enumerate(written):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and not written[start:place].strip():
            quote = sign
        elif sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
        elif sign == "," and depth == 0:
            parts.append(written[start:place].strip())
            start = place + 1
    return [*parts, written[start:].strip()]


def _scalar(written: str) -> str:
    written = written.strip()
    if written[:1] in ('"', "'") and written:
        quote = written[0]
        end = re.compile(r"\"(?:[^\"\\]|\\.)*\"" if quote == '"' else r"'(?:[^']|'')*'").match(written)
        if end and (end.end() == len(written) or _COMMENT.match(written[end.end() :])):
            inner = end.group()[1:-1]
            return re.sub(r"\\(.)", _unescaped, inner) if quote == '"' else inner.replace("''", "'")
    return written


def _unescaped(match: re.Match[str]) -> str:
    return {"n": "\n", "t": "\t"}.get(match.group(1), match.group(1))


def _column(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
