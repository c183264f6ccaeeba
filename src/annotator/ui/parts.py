"""The parts of the main window, in one place: importing them is most of what starting costs."""

from __future__ import annotations

from annotator.ui.actions import Actions
from annotator.ui.appearance import Appearance
from annotator.ui.claims import ClaimsView
from annotator.ui.columns import Columns, Drawer
from annotator.ui.first_run import FirstRun
from annotator.ui.header import HeaderBar, ViewTab
from annotator.ui.library.pane import LibraryPane
from annotator.ui.panel.side_panel import SidePanel
from annotator.ui.reader.pane import ReaderPane
from annotator.ui.reader.split import TwoTexts
from annotator.ui.sources import SourcesView
from annotator.ui.status_bar import StatusBar
from annotator.ui.widgets import MessageBar, UndoToast

__all__ = [
    "Actions",
    "Appearance",
    "ClaimsView",
    "Columns",
    "Drawer",
    "FirstRun",
    "HeaderBar",
    "LibraryPane",
    "MessageBar",
    "ReaderPane",
    "SidePanel",
    "SourcesView",
    "StatusBar",
    "TwoTexts",
    "UndoToast",
    "ViewTab",
]
