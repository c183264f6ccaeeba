"""What find marks in the text: all places where the words stand, and the one that is shown."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from annotator.domain.finding import Places
from annotator.domain.selectors import TextSpan
from annotator.ui.reader.geometry import Box
from annotator.ui.reader.layers import Frame, Layer
from annotator.ui.reader.page import Page, Shown
from annotator.ui.reader.surface import ReaderSurface

_TICK = 3  # pixels of the rail that a tick is high
_KEPT = 200  # blocks whose boxes are known


class Hits(Layer):
    """Marks places below the text. Only those on screen are ever looked at, however many there are."""

    def __init__(self, view: ReaderSurface) -> None:
        self._view = view
        self._places = Places()
        self._many = 0  # of them, when they were last shown: a search that goes on adds some
        self._known: dict[int, list[tuple[TextSpan, list[Box]]]] = {}  # by the Qt position of their block
        self.current: TextSpan | None = None
        view.add_layer(self)
        view.article_shown.connect(self._on_laid_out)

    def __len__(self) -> int:
        return len(self._places)

    def show(self, places: Places, current: TextSpan | None) -> None:
        """Mark these places, and one of them as the one that is shown."""
        if places is not self._places or len(places) != self._many:
            self._known.clear()
        self._places, self._many = places, len(places)
        self.current = current
        self._colour_words()
        self._view.viewport().update()

    def clear(self) -> None:
        """Mark nothing."""
        if self._places or self.current is not None:
            self.show(Places(), None)

    def starts(self, length: int, steps: int) -> Iterator[int]:
        """Where the first place begins in each of `steps` parts of the text's `length` that has any, in order."""
        starts, at = self._places.starts, 0
        while at < len(starts):
            yield starts[at]
            at = bisect_left(starts, starts[at] + max(1, length // steps), lo=at + 1)

    def paint_under(self, painter: QPainter, frame: Frame) -> None:
        """See `Layer`."""
        if not self._places:
            return
        theme = frame.page.theme
        usual, shown_now = theme.color("find"), theme.color("findCurrent")
        for shown in frame.blocks:
            x, y = round(shown.area.left() + frame.shift.x()), round(shown.area.top() + frame.shift.y())
            for span, boxes in self._boxes_in(frame.page, shown):
                for box in boxes:
                    left, top, right, bottom = box.edges
                    color = shown_now if span == self.current else usual
                    painter.fillRect(x + left, y + top, max(1, right - left), bottom - top, color)

    def paint_over(self, painter: QPainter, frame: Frame) -> None:
        """See `Layer`."""
        if self.current is None:
            return
        painter.setPen(frame.page.theme.color("text"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in frame.page.boxes(self.current, frame.blocks):
            x, y = round(box.left() + frame.shift.x()), round(box.top() + frame.shift.y())
            painter.drawRect(QRectF(x - 0.5, y - 0.5, round(box.width()) + 1, round(box.height()) + 1))

    def paint_ticks(self, painter: QPainter, page: Page, width: int, height: int, margin: int) -> None:
        """Paint a short line on the rail for each part of the text with places."""
        color = page.theme.color("findCurrent")
        room = max(1, height - 2 * margin)
        for start in self.starts(len(page.source.text), max(1, room // _TICK)):
            y = margin + round(page.fraction(start) * room)
            painter.fillRect(width - 5, y - 1, 4, _TICK - 1, color)

    def paint_current_tick(self, painter: QPainter, page: Page, width: int, height: int, margin: int) -> None:
        """Paint a line over all of the rail's width for the place that is shown."""
        if self.current is not None:
            y = margin + round(page.fraction(self.current.start) * max(1, height - 2 * margin))
            painter.fillRect(1, y - 2, width - 1, 4, page.theme.color("text"))
            painter.fillRect(2, y - 1, width - 3, 2, page.theme.color("findCurrent"))

    def _boxes_in(self, page: Page, shown: Shown) -> list[tuple[TextSpan, list[Box]]]:
        known = self._known.get(shown.position)
        if known is None:
            to_text = page.offsets.to_text
            start, end = to_text(shown.position), to_text(shown.position + shown.block.length() - 1)
            spans = self._places.between(start, end)
            known = list(zip(spans, page.places(shown, spans), strict=True))
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[shown.position] = known
        return known

    def _on_laid_out(self) -> None:
        self._known.clear()
        self._colour_words()

    def _colour_words(self) -> None:
        """Set the words of the current place in a colour that is legible on its ground."""
        page = self._view.page
        ink, usual = page.theme.color("onFindCurrent"), page.theme.color("text")
        if self.current is None or ink == usual or self.current.end > len(page.source.text):
            if self._view.extraSelections():
                self._view.setExtraSelections([])
            return
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(page.document)
        cursor.setPosition(page.offsets.to_qt(self.current.start))
        cursor.setPosition(page.offsets.to_qt(self.current.end), QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        form.setForeground(ink)
        selection.cursor, selection.format = cursor, form  # type: ignore[attr-defined]
        self._view.setExtraSelections([selection])
