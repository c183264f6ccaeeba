"""The bin: shows what was deleted, brings it back, and deletes for good what was confirmed or is too old."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.domain.changes import Edit
from annotator.errors import UserError
from annotator.services import bin
from annotator.services.bin import BinItem, Emptied
from annotator.ui.bridge import LibraryBridge
from annotator.ui.dialogs import things
from annotator.ui.dialogs.bin import BinDialog
from annotator.ui.dialogs.bin_list import Key, key_of, name_of
from annotator.ui.theme import ThemeManager


class BinController(QObject):
    """Opens the bin and keeps it up to date while it is open. `said`: something the user should hear of."""

    said = Signal(str)

    def __init__(self, bridge: LibraryBridge, themes: ThemeManager, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._themes, self._window = bridge, themes, window
        self.dialog: BinDialog | None = None
        bridge.library_changed.connect(lambda _: self._load())
        bridge.replaced.connect(self._load)

    def show(self) -> None:
        """Show what lies in the bin."""
        if self.dialog is not None:
            self.dialog.reject()
        dialog = BinDialog(self._themes, read_only=self._bridge.read_only, parent=self._window)
        dialog.restore_requested.connect(self._restore)
        dialog.delete_requested.connect(self._delete)
        dialog.undo_requested.connect(self._undo)
        dialog.finished.connect(self._on_finished)
        self.dialog = dialog
        dialog.open()
        self._load()

    def purge_old(self) -> None:
        """Delete for good what lies in the bin longer than it is kept; silent when there is nothing."""
        if self._bridge.read_only:
            return
        self._bridge.execute(
            partial(bin.empty, older_than=bin.KEEP),
            label=self.tr("Delete what was in the bin for {days} days").format(days=bin.KEEP.days),
            done=self._on_purged,
        )

    def _on_purged(self, count: int) -> None:
        if count:
            words = self.tr("{things} older than {days} days removed from the bin")
            self.said.emit(words.format(things=things.things(count), days=bin.KEEP.days))

    def _on_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _load(self) -> None:
        if self.dialog is not None:
            query = bin.list_bin
            self._bridge.query(query, self._on_loaded, failed=self._on_failed, owner=self.dialog)

    def _on_loaded(self, found: list[BinItem]) -> None:
        if self.dialog is not None:
            self.dialog.set_items(found)

    def _named(self, keys: Sequence[Key]) -> str:
        """What is meant, in words: its name when it is one thing, else how many."""
        if len(keys) == 1 and self.dialog is not None:
            for item in self.dialog.model.items():
                if key_of(item) == keys[0]:
                    return things.quoted(name_of(item), 40)
        return things.things(len(keys))

    def _restore(self, keys: Sequence[Key]) -> None:
        named = self._named(keys)

        def use_case(store: Any) -> int:
            return sum(bin.restore_item(store, kind=kind, id=id) for kind, id in keys)

        self._bridge.execute(
            use_case,
            label=self.tr("Restore {name}").format(name=named),
            done=lambda _: self._tell(self.tr("{name} restored").format(name=named), undo=True),
            failed=self._on_failed,
        )

    def _delete(self, keys: Sequence[Key] | None) -> None:
        named = self._named(keys) if keys is not None else ""
        self._bridge.execute(
            partial(bin.empty_bin, items=keys),
            label=self.tr("Delete {name} for good").format(name=named) if named else self.tr("Empty bin"),
            done=self._on_deleted,
            failed=self._on_failed,
        )

    def _on_deleted(self, emptied: Emptied) -> None:
        self._load()
        words = self.tr("{things} deleted for good").format(things=things.things(emptied.gone))
        if emptied.kept == 1:
            words += self.tr(". 1 thing can't go yet, as something outside of the bin refers to it")
        elif emptied.kept:
            words += self.tr(
                ". %n things can't go yet, as something outside of the bin refers to them", "", emptied.kept
            )
        self._tell(words, undo=False)

    def _tell(self, words: str, *, undo: bool) -> None:
        if self.dialog is not None:
            self.dialog.show_done(words, undo=undo)

    def _undo(self) -> None:
        self._bridge.undo(self._on_undone)

    def _on_undone(self, edit: Edit | None) -> None:
        words = self.tr("Undid: {step}").format(step=edit.label) if edit else self.tr("Nothing to undo")
        self._tell(words, undo=False)

    def _on_failed(self, error: Exception) -> None:
        if self.dialog is not None and isinstance(error, UserError):
            self.dialog.show_error(error)
        else:
            self._bridge.failed.emit(error)
