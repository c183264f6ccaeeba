"""Plain text: paragraphs, wrapped lines, a title, a byline, headings, lists, tables and notes, by how they look."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from types import MappingProxyType

from annotator.domain.article import BlockKind, ImportedArticle
from annotator.importers.base import Importer, ImportHints, checked
from annotator.importers.bylines import byline_date, byline_names, iso_date
from annotator.importers.encodings import decode
from annotator.importers.html.tables import told_of_tables
from annotator.importers.pieces import Piece, build, heading, one_line, paragraph, title_of, with_title
from annotator.importers.text.blocks import heading_level, list_begins, special_pieces
from annotator.importers.text.headers import facts_of
from annotator.importers.text.lines import BULLET, PAGE_BREAK, RULE, Group, Joiner, groups_of, is_wrapped
from annotator.importers.text.marks import is_notes_title, with_italics, with_notes

_END = ".!?:;,…"
_NEAR = 50  # lines that tell whether there is a list
_CLOSING = "\"'”’»)]"
_FORM_FEED = re.compile(rb"(?:\r?\n|\r)?\x0c(?:\r?\n|\r)?")
_SIGNATURE = ("--", "-- ")


def read(data: bytes, hints: ImportHints) -> ImportedArticle:
    """The article in a text file.

    Raises:
        UnreadableFile: it is no text, empty, or too large.
    """
    if b"\x0c" in data and b"\x00" not in data:
        data = _FORM_FEED.sub(f"\n{PAGE_BREAK}\n".encode(), data.strip(b"\x0c \r\n\t"))
    decoded = decode(data, hint=hints.encoding, declared=None, file_name=hints.file_name)
    facts = facts_of(decoded.text)
    pieces, byline = read_pieces(facts.text, facts.title)
    pieces = with_title(pieces, facts.title)
    text, blocks = build(pieces)
    article = ImportedArticle(
        title=facts.title or title_of(pieces, PurePath(hints.file_name).stem),
        text=text,
        blocks=blocks,
        authors=facts.authors or byline_names(byline),
        published_on=facts.date or byline_date(byline),
        language=facts.language,
        encoding=decoded.encoding,
        warnings=(*decoded.warnings, *filter(None, (facts.warning,)), *told_of_tables(pieces)),
        extra=MappingProxyType(dict(facts.extra)),
    )
    return checked(article, hints.file_name)


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph to be, or blocks that are known already; `lone`: with blank lines around."""

    text: str
    lone: bool
    page: str
    pieces: tuple[Piece, ...] = ()


def read_pieces(text: str, title: str = "") -> tuple[list[Piece], str]:
    """The blocks of a clean text and its byline, "" without one. A `title` that is known needn't be looked for."""
    groups = groups_of(text)
    joiner = Joiner(text, wrapped=is_wrapped(groups))
    lines = list(_lines(groups, joiner))
    titled = _has_title(lines) and (not title or one_line(lines[0].text).casefold() == title.casefold())
    byline = lines[1].text if titled and len(lines) > 1 and byline_names(lines[1].text) else ""
    pieces: list[Piece] = []
    for number, line in enumerate(lines):
        if number == 0 and titled:
            made = [heading(line.text, 1)]
        elif number == 1 and byline:
            continue
        else:
            made = _pieces(lines, number)
        pieces += [replace(piece, page=line.page) for piece in made] if line.page else made
    return [with_italics(piece) for piece in with_notes(pieces)], byline


def _pieces(lines: Sequence[_Line], number: int) -> list[Piece]:
    line = lines[number]
    following = lines[number + 1].text if number + 1 < len(lines) else ""
    if line.pieces:
        return list(line.pieces)
    if RULE.fullmatch(line.text):
        return [Piece(kind=BlockKind.RULE)]
    if line.lone:
        before = lines[number - 1].text if number else ""
        level = heading_level(line.text)
        if level or is_notes_title(line.text) or _is_heading(line.text, before, following):
            return [heading(line.text, level or 2)]
    return [paragraph(line.text)]


def _lines(groups: Sequence[Group], joiner: Joiner) -> Iterator[_Line]:
    tables = itertools.count()
    for number, group in enumerate(groups):
        if group.lines[0] in _SIGNATURE:
            yield from _signature(groups[number:])
            return
        for part in _parts(group):
            lone = len(part.lines) == 1 and len(group.lines) == 1
            following = groups[number + 1].lines if number + 1 < len(groups) else []
            special = special_pieces(part, joiner, tables, in_list=_goes_on(groups, number))
            if special is not None and not (lone and _is_numbered_heading(part.lines[0], following)):
                yield _Line(part.lines[0], False, group.page, tuple(special))
                continue
            joined = joiner.paragraphs(part.lines)
            lone = len(joined) == 1 and len(part.lines) == len(group.lines)
            yield from (_Line(text, lone, group.page) for text in joined)


def _goes_on(groups: Sequence[Group], number: int) -> bool:
    """Whether the group has a number that follows that of the group before, or that the next one goes on with."""
    here = _number(groups[number])
    if not here:
        return False
    near = [_number(groups[other]) for other in (number - 1, number + 1) if 0 <= other < len(groups)]
    return any(other > 0 and abs(other - here) == 1 for other in near)


def _number(group: Group) -> int:
    match = BULLET.match(group.lines[0])
    digits = match.group(2).strip("().") if match else ""
    return int(digits) if digits.isdecimal() else 0


def _parts(group: Group) -> Iterator[Group]:
    """A group cut where quoted lines begin or end, and where a list begins under a paragraph."""
    if len(group.lines) == 1:
        yield group
        return
    part: list[str] = []
    in_list = list_begins(group.lines[:_NEAR])
    for number, line in enumerate(group.lines):
        turns = bool(part) and line.startswith(">") != part[-1].startswith(">")
        begins = (
            bool(part)
            and not in_list
            and BULLET.match(line) is not None
            and list_begins(group.lines[number : number + _NEAR])
        )
        is_rule = RULE.fullmatch(line) is not None
        if turns or begins or (part and is_rule and not _underlines(part, line)):
            yield Group(part, group.page)
            part = []
        in_list = (in_list or begins) and not turns
        part.append(line)
        if is_rule and len(part) == 1:
            yield Group(part, group.page)
            part = []
    if part:
        yield Group(part, group.page)


def _underlines(part: Sequence[str], line: str) -> bool:
    return len(part) == 1 and len(set(line.strip())) == 1 and len(line.strip()) >= len(part[0].strip()) * 0.6


def _signature(groups: Sequence[Group]) -> Iterator[_Line]:
    lines = [line for group in groups for line in group.lines][1:] or [groups[0].lines[0]]
    pieces = (paragraph("\n".join(lines)),)
    yield _Line(lines[0], False, groups[0].page, pieces)


def _is_numbered_heading(line: str, following: Sequence[str]) -> bool:
    """Whether "2. Methods" is a heading and not an item: a paragraph without a number follows."""
    return bool(following) and not BULLET.match(following[0]) and heading_level(line) > 0


def _has_title(lines: Sequence[_Line]) -> bool:
    """A short first line without a full stop, alone or before a byline or a longer line, and with text behind it."""
    if len(lines) < 2 or lines[0].pieces:
        return False
    first, second = lines[0].text, lines[1].text
    if len(first) > 150 or _ends(first, ".,;:…") or BULLET.match(first) or not _has_letter(first):
        return False
    return lines[0].lone or bool(byline_names(second)) or len(second) > 2 * len(first)


def _is_heading(line: str, before: str, following: str) -> bool:
    return (
        len(following) > max(60, len(line))
        and len(line) <= 80
        and len(line.split()) <= 12
        and not _ends(before, ":,;")
        and not _ends(line, _END)
        and not BULLET.match(line)
        and _has_letter(line)
        and not iso_date(line)
    )


def _ends(line: str, signs: str) -> bool:
    return line.rstrip(_CLOSING)[-1:] in signs  # an empty line ends with anything


def _has_letter(line: str) -> bool:
    return any(map(str.isalpha, line))


IMPORTER = Importer(
    name="plain-text",
    label="Plain text",
    extensions=(".txt", ".text", ".asc", ".log"),
    media_type="text/plain",
    version="3",
    read=read,
)
