"""The reading surface: one article, its marks, and where things are on it. What keys and mouse do is in `view`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from time import perf_counter

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from annotator.domain.ids import AnnotationId, ClaimId, TagId
from annotator.domain.selectors import TextSpan
from annotator.domain.views import SpanRow
from annotator.ui.reader.document import Layout, ReaderDocument, build_document
from annotator.ui.reader.motion import Flash, Scroller
from annotator.ui.reader.page import Page, Shown
from annotator.ui.reader.painting import Look
from annotator.ui.theme import Theme, ThemeManager

RIGHT = 24  # room right of the column, for the mark beside the current paragraph
_MARK_AT, _MARK_WIDTH = 14, 3
_MEASURE_LEAST = 240
_IDLE_SLICE = 0.004  # seconds of looking ahead before anything else that waits comes first


def layout_for(width: int, measure: int, theme: Theme) -> Layout:
    """Gutter and column in a view of `width` pixels: the column gives way first, then the gutter."""
    gutter = theme.metric("gutter")
    room = width - gutter - RIGHT
    if room < min(measure, theme.metric("measureMin")):
        gutter = theme.metric("gutterNarrow")
        room = width - gutter - RIGHT
    return Layout(gutter, max(_MEASURE_LEAST, min(measure, room)), RIGHT)


class ReaderSurface(QTextBrowser):
    """Shows an article read-only, with marked passages. Offsets and passages are those of the canonical text."""

    article_shown = Signal()
    spans_changed = Signal()
    active_changed = Signal(object)
    position_changed = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader")
        self.setAccessibleName(self.tr("Article text"))
        self._theme = themes.theme
        self._size = self._theme.font("reading").pixelSize()
        self._measure = self._theme.metric("measureDefault")
        self._layout = Layout(self._theme.metric("gutter"), self._measure, RIGHT)
        self.reduced_motion = False
        self._quiet = False  # while we move the caret ourselves
        self._caret_block = -1
        self._own_selection: TextSpan | None = None
        self._set_up()
        self._dress()
        self._scroller = Scroller(self.verticalScrollBar())
        self._flash = Flash(self)
        self._flash.changed.connect(self.viewport().update)
        # What comes on screen with the next page is got ready while nothing else happens.
        self._idle = QTimer(self, singleShot=True, interval=0)
        self._idle.timeout.connect(self._look_ahead)
        self._page = self._make_page(ReaderDocument(""))
        self._install(self._page)
        self.verticalScrollBar().valueChanged.connect(self.position_changed)
        themes.theme_changed.connect(self.set_theme)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setCursorWidth(2)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.viewport().setMouseTracking(True)

    # ------------------------------------------------------------------------------------------------------ article

    @property
    def article(self) -> ReaderDocument:
        """What is shown."""
        return self._page.source

    @property
    def page(self) -> Page:
        """The page on screen, for widgets beside the text."""
        return self._page

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self._theme

    def show_article(self, doc: ReaderDocument) -> None:
        """Show an article from its beginning, without marks."""
        self._scroller.stop()
        self._install(self._make_page(doc))
        self.verticalScrollBar().setValue(0)
        self.spans_changed.emit()

    def _make_page(self, doc: ReaderDocument) -> Page:
        built = build_document(doc, self._theme, self._size, self._layout)
        return Page(doc, built, self._layout, self._theme, self._size)

    def _install(self, page: Page) -> None:
        """Put a page on screen."""
        before, self._page = self._page, page
        self._caret_block = 0
        self._quiet = True
        if self.lineWrapColumnOrWidth() != page.layout.width:
            self.setLineWrapColumnOrWidth(page.layout.width)
        self.setDocument(page.document)
        del before  # the widget worked with its document until now
        self._quiet = False
        self.article_shown.emit()

    def _rebuild(self) -> None:
        """Lay the same article out anew, with caret, selection and reading position as they were."""
        top, caret, span = self.reading_position(), self.caret_offset(), self.selected_span()
        page = self._make_page(self._page.source)
        page.take_over(self._page)
        self._install(page)
        self._quiet = True
        if span is not None:
            self._set_selection(span)
        else:
            self._place_caret(caret)
        self._quiet = False
        self.restore_position(top)
        self.viewport().update()

    # -------------------------------------------------------------------------------------------------------- marks

    def set_spans(
        self,
        rows: list[SpanRow],
        numbers: Mapping[ClaimId, int],
        styles: Mapping[TagId, Look],
    ) -> None:
        """Mark these passages and no others. May be called twice: first for what is on screen, then for all."""
        self._page.set_spans(rows, numbers, styles)
        self.viewport().update()
        self.spans_changed.emit()

    def set_numbers(self, numbers: Mapping[ClaimId, int]) -> None:
        """Number the claims anew."""
        self._page.numbers = numbers
        self.viewport().update(QRectF(0, 0, self._layout.gutter, self.viewport().height()).toRect())

    def set_styles(self, styles: Mapping[TagId, Look]) -> None:
        """Draw passages of each tag in this colour and pattern."""
        self._page.set_looks(styles)
        self.viewport().update()
        self.spans_changed.emit()

    def add_span(self, row: SpanRow) -> None:
        """Mark one more passage."""
        self._page.add(row)
        self._repaint_rows([row])
        self.spans_changed.emit()

    def remove_span(self, annotation_id: AnnotationId) -> None:
        """Mark the passages of an annotation no longer."""
        gone = self._page.remove(annotation_id)
        self._repaint_rows(gone)
        self.spans_changed.emit()

    def update_spans(self, rows: Iterable[SpanRow]) -> None:
        """Mark the annotations of `rows` as they say, in place of what was there of them."""
        by_id: dict[AnnotationId, list[SpanRow]] = {}
        for row in rows:
            by_id.setdefault(row.annotation_id, []).append(row)
        changed: list[SpanRow] = []
        for annotation_id, new in by_id.items():
            if tuple(new) == self._page.index.rows_of(annotation_id):
                continue
            changed += [*self._page.remove(annotation_id), *new]
            for row in new:
                self._page.add(row)
        if changed:
            self._repaint_rows(changed)
            self.spans_changed.emit()

    def set_active(self, annotation_id: AnnotationId | None) -> None:
        """Show an annotation as the active one."""
        page = self._page
        if annotation_id == page.active:
            return
        before = page.active
        page.active = annotation_id
        for changed in (before, annotation_id):
            if changed is not None:
                self._repaint_rows(page.index.rows_of(changed))
        self.active_changed.emit(annotation_id)

    @property
    def active(self) -> AnnotationId | None:
        """The active annotation."""
        return self._page.active

    def set_hovered(self, annotation_id: AnnotationId | None) -> None:
        """Show an annotation as the one under the pointer."""
        before, self._page.hovered = self._page.hovered, annotation_id
        for changed in {before, annotation_id}:
            if changed is not None:
                self._repaint_rows(self._page.index.rows_of(changed))

    def _repaint_rows(self, rows: Iterable[SpanRow]) -> None:
        near = list(rows)
        if not near or not self.isVisible():
            return
        top = self.verticalScrollBar().value()
        dirty = self._page.area_of(near, top, top + self.viewport().height())
        if not dirty.isEmpty():
            self.viewport().update(dirty.translated(0, -top).toAlignedRect())

    # ----------------------------------------------------------------------------------------------- where one reads

    def reveal(self, span: TextSpan, *, flash: bool = True) -> None:
        """Bring a passage into view: its first line to a third of the height, unless it is in the middle 80 %."""
        bar = self.verticalScrollBar()
        line = self._page.line_box(span.start)
        height = self.viewport().height()
        y = line.top() - bar.value()
        if not 0.1 * height <= y <= 0.9 * height - line.height():
            target = round(line.top() - height / 3)
            self._scroller.scroll_to(target, animated=not self.reduced_motion and self.isVisible())
        if flash:
            self._flash.start(span, still=self.reduced_motion)

    def selected_span(self) -> TextSpan | None:
        """The selected passage, widened so that it cuts no visible character."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        span = self._page.whole(cursor.selectionStart(), cursor.selectionEnd())
        return span if span.start < span.end else None

    def select(self, span: TextSpan) -> None:
        """Select a passage and show it."""
        self._set_selection(span)
        self.reveal(span, flash=False)

    def caret_offset(self) -> int:
        """The place of the caret."""
        return self._page.offsets.to_text(self.textCursor().position())

    def set_caret(self, offset: int) -> None:
        """Move the caret, without a selection, and show it."""
        self._place_caret(offset)
        self.reveal(TextSpan(offset, offset), flash=False)

    def _start_offset(self) -> int:
        span = self.selected_span()
        return span.start if span is not None else self.caret_offset()

    def clear_selection(self) -> None:
        """Leave the caret at the beginning of what was selected; nothing scrolls."""
        self._place_caret(self._start_offset())

    def visible_span(self) -> TextSpan:
        """The passage on screen, in whole blocks."""
        blocks = self._shown()
        to_text = self._page.offsets.to_text
        last = blocks[-1]
        return TextSpan(to_text(blocks[0].position), to_text(last.position + last.block.length() - 1))

    def reading_position(self) -> int:
        """The offset at which the text on screen begins."""
        top = self.verticalScrollBar().value()
        return self._page.line_at(top + 12) if top > 0 else 0

    def restore_position(self, offset: int) -> None:
        """Let the text on screen begin at `offset`."""
        self._scroller.stop()
        self._page.look_near(offset)
        top = round(self._page.line_box(offset).top()) - 2 if offset > 0 else 0
        self.verticalScrollBar().setValue(top)

    def caret_box(self) -> QRectF:
        """The selection's first line, or the caret, in coordinates of this widget."""
        span = self.selected_span()
        offset = span.start if span is not None else self.caret_offset()
        return self._page.line_box(offset).translated(self._page_origin())

    def boxes_on_screen(self, span: TextSpan) -> list[QRectF]:
        """The boxes of a passage as far as they are near the screen, in coordinates of this widget."""
        origin = self._page_origin()
        return [box.translated(origin) for box in self._page.boxes(span, self._shown())]

    def _page_origin(self) -> QPointF:
        corner = self.viewport().pos()
        return QPointF(
            corner.x() - self.horizontalScrollBar().value(), corner.y() - self.verticalScrollBar().value()
        )

    def _shown(self, clip: QRectF | None = None) -> list[Shown]:
        top = self.verticalScrollBar().value()
        if clip is None:
            return self._page.shown(top, top + self.viewport().height())
        return self._page.shown(top + clip.top(), top + clip.bottom())

    # ---------------------------------------------------------------------------------------------------- appearance

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`; the text stays where it is."""
        self._theme = theme
        self._dress()
        if self._page.built.themed:
            scrolled = self.verticalScrollBar().value()
            self._rebuild()
            self.verticalScrollBar().setValue(scrolled)  # nothing but colours changed: not a pixel moves
        else:
            self._page.set_theme(theme)
        self.viewport().update()
        self.spans_changed.emit()

    def set_reading_size(self, size: int) -> None:
        """Set the text in `size` pixels."""
        if size != self._size:
            self._size = size
            self._rebuild()

    def set_measure(self, measure: int) -> None:
        """Set the column to `measure` pixels, or what fits."""
        self._measure = measure
        self._fit()

    def _dress(self) -> None:
        color = self._theme.css
        self.setPalette(self._theme.palette())
        # Only a rule of its own keeps the frame of editable fields away from the text.
        self.setStyleSheet(
            f"QTextBrowser#reader {{ background: {color('reader')}; color: {color('text')}; border: none;"
            f" border-radius: 0; padding: 0; selection-background-color: {color('selection')};"
            f" selection-color: {color('text')}; }}"
        )

    def _fit(self) -> None:
        """Fit the column into the width there is; keeps the place in the text when lines break anew."""
        layout = layout_for(self.width(), self._measure, self._theme)
        left = max(0, min((self.width() - layout.measure) // 2 - layout.gutter, self.width() - layout.width))
        self.setViewportMargins(left, 0, max(0, self.width() - left - layout.width), 0)
        if layout == self._layout:
            return
        self._layout = layout
        self._rebuild()

    # ---------------------------------------------------------------------------------------------------------- caret

    def _place_caret(self, offset: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(self._page.offsets.to_qt(offset))
        self._set_cursor_in_place(cursor)

    def _set_selection(self, span: TextSpan) -> None:
        to_qt = self._page.offsets.to_qt
        cursor = self.textCursor()
        cursor.setPosition(to_qt(span.start))
        cursor.setPosition(to_qt(span.end), QTextCursor.MoveMode.KeepAnchor)
        self._own_selection = span
        self._set_cursor_in_place(cursor)

    def _set_cursor_in_place(self, cursor: QTextCursor) -> None:
        """Set the cursor without Qt's own jump to it."""
        value = self.verticalScrollBar().value()
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(value)

    def _mark_caret(self) -> None:
        """Move the mark beside the current paragraph."""
        block = self.textCursor().blockNumber()
        if block != self._caret_block:
            self._caret_block = block
            left = self._layout.gutter + self._layout.measure
            self.viewport().update(left, 0, self._layout.right, self.viewport().height())

    # ---------------------------------------------------------------------------------------------------- Qt overrides

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Nothing is ever loaded: an empty image for everything, because Qt goes on searching after None."""
        return QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the canonical characters; Qt's own text has other spaces and line ends."""
        data = QMimeData()
        span = self.selected_span()
        if span is not None:
            data.setText(self._page.source.text[span.start : span.end])
        return data

    def paintEvent(self, event: QPaintEvent) -> None:
        clip = QRectF(event.rect())
        shift = QPointF(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        blocks = self._shown(clip)
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.color("reader"))
        self._page.paint_under(painter, blocks, shift)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._page.paint_over(painter, blocks, shift, self.devicePixelRatioF())
        self._paint_here(painter, blocks, shift)
        painter.end()
        self._idle.start()

    def _look_ahead(self) -> None:
        """Get the next and the previous page ready, a few milliseconds at a time."""
        if not len(self._page.index):
            return
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        until = perf_counter() + _IDLE_SLICE
        while self._page.get_ready_near(top, top + 2 * height) or self._page.get_ready_near(
            top - height, top
        ):
            if perf_counter() > until:
                self._idle.start()
                return

    def _paint_here(self, painter: QPainter, blocks: list[Shown], shift: QPointF) -> None:
        """The mark beside the current paragraph, and the flash of a passage that was just revealed."""
        left = self._layout.gutter + self._layout.measure + _MARK_AT
        painter.setPen(Qt.PenStyle.NoPen)
        for shown in blocks:
            if shown.block.blockNumber() == self._caret_block and shown.block.length() > 1:
                area = shown.area.translated(shift)
                painter.setBrush(self._theme.color("accent"))
                painter.drawRoundedRect(
                    QRectF(left, area.top() + 4, _MARK_WIDTH, area.height() - 4), 1.5, 1.5
                )
        if self._flash.span is not None:
            color = self._theme.color("accent")
            color.setAlphaF(self._flash.strength)
            painter.setPen(color)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for box in self._page.boxes(self._flash.span, blocks):
                painter.drawRoundedRect(box.translated(shift).adjusted(-1.5, -0.5, 1.5, 1.5), 2, 2)

    def changeEvent(self, event: QEvent) -> None:
        # QTextEdit would give the document the interface's font.
        if event.type() not in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
