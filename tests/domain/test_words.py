"""Where words begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.selectors import TextSpan
from annotator.domain.words import count_words, end_step, snapped, start_step

TEXT = "It’s late, she said. A well-known 2.30 fare."


def words(text: str, part: str) -> str:
    """What becomes of a selection of `part`."""
    start = text.index(part)
    span = snapped(text, TextSpan(start, start + len(part)))
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("t", "It’s"),
        ("ate, sh", "late, she"),
        ("l-k", "well-known"),
        ("30 fa", "2.30 fare"),
        ("said.", "said."),
        ("late, ", "late,"),
        ("ate,", "late,"),
    ],
)
def test_a_selection_snaps_to_whole_words(part: str, whole: str) -> None:
    assert words(TEXT, part) == whole


def test_a_letter_and_its_marks_stay_together() -> None:
    assert words("אבג שָׁלוֹם", "ש") == "שָׁלוֹם"
    assert words("ok 👩‍👩‍👧 ok", "👩") == "👩‍👩‍👧"


def test_scripts_without_spaces_snap_to_characters() -> None:
    assert words("夜の電車は混む。", "電") == "電"
    assert words("a 𠀀𠀁 b", "𠀁") == "𠀁"


def stops(text: str, step: int) -> list[str]:
    """What a passage holds whose end moves on, or back, to the edge."""
    at, found = (0, []) if step > 0 else (len(text), [])
    while (following := end_step(text, at, step)) != at:
        at = following
        found.append(text[:at])
    return found


def test_an_end_stops_behind_words_and_behind_their_punctuation() -> None:
    assert stops("It’s so. Yes", 1) == ["It’s", "It’s so", "It’s so.", "It’s so. Yes"]
    assert stops("It’s so. Yes", -1) == ["It’s so.", "It’s so", "It’s"]


def test_a_start_stops_before_words_and_before_their_punctuation() -> None:
    text = "Go (now) then"
    at, found = len(text), []
    while (following := start_step(text, at, -1)) != at:
        at = following
        found.append(text[at:])
    assert found == ["then", ") then", "now) then", "(now) then", "Go (now) then"]
    assert start_step(text, at, 1) == 3


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), (TEXT, 8), ("…", 0), ("夜の電車", 4), ("a\nb\tc — d", 4), ("(2.30)", 1)]
)
def test_words_are_counted(text: str, count: int) -> None:
    assert count_words(text) == count


@given(st.text(alphabet="ab'’-. \n(夜ָé👩\u200d", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_snapping_widens_only_and_snaps_once(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    span = snapped(text, TextSpan(start, end))
    assert 0 <= span.start <= span.end <= len(text)
    assert snapped(text, span) == span
    assert text[start:end].strip() in text[span.start : span.end]
