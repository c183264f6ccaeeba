"""One row that can't be read never hides the rest: it is left out and reported."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.storage.whole_library import fill, first_id, plant

from annotator.domain.article import ArticleText
from annotator.domain.claim import Claim
from annotator.domain.entity import Entity
from annotator.domain.evidence import Evidence
from annotator.domain.library_rows import Setting
from annotator.domain.source import Source
from annotator.errors import BrokenEntity
from annotator.services import annotations, articles, claims, history, reading, tags
from annotator.services.library import Library, broken_words
from annotator.storage.tables import ENTITIES, TABLES

FAULTS: dict[str, tuple[str, object]] = {
    "attachment": ("data", "text where bytes belong"),
    "scale": ("steps", '[{"key": "only"}]'),
    "tag": ("colour", "ultraviolet"),
    "article": ("authors", '{"no": "list"}'),
    "article_text": ("blocks", '[[12, "no-such-block", {}]]'),
    "claim": ("confidence", 101),
    "annotation": ("segments", '[[1, 2, "x"]]'),
    "claim_relation": ("extra", "[1"),
    "question": ("rank", "first"),
    "answer": ("evidence", "[1, 2]"),
    "rating": ("rated_at", "yesterday"),
    "source": ("kind", "rumour"),
    "evidence": ("strength", 9),
    "draft": ("base_rev", b"\x00"),
    "setting": ("created_at", "never"),
}


def test_a_fault_is_known_for_every_kind() -> None:
    assert {table.name for table in TABLES.values()} == FAULTS.keys()


@pytest.mark.parametrize("fault", ["value", "bytes", "no text", "times"])
@pytest.mark.parametrize("kind", FAULTS)
def test_a_broken_row_is_left_out_and_reported_and_the_rest_is_read(
    kind: str, fault: str, library: Library
) -> None:
    fill(library)
    cls = ENTITIES[kind]
    rows = len(library.read(lambda store: store.find(cls)))
    assert rows >= 2
    id = first_id(library.path, kind)
    column, value = FAULTS[kind]
    if fault == "value":
        plant(library.path, f'UPDATE {kind} SET "{column}" = ? WHERE id = ?', value, id)
    elif fault == "bytes":
        plant(library.path, f"UPDATE {kind} SET created_by = x'00ff' WHERE id = ?", id)
    elif fault == "no text":
        plant(library.path, f"UPDATE {kind} SET extra = CAST(x'7bff7d' AS TEXT) WHERE id = ?", id)
    else:
        plant(library.path, f"UPDATE {kind} SET updated_at = 'soon' WHERE id = ?", id)
    assert len(library.read(lambda store: store.find(cls))) == rows - 1
    assert {(row.kind, row.id) for row in library.broken} == {(kind, id)}
    assert library.broken[0].reason
    with pytest.raises(BrokenEntity, match="can't be read"):
        library.read(lambda store: store.get(cls, id))
    _use_everything(library)


def _use_everything(library: Library) -> None:
    """What the window and the command line read at every turn works with any one row broken."""
    for summary in library.read(articles.list_articles):
        texts = library.read(lambda store, id=summary.id: store.find(ArticleText, {"article_id": id}))
        if texts and library.read(lambda store, id=summary.id: store.find(articles.Article, {"id": id})):
            opened = library.read(lambda store, id=summary.id: reading.open_article(store, id))
            library.read(lambda store, text=opened.text: reading.work_on(store, text))
            library.read(lambda store, text=opened.text: annotations.passages(store, text.id))
            library.execute(lambda store, text=opened.text: reading.save_position(store, text, 3), label="")
    library.read(tags.list_tags)
    library.read(tags.tag_uses)
    library.read(history.edits)
    work = library.read(lambda store: store.find(Claim))[0]
    library.execute(
        lambda store: claims.edit_claim(store, claim_id=work.id, changes=claims.ClaimFields(note="Goes on.")),
        label="Edit claim",
    )
    library.undo()


def test_evidence_of_a_broken_source_is_left_out_with_it(library: Library) -> None:
    fill(library)
    link = library.read(lambda store: store.find(Evidence))[0]
    plant(library.path, "UPDATE source SET kind = 'rumour' WHERE id = ?", link.source_id)
    found = library.read(lambda store: claims.evidence_of(store, [link.claim_id]))
    assert link.id not in {view.evidence.id for views in found.values() for view in views}
    assert ("evidence", link.id) in {(row.kind, row.id) for row in library.broken}
    assert len(library.read(lambda store: store.find(Source))) > 0


def test_a_broken_setting_gives_way_to_the_next(library: Library) -> None:
    fill(library)
    plant(library.path, "UPDATE setting SET extra = '[' WHERE id = 'a'")

    def remember(store) -> None:
        known = store.find(Setting, {"id": "a"})
        store.put(replace(known[0], value="2") if known else Setting(id="a", value="2"))

    library.execute(remember, label="")
    assert library.read(lambda store: store.get(Setting, "a")).value == "2"


def test_a_broken_step_of_the_history_is_left_out(library: Library) -> None:
    fill(library)
    plant(library.path, "UPDATE change SET after = '{' WHERE edit_seq = 1 AND position = 0")
    assert [edit.seq for edit, _ in library.read(history.edits)] == [2]
    library.undo()
    with pytest.raises(BrokenEntity, match="Step 1 of the history"):
        library.undo()


def test_what_was_met_is_said_in_one_sentence(library: Library) -> None:
    fill(library)
    assert broken_words(library.broken) == ""
    plant(library.path, "UPDATE claim SET type = '?'")
    count = len(library.read(lambda store: store.find(Claim)))
    assert count == 0
    rows = library.broken
    assert broken_words(rows[:1]) == "1 row of claims can't be read; everything else works."
    assert broken_words(rows[:2]).startswith("2 rows of claims can't")


def test_every_kind_has_a_class_that_the_store_can_read(library: Library) -> None:
    fill(library)
    counts = {
        kind: len(library.read(lambda store, cls=cls: store.find(cls))) for kind, cls in ENTITIES.items()
    }
    assert min(counts.values()) >= 2
    assert library.broken == ()
    assert issubclass(ENTITIES["claim"], Entity)
