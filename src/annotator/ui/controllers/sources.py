"""The view of all sources: adding, editing, importing, removing, and where each is used."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator.domain.changes import ChangeSet
from annotator.domain.ids import SourceId
from annotator.domain.source import Source
from annotator.errors import EditConflict, UserError
from annotator.services import sources
from annotator.services.bibliographies import Bibliography, SourceFields, read_bibliography
from annotator.services.sources import SourceUsage
from annotator.ui.bridge import LibraryBridge
from annotator.ui.controllers.conflicts import ConflictController
from annotator.ui.controllers.evidence import source_fields
from annotator.ui.controllers.form_draft import FormDraft
from annotator.ui.dialogs.source_form import SourceDialog
from annotator.ui.dialogs.values import SourceInput
from annotator.ui.main_window import MainWindow
from annotator.ui.sources import SourceRow, SourcesView, SourceUse

_SHOWN_KINDS = frozenset({"source", "evidence", "claim", "article"})


class SourcesController(QObject):
    """Keeps the sources view up to date while it is shown, and does what is asked there."""

    claim_wanted = Signal(str, str)  # ids of a claim and of the article that mentions it
    said = Signal(str, str, str)  # kind, title and text of a message
    deleted = Signal(str)

    def __init__(
        self, bridge: LibraryBridge, view: SourcesView, window: MainWindow, conflicts: ConflictController
    ) -> None:
        super().__init__(window)
        self._bridge, self._view, self._window, self._conflicts = bridge, view, window, conflicts
        self._found: dict[str, Source] = {}
        self.dialog: SourceDialog | None = None
        bridge.library_changed.connect(self._on_library_changed)
        view.source_selected.connect(self._load_uses)
        view.add_requested.connect(self.add)
        view.edit_requested.connect(self._edit)
        view.delete_requested.connect(self._delete)
        view.import_requested.connect(self._import)
        view.claim_opened.connect(self.claim_wanted)

    def load(self, select: str = "") -> None:
        """Read all sources, and show one of them."""
        self._bridge.query(_sources_with_counts, partial(self._on_loaded, select))

    def add(self) -> None:
        """Ask for a new source."""
        self._open_dialog(None)

    def _on_library_changed(self, changes: ChangeSet) -> None:
        if self._view.isVisible() and changes.kinds() & _SHOWN_KINDS:
            self.load()
            self._load_uses(self._view.current_source())

    def _on_loaded(self, select: str, found: tuple[list[Source], dict[str, int]]) -> None:
        listed, counts = found
        self._found = {source.id: source for source in listed}
        self._view.set_sources(tuple(SourceRow(source, counts.get(source.id, 0)) for source in listed))
        unused = sum(source.id not in counts for source in listed)
        self._window.status.set_place(
            (self.tr("1 source") if len(listed) == 1 else self.tr("%n sources", "", len(listed)))
            + (self.tr(" · %n unused", "", unused) if unused else "")
        )
        if select:
            self._view.select(select)

    def _load_uses(self, source_id: str) -> None:
        if source_id:
            query = partial(sources.uses_of, source_id=SourceId(source_id))
            self._bridge.query(query, partial(self._on_uses, source_id))

    def _on_uses(self, source_id: str, uses: list[SourceUsage]) -> None:
        rows = (
            SourceUse(
                use.claim.id,
                use.article.id,
                use.claim.statement,
                use.article.title,
                use.evidence.stance,
                use.evidence.quote,
                use.evidence.locator,
            )
            for use in uses
        )
        self._view.set_uses(source_id, tuple(rows))

    def _edit(self, source_id: str) -> None:
        source = self._found.get(source_id)
        if source is not None:
            self._open_dialog(source)

    def _open_dialog(self, source: Source | None) -> None:
        self.dialog = SourceDialog(self._window.themes, source=source, parent=self._window)
        self.dialog.source_requested.connect(partial(self._store, source))
        self.dialog.finished.connect(self.dialog.deleteLater)
        FormDraft(
            self._bridge,
            self._window,
            self.dialog,
            self.dialog.messages,
            kind="source",
            entity_id=source.id if source else "",
        )
        self.dialog.open()

    def _store(self, source: Source | None, said: SourceInput) -> None:
        try:
            fields = source_fields(said)
        except UserError as error:
            self._on_failed(error)
            return
        if source is None:
            use_case: Any = partial(sources.add_source, fields=fields)
            label = self.tr("Add source")
        else:
            use_case = partial(sources.edit_source, source_id=source.id, fields=fields, base=source)
            label = self.tr("Edit source")
        self._bridge.execute(use_case, label=label, done=self._on_stored, failed=self._on_failed)

    def _on_stored(self, source: Source) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self.load(select=source.id)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, EditConflict) and self.dialog is not None:
            self._conflicts.show(error, self.dialog.accept)
        elif self.dialog is not None and isinstance(error, UserError):
            self.dialog.show_error(error)
        else:
            self._bridge.failed.emit(error)

    def _delete(self, source_id: str) -> None:
        source = self._found.get(source_id)
        if source is None:
            return
        said = self.tr("“{title}” deleted").format(title=source.title)
        self._bridge.execute(
            partial(sources.delete_source, source_id=SourceId(source_id)),
            label=self.tr("Delete source"),
            done=lambda _: self.deleted.emit(said),
        )

    def _import(self) -> None:
        files = self._window.ask_for_files(
            self.tr("Import sources"), self.tr("Bibliographies (*.bib *.json);;All files (*)")
        )
        if files:
            self._bridge.read_files(lambda: [_attempt(file) for file in files], self._store_bibliographies)

    def _store_bibliographies(self, attempts: list[Bibliography | UserError]) -> None:
        problems = [str(attempt) for attempt in attempts if isinstance(attempt, UserError)]
        records: list[SourceFields] = []
        for attempt in attempts:
            if not isinstance(attempt, UserError):
                records += attempt.records
                problems += [f"{problem.where}: {problem.reason}" for problem in attempt.problems]

        def done(added: sources.AddedSources) -> None:
            new = len(added.added)
            title = self.tr("1 source added") if new == 1 else self.tr("%n sources added", "", new)
            if added.known:
                title += self.tr(", %n known already", "", len(added.known))
            self.said.emit("warning" if problems else "info", title, "\n".join(problems[:8]))
            self.load()

        self._bridge.execute(
            partial(sources.add_sources, records=records), label=self.tr("Import sources"), done=done
        )


def _sources_with_counts(store: Any) -> tuple[list[Source], dict[str, int]]:
    return sources.list_sources(store), sources.evidence_counts(store)


def _attempt(file: Path) -> Bibliography | UserError:
    try:
        return read_bibliography(file)
    except UserError as error:
        return error
