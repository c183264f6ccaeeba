"""How much text and how many links the elements of a page hold, and which of them are left when others go."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from annotator.importers.html.events import END, START, TEXT, VOID, Event


class Measured:
    """Events with the ends of their elements and sums over them. Amounts are characters without outer white space."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.events = events
        self.ends: dict[int, int] = {}
        self._by_tag: dict[str, list[int]] = {}
        self.parents = [-1] * len(
            events
        )  # for each event the start of the element around it, -1 outside of all
        self._texts = [0] * (len(events) + 1)  # these three count up to each event
        self._linked, self._links = self._texts.copy(), self._texts.copy()
        self._count()

    def _count(self) -> None:
        ends, parents = self.ends, self.parents
        texts, linked_up_to, links_up_to = self._texts, self._linked, self._links
        text = linked = links = anchors = 0
        parent = -1
        for index, (kind, value, attributes) in enumerate(self.events):
            if kind == TEXT:
                size = len(value.strip())
                text += size
                if anchors:
                    linked += size
            elif kind == END:
                ends[parent] = index
                parent = parents[parent]
                anchors -= value == "a"
            elif value == "a":
                anchors += 1
                links += "href" in attributes
            parents[index] = parent
            texts[index + 1] = text
            linked_up_to[index + 1] = linked
            links_up_to[index + 1] = links
            if kind == START:
                if value in VOID:
                    ends[index] = index
                else:
                    parent = index

    def amount(self, start: int, end: int) -> int:
        """Characters of text from the event `start` to the event `end`, both included."""
        return self._texts[end + 1] - self._texts[start]

    def plain(self, start: int, end: int) -> int:
        """Characters that are in no link."""
        return self.amount(start, end) - (self._linked[end + 1] - self._linked[start])

    def links(self, start: int, end: int) -> int:
        """How many links begin there."""
        return self._links[end + 1] - self._links[start]

    def text(self, start: int, end: int, most: int = 400) -> str:
        """The first characters of the text, on one line."""
        parts: list[str] = []
        length = 0
        for event in self.events[start : end + 1]:
            if event.kind == TEXT:
                parts.append(event.value)
                length += len(event.value.strip())
                if length > most:
                    break
        return " ".join("".join(parts).split())

    def starts(self, *tags: str) -> list[int]:
        """The starts of all elements with one of these tags."""
        if not self._by_tag:
            for index, event in enumerate(self.events):
                if event.kind == START:
                    self._by_tag.setdefault(event.value, []).append(index)
        found = [self._by_tag.get(tag, []) for tag in tags]
        return found[0] if len(found) == 1 else sorted(itertools.chain(*found))

    def next_start(self, index: int) -> int:
        """The start of the element that follows the element at `index` in the same parent with no text between;
        -1 without one."""
        after = self.ends[index] + 1
        while after < len(self.events) and self.events[after].kind == TEXT:
            if self.events[after].value.strip():
                return -1
            after += 1
        return after if after < len(self.events) and self.events[after].kind == START else -1


def outermost(starts: Iterable[int], ends: dict[int, int]) -> Iterable[int]:
    """Those of the ascending `starts` that lie in none of the others."""
    behind = -1
    for start in starts:
        if start > behind:
            behind = ends[start]
            yield start


def without(events: Sequence[Event], ends: dict[int, int], starts: Iterable[int]) -> list[Event]:
    """`events` without the elements that begin at the ascending `starts`."""
    kept: list[Event] = []
    at = 0
    for start in outermost(starts, ends):
        kept += events[at:start]
        at = ends[start] + 1
    return kept + list(events[at:])


def has_text(events: Iterable[Event]) -> bool:
    """Whether anything but white space is in `events`."""
    return any(event.kind == TEXT and event.value.strip() for event in events)
