"""What the claims page is given."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.tag import Tag
from annotator.domain.views import ClaimView


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as one article makes it, with that article and the claim's tags."""

    view: ClaimView
    article_id: str
    article_title: str
    tags: tuple[Tag, ...] = ()
