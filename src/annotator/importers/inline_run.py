"""The text of one block while it is read: white space as browsers collapse it, and its marks."""

from __future__ import annotations

import re

from annotator.domain.article import Mark, MarkKind

_SPACE = re.compile(r"[ \t\n\r\f]+")  # not the no-break space


class InlineRun:
    """Collects text and marks, and gives them away block by block.

    A mark still open when a block ends goes on in the next one. Of nested marks of one kind the outer one counts, so
    that the number of open marks is bounded by the number of kinds.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._last = "\n"
        self._has_ink = False
        self._marks: list[Mark] = []
        self._open: list[tuple[MarkKind, int, str] | None] = []

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing yet but line ends."""
        return not self._has_ink

    @property
    def ends_line(self) -> bool:
        """Whether the next character would be the first of its line."""
        return self._last == "\n"

    @property
    def ends_word(self) -> bool:
        """Whether the last character is a letter or a digit."""
        return self._last.isalnum()

    def add(self, text: str, *, keep_space: bool = False) -> None:
        """Append text; with `keep_space` as it stands."""
        if not keep_space:
            text = _SPACE.sub(" ", text)
            if self._last in " \n" and text.startswith(" "):
                text = text[1:]
        if text:
            self._parts.append(text)
            self._length += len(text)
            self._last = text[-1]
            self._has_ink = self._has_ink or not text.isspace()

    def add_marked(self, kind: MarkKind, text: str, value: str, picture: str = "") -> None:
        """Append text under a mark of its own."""
        start = self._length
        self.add(text, keep_space=True)
        self._marks.append(Mark(kind, start, self._length, value, picture))

    def end_line(self) -> None:
        """Append a line end, without the space before it."""
        if self._last == " ":
            self._parts[-1] = self._parts[-1][:-1]
            self._length -= 1
        self._parts.append("\n")
        self._length += 1
        self._last = "\n"

    def open(self, kind: MarkKind | None, value: str = "") -> None:
        """Begin a mark at the end of the text so far; None begins nothing, for `close` to end."""
        known = kind is None or any(entry is not None and entry[0] is kind for entry in self._open)
        self._open.append(None if known or kind is None else (kind, self._length, value))

    def close(self) -> None:
        """End the mark opened last."""
        entry = self._open.pop()
        if entry is not None and entry[1] < self._length:
            self._marks.append(Mark(entry[0], entry[1], self._length, entry[2]))

    def take(self) -> tuple[str, tuple[Mark, ...]]:
        """The text and marks so far; the run is empty afterwards."""
        if not self._parts:
            return "", ()
        for place, entry in enumerate(self._open):
            if entry is not None:
                if entry[1] < self._length:
                    self._marks.append(Mark(entry[0], entry[1], self._length, entry[2]))
                self._open[place] = (entry[0], 0, entry[2])
        text = "".join(self._parts)
        marks = tuple(sorted(self._marks, key=lambda mark: (mark.start, -mark.end, mark.kind)))
        self._parts, self._marks, self._length, self._last = [], [], 0, "\n"
        self._has_ink = False
        fitting = (mark if mark.end <= len(text) else mark._replace(end=len(text)) for mark in marks)
        return text, tuple(mark for mark in fitting if mark.start < mark.end)
