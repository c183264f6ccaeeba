"""Chapters of a book: their headings at the right level, their notes behind them, and the choice among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from annotator.domain.article import BlockKind, word_count
from annotator.importers.base import Part
from annotator.importers.epub.contents import Entry
from annotator.importers.epub.spans import Placed, Span
from annotator.importers.pieces import Piece, heading, one_line, title_of, without_note_marks

_WORD = re.compile(r"\w+")
_OPENING = 6  # pieces at the beginning of a chapter that can be its heading
_MAX_OPENING = 30  # words of such a piece
_UNSAID = """cover | title page | titlepage | title | half title | half-title | frontispiece | start | begin reading
    | titelseite | titel | umschlag | couverture | page de titre | portada | copertina | frontespizio"""
_NEVER_A_HEADING = frozenset(name.strip() for name in _UNSAID.split("|"))


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a book with its own text, under the line of the contents that leads to it."""

    title: str
    level: int
    pieces: tuple[Placed, ...]

    @property
    def words(self) -> int:
        """How many words are in it."""
        return sum(word_count(placed.piece.text) for placed in self.pieces)


def chapters_of(spans: Iterable[Span], book_title: str) -> list[Chapter]:
    """The chapters in reading order, without those that hold nothing and have nothing below them."""
    found: list[Chapter] = []
    for span in spans:
        if not span.entries:
            if any(one_line(placed.piece.text) for placed in span.pieces):
                title = title_of([placed.piece for placed in span.pieces], "")
                found.append(Chapter(title, 1, tuple(_front(span.pieces, book_title))))
            continue
        found += _of_span(span)
    levels = [chapter.level for chapter in found]
    return [
        chapter
        for chapter, next_level in zip(found, (*levels[1:], 0), strict=False)
        if _has_text(chapter) or next_level > chapter.level
    ]


def outline_of(chapters: Iterable[Chapter]) -> tuple[Part, ...]:
    """The chapters as parts that can be chosen."""
    return tuple(Part(chapter.title, chapter.level, chapter.words) for chapter in chapters)


def chosen(chapters: Sequence[Chapter], parts: Iterable[int]) -> list[int]:
    """The numbers of the chapters that are wanted: those named, and all below one of which nothing below is named."""
    named = {number for number in parts if 0 <= number < len(chapters)}
    wanted = set(named)
    for number in named:
        below = range(number + 1, _end_of(chapters, number))
        if not named.intersection(below):
            wanted.update(below)
    return sorted(wanted)


def text_of(chapters: Sequence[Chapter], numbers: Sequence[int]) -> list[Piece]:
    """The pieces of some chapters, and behind them the notes that they refer to and that stand elsewhere."""
    placed = [entry for number in numbers for entry in chapters[number].pieces]
    there = {entry.note for entry in placed}
    missing = {note for entry in placed for note in entry.refers} - there
    if missing:
        placed += [entry for chapter in chapters for entry in chapter.pieces if entry.note in missing]
    return _without_lines_before_notes([entry.piece for entry in placed])


def without_own_heading(pieces: Sequence[Piece], chapter: Chapter) -> list[Piece]:
    """`pieces` of one chapter without its heading, when that says the same as its title; what is below moves up."""
    wanted = _words(chapter.title)
    own = next((n for n, piece in enumerate(pieces[:_OPENING]) if piece.kind is BlockKind.HEADING), -1)
    if own < 0 or _words(without_note_marks(pieces[own])) != wanted or pieces[own].marks:
        return list(pieces)
    up = pieces[own].level - 1
    return [
        replace(piece, level=max(piece.level - up, 2)) if piece.kind is BlockKind.HEADING else piece
        for number, piece in enumerate(pieces)
        if number != own
    ]


def _end_of(chapters: Sequence[Chapter], number: int) -> int:
    """The number behind the last chapter below that one."""
    behind = range(number + 1, len(chapters))
    return next((n for n in behind if chapters[n].level <= chapters[number].level), len(chapters))


def _has_text(chapter: Chapter) -> bool:
    said = [placed for placed in chapter.pieces if placed.piece.kind is not BlockKind.RULE]
    return any(_WORD.search(placed.piece.text) for placed in said) and not (
        len(said) == 1
        and said[0].piece.kind is BlockKind.HEADING
        and chapter.title.casefold() in _NEVER_A_HEADING
    )


def _front(pieces: Sequence[Placed], book_title: str) -> list[Placed]:
    """What stands before the first chapter: only the book's title is a heading of the first level there."""

    def levelled(placed: Placed) -> Placed:
        piece = placed.piece
        if piece.kind is not BlockKind.HEADING or _words(piece.text) == _words(book_title):
            return placed
        return replace(placed, piece=replace(piece, level=min(max(piece.level, 2), 6)))

    return _with_notes_behind([levelled(placed) for placed in pieces])


def _of_span(span: Span) -> list[Chapter]:
    """The chapters that begin at one place: each gets its heading, the last one the text."""
    pieces = list(span.pieces)
    found: list[Chapter] = []
    at = 0
    for number, entry in enumerate(span.entries):
        last = number == len(span.entries) - 1
        level = min(entry.level + 1, 6)
        start, end = _own_heading(pieces, at, entry, any_heading=last)
        if start < 0 and entry.title and (not last or _needs_heading(entry, pieces)):
            page = pieces[at].piece.page if at < len(pieces) else ""
            pieces.insert(at, Placed(replace(heading(entry.title, level), page=page)))
            start, end = at, at + 1
        elif start >= 0:
            tag = max((placed.piece.level for placed in pieces[start:end]), default=0)
            pieces[start:end] = [Placed(_joined(pieces[start:end], level), refers=_refers(pieces[start:end]))]
            end = start + 1
            if last:
                pieces[end:] = _below(pieces[end:], level, tag)
        if start < 0 and last:
            pieces[at:] = _below(pieces[at:], level, 0)
        own = pieces[at:] if last else pieces[at : max(end, at)]
        at = at + len(own)
        title = entry.title or title_of([placed.piece for placed in own], "")
        found.append(Chapter(title, entry.level, tuple(_with_notes_behind(own))))
    return found


def _needs_heading(entry: Entry, pieces: Sequence[Placed]) -> bool:
    return not (pieces and entry.title.casefold() in _NEVER_A_HEADING)


def _own_heading(pieces: Sequence[Placed], at: int, entry: Entry, *, any_heading: bool) -> tuple[int, int]:
    """Where the heading of a chapter stands among its first pieces: what has the words of its line in the contents,
    in one piece or two; else, with `any_heading`, the first heading. (-1, -1) when there is none."""
    wanted = _words(entry.title)
    opening: list[int] = []
    for number in range(at, min(at + _OPENING, len(pieces))):
        piece = pieces[number].piece
        if piece.kind is BlockKind.FIGURE or piece.kind is BlockKind.RULE:
            continue
        spoken = piece.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.STANDFIRST, BlockKind.QUOTE)
        if not spoken or word_count(piece.text) > _MAX_OPENING or pieces[number].note >= 0:
            break
        opening.append(number)
    said = {number: _words(without_note_marks(pieces[number].piece)) for number in opening}
    for first in opening:
        following = tuple(n for n in (first + 1, first + 2) if n in said)
        for end in (first, *following):
            together = [word for n in range(first, end + 1) for word in said.get(n, [])]
            if wanted and together == wanted:
                return first, end + 1
    headings = [number for number in opening if pieces[number].piece.kind is BlockKind.HEADING]
    for number in headings:
        if wanted and said[number] and (_ends_in(wanted, said[number]) or _ends_in(said[number], wanted)):
            return number, number + 1
    if any_heading and headings:
        return headings[0], headings[0] + 1
    return -1, -1


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _ends_in(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    return len(longer) >= len(shorter) and (
        list(longer[-len(shorter) :]) == list(shorter) or list(longer[: len(shorter)]) == list(shorter)
    )


def _joined(parts: Sequence[Placed], level: int) -> Piece:
    """One heading of number and title, which stand on a line each."""
    text, marks = "", []
    for placed in parts:
        piece = placed.piece
        start = len(text) + 1 if text else 0
        text = f"{text}\n{piece.text}" if text else piece.text
        marks += [mark._replace(start=mark.start + start, end=mark.end + start) for mark in piece.marks]
    first = parts[0].piece
    return replace(
        first, kind=BlockKind.HEADING, text=text, marks=tuple(marks), level=level, label="", quoted=0
    )


def _refers(parts: Iterable[Placed]) -> tuple[int, ...]:
    return tuple(note for placed in parts for note in placed.refers)


def _below(pieces: Sequence[Placed], level: int, tag: int) -> list[Placed]:
    """The headings inside of a chapter, below its own, which has `level` and had `tag` (0: it had none)."""
    tags = [placed.piece.level for placed in pieces if placed.piece.kind is BlockKind.HEADING]
    base = min(tags) - 1 if tag == 0 and tags else tag

    def moved(placed: Placed) -> Placed:
        piece = placed.piece
        if piece.kind is not BlockKind.HEADING:
            return placed
        return replace(placed, piece=replace(piece, level=min(level + max(1, piece.level - base), 6)))

    return [moved(placed) for placed in pieces]


def _with_notes_behind(pieces: Sequence[Placed]) -> list[Placed]:
    """Notes between the paragraphs of a chapter stand behind it. Those right below a heading stay there, as do those of
    a section without other text."""
    kept: list[Placed] = []
    moved: list[Placed] = []
    for section in _sections(pieces):
        text = [
            n
            for n, placed in enumerate(section)
            if placed.note < 0 and placed.piece.kind is not BlockKind.HEADING
        ]
        first_note = next((n for n, placed in enumerate(section) if placed.note >= 0), len(section))
        stays = not text or first_note < text[0]
        kept += section if stays else [placed for placed in section if placed.note < 0]
        moved += [] if stays else [placed for placed in section if placed.note >= 0]
    return kept + moved


def _sections(pieces: Sequence[Placed]) -> list[list[Placed]]:
    """`pieces` cut before each heading."""
    found: list[list[Placed]] = [[]]
    for placed in pieces:
        if placed.piece.kind is BlockKind.HEADING:
            found.append([])
        found[-1].append(placed)
    return found


def _without_lines_before_notes(pieces: Sequence[Piece]) -> list[Piece]:
    """The line that books draw above their notes is not one of the text's."""
    return [
        piece
        for number, piece in enumerate(pieces)
        if not (
            piece.kind is BlockKind.RULE
            and (number + 1 == len(pieces) or pieces[number + 1].kind is BlockKind.NOTE)
        )
    ]
