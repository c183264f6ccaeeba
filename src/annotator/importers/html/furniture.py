"""What stands around an article on its page: found by what it is called, what is written above it, and its links."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from annotator.importers.html.events import END, START, TEXT, VOID, Event, ends_of
from annotator.importers.html.measure import Measured, has_text, outermost, without
from annotator.importers.html.names import AFTERWARDS, COMMENTS, CONSENT, FURNITURE, SURROUNDINGS, meaning_of
from annotator.importers.html.phrases import COMMENTS_BELOW, LINKED_BOX, NO_TEXT

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
    return "hidden" in said or said.get("aria-hidden") == "true" or "style" in said


def without_named(events: list[Event]) -> list[Event]:
    """`events` without what calls itself navigation, sharing, cookies, comments and the like, as far as enough is left:
    the page around an article may be called so too."""
    page = Measured(events)
    last = len(events) - 1
    total = page.plain(0, last) if events else 0
    body = _largest_body(page)
    found = list(outermost(_named(page, body, total), page.ends))
    kept = without(events, page.ends, found)
    return kept if has_text(kept) else events


def _largest_body(page: Measured) -> int:
    """The element with the most text of those called an article's body; -1 without one."""
    marked = [n for n, e in enumerate(page.events) if e.kind == START and _is_body(e)]
    return max(marked, key=lambda n: page.plain(n, page.ends[n]), default=-1)


def _is_body(event: Event) -> bool:
    words = event.words
    body = event.value in ("article", "main") or event.attributes.get("role") == "main" or "body" in words
    return body and not set(words).intersection(SURROUNDINGS)


def _named(page: Measured, body: int, total: int) -> Iterator[int]:
    titles = page.starts("h1")
    for index, event in enumerate(page.events):
        if event.kind != START or not event.attributes:
            continue
        about = _about(event)
        if not about or "notes" in event.words:
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


def _holds_quote(page: Measured, index: int, size: int) -> bool:
    """Whether it is a message from elsewhere that the article shows, with "social" in its name."""
    end = page.ends[index]
    return size >= 40 and any(e.kind == START and e.value == "blockquote" for e in page.events[index:end])


def _about(event: Event) -> str:
    words = event.words
    if "pull-quote" in words or event.value in ("h1", "html", "body"):
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
    refused = sorted({*_labelled(page, total), *_link_lists(page, url), *_lines(page)})
    kept = without(events, page.ends, refused)
    if len(kept) < len(events):
        page = Measured(kept)
    comments = _comments_from(page, total)
    return _cut(kept, comments) if comments else kept


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


def _link_lists(page: Measured, url: str) -> Iterator[int]:
    """Lists of nothing but links within the site that stand before the article's first sentence or after its last."""
    sentences = [n for n, e in enumerate(page.events) if e.kind == TEXT and len(e.value.strip()) >= 60]
    first, last = (sentences[0], sentences[-1]) if sentences else (0, len(page.events))
    for index, event in enumerate(page.events):
        if event.kind != START or event.value not in ("ul", "ol", "div", "section", "p", "table"):
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
            if not 0 < size <= 160 or (inline and not _stands_alone(page, index)):
                continue
            text = page.text(index, end)
            if event.value == "li" and not page.links(index, end):
                continue
            if NO_TEXT.fullmatch(text) and (size <= 40 or page.links(index, end) or len(text.split()) <= 16):
                yield index


def _stands_alone(page: Measured, index: int) -> bool:
    parent = page.parents[index]
    return parent < 0 or page.events[parent].value in ("div", "section", "article", "header", "main", "li")


def _comments_from(page: Measured, total: int) -> int:
    """The start of a heading above comments that has most of the text before it; 0 without one."""
    for index in page.starts("h2", "h3", "h4", "h5"):
        before = page.plain(0, index)
        if (
            before >= _LEAST
            and before * 3 >= total
            and COMMENTS_BELOW.fullmatch(page.text(index, page.ends[index]))
        ):
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
