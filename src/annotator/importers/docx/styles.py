"""What the styles of a Word file mean: by their names, their outline level, and their ancestors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.domain.article import BlockKind, MarkKind
from annotator.domain.entity import EMPTY
from annotator.importers.docx.parts import W, child, is_on, number_in, value
from annotator.importers.office.styles import PLAIN_ROLE, Role, role_of_name
from annotator.importers.xml_names import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_BODY_LEVEL = 9  # Word's outline level of text that is no heading
_MAX_CHAIN = 20


@dataclass(slots=True)
class _Style:
    name: str
    based_on: str = ""
    outline: int = -1
    list_id: str = ""
    list_level: int = -1
    switches: dict[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    header_row: bool = False


SWITCHES = ("b", "i", "strike", "dstrike", "vanish", "vertAlign")


def switches_of(properties: _Element | None) -> dict[str, str]:
    """The looks that character properties turn on or off, by Word's names; "" is off."""
    found: dict[str, str] = {}
    if properties is None:
        return found
    for entry in properties:
        name = local(entry)
        if name == "vertAlign":
            found[name] = value(entry).replace("baseline", "")
        elif name in SWITCHES:
            found[name] = "on" if is_on(entry) else ""
    return found


def languages_of(entry: _Element | None) -> dict[str, str]:
    """The languages in a `<w:lang>` by the kind of writing: "val", "eastAsia" and "bidi"."""
    found = {name: value(entry, name) for name in ("val", "eastAsia", "bidi")}
    return {name: tag for name, tag in found.items() if _TAG.fullmatch(tag) and tag not in ("x-none", "zxx")}


class Styles:
    """The styles of a file by their ids."""

    def __init__(self, root: _Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._roles: dict[str, Role] = {}
        self.default = ""  # the style of paragraphs that name none
        self._languages: Mapping[str, str] = EMPTY
        if root is None:
            return
        self._languages = languages_of(child(root, "docDefaults", "rPrDefault", "rPr", "lang"))
        for entry in root.iterfind(f"{W}style"):
            ident = value(entry, "styleId")
            self._styles[ident] = _read(entry)
            if value(entry, "default") in ("1", "true", "on") and value(entry, "type") == "paragraph":
                self.default = ident

    def role(self, ident: str) -> Role:
        """What a paragraph of that style is."""
        if ident not in self._roles:
            self._roles[ident] = self._role(ident)
        return self._roles[ident]

    def _role(self, ident: str) -> Role:
        if ident not in self._styles:
            return role_of_name(ident) or PLAIN_ROLE
        for style in self._chain(ident):
            found = role_of_name(style.name)
            if found is not None:
                return found
            if style.outline >= 0:
                is_heading = style.outline < _BODY_LEVEL
                return Role(BlockKind.HEADING, min(style.outline + 1, 6)) if is_heading else PLAIN_ROLE
        return PLAIN_ROLE

    def numbering(self, ident: str) -> tuple[str, int]:
        """The list a style belongs to, "" for none, and the level in it."""
        level = -1
        for style in self._chain(ident):
            level = style.list_level if level < 0 else level
            if style.list_id:
                return style.list_id, level
        return "", level

    def switches(self, ident: str) -> dict[str, str]:
        """The looks of a character style."""
        found: dict[str, str] = {}
        for style in self._chain(ident):
            for name, held in style.switches.items():
                found.setdefault(name, held)
        return found

    def is_code(self, ident: str) -> bool:
        """Whether a character style is one for code."""
        name = self._styles[ident].name if ident in self._styles else ident
        found = role_of_name(name)
        return found is not None and found.kind is BlockKind.CODE

    def is_hidden(self, ident: str) -> bool:
        """Whether a paragraph style hides its text."""
        return bool(self.switches(ident).get("vanish")) if ident else False

    def languages(self, ident: str) -> dict[str, str]:
        """The languages a style says for western, East Asian and right-to-left text, else those of the file."""
        found = dict(self._languages)
        for style in reversed(self._chain(ident)):
            found |= style.languages
        return found

    def has_header_row(self, ident: str) -> bool:
        """Whether a table style gives the first row a look of its own."""
        return any(style.header_row for style in self._chain(ident))

    def _chain(self, ident: str) -> list[_Style]:
        chain: list[_Style] = []
        while ident in self._styles and len(chain) < _MAX_CHAIN:
            chain.append(self._styles[ident])
            ident = chain[-1].based_on
        return chain


def _read(entry: _Element) -> _Style:
    paragraph = child(entry, "pPr")
    outline = child(paragraph, "outlineLvl")
    return _Style(
        name=value(child(entry, "name")) or value(entry, "styleId"),
        based_on=value(child(entry, "basedOn")),
        outline=number_in(outline, otherwise=_BODY_LEVEL) if outline is not None else -1,
        list_id=value(child(paragraph, "numPr", "numId")),
        list_level=number_in(child(paragraph, "numPr", "ilvl"), otherwise=-1),
        switches=switches_of(child(entry, "rPr")),
        languages=languages_of(child(entry, "rPr", "lang")),
        header_row=any(value(part, "type") == "firstRow" for part in entry.iterfind(f"{W}tblStylePr")),
    )


MARKS = {
    "b": MarkKind.STRONG,
    "i": MarkKind.EMPHASIS,
    "strike": MarkKind.STRIKE,
    "dstrike": MarkKind.STRIKE,
}
