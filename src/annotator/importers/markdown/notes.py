"""Names in Markdown that stand for something written elsewhere: footnotes and the addresses of links."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARKERS = r"(\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)*)"  # of list items around
_DEFINED = re.compile(r" {0,3}\[\^([^\]\n]{1,200})\]:[ \t]*")
_REFERENCE = re.compile(
    rf"{_MARKERS}\[([^\[\]\n^][^\[\]\n]{{0,200}})\]:[ \t]*(\S*)[ \t]*(\"[^\n]*\"|'[^\n]*'|\([^\n]*\)|)[ \t]*"
)
_LIKE_REFERENCE = re.compile(rf"{_MARKERS}\[[^\[\]\n]{{1,200}}\]:")
_NAME = re.compile(r"\[([^\[\]\n]{1,200})\]")
_ADDRESS = re.compile(
    r"<[^<>]*>|[a-z][a-z0-9+.-]*:\S+|[^\s\"']*[/#][^\s\"']*|[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
_SIGN = re.compile(r"\\.|`+|\^\[|\[|\]", re.DOTALL)
_LONGEST = 5000  # characters of a note inside of a line


class Notes:
    """The names of one text, and what they stand for.

    `addresses` are those of links with their titles, as Python-Markdown keeps them.
    """

    def __init__(self, text: str) -> None:
        self.addresses: dict[str, tuple[str, str]] = {}
        self._texts: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._written: set[str] = set()
        self._names: dict[str, int] = {}
        for name in _NAME.findall(text):
            self._names[_key(name)] = self._names.get(_key(name), 0) + 1
        self._made = 0

    # Footnotes

    def begins(self, line: str) -> re.Match[str] | None:
        """The beginning of `line` if a footnote is written there."""
        return _DEFINED.match(line)

    def define(self, name: str, text: str) -> None:
        """Keep the Markdown of a footnote. Of two with one name the second is one that nothing refers to."""
        self._texts[self._new_name() if name in self._texts else name] = text

    def number(self, name: str) -> int:
        """The number of the footnote that is referred to: they count by their first reference. 0 if there is none."""
        if name not in self._texts:
            return 0
        return self._numbers.setdefault(name, len(self._numbers) + 1)

    def pending(self) -> Iterator[tuple[int, str]]:
        """Number and Markdown of every footnote; those that nothing refers to come last. More may come meanwhile."""
        while len(self._written) < len(self._texts):
            fresh = [name for name in self._numbers if name not in self._written]
            for name in fresh or [name for name in self._texts if name not in self._written]:
                self._written.add(name)
                yield self.number(name), self._texts[name]

    def lift(self, text: str) -> str:
        """`text`, a paragraph, with its `^[notes]` replaced by references to footnotes."""
        if "^[" not in text:
            return text
        parts: list[list[str]] = [[]]  # the last is the innermost open bracket
        opened: list[bool] = []  # whether each open bracket began a note
        unclosed: set[int] = set()  # lengths of backtick runs that nothing closes
        at = 0
        while match := _SIGN.search(text, at):
            parts[-1].append(text[at : match.start()])
            sign, at = match.group(), match.end()
            if sign.startswith("`"):
                end = -1 if len(sign) in unclosed else _run_end(text, sign, at)
                if end < 0:
                    unclosed.add(len(sign))
                else:
                    sign, at = text[match.start() : end], end
                parts[-1].append(sign)
            elif sign in ("[", "^["):
                opened.append(sign == "^[")
                parts.append([])
            elif sign == "]" and opened:
                inner = "".join(parts.pop())
                parts[-1].append(self._closed(inner, is_note=opened.pop()))
            else:
                parts[-1].append(sign)
        parts[-1].append(text[at:])
        while opened:  # never closed: signs like others
            inner = "".join(parts.pop())
            parts[-1].append(f"{'^[' if opened.pop() else '['}{inner}")
        return "".join(parts[0])

    def _closed(self, inner: str, *, is_note: bool) -> str:
        if not is_note or not inner.strip() or len(inner) > _LONGEST:
            return f"{'^' if is_note else ''}[{inner}]"
        name = self._new_name()
        self._texts[name] = " ".join(inner.split())
        return f"[^{name}]"

    def _new_name(self) -> str:
        while True:
            self._made += 1
            name = f"note-{self._made}"
            if f"^{name}" not in self._names:
                return name

    # Addresses of links

    def take_address(self, line: str, following: str) -> int:
        """Keep the address of links that is written in `line`, maybe going on in the next; how many lines it takes."""
        match = _REFERENCE.fullmatch(line)
        if match is None or match.group(1).strip():
            return 0
        _, name, target, title = match.groups()
        lines = 1
        if not target:
            target, lines = following.strip(), 2
        if not _ADDRESS.fullmatch(target):
            return 0
        is_used = self._names.get(_key(name), 0) > 1
        if not (is_used or "/" in target or ":" in target or target.startswith(("#", "<"))):
            return 0
        self.addresses.setdefault(" ".join(name.lower().split()), (target.strip("<>"), title[1:-1]))
        return lines

    def as_words(self, line: str) -> str:
        """A line such as "[Ann]: Yes", which Python-Markdown would take for an address, as the words that it is."""
        match = _LIKE_REFERENCE.match(line)
        return f"{match.group(1)}\\{line[match.end(1) :]}" if match else line


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _run_end(text: str, run: str, at: int) -> int:
    """The end of the run of backticks that closes `run`, -1 without one."""
    match = re.compile(rf"(?<!`){run}(?!`)").search(text, at)
    return match.end() if match else -1
