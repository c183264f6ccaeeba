"""The article of the second pane."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer

from annotator.domain.changes import ChangeSet
from annotator.domain.evidence import Evidence
from annotator.domain.ids import ClaimId
from annotator.domain.selectors import TextSpan
from annotator.domain.tag import Tag
from annotator.domain.views import SpanRow
from annotator.services import tags
from annotator.ui.bridge import LibraryBridge
from annotator.ui.controllers.article_view import ArticleView, styles
from annotator.ui.reader.split import SecondPane


class SecondArticle(ArticleView):
    """The article of the second pane. Its claims have the numbers they have in the first."""

    def __init__(self, bridge: LibraryBridge, pane: SecondPane, parent: QObject) -> None:
        super().__init__(bridge, pane, parent)
        self._whole = False  # whether all passages are known, not only those near the screen
        self._wanted: Evidence | None = None
        self._late = QTimer(self, singleShot=True, interval=0)  # when the pane has its room
        self._late.timeout.connect(self._show_wanted)

    def open_at(self, article_id: str, evidence: Evidence | None) -> None:
        """Show an article where it has the words of a piece of evidence, else where reading stopped."""
        self._wanted = evidence
        self.open_article(article_id)

    def _forget(self) -> None:
        super()._forget()
        self._whole = False

    def _numbers(self) -> Mapping[ClaimId, int]:
        if not self._whole:
            return {}
        mentions = [row for row in self._spans.values() if row.claim_id is not None]
        mentions.sort(key=lambda row: (row.start, row.end, row.annotation_id))
        claims = dict.fromkeys(row.claim_id for row in mentions if row.claim_id is not None)
        return {claim_id: number for number, claim_id in enumerate(claims, start=1)}

    def _on_passages(self, number: int, rows: list[SpanRow]) -> None:
        self._whole = self._whole or number == self._request
        super()._on_passages(number, rows)
        if number == self._request:
            self._late.start()

    def _show_wanted(self) -> None:
        """Go to the mark of the evidence asked for, or to its words."""
        wanted, self._wanted = self._wanted, None
        if wanted is None or self._text is None:
            return
        row = self._spans.get(wanted.annotation_id or "")
        start = self._text.text.find(wanted.quote) if wanted.quote else -1
        if row is not None:
            self.activate(row.annotation_id)
            self._view.set_caret(row.start)
            self._view.reveal(TextSpan(row.start, row.end))
        elif start >= 0:
            self._view.set_caret(start)
            self._view.reveal(TextSpan(start, start + len(wanted.quote)))

    def _on_changed_passages(
        self, number: int, found: tuple[frozenset[str], list[SpanRow]], *, reveal: bool
    ) -> None:
        super()._on_changed_passages(number, found, reveal=reveal)
        if number == self._request:
            self._view.set_numbers(self._numbers())

    def _on_library_changed(self, changes: ChangeSet) -> None:
        gone = self._article is not None and ("article", self._article.id) in changes.deleted
        if self._reader.isHidden() and not gone:  # everything is read anew when it is shown
            return
        super()._on_library_changed(changes)
        if self._text is not None and "tag" in changes.kinds():
            self._bridge.query(tags.list_tags, self._on_tags)

    def _on_tags(self, found: list[Tag]) -> None:
        self._tags = tuple(found)
        self._view.set_styles(styles(self._tags))
