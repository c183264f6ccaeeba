"""What keys do in the reading view: one table of commands with their keys, words and handlers."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
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
        Command("narrow", ("Shift+E",), tr("Keys", "narrow it: sentence, word"), lambda v, _: v.narrow()),
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
        Command(
            "to_reference",
            ("Backspace",),
            tr("Keys", "from a note back to its figure"),
            lambda v, _: v.go_to_reference(),
        ),
        Command(
            "preview",
            ("Shift+Return", "Shift+Enter"),
            tr("Keys", "show the note or address at the caret"),
            None,
            "Shift Enter",
        ),
        Command("escape", ("Esc",), tr("Keys", "back to the text"), lambda v, _: v.escape()),
        Command(
            "delete",
            ("Del",),
            tr("Keys", "delete the active claim or mark"),
            lambda v, _: v.delete_requested.emit(),
        ),
        Command(
            "end_later",
            ("Alt+Shift+Right",),
            tr("Keys", "move the end of the mark, word by word"),
            lambda v, _: v.move_end(1),
        ),
        Command("end_earlier", ("Alt+Shift+Left",), "", lambda v, _: v.move_end(-1)),
        Command(
            "start_earlier",
            ("Alt+Shift+Up",),
            tr("Keys", "move the start of the mark, word by word"),
            lambda v, _: v.move_start(-1),
        ),
        Command("start_later", ("Alt+Shift+Down",), "", lambda v, _: v.move_start(1)),
        Command("add_passage", ("A",), tr("Keys", "add the selection to the active mark / take it away")),
        Command("remove_passage", ("Shift+A",), ""),
        Command("menu", ("Shift+F10", "Menu"), tr("Keys", "everything that can be done here")),
        Command("unplaced", ("P",), tr("Keys", "place a claim without a place at the selection")),
        Command(
            "supports",
            ("S",),
            tr("Keys", "in the second text: it supports / refutes / is context of the claim"),
        ),
        Command("refutes", ("R",), ""),
        Command("context", ("X",), ""),
        Command("find", ("/",), tr("Keys", "find in this article")),
        Command("focus_mode", ("F",), tr("Keys", "dim all but this paragraph")),
        Command("page_down", ("Space",), tr("Keys", "page down / up"), lambda v, _: v.turn_page(1)),
        Command("page_up", ("Shift+Space",), "", lambda v, _: v.turn_page(-1)),
        Command("keys", ("?",), tr("Keys", "these keys")),
    )


DEFAULT_KEYS: Mapping[str, str] = {chord: command.name for command in commands() for chord in command.keys}


def keys_in_use(changed: Mapping[str, Sequence[str]], *, single: bool) -> Mapping[str, str]:
    """What each chord does: the usual keys, but for the commands in `changed` those given there. Without `single`
    nothing is left that is typed as a character, with Shift or without."""
    usual = {chord: one.name for one in commands() if one.name not in changed for chord in one.keys}
    names = {one.name for one in commands()}
    other = {chord: name for name, chords in changed.items() if name in names for chord in chords}
    return {chord: name for chord, name in {**usual, **other}.items() if single or not is_single(chord)}


def with_key(changed: Mapping[str, Sequence[str]], name: str, chord: str) -> dict[str, Sequence[str]]:
    """The changed keys after a command was given `chord` as its only key; whichever had it has it no longer."""
    result = {one: [other for other in chords if other != chord] for one, chords in changed.items()}
    for one in commands():
        if one.name not in changed and chord in one.keys:
            result[one.name] = [other for other in one.keys if other != chord]
    result[name] = [chord]
    usual = {one.name: list(one.keys) for one in commands()}
    return {one: chords for one, chords in result.items() if chords != usual.get(one)}


def command_groups() -> list[list[Command]]:
    """The commands of each row of the sheet; the first one of each has the words."""
    groups: list[list[Command]] = []
    for command in commands():
        if command.words or not groups:
            groups.append([])
        groups[-1].append(command)
    return groups


def is_single(chord: str) -> bool:
    """Whether a chord is a character that is typed."""
    return len(chord.removeprefix("Shift+")) == 1


def stored_keys(stored: Mapping[str, object]) -> dict[str, list[str]]:
    """The changed keys as the settings have them, without what isn't a list of chords."""
    return {
        name: [chord for chord in chords if isinstance(chord, str)]
        for name, chords in stored.items()
        if isinstance(chords, list)
    }


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
        shown = command.shown if usual else " / ".join(as_shown(chord) for chord in has)
        if rows and rows[-1][1] == words:
            shown = f"{rows.pop()[0]} / {shown}"
        rows.append((shown, words))
    return rows


def as_shown(chord: str) -> str:
    """A chord as people read it: "Shift J"."""
    return chord if len(chord) == 1 else chord.replace("+", " ")


_NAMED = {
    Qt.Key.Key_Return: "Return",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Escape: "Esc",
    Qt.Key.Key_Delete: "Del",
    Qt.Key.Key_Backspace: "Backspace",
    Qt.Key.Key_Space: "Space",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_F10: "F10",
    Qt.Key.Key_Menu: "Menu",
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
