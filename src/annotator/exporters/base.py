"""What an exporter is, and the list of those there are. An exporter is one file that ends in `EXPORTER`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from annotator.domain.article import clean_text
from annotator.domain.views import ArticleSnapshot
from annotator.errors import NotFound
from annotator.registry import modules_with

MAX_NAME = 100  # characters of a file name with its extension
_NO_NAME = re.compile(r"[^\w]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin|conout|clock|com\d|lpt\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What goes into an export. `style` is the name of one of the exporter's styles."""

    quotes: bool = True
    confidence_history: bool = False
    notes: bool = True
    open_claims: bool = True
    front_matter: bool = True
    style: str = "footnotes"


@dataclass(frozen=True, slots=True)
class Export:
    """The finished text, one sentence for each sort of thing that is not in it, and a safe name for its file."""

    content: str
    left_out: tuple[str, ...]
    file_name: str


@dataclass(frozen=True, slots=True)
class Style:
    """One way an exporter can lay its text out. `icon` is a name of the icon set."""

    name: str
    label: str
    hint: str
    icon: str


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format. `render` is pure: the same snapshot and options always give the same text."""

    name: str
    label: str
    extension: str
    media_type: str
    styles: tuple[Style, ...]
    render: Callable[[ArticleSnapshot, ExportOptions], Export]


def all_exporters() -> tuple[Exporter, ...]:
    """Every exporter there is, in order of their modules."""
    found = modules_with("annotator.exporters", "EXPORTER")
    return tuple(exporter for exporter in found if isinstance(exporter, Exporter))


def exporter_named(name: str) -> Exporter:
    """The exporter with that name.

    Raises:
        NotFound: there is none.
    """
    exporters = all_exporters()
    for exporter in exporters:
        if exporter.name == name:
            return exporter
    raise NotFound(
        f"There is no export format “{name}”.",
        kept="Nothing was written.",
        todo=f"Use one of: {', '.join(exporter.name for exporter in exporters)}.",
    )


def safe_file_name(title: str, extension: str) -> str:
    """A file name for `title` that every system takes: words of lower case joined by hyphens.

    Letters of any script stay; separators, controls, direction marks and reserved device names don't. At most
    `MAX_NAME` characters and 240 bytes of UTF-8, which file systems allow.
    """
    words = _NO_NAME.sub(
        "-", unicodedata.normalize("NFC", clean_text(title)).lower().replace("’", "").replace("'", "")
    )
    slug = words.replace("_", "-").strip("-")[: MAX_NAME - len(extension) - 1]
    slug = slug.encode("utf-8")[: 239 - len(extension)].decode("utf-8", errors="ignore").rstrip("-")
    if not slug:
        slug = "article"
    if _RESERVED.fullmatch(slug.split(".")[0]):
        slug = f"{slug}-article"
    return f"{slug}.{extension}"
