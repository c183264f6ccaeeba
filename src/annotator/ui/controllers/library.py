"""The list of articles: opening, marking as done, removing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from annotator import paths
from annotator.domain.article import ArticleStatus
from annotator.domain.changes import ChangeSet
from annotator.domain.ids import ArticleId
from annotator.domain.views import ArticleSummary
from annotator.services import articles, importing, samples
from annotator.ui.acts import ignore
from annotator.ui.bridge import LibraryBridge
from annotator.ui.library.pane import LibraryPane

_SOON_MS = 50
_WARM_UP_MS = 1000  # after the library is open, when the window has nothing else to do
_ROWS_A_MS = 20  # of a long list that changes all the time, as while many files are added
_LISTED_KINDS = frozenset({"article", "article_text", "claim", "annotation", "rating"})


class LibraryController(QObject):
    """Keeps the library list up to date."""

    listed = Signal(int)  # how many articles there are
    open_wanted = Signal(str)  # the id of an article
    deleted = Signal(str)  # what was deleted, in words

    def __init__(self, bridge: LibraryBridge, pane: LibraryPane, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._pane = bridge, pane
        self._loading = self._stale = False
        self._again = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._again.timeout.connect(self.load)
        bridge.library_changed.connect(self._on_library_changed)
        self._warm_up = QTimer(self, singleShot=True, interval=_WARM_UP_MS)
        self._warm_up.timeout.connect(self._on_time_to_warm_up)
        bridge.library_opened.connect(self._warm_up.start)
        bridge.closing.connect(self._on_closing)
        pane.article_activated.connect(self.open_wanted)
        pane.delete_requested.connect(self.delete_article)
        pane.status_requested.connect(self._on_status_requested)

    def load(self) -> None:
        """Read the whole list; while it is being read, once more later, whatever comes in between."""
        if self._loading:
            self._stale = True
            return
        self._loading = True
        self._bridge.query(articles.list_articles, self._on_listed, failed=self._on_not_listed)

    def close(self) -> None:
        """The library is closed: nothing is read from it any more."""
        self._again.stop()
        self._loading = True

    def open_sample(self) -> None:
        """Add the sample article with its annotations, if it isn't there, and open it."""
        self._bridge.execute(
            lambda store: samples.add_sample(store, paths.sample_texts()),
            label=self.tr("Add the sample article"),
            done=lambda article: self.open_wanted.emit(article.id),
        )

    def delete_article(self, article_id: str) -> None:
        """Move an article with its work to the bin."""
        self._bridge.execute(
            partial(articles.delete_article, article_id=ArticleId(article_id)),
            label=self.tr("Delete article"),
            done=lambda article: self.deleted.emit(self.tr("“{title}” deleted").format(title=article.title)),
        )

    def _on_status_requested(self, article_id: str, status: str) -> None:
        done = ArticleStatus(status)
        label = self.tr("Mark as done") if done is ArticleStatus.DONE else self.tr("Mark as open")
        self._bridge.execute(
            partial(articles.set_status, article_id=ArticleId(article_id), status=done), label=label
        )

    def _on_time_to_warm_up(self) -> None:
        # Whatever hinders it is told with the first file that is to be read.
        self._bridge.read_files(importing.warm_up, ignore, failed=ignore, owner=self)

    def _on_closing(self) -> None:
        self._warm_up.stop()
        importing.stop_reading()

    def _on_not_listed(self, error: Exception) -> None:
        self._loading = self._stale = False
        self._bridge.failed.emit(error)

    def _on_listed(self, found: list[ArticleSummary]) -> None:
        self._loading = False
        if self._stale:
            self._stale = False
            self._again.start(_SOON_MS + len(found) // _ROWS_A_MS)
        self._pane.set_articles(tuple(found))
        self.listed.emit(len(found))

    def _on_library_changed(self, changes: ChangeSet) -> None:
        if changes.kinds() & _LISTED_KINDS and not self._again.isActive():
            self.load()
