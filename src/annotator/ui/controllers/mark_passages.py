"""The passages of the active claim or mark: their ends are moved, further ones are added, single ones taken away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from annotator.domain.anchoring import joined
from annotator.domain.ids import AnnotationId
from annotator.domain.selectors import TextSpan
from annotator.services import annotations as marks
from annotator.ui.bridge import LibraryBridge
from annotator.ui.controllers.reading import ReadingController
from annotator.ui.reader.pane import ReaderPane


class MarkPassages(QObject):
    """Stores which passages the active claim or mark has, each act as one step of undo; all else of it stays."""

    hinted = Signal(str)  # why nothing was done

    def __init__(self, bridge: LibraryBridge, reading: ReadingController, reader: ReaderPane) -> None:
        super().__init__(reader)
        self._bridge, self._reading, self._view = bridge, reading, reader.view
        self._view.ends.moved.connect(self._on_moved)
        self._view.move_refused.connect(self._on_refused)
        self._view.passage_added.connect(self._add)
        self._view.handle("add_passage", self.add_selection)
        self._view.handle("remove_passage", self.remove_at_caret)
        bridge.library_opened.connect(self._on_library_opened)
        self._on_library_opened()

    def flush(self) -> None:
        """Store a move that is still going on."""
        self._view.ends.finish()

    def add_selection(self) -> None:
        """Add what is selected to the active claim or mark."""
        span = self._view.selected_span()
        if span is not None:
            self._add(span)
        elif not self._refuses():
            self.hinted.emit(self.tr("Select the passage that is to be added first"))

    def remove_at_caret(self) -> None:
        """Take the passage at the caret away from the active claim or mark, which keeps its others."""
        row = self._reading.active_row()
        if self._refuses() or row is None:
            return
        was, caret = self._passages(row.annotation_id), self._view.caret_offset()
        now = [span for span in was if not span.start <= caret <= span.end]
        if len(was) < 2:
            self.hinted.emit(self.tr("This is its only passage; Del deletes the whole mark"))
        elif now == list(was):
            self.hinted.emit(self.tr("Put the caret on the passage that is to go"))
        else:
            self._store(row.annotation_id, was, now, self.tr("passage taken away"))

    def _add(self, span: TextSpan) -> None:
        row = self._reading.active_row()
        if self._refuses() or row is None:
            return
        was = self._passages(row.annotation_id)
        now = joined(self._view.article.text, (*was, span))
        if now == was:
            self.hinted.emit(self.tr("This passage is a part of it already"))
            return
        self._store(row.annotation_id, was, now, self.tr("passage added"))
        self._view.clear_selection()

    def _on_moved(
        self, annotation_id: AnnotationId, was: Sequence[TextSpan], now: Sequence[TextSpan]
    ) -> None:
        self._store(annotation_id, was, now, self.tr("passage changed"))

    def _store(
        self, annotation_id: AnnotationId, was: Sequence[TextSpan], now: Sequence[TextSpan], what: str
    ) -> None:
        use_case = partial(marks.set_segments, annotation_id=annotation_id, spans=tuple(now), was=tuple(was))
        label = f"{self._reading.name_of(annotation_id)}: {what}"
        self._bridge.execute(use_case, label=label, initiator="reader")

    def _passages(self, annotation_id: AnnotationId) -> tuple[TextSpan, ...]:
        rows = self._view.page.index.rows_of(annotation_id)
        return tuple(TextSpan(row.start, row.end) for row in rows)

    def _refuses(self) -> bool:
        """Whether nothing can be changed, which is told."""
        if self._bridge.read_only:
            self.hinted.emit(self.tr("This library is open for reading only"))
        elif self._reading.active_row() is None:
            self.hinted.emit(self.tr("Put the caret on a claim or mark first"))
        else:
            return False
        return True

    def _on_refused(self) -> None:
        self._refuses()

    def _on_library_opened(self) -> None:
        self._view.ends.enabled = not self._bridge.read_only
