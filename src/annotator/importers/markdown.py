"""Markdown, by Python-Markdown and then on the way of web pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING

from annotator.domain.article import ImportedArticle
from annotator.importers.base import Importer, ImportHints, checked
from annotator.importers.blocks_from_html import pieces_of_html
from annotator.importers.bylines import iso_date, split_names
from annotator.importers.encodings import decode
from annotator.importers.front_matter import Value, split_front_matter
from annotator.importers.html_events import known_tag
from annotator.importers.markdown_lists import relevelled
from annotator.importers.pieces import Piece, build, title_of, with_title
from annotator.importers.plain_text import read_pieces

if TYPE_CHECKING:
    from markdown import Markdown

_EXTENSIONS = (
    "tables", "pymdownx.highlight", "pymdownx.superfences", "footnotes", "sane_lists", "def_list",
    "pymdownx.tilde", "pymdownx.caret", "pymdownx.mark",
)  # fmt: skip
# Runs on which Python-Markdown takes quadratic time or recurses too deep.
_HOSTILE = re.compile(
    r"(?:!?\[){40}|\]{40}|(?:\[[^\]\n]{0,20}\]?\(?){60}|(?:<[a-zA-Z!/?][^<>\n]{0,20}){200}|(?:> ?){40}|[*_~^=`\\]{200}|"
    r"^[ \t]{120,}(?:[-*+]|\d+\.) ",
    re.MULTILINE,
)
_LONG_PARAGRAPH = 200_000  # characters
_WIDE_ROW = 400  # columns of a table
_FIELDS = {
    "title": ("title",),
    "subtitle": ("subtitle", "standfirst", "description", "deck", "dek"),
    "authors": ("author", "authors", "by", "byline"),
    "publication": ("publication", "outlet", "source", "publisher", "site"),
    "published_on": ("date", "published", "published_on", "pubdate"),
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
    pieces, warnings = _pieces(body, url)
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
        warnings=(*decoded.warnings, *warnings),
        extra=MappingProxyType(extra),
    )
    return checked(article, hints.file_name)


def _pieces(body: str, url: str) -> tuple[list[Piece], tuple[str, ...]]:
    longest = max(map(len, re.split(r"\n\s*\n", body)))
    widest = max(line.count("|") for line in body.split("\n"))
    if longest > _LONG_PARAGRAPH or widest > _WIDE_ROW or _HOSTILE.search(body):
        return read_pieces(body)[0], (_SIMPLER,)
    try:
        return pieces_of_html(_converter().convert(relevelled(body)), url), ()
    except RecursionError:
        return read_pieces(body)[0], (_SIMPLER,)


def _converter() -> Markdown:
    """A fresh converter; it keeps the state of one text, such as its notes."""
    from markdown import Markdown  # noqa: PLC0415 - not needed until a file is imported
    from markdown.inlinepatterns import HtmlInlineProcessor  # noqa: PLC0415

    class KnownTags(HtmlInlineProcessor):
        """Only tags of HTML are tags; "<y and z>" is text like any other."""

        # The name is the library's; its type stubs know only the older form with one argument.
        def handleMatch(  # type: ignore[override] # noqa: N802
            self, m: re.Match[str], data: str
        ) -> tuple[object, int | None, int | None]:
            if m.group(1).startswith("<!--") or known_tag(m.group(1)):
                return super().handleMatch(m, data)
            return None, None, None

    options = {"pymdownx.highlight": {"use_pygments": False}, "footnotes": {"USE_DEFINITION_ORDER": False}}
    converter = Markdown(extensions=list(_EXTENSIONS), extension_configs=options)
    old = converter.inlinePatterns["html"]
    converter.inlinePatterns.register(KnownTags(old.pattern, converter), "html", 90)
    return converter


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
            fields[name] = ", ".join(value) if isinstance(value, list) else value
            if name != "published_on" or iso_date(fields[name]) == fields[name]:
                extra.pop(lower[key])
    return fields, extra


def _authors(value: Value) -> tuple[str, ...]:
    if isinstance(value, str):
        return split_names(value)
    return tuple(dict.fromkeys(re.sub(r"^name:\s*", "", name) for name in value if name))


IMPORTER = Importer(
    name="markdown",
    label="Markdown",
    extensions=(".md", ".markdown", ".mdown", ".mkd", ".mkdn"),
    media_type="text/markdown",
    version="1",
    read=read,
)
