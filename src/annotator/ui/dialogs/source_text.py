"""The text of a source, to select a quote from: the reader itself, without marks and with few keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from annotator.domain.article import Block
from annotator.domain.finding import Finder, Places, Query
from annotator.domain.selectors import TextSpan
from annotator.domain.sentences import sentence_at
from annotator.ui.reader.document import Layout, ReaderDocument
from annotator.ui.reader.hits import Hits
from annotator.ui.reader.keys import DEFAULT_KEYS
from annotator.ui.reader.layers import Frame, Layer
from annotator.ui.reader.styles import ReadingType
from annotator.ui.reader.view import ReaderView
from annotator.ui.theme import ThemeManager

_SIZE, _EDGE, _WIDEST = 16, 16, 820
_LINE = 2
_COMMANDS = frozenset(
    {
        "widen", "narrow", "next_paragraph", "previous_paragraph", "next_sentence", "previous_sentence",
        "page_down", "page_up",
    }
)  # fmt: skip


class SourceText(ReaderView):
    """Shows a canonical text. `quote_selected` carries the span that was selected, without spaces at its ends, or
    None."""

    quote_selected = Signal(object)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        self._stance = ""
        super().__init__(themes, parent)
        self.setObjectName("source_text")
        self.setAccessibleName(self.tr("Text of the source"))
        self.setAccessibleDescription(
            self.tr("Select the passage that bears on the claim. E selects the sentence.")
        )
        self.keys = {chord: name for chord, name in DEFAULT_KEYS.items() if name in _COMMANDS}
        self._places = Places()
        self._match = -1
        self._quote: TextSpan | None = None
        self._finder = Finder("", ())
        self.add_layer(_QuoteLine(self))
        self.hits = Hits(self)
        self.set_type(ReadingType(size=_SIZE))
        self.set_measure(_WIDEST)
        self._dress()
        self.selection_changed.connect(self._on_selected)

    @property
    def quote(self) -> str:
        """The words selected, as the canonical text has them."""
        return self.article.text[self._quote.start : self._quote.end] if self._quote is not None else ""

    @property
    def span(self) -> TextSpan | None:
        """The place of the words selected."""
        return self._quote

    @property
    def stance(self) -> str:
        """The stance whose colour marks the quote, "" for none."""
        return self._stance

    def show_text(self, text: str, blocks: Sequence[Block]) -> None:
        """Show another text from its beginning, with nothing selected."""
        self._places, self._match, self._quote = Places(), -1, None
        self._finder = Finder(text, blocks)
        self.hits.clear()
        self.show_article(ReaderDocument(text, tuple(blocks)))

    def select_quote(self, quote: str) -> bool:
        """Select the first place that reads `quote`; whether there is one."""
        start = self.article.text.find(quote) if quote else -1
        if start < 0:
            return False
        self.select(TextSpan(start, start + len(quote)))
        return True

    def select_sentence(self) -> None:
        """Select the sentence at the match of the search that is current, or at the caret."""
        place = self._places[self._match].start if self._match >= 0 else self.caret_offset()
        span = sentence_at(self.article.text, self.article.blocks, place)
        if span.start < span.end:
            self.select(span)

    def set_stance(self, stance: str) -> None:
        """Mark the quote in the colour of that stance; "" takes the plain selection."""
        self._stance = stance
        self._dress()
        self.viewport().update()

    def find_all(self, query: str) -> int:
        """Mark the places that hold `query` and go to the first; how many there are."""
        self._places, self._match = Places(), -1
        for places in self._finder.find(Query(query)) if query.strip() else ():
            self._places.add(places)
        if self._places:
            self.go_to_match(0)
        else:
            self.hits.clear()
        return len(self._places)

    @property
    def match(self) -> int:
        """The number of the current match from 0, -1 for none."""
        return self._match

    @property
    def match_count(self) -> int:
        """How many matches are marked."""
        return len(self._places)

    def go_to_match(self, number: int) -> None:
        """Scroll to a match; numbers go round."""
        if self._places:
            self._match = number % len(self._places)
            place = self._places[self._match]
            self.hits.show(self._places, place)
            self.reveal(place, flash=False)

    def _on_selected(self, span: TextSpan | None) -> None:
        words = self.article.text[span.start : span.end] if span is not None else ""
        if span is None or not words.strip():
            self._quote = None
        else:
            lead, tail = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
            self._quote = TextSpan(span.start + lead, span.end - tail)
        self.quote_selected.emit(self._quote)

    def _layout_for(self, width: int) -> Layout:
        return Layout(_EDGE, max(1, min(self._measure, width - 2 * _EDGE)), _EDGE)

    def _selection_role(self) -> str:
        return f"{self._stance}Soft" if self._stance else "selection"


class _QuoteLine(Layer):
    """The line under the quote in the colour of its stance; its ground is that of the selection."""

    def __init__(self, view: SourceText) -> None:
        self._view = view

    def paint_over(self, painter: QPainter, frame: Frame) -> None:
        """See `Layer`."""
        span, stance = self._view.span, self._view.stance
        if span is None or not stance:
            return
        color = frame.page.theme.stance(stance).color
        for box in frame.page.boxes(span, frame.blocks):
            x, y = round(box.left() + frame.shift.x()), round(box.bottom() + frame.shift.y())
            painter.fillRect(QRectF(x, y - _LINE, round(box.width()), _LINE), color)
