"""Paragraphs of all pages to pieces: headings by size and weight, notes, captions, lists, tables, and what is joined
over columns and pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from annotator.domain.article import BlockKind, Mark, MarkKind
from annotator.importers.pdf.notes import Notes
from annotator.importers.pdf.paragraphs import LEADERS, Para, has_leaders
from annotator.importers.pdf.tables import Grid
from annotator.importers.pdf.text import Vocabulary, running_text, spelled
from annotator.importers.pieces import Piece

_LARGER = 1.12  # times the body's size: a heading
_MOST_LETTERS, _MOST_LINES = 240, 5
_NUMBERED = re.compile(
    r"(\d{1,2}(?:\.\d{1,2}){0,4}|[A-Z](?:\.\d{1,2}){0,4}(?=\.)|[A-Z](?:\.\d{1,2}){1,4})\.?\s+\w"
)
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)|abb(?:ildung|\.)|chart|graph|plate|photo|illustration|box|table|tab\.|tabelle|tableau)\s*\d+",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"(?:fig|abb|chart|graph|plate|photo|illus)", re.IGNORECASE)
_BULLETS = "•◦‣▪●○■□–—*·►➢✓-\uf0b7\uf0a7"

Item = Para | Grid


@dataclass(slots=True)
class Layout:
    """What is known of the whole document when its paragraphs are named."""

    body: float
    vocabulary: Vocabulary
    labels: Mapping[int, str]

    def label(self, page: int) -> str:
        """The label of a page, its ordinal where it has no other."""
        return self.labels.get(page) or str(page + 1)


def with_code(items: Sequence[Item]) -> list[Item]:
    """Say which paragraphs are programs: those in a typewriter's font, joined where they follow each other."""
    kept: list[Item] = []
    for item in items:
        before = kept[-1] if kept else None
        if isinstance(item, Para) and all(word.style.fixed for line in item.lines for word in line.words):
            item.role = "code"
            if isinstance(before, Para) and before.role == "code" and before.page == item.page:
                before.lines += item.lines
                continue
        kept.append(item)
    return kept


def _code(para: Para) -> str:
    """Lines of a program with their indents and blank lines; all its letters are equally wide."""
    widths = [(w.x1 - w.x0) / len(w.text) for line in para.lines for w in line.words if len(w.text) > 1]
    width = median(widths) if widths else para.size * 0.6
    left = min(line.x0 for line in para.lines)
    rows = []
    base = para.lines[0].base
    for line in para.lines:
        if line.base - base > 1.9 * line.size:
            rows.append("")
        base = line.base
        row = ""
        for word in line.words:
            column = max(0, round((word.x0 - left) / max(width, 0.5)))
            spaced = f"{row} " if row and not word.glued else row
            row = row.ljust(min(column, 400)) if len(row) < column else spaced
            row += word.text
        rows.append(row)
    return "\n".join(rows)


def is_caption(text: str) -> bool:
    """Whether `text` begins as captions of pictures and tables do."""
    return _CAPTION.match(text) is not None


def name_headings(items: Sequence[Item], body: float) -> None:
    """Say which paragraphs are headings, and of what level: the largest size of page 1 is the title's."""
    paras = [item for item in items if isinstance(item, Para)]
    found = [para for para in paras if _may_be_heading(para, body)]
    sizes = sorted({_size(para) for para in found if para.size > body * _LARGER}, reverse=True)
    title = max((_size(para) for para in found if para.page == 0), default=0.0)
    ranks = {size: min(6, 2 + n) for n, size in enumerate(s for s in sizes if s < title or title <= body)}
    ranks |= {size: 1 if size == title else 2 for size in sizes if size >= title > body * _LARGER}
    lowest = min(6, max(ranks.values(), default=1) + 1)
    numbered = [para for para in found if _NUMBERED.match(para.text)]
    for para in found:
        para.heading = ranks.get(_size(para), lowest)
        match = _NUMBERED.match(para.text)
        if match and len(numbered) > 2 and para.heading > 1:
            para.heading = min(6, 2 + match[1].count("."))


def _size(para: Para) -> float:
    return round(para.size * 2) / 2


def _may_be_heading(para: Para, body: float) -> bool:
    if len(para.lines) > _MOST_LINES or para.note or para.role == "code":
        return False
    text = para.text
    letters = sum(map(str.isalpha, text)) if len(text) <= _MOST_LETTERS else 0
    if letters < 2 or has_leaders(text):
        return False
    if para.marker and para.marker[0] in _BULLETS:
        return False
    if _CAPTION.match(text) and para.size < body * 1.3:
        return False
    if para.size > body * _LARGER:
        return not (len(text.split()) > 14 and para.ended)
    if para.size < body * 0.94 or len(para.lines) > 2 or len(text) > 140:
        return False
    closed = text.rstrip()[-1:] in ".,;:" and not _NUMBERED.match(text)
    italic = all(word.style.italic for line in para.lines for word in line.words)
    if para.bold or (italic and _NUMBERED.match(text)):
        return not closed and letters > 2
    capitals = text.upper() == text and letters >= 4 and letters * 2 > len(text)
    return (
        capitals and not closed and len(para.lines) == 1 and len(text) < 90 and text.upper() != text.lower()
    )


def join_headings(items: list[Item]) -> list[Item]:
    """Lines of one heading that were taken for several: same size, close below each other."""
    kept: list[Item] = []
    for item in items:
        before = kept[-1] if kept else None
        if (
            isinstance(item, Para)
            and isinstance(before, Para)
            and item.heading
            and item.heading == before.heading
            and item.page == before.page
            and item.bold == before.bold
            and not _NUMBERED.match(item.text)
            and abs(item.size - before.size) < 0.5
            and 0 < item.lines[0].base - before.lines[-1].base < 1.55 * item.size
            and (item.size > 1.3 * 10 or before.full)
        ):
            before.lines += item.lines
            continue
        kept.append(item)
    return kept


def join_paragraphs(items: Sequence[Item]) -> list[Item]:
    """Join paragraphs that go on in the next column or on the next page, over pictures and tables between them."""
    indents = sum(isinstance(item, Para) and item.indented and len(item.lines) > 1 for item in items)
    plain = sum(isinstance(item, Para) and not item.heading and len(item.lines) > 1 for item in items)
    by_indent = indents * 3 > plain
    kept: list[Item] = []
    last: Para | None = None
    for item in items:
        if not isinstance(item, Para) or _CAPTION.match(item.text):
            kept.append(item)
            continue
        if last is not None and _goes_on(last, item, by_indent=by_indent):
            last.more.append(item)
            continue
        kept.append(item)
        last = item
    return kept


def _goes_on(before: Para, after: Para, *, by_indent: bool) -> bool:
    tail = before.more[-1] if before.more else before
    if before.heading or after.heading or after.marker or before.role != after.role or after.role == "code":
        return False
    if not 0.95 < tail.size / after.size < 1.05 or tail.bold != after.bold:
        return False
    first, last = after.lines[0], tail.lines[-1]
    below = after.page == tail.page and first.base > last.base and abs(first.x0 - last.x0) < 40 * first.size
    if below and tail.left == after.left:
        return False
    text = last.text.rstrip()
    if text.endswith(("-", "\u00ad")) and first.text[:1].islower():
        return True
    if not tail.ended and (tail.full or len(tail.lines) == 1):
        return first.text[:1].islower() or (tail.full and not after.indented and len(tail.lines) > 1)
    return by_indent and tail.full and not after.indented and len(tail.lines) > 1


class Writer:
    """Writes pieces out of paragraphs and tables."""

    def __init__(self, layout: Layout, notes: Notes) -> None:
        self._layout = layout
        self._notes = notes
        self._tables = 0

    def pieces(self, items: Sequence[Item]) -> list[Piece]:
        """All pieces, the notes of pages last."""
        found: list[Piece] = []
        for item in items:
            found += self._table(item) if isinstance(item, Grid) else [self._paragraph(item)]
        lists = _Nesting()
        found = [lists.nested(piece) for piece in found]
        return found + [self._note(para) for para in self._notes.paras]

    def _text(self, para: Para, *, plain: bool) -> tuple[str, tuple[Mark, ...]]:
        lines = [line for part in (para, *para.more) for line in part.lines]
        refers = self._notes.reference(para.page)
        return running_text(lines, self._layout.vocabulary, plain=plain, reference=refers)

    def _paragraph(self, para: Para) -> Piece:
        page = self._layout.label(para.page)
        if para.role == "code":
            return Piece(kind=BlockKind.CODE, text=spelled(_code(para)), page=page)
        if para.note:
            return self._note(para)
        text, marks = self._text(para, plain=bool(para.heading) or para.bold)
        if para.heading:
            kept = tuple(m for m in marks if m.kind is not MarkKind.EMPHASIS)
            return Piece(kind=BlockKind.HEADING, text=text, marks=kept, level=para.heading, page=page)
        if _PICTURE.match(text) and _CAPTION.match(text):
            return Piece(kind=BlockKind.FIGURE, text=text, marks=marks, page=page)
        if para.marker and text.startswith(para.marker):
            text, marks = _cut(text, marks, len(para.marker))
            label = "•" if para.marker in _BULLETS else para.marker
            role = f"{para.lines[0].x0:.0f}"
            return Piece(
                kind=BlockKind.LIST_ITEM, text=text, marks=marks, level=1, label=label, page=page, role=role
            )
        if para.role == "quote":
            return Piece(kind=BlockKind.QUOTE, text=text, marks=marks, level=1, page=page)
        if has_leaders(text):
            text, marks = LEADERS.sub(r" … \1", text), ()
        return Piece(kind=BlockKind.PARAGRAPH, text=text, marks=marks, page=page)

    def _note(self, para: Para) -> Piece:
        text, marks = self._text(para, plain=False)
        text, marks = _cut(text, marks, len(para.marker))
        label = self._notes.label(para)
        page = self._layout.label(para.page)
        return Piece(kind=BlockKind.NOTE, text=text, marks=marks, label=label, page=page)

    def _table(self, grid: Grid) -> list[Piece]:
        number, self._tables = self._tables, self._tables + 1
        page = self._layout.label(grid.page)
        cells = []
        for row, columns in enumerate(grid.rows):
            for column, lines in enumerate(columns):
                text, marks = running_text(
                    lines, self._layout.vocabulary, reference=self._notes.reference(grid.page)
                )
                cells.append(
                    Piece(
                        kind=BlockKind.CELL,
                        text=text,
                        marks=marks,
                        table=number,
                        row=row,
                        column=column,
                        header=grid.header and row == 0,
                        page=page,
                    )
                )
        return cells


def _cut(text: str, marks: tuple[Mark, ...], count: int) -> tuple[str, tuple[Mark, ...]]:
    """`text` without its first characters and the space behind them."""
    count = len(text) - len(text[count:].lstrip())
    moved = (m._replace(start=max(0, m.start - count), end=m.end - count) for m in marks if m.end > count)
    return text[count:], tuple(moved)


class _Nesting:
    """How deep list items are, by their indents, which a piece carries in `role` until here."""

    def __init__(self) -> None:
        self._indents: list[float] = []

    def nested(self, piece: Piece) -> Piece:
        """`piece` with its depth if it is a list item."""
        if piece.kind is not BlockKind.LIST_ITEM:
            if piece.kind is not BlockKind.FIGURE:
                self._indents = []
            return piece
        indent = float(piece.role)
        while self._indents and indent < self._indents[-1] - 4:
            self._indents.pop()
        if not self._indents or indent > self._indents[-1] + 4:
            self._indents.append(indent)
        return replace(piece, level=min(6, len(self._indents)), role="")
