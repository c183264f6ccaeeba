"""Attributes in braces, `{#id .class key=value}`: how to tell them from words in braces."""

from __future__ import annotations

import re

_ONE = r"(?:[#.][\w:-]+|[\w:-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s}\"']+)|-)"
ATTRIBUTES = rf"\{{:?[ ]*{_ONE}(?:[ ]+{_ONE})*[ ]*\}}"
_AT_END = re.compile(rf"[ \t]*{ATTRIBUTES}[ \t]*(#*)[ \t]*$")
_ALONE = re.compile(rf"\s*{ATTRIBUTES}\s*")


def without_attributes(line: str) -> str:
    """A line of Markdown without the attributes at its end."""
    if not line.rstrip("# \t").endswith("}"):
        return line
    brace = line.rfind("{")
    match = _AT_END.match(line[brace:]) if brace >= 0 else None
    return f"{line[:brace].rstrip()} {match.group(1)}".rstrip() if match else line


def is_attributes(line: str) -> bool:
    """Whether there is nothing but attributes in `line`."""
    return line.rstrip().endswith("}") and _ALONE.fullmatch(line) is not None
