"""The text in a paragraph of Word: runs and their looks, fields, links, changes, notes, images, formulas."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.domain.article import OBJECT, MarkKind
from annotator.importers.docx.maths import formula_text
from annotator.importers.docx.parts import R, W, child, is_on, value
from annotator.importers.docx.styles import MARKS, Styles, languages_of, switches_of
from annotator.importers.office.numbers import number_text
from annotator.importers.office.run import PLAIN, Look, StyledRun
from annotator.importers.office.symbols import symbol, with_symbols
from annotator.importers.xml_names import local

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_QUOTE = 1000  # characters of the passage a comment is about
_MAX_OPEN = 50  # fields in each other, comments whose passages lie over each other
_LINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s\\"]\S*))', re.IGNORECASE)
_CONTENTS = re.compile(r"\s*(?:TOC|TOA)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_DESCENDED = frozenset({"smartTag", "customXml", "dir", "bdo", "sdtContent", "rubyBase", "txbxContent"})
_ADDED, _REMOVED = frozenset({"ins", "moveTo"}), frozenset({"del", "moveFrom"})


@dataclass(slots=True)
class _Field:
    """A field that is open: its instruction, then its result."""

    instruction: str = ""
    in_result: bool = False
    link: str = ""
    dropped: bool = False


@dataclass(slots=True)
class Counts:
    """What was met and left out or decided, for the warnings."""

    insertions: int = 0
    deletions: int = 0
    hidden: int = 0
    contents: int = 0
    embedded: int = 0


class Inline:
    """Reads the content of paragraphs into a run."""

    def __init__(
        self,
        styles: Styles,
        links: Mapping[str, str],
        pictures: Mapping[str, str],
        *,
        has_pages: bool,
        keeps_contents: bool,
    ) -> None:
        self.styles = styles
        self.links = links
        self.pictures = pictures
        self.run = StyledRun()
        self.counts = Counts()
        self.notes: list[tuple[str, str]] = []  # kind and id, in the order of the references
        self.note_labels: dict[tuple[str, str], str] = {}
        self.label_of_note: Callable[[str, str], str] = _no_label
        self.quotes: dict[str, str] = {}
        self.boxes: list[_Element] = []
        self.has_rule = False
        self.muted = 0
        self.languages: Counter[str] = Counter()
        self.paragraph_languages: Mapping[str, str] = {}
        self.page = 1 if has_pages else 0
        self.page_form = "decimal"
        self.begun_on = ""  # the label of the page the paragraph begins on, "" where unknown
        self._keeps_contents = keeps_contents
        self._fields: list[_Field] = []
        self._quoting: dict[str, list[str]] = {}
        self._custom_note: tuple[str, str] | None = None

    @property
    def open_fields(self) -> int:
        """How many fields have begun and not ended."""
        return len(self._fields)

    def read(self, element: _Element, looks: frozenset[Look] = PLAIN) -> None:
        """The children of a paragraph or of what stands for a part of one."""
        for part in element:
            name = local(part)
            if name == "r":
                self._run(part, looks)
            elif name in _ADDED:
                self.counts.insertions += 1
                self.read(part, looks)
            elif name in _REMOVED:
                self.counts.deletions += 1
            elif name in _DESCENDED:
                self.read(part, looks)
            elif name == "hyperlink":
                self._hyperlink(part, looks)
            elif name == "sdt":
                self.control(part, looks)
            elif name == "fldSimple":
                self._simple_field(part, looks)
            elif name in ("oMath", "oMathPara"):
                self.say(formula_text(part), looks)
            elif name == "commentRangeStart":
                if len(self._quoting) < _MAX_OPEN:
                    self._quoting[value(part, "id")] = []
            elif name == "commentRangeEnd":
                self._end_quote(value(part, "id"))
            elif name == "AlternateContent":
                self._alternative(part, looks)

    def control(self, element: _Element, looks: frozenset[Look]) -> None:
        """A content control in a line. What only invites to type is no text."""
        if is_on(child(element, "sdtPr", "showingPlcHdr")):
            return
        content = child(element, "sdtContent")
        if content is not None:
            self.read(content, looks)

    def say(self, text: str, looks: frozenset[Look] = PLAIN) -> None:
        """Append text, unless it stands in the instruction of a field or in a table of contents."""
        if not text or self.muted or self._is_silent():
            return
        if not self.run.has_ink:
            self.begun_on = self._page_label()
        link = next((entry.link for entry in reversed(self._fields) if entry.link), "")
        if link:
            looks = looks | {(MarkKind.LINK, link)}
        self.run.add(text, looks)
        for parts in self._quoting.values():
            parts.append(text)

    def end_paragraph(self) -> None:
        """Tell the comments that go on that a paragraph has ended, and give up those that are long enough."""
        for ident, parts in list(self._quoting.items()):
            parts.append(" ")
            if sum(map(len, parts)) > MAX_QUOTE:
                self._end_quote(ident)

    def take_language(self) -> str:
        """The language most of the paragraph is in."""
        found = self.languages.most_common(1)
        self.languages.clear()
        return found[0][0] if found else ""

    def finish_quotes(self) -> None:
        """End the passages whose end is missing."""
        for ident in list(self._quoting):
            self._end_quote(ident)

    def _end_quote(self, ident: str) -> None:
        words = " ".join("".join(self._quoting.pop(ident, [])).split())
        if words:
            self.quotes.setdefault(ident, words if len(words) <= MAX_QUOTE else f"{words[: MAX_QUOTE - 1]}…")

    # Runs

    def _run(self, element: _Element, around: frozenset[Look]) -> None:
        properties = child(element, "rPr")
        looks, hidden = (around, False) if properties is None else self._looks(properties, around)
        self.muted += hidden
        for part in element:
            self._part(part, looks, properties)
        self.muted -= hidden
        self.counts.hidden += hidden and child(element, "t") is not None

    def _looks(self, properties: _Element, around: frozenset[Look]) -> tuple[frozenset[Look], bool]:
        style = value(child(properties, "rStyle"))
        switches = self.styles.switches(style) | switches_of(properties) if style else switches_of(properties)
        found = {(MARKS[name], "") for name, held in switches.items() if held and name in MARKS}
        raised = switches.get("vertAlign")
        if raised in ("superscript", "subscript"):
            found.add((MarkKind.SUPERSCRIPT if raised == "superscript" else MarkKind.SUBSCRIPT, ""))
        if style and self.styles.is_code(style):
            found.add((MarkKind.CODE, ""))
        return around | found if found else around, bool(switches.get("vanish"))

    def _part(self, part: _Element, looks: frozenset[Look], properties: _Element | None) -> None:
        name = local(part)
        if name == "t":
            self._text(part.text or "", looks, properties)
        elif name in _SIGNS:
            self.say(_SIGNS[name], looks)
        elif name == "lastRenderedPageBreak":
            self.page += self.page > 0
        elif name == "fldChar":
            self._field_sign(part, looks)
        elif name == "instrText" and self._fields and not self._fields[-1].in_result:
            self._fields[-1].instruction = (self._fields[-1].instruction + (part.text or ""))[:4000]
        elif name in ("footnoteReference", "endnoteReference"):
            self._note(name, part)
        elif name == "commentReference":
            self.quotes.setdefault(value(part, "id"), "")
        elif name == "sym":
            self._symbol(part, looks)
        elif name in ("drawing", "pict", "object"):
            self._picture(part, looks)
        elif name == "AlternateContent":
            self._alternative(part, looks, properties)
        elif name == "ruby":
            self._ruby(part, looks)

    def _text(self, text: str, looks: frozenset[Look], properties: _Element | None) -> None:
        text = text.replace("\xad", "")
        fonts = child(properties, "rFonts")
        if not text.isascii():
            text = with_symbols(text, value(fonts, "ascii"))
        if self._custom_note is not None and text.strip():
            label = text.split()[0][:12]
            self._say_note(self._custom_note, label)
            self._custom_note = None
            text = text.partition(label)[2]
        self.say(text, looks)
        said = self.paragraph_languages
        own = child(properties, "lang")
        if own is not None:
            said = {**said, **languages_of(own)}
        language = said.get(_writing(text), "")
        if language:
            self.languages[language] += len(text)

    def _symbol(self, part: _Element, looks: frozenset[Look]) -> None:
        try:
            code = int(value(part, "char")[:6], 16)
        except ValueError:
            return
        self.say(symbol(value(part, "font"), code), looks)

    def _ruby(self, part: _Element, looks: frozenset[Look]) -> None:
        base, above = child(part, "rubyBase"), child(part, "rt")
        if base is not None:
            self.read(base, looks)
        if above is not None:
            self.say("(", looks)
            self.read(above, looks)
            self.say(")", looks)

    # Links and fields

    def _hyperlink(self, element: _Element, looks: frozenset[Look]) -> None:
        address = self.links.get(element.get(f"{R}id") or "", "")
        anchor = value(element, "anchor")
        if address and anchor and "#" not in address:
            address = f"{address}#{anchor}"
        self.read(element, looks | {(MarkKind.LINK, address.strip())} if _leads_out(address) else looks)

    def _simple_field(self, element: _Element, looks: frozenset[Look]) -> None:
        entry, depth = _Field(value(element, "instr")), len(self._fields)
        self._fields.append(entry)
        self._begin_result(entry)
        self.read(element, looks)
        del self._fields[depth:]

    def _field_sign(self, part: _Element, looks: frozenset[Look]) -> None:
        sign = value(part, "fldCharType")
        if sign == "begin":
            box = child(part, "ffData", "checkBox")
            if box is not None:
                state = child(box, "checked")
                state = child(box, "default") if state is None else state
                self.say("☒" if is_on(state) else "☐", looks)
            if len(self._fields) < _MAX_OPEN:
                self._fields.append(_Field())
        elif sign == "separate" and self._fields:
            self._begin_result(self._fields[-1])
        elif sign == "end" and self._fields:
            self._fields.pop()

    def _begin_result(self, entry: _Field) -> None:
        entry.in_result = True
        link = _LINK.match(entry.instruction)
        if link:
            address = (link.group(1) or link.group(2) or "").strip()
            entry.link = address if _leads_out(address) else ""
        elif _CONTENTS.match(entry.instruction) and not self._keeps_contents:
            entry.dropped = True
            self.counts.contents += 1

    def _page_label(self) -> str:
        return number_text(self.page, self.page_form) if self.page else ""

    def _is_silent(self) -> bool:
        return any(entry.dropped or not entry.in_result for entry in self._fields)

    # Notes, images, alternatives

    def _note(self, name: str, part: _Element) -> None:
        key = ("footnotes" if name == "footnoteReference" else "endnotes", value(part, "id"))
        if self.muted or self._is_silent():
            return
        if value(part, "customMarkFollows") in ("1", "true", "on"):
            self._custom_note = key
        else:
            self._say_note(key, self.label_of_note(*key))

    def _say_note(self, key: tuple[str, str], label: str) -> None:
        if not label:
            return
        if key not in self.note_labels:
            self.note_labels[key] = label
            self.notes.append(key)
        self.run.add_marked(MarkKind.NOTE_REF, label, label)

    def _picture(self, element: _Element, looks: frozenset[Look]) -> None:
        """An image becomes its placeholder, a text box is read behind the paragraph."""
        boxes = list(element.iter(f"{W}txbxContent"))
        known = set(boxes)
        self.boxes += [box for box in boxes if known.isdisjoint(box.iterancestors())]
        if self.muted or self._is_silent():
            return
        names = {local(entry) for entry in element.iter()}
        if "rect" in names and not boxes and any(_is_line(entry) for entry in element.iter()):
            self.has_rule = True
            return
        described = next((entry for entry in element.iter() if local(entry) in ("docPr", "shape")), None)
        alt = ""
        if described is not None:
            alt = described.get("descr") or described.get("title") or described.get("alt") or ""
        shows = names & {"pic", "blip", "imagedata", "chart", "relIds"}
        if shows or (alt.strip() and not boxes):
            if not self.run.has_ink:
                self.begun_on = self._page_label()
            words, named = " ".join(alt.split())[:2000], self._picture_named_in(element)
            self.run.add_marked(MarkKind.IMAGE, OBJECT, words, looks, named)

    def _picture_named_in(self, element: _Element) -> str:
        """The name of the picture that a drawing shows, "" where it shows several or none of its own file."""
        ids = [entry.get(f"{R}embed") for entry in element.iter() if local(entry) == "blip"]
        ids = ids or [entry.get(f"{R}id") for entry in element.iter() if local(entry) == "imagedata"]
        return self.pictures.get(ids[0] or "", "") if len(ids) == 1 else ""

    def _alternative(
        self, element: _Element, looks: frozenset[Look], properties: _Element | None = None
    ) -> None:
        """One of several forms of the same thing: the newest, which holds as much as the others."""
        choice = next((part for part in element if local(part) == "Choice" and len(part)), None)
        if choice is None:
            choice = next((part for part in element if local(part) == "Fallback"), None)
        if choice is None:
            return
        for part in choice:
            if local(part) == "r":
                self._run(part, looks)
            else:
                self._part(part, looks, properties)


_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


def _no_label(_kind: str, _ident: str) -> str:
    return ""


def _leads_out(address: str) -> bool:
    return _ADDRESS.match(address.strip()) is not None


def _is_line(element: _Element) -> bool:
    return any(str(name).endswith("}hr") and held in ("t", "true", "1") for name, held in element.items())


def _writing(text: str) -> str:
    """Which of Word's three languages counts for a text: western, East Asian or right-to-left."""
    if text.isascii():
        return "val"
    for character in text[:200]:
        if not character.isalpha():
            continue
        if unicodedata.bidirectional(character) in ("R", "AL"):
            return "bidi"
        return "eastAsia" if "\u2e80" <= character <= "\ud7ff" or character >= "\U00020000" else "val"
    return "val"
