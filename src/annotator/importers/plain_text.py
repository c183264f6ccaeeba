"""Plain text: paragraphs, hard-wrapped lines, a title, a byline and headings, by how they look."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from pathlib import PurePath

from annotator.domain.article import BlockKind, ImportedArticle
from annotator.importers.base import Importer, ImportHints, checked
from annotator.importers.bylines import byline_date, byline_names
from annotator.importers.encodings import decode
from annotator.importers.pieces import Piece, build, heading, paragraph, title_of

_WRAP = (55, 90)  # widths of a line that was wrapped by hand or by a program
_RULE = re.compile(r"\s*(?:[*=_~#•·–—-]\s*){3,}$")
_BULLET = re.compile(r"\s*(?:[-*•·‣–—]|\(?\d{1,3}[.)])\s+\S")
_END = ".!?:;,…"
_CLOSING = "\"'”’»)]"


def read(data: bytes, hints: ImportHints) -> ImportedArticle:
    """The article in a text file.

    Raises:
        UnreadableFile: it is no text, empty, or too large.
    """
    decoded = decode(data, hint=hints.encoding, declared=None, file_name=hints.file_name)
    pieces, byline = read_pieces(decoded.text)
    text, blocks = build(pieces)
    title = title_of(pieces, PurePath(hints.file_name).stem)
    article = ImportedArticle(
        title=title,
        text=text,
        blocks=blocks,
        authors=byline_names(byline),
        published_on=byline_date(byline),
        warnings=decoded.warnings,
    )
    return checked(article, hints.file_name)


def read_pieces(text: str) -> tuple[list[Piece], str]:
    """The blocks of a clean text and its byline, "" without one."""
    groups = _groups(text)
    wrapped = _is_wrapped(groups)
    # For every paragraph also whether blank lines stand around it.
    lines = [
        (line, len(joined) == 1)
        for joined in (_joined(group, wrapped) for group in groups)
        for line in joined
    ]
    titled = _has_title(lines)
    byline = lines[1][0] if titled and len(lines) > 1 and byline_names(lines[1][0]) else ""
    pieces: list[Piece] = []
    for number, (line, lone) in enumerate(lines):
        following = lines[number + 1][0] if number + 1 < len(lines) else ""
        if number == 0 and titled:
            pieces.append(heading(line, 1))
        elif number == 1 and byline:
            continue
        elif _RULE.fullmatch(line):
            pieces.append(Piece(kind=BlockKind.RULE))
        elif lone and not _ends(lines[number - 1][0], ":,;") and _is_heading(line, following):
            pieces.append(heading(line, 2))
        else:
            pieces.append(paragraph(line))
    return pieces, byline


def _groups(text: str) -> list[list[str]]:
    """Lines that stand together. In a text without blank lines every line is a group of its own."""
    groups: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            groups[-1].append(line.rstrip())
        elif groups[-1]:
            groups.append([])
    found = [group for group in groups if group]
    if len(found) == 1 and not _is_wrapped(found):
        return [[line] for line in found[0]]
    return found


def _is_wrapped(groups: Sequence[Sequence[str]]) -> bool:
    """Whether most lines that could be wrapped are: those with another behind them in their paragraph."""
    widths = [len(line) for group in groups for line in group[:-1]]
    fitting = sum(_WRAP[0] <= width <= _WRAP[1] for width in widths)
    return bool(widths) and fitting * 2 > len(widths)


def _joined(group: Sequence[str], wrapped: bool) -> list[str]:
    """The paragraphs of a group. A line goes on with the next one if the next word did not fit on it."""
    if not wrapped:
        return [line.strip() for line in group]
    paragraphs = [[group[0].strip()]]
    for before, line in itertools.pairwise(group):
        full = len(before) + 1 + len(line.split()[0]) > _WRAP[0]
        indented = line[0].isspace() and not before[0].isspace()
        if full and not indented and not _BULLET.match(line) and not _RULE.fullmatch(line):
            paragraphs[-1].append(line.strip())
        else:
            paragraphs.append([line.strip()])
    return [" ".join(parts) for parts in paragraphs]


def _has_title(lines: Sequence[tuple[str, bool]]) -> bool:
    """A short first line without a full stop, alone or before a byline or a longer line, and with text behind it."""
    if len(lines) < 2:
        return False
    (first, lone), (second, _) = lines[:2]
    if len(first) > 150 or _ends(first, ".,;:…") or _BULLET.match(first) or not _has_letter(first):
        return False
    return lone or bool(byline_names(second)) or len(second) > 2 * len(first)


def _is_heading(line: str, following: str) -> bool:
    return (
        len(line) <= 80
        and len(line.split()) <= 12
        and not _ends(line, _END)
        and not _BULLET.match(line)
        and _has_letter(line)
        and len(following) > max(60, len(line))
    )


def _ends(line: str, signs: str) -> bool:
    return line.rstrip(_CLOSING)[-1:] in signs if line.rstrip(_CLOSING) else True


def _has_letter(line: str) -> bool:
    return any(character.isalpha() for character in line)


IMPORTER = Importer(
    name="plain-text",
    label="Plain text",
    extensions=(".txt", ".text", ".asc", ".log"),
    media_type="text/plain",
    version="1",
    read=read,
)
