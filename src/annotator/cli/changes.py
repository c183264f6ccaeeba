"""`annotator delete`, `undo`, `redo`, `history` and `bin`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import click

from annotator.cli.frame import command, text, usage
from annotator.cli.session import Session
from annotator.cli.tables import short, table
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
from annotator.services import articles, backups, claims, lookup, sources
from annotator.services import bin as bins
from annotator.services import history as use_cases
from annotator.services.bin import Emptied
from annotator.services.history import Altered, Scope
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

    with session.opened(writes=True) as library:
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
    with session.opened(writes=True) as library:
        done = library.undo().value
    _tell(session, done, "undone", "undo")


@command("redo")
def redo(session: Session) -> None:
    """Bring back what was undone last."""
    with session.opened(writes=True) as library:
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
@click.option(
    "--restore",
    "seq",
    type=click.IntRange(0),
    metavar="STEP",
    help="Put it back as it was right after that step.",
)
def history(session: Session, id: str | None, limit: int, seq: int | None) -> None:
    """List what was done, to the library or to one thing, or go back to how it was.

    The youngest step comes first. A claim's history includes its passages, evidence and ratings; an article's its
    passages and the claims it mentions. Things in the bin have a history too; name them by the whole id. With
    --restore, what was made since goes to the bin, what went there since comes back, and undo takes it back.
    """
    if seq is not None:
        _restore_state(session, id, seq)
        return

    def find(store: Store) -> list[tuple[Edit, list[Change], tuple[Altered, ...]]]:
        found = use_cases.edits(store, _scope(store, id), limit=limit)
        altered = use_cases.in_words(store, [changes for _, changes in found])
        return [(edit, changes, words) for (edit, changes), words in zip(found, altered, strict=True)]

    opening = session.opened_to_list() if id is None else session.opened()
    with opening as library:
        found = library.read(find) if library else []
    rows = [
        (edit.seq, f"{edit.at:%Y-%m-%d %H:%M:%S}", edit.by or "–", edit.origin.value, edit.label)
        for edit, _, _ in found
    ]
    session.answer(
        [_row(edit, changes, words) for edit, changes, words in found],
        table(("Step", "When (UTC)", "Who", "How", "What"), rows, nothing="Nothing was done yet."),
    )


def _scope(store: Store, id: str | None) -> Scope:
    return Scope() if id is None else use_cases.scope_of(store, id, _KNOWN)


def _restore_state(session: Session, id: str | None, seq: int) -> None:
    def restore(store: Store) -> tuple[Scope, int]:
        scope = _scope(store, id)
        return scope, use_cases.restore_state(store, scope, seq=seq)

    with session.opened(writes=True) as library:
        scope, changed = library.execute(restore, label=f"Restore state of step {seq}").value
    answer = {"restored": seq, "kind": scope.kind, "id": scope.id, "changed": changed}
    session.answer(answer, f"{changed} {'thing' if changed == 1 else 'things'} changed")


def _row(edit: Edit, changes: list[Change], altered: tuple[Altered, ...]) -> dict[str, Any]:
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
        "altered": [asdict(item) for item in altered],
    }


@command("bin")
@click.argument("ids", type=text, metavar="[ID]...", nargs=-1)
@click.option("--restore", type=text, metavar="ID", help="Bring that thing back, with what went along.")
@click.option("--empty", is_flag=True, help="Delete for good: the things that are named, or all.")
@click.option(
    "--older-than",
    "days",
    type=click.IntRange(0, 36_500),
    metavar="DAYS",
    help="With --empty: only what lies there longer.",
)
@click.option("--yes", is_flag=True, help="With --empty: that you mean it, when no thing is named.")
def bin_command(session: Session, ids: tuple[str, ...], empty: bool, **more: Any) -> None:
    """List what lies in the bin, bring something back, or delete it for good.

    What went to the bin along with a claim, article or source isn't listed on its own, and comes back with it. The
    bin keeps things 30 days. What is deleted for good can't be brought back, except from a backup.
    """
    wanted, days, sure = more["restore"], more["days"], more["yes"]
    if wanted is not None and empty:
        raise usage("--restore and --empty don't go together.")
    if not empty and (ids or days is not None or sure):
        raise usage("ID, --older-than and --yes go with --empty.")
    if wanted is not None:
        _restore_item(session, wanted)
    elif empty:
        _empty(session, ids, days, sure=sure)
    else:
        _list_bin(session)


def _list_bin(session: Session) -> None:
    with session.opened_to_list() as library:
        found = library.read(bins.list_bin) if library else []
    rows = [
        (
            short(item.id),
            item.kind.replace("_", " "),
            item.name[:60],
            f"{item.deleted_at:%Y-%m-%d %H:%M}",
            item.by or "–",
            item.days_left,
            item.along or "–",
        )
        for item in found
    ]
    head = ("Id", "Kind", "What", "Deleted (UTC)", "Who", "Days left", "Along")
    answer = [{**asdict(item), "deleted_at": item.deleted_at.isoformat()} for item in found]
    session.answer(answer, table(head, rows, nothing="The bin is empty."))


def _restore_item(session: Session, reference: str) -> None:
    def restore(store: Store) -> tuple[tuple[str, str], int]:
        kind, id = bins.find_in_bin(store, reference)
        return (kind, id), bins.restore_item(store, kind=kind, id=id)

    with session.opened(writes=True) as library:
        (kind, id), count = library.execute(restore, label="Restore from bin").value
    session.answer({"restored": id, "kind": kind, "things": count}, f"{id}  {kind}")


def _empty(session: Session, ids: tuple[str, ...], days: int | None, *, sure: bool) -> None:
    if not ids and not sure:
        raise UserError(
            "This would delete for good what lies in the bin.",
            kept="Nothing was deleted.",
            todo="Add --yes if you mean it, or name things by their ids.",
        )
    older_than = None if days is None else timedelta(days=days)

    def delete_for_good(store: Store) -> Emptied:
        items = [bins.find_in_bin(store, id) for id in ids] or None
        return bins.empty_bin(store, items=items, older_than=older_than)

    with session.opened(writes=True) as library:
        backups.before_bulk(library, data_folder=session.data_folder)
        done = library.execute(delete_for_good, label="Empty bin").value
    session.answer(asdict(done), f"{done.gone} {'thing' if done.gone == 1 else 'things'} deleted for good")
    if done.kept:
        session.say(f"{done.kept} stay in the bin, as something that isn't there refers to them.")
