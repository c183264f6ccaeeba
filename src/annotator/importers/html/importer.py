"""Web pages: the article by the page's own mark-up, and what the page says of itself."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from types import MappingProxyType
from urllib.parse import unquote

from annotator.domain.article import BlockKind, ImportedArticle
from annotator.importers.base import Importer, ImportHints, checked
from annotator.importers.encodings import declared_encoding, decode
from annotator.importers.html.blocks import pieces_of
from annotator.importers.html.carried import ENOUGH, carried_article
from annotator.importers.html.events import Event, read_events
from annotator.importers.html.furniture import without_hidden
from annotator.importers.html.header import (
    said_once,
    with_byline_found,
    with_facts_of_header,
    without_header_facts,
    without_life_of_author,
    without_lines_around,
)
from annotator.importers.html.metadata import PageMetadata, read_metadata
from annotator.importers.html.opinion import with_second_opinion
from annotator.importers.html.regions import article_events
from annotator.importers.html.saved import saved_from, without_embedded_files
from annotator.importers.html.tables import told_of_tables
from annotator.importers.html.walls import CARRIED, check_for_walls, text_size
from annotator.importers.pictures import Fetch, Pictures, embedded
from annotator.importers.pieces import Piece, build, title_of, with_title, without_note_marks

_ACCELERATED = re.compile(
    r"<(/?)amp-(?:(img|anim)|(sidebar|consent|ad|social-share|embed|lightbox|list))\b", re.IGNORECASE
)

# A heading that folds a section in and out is a button: its words stay.
_FOLDING = re.compile(
    r"(<h[1-6]\b[^<>]*>\s*)<button\b[^<>]*>([^<]{0,300}(?:<(?!/button)[^<]{0,300}){0,10})</button>",
    re.IGNORECASE,
)


def read(data: bytes, hints: ImportHints) -> ImportedArticle:
    """The article in a web page, or with `hints.whole_page` all that a browser would show of it.

    Raises:
        UnreadableFile: it is no text, empty, or too large.
    """
    decoded = decode(data, hint=hints.encoding, declared=declared_encoding(data), file_name=hints.file_name)
    article = article_in(decoded.text, hints, fetch=lambda address: hints.files.get(_place(address)))
    return replace(article, warnings=(*decoded.warnings, *article.warnings), encoding=decoded.encoding)


def article_in(html: str, hints: ImportHints, address: str = "", fetch: Fetch = embedded) -> ImportedArticle:
    """The article in the text of a web page that was found at `address`, where that is known; `fetch` gives the bytes
    of pictures that were saved with it, by their addresses.

    Raises:
        UnreadableFile: there is no text in it, or too much.
    """
    pictures = Pictures(lambda name: embedded(name) or fetch(name))
    html = _FOLDING.sub(r"\1\2", _ACCELERATED.sub(_plain_tag, without_embedded_files(html, pictures)))
    page = read_metadata(html, address or saved_from(html))
    events = read_events(html)
    told: tuple[str, ...] = ()
    if hints.whole_page:
        pieces = pieces_of(without_hidden(events), page.url, pictures)
        page = with_second_opinion(page, html, events)
    else:
        pieces, page = _main_content(events, html, page, pictures)
        carried = carried_article(html, page.title) if text_size(pieces) < ENOUGH else ""
        if carried:
            inner, _ = _main_content(read_events(carried), html, page, pictures)
            if text_size(inner) >= 3 * text_size(pieces):
                pieces, told = inner, (CARRIED,)
    told = (*(told or check_for_walls(html, events, pieces, hints.file_name)), *told_of_tables(pieces))
    article = _article(_with_own_language(pieces, page.language), page, hints)
    return pictures.shown_in(replace(article, warnings=told))


def _main_content(
    events: list[Event], html: str, page: PageMetadata, pictures: Pictures
) -> tuple[list[Piece], PageMetadata]:
    """The blocks of the article alone, and `page` with what only its header says."""
    kept = article_events(events, html, url=page.url, title=page.title)
    pieces = with_byline_found(without_lines_around(pieces_of(kept, page.url, pictures)))
    page = with_second_opinion(with_facts_of_header(pieces, page), html, events)
    pieces = without_life_of_author(without_header_facts(pieces, page), page)
    return said_once(without_lines_around(pieces)), page


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


def _place(address: str) -> str:
    """The place of a file seen from the page, as its address says it."""
    path = unquote(address.partition("?")[0].partition("#")[0])
    return posixpath.normpath(path.replace("\\", "/"))


def _plain_tag(match: re.Match[str]) -> str:
    """An element of accelerated pages as the one of HTML it stands for."""
    return f"<{match.group(1)}{'img' if match.group(2) else 'nav'}"


def _with_own_language(pieces: Sequence[Piece], language: str) -> list[Piece]:
    """`pieces` that name a language only where it differs from the page's."""
    known = language.lower()
    return [
        replace(piece, language="") if piece.language and piece.language.lower() == known else piece
        for piece in pieces
    ]


IMPORTER = Importer(
    name="html",
    label="Web page (HTML)",
    extensions=(".html", ".htm", ".xhtml", ".xht"),
    media_type="text/html",
    version="3",
    read=read,
)
