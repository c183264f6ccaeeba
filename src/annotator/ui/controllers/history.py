"""The history of the library, of an article or of a claim: reads the steps, and goes back to one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.domain.changes import Edit
from annotator.errors import UserError
from annotator.services import backups, history
from annotator.services.history import Scope, Step
from annotator.ui.bridge import LibraryBridge
from annotator.ui.dialogs import things
from annotator.ui.dialogs.history import HistoryDialog
from annotator.ui.theme import ThemeManager

_PAGE = 100
_LEAST_ROOM = 400  # steps read again at once after a change, so that the list keeps its place
_YOUNGEST = -1


class HistoryController(QObject):
    """Opens the history and keeps it up to date while it is open."""

    def __init__(self, bridge: LibraryBridge, themes: ThemeManager, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._themes, self._window = bridge, themes, window
        self._scopes: dict[str, Scope] = {}
        self._asked = 0  # numbers the questions: an answer to an older one is dropped
        self.dialog: HistoryDialog | None = None
        bridge.library_changed.connect(lambda _: self._reload())
        bridge.replaced.connect(self._reload)

    def show_library(self) -> None:
        """Show everything that was done."""
        self._open([Scope()], {})

    def show_article(self, article_id: str, title: str) -> None:
        """Show what was done to an article, its claims and marks."""
        self._open([Scope("article", article_id), Scope()], {"article": title})

    def show_claim(
        self, claim_id: str, statement: str, *, article_id: str = "", article_title: str = ""
    ) -> None:
        """Show what was done to a claim; with its article, that can be switched to."""
        scopes = [Scope("claim", claim_id), Scope()]
        if article_id:
            scopes.insert(1, Scope("article", article_id))
        self._open(scopes, {"claim": statement, "article": article_title})

    def _open(self, scopes: list[Scope], subjects: dict[str, str]) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        self._scopes = {scope.kind: scope for scope in scopes}
        dialog = HistoryDialog(
            self._themes,
            scopes=list(self._scopes),
            subjects=subjects,
            read_only=self._bridge.read_only,
            parent=self._window,
        )
        dialog.scope_chosen.connect(lambda _: self._load(choose=_YOUNGEST))
        dialog.more_requested.connect(self._load_more)
        dialog.restore_requested.connect(self._restore)
        dialog.undo_requested.connect(self._undo)
        dialog.finished.connect(self._on_finished)
        self.dialog = dialog
        dialog.open()
        self._load()

    def _on_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    # Reading -----------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        if self.dialog is not None:
            self._load()

    def _load(self, choose: int = 0) -> None:
        """Read the youngest steps, about as many as are shown."""
        dialog = self.dialog
        if dialog is None:
            return
        known = min(len(dialog.model.steps()), _LEAST_ROOM) if not choose else 0
        limit = max(_PAGE, known)
        query = partial(history.steps, scope=self._scopes[dialog.scope], limit=limit)
        self._asked += 1
        done = partial(self._on_loaded, self._asked, limit, choose)
        self._bridge.query(query, done, failed=self._on_failed, owner=dialog)

    def _on_loaded(self, asked: int, limit: int, choose: int, found: list[Step]) -> None:
        if self.dialog is not None and asked == self._asked:
            self.dialog.set_steps(found, whole=len(found) < limit, choose=choose)

    def _load_more(self, before: int) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        query = partial(history.steps, scope=self._scopes[dialog.scope], limit=_PAGE, before=before)
        done = partial(self._on_more, self._asked)
        self._bridge.query(query, done, failed=self._on_failed, owner=dialog)

    def _on_more(self, asked: int, found: list[Step]) -> None:
        if self.dialog is not None and asked == self._asked:
            self.dialog.add_steps(found, whole=len(found) < _PAGE)

    # Going back --------------------------------------------------------------------------------------------

    def _restore(self, seq: int) -> None:
        dialog = self.dialog
        step = dialog.step_with(seq) if dialog is not None else None
        if dialog is None or step is None:
            return
        scope = self._scopes[dialog.scope]

        def restore(_backup: object = None) -> None:
            self._bridge.execute(
                partial(history.restore_state, scope=scope, seq=seq),
                label=self.tr("Restore state of {time}").format(time=things.in_a_label(step.at)),
                done=self._on_restored,
                failed=self._on_failed,
            )

        if scope.kind == "library":  # much changes at once
            backup = partial(backups.before_bulk, data_folder=self._bridge.data_folder)
            self._bridge.study(backup, restore, failed=self._on_failed, owner=dialog)
        else:
            restore()

    def _on_restored(self, count: int) -> None:
        if self.dialog is not None:
            self._load(choose=_YOUNGEST)
            self.dialog.show_restored(count)

    def _undo(self) -> None:
        self._bridge.undo(self._on_undone)

    def _on_undone(self, edit: Edit | None) -> None:
        if self.dialog is None:
            return
        if edit is None:
            self.dialog.show_note(self.tr("Nothing to undo"))
        else:
            self._load(choose=_YOUNGEST)
            self.dialog.show_note(self.tr("Undid: {step}").format(step=edit.label))

    def _on_failed(self, error: Exception) -> None:
        if self.dialog is not None and isinstance(error, UserError):
            self.dialog.show_error(error)
        else:
            self._bridge.failed.emit(error)
