"""What became of the files that were to be imported."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from annotator.domain.ids import ArticleId
from annotator.errors import UserError


class Fate(StrEnum):
    """What became of a file."""

    ADDED = "added"
    KNOWN = "known"
    REFUSED = "refused"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One file. `name` is the title of its article, or else the name of the file; `reason` why it is none."""

    fate: Fate
    name: str
    path: str = ""
    article_id: ArticleId | None = None
    reason: str = ""


@dataclass(slots=True)
class ImportReport:
    """What became of all of them, in the order in which they were read.

    `left` counts those that were not even read, as somebody pressed Stop or the library took no more; `hidden` those
    that were hidden in folders; `errors` are the reasons for which files were refused.
    """

    rows: list[ImportRow] = field(default_factory=list)
    errors: list[UserError] = field(default_factory=list)
    hidden: int = 0
    left: int = 0
    too_many: bool = False

    def count(self, fate: Fate) -> int:
        """How many ended so."""
        return sum(row.fate is fate for row in self.rows)

    @property
    def to_show(self) -> ArticleId | None:
        """The article to open: the last that was added, else the last that was known."""
        for fate in (Fate.ADDED, Fate.KNOWN):
            for row in reversed(self.rows):
                if row.fate is fate:
                    return row.article_id
        return None
