"""Every action of the window, declared once: words, icon, keys. Menus, palette and the key overlay read this table.

An action that nothing was connected with is in none of them, and its keys do nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from annotator.ui.icons import icon
from annotator.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Declared:
    """One action: its name here, the menu it stands in, its words, icon and keys."""

    name: str
    menu: str
    text: str
    icon: str = ""
    keys: tuple[str, ...] = ()


def _declared() -> tuple[Declared, ...]:
    tr = QCoreApplication.translate
    return (
        Declared("open", "file", tr("Actions", "Open articles…"), "folder-open", ("Ctrl+O",)),
        Declared("open_preview", "file", tr("Actions", "Open with preview…"), "file-text", ("Ctrl+Shift+O",)),
        Declared(
            "paste", "file", tr("Actions", "New article from the clipboard"), "clipboard-paste", ("Ctrl+V",)
        ),
        Declared("sample", "file", tr("Actions", "Open the sample article"), "book-open"),
        Declared("library", "file", tr("Actions", "Open another library…"), "library"),
        Declared("backups", "file", tr("Actions", "Backups…"), "archive"),
        Declared("check", "file", tr("Actions", "Check library…"), "list-checks"),
        Declared("export", "file", tr("Actions", "Export…"), "file-down", ("Ctrl+Shift+E",)),
        Declared("print", "file", tr("Actions", "Print…"), "printer", ("Ctrl+P",)),
        Declared("settings", "file", tr("Actions", "Settings…"), "", ("Ctrl+,",)),
        Declared("close_article", "file", tr("Actions", "Close article"), "", ("Ctrl+W",)),
        Declared("quit", "file", tr("Actions", "Quit"), "", ("Ctrl+Q",)),
        Declared("undo", "edit", tr("Actions", "Undo"), "undo-2", ("Ctrl+Z",)),
        Declared("redo", "edit", tr("Actions", "Redo"), "redo-2", ("Ctrl+Shift+Z", "Ctrl+Y")),
        Declared("history", "edit", tr("Actions", "History of the library…"), "history"),
        Declared("bin", "edit", tr("Actions", "Bin…"), "trash-2"),
        Declared("find", "edit", tr("Actions", "Find in this article"), "search", ("Ctrl+F",)),
        Declared("find_next", "edit", tr("Actions", "Next place"), "", ("F3",)),
        Declared("find_previous", "edit", tr("Actions", "Previous place"), "", ("Shift+F3",)),
        Declared(
            "find_everywhere", "edit", tr("Actions", "Search the whole library"), "search", ("Ctrl+Shift+F",)
        ),
        Declared("save", "edit", tr("Actions", "Save what is being typed"), "save", ("Ctrl+S",)),
        Declared(
            "palette", "view", tr("Actions", "Search or run a command"), "search", ("Ctrl+K", "Ctrl+Shift+P")
        ),
        Declared("read", "view", tr("Actions", "Read"), "book-open", ("Ctrl+1",)),
        Declared("claims", "view", tr("Actions", "Claims"), "list-checks", ("Ctrl+2",)),
        Declared("sources", "view", tr("Actions", "Sources"), "library", ("Ctrl+3",)),
        Declared("map", "view", tr("Actions", "Map"), "", ("Ctrl+4",)),
        Declared("new_source", "file", tr("Actions", "New source…"), "file-plus"),
        Declared("new", "file", tr("Actions", "New…"), "file-plus", ("Ctrl+N",)),
        Declared("toggle_library", "view", tr("Actions", "Library"), "panel-left", ("F9",)),
        Declared("toggle_panel", "view", tr("Actions", "Side panel"), "panel-right", ("Shift+F9",)),
        Declared("next_pane", "view", tr("Actions", "Next pane"), "", ("F6",)),
        Declared("previous_pane", "view", tr("Actions", "Previous pane"), "", ("Shift+F6",)),
        Declared("larger", "view", tr("Actions", "Larger text"), "zoom-in", ("Ctrl++", "Ctrl+=")),
        Declared("smaller", "view", tr("Actions", "Smaller text"), "zoom-out", ("Ctrl+-",)),
        Declared("normal_size", "view", tr("Actions", "Normal text size"), "", ("Ctrl+0",)),
        Declared("appearance", "view", tr("Actions", "Reading appearance…"), "a-large-small"),
        Declared("next_theme", "view", tr("Actions", "Next theme"), "sun-moon", ("Ctrl+Shift+D",)),
        Declared("focus_mode", "view", tr("Actions", "Focus mode"), "focus"),
        Declared("split", "view", tr("Actions", "Second text beside"), "columns-2", ("F8",)),
        Declared("show_beside", "view", tr("Actions", "Show beside…"), "columns-2", ("Shift+F8",)),
        Declared("swap_texts", "view", tr("Actions", "Swap the texts"), "", ("Ctrl+F8",)),
        Declared("full_screen", "view", tr("Actions", "Full screen"), "maximize", ("F11",)),
        Declared("back", "go", tr("Actions", "Back"), "arrow-left", ("Alt+Left",)),
        Declared("forward", "go", tr("Actions", "Forward"), "arrow-right", ("Alt+Right",)),
        Declared("go_to_number", "go", tr("Actions", "Go to paragraph…")),
        Declared("link", "claim", tr("Actions", "Link source"), "link"),
        Declared("claim_history", "claim", tr("Actions", "History of this claim…"), "history"),
        Declared("delete", "claim", tr("Actions", "Delete claim or mark"), "trash-2"),
        Declared("article_done", "article", tr("Actions", "Mark as done"), "circle-check"),
        Declared("article_details", "article", tr("Actions", "Article details…"), "pencil"),
        Declared("save_original", "article", tr("Actions", "Save the original…"), "save"),
        Declared("article_history", "article", tr("Actions", "History of this article…"), "history"),
        Declared("article_delete", "article", tr("Actions", "Delete article"), "trash-2"),
        Declared("keys", "help", tr("Actions", "All keys"), "keyboard", ("F1", "?")),
        Declared("about", "help", tr("Actions", "About annotator"), "info"),
    )


def _menu_titles() -> Mapping[str, str]:
    tr = QCoreApplication.translate
    return {
        "file": tr("Actions", "&File"),
        "edit": tr("Actions", "&Edit"),
        "view": tr("Actions", "&View"),
        "go": tr("Actions", "&Go"),
        "claim": tr("Actions", "&Claim"),
        "article": tr("Actions", "&Article"),
        "help": tr("Actions", "&Help"),
    }


class Actions:
    """The window's actions by name."""

    def __init__(self, window: QWidget) -> None:
        self._all: dict[str, QAction] = {}
        self._declared = {declared.name: declared for declared in _declared()}
        for declared in self._declared.values():
            action = QAction(declared.text, window)
            action.setObjectName(f"action_{declared.name}")
            action.setProperty("icon_name", declared.icon)
            action.setShortcuts([QKeySequence(keys) for keys in declared.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setVisible(False)  # until it does something
            window.addAction(action)
            self._all[declared.name] = action

    def __getitem__(self, name: str) -> QAction:
        return self._all[name]

    def all(self) -> list[QAction]:
        """Every action that is declared, in the order of the menus."""
        return list(self._all.values())

    def usable(self) -> list[QAction]:
        """Those that do something, in the order of the menus."""
        return [action for action in self._all.values() if action.isVisible()]

    def use_single_keys(self, use: bool) -> None:
        """Let actions have keys that are typed as characters, or only the others."""
        for name, declared in self._declared.items():
            keys = [QKeySequence(keys) for keys in declared.keys if use or len(keys) > 1]
            if self._all[name].shortcuts() != keys:
                self._all[name].setShortcuts(keys)

    def connect(self, slots: Mapping[str, Callable[[], object]]) -> None:
        """Let actions do something; from now on they are shown."""
        for name, slot in slots.items():
            self._all[name].setVisible(True)
            self._all[name].triggered.connect(lambda _checked=False, slot=slot: slot())

    def fill_menu_bar(self, bar: QMenuBar) -> None:
        """Put every action into its menu."""
        for key, title in _menu_titles().items():
            menu = bar.addMenu(title)
            menu.addActions([self._all[name] for name, one in self._declared.items() if one.menu == key])

    def fill_menu(self, menu: QMenu) -> None:
        """The same menus inside one menu, for the header's button."""
        for key, title in _menu_titles().items():
            inner = menu.addMenu(title)
            inner.addActions([self._all[name] for name, one in self._declared.items() if one.menu == key])

    def dress(self, theme: Theme) -> None:
        """Draw the icons in the colours of a theme."""
        color = theme.color("textSecondary")
        for name, declared in self._declared.items():
            if declared.icon:
                self._all[name].setIcon(icon(declared.icon, color))
