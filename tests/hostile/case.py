"""A hostile file: what it is called, and how its bytes are made for a size; `size` 1 is the suite's, 8 that of drills."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Case(NamedTuple):
    """`make` gets the size and gives the same bytes each time."""

    name: str  # with the extension that says the format
    make: Callable[[int], bytes]


def text(name: str, make: Callable[[int], str]) -> Case:
    """A case whose file is text in UTF-8."""
    return Case(name, lambda size: make(size).encode("utf-8", "surrogatepass"))
