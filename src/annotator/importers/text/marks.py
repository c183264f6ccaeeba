"""What people write for italics and notes in plain text: `_so_`, and `[1]` with the notes at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from annotator.domain.article import BlockKind, Mark, MarkKind
from annotator.importers.pieces import Piece

_ITALICS = re.compile(r"(?<![\w/])_(?=[^\s_])([^_]{0,400}?[^\s_])_(?!\w)")
_NOTE = re.compile(r"\s*(?:\[(?:footnote\s+)?(\d{1,4}|\*)(?:\]|:)\s*)(?=\S)", re.IGNORECASE)
_REFERENCE = re.compile(r"\[(\d{1,4}|\*)\](?![(:])")
_NOTES_TITLE = re.compile(
    r"\s*(?:(?:foot|end)?notes|references|anmerkungen|fußnoten|notas):*\s*", re.IGNORECASE
)
_SPOKEN = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.NOTE)


def with_notes(pieces: Sequence[Piece]) -> list[Piece]:
    """`pieces` with the notes at the end as notes, if the text refers to them, and marks on the references."""
    first = len(pieces)
    labels: dict[int, str] = {}
    while first and (match := _NOTE.match(pieces[first - 1].text)) and pieces[first - 1].kind in _SPOKEN:
        first -= 1
        labels[first] = match.group(1)
    known = set(labels.values()) & {
        label for piece in pieces[:first] if "[" in piece.text for label in _REFERENCE.findall(piece.text)
    }
    if not known:
        return list(pieces)
    result = [_referring(piece, known) if piece.kind in _SPOKEN else piece for piece in pieces[:first]]
    for number in range(first, len(pieces)):
        match = _NOTE.match(pieces[number].text)
        text = pieces[number].text[match.end() :] if match else pieces[number].text
        if match and match.group().lstrip().lower().startswith("[footnote"):
            text = text.removesuffix("]")
        result.append(replace(pieces[number], kind=BlockKind.NOTE, text=text, label=labels[number], level=0))
    return result


def _referring(piece: Piece, known: set[str]) -> Piece:
    marks = tuple(
        Mark(MarkKind.NOTE_REF, match.start(), match.end(), match.group(1))
        for match in _REFERENCE.finditer(piece.text)
        if match.group(1) in known
    )
    return replace(piece, marks=(*piece.marks, *marks)) if marks else piece


def with_italics(piece: Piece) -> Piece:
    """`piece` with words between underscores as emphasis."""
    if piece.kind is BlockKind.CODE or "_" not in piece.text:
        return piece
    parts: list[str] = []
    marks: list[Mark] = []
    at = length = 0
    for match in _ITALICS.finditer(piece.text):
        before = piece.text[at : match.start()]
        start = length + len(before)
        parts += (before, match.group(1))
        length = start + len(match.group(1))
        marks.append(Mark(MarkKind.EMPHASIS, start, length))
        at = match.end()
    if not marks or piece.marks:
        return piece
    return replace(piece, text="".join((*parts, piece.text[at:])), marks=tuple(marks))


def is_notes_title(text: str) -> bool:
    """Whether a heading says that notes follow."""
    return _NOTES_TITLE.fullmatch(text) is not None
