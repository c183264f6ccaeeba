"""Annotations that are no claims: highlights and notes; and the passages a reader paints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.domain.anchoring import describe, joined
from annotator.domain.annotation import AnchorState, Annotation, Motivation
from annotator.domain.article import ArticleText
from annotator.domain.ids import AnnotationId, ClaimId, TagId, TextId
from annotator.domain.selectors import TextSpan
from annotator.domain.views import SpanRow
from annotator.errors import ConcurrentEdit, InvalidValue, NotFound
from annotator.services.editing import put_changes
from annotator.storage import overview
from annotator.storage.store import Store


def mark_passage(
    store: Store,
    *,
    text_id: TextId,
    span: TextSpan,
    motivation: Motivation,
    claim_id: ClaimId | None = None,
    note: str = "",
    tags: Sequence[TagId] = (),
) -> Annotation:
    """Store an annotation of one passage.

    Raises:
        InvalidValue: the passage is empty or outside of the text.
        NotFound: the article isn't there any more.
    """
    if not overview.is_readable(store, text_id):  # deleted elsewhere while somebody read it
        raise NotFound(
            "This article was deleted in the meantime.",
            kept="Nothing was added.",
            todo="Bring the article back from the bin first.",
        )
    segment = describe(store.get_immutable(ArticleText, text_id).text, span)
    return store.put(
        Annotation(
            id=AnnotationId(store.new_id()),
            text_id=text_id,
            segments=(segment,),
            start=segment.start,
            end=segment.end,
            motivation=motivation,
            claim_id=claim_id,
            note=note,
            tags=tuple(tags),
        )
    )


def add_highlight(
    store: Store, *, text_id: TextId, span: TextSpan, note: str = "", tags: Sequence[TagId] = ()
) -> Annotation:
    """Mark a passage, with a note if there is one."""
    motivation = Motivation.COMMENTING if note else Motivation.HIGHLIGHTING
    return mark_passage(store, text_id=text_id, span=span, motivation=motivation, note=note, tags=tags)


def set_note(
    store: Store, *, annotation_id: AnnotationId, note: str, base: Annotation | None = None
) -> Annotation:
    """Change the note of a passage; a highlight with a note is a comment.

    Raises:
        EditConflict: somebody else changed the note since `base`, the passage as the editor saw it.
    """
    annotation = store.get(Annotation, annotation_id)
    if base is not None:
        annotation = put_changes(store, base=base, mine=replace(base, note=note))
    motivation = annotation.motivation
    if motivation in (Motivation.HIGHLIGHTING, Motivation.COMMENTING):
        motivation = Motivation.COMMENTING if note else Motivation.HIGHLIGHTING
    return store.put(replace(annotation, note=note, motivation=motivation))


def set_segments(
    store: Store,
    *,
    annotation_id: AnnotationId,
    spans: Sequence[TextSpan],
    was: Sequence[TextSpan] = (),
) -> Annotation:
    """Let an annotation mark other passages of its text: their words and context are described anew, and it is attached
    to them. All else of it stays, and so does its claim with all that hangs on it. Passages that overlap, or have only
    white space between them, become one. With `was`, the passages as they were shown, only if it still has these.

    Raises:
        InvalidValue: there is no passage, or one is blank or outside of the text.
        ConcurrentEdit: its passages were changed in the meantime.
    """
    annotation = store.get(Annotation, annotation_id)
    if was and tuple(was) != tuple((part.start, part.end) for part in annotation.segments):
        raise ConcurrentEdit(
            "The passages of this mark were changed elsewhere in the meantime.",
            kept="The other change is kept; nothing else was changed.",
            todo="Look at the mark as it is now, and change it again.",
        )
    if not spans:
        raise InvalidValue(
            "A mark needs a passage.", kept="Its old ones stay.", todo="Delete the mark if it isn't needed."
        )
    text = store.get_immutable(ArticleText, annotation.text_id).text
    for span in spans:
        describe(text, span)  # refuses what is no passage before any are joined
    segments = tuple(describe(text, span) for span in joined(text, spans))
    return store.put(
        replace(
            annotation,
            segments=segments,
            start=segments[0].start,
            end=segments[-1].end,
            segment_count=len(segments),
            state=AnchorState.ATTACHED,
            score=1.0,
        )
    )


def set_tags(store: Store, *, annotation_id: AnnotationId, tags: Sequence[TagId]) -> Annotation:
    """Change the tags of a highlight or note."""
    return store.put(replace(store.get(Annotation, annotation_id), tags=tuple(tags)))


def delete_annotation(store: Store, *, annotation_id: AnnotationId) -> Annotation:
    """Move a highlight or note to the bin."""
    return store.remove(store.get(Annotation, annotation_id))


def passages(
    store: Store, text_id: TextId, *, near: tuple[int, int] | None = None, ids: Sequence[str] | None = None
) -> list[SpanRow]:
    """What the reader paints: all passages of a text in order, those near a range, or those of some annotations."""
    return overview.spans(store, text_id, near=near, ids=ids)


def marks(store: Store, text_id: TextId) -> list[Annotation]:
    """The highlights and notes of a text, in text order."""
    found = store.find(
        Annotation, {"text_id": text_id, "claim_id": None}, order=("start", "end", "created_at", "id")
    )
    return [item for item in found if item.motivation is not Motivation.CLAIM]


def is_mark_of(annotation: Annotation, text_id: TextId) -> bool:
    """Whether `marks` of that text would hold an annotation."""
    is_mark = annotation.claim_id is None and annotation.motivation is not Motivation.CLAIM
    return is_mark and annotation.text_id == text_id and annotation.deleted_at is None
