"""What the package document of an EPUB says of its book."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotator.domain.article import clean_text
from annotator.importers.bylines import iso_date, split_names
from annotator.importers.epub.package import text_in

if TYPE_CHECKING:
    from lxml.etree import _Element

    from annotator.importers.epub.package import Book

_ISBN = re.compile(
    r"(?:urn:isbn:|isbn(?:-1[03])?[:\s]*)?((?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx])", re.IGNORECASE
)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:|urn:doi:)?\s*(10\.\d{4,9}/\S+)", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_TAGS = re.compile(r"<[^<>]*>")
_AUTHOR_ROLES = frozenset({"aut", "author", "cre"})
_MAX_VALUE = 4000  # characters


@dataclass(frozen=True, slots=True)
class BookMetadata:
    """What is known of a book; `extra` holds what an article has no field for."""

    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    publication: str = ""
    published_on: str = ""
    language: str = ""
    others: tuple[str, ...] = ()  # names of editors, translators and so on, and of the series
    extra: dict[str, Any] = field(default_factory=dict)


def read_book_metadata(book: Book) -> BookMetadata:
    """The metadata of EPUB 2 and 3."""
    root = next(book.opf.iter("metadata"), book.opf)
    refined = _refinements(root)
    metas = _named_metas(root)
    title, subtitle = _titles(root, refined)
    authors, others = _people(root, refined)
    language = next(
        (m.group().replace("_", "-") for v in _values(root, "language") if (m := _LANGUAGE.match(v))), ""
    )
    series = _series(root, refined, metas)
    extra: dict[str, Any] = {
        **_identifiers(root),
        "description": _plain(next(iter(_values(root, "description")), "")),
        "rights": next(iter(_values(root, "rights")), ""),
        "series": series,
        "direction": "rtl" if book.spine_attributes.get("page-progression-direction") == "rtl" else "",
    }
    return BookMetadata(
        title=title,
        subtitle=subtitle,
        authors=authors,
        publication=next(iter(_values(root, "publisher")), ""),
        published_on=_date(root),
        language="" if language.lower() in ("und", "zxx", "mul") else language,
        others=(*others, *filter(None, [series])),
        extra={key: value for key, value in extra.items() if value},
    )


def _text(element: _Element) -> str:
    return " ".join(clean_text(text_in(element)).split())[:_MAX_VALUE]


def _plain(text: str) -> str:
    """A description, which often is a piece of HTML, as words."""
    return " ".join(_TAGS.sub(" ", text).split())


def _values(root: _Element, name: str) -> list[str]:
    return [text for element in root.iter(name) if (text := _text(element))]


def _attribute(element: _Element, name: str) -> str:
    """An attribute by its plain name, in whatever namespace it stands ("opf:role")."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2].rpartition(":")[2] == name:
            return str(value).strip()
    return ""


def _refinements(root: _Element) -> dict[str, dict[str, str]]:
    """By id of what is refined: property and value."""
    found: dict[str, dict[str, str]] = {}
    for meta in root.iter("meta"):
        refines, name = meta.get("refines", ""), meta.get("property", "")
        if refines and name:
            known = found.setdefault(refines.lstrip("#"), {})
            if name == "role" and name in known:
                known[name] += f" {_text(meta)}"  # one person can have several
            else:
                known.setdefault(name, _text(meta))
    return found


def _named_metas(root: _Element) -> dict[str, str]:
    """The `<meta name content>` of EPUB 2."""
    return {
        meta.get("name", ""): meta.get("content", "").strip()
        for meta in root.iter("meta")
        if meta.get("name")
    }


def _titles(root: _Element, refined: dict[str, dict[str, str]]) -> tuple[str, str]:
    """Main title and subtitle: by their refinements, else the first is the title; EPUB 2 has no subtitles."""
    main = subtitle = ""
    plain: list[str] = []
    for element in root.iter("title"):
        text, kind = _text(element), refined.get(element.get("id", ""), {}).get("title-type", "")
        if kind == "subtitle":
            subtitle = subtitle or text
        elif kind == "main":
            main = main or text
        elif kind in ("", "expanded") and text:
            plain.append(text)
    return main or next(iter(plain), ""), subtitle


def _people(root: _Element, refined: dict[str, dict[str, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Authors, and everybody else who is named. Where nobody has the role, the creators are the authors."""
    authors: list[str] = []
    creators: list[str] = []
    others: list[str] = []
    for element in (*root.iter("creator"), *root.iter("contributor")):
        role = _attribute(element, "role") or refined.get(element.get("id", ""), {}).get("role", "")
        # Old files put several names into one element, often last name first: "Lee, Ann; Chan, Bo".
        names = [_first_name_first(name) for name in split_names(_text(element))]
        creates = element.tag == "creator"
        is_author = creates and (not role or bool(_AUTHOR_ROLES.intersection(role.lower().split())))
        (authors if is_author else creators if creates else others).extend(names)
    found = authors or creators
    rest = (name for name in (*creators, *others) if name not in found)
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(rest))


def _first_name_first(name: str) -> str:
    last, comma, first = name.partition(", ")
    suffix = first.rstrip(".").lower() in ("jr", "sr", "ii", "iii", "phd", "md", "inc", "ltd", "llc")
    return f"{first} {last}" if comma and first and "," not in first and not suffix else name


def _date(root: _Element) -> str:
    """The day of publication, as exact as it is given."""
    events = {"publication": 0, "original-publication": 1, "": 2, "issued": 2, "creation": 3}
    dates = [(events.get(_attribute(e, "event").lower(), 9), iso_date(_text(e))) for e in root.iter("date")]
    known = sorted((pair for pair in dates if pair[1] and pair[0] < 9), key=lambda pair: pair[0])
    return known[0][1] if known else ""


def _identifiers(root: _Element) -> dict[str, str]:
    """ISBN and DOI among the identifiers, and the first one of another kind."""
    found: dict[str, str] = {}
    for element in root.iter("identifier", "source"):
        text, scheme = _text(element), _attribute(element, "scheme").lower()
        isbn, doi = _ISBN.fullmatch(text), _DOI.fullmatch(text)
        if isbn and (scheme == "isbn" or "isbn" in text.lower() or len(re.sub(r"\D", "", text)) == 13):
            found.setdefault("isbn", re.sub(r"[- ]", "", isbn.group(1)).upper())
        elif doi:
            found.setdefault("doi", doi.group(1))
        elif text and element.tag == "identifier":
            found.setdefault("identifier", text)
    return found


def _series(root: _Element, refined: dict[str, dict[str, str]], metas: dict[str, str]) -> str:
    """Series and number ("Night Lines, 3")."""
    name, number = metas.get("calibre:series", ""), metas.get("calibre:series_index", "")
    for meta in root.iter("meta"):
        if meta.get("property") == "belongs-to-collection" and not meta.get("refines"):
            name, number = _text(meta), refined.get(meta.get("id", ""), {}).get("group-position", "")
            break
    number = number.removesuffix(".0")
    return f"{name}, {number}" if name and number else name
