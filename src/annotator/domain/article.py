"""Articles and their canonical text: blocks, inline marks and one plain string.

All offsets are code points of the canonical string, end exclusive. The string of an `ArticleText` is cleaned once,
at import, and never changes afterwards; it is never read back from a widget.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from annotator.domain.entity import BULK, EMPTY, Entity
from annotator.domain.ids import ArticleId, AttachmentId, ScaleId, TagId, TextId
from annotator.domain.packing import unpacked
from annotator.errors import InvalidValue

OBJECT = "\ufffc"  # stands for an image in the text
MAX_BLOCK = 20_000  # characters; one longer paragraph makes the layout slow, so it is split at import


class ArticleKind(StrEnum):
    """What an article is in the library."""

    ARTICLE = "article"
    SOURCE_TEXT = "source-text"
    TRANSCRIPT = "transcript"


class ArticleStatus(StrEnum):
    """How far the work on an article is."""

    OPEN = "open"
    DONE = "done"


class BlockKind(StrEnum):
    """What a block of the text is. The value is also its name in the stored form."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    STANDFIRST = "standfirst"
    LIST_ITEM = "list-item"
    QUOTE = "quote"
    CODE = "code"
    CELL = "cell"
    FIGURE = "figure"
    NOTE = "note"
    RULE = "rule"


class MarkKind(StrEnum):
    """What an inline mark says about its run of characters."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    LINK = "link"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    STRIKE = "strike"
    NOTE_REF = "note-ref"
    IMAGE = "image"


class Mark(NamedTuple):
    """An inline mark over `[start, end)`, code points of the canonical string.

    `value` is the address of a link, the label of a note or the alternative text of an image. `picture` says which of
    the text's pictures an image is, by the SHA-256 of its bytes; "" where there is none to show.
    """

    kind: MarkKind
    start: int
    end: int
    value: str = ""
    picture: str = ""


class Block(NamedTuple):
    """A block of the text, `[start, end)` in the canonical string without the separator behind it.

    `level` is a heading's level (1-6) or the nesting depth (list item, quote: from 1); `label` is the list marker
    ("•", "3."), the label of a note or the language of code; `quoted` counts the block quotes around any block.
    Cells carry `table` (its number in the text, from 0), `row`, `column` and `header`. `direction` is "rtl" where the
    file says so, or else the block's first strong character, otherwise "". `page` is the label of the page it begins
    on, as it is cited ("iv", "12"); `language` its own (BCP 47), where it differs from the article's; both "" where
    nobody said.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    label: str = ""
    quoted: int = 0
    table: int = -1
    row: int = 0
    column: int = 0
    header: bool = False
    direction: str = ""
    marks: tuple[Mark, ...] = ()
    page: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Entity):
    """A work and its metadata. Dates are ISO strings and may be partial ("2019-05")."""

    id: ArticleId
    title: str
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    publication: str = ""
    section: str = ""
    url: str = ""
    published_on: str = ""
    accessed_on: str = ""
    language: str = ""
    direction: str = ""
    kind: ArticleKind = ArticleKind.ARTICLE
    status: ArticleStatus = ArticleStatus.OPEN
    scale_id: ScaleId | None = None
    tags: tuple[TagId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText(Entity):
    """One immutable version of an article's text. `seq` counts the versions from 1; `sha256` is that of `text`."""

    id: TextId
    article_id: ArticleId
    seq: int = 1
    text: str = field(default="", metadata=BULK)
    blocks: tuple[Block, ...] = field(default=(), metadata=BULK)
    sha256: str = ""
    importer: str = ""
    importer_version: str = ""
    original_name: str = ""
    original_type: str = ""
    original_sha256: str = ""
    original_id: AttachmentId | None = None
    parent_id: TextId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(Entity):
    """Bytes kept in the library: the original of an article, or a picture in the text `text_id`, of `width` by `height`
    pixels. `name` is the file name it came with, `sha256` that of the bytes, `data` what is stored of them: as they
    are, or packed as `compression` says."""

    id: AttachmentId
    sha256: str
    media_type: str
    name: str = ""
    data: bytes = field(default=b"", metadata=BULK)
    compression: str = ""
    text_id: TextId | None = None
    width: int = 0
    height: int = 0

    def content(self) -> bytes:
        """The bytes.

        Raises:
            InvalidValue: what is stored is damaged.
        """
        return unpacked(self.data, self.compression)


def text_digest(text: str) -> str:
    """SHA-256 of the UTF-8 of `text`, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\u0085\u000b\u000c]")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufdd0-\ufdef\ud800-\udfff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)


# What may be marks over a letter by the hundred; as they are no letters, `re` knows them by that.
_PILES = re.compile(r"[^\w\s]{500,}")
_MARKS_IN_ROW = 30
_JOINER = "\u034f"
_UNTOUCHED = frozenset(" 0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


def clean_text(raw: str) -> str:
    """`raw` as it may stand in a canonical text.

    Line ends become LF; byte order marks, NUL and other controls, lone surrogates and non-characters are dropped; the
    rest is NFC. Tabs, no-break spaces, joiners and direction marks stay.
    """
    kept = _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", raw))
    return unicodedata.normalize("NFC", _PILES.sub(_with_joiners, kept))


def _with_joiners(pile: re.Match[str]) -> str:
    """A pile of marks in the stream-safe form (UAX #15, 13): sorting an endless one takes quadratic time."""
    parts: list[str] = []
    marks = 0
    for character in pile.group():
        marks = (
            marks + len(unicodedata.normalize("NFD", character)) if unicodedata.combining(character) else 0
        )
        if marks > _MARKS_IN_ROW:
            parts.append(_JOINER)
            marks = 1
        parts.append(character)
    return "".join(parts)


def direction_of(text: str) -> str:
    """ "rtl" when the first strong character of `text` is right-to-left (Unicode rule P2), else ""."""
    for character in text[:2000]:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return ""
        if kind in ("R", "AL"):
            return "rtl"
    return ""


class TextBuilder:
    """Collects blocks into one clean canonical text.

    Between two blocks stands one separator: TAB between the cells of a table row, LF everywhere else.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0

    @property
    def blocks(self) -> Sequence[Block]:
        """The blocks added so far."""
        return self._blocks

    def block_text(self, block: Block) -> str:
        """The text of a block that was added."""
        return self.text[block.start : block.end]

    @property
    def text(self) -> str:
        """The canonical string so far."""
        return "".join(self._parts)

    def add(
        self,
        kind: BlockKind,
        raw: str,
        marks: Iterable[Mark] = (),
        *,
        level: int = 0,
        label: str = "",
        quoted: int = 0,
        table: int = -1,
        row: int = 0,
        column: int = 0,
        header: bool = False,
        page: str = "",
        language: str = "",
        direction: str = "",
    ) -> None:
        """Append a block; offsets of `marks` count from the start of `raw`. `direction` is "ltr" or "rtl" where the
        file says so. Blocks without text are dropped, except rules and cells; paragraphs above `MAX_BLOCK` characters
        are split at a space."""
        text, kept_marks = _clean_run(raw, tuple(marks), keep_edges=kind is BlockKind.CODE)
        if not text and kind not in (BlockKind.RULE, BlockKind.CELL):
            return
        said = direction.removeprefix("ltr") if direction else direction_of(text)
        for start, end in _pieces(text, split=kind is not BlockKind.CELL):
            shift = self._length + bool(self._blocks) - start
            moved = tuple(
                mark._replace(start=max(mark.start, start) + shift, end=min(mark.end, end) + shift)
                for mark in kept_marks
                if mark.start < end and mark.end > start
            )
            place = (start + shift, end + shift)
            block = Block(
                kind, *place, level, label, quoted, table, row, column, header, said, moved, page, language
            )
            self._append(block, text[start:end])

    def _append(self, block: Block, text: str) -> None:
        if self._blocks:
            before = self._blocks[-1]
            same_row = (
                block.kind is BlockKind.CELL
                and before.kind is BlockKind.CELL
                and (before.table, before.row) == (block.table, block.row)
            )
            self._parts.append("\t" if same_row else "\n")
        self._parts.append(text)
        self._length = block.end
        self._blocks.append(block)


def _clean_run(raw: str, marks: tuple[Mark, ...], *, keep_edges: bool) -> tuple[str, tuple[Mark, ...]]:
    """Clean and trim a block's text and move its marks along."""
    clean = _is_clean(raw)
    text = raw if clean else clean_text(raw)
    begin = 0 if keep_edges else len(text) - len(text.lstrip())
    end = len(text.rstrip("\n")) if keep_edges else len(text.rstrip())
    end = max(begin, end)
    if not marks:
        return text[begin:end], ()
    offsets = {offset for mark in marks for offset in (mark.start, mark.end)}
    moved = {offset: offset for offset in offsets} if clean else _moved(raw, offsets)
    place = {offset: min(max(min(to, len(text)), begin), end) - begin for offset, to in moved.items()}
    kept = (mark._replace(start=place[mark.start], end=place[mark.end]) for mark in marks)
    return text[begin:end], tuple(mark for mark in kept if mark.start < mark.end)


def _moved(raw: str, offsets: Iterable[int]) -> dict[int, int]:
    """Where offsets of a text lie once it is cleaned: as many characters in as what stands before them, cleaned.

    What is cleaned is cut only before letters, digits and spaces of ASCII, which nothing before them changes, so that
    many marks don't clean the same text again and again.
    """
    moved: dict[int, int] = {}
    at = length = 0
    for offset in sorted(offsets):
        cut = next((n for n in range(min(offset, len(raw) - 1), at, -1) if raw[n] in _UNTOUCHED), at)
        length += len(clean_text(raw[at:cut]))
        at = cut
        moved[offset] = length + len(clean_text(raw[at:offset]))
    return moved


def _is_clean(raw: str) -> bool:
    if raw.isascii() and raw.isprintable():
        return True
    if _LINE_ENDS.search(raw) or _FORBIDDEN.search(raw) or _PILES.sub(_with_joiners, raw) != raw:
        return False
    return unicodedata.is_normalized("NFC", raw)


def _pieces(text: str, *, split: bool) -> Iterator[tuple[int, int]]:
    """Ranges of at most `MAX_BLOCK` characters, cut behind a space where there is one."""
    start = 0
    while split and len(text) - start > MAX_BLOCK:
        space = max(
            text.rfind(" ", start + MAX_BLOCK // 2, start + MAX_BLOCK),
            text.rfind("\n", start, start + MAX_BLOCK),
        )
        cut = space if space > start else _safe_cut(text, start + MAX_BLOCK)
        yield start, cut
        start = cut + 1 if space > start else cut
    yield start, len(text)


def _safe_cut(text: str, cut: int) -> int:
    """Move `cut` back so that no combining sequence is torn."""
    lowest = cut - 64
    while cut > lowest and (
        unicodedata.combining(text[cut]) or text[cut] in "\u200d\ufe0f" or text[cut - 1] == "\u200d"
    ):
        cut -= 1
    return cut


_PLAIN = Block(BlockKind.PARAGRAPH, 0, 0)
_FIELDS = {
    "level": "l",
    "label": "m",
    "quoted": "q",
    "table": "t",
    "row": "r",
    "column": "c",
    "header": "h",
    "direction": "d",
    "page": "p",
    "language": "g",
}


def blocks_to_json(blocks: Sequence[Block]) -> str:
    """The stored form: a plain paragraph is its length; any other block `[length, kind, {fields}, [marks]]`.

    Marks are `[kind, offset in the block, length, value, picture]` without what is empty at the end. Starts follow from
    the lengths, as every block but the last is followed by one separator.
    """
    rows: list[Any] = []
    for block in blocks:
        length = block.end - block.start
        if block == _PLAIN._replace(start=block.start, end=block.end):
            rows.append(length)
            continue
        fields: dict[str, Any] = {}
        for name, key in _FIELDS.items():
            value = getattr(block, name)
            if value != getattr(_PLAIN, name):
                fields[key] = int(value) if isinstance(value, bool) else value
        marks = [
            [m.kind.value, m.start - block.start, m.end - m.start, *_said(m.value, m.picture)]
            for m in block.marks
        ]
        rows.append(
            [length, block.kind.value, fields, marks] if marks else [length, block.kind.value, fields]
        )
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _said(value: str, picture: str) -> tuple[str, ...]:
    if picture:
        return (value, picture)
    return (value,) if value else ()


_KEYS = {key: name for name, key in _FIELDS.items()}
_BLOCK_KINDS = {kind.value: kind for kind in BlockKind}
_MARK_KINDS = {kind.value: kind for kind in MarkKind}


def blocks_from_json(stored: str) -> tuple[Block, ...]:
    """The inverse of `blocks_to_json`.

    Raises:
        InvalidValue: `stored` isn't of that form.
    """
    try:
        return tuple(_decode_blocks(json.loads(stored)))
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise InvalidValue(
            "The structure of a stored text is damaged.", kept="The text itself was not changed."
        ) from error


def _decode_blocks(rows: list[Any]) -> Iterator[Block]:
    start = 0
    paragraph = BlockKind.PARAGRAPH
    for row in rows:
        if type(row) is int:
            yield Block(paragraph, start, start + row)
            start += row + 1
            continue
        end = start + row[0]
        fields = {_KEYS[key]: value for key, value in row[2].items()}
        if "header" in fields:
            fields["header"] = bool(fields["header"])
        marks = tuple(
            Mark(_MARK_KINDS[m[0]], start + m[1], start + m[1] + m[2], *m[3:5])
            for m in (row[3] if len(row) > 3 else ())
        )
        yield Block(_BLOCK_KINDS[row[1]], start, end, marks=marks, **fields)
        start = end + 1


class Picture(NamedTuple):
    """A picture in a text: a PNG or JPEG image of `width` by `height` pixels, called by the SHA-256 of its bytes."""

    sha256: str
    media_type: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedArticle:
    """What an importer makes of a file, before it is stored. `warnings` are sentences for the user, `encoding` is how
    the characters of a text file were read, `pictures` are those that marks name."""

    title: str
    text: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    publication: str = ""
    section: str = ""
    url: str = ""
    published_on: str = ""
    language: str = ""
    warnings: tuple[str, ...] = ()
    encoding: str = ""
    pictures: tuple[Picture, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=lambda: EMPTY)


def word_count(text: str) -> int:
    """The number of words in `text`, for reading time and progress."""
    return len(text.split())
