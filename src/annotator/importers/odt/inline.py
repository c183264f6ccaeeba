"""The text in a paragraph of OpenDocument: spans, spaces, links, notes, comments, images."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.article import OBJECT, MarkKind
from annotator.importers.odt.maths import formula_in
from annotator.importers.odt.styles import DC, OFFICE, TEXT, XLINK, Styles
from annotator.importers.office.article import Comment
from annotator.importers.office.run import PLAIN, Look, StyledRun
from annotator.importers.xml_names import local

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

MAX_QUOTE = 1000  # characters of the passage a comment is about
_MAX_SPACES = 1000
_MAX_OPEN = 50  # comments whose passages lie over each other
_SPACE = re.compile(r"[ \t\r\n]+")
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_SKIPPED = frozenset(
    [
        "tracked-changes",
        "hidden-text",
        "hidden-paragraph",
        "script",
        "number",
        "forms",
        "title",
        "desc",
        "change",
        "change-start",
        "change-end",
        "creation-date-format",
        "event-listeners",
        "dde-connection-decls",
        "sequence-decls",
        "variable-decls",
        "user-field-decls",
    ]
)
_DRAWN = frozenset(
    [
        "custom-shape",
        "rect",
        "ellipse",
        "circle",
        "polygon",
        "polyline",
        "path",
        "line",
        "connector",
        "caption",
        "regular-polygon",
    ]
)
_LOOSE = frozenset({"p", "h", "list", "table"})


@dataclass(slots=True)
class _OpenComment:
    author: str
    date: str
    element: _Element
    words: list[str]
    place: int


class Inline:
    """Reads the content of paragraphs into a run."""

    def __init__(
        self, styles: Styles, formula_of: Callable[[str], str], picture_of: Callable[[_Element], str]
    ) -> None:
        self.styles = styles
        self.run = StyledRun()
        self.notes: list[tuple[str, _Element]] = []  # label and body, in the order of the references
        self.comments: list[tuple[_OpenComment, str]] = []
        self.boxes: list[_Element] = []
        self.hidden = 0
        self.page = 0  # 0: unknown
        self.begun_on = 0
        self.language = ""
        self.languages: Counter[str] = Counter()
        self._formula_of = formula_of
        self._picture_of = picture_of
        self._follows_space = True
        self._open: dict[str, _OpenComment] = {}

    def read(self, element: _Element, looks: frozenset[Look] = PLAIN) -> None:
        """The content of an element; `looks` are those around it."""
        self.text(element.text, looks)
        for part in element:
            name = local(part)
            if name and name not in _SKIPPED:
                self.part(part, looks)
            self.text(part.tail, looks)

    def begin_paragraph(self) -> None:
        """Space at the beginning of a paragraph is none."""
        self._follows_space = True

    def end_paragraph(self) -> None:
        """Tell the comments that go on that a paragraph has ended, and give up those that are long enough."""
        for name, note in list(self._open.items()):
            note.words.append(" ")
            if sum(map(len, note.words)) > MAX_QUOTE:
                self._end_comment(name)

    def take_language(self) -> str:
        """The language most of the paragraph is in."""
        found = self.languages.most_common(1)
        self.languages.clear()
        return found[0][0] if found else ""

    def text(self, text: str | None, looks: frozenset[Look]) -> None:
        """Character data: white space of any length is one space."""
        if not text:
            return
        text = _SPACE.sub(" ", text)
        if self._follows_space and text.startswith(" "):
            text = text[1:]
        if text:
            self._say(text, looks)
            self._follows_space = text.endswith(" ")

    def _say(self, text: str, looks: frozenset[Look]) -> None:
        if not self.run.has_ink:
            self.begun_on = self.page
        text = text.replace("\xad", "")
        self.run.add(text, looks)
        self._follows_space = False
        if self.language:
            self.languages[self.language] += len(text)
        for note in self._open.values():
            note.words.append(text)

    def part(self, part: _Element, looks: frozenset[Look] = PLAIN) -> None:
        """An element in a paragraph, or one that is drawn between paragraphs."""
        name = local(part)
        if name == "span":
            self._span(part, looks)
        elif name == "s":
            count = part.get(f"{TEXT}c") or "1"
            spaces = int(count) if re.fullmatch(r"\d{1,6}", count) else 1
            self._say(" " * min(spaces, _MAX_SPACES), looks)
        elif name == "tab":
            self._say("\t", looks)
        elif name == "line-break":
            self._say("\n", looks)
            self._follows_space = True
        elif name == "soft-page-break":
            self.page += self.page > 0
        elif name == "a":
            address = (part.get(f"{XLINK}href") or "").strip()
            link = {(MarkKind.LINK, address[:2000])} if _ADDRESS.match(address) else set()
            self.read(part, looks | link)
        elif name == "note":
            self._note(part, looks)
        elif name == "annotation":
            self._begin_comment(part)
        elif name == "annotation-end":
            self._end_comment(part.get(f"{OFFICE}name") or "")
        elif name == "ruby-text":
            self._say("(", looks)
            self.read(part, looks)
            self._say(")", looks)
        elif name == "frame":
            self._frame(part, looks)
        elif name in _DRAWN:
            self.boxes.append(part)
        elif name not in _LOOSE:
            self.read(part, looks)

    def _span(self, part: _Element, looks: frozenset[Look]) -> None:
        style = part.get(f"{TEXT}style-name") or ""
        own, hidden = self.styles.text_looks(style)
        if hidden:
            self.hidden += 1
            return
        outer, language = self.language, self.styles.language_of("text", style)
        self.language = language or outer
        self.read(part, looks | own)
        self.language = outer

    # Notes and comments

    def _note(self, part: _Element, looks: frozenset[Look]) -> None:
        citation = next((entry for entry in part if local(entry) == "note-citation"), None)
        body = next((entry for entry in part if local(entry) == "note-body"), None)
        label = "" if citation is None else "".join(map(str, citation.itertext())).strip()
        if citation is not None:
            label = label or citation.get(f"{TEXT}label") or ""
        label = (label or str(len(self.notes) + 1))[:12]
        self.run.add_marked(MarkKind.NOTE_REF, label, label, looks - {(MarkKind.SUPERSCRIPT, "")})
        self._follows_space = False
        if body is not None:
            self.notes.append((label, body))

    def _begin_comment(self, part: _Element) -> None:
        note = _OpenComment(
            part.findtext(f"{DC}creator") or "",
            part.findtext(f"{DC}date") or "",
            part,
            [],
            len(self.comments),
        )
        name = part.get(f"{OFFICE}name") or ""
        self.comments.append((note, ""))
        if name and len(self._open) < _MAX_OPEN:
            self._open[name] = note

    def _end_comment(self, name: str) -> None:
        note = self._open.pop(name, None)
        if note is not None:
            words = " ".join("".join(note.words).split())
            self.comments[note.place] = (
                note,
                words if len(words) <= MAX_QUOTE else f"{words[: MAX_QUOTE - 1]}…",
            )

    def finished_comments(self, text_of: Callable[[_Element], str]) -> list[Comment]:
        """All comments. Those whose end is missing are about no passage."""
        return [
            Comment(author=note.author, date=note.date, quote=quote, text=text_of(note.element))
            for note, quote in self.comments
        ]

    # Images

    def _frame(self, part: _Element, looks: frozenset[Look]) -> None:
        """An image becomes its placeholder, a formula its text; a text box is read behind the paragraph."""
        for entry in part:
            name = local(entry)
            if name == "text-box":
                self.boxes.append(entry)
                return
            if name in ("object", "image", "object-ole", "plugin"):
                formula = self._formula_of(entry.get(f"{XLINK}href") or "") if name == "object" else ""
                formula = formula or _inner_formula(entry)
                if formula:
                    self._say(formula, looks)
                    return
                if not self.run.has_ink:
                    self.begun_on = self.page
                alt = next((e.text for e in part if local(e) in ("desc", "title") and e.text), "")
                words, named = " ".join(alt.split())[:2000], self._picture_of(entry)
                self.run.add_marked(MarkKind.IMAGE, OBJECT, words, looks, named)
                self._follows_space = False
                return


def _inner_formula(element: _Element) -> str:
    return next((formula_in(entry) for entry in element if local(entry) == "math"), "")
