"""How the cells of the sources table are drawn."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QPainter

from annotator.ui.dialogs.source_list import source_icon
from annotator.ui.icons import pixmap
from annotator.ui.panel.drawing import mirrored
from annotator.ui.sources.model import TITLE, USED
from annotator.ui.sources.row_model import ROW_ROLE, Index
from annotator.ui.sources.row_table import RowDelegate
from annotator.ui.sources.values import SourceRow
from annotator.ui.theme import Theme

_ICON, _ICON_GAP = 16, 8


class SourceCells(RowDelegate):
    """The title with the icon of its type; "unused" in a lighter grey."""

    def draw_cell(self, painter: QPainter, theme: Theme, room: QRect, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, SourceRow):
            return
        if index.column() == USED and not row.used:
            self.draw_text(painter, theme, room, str(index.data()), role="textMuted")
            return
        if index.column() != TITLE:
            super().draw_cell(painter, theme, room, index)
            return
        direction = self.view.layoutDirection()
        mark = QRect(room.left(), room.top() + (room.height() - _ICON) // 2, _ICON, _ICON)
        picture = pixmap(source_icon(row.source.csl_type), theme.color("textSecondary"), _ICON, self.ratio())
        painter.drawPixmap(mirrored(direction, room, mark).topLeft(), picture)
        text = mirrored(direction, room, room.adjusted(_ICON + _ICON_GAP, 0, 0, 0))
        self.draw_text(painter, theme, text, row.source.title, role="text", weight=QFont.Weight.Medium)
