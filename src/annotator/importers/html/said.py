"""What the elements around a text say of it: its language, its direction, and its part in an article's head."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from annotator.domain.article import BlockKind
from annotator.importers.html.events import Event

_LANGUAGE_TAG = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,4}")
_WRAPPERS = ("div", "section", "article", "main")  # templates write dir="ltr" on these around any script
_ROLES = ("standfirst", "byline", "date")


@dataclass(slots=True)
class Said:
    """The open elements that say something, the innermost last."""

    roles: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    directions: list[str] = field(default_factory=list)

    @property
    def language(self) -> str:
        """The language of a text here; "" where nobody says."""
        return self.languages[-1] if self.languages else ""

    @property
    def direction(self) -> str:
        """The direction of a text here: "ltr", "rtl", or "" where nobody says."""
        return self.directions[-1] if self.directions else ""

    def hear(self, event: Event, undo: list[Callable[[], object]], *, block: bool) -> None:
        """Note what an element says; `undo` takes what is to be done at its end. Only blocks have a language."""
        if event.value == "header":
            self._note(self.roles, "header", undo)
        if not event.attributes and event.value != "address":
            return
        role = next((word for word in event.words if word in _ROLES), "")
        self._note(self.roles, role or ("byline" if event.value == "address" else ""), undo)
        if not block:
            return
        said = event.attributes
        language = (said.get("lang") or said.get("xml:lang", "")).strip().replace("_", "-")
        self._note(self.languages, language if _LANGUAGE_TAG.fullmatch(language) else "", undo)
        direction = said.get("dir", "").strip().lower()
        if direction == "rtl" or (direction == "ltr" and event.value not in _WRAPPERS):
            self._note(self.directions, direction, undo)

    @staticmethod
    def _note(where: list[str], what: str, undo: list[Callable[[], object]]) -> None:
        if what:
            where.append(what)
            undo.insert(0, where.pop)  # the last that is done: the text before the end still belongs to it

    def role(self, kind: BlockKind) -> str:
        """The role of a block here."""
        inner = next((role for role in reversed(self.roles) if role != "header"), "")
        if inner == "standfirst" and kind is BlockKind.PARAGRAPH:
            return "standfirst"
        if inner in ("byline", "date"):
            return inner
        return "header" if "header" in self.roles else ""
