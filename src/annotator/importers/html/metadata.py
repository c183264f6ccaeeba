"""What a page says of itself: title, authors, outlet, date, address, language. Read by lxml, nothing is fetched."""

from __future__ import annotations

import datetime
import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from annotator.domain.article import clean_text
from annotator.importers.bylines import iso_date, people
from annotator.importers.html.events import MAX_DEPTH, limited
from annotator.importers.html.seen import seen_authors, seen_date, title_lines

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
_CATALOGUED = ("citation_author", "dc.creator", "dcterms.creator")  # where the family name comes first
_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|Review|Posting", re.IGNORECASE)
_DAY_OF_ADDRESS = re.compile(r"/(20\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?:/|$)")
_SITES = ("og:site_name", "citation_journal_title", "dc.publisher", "application-name")
_DATES = (
    "article:published_time", "citation_publication_date", "citation_date", "dc.date", "dcterms.date",
    "dcterms.created", "datepublished", "date", "pubdate", "publish-date", "publication_date", "parsely-pub-date",
    "dc.date.issued", "dcterms.issued", "sailthru.date", "article.published", "og:published_time",
    "article:published", "publishdate", "published_date", "release_date",
    "created",
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


def read_metadata(page: str, address: str = "") -> PageMetadata:
    """The metadata of a whole page, which was found at `address` as far as that is known. A page that lxml can't read
    has none; its text is read another way."""
    root = page_tree(page)
    if root is None:
        return PageMetadata(url=address)
    meta = _meta(root)
    linked = _linked_data(root)
    publication = _first(meta, _SITES[:1]) or _named(linked.get("publisher")) or _first(meta, _SITES[1:])
    publication = publication.lstrip("@")
    url = _url(meta, linked, root, address)
    return PageMetadata(
        title=_title(meta, linked, root, publication, url),
        subtitle=_text(linked.get("alternativeHeadline")),
        description=_first(meta, ("og:description", "description")) or _text(linked.get("description")),
        authors=_authors(meta, linked, publication) or seen_authors(root, publication),
        publication=publication,
        section=_first(meta, ("article:section",)) or _text(linked.get("articleSection")),
        url=url,
        published_on=_by_address(_published_on(meta, linked) or seen_date(root), url),
        language=_language(meta, linked, root),
    )


def page_tree(page: str) -> HtmlElement | None:
    """The tree of a page; None where lxml finds none. Nothing is fetched for it."""
    from lxml import etree  # noqa: PLC0415 - not needed until a file is imported
    from lxml import html as lxml_html  # noqa: PLC0415

    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, encoding="utf-8")
    try:
        return lxml_html.document_fromstring(limited(page, MAX_DEPTH).encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def without_site(title: str, site: str, host: str = "") -> str:
    """`title` without " | Site" behind it or "Site | " before it; unchanged where that is not the site's name."""
    parts = re.split(f"({_SEPARATORS})", title)
    if len(parts) < 3:
        return title
    if _is_site(parts[-1], site, host):
        return without_site("".join(parts[:-2]), site, host)
    if _is_site(parts[0], site, host):
        return "".join(parts[2:])
    return title


def _is_site(part: str, site: str, host: str) -> bool:
    name, known = _letters(part), _letters(site)
    labels = host.lower().removeprefix("www.").split(".")[:-1]
    return bool(name) and (
        name in (known, known.removeprefix("the")) or name in labels or name.removeprefix("the") in labels
    )


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _title(
    meta: Mapping[str, Sequence[str]], linked: Mapping[str, Any], root: HtmlElement, site: str, url: str
) -> str:
    """The title as the page gives it to others, else what `<title>` and a heading have in common,
    without the site's name."""
    host = urlsplit(url).hostname or ""
    headings = title_lines(root)
    headline = _text(linked.get("headline"))
    if linked.get("name") and _text(linked.get("name")) in headings and headline not in headings:
        headline = _text(linked.get("name"))  # some say there what it is about
    given = _first(meta, _TITLES[:2]) or headline or _first(meta, _TITLES[2:])
    in_head = _content(root, "//head/title") or _content(root, "//title")
    title = without_site(given or in_head, site, host)
    for heading in headings:
        rest = re.match(_SEPARATORS, title[len(heading) :]) if heading else None
        if rest and title.casefold().startswith(heading.casefold()) and heading.casefold() != site.casefold():
            return heading
        behind = not given and re.search(f"(?:{_SEPARATORS}|: )" + re.escape(heading) + "$", title)
        if behind:
            return heading if len(headings) == 1 else without_site(title, heading)
    if not given and site == "" and len(headings) == 1 and _letters(headings[0]) in _letters(title):
        return headings[0] or title
    return title or next(filter(None, headings), "")


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
    """The object of JSON-LD that describes the article: of a type named so, else the first one with a headline. What it
    only names by `@id` is put in its place."""
    found: list[Mapping[str, Any]] = []
    for element in root.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower() or len(element.text or "") > _MAX_JSON:
            continue
        try:
            found += _objects(json.loads(element.text or "null", strict=False))
        except (ValueError, RecursionError):
            continue  # pages with broken JSON-LD are common, and their other metadata is as good
    headed = [item for item in found if item.get("headline")]
    typed = [item for item in found if _ARTICLE_TYPES.search(str(item.get("@type", ""))[:200])]
    chosen = next((item for item in headed if item in typed), next(iter((*headed, *typed)), {}))
    known = {item["@id"]: item for item in found if isinstance(item.get("@id"), str) and item.get("name")}
    return {key: _resolved(value, known) for key, value in chosen.items()}


def _resolved(value: Any, known: Mapping[str, Mapping[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_resolved(item, known) for item in value[:_MAX_NAMES] if not isinstance(item, list)]
    if isinstance(value, dict) and not value.get("name") and isinstance(value.get("@id"), str):
        return known.get(value["@id"], value)
    return value


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects on the upper levels of JSON-LD."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            for node in graph if isinstance(graph, list) else ():
                if isinstance(node, dict):
                    yield node
                    people = node.get("author")
                    yield from (
                        one
                        for one in (people if isinstance(people, list) else [people])
                        if isinstance(one, dict)
                    )
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


def _authors(meta: Mapping[str, Sequence[str]], linked: Mapping[str, Any], outlet: str) -> tuple[str, ...]:
    given = linked.get("author") or linked.get("creator")
    listed = given if isinstance(given, list) else [given]
    names = people([_named(person) for person in listed[:_MAX_NAMES]], outlet)
    for key in _AUTHORS if not names else ():
        lines = [line for line in meta.get(key, ())[:_MAX_NAMES] if "://" not in line]
        lines = [_turned(line) for line in lines] if key in _CATALOGUED else lines
        names = names or people(lines, outlet)
    return names


def _turned(name: str) -> str:
    """ "Lee, Ann" as "Ann Lee"."""
    last, comma, first = name.partition(",")
    return (
        f"{first.strip()} {last.strip()}" if comma and "," not in first and len(name.split()) <= 5 else name
    )


def _url(
    meta: Mapping[str, Sequence[str]], linked: Mapping[str, Any], root: HtmlElement, address: str
) -> str:
    canonical = [_text(element.get("href")) for element in root.xpath("//link[@rel='canonical']")[:1]]
    main = linked.get("mainEntityOfPage")
    written = main.get("@id") if isinstance(main, dict) else main
    for given in (*canonical, _first(meta, ("og:url",)), address, _text(linked.get("url")), _text(written)):
        whole = urljoin(address, given) if address and given.startswith("/") else given
        if is_web_address(whole):
            return whole
    return ""


def is_web_address(text: str) -> bool:
    """Whether `text` is an address of the web that can be taken apart."""
    try:
        return text.lower().startswith(("http://", "https://")) and bool(urlsplit(text).hostname)
    except ValueError:
        return False


def _published_on(meta: Mapping[str, Sequence[str]], linked: Mapping[str, Any]) -> str:
    written = (_text(linked.get("datePublished")), *(_first(meta, (key,)) for key in _DATES))
    return next((date for date in map(iso_date, written) if date), "")


def _by_address(date: str, url: str) -> str:
    """`date`, or the day before or after it where the address of the page names that: in the outlet's own time zone it
    was that day."""
    match = _DAY_OF_ADDRESS.search(url)
    if not match:
        return date
    try:
        day = datetime.date(int(match[1]), int(match[2]), int(match[3]))
        apart = abs((datetime.date.fromisoformat(date) - day).days) if date else 0
    except ValueError:
        return date
    return day.isoformat() if apart <= 1 else date


def _language(meta: Mapping[str, Sequence[str]], linked: Mapping[str, Any], root: HtmlElement) -> str:
    declared = (
        root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang")
        or ""
    )
    written = (declared, _first(meta, ("content-language", "og:locale")), _text(linked.get("inLanguage")))
    return next((tag.replace("_", "-") for tag in written if _LANGUAGE.fullmatch(tag)), "")
