"""The blocks of an article before they have a place: what the formats share between parsing and the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from annotator.domain.article import OBJECT, Block, BlockKind, Mark, MarkKind, TextBuilder

FIRST_BLOCKS = 3  # a title is looked for in that many blocks at the beginning
_SPOKEN_FOR = (BlockKind.HEADING, BlockKind.STANDFIRST, BlockKind.PARAGRAPH, BlockKind.QUOTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block to be. Offsets of `marks` count from the start of `text`; `role` says what a page's mark-up said
    of it: "standfirst", "byline", "date", "header" (else inside an article's header) or ""; word processors also say
    "title", "caption" and what their styles are for."""

    kind: BlockKind
    text: str = ""
    marks: tuple[Mark, ...] = ()
    level: int = 0
    label: str = ""
    quoted: int = 0
    table: int = -1
    row: int = 0
    column: int = 0
    header: bool = False
    role: str = ""
    page: str = ""
    language: str = ""
    direction: str = ""


def heading(text: str, level: int) -> Piece:
    """A heading without marks."""
    return Piece(kind=BlockKind.HEADING, text=text, level=level)


def paragraph(text: str) -> Piece:
    """A plain paragraph."""
    return Piece(kind=BlockKind.PARAGRAPH, text=text)


def build(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """The canonical text of `pieces` and its blocks."""
    builder = TextBuilder()
    for piece in pieces:
        builder.add(
            piece.kind,
            piece.text,
            piece.marks,
            level=piece.level,
            label=piece.label,
            quoted=piece.quoted,
            table=piece.table,
            row=piece.row,
            column=piece.column,
            header=piece.header,
            page=piece.page,
            language=piece.language,
            direction=piece.direction,
        )
    return builder.text, tuple(builder.blocks)


def with_title(pieces: Sequence[Piece], title: str, subtitle: str = "") -> list[Piece]:
    """`pieces` with the title as their first heading of level 1, unless one is there already, and the subtitle as the
    standfirst behind it. A paragraph in that place with the subtitle's words becomes the standfirst."""
    result = list(pieces)
    place = next((n for n, piece in enumerate(result[:FIRST_BLOCKS]) if _is_title(piece)), -1)
    same = next(
        (n for n, piece in enumerate(result[:FIRST_BLOCKS]) if title and _same(piece.text, title)), -1
    )
    if place < 0 and same >= 0 and result[same].kind in _SPOKEN_FOR:
        place = same
        result[same] = replace(result[same], kind=BlockKind.HEADING, level=1, quoted=0)
    elif place < 0 and title:
        place = 0
        result.insert(0, heading(title, 1))
    if not subtitle:
        return result
    behind = place + 1
    near = next(
        (n for n in range(behind, min(behind + 2, len(result))) if _same(result[n].text, subtitle)), -1
    )
    if near >= 0:
        if result[near].kind in _SPOKEN_FOR:
            result[near] = replace(result[near], kind=BlockKind.STANDFIRST, level=0, quoted=0)
    elif not any(piece.kind is BlockKind.STANDFIRST for piece in result[behind : behind + 2]):
        result.insert(behind, Piece(kind=BlockKind.STANDFIRST, text=subtitle))
    return result


def title_of(pieces: Sequence[Piece], file_name_stem: str) -> str:
    """The title a text gives itself: its first heading, else its first words, else the name of its file."""
    for piece in pieces:
        if piece.kind is BlockKind.HEADING and one_line(piece.text):
            return one_line(piece.text)
    for piece in pieces:
        words = one_line(piece.text).split()
        if words:
            return _shortened(words)
    return file_name_stem or "Untitled"


def one_line(text: str) -> str:
    """`text` without images and notes of white space: a title for lists."""
    return " ".join(text.replace(OBJECT, " ").split())


def without_note_marks(piece: Piece) -> str:
    """The words of a piece on one line, without the numbers of its notes."""
    text = piece.text
    for mark in sorted(
        (m for m in piece.marks if m.kind is MarkKind.NOTE_REF), reverse=True, key=lambda m: m.start
    ):
        text = text[: mark.start] + text[mark.end :]
    return one_line(text)


def _shortened(words: list[str]) -> str:
    title = ""
    for word in words:
        if title and len(title) + len(word) > 70:
            return f"{title}…"
        title = f"{title} {word}".strip()
    return title if len(title) <= 120 else f"{title[:119]}…"


def _is_title(piece: Piece) -> bool:
    return piece.kind is BlockKind.HEADING and piece.level == 1 and bool(one_line(piece.text))


def _same(one: str, other: str) -> bool:
    return one_line(one).casefold().rstrip(".") == one_line(other).casefold().rstrip(".")
