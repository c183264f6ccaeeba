"""What people do to the open article: they make, change and delete its claims and marks, in the text and beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator.domain.annotation import Annotation
from annotator.domain.ids import AnnotationId, ClaimId, EvidenceId, TagId
from annotator.domain.selectors import TextSpan
from annotator.domain.views import SpanRow
from annotator.services import annotations as marks
from annotator.services import claims, evidence
from annotator.services.claims import AddedClaim, ClaimFields
from annotator.ui.bridge import LibraryBridge
from annotator.ui.controllers.panel_editing import PanelEditing
from annotator.ui.controllers.reading import ReadingController
from annotator.ui.panel.side_panel import SidePanel
from annotator.ui.reader.pane import ReaderPane


class MarkingController(QObject):
    """Turns the wishes of reader and panel into edits of the library."""

    link_wanted = Signal(object)  # the ClaimView to link evidence to
    evidence_edit_wanted = Signal(object, str)  # the ClaimView and the evidence's id
    deleted = Signal(str)  # what was deleted, in words
    hinted = Signal(str)  # why a key did nothing
    choice_wanted = Signal(object)  # the annotations at the caret, of which one is to be edited
    panel_wanted = Signal()  # something in it is about to be shown

    def __init__(
        self,
        bridge: LibraryBridge,
        reading: ReadingController,
        reader: ReaderPane,
        panel: SidePanel,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._reading, self._view, self._panel = bridge, reading, reader.view, panel
        self._editing = PanelEditing(bridge, panel, reading.claim_view, reading.mark, self)
        self._editing.hinted.connect(self.hinted)
        reading.work_shown.connect(self._editing.read_back)
        self._connect_reader()
        self._connect_panel()

    # In the text ---------------------------------------------------------------------------------------------

    def _connect_reader(self) -> None:
        view = self._view
        for wish, change in (
            (view.claim_requested, self._on_claim_requested),
            (view.highlight_requested, self._on_highlight_requested),
            (view.note_requested, self._on_note_requested),
            (view.link_requested, self._on_link_requested),
            (view.tag_picker_requested, self._on_tag_picker_requested),
            (view.tag_requested, self._on_tag_requested),
            (view.verdict_requested, self._on_verdict_letter),
            (view.confidence_step_requested, self._on_confidence_step),
            (view.delete_requested, self.delete_active),
        ):
            wish.connect(partial(self._if_it_may, change))
        view.edit_requested.connect(self._on_edit_requested)

    def _if_it_may(self, change: Callable[..., object], *wish: Any) -> None:
        """Do what would change the library, unless it is open for reading only, which is told."""
        if self._bridge.read_only:
            self.hinted.emit(self.tr("This library is open for reading only: nothing can be changed"))
        else:
            change(*wish)

    def _on_claim_requested(self, span: TextSpan | None, done: Callable[[], None] | None = None) -> None:
        text = self._reading.text
        if text is None:
            return
        if span is None:
            self._hint_selection()
            return
        known, last = [tag.id for tag in self._reading.tags], self._editing.last_tag
        chosen = last if last in known else next(iter(known), None)
        fields = ClaimFields(tags=(chosen,) if chosen else ())
        use_case = partial(claims.add_claim, text_id=text.id, span=span, claim=fields)
        label = self.tr("Claim {number} created").format(number=self._reading.next_number(span))
        self._bridge.execute(
            use_case,
            label=self._with_tag(label, chosen),
            done=partial(self._on_claim_added, done),
            initiator="reader",
        )

    def _on_claim_added(self, done: Callable[[], None] | None, added: AddedClaim) -> None:
        mention, claim = added.mention, added.claim
        tag = claim.tags[0] if claim.tags else None
        row = SpanRow(mention.start, mention.end, mention.id, claim.id, tag, claim.verdict, False)
        self._reading.show_new(row, done)

    def _on_highlight_requested(
        self, span: TextSpan | None, tag_id: TagId | None = None, done: Callable[[], None] | None = None
    ) -> None:
        text = self._reading.text
        if text is None:
            return
        if span is None:
            self._hint_selection()
            return
        use_case = partial(marks.add_highlight, text_id=text.id, span=span, tags=(tag_id,) if tag_id else ())
        self._bridge.execute(
            use_case,
            label=self._with_tag(self.tr("Highlight"), tag_id),
            done=partial(self._on_mark_added, done),
            initiator="reader",
        )

    def _with_tag(self, label: str, tag_id: TagId | None) -> str:
        """What was made, and with which tag."""
        name = next((tag.name for tag in self._reading.tags if tag.id == tag_id), "")
        return self.tr("{made}, tag {name}").format(made=label, name=name) if name else label

    def _hint_selection(self) -> None:
        self.hinted.emit(self.tr("Select text first: E selects the sentence"))

    def _hint_claim(self) -> None:
        self.hinted.emit(self.tr("Put the caret on a claim first, or select text and press C"))

    def _on_mark_added(self, then: Callable[[], None] | None, mark: Annotation) -> None:
        tag = mark.tags[0] if mark.tags else None
        row = SpanRow(mark.start, mark.end, mark.id, None, tag, "", False)
        self._reading.show_new(row, then)

    def _on_note_requested(self, span: TextSpan | None) -> None:
        if span is None:
            self._edit_note()
            return
        self._on_highlight_requested(span, done=self._edit_note)

    def _edit_note(self) -> None:
        row = self._reading.active_row()
        if row is None:
            return
        self._show_panel()
        if row.claim_id is None:
            self._panel.open_note(row.annotation_id)
        else:
            self._panel.open_editor()
            self._panel.editor.focus_note()

    def _show_panel(self) -> None:
        """Let the panel show what is active, whatever hid it."""
        if not self._panel.isVisible():
            self.panel_wanted.emit()
        self._reading.show_active()

    def _edit_tags(self) -> None:
        self._show_panel()
        self._panel.open_editor()
        self._panel.editor.focus_tags()

    def _on_link_requested(self, span: TextSpan | None) -> None:
        if span is not None:
            self._on_claim_requested(span, self.link_active)
        else:
            self.link_active()

    def link_active(self) -> None:
        """Ask for evidence for the active claim."""
        self._panel.flush()
        view = self._reading.active_claim()
        if view is None:
            self._hint_claim()
        else:
            self.link_wanted.emit(view)

    def _on_tag_picker_requested(self, span: TextSpan | None) -> None:
        if span is not None:
            self._on_claim_requested(span, self._edit_tags)
        elif self._reading.active_claim() is not None:
            self._edit_tags()
        else:
            self._hint_claim()

    def _on_tag_requested(self, span: TextSpan | None, digit: str) -> None:
        tag = next((tag for tag in self._reading.tags if tag.key == digit), None)
        if span is not None and tag is not None:
            self._editing.last_tag = tag.id
            self._on_highlight_requested(span, tag.id)
            return
        row = self._reading.active_row()
        if row is None or (tag is None and digit != "0"):
            return
        self._editing.last_tag = tag.id if tag else self._editing.last_tag
        chosen = (tag.id,) if tag else ()
        what = self.tr("tag {name}").format(name=tag.name) if tag else self.tr("no tag")
        label = f"{self._reading.name_of(row.annotation_id)}: {what}"
        if row.claim_id is None:
            use_case: Any = partial(marks.set_tags, annotation_id=row.annotation_id, tags=chosen)
        else:
            use_case = partial(claims.set_main_tag, claim_id=row.claim_id, tag_id=tag.id if tag else None)
        self._bridge.execute(use_case, label=label, initiator="reader")

    def _on_verdict_letter(self, letter: str) -> None:
        view, work = self._reading.active_claim(), self._reading.work
        if view is None or work is None:
            self._hint_claim()
            return
        for step in work.scale.steps:
            if step.letter.upper() == letter.upper():
                self._editing.rate(view.claim.id, verdict=step.key)

    def _on_confidence_step(self, step: int) -> None:
        view = self._reading.active_claim()
        if view is not None:
            self._editing.step_confidence(view.claim.id, step)
        else:
            self._hint_claim()

    def _on_edit_requested(self) -> None:
        """Edit what is active; where several marks lie at the caret, ask which."""
        rows = self._view.page.index.at(self._view.caret_offset())
        ids = list(dict.fromkeys(row.annotation_id for row in rows))
        if len(ids) > 1:
            self.choice_wanted.emit(ids)
        else:
            self.edit_active()

    def edit_active(self) -> None:
        """Put the caret into the first field of the active claim, or into the note of the mark."""
        row = self._reading.active_row()
        if row is not None and row.claim_id is not None:
            self._show_panel()
            self._panel.open_editor()
        elif row is not None:
            self._edit_note()
        else:
            self._hint_claim()

    def delete_active(self) -> None:
        """Move the active claim or mark to the bin."""
        row = self._reading.active_row()
        if row is not None and row.claim_id is not None:
            self._delete_claim(row.claim_id)
        elif row is not None:
            self._delete_mark(row.annotation_id)

    def _delete_mark(self, annotation_id: str) -> None:
        use_case = partial(marks.delete_annotation, annotation_id=AnnotationId(annotation_id))
        said = self.tr("Mark deleted")
        self._bridge.execute(use_case, label=self.tr("Delete mark"), done=lambda _: self.deleted.emit(said))

    def _delete_claim(self, claim_id: str) -> None:
        self._panel.flush()  # what was typed goes to the bin with the claim, and comes back with it
        view = self._reading.claim_view(claim_id)
        number = view.number if view else 0
        self._bridge.execute(
            partial(claims.delete_claim, claim_id=ClaimId(claim_id)),
            label=self.tr("Claim {number} deleted").format(number=number)
            if number
            else self.tr("Claim deleted"),
            done=lambda links: self.deleted.emit(self._deleted_text(number, links)),
        )

    def _deleted_text(self, number: int, links: int) -> str:
        text = self.tr("Claim {number} deleted").format(number=number) if number else self.tr("Claim deleted")
        if links == 1:
            return text + self.tr(", with its evidence link")
        return text + (self.tr(", with {count} evidence links").format(count=links) if links else "")

    # In the panel --------------------------------------------------------------------------------------------

    def _connect_panel(self) -> None:
        panel, editor = self._panel, self._panel.editor
        panel.claim_create_requested.connect(lambda: self._on_claim_requested(self._view.selected_span()))
        panel.claim_delete_requested.connect(self._delete_claim)
        panel.link_requested.connect(self._on_panel_link_requested)
        panel.annotation_delete_requested.connect(self._delete_mark)
        editor.evidence_opened.connect(self._on_evidence_opened)
        editor.evidence_edit_requested.connect(self._on_evidence_opened)
        editor.evidence_delete_requested.connect(self._on_evidence_delete)

    def _on_panel_link_requested(self, claim_id: str) -> None:
        self._reading.select_claim(claim_id)
        self.link_active()

    def _on_evidence_opened(self, evidence_id: str) -> None:
        view = self._reading.active_claim()
        if view is not None:
            self.evidence_edit_wanted.emit(view, evidence_id)

    def _on_evidence_delete(self, evidence_id: str) -> None:
        use_case = partial(evidence.unlink_evidence, evidence_id=EvidenceId(evidence_id))
        self._bridge.execute(
            use_case,
            label=self.tr("Unlink evidence"),
            done=lambda _: self.deleted.emit(self.tr("Evidence link removed")),
        )
