"""The text of a source, to select a quote from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotator.domain.article import Block, BlockKind, MarkKind
from annotator.domain.selectors import TextSpan
from annotator.domain.sentences import sentence_at
from annotator.ui.offsets import OffsetMap
from annotator.ui.theme import Theme, ThemeManager

_SIZE, _LINE = 16, 26
_MOST_MATCHES = 500


class SourceText(QTextEdit):
    """Shows a canonical text read-only. `quote_selected` carries the span that was selected, code points.

    The document holds the text character by character, so that `OffsetMap` tells the places apart.
    """

    quote_selected = Signal(object)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("source_text")
        self.setAccessibleName(self.tr("Text of the source"))
        self.setAccessibleDescription(
            self.tr("Select the passage that bears on the claim. E selects the sentence.")
        )
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("flat", True)
        flags = Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        self.setTextInteractionFlags(flags)
        self.document().setDocumentMargin(18)
        self._themes = themes
        self._text = ""
        self._blocks: tuple[Block, ...] = ()
        self._offsets = OffsetMap("")
        self._matches: list[QTextCursor] = []
        self._match = -1
        self._quote: TextSpan | None = None
        self._stance = ""
        self._silent = False
        self.selectionChanged.connect(self._on_selection_changed)
        themes.theme_changed.connect(self._dress)

    @property
    def quote(self) -> str:
        """The words selected, as the canonical text has them."""
        return self._text[self._quote.start : self._quote.end] if self._quote is not None else ""

    @property
    def span(self) -> TextSpan | None:
        """The place of the words selected."""
        return self._quote

    def show_text(self, text: str, blocks: Sequence[Block]) -> None:
        """Show another text from its beginning, with nothing selected."""
        self._silent = True
        self._text, self._blocks, self._offsets = text, tuple(blocks), OffsetMap(text)
        self._matches, self._match, self._quote = [], -1, None
        self.setPlainText(text)
        self._dress(self._themes.theme)
        self._silent = False

    def select_quote(self, quote: str) -> bool:
        """Select the first place that reads `quote`; whether there is one."""
        start = self._text.find(quote) if quote else -1
        if start < 0:
            return False
        self.select_span(TextSpan(start, start + len(quote)))
        return True

    def select_span(self, span: TextSpan) -> None:
        """Select `span` and scroll there."""
        cursor = self.textCursor()
        cursor.setPosition(self._offsets.to_qt(span.start))
        cursor.setPosition(self._offsets.to_qt(span.end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def select_sentence(self) -> None:
        """Select the sentence at the caret, or at the match of the search that is current."""
        if not self._blocks:
            return
        cursor = self._matches[self._match] if 0 <= self._match < len(self._matches) else self.textCursor()
        place = cursor.selectionStart() if cursor.hasSelection() else cursor.position()
        self.select_span(sentence_at(self._text, self._blocks, self._offsets.to_text(place)))

    def set_stance(self, stance: str) -> None:
        """Mark the quote in the colour of that stance; "" takes the plain selection."""
        self._stance = stance
        self._mark()

    def find_all(self, query: str) -> int:
        """Mark the places that hold `query` and go to the first; how many there are, 500 at most."""
        self._matches = []
        self._match = -1
        place = QTextCursor(self.document())
        while query.strip() and len(self._matches) < _MOST_MATCHES:
            place = self.document().find(query, place)
            if place.isNull():
                break
            self._matches.append(QTextCursor(place))
        if self._matches:
            self.go_to_match(0)
        self._mark()
        return len(self._matches)

    @property
    def match(self) -> int:
        """The number of the current match from 0, -1 for none."""
        return self._match

    @property
    def match_count(self) -> int:
        """How many matches are marked."""
        return len(self._matches)

    def go_to_match(self, number: int) -> None:
        """Scroll to a match; numbers go round."""
        if not self._matches:
            return
        self._match = number % len(self._matches)
        box = self.cursorRect(self._matches[self._match])
        bar = self.verticalScrollBar()
        if box.top() < 0 or box.bottom() > self.viewport().height():
            bar.setValue(bar.value() + box.top() - self.viewport().height() // 3)
        self._mark()

    def _on_selection_changed(self) -> None:
        if self._silent:
            return
        cursor = self.textCursor()
        span = TextSpan(
            self._offsets.to_text(cursor.selectionStart()), self._offsets.to_text(cursor.selectionEnd())
        )
        words = self._text[span.start : span.end]
        lead, tail = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
        empty = not words.strip()
        self._quote = None if empty else TextSpan(span.start + lead, span.end - tail)
        self._mark()
        self.quote_selected.emit(self._quote)

    def _mark(self) -> None:
        theme = self._themes.theme
        marks: list[QTextEdit.ExtraSelection] = []

        def add(cursor: QTextCursor, form: QTextCharFormat) -> None:
            made = QTextEdit.ExtraSelection()
            made.cursor = cursor
            made.format = form
            marks.append(made)

        for number, match in enumerate(self._matches):
            form = QTextCharFormat()
            form.setBackground(theme.color("findCurrent" if number == self._match else "find"))
            if number == self._match:
                form.setForeground(theme.color("onFindCurrent"))
            add(match, form)
        if self._quote is not None and self._stance:
            look = theme.stance(self._stance)
            form = QTextCharFormat()
            form.setBackground(look.soft)
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            form.setUnderlineColor(look.color)
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._offsets.to_qt(self._quote.start))
            cursor.setPosition(self._offsets.to_qt(self._quote.end), QTextCursor.MoveMode.KeepAnchor)
            add(cursor, form)
        self.setExtraSelections(marks)
        # the selection itself lies above the extra ones, so it has to take the colour too
        fill = theme.css(f"{self._stance}Soft" if self._stance else "selection")
        sheet = f"QTextEdit {{ selection-background-color: {fill}; selection-color: {theme.css('text')}; }}"
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def _dress(self, theme: Theme) -> None:
        """Give the whole document its fonts, line heights and colours."""
        font = theme.font("reading")
        font.setPixelSize(_SIZE)
        self.setFont(font)
        document = self.document()
        document.setDefaultFont(font)
        silent, self._silent = self._silent, True
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        plain = QTextBlockFormat()
        plain.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        plain.setBottomMargin(10)
        cursor.setBlockFormat(plain)
        body = QTextCharFormat()
        body.setForeground(theme.color("text"))
        cursor.setCharFormat(body)
        for block in self._blocks:
            self._dress_block(cursor, block, theme)
        cursor.endEditBlock()
        self._silent = silent
        self._mark()

    def _dress_block(self, cursor: QTextCursor, block: Block, theme: Theme) -> None:
        cursor.setPosition(self._offsets.to_qt(block.start))
        cursor.setPosition(self._offsets.to_qt(block.end), QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        shape = QTextBlockFormat()
        if block.kind is BlockKind.HEADING:
            form.setFont(theme.font("uiStrong" if block.level > 1 else "title"))
            form.setForeground(theme.color("textSecondary"))
        elif block.kind is BlockKind.CODE:
            form.setFont(theme.font("code"))
        elif block.kind is BlockKind.STANDFIRST:
            form.setFontItalic(True)
        indent = 16 * (block.quoted + (max(block.level, 1) if block.kind is BlockKind.LIST_ITEM else 0))
        if indent:
            shape.setLeftMargin(indent)
            cursor.mergeBlockFormat(shape)
        if form.propertyCount():
            cursor.mergeCharFormat(form)
        for mark in block.marks:
            if mark.kind not in (MarkKind.EMPHASIS, MarkKind.STRONG):
                continue
            cursor.setPosition(self._offsets.to_qt(mark.start))
            cursor.setPosition(self._offsets.to_qt(mark.end), QTextCursor.MoveMode.KeepAnchor)
            run = QTextCharFormat()
            if mark.kind is MarkKind.EMPHASIS:
                run.setFontItalic(True)
            else:
                run.setFontWeight(QFont.Weight.Bold)
            cursor.mergeCharFormat(run)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().casefold() == "e" and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.select_sentence()
            return
        super().keyPressEvent(event)
