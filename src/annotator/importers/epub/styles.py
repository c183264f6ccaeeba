"""Emphasis that a book's style sheets give to spans, made elements that say it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from annotator.importers.epub.package import Book, text_in
from annotator.importers.epub.page import classes_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_SHEET = 512 * 1024  # bytes
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ONE_CLASS = re.compile(r"(?:span|a)?\.([\w-]+)")
_MEANINGS = (
    ("sup", re.compile(r"vertical-align\s*:\s*(?:super|text-top)")),
    ("sub", re.compile(r"vertical-align\s*:\s*(?:sub|text-bottom)\b")),
    ("em", re.compile(r"font-style\s*:\s*(?:italic|oblique)")),
    ("strong", re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")),
)
_SAID = (
    ("sup", re.compile(r"(?:.*[-_])?(?:super(?:script)?|sup)(?:[-_]?\d+)?")),
    ("em", re.compile(r"(?:.*[-_])?(?:italics?|ital|kursiv|italique|emphasis)(?:[-_]?\d+)?")),
    ("strong", re.compile(r"(?:.*[-_])?(?:bold|fett|gras|strong)(?:[-_]?\d+)?")),
)


class StyleSheets:
    """The style sheets of a book, each read once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._sheets: dict[str, dict[str, tuple[str, ...]]] = {}

    def emphasise(self, root: _Element, name: str) -> None:
        """Make an element that says so of every span in a document that is shown raised, slanted or bold."""
        known: dict[str, tuple[str, ...]] = {}
        for link in root.iter("link"):
            if "stylesheet" in link.get("rel", "").lower():
                known.update(self._sheet(self._book.find(link.get("href", ""), name)))
        for style in root.iter("style"):
            known.update(meanings_of(text_in(style)))
        for span in list(root.iter("span")):
            found = [tag for word in span.get("class", "").split() for tag in known.get(word, ())]
            found = found or [tag for word in classes_of(span) if (tag := _said(word))]
            if found:
                _turn(span, list(dict.fromkeys(found)))

    def _sheet(self, name: str) -> dict[str, tuple[str, ...]]:
        if name and name not in self._sheets:
            data = self._book.read(name)[:_MAX_SHEET]
            self._sheets[name] = meanings_of(data.decode("utf-8", "replace"))
        return self._sheets.get(name, {})


def meanings_of(sheet: str) -> dict[str, tuple[str, ...]]:
    """By class the elements that say what a style sheet does with it; only rules for a single class count."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in _COMMENT.sub("", sheet).split("}"):
        selectors, brace, body = rule.rpartition("{")
        tags = tuple(tag for tag, pattern in _MEANINGS if pattern.search(body.lower())) if brace else ()
        for selector in selectors.split(",") if tags else ():
            match = _ONE_CLASS.fullmatch(selector.strip())
            if match:
                found[match.group(1)] = tags
    return found


@cache
def _said(word: str) -> str:
    return next((tag for tag, pattern in _SAID if pattern.fullmatch(word)), "")


def _turn(span: _Element, tags: list[str]) -> None:
    """Make `span` the first of `tags`, and put the others into it."""
    span.tag = tags[0]
    holder = span
    for tag in tags[1:]:
        inner = span.makeelement(tag, {})
        inner.text, holder.text = holder.text, None
        inner.extend(list(holder))
        holder.append(inner)
        holder = inner
