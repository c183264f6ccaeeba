"""How the cells of the claims table are drawn."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from annotator.ui import icons
from annotator.ui.claims.model import ARTICLE, CLAIM, CONFIDENCE, VERDICT, counts_of
from annotator.ui.claims.values import ClaimRow
from annotator.ui.panel import drawing, words
from annotator.ui.sources.row_model import ROW_ROLE, Index
from annotator.ui.sources.row_table import RowDelegate
from annotator.ui.theme import Theme

_BAR, _BAR_HEIGHT = 4, 22
_NUMBER_LEFT, _NUMBER, _TEXT_LEFT = 14, 24, 42
_METER, _METER_GAP = 44, 6


class ClaimCells(RowDelegate):
    """Tag bar, number and statement; the verdict with icon and colour; confidence as bar and number; counts."""

    def _draw_claim(
        self, painter: QPainter, theme: Theme, room: QRect, row: ClaimRow, *, active: bool
    ) -> None:
        direction = self.view.layoutDirection()

        def place(left: int, width: int, height: int) -> QRect:
            box = QRect(room.left() + left, room.top() + (room.height() - height) // 2, width, height)
            return drawing.mirrored(direction, room, box)

        ink = theme.tag(row.tags[0].colour).line if row.tags else theme.color("borderStrong")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(QRectF(place(0, _BAR, _BAR_HEIGHT)), 2, 2)
        number = place(_NUMBER_LEFT, _NUMBER, room.height())
        strong = QFont.Weight.DemiBold
        role = "accent" if active else "textSecondary"
        self.draw_text(painter, theme, number, str(row.view.number), role=role, weight=strong)
        text = place(_TEXT_LEFT, room.width() - _TEXT_LEFT, room.height())
        weight = QFont.Weight.Medium if active else QFont.Weight.Normal
        self.draw_text(painter, theme, text, row.view.claim.statement, role="text", weight=weight)

    def _draw_verdict(self, painter: QPainter, theme: Theme, room: QRect, row: ClaimRow) -> None:
        style = theme.verdict(row.view.claim.verdict)
        word = words.verdict_word(row.view.claim.verdict)
        font = theme.font("ui")
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        direction = self.view.layoutDirection()
        mark = QRect(room.left(), room.center().y() - 6, 14, 14)
        picture = icons.pixmap(style.icon, style.color, 14, self.ratio())
        painter.drawPixmap(drawing.mirrored(direction, room, mark).topLeft(), picture)
        painter.setPen(style.color)
        box = drawing.mirrored(direction, room, room.adjusted(20, 0, 0, 0))
        shown = QFontMetrics(font).elidedText(word, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, shown)

    def _draw_confidence(
        self, painter: QPainter, theme: Theme, room: QRect, index: Index, value: int | None
    ) -> None:
        if value is None:
            self.draw_text(painter, theme, room, str(index.data()), role="textMuted")
            return
        direction = self.view.layoutDirection()
        meter = QRect(room.left(), room.center().y() - 1, _METER, 4)
        drawing.draw_meter(
            painter,
            drawing.mirrored(direction, room, meter),
            value / 100,
            theme.color("border"),
            theme.color("textSecondary"),
            mirror=direction == Qt.LayoutDirection.RightToLeft,
        )
        text = drawing.mirrored(direction, room, room.adjusted(_METER + _METER_GAP, 0, 0, 0))
        self.draw_text(painter, theme, text, str(index.data()), role="text")

    def draw_cell(self, painter: QPainter, theme: Theme, room: QRect, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, ClaimRow):
            return
        match index.column():
            case column if column == CLAIM:
                self._draw_claim(painter, theme, room, row, active=self.is_active(index))
            case column if column == ARTICLE:
                super().draw_cell(painter, theme, room, index)
            case column if column == VERDICT:
                self._draw_verdict(painter, theme, room, row)
            case column if column == CONFIDENCE:
                self._draw_confidence(painter, theme, room, index, row.view.claim.confidence)
            case _:
                counts = counts_of(row)
                wide = drawing.counts_width(theme, counts)
                box = QRect(room.left(), room.center().y() - 7, wide, 16)
                at = drawing.mirrored(self.view.layoutDirection(), room, box).topLeft()
                drawing.draw_counts(painter, theme, QPoint(at), counts, self.ratio())
