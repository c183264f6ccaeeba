"""What was done, by whom and when."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.domain.annotation import Annotation
from annotator.domain.changes import Change, Edit
from annotator.domain.entity import Entity
from annotator.domain.evidence import Evidence
from annotator.domain.rating import Rating
from annotator.services import lookup
from annotator.storage import journal
from annotator.storage.store import Store


def edits(store: Store, *, limit: int = 200) -> list[tuple[Edit, list[Change]]]:
    """The youngest edits of the library first, each with its changes."""
    return journal.history(store.connection, limit=limit)


def entity_with(store: Store, reference: str, kinds: Mapping[type[Entity], str]) -> str:
    """The id of what is meant; things in the bin have a history too, and are found by their whole id.

    Raises:
        NotFound, Ambiguous: as `lookup.anything`.
    """
    whole = reference.strip().lower()
    if journal.history(store.connection, entity_ids=[whole], limit=1):
        return whole
    return lookup.anything(store, reference, kinds).id


def edits_of(store: Store, entity_id: str, *, limit: int = 200) -> list[tuple[Edit, list[Change]]]:
    """The youngest edits first that touched an entity, or the mentions, evidence and ratings of a claim."""
    ids = [entity_id]
    for cls in (Annotation, Evidence, Rating):
        ids += [item.id for item in store.find(cls, {"claim_id": entity_id}, deleted=True)]
    return journal.history(store.connection, entity_ids=ids, limit=limit)
