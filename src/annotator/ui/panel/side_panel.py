"""The side panel: claims, notes and sources of the open article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QSplitter,
    QSplitterHandle,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.annotation import Annotation
from annotator.domain.ids import ClaimId, TagId
from annotator.domain.rating import DEFAULT_SCALE, Scale
from annotator.domain.tag import Tag
from annotator.domain.views import ClaimView
from annotator.ui.panel import words
from annotator.ui.panel.claim_editor import ClaimEditor
from annotator.ui.panel.claim_header import ClaimHeader
from annotator.ui.panel.claim_list import ROW_HEIGHT, ClaimList, is_open
from annotator.ui.panel.count_tabs import CountTabs
from annotator.ui.panel.notes_list import NotesList
from annotator.ui.panel.sources_list import SourcesList
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import EmptyState, IconButton, follow

_LOW = 560
_SHOWN_ROWS = 3
CLAIMS, NOTES, SOURCES = range(3)


class GripHandle(QSplitterHandle):
    """A splitter handle with a small grip in its middle."""

    def __init__(self, orientation: Qt.Orientation, parent: QSplitter, themes: ThemeManager) -> None:
        super().__init__(orientation, parent)
        self._themes = themes

    double_clicked = Signal()

    def sizeHint(self) -> QSize:
        return QSize(32, 10)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.double_clicked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("panel"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("border"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setOpacity(1.0 if self.underMouse() else 0.55)
        painter.setBrush(theme.color("borderStrong"))
        painter.drawRoundedRect(QRectF((self.width() - 32) / 2, 3, 32, 3), 1.5, 1.5)


class GripSplitter(QSplitter):
    """Two parts above each other with a grip between; two clicks on it ask for the usual sizes."""

    usual_requested = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        self._themes = themes
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setHandleWidth(10)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:
        handle = GripHandle(self.orientation(), self, self._themes)
        handle.double_clicked.connect(self.usual_requested)
        return handle


class SidePanel(QWidget):
    """Shows what it is given and emits what the user does; ids in the signals are those of the things meant.

    In the compact form, asked for or below 560 px of height, it shows the list or the editor with a way back.
    """

    claim_selected = Signal(str)
    claim_opened = Signal(str)
    claim_hovered = Signal(str)  # "" when the pointer is over no card any more
    filter_changed = Signal(object)  # the claims that are not shown, a frozenset of their ids
    claim_delete_requested = Signal(str)
    claim_create_requested = Signal()
    link_requested = Signal(str)
    place_requested = Signal(str)
    annotation_activated = Signal(str)
    annotation_note_changed = Signal(str, str)
    annotation_delete_requested = Signal(str)
    source_opened = Signal(str)
    tab_changed = Signal(int)
    escape_pressed = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._claims: tuple[ClaimView, ...] = ()
        self._tags: Mapping[TagId, Tag] = {}
        self._scale = DEFAULT_SCALE
        self._history: Mapping[str, Sequence[int]] = {}
        self._active = ""
        self._filter = "all"
        self._hidden: frozenset[ClaimId] = frozenset()
        self._compact_asked = False
        self._showing_list = False
        self._read_only = False
        self._split_by_user = False
        self.setObjectName("side_panel")
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._header = QStackedWidget(self)
        self._header.setFixedHeight(40)
        self._header.addWidget(self._make_tabs())
        self.claim_header = ClaimHeader(themes, with_back=True, parent=self)
        self._header.addWidget(self.claim_header)
        column.addWidget(self._header)
        line = QWidget(self)
        line.setFixedHeight(1)
        line.setObjectName("side_panel_line")
        self._line = line
        column.addWidget(line)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._make_claims_page())
        self.notes = NotesList(themes, self)
        self.sources = SourcesList(themes, self)
        self._pages.addWidget(self.notes)
        self._pages.addWidget(self.sources)
        column.addWidget(self._pages, 1)
        self._connect_parts()
        self._update_counts(0)
        self._arrange()
        follow(themes, self._restyle)

    def set_claims(
        self,
        claims: tuple[ClaimView, ...],
        tags: Mapping[TagId, Tag] | None = None,
        *,
        scale: Scale | None = None,
        history: Mapping[str, Sequence[int]] | None = None,
        active: str | None = None,
    ) -> None:
        """Show the claims of an article, `active` as the active one. What is not given stays as it was.

        `history` maps the id of a claim to its past confidences in percent, oldest first.
        """
        self._claims = claims
        self._tags = self._tags if tags is None else tags
        self._scale = self._scale if scale is None else scale
        self._history = self._history if history is None else history
        self.claim_list.claims.set_claims(claims, self._tags, self._scale)
        self._tell_filter()
        self._update_counts(self.sources.set_claims(claims))
        self.set_active(active or self._active or None)
        self._size_list()

    def set_marks(self, marks: tuple[Annotation, ...]) -> None:
        """Show the highlights and notes of the article that are no mentions of claims."""
        self.notes.set_marks(marks, self._tags)
        self.tabs.set_count(NOTES, len(marks))

    def set_active(self, claim_id: str | None) -> None:
        """Show which claim is active; tells nobody."""
        view = self.claim_list.claims.view(claim_id) if claim_id else None
        self._active = str(view.claim.id) if view is not None else ""
        self.claim_list.set_active(self._active or None)
        if view is None:
            self.editor.clear()
        else:
            history = self._history.get(view.claim.id, ())
            self.editor.show_claim(view, self._tags, history, self._scale, len(self._claims))
            word = words.verdict_word(view.claim.verdict, self._scale)
            self.claim_header.show_claim(view.number, view.claim.verdict, word, len(self._claims))
        self._arrange()

    def active_claim(self) -> str:
        """The id of the active claim, "" without one."""
        return self._active

    def follow(self, claim_id: str) -> None:
        """Let the list begin with a claim that is being read, unless somebody is busy here."""
        if not self.claim_list.hasFocus() and not self.editor.has_unsaved_typing():
            self.claim_list.follow(claim_id)

    @property
    def scale(self) -> Scale:
        """The verdicts there are."""
        return self._scale

    def flush(self) -> None:
        """Tell all unsaved typing now."""
        self.editor.flush()
        self.notes.flush()

    def set_compact(self, compact: bool) -> None:
        """Show list or editor instead of both."""
        if compact != self._compact_asked:
            self._compact_asked = compact
            self._arrange()

    def is_compact(self) -> bool:
        """Whether list and editor take turns."""
        return self._compact_asked or self.height() < _LOW

    def show_list(self) -> None:
        """Go back to the list, in the compact form."""
        self._showing_list = True
        self._arrange()
        self.claim_list.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_editor(self) -> None:
        """Show the active claim and put the caret into its first field."""
        self.tabs.setCurrentIndex(CLAIMS)
        self._showing_list = False
        self._arrange()
        if self._active:
            self.editor.focus_statement()

    def open_note(self, annotation_id: str) -> None:
        """Show a note and put the caret into it."""
        self.tabs.setCurrentIndex(NOTES)
        self.notes.set_active(annotation_id)
        self.notes.focus_note()

    def set_read_only(self, read_only: bool) -> None:
        """Show without the means to change."""
        self._read_only = read_only
        self.editor.set_read_only(read_only)
        self.notes.set_read_only(read_only)
        self.claim_list.set_read_only(read_only)
        self.claim_header.set_read_only(read_only)
        self.add_button.setEnabled(not read_only)

    def filter_menu(self) -> QMenu:
        """Which claims the list shows."""
        menu = QMenu(self)
        for key, text in (
            ("all", self.tr("All claims")),
            ("open", self.tr("Without a verdict")),
            ("rated", self.tr("With a verdict")),
            ("unsourced", self.tr("Without evidence")),
        ):
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(key == self._filter)
            action.triggered.connect(lambda _checked=False, key=key: self.set_filter(key))
        return menu

    def set_filter(self, key: str) -> None:
        """Show "all" claims, or those that are "open", "rated" or "unsourced"."""
        wanted = {
            "open": is_open,
            "rated": lambda view: not is_open(view),
            "unsourced": lambda view: not view.evidence,
        }.get(key)
        self._filter = key
        self.claim_list.set_filter(wanted)
        self.filter_button.setChecked(wanted is not None)
        self._tell_filter()
        self.tabs.set_count(CLAIMS, len(self._claims) - len(self._hidden))

    def _make_tabs(self) -> QWidget:
        bar = QWidget(self)
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(6)
        self.tabs = CountTabs(self._themes, bar)
        self.tabs.setObjectName("side_panel_tabs")
        self.tabs.setAccessibleName(self.tr("Side panel"))
        for text in (self.tr("Claims"), self.tr("Notes"), self.tr("Sources")):
            self.tabs.add_tab(text)
        row.addWidget(self.tabs)
        row.addStretch(1)
        name = self.tr("Filter claims")
        self.filter_button = IconButton(self._themes, "list-filter", name, checkable=True, parent=bar)
        self.filter_button.setObjectName("claim_filter")
        self.filter_button.clicked.connect(self._on_filter_clicked)
        name = self.tr("New claim from the selection")
        self.add_button = IconButton(self._themes, "plus", name, key="C", parent=bar)
        self.add_button.setObjectName("claim_add")
        row.addWidget(self.filter_button)
        row.addWidget(self.add_button)
        return bar

    def _make_claims_page(self) -> QWidget:
        self.splitter = GripSplitter(self._themes, self)
        self.splitter.setObjectName("side_panel_splitter")
        self.claim_list = ClaimList(self._themes, self.splitter)
        self._detail = QStackedWidget(self.splitter)
        self.editor = ClaimEditor(self._themes, self._detail)
        title, hint = self.tr("No claim chosen"), self.tr("Choose one in the list, or put the caret on one.")
        self._detail.addWidget(EmptyState(self._themes, "text-select", title, hint))
        self._detail.addWidget(self.editor)
        self.splitter.addWidget(self.claim_list)
        self.splitter.addWidget(self._detail)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        hint = self.tr("Select a sentence with [E], then press [C].")
        self._claims_page = QStackedWidget(self)
        self._claims_page.addWidget(EmptyState(self._themes, "flag", self.tr("No claims yet"), hint))
        self._claims_page.addWidget(self.splitter)
        return self._claims_page

    def _connect_parts(self) -> None:
        self.tabs.currentChanged.connect(self._on_tab_changed)
        self.add_button.clicked.connect(self.claim_create_requested)
        self.splitter.splitterMoved.connect(self._on_splitter_moved)
        self.splitter.usual_requested.connect(self._on_usual_sizes)
        self.claim_list.claim_selected.connect(self._on_claim_selected)
        self.claim_list.claim_opened.connect(self._on_claim_opened)
        self.claim_list.clicked.connect(self._on_list_clicked)
        self.claim_list.delete_requested.connect(self.claim_delete_requested)
        self.claim_list.link_requested.connect(self.link_requested)
        self.claim_list.place_requested.connect(self.place_requested)
        self.claim_list.hovered_claim_changed.connect(self.claim_hovered)
        self.editor.previous_requested.connect(lambda: self.claim_list.step(-1))
        self.editor.next_requested.connect(lambda: self.claim_list.step(1))
        self.editor.delete_requested.connect(lambda: self.claim_delete_requested.emit(self._active))
        self.editor.link_requested.connect(lambda: self.link_requested.emit(self._active))
        self.editor.escape_pressed.connect(self.escape_pressed)
        self.editor.done_requested.connect(self.escape_pressed)
        self.editor.next_open_requested.connect(self._on_next_open)
        self.claim_header.back_requested.connect(self.show_list)
        self.claim_header.previous_requested.connect(lambda: self.claim_list.step(-1))
        self.claim_header.next_requested.connect(lambda: self.claim_list.step(1))
        self.claim_header.history_requested.connect(self.editor.history_requested)
        self.claim_header.delete_requested.connect(self.editor.delete_requested)
        self.claim_header.link_requested.connect(self.editor.link_requested)
        self.notes.annotation_activated.connect(self.annotation_activated)
        self.notes.note_changed.connect(self.annotation_note_changed)
        self.notes.delete_requested.connect(self.annotation_delete_requested)
        self.notes.escape_pressed.connect(self.escape_pressed)
        self.sources.source_opened.connect(self.source_opened)

    def _on_tab_changed(self, tab: int) -> None:
        self._pages.setCurrentIndex(tab)
        self.filter_button.setVisible(tab == CLAIMS)
        self.add_button.setVisible(tab == CLAIMS)
        self.tab_changed.emit(tab)

    def _on_filter_clicked(self) -> None:
        self.filter_button.setChecked(self._filter != "all")
        self.filter_menu().popup(self.filter_button.mapToGlobal(QPoint(0, self.filter_button.height() + 2)))

    def _on_claim_selected(self, claim_id: str) -> None:
        self.set_active(claim_id)
        self.claim_selected.emit(claim_id)

    def _on_claim_opened(self, claim_id: str) -> None:
        self.set_active(claim_id)
        self.open_editor()
        self.claim_opened.emit(claim_id)

    def _on_next_open(self) -> None:
        """Go on with the next claim that waits for a verdict, or back to the text."""
        if self.claim_list.step_to_open():
            self.open_editor()
        else:
            self.escape_pressed.emit()

    def _on_list_clicked(self) -> None:
        self._showing_list = False
        self._arrange()

    def _on_splitter_moved(self) -> None:
        self._split_by_user = True

    def _on_usual_sizes(self) -> None:
        self._split_by_user = False
        self._size_list()

    def _update_counts(self, sources: int) -> None:
        for tab, many in ((CLAIMS, len(self._claims) - len(self._hidden)), (SOURCES, sources)):
            self.tabs.set_count(tab, many)

    def _tell_filter(self) -> None:
        """Tell which claims the filter hides, when that has changed."""
        hidden = self.claim_list.hidden_claims()
        if hidden != self._hidden:
            self._hidden = hidden
            self.filter_changed.emit(hidden)

    def _arrange(self) -> None:
        """Show the parts that belong together now."""
        compact = self.is_compact()
        editing = bool(self._active) and not (compact and self._showing_list)
        self._claims_page.setCurrentIndex(1 if self._claims else 0)
        self._detail.setCurrentIndex(1 if self._active else 0)
        self.claim_list.setVisible(not compact or not editing)
        self._detail.setVisible(not compact or editing)
        self.editor.set_header_visible(not compact)
        on_claims = self.tabs.currentIndex() == CLAIMS
        self._header.setCurrentIndex(1 if compact and editing and on_claims else 0)

    def _size_list(self) -> None:
        if self._split_by_user or self.is_compact() or not self._claims:
            return
        wanted = min(_SHOWN_ROWS, len(self._claims)) * ROW_HEIGHT
        self.splitter.setSizes([wanted, max(1, self.splitter.height() - wanted - 10)])

    def _restyle(self, theme: Theme) -> None:
        self._line.setStyleSheet(f"background: {theme.css('border')};")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._size_list()

    def sizeHint(self) -> QSize:
        return QSize(self._themes.theme.metric("panelDefault"), 800)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._themes.theme.metric("panelMin"), 240)
