"""Which backups are kept: pure decisions over numbers and times."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

ALWAYS = 3
DAYS, WEEKS, MONTHS = 12, 10, 9
_PERIODS: tuple[tuple[int, Callable[[datetime], tuple[int, ...]]], ...] = (
    (DAYS, lambda at: (at.year, at.month, at.day)),
    (WEEKS, lambda at: tuple(at.isocalendar()[:2])),
    (MONTHS, lambda at: (at.year, at.month)),
)


def numbers_to_keep(backups: Iterable[tuple[int, datetime]]) -> frozenset[int]:
    """The numbers of the backups to keep, of all there are as `(number, when made)`.

    The last three; the last one of each of the twelve days, ten weeks and nine months that came last. What is “last”
    is told by the numbers, never by the clock: times only tell which backups share a day. A clock that was wrong for a
    while therefore adds days of its own, and takes none of the last three.
    """
    newest_first = sorted(((number, at.astimezone(UTC)) for number, at in backups), reverse=True)
    kept = {number for number, _ in newest_first[:ALWAYS]}
    for slots, period in _PERIODS:
        last_of: dict[tuple[int, ...], int] = {}
        for number, at in newest_first:
            last_of.setdefault(period(at), number)
        kept.update(list(last_of.values())[:slots])
    return frozenset(kept)
