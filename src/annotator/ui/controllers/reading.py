"""The open article: what the reader and the panel show of it, and what is active there. `marking` changes it."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from annotator.domain.annotation import Annotation
from annotator.domain.article import Article, ArticleText
from annotator.domain.changes import ChangeSet, Origin
from annotator.domain.ids import AnnotationId, ArticleId, ClaimId, TagId, TextId
from annotator.domain.rating import Rating
from annotator.domain.selectors import TextSpan
from annotator.domain.tag import Tag
from annotator.domain.views import ClaimView, SpanRow
from annotator.services import annotations as marking
from annotator.services import articles, reading
from annotator.services.claims import in_text_order
from annotator.services.library import Store
from annotator.services.reading import ArticleWork, ChangedWork, OpenedArticle
from annotator.ui.bridge import LibraryBridge
from annotator.ui.panel.side_panel import SidePanel
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.pane import ReaderPane, reading_minutes
from annotator.ui.reader.pictures import Pictures, decoded

_READ_SINGLY = frozenset({"annotation", "claim", "evidence", "rating", "source"})
_MOST_SINGLY = 200  # changed things; for more of them everything is read anew
_SHOWN_KINDS = frozenset({"annotation", "claim", "evidence", "rating", "source", "tag"})


class ReadingController(QObject):
    """Opens articles, shows what is read of them, and keeps text and panel at one active claim."""

    article_opened = Signal(object)  # an Article
    article_closed = Signal()
    work_shown = Signal()  # what people did was read anew and is shown

    def __init__(self, bridge: LibraryBridge, reader: ReaderPane, panel: SidePanel, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._reader, self._view, self._panel = bridge, reader, reader.view, panel
        self._article: Article | None = None
        self._text: ArticleText | None = None
        self._work: ArticleWork | None = None
        self._active: AnnotationId | None = None
        self._spans: dict[str, SpanRow] = {}
        self._tags: tuple[Tag, ...] = ()
        self._request = 0
        self._after_work: Callable[[], None] | None = None
        self._history: dict[str, list[int]] = {}
        self._touched: set[tuple[str, str]] = set()
        self._reload_all = False
        # Timers without a delay run when what was asked to be painted has been painted: text first, panel then.
        self._reload = QTimer(self, singleShot=True, interval=0)
        self._reload.timeout.connect(self._load_changed)
        self._panel_late = QTimer(self, singleShot=True, interval=0)
        self._panel_late.timeout.connect(self.show_active)
        bridge.library_changed.connect(self._on_library_changed)
        bridge.idle.connect(self._on_idle)
        self._view.annotation_activated.connect(self.activate)
        panel.claim_selected.connect(self.select_claim)
        panel.claim_opened.connect(self.select_claim)
        panel.annotation_activated.connect(self._on_mark_selected)
        panel.escape_pressed.connect(reader.focus_text)

    # What is open ------------------------------------------------------------------------------------------

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

    @property
    def work(self) -> ArticleWork | None:
        """What people did in it, as last read."""
        return self._work

    def active_claim(self) -> ClaimView | None:
        """The claim that text and panel share."""
        row = self.active_row()
        return self.claim_view(row.claim_id) if row is not None else None

    def active_row(self) -> SpanRow | None:
        """The passage that is active, its first segment."""
        return self._spans.get(self._active or "")

    def claim_view(self, claim_id: str | None) -> ClaimView | None:
        """One of the article's claims, as last read."""
        if self._work is None or claim_id is None:
            return None
        return next((view for view in self._work.claims if view.claim.id == claim_id), None)

    def mark(self, annotation_id: str) -> Annotation | None:
        """One of its highlights and notes, as last read."""
        marks = self._work.marks if self._work is not None else ()
        return next((mark for mark in marks if mark.id == annotation_id), None)

    def open_article(self, article_id: str) -> None:
        """Show an article where reading stopped; the first screen at once, everything else behind it."""
        self._panel.flush()
        self.save_position()
        self._request += 1
        self._bridge.query(
            partial(reading.open_article, article_id=ArticleId(article_id)),
            partial(self._on_opened, self._request),
        )

    def open_claim(self, claim_id: str, article_id: str) -> None:
        """Show an article with one of its claims active."""
        if self._article is not None and self._article.id == article_id:
            self.select_claim(claim_id)
            self._reader.focus_text()
            return
        self.open_article(article_id)
        self._after_work = partial(self.select_claim, claim_id)

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
        self._article = self._text = self._work = self._active = None
        self._spans, self._history = {}, {}
        self._touched.clear()
        self._panel.set_claims(())
        self._panel.set_marks(())
        self._reader.show_article(ReaderDocument(""), "")
        self.article_closed.emit()

    def _on_opened(self, number: int, opened: OpenedArticle) -> None:
        if number != self._request:
            return
        self._article, self._text, self._work, self._active = opened.article, opened.text, None, None
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
        self._load_work()

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
        self._view.set_spans(list(rows), self._numbers(), _styles(self._tags))

    def _load_work(self) -> None:
        if self._text is not None:
            self._touched.clear()
            self._bridge.query(
                partial(reading.work_on, text=self._text), partial(self._on_work, self._request)
            )

    def _on_work(self, number: int, work: ArticleWork) -> None:
        if number != self._request:
            return
        if self._bridge.writing:
            self._reload_all = True
            return
        self._work = work
        if work.tags != self._tags:
            self._tags = work.tags
            self._view.set_styles(_styles(work.tags))
            self._reader.selection_bar.set_tags(list(work.tags))
        self._history = {id: _confidences(rows) for id, rows in work.ratings.items()}
        self._show_work(work)

    def _load_changed(self) -> None:
        """Read what was touched since, or everything when that is less trouble."""
        if (
            self._bridge.writing
        ):  # what is read now would be old when it is shown; the end of writing asks again
            return
        touched, self._touched = frozenset(self._touched), set()
        kinds = {kind for kind, _ in touched}
        if self._text is None or not touched:
            return
        if self._work is None or not kinds <= _READ_SINGLY or len(touched) > _MOST_SINGLY:
            self._load_work()
            return
        query = partial(reading.changed_work, text=self._text, touched=touched)
        self._bridge.query(query, partial(self._on_changed_work, self._request, touched))

    def _on_changed_work(
        self, number: int, touched: frozenset[tuple[str, str]], changed: ChangedWork
    ) -> None:
        work = self._work
        if number != self._request or work is None:
            return
        if self._bridge.writing:
            self._touched |= touched
            return
        for id in changed.claim_ids:
            self._history[id] = _confidences(changed.ratings.get(ClaimId(id), ()))
        self._work = replace(
            work,
            claims=_with_claims(work.claims, changed),
            marks=_with_marks(work.marks, changed),
            ratings={id: rows for id, rows in work.ratings.items() if id not in changed.claim_ids}
            | changed.ratings,
        )
        self._show_work(self._work)

    def _on_idle(self) -> None:
        """Nothing is on its way to the disk any more: what was changed meanwhile can be read."""
        if self._reload_all:
            self._reload_all = False
            self._load_work()
        elif self._touched:
            self._reload.start()

    def _show_work(self, work: ArticleWork) -> None:
        self.work_shown.emit()
        self._view.set_numbers(self._numbers())
        self._panel.set_claims(
            work.claims,
            {tag.id: tag for tag in work.tags},
            scale=work.scale,
            history=self._history,
            active=self._active_claim_id(),
        )
        self._panel.set_marks(work.marks)
        self.show_active()
        after, self._after_work = self._after_work, None
        if after is not None:
            after()

    def _numbers(self) -> Mapping[ClaimId, int]:
        return {view.claim.id: view.number for view in self._work.claims} if self._work else {}

    # What changed --------------------------------------------------------------------------------------------

    def _on_library_changed(self, changes: ChangeSet) -> None:
        if self._text is None or self._article is None:
            return
        if ("article", self._article.id) in changes.deleted:
            self.close_article()
            return
        touched = [(kind, id) for kind, id in changes.touched]
        annotation_ids = [id for kind, id in touched if kind == "annotation"]
        claim_ids = [id for kind, id in touched if kind == "claim"]
        if annotation_ids or claim_ids:
            query = partial(
                reading.changed_passages, text=self._text, annotation_ids=annotation_ids, claim_ids=claim_ids
            )
            # Undo scrolls to what it changed; what another window or program does leaves this one where it is.
            number, reveal = self._request, changes.origin in (Origin.UNDO, Origin.REDO)
            self._bridge.query(query, lambda found: self._on_changed_passages(number, found, reveal=reveal))
        self._touched |= {(kind, id) for kind, id in touched if kind in _SHOWN_KINDS}
        if self._touched:
            self._reload.start()

    def _on_changed_passages(
        self, number: int, found: tuple[frozenset[str], list[SpanRow]], *, reveal: bool
    ) -> None:
        if number != self._request:
            return
        ids, rows = found
        for id in ids:
            self._spans.pop(id, None)
        self._spans.update(_first_rows(rows))
        for id in ids - self._spans.keys():
            self._view.remove_span(AnnotationId(id))
        self._view.update_spans(rows)
        if self._active in ids and self._active not in self._spans:
            self.activate(None)
        if reveal and rows:
            self._view.reveal(TextSpan(rows[0].start, rows[0].end))

    # One active claim for text and panel -----------------------------------------------------------------

    def activate(self, annotation_id: str | None) -> None:
        """Let text and panel share this annotation, or none."""
        if annotation_id == self._active:
            return
        self._panel.flush()
        self._active = AnnotationId(annotation_id) if annotation_id else None
        self._view.set_active(self._active)
        self._panel_late.start()

    def _active_claim_id(self) -> ClaimId | None:
        row = self._spans.get(self._active or "")
        return row.claim_id if row is not None else None

    def show_active(self) -> None:
        """Let the panel show what is active; a claim that was just made, once it has been read."""
        self._panel_late.stop()
        claim_id = self._active_claim_id()
        if claim_id is not None and self.claim_view(claim_id) is None:
            return
        row = self._spans.get(self._active or "")
        if (claim_id or "") != self._panel.active_claim():
            self._panel.set_active(claim_id)
        self._panel.notes.set_active(row.annotation_id if row is not None and row.claim_id is None else None)

    def select_claim(self, claim_id: str) -> None:
        """Make a claim active and show where the text makes it."""
        view = self.claim_view(claim_id)
        if view is None:
            return
        self.activate(view.mention.id)
        self._view.reveal(TextSpan(view.mention.start, view.mention.end))

    def _on_mark_selected(self, annotation_id: str) -> None:
        row = self._spans.get(annotation_id)
        if row is not None:
            self.activate(annotation_id)
            self._view.reveal(TextSpan(row.start, row.end))

    # What was just marked ------------------------------------------------------------------------------------

    def show_new(self, row: SpanRow, then: Callable[[], None] | None = None) -> None:
        """Show a mark that was just made, as the active one; `then` follows when the panel knows it."""
        self._spans[row.annotation_id] = row
        self._view.update_spans([row])
        self._view.clear_selection()
        if then is not None:
            self._after_work = then
        self.activate(row.annotation_id)


def _first_rows(rows: Iterable[SpanRow]) -> dict[str, SpanRow]:
    """The first segment of each annotation; the rows are in text order."""
    first: dict[str, SpanRow] = {}
    for row in rows:
        first.setdefault(row.annotation_id, row)
    return first


def _with_claims(claims: tuple[ClaimView, ...], changed: ChangedWork) -> tuple[ClaimView, ...]:
    """The claims after an edit, in text order, numbered from 1; those that stay as they were are the same objects."""
    merged = [view for view in claims if view.claim.id not in changed.claim_ids]
    for view in changed.claims:
        insort(merged, view, key=_place_of)
    return tuple(
        view if view.number == number else ClaimView(number, view.claim, view.mention, view.evidence)
        for number, view in enumerate(merged, start=1)
    )


def _with_marks(marks: tuple[Annotation, ...], changed: ChangedWork) -> tuple[Annotation, ...]:
    """The marks after an edit, in text order."""
    if not changed.mark_ids:
        return marks
    merged = [mark for mark in marks if mark.id not in changed.mark_ids]
    for mark in changed.marks:
        insort(merged, mark, key=in_text_order)
    return tuple(merged)


def _place_of(view: ClaimView) -> tuple[int, int, str, str]:
    return in_text_order(view.mention)


def _confidences(rows: tuple[Rating, ...]) -> list[int]:
    return [row.confidence for row in rows if row.confidence is not None]


def byline(article: Article, characters: int) -> str:
    """Who wrote it, where and when it appeared, how long it takes to read."""
    minutes = QCoreApplication.translate("ReadingController", "%n min read", "", reading_minutes(characters))
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
        byline=byline(article, len(text.text)),
        direction=article.direction,
        pictures=pictures,
    )


def _styles(tags: tuple[Tag, ...]) -> dict[TagId, tuple[str, str]]:
    return {tag.id: (tag.colour.value, tag.pattern.value) for tag in tags}
