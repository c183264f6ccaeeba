"""The signs of an RTF file: groups, control words, bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

OPEN, CLOSE, WORD, TEXT, SYMBOL = range(5)
_TOKEN = re.compile(
    rb"(?P<text>[^\\{}\r\n\x00]+)|\\(?P<word>[a-zA-Z]{1,40})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|(?P<open>\{)|(?P<close>\})|\\(?P<symbol>[^a-zA-Z'])|[\r\n\x00]+|\\",
    re.DOTALL,
)
_EDGE = re.compile(rb"[{}]|\\(?:bin(\d{1,10}) ?|.)", re.DOTALL)


class Token(NamedTuple):
    """`name` is a control word or symbol, `number` its parameter (None without one), `text` bytes of text."""

    kind: int
    name: str = ""
    number: int | None = None
    text: bytes = b""
    is_hex: bool = False


_OPEN, _CLOSE = Token(OPEN), Token(CLOSE)


class Tokens:
    """Reads the signs of a file one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def __iter__(self) -> Iterator[Token]:
        while match := _TOKEN.match(self._data, self._at):
            self._at = match.end()
            kind = match.lastgroup
            if kind == "text":
                yield Token(TEXT, text=match.group())
            elif kind in ("word", "number"):
                yield self._word(match)
            elif kind == "hex":
                yield Token(TEXT, text=bytes([int(match["hex"], 16)]), is_hex=True)
            elif kind == "open":
                yield _OPEN
            elif kind == "close":
                yield _CLOSE
            elif kind == "symbol":
                yield Token(SYMBOL, match["symbol"].decode("latin-1"))

    def _word(self, match: re.Match[bytes]) -> Token:
        number = int(match["number"]) if match["number"] else None
        name = match["word"].decode("ascii")
        if name == "bin" and number and number > 0:
            self._at = min(self._at + number, len(self._data))  # bytes that mean nothing here
        return Token(WORD, name, number)

    def skip_group(self) -> bytes:
        """Go to the end of the group that is open, before its brace, and give what was in it."""
        start, depth = self._at, 1
        while match := _EDGE.search(self._data, self._at):
            self._at = match.end()
            if match.group(1):
                self._at = min(self._at + int(match.group(1)), len(self._data))
            elif match.group() == b"{":
                depth += 1
            elif match.group() == b"}":
                depth -= 1
            if not depth:
                self._at = match.start()
                return self._data[start : self._at]
        self._at = len(self._data)
        return self._data[start:]
