"""Words and patterns in a text: every place where they stand.

Words are compared as people read them. Typographic quotes, dashes and spaces count as plain ones, what can't be seen
counts for nothing, and unless case matters neither do capitals ("STRASSE" is "Straße", and the four letters i of
Turkish are one) nor accents, as long as the words themselves have none: "resume" finds "résumé", not the other way
round.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum
from functools import cache, lru_cache
from typing import Any, NamedTuple, overload

from annotator.domain.anchoring import fold
from annotator.domain.article import Block, BlockKind
from annotator.domain.selectors import TextSpan
from annotator.errors import InvalidValue

LONGEST_PATTERN = 1000  # characters
SECONDS_A_BLOCK = 0.1  # that a pattern may take for one block; a bad one would need years

# Soft hyphens and marks of direction. Joiners are part of what one sees: families of emoji, Arabic and Hindi words.
_INVISIBLE = frozenset(
    "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_LETTERS_I = frozenset("\u0130\u0131")  # with a dot on the capital, without one on the small letter
_NO_ACCENTS = frozenset(
    (0, 7, 8, 9)
)  # classes of marks that make another letter: nuktas, kana voicing, viramas
# Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, kana, Chinese characters.
_UNSPACED = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF),
    (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip


class Query(NamedTuple):
    """What is looked for, and how. A `pattern` is a regular expression, which sees one block at a time."""

    words: str
    match_case: bool = False
    whole_words: bool = False
    pattern: bool = False


class Places(Sequence[TextSpan]):
    """Places in a text, in order and without overlaps. There may be a hundred thousand of them, so they are kept as
    numbers."""

    __slots__ = ("ends", "starts")

    def __init__(self, starts: Iterable[int] = (), ends: Iterable[int] = ()) -> None:
        self.starts = list(starts)
        self.ends = list(ends)

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> TextSpan: ...
    @overload
    def __getitem__(self, index: slice) -> list[TextSpan]: ...
    def __getitem__(self, index: int | slice) -> TextSpan | list[TextSpan]:
        if isinstance(index, slice):
            return list(map(TextSpan, self.starts[index], self.ends[index]))
        return TextSpan(self.starts[index], self.ends[index])

    def add(self, other: Places) -> None:
        """Append places that lie behind all of these."""
        self.starts += other.starts
        self.ends += other.ends

    def between(self, start: int, end: int) -> list[TextSpan]:
        """Those that overlap `[start, end)`."""
        first = bisect_right(self.ends, start)
        return self[first : bisect_left(self.starts, end, lo=first)]

    def that(self, holds: Callable[[int, int], bool]) -> Places:
        """Those whose start and end are as wanted."""
        kept = [span for span in zip(self.starts, self.ends, strict=True) if holds(*span)]
        return Places((start for start, _ in kept), (end for _, end in kept))


class Finder:
    """Finds in one text. What it has to know of the text is worked out when it is first needed, and kept."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self._text = text
        self._blocks = blocks
        self._folded: dict[_Mode, _Folded] = {}

    def find(self, query: Query) -> Iterator[Places]:
        """All places, in portions that are soon found.

        Raises:
            InvalidValue: the pattern isn't one.
            TimeoutError: while the portions are asked for: the pattern takes too long.
        """
        if query.pattern:
            return self._portions(query, _compiled(query.words, query.match_case))
        return iter([self._places(query)])

    def _places(self, query: Query) -> Places:
        words = unicodedata.normalize("NFC", query.words)
        mode = _mode_for(words, query)
        needle = _fold_all(words, mode)
        if not needle.strip():
            return Places()
        if mode not in self._folded:
            self._folded[mode] = _Folded(self._text, mode)
        places = self._folded[mode].places(needle)
        if mode is not _Mode.BARE and not self._text.isascii():
            places = places.that(lambda _, end: not self._is_accent(end))
        return self._whole(places) if query.whole_words else places

    def _portions(self, query: Query, compiled: Any) -> Iterator[Places]:
        for block in self._blocks:
            found = compiled.finditer(self._text[block.start : block.end], timeout=SECONDS_A_BLOCK)
            matches = [match for match in found if match.end() > match.start()]
            places = Places(
                (block.start + match.start() for match in matches),
                (block.start + match.end() for match in matches),
            )
            yield self._whole(places) if query.whole_words else places

    def _is_accent(self, offset: int) -> bool:
        return offset < len(self._text) and unicodedata.combining(self._text[offset]) not in _NO_ACCENTS

    def _whole(self, places: Places) -> Places:
        return places.that(lambda start, end: not self._cuts_word(start) and not self._cuts_word(end))

    def _cuts_word(self, offset: int) -> bool:
        """Whether a place lies inside a word."""
        around = self._text[max(0, offset - 1) : offset + 1]
        return 0 < offset < len(self._text) and all(map(_is_of_word, around))


def first_place(text: str, query: Query) -> TextSpan | None:
    """The first place in a short text that is one block. Raises what `Finder.find` does."""
    portions = Finder(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),)).find(query)
    return next((span for portion in portions for span in portion), None)


class _Mode(IntEnum):
    """How much counts when characters are compared."""

    EXACT = 0
    CASELESS = 1
    BARE = 2  # neither case nor accents


class _Folded:
    """A text as it is compared, and the way back: most characters become one, the others are noted."""

    def __init__(self, text: str, mode: _Mode) -> None:
        self._offsets: list[int] = []  # of the characters that don't become one
        self._at: list[int] = []  # where in the folded text they begin
        self._sizes: list[int] = []  # how many they become
        folds = {each: folded for each in set(text) if (folded := _fold(each, mode)) != each}
        self._note(text, {each: len(folded) for each, folded in folds.items() if len(folded) != 1})
        if text.isascii():
            self.text = (text if mode is _Mode.EXACT else text.lower()).translate(_PLAIN_SPACES)
            return
        # No result is folded any further, so the order doesn't matter.
        for each, folded in folds.items():
            text = text.replace(each, folded)
        self.text = text

    def _note(self, text: str, sizes: dict[str, int]) -> None:
        found: list[tuple[int, int]] = []
        for each, size in sizes.items():
            at = text.find(each)
            while at >= 0:
                found.append((at, size))
                at = text.find(each, at + 1)
        shift = 0
        for offset, size in sorted(found):
            self._offsets.append(offset)
            self._at.append(offset + shift)
            self._sizes.append(size)
            shift += size - 1

    def places(self, needle: str) -> Places:
        """Where the folded `needle` stands, in offsets of the text: whole characters only."""
        find, length = self.text.find, len(needle)
        starts: list[int] = []
        at = find(needle)
        while at >= 0:
            starts.append(at)
            at = find(needle, at + length)
        if not self._offsets:
            return Places(starts, (start + length for start in starts))
        found = Places()
        for start in starts:
            first, last = self._offset(start), self._offset(start + length)
            if first is not None and last is not None:
                found.starts.append(first)
                found.ends.append(last)
        return found

    def _offset(self, at: int) -> int | None:
        """The offset of the character that begins at `at`, behind those that became nothing; None inside of one."""
        index = bisect_right(self._at, at) - 1
        if index < 0:
            return at
        inside, size = at - self._at[index], self._sizes[index]
        if inside >= size:
            return self._offsets[index] + 1 + inside - size
        return None if inside else self._offsets[index]


_PLAIN_SPACES = str.maketrans("\n\t", "  ")


def _mode_for(words: str, query: Query) -> _Mode:
    if query.match_case:
        return _Mode.EXACT
    accented = _fold_all(words, _Mode.CASELESS) != _fold_all(words, _Mode.BARE)
    return _Mode.CASELESS if accented else _Mode.BARE


def _fold_all(text: str, mode: _Mode) -> str:
    return "".join(_fold(each, mode) for each in text)


@cache
def _fold(character: str, mode: _Mode) -> str:
    """A character as it is compared; folded again it stays what it is."""
    if character in _INVISIBLE:
        return ""
    folded = fold(character)
    if mode is not _Mode.EXACT:
        folded = "i" if character in _LETTERS_I else folded.casefold()
    if mode is _Mode.BARE:
        kept = [c for c in unicodedata.normalize("NFD", folded) if unicodedata.combining(c) in _NO_ACCENTS]
        folded = unicodedata.normalize("NFC", "".join(kept))
    return folded if folded == character else _fold_all(folded, mode)


def _is_of_word(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character == "_"
    code = ord(character)
    if any(first <= code <= last for first, last in _UNSPACED):
        return False
    return character.isalnum() or unicodedata.combining(character) > 0


@lru_cache(maxsize=4)
def _compiled(pattern: str, match_case: bool) -> Any:
    # `re` can't be stopped: while it looks, nothing else runs in the whole process. `regex` keeps a limit of time.
    import regex  # noqa: PLC0415 - only for patterns

    if len(pattern) > LONGEST_PATTERN:
        raise InvalidValue("it is too long")
    flags = 0 if match_case else regex.IGNORECASE | regex.FULLCASE
    try:
        return regex.compile(pattern, flags)
    except (regex.error, RecursionError, OverflowError) as error:
        reason = error.msg if isinstance(error, regex.error) else "it is too deep"
        raise InvalidValue(str(reason)) from error
