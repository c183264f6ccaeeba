"""P4: removing, recolouring and filtering annotations."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from annotator.domain.ids import AnnotationId
from annotator.domain.views import SpanRow
from annotator.services import annotations, reading, tags
from annotator.services.annotations import passages
from annotator.services.library import Environment, Library
from benchmarks.fixtures import SEED, AnnotatedLibrary
from benchmarks.measure import Benchmark, Result, Workbench, compare

if TYPE_CHECKING:
    from annotator.ui.bridge import LibraryBridge
    from annotator.ui.reader.view import ReaderView

BATCH = 10  # changes in a round; its time is their median


def run(bench: Workbench) -> Iterator[Result]:
    """Yield a row for each of the three."""
    (count,) = bench.sizes(10_000)
    made = bench.library(count)
    for name in ("remove", "recolour", "filter"):
        yield _measured(bench, made, name)


def _measured(bench: Workbench, made: AnnotatedLibrary, name: str) -> Result:
    from annotator.ui.bridge import LibraryBridge
    from annotator.ui.runner import ImmediateRunner
    from benchmarks import screen

    path = made.copy(name)
    reader, bare = screen.new_reader(), screen.new_bare()
    bare.setPlainText(made.text)
    bridge = LibraryBridge(
        lambda: Library.open(path, Environment(user="Reader")),
        ImmediateRunner(),
        path=path,
        data_folder=path.parent,
    )
    bridge.failed.connect(screen.stop)
    opened = bridge.library.read(lambda store: reading.open_article(store, made.article_id))
    rows = bridge.library.read(lambda store: passages(store, made.text_id))
    screen.show_opened(reader, opened)
    reader.set_spans(rows, {}, screen.looks(opened))
    for widget in (reader, bare):
        screen.lay_out(widget)
    prepare, act = {"remove": _removing, "recolour": _recolouring, "filter": _filtering}[name](
        reader, bridge, rows
    )

    def change_one() -> float:
        prepare()
        screen.settle()
        begin = perf_counter()
        act()
        screen.paint_what_changed(reader)
        return perf_counter() - begin

    def repaint_once() -> float:
        screen.settle()
        begin = perf_counter()
        screen.repaint(bare)
        return perf_counter() - begin

    count = 2 if bench.quick else BATCH
    with closing(bridge):
        return compare(
            lambda: statistics.median(change_one() for _ in range(count)),
            lambda: statistics.median(repaint_once() for _ in range(count)),
            rounds=bench.rounds(),
        ).result("P4", f"{name}, {made.annotations:,} present", 1.5)


Steps = tuple[Callable[[], object], Callable[[], object]]  # what comes before, and what is measured


def _marks_on_screen(reader: ReaderView, rows: list[SpanRow]) -> list[SpanRow]:
    """The highlights and notes on screen, nearest to the top first."""
    seen = reader.visible_span()
    return [row for row in rows if row.claim_id is None and seen.start <= row.start and row.end <= seen.end]


def _removing(reader: ReaderView, bridge: LibraryBridge, rows: list[SpanRow]) -> Steps:
    """Delete a highlight on screen; before it the last one is brought back."""
    row = _marks_on_screen(reader, rows)[0]
    gone: list[AnnotationId] = []

    def bring_back() -> None:
        if gone:
            bridge.undo()
            reader.update_spans([row])
            gone.clear()

    def removed(_: object) -> None:
        gone.append(row.annotation_id)
        reader.remove_span(row.annotation_id)

    def remove() -> None:
        use_case = partial(annotations.delete_annotation, annotation_id=row.annotation_id)
        bridge.execute(use_case, label="Delete mark", done=removed)

    return bring_back, remove


def _recolouring(reader: ReaderView, bridge: LibraryBridge, rows: list[SpanRow]) -> Steps:
    """Give a highlight on screen another tag."""
    row = _marks_on_screen(reader, rows)[0]
    known = [tag.id for tag in bridge.library.read(tags.list_tags)]
    turn = iter(range(10**9))

    def recolour() -> None:
        chosen = known[next(turn) % len(known)]
        use_case = partial(annotations.set_tags, annotation_id=row.annotation_id, tags=(chosen,))
        shown = row._replace(tag_id=chosen)
        bridge.execute(use_case, label="Tag", done=lambda _: reader.update_spans([shown]))

    return _nothing, recolour


def _filtering(reader: ReaderView, _bridge: LibraryBridge, rows: list[SpanRow]) -> Steps:
    """Hide half of the claims, then the other half."""
    claims = sorted({row.claim_id for row in rows if row.claim_id is not None})
    random.Random(SEED).shuffle(claims)
    half = len(claims) // 2
    halves = (frozenset(claims[:half]), frozenset(claims[half:]))
    turn = iter(range(10**9))

    def hide() -> None:
        reader.hide_claims(halves[next(turn) % 2])

    return _nothing, hide


def _nothing() -> None:
    """Nothing has to come before."""


BENCHMARK = Benchmark(
    goal="P4",
    what="Remove, recolour or filter annotations, committed and painted | a bare repaint of the text widget",
    run=run,
)
