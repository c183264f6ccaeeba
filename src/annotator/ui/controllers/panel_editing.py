"""What people change in the side panel: the fields of a claim, and the note of a mark.

A field is stored as it was shown when it was changed: what others changed in it meanwhile is told and not overwritten,
and what is typed at one visit to a field is one step of undo.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator.domain.annotation import Annotation
from annotator.domain.claim import Claim, ClaimType
from annotator.domain.ids import AnnotationId, ClaimId, TagId
from annotator.domain.views import ClaimView
from annotator.services import annotations as marking
from annotator.services import claims, ratings, tags
from annotator.services.claims import ClaimFields
from annotator.services.drafts import Typing
from annotator.ui.bridge import LibraryBridge
from annotator.ui.panel.side_panel import SidePanel
from annotator.ui.widgets import TextArea


class PanelEditing(QObject):
    """Turns what is changed in the panel into edits. `view_of` and `mark_of` give what was read last, by its id."""

    hinted = Signal(str)  # why something was not stored

    def __init__(
        self,
        bridge: LibraryBridge,
        panel: SidePanel,
        view_of: Callable[[str], ClaimView | None],
        mark_of: Callable[[str], Annotation | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._panel = bridge, panel
        self._view_of, self._mark_of = view_of, mark_of
        self.last_tag: TagId | None = None  # the tag that was given last
        self._own: dict[str, dict[str, Any]] = {}  # fields of claims set here and not read back yet, by claim
        editor = panel.editor
        panel.annotation_note_changed.connect(self._on_mark_note_changed)
        editor.statement_changed.connect(partial(self._edit_text, editor.statement, "statement"))
        editor.note_changed.connect(partial(self._edit_text, editor.note, "note"))
        for field, area in (("statement", editor.statement), ("note", editor.note)):
            area.typed.connect(partial(self._keep_typing, "claim", editor.claim_id, field, area))
            area.untyped.connect(partial(self._drop_typing, "claim", editor.claim_id, field))
        panel.notes.note.typed.connect(
            partial(self._keep_typing, "annotation", panel.notes.shown, "note", panel.notes.note)
        )
        panel.notes.note.untyped.connect(partial(self._drop_typing, "annotation", panel.notes.shown, "note"))
        editor.type_changed.connect(lambda type: self._edit(self.tr("Change type"), type=ClaimType(type)))
        editor.tags_changed.connect(self._on_tags_changed)
        editor.verdict_changed.connect(lambda verdict: self.rate(self._edited(), verdict=verdict))
        editor.confidence_changed.connect(lambda value: self.rate(self._edited(), confidence=value))

    def read_back(self) -> None:
        """What is shown from now on was read after all that was changed here."""
        self._own.clear()

    def _edited(self) -> ClaimId:
        """The claim the editor shows; it tells what was typed before it turns to another."""
        return ClaimId(self._panel.editor.claim_id())

    def _edit(self, label: str, **fields: Any) -> None:
        """Change fields of the claim in the editor as it was shown there: what others changed since is not lost."""
        claim_id = self._edited()
        use_case = partial(
            claims.edit_claim,
            claim_id=claim_id,
            changes=ClaimFields(**fields),
            base=self._claim_as_shown(claim_id),
        )
        self._own.setdefault(claim_id, {}).update(fields)
        self._bridge.execute(use_case, label=label, initiator="panel")

    def _edit_text(self, area: TextArea, field: str, text: str) -> None:
        """Store what was typed into a field; all that is typed at one visit is one step of undo."""
        claim_id = self._edited()
        if field == "statement" and not text.strip():
            self._refuse_empty(area, claim_id)
            return
        fields: dict[str, Any] = {field: text}
        shown = self._claim_as_shown(claim_id)
        began: dict[str, Any] = {field: area.base}
        base = None if shown is None else replace(shown, **began)
        self._own.setdefault(claim_id, {}).update(fields)
        self._bridge.execute(
            partial(claims.edit_claim, claim_id=claim_id, changes=ClaimFields(**fields), base=base),
            label=self.tr("Edit claim") if field == "statement" else self.tr("Edit note"),
            initiator="panel",
            run=f"claim:{claim_id}:{field}:{area.visit}",
            typing=Typing("claim", claim_id, field, area.base, text),
        )

    def _refuse_empty(self, area: TextArea, claim_id: str) -> None:
        """A claim needs a statement: while another one is being written nothing is stored, and then the old stays."""
        area.refuse()
        view = self._view_of(claim_id)
        if view is not None and not area.hasFocus():
            area.show_stored(view.claim.statement)
        self.hinted.emit(self.tr("A claim needs a statement; the old one stays"))

    def _claim_as_shown(self, claim_id: str) -> Claim | None:
        """The claim as it is on screen: as last read, with what was changed here since."""
        view = self._view_of(claim_id)
        return replace(view.claim, **self._own.get(claim_id, {})) if view is not None else None

    def _keep_typing(
        self, kind: str, id_of: Callable[[], str], field: str, area: TextArea, text: str
    ) -> None:
        if id_of():
            self._bridge.keep_typing(Typing(kind, id_of(), field, area.base, text))

    def _drop_typing(self, kind: str, id_of: Callable[[], str], field: str) -> None:
        if id_of():
            self._bridge.drop_typing(f"{kind}:{id_of()}:{field}")

    def rate(self, claim_id: ClaimId, *, verdict: str | None = None, confidence: int | None = None) -> None:
        """Give a claim another verdict or confidence."""
        label = self._verdict_words(claim_id, verdict) if confidence is None else ""
        use_case = partial(ratings.rate, claim_id=claim_id, verdict=verdict, confidence=confidence)
        if confidence is not None:
            label = self._confidence_words(claim_id, confidence)
            self._own.setdefault(claim_id, {})["confidence"] = confidence
        self._bridge.execute(use_case, label=label, initiator="panel")

    def step_confidence(self, claim_id: ClaimId, step: int) -> None:
        """Raise or lower the confidence in the verdict of a claim."""
        claim = self._claim_as_shown(claim_id)
        before = claim.confidence if claim is not None else None
        after = min(100, max(0, (50 if before is None else before) + step))
        label = self._confidence_words(claim_id, after)
        self._own.setdefault(claim_id, {})["confidence"] = after
        use_case = partial(ratings.step_confidence, claim_id=claim_id, step=step)
        self._bridge.execute(use_case, label=label, initiator="reader")

    def _verdict_words(self, claim_id: ClaimId, verdict: str | None) -> str:
        word = next((step.short for step in self._panel.scale.steps if step.key == verdict), verdict)
        return self.tr("{claim}: verdict {word}").format(claim=self._name_of(claim_id), word=word)

    def _confidence_words(self, claim_id: ClaimId, after: int) -> str:
        claim, name = self._claim_as_shown(claim_id), self._name_of(claim_id)
        if claim is None or claim.confidence is None:
            return self.tr("{claim}: confidence {after} %").format(claim=name, after=after)
        return self.tr("{claim}: confidence {before} → {after} %").format(
            claim=name, before=claim.confidence, after=after
        )

    def _name_of(self, claim_id: ClaimId) -> str:
        view = self._view_of(claim_id)
        if view is None or not view.number:
            return self.tr("Claim")
        return self.tr("Claim {number}").format(number=view.number)

    def _on_tags_changed(self, names: tuple[str, ...]) -> None:
        claim_id = self._edited()
        base = self._claim_as_shown(claim_id)

        def use_case(store: Any) -> tuple[TagId, ...]:
            ids = tags.ensure_tags(store, names)
            claims.edit_claim(store, claim_id=claim_id, changes=ClaimFields(tags=ids), base=base)
            return ids

        self._bridge.execute(
            use_case, label=self.tr("Change tags"), done=self._remember_tag, initiator="panel"
        )

    def _remember_tag(self, ids: tuple[TagId, ...]) -> None:
        if ids:
            self.last_tag = ids[0]

    def _on_mark_note_changed(self, annotation_id: str, note: str) -> None:
        area = self._panel.notes.note
        mark = self._mark_of(annotation_id)
        base = None if mark is None else replace(mark, note=area.base)
        self._bridge.execute(
            partial(marking.set_note, annotation_id=AnnotationId(annotation_id), note=note, base=base),
            label=self.tr("Edit note"),
            initiator="panel",
            run=f"annotation:{annotation_id}:note:{area.visit}",
            typing=Typing("annotation", annotation_id, "note", area.base, note),
        )
