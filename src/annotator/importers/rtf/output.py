"""Where the blocks of an RTF file go, and what a paragraph of it becomes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from annotator.domain.article import OBJECT, BlockKind, Mark
from annotator.importers.office.run import StyledRun
from annotator.importers.pieces import Piece
from annotator.importers.rtf.head import joined_surrogates
from annotator.importers.rtf.tables import Row, Table

_MARKER = re.compile(r"\s*([•‣▪–◦·o-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)])\t")


@dataclass(slots=True)
class Output:
    """Where blocks go: the article, a note, a comment, or a text box, and what is open there."""

    run: StyledRun = field(default_factory=StyledRun)
    pieces: list[Piece] = field(default_factory=list)
    row: Row = field(default_factory=Row)
    table: Table | None = None
    cell: list[Piece] = field(default_factory=list)
    label: str = ""
    languages: Counter[str] = field(default_factory=Counter)
    indents: list[int] = field(default_factory=list)  # of the items that are open
    item_indent: int = 0
    in_cell: bool = False
    is_article: bool = False


def as_notes(pieces: Sequence[Piece], label: str) -> Iterator[Piece]:
    """The blocks of a note; its label stands before the first one."""
    for piece in pieces:
        if piece.text.replace(OBJECT, "").strip():
            yield Piece(
                kind=BlockKind.NOTE, text=piece.text, marks=piece.marks, label=label, language=piece.language
            )
            label = ""


def split_marker(piece: Piece) -> tuple[Piece, str]:
    """A paragraph that hangs from a marker and a TAB is an item; programs without lists write them so."""
    match = _MARKER.match(piece.text)
    if match is None:
        return piece, ""
    cut = match.end()
    marks = tuple(
        mark._replace(start=max(mark.start - cut, 0), end=mark.end - cut)
        for mark in piece.marks
        if mark.end > cut
    )
    label = match.group(1)
    return replace(piece, text=piece.text[cut:], marks=marks), label if label[-1] in ".)" else "•"


def whole(text: str, marks: tuple[Mark, ...]) -> tuple[str, tuple[Mark, ...]]:
    """`text` with characters that were written as two halves put together, and its marks moved along."""
    whole = joined_surrogates(text)
    if whole == text:
        return text, marks
    places = [0]
    for character in text:
        # The second half of a pair takes no place of its own.
        places.append(places[-1] + (not "\udc00" <= character <= "\udfff"))
    moved = (m._replace(start=places[m.start], end=places[m.end]) for m in marks)
    return whole, tuple(m for m in moved if m.start < m.end <= len(whole))
