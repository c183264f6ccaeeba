"""The one style sheet of the program: radii, borders and paddings; colours come from the theme.

Dynamic properties a widget may set before it is shown:
`kind` of QPushButton: "primary", "quiet", "link", "danger"; `compact` (bool, 28 px) of all controls;
`tone` of QLabel: "secondary", "muted", "disabled", "accent", "danger", "warning", "onAccent";
`role` of QLabel: "caption", "captionStrong", "strong", "medium", "title", "heading";
`surface` of QFrame and QWidget: "window", "panel", "reader", "subheader", "sunken"; "card", "popover" (border and
radius).
"""

from __future__ import annotations

import re
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.ui import icons

if TYPE_CHECKING:
    from annotator.ui.theme import Theme

_ROLE = re.compile(r"@(\w+)")
# Small drawings that style sheets can only take from a file: name -> icon and colour role.
_DRAWINGS = {
    "chevron": ("chevron-down", "textSecondary"),
    "chevronOff": ("chevron-down", "textDisabled"),
    "up": ("chevron-up", "textSecondary"),
    "check": ("check", "onAccent"),
    "checkMenu": ("check", "text"),
    "right": ("chevron-right", "textSecondary"),
}


def stylesheet(theme: Theme) -> str:
    """The style sheet in the colours of `theme`: "@role" becomes a colour, "@draw_x" a drawing."""
    folder = _drawings(theme)

    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        if name.startswith("draw_"):
            return f"url({folder.as_posix()}/{name[5:]}.svg)" if folder is not None else "none"
        return theme.css(name)

    return _ROLE.sub(fill, _SHEET)


@cache
def _folder() -> tempfile.TemporaryDirectory[str] | None:
    """A folder of this process for the drawings, removed at its end; None when the disk refuses one."""
    try:
        return tempfile.TemporaryDirectory(prefix="annotator-theme-", ignore_cleanup_errors=True)
    except OSError:
        return None


@cache
def _drawings(theme: Theme) -> Path | None:
    home = _folder()
    if home is None:
        return None
    folder = Path(home.name) / (theme.name + "_high" * theme.high_contrast)
    try:
        folder.mkdir(exist_ok=True)
        for name, (icon, role) in _DRAWINGS.items():
            (folder / f"{name}.svg").write_bytes(icons.svg(icon, theme.color(role)))
    except OSError:
        return None
    return folder


_SHEET = """
QMainWindow, QDialog { background: @panel; }
QWidget[surface="window"] { background: @window; }
QWidget[surface="panel"] { background: @panel; }
QWidget[surface="reader"] { background: @reader; }
QFrame[surface="subheader"] { background: @reader; border: none; border-bottom: 1px solid @border; }
QWidget[surface="sunken"] { background: @sunken; }
QFrame[surface="drawer"] { background: @panel; border: none; border-right: 1px solid @borderStrong; }
QFrame[surface="card"] { background: @card; border: 1px solid @border; border-radius: 8px; }
QFrame[surface="popover"] { background: @card; border: 1px solid @borderStrong; border-radius: 10px; }

QLabel { background: transparent; }
QLabel[role="caption"] { font-size: 12px; font-weight: 500; }
QLabel[role="captionStrong"] { font-size: 12px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="medium"] { font-weight: 500; }
QLabel[role="title"] { font-size: 16px; font-weight: 600; }
QLabel[role="heading"] { font-size: 20px; font-weight: 600; }
QLabel[kbd="true"] { color: @textSecondary; background: @panel; border: 1px solid @border;
  border-bottom-width: 2px; border-radius: 4px; padding: 0 5px; font-size: 12px; font-weight: 500; }
QLabel[tone="secondary"] { color: @textSecondary; }
QLabel[tone="muted"] { color: @textMuted; }
QLabel[tone="disabled"] { color: @textDisabled; }
QLabel[tone="accent"] { color: @accent; }
QLabel[tone="danger"] { color: @danger; }
QLabel[tone="warning"] { color: @warning; }
QLabel[tone="onAccent"] { color: @onAccent; }

QPushButton { background: @card; color: @text; border: 1px solid @borderStrong; border-radius: 6px;
  padding: 5px 12px; min-height: 20px; font-weight: 500; }
QPushButton:hover { background: @hover; }
QPushButton:pressed, QPushButton:checked { background: @pressed; }
QPushButton:focus { border: 2px solid @focus; padding: 4px 11px; }
QPushButton:disabled { color: @textDisabled; border-color: @border; background: transparent; }
QPushButton::menu-indicator { image: @draw_chevron; width: 14px; height: 14px; subcontrol-position: right
  center; right: 6px; }
QPushButton[kind="primary"] { background: @accent; color: @onAccent; border-color: @accent; font-weight:
  600; }
QPushButton[kind="primary"]:hover { background: @accentHover; border-color: @accentHover; }
QPushButton[kind="primary"]:focus { border: 2px solid @text; padding: 4px 11px; }
QPushButton[kind="primary"]:disabled { background: @pressed; color: @textMuted; border-color: @border; }
QPushButton[kind="quiet"] { background: transparent; color: @textSecondary; border-color: transparent; }
QPushButton[kind="quiet"]:hover { background: @hover; }
QPushButton[kind="quiet"]:pressed { background: @pressed; }
QPushButton[kind="quiet"]:focus { border: 2px solid @focus; padding: 4px 11px; }
QPushButton[kind="link"] { background: transparent; color: @accent; border-color: transparent; }
QPushButton[kind="link"]:hover { background: @hover; }
QPushButton[kind="link"]:focus { border: 2px solid @focus; padding: 4px 11px; }
QPushButton[kind="link"]:disabled { color: @textDisabled; }
QPushButton[kind="quiet"]:disabled { color: @textDisabled; }
QPushButton[kind="danger"] { color: @danger; border-color: @danger; }
QPushButton[kind="danger"]:hover { background: @dangerSoft; }
QPushButton[kind="danger"]:focus { border: 2px solid @focus; }
QPushButton[compact="true"] { padding: 3px 9px; }
QPushButton[compact="true"]:focus { padding: 2px 8px; }

QToolButton { background: transparent; color: @textSecondary; border: 1px solid transparent;
  border-radius: 6px; padding: 5px; }
QToolButton:hover { background: @hover; }
QToolButton:pressed, QToolButton:open { background: @pressed; }
QToolButton:checked { background: @selected; color: @accent; }
QToolButton:focus { border: 2px solid @focus; padding: 4px; }
QToolButton:disabled { color: @textDisabled; }
QToolButton::menu-indicator { image: none; }
QToolButton[compact="true"] { padding: 3px; }
QToolButton[compact="true"]:focus { padding: 2px; }

QFrame[surface="segment"] { background: @sunken; border: 1px solid @border; border-radius: 6px; }
QToolButton[segment="true"] { border-radius: 4px; padding: 0 8px; min-height: 24px; font-size: 12px;
  font-weight: 500; }
QToolButton[segment="true"]:checked { background: @card; color: @text; border: 1px solid @borderStrong;
  font-weight: 600; }
QToolButton[segment="true"]:focus { border: 2px solid @focus; padding: 0 7px; min-height: 22px; }

QMainWindow > QWidget > QFrame#message_bar, QFrame#notice_bar { margin: 8px 12px; }
QFrame[message="error"] { background: @dangerSoft; border: 1px solid @danger; border-radius: 8px; }
QFrame[message="warning"] { background: @warningSoft; border: 1px solid @warning; border-radius: 8px; }
QFrame[message="info"] { background: @accentSoft; border: 1px solid @accent; border-radius: 8px; }
QFrame[surface="toast"] { background: @text; border-radius: 8px; }
QFrame[surface="toast"] QLabel { color: @reader; }
QFrame[surface="toast"] QLabel[kbd="true"] { color: @reader; background: transparent; border-color: @reader; }
QFrame[surface="toast"] QPushButton { color: @reader; background: transparent; font-weight: 600;
  border: 2px solid transparent; padding: 2px 8px; }
QFrame[surface="toast"] QPushButton:hover { border-color: @textMuted; }
QFrame[surface="toast"] QPushButton:focus { border-color: @reader; }

QLineEdit { background: @input; color: @text; border: 1px solid @borderStrong; border-radius: 6px;
  padding: 4px 8px; min-height: 22px; selection-background-color: @selection; selection-color: @text; }
QLineEdit:focus { border: 2px solid @focus; padding: 3px 7px; }
QLineEdit:read-only { background: transparent; border-color: @border; }
QLineEdit:disabled { color: @textDisabled; border-color: @border; background: transparent; }
QLineEdit[compact="true"] { padding: 2px 8px; }
QLineEdit[compact="true"]:focus { padding: 1px 7px; }
QLineEdit[soft="true"] { border-color: @border; }

QPlainTextEdit, QTextEdit { background: @input; color: @text; border: 1px solid @borderStrong;
  border-radius: 6px; padding: 4px 5px; selection-background-color: @selection; selection-color: @text; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid @focus; padding: 3px 4px; }
QPlainTextEdit:disabled, QTextEdit:disabled { color: @textDisabled; border-color: @border; }
QPlainTextEdit[flat="true"], QTextEdit[flat="true"] { border: none; padding: 0; background: transparent; }

QComboBox { background: @input; color: @text; border: 1px solid @borderStrong; border-radius: 6px;
  padding: 4px 8px; min-height: 22px; combobox-popup: 0; }
QComboBox:hover { background: @hover; }
QComboBox:focus, QComboBox:on { border: 2px solid @focus; padding: 3px 7px; }
QComboBox:disabled { color: @textDisabled; border-color: @border; background: transparent; }
QComboBox[compact="true"] { padding: 2px 8px; }
QComboBox[compact="true"]:focus { padding: 1px 7px; }
QComboBox::drop-down { border: none; width: 24px; subcontrol-position: right center; }
QComboBox::down-arrow { image: @draw_chevron; width: 14px; height: 14px; }
QComboBox::down-arrow:disabled { image: @draw_chevronOff; }
QComboBox QLineEdit, QComboBox QLineEdit:focus, QAbstractSpinBox QLineEdit, QAbstractSpinBox
  QLineEdit:focus { border: none; padding: 0 4px; min-height: 0; background: transparent; }
QComboBox QAbstractItemView { background: @card; color: @text; border: 1px solid @borderStrong; padding:
  4px; outline: none; selection-background-color: @selected; selection-color: @text; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 6px; border-radius: 4px; }

QSpinBox, QDoubleSpinBox, QDateEdit { background: @input; color: @text; border: 1px solid @borderStrong;
  border-radius: 6px; padding: 2px 6px; min-height: 26px; max-height: 26px; selection-background-color:
  @selection; selection-color: @text; }
QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus { border: 2px solid @focus; padding: 1px 5px; }
QSpinBox:disabled, QDoubleSpinBox:disabled, QDateEdit:disabled { color: @textDisabled; border-color:
  @border; background: transparent; }
QSpinBox[compact="true"] { padding: 0 6px; min-height: 26px; max-height: 26px; }
QSpinBox[compact="true"]:focus { padding: 0 5px; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top
  right; width: 18px; border: none; margin: 2px 2px 0 0; border-radius: 3px; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-origin: border; subcontrol-position:
  bottom right; width: 18px; border: none; margin: 0 2px 2px 0; border-radius: 3px; }
QSpinBox[plain="true"]::up-button, QSpinBox[plain="true"]::down-button { width: 0; margin: 0; }
QSpinBox[plain="true"]::up-arrow, QSpinBox[plain="true"]::down-arrow { image: none; width: 0; }
QSpinBox::up-button:hover, QSpinBox::down-button:hover { background: @hover; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: @draw_up; width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: @draw_chevron; width: 10px; height: 10px; }

QCheckBox, QRadioButton { spacing: 8px; min-height: 28px; background: transparent; color: @text; padding:
  0 2px; border: 2px solid transparent; border-radius: 6px; }
QCheckBox:focus, QRadioButton:focus { border-color: @focus; }
QCheckBox:disabled, QRadioButton:disabled { color: @textDisabled; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid @borderStrong; border-radius: 4px;
  background: @input; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { background: @hover; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: @draw_check; }
QCheckBox::indicator:indeterminate { background: @accentSoft; border-color: @accent; }
QCheckBox::indicator:disabled { border-color: @border; background: @sunken; }
QAbstractItemView::indicator { width: 14px; height: 14px; border: 1px solid @borderStrong; border-radius: 4px;
  background: @input; }
QAbstractItemView::indicator:checked { background: @accent; border-color: @accent; image: @draw_check; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @borderStrong; border-radius: 8px;
  background: @input; }
QRadioButton::indicator:checked { border: 5px solid @accent; width: 6px; height: 6px; background: @card; }
QGroupBox { border: 1px solid @border; border-radius: 8px; margin-top: 18px; padding: 12px; font-weight:
  600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; color: @textSecondary; }

QSlider:horizontal { min-height: 22px; background: transparent; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @border; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: @accent; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -6px 0; border-radius: 8px; background:
  @card; border: 2px solid @accent; }
QSlider::handle:horizontal:focus { background: @accent; }
QSlider::handle:horizontal:disabled { border-color: @textDisabled; }
QSlider::sub-page:horizontal:disabled { background: @textDisabled; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @borderStrong; border-radius: 2px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @textMuted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollArea { background: transparent; border: none; }

QTabWidget::pane { border: none; border-top: 1px solid @border; }
QTabBar { background: transparent; qproperty-drawBase: 0; border: none; }
QTabBar::tab { background: transparent; color: @textSecondary; border: none; border-top: 2px solid
  transparent; border-bottom: 2px solid transparent; padding: 0 10px; min-height: 36px; font-weight: 500;
  }
QTabBar::tab:hover { color: @text; background: @hover; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; font-weight: 600; }
QTabBar::tab:disabled { color: @textDisabled; }
QTabBar::tab:focus { border: 2px solid @focus; padding: 0 8px; }

QAbstractItemView { background: @panel; color: @text; border: none; outline: none;
  selection-background-color: @selected; selection-color: @text; }
QListView::item, QTreeView::item, QTableView::item { padding: 4px 6px; }
QListView::item:hover, QTreeView::item:hover, QTableView::item:hover { background: @hover; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected { background: @selected;
  color: @text; }
QListView::item:focus, QTreeView::item:focus, QTableView::item:focus { border: 2px solid @focus; }
QTableView { gridline-color: @border; }
QHeaderView { background: @panel; border: none; }
QHeaderView::section { background: @panel; color: @textSecondary; border: none; border-bottom: 1px solid
  @border; padding: 8px 10px; font-weight: 600; }
QHeaderView::section:hover { background: @hover; }
QHeaderView::up-arrow { image: @draw_up; width: 12px; height: 12px; }
QHeaderView::down-arrow { image: @draw_chevron; width: 12px; height: 12px; }

QMenuBar { background: @window; color: @text; border-bottom: 1px solid @border; padding: 2px 6px; }
QMenuBar::item { background: transparent; padding: 5px 9px; border-radius: 4px; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @card; color: @text; border: 1px solid @borderStrong; border-radius: 8px; padding:
  5px; }
QMenu::item { padding: 6px 28px 6px 10px; border-radius: 4px; border: 1px solid transparent; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: @selected; }
QMenu::item:disabled { color: @textDisabled; }
QMenu::separator { height: 1px; background: @border; margin: 5px 4px; }
QMenu::indicator { width: 14px; height: 14px; padding-left: 8px; }
QMenu::indicator:checked { image: @draw_checkMenu; }
QMenu::right-arrow { image: @draw_right; width: 14px; height: 14px; right: 8px; }
QToolTip { background: @card; color: @text; border: 1px solid @borderStrong; border-radius: 4px; padding:
  4px 7px; }

QSplitter::handle { background: @border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: @accent; }
QStatusBar { background: @window; color: @textSecondary; border-top: 1px solid @border; }
QStatusBar::item { border: none; }
QProgressBar { background: @border; border: none; border-radius: 2px; max-height: 4px; min-height: 4px;
  text-align: center; color: transparent; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
"""
