"""The pieces of a book by chapter, each with its page, language and note, as the signs in its text say."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator.domain.article import BlockKind
from annotator.importers.epub.contents import Entry
from annotator.importers.epub.signs import (
    CHAPTER,
    LANGUAGE,
    NOTE,
    NOTE_END,
    PAGE,
    REFERENCE,
    Sign,
    SignedPiece,
    references_in,
)
from annotator.importers.pieces import Piece

_TEXT = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.STANDFIRST, BlockKind.HEADING)


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece of a book; `note` is the number of the note it belongs to, or -1, `refers` those it refers to."""

    piece: Piece
    note: int = -1
    refers: tuple[int, ...] = ()


@dataclass(slots=True)
class Span:
    """The pieces from one place of the contents to the next; several lines can lead to the same place."""

    entries: list[Entry] = field(default_factory=list)
    pieces: list[Placed] = field(default_factory=list)


class Spans:
    """Goes through signed pieces and keeps what holds at each place.

    A sign where a piece begins, or between two, holds for the piece; one further on holds for the next piece. A chapter
    whose place is in the middle of a heading begins with the heading.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        pages: Sequence[str],
        languages: Sequence[str],
        labels: Mapping[int, str],
        language: str,
    ) -> None:
        self._entries, self._pages, self._languages, self._labels = entries, pages, languages, labels
        self._book_language = language
        self._page = self._language = ""
        self._note = -1
        self._note_label = ""
        self._spans = [Span()]

    def of(self, signed: Iterable[SignedPiece]) -> list[Span]:
        """The spans; the first one is what stands before the first line of the contents."""
        for entry in signed:
            piece = entry.piece
            if piece is None:
                self._follow(entry.signs)
                continue
            ink = len(piece.text) - len(piece.text.lstrip())
            early = [self._is_early(sign, piece, ink) for sign in entry.signs]
            self._follow(list(itertools.compress(entry.signs, early)))
            self._place(piece, entry)
            self._follow([sign for sign, was_early in zip(entry.signs, early, strict=True) if not was_early])
        return self._spans

    @staticmethod
    def _is_early(sign: Sign, piece: Piece, ink: int) -> bool:
        if sign.kind == NOTE:
            return True
        if sign.kind == NOTE_END:
            return sign.at == 0
        return sign.at <= ink or (sign.kind == CHAPTER and piece.kind is BlockKind.HEADING)

    def _follow(self, signs: Sequence[Sign]) -> None:
        chapters: list[int] = []
        for kind, number, _ in signs:
            if kind == CHAPTER and number < len(self._entries):
                chapters.append(number)
            elif kind == PAGE and number < len(self._pages):
                self._page = self._pages[number]
            elif kind == LANGUAGE and number < len(self._languages):
                self._language = self._languages[number]
            elif kind == NOTE and number in self._labels:
                self._note, self._note_label = number, self._labels[number]
            elif kind == NOTE_END and number == self._note:
                self._note = -1
        for number in sorted(chapters):
            if self._spans[-1].pieces or not self._spans[-1].entries:
                self._spans.append(Span())
            self._spans[-1].entries.append(self._entries[number])

    def _place(self, piece: Piece, signed: SignedPiece) -> None:
        own = self._language
        marks = (*piece.marks, *references_in(signed, self._labels))
        made = replace(
            piece,
            marks=tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))),
            page=self._page,
            language="" if _same_language(own, self._book_language) else own,
        )
        if self._note >= 0:
            made = self._as_note(made)
        refers = tuple(sign.number for sign in signed.signs if sign.kind == REFERENCE)
        self._spans[-1].pieces.append(Placed(made, self._note, refers))

    def _as_note(self, piece: Piece) -> Piece:
        """A text of a note is a block of the note; lists, tables and code in it stay what they are."""
        label, first = self._note_label, bool(self._note_label)
        item_of_list = piece.kind is BlockKind.LIST_ITEM and bool(piece.label) and not first
        if piece.kind not in _TEXT or item_of_list:
            return piece
        self._note_label = ""
        return replace(piece, kind=BlockKind.NOTE, label=label, level=0, quoted=0)


def _same_language(one: str, other: str) -> bool:
    """Whether two tags name one language, of which one may be more exact ("en", "en-GB")."""
    shorter, longer = sorted((one.lower(), other.lower()), key=len)
    return longer == shorter or (bool(shorter) and longer.startswith(f"{shorter}-"))
