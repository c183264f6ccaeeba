"""The marks of the article on the reading surface: which there are, and which of them is active."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QRectF, Signal

from annotator.domain.ids import AnnotationId, ClaimId, TagId
from annotator.domain.views import SpanRow
from annotator.ui.reader.painting import Look
from annotator.ui.reader.surface import ReaderSurface
from annotator.ui.reader.unplaced import UnplacedMarks


class MarkedSurface(ReaderSurface):
    """An article with marked passages. What changes is painted anew as far as it is on screen."""

    active_changed = Signal(object)
    hovered_changed = Signal(object)

    _unplaced: UnplacedMarks | None = None
    held: AnnotationId | None = None  # what is being moved: shown as whoever moves it says

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
        """Mark the annotations of `rows` as they say, in place of what was there of them, but for the one `held`."""
        self._show_rows(row for row in rows if row.annotation_id != self.held)

    def show_held(self, rows: Iterable[SpanRow]) -> None:
        """Mark the annotation that is `held` as `rows` say."""
        self._show_rows(rows)

    def _show_rows(self, rows: Iterable[SpanRow]) -> None:
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
                self._repaint_rows(page.index.rows_of(changed), forget=bool(page.hidden))
        self.active_changed.emit(annotation_id)

    @property
    def active(self) -> AnnotationId | None:
        """The active annotation."""
        return self._page.active

    def set_hovered(self, annotation_id: AnnotationId | None) -> None:
        """Show an annotation as the one under the pointer."""
        if annotation_id == self._page.hovered:
            return
        before, self._page.hovered = self._page.hovered, annotation_id
        for changed in (before, annotation_id):
            if changed is not None:
                self._repaint_rows(self._page.index.rows_of(changed))
        self.hovered_changed.emit(annotation_id)

    def hide_claims(self, claims: frozenset[ClaimId]) -> None:
        """Show all claims but these, and the active one; in the text, the gutter and the rail."""
        if claims != self._page.hidden:
            self._page.hide(claims)
            self.viewport().update()
            self.spans_changed.emit()

    def set_unplaced(self, offsets: Sequence[int]) -> None:
        """Mark in the gutter where passages without a place once were."""
        if self._unplaced is None and offsets:
            self._unplaced = UnplacedMarks()
            self.add_layer(self._unplaced)
        if self._unplaced is not None:
            self._unplaced.set_offsets(offsets)
            self.viewport().update()

    def topmost_claim(self) -> SpanRow | None:
        """The claim on screen that begins first."""
        seen = self.text_on_screen()
        rows = self._page.index.overlapping(seen.start, seen.end)
        return next((row for row in rows if row.claim_id is not None and self._page.is_shown(row)), None)

    def _repaint_rows(self, rows: Iterable[SpanRow], *, forget: bool = False) -> None:
        near = list(rows)
        for row in near if forget else ():
            self._page.forget(row)
        if not near or not self.isVisible():
            return
        top = self.verticalScrollBar().value()
        dirty = self._page.area_of(near, top, top + self.viewport().height())
        if not dirty.isEmpty():
            self.viewport().update(dirty.translated(0, -top).toAlignedRect())
