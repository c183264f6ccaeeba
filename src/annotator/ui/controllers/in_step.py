"""Text and panel in step: what is read, what a filter shows and what the pointer is over are the same in both.

Which claim is active is the matter of `reading`. An act on one side never moves that side in answer, only the other.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QTimer

from annotator.domain.ids import AnnotationId, ClaimId
from annotator.domain.selectors import TextSpan
from annotator.domain.views import ClaimView
from annotator.ui.controllers.reading import ReadingController
from annotator.ui.panel import words
from annotator.ui.panel.side_panel import SidePanel
from annotator.ui.reader.hover_card import AFTER_MS, CardLine, HoverCard
from annotator.ui.reader.off_screen import OffScreenCounts
from annotator.ui.reader.pane import ReaderPane
from annotator.ui.theme import ThemeManager

_FOLLOW_MS = 40  # the list follows a text in motion this often
_MOST_SOURCES = 3


class InStep(QObject):
    """Lets the list follow the text and the text the filter, and each show what the pointer is over in the other."""

    def __init__(
        self, reading: ReadingController, reader: ReaderPane, panel: SidePanel, themes: ThemeManager
    ) -> None:
        super().__init__(reader)
        self._reading, self._reader, self._view, self._panel = reading, reader, reader.view, panel
        self._themes = themes
        self._chips: OffScreenCounts | None = None
        self._card: HoverCard | None = None
        self._follow = QTimer(self, singleShot=True, interval=_FOLLOW_MS)
        self._follow.timeout.connect(self._follow_text)
        self._rest = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._rest.timeout.connect(self._show_card)
        self._view.scrolled.connect(self._follow_later)
        panel.filter_changed.connect(self._on_filter_changed)
        panel.claim_hovered.connect(self._on_card_hovered)
        for hovered in (self._view.annotation_hovered, reader.rail.tick_hovered):
            hovered.connect(self._on_mark_hovered)
        for over in (self._view.position_changed, self._view.escape_pressed, self._view.active_changed):
            over.connect(self._end_card)

    # The list follows ----------------------------------------------------------------------------------------

    def _follow_later(self) -> None:
        if not self._follow.isActive():
            self._follow.start()

    def _follow_text(self) -> None:
        """Let the list begin with the topmost claim on screen; it doesn't become active."""
        row = self._view.topmost_claim()
        if row is not None and row.claim_id is not None:
            self._panel.follow(row.claim_id)

    # The filter ----------------------------------------------------------------------------------------------

    def _on_filter_changed(self, hidden: frozenset[ClaimId]) -> None:
        if self._chips is None:
            self._chips = OffScreenCounts(self._view, self._themes)
        self._view.hide_claims(hidden)

    # The pointer ---------------------------------------------------------------------------------------------

    def _on_card_hovered(self, claim_id: str) -> None:
        view = self._reading.claim_view(claim_id)
        self._view.set_hovered(view.mention.id if view is not None else None)

    def _on_mark_hovered(self, annotation_id: AnnotationId | None) -> None:
        self._end_card()
        if annotation_id is not None:
            self._rest.start()

    def _end_card(self) -> None:
        self._rest.stop()
        if self._card is not None:
            self._card.hide()

    def _show_card(self) -> None:
        annotation_id = self._view.page.hovered
        if annotation_id is None:
            return
        title, lines = self._told_of(annotation_id)
        place = self._place_of(annotation_id)
        if not title or place is None:
            return
        if self._card is None:
            self._card = HoverCard(self._themes, self._reader)
        self._card.show_beside(place, title, lines)

    def _place_of(self, annotation_id: AnnotationId) -> QRect | None:
        """Where on the reader the tick or the mark is that the pointer rests on."""
        if self._reader.rail.underMouse():
            return self._reader.rail.tick_rect(annotation_id).translated(self._reader.rail.pos())
        shown = QRect(self._view.rect())
        place = QRect()
        for row in self._view.page.index.rows_of(annotation_id):
            for box in self._view.boxes_on_screen(TextSpan(row.start, row.end)):
                place |= box.toAlignedRect().intersected(shown)
        return place.translated(self._view.pos()) if not place.isEmpty() else None

    def _told_of(self, annotation_id: AnnotationId) -> tuple[str, list[CardLine]]:
        """The title and the lines of a card about a mark."""
        row = next(iter(self._view.page.index.rows_of(annotation_id)), None)
        view = self._reading.claim_view(row.claim_id) if row is not None else None
        if view is not None:
            return self.tr("Claim {number}").format(number=view.number), self._lines_of_claim(view)
        mark = self._reading.mark(annotation_id)
        if mark is None:
            return "", []
        lines = [CardLine(words.shortened(words.quote_of(mark)), tone="secondary")]
        if mark.note:
            lines.append(CardLine(words.shortened(mark.note), "sticky-note"))
        return self.tr("Note") if mark.note else self.tr("Highlight"), lines

    def _lines_of_claim(self, view: ClaimView) -> list[CardLine]:
        work, theme = self._reading.work, self._themes.theme
        style = theme.verdict(view.claim.verdict)
        told = words.verdict_word(view.claim.verdict, work.scale) if work is not None else style.short
        if view.claim.confidence is not None:
            told = f"{told} · {words.percent(view.claim.confidence)}"
        lines = [CardLine(words.shortened(view.claim.statement)), CardLine(told, style.icon, style.color)]
        for item in view.evidence[:_MOST_SOURCES]:
            stance = theme.stance(item.evidence.stance)
            lines.append(CardLine(f"{stance.label}: {item.source.title}", stance.icon, stance.color))
        more = len(view.evidence) - _MOST_SOURCES
        if more > 0:
            lines.append(CardLine(self.tr("and {count} more").format(count=more), tone="muted"))
        return lines
