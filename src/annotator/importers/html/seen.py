"""Authors and date as a page shows them to its readers, by what the elements around them are called."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.domain.article import clean_text
from annotator.importers.bylines import is_free, iso_date, named_people, people
from annotator.importers.html.names import FURNITURE, SURROUNDINGS, meaning_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST = 60  # elements looked at
_LONG = 200  # characters
_SHORT = 40  # characters of a line with a date and little else
_MODIFIED = re.compile(r"modif|updat|aktualis|expire|event", re.IGNORECASE)
_OF_PERSON = re.compile(
    r"/(?:authors?|people|person|profiles?|staff|by|users?|contributors?|autor(?:en)?)/|/@", re.IGNORECASE
)
_TITLED = re.compile(r"\b(?:post|entry|article|story)[-_]{0,2}(?:title|headline)\b", re.IGNORECASE)
_ANCHOR = re.compile(r"\s*[¶#§🔗]+$")
_NICK = re.compile(r"[^\W\d_][\w.-]{2,24}")
_POSTED = re.compile(
    r"(?:posted|written|published|geschrieben|veröffentlicht)(?:\s+(?:on|am)\s+.{4,30}?)?\s+(?:by|von)\s*:?\s*(.*)",
    re.IGNORECASE,
)
_POSTED_AT = re.compile(r"\s+(?:at|on|am|um|in)\b.*|\s*[|·,].*", re.IGNORECASE)
_KICK = re.compile(r"[^:]{0,20}:\s*")


def seen_authors(root: HtmlElement, outlet: str) -> tuple[str, ...]:
    """The persons named by the first element that is marked as one for authors; nicknames where there is no name."""
    marked = list(_marked(root, "byline"))
    for element in marked:
        every = list(element.iter("a"))
        persons = [one for one in element.iter() if "personname" in (one.get("class") or "")]
        sure = persons or [
            link for link in every if link.get("rel") == "author" or _OF_PERSON.search(link.get("href") or "")
        ]
        links = [_line(link) for link in sure or every]
        linked = [name for link in links[:20] for name in named_people(link, outlet)]
        whole = () if persons else named_people(_line(element), outlet)
        if whole or linked:
            return tuple(dict.fromkeys(whole or linked))
    lines = (_line(element) for element in marked if _is_for_author(element))
    nick = next((people([line], outlet) for line in lines if _NICK.fullmatch(line) and is_free(line)), ())
    return _signed(root, outlet) or nick


def _is_for_author(element: HtmlElement) -> bool:
    said = _names(element).lower().split()
    return element.get("rel") == "author" or "author" in said or "fn" in said


def _signed(root: HtmlElement, outlet: str) -> tuple[str, ...]:
    """The persons in a line such as "posted by Ann Lee at 9:42"."""
    for element in root.iter("p", "div", "span", "em", "i", "small", "td", "li"):
        match = _POSTED.match(_line(element)) if _POSTED.match((element.text or "").lstrip()[:60]) else None
        names = named_people(_POSTED_AT.sub("", match.group(1)), outlet) if match else ()
        if names and not any("comment" in _names(above).lower() for above in element.iterancestors()):
            return names
    return ()


def title_lines(root: HtmlElement) -> list[str]:
    """The headings of first level, and what is called the title of a post."""
    titles = list(root.iter("h1"))[:8]
    in_head = _plain(root.findtext(".//title") or "")
    below = list(itertools.islice(root.iter("h2", "h3"), _MOST))
    titles += [element for element in below if _begins(in_head, _plain(_line(element)))][:1]
    if not titles and not below:
        bold = itertools.islice(root.iter("font", "b", "big"), _MOST)
        titles += [element for element in bold if _ends(in_head, _plain(_line(element)))][:1]
    titles += [element for element in below if _TITLED.search(_names(element))][:1]
    lines = (clean_text(str(element.xpath("string()"))[:4000]) for element in titles)
    return [line for line in (_ANCHOR.sub("", " ".join(line.split())) for line in lines) if line]


def _begins(title: str, heading: str) -> bool:
    return (
        len(heading) >= 12
        and title.startswith(heading)
        and title[len(heading) :].lstrip()[:1] in tuple("|-–—·•«»›<")
    )


def _ends(title: str, line: str) -> bool:
    return len(line) >= 12 and title.endswith(line)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def seen_date(root: HtmlElement) -> str:
    """The day of publication by the first element that is marked as one for it."""
    dated = [element for element in _marked(root, "date") if not _MODIFIED.search(_names(element))]
    dated.sort(key=lambda element: "published" not in _names(element).lower())
    for element in dated:
        for written in (element.get("content"), element.get("datetime"), _line(element)):
            date = iso_date(written or "") or iso_date(_KICK.sub("", written or "", count=1))
            if date:
                return date
    return next((date for date in map(iso_date, _lines_below_title(root)) if date), "")


def _lines_below_title(root: HtmlElement) -> Iterator[str]:
    """The short lines that stand right below the last heading of first level."""
    titles = list(root.iter("h1"))
    following = titles[-1].xpath("following::*[position() <= 12]") if titles else ()
    for element in following:
        line = _line(element) if isinstance(element.tag, str) else ""
        if len(line) <= _SHORT and not _MODIFIED.search(line) and not _is_of_others(element):
            yield line


def _marked(root: HtmlElement, meaning: str) -> Iterator[HtmlElement]:
    """The elements whose names have that meaning, those behind the title first, without those of other articles."""
    before: list[HtmlElement] = []
    behind: list[HtmlElement] = []
    titled = False
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        titled = titled or element.tag == "h1"
        if not titled and len(before) >= _MOST:
            continue
        if _says(element, meaning) and len(_line(element)) <= _LONG and not _is_of_others(element):
            (behind if titled else before).append(element)
            if len(behind) >= _MOST:
                break
    yield from (*behind, *before[:_MOST])


def _says(element: HtmlElement, meaning: str) -> bool:
    if meaning == "date" and element.tag == "time":
        return True
    if meaning == "byline" and (element.get("rel") == "author" or element.tag == "address"):
        return True
    names = _names(element)
    return bool(names) and any(meaning in meaning_of(word[:60]) for word in names.split()[:20])


def _names(element: HtmlElement) -> str:
    said = (element.get("class"), element.get("itemprop"), element.get("data-testid"), element.get("id"))
    words = " ".join(filter(None, said))
    return words.replace("datePublished", "published date") if "datePublished" in words else words


def _is_of_others(element: HtmlElement) -> bool:
    """Whether it stands in a teaser, a comment, a side bar or the like."""
    for level, above in enumerate(element.iterancestors()):
        if level > 40 or above.tag == "body":
            return False
        if above.tag in ("aside", "footer", "nav"):
            return True
        meanings = [m for word in _names(above).split()[:20] for m in meaning_of(word[:60])]
        about = set(meanings).intersection(SURROUNDINGS)
        if about and not (about == {FURNITURE} and "byline" in meanings):
            return True
    return False


def _line(element: HtmlElement) -> str:
    """The text on one line; longer ones only in part, as they are none that is looked for."""
    parts, length = [], 0
    for part in element.itertext():
        parts.append(part)
        length += len(part.strip())
        if length > _LONG:
            break
    return " ".join(clean_text(" ".join(parts)).split())
