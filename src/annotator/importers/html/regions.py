"""Which part of a page is the article: by the page's own mark-up, and by readability where that says too little."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.importers.html.body import body_element
from annotator.importers.html.events import END, START, Event
from annotator.importers.html.furniture import without_boxes, without_hidden, without_named
from annotator.importers.html.measure import Measured, has_text, outermost, without
from annotator.importers.html.notes import notes_missing, with_notes_behind

_DROPPED = ("nav", "aside", "footer", "form")
_ENOUGH = 600  # characters of text that make an element marked as the article believable on any page
_MOST_EVENTS = 40_000  # of a page that readability is asked about; it takes seconds for more
_NO_LETTERS = re.compile(r"[\W_]+")
_DISCUSSION = re.compile(
    r"schema\.org/(?:DiscussionForumPosting|QAPage)|name=[\"']generator[\"']\s+content=[\"'](?:discourse|phpbb|vbulletin|xenforo)",
    re.IGNORECASE,
)
_HEADER = ("standfirst", "byline", "date")


def article_events(events: list[Event], html: str = "", *, url: str = "", title: str = "") -> list[Event]:
    """The events of the article, without navigation, teasers, comments and what else stands around it.

    `html` is the page the events are of, for readability; without it only the mark-up counts. `url` and `title` are the
    page's own. Never empty if `events` have text.
    """
    visible = with_notes_behind(without_hidden(events))
    named = without_named(visible, discussion=bool(_DISCUSSION.search(html)))
    part = _region(named, html, title)
    part = part if has_text(part) else named
    kept = without_boxes(_without_asides(part, title), url)
    kept = kept if has_text(kept) else part
    kept = _without_repeated_quotes(kept)
    return [*kept, *notes_missing(kept, visible)] if len(kept) < len(visible) else kept


def _region(events: list[Event], html: str, title: str = "") -> list[Event]:
    """The article's element, with what belongs to it and stands between the title and it."""
    page = Measured(events)
    if not events:
        return events
    start = _marked(page, title)
    if html and len(events) <= _MOST_EVENTS and _is_doubtful(page, start):
        found = body_element(page, html)
        if found >= 0 and _is_better(page, found, start) and not _loses_title(page, found, start, title):
            start = found
    if start < 0:
        return events
    return [*_header_before(page, start, title), *events[start : page.ends[start] + 1]]


def _marked(page: Measured, title: str) -> int:
    """The start of the element that the page marks as its article, -1 without one that is believable."""
    events, ends = page.events, page.ends
    last = len(events) - 1
    chrome = [n for n, e in enumerate(events) if e.kind == START and e.value in (*_DROPPED, "header")]
    least = page.amount(0, last) - sum(page.amount(n, ends[n]) for n in outermost(chrome, ends))
    articles = list(outermost(page.starts("article"), ends))
    articles.sort(key=lambda n: page.plain(n, ends[n]), reverse=True)
    total = sum(page.plain(n, ends[n]) for n in articles)
    mains = [n for n, e in enumerate(events) if e.kind == START and _is_main(e)]
    bodies = [n for n, e in enumerate(events) if e.kind == START and e.attributes and "body" in e.words]
    bodies = sorted(outermost(bodies, ends), key=lambda n: page.plain(n, ends[n]), reverse=True)
    candidates = [n for n in articles[:1] if _is_the_article(page, articles, total)]
    candidates = [*_titled(page, articles, title), *candidates]
    for first in [*candidates, *mains[:1], *bodies[:1]]:
        size = page.amount(first, ends[first])
        if size and (size >= _ENOUGH or size * 10 >= least * 3):
            return _narrowed(page, first) if first not in bodies else _around(page, bodies)
    return -1


def _titled(page: Measured, articles: Sequence[int], title: str) -> list[int]:
    """Of many articles the one with the page's title."""
    if len(articles) <= 1:
        return []
    titles = [n for n in page.starts("h1", "h2") if title and _alike(page.text(n, page.ends[n]), title)]
    found = [n for n in articles if any(n < place < page.ends[n] for place in titles[:3])]
    return [n for n in found if page.plain(n, page.ends[n]) >= _ENOUGH // 2][:1]


def _around(page: Measured, bodies: Sequence[int]) -> int:
    """The largest element called a body, or what holds several such that share the text among them."""
    sizes = {n: page.plain(n, page.ends[n]) for n in bodies}
    total = sum(sizes.values())
    if sizes[bodies[0]] * 10 >= total * 7:
        return bodies[0]
    parts = [n for n in bodies if sizes[n] * 20 >= total]
    index = page.parents[bodies[0]]
    while index >= 0 and not all(index < n < page.ends[index] for n in parts):
        index = page.parents[index]
    return index


def _is_the_article(page: Measured, articles: Sequence[int], total: int) -> bool:
    """Whether the largest `<article>` is more than one of many: it has most of their text, or it has the title."""
    sizes = [page.plain(n, page.ends[n]) for n in articles[:2]]
    if sizes[0] * 10 >= total * 6:
        return True
    titles = page.starts("h1")
    alone = len(titles) == 1 and articles[0] < titles[0] < page.ends[articles[0]]
    return alone and sizes[0] >= 2 * sizes[1]


def _narrowed(page: Measured, start: int) -> int:
    """The element called the body inside of an article, where it holds nearly all of its text."""
    end = page.ends[start]
    whole = page.plain(start, end)
    inner = start
    for index in range(start + 1, end):
        event = page.events[index]
        called = event.kind == START and event.attributes and "body" in event.words
        if called and page.plain(index, page.ends[index]) * 10 >= whole * 8:
            inner = index
    return inner


def _is_doubtful(page: Measured, start: int) -> bool:
    if start < 0:
        return page.plain(0, len(page.events) - 1) >= _ENOUGH // 2
    size, plain = page.amount(start, page.ends[start]), page.plain(start, page.ends[start])
    return plain < _ENOUGH or plain * 10 < size * 6 or plain * 2 < page.plain(0, len(page.events) - 1)


def _is_better(page: Measured, found: int, start: int) -> bool:
    """Whether readability's element is to be believed: where nothing is marked if it has a good part of the text,
    else only if it has far more."""
    size = page.plain(found, page.ends[found])
    if start < 0:
        return size * 10 >= page.plain(0, len(page.events) - 1) * 4
    marked = page.plain(start, page.ends[start])
    if found < start and page.ends[start] <= page.ends[found]:
        return size * 4 >= marked * 5 and page.events[start].value != "article"
    return size > 2 * marked and size >= _ENOUGH


def _loses_title(page: Measured, found: int, start: int, title: str) -> bool:
    """Whether the page's title stands in the marked element, but not in the one found."""
    titles = [n for n in page.starts("h1", "h2") if title and _alike(page.text(n, page.ends[n]), title)]
    marked = any(start < n < page.ends[start] for n in titles) if start >= 0 else False
    return marked and not any(found < n < page.ends[found] for n in titles)


def _header_before(page: Measured, start: int, title: str) -> list[Event]:
    """Title, standfirst, byline, date and figures that stand before the body, where the title isn't in it."""
    end = page.ends[start]
    titles = page.starts("h1") or [
        n for n in page.starts("h2", "h3") if title and _alike(page.text(n, page.ends[n]), title)
    ]
    if any(start < n < end for n in titles):
        return []
    above = max((n for n in titles if n < start and page.amount(n, page.ends[n])), default=-1)
    if above < 0:
        return []
    kept = list(page.events[above : page.ends[above] + 1])
    index = page.ends[above] + 1
    while index < start:
        event = page.events[index]
        last = page.ends.get(index, index)
        if event.kind == START and last < start and _is_of_header(page, index, event):
            part = page.events[index : last + 1]
            inline = event.value in ("span", "time", "a", "b", "i", "em", "strong")
            around = (Event(START, "p", event.attributes), Event(END, "p"))
            kept += (around[0], *part, around[1]) if inline else part
            index = last
        index += 1
    return kept


def _is_of_header(page: Measured, index: int, event: Event) -> bool:
    if event.value == "figure" or any(word in _HEADER for word in event.words):
        return page.amount(index, page.ends[index]) <= 1000
    if event.value not in ("p", "h2", "time"):
        return False
    size = page.amount(index, page.ends[index])
    return 0 < size <= 500 and page.plain(index, page.ends[index]) * 2 > size


def _without_asides(part: list[Event], title: str) -> list[Event]:
    page = Measured(part)
    whole = not part or not (part[0].value == "article" or _is_main(part[0]))
    most = page.amount(0, len(part) - 1) // 2 if part else 0
    titles = page.starts("h1")

    def holds_title(index: int) -> bool:
        inside = [n for n in titles if index < n < page.ends[index]]
        if not title or not inside:
            return len(titles) == 1 and bool(inside)
        return any(_alike(page.text(n, page.ends[n]), title) for n in inside)

    refused = [
        index
        for index, event in enumerate(part)
        if event.kind == START
        and (event.value in _DROPPED or (whole and event.value == "header" and not holds_title(index)))
        and not (event.value in ("form", "aside") and page.amount(index, page.ends[index]) > most)
        and not ("pull-quote" in event.words and event.value == "aside")
        and not (event.value == "footer" and _is_in_quote(page, index))
        and not _holds_notes(part[index : page.ends[index]])
    ]
    kept = without(part, page.ends, refused)
    return kept if has_text(kept) else part


def _is_in_quote(page: Measured, index: int) -> bool:
    """Whether a footer says whose words a quote is."""
    parents = page.parents
    above = (parents[index], parents[parents[index]] if parents[index] >= 0 else -1)
    return any(n >= 0 and page.events[n].value == "blockquote" for n in above)


def _alike(one: str, other: str) -> bool:
    one, other = _letters(one), _letters(other)
    return bool(one) and (one in other or other in one)


def _without_repeated_quotes(events: list[Event]) -> list[Event]:
    """`events` without pull quotes whose words stand in the text as well."""
    quotes = [n for n, e in enumerate(events) if e.attributes and "pull-quote" in e.words]
    if not quotes:
        return events
    page = Measured(events)
    quotes = list(outermost(quotes, page.ends))
    rest = without(events, page.ends, quotes)
    words = _letters(Measured(rest).text(0, len(rest) - 1, most=2_000_000))
    repeated = [n for n in quotes if _letters(page.text(n, page.ends[n], 2000))[:200] in words]
    return without(events, page.ends, repeated)


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.casefold())


def _is_main(event: Event) -> bool:
    return event.value == "main" or event.attributes.get("role") == "main"


def _holds_notes(part: Sequence[Event]) -> bool:
    return any(
        "notes" in event.words or event.attributes.get("role", "").startswith("doc-")
        for event in part
        if event.kind == START
    )
