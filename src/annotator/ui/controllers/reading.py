"""The open article: what the reader and the panel show of it, and what is active there. `marking` changes it."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.domain.annotation import Annotation
from annotator.domain.changes import ChangeSet
from annotator.domain.ids import ClaimId, TagId
from annotator.domain.rating import Rating
from annotator.domain.selectors import TextSpan
from annotator.domain.views import ClaimView, SpanRow
from annotator.services import reading
from annotator.services.claims import in_text_order
from annotator.services.reading import ArticleWork, ChangedWork, OpenedArticle
from annotator.ui.bridge import LibraryBridge
from annotator.ui.controllers.article_view import ArticleView, styles
from annotator.ui.panel.side_panel import SidePanel
from annotator.ui.reader.pane import ReaderPane

_READ_SINGLY = frozenset({"annotation", "claim", "evidence", "rating", "source"})
_MOST_SINGLY = 200  # changed things; for more of them everything is read anew
_SHOWN_KINDS = frozenset({"annotation", "claim", "evidence", "rating", "source", "tag"})


class ReadingController(ArticleView):
    """Opens articles, shows what is read of them, and keeps text and panel at one active claim."""

    work_shown = Signal()  # what people did was read anew and is shown

    def __init__(self, bridge: LibraryBridge, reader: ReaderPane, panel: SidePanel, parent: QObject) -> None:
        super().__init__(bridge, reader, parent)
        self._panel = panel
        self._work: ArticleWork | None = None
        self._after_work: Callable[[], None] | None = None
        self._history: dict[str, list[int]] = {}
        self._unplaced: dict[str, SpanRow] = {}
        self._touched: set[tuple[str, str]] = set()
        self._reload_all = False
        # Timers without a delay run when what was asked to be painted has been painted: text first, panel then.
        self._reload = QTimer(self, singleShot=True, interval=0)
        self._reload.timeout.connect(self._load_changed)
        self._panel_late = QTimer(self, singleShot=True, interval=0)
        self._panel_late.timeout.connect(self.show_active)
        bridge.idle.connect(self._on_idle)
        panel.claim_selected.connect(self.select_claim)
        panel.claim_opened.connect(self.select_claim)
        panel.annotation_activated.connect(self.select_mark)
        panel.escape_pressed.connect(reader.focus_text)

    # What is open ------------------------------------------------------------------------------------------

    @property
    def work(self) -> ArticleWork | None:
        """What people did in it, as last read."""
        return self._work

    def active_claim(self) -> ClaimView | None:
        """The claim that text and panel share."""
        row = self.active_row()
        return self.claim_view(row.claim_id) if row is not None else None

    def claim_view(self, claim_id: str | None) -> ClaimView | None:
        """One of the article's claims, as last read."""
        if self._work is None or claim_id is None:
            return None
        return next((view for view in self._work.claims if view.claim.id == claim_id), None)

    def name_of(self, annotation_id: str, *, within: bool = False) -> str:
        """What messages call a claim, a highlight or a note: "Claim 4", or "claim 4" `within` a sentence."""
        row = self._spans.get(annotation_id) or self._unplaced.get(annotation_id)
        view = self.claim_view(row.claim_id) if row is not None else None
        if view is not None and view.number:
            named = self.tr("claim {number}") if within else self.tr("Claim {number}")
            return named.format(number=view.number)
        if row is not None and row.claim_id is not None:
            return self.tr("claim") if within else self.tr("Claim")
        if row is not None and row.has_note:
            return self.tr("note") if within else self.tr("Note")
        return self.tr("highlight") if within else self.tr("Highlight")

    def next_number(self, span: TextSpan) -> int:
        """The number that a claim about a passage would get."""
        views = self._work.claims if self._work is not None else ()
        place = (span.start, span.end)
        return 1 + sum((view.mention.start, view.mention.end) <= place for view in views if view.number)

    def mark(self, annotation_id: str) -> Annotation | None:
        """One of its highlights and notes, as last read."""
        marks = self._work.marks if self._work is not None else ()
        return next((mark for mark in marks if mark.id == annotation_id), None)

    def open_article(self, article_id: str) -> None:
        """Show an article where reading stopped; the first screen at once, everything else behind it."""
        self._panel.flush()
        super().open_article(article_id)

    def open_claim(self, claim_id: str, article_id: str) -> None:
        """Show an article with one of its claims active."""
        if self._article is not None and self._article.id == article_id:
            self.select_claim(claim_id)
            self._reader.focus_text()
            return
        self._after_work = partial(self.select_claim, claim_id, jump=False)
        self.open_article(article_id)

    def close_article(self) -> None:
        """Show no article."""
        self._panel.set_claims(())
        self._panel.set_marks(())
        super().close_article()

    def _forget(self) -> None:
        super()._forget()
        self._work, self._history, self._unplaced = None, {}, {}
        self._view.set_unplaced(())
        self._touched.clear()

    def _on_opened(self, number: int, opened: OpenedArticle) -> None:
        super()._on_opened(number, opened)
        if number == self._request:
            self._load_work()

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
            self._view.set_styles(styles(work.tags))
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
        self._unplaced = _unplaced_rows(work)
        self._view.set_unplaced([row.start for row in self._unplaced.values()])
        self._panel.set_claims(
            tuple(sorted(work.claims, key=_is_placed)),
            {tag.id: tag for tag in work.tags},
            scale=work.scale,
            history=self._history,
            active=self._active_claim_id(),
        )
        self._panel.set_marks(tuple(sorted(work.marks, key=lambda mark: mark.placed)))
        self.show_active()
        after, self._after_work = self._after_work, None
        if after is not None:
            after()

    def _numbers(self) -> Mapping[ClaimId, int]:
        return {view.claim.id: view.number for view in self._work.claims} if self._work else {}

    # What changed --------------------------------------------------------------------------------------------

    def _on_library_changed(self, changes: ChangeSet) -> None:
        super()._on_library_changed(changes)
        if self._text is None:
            return
        self._touched |= {(kind, id) for kind, id in changes.touched if kind in _SHOWN_KINDS}
        if self._touched:
            self._reload.start()

    # One active claim for text and panel -----------------------------------------------------------------

    def activate(self, annotation_id: str | None) -> None:
        """Let text and panel share this annotation, or none."""
        if annotation_id == self._active:
            return
        self._panel.flush()
        super().activate(annotation_id)
        self._panel_late.start()

    def active_row(self) -> SpanRow | None:
        """As for every article; what has no place in the text may be active too, where it was once."""
        return super().active_row() or self._unplaced.get(self._active or "")

    def unplaced(self) -> Mapping[str, SpanRow]:
        """The claims and marks without a place in the text, by their annotation, claims first."""
        return self._unplaced

    def _active_claim_id(self) -> ClaimId | None:
        row = self.active_row()
        return row.claim_id if row is not None else None

    def show_active(self) -> None:
        """Let the panel show what is active; a claim that was just made, once it has been read."""
        self._panel_late.stop()
        claim_id = self._active_claim_id()
        if claim_id is not None and self.claim_view(claim_id) is None:
            return
        row = self.active_row()
        if (claim_id or "") != self._panel.active_claim():
            self._panel.set_active(claim_id)
        self._panel.notes.set_active(row.annotation_id if row is not None and row.claim_id is None else None)

    def select_claim(self, claim_id: str, *, jump: bool = True) -> None:
        """Make a claim active and show where the text makes it; one can come back from there if it is a `jump`."""
        view = self.claim_view(claim_id)
        if view is None:
            return
        if not view.mention.placed:
            self._select_unplaced(view.mention)
            return
        if jump:
            self._view.leave_for(view.mention.start)
        self.activate(view.mention.id)
        if not self._show_in_text(view.mention.start, view.mention.end):
            self._panel.claim_list.bring_active()  # only one side ever moves in answer

    def _show_in_text(self, start: int, end: int) -> bool:
        """Show a passage that was chosen beside the text, with the caret there; whether the text moved for it."""
        if self._view.selected_span() is None:
            self._view.place_caret_quietly(start)
        return self._view.reveal(TextSpan(start, end))

    def _select_unplaced(self, mark: Annotation) -> None:
        """Make active what has no place, and show where it was; the caret stays where it may be needed."""
        self.activate(mark.id)
        guess = min(mark.start, len(self._view.article.text))
        self._view.reveal(TextSpan(guess, guess), flash=False)

    def select_mark(self, annotation_id: str) -> None:
        """Make a highlight or a note active and show it in the text."""
        row = self._spans.get(annotation_id)
        mark = self.mark(annotation_id)
        if mark is not None and not mark.placed:
            self._select_unplaced(mark)
        elif row is not None:
            self._view.leave_for(row.start)
            self.activate(annotation_id)
            self._show_in_text(row.start, row.end)

    # What was just marked ------------------------------------------------------------------------------------

    def show_new(self, row: SpanRow, then: Callable[[], None] | None = None) -> None:
        """Show a mark that was just made, as the active one; `then` follows when the panel knows it."""
        self._spans[row.annotation_id] = row
        self._view.update_spans([row])
        self._view.clear_selection()
        if then is not None:
            self._after_work = then
        self.activate(row.annotation_id)


def _is_placed(view: ClaimView) -> bool:
    return view.mention.placed


def _unplaced_rows(work: ArticleWork) -> dict[str, SpanRow]:
    """Claims and marks without a place, as the text would show them."""
    rows: list[tuple[Annotation, ClaimId | None, tuple[TagId, ...], str, bool]] = [
        (view.mention, view.claim.id, view.claim.tags, view.claim.verdict, bool(view.claim.note))
        for view in work.claims
        if not view.mention.placed
    ]
    rows += [(mark, None, mark.tags, "", bool(mark.note)) for mark in work.marks if not mark.placed]
    return {
        item.id: SpanRow(item.start, item.end, item.id, claim_id, next(iter(tags), None), verdict, has_note)
        for item, claim_id, tags, verdict, has_note in rows
    }


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
