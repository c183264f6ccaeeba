"""`annotator link` and `unlink`: evidence."""

from __future__ import annotations

import click

from annotator.cli.frame import command, text
from annotator.cli.session import Session
from annotator.domain.claim import Claim
from annotator.domain.evidence import Evidence, Stance
from annotator.services import evidence, lookup
from annotator.services.evidence import EvidenceFields
from annotator.services.library import Store


@command("link")
@click.argument("claim", type=text)
@click.argument("source", type=text)
@click.option(
    "--stance",
    type=click.Choice([stance.value for stance in Stance]),
    required=True,
    help="What the source does to the claim.",
)
@click.option("--quote", type=text, default="", help="The words of the source that bear on the claim.")
@click.option("--locator", type=text, default="", help="The place in the source: p. 14, §3, table 9.")
@click.option("--strength", type=int, default=0, help="0 (not given) to 4 (decisive).")
@click.option("--note", type=text, default="", help="A note on it.")
def link(session: Session, claim: str, source: str, stance: str, **more: str | int) -> None:
    """Link a source to a claim as evidence. Answers with the id of the link."""

    def add(store: Store) -> Evidence:
        return evidence.link_evidence(
            store,
            claim_id=lookup.by_id(store, Claim, claim, word="claim").id,
            source_id=lookup.source(store, source).id,
            fields=EvidenceFields(
                Stance(stance),
                quote=str(more["quote"]),
                locator=str(more["locator"]),
                note=str(more["note"]),
                strength=int(more["strength"]),
            ),
        )

    with session.opened(writes=True) as library:
        made = library.execute(add, label="Link evidence").value
    session.answer({"evidence": made.id}, made.id)


@command("unlink")
@click.argument("evidence_id", metavar="EVIDENCE", type=text)
def unlink(session: Session, evidence_id: str) -> None:
    """Take a piece of evidence off its claim; undo brings it back. The source stays."""

    def remove(store: Store) -> Evidence:
        found = lookup.by_id(store, Evidence, evidence_id, word="evidence")
        return evidence.unlink_evidence(store, evidence_id=found.id)

    with session.opened(writes=True) as library:
        removed = library.execute(remove, label="Unlink evidence").value
    session.answer(
        {"evidence": removed.id, "claim": removed.claim_id, "source": removed.source_id}, removed.id
    )
