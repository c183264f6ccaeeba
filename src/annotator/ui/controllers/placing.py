"""Claims and marks that found no place in this version of the text: they are given one again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from annotator.domain.annotation import Annotation
from annotator.domain.ids import AnnotationId
from annotator.services import annotations as marks
from annotator.ui.bridge import LibraryBridge
from annotator.ui.controllers.reading import ReadingController
from annotator.ui.panel.side_panel import SidePanel
from annotator.ui.reader.pane import ReaderPane


class Placing(QObject):
    """What the key P does: the unplaced claim or mark that is active gets the selected passage, in one step of undo;
    while none is active, the first one becomes it."""

    said = Signal(str)  # what was done, or why nothing was

    def __init__(
        self, bridge: LibraryBridge, reading: ReadingController, reader: ReaderPane, panel: SidePanel
    ) -> None:
        super().__init__(reader)
        self._bridge, self._reading, self._view = bridge, reading, reader.view
        self._view.handle("unplaced", self.place)
        panel.place_requested.connect(self._place_claim)

    def place(self) -> None:
        """Place what is active at the selection, or lead to what can be placed."""
        unplaced, row = self._reading.unplaced(), self._reading.active_row()
        if not unplaced:
            self.said.emit(self.tr("Everything has its place in the text"))
            return
        if row is None or row.annotation_id not in unplaced:
            self._lead_to(next(iter(unplaced)))
            return
        span = self._view.selected_span()
        if span is None:
            self.said.emit(self.tr("Select the words where it belongs, then press P"))
            return
        if self._bridge.read_only:
            self.said.emit(self.tr("This library is open for reading only"))
            return
        self._bridge.execute(
            partial(marks.set_segments, annotation_id=row.annotation_id, spans=(span,)),
            label=self.tr("Place again"),
            done=self._on_placed,
            initiator="reader",
        )

    def _place_claim(self, claim_id: str) -> None:
        view = self._reading.claim_view(claim_id)
        if view is not None and not view.mention.placed:
            self._reading.activate(view.mention.id)
            self.place()

    def _lead_to(self, annotation_id: str) -> None:
        """Make an unplaced one active; what is selected stays, so that P once more places it there."""
        self._reading.activate(annotation_id)
        self.said.emit(
            self.tr("This has no place in the text: select the words where it belongs, then press P")
        )

    def _on_placed(self, placed: Annotation) -> None:
        self._view.clear_selection()
        self._reading.activate(AnnotationId(placed.id))
        self.said.emit(self.tr("Placed"))
