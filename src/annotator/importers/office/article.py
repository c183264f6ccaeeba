"""What word processors' formats share at the end: captions, title, byline, language, and what a file says of itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from annotator.domain.article import OBJECT, BlockKind, ImportedArticle, MarkKind
from annotator.importers.base import checked
from annotator.importers.bylines import byline_date, byline_names, iso_date, split_names
from annotator.importers.office.run import INDENTED, is_wholly_strong
from annotator.importers.pieces import (
    FIRST_BLOCKS,
    Piece,
    build,
    heading,
    one_line,
    title_of,
    with_title,
    without_note_marks,
)

_NO_TITLE = re.compile(
    r"(?:microsoft word\s*-?\s*|untitled|unbenannt|sans titre|(?:word )?document|dokument|title|titel|slide"
    r"|presentation)\s*\d*(?:\.\w{3,4})?",
    re.IGNORECASE,
)
_PROGRAM = re.compile(r"^microsoft word\s*-\s*", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:docx?|docm|odt|rtf|pages)$", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:microsoft(?: office)?|windows|office|ms|default|python-docx|unknown|author|autor|admin(?:istrator)?|user|owner"
    r"|benutzer|utilisateur|pc|home|lenovo|hp|dell|acer|asus|apache poi|aspose|openoffice|libreoffice)"
    r"(?:[ -]?(?:user|benutzer|office|word|admin))?\.?",
    re.IGNORECASE,
)
_LINE = re.compile(r"[-–—_=]{5,}")
_HEADING_LENGTH, _HEADING_WORDS = 100, 14
_QUOTE_LENGTH, _QUOTED_PART = 60, 0.3  # characters at least; of all paragraphs at most
_LONGEST_TITLE = 500  # characters
_TOP = 6  # a standfirst is looked for in that many blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment beside the text; `quote` are the words it is about."""

    author: str = ""
    date: str = ""
    quote: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """What a file says of itself."""

    title: str = ""
    authors: str = ""
    language: str = ""
    others: Mapping[str, str] = field(
        default_factory=dict
    )  # created, modified, subject, keywords, description


def article_of(
    pieces: Sequence[Piece],
    properties: Properties,
    *,
    file_name: str,
    warnings: Sequence[str] = (),
    comments: Sequence[Comment] = (),
) -> ImportedArticle:
    """The article in the blocks of a document, notes last.

    Raises:
        UnreadableFile: there is no text, or too much of it.
    """
    found = _with_headings_found(_with_one_standfirst(_with_quotes_found(_tidied(pieces))))
    found, language = _with_languages(found, properties.language)
    found, authors, date = _without_byline(found, properties.authors)
    title, in_text = _title(found, properties.title, PurePath(file_name).stem)
    if properties.title and not in_text and _begins_with_heading(found):
        found.insert(0, heading(title, 1))  # several chapters, none of which is the title
    else:
        found = with_title(found, title if in_text or properties.title else "")
    standfirst = next((piece for piece in found if piece.kind is BlockKind.STANDFIRST), None)
    text, blocks = build(found)
    article = ImportedArticle(
        title=title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…",
        subtitle=without_note_marks(standfirst) if standfirst else "",
        text=text,
        blocks=blocks,
        authors=authors,
        published_on=date,
        language=language,
        warnings=(*warnings, *_about_comments(comments)),
        extra=MappingProxyType(_extra(properties, comments)),
    )
    return checked(article, file_name)


def _extra(properties: Properties, comments: Sequence[Comment]) -> dict[str, Any]:
    extra: dict[str, Any] = {name: value for name, value in properties.others.items() if value}
    if comments:
        extra["comments"] = [
            {"author": note.author, "date": note.date, "quote": note.quote, "text": note.text}
            for note in comments
        ]
    return extra


def _about_comments(comments: Sequence[Comment]) -> tuple[str, ...]:
    if not comments:
        return ()
    if len(comments) == 1:
        return ("The file has a comment. It isn't in the text; it is kept with the article.",)
    return (
        f"The file has {len(comments)} comments. They aren't in the text; they are kept with the article.",
    )


# Blocks


def _tidied(pieces: Sequence[Piece]) -> list[Piece]:
    """The blocks that have text, images alone as figures, captions with their figures, tables numbered in order."""
    kept: list[Piece] = []
    tables: dict[int, int] = {}
    for piece in pieces:
        if piece.kind is BlockKind.CELL:
            kept.append(replace(piece, table=tables.setdefault(piece.table, len(tables))))
            continue
        words = piece.text.replace(OBJECT, "").strip()
        has_image = OBJECT in piece.text
        if not words and not has_image and piece.kind is not BlockKind.RULE:
            continue
        if piece.kind is BlockKind.PARAGRAPH and _LINE.fullmatch(words):
            kept.append(Piece(kind=BlockKind.RULE, page=piece.page))
        elif has_image and (not words or piece.role == "caption") and piece.kind is not BlockKind.NOTE:
            kept.append(_figure(piece))
        elif piece.role == "caption" and kept and _is_bare_figure(kept[-1]):
            kept[-1] = _captioned(kept[-1], piece)
        elif _is_bare_figure(piece) and kept and kept[-1].role == "caption":
            kept[-1] = _captioned(piece, kept[-1])
        else:
            kept.append(piece)
    notes = [piece for piece in kept if piece.kind is BlockKind.NOTE]
    return [_without_plain_strong(piece) for piece in kept if piece.kind is not BlockKind.NOTE] + notes


def _figure(piece: Piece) -> Piece:
    """An image and the words in its paragraph, which are its caption."""
    if not piece.text.replace(OBJECT, "").strip():
        return replace(piece, kind=BlockKind.FIGURE, level=0, label="", role="")
    place = piece.text.index(OBJECT) + 1
    if piece.text[:place].strip() != OBJECT or piece.text[place : place + 1] == "\n":
        return replace(piece, kind=BlockKind.FIGURE, role="")
    marks = tuple(
        m._replace(
            start=m.start + (m.start >= place),
            end=m.end + (m.end > place),
        )
        for m in piece.marks
    )
    text = f"{piece.text[:place]}\n{piece.text[place:]}"
    return replace(piece, kind=BlockKind.FIGURE, text=text, marks=marks, role="")


def _is_bare_figure(piece: Piece) -> bool:
    return piece.kind is BlockKind.FIGURE and not piece.text.replace(OBJECT, "").strip()


def _captioned(figure: Piece, caption: Piece) -> Piece:
    shift = len(figure.text) + 1
    moved = (m._replace(start=m.start + shift, end=m.end + shift) for m in caption.marks)
    return replace(
        figure, text=f"{figure.text}\n{caption.text}", marks=(*figure.marks, *moved), role="captioned"
    )


def _without_plain_strong(piece: Piece) -> Piece:
    """A heading that is bold as a whole only looks as headings do."""
    if piece.kind is not BlockKind.HEADING or not is_wholly_strong(piece):
        return piece
    return replace(piece, marks=tuple(m for m in piece.marks if m.kind is not MarkKind.STRONG))


def _with_one_standfirst(pieces: list[Piece]) -> list[Piece]:
    """What has the look of a subtitle further down is a heading there, or a paragraph when it is long."""
    top = next((n for n, piece in enumerate(pieces[:_TOP]) if piece.kind is BlockKind.STANDFIRST), -1)
    found = list(pieces)
    for place, piece in enumerate(pieces):
        if piece.kind is not BlockKind.STANDFIRST or 0 <= top == place:
            continue
        if top == place - 1 and found[top].kind is BlockKind.STANDFIRST:
            top = place  # it has several paragraphs
            continue
        short = len(piece.text) <= _HEADING_LENGTH and piece.text.rstrip()[-1:] not in ".,;"
        kind = BlockKind.HEADING if short else BlockKind.PARAGRAPH
        found[place] = replace(piece, kind=kind, level=2 if short else 0, role="")
    return found


def _with_quotes_found(pieces: list[Piece]) -> list[Piece]:
    """Paragraphs of some length that alone were moved in by hand are quotes."""
    plain = sum(len(piece.text) for piece in pieces if piece.kind is BlockKind.PARAGRAPH)
    moved = sum(len(piece.text) for piece in pieces if piece.role == INDENTED)
    if moved > plain * _QUOTED_PART:
        return pieces
    return [
        replace(piece, kind=BlockKind.QUOTE, level=1, role="")
        if piece.role == INDENTED and len(piece.text) >= _QUOTE_LENGTH
        else piece
        for piece in pieces
    ]


def _with_headings_found(pieces: list[Piece]) -> list[Piece]:
    """Where no style says so, a short bold line at the beginning is the title, and others are the headings."""
    found = list(pieces)
    titled = any(piece.role == "title" for piece in pieces)
    styled = any(piece.kind is BlockKind.HEADING and piece.role != "title" for piece in pieces)
    for place, piece in enumerate(pieces[: 1 if styled else -1]):
        if (place or not styled or not titled) and _looks_like_heading(piece, pieces[place + 1 : place + 2]):
            level = 1 if place == 0 and not titled else 2
            role = "title" if level == 1 else ""
            made = replace(piece, kind=BlockKind.HEADING, level=level, role=role)
            found[place] = _without_plain_strong(made)
    return found


def _looks_like_heading(piece: Piece, behind: Sequence[Piece]) -> bool:
    if piece.kind is not BlockKind.PARAGRAPH or not behind or behind[0].kind is BlockKind.NOTE:
        return False
    line = piece.text.strip()
    short = len(line) <= _HEADING_LENGTH and len(line.split()) <= _HEADING_WORDS and "\n" not in line
    if not short or line[-1:] in ".,:;" or not is_wholly_strong(piece):
        return False
    if behind[0].kind is not BlockKind.PARAGRAPH:
        return True
    return len(behind[0].text) > len(line) and not is_wholly_strong(behind[0])


# What stands above the text


def _begins_with_heading(pieces: Sequence[Piece]) -> bool:
    return any(piece.kind is BlockKind.HEADING and piece.level == 1 for piece in pieces[:FIRST_BLOCKS])


def _title(pieces: Sequence[Piece], said: str, stem: str) -> tuple[str, bool]:
    """The title, and whether it stands in the text. What the file says of itself is often left over from another
    file, so a title in the text goes before."""
    for piece in pieces:
        if piece.role == "title" and without_note_marks(piece):
            return without_note_marks(piece), True
    first = [n for n, piece in enumerate(pieces) if piece.kind is BlockKind.HEADING and piece.level == 1]
    if len(first) == 1 and first[0] < FIRST_BLOCKS:
        return without_note_marks(pieces[first[0]]), True
    if not said:
        return title_of([replace(p, text=without_note_marks(p), marks=()) for p in pieces[:50]], stem), False
    same = any(one_line(p.text).casefold() == said.casefold() for p in pieces[:FIRST_BLOCKS])
    return said, same


def said_title(text: str) -> str:
    """A title of the properties; "" for what programs put there by themselves."""
    title = _PROGRAM.sub("", one_line(text))
    if title != one_line(text):
        title = _ENDING.sub("", title)
    return "" if _NO_TITLE.fullmatch(title) or _ENDING.search(title) else title[:_LONGEST_TITLE]


def _said_authors(text: str) -> tuple[str, ...]:
    names = (name for part in text.split(";") for name in split_names(part))
    return tuple(dict.fromkeys(name for name in names if not _NOBODY.fullmatch(name)))[:50]


def _without_byline(pieces: list[Piece], said: str) -> tuple[list[Piece], tuple[str, ...], str]:
    """The blocks without the byline and date below the title, the authors and the date these give. A byline goes
    before the file's own word, which is the name of whoever typed it."""
    top = next((n for n, p in enumerate(pieces[:4]) if p.kind is BlockKind.HEADING and p.level == 1), -1)
    authors: list[str] = []
    date = ""
    dropped: set[int] = set()
    for place in range(top + 1, min(top + 8, len(pieces)) if top >= 0 else 0):
        piece = pieces[place]
        line = without_note_marks(piece)
        styled = piece.role == "byline"
        names = byline_names(line) or (byline_names(f"By {line}") if styled else ())
        if piece.kind is BlockKind.PARAGRAPH and names and (styled or (place <= top + 2 and not authors)):
            authors += names
            date = date or byline_date(line)
        elif piece.role == "date" and len(line) <= 40 and iso_date(line):
            date = date or iso_date(line)
        elif piece.kind is BlockKind.STANDFIRST or place < top + 2:
            continue
        else:
            break
        if not any(mark.kind is MarkKind.NOTE_REF for mark in piece.marks):
            dropped.add(place)
    kept = [piece for place, piece in enumerate(pieces) if place not in dropped]
    return kept, tuple(dict.fromkeys(authors)) or _said_authors(said), date


def _with_languages(pieces: list[Piece], said: str) -> tuple[list[Piece], str]:
    """The language most of the text is in; blocks keep their own where it is another one."""
    amounts: Counter[str] = Counter()
    for piece in pieces:
        if piece.language:
            amounts[piece.language] += len(piece.text)
    language = amounts.most_common(1)[0][0] if amounts else said
    base = language.partition("-")[0].lower()
    return [
        replace(piece, language="") if piece.language.partition("-")[0].lower() == base else piece
        for piece in pieces
    ], language
