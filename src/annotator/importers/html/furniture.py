"""What stands around an article on its page: found by what it is called, what is written above it, and its links."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from annotator.importers.html.events import END, START, TEXT, VOID, Event, ends_of
from annotator.importers.html.measure import Measured, has_text, outermost, without
from annotator.importers.html.names import AFTERWARDS, COMMENTS, CONSENT, FURNITURE, SURROUNDINGS, meaning_of
from annotator.importers.html.phrases import (
    BACK_MATTER,
    COMMENTS_BELOW,
    COUNTED_COMMENTS,
    DISCLOSURE,
    LINKED_BOX,
    NO_TEXT,
)

_ROLES = (
    "navigation",
    "complementary",
    "contentinfo",
    "search",
    "menu",
    "menubar",
    "toolbar",
    "tablist",
    "banner",
    "alert",
)
_BLOCK_TAGS = (
    "p",
    "div",
    "section",
    "ul",
    "ol",
    "aside",
    "nav",
    "table",
    "header",
    "figure",
    "article",
    "form",
    "dl",
    "h3",
    "h4",
)
# How much of a page's text, in tenths, an element may hold to be what its name says; more is the page itself.
_MOST = {FURNITURE: 3, AFTERWARDS: 5, CONSENT: 6, COMMENTS: 10}
_LEAST = 250  # characters outside of links that must be left when something large goes
_BOXES = ("div", "section", "aside", "article")
_SUBHEADS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_CALL, _CARD = 250, 400  # characters at most of a call with a button, and of a card of another article
_SMALL_BOX = 60  # events at most of either
_FEW = 3
_LISTS = ("ul", "ol", "div", "section", "p", "table", "td", "center")
_IN_LINE = frozenset({"a", "b", "strong", "i", "em", "span", "small", "u"})
_LABEL = 60  # characters of a line that can be the name of a box


def without_hidden(events: list[Event]) -> list[Event]:
    """What a browser would show; all of it where that is nothing."""
    hidden = [n for n, event in enumerate(events) if event.attributes and _is_hidden(event)]
    if not hidden:
        return events
    visible = without(events, ends_of(events), hidden)
    return visible if has_text(visible) else events


def _is_hidden(event: Event) -> bool:
    said = event.attributes
    return (
        said.get("hidden", "until-found") != "until-found"
        or said.get("aria-hidden") == "true"
        or "style" in said
    )


def without_named(events: list[Event], *, discussion: bool = False) -> list[Event]:
    """`events` without what calls itself navigation, sharing, cookies, comments and the like, as far as enough is left:
    the page around an article may be called so too. In a `discussion` comments are the text."""
    page = Measured(events)
    last = len(events) - 1
    total = page.plain(0, last) if events else 0
    body = _largest_body(page)
    found = list(outermost(_named(page, body, total, discussion=discussion), page.ends))
    named = [n for n in found if events[n].value == "p"]
    if sum(page.plain(n, page.ends[n]) for n in named) * 10 > total * _MOST[FURNITURE]:
        found = [
            n for n in found if events[n].value != "p"
        ]  # such as every paragraph of a text for subscribers
    kept = without(events, page.ends, sorted({*found, *_calls(page, set(found), total)}))
    return kept if has_text(kept) else events


def _largest_body(page: Measured) -> int:
    """The element with the most text of those called an article's body; -1 without one."""
    marked = [n for n, e in enumerate(page.events) if e.kind == START and _is_body(e)]
    return max(marked, key=lambda n: page.plain(n, page.ends[n]), default=-1)


def _is_body(event: Event) -> bool:
    words = event.words
    body = event.value in ("article", "main") or event.attributes.get("role") == "main" or "body" in words
    return body and not set(words).intersection(SURROUNDINGS)


def _named(page: Measured, body: int, total: int, *, discussion: bool) -> Iterator[int]:
    titles = page.starts("h1")
    for index, event in enumerate(page.events):
        if event.kind != START or not event.attributes:
            continue
        about = _about(event)
        if not about or "notes" in event.words or (discussion and about == COMMENTS):
            continue
        end = page.ends[index]
        size = page.plain(index, end)
        if (
            body >= 0
            and index <= body
            and page.ends[body] <= end
            and page.plain(body, page.ends[body]) > _LEAST
        ):
            continue
        if size * 5 > total and bisect_left(titles, index) < bisect_left(titles, end):
            continue
        fits = size * 10 <= total * _MOST[about] and (about != COMMENTS or total - size >= _LEAST)
        if fits and not (about == FURNITURE and _holds_quote(page, index, size)):
            yield index


def _calls(page: Measured, named: set[int], total: int) -> list[int]:
    """Small boxes of a heading, a few words and buttons: to subscribe, to donate. Many of them are the text itself."""
    found: list[int] = []
    for index, event in enumerate(page.events):
        end = page.ends.get(index, index)
        size = page.amount(index, end)
        if event.kind != START or event.value not in _BOXES or not 0 < size <= _CALL or size * 4 > total:
            continue
        if _is_body(event) or end - index > _SMALL_BOX or not page.links(index, end):
            continue
        part = page.events[index:end]
        links = [n for n, e in enumerate(part, index) if e.kind == START and e.value == "a"]
        tags = {e.value for e in part if e.kind == START}
        facts = any(word in ("byline", "date", "standfirst") for e in part for word in e.words)
        if all(n in named for n in links) and tags.intersection(_SUBHEADS) and "h1" not in tags and not facts:
            found.append(index)
    found = list(outermost(found, page.ends))
    return found if len(found) <= _FEW else []


def _holds_quote(page: Measured, index: int, size: int) -> bool:
    """Whether it is a message from elsewhere that the article shows, with "social" in its name."""
    end = page.ends[index]
    return size >= 40 and any(e.kind == START and e.value == "blockquote" for e in page.events[index:end])


def _about(event: Event) -> str:
    words = event.words
    if "pull-quote" in words or event.value in ("h1", "summary"):
        return ""
    named = [*words, *meaning_of(event.attributes.get("id", "")[:60])]
    role = event.attributes.get("role", "")
    if role in ("dialog", "alertdialog"):
        return CONSENT
    return next((about for about in SURROUNDINGS if about in named), FURNITURE if role in _ROLES else "")


def without_boxes(events: list[Event], url: str = "") -> list[Event]:
    """`events` of an article without boxes of links to others, what stands below "Comments", and lines such as
    "Advertisement" and "Share"."""
    if not events:
        return events
    page = Measured(events)
    total = page.plain(0, len(events) - 1)
    comments = _comments_from(page, total)
    if comments:
        events = _cut(events, comments)
        page = Measured(events)
    boxes = (*_labelled(page, total), *_link_lists(page, url), *_cards(page, url), *_back_matter(page, total))
    bars = dict.fromkeys(_bars(page, url))
    ends = {**{n: n for n in bars}, **page.ends}
    return without(events, ends, sorted({*boxes, *_lines(page), *bars}))


def _labelled(page: Measured, total: int) -> Iterator[int]:
    """Boxes below a line such as "Related articles": the element that begins with it, or the one that follows it."""
    for index, event in enumerate(page.events):
        if event.kind != START or event.value not in (
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "p",
            "div",
            "span",
            "strong",
            "b",
        ):
            continue
        end = page.ends[index]
        if not 0 < page.amount(index, end) <= _LABEL or not LINKED_BOX.fullmatch(page.text(index, end)):
            continue
        box = _box_of(page, index)
        if (
            box >= 0
            and page.plain(box, page.ends[box]) * 5 <= max(total, 1) * 2
            and page.links(box, page.ends[box])
        ):
            yield box
            continue
        block = _as_block(page, index)
        follower = page.next_start(block)
        others = list(_articles_from(page, follower))
        if others:
            yield from (block, *others)
        elif follower >= 0 and page.events[follower].value in _BLOCK_TAGS and _is_linked(page, follower):
            yield from (block, follower)


def _articles_from(page: Measured, index: int) -> Iterator[int]:
    """The `<article>` at `index` and those that follow it."""
    while index >= 0 and page.events[index].value == "article":
        yield index
        index = page.next_start(index)


def _as_block(page: Measured, index: int) -> int:
    while (
        page.parents[index] >= 0
        and page.events[index].value in ("span", "strong", "b")
        and page.text(page.parents[index], page.ends[page.parents[index]])
        == page.text(index, page.ends[index])
    ):
        index = page.parents[index]
    return index


def _box_of(page: Measured, label: int) -> int:
    """The largest element that begins with the text at `label` and holds more than that; -1 without one."""
    found, index = -1, page.parents[label]
    while index >= 0 and not page.amount(index, label - 1) and not _is_body(page.events[index]):
        if page.amount(index, page.ends[index]) > page.amount(label, page.ends[label]):
            found = index
        index = page.parents[index]
    return found


def _is_linked(page: Measured, index: int) -> bool:
    end = page.ends[index]
    return page.links(index, end) > 0 and page.plain(index, end) * 2 <= page.amount(index, end)


def _back_matter(page: Measured, total: int) -> Iterator[int]:
    """Boxes in the second half below a line such as "About the authors" and "Media contact"."""
    for index in page.starts(*_SUBHEADS):
        end = page.ends[index]
        if page.amount(index, end) <= _LABEL and page.plain(0, index) * 2 >= total:
            box = _box_of(page, index) if BACK_MATTER.fullmatch(page.text(index, end)) else -1
            if box >= 0 and page.plain(box, page.ends[box]) * 5 <= total:
                yield box


def _cards(page: Measured, url: str) -> Iterator[int]:
    """Boxes of other articles' headings and nothing but links, wherever they stand."""
    for index, event in enumerate(page.events):
        if event.kind != START or event.value not in _BOXES or page.ends[index] - index > _SMALL_BOX:
            continue
        end = page.ends[index]
        if page.links(index, end) < 2 or page.plain(index, end) or not 0 < page.amount(index, end) <= _CARD:
            continue
        part = page.events[index:end]
        targets = [e.attributes.get("href", "") for e in part if e.kind == START and e.value == "a"]
        headed = any(e.kind == START and e.value in _SUBHEADS for e in part)
        if headed and not any(target.startswith("#") for target in targets) and not _leads_out(part, url):
            yield index


def _sentences(page: Measured) -> tuple[int, int]:
    """The first and the last text outside of links that is long enough for a sentence."""
    found = [n for n, e in enumerate(page.events) if e.kind == TEXT and page.plain(n, n) >= 60]
    return (found[0], found[-1]) if found else (0, len(page.events))


def _bars(page: Measured, url: str) -> Iterator[int]:
    """The links and the signs between them of lines such as "Home | News | Sport" that stand before the first sentence
    or after the last: older pages have them as bare text."""
    first, last = _sentences(page)
    line: list[int] = []
    bare = True  # nothing but links and signs in the line so far
    for index, event in enumerate((*page.events, Event(START, "hr"))):
        if event.kind == TEXT:
            bare = bare and (page.plain(index, index) == 0 or not any(map(str.isalnum, event.value)))
            line.append(index)
        elif event.value == "a" and event.kind == START:
            line.append(index)
        elif event.value not in _IN_LINE:
            links = [] if not bare or len(line) < _FEW else [n for n in line if page.events[n].kind == START]
            closed = all(page.ends[n] < index for n in links)
            if closed and len(links) >= _FEW and not first < line[0] < last:
                yield from () if _leads_out([page.events[n] for n in links], url) else line
            line, bare = [], True


def _link_lists(page: Measured, url: str) -> Iterator[int]:
    """Lists of nothing but links within the site that stand before the article's first sentence or after its last."""
    first, last = _sentences(page)
    for index, event in enumerate(page.events):
        if event.kind != START or event.value not in _LISTS:
            continue
        end = page.ends[index]
        if first < index < last or index <= first <= end or index <= last <= end:
            continue
        if page.links(index, end) >= 3 and page.plain(index, end) * 6 <= page.amount(index, end):
            part = page.events[index:end]
            if not _leads_out(part, url) and not any("notes" in e.words for e in part if e.attributes):
                yield index


def _leads_out(part: Sequence[Event], url: str) -> bool:
    """Whether at least half of the links lead to other hosts, as those of an article's sources do."""
    home = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    targets = [e.attributes.get("href", "") for e in part if e.kind == START and e.value == "a"]
    out = 0
    for target in targets:
        try:
            host = (urlsplit(target).hostname or "").removeprefix("www.")
        except ValueError:
            continue
        out += bool(host) and host != home
    return out * 2 >= max(len(targets), 1)


def _lines(page: Measured) -> Iterator[int]:
    for index, event in enumerate(page.events):
        if event.kind == START and event.value in (
            "p",
            "div",
            "li",
            "ul",
            "span",
            "h3",
            "h4",
            "h5",
            "h6",
            "small",
        ):
            end = page.ends[index]
            size = page.amount(index, end)
            inline = event.value == "span"
            if not 0 < size <= 250 or (inline and not _stands_alone(page, index)):
                continue
            text = page.text(index, end)
            if event.value == "li" and not page.links(index, end):
                continue
            if is_no_text(text, linked=page.links(index, end) > 0):
                yield index


def is_no_text(line: str, *, linked: bool = False) -> bool:
    """Whether a line says "Share", "Advertisement" and the like."""
    short = len(line) <= 160 and (len(line) <= 40 or linked or len(line.split()) <= 16)
    return bool((short and NO_TEXT.fullmatch(line)) or DISCLOSURE.fullmatch(line))


def _stands_alone(page: Measured, index: int) -> bool:
    parent = page.parents[index]
    return parent < 0 or page.events[parent].value in ("div", "section", "article", "header", "main", "li")


def _comments_from(page: Measured, total: int) -> int:
    """The start of a heading above comments that has most of the text before it; 0 without one."""
    for index in page.starts("h2", "h3", "h4", "h5"):
        before = page.plain(0, index)
        line = page.text(index, page.ends[index])
        if before < _LEAST or not COMMENTS_BELOW.fullmatch(line):
            continue
        if before * 3 >= total or (before * 12 >= total and COUNTED_COMMENTS.fullmatch(line)):
            return index
    return 0


def _cut(events: list[Event], at: int) -> list[Event]:
    """What stands before the event `at`, and the ends of the elements that are open there."""
    opened = 0
    kept = events[:at]
    level = 0
    for event in events[at:]:
        if event.kind == START and event.value not in VOID:
            level += 1
        elif event.kind == END:
            level -= 1
            if level < opened:
                opened = level
                kept.append(event)
    return kept
