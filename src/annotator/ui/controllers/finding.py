"""Find in what is written about the open article: its claims, their evidence, and the notes."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject

from annotator.domain.views import ClaimView
from annotator.ui.controllers.reading import ReadingController
from annotator.ui.reader.find_list import Entry
from annotator.ui.reader.pane import ReaderPane


class FindController(QObject):
    """Tells the line of find what is written about the article, and shows what is chosen there."""

    def __init__(self, reading: ReadingController, reader: ReaderPane, parent: QObject) -> None:
        super().__init__(parent)
        self._reading, self._bar = reading, reader.find_bar
        self._bar.ask_for_entries(self._entries)
        self._bar.entry_chosen.connect(self._show)

    def _entries(self) -> list[Entry]:
        work = self._reading.work
        if work is None:
            return []
        found = [entry for view in work.claims for entry in self._of_claim(view)]
        return found + [
            Entry(f"mark {mark.id}", self.tr("Note"), mark.note) for mark in work.marks if mark.note
        ]

    def _of_claim(self, view: ClaimView) -> Iterator[Entry]:
        key, title = f"claim {view.claim.id}", self.tr("Claim {number}").format(number=view.number)
        yield Entry(key, title, view.claim.statement)
        for note in (view.claim.note, view.mention.note):
            if note:
                yield Entry(key, self.tr("{claim}, note").format(claim=title), note)
        for one in view.evidence:
            words = "\n".join(
                part for part in (one.source.title, one.evidence.quote, one.evidence.note) if part
            )
            yield Entry(key, self.tr("{claim}, evidence").format(claim=title), words)

    def _show(self, key: str) -> None:
        kind, _, id = key.partition(" ")
        if kind == "claim":
            self._reading.select_claim(id)
        else:
            self._reading.select_mark(id)
