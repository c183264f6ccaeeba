"""Events of a page to the blocks of an article, in one pass and without recursion."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from annotator.domain.article import OBJECT, BlockKind, Mark, MarkKind
from annotator.importers.html.events import END, TEXT, Event, ends_of, read_events
from annotator.importers.html.notes import find_notes
from annotator.importers.html.said import Said
from annotator.importers.html.tables import Table, layout_tables
from annotator.importers.inline_run import InlineRun
from annotator.importers.pictures import NO_PICTURES, Pictures
from annotator.importers.pieces import Piece

MAX_NESTING = 24  # of quotes and lists; what lies deeper is shown at that depth
_INLINE_MARKS: Mapping[str, MarkKind | None] = {
    "b": MarkKind.STRONG, "strong": MarkKind.STRONG, "i": MarkKind.EMPHASIS, "em": MarkKind.EMPHASIS,
    "cite": MarkKind.EMPHASIS, "dfn": MarkKind.EMPHASIS, "var": MarkKind.EMPHASIS, "code": MarkKind.CODE,
    "kbd": MarkKind.CODE, "samp": MarkKind.CODE, "tt": MarkKind.CODE, "sup": MarkKind.SUPERSCRIPT,
    "sub": MarkKind.SUBSCRIPT, "del": MarkKind.STRIKE, "s": MarkKind.STRIKE, "strike": MarkKind.STRIKE,
    "mark": None, "span": None, "u": None, "ins": None, "small": None, "time": None,
}  # fmt: skip
_HEADING = re.compile(r"h[1-6]")
_SKIPPED_INLINE = ("q", "a")


@dataclass(slots=True)
class _Context:
    """A block element that says what the text in it is."""

    kind: BlockKind
    level: int = 0
    label: str = ""


@dataclass(slots=True)
class _List:
    """A list; `next` is the number of its next item, or None without numbers."""

    next: int | None = None


@dataclass(slots=True)
class _Frame:
    """An open element and what to do at its end."""

    tag: str
    undo: list[Callable[[], object]] = field(default_factory=list)


def pieces_of_html(html: str, base_url: str = "", pictures: Pictures = NO_PICTURES) -> list[Piece]:
    """The blocks of a whole fragment, cleaned first. Relative links need a `base_url`, else they are dropped."""
    return pieces_of(read_events(html), base_url, pictures)


def pieces_of(events: list[Event], base_url: str = "", pictures: Pictures = NO_PICTURES) -> list[Piece]:
    """The blocks in a list of balanced events; images are named by their addresses."""
    return _Builder(events, base_url, pictures).build()


class _Builder:
    def __init__(self, events: list[Event], base_url: str, pictures: Pictures) -> None:
        self.events = events
        self.pictures = pictures
        self.base_url = base_url if base_url.startswith(("http://", "https://")) else ""
        self.ends = ends_of(events)
        self.notes = find_notes(events, self.ends)
        self.layout = layout_tables(events)
        self.pieces: list[Piece] = []
        self.run = InlineRun()
        self.frames: list[_Frame] = []
        self.contexts: list[_Context] = []
        self.lists: list[_List] = []
        self.said = Said()
        self.figures: list[list[tuple[str, tuple[Mark, ...]]]] = []
        self.tables: list[Table | None] = []  # None: a table for layout, whose cells are blocks like others
        self.data_tables: list[Table] = []
        self.quotes = self.code = self.note_links = self.table_count = 0

    def build(self) -> list[Piece]:
        index = 0
        while index < len(self.events):
            event = self.events[index]
            if event.kind == TEXT:
                self.run.add(event.value, keep_space=self.code > 0)
            elif event.kind == END:
                self._end()
            elif index in self.notes.dropped:
                index = self.ends[index]
            else:
                self._start(event, index)
            index += 1
        self._flush()
        return _without_rules_before_notes(self.pieces)

    @property
    def table(self) -> Table | None:
        """The table of data the text is in; the outermost, as a nested one becomes text in its cell."""
        return self.data_tables[0] if self.data_tables else None

    def _start(self, event: Event, index: int) -> None:
        tag = event.value
        if tag == "br":
            self._break()
        elif tag == "img":
            self._image(event)
        elif tag == "hr":
            self._flush()
            if not self.tables:
                self.pieces.append(Piece(kind=BlockKind.RULE))
        elif tag != "wbr":
            frame = _Frame(tag)
            self.frames.append(frame)
            if tag in _INLINE_MARKS:
                self._start_inline(event, index, frame)
            elif tag in _SKIPPED_INLINE:
                self._start_link_or_quote(event, index, frame)
            else:
                self._start_block(event, index, frame)
            self.said.hear(event, frame.undo, block=tag not in _INLINE_MARKS and tag not in _SKIPPED_INLINE)

    def _end(self) -> None:
        frame = self.frames.pop()
        for undo in reversed(frame.undo):
            undo()

    # Inline

    def _start_inline(self, event: Event, index: int, frame: _Frame) -> None:
        kind = _INLINE_MARKS[event.value]
        bare = index in self.notes.bare or (event.value == "sup" and self.note_links > 0) or self.code > 0
        words = event.words
        if "apart" in words or "date" in words or event.value == "time":
            self.run.add(" " if self.run.ends_word else "")  # style sheets set these apart
        if "apart" in words:
            frame.undo.append(lambda: self.run.add(" "))
        self.run.open(None if bare else kind)
        frame.undo.append(self.run.close)
        context = self.contexts[-1] if self.contexts else None
        if (
            event.value == "code"
            and context is not None
            and context.kind is BlockKind.CODE
            and not context.label
        ):
            context.label = _language(event)

    def _start_link_or_quote(self, event: Event, index: int, frame: _Frame) -> None:
        if event.value == "q":
            self.run.add("“")
            frame.undo.append(lambda: self.run.add("”"))
            return
        label = self.notes.references.get(index)
        if label is not None:
            self.note_links += 1
            self.run.open(MarkKind.NOTE_REF, label)
            frame.undo += [self._leave_note_link, self.run.close]
            return
        address = self._address(event.attributes.get("href", ""))
        self.run.open(MarkKind.LINK if address else None, address)
        frame.undo.append(self.run.close)

    def _leave_note_link(self) -> None:
        self.note_links -= 1

    def _address(self, href: str) -> str:
        """A link that leads out of the text, whole; "" for one that leads nowhere."""
        href = href.strip()
        if href.startswith("#") or not href:
            return ""
        if self.base_url and not href.lower().startswith(("http:", "https:", "mailto:")):
            try:
                href = urljoin(self.base_url, href)
            except ValueError:
                return ""
        return href if href.lower().startswith(("http://", "https://", "mailto:")) else ""

    def _image(self, event: Event) -> None:
        alt = " ".join(event.attributes.get("alt", "").split())
        if alt and len(alt) <= 8 and not any(character.isalnum() for character in alt):
            self.run.add(alt)  # an emoji as an image
            return
        source = event.attributes.get("src", "")
        if alt or self.figures or self.pictures.is_shown(source):
            self.run.add_marked(MarkKind.IMAGE, OBJECT, alt, source)

    def _break(self) -> None:
        in_text = not self.contexts or self.contexts[-1].kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE)
        if self.run.ends_line and in_text and not self._in_cell and not self.code:
            self._flush()  # two breaks are what older pages have for a new paragraph
        else:
            self.run.end_line()

    # Blocks

    def _start_block(self, event: Event, index: int, frame: _Frame) -> None:
        tag = event.value
        if tag in ("td", "th") and self._is_nested:
            self.run.add(" ")
            return
        self._flush()
        frame.undo.append(self._flush)
        if index in self.notes.notes:
            self._enter(frame, BlockKind.NOTE, label=self.notes.notes[index])
        elif tag == "li":
            self._enter_item(event, frame)
        elif _HEADING.fullmatch(tag):
            self._enter(frame, BlockKind.HEADING, level=int(tag[1]))
        elif tag == "pre":
            self._enter(frame, BlockKind.CODE, label=_language(event))
            self._count(frame, "code")
        elif tag == "blockquote":
            self._count(frame, "quotes")
            self._enter(frame, BlockKind.QUOTE, level=min(self.quotes, MAX_NESTING))
        elif tag in ("ul", "ol"):
            self._enter_list(event, frame)
        elif tag == "dd":
            self._enter(frame, BlockKind.LIST_ITEM, level=min(len(self.lists) + 1, MAX_NESTING))
        elif tag in ("dt", "summary"):
            self.run.open(MarkKind.STRONG)
            frame.undo.append(self.run.close)
            frame.undo.append(self._flush)
        elif tag == "figure" and not self._in_cell:
            self.figures.append([])
            self._enter(frame, BlockKind.FIGURE)
            frame.undo.insert(0, self._end_figure)
        else:
            self._start_table_part(event, index, frame)

    def _enter(self, frame: _Frame, kind: BlockKind, *, level: int = 0, label: str = "") -> None:
        self.contexts.append(_Context(kind, level, label))
        frame.undo.insert(0, self.contexts.pop)

    def _count(self, frame: _Frame, name: str) -> None:
        setattr(self, name, getattr(self, name) + 1)
        frame.undo.insert(0, lambda: setattr(self, name, getattr(self, name) - 1))

    def _enter_list(self, event: Event, frame: _Frame) -> None:
        start = event.attributes.get("start", "1")
        number = int(start) if re.fullmatch(r"-?\d{1,9}", start) else 1
        self.lists.append(_List(number if event.value == "ol" else None))
        frame.undo.insert(0, self.lists.pop)

    def _enter_item(self, event: Event, frame: _Frame) -> None:
        label = "•"
        here = self.lists[-1] if self.lists else _List()
        if here.next is not None:
            value = event.attributes.get("value", "")
            number = int(value) if re.fullmatch(r"-?\d{1,9}", value) else here.next
            label = f"{number}."
            here.next = number + 1
        self._enter(frame, BlockKind.LIST_ITEM, level=min(max(len(self.lists), 1), MAX_NESTING), label=label)

    # Tables

    @property
    def _in_cell(self) -> bool:
        table = self.table
        return table is not None and table.in_cell

    @property
    def _is_nested(self) -> bool:
        """Whether the innermost table lies in a cell of another: it becomes lines of text there."""
        return len(self.data_tables) > 1

    def _start_table_part(self, event: Event, index: int, frame: _Frame) -> None:
        tag = event.value
        outermost = self.table is None
        table = self.tables[-1] if self.tables else None
        if tag == "table":
            quoted = min(self.quotes, MAX_NESTING)
            self.tables.append(
                None if index in self.layout and outermost else Table(self.table_count, quoted)
            )
            self.data_tables += [entry for entry in self.tables[-1:] if entry is not None]
            frame.undo.append(self._end_table)
        elif table is None or self._is_nested:
            return
        elif tag == "thead":
            table.in_head = True
            frame.undo.append(lambda: setattr(table, "in_head", False))
        elif tag == "tr":
            table.start_row()
        elif tag in ("td", "th"):
            table.start_cell(event)
            frame.undo.append(self._end_cell)

    def _end_cell(self) -> None:
        table = self.table
        if table is not None:
            table.end_cell(*self.run.take(), self.said.language, self.said.direction)

    def _end_table(self) -> None:
        table = self.tables.pop()
        if table is None:
            return
        self.data_tables.pop()
        if self.data_tables:
            return
        pieces = table.pieces()
        self.table_count += bool(pieces) and pieces[0].kind is BlockKind.CELL
        self.pieces += pieces

    # What becomes of the text

    def _flush(self) -> None:
        if self._in_cell:
            if not self.run.is_blank and not self.run.ends_line:
                self.run.end_line()
            return
        text, marks = self.run.take()
        if not text.strip():
            return
        context = self.contexts[-1] if self.contexts else _Context(BlockKind.PARAGRAPH)
        kind = context.kind
        if kind is BlockKind.FIGURE:
            self.figures[-1].append((text.strip("\n "), _shifted(marks, text)))
            return
        if not text.replace(OBJECT, "").strip() and kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE):
            kind = BlockKind.FIGURE
        role = self.said.role(kind)
        if role == "standfirst" and kind is BlockKind.PARAGRAPH:
            kind = BlockKind.STANDFIRST
        self._add(kind, text, marks, context, role)

    def _add(self, kind: BlockKind, text: str, marks: tuple[Mark, ...], context: _Context, role: str) -> None:
        level = context.level if kind is context.kind else 0
        label = context.label if kind is context.kind else ""
        quoted = 0 if kind is BlockKind.QUOTE else min(self.quotes, MAX_NESTING)
        self.pieces.append(
            Piece(
                kind=kind,
                text=text,
                marks=marks,
                level=level,
                label=label,
                quoted=quoted,
                role=role,
                language=self.said.language,
                direction=self.said.direction,
            )
        )
        if kind in (BlockKind.LIST_ITEM, BlockKind.NOTE):
            context.label = ""  # the marker stands before the first block of an item

    def _end_figure(self) -> None:
        parts = self.figures.pop()
        images = [part for part in parts if OBJECT in part[0]]
        if not images:
            for text, marks in parts:
                self._add(BlockKind.PARAGRAPH, text, marks, _Context(BlockKind.PARAGRAPH), "")
            return
        text, placed = "", []
        for part, marks in (*images, *(part for part in parts if OBJECT not in part[0])):
            start = len(text) + 1 if text else 0
            text = f"{text}\n{part}" if text else part
            placed += [mark._replace(start=mark.start + start, end=mark.end + start) for mark in marks]
        self._add(BlockKind.FIGURE, text, tuple(placed), _Context(BlockKind.FIGURE), "")


def _language(event: Event) -> str:
    return next((word.removeprefix("language-") for word in event.words if word.startswith("language-")), "")


def _shifted(marks: tuple[Mark, ...], text: str) -> tuple[Mark, ...]:
    """Marks of `text` as marks of the stripped text."""
    before = len(text) - len(text.lstrip("\n "))
    length = len(text.strip("\n "))
    moved = (m._replace(start=max(0, m.start - before), end=min(m.end - before, length)) for m in marks)
    return tuple(mark for mark in moved if mark.start < mark.end)


def _without_rules_before_notes(pieces: list[Piece]) -> list[Piece]:
    """The line that pages draw above their notes is not one of the article's."""
    return [
        piece
        for piece, after in itertools.zip_longest(pieces, pieces[1:])
        if not (piece.kind is BlockKind.RULE and after is not None and after.kind is BlockKind.NOTE)
    ]
