"""The reading surface: one article and how it looks. Where one is in it is in `place`, its marks are in `marked`, what
the pointer does in `pointer`, what keys do in `view`."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotator.ui.reader.code_colours import colour_code
from annotator.ui.reader.document import Layout, ReaderDocument, build_document
from annotator.ui.reader.layers import (
    CaretMark,
    FlashOutline,
    Frame,
    Grounds,
    Gutter,
    Layer,
    Marks,
    Ornaments,
)
from annotator.ui.reader.page import Page
from annotator.ui.reader.place import PlacedText
from annotator.ui.reader.styles import ReadingType
from annotator.ui.theme import Theme, ThemeManager

RIGHT = 22  # room right of the column, for the mark beside the current paragraph
_MEASURE_LEAST = 240
_LONG = 50_000  # characters of a text whose lines take longer to break than a frame lasts
_REST_MS = 60
_IDLE_SLICE = 0.004  # seconds of looking ahead before anything else that waits comes first


def layout_for(width: int, measure: int, theme: Theme) -> Layout:
    """Gutter and column in a view of `width` pixels: the column gives way first, then the gutter."""
    gutter = theme.metric("gutter")
    room = width - gutter - RIGHT
    if room < min(measure, theme.metric("measureMin")):
        gutter = theme.metric("gutterNarrow")
        room = width - gutter - RIGHT
    return Layout(gutter, max(_MEASURE_LEAST, min(measure, room)), RIGHT)


class ReaderSurface(PlacedText):
    """Shows an article read-only, with marked passages. Offsets and passages are those of the canonical text."""

    article_shown = Signal()
    spans_changed = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader")
        self.setAccessibleName(self.tr("Article text"))
        self._theme = themes.theme
        self._type = ReadingType()
        self._measure = self._theme.metric("measureDefault")
        self._layout = Layout(self._theme.metric("gutter"), self._measure, RIGHT)
        self._set_up()
        self._dress()
        self._caret_mark = CaretMark()
        self._layers: list[Layer] = [
            *(Grounds(), Marks(), Ornaments(), Gutter(), self._caret_mark, FlashOutline(self._flash))
        ]
        # What comes on screen with the next page is got ready while nothing else happens.
        self._idle = QTimer(self, singleShot=True, interval=0)
        self._idle.timeout.connect(self._look_ahead)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.fit)
        self._page = self._make_page(ReaderDocument(""))
        self._install(self._page)
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

    def add_layer(self, layer: Layer) -> None:
        """Paint one more layer, above those there are; it asks `viewport().update()` for what has to change."""
        self._layers.append(layer)
        self.viewport().update()

    def show_article(self, doc: ReaderDocument) -> None:
        """Show an article from its beginning, without marks."""
        self._scroller.stop()
        self._anchor = None
        self._install(self._make_page(doc))
        self.verticalScrollBar().setValue(0)
        self.spans_changed.emit()

    def _make_page(self, doc: ReaderDocument) -> Page:
        built = build_document(doc, self._theme, self._type, self._layout)
        return Page(doc, built, self._layout, self._theme, self._type)

    def _install(self, page: Page) -> None:
        """Put a page on screen."""
        before, self._page = self._page, page
        page.source.pictures.on_loaded = self.viewport().update
        self._caret_mark.block = 0
        self._quiet = True
        if self.lineWrapColumnOrWidth() != page.layout.width:
            self.setLineWrapColumnOrWidth(page.layout.width)
        self.setDocument(page.document)
        del before  # the widget worked with its document until now
        self._quiet = False
        self.article_shown.emit()

    def _rebuild(self) -> None:
        """Lay the same article out anew, with caret, selection and reading position as they were."""
        anchor, caret, span = self._anchor_now(), self.caret_offset(), self.selected_span()
        page = self._make_page(self._page.source)
        page.take_over(self._page)
        self._placing = True
        self._install(page)
        self._quiet = True
        if span is not None:
            self._set_selection(span)
        else:
            self._place_caret(caret)
        self._quiet = False
        self._placing = False
        self._scroll_to_anchor(anchor)
        self.viewport().update()

    def _mark_caret(self) -> None:
        """Move the mark beside the current paragraph."""
        block = self.textCursor().blockNumber()
        if block != self._caret_mark.block:
            self._caret_mark.block = block
            left = self._layout.gutter + self._layout.measure
            self.viewport().update(left, 0, self._layout.right, self.viewport().height())

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
        self.set_type(self._type._replace(size=size))

    def set_type(self, type_: ReadingType) -> None:
        """Set the text in another face, size or line height; the place on screen stays."""
        if type_ != self._type:
            self._type = type_
            self._rebuild()

    def set_measure(self, measure: int) -> None:
        """Set the column to `measure` pixels, or what fits."""
        self._measure = measure
        self.fit()

    def _dress(self) -> None:
        color = self._theme.css
        self.setPalette(self._theme.palette())
        # Only a rule of its own keeps the frame of editable fields away from the text.
        self.setStyleSheet(
            f"QTextBrowser#{self.objectName()} {{ background: {color('reader')}; color: {color('text')}; border: none;"
            f" border-radius: 0; padding: 0; selection-background-color: {color(self._selection_role())};"
            f" selection-color: {color('text')}; }}"
        )

    def _selection_role(self) -> str:
        return "selection"

    def _layout_for(self, width: int) -> Layout:
        return layout_for(width, self._measure, self._theme)

    def fit(self) -> None:
        """Fit the column into the width there is; keeps the place in the text when lines break anew."""
        self._rest.stop()
        self._fit_in(self._layout_for(self.width()))

    def _fit_soon(self) -> None:
        """The same, but the lines of a long text wait until the width rests: while somebody drags an edge, each step
        would break all of them anew."""
        wanted = self._layout_for(self.width())
        if wanted == self._layout or not self.isVisible() or len(self._page.source.text) < _LONG:
            self.fit()
        else:
            self._fit_in(self._layout)
            self._rest.start()

    def _fit_in(self, layout: Layout) -> None:
        left = max(0, min((self.width() - layout.measure) // 2 - layout.gutter, self.width() - layout.width))
        self.setViewportMargins(left, 0, max(0, self.width() - left - layout.width), 0)
        if layout == self._layout:
            return
        self._layout = layout
        self._rebuild()

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
        frame = self._frame(QRectF(event.rect()))
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.color("reader"))
        for layer in self._layers:
            layer.paint_under(painter, frame)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for layer in self._layers:
            layer.paint_over(painter, frame)
        painter.end()
        self._idle.start()

    def _frame(self, clip: QRectF) -> Frame:
        shift = QPointF(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        dpr = self.devicePixelRatioF()
        self._page.set_resolution(dpr)
        return Frame(self._page, self._shown(clip), shift, self._page.column.translated(shift), dpr)

    def _look_ahead(self) -> None:
        """Colour the code on screen and get the next and the previous page ready, a few milliseconds at a time."""
        page = self._page
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        until = perf_counter() + _IDLE_SLICE
        pages = ((top, top + 2 * height), (top - height, top))
        if not all(colour_code(page, *heights, until) for heights in pages):
            self._idle.start()
            return
        if not len(page.index):
            return
        while any(page.get_ready_near(*heights) for heights in pages):
            if perf_counter() > until:
                self._idle.start()
                return

    def changeEvent(self, event: QEvent) -> None:
        # QTextEdit would give the document the interface's font.
        if event.type() not in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._anchor_now()  # before Qt moves anything
        self._placing = True
        super().resizeEvent(event)
        self._placing = False
        self._fit_soon()
