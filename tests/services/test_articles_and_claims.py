"""Adding articles, tagging claims, rating them, linking evidence: the use cases of the main job."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from annotator.domain.annotation import Annotation, Motivation
from annotator.domain.article import ArticleStatus, BlockKind, ImportedArticle, TextBuilder
from annotator.domain.claim import Claim, ClaimType
from annotator.domain.evidence import Stance
from annotator.domain.library_rows import Setting
from annotator.domain.selectors import TextSpan
from annotator.errors import Ambiguous, ConcurrentEdit, InvalidValue, NotFound
from annotator.interchange.csl import SourceFields
from annotator.services import (
    annotations,
    articles,
    checking,
    claims,
    evidence,
    lookup,
    ratings,
    reading,
    sources,
    tags,
)
from annotator.services.articles import ImportStatus, Metadata, Original
from annotator.services.claims import ClaimFields
from annotator.services.evidence import EvidenceFields
from annotator.services.library import Environment, Library


def tag(library, text, words: str, **fields):
    start = text.text.index(words)
    use_case = partial(
        claims.add_claim,
        text_id=text.id,
        span=TextSpan(start, start + len(words)),
        claim=ClaimFields(**fields),
    )
    return library.execute(use_case, label="Tag claim").value


def test_an_article_is_stored_with_its_text_and_its_original(library, add_text) -> None:
    text = add_text("First paragraph.", "Second – with “quotes” and 👩‍👩‍👧.")
    assert text.text == "A title\nFirst paragraph.\nSecond – with “quotes” and 👩‍👩‍👧."
    assert [block.kind for block in text.blocks] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
    ]
    assert text.seq == 1
    assert len(text.sha256) == 64
    attachment = library.read(lambda store: store.find(articles.Attachment))[0]
    assert attachment.content() == text.text.encode()


@pytest.mark.parametrize("change", ["same bytes", "same text"])
def test_the_same_thing_twice_is_known(library, change) -> None:
    builder = TextBuilder()
    builder.add(BlockKind.PARAGRAPH, "The same words.")
    imported = ImportedArticle(title="T", text=builder.text, blocks=tuple(builder.blocks))
    first, second = (
        Original("a.txt", "text/plain", b"1", "plain-text", "1"),
        Original("b.txt", "text/plain", b"2", "x", "1"),
    )
    add = lambda original: library.execute(  # noqa: E731 - called twice below
        partial(articles.add_article, imported=imported, original=original), label="Import"
    )
    assert add(first).value.status is ImportStatus.ADDED
    again = add(first if change == "same bytes" else second)
    assert again.value.status is ImportStatus.KNOWN
    assert again.changes is None
    assert len(library.read(articles.list_articles)) == 1


def test_a_claim_takes_the_words_of_its_passage_and_trims_it(library, add_text) -> None:
    text = add_text("It is late.  Some 41,000\u00a0people cross the city. ")
    added = library.execute(
        partial(claims.add_claim, text_id=text.id, span=TextSpan(19, len(text.text))), label="Tag claim"
    ).value
    segment = added.mention.segments[0]
    assert (
        segment.exact == text.text[segment.start : segment.end] == "Some 41,000\u00a0people cross the city."
    )
    assert added.claim.statement == "Some 41,000 people cross the city."
    assert added.mention.motivation is Motivation.CLAIM
    assert segment.prefix == text.text[max(0, segment.start - 32) : segment.start]


@pytest.mark.parametrize("span", [(5, 5), (-1, 4), (3, 9_999), (7, 8)])
def test_an_impossible_passage_is_refused(library, add_text, span) -> None:
    text = add_text("Words.")
    with pytest.raises(InvalidValue):
        library.execute(partial(claims.add_claim, text_id=text.id, span=TextSpan(*span)), label="Tag claim")
    assert library.read(lambda store: store.find(Claim)) == []


def test_claims_are_numbered_in_text_order_with_their_evidence(library, add_text) -> None:
    text = add_text("Alpha says one. Beta says two.", "Gamma says three.")
    late, early = tag(library, text, "Gamma says three"), tag(library, text, "Alpha says one")
    overlap = tag(library, text, "one. Beta")
    source = library.execute(
        lambda store: sources.add_source(store, SourceFields(title="S")), label="Add source"
    ).value
    for stance in Stance:
        library.execute(
            partial(
                evidence.link_evidence,
                claim_id=early.claim.id,
                source_id=source.id,
                fields=EvidenceFields(stance, " a quote ", "p. 1"),
            ),
            label="Link evidence",
        )
    views = library.read(lambda store: claims.list_claims(store, text.article_id))
    assert [(view.number, view.claim.id) for view in views] == [
        (1, early.claim.id),
        (2, overlap.claim.id),
        (3, late.claim.id),
    ]
    assert [item.evidence.stance for item in views[0].evidence] == list(Stance)
    assert views[0].count(Stance.REFUTES) == 1
    assert views[0].evidence[0].evidence.quote == "a quote"
    summary = library.read(articles.list_articles)[0]
    assert (summary.claims, summary.open_claims) == (3, 3)


def test_deleting_a_claim_takes_its_evidence_along_and_undo_brings_all_back(library, add_text) -> None:
    text = add_text("Alpha says one.")
    claim = tag(library, text, "Alpha").claim
    source = library.execute(
        lambda store: sources.add_source(store, SourceFields(title="S")), label="Add"
    ).value
    link = partial(
        evidence.link_evidence, claim_id=claim.id, source_id=source.id, fields=EvidenceFields(Stance.SUPPORTS)
    )
    library.execute(link, label="Link")
    assert library.execute(partial(claims.delete_claim, claim_id=claim.id), label="Delete claim").value == 1
    assert library.read(lambda store: claims.list_claims(store, text.article_id)) == ()
    assert library.read(lambda store: annotations.passages(store, text.id)) == []
    library.undo()
    (view,) = library.read(lambda store: claims.list_claims(store, text.article_id))
    assert len(view.evidence) == 1


def test_editing_with_a_stale_revision_is_refused(library, add_text) -> None:
    claim = tag(library, add_text("Alpha says one."), "Alpha").claim
    edit = partial(claims.edit_claim, claim_id=claim.id, rev=claim.rev)
    library.execute(partial(edit, changes=ClaimFields(note="mine")), label="Edit")
    with pytest.raises(ConcurrentEdit):
        library.execute(partial(edit, changes=ClaimFields(note="theirs")), label="Edit")


def test_a_claim_never_loses_its_statement(library, add_text) -> None:
    claim = tag(library, add_text("Alpha says one."), "Alpha", type=ClaimType.QUOTE).claim
    with pytest.raises(InvalidValue):
        library.execute(
            partial(claims.edit_claim, claim_id=claim.id, changes=ClaimFields(statement="  ")), label="Edit"
        )


def test_a_rating_records_the_evidence_and_unknown_verdicts_are_refused(library, add_text) -> None:
    claim = tag(library, add_text("Alpha says one."), "Alpha").claim
    rate = partial(ratings.rate, claim_id=claim.id)
    made = library.execute(
        partial(rate, verdict="partly", confidence=62, because="Half true."), label="Rate"
    ).value
    assert (made.verdict, made.confidence, made.rationale, made.rated_by) == (
        "partly",
        62,
        "Half true.",
        "Tester",
    )
    assert library.execute(partial(rate, verdict="partly", confidence=62), label="Rate").changes is None
    with pytest.raises(InvalidValue, match="supported, partly"):
        library.execute(partial(rate, verdict="true"), label="Rate")
    with pytest.raises(InvalidValue, match="101"):
        library.execute(partial(rate, confidence=101), label="Rate")
    library.execute(partial(ratings.step_confidence, claim_id=claim.id, step=-200), label="Confidence")
    assert library.read(lambda store: store.get(Claim, claim.id)).confidence == 0


def test_the_latest_rating_is_the_last_one_made_whatever_the_clock_says(tmp_path) -> None:
    at = iter(datetime(year, 3, 21, tzinfo=UTC) for year in (2026, 2026, 2026, 2026, 2024, 2022, 2025, 2020))
    path = tmp_path / "library.annotator"
    with Library.open(path, Environment(now=lambda: next(at))) as library:
        claim = library.execute(
            lambda store: store.put(Claim(id="c", statement="It is so.")), label="Add"
        ).value
        for verdict in ("supported", "partly", "refuted"):  # the last two with clocks that went back
            library.execute(partial(ratings.rate, claim_id=claim.id, verdict=verdict), label="Change verdict")
        library.undo()
        library.redo()
    with Library.open(path) as library:
        found = library.read(lambda store: ratings.history(store, [claim.id]))[claim.id]
        assert [rating.verdict for rating in found] == ["supported", "partly", "refuted"]
        assert library.read(checking.check).problems == ()


def test_new_tag_names_become_tags_and_known_ones_are_found_whatever_their_case(library) -> None:
    known = library.read(tags.list_tags)
    ids = library.execute(
        lambda store: tags.ensure_tags(store, ["ridership", "METHOD", "Ridership "]), label="Tag"
    ).value
    after = {tag.id: tag for tag in library.read(tags.list_tags)}
    assert [after[id].name for id in ids] == ["ridership", "Method"]
    assert len(after) == len(known) + 1
    with pytest.raises(InvalidValue):
        library.execute(lambda store: tags.add_tag(store, name="method"), label="Add tag")


def test_things_are_found_by_id_by_its_beginning_and_by_title(library, add_text) -> None:
    first, second = add_text("One.", title="First"), add_text("Two.", title="Second")
    find = lambda reference: library.read(lambda store: lookup.article(store, reference)).id  # noqa: E731
    assert find(first.article_id) == find(first.article_id[:8]) == find("First") == first.article_id
    assert find("Second") == second.article_id
    with pytest.raises(NotFound):
        find("Third")
    with pytest.raises(NotFound):
        find("")
    with pytest.raises(Ambiguous):
        find("0000")


def test_a_library_without_claims_lists_its_articles_and_one_can_be_deleted_and_restored(
    library, add_text
) -> None:
    text = add_text("One.", title="First")
    tag(library, text, "One")
    article_id = text.article_id
    library.execute(
        partial(articles.describe_article, article_id=article_id, metadata=Metadata(authors=("Åsa Öberg",))),
        label="Edit",
    )
    library.execute(
        partial(articles.set_status, article_id=article_id, status=ArticleStatus.DONE), label="Done"
    )
    (summary,) = library.read(articles.list_articles)
    assert (summary.authors, summary.status, summary.claims) == (("Åsa Öberg",), "done", 1)
    library.execute(partial(articles.delete_article, article_id=article_id), label="Delete article")
    assert library.read(articles.list_articles) == []
    assert library.read(lambda store: store.find(Claim)) == []
    library.undo()
    assert library.read(articles.list_articles) == [summary]


def test_the_reader_gets_first_the_passages_near_where_reading_stopped(library, add_text) -> None:
    text = add_text(*(f"Paragraph {number} has its own words." for number in range(1000)))
    far, near = tag(library, text, "Paragraph 3 has"), tag(library, text, "Paragraph 900 has")
    library.execute(lambda store: reading.save_position(store, text, near.mention.start - 50), label="")
    assert library.undo_state().undo == "Tag claim"
    opened = library.read(lambda store: reading.open_article(store, text.article_id))
    assert opened.position == near.mention.start - 50
    assert [row.annotation_id for row in opened.near] == [near.mention.id]
    everything = library.read(lambda store: annotations.passages(store, text.id))
    assert [row.annotation_id for row in everything] == [far.mention.id, near.mention.id]


def test_the_caret_is_remembered_when_it_was_on_screen(library, add_text) -> None:
    text = add_text("One paragraph.", "And another one.")

    def opened_after(offset: int, caret: int | None) -> tuple[int, int | None]:
        library.execute(lambda store: reading.save_position(store, text, offset, caret=caret), label="")
        opened = library.read(lambda store: reading.open_article(store, text.article_id))
        return opened.position, opened.caret

    assert opened_after(15, 20) == (15, 20)
    assert opened_after(15, None) == (15, None)
    assert opened_after(0, 10_000) == (0, len(text.text))


@pytest.mark.parametrize("stored", ["{", "null", '"far"', "[]", "-3", '["x", 4.5]'])
def test_a_position_that_can_not_be_read_is_the_beginning(library, add_text, stored: str) -> None:
    text = add_text("One paragraph.")
    library.execute(
        lambda store: store.put(Setting(id=f"position:{text.id}", value=stored)), label="Damage a setting"
    )
    opened = library.read(lambda store: reading.open_article(store, text.article_id))
    assert (opened.position, opened.caret) == (0, None)


def test_a_changed_verdict_says_which_passages_to_paint_again(library, add_text) -> None:
    text = add_text("Alpha says one. Beta says two.")
    first, _ = tag(library, text, "Alpha"), tag(library, text, "Beta")
    changes = library.execute(
        partial(ratings.rate, claim_id=first.claim.id, verdict="refuted"), label="Rate"
    ).changes
    claim_ids = [id for kind, id in changes.touched if kind == "claim"]
    ids, rows = library.read(
        lambda store: reading.changed_passages(store, text, annotation_ids=[], claim_ids=claim_ids)
    )
    assert ids == {first.mention.id}
    assert [(row.annotation_id, row.verdict) for row in rows] == [(first.mention.id, "refuted")]


def test_a_passage_says_whether_its_claim_has_a_note(library, add_text) -> None:
    text = add_text("Alpha says one. Beta says two.")
    first, second = tag(library, text, "Alpha"), tag(library, text, "Beta")
    noted = partial(claims.edit_claim, claim_id=first.claim.id, changes=ClaimFields(note="Who counted?"))
    library.execute(noted, label="Edit note")
    rows = library.read(lambda store: annotations.passages(store, text.id))
    assert [(row.annotation_id, row.has_note) for row in rows] == [
        (first.mention.id, True),
        (second.mention.id, False),
    ]


def test_highlights_and_notes_are_listed_apart_from_claims(library, add_text) -> None:
    text = add_text("Alpha says one. Beta says two.")
    tag(library, text, "Alpha")
    mark = library.execute(
        partial(annotations.add_highlight, text_id=text.id, span=TextSpan(24, 28)), label="Highlight"
    ).value
    library.execute(partial(annotations.set_note, annotation_id=mark.id, note="*Why?*"), label="Note")
    (found,) = library.read(lambda store: annotations.marks(store, text.id))
    assert (found.motivation, found.note, found.segments[0].exact) == (
        Motivation.COMMENTING,
        "*Why?*",
        "Beta",
    )
    library.execute(partial(annotations.delete_annotation, annotation_id=mark.id), label="Delete")
    assert len(library.read(lambda store: store.find(Annotation))) == 1
