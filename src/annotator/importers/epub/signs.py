"""Signs that travel with the text of a book through the reading of HTML, and come out again with its pieces.

Where a chapter, a page, a note or another language begins is known of elements, but needed of pieces. Each sign is
written into the text between two non-characters, which no text may hold: what a file has of them is taken out first.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from annotator.domain.article import OBJECT, BlockKind, Mark, MarkKind
from annotator.importers.pieces import Piece

if TYPE_CHECKING:
    from lxml.etree import _Element

CHAPTER, PAGE, NOTE, NOTE_END, REFERENCE, REFERENCE_END, LANGUAGE = "CPNnRrL"
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_SIGN = re.compile(f"{_OPEN}([A-Za-z])(\\d{{1,7}}){_CLOSE}")
_FORGED = re.compile("[\ufdd0\ufdd1]|&#(?:x0*fdd[01]|0*6497[67]);?", re.IGNORECASE)
_VOID = ("br", "hr", "img", "wbr")
_ROWS = ("table", "thead", "tbody", "tfoot", "tr", "colgroup", "ul", "ol", "dl")


class Sign(NamedTuple):
    """What was written at a place of a piece: `at` counts the characters before it."""

    kind: str
    number: int
    at: int


@dataclass(frozen=True, slots=True)
class SignedPiece:
    """A piece without the signs that were in it, and those; `piece` is None for signs between two pieces."""

    piece: Piece | None
    signs: tuple[Sign, ...] = ()


def without_forged_signs(text: str) -> str:
    """`text` of a file without anything that could be taken for a sign."""
    suspicious = "&#" in text or _OPEN in text or _CLOSE in text
    return _FORGED.sub("", text) if suspicious else text


def sign(kind: str, number: int) -> str:
    """A sign as it is written into a text."""
    return f"{_OPEN}{kind}{number}{_CLOSE}"


def write_first(element: _Element, text: str) -> None:
    """Put `text` where `element` begins: into it, or before it where it can't hold any."""
    while element.tag in _ROWS and len(element):  # in a table or list there is text in cells and items only
        element = element[0]
    if element.tag in _VOID:
        write_before(element, text)
    else:
        element.text = text + (element.text or "")


def write_before(element: _Element, text: str) -> None:
    """Put `text` in front of `element`."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def write_last(element: _Element, text: str) -> None:
    """Put `text` where `element` ends: into its last block, so that it makes no block of its own."""
    while len(element) and not (element[-1].tail or "").strip() and element[-1].tag not in _VOID:
        element = element[-1]
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def read_signs(piece: Piece) -> SignedPiece:
    """`piece` with its signs taken out of the text, and its marks moved along."""
    if _OPEN not in piece.text:
        return SignedPiece(piece)
    parts: list[str] = []
    signs: list[Sign] = []
    cuts: list[tuple[int, int, int]] = []  # where a sign was, where it ended, how much is gone by then
    at = gone = length = 0
    last = "\n"
    for match in _SIGN.finditer(piece.text):
        between = piece.text[at : match.start()]
        parts.append(between)
        length += len(between)
        end = match.end()
        last = between[-1:] or last
        if last in " \n" and piece.text[end : end + 1] == " " and piece.kind is not BlockKind.CODE:
            end += 1  # the space behind, which is not the first one any more
        signs.append(Sign(match.group(1), int(match.group(2)), length))
        gone += end - match.start()
        cuts.append((match.start(), end, gone))
        at = end
    text = "".join((*parts, piece.text[at:]))
    if not text.strip() and piece.kind not in (BlockKind.CELL, BlockKind.RULE):
        return SignedPiece(None, tuple(signs))
    marks = tuple(
        moved
        for mark in piece.marks
        if (moved := mark._replace(start=_place(mark.start, cuts), end=_place(mark.end, cuts))).start
        < moved.end
    )
    kind = piece.kind
    if kind is BlockKind.PARAGRAPH and not text.replace(OBJECT, "").strip():
        kind = BlockKind.FIGURE
    return SignedPiece(replace(piece, kind=kind, text=text, marks=marks), tuple(signs))


def _place(offset: int, cuts: list[tuple[int, int, int]]) -> int:
    cut = bisect_left(cuts, (offset,)) - 1  # the last one that begins before
    if cut < 0:
        return offset
    start, end, gone = cuts[cut]
    return offset - gone if offset >= end else start - (gone - (end - start))


def references_in(signed: SignedPiece, labels: Mapping[int, str]) -> tuple[Mark, ...]:
    """The marks of references to notes, which stand between their signs."""
    found: list[Mark] = []
    opened: dict[int, int] = {}
    for kind, number, at in signed.signs:
        if kind == REFERENCE:
            opened[number] = at
        elif kind == REFERENCE_END and opened.get(number, at) < at and number in labels:
            found.append(Mark(MarkKind.NOTE_REF, opened.pop(number), at, labels[number]))
    return tuple(found)
