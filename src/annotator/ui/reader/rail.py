"""The rail beside the text: the whole article in 18 pixels, with a tick for each passage. It is the scroll bar."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.domain.ids import AnnotationId
from annotator.domain.views import SpanRow
from annotator.ui.reader.painting import is_bare_note
from annotator.ui.reader.view import ReaderView
from annotator.ui.theme import Theme, ThemeManager

MERGE = 3  # pixels; nearer ticks become one
_TICK = QRectF(4, -2, 9, 4)
_ACTIVE_TICK = QRectF(1, -3, 15, 6)
_EDGE = 4  # pixels kept free above and below


class PositionRail(QWidget):
    """Shows where in the article the view and the passages are. A click jumps, dragging scrolls."""

    def __init__(self, reader: ReaderView, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("position_rail")
        self.setAccessibleName(self.tr("Position in article"))
        self.setFixedWidth(themes.theme.metric("rail"))
        self.setMouseTracking(True)
        self._reader = reader
        self._theme = themes.theme
        self._ticks: QPixmap | None = None
        self._grabbed: float | None = None
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
        reader.annotation_hovered.connect(self.update)
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

    def _refresh(self) -> None:
        self._ticks = None
        self.update()

    def _make_ticks(self) -> QPixmap:
        """All ticks, painted once for this height. Later passages give way to earlier ones that are too near."""
        dpr = self.devicePixelRatioF()
        pixmap = QPixmap(round(self.width() * dpr), max(1, round(self.height() * dpr)))
        pixmap.setDevicePixelRatio(dpr)
        pixmap.fill(Qt.GlobalColor.transparent)
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

    def _view_box(self) -> QRectF:
        bar = self._reader.verticalScrollBar()
        whole = bar.maximum() + bar.pageStep()
        top, bottom = self._place(bar.value() / whole), self._place((bar.value() + bar.pageStep()) / whole)
        return QRectF(2.5, top, self.width() - 4, max(12.0, bottom - top))

    def _scroll_to(self, y: float) -> None:
        """Put the middle of the view at a height of the rail."""
        bar = self._reader.verticalScrollBar()
        fraction = (y - _EDGE) / max(1, self.height() - 2 * _EDGE)
        bar.setValue(round(fraction * (bar.maximum() + bar.pageStep()) - bar.pageStep() / 2))

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

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._grabbed = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._reader.verticalScrollBar().event(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tip(event)
            return True
        return super().event(event)

    def _show_tip(self, event: QHelpEvent) -> None:
        """The number and the first words of the passage under the pointer."""
        page = self._reader.page
        fraction = (event.pos().y() - _EDGE) / max(1, self.height() - 2 * _EDGE)
        row = page.nearest(fraction, 4 / max(1, self.height()))
        if row is None:
            QToolTip.hideText()
            return
        number = page.numbers.get(row.claim_id) if row.claim_id is not None else None
        words = " ".join(page.source.text[row.start : min(row.end, row.start + 80)].split())
        # A tool tip takes what looks like markup for markup.
        QToolTip.showText(event.globalPos(), html.escape(f"{number}  {words}" if number else words), self)
