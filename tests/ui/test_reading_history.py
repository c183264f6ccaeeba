"""The way back and forward again."""

from __future__ import annotations

from annotator.domain.ids import ArticleId
from annotator.ui.reading_history import ReadingHistory, Stop

A, B = ArticleId("a"), ArticleId("b")


def test_back_and_forward_lead_where_one_was() -> None:
    history = ReadingHistory()
    history.leave(Stop(A, 0, 10), goal=900)
    history.leave(Stop(A, 950, 990))
    assert history.can_go_back
    assert not history.can_go_forward
    assert history.back(Stop(B, 0, 0)) == Stop(A, 950, 990)
    assert history.back(Stop(A, 950, 990)) == Stop(A, 0, 10)
    assert not history.can_go_back
    assert history.back(Stop(A, 0, 10)) is None
    assert history.forward(Stop(A, 0, 10)) == Stop(A, 950, 990)
    assert history.forward(Stop(A, 950, 990)) == Stop(B, 0, 0)
    assert history.forward(None) is None


def test_places_that_one_only_passed_through_are_not_kept() -> None:
    history = ReadingHistory()
    history.leave(Stop(A, 0, 10), goal=500)
    history.leave(Stop(A, 400, 500), goal=900)  # the next place of a search
    history.leave(Stop(A, 800, 900), goal=1300)
    assert history.back(Stop(A, 1200, 1300)) == Stop(A, 0, 10)
    assert not history.can_go_back


def test_a_place_where_one_has_read_on_is_kept() -> None:
    history = ReadingHistory()
    history.leave(Stop(A, 0, 10), goal=500)
    history.leave(Stop(A, 400, 620), goal=900)
    assert history.back(Stop(A, 800, 900)) == Stop(A, 400, 620)


def test_a_jump_after_going_back_ends_the_way_forward() -> None:
    history = ReadingHistory()
    history.leave(Stop(A, 0, 10), goal=500)
    history.back(Stop(A, 400, 500))
    history.leave(Stop(A, 0, 10), goal=700)
    assert not history.can_go_forward


def test_it_does_not_grow_for_ever() -> None:
    history = ReadingHistory()
    for place in range(1000):
        history.leave(Stop(A, place, place), goal=5000)
    steps = 0
    while history.back(None) is not None:
        steps += 1
    assert steps == 200
