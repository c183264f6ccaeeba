"""The list of articles: adding, opening, marking as done, removing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator import paths
from annotator.domain.article import Article, ArticleStatus
from annotator.domain.changes import ChangeSet
from annotator.domain.ids import ArticleId
from annotator.domain.views import ArticleSummary
from annotator.errors import UserError
from annotator.services import articles, backups, importing, samples
from annotator.services.articles import AddedArticle, ImportStatus
from annotator.services.importing import ReadArticle
from annotator.ui.bridge import LibraryBridge
from annotator.ui.library.pane import LibraryPane

_MANY = 20  # files
_LISTED_KINDS = frozenset({"article", "article_text", "claim", "annotation", "rating"})


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of several files."""

    added: tuple[Article, ...]
    known: tuple[Article, ...]
    refused: tuple[UserError, ...]

    @property
    def last(self) -> Article | None:
        """The article to show: the last that was added, else the last that was known."""
        return (self.added or self.known or (None,))[-1]


class LibraryController(QObject):
    """Keeps the library list up to date and brings articles in."""

    listed = Signal(int)  # how many articles there are
    open_wanted = Signal(str)  # the id of an article
    imported = Signal(object)  # an ImportReport
    deleted = Signal(str)  # what was deleted, in words

    def __init__(self, bridge: LibraryBridge, pane: LibraryPane, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._pane = bridge, pane
        bridge.library_changed.connect(self._on_library_changed)
        pane.article_activated.connect(self.open_wanted)
        pane.delete_requested.connect(self.delete_article)
        pane.status_requested.connect(self._on_status_requested)

    def load(self) -> None:
        """Read the whole list."""
        self._bridge.query(articles.list_articles, self._on_listed)

    def import_files(self, files: Sequence[Path]) -> None:
        """Read files beside the library, then store them one by one; `imported` reports in the end.

        Before many are added a backup is made.
        """
        if len(files) >= _MANY:
            folder = self._bridge.data_folder
            self._bridge.study(partial(backups.before_bulk, data_folder=folder))
        self._bridge.read_files(partial(_read_all, files), self._store_all)

    def import_text(self, text: str, *, html: bool = False) -> None:
        """Add pasted text as an article."""
        self._bridge.read_files(
            lambda: _attempt(lambda: importing.read_text(text, html=html)), self._store_all
        )

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

    def _on_listed(self, found: list[ArticleSummary]) -> None:
        self._pane.set_articles(tuple(found))
        self.listed.emit(len(found))

    def _on_library_changed(self, changes: ChangeSet) -> None:
        if changes.kinds() & _LISTED_KINDS:
            self.load()

    def _store_all(self, attempts: list[ReadArticle | UserError]) -> None:
        report = _Collected([], [], [])

        def store_next() -> None:
            if not attempts:
                self.imported.emit(report.finished())
                return
            attempt = attempts.pop(0)
            if isinstance(attempt, UserError):
                report.refused.append(attempt)
                store_next()
                return
            label = self.tr("Add “{title}”").format(title=attempt.imported.title)
            self._bridge.execute(importing.store_article(attempt), label=label, done=stored)

        def stored(added: AddedArticle) -> None:
            (report.added if added.status is ImportStatus.ADDED else report.known).append(added.article)
            store_next()

        store_next()


@dataclass(slots=True)
class _Collected:
    added: list[Article]
    known: list[Article]
    refused: list[UserError]

    def finished(self) -> ImportReport:
        return ImportReport(tuple(self.added), tuple(self.known), tuple(self.refused))


def _read_all(files: Sequence[Path]) -> list[ReadArticle | UserError]:
    found: list[ReadArticle | UserError] = []
    for file in files:
        found += _attempt(partial(importing.read_file, file))
    return found


def _attempt(read: Callable[[], Any]) -> list[ReadArticle | UserError]:
    try:
        return [read()]
    except UserError as error:
        return [error]
