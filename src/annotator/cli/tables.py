"""Answers for people: plain text in columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

SHORT = 8  # characters of an id in a list: enough to name a thing in any library of bearable size


def table(head: Sequence[str], rows: Sequence[Sequence[object]], *, nothing: str = "") -> str:
    """Rows under a head, columns two spaces apart; `nothing` when there are no rows."""
    if not rows:
        return nothing
    cells = [[" ".join(str(cell).split()) for cell in row] for row in (head, *rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    return "\n".join(_line(row, widths) for row in cells)


def pairs(rows: Sequence[tuple[str, object]]) -> str:
    """Names with their values, one a line; those without a value are left out."""
    kept = [(name, " ".join(str(value).split())) for name, value in rows if value not in ("", None)]
    widths = [max((_width(name) for name, _ in kept), default=0), 0]
    return "\n".join(_line(row, widths) for row in kept)


def short(id: str | None) -> str:
    """The beginning of an id, for a list."""
    return (id or "")[:SHORT]


def percent(confidence: int | None) -> str:
    """A confidence for a list: "80 %", or "–" when none was given."""
    return "–" if confidence is None else f"{confidence} %"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Columns of a terminal that `text` takes: East Asian wide characters two, combining ones none."""
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
        if not unicodedata.combining(character)
    )
