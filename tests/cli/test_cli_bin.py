"""`annotator bin`, and `history --restore`."""

from __future__ import annotations

import pytest
from tests.cli.command_line import CommandLine


@pytest.fixture
def claim(annotator: CommandLine) -> str:
    """A claim in the bin, with its passage and a piece of evidence."""
    claim = annotator.claim(annotator.article())
    source = annotator.json("source", "add", "--title", "Timetable")["source"]
    annotator.json("link", claim, source, "--stance", "supports")
    annotator.json("delete", claim)
    return claim


def test_the_bin_lists_what_was_deleted_with_what_went_along(annotator: CommandLine, claim: str) -> None:
    (item,) = annotator.json("bin")
    assert (item["id"], item["kind"], item["name"]) == (claim, "claim", "41,000 people")
    assert (item["along"], item["by"], item["days_left"]) == (2, "Ines", 30)
    words = annotator("bin").out
    assert claim[:8] in words
    assert "41,000 people" in words


def test_a_thing_comes_back_by_the_beginning_of_its_id(annotator: CommandLine, claim: str) -> None:
    assert annotator.json("bin", "--restore", claim[:8]) == {"restored": claim, "kind": "claim", "things": 3}
    assert annotator.json("bin") == []
    assert annotator("bin").out == "The bin is empty.\n"
    assert annotator.json("claims")[0]["evidence"][0]["source_title"] == "Timetable"


def test_emptying_asks_to_be_meant(annotator: CommandLine, claim: str) -> None:
    refused = annotator("bin", "--empty")
    assert refused.code == 1
    assert "--yes" in refused.err
    assert len(annotator.json("bin")) == 1
    assert annotator.json("bin", "--empty", "--older-than", "30", "--yes") == {"gone": 0, "kept": 0}
    assert annotator.json("bin", "--empty", "--yes") == {"gone": 3, "kept": 0}
    assert annotator.json("bin") == []
    assert annotator("check").code == 0
    assert annotator.json("history", claim)[0]["origin"] == "emptied"
    assert annotator.json("undo")["undone"]["label"] == "Delete claim"


def test_things_are_emptied_by_name(annotator: CommandLine, claim: str) -> None:
    mark = annotator.json("highlight", annotator.article("Another one here.\n"), "--quote", "Another")[
        "annotation"
    ]
    annotator.json("delete", mark)
    assert annotator("bin", "--empty", claim[:8]).out == "3 things deleted for good\n"
    assert [item["id"] for item in annotator.json("bin")] == [mark]


def test_options_that_do_not_go_together_are_refused(annotator: CommandLine, claim: str) -> None:
    for words in (["--restore", claim, "--empty"], ["--older-than", "3"], [claim], ["--yes"]):
        assert annotator("bin", *words).code == 2
    assert annotator("bin", "--restore", "ffff").code == 1
    assert annotator("bin", "--empty", "ffff").code == 1


def test_there_is_nothing_in_the_bin_of_a_library_that_is_not_there_yet(annotator: CommandLine) -> None:
    assert annotator.bare("--data-dir", annotator.folder, "bin", "--json").json == []


def test_a_claim_goes_back_to_how_it_was_after_a_step(annotator: CommandLine) -> None:
    claim = annotator.claim(annotator.article())
    annotator.json("edit", claim, "--note", "First")
    seq = annotator.json("history", "--limit", "1")[0]["edit"]
    annotator.json("edit", claim, "--note", "Second")
    annotator.json("rate", claim, "--verdict", "refuted")
    done = annotator.json("history", claim, "--restore", str(seq))
    assert done == {"restored": seq, "kind": "claim", "id": claim, "changed": 2}
    (found,) = annotator.json("claims")
    assert (found["note"], found["verdict"], found["ratings"]) == ("First", "open", [])
    annotator.json("undo")
    assert annotator.json("claims")[0]["note"] == "Second"
    assert annotator("history", "--restore", "4711").code == 1


def test_the_history_says_in_words_what_changed(annotator: CommandLine) -> None:
    claim = annotator.claim(annotator.article())
    annotator.json("edit", claim, "--note", "Who counted?")
    (altered,) = annotator.json("history", "--limit", "1")[0]["altered"]
    assert altered == {
        "kind": "claim",
        "id": claim,
        "name": "41,000 people",
        "happened": "changed",
        "fields": [{"field": "note", "before": "", "after": "Who counted?"}],
    }
