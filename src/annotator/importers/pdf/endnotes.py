"""Notes at the end of a text, below a heading of their own, that raised numbers refer to in turn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotator.importers.pdf.notes import Notes
from annotator.importers.pdf.paragraphs import Para
from annotator.importers.pdf.tables import Grid
from annotator.importers.pdf.words import Word

_HEADING = re.compile(
    r"[\W\d]*(?:end)?(?:notes|noten)(?: (?:and|und|&) (?:references|sources|quellen))?"
    r"|[\W\d]*references(?: (?:and|&) notes)?|[\W\d]*(?:anmerkungen|fu(?:ß|ss)noten)|[\W\d]*notes et références",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\[?(\d{1,3})[\]).]?")
_FEWEST = 2  # notes
_REFERRED = 0.8  # of the notes, or it isn't sure that the raised numbers mean them
_STEP = 3  # how many numbers may be left out between two references


def name_endnotes(items: Sequence[Para | Grid], notes: Notes) -> list[Para | Grid]:
    """Make notes of the numbered paragraphs below such headings, where the raised numbers before them count up with
    them. Each heading is for the text since the one before it, as in books with notes to every chapter."""
    kept: list[Para | Grid] = []
    begin = place = 0
    while place < len(items):
        item = items[place]
        kept.append(item)
        place += 1
        if not isinstance(item, Para) or not item.heading or not _HEADING.fullmatch(item.text.strip(" .:")):
            continue
        found, end = _numbered(items, place)
        references = _references(items[begin : place - 1], notes, len(found))
        if len(found) >= _FEWEST and len(references) >= _REFERRED * len(found):
            for number, paras in enumerate(found, 1):
                _make_note(paras, str(number), references.get(number), notes)
            kept += [paras[0] for paras in found]
            place = end
        begin = place
    return kept


def _numbered(items: Sequence[Para | Grid], place: int) -> tuple[list[list[Para]], int]:
    """The paragraphs from `place` on that count from 1, each with those that go on without a number; and their end."""
    found: list[list[Para]] = []
    while place < len(items):
        item = items[place]
        if not isinstance(item, Para) or item.heading or item.role == "code":
            break
        number = _number(item)
        if number == len(found) + 1:
            found.append([item])
        elif number or not found:
            break
        else:
            found[-1].append(item)
        place += 1
    return found, place


def _number(para: Para) -> int:
    words = para.lines[0].words
    match = _NUMBER.fullmatch(words[0].text)
    return int(match[1]) if match and len(words) > 1 else 0


def _references(items: Sequence[Para | Grid], notes: Notes, count: int) -> dict[int, Word]:
    """The raised numbers that count up to `count`, over other raised numbers such as powers."""
    found: dict[int, Word] = {}
    last = 0
    for page, word in _raised(items):
        sign = word.text.strip("[](),.")
        if not sign.isdecimal() or not last < int(sign) <= min(count, last + _STEP):
            continue
        if not notes.reference(page)(word):
            last = int(sign)
            found[last] = word
    return found


def _raised(items: Sequence[Para | Grid]) -> Iterator[tuple[int, Word]]:
    for item in items:
        for part in (item, *item.more) if isinstance(item, Para) else (item,):
            for line in part.lines:
                yield from ((part.page, word) for word in line.words if word.raised > 0)


def _make_note(paras: Sequence[Para], sign: str, reference: Word | None, notes: Notes) -> None:
    first = paras[0]
    for para in paras[1:]:
        first.more += [para, *para.more]
    first.note, first.marker = sign, first.lines[0].words[0].text
    notes.add_endnote(first, sign, reference)
