"""The single keys of the text work in the claim list as well."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent

from annotator.ui.panel.claim_list import ClaimList
from annotator.ui.reader.keys import chord_of
from annotator.ui.reader.pane import ReaderPane

_STEPS = {"next_paragraph": 1, "next_claim": 1, "previous_paragraph": -1, "previous_claim": -1}
_OF_THE_LIST = frozenset({"edit", "delete", "page_down", "page_up", "menu"})


class ListKeys(QObject):
    """Gives the keys that the list itself has no use for to the text: they are about the claim that is chosen, or about
    what is selected there. J and K go through the list; Esc leads back to the text."""

    def __init__(self, reader: ReaderPane, claims: ClaimList) -> None:
        super().__init__(claims)
        self._reader, self._view, self._list = reader, reader.view, claims
        claims.installEventFilter(self)

    def _take(self, event: QKeyEvent) -> bool:
        if self._view.awaits_verdict:
            self._view.keyPressEvent(event)
            return True
        command = self._view.keys.get(chord_of(event, self._view.keys), "")
        if command == "escape":
            self._reader.focus_text()
        elif command in _STEPS:
            self._list.step(_STEPS[command])
        elif command in self._view.handled and command not in _OF_THE_LIST:
            self._view.keyPressEvent(event)
        else:
            return False
        return True

    # Qt overrides ----------------------------------------------------------------------------------------------

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take(event)
        if event.type() == QEvent.Type.FocusOut:
            self._view.set_verdict_mode(False)
        return False
