"""What two people changed at once: shows both and stores what is decided, so that the history has both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.errors import EditConflict, UserError
from annotator.services import editing
from annotator.services.drafts import Typing
from annotator.ui.bridge import LibraryBridge
from annotator.ui.dialogs.conflict import ConflictDialog
from annotator.ui.theme import ThemeManager

_TYPED = {"claim": ("statement", "note"), "annotation": ("note",)}  # the fields that are text in the panel


class ConflictController(QObject):
    """Opens the dialog for a conflict."""

    settled = Signal(str)  # what was done, in words
    put_off = Signal()  # nothing was decided; a text is kept as a draft

    def __init__(self, bridge: LibraryBridge, themes: ThemeManager, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._themes, self._window = bridge, themes, window
        self.dialog: ConflictDialog | None = None

    def show(self, conflict: EditConflict, after: Callable[[], object] = lambda: None) -> None:
        """Ask what is to be stored; `after` is called when it is. Until then a typed text is kept as a draft."""
        for field in conflict.fields:
            if field.field in _TYPED.get(conflict.kind, ()):
                typing = Typing(conflict.kind, conflict.base.id, field.field, field.base, field.mine)
                self._bridge.keep_typing(typing)
        if self.dialog is not None:
            self.dialog.reject()
        dialog = ConflictDialog(self._themes, conflict, self._name(conflict), self._captions(), self._window)
        self.dialog = dialog
        dialog.decided.connect(partial(self._store, dialog, conflict, after))
        dialog.finished.connect(lambda _code: self._on_finished(dialog))
        dialog.rejected.connect(self.put_off)
        dialog.open()

    def _store(
        self,
        dialog: ConflictDialog,
        conflict: EditConflict,
        after: Callable[[], object],
        choices: Mapping[str, Any],
    ) -> None:
        mine = {field.field: field.mine for field in conflict.fields}

        def failed(error: Exception) -> None:
            if isinstance(error, EditConflict):  # changed once more: ask again
                dialog.accept()
                self.show(error, after)
            elif isinstance(error, UserError):
                dialog.messages.show_error(error)
            else:
                self._bridge.failed.emit(error)

        def stored(_: object) -> None:
            for field in conflict.fields:
                self._bridge.drop_typing(f"{conflict.kind}:{conflict.base.id}:{field.field}")
            dialog.accept()
            self.settled.emit(self.tr("Both versions are in the history"))
            after()

        def store_choice(_: object) -> None:
            if dict(choices) == mine:
                stored(None)
                return
            now = _standing_on(conflict)
            use_case = partial(editing.resolve, conflict=now, choices=choices)
            self._bridge.execute(
                use_case,
                label=self.tr("Settle two changes"),
                done=stored,
                failed=failed,
                initiator="conflict",
            )

        # What is not chosen is stored as well, just before: so both are in the history.
        self._bridge.execute(
            partial(editing.resolve, conflict=conflict, choices=mine),
            label=self.tr("Your change, before it was settled"),
            done=store_choice,
            failed=failed,
            initiator="conflict",
        )

    def _on_finished(self, dialog: ConflictDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None
        dialog.deleteLater()

    def _name(self, conflict: EditConflict) -> str:
        for name in ("statement", "title", "quote", "name"):
            found = getattr(conflict.base, name, "")
            if found:
                return str(found)
        return ""

    def _captions(self) -> dict[str, str]:
        return {
            "statement": self.tr("Claim in your own words"),
            "note": self.tr("Note"),
            "type": self.tr("Type"),
            "title": self.tr("Title"),
            "subtitle": self.tr("Standfirst"),
            "authors": self.tr("Authors"),
            "publication": self.tr("Publication"),
            "published_on": self.tr("Date"),
            "url": self.tr("Address"),
            "language": self.tr("Language"),
            "year": self.tr("Year"),
            "doi": self.tr("DOI"),
            "quote": self.tr("Quote"),
            "locator": self.tr("Place"),
            "stance": self.tr("Stance"),
            "strength": self.tr("Strength"),
            "source_id": self.tr("Source"),
            "csl/publisher": self.tr("Publisher"),
            "csl/container-title": self.tr("Published in"),
            "csl/type": self.tr("Type"),
        }


def _standing_on(conflict: EditConflict) -> EditConflict:
    """The conflict once `mine` is stored: what is decided now is put onto that."""
    fields = tuple(type(field)(field.field, field.base, field.mine, field.mine) for field in conflict.fields)
    return EditConflict(conflict.kind, fields, base=conflict.base, mine=conflict.mine)
