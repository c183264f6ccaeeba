"""What a page says of itself: title, authors, outlet, date, address, language. Read by lxml, nothing is fetched."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotator.domain.article import clean_text
from annotator.importers.bylines import iso_date, split_names
from annotator.importers.html_events import MAX_DEPTH, limited

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MAX_JSON = 2_000_000  # characters of one JSON-LD block
_MAX_NAMES = 50
_SEPARATORS = r"\s+[|·•–—:»›-]{1,2}\s+"
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*")
_TITLES = ("og:title", "citation_title", "twitter:title", "dc.title", "parsely-title")
_AUTHORS = (
    "citation_author",
    "author",
    "article:author",
    "parsely-author",
    "dc.creator",
    "dcterms.creator",
    "byl",
)
_SITES = ("og:site_name", "citation_journal_title", "dc.publisher", "application-name")
_DATES = (
    "article:published_time", "citation_publication_date", "citation_date", "dc.date", "dcterms.date",
    "dcterms.created", "datepublished", "date", "pubdate", "publish-date", "publication_date", "parsely-pub-date",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """What was found, "" or () where nothing was. `url` is a web address or ""."""

    title: str = ""
    subtitle: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    publication: str = ""
    section: str = ""
    url: str = ""
    published_on: str = ""
    language: str = ""


def read_metadata(page: str) -> PageMetadata:
    """The metadata of a whole page. A page that lxml can't read has none; its text is read another way."""
    from lxml import etree  # noqa: PLC0415 - not needed until a file is imported
    from lxml import html as lxml_html  # noqa: PLC0415

    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, encoding="utf-8")
    try:
        root = lxml_html.document_fromstring(limited(page, MAX_DEPTH).encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError):
        return PageMetadata()
    meta = _meta(root)
    linked = _linked_data(root)
    publication = _first(meta, _SITES[:1]) or _named(linked.get("publisher")) or _first(meta, _SITES[1:])
    titles = (_first(meta, _TITLES), _text(linked.get("headline")), _content(root, "//title"))
    return PageMetadata(
        title=next((without_site(title, publication) for title in titles if title), ""),
        subtitle=_text(linked.get("alternativeHeadline")),
        description=_first(meta, ("og:description", "description")) or _text(linked.get("description")),
        authors=_authors(meta, linked, root),
        publication=publication,
        section=_first(meta, ("article:section",)) or _text(linked.get("articleSection")),
        url=_url(meta, linked, root),
        published_on=_published_on(meta, linked, root),
        language=_language(meta, linked, root),
    )


def without_site(title: str, site: str) -> str:
    """`title` without " | Site" behind it or "Site | " before it; unchanged where that is not the site's name."""
    parts = re.split(f"({_SEPARATORS})", title)
    if site and len(parts) >= 3:
        if parts[-1].casefold() == site.casefold():
            return "".join(parts[:-2])
        if parts[0].casefold() == site.casefold():
            return "".join(parts[2:])
    return title


def _meta(root: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = _text(element.get("content"))
        for name in ("property", "name", "itemprop", "http-equiv"):
            key = (element.get(name) or "").strip().lower()
            if key and content:
                found.setdefault(key, []).append(content)
    return found


def _first(meta: Mapping[str, Sequence[str]], keys: Sequence[str]) -> str:
    return next((meta[key][0] for key in keys if key in meta), "")


def _linked_data(root: HtmlElement) -> Mapping[str, Any]:
    """The first object of JSON-LD that describes an article: one with a headline, else of a type named so."""
    found: list[Mapping[str, Any]] = []
    for element in root.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower() or len(element.text or "") > _MAX_JSON:
            continue
        try:
            found += _objects(json.loads(element.text or "null", strict=False))
        except (ValueError, RecursionError):
            continue  # pages with broken JSON-LD are common, and their other metadata is as good
    for item in found:
        if item.get("headline"):
            return item
    return next((item for item in found if "Article" in str(item.get("@type", ""))[:200]), {})


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects on the upper levels of JSON-LD."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (node for node in (graph if isinstance(graph, list) else ()) if isinstance(node, dict))
            main = item.get("mainEntity")
            if isinstance(main, dict):
                yield main


def _text(value: Any) -> str:
    """A value as one clean line; entities written twice, as JSON-LD often has them, are resolved."""
    if isinstance(value, list) and value:
        value = value[0]
    return " ".join(clean_text(html.unescape(value)).split())[:2000] if isinstance(value, str) else ""


def _named(value: Any) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _content(root: HtmlElement, path: str) -> str:
    elements = root.xpath(path)
    return _text(str(elements[0].xpath("string()"))) if elements else ""


def _authors(
    meta: Mapping[str, Sequence[str]], linked: Mapping[str, Any], root: HtmlElement
) -> tuple[str, ...]:
    people = linked.get("author")
    listed = people if isinstance(people, list) else [people]
    names = [name for person in listed[:_MAX_NAMES] for name in split_names(_named(person))]
    if not _names(names):
        written = next((meta[key] for key in _AUTHORS if key in meta and _names(meta[key])), [])
        whole = len(written) > 1  # one element for each author: "Lee, Ann" is one name
        names = [name for line in written[:_MAX_NAMES] for name in ([line] if whole else split_names(line))]
    if not _names(names):
        names = [
            _text(str(element.xpath("string()"))) for element in root.xpath("//a[@rel='author']")[:_MAX_NAMES]
        ]
    return tuple(dict.fromkeys(_names(names)))


def _names(names: Sequence[str]) -> list[str]:
    return [name for name in names if name and "://" not in name and len(name) <= 120]


def _url(meta: Mapping[str, Sequence[str]], linked: Mapping[str, Any], root: HtmlElement) -> str:
    canonical = [_text(element.get("href")) for element in root.xpath("//link[@rel='canonical']")[:1]]
    main = linked.get("mainEntityOfPage")
    written = main.get("@id") if isinstance(main, dict) else main
    for address in (*canonical, _first(meta, ("og:url",)), _text(linked.get("url")), _text(written)):
        if address.lower().startswith(("http://", "https://")):
            return address
    return ""


def _published_on(meta: Mapping[str, Sequence[str]], linked: Mapping[str, Any], root: HtmlElement) -> str:
    times = (
        root.xpath("//article//time[@datetime]/@datetime")[:1]
        or root.xpath("//time[@datetime]/@datetime")[:1]
    )
    written = (
        _text(linked.get("datePublished")),
        *(_first(meta, (key,)) for key in _DATES),
        *map(str, times),
    )
    return next((date for date in map(iso_date, written) if date), "")


def _language(meta: Mapping[str, Sequence[str]], linked: Mapping[str, Any], root: HtmlElement) -> str:
    declared = (
        root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang")
        or ""
    )
    written = (declared, _first(meta, ("content-language", "og:locale")), _text(linked.get("inLanguage")))
    return next((tag.replace("_", "-") for tag in written if _LANGUAGE.fullmatch(tag)), "")
