"""An article on paper: its text with the marks, numbers and icons of the reader, and behind it a list of the claims.

Pages are laid out in the reader's own pixels and drawn as large as the paper allows. Qt breaks the pages, so that no
line is cut; what the reader paints around the text is painted page by page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QImage,
    QPagedPaintDevice,
    QPainter,
    QPixmap,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextOption,
)
from PySide6.QtPrintSupport import QPrinter

from annotator.domain.article import BlockKind
from annotator.domain.ids import ClaimId, TagId
from annotator.domain.views import SpanRow
from annotator.ui import icons
from annotator.ui.reader.code_words import has_language
from annotator.ui.reader.document import Layout, ReaderDocument, build_document
from annotator.ui.reader.layers import Frame, Grounds, Gutter, Layer, Marks, Ornaments
from annotator.ui.reader.page import Page
from annotator.ui.reader.painting import Look
from annotator.ui.reader.pictures import Pictures
from annotator.ui.reader.script_fonts import families_for
from annotator.ui.reader.styles import ReadingType, Styles
from annotator.ui.theme import Theme

_MEASURE, _RIGHT = 740, 8  # on A4 the text is then 11 points high
_TOP, _BOTTOM = 40, 44  # of every page, inside its margins; the footer stands below
_SHARP = 4.0  # icons and lines are drawn for so many device pixels a pixel
_FINE = 3  # pixels of a picture for each of the layout
_CODE_TIME = 5.0  # seconds for the colours of all code


class FinePictures(Pictures):
    """Pictures with as many pixels as they have, up to what a printer can show."""

    def at(self, name: str, pixels: QSize) -> QImage | None:
        """See `Pictures`."""
        width, height = self._sizes.get(name, (0, 0))
        fine = pixels * _FINE
        return super().at(name, fine.boundedTo(QSize(width, height)).expandedTo(pixels))


class PrintedClaim(NamedTuple):
    """A claim in the list behind the text: its number and words, its verdict and what is told beside that, and the
    lines below: evidence and notes."""

    number: int
    statement: str
    verdict: str
    told: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """All that is printed of an article."""

    title: str
    source: ReaderDocument
    rows: Sequence[SpanRow]
    numbers: Mapping[ClaimId, int]
    looks: Mapping[TagId, Look]
    claims: Sequence[PrintedClaim]
    type_: ReadingType


def print_article(printed: Printed, device: QPagedPaintDevice) -> None:
    """Draw all pages on a printer or into a file."""
    theme = Theme.load("light")
    painter = QPainter(device)
    paper = _paper(painter)
    width = theme.metric("gutter") + _MEASURE + _RIGHT
    scale = paper.width() / width
    size = QSizeF(width, paper.height() / scale)
    article = _laid_out(printed, theme, size)
    parts = [_Part(article.document, size, article, (Grounds(), _PaperMarks(), Ornaments(), Gutter()))]
    if printed.claims:
        parts.append(_Part(_list_of_claims(printed, theme, size), size))
    count = sum(part.count for part in parts)
    painter.scale(scale, scale)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    number = 0
    for part in parts:
        for index in range(part.count):
            if number:
                device.newPage()
            number += 1
            part.paint(painter, index, theme)
            _paint_footer(painter, printed.title, number, count, size, theme)
    painter.end()


def _paper(painter: QPainter) -> QRectF:
    """What can be printed on, in device pixels."""
    device = painter.device()
    if isinstance(device, QPrinter):
        return device.pageRect(QPrinter.Unit.DevicePixel)
    return QRectF(0, 0, device.width(), device.height())


class _PaperMarks(Marks):
    """Marks whose lines are put together of single pictures: printers tile none that are finer than a pixel."""

    def paint_over(self, painter: QPainter, frame: Frame) -> None:
        """See `Layer`."""
        for shown in frame.blocks:
            x, y = (round(edge * frame.dpr) / frame.dpr for edge in (shown.area.left(), shown.area.top()))
            for place, tile in frame.page.get_ready(shown.block, shown.position).drawing.lines:
                _repeat(painter, place.translated(x, y), tile)


def _repeat(painter: QPainter, place: QRectF, tile: QPixmap) -> None:
    """Fill a line with copies of a picture, the last one cut."""
    dpr = tile.devicePixelRatio()
    left, period = place.left(), tile.width() / dpr
    while left < place.right():
        width = min(period, place.right() - left)
        source = QRectF(0, 0, width * dpr, tile.height())
        painter.drawPixmap(QRectF(left, place.top(), width, place.height()), tile, source)
        left += period


class _Part:
    """A document in pages, with what is painted around its text."""

    def __init__(
        self, document: QTextDocument, size: QSizeF, page: Page | None = None, layers: Sequence[Layer] = ()
    ) -> None:
        self._document, self._size, self._page, self._layers = document, size, page, layers
        self.count = document.pageCount()
        place = document.documentLayout().blockBoundingRect
        self._blocks: list[tuple[QTextBlock, QRectF]] = []
        block = document.firstBlock()
        while block.isValid():
            self._blocks.append((block, _with_all_lines(block, place(block))))
            block = block.next()

    def paint(self, painter: QPainter, index: int, theme: Theme) -> None:
        """Paint the page `index`."""
        top, height = index * self._size.height(), self._size.height()
        painter.save()
        painter.translate(0, -top)
        # The line above the title stands in the margin of the first page; nothing else does in any.
        begin = top if index == 0 else top + _TOP
        clip = QRectF(0, begin, self._size.width(), top + height - _BOTTOM + 6 - begin)
        painter.setClipRect(clip)
        frame = self._frame(clip)
        if frame is not None:
            for layer in self._layers:
                layer.paint_under(painter, _from_first_line(frame) if isinstance(layer, Grounds) else frame)
        painter.setPen(theme.color("text"))
        self._draw_lines(painter, clip)
        if frame is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for layer in self._layers:
                layer.paint_over(painter, frame)
        painter.restore()

    def _draw_lines(self, painter: QPainter, clip: QRectF) -> None:
        """The lines of this page and no others: Qt would draw one more, unseen, that a search in a file finds."""
        for block, area in self._blocks:
            if area.bottom() < clip.top() or area.top() > clip.bottom():
                continue
            layout = block.layout()
            for index in range(layout.lineCount()):
                line = layout.lineAt(index)
                middle = area.top() + line.y() + line.height() / 2
                if clip.top() <= middle <= clip.bottom():
                    line.draw(painter, area.topLeft())

    def _frame(self, clip: QRectF) -> Frame | None:
        if self._page is None:
            return None
        self._page.set_resolution(_SHARP)
        blocks = self._page.shown(clip.top(), clip.bottom())
        return Frame(self._page, blocks, QPointF(), self._page.column, _SHARP)


def _from_first_line(frame: Frame) -> Frame:
    """The blocks without the rest of the page before, for one that found no room there and begins on this one."""
    blocks = []
    for shown in frame.blocks:
        layout = shown.block.layout()
        first = layout.lineAt(0).y() if layout.lineCount() else 0.0
        area = _with_all_lines(shown.block, shown.area)
        blocks.append(shown._replace(area=area.adjusted(0, first if first > _BOTTOM else 0, 0, 0)))
    return frame._replace(blocks=blocks)


def _with_all_lines(block: QTextBlock, area: QRectF) -> QRectF:
    """The rectangle of a block with the lines for which a page had no room: Qt leaves these out of it."""
    layout = block.layout()
    if layout.lineCount():
        last = layout.lineAt(layout.lineCount() - 1)
        area = area.adjusted(0, 0, 0, max(0.0, last.y() + last.height() - area.height()))
    return area


def _laid_out(printed: Printed, theme: Theme, size: QSizeF) -> Page:
    """The article in pages of that size."""
    source = printed.source
    until = perf_counter() + _CODE_TIME
    for block in source.blocks:
        if block.kind is BlockKind.CODE and has_language(block):
            source.code.read(block, source.text, until)
    layout = Layout(theme.metric("gutter"), _MEASURE, _RIGHT)
    # Without ligatures: a search in a file finds no “Th” that is one letter.
    built = build_document(source, theme, printed.type_, layout, ligatures=False)
    page = Page(source, built, layout, theme, printed.type_)
    page.set_spans(printed.rows, printed.numbers, printed.looks)
    form = built.document.rootFrame().frameFormat()
    above = form.topMargin() - _TOP
    form.setTopMargin(_TOP)
    form.setBottomMargin(_BOTTOM)
    built.document.rootFrame().setFrameFormat(form)
    first = QTextCursor(built.document.firstBlock())
    if above > 0 and not first.currentTable():
        below = first.blockFormat()
        below.setTopMargin(below.topMargin() + above)
        first.setBlockFormat(below)
    built.document.setUseDesignMetrics(True)  # letters stand where their design says: they are drawn larger
    built.document.setPageSize(size)
    return page


def _list_of_claims(printed: Printed, theme: Theme, size: QSizeF) -> QTextDocument:
    """The claims with their numbers, verdicts and evidence."""
    made = Styles(
        theme,
        printed.type_,
        families_for("".join(claim.statement for claim in printed.claims)),
        ligatures=False,
    )
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setUseDesignMetrics(True)
    root = QTextFrameFormat()
    root.setLeftMargin(theme.metric("gutter"))
    root.setRightMargin(_RIGHT)
    root.setTopMargin(_TOP)
    root.setBottomMargin(_BOTTOM)
    document.rootFrame().setFrameFormat(root)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    heading = QTextCharFormat()
    heading.setFont(made.font("readingH2"))
    cursor.setBlockFormat(_spaced(below=14))
    cursor.insertText(QCoreApplication.translate("Printing", "Claims in this article"), heading)
    for number, (text, form, above) in enumerate(_lines_of(printed.claims, made, theme)):
        cursor.insertBlock(_spaced(above=above if number else 0, indent=34))
        _insert_line(cursor, text, form, theme)
    cursor.endEditBlock()
    document.setPageSize(size)
    return document


def _lines_of(
    claims: Sequence[PrintedClaim], made: Styles, theme: Theme
) -> Iterator[tuple[str | PrintedClaim, QTextCharFormat, int]]:
    """Each line of the list with its letters and the room above it; a claim stands for the line of its verdict."""
    words, small = QTextCharFormat(), QTextCharFormat()
    words.setFont(made.font("reading"))
    font = theme.font("body")
    small.setFont(font)
    small.setForeground(theme.color("textSecondary"))
    for claim in claims:
        yield f"{claim.number}\t{claim.statement}", words, 16
        yield claim, small, 3
        for line in claim.lines:
            yield "\t" + line.strip().replace("\n", "\u2028"), small, 2


def _insert_line(cursor: QTextCursor, line: str | PrintedClaim, form: QTextCharFormat, theme: Theme) -> None:
    if isinstance(line, str):
        cursor.insertText(line, form)
        return
    style = theme.verdict(line.verdict)
    name = f"verdict:{style.icon}"
    picture = icons.pixmap(style.icon, style.color, 14, _SHARP).toImage()
    cursor.document().addResource(QTextDocument.ResourceType.ImageResource, name, picture)
    image = QTextImageFormat()
    image.setName(name)
    image.setWidth(14)
    image.setHeight(14)
    image.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
    cursor.insertText("\t", form)
    cursor.insertImage(image)
    cursor.insertText(f" {line.told}", form)


def _spaced(*, above: int = 0, below: int = 0, indent: int = 0) -> QTextBlockFormat:
    """A block whose first line begins `indent` pixels further left, where a number stands, and then jumps there."""
    form = QTextBlockFormat()
    form.setTopMargin(above)
    form.setBottomMargin(below)
    if indent:
        form.setLeftMargin(indent)
        form.setTextIndent(-indent)
        form.setTabPositions([QTextOption.Tab(indent, QTextOption.TabType.LeftTab)])
    return form


def _paint_footer(painter: QPainter, title: str, number: int, count: int, size: QSizeF, theme: Theme) -> None:
    """The title and which page it is."""
    font = theme.font("caption")
    painter.setFont(font)
    painter.setPen(theme.color("textMuted"))
    left = theme.metric("gutter")
    box = QRectF(left, size.height() - 18, size.width() - left - _RIGHT, 18)
    place = QCoreApplication.translate("Printing", "{number} of {count}").format(number=number, count=count)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, place)
    room = int(box.width()) - painter.fontMetrics().horizontalAdvance(place) - 24
    shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room)
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
