"""The text of an OpenDocument file to the blocks of an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.domain.article import OBJECT, BlockKind
from annotator.importers.html.blocks import MAX_NESTING
from annotator.importers.odt.inline import Inline
from annotator.importers.odt.styles import MAX_LEVELS, OUTLINE, TEXT, Styles
from annotator.importers.office.article import Comment
from annotator.importers.office.run import (
    INDENTED,
    PLAIN,
    TABLE_HEADING,
    Cell,
    add_code,
    first_row_stands_out,
    table_pieces,
)
from annotator.importers.office.styles import PLAIN_ROLE, Role
from annotator.importers.pieces import Piece
from annotator.importers.xml_names import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_CONTENTS = frozenset(["table-of-content", "illustration-index", "table-index", "object-index", "user-index"])
_WRAPPERS = frozenset(
    [
        "index-body",
        "index-title",
        "bibliography",
        "alphabetical-index",
        "text-box",
        "note-body",
        "text",
        "page-sequence",
    ]
)
_MAX_REPEAT = 50
_MAX_SPAN = 100


@dataclass(slots=True)
class _List:
    """An open list: its numbering, its level from 0, and the counts of all levels, None for those not begun."""

    style: str
    level: int
    counts: list[int | None]


class Body:
    """Reads blocks one after the other; what is in cells, boxes and notes goes the same way."""

    def __init__(
        self, styles: Styles, formula_of: Callable[[str], str], picture_of: Callable[[_Element], str]
    ) -> None:
        self.styles = styles
        self.inline = Inline(styles, formula_of, picture_of)
        self.changes = self.contents = self.hidden = 0
        self._pieces: list[Piece] = []
        self._lists: list[_List] = []
        self._ended_lists: dict[str, list[int | None]] = {}
        self._outline: list[int | None] = [None] * MAX_LEVELS
        self._label: str | None = None  # of the next paragraph in a list; None: it goes on with an item
        self._awaits_item = False
        self._start_value = ""
        self._tables = 0

    def read(self, text: _Element) -> list[Piece]:
        """The blocks of the text, then those of its notes."""
        if next(text.iter(f"{TEXT}soft-page-break"), None) is not None:
            self.inline.page = 1
        pieces = self._collected(text)
        done = 0
        while done < len(self.inline.notes):
            label, body = self.inline.notes[done]
            done += 1
            for piece in self._collected(body):
                if piece.text.replace(OBJECT, "").strip():
                    pieces.append(
                        Piece(
                            kind=BlockKind.NOTE,
                            text=piece.text,
                            marks=piece.marks,
                            label=label,
                            language=piece.language,
                        )
                    )
                    label = ""
        return pieces

    def comments(self) -> list[Comment]:
        """The comments in the text, in their order."""
        return self.inline.finished_comments(
            lambda element: "\n".join(piece.text.strip() for piece in self._collected(element)).strip()
        )

    def _collected(self, container: _Element) -> list[Piece]:
        outer, self._pieces = self._pieces, []
        lists, self._lists = self._lists, []
        self._blocks(container)
        found, self._pieces = self._pieces, outer
        self._lists = lists
        return found

    def _blocks(self, container: _Element) -> None:
        for element in container:
            name = local(element)
            if name in ("p", "h"):
                self._paragraph(element, name)
            elif name == "list":
                self._list(element)
            elif name == "numbered-paragraph":
                self._blocks(element)
            elif name == "table":
                self._table(element)
            elif name == "section":
                if element.get(f"{TEXT}display") == "none":
                    self.hidden += 1
                else:
                    self._blocks(element)
            elif name in _CONTENTS:
                self.contents += 1
            elif name in _WRAPPERS:
                self._blocks(element)
            elif name == "soft-page-break":
                self.inline.page += self.inline.page > 0
            elif name == "tracked-changes":
                self.changes += len(element)
            elif name in ("frame", "g", "custom-shape", "a"):
                self._drawn(element)

    def _drawn(self, element: _Element) -> None:
        """What is drawn between paragraphs, such as a picture bound to the page."""
        self.inline.begin_paragraph()
        self.inline.part(element)
        if self.inline.run.has_ink:
            self._flush(Role(), "")
        self._read_boxes()

    # Paragraphs

    def _paragraph(self, element: _Element, name: str) -> None:
        style = element.get(f"{TEXT}style-name") or ""
        role = self.styles.role(style)
        if self.styles.is_hidden(style):
            self.hidden += 1
            return
        if self.inline.page and self._pieces and self.styles.breaks_page(style):
            self.inline.page += 1
        if name == "h" and role.role != "title":
            level = element.get(f"{TEXT}outline-level") or "1"
            role = Role(BlockKind.HEADING, min(int(level) if re.fullmatch(r"[1-9]\d?", level) else 1, 6))
        self.inline.language = self.styles.language_of("paragraph", style)
        self.inline.begin_paragraph()
        looks = PLAIN if role.kind is BlockKind.HEADING else self.styles.paragraph_looks(style)
        if not role.role and self.styles.is_table_heading(style):
            role = role._replace(role=TABLE_HEADING)
        if role == PLAIN_ROLE and self.styles.is_indented(style):
            role = Role(role=INDENTED)
        self.inline.read(element, looks)
        self.inline.end_paragraph()
        if role.role == "contents":
            self.inline.run.take()
            self.contents += 1
        elif self.inline.run.has_ink:
            self._flush(role, self._written_number(element))
        else:
            self.inline.run.take()
            self._blank(role, style)
        self._read_boxes()

    def _blank(self, role: Role, style: str) -> None:
        if role.kind is BlockKind.CODE:
            add_code(self._pieces, Piece(kind=BlockKind.CODE))
        elif self.styles.is_line(style):
            self._pieces.append(Piece(kind=BlockKind.RULE))

    def _written_number(self, element: _Element) -> str:
        """The number some programs write before the text of an item or heading."""
        first = next(iter(element), None)
        return (
            "".join(map(str, first.itertext())).strip()[:40]
            if first is not None and local(first) == "number"
            else ""
        )

    def _flush(self, role: Role, written: str) -> None:
        text, marks = self.inline.run.take()
        form = Piece(
            kind=role.kind,
            text=text,
            marks=marks,
            level=role.level if role.kind is not BlockKind.PARAGRAPH else 0,
            role=role.role,
            page=str(self.inline.begun_on) if self.inline.begun_on else "",
            language=self.inline.take_language(),
        )
        label = self._next_label()
        if role.kind is BlockKind.CODE and not self._lists:
            add_code(self._pieces, form)
        elif role.kind is BlockKind.HEADING and role.role != "title":
            self._pieces.append(replace(form, label=written or label or self._outline_label(role.level)))
        elif self._lists:
            level = min(len(self._lists), MAX_NESTING)
            quoted = int(role.kind is BlockKind.QUOTE)
            label = (written or label) if label else ""
            self._pieces.append(
                replace(form, kind=BlockKind.LIST_ITEM, level=level, label=label, quoted=quoted, role="")
            )
        elif role.role in ("bullet", "item"):
            self._pieces.append(replace(form, kind=BlockKind.LIST_ITEM, level=role.level, role=""))
        else:
            self._pieces.append(form)

    def _outline_label(self, level: int) -> str:
        place = min(level, MAX_LEVELS) - 1
        _count(self._outline, place, self.styles.start_of(OUTLINE, place))
        return self.styles.label(OUTLINE, place, [1 if n is None else n for n in self._outline])

    def _read_boxes(self) -> None:
        boxes, self.inline.boxes = self.inline.boxes, []
        for box in boxes:
            self._pieces += self._collected(box)

    # Lists

    def _list(self, element: _Element) -> None:
        outer = self._lists[-1] if self._lists else None
        style = element.get(f"{TEXT}style-name") or (outer.style if outer else "")
        level = outer.level + 1 if outer else 0
        goes_on = element.get(f"{TEXT}continue-numbering") == "true"
        ahead = element.get(f"{TEXT}continue-list") or ""
        counts: list[int | None] = [None] * MAX_LEVELS
        if outer is not None:
            counts = outer.counts
            counts[level:] = [None] * (MAX_LEVELS - min(level, MAX_LEVELS))
        elif goes_on or ahead:
            counts = list(self._ended_lists.get(ahead or style) or counts)
        if level >= MAX_LEVELS:
            level = MAX_LEVELS - 1
        self._lists.append(_List(style, level, counts))
        for item in element:
            if local(item) in ("list-item", "list-header"):
                self._awaits_item = local(item) == "list-item"
                self._start_value = item.get(f"{TEXT}start-value") or ""
                self._blocks(item)
        self._lists.pop()
        self._awaits_item = False
        if outer is None:
            self._ended_lists[style] = counts
            self._ended_lists[element.get(_XML_ID) or style] = counts

    def _next_label(self) -> str:
        """The label of the paragraph that is the first of its item, "" for others."""
        if not self._lists or not self._awaits_item:
            return ""
        self._awaits_item = False
        here = self._lists[-1]
        start = self.styles.start_of(here.style, here.level)
        _count(here.counts, here.level, start)
        if re.fullmatch(r"\d{1,8}", self._start_value):
            here.counts[here.level] = int(self._start_value)
        self._start_value = ""
        return self.styles.label(here.style, here.level, [1 if n is None else n for n in here.counts])

    # Tables

    def _table(self, element: _Element) -> None:
        cells: list[Cell] = []
        row = 0
        for entry, header in _rows(element, header=False):
            row += self._row(entry, row, header, cells)
        if not any(cell.header for cell in cells) and first_row_stands_out(cells):
            for cell in cells:
                cell.header = cell.row == 0
        self._pieces += table_pieces(cells, self._tables)
        self._tables += 1

    def _row(self, entry: _Element, row: int, header: bool, cells: list[Cell]) -> int:
        """Read a row into `cells`; how many rows it stands for."""
        column = 0
        for part in entry:
            if local(part) not in ("table-cell", "covered-table-cell"):
                continue
            if local(part) == "table-cell":
                cells.append(Cell(row, column, header, self._collected(part)))
            column += min(_number(part, "number-columns-repeated"), _MAX_SPAN)
        return min(_number(entry, "number-rows-repeated"), _MAX_REPEAT)


def _rows(element: _Element, *, header: bool) -> Iterator[tuple[_Element, bool]]:
    for part in element:
        name = local(part)
        if name == "table-row":
            yield part, header
        elif name in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(part, header=header or name == "table-header-rows")


def _number(element: _Element, name: str) -> int:
    text = element.get(f"{_TABLE}{name}") or "1"
    return max(int(text), 1) if re.fullmatch(r"\d{1,9}", text) else 1


def _count(counts: list[int | None], level: int, start: int) -> None:
    before = counts[level]
    counts[level] = start if before is None else before + 1
    counts[level + 1 :] = [None] * (len(counts) - level - 1)
