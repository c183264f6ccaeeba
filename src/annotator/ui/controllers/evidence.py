"""Linking sources to claims: runs the dialog and stores what it says."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from annotator.domain.article import Block
from annotator.domain.evidence import Evidence
from annotator.domain.ids import EvidenceId, SourceId
from annotator.domain.source import Source
from annotator.domain.views import ClaimView
from annotator.errors import EditConflict, UserError
from annotator.services import articles, evidence, passages, sources
from annotator.services.bibliographies import SourceFields
from annotator.services.evidence import EvidenceFields
from annotator.services.sources import NewSource
from annotator.ui.bridge import LibraryBridge
from annotator.ui.controllers.conflicts import ConflictController
from annotator.ui.controllers.form_draft import FormDraft
from annotator.ui.dialogs.link_evidence import LinkEvidenceDialog
from annotator.ui.dialogs.values import EvidenceInput, SourceInput
from annotator.ui.main_window import MainWindow
from annotator.ui.theme import ThemeManager

_Text = tuple[str, tuple[Block, ...]]


class EvidenceController(QObject):
    """Opens the Link evidence dialog for a claim or a link, and turns its answer into one edit."""

    def __init__(
        self, bridge: LibraryBridge, themes: ThemeManager, window: MainWindow, conflicts: ConflictController
    ) -> None:
        super().__init__(window)
        self._bridge, self._themes, self._window, self._conflicts = bridge, themes, window, conflicts
        self._last_source = ""
        self.dialog: LinkEvidenceDialog | None = None

    def link(self, claim: ClaimView) -> None:
        """Ask for a passage that bears on the claim."""
        self._bridge.query(_sources_with_texts, partial(self._open, claim, None))

    def edit(self, claim: ClaimView, evidence_id: str) -> None:
        """Change a link of the claim."""
        item = next((item.evidence for item in claim.evidence if item.evidence.id == evidence_id), None)
        if item is not None:
            self._bridge.query(_sources_with_texts, partial(self._open, claim, item))

    def _open(
        self, claim: ClaimView, item: Evidence | None, found: tuple[list[Source], dict[str, _Text]]
    ) -> None:
        known, texts = found
        self.dialog = LinkEvidenceDialog(
            self._themes,
            claim_number=claim.number,
            claim_text=claim.claim.statement,
            sources=known,
            text_of=texts.get,
            last_source_id=self._last_source,
            evidence=item,
            parent=self._window,
        )
        self.dialog.link_requested.connect(partial(self._store, claim, item))
        self.dialog.finished.connect(self.dialog.deleteLater)
        kind, id = ("claim", claim.claim.id) if item is None else ("evidence", item.id)
        FormDraft(self._bridge, self._window, self.dialog, self.dialog.messages, kind=kind, entity_id=id)
        self.dialog.open()

    def _store(self, claim: ClaimView, item: Evidence | None, said: EvidenceInput) -> None:
        fields = EvidenceFields(said.stance, said.quote, said.locator, said.note, said.strength)

        def use_case(store: Any) -> Evidence:
            source_id = said.source_id
            if source_id is None and said.new_source is not None:
                source_id = sources.add_source(store, source_fields(said.new_source)).id
            chosen = SourceId(source_id or "")
            if item is None:
                link = evidence.link_evidence(store, claim_id=claim.claim.id, source_id=chosen, fields=fields)
            else:
                link = evidence.edit_evidence(
                    store, evidence_id=EvidenceId(item.id), source_id=chosen, fields=fields, base=item
                )
            return passages.mark_quote(store, link=link, span=said.span)

        label = self.tr("Link evidence") if item is None else self.tr("Edit evidence")
        self._bridge.execute(use_case, label=label, done=self._on_stored, failed=self._on_failed)

    def _on_stored(self, stored: Evidence) -> None:
        self._last_source = stored.source_id
        if self.dialog is not None:
            self.dialog.accept()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, EditConflict) and self.dialog is not None:
            self._conflicts.show(error, self.dialog.accept)
        elif self.dialog is not None and isinstance(error, UserError):
            self.dialog.show_error(error)
        else:
            self._bridge.failed.emit(error)


def source_fields(said: SourceInput) -> SourceFields:
    """What was typed into the form as the fields of a source.

    Raises:
        InvalidValue: there is no title, or the address or DOI is none.
    """
    record = said.csl()
    return NewSource(
        title=said.title,
        authors=said.authors,
        year=said.year,
        url=said.url,
        doi=said.doi,
        csl_type=said.csl_type,
        publication=record.get("container-title", ""),
        publisher=record.get("publisher", ""),
    ).fields()


def _sources_with_texts(store: Any) -> tuple[list[Source], dict[str, _Text]]:
    found = sources.list_sources(store)
    texts = {
        source.id: articles.current_text(store, source.article_id) for source in found if source.article_id
    }
    return found, {id: (text.text, text.blocks) for id, text in texts.items()}
