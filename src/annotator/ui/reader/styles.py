"""How each kind of block and mark looks: Qt formats made from a theme and a reading size."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextOption,
    QTextTableFormat,
)

from annotator.domain.article import Block, BlockKind, Mark, MarkKind
from annotator.ui.reader.pictures import Pictures
from annotator.ui.theme import Theme

INDENT = 24  # of a list item and a note: room for its marker
QUOTE_BAR, QUOTE_INDENT = 3, 16
PARAGRAPH_GAP, ITEM_GAP, CELL_PADDING = 18, 6, 7
CODE_ABOVE, CODE_BELOW = 10, 12  # how far the ground of code reaches beyond its lines
TOP = 34  # above the article
# Qt puts the text of a line that is too low for its font on the bottom; the design in the middle.
TITLE_SHIFT = 2
KICKER = 24  # the line above the title, with its gap
BYLINE_GAP, BYLINE_HEIGHT = 14, 72  # below title or standfirst: the gap, and all of it down to the text
FIGURE_SIZE, INLINE_IMAGE = QSize(320, 56), QSize(22, 18)  # of images whose picture isn't there
MOST_HIGH, MOST_HIGH_INLINE = 560, 160  # pixels of a picture
_MINIMUM = QTextBlockFormat.LineHeightTypes.MinimumHeight.value
_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value


def quote_depth(block: Block) -> int:
    """How many quote bars stand beside a block."""
    return max(block.quoted, max(1, block.level) if block.kind is BlockKind.QUOTE else 0)


def text_indent(block: Block) -> int:
    """Pixels between the edge of the column and the text of a block."""
    indent = quote_depth(block) * (QUOTE_BAR + QUOTE_INDENT)
    if block.kind is BlockKind.LIST_ITEM:
        return indent + INDENT * max(1, block.level)
    if block.kind is BlockKind.NOTE:
        return indent + INDENT
    return indent + (12 if block.kind is BlockKind.CODE else 0)


def image_room(mark: Mark, block: Block, pictures: Pictures, measure: int) -> QSize:
    """Pixels that an image takes in a column of `measure`."""
    alone = block.kind is BlockKind.FIGURE
    width = max(measure - text_indent(block), 1)
    if block.kind is BlockKind.CELL:
        width = min(width, MOST_HIGH_INLINE)
    most = QSize(width, MOST_HIGH if alone else MOST_HIGH_INLINE)
    fitted = pictures.fitted(mark.picture, most) if mark.picture else None
    if fitted is not None:
        return fitted
    return FIGURE_SIZE if alone else INLINE_IMAGE


class ReadingType(NamedTuple):
    """How an article is set: its face, its size in pixels, and the height of its lines in sizes."""

    face: str = "Literata"
    size: int = 19
    line: float = 1.63


class Styles:
    """The formats of one theme and one type. `themed` tells whether any of those given out has a colour in it, so
    that a change of theme must give out new ones."""

    def __init__(
        self, theme: Theme, type_: ReadingType, scripts: tuple[str, ...] = (), *, ligatures: bool = True
    ) -> None:
        """`scripts` are the families for letters that the face lacks."""
        self.theme = theme
        self._faces = [type_.face, *scripts]
        self._ligatures = ligatures
        self._scale = type_.size / ReadingType().size
        self._lines = type_.line / ReadingType().line
        self.themed = False
        self._marks: dict[tuple[MarkKind, bool], QTextCharFormat | None] = {}

    def font(self, role: str) -> QFont:
        """The font of a role at the reading size."""
        return self._sized(role, self.theme.font(role).pixelSize())

    def marker(self, block: Block) -> QFont:
        """The font of the label of a list item or a note: that of its text."""
        return self._sized("reading", 16) if block.kind is BlockKind.NOTE else self.font("reading")

    def line(self, role: str) -> int:
        """The line height of a role at the reading size."""
        return round(self.theme.line_height(role) * self._scale)

    def root(self, gutter: int, right: int, *, above: int) -> QTextFrameFormat:
        """The margins around the whole text, with `above` pixels for what is drawn over the first block."""
        form = QTextFrameFormat()
        form.setLeftMargin(gutter)
        form.setRightMargin(right)
        form.setTopMargin(TOP + above)
        form.setBottomMargin(120)
        return form

    def paragraph(self) -> QTextBlockFormat:
        """The format nearly all blocks have."""
        return self._text(self.theme.line_height("reading"), 0, PARAGRAPH_GAP)

    def block(self, block: Block, *, tight: bool) -> QTextBlockFormat:
        """The format of a block; `tight` when another list item follows it."""
        kind = block.kind
        has_image = any(mark.kind is MarkKind.IMAGE for mark in block.marks)
        if kind is BlockKind.HEADING:
            form = self._heading(block)
        elif kind is BlockKind.STANDFIRST:
            form = self._text(self.theme.line_height("standfirst"), 0, PARAGRAPH_GAP)
        elif kind is BlockKind.CODE:
            form = self._block(round(24 * self._scale), CODE_ABOVE + 18, CODE_BELOW + 18)
        elif kind is BlockKind.CELL:
            form = self._text(25, 0, 0, has_image=has_image)
        elif kind in (BlockKind.NOTE, BlockKind.FIGURE):
            form = self._text(25, 0, PARAGRAPH_GAP, has_image=has_image)
        else:
            form = self._text(
                self.theme.line_height("reading"),
                0,
                ITEM_GAP if tight else PARAGRAPH_GAP,
                has_image=has_image,
            )
        indent = text_indent(block)
        if block.direction == "rtl":
            form.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            form.setRightMargin(indent)
        else:
            form.setLeftMargin(indent)
        return form

    def characters(self, block: Block) -> QTextCharFormat | None:
        """The characters of a block, when they are not those of the document."""
        form = QTextCharFormat()
        kind = block.kind
        if kind is BlockKind.HEADING:
            form.setFont(self._heading_font(block.level))
        elif kind is BlockKind.STANDFIRST:
            form.setFont(self.font("standfirst"))
            form.setForeground(self._color("textSecondary"))
        elif kind is BlockKind.CODE:
            form.setFont(self._code_font())
        elif kind is BlockKind.CELL:
            font = self._sized("reading", 16)
            font.setBold(block.header)
            form.setFont(font)
        elif kind in (BlockKind.NOTE, BlockKind.FIGURE):
            form.setFont(self._sized("reading", 16))
        else:
            return None
        return form

    def mark(self, mark: Mark, block: Block) -> QTextCharFormat | None:
        """What a mark changes in the format of its characters."""
        key = (mark.kind, block.kind is BlockKind.STANDFIRST)
        if key not in self._marks:  # an article may have tens of thousands of marks, and these are some ten
            self._marks[key] = self._mark(*key)
        return self._marks[key]

    def _mark(self, kind: MarkKind, in_standfirst: bool) -> QTextCharFormat | None:
        form = QTextCharFormat()
        if kind is MarkKind.EMPHASIS:
            form.setFontItalic(not in_standfirst)
        elif kind is MarkKind.STRONG:
            form.setFontWeight(QFont.Weight.Bold)
        elif kind is MarkKind.CODE:
            font = QFont(self._code_font().families())
            font.setFeature(QFont.Tag("calt"), 0)
            form.setFont(font, QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesSpecifiedOnly)
        elif kind is MarkKind.LINK:
            form.setForeground(self._color("link"))
            form.setFontUnderline(True)
        elif kind in (MarkKind.SUPERSCRIPT, MarkKind.NOTE_REF):
            form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
            if kind is MarkKind.NOTE_REF:
                form.setForeground(self._color("link"))
        elif kind is MarkKind.SUBSCRIPT:
            form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
        elif kind is MarkKind.STRIKE:
            form.setFontStrikeOut(True)
        else:
            return None
        return form

    def image(self, room: QSize) -> QTextImageFormat:
        """The room for an image; the reader draws it there."""
        form = QTextImageFormat()
        form.setName("image")
        form.setWidth(room.width())
        form.setHeight(room.height())
        return form

    def table(self, columns: int, *, after_code: bool) -> QTextTableFormat:
        """A table as wide as the column. Qt drops the margin of a block above it, and the ground of code reaches into
        that."""
        form = QTextTableFormat()
        form.setBorder(0)
        form.setCellPadding(CELL_PADDING)
        form.setCellSpacing(0)
        form.setTopMargin(8 + (CODE_BELOW if after_code else 0))
        form.setBottomMargin(PARAGRAPH_GAP + 6)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setColumns(columns)
        return form

    def table_row(self, columns: int, measure: int) -> QTextBlockFormat:
        """A row of a table that is too large for a table: text with tab stops."""
        form = self._text(25, 0, 2)
        width = measure / max(1, columns)
        form.setTabPositions(
            [QTextOption.Tab(width * i, QTextOption.TabType.LeftTab) for i in range(1, columns)]
        )
        return form

    def _heading(self, block: Block) -> QTextBlockFormat:
        if block.level <= 1:
            form = self._block(self.line("readingH1"), 26 + TITLE_SHIFT, 8 - TITLE_SHIFT)
        else:
            form = self._block(self.line("readingH2" if block.level == 2 else "reading"), 27, 9)
        # The font's own line height is larger than the one of the design.
        form.setLineHeight(form.lineHeight(), _FIXED)
        return form

    def _heading_font(self, level: int) -> QFont:
        if level <= 2:
            return self.font("readingH1" if level <= 1 else "readingH2")
        return self._sized("readingH2", 20 if level == 3 else 19)

    def _code_font(self) -> QFont:
        return self._sized("code", 15)

    def _sized(self, role: str, size: int) -> QFont:
        font = self.theme.font(role)
        font.setPixelSize(max(9, round(size * self._scale)))
        first, *others = font.families()
        if first == ReadingType().face:
            font.setFamilies([*self._faces, *others])
        if not self._ligatures:
            font.setFeature(QFont.Tag("liga"), 0)
        return font

    def _text(self, line: int, above: int, below: int, *, has_image: bool = False) -> QTextBlockFormat:
        """Running text, whose lines have the height the reader chose; `line` is the design's."""
        form = self._block(round(line * self._scale * self._lines), above, below)
        if self._lines < 1 and not has_image:  # else a font with a lot of height of its own would prevail
            form.setLineHeight(form.lineHeight(), _FIXED)
        return form

    def _block(self, line: int, above: int, below: int) -> QTextBlockFormat:
        form = QTextBlockFormat()
        form.setLineHeight(line, _MINIMUM)
        form.setTopMargin(above)
        form.setBottomMargin(below)
        return form

    def _color(self, role: str) -> QBrush:
        self.themed = True
        return QBrush(self.theme.color(role))


def columns_of(cells: Iterable[Block]) -> int:
    """How many columns a table has."""
    return max((cell.column for cell in cells), default=0) + 1
