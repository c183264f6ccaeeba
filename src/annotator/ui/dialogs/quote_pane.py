"""Step 2 of linking evidence: select the passage in the source's text, or type it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.article import Block
from annotator.domain.selectors import TextSpan
from annotator.ui.dialogs.source_pane import step_caption
from annotator.ui.dialogs.source_text import SourceText
from annotator.ui.dialogs.text_frame import TextFrame
from annotator.ui.icons import icon
from annotator.ui.reader.rail import PositionRail
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets.base import follow
from annotator.ui.widgets.labels import ElidedLabel, label
from annotator.ui.widgets.text_area import TextArea


class QuotePane(QWidget):
    """Shows the text of the source when there is one; else, or on demand, a field to type the quote into."""

    next_requested = Signal()
    changed = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._has_text = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_head())
        self._pages = QStackedWidget(self)
        self._pages.setContentsMargins(0, 1, 0, 1)
        self._pages.addWidget(self._make_typed_page())
        self.text_view = SourceText(themes, self)
        self.text_view.quote_selected.connect(lambda _span: self.changed.emit())
        self.text_view.installEventFilter(self)
        self._pages.addWidget(self._make_text_page(themes))
        column.addWidget(self._pages, 1)
        follow(themes, self._dress)
        self.show_text(None)

    def show_text(self, source_text: tuple[str, Sequence[Block]] | None) -> None:
        """Offer the text of another source, or none."""
        self._has_text = source_text is not None
        self.find_field.clear()
        if source_text is not None:
            self.text_view.show_text(*source_text)
        else:
            self.text_view.show_text("", ())
        typed = bool(self.quote_field.text().strip())
        self._show_page(typed_in=not self._has_text or typed)

    @property
    def types(self) -> bool:
        """Whether the quote is typed rather than selected."""
        return self._pages.currentIndex() == 0

    def quote(self) -> str:
        """The words quoted, trimmed."""
        return self.quote_field.text().strip() if self.types else self.text_view.quote

    def span(self) -> TextSpan | None:
        """The place of the quote in the source's text, when it was selected there."""
        return None if self.types else self.text_view.span

    def set_quote(self, quote: str) -> None:
        """Show a quote: selected where the text holds it, else typed."""
        found = self._has_text and bool(quote) and self.text_view.select_quote(quote)
        if not found:
            self.quote_field.set_text(quote)
        self._show_page(typed_in=not self._has_text or (bool(quote) and not found))

    def set_stance(self, stance: str) -> None:
        """Mark a selected quote in the colour of the stance."""
        self.text_view.set_stance(stance)

    def start(self) -> None:
        """Put the caret where the quote is typed or searched for."""
        field = self.quote_field if self.types else self.find_field
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStrut(28)  # as high without the search field as with it
        row.setContentsMargins(16, 9, 16, 9)
        row.setSpacing(8)
        caption = step_caption("2", self.tr("Quote"), self)
        row.addLayout(caption)
        self._hint = ElidedLabel("", self)
        self._hint.setProperty("role", "caption")
        self._hint.setProperty("tone", "muted")
        row.addWidget(self._hint, 1)
        self._switch = QPushButton(self)
        self._switch.setObjectName("evidence_type_quote")
        self._switch.setProperty("kind", "quiet")
        self._switch.setProperty("compact", True)
        self._switch.setAutoDefault(False)
        self._switch.clicked.connect(self._on_switched)
        row.addWidget(self._switch)
        self.find_field = QLineEdit(self)
        self.find_field.setObjectName("evidence_find")
        self.find_field.setProperty("soft", True)
        self.find_field.setProperty("compact", True)
        self.find_field.setFixedWidth(190)
        self.find_field.setPlaceholderText(self.tr("Find in the text"))
        self.find_field.setAccessibleName(self.tr("Find in the text of the source"))
        self.find_field.setToolTip(self.tr("Return selects the sentence, Down goes to the next place"))
        self._find_action = QAction(self.find_field)
        self.find_field.addAction(self._find_action, QLineEdit.ActionPosition.LeadingPosition)
        self.find_field.textChanged.connect(self._on_find)
        self.find_field.returnPressed.connect(self._on_found)
        self.find_field.installEventFilter(self)
        row.addWidget(self.find_field)
        self._matches = label("", role="caption", tone="muted", parent=self)
        self._matches.setObjectName("evidence_matches")
        row.addWidget(self._matches)
        return row

    def _make_text_page(self, themes: ThemeManager) -> QWidget:
        page = QFrame(self)
        page.setProperty("surface", "reader")
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        rail = PositionRail(self.text_view, themes, page)
        rail.hits = self.text_view.hits
        row.addWidget(TextFrame(themes, self.text_view, page), 1)
        row.addWidget(rail)
        return page

    def _make_typed_page(self) -> QWidget:
        page = QFrame(self)
        page.setProperty("surface", "reader")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        self.quote_field = TextArea(self.tr("Quote from the source"), least=6, most=14, parent=page)
        self.quote_field.setObjectName("evidence_quote")
        self.quote_field.setPlaceholderText(
            self.tr("Type or paste the words of the source, exactly as they stand")
        )
        self.quote_field.textChanged.connect(self.changed)
        column.addWidget(self.quote_field)
        self._typed_hint = label("", role="caption", tone="muted", parent=page)
        self._typed_hint.setWordWrap(True)
        column.addWidget(self._typed_hint)
        column.addStretch(1)
        return page

    def _show_page(self, *, typed_in: bool) -> None:
        self._pages.setCurrentIndex(0 if typed_in else 1)
        self._switch.setVisible(self._has_text)
        words = self.tr("Select in the text") if typed_in else self.tr("Type it instead")
        self._switch.setText(words)
        self._switch.setAccessibleName(words)
        self.find_field.setVisible(not typed_in)
        self._matches.setVisible(not typed_in)
        self._hint.set_text(
            self.tr("the words that bear on the claim")
            if typed_in
            else self.tr("select the passage that bears on the claim")
        )
        self._typed_hint.setText(
            ""
            if self._has_text
            else self.tr("The text of this source isn't in the library. The quote may stay empty.")
        )
        self.changed.emit()

    def _on_switched(self) -> None:
        if self.types:
            quote = self.quote_field.text().strip()
            self.quote_field.set_text("")
            if quote:
                self.text_view.select_quote(quote)
            self._show_page(typed_in=False)
        else:
            self.quote_field.set_text(self.text_view.quote)
            self._show_page(typed_in=True)
        self.start()

    def _on_find(self, query: str) -> None:
        count = self.text_view.find_all(query)
        self._say_match(count)

    def _say_match(self, count: int) -> None:
        if not self.find_field.text().strip():
            self._matches.setText("")
        elif not count:
            self._matches.setText(self.tr("none"))
        else:
            said = self.tr("{place} of {count}")
            self._matches.setText(said.format(place=self.text_view.match + 1, count=count))

    def _on_found(self) -> None:
        if self.text_view.match >= 0:
            self.text_view.select_sentence()
            self.text_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, step: int) -> None:
        if self.text_view.match >= 0:
            self.text_view.go_to_match(self.text_view.match + step)
            self._say_match(self.text_view.match_count)

    def _dress(self, theme: Theme) -> None:
        self._find_action.setIcon(icon("search", theme.color("textSecondary"), 14))
        self.quote_field.setFont(theme.font("quote"))
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key, shift = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1} if watched is self.find_field else {}
            if key == Qt.Key.Key_F3:
                self._go(-1 if shift else 1)
                return True
            if key in moves:
                self._go(moves[Qt.Key(key)])
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(self._pages.geometry(), self._themes.theme.color("reader"))
        painter.setPen(self._themes.theme.color("border"))
        box = self._pages.geometry()
        painter.drawLine(box.left(), box.top(), box.right(), box.top())
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
        painter.end()
