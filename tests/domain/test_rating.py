"""Which ratings are in force."""

from __future__ import annotations

from itertools import permutations

import pytest

from annotator.domain.rating import Rating, effective, in_force


def rating(id: str, withdraws: str | None = None) -> Rating:
    return Rating(id=id, claim_id="c", verdict="open", withdraws=withdraws)


UNDONE = [rating("a"), rating("b"), rating("w", "b")]
REDONE = [*UNDONE, rating("x", "w")]
UNDONE_AGAIN = [*REDONE, rating("y", "b")]


@pytest.mark.parametrize(
    ("rows", "ids"), [(UNDONE, {"a"}), (REDONE, {"a", "b"}), (UNDONE_AGAIN, {"a"})], ids=str
)
def test_withdrawals_count_in_whatever_order_the_rows_come(rows: list[Rating], ids: set[str]) -> None:
    for order in permutations(rows):
        assert {row.id for row in effective(order)} == ids


def test_a_circle_in_a_damaged_file_ends() -> None:
    assert in_force([rating("a", "b"), rating("b", "a")]) <= {"a", "b"}
