"""Keeps what is typed into a dialog until it is stored or put away, so that a sudden end doesn't take it along."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit

from annotator.services import drafts
from annotator.services.drafts import FORM, Typing
from annotator.ui.bridge import LibraryBridge
from annotator.ui.main_window import MainWindow
from annotator.ui.widgets import MessageBar, TextArea

_KEEP_MS = 800
_SEARCHES = frozenset({"evidence_find", "evidence_source_search"})  # nobody misses what was searched for


class FormDraft(QObject):
    """The draft of one dialog: `kind` and `entity_id` say what it is about, "" for something new.

    What was kept of an earlier dialog about the same is put into the fields again.
    """

    def __init__(
        self,
        bridge: LibraryBridge,
        window: MainWindow,
        dialog: QDialog,
        messages: MessageBar,
        *,
        kind: str,
        entity_id: str,
    ) -> None:
        super().__init__(dialog)
        self._bridge, self._messages = bridge, messages
        self._kind, self._entity_id = kind, entity_id
        found: list[QLineEdit | QPlainTextEdit] = [*dialog.findChildren(QLineEdit)]
        found += dialog.findChildren(QPlainTextEdit)
        self._fields = {
            field.objectName(): field
            for field in found
            if not field.isReadOnly() and self._is_named(field.objectName())
        }
        self._began = self._texts()
        self._kept = False
        self._pause = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._pause.timeout.connect(self.keep)
        for field in self._fields.values():
            field.textChanged.connect(self._on_text_changed)
        window.closing.connect(self.keep)
        dialog.finished.connect(self._on_finished)
        bridge.query(partial(drafts.kept_form, key=self._key), self._on_found, owner=self)

    @property
    def _key(self) -> str:
        return Typing(self._kind, self._entity_id, FORM, "", "").key

    def keep(self) -> None:
        """Keep what is typed by now."""
        typed = {name: text for name, text in self._texts().items() if text != self._began[name]}
        if typed:
            self._kept = True
            form = drafts.form_of(typed)
            self._bridge.keep_typing(Typing(self._kind, self._entity_id, FORM, "", form))

    def _on_found(self, texts: dict[str, str]) -> None:
        known = {name: text for name, text in texts.items() if name in self._fields}
        if not known:
            return
        self._kept = True
        for name, text in known.items():
            field = self._fields[name]
            if isinstance(field, QLineEdit):
                field.setText(text)
            else:
                field.setPlainText(text)
        self._messages.show_message(
            "info", self.tr("What you had typed before the program was cut off is here again.")
        )

    def _on_text_changed(self) -> None:
        if not self._pause.isActive():
            self._pause.start()

    def _on_finished(self) -> None:
        self._pause.stop()
        if self._kept:
            self._bridge.drop_typing(self._key)

    def _texts(self) -> dict[str, str]:
        return {
            name: field.text() if isinstance(field, QLineEdit | TextArea) else field.toPlainText()
            for name, field in self._fields.items()
        }

    @staticmethod
    def _is_named(name: str) -> bool:
        return bool(name) and name not in _SEARCHES and not name.startswith("qt_")
