"""What goes between the program and the process that opens foreign files: a request with a file's bytes, and the reply,
which is believed in nothing. Every part has its length before it, in eight bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, BinaryIO

from annotator.domain.article import (
    MAX_BLOCK,
    Block,
    BlockKind,
    ImportedArticle,
    Mark,
    MarkKind,
    Picture,
    blocks_from_json,
    blocks_to_json,
    clean_text,
)
from annotator.errors import InvalidValue
from annotator.importers.base import MAX_TEXT, ImportHints, Part
from annotator.importers.pictures import MAX_BESIDE, MAX_PICTURES, MAX_SIDE, MAX_TOTAL, MEDIA_TYPES

MAX_HEAD = 4 * 1024 * 1024  # bytes of all that is not text or blocks
MAX_BLOCKS = 48 * 1024 * 1024  # bytes of the blocks
MAX_CELLS = 4000  # of one table
MAX_NESTING = 24
_MAX_SIGNS = 6_000_000  # brackets and commas: no more things than that can become of the bytes
_MAX_FIELD = 20_000  # characters
_MAX_FACTS = 20_000  # names, warnings, values beside the text
_MAX_PARTS = 20_000
_MAX_DEPTH = 6  # of the values beside the text
_FIELDS = (
    "title", "subtitle", "publication", "section", "url", "published_on", "language", "encoding",
)  # fmt: skip
_LISTS = ("authors", "warnings")
_NUMBER = 1 << 31


class BadReply(Exception):
    """A reply that is not what it should be: whoever wrote it can't be trusted with another file."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be done with a file: `task` is "read" or "outline"."""

    task: str
    hints: ImportHints


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a file. Exactly one of `article`, `outline`, `refused` (the three parts of an error) and `fault`
    (what went wrong in the importer) is there. `importer` names the format, `acts` what the process tried and was not
    let do, `memory` is the most it took, in bytes."""

    importer: str = ""
    article: ImportedArticle | None = None
    outline: tuple[Part, ...] | None = None
    refused: tuple[str, str, str] | None = None
    fault: str = ""
    acts: tuple[str, ...] = ()
    memory: int = 0


# Parts with their length -----------------------------------------------------------------------------------


def send(stream: BinaryIO, *parts: bytes) -> None:
    """Write parts, each behind its length."""
    for part in parts:
        stream.write(len(part).to_bytes(8, "big"))
        stream.write(part)
    stream.flush()


def receive(stream: BinaryIO, most: int) -> bytes:
    """The next part.

    Raises:
        EOFError: the other side is gone.
        BadReply: it is longer than `most`.
    """
    length = int.from_bytes(_exactly(stream, 8), "big")
    if length > most:
        raise BadReply(f"a part of {length} bytes")
    return _exactly(stream, length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


# Requests --------------------------------------------------------------------------------------------------


def send_request(stream: BinaryIO, request: Request, data: bytes) -> None:
    """Ask for something to be done with `data`."""
    hints = request.hints
    files = [[name, len(content)] for name, content in hints.files.items()]
    head = [request.task, hints.file_name, hints.encoding, hints.whole_page, list(hints.parts), files]
    send(stream, json.dumps(head).encode("ascii"), data, b"".join(hints.files.values()))


def receive_request(stream: BinaryIO, most: int) -> tuple[Request, bytes]:
    """The next request and the file's bytes.

    Raises:
        EOFError: there is nobody any more who asks.
    """
    task, name, encoding, whole_page, parts, listed = json.loads(receive(stream, MAX_HEAD))
    data, beside = receive(stream, most), receive(stream, MAX_BESIDE)
    files, at = {}, 0
    for place, length in listed:
        files[place] = beside[at : at + length]
        at += length
    return Request(task, ImportHints(name, encoding, whole_page, tuple(parts), files)), data


# Replies ---------------------------------------------------------------------------------------------------


def send_reply(stream: BinaryIO, reply: Reply) -> None:
    """Say what came of a file; what is too long beside the text is cut."""
    head: dict[str, Any] = {"importer": reply.importer, "acts": reply.acts[:100], "memory": reply.memory}
    text = blocks = pictures = b""
    if reply.article is not None:
        article = reply.article
        head["article"] = {name: _short(getattr(article, name)) for name in _FIELDS}
        head["article"] |= {name: [_short(one) for one in getattr(article, name)[:1000]] for name in _LISTS}
        head["article"]["extra"] = _plain(article.extra)
        head["article"]["pictures"] = [
            [picture.sha256, picture.media_type, picture.width, picture.height, len(picture.data)]
            for picture in article.pictures
        ]
        pictures = b"".join(picture.data for picture in article.pictures)
        text = article.text.encode("utf-8")
        blocks = blocks_to_json([_shallow(block) for block in article.blocks]).encode("utf-8")
    elif reply.outline is not None:
        head["outline"] = [
            [_short(part.title), min(max(part.level, 1), MAX_NESTING), part.words]
            for part in reply.outline[:_MAX_PARTS]
        ]
    elif reply.refused is not None:
        head["refused"] = [_short(part) for part in reply.refused]
    else:
        head["fault"] = _short(reply.fault)
    send(stream, json.dumps(head, ensure_ascii=False).encode("utf-8", "replace"), text, blocks, pictures)


def _short(text: str) -> str:
    return clean_text(str(text)[: _MAX_FIELD // 2])


def _shallow(block: Block) -> Block:
    """The block with no more nesting and no longer words beside the text than is allowed."""
    marks = tuple(mark._replace(value=_short(mark.value)) for mark in block.marks)
    return block._replace(
        level=min(block.level, MAX_NESTING), quoted=min(block.quoted, MAX_NESTING),
        label=_short(block.label), page=_short(block.page), language=_short(block.language), marks=marks,
    )  # fmt: skip


def _plain(value: object, depth: int = _MAX_DEPTH) -> object:
    if isinstance(value, Mapping) and depth:
        return {_short(key): _plain(one, depth - 1) for key, one in list(value.items())[:1000]}
    if isinstance(value, (list, tuple)) and depth:
        return [_plain(one, depth - 1) for one in value[:1000]]
    return value if value is None or isinstance(value, (bool, int)) else _short(str(value))


def receive_reply(stream: BinaryIO) -> Reply:
    """The next reply, once all of it was seen to be what an importer may return.

    Raises:
        EOFError: the process ended before its reply did.
        BadReply: it is something else.
    """
    head, text, blocks, pictures = (
        receive(stream, most) for most in (MAX_HEAD, MAX_TEXT, MAX_BLOCKS, MAX_TOTAL)
    )
    try:
        found = _loaded(head)
        kind = _only(found, ("article", "outline", "refused", "fault"))
        reply = Reply(
            importer=_string(found["importer"]),
            acts=_strings(found["acts"]),
            memory=_number(found["memory"], most=1 << 50),
        )
        if kind == "article":
            return replace(reply, article=_article(found["article"], text, blocks, pictures))
        if kind == "outline":
            return replace(reply, outline=_outline(found["outline"]))
        if kind == "refused":
            what, kept, todo = _strings(found["refused"])
            return replace(reply, refused=(what, kept, todo))
        return replace(reply, fault=_string(found["fault"]))
    except (
        ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError, InvalidValue
    ) as error:  # fmt: skip
        raise BadReply(f"{type(error).__name__}: {error}"[:500]) from error


def _loaded(data: bytes) -> dict[str, Any]:
    if sum(data.count(sign) for sign in (b"[", b"{", b",")) > _MAX_SIGNS:
        raise BadReply("too many things")
    return _mapping(json.loads(data))


def _only(found: Mapping[str, Any], kinds: Sequence[str]) -> str:
    (kind,) = (kind for kind in kinds if kind in found)
    return kind


def _article(found: object, raw: bytes, raw_blocks: bytes, raw_pictures: bytes) -> ImportedArticle:
    values = _mapping(found)
    text = raw.decode("utf-8")
    if not text.strip() or clean_text(text) != text:
        raise BadReply("a text that is empty or not clean")
    if sum(raw_blocks.count(sign) for sign in (b"[", b"{", b",")) > _MAX_SIGNS:
        raise BadReply("too many blocks")
    blocks = blocks_from_json(raw_blocks.decode("utf-8"))
    check_blocks(text, blocks)
    pictures = _pictures(values["pictures"], raw_pictures)
    if {mark.picture for block in blocks for mark in block.marks} - {""} != {one.sha256 for one in pictures}:
        raise BadReply("other pictures than the text names")
    fields: dict[str, Any] = {name: _string(values[name]) for name in _FIELDS}
    return ImportedArticle(
        text=text,
        blocks=blocks,
        pictures=pictures,
        extra=MappingProxyType(_facts(values["extra"])),
        authors=_strings(values["authors"]),
        warnings=_strings(values["warnings"]),
        **fields,
    )


def _pictures(found: object, data: bytes) -> tuple[Picture, ...]:
    """The pictures, each of a known kind and with the bytes its name says. Nothing decodes them here."""
    rows = _list(found)
    if len(rows) > MAX_PICTURES:
        raise BadReply("too many pictures")
    pictures, at = [], 0
    for sha256, media_type, width, height, length in rows:
        held = data[at : at + _number(length, least=1)]
        at += len(held)
        sizes = (_number(width, least=1, most=MAX_SIDE), _number(height, least=1, most=MAX_SIDE))
        if not held.startswith(MEDIA_TYPES[media_type]) or hashlib.sha256(held).hexdigest() != sha256:
            raise BadReply("a picture that is another one")
        pictures.append(Picture(sha256, media_type, *sizes, held))
    if at != len(data):
        raise BadReply("bytes of no picture")
    return tuple(pictures)


def _outline(found: object) -> tuple[Part, ...]:
    rows = _list(found)
    if len(rows) > _MAX_PARTS:
        raise BadReply("too many parts")
    return tuple(
        Part(_string(title), _number(level, most=MAX_NESTING), _number(words)) for title, level, words in rows
    )


# Blocks ----------------------------------------------------------------------------------------------------


def check_blocks(text: str, blocks: Sequence[Block]) -> None:
    """See that blocks and marks are of the right types, in their bounds, and cover `text` from end to end.

    Raises:
        BadReply: they don't.
    """
    cells: dict[int, int] = {}
    last: Block | None = None
    at = 0
    for block in blocks:
        _check_types(block)
        if last is not None:
            joined = _same_row(last, block)
            if text[at : at + 1] != ("\t" if joined else "\n"):
                raise BadReply(f"no separator at {at}")
            at += 1
        if block.start != at or not at <= block.end <= len(text):
            raise BadReply(f"a block at {block.start} instead of {at}")
        if block.kind is BlockKind.CELL:
            cells[block.table] = cells.get(block.table, 0) + 1
            if cells[block.table] > MAX_CELLS:
                raise BadReply("a table with too many cells")
        elif block.end - block.start > MAX_BLOCK:
            raise BadReply("a block that is too long")
        for mark in block.marks:
            _check_mark(block, mark)
        last, at = block, block.end
    if at != len(text):
        raise BadReply("text without a block")


def _same_row(one: Block, other: Block) -> bool:
    cells = one.kind is BlockKind.CELL and other.kind is BlockKind.CELL
    return cells and (one.table, one.row) == (other.table, other.row)


def _check_types(block: Block) -> None:
    for number in (block.start, block.end, block.level, block.quoted, block.row, block.column):
        _number(number)
    _number(block.table, least=-1)
    if max(block.level, block.quoted) > MAX_NESTING or type(block.header) is not bool:
        raise BadReply("a block nested too deep")
    if block.direction not in ("", "rtl"):
        raise BadReply("an unknown direction")
    for words in (block.label, block.page, block.language, block.direction):
        _string(words)


def _check_mark(block: Block, mark: Mark) -> None:
    _number(mark.start)
    _number(mark.end)
    _string(mark.value)
    _string(mark.picture)
    if mark.picture and mark.kind is not MarkKind.IMAGE:
        raise BadReply("a picture that is none")
    if type(mark.kind) is not MarkKind or not block.start <= mark.start < mark.end <= block.end:
        raise BadReply("a mark outside of its block")


# Values ----------------------------------------------------------------------------------------------------


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadReply("no mapping")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise BadReply("no list")
    return value


def _string(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MAX_FIELD or clean_text(value) != value:
        raise BadReply("no clean words")
    return value


def _strings(value: object) -> tuple[str, ...]:
    values = _list(value)
    if len(values) > _MAX_FACTS:
        raise BadReply("too many values")
    return tuple(map(_string, values))


def _number(value: object, *, least: int = 0, most: int = _NUMBER) -> int:
    if type(value) is not int or not least <= value <= most:
        raise BadReply("a number out of its bounds")
    return value


def _facts(value: object) -> dict[str, Any]:
    found = _mapping(value)
    if sum(1 for _ in _walk(found, _MAX_DEPTH + 1)) > _MAX_FACTS:
        raise BadReply("too many values")
    return found


def _walk(value: object, depth: int) -> Iterator[object]:
    """`value` and all in it, checked."""
    if not depth:
        raise BadReply("values nested too deep")
    yield value
    if isinstance(value, dict):
        for key, one in value.items():
            _string(key)
            yield from _walk(one, depth - 1)
    elif isinstance(value, list):
        for one in value:
            yield from _walk(one, depth - 1)
    elif isinstance(value, str):
        _string(value)
    elif value is not None and not isinstance(value, bool):
        _number(value, least=-(1 << 62), most=1 << 62)
