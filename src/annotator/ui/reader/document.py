"""From a canonical text and its blocks to a Qt document.

Text goes in once, into a document that no widget shows yet, with the paragraph format set before; only blocks and
marks that differ are formatted afterwards. Done the other way round, laying out 1 MB takes twenty times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument

from annotator.domain.article import OBJECT, Block, BlockKind, MarkKind
from annotator.ui.offsets import OffsetMap
from annotator.ui.reader import styles
from annotator.ui.reader.code_colours import ranges_of
from annotator.ui.reader.code_words import CodeWords, has_language
from annotator.ui.reader.pictures import NO_PICTURES, Pictures
from annotator.ui.reader.script_fonts import families_for
from annotator.ui.reader.styles import ReadingType, Styles
from annotator.ui.theme import Theme

MAX_CELLS = 4_000  # a larger table is shown as rows of text
LINE_SEPARATOR = "\u2028"


def paragraphs_of(text: str) -> tuple[Block, ...]:
    """Every line of a text as a paragraph: the structure of a text that came without one."""
    ends = [match.start() for match in re.finditer("\n", text)]
    starts = [0, *(end + 1 for end in ends)]
    return tuple(
        Block(BlockKind.PARAGRAPH, start, end) for start, end in zip(starts, [*ends, len(text)], strict=True)
    )


@dataclass(frozen=True, slots=True)
class ReaderDocument:
    """An article as the reader takes it: canonical text and blocks, and two lines that are shown around the title
    without being part of the text. Without blocks every line of the text is a paragraph."""

    text: str
    blocks: tuple[Block, ...] = ()
    section: str = ""
    byline: str = ""
    direction: str = ""
    pictures: Pictures = NO_PICTURES
    code: CodeWords = field(default_factory=CodeWords, compare=False)

    def __post_init__(self) -> None:
        if not self.blocks:
            object.__setattr__(self, "blocks", paragraphs_of(self.text))

    @property
    def header_end(self) -> int:
        """The index behind the title and the standfirst, which stand at the beginning or not at all."""
        first = self.blocks[0]
        if first.kind is not BlockKind.HEADING or first.level > 1:
            return 0
        return 2 if len(self.blocks) > 1 and self.blocks[1].kind is BlockKind.STANDFIRST else 1


@dataclass(frozen=True, slots=True)
class BuiltDocument:
    """A Qt document and how to find one's way in it.

    `decorated` has the blocks for which the reader draws more than text, by the Qt position of their start; `themed`
    tells whether there are colours in its formats. `plain_code` has the blocks of code that get their colours when they
    come near the screen.
    """

    document: QTextDocument
    offsets: OffsetMap
    themed: bool
    decorated: dict[int, Block] = field(default_factory=dict)
    plain_code: dict[int, Block] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """Pixels around and across the column of text."""

    gutter: int
    measure: int
    right: int

    @property
    def width(self) -> int:
        """All of it."""
        return self.gutter + self.measure + self.right


def build_document(
    source: ReaderDocument, theme: Theme, type_: ReadingType, layout: Layout, *, ligatures: bool = True
) -> BuiltDocument:
    """Lay a text out in a fresh document."""
    made = Styles(theme, type_, families_for(source.text), ligatures=ligatures)
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(made.font("reading"))
    document.rootFrame().setFrameFormat(made.root(layout.gutter, layout.right, above=_room_above(source)))
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setBlockFormat(made.paragraph())
    writer = _Writer(cursor, made, source.text)
    writer.write(source.blocks)
    offsets = OffsetMap(source.text, writer.own)
    decorated = _format(cursor, made, source, offsets, writer.tables, layout.measure)
    plain_code = _colour_code(document, made, source, decorated)
    cursor.endEditBlock()
    # Else Qt would lay the beginning out twice: once at any width, once at this one.
    document.setTextWidth(layout.width)
    return BuiltDocument(document, offsets, made.themed, decorated, plain_code)


def _room_above(source: ReaderDocument) -> int:
    """Pixels for the lines that are drawn above the first block."""
    kicker = styles.KICKER if source.section else 0
    if source.header_end:
        return kicker + styles.TITLE_SHIFT
    return kicker + (styles.BYLINE_HEIGHT - styles.BYLINE_GAP if source.byline else 0)


class _Writer:
    """Puts the text into the document: runs of plain blocks at once, tables cell by cell."""

    def __init__(self, cursor: QTextCursor, made: Styles, text: str) -> None:
        self._cursor = cursor
        self._styles = made
        self._text = text
        self._expected = 0  # the Qt position at which the next block starts if Qt owns nothing in between
        self.own: list[tuple[int, int]] = []
        self.tables: set[int] = set()  # numbers of those that became Qt tables

    def write(self, blocks: Sequence[Block]) -> None:
        if not any(map(_is_cell, blocks)):
            self._cursor.insertText(_with_inner_lines(self._text, blocks))
            return
        after_table = after_code = False
        for number, group in groupby(blocks, key=lambda block: block.table):
            run = list(group)
            rows = _grid(run) if number >= 0 else None
            if rows is None:
                self._write_run(run, first=not after_table and run[0].start == 0, after_table=after_table)
                after_table = False
            else:
                self._write_table(rows, run, after_code=after_code)
                self.tables.add(number)
                after_table = True
            after_code = run[-1].kind is BlockKind.CODE

    def _write_run(self, run: Sequence[Block], *, first: bool, after_table: bool) -> None:
        if not first and not after_table:
            self._cursor.insertBlock(self._styles.paragraph())
        elif after_table:
            self._cursor.setBlockFormat(self._styles.paragraph())
        self._note(run[0], self._cursor.position())
        piece = self._text[run[0].start : run[-1].end]
        shifted = [
            block._replace(start=block.start - run[0].start, end=block.end - run[0].start) for block in run
        ]
        self._cursor.insertText(_with_inner_lines(piece, shifted))
        self._expected = self._cursor.position() + 1

    def _write_table(self, rows: tuple[int, int], cells: Sequence[Block], *, after_code: bool) -> None:
        form = self._styles.table(rows[1], after_code=after_code)
        table = self._cursor.insertTable(rows[0], rows[1], form)
        first = cells[0].row
        for cell in cells:
            target = table.cellAt(cell.row - first, cell.column).firstCursorPosition()
            self._note(cell, target.position())
            target.setBlockFormat(self._styles.block(cell, tight=False))
            target.insertText(self._text[cell.start : cell.end].replace("\n", LINE_SEPARATOR))
            self._expected = target.position() + 1
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _note(self, block: Block, position: int) -> None:
        if position > self._expected:
            self.own.append((block.start, position - self._expected))


def _is_cell(block: Block) -> bool:
    return block.table >= 0


def _with_inner_lines(text: str, blocks: Sequence[Block]) -> str:
    """`text` with the line feeds inside blocks as line separators, so that Qt makes no blocks of them."""
    if text.count("\n") == len(blocks) - 1 and not any(map(_is_cell, blocks)):
        return text
    parts: list[str] = []
    end = 0
    for block in blocks:
        parts.append(text[end : block.start])
        parts.append(text[block.start : block.end].replace("\n", LINE_SEPARATOR))
        end = block.end
    return "".join(parts)


def _grid(cells: Sequence[Block]) -> tuple[int, int] | None:
    """Rows and columns of a table, or None when it can't be one: too large, or its cells aren't in order."""
    places = [(cell.row, cell.column) for cell in cells]
    rows = places[-1][0] - places[0][0] + 1
    columns = styles.columns_of(cells)
    in_order = all(before < after for before, after in pairwise(places))
    return (rows, columns) if in_order and rows * columns <= MAX_CELLS else None


def _format(
    cursor: QTextCursor,
    made: Styles,
    source: ReaderDocument,
    offsets: OffsetMap,
    tables: set[int],
    measure: int,
) -> dict[int, Block]:
    """Format what differs from the default and return the decorated blocks."""
    decorated: dict[int, Block] = {}
    header = source.header_end
    for index, block in _different(source.blocks, header):
        start, end = offsets.to_qt(block.start), offsets.to_qt(block.end)
        decorated[start] = block
        if _is_plain(block) and index >= header:  # only its marks differ from the default
            _format_marks(cursor, made, source, block, offsets, measure)
            continue
        cursor.setPosition(start)
        if block.kind is BlockKind.CELL:
            if block.table not in tables and block.column == 0:
                cursor.setBlockFormat(made.table_row(_columns(source.blocks, index), measure))
        else:
            following = source.blocks[index + 1].kind if index + 1 < len(source.blocks) else None
            tight = block.kind is BlockKind.LIST_ITEM and following is BlockKind.LIST_ITEM
            form = made.block(block, tight=tight)
            cursor.setBlockFormat(_with_byline(form, index, header, has_byline=bool(source.byline)))
        characters = made.characters(block)
        if characters is not None:
            cursor.setBlockCharFormat(characters)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(characters)
        if block.marks:
            _format_marks(cursor, made, source, block, offsets, measure)
    return decorated


def _colour_code(
    document: QTextDocument, made: Styles, source: ReaderDocument, decorated: dict[int, Block]
) -> dict[int, Block]:
    """Colour the code that was read for an earlier layout, and return the other blocks of code that can be."""
    plain: dict[int, Block] = {}
    for position, block in decorated.items():
        if block.kind is BlockKind.CODE and has_language(block):
            made.themed = True
            words = source.code.of(block)
            if words is None:
                plain[position] = block
            else:
                document.findBlock(position).layout().setFormats(ranges_of(words, made.theme))
    return plain


def _different(blocks: Sequence[Block], header: int) -> Iterator[tuple[int, Block]]:
    paragraph = BlockKind.PARAGRAPH
    for index, block in enumerate(blocks):
        if block.kind is not paragraph or block.marks or block.quoted or index < header:
            yield index, block


def _is_plain(block: Block) -> bool:
    """Whether a block has the format that nearly all have, whatever its marks."""
    if block.kind is not BlockKind.PARAGRAPH or block.quoted or block.direction == "rtl":
        return False
    return all(mark.kind is not MarkKind.IMAGE for mark in block.marks)


def _with_byline(form: QTextBlockFormat, index: int, header: int, *, has_byline: bool) -> QTextBlockFormat:
    """Keep room for the byline below the last block of the header."""
    if index == header - 1:
        form.setBottomMargin(styles.BYLINE_HEIGHT if has_byline else 24)
    return form


def _format_marks(
    cursor: QTextCursor, made: Styles, source: ReaderDocument, block: Block, offsets: OffsetMap, measure: int
) -> None:
    for mark in block.marks:
        form = made.mark(mark, block)
        cursor.setPosition(offsets.to_qt(mark.start))
        cursor.setPosition(offsets.to_qt(mark.end), QTextCursor.MoveMode.KeepAnchor)
        if mark.kind is MarkKind.IMAGE and source.text[mark.start : mark.end] == OBJECT:
            cursor.setCharFormat(made.image(styles.image_room(mark, block, source.pictures, measure)))
        elif form is not None:
            cursor.mergeCharFormat(form)


def _columns(blocks: Sequence[Block], index: int) -> int:
    """The number of cells in the row that begins at `index`."""
    row = (blocks[index].table, blocks[index].row)
    end = index
    while end < len(blocks) and (blocks[end].table, blocks[end].row) == row:
        end += 1
    return end - index
