"""The main window: header, library | reader | side panel, status bar. It lays out and shows; controllers do the work.

Nothing here imports the services: the window paints first, then its parts are made, then `controllers` are loaded.
"""

from __future__ import annotations

import contextlib
import importlib
import json
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from annotator.settings import Settings
from annotator.ui.bridge import LibraryBridge
from annotator.ui.incoming import incoming, may_hold
from annotator.ui.shell import Shell
from annotator.ui.theme import Theme, ThemeManager

if TYPE_CHECKING:
    from annotator.ui import parts
    from annotator.ui.controllers.workbench import Workbench

_SMALL, _COMPACT = 1200, 1100  # widths below which the library, then the panel, give way
_LIBRARY_MOST, _PANEL_MOST = 360, 560
_FOR_AN_ARTICLE = (
    "export", "print", "close_article", "find", "find_next", "find_previous", "focus_mode",
    "go_to_number", "link", "delete", "article_done",
    "article_details", "article_delete", "article_history", "claim_history", "save", "save_original",
    "split", "show_beside", "swap_texts",
)  # fmt: skip

_CHANGES = (  # what a library that can only be read doesn't take
    "open", "open_preview", "paste", "sample", "new_source", "link", "delete", "article_done", "article_details",
    "article_delete", "save",
    "undo", "redo", "bin",
)  # fmt: skip

_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError)  # what a stored state may be


class MainWindow(QMainWindow):
    """The window of one library.

    With `furnished=False` it has no parts yet and shows its bare grounds, which takes a fifth of the time; `furnish`
    follows by itself after the first paint.
    """

    dropped = Signal(object)  # an Incoming
    another_library_requested = Signal(str)
    closing = Signal()
    closed = Signal()  # the library is closed, too
    ready = Signal()  # the library is open and the window works

    commands: parts.Actions
    appearance: parts.Appearance
    header: parts.HeaderBar
    library: parts.LibraryPane
    reader: parts.ReaderPane
    texts: parts.TwoTexts  # the reader, and at times a second text beside it
    panel: parts.SidePanel
    status: parts.StatusBar
    messages: parts.MessageBar
    notices: parts.MessageBar  # what holds until it is over: read-only, not saved
    claims: parts.ClaimsView
    sources: parts.SourcesView
    toast: parts.UndoToast

    def __init__(
        self, themes: ThemeManager, settings: Settings, bridge: LibraryBridge, *, furnished: bool = True
    ) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.themes, self.settings, self.bridge = themes, settings, bridge
        self.workbench: Workbench | None = None
        self._files: list[Path] = []
        self._stored = ""
        self._library_shown = self._panel_shown = True
        self._compact = self._alt_alone = False
        self._library_width = themes.theme.metric("libraryDefault")  # as it was last set
        self._focus_before: QWidget | None = None
        self._read_only = False
        self.may_close: Callable[[], bool] = lambda: True
        self.may_stop: Callable[[], bool] = lambda: True  # asked first: whether a long job may be left
        self._closing_late = self._told_closing = False
        self._furnished = self._started = self._article_open = False
        self.setMinimumSize(QSize(*themes.theme.extent("windowMin")))
        self.resize(self._first_size())
        self.set_title("")
        if furnished:
            self.furnish()
        else:
            self.setCentralWidget(Shell(themes.theme, self))

    def furnish(self) -> None:
        """Make all parts and show how to begin."""
        if self._furnished:
            return
        self._make_parts()
        self._furnished = True
        self._connect_areas()
        self.setAcceptDrops(True)
        self._set_article_open(False)
        self.appearance.attach(self.reader.view)
        self.reader.selection_bar.mode = self.settings.get("selection_bar")
        self._restore_parts()

    # Parts -------------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        from annotator.ui import parts  # noqa: PLC0415 - most of the program: after the first paint

        themes = self.themes
        self.commands = parts.Actions(self)
        self.commands.fill_menu_bar(self.menuBar())
        self.menuBar().hide()
        self.header = parts.HeaderBar(themes, [parts.ViewTab(*view) for view in self._views()], self)
        self.menu = QMenu(self)
        self.commands.fill_menu(self.menu)
        self.appearance = parts.Appearance(themes, self.settings, self)
        self.library = parts.LibraryPane(themes, self)
        self.reader = parts.ReaderPane(themes, self)
        self.texts = parts.TwoTexts(themes, self.reader, self)
        self.panel = parts.SidePanel(themes, self)
        self.status = parts.StatusBar(themes, self)
        self.notices = parts.MessageBar(themes, self)
        self.notices.setObjectName("notice_bar")
        self.messages = parts.MessageBar(themes, self)
        self.read_page = self._make_read_page()
        self.pages = QStackedWidget(self)
        self.claims = parts.ClaimsView(themes, self)
        self.sources = parts.SourcesView(themes, self)
        # Until the library is open nobody knows whether it is empty: a blank page, the reader's ground.
        for page in (Shell(themes.theme, self), self.read_page, self.claims, self.sources):
            self.pages.addWidget(page)
        self.drawer = parts.Drawer(self.read_page, self.library, self.pages)
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.notices)
        column.addWidget(self.messages)
        column.addWidget(self.pages, 1)
        column.addWidget(self.status)
        self.setCentralWidget(body)
        self.toast = parts.UndoToast(self, above=themes.theme.metric("statusBar") + 12)

    @cached_property
    def first_run(self) -> parts.FirstRun:
        """How to begin. Made when it is first shown: most libraries have articles, and all that is made costs time at
        each start and each change of theme."""
        from annotator.ui import parts  # noqa: PLC0415 - as above

        page = parts.FirstRun(self.themes, self)
        page.open_requested.connect(self.commands["open"].trigger)
        page.paste_requested.connect(self.commands["paste"].trigger)
        page.sample_requested.connect(self.commands["sample"].trigger)
        page.library_requested.connect(self.commands["library"].trigger)
        page.theme_requested.connect(self.set_theme)
        page.dropped.connect(self.dropped)
        self.pages.addWidget(page)
        return page

    def _make_read_page(self) -> parts.Columns:
        from annotator.ui import parts  # noqa: PLC0415 - as above

        page = parts.Columns(self)
        page.setObjectName("read_page")
        metric = self.themes.theme.metric
        page.add_column(self.library, usual=metric("libraryDefault"))
        page.add_column(self.texts)
        page.add_column(self.panel, usual=metric("panelDefault"))
        self.library.setMaximumWidth(_LIBRARY_MOST)
        self.panel.setMaximumWidth(_PANEL_MOST)
        page.setSizes([metric("libraryDefault"), 10_000, metric("panelDefault")])
        return page

    def _views(self) -> list[tuple[str, str, str]]:
        return [
            ("read", self.tr("Read"), "book-open"),
            ("claims", self.tr("Claims"), "list-checks"),
            ("sources", self.tr("Sources"), "library"),
        ]

    def _connect_areas(self) -> None:
        """The one place where the window's own parts are wired; the work is wired in `controllers`."""
        self.themes.theme_changed.connect(self._dress)
        self._dress(self.themes.theme)
        self._connect_commands()
        header = self.header
        header.menu_requested.connect(lambda: _pop_up(self.menu, header.menu_button))
        header.appearance_requested.connect(self._show_appearance)
        header.library_toggled.connect(self.show_library)
        self.read_page.splitterMoved.connect(self._note_library_width)
        for left in (self.drawer.shut_wanted, self.library.article_activated, self.pages.currentChanged):
            left.connect(lambda *_: self._shut_drawer())
        header.panel_toggled.connect(self.show_panel)
        header.palette_requested.connect(self.commands["palette"].trigger)
        header.theme_requested.connect(self.appearance.next_theme)
        header.export_requested.connect(self.commands["export"].trigger)
        header.view_chosen.connect(lambda view: self.commands[view].trigger())
        self.status.undo_requested.connect(self.commands["undo"].trigger)
        self.toast.undo_requested.connect(self.commands["undo"].trigger)
        self.appearance.changed.connect(self._use_keys)
        self._use_keys("single_keys")
        self.reader.view.size_step_requested.connect(self.appearance.step_size)
        self.texts.split_changed.connect(lambda _split: self._arrange())

    def _connect_commands(self) -> None:
        self.commands.connect(
            {
                "quit": self.close,
                "toggle_library": lambda: self.show_library(not self.library.isVisible()),
                "toggle_panel": lambda: self.show_panel(not self.panel.isVisible()),
                "next_pane": lambda: self._go_to_pane(1),
                "previous_pane": lambda: self._go_to_pane(-1),
                "appearance": self._show_appearance,
                "next_theme": self.appearance.next_theme,
                "full_screen": self._toggle_full_screen,
                "larger": lambda: self.appearance.step_size(1),
                "smaller": lambda: self.appearance.step_size(-1),
                "normal_size": self.appearance.usual_size,
                "find": lambda: self.texts.current.open_find(),
                "focus_mode": lambda: self.texts.current.toggle_focus_mode(),
                "go_to_number": lambda: self.texts.current.open_go_to(),
                "find_next": lambda: self.texts.current.find_bar.step(1),
                "find_previous": lambda: self.texts.current.find_bar.step(-1),
            }
        )
        self.reader.view.handle("keys", self.commands["keys"].trigger)

    # Start -------------------------------------------------------------------------------------------------

    def open_when_ready(self, files: Sequence[Path]) -> None:
        """Import these files once the library is open."""
        self._files = list(files)

    def _go_on(self) -> None:
        """After a paint: make the parts, and when they have been painted start."""
        if self._furnished:
            self.start()
            return
        self.themes.load_fonts()
        self.themes.apply()
        self.furnish()
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, self.start))

    def start(self) -> None:
        """Load the services and open the library; happens by itself after the first paint."""
        if not self._started:
            self._started = True
            self.bridge.prepare(
                lambda: importlib.import_module("annotator.ui.controllers.workbench"), self._on_loaded
            )

    def _on_loaded(self, module: Any) -> None:
        workbench: Workbench = module.Workbench(self)
        self.workbench = workbench
        workbench.start(self._files)

    # Pages -------------------------------------------------------------------------------------------------

    def show_first_run(self) -> None:
        """Show how to begin."""
        self.pages.setCurrentWidget(self.first_run)
        self.header.set_view("read")
        self._set_article_open(False)

    def show_reading(self, *, article_open: bool = True) -> None:
        """Show library, reader and panel."""
        if self.pages.currentWidget() is not self.read_page:
            self.pages.setCurrentWidget(self.read_page)
            self._arrange()
        self.header.set_view("read")
        self._set_article_open(article_open)

    def show_view(self, view: QWidget, name: str) -> None:
        """Show one of the views that are not about one article."""
        self.messages.clear()
        self.pages.setCurrentWidget(view)
        self.header.set_view(name)
        self.status.set_hints(
            [("Enter", self.tr("open")), ("/", self.tr("search")), ("?", self.tr("all keys"))]
        )
        view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_usual_hints(self) -> None:
        """Show the keys that help in the page that is shown."""
        single = self.settings.get("single_keys")
        keys = ("?" if single else "F1", self.tr("all keys"))
        if not self._article_open:
            self.status.set_hints([("Ctrl O", self.tr("open")), keys])
            return
        self.status.set_place("")
        if single and self._read_only:
            hints = [("J", self.tr("paragraph")), ("E", self.tr("expand")), ("/", self.tr("find")), keys]
            self.status.set_hints(hints)
            return
        self.status.set_hints(
            [keys]
            if not single
            else [
                ("E", self.tr("expand")),
                ("C", self.tr("claim")),
                ("H", self.tr("highlight")),
                ("V", self.tr("verdict")),
                keys,
            ]
        )

    def set_title(self, title: str) -> None:
        """Name the open article in the window's title; "" for none."""
        self.setWindowTitle(f"{title} - annotator" if title else "annotator")

    def set_read_only(self, read_only: bool) -> None:
        """Show without the means to change anything."""
        self.panel.set_read_only(read_only)
        self.reader.selection_bar.mode = "never" if read_only else self.settings.get("selection_bar")
        for name in _CHANGES:
            self.commands[name].setVisible(not read_only)
        self._read_only = read_only
        self._set_article_open(self._article_open)

    def show_library(self, shown: bool) -> None:
        """Show or hide the library column; where it has no room it lies above the text for a while."""
        if self._has_room_for_library():
            self._library_shown = shown
            self._show_library_column(shown)
        elif shown:
            self.drawer.open(self.themes.theme.metric("libraryDefault"))
        else:
            self._shut_drawer()
        self.header.set_library_shown(shown)

    def _show_library_column(self, shown: bool) -> None:
        """Show or hide the column; it comes back as wide as it was."""
        if shown != self.library.isHidden():
            return
        self.library.setVisible(shown)
        if shown:
            sizes = self.read_page.sizes()
            sizes[1] += sizes[0] - self._library_width
            sizes[0] = self._library_width
            self.read_page.setSizes(sizes)

    def _note_library_width(self) -> None:
        if not self.library.isHidden() and not self.drawer.is_open:
            self._library_width = self.library.width()

    def _shut_drawer(self) -> None:
        """Show the library above the text no longer; a focus in it goes to the text."""
        focus = self.focusWidget()
        if not self.drawer.is_open:
            return
        inside = focus is not None and self.drawer.isAncestorOf(focus)
        self.drawer.shut()
        self.header.set_library_shown(not self.library.isHidden())
        if inside:
            self.texts.current.focus_text()

    def show_panel(self, shown: bool) -> None:
        """Show or hide the side panel."""
        self._panel_shown = shown
        self.panel.setVisible(shown)
        if shown and not self._has_room_for_panel():
            self.texts.hide_second()
        self.header.set_panel_shown(shown)

    def ask_for_files(self, title: str, pattern: str) -> list[Path]:
        """Let the user choose files."""
        files, _ = QFileDialog.getOpenFileNames(self, title, "", pattern)
        return [Path(file) for file in files]

    @property
    def article_open(self) -> bool:
        """Whether an article is open, if not on screen."""
        return self._article_open

    def _set_article_open(self, is_open: bool) -> None:
        self.header.set_export_enabled(is_open, self.tr("Open an article first"))
        for name in _FOR_AN_ARTICLE:
            self.commands[name].setEnabled(is_open and not (self._read_only and name in _CHANGES))
        self._article_open = is_open
        self.show_usual_hints()

    # Appearance -------------------------------------------------------------------------------------------

    def set_theme(self, name: str) -> None:
        """Use a theme and remember it."""
        self.appearance.choose("theme", name)

    def _show_appearance(self) -> None:
        self.appearance.show_choices(self.header.appearance_button)

    def _dress(self, theme: Theme) -> None:
        self.commands.dress(theme)

    def _use_keys(self, setting: str) -> None:
        """Let single keys do something, or not, as the settings say."""
        if setting == "single_keys":
            self.commands.use_single_keys(self.settings.get(setting))
            self.show_usual_hints()

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _toggle_menu_bar(self) -> None:
        """Show the menu bar with its first menu ready for the arrows, or hide it and give the focus back."""
        bar = self.menuBar()
        if bar.isVisible():
            bar.hide()
            if self._focus_before is not None and isValid(self._focus_before):
                self._focus_before.setFocus(Qt.FocusReason.MenuBarFocusReason)
            return
        self._focus_before = self.focusWidget()
        bar.show()
        bar.setFocus(Qt.FocusReason.MenuBarFocusReason)
        bar.setActiveAction(bar.actions()[0])

    def _go_to_pane(self, step: int) -> None:
        """Move the focus to the next part of the window, in reading order."""
        if self.pages.currentWidget() is not self.read_page:
            return
        stops: dict[QWidget, QWidget] = {
            self.header: self.header.menu_button,
            self.library: self.library.list,
            **{pane: pane.view for pane in self.texts.panes()},
            self.panel: self.panel.claim_list,
        }
        shown = [part for part in stops if part.isVisible()]
        focus = self.focusWidget()
        at = next((n for n, part in enumerate(shown) if focus is not None and part.isAncestorOf(focus)), 0)
        stops[shown[(at + step) % len(shown)]].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _arrange(self) -> None:
        """Let library and panel give way in a small window."""
        width, metric = self.width(), self.themes.theme.metric
        if self._has_room_for_library():
            self.drawer.shut()
            self._show_library_column(self._library_shown)
        elif not self.drawer.is_open:
            self._show_library_column(False)
        self.header.set_library_shown(not self.library.isHidden())
        self._make_room_for_texts()
        compact = width < _COMPACT
        self.panel.set_compact(compact)
        if compact == self._compact:
            return
        self._compact = compact
        wanted = metric("panelMin") + 4 if compact else metric("panelDefault")
        self.panel.setMaximumWidth(wanted if compact else _PANEL_MOST)
        library = self.library.width() if self.library.isVisible() else 0
        self.read_page.setSizes([library, max(0, width - library - wanted), wanted])

    def _make_room_for_texts(self) -> None:
        """Let the panel give way to a second text, and come back after it."""
        panel = self._panel_shown and self._has_room_for_panel()
        self.panel.setVisible(panel)
        self.header.set_panel_shown(panel)

    def _has_room_for_library(self) -> bool:
        metric = self.themes.theme.metric
        beside_two = metric("libraryMin") + 2 * metric("readerMin") + metric("panelDefault")
        return self.width() >= (beside_two if self.texts.is_split else _SMALL)

    def _has_room_for_panel(self) -> bool:
        split = self.texts.is_split
        least = self.themes.theme.metric("panelMin")
        return not split or self.width() - self.texts.least_width() >= least

    def _first_size(self) -> QSize:
        wanted = QSize(*self.themes.theme.extent("windowDefault"))
        screen = QGuiApplication.primaryScreen()
        room = screen.availableSize() * 0.85 if screen is not None else wanted
        return wanted.boundedTo(room).expandedTo(self.minimumSize())

    # State of the window on this computer -----------------------------------------------------------------

    def restore_state(self, stored: str) -> None:
        """Put the window where it was; what can't be read is ignored."""
        self._stored = stored
        with contextlib.suppress(*_UNREADABLE):
            self.restoreGeometry(QByteArray.fromBase64(json.loads(stored)["geometry"].encode()))
        if self._furnished:
            self._restore_parts()

    def _restore_parts(self) -> None:
        with contextlib.suppress(*_UNREADABLE):
            state = json.loads(self._stored)
            self.read_page.restoreState(QByteArray.fromBase64(state["splitter"].encode()))
            self._library_width = self.read_page.sizes()[0] or self._library_width
            self._library_shown = bool(state["library"])
            self.show_panel(bool(state["panel"]))
            self._arrange()

    def stored_state(self) -> str:
        """Where the window is, for `restore_state`."""
        return json.dumps(
            {
                "geometry": bytes(self.saveGeometry().toBase64().data()).decode(),
                "splitter": bytes(self.read_page.saveState().toBase64().data()).decode(),
                "library": self._library_shown,
                "panel": self._panel_shown,
            }
        )

    # Qt overrides -----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Two turns of the event loop: the first one paints.
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, self._go_on))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._furnished:
            self._arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_stop():
            event.ignore()
            return
        if self._furnished:
            self.panel.flush()
            if (
                not self._told_closing
            ):  # what is noted then is on its way when the window tries to close once more
                self._told_closing = True
                self.closing.emit()
            self.settings.set("window", self.stored_state())
        if self._must_wait():
            event.ignore()
            return
        self._started = self._furnished = True  # nothing is begun any more
        self.bridge.close()
        self.closed.emit()
        super().closeEvent(event)

    def _must_wait(self) -> bool:
        """Whether closing has to wait: for what is on its way to the disk, then for an answer about what isn't."""
        if self.bridge.writing:
            if not self._closing_late:
                self._closing_late = True
                self.bridge.idle.connect(self._close_late, Qt.ConnectionType.SingleShotConnection)
            return True
        self._told_closing = self.may_close()
        return not self._told_closing

    def _close_late(self) -> None:
        self._closing_late = False
        # Not from within the message of a write: closing ends the thread it comes from.
        QTimer.singleShot(0, self.close)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._alt_alone = event.key() == Qt.Key.Key_Alt and not event.isAutoRepeat()
        if event.key() == Qt.Key.Key_F10 and self._furnished and not event.modifiers():
            self._toggle_menu_bar()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        alone, self._alt_alone = self._alt_alone, False
        if event.key() == Qt.Key.Key_Alt and alone and self._furnished and self.isActiveWindow():
            self._toggle_menu_bar()  # Alt went down and up with no other key between
        else:
            super().keyReleaseEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if may_hold(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        found = incoming(event.mimeData())
        event.acceptProposedAction()
        self.dropped.emit(found)


def _pop_up(menu: QMenu, button: QWidget) -> None:
    menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))
