"""Web pages: the article by the page's own mark-up, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from types import MappingProxyType

from annotator.domain.article import BlockKind, ImportedArticle
from annotator.importers.base import Importer, ImportHints, checked
from annotator.importers.blocks_from_html import pieces_of
from annotator.importers.bylines import byline_date, byline_names, iso_date
from annotator.importers.encodings import declared_encoding, decode
from annotator.importers.html_events import read_events
from annotator.importers.html_metadata import PageMetadata, read_metadata
from annotator.importers.html_regions import article_events
from annotator.importers.pieces import Piece, build, one_line, title_of, with_title, without_note_marks

_FILLERS = re.compile(
    r"\b(?:by|von|par|por|and|und|et|published|updated|posted|on|at|am|um|uhr|pm|gmt|utc|cest?|bst|e[sd]t|min(?:utes?)?|read|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\b|[\W\d_]+",
    re.IGNORECASE,
)
_MONTH_NAMES = re.compile(
    r"\b(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|"
    r"sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\b",
    re.IGNORECASE,
)


def read(data: bytes, hints: ImportHints) -> ImportedArticle:
    """The article in a web page.

    Raises:
        UnreadableFile: it is no text, empty, or too large.
    """
    decoded = decode(data, hint=hints.encoding, declared=declared_encoding(data), file_name=hints.file_name)
    page = read_metadata(decoded.text)
    pieces = _with_byline_found(pieces_of(article_events(read_events(decoded.text)), page.url))
    authors = page.authors or _named_in_header(pieces)
    published_on = page.published_on or _dated_in_header(pieces)
    page = replace(page, authors=authors, published_on=published_on)
    pieces = _with_header_sorted(pieces, page)
    found = next((piece for piece in pieces if piece.kind is BlockKind.STANDFIRST), None)
    title = page.title or title_of(pieces, PurePath(hints.file_name).stem)
    pieces = with_title(pieces, page.title)
    text, blocks = build(pieces)
    article = ImportedArticle(
        title=title,
        subtitle=without_note_marks(found) if found else page.subtitle,
        text=text,
        blocks=blocks,
        authors=page.authors,
        publication=page.publication,
        section=page.section,
        url=page.url,
        published_on=page.published_on,
        language=page.language,
        warnings=decoded.warnings,
        extra=MappingProxyType({"description": page.description} if page.description else {}),
    )
    return checked(article, hints.file_name)


def _with_header_sorted(pieces: Sequence[Piece], page: PageMetadata) -> list[Piece]:
    """The article's own header without its byline and date, as far as the metadata say the same; the first other
    paragraph in it, if it is a sentence, is the standfirst."""
    kept: list[Piece] = []
    has_standfirst = any(piece.kind is BlockKind.STANDFIRST for piece in pieces)
    for piece in pieces:
        if piece.role in ("header", "byline", "date") and _is_known(piece, page):
            continue
        sentence = piece.kind is BlockKind.PARAGRAPH and len(piece.text.split()) >= 6
        if piece.role == "header" and sentence and not has_standfirst:
            has_standfirst = True
            kept.append(replace(piece, kind=BlockKind.STANDFIRST, quoted=0))
        else:
            kept.append(piece)
    return kept


def _is_known(piece: Piece, page: PageMetadata) -> bool:
    """Whether a piece holds nothing but authors, date, section and outlet that are in the metadata."""
    if piece.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return False
    rest = one_line(piece.text)
    if len(rest) > 300:
        return False
    if iso_date(rest) not in ("", page.published_on):
        return False
    known = (*page.authors, page.section, page.publication)
    for name in sorted(filter(None, known), key=len, reverse=True):
        rest = re.sub(re.escape(name), " ", rest, flags=re.IGNORECASE)
    if page.published_on:
        rest = _MONTH_NAMES.sub(" ", rest)
    elif re.search(r"\d", rest):
        return False
    return not _FILLERS.sub("", rest)


def _with_byline_found(pieces: Sequence[Piece]) -> list[Piece]:
    """A paragraph right below the title that is a byline beyond doubt counts as one, as in a pasted selection."""
    found = list(pieces)
    kinds = [piece.kind for piece in found[:2]]
    plain = kinds == [BlockKind.HEADING, BlockKind.PARAGRAPH] and not found[1].role
    if plain and byline_names(one_line(found[1].text)):
        found[1] = replace(found[1], role="byline")
    return found


def _named_in_header(pieces: Sequence[Piece]) -> tuple[str, ...]:
    lines = (one_line(piece.text) for piece in pieces if piece.role in ("header", "byline"))
    return next((names for names in map(byline_names, lines) if names), ())


def _dated_in_header(pieces: Sequence[Piece]) -> str:
    lines = (piece.text for piece in pieces if piece.role in ("header", "date") and len(piece.text) <= 120)
    bylines = (one_line(piece.text) for piece in pieces if piece.role == "byline")
    dates = (*map(iso_date, lines), *map(byline_date, bylines))
    return next((date for date in dates if date), "")


IMPORTER = Importer(
    name="html",
    label="Web page (HTML)",
    extensions=(".html", ".htm", ".xhtml", ".xht"),
    media_type="text/html",
    version="1",
    read=read,
)
