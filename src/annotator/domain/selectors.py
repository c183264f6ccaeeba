"""How a passage is described and stored."""

from __future__ import annotations

from typing import NamedTuple


class TextSpan(NamedTuple):
    """A passage `[start, end)` in code points of a canonical text."""

    start: int
    end: int


class TextPositionSelector(NamedTuple):
    """W3C Web Annotation: a passage by its place."""

    start: int
    end: int


class TextQuoteSelector(NamedTuple):
    """W3C Web Annotation: a passage by its words and the words around it."""

    exact: str
    prefix: str = ""
    suffix: str = ""


class Segment(NamedTuple):
    """One passage of an annotation: its place and its words. `text[start:end] == exact` while it is attached."""

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""

    @property
    def position(self) -> TextPositionSelector:
        """The place."""
        return TextPositionSelector(self.start, self.end)

    @property
    def quote(self) -> TextQuoteSelector:
        """The words."""
        return TextQuoteSelector(self.exact, self.prefix, self.suffix)
