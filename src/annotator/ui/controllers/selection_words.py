"""What the status bar says while something is selected: how much it is, and the keys that help then."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTimer

from annotator.domain.article import Block
from annotator.domain.selectors import TextSpan
from annotator.domain.sentences import whole_sentences
from annotator.domain.words import count_words
from annotator.ui.main_window import MainWindow

_LATE_MS = 120  # while a selection still grows nothing is counted
_MOST_COUNTED, _MOST_PARSED = 200_000, 20_000  # characters whose words, and sentences, are counted


class SelectionWords(QObject):
    """Tells how much is selected in the open article, and back to the usual hints afterwards."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._view = window, window.reader.view
        self._told = False
        self._late = QTimer(self, singleShot=True, interval=_LATE_MS)
        self._late.timeout.connect(self._tell)
        self._view.selection_changed.connect(self._late.start)
        self._view.article_shown.connect(self._late.start)
        self._view.verdict_mode_changed.connect(self._late.start)

    def _tell(self) -> None:
        if self._view.awaits_verdict or self._window.pages.currentWidget() is not self._window.read_page:
            return
        span = self._view.selected_span()
        if span is None:
            if self._told:
                self._told = False
                self._window.show_usual_hints()
            return
        self._told = True
        article = self._view.article
        self._window.status.set_place(selection_words(article.text, article.blocks, span))
        self._window.status.set_hints(self._hints())

    def _hints(self) -> list[tuple[str, str]]:
        window = self._window
        if not window.settings.get("single_keys"):
            return [("Ctrl C", self.tr("copy")), ("F1", self.tr("all keys"))]
        hints = [("E", self.tr("widen")), ("Shift E", self.tr("narrow"))]
        if not window.bridge.read_only:
            hints += [("C", self.tr("claim")), ("H", self.tr("highlight")), ("1–8", self.tr("tag"))]
        return [*hints, ("?", self.tr("all keys"))]


def selection_words(text: str, blocks: Sequence[Block], span: TextSpan) -> str:
    """How much a selection is: "1 sentence selected, 14 words", "3 words selected"."""
    tr, number = QCoreApplication.translate, QLocale().toString
    length = span.end - span.start
    words = count_words(text[span.start : span.end]) if length <= _MOST_COUNTED else 0
    if not words:
        if length == 1:
            return tr("SelectionWords", "1 character selected")
        return tr("SelectionWords", "{n} characters selected").format(n=number(length))
    sentences = whole_sentences(text, blocks, span) if length <= _MOST_PARSED else 0
    if not sentences:
        if words == 1:
            return tr("SelectionWords", "1 word selected")
        return tr("SelectionWords", "{n} words selected").format(n=number(words))
    counted = tr("SelectionWords", "1 word") if words == 1 else tr("SelectionWords", "{n} words")
    counted = counted.format(n=number(words))
    if sentences == 1:
        return tr("SelectionWords", "1 sentence selected, {words}").format(words=counted)
    return tr("SelectionWords", "{n} sentences selected, {words}").format(n=number(sentences), words=counted)
