"""Two texts beside each other: the one that is worked on, and a second to read with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QSplitter, QWidget

from annotator.ui.reader.evidence_bar import EvidenceBar
from annotator.ui.reader.pane import ReaderPane
from annotator.ui.reader.selection_bar import SelectionBar
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import IconButton
from annotator.ui.widgets.base import follow

PANE_LEAST = 400  # pixels of each of two texts; the gutter drops to its narrow form first
_MARK = 2


class SecondPane(ReaderPane):
    """The text beside the first. What is selected in it can become evidence for a claim there."""

    close_requested = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self.setObjectName("second_pane")
        self.view.setAccessibleName(self.tr("Second text"))
        close = IconButton(themes, "x", self.tr("Close the second text"), key="F8", parent=self._header)
        close.setObjectName("second_close")
        close.clicked.connect(lambda: self.close_requested.emit())
        row = self._header.layout()
        assert row is not None
        row.addWidget(close)

    @property
    def evidence_bar(self) -> EvidenceBar:
        """The bar over its selection."""
        assert isinstance(self.selection_bar, EvidenceBar)
        return self.selection_bar

    def _make_bar(self, themes: ThemeManager) -> SelectionBar:
        return EvidenceBar(self.view, themes)


class TwoTexts(QSplitter):
    """The first pane alone, or both. `current` is the one with the focus, or that had it last."""

    current_changed = Signal(object)
    split_changed = Signal(bool)

    def __init__(self, themes: ThemeManager, first: ReaderPane, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("two_texts")
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._themes, self.first = themes, first
        self.second: SecondPane | None = None
        self.current: ReaderPane = first
        self._marks: dict[ReaderPane, _CurrentMark] = {}
        self.addWidget(first)
        self.setFocusProxy(first)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @property
    def is_split(self) -> bool:
        """Whether both texts are shown."""
        return self.second is not None and not self.second.isHidden()

    def panes(self) -> list[ReaderPane]:
        """The panes that are shown, the first one first."""
        return [self.first, self.second] if self.second is not None and self.is_split else [self.first]

    def least_width(self) -> int:
        """The pixels that the texts need."""
        return sum(pane.minimumWidth() for pane in self.panes()) + self.handleWidth() * (
            len(self.panes()) - 1
        )

    def show_second(self) -> SecondPane:
        """Show both texts, each in half of the room."""
        second = self.second or self._make_second()
        if not self.is_split:
            for pane in (self.first, second):
                pane.setMinimumWidth(PANE_LEAST)
            second.show()
            self.setSizes([1, 1])
            self._mark()
            self.split_changed.emit(True)
        return second

    def hide_second(self) -> None:
        """Show the first text alone, with the focus if the second had it."""
        if self.second is None or not self.is_split:
            return
        had_focus = self.current is self.second
        self.second.hide()
        self.first.setMinimumWidth(self._themes.theme.metric("readerMin"))
        self._choose(self.first)
        self._mark()
        self.split_changed.emit(False)
        if had_focus:
            self.go_to(self.first)

    def go_to(self, pane: ReaderPane) -> None:
        """Give a pane the keyboard."""
        self._choose(pane)
        pane.focus_text()

    def _make_second(self) -> SecondPane:
        self.second = made = SecondPane(self._themes, self)
        made.hide()
        self.addWidget(made)
        for number, pane in enumerate((self.first, made)):
            self.setStretchFactor(number, 1)
            self._marks[pane] = _CurrentMark(self._themes, pane)
        return made

    def _choose(self, pane: ReaderPane) -> None:
        if pane is not self.current:
            self.current = pane
            self._mark()
            self.current_changed.emit(pane)

    def _mark(self) -> None:
        for pane, mark in self._marks.items():
            mark.setVisible(self.is_split and pane is self.current)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        for pane in self.panes():
            if now is not None and pane.isAncestorOf(now):
                self._choose(pane)


class _CurrentMark(QFrame):
    """The line under the header of the pane that has the keyboard."""

    def __init__(self, themes: ThemeManager, pane: ReaderPane) -> None:
        super().__init__(pane)
        self._pane, self._top = pane, themes.theme.metric("subheader") - _MARK
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        follow(themes, self._dress)
        pane.installEventFilter(self)
        self._place()
        self.raise_()

    def _place(self) -> None:
        self.setGeometry(0, self._top, self._pane.width(), _MARK)

    def _dress(self, theme: Theme) -> None:
        self.setStyleSheet(f"background: {theme.css('accent')}; border: none;")

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False
