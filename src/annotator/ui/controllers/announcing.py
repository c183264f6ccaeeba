"""Lets a screen reader tell what others see: what was done, how many places were found, which claim the caret is in."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from annotator.domain.ids import ClaimId
from annotator.errors import UserError
from annotator.ui.announce import Announcer
from annotator.ui.bridge import LibraryBridge
from annotator.ui.controllers.reading import ReadingController
from annotator.ui.panel import words
from annotator.ui.reader.pane import ReaderPane
from annotator.ui.status_bar import StatusBar

_TYPED_MS = 500


class AnnouncingController(QObject):
    """Puts into words what happens in the window."""

    def __init__(
        self, bridge: LibraryBridge, reading: ReadingController, reader: ReaderPane, status: StatusBar
    ) -> None:
        super().__init__(reader)
        self._reading, self._view = reading, reader.view
        self.announcer = Announcer(reader.view)
        self._inside: frozenset[ClaimId] = frozenset()
        self._found = ""
        # While one types, only the last count is of use.
        self._typed = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._typed.timeout.connect(self._say_found)
        status.said.connect(self.announcer.say)
        reader.find_bar.said.connect(self._on_found)
        bridge.saved.connect(self._on_saved)
        bridge.not_saved.connect(self._on_not_saved)
        bridge.failed.connect(self._on_failed)
        self._view.cursorPositionChanged.connect(self._on_caret_moved)

    def _on_found(self, text: str) -> None:
        self._found = text
        self._typed.start()

    def _say_found(self) -> None:
        self.announcer.say(self._found)

    def _on_saved(self) -> None:
        self.announcer.say(self.tr("Saved"))

    def _on_not_saved(self) -> None:
        self.announcer.say(self.tr("Last change not saved"), urgent=True)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.announcer.say(
                " ".join(part for part in (error.what, error.kept, error.todo) if part), urgent=True
            )

    def _on_caret_moved(self) -> None:
        """Say which claim the caret enters, or that it has left one."""
        if not self.announcer.is_heard():
            return
        rows = self._view.page.index.at(self._view.caret_offset())
        before, self._inside = (
            self._inside,
            frozenset(row.claim_id for row in rows if row.claim_id is not None),
        )
        work = self._reading.work
        entered = [view for row in rows if (view := self._reading.claim_view(row.claim_id)) is not None]
        new = [view for view in entered if view.claim.id not in before]
        if new and work is not None:
            told = (
                self.tr("Claim {number}, {verdict}").format(
                    number=view.number, verdict=words.verdict_word(view.claim.verdict, work.scale)
                )
                for view in new
            )
            self.announcer.say("; ".join(told))
        elif before - self._inside:
            self.announcer.say(self.tr("End of claim"))
