"""What the words of code are: keywords, strings, comments. Pygments tells, a little at a time.

The language is the one the article names; none is ever guessed. Foreign text meets regular expressions here, so all is
bounded: how much of a block is read, how long its lines may be, and how long reading one may take.
"""

from __future__ import annotations

from functools import cache
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pygments.lexer import Lexer

    from annotator.domain.article import Block

MOST_READ = 20_000  # characters of one block; the rest stays plain
LONGEST_LINE = 1_000  # characters; beyond it, it is data or made smaller by a program, and no help to read
MOST_TIME = 0.4  # seconds for one block
# The roles have contrast 4.5 on the ground of code and on the fills of marks, in every theme.
_ROLES: dict[tuple[str, ...], str] = {
    ("Comment",): "textSecondary",
    ("Keyword",): "conflicting",
    ("Operator", "Word"): "conflicting",
    ("Literal", "String"): "supports",
    ("Literal", "Number"): "refutes",
    ("Keyword", "Constant"): "refutes",
    ("Name", "Builtin"): "partly",
    ("Name", "Attribute"): "partly",
    ("Name", "Decorator"): "partly",
    ("Name", "Class"): "accent",
    ("Name", "Function"): "accent",
    ("Name", "Tag"): "accent",
    ("Generic", "Heading"): "accent",
    ("Generic", "Inserted"): "supports",
    ("Generic", "Deleted"): "refutes",
}

_FAILURES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Word(NamedTuple):
    """A piece of code in one colour: its place in the block in Qt's units, and the role of its colour."""

    start: int
    length: int
    role: str


def has_language(block: Block) -> bool:
    """Whether the article says in which language a block of code is written."""
    return bool(block.label.strip())


class CodeWords:
    """The coloured words of one article's code, by the offset of each block. Read once, kept for every layout."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Word, ...]] = {}
        self._reading: dict[int, _Reading] = {}

    def of(self, block: Block) -> tuple[Word, ...] | None:
        """The words of a block; None until it has been read."""
        return self._known.get(block.start)

    def read(self, block: Block, text: str, until: float) -> bool:
        """Go on reading a block of the article `text` until the clock (`perf_counter`) says `until`; whether it is
        done."""
        if block.start in self._known:
            return True
        reading = self._reading.get(block.start)
        if reading is None:
            reading = self._reading[block.start] = _Reading(text[block.start : block.end], block.label)
        if not reading.go_on(until):
            return False
        self._known[block.start] = tuple(reading.words)
        del self._reading[block.start]
        return True


class _Reading:
    """One block that is being read."""

    def __init__(self, code: str, language: str) -> None:
        self.words: list[Word] = []
        self._code = code[:MOST_READ]
        self._left = MOST_TIME
        self._at = self._place = 0  # the character up to which Qt's units are counted, and their number
        self._end = 0  # of the last word
        lexer = None
        if all(len(line) <= LONGEST_LINE for line in self._code.split("\n")):
            lexer = _lexer(language.strip().lower())
        self._tokens = iter(lexer.get_tokens_unprocessed(self._code) if lexer is not None else ())

    def go_on(self, until: float) -> bool:
        """Read on, at least one word; whether this was the last, or all the time for the block is used up. Where a
        lexer fails, what it told before stays."""
        try:
            return self._read(until)
        except _FAILURES:
            return True

    def _read(self, until: float) -> bool:
        before = perf_counter()
        for start, kind, piece in self._tokens:
            role = _role(kind)
            if role is not None and not piece.isspace():
                self._note(start, piece, role)
            now = perf_counter()
            if now > until or now - before > self._left:
                self._left -= now - before
                return self._left <= 0
        return True

    def _note(self, start: int, piece: str, role: str) -> None:
        """Keep a word; what follows one of its own colour at once belongs to it. Some lexers tell places twice, or
        beyond the end."""
        piece = self._code[start : start + len(piece)]
        if start < self._end or not piece:
            return
        self._end = start + len(piece)
        self._place += _units(self._code[self._at : start])
        self._at = start
        before = self.words[-1] if self.words else None
        if before is not None and before.role == role and before.start + before.length == self._place:
            self.words[-1] = before._replace(length=before.length + _units(piece))
        else:
            self.words.append(Word(self._place, _units(piece), role))


def _units(text: str) -> int:
    """How many units Qt counts in a text."""
    return len(text) if text.isascii() else len(text) + sum(letter > "\uffff" for letter in text)


@cache
def _role(token: tuple[str, ...]) -> str | None:
    """The role of a kind of token, or of the nearest kind above it; None for what has the colour of the text."""
    kinds = (tuple(token[:count]) for count in range(len(token), 0, -1))
    return next((_ROLES[kind] for kind in kinds if kind in _ROLES), None)


@cache
def _lexer(language: str) -> Lexer | None:
    """What reads a language, None for one that Pygments doesn't know. Additions of other programs aren't looked for:
    that would go through everything that is installed."""
    from pygments.lexers import get_all_lexers, get_lexer_by_name  # noqa: PLC0415 - few articles have code

    for _, aliases, _, _ in get_all_lexers(plugins=False):
        if language in aliases:
            return get_lexer_by_name(language)
    return None
