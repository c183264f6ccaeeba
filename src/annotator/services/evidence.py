"""Evidence: links between claims and sources."""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotator.domain.claim import Claim
from annotator.domain.evidence import Evidence, Stance
from annotator.domain.ids import ClaimId, EvidenceId, SourceId
from annotator.domain.source import Source
from annotator.services.editing import put_changes
from annotator.storage.store import Store


@dataclass(frozen=True, slots=True)
class EvidenceFields:
    """What a link says beside what it links."""

    stance: Stance
    quote: str = ""
    locator: str = ""
    note: str = ""
    strength: int = 0


def link_evidence(
    store: Store, *, claim_id: ClaimId, source_id: SourceId, fields: EvidenceFields
) -> Evidence:
    """Link a source to a claim; it comes last in the claim's list.

    Raises:
        NotFound: there is no such claim or source.
        InvalidValue: the strength is not within 0-4.
    """
    store.get(Claim, claim_id)
    store.get(Source, source_id)
    ranks = [item.rank for item in store.find(Evidence, {"claim_id": claim_id})]
    return store.put(
        Evidence(
            id=EvidenceId(store.new_id()),
            claim_id=claim_id,
            source_id=source_id,
            stance=fields.stance,
            strength=fields.strength,
            quote=fields.quote.strip(),
            locator=fields.locator.strip(),
            note=fields.note.strip(),
            rank=max(ranks, default=0) + 1,
        )
    )


def edit_evidence(
    store: Store,
    *,
    evidence_id: EvidenceId,
    source_id: SourceId,
    fields: EvidenceFields,
    base: Evidence | None = None,
) -> Evidence:
    """Change a link.

    Raises:
        NotFound: there is no such source.
        EditConflict: somebody else changed the same fields since `base`, the link as the editor saw it.
    """
    store.get(Source, source_id)
    seen = base or store.get(Evidence, evidence_id)
    wanted = replace(
        seen,
        source_id=source_id,
        stance=fields.stance,
        strength=fields.strength,
        quote=fields.quote.strip(),
        locator=fields.locator.strip(),
        note=fields.note.strip(),
    )
    return put_changes(store, base=seen, mine=wanted)


def unlink_evidence(store: Store, *, evidence_id: EvidenceId) -> Evidence:
    """Move a link to the bin."""
    return store.remove(store.get(Evidence, evidence_id))
