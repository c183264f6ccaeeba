"""Bibliographies: files of sources, read and written in the formats of citation managers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from annotator.domain.source import Source
from annotator.errors import UnreadableFile
from annotator.importers.encodings import decode
from annotator.interchange.bibtex import read_bibtex, write_bibtex
from annotator.interchange.csl import Problem, SourceFields, read_csl, write_csl
from annotator.services.importing import read_whole

__all__ = [
    "Bibliography",
    "BibliographyFormat",
    "Problem",
    "SourceFields",
    "read_bibliography",
    "write_bibliography",
]


class BibliographyFormat(StrEnum):
    """A format of bibliographies."""

    BIBTEX = "bibtex"
    CSL = "csl"


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What a file of sources holds, and the records in it that could not be read."""

    records: tuple[SourceFields, ...]
    problems: tuple[Problem, ...]


def read_bibliography(path: Path, *, encoding: str | None = None) -> Bibliography:
    """Read a file of sources; its content says which format it is.

    Raises:
        UnreadableFile: it is missing, a folder, too large, or holds no sources.
    """
    data = read_whole(path)
    text = decode(data, hint=encoding, declared=None, file_name=path.name).text
    if text.lstrip()[:1] in ("[", "{"):
        records, problems = read_csl(text.encode("utf-8"))
    else:
        records, problems = read_bibtex(text)
    if not records and not problems:
        raise UnreadableFile(
            f"There are no sources in “{path.name}”.",
            kept="Nothing was added; the file was not touched.",
            todo="Choose a BibTeX or CSL-JSON file.",
        )
    return Bibliography(tuple(records), tuple(problems))


def write_bibliography(sources: Sequence[Source], form: BibliographyFormat) -> str:
    """The sources in that format, in their order."""
    return write_csl(sources) if form is BibliographyFormat.CSL else write_bibtex(sources)
