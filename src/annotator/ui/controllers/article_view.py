"""One article in one pane: its text, what is marked in it, and where reading stopped. Both panes are built on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage

from annotator.domain.article import Article, ArticleText
from annotator.domain.changes import ChangeSet, Origin
from annotator.domain.ids import AnnotationId, ArticleId, ClaimId, TagId, TextId
from annotator.domain.reading_time import ReadingTime
from annotator.domain.selectors import TextSpan
from annotator.domain.tag import Tag
from annotator.domain.views import SpanRow
from annotator.services import annotations as marking
from annotator.services import articles, reading
from annotator.services.library import Store
from annotator.services.reading import OpenedArticle
from annotator.ui.bridge import LibraryBridge
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.pane import ReaderPane
from annotator.ui.reader.pictures import Pictures, decoded


class ArticleView(QObject):
    """Opens articles in a pane, marks their passages and keeps these as the library has them."""

    article_opened = Signal(object)  # an Article
    article_closed = Signal()
    leaving = Signal(str)  # the article that is about to be opened

    def __init__(self, bridge: LibraryBridge, reader: ReaderPane, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._reader, self._view = bridge, reader, reader.view
        self._article: Article | None = None
        self._text: ArticleText | None = None
        self._active: AnnotationId | None = None
        self._spans: dict[str, SpanRow] = {}
        self._tags: tuple[Tag, ...] = ()
        self._request = 0
        bridge.library_changed.connect(self._on_library_changed)
        self._view.annotation_activated.connect(self.activate)

    @property
    def article(self) -> Article | None:
        """The article that is open."""
        return self._article

    @property
    def text(self) -> ArticleText | None:
        """Its text."""
        return self._text

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The tags there are."""
        return self._tags

    def active_row(self) -> SpanRow | None:
        """The passage that is active, its first segment."""
        return self._spans.get(self._active or "")

    def open_article(self, article_id: str) -> None:
        """Show an article where reading stopped; the first screen at once, everything else behind it."""
        self.leaving.emit(article_id)
        self.save_position()
        self._request += 1
        self._reader.waiting.expect()
        self._bridge.query(
            partial(reading.open_article, article_id=ArticleId(article_id)),
            partial(self._on_opened, self._request),
            failed=self._on_not_opened,
        )

    def _on_not_opened(self, error: Exception) -> None:
        self._reader.waiting.stop()
        self._bridge.failed.emit(error)

    def save_position(self) -> None:
        """Remember where reading stopped."""
        if self._text is not None:
            text, offset, caret = self._text, self._view.reading_position(), self._view.caret_offset()
            seen = caret if self._view.on_screen(caret) else None  # one has read on without it
            self._bridge.execute(
                lambda store: reading.save_position(store, text, offset, caret=seen), label=""
            )

    def close_article(self) -> None:
        """Show no article."""
        self._request += 1
        self._article = self._text = None
        self._forget()
        self._reader.show_article(ReaderDocument(""), "")
        self.article_closed.emit()

    def activate(self, annotation_id: str | None) -> None:
        """Make an annotation the active one, or none."""
        self._active = AnnotationId(annotation_id) if annotation_id else None
        self._view.set_active(self._active)

    def _forget(self) -> None:
        """Know nothing any more of what is marked in the article before."""
        self._active = None
        self._spans = {}

    def _numbers(self) -> Mapping[ClaimId, int]:
        """The claims of the article by their numbers, as far as they are known."""
        return {}

    def _on_opened(self, number: int, opened: OpenedArticle) -> None:
        if number != self._request:
            return
        self._article, self._text = opened.article, opened.text
        self._forget()
        self._tags = opened.tags
        pictures = Pictures(opened.pictures, partial(self._load_picture, opened.text.id))
        self._reader.show_article(_document(opened, pictures), opened.article.title)
        self._reader.selection_bar.set_tags(list(opened.tags))
        self._show_spans(opened.near)
        self._view.restore_position(opened.position, caret=opened.caret)
        self.article_opened.emit(opened.article)
        self._bridge.query(
            partial(marking.passages, text_id=opened.text.id), partial(self._on_passages, number)
        )

    def _load_picture(
        self, text_id: TextId, name: str, pixels: QSize, done: Callable[[QImage], None]
    ) -> None:
        def picture(store: Store) -> QImage:
            return decoded(articles.picture_in(store, text_id=text_id, sha256=name) or b"", pixels)

        self._bridge.query(picture, done)

    def _on_passages(self, number: int, rows: list[SpanRow]) -> None:
        if number == self._request:
            self._show_spans(rows)

    def _show_spans(self, rows: list[SpanRow] | tuple[SpanRow, ...]) -> None:
        self._spans = _first_rows(rows)
        self._view.set_spans(list(rows), self._numbers(), styles(self._tags))

    def _on_library_changed(self, changes: ChangeSet) -> None:
        if self._text is None or self._article is None:
            return
        if ("article", self._article.id) in changes.deleted:
            self.close_article()
            return
        annotation_ids = [id for kind, id in changes.touched if kind == "annotation"]
        claim_ids = [id for kind, id in changes.touched if kind == "claim"]
        if annotation_ids or claim_ids:
            query = partial(
                reading.changed_passages, text=self._text, annotation_ids=annotation_ids, claim_ids=claim_ids
            )
            # Undo scrolls to what it changed; what another window or program does leaves this one where it is.
            number, reveal = self._request, changes.origin in (Origin.UNDO, Origin.REDO)
            self._bridge.query(query, lambda found: self._on_changed_passages(number, found, reveal=reveal))

    def _on_changed_passages(
        self, number: int, found: tuple[frozenset[str], list[SpanRow]], *, reveal: bool
    ) -> None:
        if number != self._request:
            return
        ids, rows = found
        before = {row for id in ids for row in self._view.page.index.rows_of(AnnotationId(id))}
        for id in ids:
            self._spans.pop(id, None)
        self._spans.update(_first_rows(rows))
        for id in ids - self._spans.keys():
            self._view.remove_span(AnnotationId(id))
        self._view.update_spans(rows)
        if self._active in ids and self.active_row() is None:
            self.activate(None)
        if reveal and rows:
            changed = _changed(before, rows)
            self._view.reveal(TextSpan(changed.start, changed.end))


def styles(tags: tuple[Tag, ...]) -> dict[TagId, tuple[str, str]]:
    """How the passages of each tag are drawn."""
    return {tag.id: (tag.colour.value, tag.pattern.value) for tag in tags}


def byline(article: Article, text: str) -> str:
    """Who wrote it, where and when it appeared, how long it takes to read."""
    took = ReadingTime(text).minutes()
    minutes = QCoreApplication.translate("ReadingController", "%n min read", "", took)
    parts = (", ".join(article.authors), article.publication, long_date(article.published_on), minutes)
    return " · ".join(part for part in parts if part)


def long_date(text: str) -> str:
    """An ISO date in words of the locale; a partial date as it is."""
    date = QDate.fromString(text[:10], Qt.DateFormat.ISODate) if len(text) >= 10 else QDate()
    return QLocale().toString(date, "d MMMM yyyy") if date.isValid() else text


def _document(opened: OpenedArticle, pictures: Pictures) -> ReaderDocument:
    article, text = opened.article, opened.text
    return ReaderDocument(
        text=text.text,
        blocks=text.blocks,
        section=article.section,
        byline=byline(article, text.text),
        direction=article.direction,
        pictures=pictures,
    )


def _changed(before: set[SpanRow], rows: list[SpanRow]) -> SpanRow:
    """The first passage that is new, else the first that is gone, else the first of all."""
    gone = before - set(rows)
    new = (row for row in rows if row not in before)
    return next(new, min(gone, key=lambda row: row.start) if gone else rows[0])


def _first_rows(rows: Iterable[SpanRow]) -> dict[str, SpanRow]:
    """The first segment of each annotation; the rows are in text order."""
    first: dict[str, SpanRow] = {}
    for row in rows:
        first.setdefault(row.annotation_id, row)
    return first
