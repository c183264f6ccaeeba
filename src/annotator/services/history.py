"""What was done, by whom and when."""

from __future__ import annotations

from annotator.domain.annotation import Annotation
from annotator.domain.changes import Change, Edit
from annotator.domain.evidence import Evidence
from annotator.domain.rating import Rating
from annotator.storage import journal
from annotator.storage.store import Store


def edits(store: Store, *, limit: int = 200) -> list[tuple[Edit, list[Change]]]:
    """The youngest edits of the library first, each with its changes."""
    return journal.history(store.connection, limit=limit)


def edits_of(store: Store, entity_id: str, *, limit: int = 200) -> list[tuple[Edit, list[Change]]]:
    """The youngest edits first that touched an entity, or the mentions, evidence and ratings of a claim."""
    ids = [entity_id]
    for cls in (Annotation, Evidence, Rating):
        ids += [item.id for item in store.find(cls, {"claim_id": entity_id}, deleted=True)]
    return journal.history(store.connection, entity_ids=ids, limit=limit)
