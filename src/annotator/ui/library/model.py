"""The articles of the library as a list model, and the proxy that filters and sorts them."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCollator,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from annotator.domain.article import ArticleStatus
from annotator.domain.views import ArticleSummary

Index = QModelIndex | QPersistentModelIndex

SUMMARY_ROLE = Qt.ItemDataRole.UserRole + 1
ID_ROLE = Qt.ItemDataRole.UserRole + 2


class ArticleOrder(StrEnum):
    """What the list is sorted by."""

    ADDED = "added"
    TITLE = "title"
    PUBLICATION = "publication"
    PUBLISHED = "published"
    OPEN_CLAIMS = "open-claims"


def progress(article: ArticleSummary) -> float:
    """The share of the claims that have a verdict, 0 to 1; 1 for an article that is done."""
    if article.status == ArticleStatus.DONE:
        return 1.0
    return (article.claims - article.open_claims) / article.claims if article.claims else 0.0


class ArticleListModel(QAbstractListModel):
    """One row for each article, in the order it was given."""

    def __init__(self, articles: tuple[ArticleSummary, ...] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._articles = articles

    @property
    def articles(self) -> tuple[ArticleSummary, ...]:
        """The articles shown."""
        return self._articles

    def set_articles(self, articles: tuple[ArticleSummary, ...]) -> None:
        """Show `articles`. The same ids in the same order keep their rows, so selection and scrolling stay."""
        same = [article.id for article in articles] == [article.id for article in self._articles]
        if not same:
            self.beginResetModel()
            self._articles = articles
            self.endResetModel()
            return
        before, self._articles = self._articles, articles
        for row, (old, new) in enumerate(zip(before, articles, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, article_id: str) -> int:
        """The row of an article, -1 when it isn't here."""
        return next((row for row, article in enumerate(self._articles) if article.id == article_id), -1)

    def meta(self, article: ArticleSummary) -> str:
        """What stands behind the publication: "9 claims · 2 open", "11 claims · done", "not started"."""
        done = article.status == ArticleStatus.DONE
        if not article.claims:
            return self.tr("done") if done else self.tr("not started")
        claims = self.tr("1 claim") if article.claims == 1 else self.tr("%n claims", "", article.claims)
        state = self.tr("done") if done else self.tr("%n open", "", article.open_claims)
        return f"{claims} · {state}"

    def _spoken(self, article: ArticleSummary) -> str:
        parts = (
            article.title,
            ", ".join(article.authors),
            article.publication,
            self.meta(article).replace(" · ", ", "),
        )
        return ". ".join(part.rstrip(".") for part in parts if part) + "."

    def _tooltip(self, article: ArticleSummary) -> str:
        line = " · ".join(
            part for part in (", ".join(article.authors), article.publication, article.published_on) if part
        )
        return f"{article.title}\n{line}" if line else article.title

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._articles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._articles):
            return None
        article = self._articles[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return article.title
            case Qt.ItemDataRole.ToolTipRole:
                return self._tooltip(article)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(article)
            case _ if role == SUMMARY_ROLE:
                return article
            case _ if role == ID_ROLE:
                return article.id
        return None


class ArticleFilter(QSortFilterProxyModel):
    """Shows the articles of one status whose title, author or publication holds every word typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._status = ""
        self._order = ArticleOrder.ADDED
        self._collator = QCollator(QLocale())
        self._collator.setNumericMode(True)
        self._collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    @property
    def filtered(self) -> bool:
        """Whether anything may be hidden."""
        return bool(self._words or self._status)

    @property
    def order(self) -> ArticleOrder:
        """What the rows are sorted by."""
        return self._order

    def set_text(self, text: str) -> None:
        """Keep only articles that hold every word of `text`."""
        self._words = tuple(text.casefold().split())
        self.invalidate()

    def set_status(self, status: str) -> None:
        """Keep only articles of that status; "" keeps all."""
        self._status = status
        self.invalidate()

    def set_order(self, order: ArticleOrder) -> None:
        """Sort by `order`; "added" is the order of the model."""
        self._order = order
        self.sort(-1)
        if order is not ArticleOrder.ADDED:
            self.sort(0)

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        article = self.sourceModel().index(source_row, 0, source_parent).data(SUMMARY_ROLE)
        if not isinstance(article, ArticleSummary) or (self._status and article.status != self._status):
            return False
        text = " ".join((article.title, *article.authors, article.publication)).casefold()
        return all(word in text for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        one, other = left.data(SUMMARY_ROLE), right.data(SUMMARY_ROLE)
        if not isinstance(one, ArticleSummary) or not isinstance(other, ArticleSummary):
            return left.row() < right.row()
        match self._order:
            case ArticleOrder.TITLE:
                return self._collator.compare(one.title, other.title) < 0
            case ArticleOrder.PUBLICATION:
                return self._collator.compare(one.publication, other.publication) < 0
            case ArticleOrder.PUBLISHED:
                return one.published_on > other.published_on
            case ArticleOrder.OPEN_CLAIMS:
                return one.open_claims > other.open_claims
        return left.row() < right.row()
