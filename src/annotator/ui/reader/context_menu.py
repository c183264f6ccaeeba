"""The menus of the reading view: what can be done with a selection, a mark, or the text; and which of several marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from annotator.domain.rating import Scale
from annotator.domain.tag import Tag
from annotator.ui import icons
from annotator.ui.reader.view import ReaderView


class Here(NamedTuple):
    """What a menu is about: what the active mark is called ("claim 4"), whether it is a claim and how many passages it
    has; the tags and verdicts there are; whether anything can be changed."""

    name: str
    is_claim: bool
    passages: int
    tags: Sequence[Tag]
    scale: Scale
    may_change: bool


class ReaderMenu(QMenu):
    """A menu whose entries do what keys do, and show these keys."""

    def __init__(self, view: ReaderView) -> None:
        super().__init__(view)
        self.setObjectName("reader_menu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._view = view
        self._keys: dict[str, str] = {}
        for chord, name in view.keys.items():
            self._keys.setdefault(name, chord)

    def add(self, words: str, command: str, icon: str = "", *, into: QMenu | None = None) -> None:
        """One command of the reading view, if somebody handles it."""
        if command in self._view.handled:
            chord = self._keys.get(command, "").replace("Return", "Enter")
            key = chord if len(chord) < 2 else chord.replace("+", " ")
            action = self.add_act(words, partial(self._run, command, ""), key, into)
            if icon:
                action.setIcon(icons.icon(icon, self._view.theme.color("textSecondary")))

    def add_act(
        self, words: str, do: Callable[[], object], key: str = "", into: QMenu | None = None
    ) -> QAction:
        """Anything else, with its key."""
        action = (into or self).addAction(f"{words}\t{key}" if key else words)
        action.triggered.connect(lambda _checked=False: do())
        return action

    def add_making(self, here: Here) -> None:
        """What can be made of a selection."""
        self.add(self.tr("Claim"), "claim", "flag")
        self.add(self.tr("Highlight"), "highlight", "highlighter")
        self.add(self.tr("Note"), "note", "sticky-note")
        self._add_tags(here)
        self.add(self.tr("Claim with a source…"), "link", "link")
        if here.name:
            self.addSeparator()
            self.add(self.tr("Add to {name}").format(name=here.name), "add_passage", "plus")

    def add_changing(self, here: Here) -> None:
        """What can be done with the active mark."""
        self.add(self.tr("Edit {name}").format(name=here.name), "edit", "pencil")
        if here.is_claim:
            self._add_verdicts(here)
        self._add_tags(here)
        self.add(self.tr("Note"), "note", "sticky-note")
        if here.is_claim:
            self.add(self.tr("Link source…"), "link", "link")
        self.addSeparator()
        ends = self.addMenu(self.tr("Move its ends"))
        self.add(self.tr("End one word later"), "end_later", into=ends)
        self.add(self.tr("End one word earlier"), "end_earlier", into=ends)
        self.add(self.tr("Start one word earlier"), "start_earlier", into=ends)
        self.add(self.tr("Start one word later"), "start_later", into=ends)
        if here.passages > 1:
            self.add(self.tr("Take this passage away"), "remove_passage", "unlink")

    def add_selecting(self, *, selected: bool) -> None:
        """What selects more or less."""
        words = self.tr("Select more") if selected else self.tr("Select the sentence")
        self.add(words, "widen", "text-select")
        if selected:
            self.add(self.tr("Select less"), "narrow")
            self.add_act(self.tr("Copy"), self._view.copy, "Ctrl C").setIcon(
                icons.icon("copy", self._view.theme.color("textSecondary"))
            )

    def add_delete(self, here: Here) -> None:
        """Deleting the active mark, at the end of its menu."""
        self.addSeparator()
        self.add(self.tr("Delete {name}").format(name=here.name), "delete", "trash-2")

    def add_choice(
        self, title: str, choices: Iterable[tuple[str, str]], chosen: str, choose: Callable[[str], object]
    ) -> None:
        """A menu of values, as (value, words), of which one is chosen."""
        menu = self.addMenu(title)
        for value, words in choices:
            action = self.add_act(words, partial(choose, value), into=menu)
            action.setCheckable(True)
            action.setChecked(value == chosen)

    def _add_tags(self, here: Here) -> None:
        menu = self.addMenu(self.tr("Tag"))
        for tag in sorted((tag for tag in here.tags if tag.key), key=lambda tag: tag.key):
            self.add_act(tag.name, partial(self._run, "tag", tag.key), tag.key, menu)
        if self._view.selected_span() is None:
            menu.addSeparator()
            self.add_act(self.tr("No tag"), partial(self._run, "tag", "0"), "0", menu)

    def _add_verdicts(self, here: Here) -> None:
        menu = self.addMenu(self.tr("Verdict"))
        key = self._keys.get("verdict", "")
        for step in here.scale.steps:
            style = self._view.theme.verdict(step.key)
            letter = step.letter.upper()
            wish = partial(self._view.verdict_requested.emit, letter)
            action = self.add_act(step.label, wish, f"{key} {letter}" if key else "", menu)
            action.setIcon(icons.icon(style.icon, style.color))
        menu.addSeparator()
        self.add(self.tr("More sure"), "surer", into=menu)
        self.add(self.tr("Less sure"), "less_sure", into=menu)

    def _run(self, command: str, chord: str) -> None:
        self._view.setFocus()
        self._view.run(command, chord)
