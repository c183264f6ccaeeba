"""The history in words, going back to how things were, runs of typing as one step, and what other programs did."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from tests.services.undo_world import state

from annotator.domain.annotation import Annotation
from annotator.domain.changes import Origin
from annotator.domain.claim import Claim
from annotator.domain.evidence import Stance
from annotator.domain.rating import Rating
from annotator.domain.selectors import TextSpan
from annotator.domain.source import Source
from annotator.errors import NotFound
from annotator.interchange.csl import SourceFields
from annotator.services import (
    annotations,
    articles,
    checking,
    claims,
    evidence,
    history,
    ratings,
    sources,
    tags,
)
from annotator.services import bin as bins
from annotator.services.claims import ClaimFields
from annotator.services.evidence import EvidenceFields
from annotator.services.history import Altered, FieldChange, Scope, Step
from annotator.services.library import Environment, Library
from annotator.storage import journal


def do(library: Library, use_case, label: str = "Step", run: str = ""):
    return library.execute(use_case, label=label, run=run).value


@pytest.fixture
def other(library: Library) -> Iterator[Library]:
    """Another program on the same file."""
    with Library.open(library.path, Environment(user="Other")) as opened:
        yield opened


@pytest.fixture
def claim(library: Library, add_text) -> Claim:
    text = add_text("The trams run all night. The city pays for it.", title="Night trams")
    fields = ClaimFields(statement="The trams run at night.")
    return do(
        library, partial(claims.add_claim, text_id=text.id, span=TextSpan(16, 35), claim=fields), "Tag claim"
    ).claim


def note(library: Library, claim: Claim, words: str, run: str = "") -> None:
    changes = ClaimFields(note=words)
    do(library, partial(claims.edit_claim, claim_id=claim.id, changes=changes), "Edit note", run)


def note_of(library: Library, claim: Claim) -> str:
    return library.read(lambda store: store.get(Claim, claim.id)).note


def steps(library: Library, scope: Scope, **more) -> list[Step]:
    return library.read(lambda store: history.steps(store, scope, **more))


def restore(library: Library, scope: Scope, seq: int) -> int:
    return do(library, lambda store: history.restore_state(store, scope, seq=seq), "Restore")


# Runs of typing ------------------------------------------------------------------------------------------------


def test_the_pauses_of_one_visit_are_undone_and_redone_as_one_step(library, claim) -> None:
    for words in ("Who", "Who counted", "Who counted them?"):
        note(library, claim, words, run="visit 1")
    note(library, claim, "Somebody.", run="visit 2")
    assert library.undo_state().undo == "Edit note"
    library.undo()
    assert note_of(library, claim) == "Who counted them?"
    undone = library.undo()
    assert note_of(library, claim) == ""
    assert undone.changes is not None
    assert undone.changes.updated == {("claim", claim.id)}
    assert (library.undo_state().undo, library.undo_state().redo) == ("Tag claim", "Edit note")
    library.redo()
    assert note_of(library, claim) == "Who counted them?"
    library.redo()
    assert note_of(library, claim) == "Somebody."
    assert library.redo().value is None
    assert library.read(lambda store: list(journal.broken_links(store.connection))) == []


def test_a_run_survives_a_restart_and_ends_with_it(library, claim) -> None:
    note(library, claim, "a", run="visit")
    note(library, claim, "ab", run="visit")
    with Library.open(library.path, Environment(user="Other")) as again:
        note(again, claim, "abc", run="visit")
        again.undo()
        assert note_of(again, claim) == "ab"
        again.undo()
        assert note_of(again, claim) == ""
        again.redo()
        assert note_of(again, claim) == "ab"


def test_a_run_ends_where_another_program_or_another_step_comes_between(library, other, claim) -> None:
    note(library, claim, "a", run="visit")
    do(other, lambda store: sources.add_source(store, SourceFields(title="Theirs")), "Add source")
    note(library, claim, "ab", run="visit")
    library.undo()
    assert note_of(library, claim) == "a"
    library.redo()
    note(library, claim, "abc", run="visit")  # redo came between
    library.undo()
    assert note_of(library, claim) == "ab"
    library.undo()
    assert library.undo_state().undo == "Add source"


def test_a_run_goes_on_when_an_edit_of_it_changes_nothing(library, claim) -> None:
    for words in ("a", "a", "ab"):
        note(library, claim, words, run="visit")
    library.undo()
    assert note_of(library, claim) == ""


def test_edits_without_a_run_are_steps_of_their_own(library, claim) -> None:
    note(library, claim, "a")
    note(library, claim, "ab")
    library.undo()
    assert note_of(library, claim) == "a"


def test_undo_of_a_drag_of_confidence_withdraws_all_its_ratings(library, claim) -> None:
    for value in (10, 20, 30):
        do(library, partial(ratings.rate, claim_id=claim.id, confidence=value), "Confidence", run="drag")
    library.undo()
    assert library.read(lambda store: store.get(Claim, claim.id)).confidence is None
    assert library.read(lambda store: ratings.history(store, [claim.id]))[claim.id] == ()
    library.redo()
    assert [row.confidence for row in library.read(lambda s: ratings.history(s, [claim.id]))[claim.id]] == [
        10,
        20,
        30,
    ]


# What other programs did ---------------------------------------------------------------------------------------


def test_what_another_program_did_comes_as_one_change(library, other, claim) -> None:
    seen, nothing = library.changes_since(0)
    assert nothing is None  # all of it was done here
    added = do(other, lambda store: sources.add_source(store, SourceFields(title="Theirs")), "Add source")
    note(library, claim, "mine")
    note(other, claim, "theirs")
    note(other, claim, "theirs, again")
    gone = do(other, lambda store: tags.add_tag(store, name="Gone"), "Add tag")
    other.undo()
    youngest, changes = library.changes_since(seen)
    assert youngest == seen + 6
    assert changes is not None
    assert (changes.origin, changes.seq) == (Origin.REMOTE, youngest)
    assert changes.label == "Add source, Edit note, Add tag"
    assert changes.created == {("source", added.id)}
    assert changes.updated == {("claim", claim.id)}
    assert changes.deleted == {("tag", gone.id)}
    assert library.changes_since(youngest) == (youngest, None)
    assert other.changes_since(youngest - 6)[1].updated == {("claim", claim.id)}


def test_what_another_program_deleted_for_good_is_told_as_deleted(library, other, claim) -> None:
    seen, _ = library.changes_since(0)
    do(other, partial(claims.delete_claim, claim_id=claim.id))
    do(other, bins.empty)
    changes = library.changes_since(seen)[1]
    assert ("claim", claim.id) in changes.deleted
    assert not changes.created | changes.updated


# The history in words ------------------------------------------------------------------------------------------


def test_steps_are_told_in_words(library, claim) -> None:
    tag = library.read(lambda store: tags.tag_named(store, "Cause"))
    fields = ClaimFields(note="Who counted?", tags=(tag.id,))
    do(library, partial(claims.edit_claim, claim_id=claim.id, changes=fields), "Edit claim")
    do(
        library,
        partial(ratings.rate, claim_id=claim.id, verdict="partly", confidence=70, because="So."),
        "Rate",
    )
    source = do(
        library, lambda store: sources.add_source(store, SourceFields(title="Timetable")), "Add source"
    )
    csl = {"publisher": "Velmar", "type": "book"}
    do(
        library,
        partial(sources.edit_source, source_id=source.id, fields=SourceFields(title="Timetable", csl=csl)),
    )
    edited, added, rated, changed, tagged, imported = steps(library, Scope())
    (rating,) = library.read(lambda store: store.find(Rating))
    words = "The trams run at night."
    assert edited.altered[0].fields == (
        FieldChange("type", "", "book"),
        FieldChange("publisher", "", "Velmar"),
    )
    assert added.altered == (
        Altered("source", source.id, "Timetable", "created", (FieldChange("title", "", "Timetable"),)),
    )
    assert rated.altered == (
        Altered(
            "claim",
            claim.id,
            words,
            "changed",
            (FieldChange("verdict", "Open", "Partly supported"), FieldChange("confidence", "", "70 %")),
        ),
        Altered(
            "rating", rating.id, "Partly supported, 70 %", "created", (FieldChange("rationale", "", "So."),)
        ),
    )
    assert changed.altered == (
        Altered(
            "claim",
            claim.id,
            words,
            "changed",
            (FieldChange("note", "", "Who counted?"), FieldChange("tags", "", "Cause")),
        ),
    )
    assert [(item.kind, item.happened) for item in tagged.altered] == [
        ("claim", "created"),
        ("annotation", "created"),
    ]
    assert tagged.altered[1].name == "trams run all night"
    assert [(item.kind, item.name) for item in imported.altered] == [("article", "Night trams")]
    assert (rated.label, rated.by, rated.origin) == ("Rate", "Tester", Origin.LOCAL)


def test_undoing_a_rating_is_told_as_the_end_of_that_rating(library, claim) -> None:
    do(library, partial(ratings.rate, claim_id=claim.id, verdict="refuted", confidence=5))
    (rating,) = library.read(lambda store: store.find(Rating))
    library.undo()
    library.redo()
    redone, undone = (
        step.altered[-1 if step.origin is Origin.REDO else 0] for step in steps(library, Scope())[:2]
    )
    assert (undone.kind, undone.id, undone.name, undone.happened) == (
        "rating",
        rating.id,
        "Refuted, 5 %",
        "deleted",
    )
    assert (redone.id, redone.happened) == (rating.id, "restored")


def test_a_run_is_one_step_and_pages_do_not_cut_it(library, claim) -> None:
    for words in ("a", "ab", "abc"):
        note(library, claim, words, run="visit")
    note(library, claim, "x")
    last, typed, *_ = steps(library, Scope())
    assert typed.altered[0].fields == (FieldChange("note", "", "abc"),)
    assert [step.label for step in steps(library, Scope(), limit=2)] == ["Edit note", "Edit note"]
    assert steps(library, Scope(), before=last.seq)[0].seq == typed.seq
    assert [step.label for step in steps(library, Scope(), before=typed.seq)] == [
        "Tag claim",
        "Import article",
    ]
    assert [step.label for step in steps(library, Scope("claim", claim.id), before=typed.seq)] == [
        "Tag claim"
    ]


def test_a_claims_history_has_what_belongs_to_it_and_no_more(library, claim, add_text) -> None:
    text = add_text("Another.", title="Another")
    do(library, partial(annotations.add_highlight, text_id=text.id, span=TextSpan(0, 7)), "Highlight")
    source = do(library, lambda store: sources.add_source(store, SourceFields(title="S")), "Add source")
    fields = EvidenceFields(Stance.SUPPORTS, quote="q")
    link = partial(evidence.link_evidence, claim_id=claim.id, source_id=source.id, fields=fields)
    do(library, link, "Link")
    do(library, partial(ratings.rate, claim_id=claim.id, verdict="refuted"), "Rate")
    assert [step.label for step in steps(library, Scope("claim", claim.id))] == ["Rate", "Link", "Tag claim"]
    assert [step.label for step in steps(library, Scope("article", text.article_id))] == [
        "Highlight",
        "Import article",
    ]
    mention = library.read(lambda store: store.find(Annotation, {"claim_id": claim.id}))[0]
    first = library.read(lambda store: store.get_immutable(type(text), mention.text_id))
    labels = [step.label for step in steps(library, Scope("article", first.article_id))]
    assert labels == ["Rate", "Link", "Tag claim", "Import article"]


def test_things_that_are_gone_keep_their_names_in_the_history(library, claim) -> None:
    do(library, partial(claims.delete_claim, claim_id=claim.id), "Delete")
    do(library, bins.empty, "Empty bin")
    emptied, deleted, tagged, _ = steps(library, Scope())
    assert emptied.origin is Origin.EMPTIED
    for step in (emptied, deleted):
        assert {(item.name, item.happened) for item in step.altered} == {
            ("The trams run at night.", "deleted"),
            ("trams run all night", "deleted"),
        }
    assert [item.name for item in tagged.altered] == ["The trams run at night.", "trams run all night"]
    assert [step.label for step in steps(library, Scope("claim", claim.id))] == [
        "Empty bin",
        "Delete",
        "Tag claim",
    ]


# Going back ----------------------------------------------------------------------------------------------------


def test_a_claim_goes_back_to_how_it_was_and_the_rest_stays(library, claim, add_text) -> None:
    source = do(library, lambda store: sources.add_source(store, SourceFields(title="S")))
    fields = EvidenceFields(Stance.SUPPORTS, quote="q")
    link = partial(evidence.link_evidence, claim_id=claim.id, source_id=source.id, fields=fields)
    kept = do(library, link)
    do(library, partial(ratings.rate, claim_id=claim.id, verdict="partly", confidence=60))
    seq = steps(library, Scope())[0].seq
    then = library.read(state)
    note(library, claim, "later")
    do(library, partial(ratings.rate, claim_id=claim.id, verdict="refuted", confidence=5))
    do(library, partial(evidence.unlink_evidence, evidence_id=kept.id))
    do(library, link)
    do(library, partial(sources.delete_source, source_id=source.id))
    unrelated = add_text("Something else.", title="Else")
    now = library.read(state)
    assert (
        restore(library, Scope("claim", claim.id), seq) == 4
    )  # claim, evidence, its source, a rating withdrawn
    assert library.read(state) - then == {
        row for row in now if unrelated.article_id in row or unrelated.id in row
    } | {row for row in now - then if row[0] == "attachment"}
    assert then <= library.read(state)
    assert library.read(checking.check).problems == ()
    library.undo()
    assert library.read(state) == now
    library.redo()
    assert then <= library.read(state)


def test_the_library_goes_back_to_any_step_and_forth_again(library, claim) -> None:
    text = library.read(lambda store: articles.current_text(store, articles.list_articles(store)[0].id))
    states = {}
    for turn in (
        partial(do, library, partial(ratings.rate, claim_id=claim.id, verdict="partly")),
        partial(do, library, partial(annotations.add_highlight, text_id=text.id, span=TextSpan(37, 45))),
        partial(do, library, partial(articles.delete_article, article_id=text.article_id)),
        library.undo,
        partial(do, library, partial(claims.delete_claim, claim_id=claim.id)),
    ):
        turn()
        states[steps(library, Scope(), limit=1)[0].seq] = library.read(state)
    last = library.read(state)
    for step in steps(library, Scope(), limit=5):
        with Library.open(library.path) as fresh:
            assert fresh.read(state) == last
            if restore(fresh, Scope(), step.seq):
                assert fresh.read(state) == states[step.seq]
                assert fresh.read(checking.check).problems == ()
                fresh.undo()
    restore(library, Scope(), 0)
    assert library.read(articles.list_articles) == []


def test_a_claim_that_another_article_makes_stays_when_an_article_goes_back(library, claim, add_text) -> None:
    other = add_text("They say that trams run at night.", title="Other")
    seq = steps(library, Scope())[0].seq
    mention = partial(annotations.mark_passage, span=TextSpan(6, 20), motivation="claim")
    added = do(library, partial(claims.add_claim, text_id=other.id, span=TextSpan(6, 20))).claim
    first = library.read(lambda store: store.find(Annotation, {"claim_id": claim.id}))[0]
    do(library, partial(mention, text_id=first.text_id, claim_id=added.id))
    text = library.read(lambda store: store.get_immutable(type(other), first.text_id))
    restore(library, Scope("article", text.article_id), seq)
    assert library.read(lambda store: store.get(Claim, added.id)) == added
    assert len(library.read(lambda store: store.find(Annotation, {"claim_id": added.id}))) == 1
    assert library.read(checking.check).problems == ()


def test_what_was_deleted_for_good_stays_so_when_going_back(library, claim) -> None:
    source = do(library, lambda store: sources.add_source(store, SourceFields(title="S")))
    seq = steps(library, Scope())[0].seq
    do(library, partial(claims.delete_claim, claim_id=claim.id))
    do(library, bins.empty)
    do(library, partial(sources.delete_source, source_id=source.id))
    assert restore(library, Scope(), seq) == 1
    assert library.read(lambda store: store.find(Source, deleted=True))[0].deleted_at is None
    assert library.read(lambda store: store.find(Claim, deleted=True)) == []


def test_a_step_that_is_not_there_can_not_be_gone_back_to(library, claim) -> None:
    with pytest.raises(NotFound):
        restore(library, Scope(), 4711)
    assert restore(library, Scope("claim", claim.id), steps(library, Scope())[0].seq) == 0


def test_a_passage_is_not_added_to_an_article_deleted_elsewhere(library, other, claim) -> None:
    mention = library.read(lambda store: store.find(Annotation))[0]
    do(other, partial(articles.delete_article, article_id=articles_of(other)[0]))
    with pytest.raises(NotFound):
        do(library, partial(claims.add_claim, text_id=mention.text_id, span=TextSpan(0, 5)))
    assert library.read(checking.check).problems == ()


def articles_of(library: Library) -> list[str]:
    return [item.id for item in library.read(articles.list_articles)]


def test_evidence_is_not_moved_to_a_source_in_the_bin(library, claim, tmp_path: Path) -> None:
    first, second = (
        do(library, lambda store, n=n: sources.add_source(store, SourceFields(title=n))) for n in "AB"
    )
    fields = EvidenceFields(Stance.SUPPORTS)
    link = do(library, partial(evidence.link_evidence, claim_id=claim.id, source_id=first.id, fields=fields))
    do(library, partial(sources.delete_source, source_id=second.id))
    with pytest.raises(NotFound):
        do(library, partial(evidence.edit_evidence, evidence_id=link.id, source_id=second.id, fields=fields))


def test_going_back_to_when_an_article_lay_in_the_bin_does_not_bring_it_back_with_its_text(
    library: Library, add_text
) -> None:
    text = add_text("The trams run all night.", title="Night trams")
    do(library, partial(articles.delete_article, article_id=text.article_id), "Delete article")
    deleted = library.read(state)
    seq = library.changes_since(1 << 62)[0]
    library.undo()
    library.undo()
    do(library, partial(history.restore_state, scope=Scope(), seq=seq), "Restore state")
    assert library.read(state) == deleted
    assert library.read(checking.check).problems == ()
    library.undo()
    library.redo()
    assert library.read(state) == deleted
