"""Places in the canonical text (code points) and in a Qt document (UTF-16 units)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class OffsetMap:
    """Converts offsets of one canonical text to positions of the Qt document that shows it, and back.

    Qt counts a character above U+FFFF as two, and keeps positions of its own around tables. `own` lists the latter as
    pairs (offset, count): in front of the character at `offset` stand `count` positions that belong to no character,
    sorted by offset. Every separator between two blocks is one position on both sides.

    A text without either costs nothing to convert; otherwise a conversion takes two bisections.
    """

    __slots__ = ("_astral", "_astral_qt", "_length", "_own_at", "_own_qt", "_own_sum")

    def __init__(self, text: str, own: Sequence[tuple[int, int]] = ()) -> None:
        self._length = len(text)
        self._astral = _astral_offsets(text)
        self._own_at = [offset for offset, _ in own]
        self._own_sum = [0, *accumulate(count for _, count in own)]
        # Where each group of own positions ends in Qt, and where each character above U+FFFF begins.
        self._own_qt = [
            at + bisect_left(self._astral, at) + total
            for at, total in zip(self._own_at, self._own_sum[1:], strict=True)
        ]
        self._astral_qt = [
            at + index + self._own_sum[bisect_right(self._own_at, at)]
            for index, at in enumerate(self._astral)
        ]

    @property
    def is_plain(self) -> bool:
        """Whether offsets and positions are the same numbers."""
        return not self._astral and not self._own_at

    def to_qt(self, offset: int) -> int:
        """The Qt position of the character at `offset`, which may be the end of the text."""
        if not self._astral and not self._own_at:
            return offset
        owned = self._own_sum[bisect_right(self._own_at, offset)]
        return offset + bisect_left(self._astral, offset) + owned

    def to_text(self, position: int) -> int:
        """The offset at a Qt position; inside a character or in a place that Qt owns, the one just before it."""
        if not self._astral and not self._own_at:
            return min(position, self._length)
        groups = bisect_right(self._own_qt, position)
        if groups < len(self._own_at):
            # Not past the next group yet, but perhaps inside it: then the character before the group is nearest.
            first = self._own_qt[groups] - (self._own_sum[groups + 1] - self._own_sum[groups])
            if position >= first:
                return max(0, self._own_at[groups] - 1)
        wide = bisect_left(self._astral_qt, position)
        if wide and self._astral_qt[wide - 1] == position - 1:
            return self._astral[wide - 1]
        return min(position - wide - self._own_sum[groups], self._length)


def _astral_offsets(text: str) -> list[int]:
    """The offsets of the characters above U+FFFF."""
    # Most texts have none. Encoding tells so several times faster than a search does.
    if text.isascii() or len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text):
        return []
    return [match.start() for match in _ASTRAL.finditer(text)]
