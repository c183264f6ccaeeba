"""The text of an RTF file to the blocks of an article."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from annotator.domain.article import OBJECT, BlockKind, MarkKind
from annotator.importers.html.blocks import MAX_NESTING
from annotator.importers.office.article import Comment
from annotator.importers.office.run import INDENTED, add_code
from annotator.importers.office.styles import PLAIN_ROLE, Role
from annotator.importers.office.symbols import symbol
from annotator.importers.pieces import Piece
from annotator.importers.rtf.head import Head
from annotator.importers.rtf.output import Output, as_notes, split_marker, whole
from annotator.importers.rtf.state import READ_WITH_STAR, SIGNS, SKIPPED, State
from annotator.importers.rtf.tables import Row, Table
from annotator.importers.rtf.tokens import CLOSE, OPEN, SYMBOL, TEXT, Token, Tokens

MAX_DEPTH = 5000  # open groups
_MOVED_IN = 360  # twentieths of a point from which a paragraph is moved in
_MAX_QUOTE = 1000
_LINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s\\"]\S*))', re.IGNORECASE)
_CONTENTS = re.compile(r"\s*(?:TOC|TOA)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_ALT = re.compile(rb"wzDescription\}\s*\{\\sv ([^{}]{1,2000})\}")
_TEXTS = frozenset({"fldinst", "listtext", "pntext", "atnauthor", "atnid", "atrfstart", "atrfend", "atndate"})


class Body:
    """Reads a file from its first sign to its last. Groups are a stack of states, so no depth can exhaust anything."""

    def __init__(self, data: bytes) -> None:
        self.head = Head()
        self.comments: list[Comment] = []
        self.pictures: dict[str, bytes] = {}  # the groups of pictures, as they are written
        self.contents = self.hidden = self.changes = 0
        self.is_cut_off = False
        self.is_too_deep = False
        self._tokens = Tokens(data)
        self._state = State()
        self._stack: list[tuple[State, Callable[[], None] | None]] = []
        self._at_end: Callable[[], None] | None = None  # what to do when the group ends
        self._out = Output(is_article=True)
        self._notes: list[Piece] = []
        self._note_count = self._tables = 0
        self._bytes = bytearray()
        self._left_over = 0  # characters to leave out, as they only repeat the one before for old programs
        self._texts: dict[str, str] = {}  # words of the last group of a kind, such as a field's instruction
        self._quoting: dict[str, list[str]] = {}
        self._quotes: dict[str, str] = {}
        self._star = False

    def read(self) -> list[Piece]:
        """The blocks of the text, then those of its notes."""
        for token in self._tokens:
            if token.kind == TEXT:
                self._add_bytes(token)
                continue
            self._flush_bytes()
            if token.kind == OPEN:
                self._begin_group()
            elif token.kind == CLOSE:
                if not self._stack:
                    break
                self._end_group()
                if not self._stack:
                    break
            elif token.kind == SYMBOL:
                self._symbol(token.name)
            else:
                self._word(token.name, token.number)
            if self.is_too_deep:
                return []
        self._flush_bytes()
        self.is_cut_off = bool(self._stack)
        while self._stack:
            self._end_group()
        self._finish(self._out)
        return self._out.pieces + self._notes

    # Groups

    def _begin_group(self) -> None:
        self._left_over = 0
        self._stack.append((self._state, self._at_end))
        self._state, self._at_end = self._state.inner(), None
        self.is_too_deep = len(self._stack) > MAX_DEPTH

    def _end_group(self) -> None:
        self._left_over = 0
        if self._at_end is not None:
            self._at_end()
        self._state, self._at_end = self._stack.pop()

    def _skip(self) -> bytes:
        return self._tokens.skip_group()

    # Signs

    def _symbol(self, name: str) -> None:
        if name == "*":
            self._star = True
        elif name in "\r\n":
            self._end_paragraph()
        elif name in SIGNS:
            self._say(SIGNS[name])

    def _word(self, name: str, number: int | None) -> None:
        star, self._star = self._star, False
        state = self._state
        if name == "u" and number is not None:
            self._say_code(number & 0xFFFF)
            self._left_over = state.unicode_skip
            return
        self._left_over = 0
        if name in SKIPPED or (star and name not in READ_WITH_STAR):
            self._skip()
        elif name in SIGNS:
            self._say(SIGNS[name])
        elif state.set_character(name, number):
            self.changes += name == "deleted" and number != 0
            if name == "plain":
                state.font = self.head.default_font
        elif state.set_paragraph(name, number) or self._out.row.set_layout(name, number):
            self._out.in_cell = self._out.in_cell or state.paragraph.in_table
        elif not self._structure(name, number):
            self._head(name, number)

    def _structure(self, name: str, number: int | None) -> bool:
        """A control word that ends something or begins a group with a meaning; whether it is one."""
        if name == "par":
            self._end_paragraph()
        elif name in ("sect", "page"):
            if self._out.run.has_ink and not self._state.paragraph.in_table:
                self._end_paragraph()
        elif name == "cell":
            self._end_cell()
        elif name == "row":
            self._end_row()
        elif name in ("nestcell", "nestrow"):
            self._end_paragraph()
        elif name == "footnote":
            self._begin_note()
        elif name == "annotation":
            self._begin_comment()
        elif name == "shptxt":
            self._begin_box()
        elif name == "pict":
            self._picture()
        elif name == "fldrslt":
            self._begin_result()
        elif name == "field":
            self._texts.pop("fldinst", None)
        elif name in _TEXTS:
            self._begin_text(name)
        elif name == "cs":
            self._state.code = (number or 0) in self.head.code_styles
        elif name == "revised":
            self.changes += number != 0
        else:
            return False
        return True

    def _head(self, name: str, number: int | None) -> None:
        if name == "fonttbl":
            self.head.read_fonts(self._skip())
        elif name == "stylesheet":
            self.head.read_styles(self._skip())
        elif name == "info":
            self.head.read_info(self._skip())
        elif self.head.set_encoding(name, number) and name == "deff":
            self._state.font = self.head.default_font

    # Text

    def _add_bytes(self, token: Token) -> None:
        text = token.text
        self._star = False
        if self._left_over:
            cut = min(self._left_over, len(text))
            self._left_over -= cut
            text = text[cut:]
        self._bytes += text

    def _flush_bytes(self) -> None:
        data, self._bytes = bytes(self._bytes), bytearray()
        if not data:
            return
        known = self.head.fonts.get(self._state.font)
        if known is not None and known.is_symbol and known.name:
            self._say("".join(chr(c) if c < 0x20 else symbol(known.name, 0xF000 + c) for c in data))
        else:
            self._say(self.head.decode(data, self._state.font))

    def _say_code(self, code: int) -> None:
        known = self.head.fonts.get(self._state.font)
        if 0xF020 <= code <= 0xF0FF:
            self._say(symbol(known.name if known else "Symbol", code))
        else:
            self._say(chr(code))

    def _say(self, text: str) -> None:
        state = self._state
        if state.destination:
            if state.destination in self._texts:
                self._texts[state.destination] = (self._texts[state.destination] + text)[:4000]
            return
        if state.hidden or state.deleted:
            self.hidden += state.hidden and not text.isspace()
            return
        looks = state.looks
        if state.link:
            looks = looks | {(MarkKind.LINK, state.link)}
        if state.code:
            looks = looks | {(MarkKind.CODE, "")}
        self._out.run.add(text, looks)
        if state.language:
            self._out.languages[state.language] += len(text)
        for parts in self._quoting.values():
            parts.append(text)

    # Groups with a meaning

    def _begin_text(self, name: str) -> None:
        """Words that are not the article's are kept by the kind of their group."""
        self._texts[name] = ""
        self._state.destination = name
        if name in ("listtext", "pntext"):
            self._at_end = lambda: self._set_label(name)
        elif name == "atrfstart":
            self._at_end = lambda: self._quoting.update({self._texts["atrfstart"].strip(): []})
        elif name == "atrfend":
            self._at_end = self._end_quote

    def _set_label(self, name: str) -> None:
        label = " ".join(self._texts.get(name, "").split())[:40]
        self._out.label = label if any(c.isalnum() for c in label) and label != "o" else "•"

    def _end_quote(self) -> None:
        ident = self._texts["atrfend"].strip()
        words = " ".join("".join(self._quoting.pop(ident, [])).split())
        self._quotes[ident] = words if len(words) <= _MAX_QUOTE else f"{words[: _MAX_QUOTE - 1]}…"

    def _begin_result(self) -> None:
        """The result of a field is text; where it leads, its instruction said."""
        instruction = self._texts.pop("fldinst", "")
        link = _LINK.match(instruction)
        if link:
            address = (link.group(1) or link.group(2) or "").strip()
            self._state.link = address if _ADDRESS.match(address) else ""
        elif _CONTENTS.match(instruction):
            self.contents += 1
            self._skip()

    def _picture(self) -> None:
        data = self._skip()
        alt = _ALT.search(data)
        words = " ".join(self.head.plain(alt.group(1)).split()) if alt else ""
        state = self._state
        if not state.destination and not state.hidden and not state.deleted:
            name = str(len(self.pictures))
            self.pictures[name] = data
            self._out.run.add_marked(MarkKind.IMAGE, OBJECT, words, picture=name)

    def _begin_note(self) -> None:
        self._note_count += 1
        label = str(self._note_count)
        if self._state.destination:
            return
        looks = frozenset({(MarkKind.LINK, self._state.link)}) if self._state.link else frozenset()
        self._out.run.add_marked(MarkKind.NOTE_REF, label, label, looks)

        def keep(pieces: list[Piece]) -> None:
            self._notes += as_notes(pieces, label)

        self._begin_output(keep)

    def _begin_comment(self) -> None:
        author = self._texts.pop("atnauthor", "")
        ident = next(reversed(self._quotes), "")
        quote = self._quotes.pop(ident, "") if ident else ""

        def keep(pieces: list[Piece]) -> None:
            text = "\n".join(piece.text.strip() for piece in pieces).strip()
            self.comments.append(Comment(author=author.strip(), quote=quote, text=text))

        self._begin_output(keep)

    def _begin_box(self) -> None:
        outer = self._out

        def keep(pieces: list[Piece]) -> None:
            outer.pieces += pieces

        self._begin_output(keep)

    def _begin_output(self, keep: Callable[[list[Piece]], None]) -> None:
        """From here to the end of the group blocks go elsewhere."""
        outer, self._out = self._out, Output()
        self._state.looks, self._state.link, self._state.destination = frozenset(), "", ""

        def end() -> None:
            self._finish(self._out)
            keep(self._out.pieces)
            self._out = outer

        self._at_end = end

    # Blocks

    def _finish(self, out: Output) -> None:
        if out.run.has_ink:
            self._end_paragraph()
        if out.cell or out.row.cells:
            self._end_cell()
            self._end_row()
        self._close_table(out)

    def _end_paragraph(self) -> None:
        if self._state.destination:
            return
        out = self._out
        if out.in_cell:
            if out.run.has_ink:
                out.cell.append(self._piece())
            else:
                out.run.take()
            return
        self._close_table(out)
        for parts in self._quoting.values():
            parts.append(" ")
        if out.run.has_ink:
            self._add(self._piece())
            return
        out.run.take()
        out.label = ""
        if self._role().kind is BlockKind.CODE:
            add_code(out.pieces, Piece(kind=BlockKind.CODE))

    def _role(self) -> Role:
        here = self._state.paragraph
        return self.head.role(here.style, here.outline)

    def _piece(self) -> Piece:
        """The paragraph that is open as a block."""
        out, here = self._out, self._state.paragraph
        text, marks = out.run.take()
        text, marks = whole(text, marks)
        role = self._role()
        found = out.languages.most_common(1)
        out.languages.clear()
        form = Piece(
            kind=role.kind,
            text=text,
            marks=marks,
            level=role.level if role.kind is not BlockKind.PARAGRAPH else 0,
            role=role.role,
            language=found[0][0] if found else "",
        )
        label, out.label = out.label, ""
        if role.kind is BlockKind.HEADING:
            return replace(form, label="" if label == "•" else label)
        if role.kind is BlockKind.PARAGRAPH and not label and here.hangs:
            form, label = split_marker(form)
        if label or here.list_id:
            out.item_indent = here.indent
            return replace(
                form,
                kind=BlockKind.LIST_ITEM,
                level=here.level + 1 if here.level or here.list_id else self._depth(here.indent),
                label=label,
                quoted=int(role.kind is BlockKind.QUOTE),
                role="",
            )
        if not here.indent:
            out.indents = []
        elif role == PLAIN_ROLE and here.indent >= _MOVED_IN and not here.hangs:
            last = out.pieces[-1] if out.pieces else None
            if last is not None and last.kind is BlockKind.LIST_ITEM and here.indent == out.item_indent:
                return replace(form, kind=BlockKind.LIST_ITEM, level=last.level)
            return replace(form, role=INDENTED)
        if role.role in ("bullet", "item"):
            return replace(form, kind=BlockKind.LIST_ITEM, level=role.level, role="")
        return form

    def _depth(self, indent: int) -> int:
        """The level of an item by how far it is indented, where its program doesn't say it."""
        out = self._out
        out.indents = [*(other for other in out.indents[:MAX_NESTING] if other < indent), indent]
        return min(len(out.indents), MAX_NESTING)

    def _add(self, piece: Piece) -> None:
        if piece.role == "contents":
            self.contents += 1
            return
        if piece.kind is BlockKind.CODE:
            add_code(self._out.pieces, piece)
        else:
            self._out.pieces.append(piece)

    def _end_cell(self) -> None:
        out = self._out
        if out.run.has_ink:
            out.cell.append(self._piece())
        else:
            out.run.take()
        out.row.cells.append(out.cell)
        out.cell = []
        out.label = ""
        out.in_cell = True

    def _end_row(self) -> None:
        out = self._out
        out.in_cell = False
        if out.run.has_ink:
            out.cell.append(self._piece())
        if out.cell:
            out.row.cells.append(out.cell)
            out.cell = []
        if not out.row.cells:
            return
        if out.table is None or out.table.is_full:
            self._close_table(out)
            out.table = Table()
        out.table.rows.append(out.row)
        # The layout of a row holds for the next one too, unless that has its own.
        out.row = Row(forms=out.row.forms, left=out.row.left)

    def _close_table(self, out: Output) -> None:
        if out.table is not None:
            out.pieces += out.table.pieces(self._tables)
            self._tables += 1
            out.table = None
