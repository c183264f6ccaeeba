"""What was done, by whom and when, in words; and the way back to how things were."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from annotator.domain.changes import Change, Edit, Origin
from annotator.domain.entity import Entity
from annotator.domain.ids import ClaimId
from annotator.domain.rating import RATING_ORDER, Rating, in_force
from annotator.errors import NotFound
from annotator.services import bin as bins
from annotator.services import lookup, naming
from annotator.services.naming import Wording
from annotator.storage import journal, references
from annotator.storage.codec import codec_of, time_to_text
from annotator.storage.references import Key, Referrer
from annotator.storage.store import Store
from annotator.storage.tables import ENTITIES

_PARTS = frozenset({"article_text", "attachment"})  # of an article, which stands for them
About = Mapping[str, Collection[str]]  # ids by kind


@dataclass(frozen=True, slots=True)
class Scope:
    """What a history is about: the whole "library", an "article" or a "claim" with what belongs to it.

    A claim's is itself, its passages, evidence and ratings; an article's is itself, its texts and annotations, and the
    claims it mentions with their evidence and ratings. Any other kind is just the thing itself.
    """

    kind: str = "library"
    id: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field's value before and after, in words for people; "" for nothing."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Altered:
    """What a step did to one thing. `happened` is created, changed, deleted or restored; `name` tells what it is."""

    kind: str
    id: str
    name: str
    happened: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """An edit, or the edits of one go; then `seq` and `at` are those of the last."""

    seq: int
    at: datetime
    by: str
    label: str
    origin: Origin
    altered: tuple[Altered, ...]


def steps(store: Store, scope: Scope, *, limit: int = 100, before: int | None = None) -> list[Step]:
    """What was done, the youngest first; with `before`, what was done before the step of that number."""
    about = _about(store, scope)
    groups: list[list[Edit]] = []
    for edit in journal.edits_down(store.connection, below=_below(store, before), about=about):
        if groups and _begin(groups[-1][0]) == _begin(edit):
            groups[-1].append(edit)
            continue
        if len(groups) == limit:
            break
        groups.append([edit])
    changes = journal.changes_of(store.connection, [edit.seq for group in groups for edit in group])
    told = []
    for group in groups:
        parts = [changes[edit.seq] for edit in reversed(group) if edit.seq in changes]
        found = parts[0] if len(parts) == 1 else journal.merged(item for part in parts for item in part)
        told.append([item for item in found if about is None or item.id in about.get(item.kind, ())])
    altered = in_words(store, told)
    return [
        Step(group[0].seq, group[0].at, group[0].by, group[0].label, group[0].origin, items)
        for group, items in zip(groups, altered, strict=True)
    ]


def edits(store: Store, scope: Scope | None = None, *, limit: int = 200) -> list[tuple[Edit, list[Change]]]:
    """The youngest edits first as the journal has them, each with all it changed; of the library when not said."""
    found: list[Edit] = []
    about = None if scope is None else _about(store, scope)
    for edit in journal.edits_down(store.connection, about=about):
        if len(found) == limit:
            break
        found.append(edit)
    changes = journal.changes_of(store.connection, [edit.seq for edit in found])
    return [(edit, changes[edit.seq]) for edit in found if edit.seq in changes]


def scope_of(store: Store, reference: str, kinds: Mapping[type[Entity], str]) -> Scope:
    """The history of what is meant; things in the bin, and gone ones, have one too, and are found by their whole id.

    Raises:
        NotFound, Ambiguous: as `lookup.anything`.
    """
    whole = reference.strip().lower()
    kind = journal.kind_of(store.connection, whole)
    if kind:
        return Scope(kind, whole)
    found = lookup.anything(store, reference, kinds)
    return Scope(next(name for name, cls in ENTITIES.items() if cls is type(found)), found.id)


def restore_state(store: Store, scope: Scope, *, seq: int) -> int:
    """Put everything in the scope back as it was right after a step; how many things that changed.

    What was made since goes to the bin, what went there since comes back, with what it hangs on. Ratings given since
    are withdrawn. What was deleted for good stays so. It is an edit like any other: undo takes it back.

    Raises:
        NotFound: there is no such step.
    """
    if seq and journal.read_edit(store.connection, seq) is None:
        raise NotFound(f"There is no step {seq} in the history.", kept="Nothing was changed.")
    known = {(item.kind, item.id) for item in store.changes}
    since = journal.changes_after(store.connection, seq, _about(store, scope))
    rated = [item for item in since if item.kind == "rating"]
    wanted = {(item.kind, item.id): item for item in journal.merged(i for i in since if i.kind != "rating")}
    staying = _staying(store, wanted)
    for key, item in reversed(wanted.items()):
        fields = _fields_then(store, item, binned=key not in staying)
        journal.set_fields(store, *key, fields)
    _restore_ratings(store, rated, made_since={key for key, item in wanted.items() if item.before is None})
    live = {key for key in wanted if _is_live(store, key)}
    # The text of an article that lies in the bin stays where it is: it alone brings no article back.
    whole = {key for key in live if key[0] not in _PARTS}
    bins.bring_back(store, whole, leave=wanted.keys() - live)
    done = {(item.kind, item.id) for item in store.changes if item.kind not in _PARTS}
    return len(done - known)


def _fields_then(store: Store, item: Change, *, binned: bool) -> dict[str, Any]:
    """What to set to have an entity as it was. Something new to the bin lies there from now on."""
    fields = {"deleted_at": ""} if item.before is None else dict(item.before)
    if fields.get("deleted_at") is not None and "deleted_at" in fields:
        if not binned or not _is_live(store, (item.kind, item.id)):
            del fields["deleted_at"]
        else:
            fields["deleted_at"] = time_to_text(store.now)
    return fields


def _staying(store: Store, wanted: Mapping[Key, Change]) -> set[Key]:
    """What would go to the bin but has to stay, as something outside of the scope hangs on it."""
    going = {
        key
        for key, item in wanted.items()
        if (item.before is None or item.before.get("deleted_at") is not None) and _is_live(store, key)
    }
    staying: set[Key] = set()
    while True:
        held = {
            item.target
            for item in references.referrers(store, going)
            if item.holds
            and item.deleted_at is None
            and item.key not in going
            and item.key[0] not in ("rating", *_PARTS)
            and not _lets_go(item, wanted.get(item.key))
        }
        if not held:
            return staying
        staying |= held
        going -= held


def _lets_go(item: Referrer, change: Change | None) -> bool:
    """Whether what hangs on a thing now hung on another one then, as evidence that was given another source."""
    fields = change.before if change is not None and change.before is not None else {}
    return any(
        fields[reference.column] != item.target[1]
        for reference in references.REFERENCES
        if (reference.kind, reference.target) == (item.key[0], item.target[0]) and reference.column in fields
    )


def _restore_ratings(store: Store, since: Iterable[Change], *, made_since: Collection[Key]) -> None:
    """Have those ratings in force that were then. A claim that wasn't there keeps what it got."""
    late = {item.id for item in since}
    claims = dict.fromkeys(str(item.after.get("claim_id", "")) for item in since)
    for claim in claims:
        if ("claim", claim) in made_since:
            continue
        rows = store.find(Rating, {"claim_id": ClaimId(claim)}, order=RATING_ORDER)
        then, now = in_force(row for row in rows if row.id not in late), in_force(rows)
        for row in rows:
            if row.withdraws is None and row.id in then and row.id not in now:
                journal.reinstate(store, row.id)
            elif row.withdraws is None and row.id in now and row.id not in then:
                journal.withdraw(store, row.id)


def _is_live(store: Store, key: Key) -> bool:
    return bool(store.find(ENTITIES[key[0]], {"id": key[1]}))


def _about(store: Store, scope: Scope) -> About | None:
    """The things whose changes belong to a history; None for all."""
    if scope.kind == "library":
        return None
    if scope.kind == "claim":
        return _with_claims(store, {"claim": {scope.id}})
    if scope.kind != "article":
        return {scope.kind: {scope.id}}
    texts = references.texts_of(store, [scope.id])
    text_ids = {text for _, text, _ in texts}
    annotations = set(references.ids_where(store, "annotation", "text_id", text_ids))
    mentioned = references.targets(store, (("annotation", id) for id in annotations), holding=True)
    return _with_claims(
        store,
        {
            "article": {scope.id},
            "article_text": text_ids,
            "attachment": {original for _, _, original in texts if original is not None}
            | set(references.pictures_of(store, text_ids)),
            "annotation": annotations,
            "claim": {item.target[1] for item in mentioned if item.target[0] == "claim"},
        },
    )


def _with_claims(store: Store, about: dict[str, set[str]]) -> About:
    """The same with what belongs to the claims; of an article, its own passages only."""
    claims = about["claim"]
    if "annotation" not in about:
        about["annotation"] = set(references.ids_where(store, "annotation", "claim_id", claims))
    for kind in ("evidence", "rating", "question"):
        about[kind] = set(references.ids_where(store, kind, "claim_id", claims))
    about["answer"] = set(references.ids_where(store, "answer", "question_id", about["question"]))
    relations = (references.ids_where(store, "claim_relation", end, claims) for end in ("from_id", "to_id"))
    about["claim_relation"] = {id for ids in relations for id in ids}
    return about


def _below(store: Store, before: int | None) -> int | None:
    """The number of the edit that a step begins with."""
    edit = None if before is None else journal.read_edit(store.connection, before)
    return before if edit is None else _begin(edit)


def _begin(edit: Edit) -> int:
    return edit.target if edit.origin is Origin.LOCAL and edit.target is not None else edit.seq


def in_words(store: Store, groups: Sequence[Sequence[Change]]) -> list[tuple[Altered, ...]]:
    """What the changes of each step mean to people."""
    told = [
        [item for item in group if item.kind not in _PARTS or not _has_article(group)] for group in groups
    ]
    ratings = _withdrawn(store, (item for group in told for item in group))
    names = naming.names(
        store, {(item.kind, ratings.get(item.id, item.id)) for group in told for item in group}
    )
    words = Wording(store)
    return [
        tuple(_altered(item, ratings, names, words) for item in group if item.kind in ENTITIES)
        for group in told
    ]


def _has_article(changes: Iterable[Change]) -> bool:
    return any(item.kind == "article" for item in changes)


def _withdrawn(store: Store, changes: Iterable[Change]) -> dict[str, str]:
    """The rating that each withdrawal among these is about in the end, by the withdrawal's id."""
    ahead = {
        item.id: str(item.after["withdraws"])
        for item in changes
        if item.kind == "rating" and item.after.get("withdraws")
    }
    found = dict(ahead)
    while ahead:
        rows = {row.id: row for row in store.find(Rating, any_of=("id", set(ahead.values())))}
        deeper = {}
        for id, about in ahead.items():
            row = rows.get(about)  # type: ignore[call-overload]
            if row is not None and row.withdraws is not None and row.withdraws != found[id]:
                deeper[id] = found[id] = row.withdraws
        ahead = deeper
    return found


def _altered(item: Change, ratings: Mapping[str, str], names: Mapping[Key, str], words: Wording) -> Altered:
    id = ratings.get(item.id, item.id)
    name = names.get((item.kind, id), "")
    if item.id in ratings:
        direct = str(item.after["withdraws"])
        return Altered(item.kind, id, name, "deleted" if direct == id else "restored", ())
    return Altered(item.kind, id, name, _happened(item), tuple(_field_changes(item, words)))


def _happened(item: Change) -> str:
    if not item.after:
        return "deleted"
    if "deleted_at" in item.after and (item.before is not None or item.after["deleted_at"] is not None):
        return "restored" if item.after["deleted_at"] is None else "deleted"
    return "created" if item.before is None else "changed"


def _field_changes(item: Change, words: Wording) -> Iterator[FieldChange]:
    codec = codec_of(ENTITIES[item.kind])
    before: Mapping[str, Any] = codec.usual() if item.before is None else item.before
    for field in (name for name in codec.columns if name in item.after and naming.is_shown(item.kind, name)):
        stored = item.after[field]
        if field in before and before[field] == stored:
            continue
        earlier = None if item.before is None else before.get(field)
        if field == "csl":
            was, now = words.members(earlier), words.members(stored)
            for name in dict.fromkeys((*was, *now)):
                if was.get(name, "") != now.get(name, ""):
                    yield FieldChange(name, was.get(name, ""), now.get(name, ""))
            continue
        pair = words.value(field, earlier), words.value(field, stored)
        if pair[0] != pair[1]:
            yield FieldChange(field, *pair)
