"""Passages of a text in the library as evidence for a claim of another one."""

from __future__ import annotations

from functools import partial

import pytest

from annotator.domain.annotation import Annotation, Motivation
from annotator.domain.article import Article
from annotator.domain.evidence import Evidence, Stance
from annotator.domain.selectors import TextSpan
from annotator.domain.source import Source
from annotator.errors import InvalidValue, NotFound
from annotator.services import articles, claims, evidence, passages, sources
from annotator.services.articles import Metadata
from annotator.services.evidence import EvidenceFields
from annotator.services.passages import LinkedPassage

WORDS = "Ridership rose by 18 percent."


@pytest.fixture
def claim(library, add_text):
    text = add_text("Night trams are used.", title="The article")
    use_case = partial(claims.add_claim, text_id=text.id, span=TextSpan(12, 33))
    return library.execute(use_case, label="Tag claim").value.claim


@pytest.fixture
def report(library, add_text):
    text = add_text("What was counted.", f"In winter. {WORDS} No more.", title="The report")
    about = Metadata(
        title="The report",
        authors=("Ada Adeyemi", "Transit Office"),
        publication="Velmar Papers",
        published_on="2026-02-11",
        url="https://example.org/report",
    )
    library.execute(
        partial(articles.describe_article, article_id=text.article_id, metadata=about), label="Describe"
    )
    return text


def link(library, claim, text, stance: Stance = Stance.SUPPORTS) -> LinkedPassage:
    start = text.text.index(WORDS)
    use_case = partial(
        passages.link_passage,
        claim_id=claim.id,
        text_id=text.id,
        span=TextSpan(start, start + len(WORDS)),
        stance=stance,
    )
    return library.execute(use_case, label="Link evidence").value


def test_a_passage_becomes_evidence_with_its_words_its_place_and_a_mark(library, claim, report) -> None:
    linked = link(library, claim, report, Stance.REFUTES)
    stored = library.read(lambda store: store.get(Evidence, linked.evidence.id))
    mark = library.read(lambda store: store.get(Annotation, stored.annotation_id))
    assert (stored.claim_id, stored.stance, stored.quote) == (claim.id, Stance.REFUTES, WORDS)
    assert stored.locator == "¶ 2"
    assert report.text[mark.start : mark.end] == mark.segments[0].exact == WORDS
    assert (mark.text_id, mark.motivation, mark.claim_id) == (report.id, Motivation.HIGHLIGHTING, None)


def test_the_source_is_made_of_what_is_known_of_the_article(library, claim, report) -> None:
    linked = link(library, claim, report)
    source = library.read(lambda store: store.get(Source, linked.evidence.source_id))
    assert linked.source_added
    assert (source.title, source.authors, source.year) == (
        "The report",
        ("Ada Adeyemi", "Transit Office"),
        "2026",
    )
    assert (source.url, source.article_id) == ("https://example.org/report", report.article_id)
    assert source.csl["issued"] == {"date-parts": [[2026, 2, 11]]}
    assert source.csl["container-title"] == "Velmar Papers"


def test_a_second_passage_belongs_to_the_same_source(library, claim, report) -> None:
    first, second = link(library, claim, report), link(library, claim, report, Stance.CONTEXT)
    assert second.evidence.source_id == first.evidence.source_id
    assert not second.source_added
    assert second.evidence.rank > first.evidence.rank
    assert len(library.read(sources.list_sources)) == 1


def test_undo_takes_mark_source_and_link_back_in_one_step(library, claim, report) -> None:
    link(library, claim, report)
    library.undo(initiator="test")
    for kind in (Evidence, Source):
        assert library.read(lambda store, kind=kind: store.find(kind)) == []
    assert library.read(lambda store: store.find(Annotation, {"text_id": report.id})) == []
    library.redo(initiator="test")
    assert [item.quote for item in library.read(lambda store: store.find(Evidence))] == [WORDS]


def test_a_passage_without_words_is_refused_and_nothing_is_left_of_it(library, claim, report) -> None:
    use_case = partial(
        passages.link_passage,
        claim_id=claim.id,
        text_id=report.id,
        span=TextSpan(5, 5),
        stance=Stance.SUPPORTS,
    )
    with pytest.raises(InvalidValue):
        library.execute(use_case, label="Link evidence")
    assert library.read(sources.list_sources) == []


def test_a_text_that_was_deleted_meanwhile_gives_no_evidence(library, claim, report) -> None:
    library.execute(partial(articles.delete_article, article_id=report.article_id), label="Delete")
    with pytest.raises(NotFound):
        link(library, claim, report)
    assert library.read(lambda store: store.find(Evidence)) == []


def test_an_article_without_a_date_makes_a_source_without_a_year(library, claim, add_text) -> None:
    text = add_text(WORDS, title="A leaflet")
    linked = link(library, claim, text)
    article = library.read(lambda store: store.get(Article, text.article_id))
    assert (linked.source.title, linked.source.year) == (article.title, "")
    assert "issued" not in linked.source.csl


def test_a_quote_selected_in_a_source_is_marked_there_and_its_mark_moves_with_it(
    library, claim, report
) -> None:
    source = link(library, claim, report).source

    def linked(store, words: str, before: Evidence | None = None) -> Evidence:
        fields = EvidenceFields(Stance.SUPPORTS, quote=words)
        if before is None:
            made = evidence.link_evidence(store, claim_id=claim.id, source_id=source.id, fields=fields)
        else:
            made = evidence.edit_evidence(
                store, evidence_id=before.id, source_id=source.id, fields=fields, base=before
            )
        start = report.text.index(words)
        return passages.mark_quote(store, link=made, span=TextSpan(start, start + len(words)))

    first = library.execute(lambda store: linked(store, "In winter."), label="Link evidence").value
    mark = library.read(lambda store: store.get(Annotation, first.annotation_id))
    assert mark.segments[0].exact == "In winter."
    second = library.execute(lambda store: linked(store, "No more.", first), label="Edit evidence").value
    assert second.annotation_id == mark.id
    moved = library.read(lambda store: store.get(Annotation, mark.id))
    assert [part.exact for part in moved.segments] == ["No more."]


def test_a_quote_that_the_text_does_not_have_there_is_not_marked(library, claim, report) -> None:
    linked = link(library, claim, report)

    def work(store) -> Evidence:
        fields = EvidenceFields(Stance.CONTEXT, quote="Words of an older version.")
        made = evidence.link_evidence(store, claim_id=claim.id, source_id=linked.source.id, fields=fields)
        return passages.mark_quote(store, link=made, span=TextSpan(3, 9))

    assert library.execute(work, label="Link evidence").value.annotation_id is None
    typed = library.read(lambda store: store.get(Evidence, linked.evidence.id))
    assert (
        library.execute(
            lambda store: passages.mark_quote(store, link=typed, span=None), label="Edit evidence"
        ).value
        == typed
    )
