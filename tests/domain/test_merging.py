"""Two edits of one text, joined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.merging import merged

BASE = "The bridge was closed in May and opened again in June."


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        (BASE, BASE, BASE),
        (BASE.replace("bridge", "tunnel"), BASE, BASE.replace("bridge", "tunnel")),
        (BASE, BASE.replace("June", "July"), BASE.replace("June", "July")),
        (
            BASE.replace("bridge", "tunnel"),
            BASE.replace("June", "July"),
            "The tunnel was closed in May and opened again in July.",
        ),
        (f"{BASE} See p. 4.", f"Note: {BASE}", f"Note: {BASE} See p. 4."),
        (BASE.replace("May", "April"), BASE.replace("May", "April"), BASE.replace("May", "April")),
        ("", BASE, ""),
    ],
)
def test_edits_of_different_words_are_joined(mine: str, theirs: str, both: str) -> None:
    assert merged(BASE, mine, theirs) == both


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (BASE.replace("May", "April"), BASE.replace("May", "March")),
        (f"{BASE} Mine.", f"{BASE} Theirs."),
        ("", BASE.replace("May", "March")),
        (BASE.replace("closed in", "shut in"), BASE.replace("closed in", "closed during")[:20]),
    ],
)
def test_edits_of_the_same_words_contradict_each_other(mine: str, theirs: str) -> None:
    assert merged(BASE, mine, theirs) is None


def test_texts_too_long_to_compare_are_not_joined() -> None:
    long = "word " * 3_000
    assert merged(long, f"{long}mine", f"theirs {long}") is None


WORDS = st.lists(st.sampled_from(["a", "b", "c", "🙂", "א", " ", ".", "e\u0301"]), max_size=12).map("".join)


@given(WORDS, WORDS)
def test_what_only_one_changed_is_taken_whole(base: str, changed: str) -> None:
    assert merged(base, changed, base) == changed
    assert merged(base, base, changed) == changed
    assert merged(base, changed, changed) == changed


@given(WORDS, WORDS, WORDS)
def test_who_comes_first_makes_no_difference(base: str, one: str, other: str) -> None:
    assert merged(base, one, other) == merged(base, other, one)
