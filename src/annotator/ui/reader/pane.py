"""The reader with what surrounds it: its line of title and position, find, the rail, and messages."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.selectors import TextSpan
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.find_bar import FindBar
from annotator.ui.reader.navigation import paragraph_starts
from annotator.ui.reader.rail import PositionRail
from annotator.ui.reader.selection_bar import SelectionBar
from annotator.ui.reader.view import ReaderView
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import ElidedLabel, IconButton, label

# 238 words a minute (silent reading of English non-fiction: Brysbaert 2019, doi.org/10.1016/j.jml.2019.104047) of
# about six characters each, the space included.
_CHARACTERS_A_MINUTE = 238 * 6


def reading_minutes(characters: int) -> int:
    """How long a text of that many characters takes to read, in whole minutes, at least one."""
    return max(1, round(characters / _CHARACTERS_A_MINUTE))


class ReaderPane(QFrame):
    """The middle of the window."""

    back_requested = Signal()
    forward_requested = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader_pane")
        self.setProperty("surface", "reader")
        self.view = ReaderView(themes, self)
        self.rail = PositionRail(self.view, themes, self)
        self.selection_bar = SelectionBar(self.view, themes)
        self.find_bar = FindBar(themes, self)
        self._make_header(themes)
        text = QHBoxLayout()
        text.setContentsMargins(0, 0, 0, 0)
        text.setSpacing(0)
        text.addWidget(self.view, 1)
        text.addWidget(self.rail)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.find_bar)
        column.addLayout(text, 1)
        self.setMinimumWidth(themes.theme.metric("readerMin"))
        self.setFocusProxy(self.view)
        self._paragraphs: list[int] = []
        self.view.position_changed.connect(self._show_position)
        self.view.cursorPositionChanged.connect(self._show_position)
        self.find_bar.found.connect(self._on_found)
        self.find_bar.closed.connect(self.focus_text)

    def show_article(self, doc: ReaderDocument, title: str) -> None:
        """Show an article from its beginning."""
        self._title.set_text(title)
        self.find_bar.set_text(doc.text)
        self.view.show_article(doc)
        self._paragraphs = paragraph_starts(self.view.article.blocks)
        self.selection_bar.hide()  # what was selected is gone with the text before
        self._show_position()

    def set_history(self, *, back: bool, forward: bool) -> None:
        """Say whether there are articles read before and after this one."""
        self._back.setEnabled(back)
        self._forward.setEnabled(forward)

    def set_actions(self, actions: list[QAction]) -> None:
        """Fill the menu of the open article."""
        self._menu.clear()
        self._menu.addActions(actions)

    def open_find(self) -> None:
        """Find in this article, from where the caret is."""
        self.find_bar.open_bar(self.view.caret_offset())

    def focus_text(self) -> None:
        """Give the keyboard back to the text, at the same place."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_header(self, themes: ThemeManager) -> None:
        self._header = QFrame(self)
        self._header.setProperty("surface", "subheader")
        self._header.setFixedHeight(themes.theme.metric("subheader"))
        self._back = IconButton(themes, "arrow-left", self.tr("Back"), key="Alt+Left", parent=self._header)
        self._forward = IconButton(
            themes, "arrow-right", self.tr("Forward"), key="Alt+Right", parent=self._header
        )
        self._title = ElidedLabel(parent=self._header)
        self._title.setProperty("role", "strong")
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._place = label("", tone="muted", parent=self._header)
        find = IconButton(themes, "search", self.tr("Find in this article"), key="/", parent=self._header)
        more = IconButton(themes, "ellipsis", self.tr("More for this article"), parent=self._header)
        self._menu = QMenu(more)
        more.setMenu(self._menu)
        more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        for name, button in (
            ("back", self._back),
            ("forward", self._forward),
            ("find", find),
            ("more", more),
        ):
            button.setObjectName(f"reader_{name}")
        row = QHBoxLayout(self._header)
        row.setContentsMargins(14, 0, 10, 0)
        row.setSpacing(6)
        row.addWidget(self._back)
        row.addWidget(self._forward)
        row.addSpacing(2)
        row.addWidget(self._title)
        row.addWidget(self._place)
        row.addStretch(1)
        row.addWidget(find)
        row.addWidget(more)
        self._back.clicked.connect(lambda: self.back_requested.emit())
        self._forward.clicked.connect(lambda: self.forward_requested.emit())
        find.clicked.connect(self.open_find)
        self.set_history(back=False, forward=False)

    def _show_position(self) -> None:
        """Say in which paragraph one is, headings and tables not counted, and how much is left from there."""
        if not self._paragraphs:
            self._place.setText("")
            return
        offset = self.view.place()
        self._place.setText(
            self.tr("· paragraph {at} of {all} · {minutes} min left").format(
                at=max(1, bisect_right(self._paragraphs, offset)),
                all=len(self._paragraphs),
                minutes=reading_minutes(len(self.view.article.text) - offset),
            )
        )

    def _on_found(self, span: TextSpan) -> None:
        self.view.select(span)
