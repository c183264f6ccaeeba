"""The row at the top of the window: views, search field, appearance, export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from annotator.ui.dialogs.card_button import KeyButton
from annotator.ui.icons import icon_before_text, icon_before_text_size
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets.base import follow
from annotator.ui.widgets.buttons import ButtonRow, IconButton

_FIELD_WIDE, _FIELD_NARROW = 340, 190
_EXPORT_FITS, _TABS_FIT = 1100, 860  # pixels of width below which words give way to icons
_THEME_ICONS = {"light": "sun", "dark": "moon", "sepia": "sun-moon"}


class ViewTab(NamedTuple):
    """A view of the window: its id, its name and its icon."""

    id: str
    label: str
    icon: str


class HeaderBar(QFrame):
    """Tells what was pressed. `view_chosen` carries the id of a view."""

    view_chosen = Signal(str)
    menu_requested = Signal()
    library_toggled = Signal(bool)
    panel_toggled = Signal(bool)
    palette_requested = Signal()
    appearance_requested = Signal()
    theme_requested = Signal()
    export_requested = Signal()

    def __init__(self, themes: ThemeManager, views: Sequence[ViewTab], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header_bar")
        self.setProperty("surface", "window")
        self.setFixedHeight(themes.theme.metric("header"))
        self._themes = themes
        self._views = tuple(ViewTab(*view) for view in views)
        self._tabs: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 1)
        row.setSpacing(8)
        left, right = QHBoxLayout(), QHBoxLayout()
        left.setSpacing(8)
        right.setSpacing(8)
        self._fill_left(left)
        left.addStretch(1)
        row.addLayout(left, 1)
        self.search_field = self._make_field()
        row.addWidget(self.search_field)
        right.addStretch(1)
        self._fill_right(right)
        row.addLayout(right, 1)
        follow(themes, self._dress)
        if self._views:
            self.set_view(self._views[0].id)

    def set_view(self, view_id: str) -> None:
        """Mark the view that is shown."""
        for key, tab in self._tabs.items():
            tab.setChecked(key == view_id)
        self._dress(self._themes.theme)

    def set_library_shown(self, shown: bool) -> None:
        """Say whether the library is open, without asking for it."""
        self.library_button.setChecked(shown)

    def set_panel_shown(self, shown: bool) -> None:
        """Say whether the side panel is open, without asking for it."""
        self.panel_button.setChecked(shown)

    def set_export_enabled(self, enabled: bool, why_not: str = "") -> None:
        """Allow exporting; else the tooltip says why not."""
        for button in (self.export_button, self.export_icon):
            button.setEnabled(enabled)
            button.setToolTip(self.tr("Export (Ctrl+Shift+E)") if enabled else why_not)

    def _button(
        self, name: str, text: str, key: str, object_name: str, *, checkable: bool = False
    ) -> IconButton:
        size = 20 if name == "a-large-small" else 16
        button = IconButton(
            self._themes, name, text, key=key, size=size, side=32, checkable=checkable, parent=self
        )
        button.setObjectName(object_name)
        return button

    def _fill_left(self, row: QHBoxLayout) -> None:
        self.menu_button = self._button("menu", self.tr("Menu"), "F10", "header_menu")
        self.menu_button.clicked.connect(self.menu_requested)
        row.addWidget(self.menu_button)
        self.library_button = self._button(
            "panel-left", self.tr("Library"), "F9", "header_library", checkable=True
        )
        self.library_button.clicked.connect(self.library_toggled)
        row.addWidget(self.library_button)
        tabs = ButtonRow(self)
        tabs.setObjectName("header_views")
        tabs.setAccessibleName(self.tr("Views"))
        if (line := tabs.layout()) is not None:
            line.setSpacing(2)
        tabs.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for number, view in enumerate(self._views, start=1):
            tab = QToolButton(tabs)
            tab.setObjectName(f"view_{view.id}")
            tab.setProperty("view", True)
            tab.setText(view.label)
            tab.setAccessibleName(view.label)
            tab.setToolTip(f"{view.label} (Ctrl+{number})")
            tab.setCheckable(True)
            tab.setFixedHeight(32)
            tab.setIconSize(icon_before_text_size())
            tab.clicked.connect(lambda _checked=False, key=view.id: self._on_tab_clicked(key))
            tabs.add_button(tab)
            self._tabs[view.id] = tab
        row.addWidget(tabs)

    def _make_field(self) -> KeyButton:
        text = self.tr("Search or run a command")
        field = KeyButton(self._themes, text, icon="search", key="Ctrl K", field=True, parent=self)
        field.setObjectName("header_search")
        field.setToolTip(self.tr("Search or run a command (Ctrl+K)"))
        field.setFixedWidth(_FIELD_WIDE)
        field.clicked.connect(self.palette_requested)
        return field

    def _fill_right(self, row: QHBoxLayout) -> None:
        self.appearance_button = self._button(
            "a-large-small", self.tr("Reading appearance"), "", "header_appearance"
        )
        self.appearance_button.clicked.connect(self.appearance_requested)
        row.addWidget(self.appearance_button)
        self.theme_button = self._button("sun", self.tr("Next theme"), "Ctrl+Shift+D", "header_theme")
        self.theme_button.clicked.connect(self.theme_requested)
        row.addWidget(self.theme_button)
        self.export_button = KeyButton(self._themes, self.tr("Export…"), icon="file-down", parent=self)
        self.export_button.setObjectName("header_export")
        self.export_button.clicked.connect(self.export_requested)
        row.addWidget(self.export_button)
        self.export_icon = self._button("file-down", self.tr("Export"), "Ctrl+Shift+E", "header_export_icon")
        self.export_icon.clicked.connect(self.export_requested)
        row.addWidget(self.export_icon)
        self.panel_button = self._button(
            "panel-right", self.tr("Side panel"), "Shift+F9", "header_panel", checkable=True
        )
        self.panel_button.clicked.connect(self.panel_toggled)
        row.addWidget(self.panel_button)
        self.set_export_enabled(True)
        self.export_icon.hide()

    def _on_tab_clicked(self, view_id: str) -> None:
        self.set_view(view_id)
        self.view_chosen.emit(view_id)

    def _collapse(self, width: int) -> None:
        """Shrink what has a shorter form, so that nothing is cut off in a small window."""
        wide = width >= _EXPORT_FITS
        self.search_field.setFixedWidth(_FIELD_WIDE if wide else _FIELD_NARROW)
        self.export_button.setVisible(wide)
        self.export_icon.setVisible(not wide)
        style = (
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if width >= _TABS_FIT
            else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        for tab in self._tabs.values():
            tab.setToolButtonStyle(style)

    def _dress(self, theme: Theme) -> None:
        self.theme_button.set_icon(_THEME_ICONS.get(theme.name, "sun"))
        for view in self._views:
            tab = self._tabs[view.id]
            ink = theme.color("text" if tab.isChecked() else "textSecondary")
            tab.setIcon(icon_before_text(view.icon, ink.rgba()))
        self.setStyleSheet(
            _SHEET.format(**{role: theme.css(role) for role in ("card", "text", "border", "focus")})
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._collapse(self.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self._themes.theme.color("border"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()


_SHEET = """
QToolButton[view="true"] {{ padding: 0 5px 0 11px; font-weight: 500; }}
QToolButton[view="true"]:checked {{ background: {card}; color: {text}; border: 1px solid {border}; font-weight: 600; }}
QToolButton[view="true"]:focus {{ border: 2px solid {focus}; padding: 0 4px 0 10px; }}
"""
