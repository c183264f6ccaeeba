"""What the dialogs hand over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from annotator.domain.evidence import Stance
from annotator.domain.ids import SourceId
from annotator.domain.selectors import TextSpan

# Types whose works appear in something that has a name of its own; all others name their publisher.
_CONTAINED = frozenset({"article-journal", "article-newspaper", "article-magazine", "chapter", "webpage"})
_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceInput:
    """A source as it was typed in. `container` is the publisher, or the publication it appeared in."""

    title: str
    authors: tuple[str, ...] = ()
    year: str = ""
    csl_type: str = "document"
    url: str = ""
    doi: str = ""
    container: str = ""

    def csl(self) -> Mapping[str, Any]:
        """The members of CSL-JSON that have no column of their own: type, and where it appeared."""
        record = {"type": self.csl_type}
        if self.container:
            record["container-title" if self.csl_type in _CONTAINED else "publisher"] = self.container
        return MappingProxyType(record)


@dataclass(frozen=True, slots=True)
class EvidenceInput:
    """A passage to link to a claim; exactly one of `source_id` and `new_source` is given.

    `strength` is 0 (not given) to 4 (decisive). `span` is the place of `quote` in the source's own text, code points,
    when it was chosen there.
    """

    source_id: SourceId | None
    new_source: SourceInput | None
    stance: Stance
    quote: str = ""
    locator: str = ""
    note: str = ""
    strength: int = 0
    span: TextSpan | None = None


def parse_authors(text: str) -> tuple[str, ...]:
    """The names in `text`, one a line or with "; " between them."""
    return tuple(name for part in re.split(r"[;\n]", text) if (name := " ".join(part.split())))


def bare_doi(text: str) -> str:
    """A DOI without the address or "doi:" in front of it."""
    return _DOI.sub("", text.strip())
