"""Sources: works that can be cited."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from annotator.domain.entity import EMPTY, Entity
from annotator.domain.ids import ArticleId, SourceId, TagId


class SourceKind(StrEnum):
    """How near a source is to the matter."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    TERTIARY = "tertiary"
    PERSON = "person"
    DATA = "data"
    CALCULATION = "calculation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Entity):
    """A work. `csl` is its record in CSL-JSON; the fields named here are also columns, for search and lists.

    `authors` are names as people write them ("Given Family" or an organisation); `year` is text, "" when unknown.
    """

    id: SourceId
    title: str
    authors: tuple[str, ...] = ()
    year: str = ""
    url: str = ""
    doi: str = ""
    csl: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
    kind: SourceKind = SourceKind.SECONDARY
    archive_url: str = ""
    archived_on: str = ""
    accessed_on: str = ""
    reliability: str = ""
    article_id: ArticleId | None = None
    derived_from: SourceId | None = None
    restricted: bool = False
    tags: tuple[TagId, ...] = ()

    @property
    def csl_type(self) -> str:
        """The CSL type, such as "report" or "article-journal"."""
        return str(self.csl.get("type", "document"))


def family_name(name: str) -> str:
    """The name to cite by: what stands before a comma, else the last word of a person's name.

    Names with a word of organisation in them, or of one word, are kept whole.
    """
    if "," in name:
        return name.split(",", 1)[0].strip()
    if _ORGANISATION.search(name):
        return name
    return name.split()[-1] if name.split() else ""


_ORGANISATION = re.compile(
    r"\b(?:office|institute|institut|university|council|ministry|agency|bureau|bank|commission|committee|union|company|"
    r"society|association|department|organi[sz]ation|collaboration|observatory|news|post|times|courier|review|fund|"
    r"forum|group|network|centre|center|authority|court|parliament|government|nations|press)\b",
    re.IGNORECASE,
)


def cite_names(source: Source) -> str:
    """Who to cite in running text: "Adeyemi", "Adeyemi & Moss", "Adeyemi et al.", or the publisher or title."""
    structured = source.csl.get("author")
    names: list[str] = []
    if isinstance(structured, list | tuple):
        people = (person for person in structured if isinstance(person, Mapping))
        names = [
            str(person.get("family") or person.get("literal") or person.get("given") or "")
            for person in people
        ]
    names = [name for name in names if name] or [family_name(name) for name in source.authors if name]
    if not names:
        return str(source.csl.get("publisher") or source.title)
    if len(names) == 1:
        return names[0]
    return f"{names[0]} & {names[1]}" if len(names) == 2 else f"{names[0]} et al."


def cite_short(source: Source) -> str:
    """A citation in running text without the place: "Adeyemi 2026", "Velmar Transit Office n.d."."""
    return f"{cite_names(source)} {source.year or 'n.d.'}"


def reference_parts(source: Source) -> tuple[str, str, str]:
    """The parts of a plain reference: who and when; the title; where it appeared.

    Without authors the title comes first and the year stands behind it, as in APA style. A formatted reference in a
    citation style is another matter; this is for lists and notes.
    """
    who = ", ".join(source.authors)
    year = f"({source.year or 'n.d.'})"
    head = f"{who} {year}." if who else ""
    container = str(source.csl.get("container-title") or "")
    publisher = str(source.csl.get("publisher") or "")
    volume = str(source.csl.get("volume") or "")
    issue = str(source.csl.get("issue") or "")
    page = str(source.csl.get("page") or "")
    place = container
    if volume:
        place += f" {volume}" + (f"({issue})" if issue else "")
    if page:
        place += f", {page}"
    parts = ["" if who else year, place.strip(), publisher if publisher and publisher != who else ""]
    tail = ". ".join(part for part in parts if part)
    link = f"https://doi.org/{source.doi}" if source.doi else source.url
    return head, source.title, " ".join(part for part in (f"{tail}." if tail else "", link) if part)
