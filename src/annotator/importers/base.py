"""What an importer is, which one reads a file, and the limits that hold for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePath

from annotator.domain.article import ImportedArticle
from annotator.domain.entity import EMPTY
from annotator.errors import UnreadableFile
from annotator.importers.encodings import NOTHING_ADDED, decode, kind_of_binary
from annotator.registry import modules_with

MAX_FILE = 64 * 1024 * 1024  # bytes of a file
MAX_PDF = 200 * 1024 * 1024  # bytes of a PDF file, most of which are pictures
MAX_TEXT = 16 * 1024 * 1024  # bytes of an article's text in UTF-8
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = re.compile(
    r"^(?:#{1,6} \S|```|~~~|\[\^?[^\]\n]{1,80}\]:)|\[[^\]\n]{1,200}\]\([^)\n]{1,500}\)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class ImportHints:
    """What is known about a file beside its bytes: its name, and what a person chose: the encoding, the whole of a page
    instead of its main content, and the parts wanted (their numbers in the outline; none: all). `files` are pictures
    that were saved with a page, by their places seen from it."""

    file_name: str
    encoding: str | None = None
    whole_page: bool = False
    parts: tuple[int, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file that can be read on its own, such as a chapter; `level` from 1, `words` counted roughly."""

    title: str
    level: int = 1
    words: int = 0


@dataclass(frozen=True, slots=True)
class Importer:
    """A format that can be read.

    `extensions` are in lower case with their dot; `version` changes when the same bytes give another text; `read`
    raises `UnreadableFile`. `recognises` tells a binary format by its bytes, where the name doesn't; `outline` lists
    the parts of a file that may be chosen from.
    """

    name: str
    label: str
    extensions: tuple[str, ...]
    media_type: str
    version: str
    read: Callable[[bytes, ImportHints], ImportedArticle]
    recognises: Callable[[bytes], bool] | None = None
    outline: Callable[[bytes, ImportHints], tuple[Part, ...]] | None = None


@cache
def all_importers() -> tuple[Importer, ...]:
    """Every importer there is, in order of module names."""
    found = modules_with("annotator.importers", "IMPORTER")
    return tuple(importer for importer in found if isinstance(importer, Importer))


def importer_for(name: str, data: bytes) -> Importer:
    """The importer of a file: by the extension of `name`, else by what `data` looks like.

    Raises:
        UnreadableFile: the file is too large, empty, no text, or nobody reads it.
    """
    if len(data) > MAX_FILE and (len(data) > MAX_PDF or not data.startswith(b"%PDF-")):
        raise too_large(name)
    if not data.strip():
        raise _empty(name)
    extension = PurePath(name).suffix.lower()
    for importer in all_importers():
        if extension in importer.extensions:
            return importer
    return _importer_by_content(name, data)


def most_bytes(name: str) -> int:
    """How large a file of that name may be."""
    return MAX_PDF if PurePath(name).suffix.lower() == ".pdf" else MAX_FILE


def too_large(name: str) -> UnreadableFile:
    """The refusal of a file that is larger than one of its name may be."""
    limit = most_bytes(name) // (1024 * 1024)
    return UnreadableFile(
        f"“{name}” is larger than {limit} MB.", kept=NOTHING_ADDED, todo="Import a part of it."
    )


def _importer_by_content(name: str, data: bytes) -> Importer:
    for importer in all_importers():
        if importer.recognises is not None and importer.recognises(data):
            return importer
    kind = kind_of_binary(data)
    if kind is not None:
        raise UnreadableFile(
            f"“{name}” can't be read: it is {kind}, not text.",
            kept=NOTHING_ADDED,
            todo="Open it in its own program, copy its text, and paste that here.",
        )
    end = data.rfind(b"\n", 0, 65536) if len(data) > 65536 else -1  # at a line's end no character is cut
    sample = decode(data[: end if end > 0 else 65536], hint=None, declared=None, file_name=name).text
    wanted = "html" if _HTML.match(sample) else "markdown" if _looks_like_markdown(sample) else "plain-text"
    return next(importer for importer in all_importers() if importer.name == wanted)


def _looks_like_markdown(sample: str) -> bool:
    if sample.startswith("---\n") and re.search(
        r"^\w+:.*\n(?:.*\n){0,60}?---\s*$", sample[:8000], re.MULTILINE
    ):
        return True
    return len(_MARKDOWN.findall(sample)) >= 2


def checked(article: ImportedArticle, file_name: str) -> ImportedArticle:
    """`article`, which is what every importer returns, once it was seen to hold a text of bearable size.

    Raises:
        UnreadableFile: there is no text, or too much of it.
    """
    if not article.text.strip():
        raise _empty(file_name)
    if len(article.text) * 4 > MAX_TEXT and len(article.text.encode("utf-8")) > MAX_TEXT:
        limit = MAX_TEXT // (1024 * 1024)
        raise UnreadableFile(
            f"The text of “{file_name}” is larger than {limit} MB.",
            kept=NOTHING_ADDED,
            todo="Split it, for example by chapters, and import the parts.",
        )
    return article


def _empty(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"There is no text in “{name}”.", kept=NOTHING_ADDED, todo="Choose a file that has text in it."
    )
