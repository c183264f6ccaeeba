"""What books do in their own ways, made plain HTML: pages, headings by class, verses, figures, readings of signs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.domain.article import clean_text
from annotator.importers.epub.maths import write_formula
from annotator.importers.epub.package import text_in
from annotator.importers.epub.page import (
    BLOCKS,
    body_of,
    classes_of,
    has_blocks,
    holds,
    remove,
    types_of,
    words_of,
)
from annotator.importers.epub.signs import LANGUAGE, PAGE, sign, write_before, write_first, write_last

if TYPE_CHECKING:
    from lxml.etree import _Element

_PAGE_CLASS = re.compile(r"page-?(?:num(?:ber)?|no|break|nb|nr)s?|pb|pgnum")
_PAGE_TEXT = re.compile(
    r"[\[({]?\s*(?:pages?|pg\.?|p\.|seite|s\.)?\s*([\divxlcdm]{1,8})\s*[\])}]?", re.IGNORECASE
)
_PAGE_ID = re.compile(r"(?:page|pg|p)[-_.]?([\divxlc]{1,8})", re.IGNORECASE)
_HEADING_CLASS = re.compile(
    r"(?:(?P<first>part|book|chapter|chap|kapitel|chapitre)[-_]?(?:title|titel|head(?:ing|er)?|name)s?"
    r"|(?:section|sect|sec|a)[-_]?(?:title|head(?:ing)?)"
    r"|(?P<third>sub-?(?:section-?)?head(?:ing)?|sub-?section-?title|b[-_]?head)"
    r"|(?:heading|head|h|überschrift|ueberschrift|titre|titel|titulo|título|title)[-_]?(?P<level>[1-6])?)"
    r"(?:[-_](?:first|override|para-override-\d+|\d+))*"
)
_ONE_STANZA = re.compile(r"(?:stanza|strophe|verse|line-?group|lg|linegroup|vers|couplet|quatrain)s?\d*")
_POEM = re.compile(r"(?:poem|poetry|verses?|gedicht|poesie|lyrics?|song)\d*")
_LINE = re.compile(r"(?:(?:poem|verse|poetry)[-_]?lines?|poem|verse|poetry|lines?)(?:[-_]\w+)*")
_LINE_SPAN = re.compile(r"(?:.*[-_])?(?:lines?|verse|l\d*|i\d+|v\d*|indent\d*)(?:[-_]\w+)?")
_NEW_STANZA = re.compile(r".*[-_](?:first|start|top|begin)")
_FIGURE = re.compile(r"(?:fig(?:ure)?|illus(?:tration)?|image|img|picture|photo|plate)s?(?:[-_]?\w+)?")
_MAX_HEADING, _MAX_LINE = 200, 160  # characters
_BOILERPLATE = ("pg-header", "pg-footer", "pg-machine-header", "pg-start-separator", "pg-end-separator")


@dataclass(slots=True)
class Gathered:
    """What was met in all documents: page labels and languages by number, the readings left out, and what else was
    left out, each once."""

    pages: list[str] = field(default_factory=list)
    languages: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, None] = field(default_factory=dict)
    readings: int = 0


def make_plain(root: _Element, gathered: Gathered, pages: dict[str, str]) -> None:
    """Bring a document into the form that pages of the web have. `pages` gives the labels of places by id."""
    body = body_of(root)
    for formula in list(body.iter("math")):
        write_formula(formula)
    for embedded in body.iter("object"):  # what stands in its place where it can't be shown
        embedded.tag = "div" if has_blocks(embedded) else "span"
    _without_furniture(body, gathered)
    _mark_pages(body, gathered, pages)
    for element in list(body.iter()):
        if element.tag in ("rt", "rp", "rtc"):
            gathered.readings += element.tag != "rp"
            remove(element)
        elif element.tag == "svg":
            _replace_drawing(element)
        elif element.tag in ("p", "div"):
            _raise_heading(element)
            _frame_figure(element)
    _join_lines(body)
    _mark_languages(root, body, gathered)


def _without_furniture(body: _Element, gathered: Gathered) -> None:
    """Leave out navigation, what is hidden and what Project Gutenberg puts around its books."""
    for element in list(body.iter("nav", "section", "div", "p", "pre", "aside", "ol")):
        types = types_of(element)
        if element.tag == "nav" and (
            types & {"toc", "landmarks", "page-list"} or element.get("hidden") is not None
        ):
            _leave_out(element, gathered, "the table of contents" if "toc" in types else "")
        elif element.get("hidden") is not None and not _holds_notes(element):
            remove(element)
        elif element.get("id", "") in _BOILERPLATE or "pg-boilerplate" in classes_of(element):
            _leave_out(element, gathered, "the licence of Project Gutenberg")


def _holds_notes(element: _Element) -> bool:
    """Whether there are notes in it, which some books hide, as they open above the page."""
    return any(types_of(child) & {"footnote", "endnote", "footnotes", "endnotes"} for child in element.iter())


def _leave_out(element: _Element, gathered: Gathered, name: str) -> None:
    if name and words_of(element):
        gathered.left_out[name] = None
    remove(element)


# Pages


def _mark_pages(body: _Element, gathered: Gathered, pages: dict[str, str]) -> None:
    """Put a sign where a page begins, and take out its number where it stands in the text."""
    for element in list(body.iter()):
        place = element.get("id") or element.get("name") or ""
        label = pages.get(place, "") if place else ""
        said = "pagebreak" in types_of(element)
        classed = not said and any(_PAGE_CLASS.fullmatch(word) for word in classes_of(element))
        if not (label or said or classed):
            continue
        words = words_of(element) if said or classed or element.tag in ("a", "span") else ""
        number = _PAGE_TEXT.fullmatch(words) if words else None
        if classed and not said and not label and number is None:
            continue
        label = label or _page_label(element, words, number)
        if label:
            gathered.pages.append(" ".join(clean_text(label).split())[:20])
            write_first(element, sign(PAGE, len(gathered.pages) - 1))
        is_number = number is not None and (said or classed or number.group(1) == label)
        if words and (is_number or words == label):
            _keep_only_signs(element)


def _page_label(element: _Element, words: str, number: re.Match[str] | None) -> str:
    named = _PAGE_ID.fullmatch(element.get("id", ""))
    said = element.get("title") or element.get("aria-label") or (number.group(1) if number else words[:20])
    shown = _PAGE_TEXT.fullmatch(said.strip(" .")) if said else None
    return (shown.group(1) if shown else said) or (named.group(1) if named else "")


def _keep_only_signs(element: _Element) -> None:
    signs = "".join(re.findall("\ufdd0[^\ufdd1]*\ufdd1", text_in(element)))
    for child in list(element):
        child.tail = None
        element.remove(child)
    element.text = signs


# Headings, figures, drawings


def _raise_heading(element: _Element) -> None:
    """A short block whose class says that it is a heading becomes one."""
    for word in classes_of(element):
        match = _HEADING_CLASS.fullmatch(word)
        if match and 0 < len(words_of(element)) <= _MAX_HEADING and not has_blocks(element):
            level = match["level"] or ("1" if match["first"] or "titel" in word or "title" in word else "2")
            element.tag = "h3" if match["third"] else f"h{level}"
            return


def _frame_figure(element: _Element) -> None:
    """A division with one picture and a few words is a figure with its caption."""
    if element.tag != "div" or not any(_FIGURE.fullmatch(word) for word in classes_of(element)):
        return
    pictures = list(element.iter("img", "svg"))
    if (
        len(pictures) == 1
        and len(words_of(element)) <= 600
        and not holds(element, "table", "h1", "h2", "figure")
    ):
        element.tag = "figure"
        for child in list(element):
            if child.tag in ("p", "div") and not holds(child, "img", "svg"):
                child.tag = "figcaption"


def _replace_drawing(drawing: _Element) -> None:
    """A drawing, which mostly holds one picture, becomes a picture with its description."""
    described = next((words_of(e) for name in ("title", "desc") for e in drawing.iter(name)), "")
    described = (
        described
        or drawing.get("aria-label", "")
        or next((e.get("alt", "") for e in drawing.iter("image")), "")
    )
    source = _shown_by(drawing)
    for child in list(drawing):
        drawing.remove(child)
    drawing.text = None
    drawing.tag = "img"
    drawing.attrib.clear()
    drawing.set("alt", " ".join(described.split()))
    drawing.set("src", source)


def _shown_by(drawing: _Element) -> str:
    """The address of the one picture in a drawing, "" where there is none or more."""
    found = [
        address
        for image in drawing.iter("image")
        if (
            address := image.get("{http://www.w3.org/1999/xlink}href")
            or image.get("xlink:href")
            or image.get("href")
        )
    ]
    return found[0] if len(found) == 1 else ""


# Verses


def _join_lines(body: _Element) -> None:
    """The lines of a stanza, where each is a block of its own, become one block with line breaks."""
    for element in list(body.iter("div", "blockquote", "section")):
        words = classes_of(element)
        types = types_of(element)
        around = element.getparent()
        if element.tag == "blockquote" and around is not None:  # a quotation in a stanza
            words += classes_of(around)
        stanza = any(_ONE_STANZA.fullmatch(word) for word in words)
        poem = any(_POEM.fullmatch(word) for word in words) or bool(
            types & {"poem", "z3998:poem", "z3998:verse"}
        )
        lines = [child for child in element if child.tag in ("p", "div", "span")]
        if poem and not stanza and (len(lines) < len(element) or not all(map(_is_line, lines))):
            continue  # its paragraphs are stanzas
        for together, run in itertools.groupby(list(element) if stanza or poem else (), key=_can_be_line):
            run_in_stanza = list(run)
            if together and len(run_in_stanza) > 1:
                _join(run_in_stanza)
    for parent in {id(p): p for e in body.iter("p") if (p := e.getparent()) is not None}.values():
        for verse, run in itertools.groupby(list(parent), key=_says_line):
            run_of_lines = list(run)
            for stanza_lines in _stanzas(run_of_lines) if verse else ():
                if len(stanza_lines) > 1:
                    _join(stanza_lines)


def _can_be_line(element: _Element) -> bool:
    says = any(_LINE_SPAN.fullmatch(word) for word in classes_of(element))
    return (element.tag in ("p", "div") or (element.tag == "span" and says)) and _is_line(element)


def _is_line(element: _Element) -> bool:
    broken = holds(element, "br") or has_blocks(element) or bool((element.tail or "").strip())
    return not broken and len(words_of(element)) <= _MAX_LINE


def _says_line(element: _Element) -> bool:
    return (
        element.tag == "p"
        and any(_LINE.fullmatch(word) for word in classes_of(element))
        and _is_line(element)
    )


def _stanzas(lines: list[_Element]) -> list[list[_Element]]:
    found: list[list[_Element]] = [[]]
    for line in lines:
        blank = not words_of(line)
        if found[-1] and (blank or any(_NEW_STANZA.fullmatch(word) for word in classes_of(line))):
            found.append([])
        if not blank:
            found[-1].append(line)
    return [stanza for stanza in found if stanza]


def _join(lines: list[_Element]) -> None:
    """Make one paragraph of `lines`, which are siblings."""
    first = lines[0]
    first.tag = "p"
    make: Callable[[str, dict[str, str]], _Element] = first.makeelement
    for line in lines[1:]:
        parent = line.getparent()
        if parent is None:
            continue
        line.tail = None
        line.tag = "span"
        first.append(make("br", {}))
        first.append(line)


# Languages


def _mark_languages(root: _Element, body: _Element, gathered: Gathered) -> None:
    """Put signs where a block in another language begins and where it ends."""
    general = language_of(body) or language_of(root)
    write_first(body, _language_sign(general, gathered))
    for element in list(body.iter()):
        own = language_of(element)
        if own and element is not body and element.tag in BLOCKS:
            around = next((said for parent in element.iterancestors() if (said := language_of(parent))), "")
            if own.lower() != around.lower():
                write_first(element, _language_sign(own, gathered))
                write_last(element, _language_sign(around, gathered))


def language_of(element: _Element) -> str:
    """The language an element says it is in; "" when it says nothing."""
    said = (
        element.get("{http://www.w3.org/XML/1998/namespace}lang")
        or element.get("xml:lang")
        or element.get("lang")
    )
    return (said or "").strip().replace("_", "-")[:35]


def _language_sign(language: str, gathered: Gathered) -> str:
    return sign(LANGUAGE, gathered.languages.setdefault(language, len(gathered.languages)))


def sign_before_or_in(element: _Element, text: str) -> None:
    """Put `text` where `element` begins; before it, where it is inline and has no text of its own."""
    if element.tag in BLOCKS or len(element) or (element.text or "").strip():
        write_first(element, text)
    else:
        write_before(element, text)
