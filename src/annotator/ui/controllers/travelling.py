"""Back and forward: between the articles that were read, and inside of them after a jump."""

from __future__ import annotations

from PySide6.QtCore import QObject

from annotator.ui.controllers.reading import ReadingController
from annotator.ui.reader.pane import ReaderPane
from annotator.ui.reading_history import ReadingHistory, Stop


class TravellingController(QObject):
    """Remembers where one was in the pane before each jump, and leads back there."""

    def __init__(self, reading: ReadingController, reader: ReaderPane, parent: QObject) -> None:
        super().__init__(parent)
        self._reading, self._reader, self._view = reading, reader, reader.view
        self._history = ReadingHistory()
        self._goal: Stop | None = None
        reading.leaving.connect(self._on_article_left)
        reading.article_opened.connect(self._on_article_opened)
        self._view.leaving.connect(self._on_jump)
        reader.back_requested.connect(self.back)
        reader.forward_requested.connect(self.forward)

    def back(self) -> None:
        """Go where one was before."""
        self._go(self._history.back(self._here()))

    def forward(self) -> None:
        """Go where one was before going back."""
        self._go(self._history.forward(self._here()))

    def _here(self) -> Stop | None:
        article, span = self._reading.article, self._view.selected_span()
        if article is None:
            return None
        caret = span.start if span is not None else self._view.caret_offset()
        seen = caret if self._view.on_screen(caret) else None
        return Stop(article.id, self._view.reading_position(), seen)

    def _go(self, stop: Stop | None) -> None:
        article = self._reading.article
        if stop is not None and (article is None or stop.article_id != article.id):
            self._goal = stop
            self._reading.open_article(stop.article_id)
        elif stop is not None:
            self._restore(stop)
        self._show()

    def _restore(self, stop: Stop) -> None:
        self._view.restore_position(stop.position, caret=stop.caret)
        self._reader.focus_text()

    def _on_jump(self, goal: int) -> None:
        here = self._here()
        if here is not None:
            self._history.leave(here, goal=goal)
            self._show()

    def _on_article_left(self, article_id: str) -> None:
        if self._goal is not None and self._goal.article_id != article_id:
            self._goal = None  # it could not be opened
        here = self._here()
        if self._goal is None and here is not None and here.article_id != article_id:
            self._history.leave(here)

    def _on_article_opened(self) -> None:
        goal, self._goal = self._goal, None
        if (
            goal is not None
            and self._reading.article is not None
            and goal.article_id == self._reading.article.id
        ):
            self._restore(goal)
        self._show()

    def _show(self) -> None:
        self._reader.set_history(back=self._history.can_go_back, forward=self._history.can_go_forward)
