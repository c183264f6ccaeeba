"""How each kind of block and mark looks: Qt formats made from a theme and a reading size."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
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
from annotator.ui.theme import Theme

INDENT = 24  # of a list item and a note: room for its marker
QUOTE_BAR, QUOTE_INDENT = 3, 16
PARAGRAPH_GAP, ITEM_GAP, CELL_PADDING = 18, 6, 7
TOP = 34  # above the article
TITLE_SHIFT = (
    4  # Qt puts the text of a line that is too low for its font on the bottom; the design in the middle
)
KICKER = 24  # the line above the title, with its gap
BYLINE_GAP, BYLINE_HEIGHT = 14, 73  # below title or standfirst: the gap, and all of it down to the text
FIGURE_SIZE, INLINE_IMAGE = (320, 56), (22, 18)
_MINIMUM = QTextBlockFormat.LineHeightTypes.MinimumHeight.value


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


class Styles:
    """The formats of one theme at one reading size (pixels). `themed` tells whether any of those given out has a
    colour in it, so that a change of theme must give out new ones."""

    def __init__(self, theme: Theme, size: int) -> None:
        self._theme = theme
        self._scale = size / theme.font("reading").pixelSize()
        self.themed = False

    def font(self, role: str) -> QFont:
        """The font of a role at the reading size."""
        font = self._theme.font(role)
        font.setPixelSize(max(9, round(font.pixelSize() * self._scale)))
        return font

    def line(self, role: str) -> int:
        """The line height of a role at the reading size."""
        return round(self._theme.line_height(role) * self._scale)

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
        return self._block(self.line("reading"), 0, PARAGRAPH_GAP)

    def block(self, block: Block, *, tight: bool) -> QTextBlockFormat:
        """The format of a block; `tight` when another list item follows it."""
        kind = block.kind
        if kind is BlockKind.HEADING:
            form = self._heading(block)
        elif kind is BlockKind.STANDFIRST:
            form = self._block(self.line("standfirst"), 0, PARAGRAPH_GAP)
        elif kind is BlockKind.CODE:
            form = self._block(round(24 * self._scale), 28, 30)
        elif kind is BlockKind.CELL:
            form = self._block(round(25 * self._scale), 0, 0)
        elif kind in (BlockKind.NOTE, BlockKind.FIGURE):
            form = self._block(round(25 * self._scale), 0, PARAGRAPH_GAP)
        else:
            form = self._block(self.line("reading"), 0, ITEM_GAP if tight else PARAGRAPH_GAP)
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
        form = QTextCharFormat()
        kind = mark.kind
        if kind is MarkKind.EMPHASIS:
            form.setFontItalic(block.kind is not BlockKind.STANDFIRST)
        elif kind is MarkKind.STRONG:
            form.setFontWeight(QFont.Weight.Bold)
        elif kind is MarkKind.CODE:
            font = self._code_font()
            form.setFontFamilies(font.families())
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

    def image(self, block: Block) -> QTextImageFormat:
        """The room for an image; the reader draws its alternative text there."""
        width, height = FIGURE_SIZE if block.kind is BlockKind.FIGURE else INLINE_IMAGE
        form = QTextImageFormat()
        form.setName("image")
        form.setWidth(width)
        form.setHeight(height)
        return form

    def table(self, columns: int) -> QTextTableFormat:
        """A table as wide as the column."""
        form = QTextTableFormat()
        form.setBorder(0)
        form.setCellPadding(CELL_PADDING)
        form.setCellSpacing(0)
        form.setTopMargin(8)
        form.setBottomMargin(PARAGRAPH_GAP + 6)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setColumns(columns)
        return form

    def table_row(self, columns: int, measure: int) -> QTextBlockFormat:
        """A row of a table that is too large for a table: text with tab stops."""
        form = self._block(round(25 * self._scale), 0, 2)
        width = measure / max(1, columns)
        form.setTabPositions(
            [QTextOption.Tab(width * i, QTextOption.TabType.LeftTab) for i in range(1, columns)]
        )
        return form

    def _heading(self, block: Block) -> QTextBlockFormat:
        if block.level <= 1:
            form = self._block(self.line("readingH1"), 26 + TITLE_SHIFT, 8 - TITLE_SHIFT)
        else:
            form = self._block(self.line("readingH2" if block.level == 2 else "reading"), 28, 8)
        # The font's own line height is larger than the one of the design.
        form.setLineHeight(form.lineHeight(), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        return form

    def _heading_font(self, level: int) -> QFont:
        if level <= 2:
            return self.font("readingH1" if level <= 1 else "readingH2")
        return self._sized("readingH2", 20 if level == 3 else 19)

    def _code_font(self) -> QFont:
        return self._sized("code", 15)

    def _sized(self, role: str, size: int) -> QFont:
        font = self._theme.font(role)
        font.setPixelSize(max(9, round(size * self._scale)))
        return font

    def _block(self, line: int, above: int, below: int) -> QTextBlockFormat:
        form = QTextBlockFormat()
        form.setLineHeight(line, _MINIMUM)
        form.setTopMargin(above)
        form.setBottomMargin(below)
        return form

    def _color(self, role: str) -> QBrush:
        self.themed = True
        return QBrush(self._theme.color(role))


def columns_of(cells: Iterable[Block]) -> int:
    """How many columns a table has."""
    return max((cell.column for cell in cells), default=0) + 1
