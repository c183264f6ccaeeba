"""One file or pasted text before it is stored: what was understood of it, what may be chosen, and what is in doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from annotator.domain.article import BlockKind, word_count
from annotator.errors import UnreadableFile
from annotator.importers.base import Importer, Part
from annotator.services import importing
from annotator.services.importing import ImportOptions, ReadArticle

__all__ = ["Examined", "Offer", "Part", "examine"]

_PAGES = frozenset({"text/html", "application/xhtml+xml", "multipart/related", "message/rfc822"})
_HTML = "text/html"
_UNSEEN = ("script", "style", "head", "svg", "noscript")  # what is no text of a page
_SMALL_PART = 5  # of so many words of a page the main content has less than one
_UNTITLED = frozenset({"", "Untitled", "pasted"})
_AS_IT_IS = ImportOptions()


@dataclass(frozen=True, slots=True)
class Offer:
    """A file, or text from the clipboard or another window."""

    path: Path | None = None
    text: str = ""
    html: bool = False

    @property
    def name(self) -> str:
        """The name of the file; "" for text."""
        return self.path.name if self.path is not None else ""

    def read(self, options: ImportOptions = _AS_IT_IS) -> ReadArticle:
        """Read and understand it.

        Raises:
            UnreadableFile: it can't be.
        """
        if self.path is not None:
            return importing.read_file(self.path, options=options)
        if options == _AS_IT_IS:
            return importing.read_text(self.text, html=self.html)
        name = "pasted.html" if self.html else "pasted.txt"
        data = self.text.encode("utf-8", "replace")
        return importing.read_bytes(data, name=name, options=replace(options, encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Examined:
    """An offer as it was read with some options. Where it is a page, `whole_words` are about those of all of it, and
    `main_words` those of its main content."""

    offer: Offer
    options: ImportOptions
    read: ReadArticle
    importer: Importer
    parts: tuple[Part, ...] = ()
    whole_words: int = 0
    main_words: int = 0

    @property
    def words(self) -> int:
        """How many words the text has."""
        return word_count(self.read.imported.text)

    @property
    def is_page(self) -> bool:
        """Whether the main content of it may be taken, or the whole."""
        return self.importer.media_type in _PAGES

    @property
    def has_encoding(self) -> bool:
        """Whether another encoding may be tried."""
        return self.offer.path is not None and self.importer.media_type.startswith("text/")

    @property
    def is_untitled(self) -> bool:
        """Whether the title is but the name of the file, or the first words of the text."""
        imported = self.read.imported
        if imported.title in _UNTITLED or imported.title == PurePath(self.offer.name).stem:
            return True
        first = imported.blocks[0]
        begins = " ".join(imported.text[first.start : first.end].split())
        return first.kind is not BlockKind.HEADING and begins.startswith(imported.title.removesuffix("…"))

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody should look at it before it is stored."""
        return bool(
            self.read.imported.warnings
            or self.is_untitled
            or len(self.parts) > 1
            or self.main_words * _SMALL_PART < self.whole_words
        )


def examine(offer: Offer, options: ImportOptions = _AS_IT_IS, before: Examined | None = None) -> Examined:
    """Read an offer, and find out what may be chosen; of a file that can't be read as a whole, the first part is read.
    `before` is the same offer as it was read with other options.

    Raises:
        UnreadableFile: it can't be read.
    """
    try:
        read = offer.read(options)
    except UnreadableFile:
        if before is not None or options.parts or not _has_parts(offer):
            raise
        options = replace(options, parts=(0,))
        read = offer.read(options)
    importer = next(one for one in importing.formats() if one.name == read.original.importer)
    examined = Examined(offer, options, read, importer)
    if before is not None:
        return replace(
            examined, parts=before.parts, whole_words=before.whole_words, main_words=before.main_words
        )
    if importer.outline is not None and offer.path is not None:
        examined = replace(examined, parts=importing.outline(offer.path))
    if importer.media_type == _HTML and not options.whole_page:
        whole = max(_words_on(read.original.data), examined.words)
        examined = replace(examined, whole_words=whole, main_words=examined.words)
    return examined


def _has_parts(offer: Offer) -> bool:
    try:
        return offer.path is not None and len(importing.outline(offer.path)) > 1
    except UnreadableFile:
        return False


def _words_on(page: bytes) -> int:
    """About how many words a page shows. Reading it a second time would tell it exactly, and take as long again."""
    text = page.decode("utf-8", "replace")
    small = text.lower() if len(text.lower()) == len(text) else text
    shown, at = [], 0
    unclosed: set[str] = set()
    for match in re.finditer(rf"<({'|'.join(_UNSEEN)})\b", small):
        if match.start() < at or match[1] in unclosed:
            continue
        end = small.find(f"</{match[1]}", match.end())
        if end < 0:
            unclosed.add(match[1])
            continue
        shown.append(text[at : match.start()])
        at = end
    shown.append(text[at:])
    return word_count(re.sub(r"<[^>]*>", " ", "".join(shown)))
