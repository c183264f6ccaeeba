"""Small widgets that several areas use. None of them knows the library or the services."""

from annotator.ui.widgets.base import CalmWheel, follow, set_style_property
from annotator.ui.widgets.buttons import ButtonRow, IconButton, Segmented
from annotator.ui.widgets.confidence import ConfidenceEdit, MarkedSlider, Sparkline
from annotator.ui.widgets.flow import FlowLayout
from annotator.ui.widgets.labels import ElidedLabel, IconLabel, KeyCap, label
from annotator.ui.widgets.messages import EmptyState, MessageBar, UndoToast
from annotator.ui.widgets.swatch import draw_swatch
from annotator.ui.widgets.tags import TagChip, TagEdit
from annotator.ui.widgets.text_area import TextArea
from annotator.ui.widgets.verdict import VerdictButton, VerdictSegment

__all__ = [
    "ButtonRow",
    "CalmWheel",
    "ConfidenceEdit",
    "ElidedLabel",
    "EmptyState",
    "FlowLayout",
    "IconButton",
    "IconLabel",
    "KeyCap",
    "MarkedSlider",
    "MessageBar",
    "Segmented",
    "Sparkline",
    "TagChip",
    "TagEdit",
    "TextArea",
    "UndoToast",
    "VerdictButton",
    "VerdictSegment",
    "draw_swatch",
    "follow",
    "label",
    "set_style_property",
]
