"""Which marked passages lie where: an index that answers for the few that are on screen. Pure Python, no Qt."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import accumulate, islice
from operator import gt, itemgetter, sub

from annotator.domain.ids import AnnotationId, ClaimId
from annotator.domain.views import SpanRow

LONG = 2048  # characters; longer passages stand in a list of their own, so that they don't widen every query

_START, _END, _ID = itemgetter(0), itemgetter(1), itemgetter(2)


class _Run:
    """Rows sorted by start, with the running maximum of their ends."""

    __slots__ = ("ends", "reach", "rows", "starts")

    def __init__(self, rows: list[SpanRow]) -> None:
        self.rows = rows
        self.starts = list(map(_START, rows))
        self.ends = list(map(_END, rows))
        self.reach = list(accumulate(self.ends, max))

    def overlapping(self, start: int, end: int) -> list[SpanRow]:
        """Rows with a character in `[start, end)`, in order of their starts."""
        high = bisect_left(self.starts, end)
        low = bisect_right(self.reach, start, 0, high)
        ends, rows = self.ends, self.rows
        return [rows[i] for i in range(low, high) if ends[i] > start]

    def insert(self, row: SpanRow) -> None:
        at = bisect_right(self.starts, row.start)
        self.rows.insert(at, row)
        self.starts.insert(at, row.start)
        self.ends.insert(at, row.end)
        before = self.reach[at - 1] if at else 0
        self.reach.insert(at, max(before, row.end))
        # Ends rise with starts almost everywhere, so the new end is overtaken after a few rows.
        for i in range(at + 1, len(self.reach)):
            if self.reach[i] >= row.end:
                break
            self.reach[i] = row.end

    def discard(self, row: SpanRow) -> None:
        at = bisect_left(self.starts, row.start)
        while self.rows[at] != row:
            at += 1
        for column in (self.rows, self.starts, self.ends, self.reach):
            del column[at]
        running = self.reach[at - 1] if at else 0
        for i in range(at, len(self.reach)):
            running = max(running, self.ends[i])
            if self.reach[i] == running:
                break
            self.reach[i] = running


class SpanIndex:
    """The passages of one text, by place and by annotation. An annotation may have several rows."""

    def __init__(self, rows: Iterable[SpanRow] = ()) -> None:
        every = rows if isinstance(rows, list) else list(rows)
        starts = list(map(_START, every))
        if any(map(gt, starts, islice(starts, 1, None))):
            every = sorted(every, key=_START)
        lengths = list(map(sub, map(_END, every), map(_START, every)))
        if lengths and max(lengths) > LONG:
            self._short = _Run([row for row, length in zip(every, lengths, strict=True) if length <= LONG])
            self._long = _Run([row for row, length in zip(every, lengths, strict=True) if length > LONG])
        else:
            self._short, self._long = _Run(list(every)), _Run([])
        self._first: dict[AnnotationId, SpanRow] = dict(zip(map(_ID, every), every, strict=True))
        self._several: dict[AnnotationId, list[SpanRow]] = {}
        if len(self._first) < len(every):
            self._first = {}
            for row in every:
                self._register(row)

    def __len__(self) -> int:
        return len(self._short.rows) + len(self._long.rows)

    def __iter__(self) -> Iterator[SpanRow]:
        return iter(self.rows())

    def __contains__(self, annotation_id: object) -> bool:
        return annotation_id in self._first

    def rows(self) -> Sequence[SpanRow]:
        """All rows in order of their starts."""
        if not self._long.rows:
            return self._short.rows
        return sorted([*self._short.rows, *self._long.rows], key=_START)

    def rows_of(self, annotation_id: AnnotationId) -> tuple[SpanRow, ...]:
        """The rows of one annotation; none when it isn't here."""
        if annotation_id in self._several:
            return tuple(self._several[annotation_id])
        row = self._first.get(annotation_id)
        return () if row is None else (row,)

    def overlapping(self, start: int, end: int) -> list[SpanRow]:
        """Rows with a character in `[start, end)`, in order of their starts, longer ones first."""
        found = self._short.overlapping(start, end)
        if self._long.rows:
            found += self._long.overlapping(start, end)
        if len(found) > 1:
            found.sort(key=lambda row: (row.start, -row.end))
        return found

    def at(self, offset: int) -> list[SpanRow]:
        """Rows that hold the character at `offset`, the innermost (shortest) first."""
        found = self._short.overlapping(offset, offset + 1)
        if self._long.rows:
            found += self._long.overlapping(offset, offset + 1)
        if len(found) > 1:
            found.sort(key=lambda row: row.end - row.start)
        return found

    def after(self, offset: int, *, claims: bool, hidden: Container[ClaimId] = frozenset()) -> SpanRow | None:
        """The first row that starts behind `offset`; with `claims` only those of claims count. Never one of the
        claims `hidden`."""
        found: list[SpanRow] = []
        for run in (self._short, self._long):
            for i in range(bisect_right(run.starts, offset), len(run.rows)):
                claim_id = run.rows[i].claim_id
                if claim_id not in hidden and not (claims and claim_id is None):
                    found.append(run.rows[i])
                    break
        return min(found, key=_START, default=None)

    def before(
        self, offset: int, *, claims: bool, hidden: Container[ClaimId] = frozenset()
    ) -> SpanRow | None:
        """The last row that starts in front of `offset`; as for `after`."""
        found: list[SpanRow] = []
        for run in (self._short, self._long):
            for i in range(bisect_left(run.starts, offset) - 1, -1, -1):
                claim_id = run.rows[i].claim_id
                if claim_id not in hidden and not (claims and claim_id is None):
                    found.append(run.rows[i])
                    break
        return max(found, key=_START, default=None)

    def add(self, row: SpanRow) -> None:
        """Put one more row in."""
        self._run_for(row).insert(row)
        self._register(row)

    def remove(self, annotation_id: AnnotationId) -> tuple[SpanRow, ...]:
        """Take all rows of an annotation out and return them."""
        gone = self.rows_of(annotation_id)
        for row in gone:
            self._run_for(row).discard(row)
        self._first.pop(annotation_id, None)
        self._several.pop(annotation_id, None)
        return gone

    def replace(self, annotation_id: AnnotationId, rows: Iterable[SpanRow]) -> tuple[SpanRow, ...]:
        """Give an annotation other rows and return the old ones."""
        gone = self.remove(annotation_id)
        for row in rows:
            self.add(row)
        return gone

    def _run_for(self, row: SpanRow) -> _Run:
        return self._long if row.end - row.start > LONG else self._short

    def _register(self, row: SpanRow) -> None:
        known = self._first.setdefault(row.annotation_id, row)
        if known is not row:
            self._several.setdefault(row.annotation_id, [known]).append(row)
