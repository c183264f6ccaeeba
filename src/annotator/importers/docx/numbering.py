"""The numbers that Word puts before items and headings, which the text itself doesn't hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.importers.docx.parts import W, child, is_on, number_in, value
from annotator.importers.office.numbers import is_bullet, number_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLACE = re.compile(r"%([1-9])")
BULLET = "•"
_LEVELS = 9


@dataclass(slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int = -1  # the level below which it begins anew; 0: never; -1: any before it
    plain: bool = False  # all numbers in it as digits
    style: str = ""


@dataclass(slots=True)
class _List:
    shared: str  # the numbering that goes on through all lists made of it
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    begun: bool = False


class Numbering:
    """Counts the paragraphs of a file's lists, in the order of the text."""

    def __init__(self, root: _Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        if root is None:
            return
        shared = {value(a, "abstractNumId"): a for a in root.iterfind(f"{W}abstractNum")}
        levels = {ident: _levels(entry) for ident, entry in shared.items()}
        links = {
            ident: value(child(entry, "numStyleLink"))
            for ident, entry in shared.items()
            if child(entry, "numStyleLink") is not None
        }
        by_style = {
            value(child(entry, "styleLink")): ident
            for ident, entry in shared.items()
            if child(entry, "styleLink") is not None
        }
        for entry in root.iterfind(f"{W}num"):
            ident = value(child(entry, "abstractNumId"))
            ident = by_style.get(links.get(ident, ""), ident)
            made = _List(ident, dict(levels.get(ident, {})))
            for change in entry.iterfind(f"{W}lvlOverride"):
                level = number_in(change, "ilvl")
                start = child(change, "startOverride")
                if start is not None:
                    made.starts[level] = number_in(start, otherwise=1)
                other = child(change, "lvl")
                if other is not None:
                    made.levels[level] = _level(other)
            self._lists[value(entry, "numId")] = made

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level of a list that belongs to a style, -1 for none."""
        known = self._lists.get(list_id)
        levels = known.levels.items() if known else ()
        return next((n for n, level in levels if style and level.style == style), -1)

    def label(self, list_id: str, level: int) -> str:
        """Count one more paragraph of a list and give its number or sign; "" for a list without any."""
        known = self._lists.get(list_id)
        if known is None:
            return BULLET
        level = min(max(level, 0), _LEVELS - 1)
        form = known.levels.get(level, _Level(text=f"%{level + 1}."))
        counts = self._counts.setdefault(known.shared, [None] * _LEVELS)
        if not known.begun:
            known.begun = True
            for place in known.starts:
                if 0 <= place < _LEVELS:
                    counts[place:] = [None] * (_LEVELS - place)
        current = counts[level]
        start = known.starts.get(level, form.start)
        counts[level] = start if current is None else current + 1
        for deeper in range(level + 1, _LEVELS):
            rule = known.levels.get(deeper, _Level()).restart
            if rule != 0 and (rule < 0 or level < rule):
                counts[deeper] = None
        return _written(known, counts, form)


def _written(known: _List, counts: list[int | None], form: _Level) -> str:
    if is_bullet(form.form):
        return BULLET if form.text.strip() else ""  # a blank sign: it goes on with the item before
    if form.form == "none" and not _PLACE.search(form.text):
        return form.text.strip()

    def number(match: re.Match[str]) -> str:
        place = int(match.group(1)) - 1
        level = known.levels.get(place, _Level())
        count = counts[place]
        shown = "decimal" if form.plain and not is_bullet(level.form) else level.form
        return number_text(level.start if count is None else count, shown)

    return _PLACE.sub(number, form.text).strip()[:40]


def _levels(entry: _Element) -> dict[int, _Level]:
    return {number_in(level, "ilvl"): _level(level) for level in entry.iterfind(f"{W}lvl")}


def _level(entry: _Element) -> _Level:
    restart = child(entry, "lvlRestart")
    return _Level(
        form=value(child(entry, "numFmt")) or "decimal",
        text=value(child(entry, "lvlText")),
        start=number_in(child(entry, "start"), otherwise=1),
        restart=-1 if restart is None else number_in(restart),
        plain=is_on(child(entry, "isLgl")),
        style=value(child(entry, "pStyle")),
    )
