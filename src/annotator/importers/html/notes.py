"""Footnotes of a page: which links refer to a note, which elements are the notes, and which links only lead back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from annotator.importers.html.events import END, START, TEXT, VOID, Event, ends_of
from annotator.importers.html.measure import outermost, without

NOTE_BLOCKS = frozenset({"li", "p", "div", "aside", "section", "dd", "td", "footer", "blockquote"})
_ARROWS = frozenset({"↩", "↑", "⇑", "^", "⏎", "⤴", "↵", "←", "↲", "back", "return", "zurück", "jump up"})
_ANCHORS = frozenset({"¶", "#", "§", "🔗", ""})
_LONG_NOTE = 5000  # characters
_LABEL = re.compile(r"[\[(]?\s*(?:note\s+)?([\w*†‡§¶.-]{1,12})\s*[\])]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Notes:
    """By index of a start event: labels of references, labels of notes, and links without meaning in a text."""

    references: dict[int, str] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    dropped: frozenset[int] = frozenset()
    bare: frozenset[int] = frozenset()  # `<sup>` around a reference: the reference says it already


def find_notes(events: Sequence[Event], ends: dict[int, int]) -> Notes:
    """The footnotes in `events`. A reference stands before its note; a link to something before is one back."""
    places = _places(events)
    references: dict[int, str] = {}
    notes: dict[int, str] = {}
    dropped: set[int] = set()
    bare: set[int] = set()
    parents: list[int] = []
    for index, event in enumerate(events):
        if event.kind == START and event.value == "a":
            target = event.attributes.get("href", "")
            text = _text(events[index : ends[index]])
            raised = _raised(events, parents, index, ends[index])
            if target.startswith("#") and len(text) <= 40:
                place = places.get(target[1:], -1)
                label = _LABEL.fullmatch(text)
                if place > index and label and (raised or _says_reference(event)):
                    references[index] = label.group(1)
                    notes.setdefault(place, label.group(1))
                    bare.update(n for n in parents[-2:] if events[n].value == "sup")
                elif _leads_back(
                    event, text, place, index, raised=raised or _is_noted(notes, index, parents)
                ):
                    dropped.add(index)
        if event.kind == START and event.value == "span" and "note-back" in event.words:
            dropped.add(index)  # with the sign before its links
        if event.kind == START and event.value not in VOID:
            parents.append(index)
        elif event.kind == END:
            parents.pop()
    return Notes(references, _in_blocks(events, notes), frozenset(dropped), frozenset(bare))


def _places(events: Sequence[Event]) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, event in enumerate(events):
        for name in ("id", "name"):
            if event.kind == START and event.attributes.get(name):
                places.setdefault(event.attributes[name], index)
    return places


def _text(part: Sequence[Event]) -> str:
    return " ".join(
        "".join(event.value for event in part if event.kind == TEXT).replace("\ufe0e", "").split()
    )


def _raised(events: Sequence[Event], parents: Sequence[int], start: int, end: int) -> bool:
    around = any(events[n].value == "sup" for n in parents[-3:])
    return around or any(
        e.kind == START and (e.value == "sup" or "note-ref" in e.words) for e in events[start:end]
    )


def _says_reference(event: Event) -> bool:
    said = (event.attributes.get("role", ""), event.attributes.get("epub:type", ""))
    return "note-ref" in event.words or "doc-noteref" in said or "noteref" in said


def _is_noted(notes: dict[int, str], index: int, parents: Sequence[int]) -> bool:
    """Whether a link is the number of a note that was referred to: it has the note's name, or stands in it."""
    return index in notes or any(n in notes for n in parents[-3:])


def _leads_back(event: Event, text: str, place: int, index: int, *, raised: bool) -> bool:
    if "note-back" in event.words or event.attributes.get("role") == "doc-backlink":
        return True
    if "anchor" in event.words and text in _ANCHORS:
        return True
    if text.casefold() in _ARROWS or text in _ANCHORS - {""}:
        return True
    return raised and 0 <= place < index and bool(_LABEL.fullmatch(text))


def _in_blocks(events: Sequence[Event], targets: dict[int, str]) -> dict[int, str]:
    """Targets moved to the block that holds them, where it is the inner element that carries the name; and the items
    of a list that is marked as one of notes, referred to or not."""
    found: dict[int, str] = {}
    opened: list[int] = []
    blocks: list[int] = []
    areas: list[int] = []  # elements marked as holding notes
    lists: list[list[int]] = []  # ordered lists in them: start and number of items so far
    for index, event in enumerate(events):
        if event.kind == END:
            start = opened.pop()
            for stack in (blocks, areas):
                if stack[-1:] == [start]:
                    stack.pop()
            if lists and lists[-1][0] == start:
                lists.pop()
        if event.kind != START or event.value in VOID:
            continue
        opened.append(index)
        if event.value in NOTE_BLOCKS:
            blocks.append(index)
        if _holds_notes(event):
            areas.append(index)
        if event.value == "ol" and areas:
            lists.append([index, 0])
        elif event.value == "li" and lists:
            lists[-1][1] += 1
            if len(lists) == 1:
                found.setdefault(index, targets.get(index, str(lists[-1][1])))
        if index in targets and blocks:
            found.setdefault(blocks[-1], targets[index])
    return found


def _holds_notes(event: Event) -> bool:
    return "notes" in event.words or event.attributes.get("role") in ("doc-endnotes", "doc-footnotes")


def with_notes_behind(events: list[Event]) -> list[Event]:
    """`events` with the notes that stand in the midst of a line, which a page floats beside it, behind the text."""
    starts = [n for n, e in enumerate(events) if e.value == "span" and "inline-note" in e.words]
    if not starts:
        return events
    ends = ends_of(events)
    kept: list[Event] = []
    notes: list[Event] = []
    at = 0
    for number, start in enumerate(outermost(starts, ends), 1):
        before = events[at:start]
        label = str(number)
        if [e.kind for e in before[-3:]] == [START, TEXT, END] and "note-mark" in before[-3].words:
            label = before[-2].value.strip()
            del before[-3:]
        name = f"inline-note-{number}"
        reference = Event(START, "a", {"href": f"#{name}", "role": "doc-noteref"})
        kept += (*before, reference, Event(TEXT, label), Event(END, "a"))
        inner = events[start + 1 : ends[start]]
        marks = [n for n, e in enumerate(inner) if e.kind == START and "note-mark" in e.words]
        notes += (Event(START, "p", {"id": name}), *without(inner, ends_of(inner), marks), Event(END, "p"))
        at = ends[start] + 1
    return [*kept, *events[at:], *notes]


def notes_missing(part: Sequence[Event], page: Sequence[Event]) -> list[Event]:
    """The notes of `page` that `part` of it refers to but doesn't hold, in their order."""
    inside = _places(part)
    wanted = _targets(part) - inside.keys()
    if not wanted:
        return []
    ends, places = ends_of(page), _places(page)
    parents: list[int] = []
    around: dict[int, int] = {}
    spots = {places[name] for name in wanted if name in places}
    for index, event in enumerate(page):
        if event.kind == END:
            parents.pop()
        if index in spots:
            open_blocks = [n for n in (*parents, index) if page[n].value in NOTE_BLOCKS]
            around[index] = open_blocks[-1] if open_blocks else index
        if event.kind == START and event.value not in VOID:
            parents.append(index)
    found: list[Event] = []
    behind = -1
    for start in sorted(set(around.values())):
        size = sum(len(event.value) for event in page[start : ends[start]] if event.kind == TEXT)
        if start > behind and 0 < size <= _LONG_NOTE:
            found += page[start : ends[start] + 1]
            behind = ends[start]
    return found


def _targets(part: Sequence[Event]) -> set[str]:
    """The names that references in `part` lead to."""
    ends = ends_of(part)
    parents: list[int] = []
    found: set[str] = set()
    for index, event in enumerate(part):
        if event.kind == START and event.value == "a":
            target = event.attributes.get("href", "")
            if target.startswith("#") and len(target) > 1:
                text = _text(part[index : ends[index]])
                raised = _raised(part, parents, index, ends[index])
                if len(text) <= 40 and _LABEL.fullmatch(text) and (raised or _says_reference(event)):
                    found.add(target[1:])
        if event.kind == START and event.value not in VOID:
            parents.append(index)
        elif event.kind == END:
            parents.pop()
    return found
