"""The bin: what is deleted lies there with what went along, comes back whole, and goes for good when asked."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.services.undo_world import ACTS, World, state
from tests.storage.whole_library import fill

from annotator.domain.annotation import Annotation
from annotator.domain.article import ArticleText, Attachment
from annotator.domain.changes import Origin
from annotator.domain.claim import Claim
from annotator.domain.entity import Entity
from annotator.domain.evidence import Evidence, Stance
from annotator.domain.library_rows import Draft
from annotator.domain.rating import Rating
from annotator.domain.selectors import TextSpan
from annotator.domain.source import Source
from annotator.errors import Ambiguous, NotFound
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
from annotator.services.bin import KEEP, Emptied
from annotator.services.claims import ClaimFields
from annotator.services.evidence import EvidenceFields
from annotator.services.history import Scope
from annotator.services.library import Environment, Library, Store
from annotator.storage import journal


def do(library: Library, use_case, label: str = "Step"):
    return library.execute(use_case, label=label).value


def all_of(library: Library, cls: type[Entity]) -> list[Entity]:
    return library.read(lambda store: store.find(cls, deleted=True))


def in_bin(library: Library) -> list[tuple[str, str, int]]:
    return [(item.kind, item.name, item.along) for item in library.read(bins.list_bin)]


@pytest.fixture
def made(library: Library, add_text):
    """An article with a claim that has a passage, a rating and evidence; and a highlight."""
    text = add_text("The trams run all night. The city pays for it.", title="Night trams")
    fields = ClaimFields(statement="The trams run at night.")
    claim = do(library, partial(claims.add_claim, text_id=text.id, span=TextSpan(12, 33), claim=fields)).claim
    source = do(library, lambda store: sources.add_source(store, SourceFields(title="Timetable")))
    link = partial(evidence.link_evidence, claim_id=claim.id, source_id=source.id)
    do(library, partial(link, fields=EvidenceFields(Stance.SUPPORTS, quote="23:00 to 5:00")))
    do(library, partial(ratings.rate, claim_id=claim.id, verdict="supported", confidence=80))
    do(library, partial(annotations.add_highlight, text_id=text.id, span=TextSpan(37, 50)))
    return text, claim, source


def sound(library: Library) -> bool:
    return library.read(checking.check).problems == ()


def test_what_went_along_is_counted_and_not_listed_on_its_own(library, made) -> None:
    text, claim, source = made
    do(library, partial(claims.delete_claim, claim_id=claim.id))
    assert in_bin(library) == [("claim", "The trams run at night.", 2)]
    do(library, partial(sources.delete_source, source_id=source.id))
    (mark,) = library.read(lambda store: annotations.marks(store, text.id))
    do(library, partial(annotations.delete_annotation, annotation_id=mark.id))
    assert in_bin(library) == [
        ("annotation", mark.segments[0].exact, 0),
        ("source", "Timetable", 0),
        ("claim", "The trams run at night.", 2),
    ]
    item = library.read(bins.list_bin)[0]
    assert (item.id, item.by, item.days_left) == (mark.id, "Tester", 30)


def test_an_article_takes_along_what_only_it_makes_and_brings_it_all_back(library, made) -> None:
    text, *_ = made
    before = library.read(state)
    do(library, partial(articles.delete_article, article_id=text.article_id))
    assert in_bin(library) == [("article", "Night trams", 4)]
    assert do(library, partial(bins.restore_item, kind="article", id=text.article_id)) == 5
    assert library.read(state) == before
    assert in_bin(library) == []
    library.undo()
    assert in_bin(library) == [("article", "Night trams", 4)]


def test_several_claims_deleted_in_one_step_lie_there_each_on_its_own(library, made) -> None:
    text, claim, _ = made
    other = do(library, partial(claims.add_claim, text_id=text.id, span=TextSpan(37, 45))).claim
    do(library, lambda store: [claims.delete_claim(store, claim_id=id) for id in (claim.id, other.id)])
    assert sorted(item[2] for item in in_bin(library)) == [1, 2]
    do(library, partial(bins.restore_item, kind="claim", id=other.id))
    assert in_bin(library) == [("claim", "The trams run at night.", 2)]
    assert sound(library)


def test_evidence_comes_back_with_the_claim_and_source_it_hangs_on(library, made) -> None:
    _, claim, source = made
    (link,) = all_of(library, Evidence)
    before = library.read(state)
    do(library, partial(evidence.unlink_evidence, evidence_id=link.id))
    do(library, partial(claims.delete_claim, claim_id=claim.id))
    do(library, partial(sources.delete_source, source_id=source.id))
    assert len(in_bin(library)) == 3
    do(library, partial(bins.restore_item, kind="evidence", id=link.id))
    assert library.read(state) == before
    assert sound(library)


def test_a_passage_comes_back_with_its_article(library, made) -> None:
    text, *_ = made
    (mark,) = library.read(lambda store: annotations.marks(store, text.id))
    do(library, partial(annotations.delete_annotation, annotation_id=mark.id))
    do(library, partial(articles.delete_article, article_id=text.article_id))
    assert do(library, partial(bins.restore_item, kind="annotation", id=mark.id)) == 5
    assert sound(library)
    assert in_bin(library) == []


def test_an_import_that_was_undone_lies_in_the_bin_as_an_article(library, add_text) -> None:
    add_text("Words.", title="Undone")
    library.undo()
    assert in_bin(library) == [("article", "Undone", 0)]
    (item,) = library.read(bins.list_bin)
    assert do(library, partial(bins.restore_item, kind=item.kind, id=item.id)) == 1
    assert library.read(lambda store: articles.current_text(store, item.id)).text == "Undone\nWords."


def test_an_article_comes_back_with_its_text_whenever_that_went_to_the_bin(library, add_text) -> None:
    text = add_text("Words to mark.", title="First")
    do(library, partial(annotations.add_highlight, text_id=text.id, span=TextSpan(6, 11)))
    before = library.read(state)
    do(library, partial(articles.delete_article, article_id=text.article_id))
    do(library, lambda store: history.restore_state(store, Scope(), seq=0))
    assert in_bin(library) == [("article", "First", 1)]
    do(library, partial(bins.restore_item, kind="article", id=text.article_id))
    assert library.read(state) == before


def test_a_tag_comes_back_with_what_carries_it_or_gives_way_to_its_namesake(library, made) -> None:
    text, *_ = made

    def tag_new(store):
        ids = tags.ensure_tags(store, ["Doubt"])
        return claims.add_claim(store, text_id=text.id, span=TextSpan(37, 45), claim=ClaimFields(tags=ids))

    claim = do(library, tag_new).claim
    library.undo()
    do(library, partial(bins.restore_item, kind="claim", id=claim.id))
    assert library.read(lambda store: tags.tag_named(store, "doubt")).id == claim.tags[0]
    library.undo()
    other = do(library, lambda store: tags.add_tag(store, name="doubt"))
    do(library, partial(bins.restore_item, kind="claim", id=claim.id))
    assert library.read(lambda store: store.get(Claim, claim.id)).tags == (other.id,)


def test_what_is_not_in_the_bin_can_not_be_restored_or_emptied(library, made) -> None:
    _, claim, _ = made
    assert do(library, partial(bins.restore_item, kind="claim", id=claim.id)) == 0  # it is there
    with pytest.raises(NotFound):
        do(library, partial(bins.restore_item, kind="claim", id="gone"))
    with pytest.raises(NotFound):
        do(library, lambda store: bins.empty(store, items=[("claim", claim.id)]))
    with pytest.raises(NotFound):
        library.read(lambda store: bins.find_in_bin(store, claim.id))
    do(library, partial(claims.delete_claim, claim_id=claim.id))
    assert library.read(lambda store: bins.find_in_bin(store, claim.id[:8])) == ("claim", claim.id)
    with pytest.raises(Ambiguous):
        library.read(lambda store: bins.find_in_bin(store, "0000"))


def test_a_claim_deleted_for_good_takes_its_ratings_and_drafts_and_leaves_its_history(library, made) -> None:
    _, claim, _ = made
    do(
        library,
        lambda store: store.put(Draft(id="d", kind="claim", entity_id=claim.id, field="note", text="typ")),
    )
    do(library, partial(claims.delete_claim, claim_id=claim.id))
    outcome = library.execute(bins.empty, label="Empty bin")
    assert outcome.value == 3
    assert outcome.changes is not None
    assert outcome.changes.origin is Origin.EMPTIED
    assert ("claim", claim.id) in outcome.changes.deleted
    assert [all_of(library, cls) for cls in (Claim, Rating, Evidence, Draft)] == [[], [], [], []]
    assert [item.segments[0].exact for item in all_of(library, Annotation)] == ["The city pays"]
    (made_by,) = library.read(
        lambda store: list(journal.edits_down(store.connection, about={"claim": [claim.id]}))
    )[:1]
    assert (made_by.label, made_by.origin, made_by.by) == ("Empty bin", Origin.EMPTIED, "Tester")
    assert sound(library)


def test_an_article_deleted_for_good_takes_its_text_and_original(library, made) -> None:
    text, *_ = made
    do(library, partial(articles.delete_article, article_id=text.article_id))
    assert do(library, bins.empty) == 5
    for cls in (ArticleText, Attachment, Annotation, Claim, Evidence, Rating):
        assert all_of(library, cls) == []
    assert [source.title for source in all_of(library, Source)] == ["Timetable"]
    with pytest.raises(NotFound):
        library.read(lambda store: store.get_immutable(ArticleText, text.id))
    assert sound(library)


def test_what_something_outside_refers_to_is_kept_and_counted(library, made, add_text) -> None:
    text, claim, _ = made
    other = add_text("Trams again.", title="Other")
    (link,) = all_of(library, Evidence)
    mark = do(library, partial(annotations.add_highlight, text_id=other.id, span=TextSpan(6, 11)))
    do(library, lambda store: store.put(evidence.replace(link, annotation_id=mark.id)))
    do(library, partial(articles.delete_article, article_id=other.article_id))
    assert do(library, bins.empty_bin) == Emptied(0, 2)  # the passage is in use, and with it its article
    do(library, partial(claims.delete_claim, claim_id=claim.id))
    assert do(library, bins.empty_bin) == Emptied(5, 0)
    assert sound(library)
    assert library.read(lambda store: store.get(ArticleText, text.id)) == text


def test_only_what_lies_there_longer_goes(tmp_path: Path) -> None:
    now = [datetime(2026, 3, 1, tzinfo=UTC)]
    with Library.open(tmp_path / "l.annotator", Environment(now=lambda: now[0])) as library:
        first, second = (
            do(library, lambda store, n=n: sources.add_source(store, SourceFields(title=n))) for n in "AB"
        )
        do(library, partial(sources.delete_source, source_id=first.id))
        now[0] += timedelta(days=20)
        do(library, partial(sources.delete_source, source_id=second.id))
        now[0] += timedelta(days=11)
        assert [(item.name, item.days_left) for item in library.read(bins.list_bin)] == [("B", 19), ("A", 0)]
        assert do(library, partial(bins.empty, older_than=KEEP)) == 1
        assert [item.name for item in library.read(bins.list_bin)] == ["B"]


def test_emptying_by_name_takes_what_went_along_and_nothing_else(library, made) -> None:
    _, claim, source = made
    do(library, partial(claims.delete_claim, claim_id=claim.id))
    do(library, partial(sources.delete_source, source_id=source.id))
    assert do(library, lambda store: bins.empty(store, items=[("claim", claim.id)])) == 3
    assert in_bin(library) == [("source", "Timetable", 0)]


def test_undo_and_redo_step_over_an_emptying(library, made) -> None:
    text, claim, source = made
    do(
        library,
        partial(sources.edit_source, source_id=source.id, fields=SourceFields(title="New title")),
        "Edit",
    )
    do(library, partial(claims.delete_claim, claim_id=claim.id), "Delete")
    do(library, partial(claims.add_claim, text_id=text.id, span=TextSpan(37, 45)), "Add")
    library.undo()
    do(library, lambda store: bins.empty(store, items=[("claim", claim.id)]))
    assert (library.undo_state().undo, library.undo_state().redo) == ("Delete", "Add")
    library.redo()
    assert len(library.read(lambda store: store.find(Claim))) == 1
    library.undo()
    gone = library.undo()  # nothing of it can come back: it is taken back all the same
    assert gone.value is not None
    assert gone.value.label == "Delete"
    assert library.read(lambda store: store.find(Claim)) == []
    library.undo()
    assert library.read(lambda store: store.get(Source, source.id)).title == "Timetable"
    while library.undo().value:
        pass
    assert sound(library)
    while library.redo().value:
        pass
    assert library.read(lambda store: store.get(Source, source.id)).title == "New title"
    assert sound(library)


def test_undo_leaves_a_reference_to_what_is_gone_as_it_is(library, made) -> None:
    _, _, source = made
    (link,) = all_of(library, Evidence)
    other = do(library, lambda store: sources.add_source(store, SourceFields(title="Other")))
    fields = EvidenceFields(Stance.REFUTES, quote="else")
    do(library, partial(evidence.edit_evidence, evidence_id=link.id, source_id=other.id, fields=fields))
    do(library, partial(sources.delete_source, source_id=source.id))
    do(library, bins.empty)
    library.undo()
    library.undo()
    found = library.read(lambda store: store.get(Evidence, link.id))
    assert (found.quote, found.source_id) == ("23:00 to 5:00", other.id)
    assert sound(library)


def test_parts_of_a_claim_of_every_kind_go_with_it(library) -> None:
    fill(library)
    before = library.read(state)
    for claim in library.read(lambda store: store.find(Claim)):
        do(library, partial(claims.delete_claim, claim_id=claim.id))
    assert sound(library)
    while found := library.read(bins.list_bin):
        assert {item.kind for item in found} == {"claim"}
        do(library, partial(bins.restore_item, kind="claim", id=found[0].id))
    assert library.read(state) == before
    for article in library.read(articles.list_articles):
        do(library, partial(articles.delete_article, article_id=article.id))
    do(library, bins.empty)
    assert library.read(bins.list_bin) == []
    assert sound(library)


@pytest.mark.parametrize("seed", [3, 7])
def test_emptying_at_any_time_changes_nothing_that_people_see_and_never_stops_undo(tmp_path, seed) -> None:
    dice = random.Random(seed)
    world = World(tmp_path / "library.annotator")
    world.is_whole = False
    try:
        for number in range(160):
            world.step(dice.choice([*ACTS, "tag_claim", "link", "import_article"]), dice)
            if number % 5 == 4:
                for turn in [world.library.undo] * dice.randrange(4) + [world.library.redo] * dice.randrange(
                    3
                ):
                    turn()
            if number % 8 == 7:
                empty_some(world.library, dice)
        world.require_sound()
        for turn in (world.library.undo, world.library.redo):
            while turn().value is not None:
                pass
            world.require_sound()
    finally:
        world.close()


def empty_some(library: Library, dice: random.Random) -> None:
    found = library.read(bins.list_bin)
    items = [(item.kind, item.id) for item in dice.sample(found, len(found) // 2)]
    before, undo = library.read(seen), library.undo_state()
    do(library, lambda store: bins.empty(store, items=items))
    assert library.read(seen) == before
    assert library.undo_state() == undo


def seen(store: Store) -> tuple[set[tuple[Any, ...]], list[str]]:
    """All there is outside of the bin, and the texts and ratings that belong to it."""
    parts = ("article_text", "attachment", "rating")
    texts = [articles.current_text(store, item.id).text for item in articles.list_articles(store)]
    judged = ratings.history(store, [claim.id for claim in store.find(Claim, order=("id",))])
    return {row for row in state(store) if row[0] not in parts}, [*texts, repr(judged)]
