"""What the commands do and answer."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

import pytest
from tests.cli.command_line import ARTICLE, CommandLine

BIBTEX = (
    "@report{cso2024, title = {Mobility Survey 2024}, author = {{City Statistics Office}}, year = 2024}\n"
)


def test_import_adds_once_and_knows_the_article_again(annotator: CommandLine) -> None:
    file = annotator.file("trams.txt")
    (first,) = annotator.json(
        "import", file, "--author", "Ines Okafor-Lind", "--author", "B. Moss", "--date", "2026-05"
    )
    (again,) = annotator.json("import", file)
    assert (first["status"], again["status"]) == ("added", "known")
    assert first["article"] == again["article"]
    assert again["reason"]
    (listed,) = annotator.json("articles")
    assert listed["authors"] == ["Ines Okafor-Lind", "B. Moss"]
    assert listed["published_on"] == "2026-05"
    assert listed["title"] == "Night trams"


def test_each_imported_file_is_a_step_of_its_own(annotator: CommandLine) -> None:
    annotator.json("import", annotator.file("a.txt", "One thing.\n"), annotator.file("b.txt", "Another.\n"))
    annotator.json("undo")
    assert len(annotator.json("articles")) == 1


def test_a_refused_file_does_not_keep_the_others(annotator: CommandLine) -> None:
    answer = annotator("import", "missing.txt", annotator.file("a.txt"), "--json")
    assert answer.code == 1
    assert [row["status"] for row in answer.json] == ["refused", "added"]
    assert answer.json[0]["reason"].startswith("There is no file “missing.txt”.")
    assert "missing.txt" in answer.err


def test_show_text_is_the_canonical_text_byte_for_byte(annotator: CommandLine) -> None:
    article = annotator.article()
    shown = annotator.json("show", article)
    answer = annotator("show", article, "--text")
    assert hashlib.sha256(answer.out.encode()).hexdigest() == shown["versions"][0]["sha256"]
    assert not answer.out.endswith("\n")
    assert "😀" in answer.out
    assert annotator.json("show", article, "--text")["text"] == answer.out


def test_claims_come_in_text_order_with_the_words_at_their_place(annotator: CommandLine) -> None:
    article = annotator.article()
    late = annotator.claim(article, "Nobody will", "--tag", "Forecast", "--tag", "New tag")
    early = annotator.claim(article, "41,000 people", "--statement", "So many.", "--type", "statistic")
    text = annotator("show", article, "--text").out
    claims = annotator.json("claims", article)
    assert [claim["id"] for claim in claims] == [early, late]
    assert [claim["number"] for claim in claims] == [1, 2]
    assert all(text[claim["start"] : claim["end"]] == claim["quote"] for claim in claims)
    assert claims[0]["statement"] == "So many."
    assert claims[0]["type"] == "statistic"
    assert claims[1]["statement"] == "Nobody will"
    assert claims[1]["tags"] == ["Forecast", "New tag"]
    assert claims[1]["article"] == article
    assert (claims[0]["verdict"], claims[0]["verdict_label"], claims[0]["confidence"]) == (
        "open",
        "Open",
        None,
    )


def test_claims_without_an_article_are_those_of_all_articles(annotator: CommandLine) -> None:
    first, second = annotator.article(), annotator.article("Something else was said.\n")
    annotator.claim(first)
    annotator.claim(second, "Something else")
    assert {claim["article"] for claim in annotator.json("claims")} == {first, second}
    assert [claim["article"] for claim in annotator.json("claims", "Night trams 1")] == [second]


def test_an_occurrence_picks_among_equal_words(annotator: CommandLine) -> None:
    article = annotator.article()
    annotator.json("claim", article, "--quote", "the city", "--occurrence", "2")
    text = annotator("show", article, "--text").out
    assert annotator.json("claims", article)[0]["start"] == text.rindex("the city")


def test_plain_quotes_find_typographic_ones(annotator: CommandLine) -> None:
    article = annotator.article()
    annotator.claim(article, '"pays" for it - twice')
    assert annotator.json("claims", article)[0]["quote"] == "“pays” for it — twice"


def test_a_passage_may_be_given_by_its_place(annotator: CommandLine) -> None:
    article = annotator.article()
    made = annotator.json("claim", article, "--start", "0", "--end", "5")
    (claim,) = annotator.json("claims", article)
    assert (claim["id"], claim["annotation"]) == (made["claim"], made["annotation"])
    assert claim["quote"] == "Night"


def test_edit_changes_what_is_given_and_nothing_else(annotator: CommandLine) -> None:
    article = annotator.article()
    claim = annotator.claim(article, "41,000 people", "--note", "Kept.", "--claimant", "Mayor")
    assert annotator.json("edit", claim, "--statement", "Many people.", "--claimant", "")["changed"]
    (row,) = annotator.json("claims", article)
    assert (row["statement"], row["note"], row["claimant"]) == ("Many people.", "Kept.", "")


def test_rate_keeps_the_earlier_ratings(annotator: CommandLine) -> None:
    article = annotator.article()
    claim = annotator.claim(article)
    annotator.json("rate", claim, "--verdict", "partly", "--confidence", "60")
    rated = annotator.json(
        "rate", claim, "--verdict", "supported", "--confidence", "80", "--because", "Counted."
    )
    (row,) = annotator.json("claims", article)
    assert (row["verdict"], row["verdict_label"], row["confidence"]) == ("supported", "Supported", 80)
    assert [rating["confidence"] for rating in row["ratings"]] == [60, 80]
    assert row["ratings"][-1]["id"] == rated["rating"]
    assert row["ratings"][-1]["because"] == "Counted."
    assert row["ratings"][-1]["by"] == "Ines"
    assert annotator.json("rate", claim, "--confidence", "80")["rating"] is None


def test_evidence_links_a_source_to_a_claim(annotator: CommandLine) -> None:
    article = annotator.article()
    claim = annotator.claim(article)
    source = annotator.json(
        "source", "add", "--title", "Mobility Survey", "--author", "Anna de Vries", "--year", "2024",
        "--type", "report", "--doi", "https://doi.org/10.5555/velmar.7",
    )["source"]  # fmt: skip
    words = ("--stance", "refutes", "--quote", "40,900", "--locator", "table 7", "--strength", "4")
    link = annotator.json("link", claim, "Mobility Survey", *words, "--note", "Persons.")["evidence"]
    (evidence,) = annotator.json("claims", article)[0]["evidence"]
    assert evidence == {
        "id": link, "source": source, "source_title": "Mobility Survey", "stance": "refutes", "strength": 4,
        "quote": "40,900", "locator": "table 7", "note": "Persons.",
    }  # fmt: skip
    (listed,) = annotator.json("sources")
    assert (listed["doi"], listed["year"], listed["type"]) == ("10.5555/velmar.7", "2024", "report")
    assert (listed["authors"], listed["evidence"]) == (["Anna de Vries"], 1)
    annotator.json("unlink", link)
    assert annotator.json("claims", article)[0]["evidence"] == []
    assert annotator.json("sources")[0]["evidence"] == 0


def test_bibliographies_are_read_once_and_written_in_both_formats(annotator: CommandLine) -> None:
    file = annotator.file("sources.bib", BIBTEX)
    assert [row["key"] for row in annotator.json("source", "import", file)["added"]] == ["cso2024"]
    assert annotator.json("source", "import", file)["added"] == []
    (record,) = json.loads(annotator("source", "export", "--format", "csl").out)
    assert record["title"] == "Mobility Survey 2024"
    written = annotator.folder / "out.bib"
    assert annotator.json("source", "export", "-o", written)["file"] == str(written)
    assert "Mobility Survey 2024" in written.read_text(encoding="utf-8")
    csl = annotator.file("again.json", annotator("source", "export", "--format", "csl").out)
    assert len(annotator.json("source", "import", csl)["known"]) == 1


def test_a_broken_record_of_a_bibliography_is_reported_and_the_rest_added(annotator: CommandLine) -> None:
    file = annotator.file("sources.json", '[{"id": "a", "type": "book"}, {"id": "b", "title": "Good"}]')
    answer = annotator("source", "import", file, "--json")
    assert answer.code == 1
    assert [row["title"] for row in answer.json["added"]] == ["Good"]
    assert answer.json["problems"][0]["where"] == "a"
    assert "a was left out" in answer.err


def test_tags_are_listed_made_and_set(annotator: CommandLine) -> None:
    article = annotator.article()
    claim = annotator.claim(article, "41,000 people", "--tag", "Cause")
    made = annotator.json(
        "tag", "add", "Model", "--colour", "rose", "--definition", "Computed.", "--key", "1"
    )["tag"]
    assert annotator.json("tag", "set", claim, "model", "Trend")["tags"] == ["Model", "Trend"]
    assert annotator.json("claims", article)[0]["tags"] == ["Model", "Trend"]
    tags = {tag["name"]: tag for tag in annotator.json("tag", "list")}
    model = tags["Model"]
    assert (model["id"], model["colour"], model["pattern"]) == (made, "rose", tags["Forecast"]["pattern"])
    assert (model["definition"], model["key"], model["uses"]) == ("Computed.", "1", 1)
    assert tags["Statistic"]["key"] == ""
    assert annotator.json("tag", "set", claim)["tags"] == []


def test_notes_and_highlights_are_marks_of_the_article(annotator: CommandLine) -> None:
    article = annotator.article()
    noted = annotator.json("note", article, "--quote", "at night", "--text", "When is that?")["annotation"]
    lit = annotator.json("highlight", article, "--start", "0", "--end", "5", "--tag", "Method")["annotation"]
    marks = annotator.json("show", article)["marks"]
    assert [(mark["id"], mark["quote"], mark["note"], mark["tags"]) for mark in marks] == [
        (lit, "Night", "", ["Method"]),
        (noted, "at night", "When is that?", []),
    ]
    annotator.json("tag", "set", lit, "Trend")
    annotator.json("delete", noted)
    assert [mark["tags"] for mark in annotator.json("show", article)["marks"]] == [["Trend"]]


def test_what_is_deleted_comes_back_by_undo(annotator: CommandLine) -> None:
    article = annotator.article()
    claim = annotator.claim(article)
    source = annotator.json("source", "add", "--title", "Survey")["source"]
    annotator.json("link", claim, source, "--stance", "supports")
    before = (annotator.json("claims"), annotator.json("sources"), annotator.json("articles"))
    for id, kind in ((source, "source"), (claim, "claim"), (article, "article")):
        assert annotator.json("delete", id) == {"deleted": id, "kind": kind}
        assert (annotator.json("claims"), annotator.json("sources"), annotator.json("articles")) != before
        assert annotator.json("undo")["undone"]["label"] == f"Delete {kind}"
        assert (annotator.json("claims"), annotator.json("sources"), annotator.json("articles")) == before


def test_undo_and_redo_say_what_they_did(annotator: CommandLine) -> None:
    article = annotator.article()
    annotator.claim(article)
    assert "Tag claim" in annotator("undo").out
    assert annotator.json("claims", article) == []
    assert annotator.json("redo")["redone"]["label"] == "Tag claim"
    assert len(annotator.json("claims", article)) == 1


def test_history_is_of_the_library_or_of_one_thing(annotator: CommandLine) -> None:
    article = annotator.article()
    claim = annotator.claim(article)
    annotator.claim(article, "Nobody will")
    annotator.json("rate", claim, "--verdict", "partly")
    assert [edit["label"] for edit in annotator.json("history", "--limit", "2")] == [
        "Rate claim",
        "Tag claim",
    ]
    steps = annotator.json("history", claim)
    assert [step["label"] for step in steps] == ["Rate claim", "Tag claim"]
    assert all(step["by"] == "Ines" for step in steps)
    assert steps[0]["changes"][0]["after"]["verdict"] == "partly"
    annotator.json("delete", claim)
    assert annotator.json("history", claim)[0]["label"] == "Delete claim"


def test_export_of_one_article_is_the_same_on_stdout_and_in_a_file(annotator: CommandLine) -> None:
    article = annotator.article()
    annotator.claim(article)
    shown = annotator("export", article)
    file = annotator.folder / "deep" / "trams.md"
    (row,) = annotator.json("export", article, "-o", file)
    assert shown.code == 0
    assert "41,000 people" in shown.out
    assert file.read_bytes().decode() == shown.out
    assert (row["file"], row["content"], row["article"]) == (str(file), None, article)


def test_export_switches_reach_the_exporter(annotator: CommandLine) -> None:
    article = annotator.article()
    assert annotator("export", article).out.startswith("---\n")
    assert not annotator("export", article, "--no-front-matter").out.startswith("---\n")


def test_what_an_export_leaves_out_is_on_stderr(annotator: CommandLine) -> None:
    article = annotator.article()
    annotator.claim(article)
    answer = annotator("export", article, "--no-open-claims", "--json")
    assert answer.code == 0
    assert answer.json[0]["left_out"]
    assert all(line in answer.err for line in answer.json[0]["left_out"])


def test_several_articles_are_exported_into_a_folder_each_under_its_own_name(annotator: CommandLine) -> None:
    annotator.article()
    annotator.article("Something else was said.\n")
    folder = annotator.folder / "essays"
    rows = annotator.json("export", "-o", folder)
    assert sorted(Path(row["file"]).name for row in rows) == sorted(path.name for path in folder.iterdir())
    assert len(list(folder.iterdir())) == 2
    again = annotator("export", "-o", folder)
    assert again.code == 1
    assert again.err.count("exists already") == 2
    assert annotator("export", "-o", folder, "--force").code == 0


def test_articles_with_one_title_get_files_of_their_own(annotator: CommandLine) -> None:
    first, second = annotator.file("a.txt", "One thing.\n"), annotator.file("b.txt", "Another.\n")
    for file in (first, second):
        annotator.json("import", file, "--title", "Same")
    folder = annotator.folder / "essays"
    annotator.json("export", "-o", folder)
    assert {path.name for path in folder.iterdir()} == {"same.md", "same-2.md"}


def test_formats_are_those_of_the_registries(annotator: CommandLine) -> None:
    answer = json.loads(annotator.bare("formats", "--json").out)
    assert "plain-text" in [item["name"] for item in answer["import"]]
    (markdown,) = [item for item in answer["export"] if item["name"] == "markdown"]
    assert "footnotes" in [style["name"] for style in markdown["styles"]]
    assert answer["sources"] == ["bibtex", "csl"]
    assert not annotator.library.exists()


def test_answers_in_words_hold_the_ids(annotator: CommandLine) -> None:
    imported = annotator("import", annotator.file("a.txt", ARTICLE)).out
    (article,) = [row["id"] for row in annotator.json("articles")]
    assert article in imported
    claim = annotator("claim", article, "--quote", "41,000 people").out.strip()
    assert annotator.json("claims")[0]["id"] == claim
    assert claim[:8] in annotator("claims").out
    assert "Night trams" in annotator("show", article[:8]).out


def test_options_stand_before_or_after_the_command(annotator: CommandLine) -> None:
    article = annotator.article()
    before = annotator.bare("--json", "--library", annotator.library, "articles")
    after = annotator.bare("articles", "--library", annotator.library, "--json")
    assert before.json == after.json
    assert before.json[0]["id"] == article


def test_data_dir_names_the_folder_of_the_library(annotator: CommandLine) -> None:
    folder = annotator.folder / "data"
    assert annotator.bare("import", annotator.file("a.txt"), "--data-dir", folder).code == 0
    assert (folder / "library.annotator").is_file()
    assert len(annotator.bare("--data-dir", folder, "articles", "--json").json) == 1


def test_a_title_of_two_lines_becomes_one_line(annotator: CommandLine) -> None:
    path = annotator.file("lines.txt", "Some text that stands for an article.")
    (row,) = annotator.json("import", path, "--title", "Night\n trams")
    assert row["title"] == "Night trams"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are always text")
def test_a_file_whose_name_is_no_text_can_be_imported(annotator: CommandLine) -> None:
    path = os.fsencode(annotator.folder) + b"/bad\xff.txt"
    with open(path, "wb") as file:
        file.write(b"A headline\n\nSome text that stands for an article, and is long enough for one.\n")
    (row,) = annotator.json("import", os.fsdecode(path))
    assert row["status"] == "added"
    (version,) = annotator.json("show", row["article"])["versions"]
    assert version["original_name"] == "bad\ufffd.txt"
