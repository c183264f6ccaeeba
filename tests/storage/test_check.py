"""Checking a library finds each kind of damage, and repairing mends what can be mended, undoably."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from tests.storage.whole_library import fill, plant

from annotator.domain.annotation import AnchorState, Annotation
from annotator.domain.article import ArticleText
from annotator.domain.claim import Claim
from annotator.domain.evidence import Evidence
from annotator.domain.selectors import TextSpan
from annotator.services import annotations, checking
from annotator.services.checking import Problem, Report
from annotator.services.library import Library

# What another program may have done to the file; which things the check must name; whether it can be mended.
HARM = {
    "a text that changed": (
        "UPDATE article_text SET text = text || '!' WHERE id != 'b'",
        "article_text",
        False,
    ),
    "an original that changed": ("UPDATE attachment SET data = x'00' WHERE id = 'b'", "attachment", False),
    "another original": (
        "UPDATE article_text SET original_sha256 = 'x' WHERE id = 'b'",
        "article_text",
        False,
    ),
    "a row that can't be read": ("UPDATE claim SET tags = '{' WHERE rowid = 3", "claim", False),
    "a passage elsewhere": (
        "UPDATE annotation SET segments = json_set(segments, '$[0][0]', start + 1) WHERE rowid = 2",
        "annotation",
        True,
    ),
    "columns that don't follow": (
        'UPDATE annotation SET "end" = "end" + 4 WHERE rowid = 2',
        "annotation",
        True,
    ),
    "a count that doesn't follow": (
        "UPDATE annotation SET segment_count = 2 WHERE rowid = 2",
        "annotation",
        True,
    ),
    "another verdict": ("UPDATE claim SET verdict = 'open', confidence = 1 WHERE rowid = 1", "claim", True),
    "evidence without a source": ("DELETE FROM source WHERE rowid = 1", "evidence", True),
    "evidence without a claim": ("DELETE FROM claim WHERE rowid = 1", "evidence", True),
    "a passage without a text": (
        "UPDATE annotation SET text_id = 'gone' WHERE rowid = 2",
        "annotation",
        True,
    ),
    "a mention without a claim": (
        "UPDATE annotation SET claim_id = NULL WHERE rowid = 2",
        "annotation",
        True,
    ),
    "a claim in the bin": ("UPDATE claim SET deleted_at = '2026-01-01' WHERE rowid = 2", "annotation", True),
    "an article in the bin": (
        "UPDATE article SET deleted_at = '2026-01-01' WHERE rowid = 1",
        "annotation",
        True,
    ),
    "a scale that is none": ("UPDATE article SET scale_id = 'gone' WHERE rowid = 1", "article", True),
    "a step that changed": ("UPDATE change SET after = '{}' WHERE rowid = 3", "edit", False),
    "a step that is gone": ("DELETE FROM edit WHERE seq = 1", "edit", False),
}


def report_of(library: Library) -> Report:
    return library.read(checking.check)


def test_a_sound_library_has_no_problems_and_every_row_is_counted(library: Library) -> None:
    fill(library)
    library.undo()
    library.redo()
    report = report_of(library)
    assert report.problems == ()
    counts = dict(report.checked)
    assert counts["edit"] == 4
    assert counts["claim"] == len(library.read(lambda store: store.find(Claim)))
    assert min(counts.values()) >= 2


@pytest.mark.parametrize("harm", HARM)
def test_harm_done_from_outside_is_found(harm: str, library: Library) -> None:
    fill(library)
    statement, kind, repairable = HARM[harm]
    plant(library.path, statement)
    found = [problem for problem in report_of(library).problems if problem.kind == kind]
    assert found
    assert any(problem.repairable for problem in found) == repairable
    assert all(problem.id and problem.what for problem in found)


@pytest.mark.parametrize("harm", [name for name, (_, _, repairable) in HARM.items() if repairable])
def test_a_repair_mends_it_and_undo_takes_the_repair_back(harm: str, library: Library) -> None:
    fill(library)
    plant(library.path, HARM[harm][0])
    before = _mendable(report_of(library))
    mended = library.execute(checking.repair, label="Repair library")
    assert set(before) <= set(mended.value)
    assert _mendable(report_of(library)) == ()
    assert library.undo_state().undo == "Repair library"
    library.undo()
    # A reference to what is gone is the one thing that undo has no place to put back.
    assert set(_mendable(report_of(library))) == (set() if "scale" in harm else set(before))


def _mendable(report: Report) -> tuple[Problem, ...]:
    return tuple(problem for problem in report.problems if problem.repairable)


def test_a_passage_is_found_again_by_its_words(library: Library) -> None:
    fill(library)
    plant(library.path, HARM["a passage elsewhere"][0])
    library.execute(checking.repair, label="Repair library")
    (item,) = library.read(lambda store: store.find(Annotation, {"state": AnchorState.MOVED.value}))
    text = library.read(lambda store: store.get(ArticleText, item.text_id)).text
    (segment,) = item.segments
    assert text[segment.start : segment.end] == segment.exact
    assert (item.start, item.end) == (segment.start, segment.end)


def test_a_passage_whose_words_are_nowhere_becomes_an_orphan(library: Library) -> None:
    fill(library)
    plant(
        library.path, "UPDATE annotation SET segments = json_set(segments, '$[0][2]', 'zyx') WHERE rowid = 2"
    )
    library.execute(checking.repair, label="Repair library")
    (item,) = library.read(lambda store: store.find(Annotation, {"state": AnchorState.ORPHAN.value}))
    assert item.segments[0].exact == "zyx"
    assert report_of(library).problems == ()


def test_words_that_occur_twice_are_told_apart_by_those_around_them(library: Library, add_text) -> None:
    text = add_text("One cat sat.", "Two cat sat.").text
    text_id = library.read(lambda store: store.find(ArticleText))[0].id
    at = text.rindex("cat")
    library.execute(
        lambda store: annotations.add_highlight(store, text_id=text_id, span=TextSpan(at, at + 3)), label=""
    )
    plant(library.path, "UPDATE annotation SET segments = json_set(segments, '$[0][0]', 0, '$[0][1]', 3)")
    library.execute(checking.repair, label="Repair library")
    assert library.read(lambda store: store.find(Annotation))[0].start == at


def test_passages_of_a_text_that_changed_are_reported_and_left_alone(library: Library) -> None:
    fill(library)
    plant(library.path, "UPDATE article_text SET text = 'x' || text WHERE id != 'b'")
    before = library.read(lambda store: store.find(Annotation, order=("id",)))
    assert library.execute(checking.repair, label="Repair library").changes is None
    assert library.read(lambda store: store.find(Annotation, order=("id",))) == before
    assert "backup" in next(p.what for p in report_of(library).problems if p.kind == "article_text")


def test_what_hangs_on_nothing_is_in_the_bin_after_a_repair_and_not_gone(library: Library) -> None:
    fill(library)
    (link,) = library.read(lambda store: store.find(Evidence))[:1]
    plant(library.path, "DELETE FROM source WHERE id = ?", link.source_id)
    library.execute(checking.repair, label="Repair library")
    kept = library.read(lambda store: store.get(Evidence, link.id, deleted=True))
    assert kept.deleted_at is not None
    assert kept.quote == link.quote


def test_structural_damage_is_told_as_such(library: Library) -> None:
    fill(library)
    library.close()
    # An index that is another table's: no page is unreadable, but searches would miss things.
    with closing(sqlite3.connect(library.path, isolation_level=None)) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("UPDATE sqlite_master SET rootpage = 3 WHERE name = 'ix_claim_relation_from_id'")
    with Library.open(library.path, check=False) as again:
        report = report_of(again)
        assert {problem.kind for problem in report.problems} == {"file"}
        assert again.execute(checking.repair, label="Repair library").value == ()
