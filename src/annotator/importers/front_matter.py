"""The block of `key: value` lines at the top of a Markdown file: the part of YAML that articles use, and no more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

Value = str | list[str]
_KEY = re.compile(r"([A-Za-z_][\w .-]{0,60}?)\s*:(?:\s+(.*)|\s*)$")
_ITEM = re.compile(r"\s*-\s+(.*)$")
_MAX_LINES = 500


class FrontMatter(NamedTuple):
    """The values by their keys as written, and the rest of the file."""

    values: Mapping[str, Value]
    body: str


def split_front_matter(text: str) -> FrontMatter:
    """Take the front matter off a text with LF line ends.

    Anything that isn't front matter from its first to its last line is part of the body: no text is ever lost.
    """
    lines = text.split("\n", _MAX_LINES + 1)
    if lines[0].rstrip() != "---":
        return FrontMatter({}, text)
    end = next(
        (n for n, line in enumerate(lines[1 : _MAX_LINES + 1], 1) if line.rstrip() in ("---", "...")), 0
    )
    values = _values(lines[1:end]) if end else None
    if values is None:
        return FrontMatter({}, text)
    return FrontMatter(values, "\n".join(lines[end + 1 :]))


def _values(lines: list[str]) -> dict[str, Value] | None:
    values: dict[str, Value] = {}
    key = ""
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _KEY.fullmatch(line)
        item = _ITEM.match(line)
        if match and not item:
            key = match.group(1).strip()
            if key in values:
                return None
            values[key] = _value(match.group(2) or "")
        elif not key:
            return None
        elif item:
            values[key] = [*_listed(values[key]), _scalar(item.group(1))]
        elif line[0].isspace():
            values[key] = _continued(values[key], line.strip())
        else:
            return None
    return values or None


def _value(written: str) -> Value:
    written = written.strip()
    if written in ("|", ">", "|-", ">-"):
        return ""
    if written.startswith("[") and written.endswith("]"):
        parts = re.findall(r"\s*(\"[^\"]*\"|'[^']*'|[^,]+)", written[1:-1])
        return [item for item in map(_scalar, parts) if item]
    return _scalar(written)


def _scalar(written: str) -> str:
    written = written.strip()
    if len(written) >= 2 and written[0] == written[-1] == '"':
        return written[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    if len(written) >= 2 and written[0] == written[-1] == "'":
        return written[1:-1].replace("''", "'")
    return written


def _listed(value: Value) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def _continued(value: Value, more: str) -> Value:
    if isinstance(value, list):
        return [*value[:-1], f"{value[-1]} {more}".strip()] if value else [more]
    return f"{value} {more}".strip()
