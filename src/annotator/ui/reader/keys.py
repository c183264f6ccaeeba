"""What keys do in the reading view: one table of commands with their keys, words and handlers."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from annotator.ui.reader.view import ReaderView

Do = Callable[["ReaderView", str], object]  # the second argument is the chord that was pressed


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that keys do in the text.

    `words` say it on the sheet of all keys; without words it stands in the row of the command above. `shown` is how the
    keys are written there when they are the usual ones. A command without `do` is that of whoever gives
    `ReaderView.handle` a handler for it; until then its keys do nothing and it is on no sheet.
    """

    name: str
    keys: tuple[str, ...]
    words: str
    do: Do | None = None
    shown: str = ""


def commands() -> tuple[Command, ...]:
    """Every command of the reading view in the order of the sheet.

    A chord is written as people write it: "Shift+J". Characters that need Shift on some keyboards ("+") are written
    bare.
    """
    tr = QCoreApplication.translate
    return (
        Command(
            "widen", ("E",), tr("Keys", "select the sentence, then the paragraph"), lambda v, _: v.widen()
        ),
        Command("narrow", ("Shift+E",), tr("Keys", "narrow the selection"), lambda v, _: v.narrow()),
        Command(
            "next_paragraph",
            ("J",),
            tr("Keys", "next / previous paragraph"),
            lambda v, _: v.go_to_paragraph(1),
        ),
        Command("previous_paragraph", ("K",), "", lambda v, _: v.go_to_paragraph(-1)),
        Command(
            "next_sentence", (".",), tr("Keys", "next / previous sentence"), lambda v, _: v.go_to_sentence(1)
        ),
        Command("previous_sentence", (",",), "", lambda v, _: v.go_to_sentence(-1)),
        Command(
            "next_claim", ("Shift+J",), tr("Keys", "next / previous claim"), lambda v, _: v.go_to_claim(1)
        ),
        Command("previous_claim", ("Shift+K",), "", lambda v, _: v.go_to_claim(-1)),
        Command("go_to_number", ("G",), tr("Keys", "go to a paragraph by its number")),
        Command(
            "claim",
            ("C",),
            tr("Keys", "turn the selection into a claim"),
            lambda v, _: v.claim_requested.emit(v.selected_span()),
        ),
        Command(
            "highlight",
            ("H",),
            tr("Keys", "highlight the selection"),
            lambda v, _: v.highlight_requested.emit(v.selected_span()),
        ),
        Command(
            "note",
            ("N",),
            tr("Keys", "highlight and write a note"),
            lambda v, _: v.note_requested.emit(v.selected_span()),
        ),
        Command(
            "tag_picker",
            ("T",),
            tr("Keys", "pick a tag"),
            lambda v, _: v.tag_picker_requested.emit(v.selected_span()),
        ),
        Command(
            "tag",
            tuple("123456780"),
            tr("Keys", "set the tag / take it away"),
            lambda v, chord: v.tag_requested.emit(v.selected_span(), chord),
            "1 – 8 / 0",
        ),
        Command(
            "verdict",
            ("V",),
            tr("Keys", "verdict: Supported, Partly, Conflicting, Refuted, Unproven, Open"),
            lambda v, _: v.set_verdict_mode(True),
            tr("Keys", "V, then a letter"),
        ),
        Command(
            "surer",
            ("+", "="),
            tr("Keys", "confidence up / down by 5"),
            lambda v, _: v.confidence_step_requested.emit(5),
            "+",
        ),
        Command("less_sure", ("-",), "", lambda v, _: v.confidence_step_requested.emit(-5)),
        Command(
            "link",
            ("L",),
            tr("Keys", "link a source"),
            lambda v, _: v.link_requested.emit(v.selected_span()),
        ),
        Command(
            "edit", ("Return", "Enter"), tr("Keys", "edit the active claim"), lambda v, _: v.enter(), "Enter"
        ),
        Command("escape", ("Esc",), tr("Keys", "back to the text"), lambda v, _: v.escape()),
        Command(
            "delete",
            ("Del",),
            tr("Keys", "delete the active claim or mark"),
            lambda v, _: v.delete_requested.emit(),
        ),
        Command("end_later", ("Alt+Shift+Right",), tr("Keys", "move the end of the mark, word by word")),
        Command("end_earlier", ("Alt+Shift+Left",), ""),
        Command("start_earlier", ("Alt+Shift+Up",), tr("Keys", "move the start of the mark, word by word")),
        Command("start_later", ("Alt+Shift+Down",), ""),
        Command("unplaced", ("P",), tr("Keys", "claims without a place in the text")),
        Command("find", ("/",), tr("Keys", "find in this article")),
        Command("focus_mode", ("F",), tr("Keys", "dim all but this paragraph")),
        Command("page_down", ("Space",), tr("Keys", "page down / up"), lambda v, _: v.turn_page(1)),
        Command("page_up", ("Shift+Space",), "", lambda v, _: v.turn_page(-1)),
        Command("keys", ("?",), tr("Keys", "these keys")),
    )


DEFAULT_KEYS: Mapping[str, str] = {chord: command.name for command in commands() for chord in command.keys}


def sheet_of_keys(handled: Container[str], keys: Mapping[str, str]) -> list[tuple[str, str]]:
    """The keys of the commands that are `handled` and what they do, as rows of the sheet of all keys."""
    chords: dict[str, list[str]] = {}
    for chord, name in keys.items():
        chords.setdefault(name, []).append(chord)
    rows: list[tuple[str, str]] = []
    words = ""
    for command in commands():
        words = command.words or words
        has = chords.get(command.name, [])
        if command.name not in handled or not has:
            continue
        usual = command.shown and tuple(has) == command.keys
        shown = command.shown if usual else " / ".join(_as_shown(chord) for chord in has)
        if rows and rows[-1][1] == words:
            shown = f"{rows.pop()[0]} / {shown}"
        rows.append((shown, words))
    return rows


def _as_shown(chord: str) -> str:
    return chord if len(chord) == 1 else chord.replace("+", " ")


_NAMED = {
    Qt.Key.Key_Return: "Return",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Escape: "Esc",
    Qt.Key.Key_Delete: "Del",
    Qt.Key.Key_Space: "Space",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
}
# The digit row by place: keyboards on which digits need Shift send these scan codes all the same (X11).
_DIGIT_ROW = {10: "1", 11: "2", 12: "3", 13: "4", 14: "5", 15: "6", 16: "7", 17: "8", 19: "0"}
_IGNORED = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier
_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


def chord_of(event: QKeyEvent, known: Container[str] = DEFAULT_KEYS) -> str:
    """The name of the key that was pressed, or "" for one that is never ours.

    Ours are keys alone, keys with Shift, and named keys with Alt and Shift; `known` are the chords in use.
    """
    modifiers = event.modifiers() & ~_IGNORED
    named = _NAMED.get(Qt.Key(event.key()))
    if modifiers == _ALT_SHIFT and named is not None:
        return f"Alt+Shift+{named}"
    if modifiers not in (_NONE, _SHIFT):
        return ""
    shift = "Shift+" if modifiers == _SHIFT else ""
    if named is not None:
        return shift + named
    typed = event.text()
    if typed.isdigit() and typed.isascii():
        return typed
    if Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z:
        return shift + chr(event.key())
    if event.nativeScanCode() in _DIGIT_ROW and typed and not typed.isalnum():
        return typed if typed in known else _DIGIT_ROW[event.nativeScanCode()]
    return typed.upper() if len(typed) == 1 and typed.isprintable() else ""
