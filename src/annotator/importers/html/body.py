"""Where readability-lxml sees the body of a page whose own mark-up doesn't say it."""

from __future__ import annotations

import logging

from annotator.importers.html.events import MAX_DEPTH, START, TEXT, Event, limited, read_events
from annotator.importers.html.measure import Measured

_SHORT = 25  # characters; shorter texts occur in many places of a page
_COVERED = 0.9


def body_element(page: Measured, html: str) -> int:
    """The start of the smallest element of `page` that holds what readability takes for the body of `html`; -1 where it
    finds none. Its own result is not used: it has lost notes, captions and tables by then."""
    texts = {
        event.value.strip()
        for event in _summary(html)
        if event.kind == TEXT and len(event.value.strip()) >= _SHORT
    }
    found = [n for n, e in enumerate(page.events) if e.kind == TEXT and e.value.strip() in texts]
    if not found:
        return -1
    total = sum(len(page.events[n].value.strip()) for n in found)
    held: dict[int, int] = {}
    for place in found:
        index, size = page.parents[place], len(page.events[place].value.strip())
        while index >= 0:
            held[index] = held.get(index, 0) + size
            index = page.parents[index]
    fitting = [n for n, size in held.items() if size >= total * _COVERED and page.events[n].kind == START]
    return max(fitting, default=-1)  # the innermost of those that hold it begins last


def _summary(html: str) -> list[Event]:
    from readability import Document  # noqa: PLC0415 - slow to import, and needed for few pages

    log = logging.getLogger("readability.readability")
    log.setLevel(logging.CRITICAL)  # what it can't read it would print
    try:
        return read_events(Document(limited(html, MAX_DEPTH // 5)).summary(html_partial=True))
    except Exception:  # noqa: BLE001 - whatever it stumbles over, the page is read by its own mark-up
        return []
