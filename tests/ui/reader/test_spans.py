from __future__ import annotations

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.ids import AnnotationId, ClaimId
from annotator.domain.views import SpanRow
from annotator.ui.reader.spans import LONG, SpanIndex


def row(start: int, end: int, name: str, claim: str | None = None) -> SpanRow:
    return SpanRow(start, end, AnnotationId(name), ClaimId(claim) if claim else None, None, "open", False)


LENGTHS = st.one_of(st.integers(1, 40), st.integers(LONG - 1, LONG + 300))
SPANS = st.lists(st.tuples(st.integers(0, 4000), LENGTHS, st.integers(0, 12)), max_size=40)


def rows_from(drawn: list[tuple[int, int, int]]) -> list[SpanRow]:
    return [row(start, start + length, f"a{name}") for start, length, name in drawn]


def brute(rows: list[SpanRow], start: int, end: int) -> list[SpanRow]:
    return sorted(found for found in rows if found.start < end and found.end > start)


@given(SPANS, st.integers(0, 6000), st.integers(1, 800))
def test_a_query_finds_what_a_full_search_finds(
    drawn: list[tuple[int, int, int]], start: int, length: int
) -> None:
    rows = rows_from(drawn)
    assert sorted(SpanIndex(rows).overlapping(start, start + length)) == brute(rows, start, start + length)


@given(SPANS, st.lists(st.integers(0, 12), max_size=8), SPANS, st.integers(0, 6000))
def test_adding_and_removing_keeps_the_index_right(
    first: list[tuple[int, int, int]], gone: list[int], more: list[tuple[int, int, int]], at: int
) -> None:
    rows = rows_from(first)
    index = SpanIndex(rows)
    for name in gone:
        taken = index.remove(AnnotationId(f"a{name}"))
        assert sorted(taken) == sorted(r for r in rows if r.annotation_id == f"a{name}")
        rows = [r for r in rows if r.annotation_id != f"a{name}"]
    for added in rows_from(more):
        index.add(added)
        rows.append(added)
    assert sorted(index.at(at)) == brute(rows, at, at + 1)
    assert sorted(index.overlapping(at, at + 300)) == brute(rows, at, at + 300)
    assert len(index) == len(rows)
    for run in (index._short, index._long):
        assert run.starts == sorted(run.starts)
        assert run.reach == list(accumulate(run.ends, max))


def test_the_innermost_passage_comes_first() -> None:
    index = SpanIndex(
        [row(0, 100, "outer"), row(10, 30, "middle"), row(12, 20, "inner"), row(0, 5000, "all")]
    )
    assert [found.annotation_id for found in index.at(15)] == ["inner", "middle", "outer", "all"]


def test_an_annotation_in_pieces_is_replaced_as_a_whole() -> None:
    index = SpanIndex([row(0, 5, "a"), row(10, 15, "a"), row(20, 25, "b")])
    old = index.replace(AnnotationId("a"), [row(30, 35, "a")])
    assert [found.start for found in old] == [0, 10]
    assert [found.start for found in index.rows()] == [20, 30]
    assert index.rows_of(AnnotationId("a")) == (row(30, 35, "a"),)


def test_the_next_claim_skips_plain_highlights() -> None:
    index = SpanIndex([row(0, 5, "a", "c1"), row(10, 15, "b"), row(20, 25, "c", "c2")])
    assert index.after(0, claims=True) == row(20, 25, "c", "c2")
    assert index.after(0, claims=False) == row(10, 15, "b")
    assert index.before(20, claims=True) == row(0, 5, "a", "c1")
    assert index.before(0, claims=True) is None
