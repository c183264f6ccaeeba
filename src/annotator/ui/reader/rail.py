"""The rail beside the text: the whole article in 18 pixels, with a tick for each passage. It is the scroll bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from annotator.domain.ids import AnnotationId
from annotator.domain.views import SpanRow
from annotator.ui.reader.hits import Hits
from annotator.ui.reader.painting import is_bare_note
from annotator.ui.reader.view import ReaderView
from annotator.ui.theme import Theme, ThemeManager

MERGE = 3  # pixels; nearer ticks become one
_TICK = QRectF(4, -2, 9, 4)
_ACTIVE_TICK = QRectF(1, -3, 15, 6)
_EDGE = 4  # pixels kept free above and below
_REACH = 4  # pixels from a tick at which the pointer is on it


class PositionRail(QWidget):
    """Shows where in the article the view and the passages are. A click jumps, dragging scrolls."""

    tick_hovered = Signal(object)  # the annotation whose tick is under the pointer, or None

    def __init__(self, reader: ReaderView, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("position_rail")
        self.setAccessibleName(self.tr("Position in article"))
        self.setFixedWidth(themes.theme.metric("rail"))
        self.setMouseTracking(True)
        self._reader = reader
        self._theme = themes.theme
        self._ticks: QPixmap | None = None
        self.hits: Hits | None = None  # what find marks here
        self._hit_ticks: QPixmap | None = None
        self._grabbed: float | None = None
        self._hovered: AnnotationId | None = None
        # Passages are placed once things are quiet: never while painting, never once per change.
        self._late = QTimer(self, singleShot=True, interval=120)
        self._late.timeout.connect(self._refresh)
        bar = reader.verticalScrollBar()
        bar.valueChanged.connect(self.update)
        # Each slice that Qt lays out of a long text changes the range: the timer runs out when all of it is done.
        self._settling = QTimer(self, singleShot=True, interval=150)
        self._settling.timeout.connect(self._measure)
        bar.rangeChanged.connect(self._measure_later)
        reader.article_shown.connect(self._measure_later)
        reader.spans_changed.connect(self._place_later)
        reader.active_changed.connect(self.update)
        reader.hovered_changed.connect(self.update)
        themes.theme_changed.connect(self._on_theme_changed)

    def tick_at(self, offset: int) -> float:
        """The height of an offset on the rail."""
        return self._place(self._reader.page.fraction(offset))

    def _place(self, fraction: float) -> float:
        return _EDGE + fraction * max(1, self.height() - 2 * _EDGE)

    def _on_theme_changed(self, theme: Theme) -> None:
        self._theme = theme
        self._refresh()

    def _place_later(self) -> None:
        self._late.start()

    def _measure_later(self) -> None:
        self._settling.start()

    def _measure(self) -> None:
        self._reader.page.measure()
        self._refresh()

    def update_hits(self) -> None:
        """Show what find marks now."""
        self._hit_ticks = None
        self.update()

    def _paint_hits(self, painter: QPainter, hits: Hits) -> None:
        size = (self.width(), self.height(), _EDGE)
        if len(hits) and self._hit_ticks is None:
            self._hit_ticks = self._empty_ticks()
            ticks = QPainter(self._hit_ticks)
            hits.paint_ticks(ticks, self._reader.page, *size)
            ticks.end()
        if self._hit_ticks is not None:
            painter.drawPixmap(QPointF(0, 0), self._hit_ticks)
        hits.paint_current_tick(painter, self._reader.page, *size)

    def _empty_ticks(self) -> QPixmap:
        dpr = self.devicePixelRatioF()
        pixmap = QPixmap(round(self.width() * dpr), max(1, round(self.height() * dpr)))
        pixmap.setDevicePixelRatio(dpr)
        pixmap.fill(Qt.GlobalColor.transparent)
        return pixmap

    def _refresh(self) -> None:
        self._ticks = self._hit_ticks = None
        self.update()
        told = self.tr("Marked passages: {count}").format(count=len(self._reader.page.index))
        if told != self.accessibleDescription():
            self.setAccessibleDescription(told)

    def _make_ticks(self) -> QPixmap:
        """All ticks, painted once for this height. Later passages give way to earlier ones that are too near."""
        pixmap = self._empty_ticks()
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        last = -1e9
        page = self._reader.page
        for fraction, row in page.ticks(max(1, self.height())):
            y = round(self._place(fraction))
            if y - last < MERGE:
                continue
            last = y
            painter.setBrush(self._color_of(row))
            painter.drawRoundedRect(_TICK.translated(0, y), 1, 1)
        painter.end()
        return pixmap

    def _color_of(self, row: SpanRow) -> QColor:
        return (
            self._theme.color("borderStrong") if is_bare_note(row) else self._reader.page.styles.of(row).line
        )

    def tick_rect(self, annotation_id: AnnotationId) -> QRect:
        """The tick of an annotation."""
        rows = self._reader.page.index.rows_of(annotation_id)
        y = round(self.tick_at(rows[0].start)) if rows else 0
        return _TICK.translated(0, y).toAlignedRect()

    def _row_at(self, y: float) -> SpanRow | None:
        height = max(1, self.height())
        fraction = (y - _EDGE) / max(1, height - 2 * _EDGE)
        return self._reader.page.nearest(fraction, _REACH / height)

    def _hover(self, row: SpanRow | None) -> None:
        """Show the passage under the pointer, in the text too."""
        annotation_id = row.annotation_id if row is not None else None
        if annotation_id != self._hovered:
            self._hovered = annotation_id
            self._reader.set_hovered(annotation_id)
            self.tick_hovered.emit(annotation_id)

    def _view_box(self) -> QRectF:
        bar = self._reader.verticalScrollBar()
        whole = bar.maximum() + bar.pageStep()
        top, bottom = self._place(bar.value() / whole), self._place((bar.value() + bar.pageStep()) / whole)
        return QRectF(2.5, top, self.width() - 4, max(12.0, bottom - top))

    def _scroll_to(self, y: float) -> None:
        """Put the middle of the view at a height of the rail."""
        bar = self._reader.verticalScrollBar()
        fraction = (y - _EDGE) / max(1, self.height() - 2 * _EDGE)
        self._reader.scroll_to(round(fraction * (bar.maximum() + bar.pageStep()) - bar.pageStep() / 2))

    # ---------------------------------------------------------------------------------------------------- Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self._theme.metric("rail"), 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refresh()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._ticks is None:
            self._ticks = self._make_ticks()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.fillRect(QRectF(0, 0, 1, self.height()), self._theme.color("border"))
        if self._reader.verticalScrollBar().maximum() > 0:
            painter.setPen(QPen(self._theme.color("borderStrong"), 1))
            painter.setBrush(self._theme.color("hover"))
            painter.drawRoundedRect(self._view_box(), 4, 4)
        painter.drawPixmap(QPointF(0, 0), self._ticks)
        if self.hits is not None:
            self._paint_hits(painter, self.hits)
        self._paint_one(painter, self._reader.page.hovered, outlined=False)
        self._paint_one(painter, self._reader.page.active, outlined=True)
        painter.end()

    def _paint_one(self, painter: QPainter, annotation_id: AnnotationId | None, *, outlined: bool) -> None:
        rows = self._reader.page.index.rows_of(annotation_id) if annotation_id is not None else ()
        if not rows:
            return
        box = _ACTIVE_TICK.translated(0, round(self.tick_at(rows[0].start)))
        painter.setBrush(self._color_of(rows[0]))
        painter.setPen(QPen(self._theme.color("text"), 1.5) if outlined else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box.adjusted(0.75, 0, -0.75, 0) if outlined else box, 1, 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        box, y = self._view_box(), event.position().y()
        if not box.top() <= y <= box.bottom():
            self._scroll_to(y)
            box = self._view_box()
        self._grabbed = y - box.center().y()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is not None:
            self._scroll_to(event.position().y() - self._grabbed)
        else:
            self._hover(self._row_at(event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._grabbed = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._reader.event(event)
