"""The words of one block as Markdown: its marks, the passages of claims and the references behind them.

Spans may overlap in any way. They are opened and closed properly nested; what would cross is cut and opened again.
Asterisks are used only where every dialect reads them alike, tags of HTML elsewhere.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from annotator.domain.article import OBJECT, Block, BlockKind, Mark, MarkKind
from annotator.exporters.markdown_text import inline, target


class Look(IntEnum):
    """How a span looks. The order is that of nesting for spans of the same extent, outermost first."""

    LINK = 0
    BOLD = 1
    HIGHLIGHT = 2
    STRIKE = 3
    ITALIC = 4
    RAISED = 5
    LOWERED = 6


class Span(NamedTuple):
    """A passage of the canonical text and its look; `value` is the target of a link."""

    start: int
    end: int
    look: Look
    value: str = ""


class Reference(NamedTuple):
    """A footnote reference behind the character before `place`."""

    place: int
    label: str


@dataclass(slots=True)
class Markings:
    """What the annotations put into one block."""

    spans: list[Span] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)


@dataclass(slots=True)
class _Plan:
    """A block sorted out: what to open, what to replace, what is code, where references stand."""

    spans: list[tuple[int, int, int, str]]
    atoms: dict[int, tuple[int, str]]
    code: list[tuple[int, int]]
    references: list[Reference]


_TAGS = {
    Look.BOLD: "strong",
    Look.HIGHLIGHT: "mark",
    Look.STRIKE: "del",
    Look.ITALIC: "em",
    Look.RAISED: "sup",
    Look.LOWERED: "sub",
}
_STARS = {Look.BOLD: "**", Look.ITALIC: "*"}
_LOOKS = {
    MarkKind.EMPHASIS: Look.ITALIC,
    MarkKind.STRONG: Look.BOLD,
    MarkKind.STRIKE: Look.STRIKE,
    MarkKind.SUPERSCRIPT: Look.RAISED,
    MarkKind.SUBSCRIPT: Look.LOWERED,
}
_BEFORE = frozenset(" \n\u00a0“‘„«\"'—–(")
_AFTER = frozenset(" \n\u00a0”’»\"'—–).,;:?")
_FIRST = frozenset("“‘„«\"'")
_LAST = frozenset("”’»\"'.,;:?%)")
_PLAIN_CODE = re.compile(r"[\w.,:;/()=+*#@?'\"-]+(?: [\w.,:;/()=+*#@?'\"-]+)*")
_COLON_BEHIND = re.compile(r"[ \t\n\u00a0]*:")


def render_inline(
    text: str,
    block: Block,
    markings: Markings | None = None,
    notes: Mapping[str, str] | None = None,
    *,
    italic: bool = False,
    bare: bool = False,
) -> str:
    """The source of `block`'s words; line breaks are still plain, for `markdown_text.lines`.

    `notes` are the footnote labels of the article's own notes by their label in the text. `italic` sets the whole
    block in italics; `bare` leaves formatting out of it that the surroundings bring along (headings are bold).
    """
    start, end = block.start, block.end
    words = text[start:end]
    if not block.marks and markings is None and not italic and OBJECT not in words:
        return inline(words)
    plan = _plan(text, block, markings or Markings(), notes or {}, italic=italic, bare=bare)
    return _Writer(text, start, end, plan).write()


def _plan(
    text: str, block: Block, markings: Markings, notes: Mapping[str, str], *, italic: bool, bare: bool
) -> _Plan:
    atoms: dict[int, tuple[int, str]] = {}
    spans = [span for span in markings.spans if span.start < span.end]
    references = sorted(markings.references)
    code: list[tuple[int, int]] = []
    for mark in block.marks:
        if mark.kind in _LOOKS:
            spans.append(Span(mark.start, mark.end, _LOOKS[mark.kind]))
        elif mark.kind is MarkKind.CODE:
            code.append((mark.start, mark.end))
        elif mark.kind is MarkKind.LINK and (address := target(mark.value)):
            spans.append(Span(mark.start, mark.end, Look.LINK, address))
        elif mark.kind is MarkKind.NOTE_REF:
            if mark.value in notes and block.kind is not BlockKind.NOTE and mark.start not in atoms:
                atoms[mark.start] = (mark.end, f"[^{notes[mark.value]}]")
            else:
                spans.append(Span(mark.start, mark.end, Look.RAISED))
    covered = [(first, last) for first, (last, _) in atoms.items()]
    if covered:
        spans = [span for span in spans if not any(a <= span.start and span.end <= b for a, b in covered)]
    spans += _pictures(text, block, atoms)
    if italic:
        spans.append(Span(block.start, block.end, Look.ITALIC))
    if bare:
        spans = [span for span in spans if span.look is not Look.BOLD]
    merged = _merged(text, spans)
    return _Plan(merged, atoms, _unions(code), references)


def _pictures(text: str, block: Block, atoms: dict[int, tuple[int, str]]) -> list[Span]:
    """Every object character becomes a line in words, in italics."""
    images: list[Mark] = [mark for mark in block.marks if mark.kind is MarkKind.IMAGE and mark.value]
    spans: list[Span] = []
    at = text.find(OBJECT, block.start, block.end)
    while at >= 0:
        named = next((mark.value for mark in images if mark.start <= at < mark.end), "")
        atoms[at] = (at + 1, inline(picture_words(named), in_link=True))
        spans.append(Span(at, at + 1, Look.ITALIC))
        at = text.find(OBJECT, at + 1, block.end)
    return spans


def picture_words(alternative: str) -> str:
    """What stands for an image in the text."""
    alternative = " ".join(alternative.replace(OBJECT, " ").split())
    return f"[Figure: {alternative}]" if alternative else "[Figure]"


def _merged(text: str, spans: Iterable[Span]) -> list[tuple[int, int, int, str]]:
    """Spans without white space at their edges, those of one look joined where they overlap; links never overlap.

    Each as `(start, -end, look, value)`, which sorts outer before inner.
    """
    last: dict[Look, Span] = {}
    done: list[Span] = []
    for span in sorted(spans):
        start, end = trimmed(text, span.start, span.end)
        if start >= end:
            continue
        before = last.get(span.look)
        if before is None or start >= before.end:
            last[span.look] = Span(start, end, span.look, span.value)
            if before is not None:
                done.append(before)
        elif span.look is not Look.LINK and end > before.end:
            last[span.look] = before._replace(end=end)
    done.extend(last.values())
    return [(span.start, -span.end, int(span.look), span.value) for span in done]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """`start` and `end` moved inwards over white space."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _unions(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return joined


class _Open(NamedTuple):
    end: int
    look: Look
    closing: str


class _Writer:
    """Goes through one block from left to right and keeps what is open on a stack, innermost last."""

    def __init__(self, text: str, start: int, end: int, plan: _Plan) -> None:
        self._text, self._start, self._end = text, start, end
        self._waiting = list(plan.spans)
        heapq.heapify(self._waiting)
        self._atoms, self._code = plan.atoms, plan.code
        self._references: list[Reference] = list(plan.references)
        self._edges = _edges(start, end, plan)
        self._stack: list[_Open] = []
        self._out: list[str] = []
        self._code_at = 0
        self._skip_to = start

    def write(self) -> str:
        """The source of the block."""
        edges = self._edges
        for index, place in enumerate(edges):
            if self._stack:
                self._close(place)
            if self._references and self._references[0].place <= place:
                self._refer(place)
            if place == self._end:
                break
            self._open(place)
            self._run(place, edges[index + 1])
        return "".join(self._out)

    def _close(self, place: int) -> None:
        while self._stack and self._stack[-1].end <= place:
            self._out.append(self._stack.pop().closing)

    def _refer(self, place: int) -> None:
        """Write the references due here; not inside of a link, where a reference would be a link in a link."""
        if place < self._skip_to or (self._in_link() and place < self._end):
            return
        while self._references and self._references[0].place <= place:
            self._append_reference(f"[^{self._references.pop(0).label}]")

    def _in_link(self) -> bool:
        return any(opened.look is Look.LINK for opened in self._stack)

    def _append_reference(self, reference: str) -> None:
        if self._out and self._out[-1].endswith("!"):
            self._out[-1] = f"{self._out[-1][:-1]}\\!"
        self._out.append(reference)

    def _open(self, place: int) -> None:
        while self._waiting and self._waiting[0][0] <= place:
            start, negative_end, look, value = heapq.heappop(self._waiting)
            end = -negative_end
            if end <= place:
                continue
            if self._stack and end > self._stack[-1].end:  # it would cross what is open: cut, the rest waits
                rest = self._stack[-1].end
                heapq.heappush(self._waiting, (rest, negative_end, look, value))
                end = rest
            self._open_one(max(start, place), end, Look(look), value)

    def _open_one(self, start: int, end: int, look: Look, value: str) -> None:
        if look is Look.LINK:
            if self._out and self._out[-1].endswith("!"):
                self._out[-1] = f"{self._out[-1][:-1]}\\!"
            opening, closing = "[", f"]({value})"
        elif look in _STARS and self._stars_fit(start, end):
            opening = closing = _STARS[look]
        else:
            opening, closing = f"<{_TAGS[look]}>", f"</{_TAGS[look]}>"
        self._out.append(opening)
        self._stack.append(_Open(end, look, closing))

    def _stars_fit(self, start: int, end: int) -> bool:
        """Whether asterisks at both ends would open and close in every dialect."""
        if self._out and self._out[-1][-1:] in ("*", ">", "]"):
            return False
        if self._stack and self._stack[-1].end == end and self._stack[-1].closing.startswith("*"):
            return False
        text = self._text
        first, last = text[start], text[end - 1]
        if start in self._atoms and first == OBJECT and end == start + 1:
            first = last = '"'
        before = text[start - 1] if start > self._start else " "
        after = text[end] if end < self._end else " "
        return (
            before in _BEFORE
            and after in _AFTER
            and (first.isalnum() or first in _FIRST)
            and (last.isalnum() or last in _LAST)
        )

    def _run(self, start: int, end: int) -> None:
        """Write the words up to the next edge."""
        if start in self._atoms and start >= self._skip_to:
            self._skip_to, source = self._atoms[start]
            if source.startswith("[^"):
                if self._in_link():
                    self._skip_to = start  # no footnote inside of a link: keep its number as it is
                else:
                    self._append_reference(source)
            else:
                self._out.append(source)
        start = max(start, self._skip_to)
        if start >= end:
            return
        words = self._text[start:end]
        while self._code_at < len(self._code) and self._code[self._code_at][1] <= start:
            self._code_at += 1
        in_code = self._code_at < len(self._code) and self._code[self._code_at][0] <= start
        in_link = self._in_link()
        if in_code:
            self._out.append(self._code_words(words))
        else:
            self._out.append(self._plain_words(words, in_link=in_link))

    def _plain_words(self, words: str, *, in_link: bool) -> str:
        source = inline(words, in_link=in_link)
        if self._out:
            if source[0] == "(" and self._out[-1].endswith("]"):
                return f"\\{source}"
            if found := _COLON_BEHIND.match(source):  # a reference and a colon would be a definition
                return f"{source[: found.end() - 1]}&#58;{source[found.end() :]}"
        return source

    def _code_words(self, words: str) -> str:
        if _PLAIN_CODE.fullmatch(words) and not (self._out and self._out[-1].endswith("`")):
            return f"`{words}`"
        return f"<code>{inline(words, in_link=True)}</code>"


def _edges(start: int, end: int, plan: _Plan) -> Sequence[int]:
    places = {start, end}
    for first, negative_last, _, _ in plan.spans:
        places.update((first, -negative_last))
    for first, (last, _) in plan.atoms.items():
        places.update((first, last))
    for pair in plan.code:
        places.update(pair)
    places.update(reference.place for reference in plan.references)
    return sorted(place for place in places if start <= place <= end)
