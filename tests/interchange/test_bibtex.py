"""BibTeX in and out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.ids import SourceId
from annotator.domain.source import Source
from annotator.interchange.bibtex import read_bibtex, write_bibtex
from annotator.interchange.csl import SourceFields


def stored(fields: SourceFields, number: int = 1) -> Source:
    return Source(
        id=SourceId(f"s{number}"), title=fields.title, authors=fields.authors, year=fields.year, url=fields.url,
        doi=fields.doi, csl=fields.csl,
    )  # fmt: skip


ENTRY = r"""
@article{mueller2020,
  author = {M{\"u}ller, J{\"o}rg and {World Health Organization and Partners} and Ana de la Cruz},
  title = {Caf\'e {NASA} \& 50\% off -- a \emph{test}},
  journal = "Papers", year = 2020, month = mar, pages = {1--27}, doi = {https://doi.org/10.1234/a_b},
  url = {http://a.example/c_d%20e~f?x=1&y=\_z},
}
"""


def test_an_entry_with_everything() -> None:
    (fields,), problems = read_bibtex(ENTRY)
    assert problems == []
    assert fields.title == "Café NASA & 50% off – a test"
    assert fields.authors == ("Jörg Müller", "World Health Organization and Partners", "Ana de la Cruz")
    assert (fields.year, fields.doi) == ("2020", "10.1234/a_b")
    assert fields.url == "http://a.example/c_d%20e~f?x=1&y=_z"
    csl = fields.csl
    assert csl["id"] == csl["citation-key"] == "mueller2020"
    assert (csl["type"], csl["container-title"], csl["page"]) == ("article-journal", "Papers", "1-27")
    assert csl["issued"] == {"date-parts": [[2020, 3]]}
    assert csl["author"][2] == {"family": "Cruz", "given": "Ana", "non-dropping-particle": "de la"}


def test_a_broken_entry_is_reported_and_the_rest_read() -> None:
    found, problems = read_bibtex(
        '@book{a, title={A}}\n@article{b, title={unclosed\n@misc{c, title="C"}\n@misc{c, title="again"}\n@misc{d, author="x"}'
    )
    assert [fields.title for fields in found] == ["A", "C"]
    assert [problem.where for problem in problems] == ["line 2", "line 4", "d"]
    assert all(problem.reason for problem in problems)


def test_abbreviations_and_biblatex_dates() -> None:
    (fields,), _ = read_bibtex(
        '@string{vto = "Velmar Transit"}\n@report{a, title = vto # " Report", date={2019-05}, urldate={2026-01-02}, institution=vto}'
    )
    assert (fields.title, fields.year) == ("Velmar Transit Report", "2019")
    assert fields.csl["accessed"] == {"date-parts": [[2026, 1, 2]]}
    assert fields.csl["publisher"] == "Velmar Transit"


@pytest.mark.parametrize("text", ["", "no bibtex at all", "@", "@article{", "{{{", "@comment{x}"])
def test_nothing_gives_nothing(text: str) -> None:
    assert read_bibtex(text)[0] == []


def test_written_entries_are_read_again() -> None:
    (fields,), _ = read_bibtex(ENTRY)
    (again,), problems = read_bibtex(write_bibtex([stored(fields)]))
    assert problems == []
    assert again == fields


def test_keys_occur_once_and_values_end_no_field() -> None:
    source = Source(
        id=SourceId("x y"),
        title="100% {sure}, #1 & $5_000 ~ ^ \\end",
        url="https://a.example/}{x",
        authors=("A, B }",),
    )
    text = write_bibtex([source, source])
    found, problems = read_bibtex(text)
    assert problems == []
    assert [fields.csl["id"] for fields in found] == ["xy", "xy-2"]
    assert found[0].title == source.title
    assert found[0].url == "https://a.example/%7D%7Bx"


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="-`'"),
        min_size=1,
        max_size=30,
    )
)
def test_any_title_survives_writing(title: str) -> None:
    from annotator.domain.article import clean_text

    clean = " ".join(clean_text(title).split())
    if not clean:
        return
    found, problems = read_bibtex(write_bibtex([Source(id=SourceId("k"), title=clean)]))
    assert problems == []
    assert found[0].title == clean


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from('@article{a, title="}=#\\%\n$"}'), max_size=60))
def test_any_soup_is_read_without_an_exception(text: str) -> None:
    read_bibtex(text)
