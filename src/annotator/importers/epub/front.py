"""Documents of a book that add nothing to its text: cover, title page, table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from annotator.importers.epub.contents import Contents
from annotator.importers.epub.metadata import BookMetadata
from annotator.importers.epub.package import Item
from annotator.importers.epub.page import body_of, holds, remove, types_of, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORD = re.compile(r"\w+")
_COVERS = frozenset(
    {"cover", "coverpage", "cover-page", "titlepage", "title-page", "halftitlepage", "halftitle"}
)
_CONTENTS_TYPES = frozenset({"toc", "landmarks", "page-list", "loi", "lot"})
_CONTENTS_NAMES = """contents | table of contents | brief contents | inhalt | inhaltsverzeichnis | inhaltsübersicht
    | sommaire | table des matières | índice | contenido | tabla de contenido | sommario | indice | inhoud | conteúdo
    | inhoudsopgave | sumário | spis treści | содержание | оглавление | innehåll | indhold | 目次 | もくじ | 目录 | 目錄
    | 차례 | 목차 | المحتويات | فهرس المحتويات | الفهرس | תוכן העניינים | תוכן"""
_NAMES_OF_CONTENTS = frozenset(name.strip() for name in _CONTENTS_NAMES.split("|"))
_WORDS_BETWEEN = """a an the by of and novel stories essays edited translated edition first second revised with von und
    ein eine roman aus dem übersetzt herausgegeben par de la le et un une traduit por y novela author title
    written cover illustrated from press publishers publishing books verlag ltd inc volume vol book part published in"""
_FILLERS = frozenset(_WORDS_BETWEEN.split())
_MAX_FRONT = 80  # words of a title page
_FRONT_DOCUMENTS = 6  # how many at the beginning can be one


def reason_to_leave_out(
    item: Item, place: int, root: _Element, contents: Contents, metadata: BookMetadata
) -> str | None:
    """Why a document isn't part of the text: a name for the user, "" when there are no words in it that are missed,
    None when it is part of it."""
    body = body_of(root)
    kinds = {kind for name, kind in contents.kinds if name == item.name}
    kinds |= types_of(body) | {kind for child in body for kind in types_of(child)}
    links = _contents_share(body)
    if item.name == contents.source and _is_list_of_contents(body, links, least=0.5):
        return "the table of contents"
    if (kinds & _CONTENTS_TYPES or _has_contents_heading(body)) and _is_list_of_contents(
        body, links, least=0.5
    ):
        return "the table of contents"
    if place < _FRONT_DOCUMENTS or kinds & _COVERS:
        words = [word.casefold() for word in _WORD.findall(words_of(body))]
        if not words and not holds(body, "img", "svg"):
            return None
        if not words:
            return "" if kinds & _COVERS or place == 0 else None
        known = _known_words(metadata)
        if len(words) <= _MAX_FRONT and known.intersection(words) and known.issuperset({*words} - _FILLERS):
            return "the title page"
    return None


def leave_out_contents(root: _Element) -> bool:
    """Take a table of contents out of a document that has other text as well; whether there was one."""
    found = False
    for element in list(body_of(root).iter("ul", "ol", "table", "div", "section", "p")):
        links = [link for link in element.iter("a") if _is_internal(link)]
        if len(links) < 5 or not _follows_contents_heading(element):
            continue
        if _share_of(element, links) >= 0.6 and not holds(element, "blockquote", "pre"):
            before = element.getprevious()
            if before is not None and _is_contents_name(words_of(before)):
                remove(before)
            remove(element)
            found = True
    return found


def _follows_contents_heading(element: _Element) -> bool:
    before = element.getprevious()
    first = next((child for child in element if words_of(child)), None)
    return any(e is not None and _is_contents_name(words_of(e)) for e in (before, first))


def _is_contents_name(words: str) -> bool:
    return words.casefold().strip(" .:") in _NAMES_OF_CONTENTS


def _has_contents_heading(body: _Element) -> bool:
    blocks = (
        e for e in body.iter("h1", "h2", "h3", "h4", "p", "div") if not holds(e, "p", "ul", "ol", "table")
    )
    first = (words for element in blocks if (words := words_of(element)))
    return any(_is_contents_name(words) for words, _ in zip(first, range(3), strict=False))


def _contents_share(body: _Element) -> float:
    return _share_of(body, [link for link in body.iter("a") if _is_internal(link)])


def _is_internal(link: _Element) -> bool:
    href = link.get("href", "")
    return bool(href) and not href.startswith(("http:", "https:", "mailto:"))


def _share_of(element: _Element, links: Iterable[_Element]) -> float:
    everything = len(_WORD.findall(words_of(element)))
    linked = sum(len(_WORD.findall(words_of(link))) for link in links)
    return linked / everything if everything else 0.0


def _is_list_of_contents(body: _Element, share: float, *, least: float) -> bool:
    return share >= least and sum(1 for _ in body.iter("a")) >= 2


def _known_words(metadata: BookMetadata) -> frozenset[str]:
    """The words that a title page can have without saying more than the metadata do."""
    values = (
        metadata.title,
        metadata.subtitle,
        *metadata.authors,
        *metadata.others,
        metadata.publication,
        metadata.published_on,
        *(str(value) for key, value in metadata.extra.items() if key in ("series", "isbn")),
    )
    return frozenset(word.casefold() for value in values for word in _WORD.findall(value))
