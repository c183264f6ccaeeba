"""What the styles of an OpenDocument text mean, and how its lists are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.domain.article import BlockKind, MarkKind
from annotator.importers.office.numbers import number_text
from annotator.importers.office.run import PLAIN, Look
from annotator.importers.office.styles import Role, role_of_name
from annotator.importers.xml_names import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_URN = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT, STYLE, OFFICE = f"{_URN}text:1.0}}", f"{_URN}style:1.0}}", f"{_URN}office:1.0}}"
FO = f"{_URN}xsl-fo-compatible:1.0}}"
XLINK, DC = "{http://www.w3.org/1999/xlink}", "{http://purl.org/dc/elements/1.1/}"
BULLET = "•"
OUTLINE = "\0outline"  # the numbering of headings, among those of lists
MAX_LEVELS = 10
_MAX_CHAIN = 20
_LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,6})?)(cm|mm|in|pt|pc)")
_UNITS = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72, "pc": 2.54 / 6}
_MOVED_IN = 0.6  # centimetres from which a paragraph is moved in
_ENCODED = re.compile(r"_([0-9a-f]{1,4})_")
_RAISED = re.compile(r"(super|sub|-?\d+)")


@dataclass(slots=True)
class _Style:
    name: str
    parent: str
    is_automatic: bool
    outline: int = 0
    looks: dict[MarkKind, bool] = field(default_factory=dict)
    hidden: bool = False
    language: str = ""
    breaks_page: bool = False
    is_line: bool = False
    is_indented: bool = False


@dataclass(slots=True)
class _Level:
    form: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1
    is_bullet: bool = False


class Styles:
    """The styles of a file by family and name; those of the text itself go before those of the file's style part."""

    def __init__(self, roots: Iterable[_Element]) -> None:
        self._styles: dict[tuple[str, str], _Style] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._roles: dict[str, Role] = {}
        self.language = ""
        for root in roots:
            for element in root.iter(f"{STYLE}style"):
                key = (element.get(f"{STYLE}family") or "", element.get(f"{STYLE}name") or "")
                self._styles.setdefault(key, _read(element))
            for element in root.iter(f"{STYLE}default-style"):
                if element.get(f"{STYLE}family") == "paragraph":
                    self.language = self.language or _read(element).language
            for element in root.iter(f"{TEXT}list-style"):
                self._levels.setdefault(element.get(f"{STYLE}name") or "", _levels(element))
            for element in root.iter(f"{TEXT}outline-style"):
                self._levels.setdefault(OUTLINE, _levels(element))

    def role(self, name: str) -> Role:
        """What a paragraph of that style is."""
        if name not in self._roles:
            self._roles[name] = self._role(name)
        return self._roles[name]

    def _role(self, name: str) -> Role:
        chain = self._chain("paragraph", name)
        for style in chain or [_Style(_decoded(name), "", is_automatic=False)]:
            found = role_of_name(style.name)
            if found is not None:
                return found
            if style.outline:
                return Role(BlockKind.HEADING, min(style.outline, 6))
        return Role()

    def is_table_heading(self, name: str) -> bool:
        """Whether a paragraph style is the one for the head of tables."""
        return any(style.name.lower() == "table heading" for style in self._chain("paragraph", name))

    def paragraph_looks(self, name: str) -> frozenset[Look]:
        """The looks a paragraph got by hand; those of its named style are how such paragraphs always look."""
        own = self._styles.get(("paragraph", name))
        if own is None or not own.is_automatic:
            return PLAIN
        return frozenset((kind, "") for kind, held in own.looks.items() if held)

    def text_looks(self, name: str) -> tuple[frozenset[Look], bool]:
        """The looks of a style of characters, and whether it hides them."""
        held: dict[MarkKind, bool] = {}
        chain = self._chain("text", name)
        for style in chain:
            for kind, on in style.looks.items():
                held.setdefault(kind, on)
        found = {(kind, "") for kind, on in held.items() if on}
        for style in chain or [_Style(_decoded(name), "", is_automatic=False)]:
            named = role_of_name(style.name)
            if style.name.lower() in _CODES or (named is not None and named.kind is BlockKind.CODE):
                found.add((MarkKind.CODE, ""))
        return frozenset(found), any(style.hidden for style in chain)

    def is_hidden(self, name: str) -> bool:
        """Whether a paragraph style hides its text."""
        return any(style.hidden for style in self._chain("paragraph", name))

    def language_of(self, family: str, name: str) -> str:
        """The language a style says, else that of the file for paragraphs."""
        own = next((s.language for s in self._chain(family, name) if s.language), "")
        return own or (self.language if family == "paragraph" else "")

    def breaks_page(self, name: str) -> bool:
        """Whether a paragraph begins on a new page."""
        own = self._styles.get(("paragraph", name))
        return own is not None and own.breaks_page

    def is_indented(self, name: str) -> bool:
        """Whether a paragraph was moved in by hand."""
        own = self._styles.get(("paragraph", name))
        return own is not None and own.is_automatic and own.is_indented

    def is_line(self, name: str) -> bool:
        """Whether a paragraph without text is a line across the page."""
        return any(style.is_line for style in self._chain("paragraph", name))

    def start_of(self, lists: str, level: int) -> int:
        """The first number of a level, from 0."""
        return _level_in(self._levels.get(lists, {}), level).start

    def label(self, lists: str, level: int, counts: list[int]) -> str:
        """What stands before an item of that level, "" for nothing."""
        levels = self._levels.get(lists)
        if levels is None:
            return "" if lists == OUTLINE else BULLET
        own = _level_in(levels, level)
        if own.is_bullet:
            return BULLET
        if not own.form:
            return ""
        shown = range(max(level + 1 - own.shown, 0), level + 1)
        numbers = (number_text(counts[n], _level_in(levels, n).form) for n in shown)
        return f"{own.prefix}{'.'.join(number for number in numbers if number)}{own.suffix}".strip()[:40]

    def _chain(self, family: str, name: str) -> list[_Style]:
        chain: list[_Style] = []
        while (family, name) in self._styles and len(chain) < _MAX_CHAIN:
            chain.append(self._styles[family, name])
            name = chain[-1].parent
        return chain


def _level_in(levels: dict[int, _Level], level: int) -> _Level:
    """A level of a numbering; one that isn't there is like the next one above it."""
    return levels.get(max((n for n in levels if n <= level), default=-1), _Level())


_CODES = frozenset({"teletype", "user entry", "example"})


def _decoded(name: str) -> str:
    """A name as people see it: "Text_20_body" is "Text body"."""
    return _ENCODED.sub(lambda match: chr(int(match.group(1), 16)), name)


def _read(element: _Element) -> _Style:
    name = element.get(f"{STYLE}name") or ""
    parent = element.getparent()
    outline = element.get(f"{STYLE}default-outline-level") or ""
    style = _Style(
        element.get(f"{STYLE}display-name") or _decoded(name),
        element.get(f"{STYLE}parent-style-name") or "",
        is_automatic=parent is not None and local(parent) == "automatic-styles",
        outline=int(outline) if re.fullmatch(r"[1-9]|10", outline) else 0,
        breaks_page=bool(element.get(f"{STYLE}master-page-name")),
    )
    if style.is_automatic:
        style.name = ""  # made by a program: "P1" says nothing
    for part in element:
        if local(part) == "text-properties":
            _read_looks(part, style)
        elif local(part) == "paragraph-properties":
            style.breaks_page = style.breaks_page or part.get(f"{FO}break-before") == "page"
            style.is_indented = _length(part.get(f"{FO}margin-left")) >= _MOVED_IN and not _length(
                part.get(f"{FO}text-indent")
            )
            style.is_line = part.get(f"{FO}border-bottom") not in (None, "none")
    return style


def _read_looks(part: _Element, style: _Style) -> None:
    weight = part.get(f"{FO}font-weight")
    if weight:
        style.looks[MarkKind.STRONG] = weight == "bold" or (weight.isdecimal() and int(weight[:4]) >= 600)
    slant = part.get(f"{FO}font-style")
    if slant:
        style.looks[MarkKind.EMPHASIS] = slant in ("italic", "oblique")
    line = part.get(f"{STYLE}text-line-through-style") or part.get(f"{STYLE}text-line-through-type")
    if line:
        style.looks[MarkKind.STRIKE] = line != "none"
    place = _RAISED.match(part.get(f"{STYLE}text-position") or "")
    if place:
        style.looks[MarkKind.SUBSCRIPT] = place[1] == "sub" or place[1].startswith("-")
        style.looks[MarkKind.SUPERSCRIPT] = not style.looks[MarkKind.SUBSCRIPT] and place[1] != "0"
    style.hidden = part.get(f"{TEXT}display") in ("none", "true")
    language, country = part.get(f"{FO}language") or "", part.get(f"{FO}country") or ""
    if re.fullmatch(r"[A-Za-z]{2,3}", language) and language not in ("zxx", "und"):
        style.language = f"{language}-{country}" if re.fullmatch(r"[A-Z]{2}|\d{3}", country) else language


def _length(text: str | None) -> float:
    """A length in centimetres."""
    match = _LENGTH.fullmatch(text or "")
    return float(match[1]) * _UNITS[match[2]] if match else 0.0


def _levels(element: _Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for part in element:
        number = part.get(f"{TEXT}level") or ""
        if not re.fullmatch(r"\d{1,2}", number):
            continue
        start, shown = part.get(f"{TEXT}start-value") or "1", part.get(f"{TEXT}display-levels") or "1"
        found[int(number) - 1] = _Level(
            form=part.get(f"{STYLE}num-format") or "",
            prefix=part.get(f"{STYLE}num-prefix") or "",
            suffix=part.get(f"{STYLE}num-suffix") or "",
            start=int(start) if re.fullmatch(r"\d{1,8}", start) else 1,
            shown=int(shown) if re.fullmatch(r"\d", shown) else 1,
            is_bullet="bullet" in local(part) or "image" in local(part),
        )
    return found
