"""`annotator delete`, `undo`, `redo` and `history`."""

from __future__ import annotations

from typing import Any

import click

from annotator.cli.frame import command, text
from annotator.cli.session import Session
from annotator.cli.tables import table
from annotator.domain.annotation import Annotation
from annotator.domain.article import Article
from annotator.domain.changes import Change, Edit
from annotator.domain.claim import Claim
from annotator.domain.entity import Entity
from annotator.domain.evidence import Evidence
from annotator.domain.source import Source
from annotator.domain.tag import Tag
from annotator.errors import UserError
from annotator.services import annotations as marking
from annotator.services import articles, claims, lookup, sources
from annotator.services import history as use_cases
from annotator.services.library import Store

_DELETABLE: dict[type[Entity], str] = {
    Claim: "claim",
    Article: "article",
    Source: "source",
    Annotation: "annotation",
}
_KNOWN: dict[type[Entity], str] = {**_DELETABLE, Evidence: "evidence", Tag: "tag"}


@command("delete")
@click.argument("id", type=text)
def delete(session: Session, id: str) -> None:
    """Move something to the bin: a claim, article, source, highlight or note.

    Undo brings it back. What hangs on it goes along: the evidence of a claim or source, the claims that only this
    article makes.
    """

    with session.opened() as library:
        found = library.read(lambda store: lookup.anything(store, id, _DELETABLE))
        kind = _DELETABLE[type(found)]
        library.execute(lambda store: _remove(store, found), label=f"Delete {kind}")
    session.answer({"deleted": found.id, "kind": kind}, f"{found.id}  {kind}")
    session.say(f"The {kind} is in the bin. “annotator undo” brings it back.")


def _remove(store: Store, found: Entity) -> None:
    if isinstance(found, Annotation) and found.claim_id is not None:
        raise UserError(
            "This is the passage of a claim.",
            kept="Nothing was changed.",
            todo=f"Delete the claim {found.claim_id}.",
        )
    if isinstance(found, Claim):
        claims.delete_claim(store, claim_id=found.id)
    elif isinstance(found, Article):
        articles.delete_article(store, article_id=found.id)
    elif isinstance(found, Source):
        sources.delete_source(store, source_id=found.id)
    elif isinstance(found, Annotation):
        marking.delete_annotation(store, annotation_id=found.id)


@command("undo")
def undo(session: Session) -> None:
    """Take back the last step, made here or in the window."""
    with session.opened() as library:
        done = library.undo().value
    _tell(session, done, "undone", "undo")


@command("redo")
def redo(session: Session) -> None:
    """Bring back what was undone last."""
    with session.opened() as library:
        done = library.redo().value
    _tell(session, done, "redone", "redo")


def _tell(session: Session, done: Edit | None, participle: str, verb: str) -> None:
    if done is None:
        raise UserError(f"There is nothing to {verb}.", kept="Nothing was changed.")
    head = {"edit": done.seq, "label": done.label, "at": done.at.isoformat(), "by": done.by}
    session.answer({participle: head}, f"{participle}: {done.label} (step {done.seq})")


@command("history")
@click.argument("id", type=text, required=False)
@click.option(
    "--limit",
    type=click.IntRange(1, 1_000_000),
    default=50,
    help="How many steps at most; 50 when not given.",
)
def history(session: Session, id: str | None, limit: int) -> None:
    """List what was done, to the library or to one thing.

    The youngest step comes first. A claim's history includes its passages, evidence and ratings. Things in the bin
    have a history too; name them by the whole id.
    """

    def find(store: Store) -> list[tuple[Edit, list[Change]]]:
        if id is None:
            return use_cases.edits(store, limit=limit)
        return use_cases.edits_of(store, use_cases.entity_with(store, id, _KNOWN), limit=limit)

    opening = session.opened_to_list() if id is None else session.opened()
    with opening as library:
        found = library.read(find) if library else []
    rows = [
        (edit.seq, f"{edit.at:%Y-%m-%d %H:%M:%S}", edit.by or "–", edit.origin.value, edit.label)
        for edit, _ in found
    ]
    session.answer(
        [_row(edit, changes) for edit, changes in found],
        table(("Step", "When (UTC)", "Who", "How", "What"), rows, nothing="Nothing was done yet."),
    )


def _row(edit: Edit, changes: list[Change]) -> dict[str, Any]:
    return {
        "edit": edit.seq,
        "label": edit.label,
        "origin": edit.origin.value,
        "target": edit.target,
        "at": edit.at.isoformat(),
        "by": edit.by,
        "changes": [
            {
                "kind": change.kind,
                "id": change.id,
                "before": None if change.before is None else dict(change.before),
                "after": dict(change.after),
            }
            for change in changes
        ],
    }
