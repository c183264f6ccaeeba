"""Which part of a page is the article: by the page's own mark-up."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence

from annotator.importers.html_events import START, TEXT, Event, ends_of

_DROPPED = ("nav", "aside", "footer", "form")
_ENOUGH = 600  # characters of text that make an element marked as the article believable on any page


def article_events(events: list[Event]) -> list[Event]:
    """The events of the article: of `<article>` or `<main>` where there is one that holds a good part of the
    text, else of the whole page, without navigation, asides, forms and footers. Never empty if `events` have text.
    """
    ends = ends_of(events)
    amounts = list(itertools.accumulate(len(e.value.strip()) if e.kind == TEXT else 0 for e in events))

    def amount(start: int, end: int) -> int:
        return amounts[end] - (amounts[start - 1] if start else 0)

    visible = _without(events, ends, _hidden(events))
    if len(visible) < len(events) and _has_text(visible):
        return article_events(visible)
    if not events:
        return []
    start, end = _region(events, ends, amount)
    part = events[start : end + 1]
    whole = not (part[0].value == "article" or _is_main(part[0]))
    titles = sum(event.kind == START and event.value == "h1" for event in part)
    ends = {first - start: last - start for first, last in ends.items() if start <= first <= end}
    most = amount(start, end) // 2

    def holds_title(index: int) -> bool:
        return titles == 1 and any(event.value == "h1" for event in part[index : ends[index]])

    refused = [
        index
        for index, event in enumerate(part)
        if event.kind == START
        and (event.value in _DROPPED or (whole and event.value == "header" and not holds_title(index)))
        and not (event.value == "form" and amount(index + start, ends[index] + start) > most)
        and not _holds_notes(part[index : ends[index]])
    ]
    kept = _without(part, ends, refused)
    return kept if _has_text(kept) else part


def _region(events: list[Event], ends: dict[int, int], amount: Callable[[int, int], int]) -> tuple[int, int]:
    everything = (0, len(events) - 1)
    chrome = [n for n, e in enumerate(events) if e.kind == START and e.value in (*_DROPPED, "header")]
    least = amount(*everything) - sum(amount(n, ends[n]) for n in _outermost(chrome, ends))
    articles = list(
        _outermost((n for n, e in enumerate(events) if e.kind == START and e.value == "article"), ends)
    )
    mains = [n for n, e in enumerate(events) if e.kind == START and _is_main(e)]
    articles.sort(key=lambda n: amount(n, ends[n]), reverse=True)
    total = sum(amount(n, ends[n]) for n in articles)
    candidates = [n for n in articles[:1] if amount(n, ends[n]) * 10 >= total * 6] + mains[:1]
    for first in candidates:
        size = amount(first, ends[first])
        if size and (size >= _ENOUGH or size * 10 >= least * 3):
            return first, ends[first]
    return everything


def _is_main(event: Event) -> bool:
    return event.value == "main" or event.attributes.get("role") == "main"


def _outermost(starts: Iterable[int], ends: dict[int, int]) -> Iterable[int]:
    behind = -1
    for start in starts:
        if start > behind:
            behind = ends[start]
            yield start


def _hidden(events: Sequence[Event]) -> list[int]:
    return [
        index
        for index, event in enumerate(events)
        if event.kind == START
        and ("hidden" in event.attributes or event.attributes.get("aria-hidden") == "true")
    ]


def _holds_notes(part: Sequence[Event]) -> bool:
    return any(
        "notes" in event.words or event.attributes.get("role", "").startswith("doc-")
        for event in part
        if event.kind == START
    )


def _without(events: Sequence[Event], ends: dict[int, int], starts: Iterable[int]) -> list[Event]:
    kept: list[Event] = []
    at = 0
    for start in _outermost(starts, ends):
        kept += events[at:start]
        at = ends[start] + 1
    return kept + list(events[at:])


def _has_text(events: Iterable[Event]) -> bool:
    return any(event.kind == TEXT and event.value.strip() for event in events)
