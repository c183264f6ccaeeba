"""Checks a library: the file, its references, texts, anchors and history; and repairs what can be repaired."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from annotator.domain.anchoring import occurrences
from annotator.domain.annotation import AnchorState, Annotation
from annotator.domain.article import ArticleText
from annotator.domain.claim import Claim
from annotator.domain.entity import Entity
from annotator.domain.ids import ClaimId
from annotator.domain.rating import Rating
from annotator.domain.selectors import Segment, TextSpan
from annotator.services import ratings
from annotator.storage import check as storage
from annotator.storage import salvage as salvaging
from annotator.storage.salvage import Salvage
from annotator.storage.store import Store
from annotator.storage.tables import ENTITIES, TABLES

_ROUNDS = 4  # one repair may bring up the next: what hangs on a thing that went to the bin
_SLICE = {"article_text": 1, "attachment": 1}
_ANCHORED = (AnchorState.ATTACHED, AnchorState.MOVED)
_WORDS = {"article_text": "text", "annotation": "passage"}
_BACKUP = "it can't be mended; a backup may have it as it was"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one thing; `kind` "file" is the library itself, "edit" a step of the history."""

    kind: str
    id: str
    what: str
    repairable: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, and how many rows of each kind it looked at."""

    problems: tuple[Problem, ...]
    checked: tuple[tuple[str, int], ...]

    @property
    def repairable(self) -> int:
        """How many of the problems `repair` would mend."""
        return sum(problem.repairable for problem in self.problems)


@dataclass(frozen=True, slots=True)
class _Finding:
    """A problem with the change that mends it, if there is one."""

    problem: Problem
    mend: Callable[[Store], object] | None = None


def check(store: Store) -> Report:
    """Look at everything; changes nothing.

    Where the structure of the file is damaged, that is all the report says: what else would be found is a consequence.
    """
    broken = storage.integrity(store)
    if broken:
        return Report(tuple(Problem("file", "", line) for line in broken), ())
    problems = tuple(finding.problem for finding in _findings(store))
    counts = {kind: len(storage.row_ids(store, cls)) for kind, cls in ENTITIES.items()}
    return Report(problems, tuple((counts | storage.journal_rows(store)).items()))


def salvage(damaged: Path, new: Path) -> Salvage:
    """Save what can be read of a damaged library file into a new one; the damaged one is never changed.

    Raises:
        LibraryError: `new` exists or can't be written, or nothing can be read.
    """
    return salvaging.salvage(damaged, new)


def repair(store: Store) -> tuple[Problem, ...]:
    """Mend what can be mended, as one step that undo takes back; returns what was mended.

    Passages are found again by their words or marked as orphans, fields that follow from others are set anew, things
    that hang on nothing go to the bin. Content that isn't what it was is never touched.
    """
    if storage.integrity(store):
        return ()
    mended: list[Problem] = []
    for _ in range(_ROUNDS):
        findings = [finding for finding in _findings(store) if finding.mend is not None]
        for finding in findings:
            if finding.mend is not None:
                finding.mend(store)
        mended += [finding.problem for finding in findings]
        if not findings:
            break
    return tuple(mended)


def _findings(store: Store) -> Iterator[_Finding]:
    damaged = yield from _changed_content(store)
    yield from _unreadable(store)
    hanging: set[tuple[str, str]] = set()
    for finding in _hanging(store):
        hanging.add((finding.problem.kind, finding.problem.id))
        yield finding
    for text_id in storage.row_ids(store, ArticleText):
        yield from _anchors(store, text_id, damaged, hanging)
    yield from _verdicts(store)
    for seq in storage.broken_links(store):
        what = "this step of the history, or the one before it, was changed from outside"
        yield _Finding(Problem("edit", str(seq), what))


def _changed_content(store: Store) -> Generator[_Finding, None, set[str]]:
    """Texts and originals that aren't what was stored; returns the ids of the texts."""
    damaged: set[str] = set()
    for row in storage.text_digests(store):
        if row.stored != row.found:
            damaged.add(row.id)
            what = f"the text is not the one that was stored (its SHA-256 differs); {_BACKUP}"
            yield _Finding(Problem("article_text", row.id, what))
    for row in storage.original_digests(store):
        if row.stored != row.found:
            what = f"the file kept here is not the one that was stored (its SHA-256 differs); {_BACKUP}"
            yield _Finding(Problem("attachment", row.id, what))
    for id in storage.unlike_originals(store):
        what = f"its original is another file than the one it was made from; {_BACKUP}"
        yield _Finding(Problem("article_text", id, what))
    return damaged


def _unreadable(store: Store) -> Iterator[_Finding]:
    """Reads every row there is; those that can't be read."""
    for kind, cls in ENTITIES.items():
        ids, step = storage.row_ids(store, cls), _SLICE.get(kind, 500)
        for at in range(0, len(ids), step):
            store.find(cls, any_of=("id", ids[at : at + step]), deleted=True)
    for row in store.broken:
        yield _Finding(Problem(row.kind, row.id, f"the row can't be read: {row.reason}; {_BACKUP}"))


def _hanging(store: Store) -> Iterator[_Finding]:
    unreadable = {(row.kind, row.id) for row in store.broken}
    seen: set[tuple[str, str, str]] = set()
    found = (*storage.dangling(store), *storage.left_behind(store), *storage.pictures_of_nothing(store))
    for item in found:
        key = (item.kind, item.id, item.column)
        if key in seen or (item.kind, item.id) in unreadable:
            continue
        seen.add(key)
        word = _WORDS.get(item.target, item.target)
        what = f"the {word} it belongs to is missing or in the bin"
        mend: Callable[[Store], object] | None = None
        if item.kind in ENTITIES and item.kind != "rating":  # ratings and the history are never changed
            keeps = item.optional and not _is_mention(store, item)
            mend = _clearing(item) if keeps else _binning(item)
        yield _Finding(Problem(item.kind, item.id, what, mend is not None), mend)


def _is_mention(store: Store, item: storage.Dangling) -> bool:
    """Whether a claim is all that an annotation is for."""
    return item.column == "claim_id" and any(
        found.motivation == "claim" for found in store.find(Annotation, {"id": item.id})
    )


def _clearing(item: storage.Dangling) -> Callable[[Store], object]:
    nothing: Any = {item.column: None}
    return lambda store: [store.put(replace(found, **nothing)) for found in _live(store, item)]


def _binning(item: storage.Dangling) -> Callable[[Store], object]:
    return lambda store: [store.remove(found) for found in _live(store, item)]


def _live(store: Store, item: storage.Dangling) -> list[Entity]:
    return list(store.find(ENTITIES[item.kind], {"id": item.id}))


def _anchors(
    store: Store, text_id: str, damaged: set[str], hanging: set[tuple[str, str]]
) -> Iterator[_Finding]:
    """Passages of a text whose words aren't at their place, or whose columns don't follow from their segments."""
    annotations = store.find(Annotation, {"text_id": text_id})
    texts = store.find(ArticleText, {"id": text_id}, deleted=True) if annotations else []
    for text in texts:
        for item in annotations:
            if (TABLES[Annotation].name, item.id) in hanging:
                continue
            adrift = item.state in _ANCHORED and not _holds(text.text, item.segments)
            if adrift and text_id in damaged:
                what = "its words are not at their place, as the text is not the one that was stored"
                yield _Finding(Problem("annotation", item.id, what))
            elif adrift:
                what = "its words are not at their place in the text"
                yield _Finding(Problem("annotation", item.id, what, True), _anchoring(item, text.text))
            elif _following(item) != item:
                what = "its start, end or number of segments does not follow from its segments"
                yield _Finding(Problem("annotation", item.id, what, True), _putting(_following(item)))


def _holds(text: str, segments: tuple[Segment, ...]) -> bool:
    return all(0 <= part.start < part.end and text[part.start : part.end] == part.exact for part in segments)


def _following(item: Annotation) -> Annotation:
    """The annotation with the columns that follow from its segments."""
    first, last = item.segments[0], item.segments[-1]
    return replace(item, start=first.start, end=last.end, segment_count=len(item.segments))


def _putting(entity: Entity) -> Callable[[Store], object]:
    return lambda store: store.put(entity)


def _anchoring(item: Annotation, text: str) -> Callable[[Store], object]:
    found = [_place(text, part) for part in item.segments]
    placed = tuple(
        part._replace(start=span.start, end=span.end)
        for part, span in zip(item.segments, found, strict=True)
        if span is not None
    )
    in_order = all(one.end <= other.start for one, other in pairwise(placed))
    if len(placed) == len(item.segments) and in_order:
        return _putting(_following(replace(item, segments=placed, state=AnchorState.MOVED)))
    return _putting(replace(item, state=AnchorState.ORPHAN, score=0.0))


def _place(text: str, part: Segment) -> TextSpan | None:
    """The only place of the words, or the only one with the words around them; None where that isn't sure."""
    found = list(occurrences(text, part.exact))
    if len(found) > 1:
        found = [
            span
            for span in found
            if text[: span.start].endswith(part.prefix) and text.startswith(part.suffix, span.end)
        ]
    return found[0] if len(found) == 1 else None


def _verdicts(store: Store) -> Iterator[_Finding]:
    """Claims whose verdict isn't that of their rating in force. A claim without one may have come with a verdict."""
    ids = [ClaimId(id) for id in storage.row_ids(store, Claim)]
    for at in range(0, len(ids), 500):
        history = ratings.history(store, ids[at : at + 500])
        for claim in store.find(Claim, any_of=("id", list(history))):
            in_force: tuple[Rating, ...] = history[claim.id]
            if not in_force:
                continue
            wanted = replace(claim, verdict=in_force[-1].verdict, confidence=in_force[-1].confidence)
            if wanted != claim:
                what = "its verdict or confidence is not that of its rating in force"
                yield _Finding(Problem("claim", claim.id, what, True), _putting(wanted))
