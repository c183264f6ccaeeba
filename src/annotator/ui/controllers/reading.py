"""The open article: what the reader and the panel show of it, and what people do there."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject, Qt, QTimer, Signal

from annotator.domain.annotation import Annotation
from annotator.domain.article import Article, ArticleText
from annotator.domain.changes import ChangeSet, Origin
from annotator.domain.ids import AnnotationId, ArticleId, ClaimId, EvidenceId, TagId
from annotator.domain.rating import Rating
from annotator.domain.selectors import TextSpan
from annotator.domain.tag import Tag
from annotator.domain.views import ClaimView, SpanRow
from annotator.services import annotations as marking
from annotator.services import claims, evidence, ratings, reading
from annotator.services.claims import AddedClaim, ClaimFields, in_text_order
from annotator.services.reading import ArticleWork, ChangedWork, OpenedArticle
from annotator.ui.bridge import LibraryBridge
from annotator.ui.controllers.panel_editing import PanelEditing
from annotator.ui.panel.side_panel import SidePanel
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.pane import ReaderPane, reading_minutes

_READ_SINGLY = frozenset({"annotation", "claim", "evidence", "rating", "source"})
_MOST_SINGLY = 200  # changed things; for more of them everything is read anew
_SHOWN_KINDS = frozenset({"annotation", "claim", "evidence", "rating", "source", "tag"})


class ReadingController(QObject):
    """Opens articles and turns the wishes of reader and panel into edits of the library."""

    article_opened = Signal(object)  # an Article
    article_closed = Signal()
    link_wanted = Signal(object)  # the ClaimView to link evidence to
    evidence_edit_wanted = Signal(object, str)  # the ClaimView and the evidence's id
    deleted = Signal(str)  # what was deleted, in words
    hinted = Signal(str)  # why a key did nothing

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
        self._panel_late.timeout.connect(self._show_active)
        bridge.library_changed.connect(self._on_library_changed)
        bridge.idle.connect(self._on_idle)
        self._editing = PanelEditing(bridge, panel, self._claim_view, self._mark, self)
        self._editing.hinted.connect(self.hinted)
        self._connect_reader()
        self._connect_panel()

    # What is open ------------------------------------------------------------------------------------------

    @property
    def article(self) -> Article | None:
        """The article that is open."""
        return self._article

    @property
    def work(self) -> ArticleWork | None:
        """What people did in it, as last read."""
        return self._work

    def active_claim(self) -> ClaimView | None:
        """The claim that text and panel share."""
        row = self._spans.get(self._active or "")
        return self._claim_view(row.claim_id) if row is not None else None

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
            self._on_claim_selected(claim_id)
            self._reader.focus_text()
            return
        self.open_article(article_id)
        self._after_work = partial(self._on_claim_selected, claim_id)

    def save_position(self) -> None:
        """Remember where reading stopped."""
        if self._text is not None:
            text, offset = self._text, self._view.reading_position()
            self._bridge.execute(lambda store: reading.save_position(store, text, offset), label="")

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
        self._reader.show_article(_document(opened), opened.article.title)
        self._reader.selection_bar.set_tags(list(opened.tags))
        self._show_spans(opened.near)
        self._view.restore_position(opened.position)
        self.article_opened.emit(opened.article)
        self._bridge.query(
            partial(marking.passages, text_id=opened.text.id), partial(self._on_passages, number)
        )
        self._load_work()

    def _on_passages(self, number: int, rows: list[SpanRow]) -> None:
        if number == self._request:
            self._show_spans(rows)

    def _show_spans(self, rows: list[SpanRow] | tuple[SpanRow, ...]) -> None:
        self._spans = {row.annotation_id: row for row in rows}
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
        self._editing.read_back()
        self._view.set_numbers(self._numbers())
        self._panel.set_claims(
            work.claims,
            {tag.id: tag for tag in work.tags},
            scale=work.scale,
            history=self._history,
            active=self._active_claim_id(),
        )
        self._panel.set_marks(work.marks)
        self._show_active()
        after, self._after_work = self._after_work, None
        if after is not None:
            after()

    def _numbers(self) -> Mapping[ClaimId, int]:
        return {view.claim.id: view.number for view in self._work.claims} if self._work else {}

    def _claim_view(self, claim_id: str | None) -> ClaimView | None:
        if self._work is None or claim_id is None:
            return None
        return next((view for view in self._work.claims if view.claim.id == claim_id), None)

    def _mark(self, annotation_id: str) -> Annotation | None:
        marks = self._work.marks if self._work is not None else ()
        return next((mark for mark in marks if mark.id == annotation_id), None)

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
            number, reveal = self._request, changes.origin is not Origin.LOCAL
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
        self._spans.update((row.annotation_id, row) for row in rows)
        for id in ids - self._spans.keys():
            self._view.remove_span(AnnotationId(id))
        self._view.update_spans(rows)
        if self._active in ids and self._active not in self._spans:
            self._activate(None)
        if reveal and rows:
            self._view.reveal(TextSpan(rows[0].start, rows[0].end))

    # One active claim for text and panel -----------------------------------------------------------------

    def _activate(self, annotation_id: str | None) -> None:
        if annotation_id == self._active:
            return
        self._panel.flush()
        self._active = AnnotationId(annotation_id) if annotation_id else None
        self._view.set_active(self._active)
        self._panel_late.start()

    def _active_claim_id(self) -> ClaimId | None:
        row = self._spans.get(self._active or "")
        return row.claim_id if row is not None else None

    def _show_active(self) -> None:
        """Let the panel show what is active; a claim that was just made, once it has been read."""
        self._panel_late.stop()
        claim_id = self._active_claim_id()
        if claim_id is not None and self._claim_view(claim_id) is None:
            return
        row = self._spans.get(self._active or "")
        if (claim_id or "") != self._panel.active_claim():
            self._panel.set_active(claim_id)
        self._panel.notes.set_active(row.annotation_id if row is not None and row.claim_id is None else None)

    def _on_claim_selected(self, claim_id: str) -> None:
        view = self._claim_view(claim_id)
        if view is None:
            return
        self._activate(view.mention.id)
        self._view.reveal(TextSpan(view.mention.start, view.mention.end))

    def _on_mark_selected(self, annotation_id: str) -> None:
        row = self._spans.get(annotation_id)
        if row is not None:
            self._activate(annotation_id)
            self._view.reveal(TextSpan(row.start, row.end))

    def _step_claim(self, step: int) -> None:
        if self._work is None or not self._work.claims:
            return
        active = self.active_claim()
        at = active.number - 1 + step if active else (0 if step > 0 else -1)
        self._on_claim_selected(self._work.claims[at % len(self._work.claims)].claim.id)

    # What people do in the text --------------------------------------------------------------------------

    def _connect_reader(self) -> None:
        view = self._view
        view.claim_requested.connect(self._on_claim_requested)
        view.highlight_requested.connect(self._on_highlight_requested)
        view.note_requested.connect(self._on_note_requested)
        view.link_requested.connect(self._on_link_requested)
        view.tag_picker_requested.connect(self._on_tag_picker_requested)
        view.tag_requested.connect(self._on_tag_requested)
        view.verdict_requested.connect(self._on_verdict_letter)
        view.confidence_step_requested.connect(self._on_confidence_step)
        view.edit_requested.connect(self._on_edit_requested)
        view.delete_requested.connect(self.delete_active)
        view.annotation_activated.connect(self._activate)

    def _on_claim_requested(self, span: TextSpan | None, done: Callable[[], None] | None = None) -> None:
        if self._text is None:
            return
        if span is None:
            self._hint_selection()
            return
        known = {tag.id for tag in self._tags}
        chosen = (
            self._editing.last_tag
            if self._editing.last_tag in known
            else next((tag.id for tag in self._tags), None)
        )
        fields = ClaimFields(tags=(chosen,) if chosen else ())
        use_case = partial(claims.add_claim, text_id=self._text.id, span=span, claim=fields)
        self._bridge.execute(
            use_case, label=self.tr("Tag claim"), done=partial(self._on_claim_added, done), initiator="reader"
        )

    def _on_claim_added(self, done: Callable[[], None] | None, added: AddedClaim) -> None:
        mention, claim = added.mention, added.claim
        tag = claim.tags[0] if claim.tags else None
        row = SpanRow(mention.start, mention.end, mention.id, claim.id, tag, claim.verdict, False)
        self._spans[mention.id] = row
        self._view.update_spans([row])
        self._view.clear_selection()
        self._after_work = done
        self._activate(mention.id)

    def _on_highlight_requested(self, span: TextSpan | None, tag_id: TagId | None = None) -> None:
        if self._text is None:
            return
        if span is None:
            self._hint_selection()
            return
        use_case = partial(
            marking.add_highlight, text_id=self._text.id, span=span, tags=(tag_id,) if tag_id else ()
        )
        self._bridge.execute(
            use_case, label=self.tr("Highlight"), done=self._on_mark_added, initiator="reader"
        )

    def _hint_selection(self) -> None:
        self.hinted.emit(self.tr("Select text first: E selects the sentence"))

    def _hint_claim(self) -> None:
        self.hinted.emit(self.tr("Put the caret on a claim first, or select text and press C"))

    def _on_mark_added(self, mark: Annotation) -> None:
        tag = mark.tags[0] if mark.tags else None
        row = SpanRow(mark.start, mark.end, mark.id, None, tag, "", False)
        self._spans[mark.id] = row
        self._view.update_spans([row])
        self._view.clear_selection()
        self._activate(mark.id)

    def _on_note_requested(self, span: TextSpan | None) -> None:
        if span is None:
            self._edit_note()
            return
        self._after_work = self._edit_note
        self._on_highlight_requested(span)

    def _edit_note(self) -> None:
        row = self._spans.get(self._active or "")
        if row is None:
            return
        self._show_active()
        if row.claim_id is None:
            self._panel.open_note(row.annotation_id)
        else:
            self._panel.open_editor()
            self._panel.editor.focus_note()

    def _edit_tags(self) -> None:
        self._show_active()
        self._panel.open_editor()
        self._panel.editor.focus_tags()

    def _on_link_requested(self, span: TextSpan | None) -> None:
        if span is not None:
            self._on_claim_requested(span, self.link_active)
        else:
            self.link_active()

    def link_active(self) -> None:
        """Ask for evidence for the active claim."""
        self._panel.flush()
        view = self.active_claim()
        if view is None:
            self._hint_claim()
        else:
            self.link_wanted.emit(view)

    def _on_tag_picker_requested(self, span: TextSpan | None) -> None:
        if span is not None:
            self._on_claim_requested(span, self._edit_tags)
        elif self.active_claim() is not None:
            self._edit_tags()
        else:
            self._hint_claim()

    def _on_tag_requested(self, span: TextSpan | None, digit: str) -> None:
        tag = next((tag for tag in self._tags if tag.key == digit), None)
        if span is not None and tag is not None:
            self._editing.last_tag = tag.id
            self._on_highlight_requested(span, tag.id)
            return
        row = self._spans.get(self._active or "")
        if row is None or (tag is None and digit != "0"):
            return
        self._editing.last_tag = tag.id if tag else self._editing.last_tag
        chosen = (tag.id,) if tag else ()
        label = self.tr("Tag {name}").format(name=tag.name) if tag else self.tr("Clear tag")
        if row.claim_id is None:
            use_case: Any = partial(marking.set_tags, annotation_id=row.annotation_id, tags=chosen)
        else:
            use_case = partial(claims.set_main_tag, claim_id=row.claim_id, tag_id=tag.id if tag else None)
        self._bridge.execute(use_case, label=label, initiator="reader")

    def _on_verdict_letter(self, letter: str) -> None:
        view, work = self.active_claim(), self._work
        if view is None or work is None:
            self._hint_claim()
            return
        for step in work.scale.steps:
            if step.letter.upper() == letter.upper():
                self._editing.rate(view.claim.id, verdict=step.key)

    def _on_confidence_step(self, step: int) -> None:
        view = self.active_claim()
        if view is not None:
            use_case = partial(ratings.step_confidence, claim_id=view.claim.id, step=step)
            self._bridge.execute(use_case, label=self.tr("Change confidence"), initiator="reader")

    def _on_edit_requested(self) -> None:
        row = self._spans.get(self._active or "")
        if row is not None and row.claim_id is not None:
            self._show_active()
            self._panel.open_editor()
        else:
            self._edit_note()

    def delete_active(self) -> None:
        """Move the active claim or mark to the bin."""
        row = self._spans.get(self._active or "")
        if row is not None and row.claim_id is not None:
            self._delete_claim(row.claim_id)
        elif row is not None:
            self._delete_mark(row.annotation_id)

    def _delete_mark(self, annotation_id: str) -> None:
        use_case = partial(marking.delete_annotation, annotation_id=AnnotationId(annotation_id))
        said = self.tr("Mark deleted")
        self._bridge.execute(use_case, label=self.tr("Delete mark"), done=lambda _: self.deleted.emit(said))

    def _delete_claim(self, claim_id: str) -> None:
        self._panel.flush()  # what was typed goes to the bin with the claim, and comes back with it
        view = self._claim_view(claim_id)
        number = view.number if view else 0
        self._bridge.execute(
            partial(claims.delete_claim, claim_id=ClaimId(claim_id)),
            label=self.tr("Delete claim"),
            done=lambda links: self.deleted.emit(self._deleted_text(number, links)),
        )

    def _deleted_text(self, number: int, links: int) -> str:
        text = self.tr("Claim {number} deleted").format(number=number) if number else self.tr("Claim deleted")
        return text + (self.tr(", with %n evidence link(s)", "", links) if links else "")

    # What people do in the panel -------------------------------------------------------------------------

    def _connect_panel(self) -> None:
        panel, editor = self._panel, self._panel.editor
        panel.claim_selected.connect(self._on_claim_selected)
        panel.claim_opened.connect(self._on_claim_selected)
        panel.claim_create_requested.connect(lambda: self._on_claim_requested(self._view.selected_span()))
        panel.claim_delete_requested.connect(self._delete_claim)
        panel.link_requested.connect(self._on_panel_link_requested)
        panel.annotation_activated.connect(self._on_mark_selected)
        panel.annotation_delete_requested.connect(self._delete_mark)
        panel.escape_pressed.connect(self._reader.focus_text)
        editor.evidence_opened.connect(self._on_evidence_opened)
        editor.evidence_edit_requested.connect(self._on_evidence_opened)
        editor.evidence_delete_requested.connect(self._on_evidence_delete)

    def _on_panel_link_requested(self, claim_id: str) -> None:
        self._on_claim_selected(claim_id)
        self.link_active()

    def _on_evidence_opened(self, evidence_id: str) -> None:
        view = self.active_claim()
        if view is not None:
            self.evidence_edit_wanted.emit(view, evidence_id)

    def _on_evidence_delete(self, evidence_id: str) -> None:
        use_case = partial(evidence.unlink_evidence, evidence_id=EvidenceId(evidence_id))
        self._bridge.execute(
            use_case,
            label=self.tr("Unlink evidence"),
            done=lambda _: self.deleted.emit(self.tr("Evidence link removed")),
        )


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


def _document(opened: OpenedArticle) -> ReaderDocument:
    article, text = opened.article, opened.text
    return ReaderDocument(
        text=text.text,
        blocks=text.blocks,
        section=article.section,
        byline=byline(article, len(text.text)),
        direction=article.direction,
    )


def _styles(tags: tuple[Tag, ...]) -> dict[TagId, tuple[str, str]]:
    return {tag.id: (tag.colour.value, tag.pattern.value) for tag in tags}
