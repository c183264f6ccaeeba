"""Passages to selectors and quotes to places."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotator.domain.anchoring import CONTEXT, describe, find_quote, fold, joined, occurrences
from annotator.domain.article import clean_text
from annotator.domain.selectors import TextSpan
from annotator.errors import Ambiguous, InvalidValue, NotFound

TEXT = "The “night tram” – she said – it’s late. The end. The end."


def test_a_passage_is_described_with_its_surroundings() -> None:
    segment = describe(TEXT, TextSpan(4, 16))
    assert segment.exact == "“night tram”"
    assert (segment.prefix, segment.suffix) == ("The ", TEXT[16 : 16 + CONTEXT])
    assert segment.quote.exact == segment.exact
    assert segment.position == (4, 16)


def test_space_at_the_edges_is_left_out() -> None:
    assert describe("a  word \n", TextSpan(1, 9))[:3] == (3, 7, "word")


@pytest.mark.parametrize("span", [(0, 0), (3, 2), (-1, 3), (0, 99), (3, 4)])
def test_a_span_without_words_or_outside_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(InvalidValue) as caught:
        describe("abc d", TextSpan(*span))
    assert caught.value.kept


def test_typed_quotes_and_dashes_find_printed_ones() -> None:
    assert find_quote(TEXT, '"night tram" - she said') == TextSpan(4, 27)
    assert find_quote("a\u00a0b\nc", "a b c") == TextSpan(0, 5)


def test_the_exact_form_goes_before_the_folded_one() -> None:
    assert find_quote("it’s it's", "it's") == TextSpan(5, 9)


def test_a_quote_that_is_not_there() -> None:
    with pytest.raises(NotFound, match="is not in the article"):
        find_quote(TEXT, "day bus")
    with pytest.raises(NotFound):
        find_quote(TEXT, "  ")


def test_a_quote_that_occurs_twice_needs_an_occurrence() -> None:
    with pytest.raises(Ambiguous, match="2 times"):
        find_quote(TEXT, "The end")
    assert find_quote(TEXT, "The end", occurrence=2) == TextSpan(50, 57)
    with pytest.raises(NotFound, match="no occurrence 3"):
        find_quote(TEXT, "The end", occurrence=3)
    with pytest.raises(NotFound):
        find_quote(TEXT, "The end", occurrence=0)


def test_overlapping_occurrences_are_all_found() -> None:
    assert list(occurrences("aaa", "aa")) == [(0, 2), (1, 3)]
    assert list(occurrences("aaa", "")) == []


@given(st.text(st.characters(), max_size=60).map(clean_text), st.data())
def test_every_passage_is_found_again_by_its_words(text: str, data: st.DataObject) -> None:
    assume(text.strip())
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip())
    segment = describe(text, TextSpan(start, end))
    assert text[segment.start : segment.end] == segment.exact
    assert text[: segment.start].endswith(segment.prefix)
    assert text[segment.end :].startswith(segment.suffix)
    places = list(occurrences(text, segment.exact))
    number = places.index(TextSpan(segment.start, segment.end)) + 1
    assert find_quote(text, segment.exact, occurrence=number) == (segment.start, segment.end)


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_passages_that_touch_become_one() -> None:
    text = "One. Two. Three. Four."
    pieces = [TextSpan(10, 16), TextSpan(0, 4), TextSpan(3, 9), TextSpan(9, 10)]
    assert joined(text, pieces) == (TextSpan(0, 16),)
    assert joined(text, [TextSpan(17, 22), TextSpan(0, 5)]) == (TextSpan(0, 4), TextSpan(17, 22))
