"""The second text: showing one beside the first. `second_marks` makes evidence of its passages."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.evidence import Evidence
from annotator.domain.selectors import TextSpan
from annotator.domain.views import ArticleSummary
from annotator.services import articles
from annotator.ui.bridge import LibraryBridge
from annotator.ui.controllers.reading import ReadingController
from annotator.ui.controllers.second_article import SecondArticle
from annotator.ui.controllers.second_marks import SecondMarks
from annotator.ui.main_window import MainWindow
from annotator.ui.palette import CommandPalette
from annotator.ui.reader.evidence_bar import STANCE_KEYS
from annotator.ui.reader.pane import ReaderPane
from annotator.ui.reader.split import SecondPane

_SETTLED_MS = 120  # until both panes have their room, and long texts are laid out in it


class SecondPaneController(QObject):
    """Shows a text beside the first, and goes back and forward among those that were shown there."""

    address_requested = Signal(str)
    address_shown = Signal(str)  # of the link under the pointer, "" for none
    hinted = Signal(str)
    said = Signal(str)  # what was done, in words; it can be undone

    def __init__(
        self, bridge: LibraryBridge, window: MainWindow, reading: ReadingController, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge, self._window, self._reading, self._owner = bridge, window, reading, parent
        self._texts = window.texts
        self._shown: SecondArticle | None = None
        self.marks: SecondMarks | None = None
        self._palette: CommandPalette | None = None
        self._last = ""
        self._read: list[str] = []  # the articles shown here, and which of them is
        self._at = -1
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._show_place_of_claim)
        window.commands.connect({"split": self.toggle, "show_beside": self.choose, "swap_texts": self.swap})
        window.library.beside_requested.connect(self.show)
        window.sources.beside_requested.connect(self.show)
        window.panel.editor.evidence.beside_requested.connect(self._show_evidence)
        self._texts.current_changed.connect(self._on_current_changed)
        self._texts.split_changed.connect(self._on_split_changed)
        reading.article_closed.connect(self.close)
        window.closing.connect(self.save_position)
        bridge.replaced.connect(self._on_replaced)

    # Showing -------------------------------------------------------------------------------------------------

    @property
    def article(self) -> SecondArticle | None:
        """What the second pane shows, while it is shown."""
        return self._shown if self._texts.is_split else None

    def show(self, article_id: str, passage: Evidence | None = None) -> None:
        """Show an article beside the one that is open, where it has that passage; without one, in the first pane."""
        if self._reading.article is None:
            self._reading.open_article(article_id)
            return
        self._read[self._at + 1 :] = [article_id]
        self._at = len(self._read) - 1
        self._open(article_id, passage)

    def toggle(self) -> None:
        """Show the second text, the one that was there last or one to be chosen, or no longer."""
        if self._texts.is_split and self._texts.isVisible():
            self.close()
        elif self._last:
            self._open(self._last)
        else:
            self.choose()

    def choose(self) -> None:
        """Ask which text to show beside: those that the active claim rests on come first."""
        self._bridge.query(articles.list_articles, self._offer)

    def swap(self) -> None:
        """Let the second text be the one that is worked on, and the first the one beside it."""
        first, shown = self._reading.article, self.article
        if first is None or shown is None or shown.article is None:
            self.hinted.emit(self.tr("Show a second text first: Shift+F8"))
            return
        second = shown.article
        shown.save_position()
        self._reading.open_article(second.id)
        self.show(first.id)
        self._texts.go_to(self._window.reader)

    def close(self) -> None:
        """Show the first text alone."""
        self.save_position()
        self._texts.hide_second()

    def close_if_current(self) -> bool:
        """Close the second text if the keyboard is there; whether it was."""
        is_current = self._texts.current is not self._window.reader
        if is_current:
            self.close()
        return is_current

    def travel(self, step: int) -> bool:
        """Back (-1) or forward (1) among the texts shown here, if the keyboard is here; whether it is."""
        if self._texts.current is self._window.reader:
            return False
        self._travel(step)
        return True

    def save_position(self) -> None:
        """Remember where reading stopped."""
        if self.article is not None:
            self.article.save_position()

    def _travel(self, step: int) -> None:
        if 0 <= self._at + step < len(self._read):
            self._at += step
            self._open(self._read[self._at])

    def _show_evidence(self, evidence_id: str) -> None:
        claim = self._reading.active_claim()
        for item in claim.evidence if claim is not None else ():
            if item.evidence.id == evidence_id and item.source.article_id is not None:
                self.show(item.source.article_id, item.evidence)

    def _open(self, article_id: str, passage: Evidence | None = None) -> None:
        self._last = article_id
        self._window.show_reading()
        if not self._texts.is_split:
            self._settled.start()
        pane = self._texts.show_second()
        if self._shown is None:
            self._shown = self._furnish(pane)
        self._shown.open_at(article_id, passage)
        pane.set_history(back=self._at > 0, forward=self._at + 1 < len(self._read))
        self._texts.go_to(pane)

    def _furnish(self, pane: SecondPane) -> SecondArticle:
        """Make the second pane work: what the first offers, and its own keys."""
        window, view = self._window, pane.view
        window.appearance.attach(view)
        view.size_step_requested.connect(window.appearance.step_size)
        pane.selection_bar.mode = window.reader.selection_bar.mode
        pane.set_actions([window.commands[name] for name in ("show_beside", "swap_texts", "split")])
        pane.close_requested.connect(self.close)
        pane.back_requested.connect(partial(self._travel, -1))
        pane.forward_requested.connect(partial(self._travel, 1))
        view.address_requested.connect(self.address_requested)
        view.handle("keys", window.commands["keys"].trigger)
        pane.inline.address_shown.connect(self.address_shown)
        view.installEventFilter(self._owner)  # Ctrl+V is a new article here, too
        shown = SecondArticle(self._bridge, pane, self)
        shown.article_closed.connect(self._on_article_gone)
        self.marks = SecondMarks(self._bridge, window, self._reading, shown, pane)
        self.marks.hinted.connect(self.hinted)
        self.marks.said.connect(self.said)
        return shown

    def _offer(self, found: list[ArticleSummary]) -> None:
        claim = self._reading.active_claim()
        linked = [item.source.article_id for item in claim.evidence] if claim is not None else []
        first = self._reading.article
        others = [one for one in found if first is None or one.id != first.id]
        if not others:
            self.hinted.emit(self.tr("There is no other text yet: open one with Ctrl+O"))
            return
        others.sort(key=lambda one: one.id not in linked)
        if self._palette is None:
            self._palette = CommandPalette(self._window.themes, self._window)
            self._palette.setObjectName("beside_palette")
            self._palette.search.setPlaceholderText(self.tr("Show which text beside?"))
            self._palette.search.setAccessibleName(self.tr("Show which text beside?"))
            self._palette.article_activated.connect(self.show)
        self._palette.set_items((), others)
        self._palette.popup()

    # What happens elsewhere ----------------------------------------------------------------------------------

    def _show_place_of_claim(self) -> None:
        """The first text broke its lines anew: what the passages are for stays in sight."""
        row = self._reading.active_row()
        if row is not None:
            self._window.reader.view.reveal(TextSpan(row.start, row.end), flash=False)

    def _on_current_changed(self, pane: ReaderPane) -> None:
        """Say in the status bar which keys help where the keyboard is."""
        if pane is self._window.reader:
            self._window.show_usual_hints()
            return
        stance = self._window.themes.theme.stance
        keys = [(key, stance(one).label.lower()) for one, key in STANCE_KEYS.items()]
        self._window.status.set_hints(
            [("E", self.tr("expand")), *keys, ("Ctrl F8", self.tr("swap")), ("?", self.tr("all keys"))]
        )

    def _on_split_changed(self, split: bool) -> None:
        action = self._window.commands["split"]
        action.setText(self.tr("Close the second text") if split else self.tr("Second text beside"))

    def _on_article_gone(self) -> None:
        self._last = ""
        self._read, self._at = [], -1
        self._texts.hide_second()

    def _on_replaced(self) -> None:
        """A backup was restored: what is shown is of the state before, and may not be there any more."""
        if self._shown is not None:
            self._shown.close_article()
