"""The text of a Word file to the blocks of an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.domain.article import OBJECT, BlockKind
from annotator.importers.docx.inline import Inline
from annotator.importers.docx.numbering import BULLET, Numbering
from annotator.importers.docx.parts import Parts, W, child, is_on, number_in, value
from annotator.importers.docx.styles import Styles
from annotator.importers.html.blocks import MAX_NESTING
from annotator.importers.office.numbers import number_text
from annotator.importers.office.run import INDENTED, Cell, add_code, first_row_stands_out, table_pieces
from annotator.importers.office.styles import Role
from annotator.importers.pieces import Piece
from annotator.importers.xml_names import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_WRAPPERS = frozenset({"customXml", "ins", "moveTo", "sdtContent"})
_CONTENTS = frozenset({"table of contents", "table of figures", "tables of contents"})
_MAX_SPAN = 100
_MOVED_IN = 360  # twentieths of a point from which a paragraph is moved in
_FORMS = {"footnotes": "decimal", "endnotes": "lowerRoman"}


class Body:
    """Reads blocks one after the other; what is in cells, boxes and notes goes the same way."""

    def __init__(self, parts: Parts, document: _Element, *, keeps_contents: bool = False) -> None:
        self._parts = parts
        self._document = document
        self._styles = Styles(parts.root("styles"))
        self._numbering = Numbering(parts.root("numbering"))
        has_pages = next(document.iter(f"{W}lastRenderedPageBreak"), None) is not None
        self.inline = Inline(
            self._styles,
            parts.links_of(),
            parts.pictures_of(),
            has_pages=has_pages,
            keeps_contents=keeps_contents,
        )
        self._keeps_contents = keeps_contents
        self._forms = _note_forms(parts, document)
        self.inline.label_of_note = self._label_of_note
        self._note_roots: dict[str, dict[str, _Element]] = {}
        self._note_counts = dict.fromkeys(_FORMS, 0)
        self._pieces: list[Piece] = []
        self._sections = list(document.iter(f"{W}sectPr"))
        self._section = -1
        self._begin_section()
        self._tables = 0
        self._in_notes = False

    def read(self) -> list[Piece]:
        """The blocks of the text, then those of the notes it refers to."""
        body = child(self._document, "body")
        pieces = self._collected(body) if body is not None else []
        self.inline.finish_quotes()
        return pieces + self._read_notes()

    def plain_text(self, element: _Element, kind: str) -> str:
        """The words of an element of another part, such as a comment, a line for each paragraph."""
        self.inline.links = self._parts.links_of(kind)
        return "\n".join(piece.text.strip() for piece in self._collected(element)).strip()

    def _collected(self, container: _Element) -> list[Piece]:
        """The blocks in a container, without those before it."""
        outer, self._pieces = self._pieces, []
        self._blocks(container)
        if self.inline.run.length:
            self._flush(Role(), "", -1, "")
        found, self._pieces = self._pieces, outer
        return found

    def _blocks(self, container: _Element) -> None:
        for element in container:
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)
            elif name in _WRAPPERS:
                self._blocks(element)
            elif name == "sdt":
                self._control(element)
            elif name == "AlternateContent":
                choice = next((part for part in element if len(part)), None)
                if choice is not None:
                    self._blocks(choice)
            elif name == "altChunk":
                self.inline.counts.embedded += 1
            elif name in ("oMathPara", "oMath", "r", "hyperlink"):
                self.inline.read(container)  # text that forgot its paragraph
                return

    def _control(self, element: _Element) -> None:
        properties = child(element, "sdtPr")
        gallery = value(child(properties, "docPartObj", "docPartGallery")).lower()
        if gallery in _CONTENTS and not self._keeps_contents:
            self.inline.counts.contents += 1
            return
        content = child(element, "sdtContent")
        if content is not None and not is_on(child(properties, "showingPlcHdr")):
            self._blocks(content)

    # Paragraphs

    def _paragraph(self, element: _Element) -> None:
        properties = child(element, "pPr")
        style = value(child(properties, "pStyle")) or self._styles.default
        role = self._role(style, properties)
        is_contents = role.role == "contents" and not self._keeps_contents
        hidden = is_contents or self._styles.is_hidden(style)
        self.inline.paragraph_languages = self._styles.languages(style)
        self.inline.muted += hidden
        self.inline.read(element)
        self.inline.muted -= hidden
        self.inline.counts.contents += is_contents
        self.inline.end_paragraph()
        mark = child(properties, "rPr")
        if mark is not None and (child(mark, "del") is not None or child(mark, "moveFrom") is not None):
            return  # its end is deleted, so the next paragraph goes on with it
        if value(child(properties, "framePr"), "dropCap") in ("drop", "margin"):
            return  # the large first letter of the next paragraph
        list_id, level = ("", -1) if hidden else self._list_of(style, properties)
        label = self._numbering.label(list_id, level) if list_id else ""
        if self.inline.run.has_ink:
            self._flush(role, list_id, level, label)
        else:
            self._blank(role, properties)
        if child(properties, "sectPr") is not None:
            self._begin_section()
        self._read_boxes()

    def _begin_section(self) -> None:
        """Number the pages as the section that begins does. Where a later one numbers them anew, nobody can say
        whether it begins on a page of its own, so their labels are unknown from there."""
        self._section += 1
        section = self._sections[self._section] if self._section < len(self._sections) else None
        numbers = child(section, "pgNumType")
        form, start = value(numbers, "fmt") or "decimal", number_in(numbers, "start", otherwise=-1)
        if self._section == 0:
            self.inline.page_form = form
            if self.inline.page and start > 0:
                self.inline.page = start
        elif start >= 0 or form != self.inline.page_form:
            self.inline.page = 0

    def _role(self, style: str, properties: _Element | None) -> Role:
        role = self._styles.role(style)
        outline = child(properties, "outlineLvl")
        level = number_in(outline, otherwise=9) if outline is not None else 9
        if role.kind is not BlockKind.PARAGRAPH or role.role:
            return role
        if 0 <= level < 9:
            return Role(BlockKind.HEADING, min(level + 1, 6))
        indent = child(properties, "ind")
        left = max(number_in(indent, "left"), number_in(indent, "start"))
        moved = left >= _MOVED_IN and not value(indent, "hanging") and not value(indent, "firstLine")
        return Role(role=INDENTED) if moved else role

    def _list_of(self, style: str, properties: _Element | None) -> tuple[str, int]:
        """The list a paragraph belongs to, "" for none, and its level there. The number 0 takes it out of its
        style's list."""
        own = child(properties, "numPr")
        list_id, level = self._styles.numbering(style)
        if level < 0 and list_id:
            level = self._numbering.level_of_style(list_id, style)
        if own is not None:
            list_id = value(child(own, "numId")) or list_id
            level = number_in(child(own, "ilvl"), otherwise=level)
        return ("", -1) if list_id in ("", "0") else (list_id, max(level, 0))

    def _blank(self, role: Role, properties: _Element | None) -> None:
        """A paragraph without text: a line across the page, a blank line of code, or nothing."""
        self.inline.run.take()
        self.inline.languages.clear()
        border = child(properties, "pBdr")
        is_rule = border is not None and (
            child(border, "bottom") is not None or child(border, "top") is not None
        )
        if self.inline.has_rule or is_rule:
            self._pieces.append(Piece(kind=BlockKind.RULE))
        elif role.kind is BlockKind.CODE:
            add_code(self._pieces, Piece(kind=BlockKind.CODE))
        self.inline.has_rule = False

    def _flush(self, role: Role, list_id: str, level: int, label: str) -> None:
        text, marks = self.inline.run.take()
        form = Piece(
            kind=role.kind,
            text=text,
            marks=marks,
            level=role.level if role.kind is not BlockKind.PARAGRAPH else 0,
            role=role.role,
            page=self.inline.begun_on,
            language=self.inline.take_language(),
        )
        last = self._pieces[-1] if self._pieces else None
        if self.inline.has_rule:
            self._pieces.append(Piece(kind=BlockKind.RULE))
            self.inline.has_rule = False
        if role.kind is BlockKind.CODE:
            add_code(self._pieces, form)
        elif list_id and role.kind is BlockKind.HEADING:
            self._pieces.append(replace(form, label=label))
        elif list_id:
            quoted = int(role.kind is BlockKind.QUOTE)
            named = (
                role.level if role.role in ("bullet", "item") else 1
            )  # "List Bullet 2" is a list of its own
            depth = min(max(level + 1, named), MAX_NESTING)
            self._pieces.append(
                replace(form, kind=BlockKind.LIST_ITEM, level=depth, label=label, quoted=quoted, role="")
            )
        elif role.role in ("bullet", "item"):
            sign = BULLET if role.role == "bullet" else ""
            self._pieces.append(
                replace(form, kind=BlockKind.LIST_ITEM, level=role.level, label=sign, role="")
            )
        elif (
            role.role in ("continued", "in-list", INDENTED)
            and last is not None
            and last.kind is BlockKind.LIST_ITEM
        ):
            self._pieces.append(replace(form, kind=BlockKind.LIST_ITEM, level=last.level, role=""))
        else:
            self._pieces.append(form)

    def _read_boxes(self) -> None:
        boxes, self.inline.boxes = self.inline.boxes, []
        for box in boxes:
            self._pieces += self._collected(box)

    # Tables

    def _table(self, element: _Element) -> None:
        cells: list[Cell] = []
        row = 0
        for entry in _inside(element, "tr"):
            properties = child(entry, "trPr")
            if child(properties, "del") is not None:
                self.inline.counts.deletions += 1
                continue
            header = is_on(child(properties, "tblHeader"))
            column = min(number_in(child(properties, "gridBefore")), _MAX_SPAN)
            for part in _inside(entry, "tc"):
                form = child(part, "tcPr")
                width = min(max(number_in(child(form, "gridSpan"), otherwise=1), 1), _MAX_SPAN)
                if not _is_continued(form):
                    cells.append(Cell(row, column, header, self._collected(part)))
                column += width
            row += 1
        if not any(cell.header for cell in cells) and self._has_header_row(element, cells):
            for cell in cells:
                cell.header = cell.row == 0
        self._pieces += table_pieces(cells, self._tables)
        self._tables += 1

    def _has_header_row(self, element: _Element, cells: list[Cell]) -> bool:
        """Whether the first row is one by its looks: by the table's style, or because it alone is bold."""
        properties = child(element, "tblPr")
        look = child(properties, "tblLook")
        first_row = value(look, "firstRow") in ("1", "true", "on")
        if not first_row and value(look):
            try:
                first_row = bool(int(value(look), 16) & 0x20)
            except ValueError:
                first_row = False
        styled = first_row and self._styles.has_header_row(value(child(properties, "tblStyle")))
        return (styled and any(cell.row for cell in cells)) or first_row_stands_out(cells)

    # Notes

    def _label_of_note(self, kind: str, ident: str) -> str:
        known = self.inline.note_labels.get((kind, ident))
        if known:
            return known
        if self._in_notes or ident not in self._notes_of(kind):
            return ""
        self._note_counts[kind] += 1
        return number_text(self._note_counts[kind], self._forms[kind]) or str(self._note_counts[kind])

    def _notes_of(self, kind: str) -> Mapping[str, _Element]:
        if kind not in self._note_roots:
            root = self._parts.root(kind)
            self._note_roots[kind] = {value(note, "id"): note for note in root} if root is not None else {}
        return self._note_roots[kind]

    def _read_notes(self) -> list[Piece]:
        self._in_notes = True
        found: list[Piece] = []
        for kind in _FORMS:
            self.inline.links, self.inline.pictures = (
                self._parts.links_of(kind),
                self._parts.pictures_of(kind),
            )
            for key in [key for key in self.inline.notes if key[0] == kind]:
                note = self._notes_of(kind).get(key[1])
                label = self.inline.note_labels[key]
                for piece in self._collected(note) if note is not None else ():
                    if piece.text.replace(OBJECT, "").strip():
                        found.append(_as_note(piece, label))
                        label = ""
        return found


def _as_note(piece: Piece, label: str) -> Piece:
    return Piece(
        kind=BlockKind.NOTE, text=piece.text, marks=piece.marks, label=label, language=piece.language
    )


def _inside(element: _Element, wanted: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, also those in controls."""
    for part in element:
        name = local(part)
        if name == wanted:
            yield part
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inside(part, wanted)


def _is_continued(form: _Element | None) -> bool:
    """Whether a cell is only the rest of one above or before it, or deleted."""
    if child(form, "cellDel") is not None:
        return True
    merged = (child(form, "vMerge"), child(form, "hMerge"))
    return any(entry is not None and value(entry) != "restart" for entry in merged)


def _note_forms(parts: Parts, document: _Element) -> dict[str, str]:
    """How the file numbers its notes: its last section says it, else its settings."""
    forms = dict(_FORMS)
    sections = list(document.iter(f"{W}sectPr"))
    for root in (parts.root("settings"), *sections[-1:]):
        for kind, name in (("footnotes", "footnotePr"), ("endnotes", "endnotePr")):
            form = value(child(root, name, "numFmt"))
            forms[kind] = form or forms[kind]
    if forms["footnotes"] == forms["endnotes"]:
        forms["endnotes"] = "lowerRoman" if forms["footnotes"] != "lowerRoman" else "decimal"
    return forms
