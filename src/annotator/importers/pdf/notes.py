"""Notes at the feet of pages: small paragraphs that begin with a number or sign the text of their page refers to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from annotator.importers.pdf.paragraphs import Para
from annotator.importers.pdf.tables import Grid
from annotator.importers.pdf.words import Word

_SIGN = re.compile(r"\d{1,3}|[*†‡§¶]{1,3}|[a-z]")
_SMALLER = 0.96  # of the body's size
_LOWER_HALF = 0.4  # of a page: notes begin below that


class Notes:
    """The notes of a document, and which raised words refer to them; `paras` are those of the feet of its pages."""

    def __init__(self) -> None:
        self.paras: list[Para] = []
        self._labels: dict[int, str] = {}
        self._seen: Counter[str] = Counter()
        self._of_page: dict[int, dict[str, str]] = {}
        self._of_word: dict[int, str] = {}

    def add(self, page: int, found: Sequence[tuple[str, Para]]) -> None:
        """The notes of one page, with their signs."""
        for sign, para in found:
            label = self._labelled(para, sign)
            self._of_page.setdefault(page, {}).setdefault(sign, label)
            self.paras.append(para)

    def add_endnote(self, para: Para, sign: str, reference: Word | None) -> None:
        """A note at the end of the text, where it stays, and the raised word that refers to it."""
        label = self._labelled(para, sign)
        if reference is not None:
            self._of_word[id(reference)] = label

    def _labelled(self, para: Para, sign: str) -> str:
        self._seen[sign] += 1
        label = sign if self._seen[sign] == 1 else f"{sign}.{self._seen[sign]}"
        self._labels[id(para)] = label
        return label

    def label(self, para: Para) -> str:
        """The label of a note: its sign, made different from that of a note on another page."""
        return self._labels[id(para)]

    def reference(self, page: int) -> Callable[[Word], str]:
        """What gives the label of the note that a raised word refers to, "" for other raised words."""
        here, following = self._of_page.get(page, {}), self._of_page.get(page + 1, {})

        def label(word: Word) -> str:
            sign = word.text.strip("[](),.")
            return self._of_word.get(id(word)) or here.get(sign) or following.get(sign, "")

        return label


def take_notes(
    items: Sequence[Para | Grid], page: int, height: float, body: float, notes: Notes
) -> list[Para | Grid]:
    """Move the notes of a page from its `items` to `notes`; the rest comes back."""
    paras = [item for item in items if isinstance(item, Para)]
    raised = {
        word.text.strip("[](),.")
        for item in items
        for line in item.lines
        for place, word in enumerate(line.words)
        if word.raised > 0 and (place > 0 or line.size > body * _SMALLER)
    }
    found: list[tuple[str, Para]] = []
    taken: set[int] = set()
    open_note: Para | None = None
    for para in paras:
        sign = _sign(para, raised, body, height)
        if sign:
            para.note = sign
            para.marker = para.lines[0].words[0].text
            found.append((sign, para))
            taken.add(id(para))
            open_note = para
        elif open_note is not None and _goes_on(open_note, para):
            open_note.lines += para.lines
            taken.add(id(para))
        else:
            open_note = None
    notes.add(page, found)
    return [item for item in items if id(item) not in taken]


def _sign(para: Para, raised: set[str], body: float, height: float) -> str:
    """The sign of a note that `para` is, or ""."""
    first = para.lines[0].words[0]
    sign = first.text.strip("[]().,")
    if not _SIGN.fullmatch(sign) or para.size > body * _SMALLER or len(para.lines[0].words) < 2:
        return ""
    if para.lines[0].base < height * _LOWER_HALF:
        return ""
    return sign if sign in raised or (first.raised > 0 and sign.isdigit()) else ""


def _goes_on(note: Para, para: Para) -> bool:
    last, first = note.lines[-1], para.lines[0]
    close = 0 < first.base - last.base < 1.6 * note.size
    return close and abs(note.size - para.size) < 0.6 and abs(note.left - para.left) < 20
