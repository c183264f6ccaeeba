"""Comparing two versions of a text word by word."""

from __future__ import annotations

from time import perf_counter

from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.dialogs.word_diff import Mark, Piece, compare

WORDS = st.lists(
    st.sampled_from(["tram", "night", "18", " ", "\n", ",", "שלום", "🎈", "<b>"]), max_size=30
).map("".join)


def text_of(pieces: list[Piece], *, without: Mark) -> str:
    return "".join(piece.text for piece in pieces if piece.mark is not without)


def test_only_the_words_that_differ_are_marked() -> None:
    assert compare("Ridership rose 18 % in May.", "Ridership rose 11 % in May.") == [
        Piece(Mark.KEPT, "Ridership rose "),
        Piece(Mark.REMOVED, "18"),
        Piece(Mark.ADDED, "11"),
        Piece(Mark.KEPT, " % in May."),
    ]


def test_neighbouring_changes_are_told_as_one() -> None:
    pieces = compare(
        "We saw that nobody adjusted for it at all.", "We saw that the study adjusts for it at all."
    )
    assert [piece.text for piece in pieces] == [
        "We saw that ",
        "nobody adjusted",
        "the study adjusts",
        " for it at all.",
    ]


def test_texts_with_little_in_common_are_told_one_after_the_other() -> None:
    assert compare("One thing.", "Quite other words here") == [
        Piece(Mark.REMOVED, "One thing."),
        Piece(Mark.ADDED, "Quite other words here"),
    ]


def test_what_stayed_far_from_a_change_is_left_out() -> None:
    long = "word " * 200
    pieces = compare(f"{long}old{long}", f"{long}new{long}")
    assert [piece.mark for piece in pieces] == [
        Mark.GAP,
        Mark.KEPT,
        Mark.REMOVED,
        Mark.ADDED,
        Mark.KEPT,
        Mark.GAP,
    ]
    assert sum(len(piece.text) for piece in pieces) < 200


def test_a_small_change_in_a_huge_text_is_found_and_quickly() -> None:
    words = [f"word{number}" for number in range(60_000)]
    other = [*words]
    other[30_000] = "changed"
    pieces = compare(" ".join(words), " ".join(other))
    assert [piece.text for piece in pieces if piece.mark in (Mark.REMOVED, Mark.ADDED)] == [
        "word30000",
        "changed",
    ]


def test_words_that_come_again_and_again_take_no_time_either() -> None:
    before, after = "a " * 2000, "a b " * 1000
    begun = perf_counter()
    assert compare(before, after) == [Piece(Mark.REMOVED, before), Piece(Mark.ADDED, after)]
    compare(before[:560], after[:560])  # few enough to be compared
    assert perf_counter() - begun < 5


def test_spaces_alone_can_differ() -> None:
    assert compare("one two three", "one\ntwo three") == [
        Piece(Mark.KEPT, "one"),
        Piece(Mark.REMOVED, " "),
        Piece(Mark.ADDED, "\n"),
        Piece(Mark.KEPT, "two three"),
    ]


def test_two_huge_texts_without_anything_in_common_are_cut() -> None:
    pieces = compare("x " * 20_000, "y " * 20_000)
    assert [piece.mark for piece in pieces] == [Mark.REMOVED, Mark.ADDED]
    assert all(len(piece.text) < 5_000 for piece in pieces)


@given(WORDS, WORDS)
def test_both_versions_can_be_read_from_it(before: str, after: str) -> None:
    pieces = compare(before, after)
    if all(piece.mark is not Mark.GAP for piece in pieces):
        assert text_of(pieces, without=Mark.ADDED) == before
        assert text_of(pieces, without=Mark.REMOVED) == after
