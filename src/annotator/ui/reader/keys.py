"""The keys of the reading view, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


class Command(StrEnum):
    """What a key does in the reading view."""

    CLAIM = "claim"
    HIGHLIGHT = "highlight"
    NOTE = "note"
    LINK = "link"
    TAG_PICKER = "tag-picker"
    TAG = "tag"
    VERDICT = "verdict"
    SURER = "surer"
    LESS_SURE = "less-sure"
    NEXT_PARAGRAPH = "next-paragraph"
    PREVIOUS_PARAGRAPH = "previous-paragraph"
    NEXT_CLAIM = "next-claim"
    PREVIOUS_CLAIM = "previous-claim"
    NEXT_SENTENCE = "next-sentence"
    PREVIOUS_SENTENCE = "previous-sentence"
    WIDEN = "widen"
    NARROW = "narrow"
    EDIT = "edit"
    ESCAPE = "escape"
    DELETE = "delete"
    PAGE_DOWN = "page-down"
    PAGE_UP = "page-up"


# A chord is written as people write it: "Shift+J". Characters that need Shift on some keyboards ("+") are written bare.
DEFAULT_KEYS: Mapping[str, Command] = {
    "C": Command.CLAIM,
    "H": Command.HIGHLIGHT,
    "N": Command.NOTE,
    "L": Command.LINK,
    "T": Command.TAG_PICKER,
    **dict.fromkeys("012345678", Command.TAG),
    "V": Command.VERDICT,
    "+": Command.SURER,
    "=": Command.SURER,
    "-": Command.LESS_SURE,
    "J": Command.NEXT_PARAGRAPH,
    "K": Command.PREVIOUS_PARAGRAPH,
    "Shift+J": Command.NEXT_CLAIM,
    "Shift+K": Command.PREVIOUS_CLAIM,
    ".": Command.NEXT_SENTENCE,
    ",": Command.PREVIOUS_SENTENCE,
    "E": Command.WIDEN,
    "Shift+E": Command.NARROW,
    "Return": Command.EDIT,
    "Enter": Command.EDIT,
    "Esc": Command.ESCAPE,
    "Del": Command.DELETE,
    "Space": Command.PAGE_DOWN,
    "Shift+Space": Command.PAGE_UP,
}

_NAMED = {
    Qt.Key.Key_Return: "Return",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Escape: "Esc",
    Qt.Key.Key_Delete: "Del",
    Qt.Key.Key_Space: "Space",
}
# The digit row by place: keyboards on which digits need Shift send these scan codes all the same (X11).
_DIGIT_ROW = {10: "1", 11: "2", 12: "3", 13: "4", 14: "5", 15: "6", 16: "7", 17: "8", 19: "0"}
_IGNORED = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier
_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def chord_of(event: QKeyEvent) -> str:
    """The name of the key that was pressed, or "" for one with Ctrl, Alt or Meta, which is never ours."""
    modifiers = event.modifiers() & ~_IGNORED
    if modifiers not in (_NONE, _SHIFT):
        return ""
    shift = "Shift+" if modifiers == _SHIFT else ""
    named = _NAMED.get(Qt.Key(event.key()))
    if named is not None:
        return shift + named
    typed = event.text()
    if typed.isdigit() and typed.isascii():
        return typed
    if Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z:
        return shift + chr(event.key())
    if event.nativeScanCode() in _DIGIT_ROW and typed and not typed.isalnum():
        return typed if typed in DEFAULT_KEYS else _DIGIT_ROW[event.nativeScanCode()]
    return typed.upper() if len(typed) == 1 and typed.isprintable() else ""
