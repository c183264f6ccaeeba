"""Notes of a book: which links refer to one, and which elements are the notes, over all of its documents."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.importers.epub.page import body_of, classes_of, remove, types_of, words_of
from annotator.importers.epub.signs import (
    NOTE,
    NOTE_END,
    REFERENCE,
    REFERENCE_END,
    sign,
    write_first,
    write_last,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_LABEL = re.compile(
    r"[\[({]?\s*(?:note|fn\.?|anm\.?)?\s*([\w*†‡§¶#.⁰-⁹¹²³-]{1,12}?)\.?\s*[\])}]?", re.IGNORECASE
)
_LEADING = re.compile(r"\s*[\[({]?\s*([\w*†‡§¶]{1,6})\s*(?:[\])}]\s*[.:]?|[.:)]|(?=\s))\s*")
_SEPARATOR = re.compile(r"^\s*(?:[\])}][.:]?|[.:](?!\.))\s*")
_ARROWS = frozenset(
    {"↩", "↑", "⇑", "^", "⏎", "⤴", "↵", "←", "↲", "«", "<", "back", "return", "zurück", "retour"}
)
_REFERENCE = re.compile(
    r"(?:foot|end)?note-?_?(?:ref|reference|anchor|link|call|mark)|fn-?(?:ref|anchor|call)|noteref"
)
_NOTE_CLASS = re.compile(
    r"(?:foot|end|rear)-?notes?(?:[-_]?(?:text|body|para|entry|item|\d+))?|fussnoten?|notes?"
)
_RAISED_CLASS = re.compile(r"(?:.*[-_])?(?:super(?:script)?|sup|hochgestellt|exposant)(?:[-_]?\d+)?")
_NOTES = frozenset({"footnote", "endnote", "rearnote", "note"})
_NOTE_AREAS = frozenset({"footnotes", "endnotes", "rearnotes", "notes"})
_NOTE_BLOCKS = frozenset({"li", "p", "div", "aside", "section", "dd", "td", "footer", "blockquote", "dt"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MAX_ANSWERS = 200  # links in a note that are looked at
_MAX_TERM = 12  # characters of a label with signs and arrows around
_MAX_NOTE = 20_000  # characters; a longer target of a link is a chapter


@dataclass(slots=True)
class Page:
    """A document while notes are looked for: its name, its tree, and its elements by id."""

    name: str
    root: _Element
    ids: dict[str, _Element] = field(default_factory=dict)
    order: dict[_Element, int] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, root: _Element) -> Page:
        """The page with its elements numbered in reading order."""
        page = cls(name, root)
        for number, element in enumerate(root.iter()):
            page.order[element] = number
            for place in (element.get("id"), element.get("name") if element.tag == "a" else None):
                if place:
                    page.ids.setdefault(place, element)
        return page


@dataclass(frozen=True, slots=True)
class _Link:
    """A link inside the book. `at` and `to` are places in reading order: number of the page and of the element."""

    element: _Element
    target: _Element
    at: tuple[int, int]
    to: tuple[int, int]
    text: str


def sign_notes(pages: Sequence[Page], find: Callable[[str, str], str]) -> dict[int, str]:
    """Put signs at references and around notes; the labels of the notes by their numbers.

    The label that stands before a note and the links that lead back are taken out. `find` gives the name of the
    page that an address leads to from another.
    """
    links = list(_links(pages, find))
    by_block: dict[_Element, list[_Link]] = {}
    for link in links:
        by_block.setdefault(_block_of(link.element), []).append(link)
    too_long: dict[_Element, bool] = {}
    references = [link for link in links if _is_reference(link, by_block, too_long)]
    notes: dict[_Element, int] = {}
    labels: dict[int, str] = {}
    groups: dict[int, int] = {}
    referring: dict[_Element, int] = {}
    for link in references:
        number = notes.setdefault(_note_block(link.target), len(notes))
        referring[link.element] = number
        if number not in labels:
            labels[number], groups[number] = _label(link.text), link.at[0]
    for number_of_page, page in enumerate(pages):
        for block, label in _unreferred(page, notes):
            number = notes.setdefault(block, len(notes))
            labels[number], groups[number] = label, number_of_page
    _clear_notes(notes, labels, links, referring)
    for element, number in referring.items():
        _sign_reference(element, number)
    return _unique(labels, groups)


def _links(pages: Sequence[Page], find: Callable[[str, str], str]) -> Iterator[_Link]:
    numbers = {page.name: number for number, page in enumerate(pages)}
    for number, page in enumerate(pages):
        for element in page.root.iter("a"):
            path, hash_sign, place = element.get("href", "").partition("#")
            if not hash_sign or path.startswith(("http:", "https:", "mailto:")):
                continue
            name = find(path, page.name) if path else page.name
            there = numbers.get(name, -1)
            target = pages[there].ids.get(place) if there >= 0 else None
            if target is None or target is element:
                continue
            to = (there, pages[there].order[target])
            yield _Link(element, target, (number, page.order[element]), to, words_of(element))


def _is_reference(
    link: _Link, by_block: Mapping[_Element, Sequence[_Link]], too_long: dict[_Element, bool]
) -> bool:
    """A reference says so, or leads to what says that it is a note, or is raised or answered by a link back, with a
    label for its text. What stands in a note itself, or before what it leads to, only leads back."""
    types, classes = types_of(link.element), classes_of(link.element)
    if types & {"backlink", "referrer"} or link.text.casefold().strip("\ufe0e ") in _ARROWS:
        return False
    if not _LABEL.fullmatch(link.text) or link.target.tag in _HEADINGS or link.target.tag == "body":
        return False
    if "noteref" in types:
        return True
    if _in_note(link.element) or _in_contents(link.element) or link.to < link.at:
        return False
    block = _note_block(link.target)
    if block.tag in _HEADINGS or block.tag == "body" or _is_long(block, too_long):
        return False
    if any(_REFERENCE.fullmatch(word) for word in classes) or _in_note(link.target):
        return True
    own = _block_of(link.element)
    if block is own or any(block is parent for parent in own.iterancestors()):
        return False
    if own.tag in _HEADINGS and not _raised(link.element):
        return False
    return _raised(link.element) or any(
        back.to[0] == link.at[0] and _near(back.target, link.element)
        for back in by_block.get(block, ())[:_MAX_ANSWERS]
    )


def _is_long(block: _Element, known: dict[_Element, bool]) -> bool:
    if block not in known:
        lengths = itertools.accumulate(len(text) for text in block.itertext())
        known[block] = any(length > _MAX_NOTE for length in lengths)
    return known[block]


def _near(target: _Element, link: _Element) -> bool:
    """Whether a link back leads to the link, to what is around or in it, or to the anchor just before it."""
    parents = (
        link,
        link.getparent(),
        *(p for p in [link.getparent()] if p is not None for p in [p.getparent()]),
    )
    before = link.getprevious()
    return any(target is near for near in (*parents, before, *link) if near is not None)


def _raised(element: _Element) -> bool:
    parent = element.getparent()
    around = [element, *([parent] if parent is not None else []), *element]
    return any(e.tag == "sup" or any(_RAISED_CLASS.fullmatch(word) for word in classes_of(e)) for e in around)


def _block_of(element: _Element) -> _Element:
    """The innermost block around an element, or itself."""
    for parent in (element, *element.iterancestors()):
        if parent.tag in _NOTE_BLOCKS or parent.tag in _HEADINGS or parent.tag == "body":
            return parent
    return element


def _note_block(target: _Element) -> _Element:
    """The element that is the note: the target or the block around it, and the description of a term."""
    block = _block_of(target)
    behind = block.getnext()
    if block.tag == "dt" and behind is not None and behind.tag == "dd":
        return behind
    parent = block.getparent()
    if parent is not None and parent.tag in ("li", "aside", "div", "section") and _says_note(parent):
        return parent
    only = parent is not None and parent.tag in ("li", "aside") and parent[0] is block
    return parent if only and parent is not None and not (parent.text or "").strip() else block


def _says_note(element: _Element) -> bool:
    classed = element.tag != "section" and any(
        _NOTE_CLASS.fullmatch(word) and not word.endswith("s") for word in classes_of(element)
    )
    return bool(types_of(element) & _NOTES) or classed


def _in_note(element: _Element) -> bool:
    return any(_says_note(e) or types_of(e) & _NOTE_AREAS for e in (element, *element.iterancestors()))


def _in_contents(element: _Element) -> bool:
    return any(
        parent.tag == "nav" or types_of(parent) & {"toc", "index"} for parent in element.iterancestors()
    )


def _unreferred(page: Page, notes: Mapping[_Element, int]) -> Iterator[tuple[_Element, str]]:
    """Elements marked as notes, and items of lists marked as holding them, that nothing refers to; with their labels:
    the number in the list, or what the note begins with."""
    counts: Counter[_Element] = Counter()
    for element in body_of(page.root).iter("aside", "li", "div", "p"):
        parent = element.getparent()
        area = parent if element.tag == "li" and parent is not None else None
        if area is not None:
            counts[area] += 1
        holds = area is not None and any(
            types_of(e) & _NOTE_AREAS for e in (area, *itertools.islice(area.iterancestors(), 1))
        )
        if not (holds or types_of(element) & _NOTES):
            continue
        if not any(e in notes for e in (*element.iterancestors(), *element.iter())):
            numbered = area is not None and area.tag == "ol"
            yield (
                element,
                _number(area, counts[area]) if numbered and area is not None else _leading_label(element),
            )


def _clear_notes(
    notes: Mapping[_Element, int],
    labels: Mapping[int, str],
    links: Sequence[_Link],
    referring: Mapping[_Element, int],
) -> None:
    """Take links back and labels out of the notes, and put their signs."""
    blocks = [(block, number) for block, number in notes.items() if block.tag != "body"]
    within: dict[_Element, list[_Link]] = {}
    for link in links:
        if link.element not in referring:
            for parent in (link.element, *link.element.iterancestors()):
                if parent in notes:
                    within.setdefault(parent, []).append(link)
                    break
    for block, number in blocks:
        for link in within.get(block, ()):
            if _leads_back(link, labels[number]):
                _remove_raised(link.element)
        before = block.getprevious()
        if block.tag == "dd" and before is not None and len(words_of(before)) <= _MAX_TERM:
            remove(before)  # a term that is only the label
        _without_label(block, labels[number])
        write_first(block, sign(NOTE, number))
        write_last(block, sign(NOTE_END, number))


def _leads_back(link: _Link, label: str) -> bool:
    text = link.text.casefold().strip("\ufe0e []().")
    return (
        bool(types_of(link.element) & {"backlink", "referrer"})
        or text in _ARROWS
        or text == label.casefold()
        or (link.to < link.at and bool(_LABEL.fullmatch(link.text)))
    )


def _remove_raised(element: _Element) -> None:
    """Take a link out, with a `<sup>` or `<span>` that has nothing else in it."""
    parent = element.getparent()
    while parent is not None and parent.tag in ("sup", "span", "strong", "b", "small") and len(parent) == 1:
        if words_of(parent) != words_of(element):
            break
        element, parent = parent, parent.getparent()
    remove(element)


def _without_label(block: _Element, label: str) -> None:
    """Take the label off the beginning of a note, and the signs that stood around it or behind its link."""
    for element, is_tail in _texts(block):
        text = (element.tail if is_tail else element.text) or ""
        if not text.strip():
            continue
        match = _LEADING.match(text)
        found = bool(label) and match is not None and match.group(1).casefold() == label.casefold()
        rest = text[match.end() :] if found and match is not None else _SEPARATOR.sub("", text, count=1)
        if is_tail:
            element.tail = rest
        else:
            element.text = rest
        if rest.strip() or not found:
            return
        label = ""


def _texts(element: _Element) -> Iterator[tuple[_Element, bool]]:
    """The places of text in reading order: an element, and whether it is the text behind it."""
    yield element, False
    for child in element:
        yield from _texts(child)
        yield child, True


def _sign_reference(element: _Element, number: int) -> None:
    parent = element.getparent()
    for raised in (parent, *element):
        if raised is not None and raised.tag == "sup" and words_of(raised) == words_of(element):
            raised.tag = "span"
    element.tag = "span"
    element.attrib.clear()
    element.text = sign(REFERENCE, number) + (element.text or "").lstrip()
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + sign(REFERENCE_END, number)
    else:
        element.text = element.text.rstrip() + sign(REFERENCE_END, number)


def _label(text: str) -> str:
    match = _LABEL.fullmatch(text)
    return match.group(1) if match else text


def _number(numbered: _Element, place: int) -> str:
    start = numbered.get("start", "1")
    return str((int(start) if re.fullmatch(r"\d{1,6}", start) else 1) + place - 1)


def _leading_label(block: _Element) -> str:
    match = _LEADING.match(words_of(block)[:40])
    return match.group(1) if match and (match.group(1).isdigit() or not match.group(1).isalnum()) else ""


def _unique(labels: Mapping[int, str], groups: Mapping[int, int]) -> dict[int, str]:
    """Labels that occur once in the book: where numbers begin anew in each chapter, they get the chapter's in front."""
    counted = Counter(label for label in labels.values() if label)
    if max(counted.values(), default=0) < 2:
        return dict(labels)
    order = {group: place for place, group in enumerate(sorted(set(groups.values())), 1)}
    found: dict[int, str] = {}
    taken: set[str] = set()
    for number, label in labels.items():
        wanted = f"{order[groups[number]]}.{label}" if label and len(order) > 1 else label
        unique, copy = wanted, 2
        while unique and unique in taken:
            unique, copy = f"{wanted}.{copy}", copy + 1
        taken.add(unique)
        found[number] = unique
    return found
