"""The view of the claims of all articles."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator.domain.changes import ChangeSet
from annotator.services import claims
from annotator.services.claims import ClaimInArticle
from annotator.services.tags import list_tags
from annotator.ui.bridge import LibraryBridge
from annotator.ui.claims import ClaimRow, ClaimsView

_SHOWN_KINDS = frozenset({"claim", "annotation", "evidence", "article", "tag", "rating"})


class ClaimsController(QObject):
    """Keeps the claims view up to date while it is shown."""

    claim_wanted = Signal(str, str)  # ids of a claim and of its article

    def __init__(self, bridge: LibraryBridge, view: ClaimsView, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._view = bridge, view
        bridge.library_changed.connect(self._on_library_changed)
        view.claim_opened.connect(self.claim_wanted)

    def load(self) -> None:
        """Read all claims."""
        self._bridge.query(_rows, self._view.set_claims)

    def _on_library_changed(self, changes: ChangeSet) -> None:
        if self._view.isVisible() and changes.kinds() & _SHOWN_KINDS:
            self.load()


def _rows(store: Any) -> tuple[ClaimRow, ...]:
    tags = {tag.id: tag for tag in list_tags(store)}
    found: list[ClaimInArticle] = claims.list_all_claims(store)
    return tuple(
        ClaimRow(
            item.view,
            item.article.id,
            item.article.title,
            tuple(tags[id] for id in item.view.claim.tags if id in tags),
        )
        for item in found
    )
