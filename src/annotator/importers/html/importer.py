"""Web pages: the article by the page's own mark-up, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from types import MappingProxyType

from annotator.domain.article import BlockKind, ImportedArticle
from annotator.importers.base import Importer, ImportHints, checked
from annotator.importers.encodings import declared_encoding, decode
from annotator.importers.html.blocks import pieces_of
from annotator.importers.html.events import read_events
from annotator.importers.html.furniture import without_hidden
from annotator.importers.html.header import (
    said_once,
    with_byline_found,
    with_facts_of_header,
    without_header_facts,
    without_life_of_author,
)
from annotator.importers.html.metadata import PageMetadata, read_metadata
from annotator.importers.html.opinion import with_second_opinion
from annotator.importers.html.regions import article_events
from annotator.importers.html.saved import saved_from, without_embedded_files
from annotator.importers.pieces import Piece, build, title_of, with_title, without_note_marks

_ACCELERATED = re.compile(
    r"<(/?)amp-(?:(img|anim)|(sidebar|consent|ad|social-share|embed|lightbox))\b", re.IGNORECASE
)


def read(data: bytes, hints: ImportHints) -> ImportedArticle:
    """The article in a web page, or with `hints.whole_page` all that a browser would show of it.

    Raises:
        UnreadableFile: it is no text, empty, or too large.
    """
    decoded = decode(data, hint=hints.encoding, declared=declared_encoding(data), file_name=hints.file_name)
    article = article_in(decoded.text, hints)
    return replace(article, warnings=(*decoded.warnings, *article.warnings), encoding=decoded.encoding)


def article_in(html: str, hints: ImportHints, address: str = "") -> ImportedArticle:
    """The article in the text of a web page that was found at `address`, where that is known.

    Raises:
        UnreadableFile: there is no text in it, or too much.
    """
    html = _ACCELERATED.sub(_plain_tag, without_embedded_files(html))
    page = read_metadata(html, address or saved_from(html))
    events = read_events(html)
    if hints.whole_page:
        pieces = pieces_of(without_hidden(events), page.url)
        page = with_second_opinion(page, html, events)
    else:
        kept = article_events(events, html, url=page.url, title=page.title)
        pieces = with_byline_found(pieces_of(kept, page.url))
        page = with_second_opinion(with_facts_of_header(pieces, page), html, events)
        pieces = said_once(without_life_of_author(without_header_facts(pieces, page), page))
    return _article(_with_own_language(pieces, page.language), page, hints)


def _article(pieces: Sequence[Piece], page: PageMetadata, hints: ImportHints) -> ImportedArticle:
    found = next((piece for piece in pieces if piece.kind is BlockKind.STANDFIRST), None)
    title = page.title or title_of(pieces, PurePath(hints.file_name).stem)
    text, blocks = build(with_title(pieces, page.title))
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
        extra=MappingProxyType({"description": page.description} if page.description else {}),
    )
    return checked(article, hints.file_name)


def _plain_tag(match: re.Match[str]) -> str:
    """An element of accelerated pages as the one of HTML it stands for."""
    return f"<{match.group(1)}{'img' if match.group(2) else 'nav'}"


def _with_own_language(pieces: Sequence[Piece], language: str) -> list[Piece]:
    """`pieces` that name a language only where it differs from the page's."""
    known = language.lower()
    return [replace(piece, language="") if piece.language.lower() == known else piece for piece in pieces]


IMPORTER = Importer(
    name="html",
    label="Web page (HTML)",
    extensions=(".html", ".htm", ".xhtml", ".xht"),
    media_type="text/html",
    version="2",
    read=read,
)
