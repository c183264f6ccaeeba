"""Names of XML elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def local(element: _Element) -> str:
    """The name of an element without its namespace; "" for comments and instructions."""
    tag: object = element.tag  # the stubs know only those of elements
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
