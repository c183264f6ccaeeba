"""CSL-JSON in and out."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.ids import SourceId
from annotator.domain.source import Source
from annotator.errors import UnreadableFile
from annotator.interchange.csl import SourceFields, csl_name, read_csl, source_fields, to_csl, write_csl

RECORD = {
    "id": "lee2019",
    "type": "article-journal",
    "title": "Counting  the night",
    "author": [
        {"family": "Lee", "given": "Ann"},
        {"literal": "City Office"},
        {"family": "Berg", "given": "Jo", "non-dropping-particle": "van den"},
    ],
    "issued": {"date-parts": [[2019, 5, 2]]},
    "DOI": "https://doi.org/10.1234/abc.5",
    "URL": "https://x.example/a",
    "x-own": {"deep": [1, None, "ok"]},
}


def stored(fields: SourceFields) -> Source:
    return Source(
        id=SourceId("s1"),
        title=fields.title,
        authors=fields.authors,
        year=fields.year,
        url=fields.url,
        doi=fields.doi,
        csl=fields.csl,
    )


def test_the_fields_of_a_record() -> None:
    fields = source_fields(RECORD)
    assert fields.title == "Counting the night"
    assert fields.authors == ("Ann Lee", "City Office", "Jo van den Berg")
    assert (fields.year, fields.doi, fields.url) == ("2019", "10.1234/abc.5", "https://x.example/a")
    assert dict(fields.csl) == RECORD


def test_an_unedited_source_gives_its_record_back() -> None:
    assert to_csl(stored(source_fields(RECORD))) == RECORD | {"title": "Counting the night"}


def test_edited_fields_replace_those_of_the_record_and_the_rest_is_kept() -> None:
    edited = replace(
        stored(source_fields(RECORD)),
        title="New",
        authors=("Ann van Lee", "Office of Trams"),
        year="",
        doi="",
        url="",
    )
    record = to_csl(edited)
    assert record["title"] == "New"
    assert record["author"] == [{"family": "van Lee", "given": "Ann"}, {"literal": "Office of Trams"}]
    assert not {"issued", "DOI", "URL"} & set(record)
    assert record["x-own"] == RECORD["x-own"]


def test_a_source_typed_by_hand_becomes_a_record() -> None:
    source = Source(id=SourceId("s1"), title="T", authors=("Lee, Ann",), year="n.d.", accessed_on="2026-03")
    assert to_csl(source) == {
        "id": "s1", "type": "document", "title": "T", "author": [{"family": "Lee", "given": "Ann"}],
        "issued": {"literal": "n.d."}, "accessed": {"date-parts": [[2026, 3]]},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("issued", "year"),
    [
        ({"date-parts": [["2019"]]}, "2019"),
        ({"raw": "May 2019"}, "2019"),
        ("2019-05-02", "2019"),
        ({"date-parts": [[]]}, ""),
        ({"date-parts": "x"}, ""),
        (None, ""),
        (7, ""),
    ],
)
def test_years_in_the_forms_that_occur(issued: object, year: str) -> None:
    assert source_fields({"title": "T", "issued": issued}).year == year


def test_addresses_other_than_of_the_web_are_not_taken() -> None:
    assert source_fields({"title": "T", "URL": "javascript:alert(1)"}).url == ""


def test_broken_records_are_reported_and_the_rest_read() -> None:
    found, problems = read_csl(
        json.dumps([{"title": "A"}, 5, {"id": "b"}, {"title": ["x"], "author": [3, "Ann Lee"]}]).encode()
    )
    assert [fields.title for fields in found] == ["A"]
    assert [problem.where for problem in problems] == ["record 2", "b", "record 4"]


@pytest.mark.parametrize("data", [b"{", b"\xff\xfe", b"3", b"[" * 100_000])
def test_a_file_that_is_no_bibliography_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_csl(data)
    assert caught.value.kept


def test_a_byte_order_mark_one_record_and_items_are_understood() -> None:
    assert read_csl(b'\xef\xbb\xbf{"title": "A"}')[0][0].title == "A"
    assert read_csl(b'{"items": [{"title": "A"}, {"title": "B"}]}')[0][1].title == "B"


def test_depth_and_odd_values_do_no_harm() -> None:
    found, _ = read_csl(
        b'[{"title": "A\\u0000e\\u0301\\ud800", "x": NaN, "y": ' + b"[" * 300 + b"]" * 300 + b"}]"
    )
    assert found[0].title == "Aé"
    json.dumps(dict(found[0].csl), allow_nan=False)


def test_written_sources_are_read_again() -> None:
    sources = [stored(source_fields(RECORD))]
    text = write_csl(sources)
    assert text.endswith("\n")
    assert read_csl(text.encode())[0] == [source_fields(to_csl(sources[0]))]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ann Lee", {"family": "Lee", "given": "Ann"}),
        ("Ana de la Cruz", {"family": "de la Cruz", "given": "Ana"}),
        ("Madonna", {"literal": "Madonna"}),
        ("Velmar Transit Office", {"literal": "Velmar Transit Office"}),
    ],
)
def test_names_as_people_write_them(name: str, expected: dict[str, str]) -> None:
    assert csl_name(name) == expected


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(["title", "author", "issued", "URL", "DOI", "id", "date-parts", "literal", "x"])


@given(st.dictionaries(KEYS, JSON, max_size=6))
def test_any_record_is_read_and_written(record: dict[str, object]) -> None:
    fields = source_fields(record)
    json.dumps(to_csl(stored(fields)))
    assert all(isinstance(name, str) and name for name in fields.authors)
