"""`annotator recover`: a damaged library, named by the message that refuses it, is put together anew."""

from __future__ import annotations

import pytest
from tests.cli.command_line import CommandLine

PAGE = 4096


@pytest.fixture
def kept(annotator: CommandLine) -> bytes:
    """A library with a claim that is in its backup and a newer one; its bytes."""
    article = annotator.article("Some 41,000 people cross the city at night.\n\n" + "A long text. " * 4000)
    annotator.claim(article)
    annotator.json("backup")
    annotator.claim(article, "at night")
    return annotator.library.read_bytes()


def test_the_message_of_a_damaged_library_leads_to_its_recovery(annotator: CommandLine, kept: bytes) -> None:
    at = next(at for at in range(0, len(kept), PAGE) if kept[at : at + PAGE].count(b"A long text. ") > 300)
    bad = kept[:at] + bytes(PAGE) + kept[at + PAGE :]  # in the middle of the text, or of its original
    annotator.library.write_bytes(bad)
    refused = annotator("claims")
    assert refused.code == 1
    assert "“annotator recover”" in refused.err
    answer = annotator("recover", "--json")
    assert answer.code == 0, answer.out + answer.err
    done = answer.json
    assert (done["backup"], done["problems"], done["repaired"]) == (1, 0, 0)
    rows = {row["kind"]: (row["saved"], row["from_backup"], row["lost"]) for row in done["tables"]}
    assert sorted([rows["article_text"], rows["attachment"]]) == [(0, 1, 0), (1, 0, 0)]
    assert rows["claim"] == (2, 0, 0)
    assert f"lies untouched in “{done['set_aside']}”" in answer.err
    assert (annotator.folder / "library.damaged-1.annotator").read_bytes() == bad
    assert len(annotator.json("claims")) == 2
    assert annotator("check").code == 0


def test_what_is_lost_or_may_be_ends_with_1_and_a_table(annotator: CommandLine, kept: bytes) -> None:
    annotator.library.write_bytes(b"junk" * 9999)
    answer = annotator("recover")
    assert answer.code == 1
    head, *rows = answer.out.splitlines()
    assert head.split() == ["Kind", "Saved", "From", "backup", "Lost"]
    assert ["claim", "0", "1", "unknown"] in [row.split() for row in rows]
    assert rows[-1].startswith("0 rows from the damaged library, ")
    assert rows[-1].endswith(" from backup 1.")
    assert len(annotator.json("claims")) == 1


def test_where_nothing_is_left_of_it_nothing_is_changed(annotator: CommandLine) -> None:
    annotator.library.write_bytes(b"junk" * 9999)
    answer = annotator("recover")
    assert (answer.code, answer.out) == (1, "")
    assert "Nothing can be read of “library.annotator”, and there is no sound backup of it." in answer.err
    assert annotator.library.read_bytes() == b"junk" * 9999
    assert [path.name for path in annotator.folder.iterdir()] == ["library.annotator"]
