"""Words for things and for their fields: a few that tell what a thing is, and values as people read them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from annotator.domain.annotation import Annotation
from annotator.domain.claim import Claim, ClaimRelation
from annotator.domain.entity import Entity
from annotator.domain.evidence import Evidence
from annotator.domain.rating import DEFAULT_SCALE, Rating, Scale
from annotator.domain.source import Source
from annotator.domain.tag import Tag
from annotator.storage import journal, references
from annotator.storage.references import Key
from annotator.storage.store import Store
from annotator.storage.tables import ENTITIES

_LONGEST = 80  # characters of a name
_NAMED_BY = ("title", "statement", "name", "original_name", "text", "quote", "kind")
# Fields that say nothing to people, or the same as another one.
_HIDDEN = frozenset(
    {"id", "rev", "created_at", "updated_at", "created_by", "deleted_at", "extra", "parent_id", "text_id"}
    | {"start", "end", "segment_count", "score", "rank", "seq", "direction", "steps", "withdraws"}
    | {
        "sha256",
        "importer",
        "importer_version",
        "original_sha256",
        "original_type",
        "original_id",
        "media_type",
    }
    | {"rated_by", "rated_at"}
)
_HIDDEN_OF = {
    "annotation": {"claim_id", "state", "motivation"},
    "rating": {"claim_id", "evidence", "verdict", "confidence"},
    "evidence": {"claim_id"},
    "answer": {"question_id", "evidence"},
}
_SHOWN_OF_CSL = ("type", "container-title", "publisher", "volume", "issue", "page")
# What a reference to a thing is called.
_REFERENCES: Mapping[str, type[Entity]] = {
    item.column: ENTITIES[item.target] for item in references.REFERENCES
}
Words = Mapping[str, str]


def shortened(words: str) -> str:
    """The beginning of some words, on one line."""
    line = " ".join(words.split())
    if len(line) <= _LONGEST:
        return line
    return line[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"


def names(store: Store, keys: Iterable[Key]) -> dict[Key, str]:
    """A few words for each thing: a claim's statement, a source's title, a passage's quote. Things in the bin have
    names too, and those deleted for good are called as when they were made."""
    wanted = set(keys)
    found: dict[Key, str] = {}
    for kind, ids in references.by_kind(wanted).items():
        cls = ENTITIES[kind]
        if kind in ("article_text", "attachment"):  # large; what tells them is in the journal
            continue
        for entity in store.find(cls, any_of=("id", ids), deleted=True):
            found[(kind, entity.id)] = shortened(_name(store, entity))
    for key, stored in journal.first_fields(store.connection, wanted - found.keys()).items():
        found[key] = shortened(_stored_name(key[0], stored))
    return found


def _name(store: Store, entity: Entity) -> str:
    if isinstance(entity, Annotation):
        return " … ".join(segment.exact for segment in entity.segments)
    if isinstance(entity, Rating):
        return _judgement(_verdicts(store), entity.verdict, entity.confidence)
    if isinstance(entity, Evidence) and not entity.quote:
        return " ".join(source.title for source in store.find(Source, {"id": entity.source_id}, deleted=True))
    if isinstance(entity, ClaimRelation):
        return " → ".join(
            claim.statement
            for id in (entity.from_id, entity.to_id)
            for claim in store.find(Claim, {"id": id}, deleted=True)
        )
    return next((str(found) for name in _NAMED_BY if (found := getattr(entity, name, ""))), "")


def _stored_name(kind: str, stored: Mapping[str, Any]) -> str:
    if kind == "annotation":
        return " … ".join(str(part[2]) for part in json.loads(stored.get("segments") or "[]"))
    if kind == "rating":
        verdict = str(stored.get("verdict") or "")
        return _judgement(
            {step.key: step.label for step in DEFAULT_SCALE.steps}, verdict, stored.get("confidence")
        )
    return next((str(stored[name]) for name in _NAMED_BY if stored.get(name)), "")


def _judgement(verdicts: Words, verdict: str, confidence: int | None) -> str:
    label = verdicts.get(verdict, verdict)
    return label if confidence is None else f"{label}, {confidence} %"


def _verdicts(store: Store) -> dict[str, str]:
    """The label of each verdict, by its key."""
    scales = [DEFAULT_SCALE, *store.find(Scale, deleted=True)]
    return {step.key: step.label for scale in scales for step in scale.steps}


def is_shown(kind: str, field: str) -> bool:
    """Whether a field says anything to people."""
    return field not in _HIDDEN and field not in _HIDDEN_OF.get(kind, ())


class Wording:
    """Turns stored values into words; looks up what they refer to once, for as long as it lives."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._verdicts = _verdicts(store)
        self._tags: dict[str, str] = {tag.id: tag.name for tag in store.find(Tag, deleted=True)}
        self._named: dict[Key, str] = {}

    def value(self, field: str, stored: Any) -> str:
        """A stored value as people read it; "" for nothing."""
        if stored in (None, "", "[]", "{}", False, 0) and field != "confidence":
            return ""
        if field == "confidence":
            return "" if stored is None else f"{stored} %"
        if field == "verdict":
            return self._verdicts.get(str(stored), str(stored))
        if field == "tags":
            return ", ".join(self._tags.get(tag, tag) for tag in json.loads(stored))
        if field == "segments":
            return " … ".join(str(part[2]) for part in json.loads(stored))
        if field in _REFERENCES:
            return self._referred(field, str(stored))
        if field == "authors":
            return ", ".join(json.loads(stored))
        return "yes" if stored is True else str(stored)

    def members(self, stored: Any) -> dict[str, str]:
        """The members of a bibliographic record that no other field shows."""
        record = json.loads(stored) if stored else {}
        return {name: str(record[name]) for name in _SHOWN_OF_CSL if record.get(name)}

    def _referred(self, field: str, id: str) -> str:
        cls = _REFERENCES[field]
        key = (next(kind for kind, known in ENTITIES.items() if known is cls), id)
        if key not in self._named:
            self._named.update(names(self._store, [key]))
        return self._named.get(key, id)
