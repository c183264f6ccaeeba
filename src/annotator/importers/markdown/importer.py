"""Markdown, by Python-Markdown and then on the way of web pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from types import MappingProxyType

from annotator.domain.article import BlockKind, ImportedArticle
from annotator.importers.base import Importer, ImportHints, checked
from annotator.importers.bylines import iso_date, split_names
from annotator.importers.encodings import decode
from annotator.importers.html.blocks import pieces_of_html
from annotator.importers.html.saved import without_embedded_files
from annotator.importers.html.tables import told_of_tables
from annotator.importers.markdown.front_matter import Value, split_front_matter
from annotator.importers.markdown.html import harmless
from annotator.importers.markdown.notes import Notes
from annotator.importers.markdown.source import prepared
from annotator.importers.pictures import Pictures, embedded
from annotator.importers.pieces import Piece, build, title_of, with_title
from annotator.importers.process.time_limit import TooLong, at_most
from annotator.importers.text.importer import read_pieces

# Runs on which Python-Markdown takes quadratic time or recurses too deep.
_HOSTILE = re.compile(
    r"(?:!?\[){40}|\]{40}|(?:\[[^\]\n]{0,20}\]?\(?){60}|(?:<[a-zA-Z!/?][^<>\n]{0,20}){200}|(?:> ?){40}|[*_~^=`\\]{200}|"
    r"^[ \t]{120,}(?:[-*+]|\d+\.) ",
    re.MULTILINE,
)
_WIKI_NAME = re.compile(r"^\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]$")
_BOX = re.compile(r"\s*\[([ xX])\]\s+")
# Where a paragraph ends, or a row, item, quote or heading begins: each of them is laid out on its own.
_APART = re.compile(r"\n\s*(?:\n|(?=[-*+>|#]|\d{1,9}[.)] ))")
_LONG_PARAGRAPH = 200_000  # characters
_WIDE_ROW = 400  # columns of a table
# Of computing, above which Python-Markdown got lost; in any case there must be time left to read plain text.
_SECONDS, _CHARACTERS_A_SECOND, _MOST_SECONDS = 2, 100_000, 18
_FIELDS = {
    "title": ("title",),
    "subtitle": ("subtitle", "standfirst", "description", "deck", "dek"),
    "authors": ("author", "authors", "by", "byline"),
    "publication": ("publication", "outlet", "source", "publisher", "site"),
    "published_on": ("date", "published", "published_on", "pubdate", "publishdate", "created"),
    "url": ("url", "link", "canonical", "canonical_url", "address"),
    "language": ("language", "lang"),
    "section": ("section", "category"),
}
_SIMPLER = "The Markdown of this file is too intricate to be laid out; it was read as plain text."


def read(data: bytes, hints: ImportHints) -> ImportedArticle:
    """The article in a Markdown file.

    Raises:
        UnreadableFile: it is no text, empty, or too large.
    """
    decoded = decode(data, hint=hints.encoding, declared=None, file_name=hints.file_name)
    values, body = split_front_matter(decoded.text)
    fields, extra = _sorted(values)
    url = fields["url"] if fields["url"].lower().startswith(("http://", "https://")) else ""
    pictures = Pictures(embedded)
    pieces, warnings = _pieces(without_embedded_files(body, pictures), url, pictures)
    pieces = [
        replace(piece, text=pictures.with_keys(piece.text)) if piece.kind is BlockKind.CODE else piece
        for piece in pieces
    ]
    pieces = with_title(pieces, fields["title"], fields["subtitle"])
    text, blocks = build(pieces)
    names = values.get(next((key for key in values if key.lower() in _FIELDS["authors"]), ""), "")
    article = ImportedArticle(
        title=fields["title"] or title_of(pieces, PurePath(hints.file_name).stem),
        subtitle=fields["subtitle"],
        text=text,
        blocks=blocks,
        authors=_authors(names),
        publication=fields["publication"],
        section=fields["section"],
        url=url,
        published_on=iso_date(fields["published_on"]),
        language=fields["language"],
        encoding=decoded.encoding,
        warnings=(*decoded.warnings, *warnings, *told_of_tables(pieces)),
        extra=MappingProxyType(extra),
    )
    return pictures.shown_in(checked(article, hints.file_name))


def _pieces(body: str, url: str, pictures: Pictures) -> tuple[list[Piece], tuple[str, ...]]:
    if _is_too_intricate(body):
        return read_pieces(body)[0], (_SIMPLER,)
    try:
        with at_most(min(_SECONDS + len(body) / _CHARACTERS_A_SECOND, _MOST_SECONDS)):
            html, dropped = harmless(_html(body))
            pieces = [_task(piece) for piece in pieces_of_html(html, url, pictures)]
    except (RecursionError, TooLong):
        return read_pieces(body)[0], (_SIMPLER,)
    return pieces, (_dropped(dropped),) if dropped else ()


def _is_too_intricate(body: str) -> bool:
    longest = max(map(len, _APART.split(body)))
    widest = max(line.count("|") for line in body.split("\n"))
    return longest > _LONG_PARAGRAPH or widest > _WIDE_ROW or _HOSTILE.search(body) is not None


def _html(body: str) -> str:
    """The HTML of the Markdown, footnotes last."""
    # The library is not needed until a file is imported.
    from annotator.importers.markdown.extension import converted  # noqa: PLC0415

    notes = Notes(body)
    return converted(prepared(body, notes), notes)


def _task(piece: Piece) -> Piece:
    """A list item that begins with a box has that box as its label."""
    match = _BOX.match(piece.text) if piece.kind is BlockKind.LIST_ITEM and piece.label else None
    if match is None:
        return piece
    box = "☐" if match.group(1) == " " else "☑"
    marks = tuple(
        mark._replace(start=max(mark.start - match.end(), 0), end=mark.end - match.end())
        for mark in piece.marks
        if mark.end > match.end()
    )
    label = box if piece.label == "•" else f"{piece.label} {box}"
    return replace(piece, text=piece.text[match.end() :], marks=marks, label=label)


def _dropped(number: int) -> str:
    if number == 1:
        return "A comment or script that readers never see was left out."
    return f"{number} comments or scripts that readers never see were left out."


def _sorted(values: Mapping[str, Value]) -> tuple[dict[str, str], dict[str, Value]]:
    """The values of fields that have a place, as text, and the others."""
    fields = dict.fromkeys(_FIELDS, "")
    extra = dict(values)
    lower = {key.lower(): key for key in values}
    for name, keys in _FIELDS.items():
        for key in keys:
            if key not in lower or fields[name]:
                continue
            value = values[lower[key]]
            fields[name] = _as_text(value)
            if not _has_members(value) and (name != "published_on" or iso_date(fields[name]) == fields[name]):
                extra.pop(lower[key])
    if fields["publication"].startswith(("http://", "https://")):  # "source" is an address for some
        fields["url"] = fields["url"] or fields["publication"]
        fields["publication"] = ""
    return fields, extra


def _as_text(value: Value) -> str:
    """A value in one line; of one with members its name or title."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return ", ".join(filter(None, map(_as_text, value)))
    name = next((value[key] for key in ("name", "title", "literal", "text") if key in value), "")
    if name:
        return _as_text(name)
    parts = (
        value.get(given, value.get(first, "")) for given, first in (("given", "first"), ("family", "last"))
    )
    return " ".join(filter(None, map(_as_text, parts)))


def _has_members(value: Value) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(map(_has_members, value)))


def _authors(value: Value) -> tuple[str, ...]:
    if isinstance(value, str):
        names: list[str] = list(split_names(value))
    elif isinstance(value, dict) and not _as_text(value):
        names = [_as_text(member) if isinstance(member, dict) else key for key, member in value.items()]
    else:
        names = [_as_text(name) for name in (value if isinstance(value, list) else [value])]
    return tuple(dict.fromkeys(_WIKI_NAME.sub(r"\1", name) for name in names if name))


IMPORTER = Importer(
    name="markdown",
    label="Markdown",
    extensions=(".md", ".markdown", ".mdown", ".mkd", ".mkdn"),
    media_type="text/markdown",
    version="3",
    read=read,
)
