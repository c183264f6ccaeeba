"""How long a text takes to read."""

from __future__ import annotations

import re
from itertools import accumulate

# Words a minute of silent reading of English non-fiction (Brysbaert 2019, doi.org/10.1016/j.jml.2019.104047), of about
# six letters each, the space included.
_LETTERS_A_MINUTE = 238 * 6
# Chinese and Japanese put a word into one or two characters: 255 and 357 a minute (Trauzettel-Klosinski & Dietz 2012,
# doi.org/10.1167/iovs.11-8284). Thai has letters, but no spaces between its words of about four and a half.
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_DENSE_WEIGHT = _LETTERS_A_MINUTE / 300
_THAI = re.compile("[\u0e01-\u0e4e]+")
_THAI_WEIGHT = _LETTERS_A_MINUTE / (238 * 4.5)
_PIECE = 4_096


class ReadingTime:
    """The reading time of one text, from any place in it; counted once."""

    def __init__(self, text: str) -> None:
        self._text = text
        # Three bytes for a letter are rare in texts of alphabets: they aren't searched for any.
        self._even = len(text.encode("utf-8", "surrogatepass")) - len(text) < len(text) * 0.02
        pieces = () if self._even else range(0, len(text), _PIECE)
        self._before = [0.0, *accumulate(_letters(text[at : at + _PIECE]) for at in pieces)]

    def minutes(self, start: int = 0) -> int:
        """Whole minutes from `start` to the end, at least one."""
        if self._even:
            left = float(len(self._text) - start)
        else:
            piece = start // _PIECE
            left = self._before[-1] - self._before[piece] - _letters(self._text[piece * _PIECE : start])
        return max(1, round(left / _LETTERS_A_MINUTE))


def _letters(text: str) -> float:
    """How many letters of an alphabet a text is as long as."""
    if text.isascii():
        return float(len(text))
    dense, thai = (sum(map(len, pattern.findall(text))) for pattern in (_DENSE, _THAI))
    return len(text) + dense * (_DENSE_WEIGHT - 1) + thai * (_THAI_WEIGHT - 1)
