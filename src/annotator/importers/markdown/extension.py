"""Syntax that articles use and Python-Markdown doesn't know, and repairs where it would drop words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as etree  # noqa: N813 - the name Python-Markdown's documentation uses

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import HtmlInlineProcessor, InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from annotator.importers.html.events import known_tag
from annotator.importers.markdown.attributes import ATTRIBUTES
from annotator.importers.markdown.notes import Notes
from annotator.importers.markdown.portions import portions
from annotator.importers.markdown.source import prepared

_EXTENSIONS = (
    "tables", "pymdownx.highlight", "pymdownx.superfences", "sane_lists", "def_list", "pymdownx.tilde",
    "pymdownx.caret", "pymdownx.mark",
)  # fmt: skip
_OPTIONS = {"pymdownx.highlight": {"use_pygments": False}}
_WORDS = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;()'’“”„–—-])*")  # nothing in them means anything to Markdown
_SIGNS = re.compile(r"[\\`*_~^=$\[\]<>&{}\x02\x03]|https?:|  \n")
# What a pattern looks for, by its name: where none of these signs stands, nobody needs to look.
_LOOKED_FOR = {
    "backtick": "`", "formula": "$", "backslash_break": "\\", "escape": "\\", "footnote": "[", "wiki_link": "[",
    "reference": "[", "link": "[", "image_link": "[", "image_reference": "[", "short_reference": "[",
    "short_image_ref": "[", "autolink": "<", "span": "[", "bare_link": ":", "automail": "<", "html": "<",
    "entity": "&", "em_strong": "*_", "delimiter": "~^=", "attributes": "{",
}  # fmt: skip
_MATH = r"\$\$(?=\S)[^$]{1,2000}?\$\$|(?<![\\$\w])\$(?=[^\s$])[^$\n]{0,500}[^\s\\$]\$(?![\w$])"
_WIKI_LINK = r"(!?)\[\[([^\[\]\n|]{1,300})(?:\\?\|([^\[\]\n]{1,500}))?\]\]"
_BARE_LINK = r"(?<![\w/@.])https?://[^\s<>\"`\x02\x03]{1,2000}"
_PICTURE = re.compile(r".\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?)$", re.IGNORECASE)
_Found = tuple[etree.Element | str | None, int | None, int | None]
_NOTHING: _Found = (None, None, None)


class ArticleExtension(Extension):
    """Formulas, wiki links, attributes, bare addresses, breaks after a backslash, and tables that keep every cell."""

    def __init__(self, notes: Notes) -> None:
        super().__init__()
        self._notes = notes

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is the library's
        """Register the patterns; those with a higher number come first."""
        patterns = md.inlinePatterns
        patterns.register(_Formula(_MATH, md), "formula", 185)  # behind code, before backslashes
        patterns.register(_Break(r"\\\n", md), "backslash_break", 184)
        patterns.register(_Reference(r"\[\^([^\]\n]{1,200})\]", md, self._notes), "footnote", 175)
        patterns.register(_WikiLink(_WIKI_LINK, md), "wiki_link", 172)
        patterns.register(_Span(rf"\[([^\[\]]{{1,2000}})\]{ATTRIBUTES}", md), "span", 118)  # behind links
        patterns.register(_BareLink(_BARE_LINK, md), "bare_link", 115)
        old = patterns["html"]
        patterns.register(_KnownTags(old.pattern, md), "html", 90)
        patterns.register(_Nothing(rf"(?<=\x03){ATTRIBUTES}", md), "attributes", 20)
        md.treeprocessors.register(_Plain(md), "plain", 25)  # before the patterns
        md.treeprocessors.register(_Captions(md), "captions", 10)  # behind the patterns
        md.parser.blockprocessors.register(
            _WholeTable(md.parser, {"use_align_attribute": False}), "table", 75
        )


def converted(text: str, notes: Notes) -> str:
    """The HTML of a text that was `prepared`, with its footnotes at the end."""
    converter = Markdown(extensions=[*_EXTENSIONS, ArticleExtension(notes)], extension_configs=_OPTIONS)
    inline: Any = converter.treeprocessors["inline"]  # whose patterns its type stubs don't know
    signs = {converter.inlinePatterns[name]: signs for name, signs in _LOOKED_FOR.items()}

    def convert(part: str) -> str:
        inline.inlinePatterns = [
            pattern
            for pattern in converter.inlinePatterns
            if pattern not in signs or any(sign in part for sign in signs[pattern])
        ]
        converter.references = {}
        converter.reset()
        converter.references = dict(notes.addresses)
        return converter.convert(part)

    def convert_note(note: str) -> str:
        return f"<p>{note}</p>" if _WORDS.fullmatch(note) else convert(prepared(note, notes, 1))

    parts = [convert(portion) for portion in portions(text)]
    written = [
        f'<li id="{note_id(number)}">\n{convert_note(note)}\n</li>' for number, note in notes.pending()
    ]
    if written:
        parts += ('<div class="footnotes">\n<ol>', *written, "</ol>\n</div>")
    return "\n".join(parts)


def note_id(number: int) -> str:
    """The name of a footnote in the HTML."""
    return f"note-of-text-{number}"


class _Reference(InlineProcessor):
    """The number of a footnote; "[^x]" is text if there is none of that name."""

    def __init__(self, pattern: str, md: Markdown, notes: Notes) -> None:
        super().__init__(pattern, md)
        self._notes = notes

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override] # noqa: ARG002, N802
        number = self._notes.number(m.group(1))
        if not number:
            return _NOTHING
        raised = etree.Element("sup")
        link = etree.SubElement(raised, "a", {"class": "footnote-ref", "href": f"#{note_id(number)}"})
        link.text = AtomicString(str(number))
        return raised, m.start(), m.end()


class _Formula(InlineProcessor):
    """A formula keeps every character."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override] # noqa: ARG002, N802
        span = etree.Element("span")
        span.text = AtomicString(m.group())
        return span, m.start(), m.end()


class _Break(InlineProcessor):
    """A backslash at the end of a line breaks it there."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override] # noqa: ARG002, N802
        return etree.Element("br"), m.start(), m.end()


class _WikiLink(InlineProcessor):
    """The words of a link into somebody's own notes; there is nowhere to go. A picture is its name."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override] # noqa: ARG002, N802
        embeds, target, words = m.groups()
        if embeds and _PICTURE.search(target.strip()):
            sized = words is None or re.fullmatch(r"\s*\d+(?:x\d+)?\s*", words)
            return etree.Element("img", {"alt": target if sized else words}), m.start(), m.end()
        span = etree.Element("span")
        span.text = (words or target).strip().rstrip("\\")
        return span, m.start(), m.end()


class _Span(InlineProcessor):
    """Words that were given attributes."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override] # noqa: ARG002, N802
        span = etree.Element("span")
        span.text = m.group(1)
        return span, m.start(), m.end()


class _Nothing(InlineProcessor):
    """Attributes say how a thing looks; that is dropped."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override] # noqa: ARG002, N802
        return "", m.start(), m.end()


class _BareLink(InlineProcessor):
    """An address in the text is a link, without the signs of the sentence behind it."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override] # noqa: ARG002, N802
        address = m.group().rstrip("*_~.,;:!?'’”")
        while address.endswith((")", "]")) and address.count("(") < address.count(")") + address.count("]"):
            address = address[:-1].rstrip("*_~.,;:!?'’”")
        if len(address) <= len("https://"):
            return _NOTHING
        link = etree.Element("a", {"href": address})
        link.text = AtomicString(address)
        return link, m.start(), m.start() + len(address)


class _KnownTags(HtmlInlineProcessor):
    """Only tags of HTML are tags; "<y and z>" is text like any other."""

    # The name is the library's; its type stubs know only the older form with one argument.
    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override] # noqa: N802
        if m.group(1).startswith("<!--") or known_tag(m.group(1)):
            element, start, end = super().handleMatch(m, data)
            return element, start, end
        return _NOTHING


class _Plain(Treeprocessor):
    """Words without any sign of Markdown needn't be searched for it, pattern by pattern."""

    def run(self, root: etree.Element) -> None:
        """Say so of them."""
        for element in root.iter():
            if element.text and not _SIGNS.search(element.text):
                element.text = AtomicString(element.text)


class _Captions(Treeprocessor):
    """The title of an image that stands alone is its caption."""

    def run(self, root: etree.Element) -> None:
        """Make a figure of every such paragraph."""
        for paragraph in root.iter("p"):
            image = paragraph.find("img")
            if image is None or len(paragraph) > 1 or not image.get("title"):
                continue
            if not (paragraph.text or "").strip() and not (image.tail or "").strip():
                paragraph.tag = "figure"
                etree.SubElement(paragraph, "figcaption").text = image.get("title")


class _WholeTable(TableProcessor):
    """A row with more cells than the headings keeps them all."""

    def _build_row(self, row: str, parent: etree.Element, align: Sequence[str | None]) -> None:
        # Neither name is in the library's type stubs.
        more = len(self._split_row(row)) - len(align)  # type: ignore[attr-defined]
        super()._build_row(row, parent, [*align, *[None] * more])  # type: ignore[misc]
