"""Foreign HTML to a list of harmless events: nh3 cleans, and what it wrote is read sign by sign.

No tree is built. What nh3 writes is well-formed, so a list of starts, ends and texts is enough, and no depth of
nesting can exhaust the stack.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import NamedTuple

from annotator.domain.entity import EMPTY
from annotator.importers.html.names import meaning_of
from annotator.importers.pictures import SCHEME

START, END, TEXT = 0, 1, 2
VOID = frozenset({"br", "hr", "img", "wbr"})
MAX_DEPTH = 1000  # open tags; nh3 takes quadratic time for deeper ones, and pages have some forty
_LONG_TAG, _MANY_ATTRIBUTES = 8000, 500  # characters, words
_STRUCTURE = "article main section header footer nav aside form div center address details summary hgroup"
_BLOCKS = "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre hr figure figcaption img"
_TABLES = "table caption thead tbody tfoot tr td th"
_INLINE = (
    "a b strong em i cite dfn var code kbd samp tt sup sub del s strike q br wbr span mark u ins time small"
)
_TAGS = frozenset(f"{_STRUCTURE} {_BLOCKS} {_TABLES} {_INLINE}".split())
_EMBEDDED = (
    "script style title noscript template iframe object embed svg canvas audio video map annotation dialog"
)
_WITH_CONTENT = frozenset(f"{_EMBEDDED} annotation-xml button select textarea datalist".split())
_SAYING = ("itemprop", "data-component", "data-testid", "aria-label")  # attributes read as `class` is
_ATTRIBUTES = {
    "*": {
        "id",
        "class",
        "role",
        "epub:type",
        "lang",
        "xml:lang",
        "dir",
        "hidden",
        "aria-hidden",
        "style",
        *_SAYING,
    },
    "a": {"href", "name"},
    "img": {"alt", "src"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
    "li": {"value"},
    "time": {"datetime"},
}
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*+)[^<>]*+>")
_WRITTEN_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?: [a-z:-]+=\"[^\"]*\")*)>")
_WRITTEN_ATTRIBUTE = re.compile(r" ([a-z:-]+)=\"([^\"]*)\"")
_CLOSED_BY_OTHERS = "p li td th tr dt dd thead tbody tfoot option colgroup rp rt"  # their end may be left out
_UNCOUNTED = VOID | frozenset(f"{_CLOSED_BY_OTHERS} col input link meta area base source track".split())
KNOWN_TAGS = _TAGS | _WITH_CONTENT | _UNCOUNTED | {"font", "ruby", "abbr"}
# Of tags that count towards no depth those without attributes are passed over at once.
_COUNTED_TAG = re.compile(rf"<(?!/?(?:{'|'.join(_UNCOUNTED)})>)(/?)([a-zA-Z][\w:-]*+)[^<>]*+>")
_PROPERTIES = {
    "articlebody": "article-body",
    "author": "byline",
    "datepublished": "date",
    "comment": "comments",
}
_UNSEEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_SELF_CLOSED = re.compile(
    r"<(script|style|title|iframe|textarea|a|div|span|p|i|b|em|td)\b([^<>]*)/>", re.IGNORECASE
)


class Event(NamedTuple):
    """A start or end of an element, or a text. `value` is the tag or the text."""

    kind: int
    value: str
    attributes: Mapping[str, str] = EMPTY

    @property
    def words(self) -> list[str]:
        """The words of the class attribute and its like, reduced to those that mean something here."""
        if not self.attributes:
            return []
        words = self.attributes.get("class", "").split()
        for name in _SAYING:
            words += self.attributes.get(name, "").split()
        return words


def read_events(html: str) -> list[Event]:
    """What is left of `html` when everything but text, structure and plain links is taken out.

    Starts and ends are balanced, except for those of `VOID`, which have no end.
    """
    import nh3  # noqa: PLC0415 - not needed until a file is imported

    if html.lstrip().startswith("<?xml"):
        html = _SELF_CLOSED.sub(r"<\1\2></\1>", html)
    safe = nh3.clean(
        limited(html, MAX_DEPTH),
        tags=set(_TAGS),
        clean_content_tags=set(_WITH_CONTENT),
        attributes=_ATTRIBUTES,
        attribute_filter=_filtered,
        url_schemes={"http", "https", "mailto", "cid", SCHEME},
        link_rel=None,
    )
    return _events_in(safe)


def known_tag(written: str) -> bool:
    """Whether `written` ("<b>", "</p>", "<img alt=''>") is a tag that is understood or taken out on purpose."""
    match = _TAG.match(written)
    return match is not None and match.group(2).lower() in KNOWN_TAGS


def ends_of(events: Sequence[Event]) -> dict[int, int]:
    """For the index of every start the index of its end; of a void element its own."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for index, event in enumerate(events):
        if event.kind == START:
            if event.value in VOID:
                ends[index] = index
            else:
                opened.append(index)
        elif event.kind == END:
            ends[opened.pop()] = index
    return ends


def limited(html: str, depth: int) -> str:
    """`html` without the tags that lie deeper than `depth` open ones and without attributes by the thousand, which
    parsers take quadratic time for. The text stays. Linear in time."""
    kept: list[str] = []
    level = copied = at = 0
    while match := _COUNTED_TAG.search(html, at):
        at = match.end()
        closes, tag = bool(match.group(1)), match.group(2).lower()
        if tag in ("script", "style") and not closes:
            at = html.find(f"</{tag}", at)  # what looks like tags inside is none
            if at < 0:
                break
            continue
        if at - match.start() > _LONG_TAG and len(match.group().split()) > _MANY_ATTRIBUTES:
            kept += (html[copied : match.start()], f"<{match.group(1)}{tag}>")
            copied = match.end()
        if tag in _UNCOUNTED or html[at - 2] == "/":
            continue
        if level + (not closes) > depth and copied <= match.start():
            kept.append(html[copied : match.start()])
            copied = match.end()
        level = max(0, level - 1) if closes else level + 1
    return "".join((*kept, html[copied:])) if kept else html


def _filtered(_tag: str, attribute: str, value: str) -> str | None:
    if attribute == "style":
        return "display:none" if _UNSEEN.search(value[:2000]) else None
    if attribute == "class":
        words = value.split()[:20]
    elif attribute == "itemprop":
        words = [_PROPERTIES.get(value.strip().lower(), "")]
    elif attribute in _SAYING:
        words = ["-".join(value.split())] if len(value) <= 60 else []
    else:
        return value[:2000]
    return " ".join(meaning for word in words for meaning in meaning_of(word[:60])) or None


def _events_in(safe: str) -> list[Event]:
    """The events of what nh3 wrote: every tag is whole, in lower case and known, every other "<" is escaped."""
    events: list[Event] = []
    opened: list[str] = []
    at = 0
    for match in _WRITTEN_TAG.finditer(safe):
        if at < match.start():
            events.append(Event(TEXT, unescape(safe[at : match.start()])))
        at = match.end()
        closes, tag, attributes = match.groups()
        if not closes:
            said = _WRITTEN_ATTRIBUTE.findall(attributes) if attributes else ()
            events.append(Event(START, tag, {name: unescape(value) for name, value in said} or EMPTY))
            if tag not in VOID:
                opened.append(tag)
        elif tag in opened[-1:]:
            opened.pop()
            events.append(Event(END, tag))
    if at < len(safe):
        events.append(Event(TEXT, unescape(safe[at:])))
    events += [Event(END, tag) for tag in reversed(opened)]
    return events
