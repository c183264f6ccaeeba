"""P3: adding one annotation."""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from time import perf_counter

from annotator.domain.ids import AnnotationId
from annotator.domain.selectors import TextSpan
from annotator.domain.views import SpanRow
from annotator.services import claims, reading
from annotator.services.annotations import passages
from annotator.services.claims import AddedClaim
from annotator.services.library import Environment, Library
from benchmarks.fixtures import SEED, AnnotatedLibrary
from benchmarks.measure import Benchmark, Pair, Result, Workbench, compare, exponent

BATCH = 10  # annotations in a round; its time is their median


def run(bench: Workbench) -> Iterator[Result]:
    """Yield a row for each number of annotations and one for how the time grows."""
    pairs: list[tuple[int, Pair]] = []
    for count in bench.sizes(1_000, 10_000, 50_000):
        pair = adding(bench, bench.library(count))
        pairs.append((count, pair))
        yield pair.result("P3", f"{count:,} annotations present", 1.5)
    (few, first), (many, last) = pairs[0], pairs[-1]
    yield exponent("P3", (few, first.ours), (many, last.ours), 0.1)


def adding(bench: Workbench, made: AnnotatedLibrary) -> Pair:
    """Add claims on screen, beside repaints of the bare text widget."""
    from annotator.ui.bridge import LibraryBridge
    from annotator.ui.runner import ImmediateRunner
    from benchmarks import screen

    path = made.copy("adding")
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
    rng = random.Random(SEED)
    visible = reader.visible_span()

    shown: list[AnnotationId] = []

    def show(added: AddedClaim) -> None:
        mention = added.mention
        shown.append(mention.id)
        reader.update_spans(
            [SpanRow(mention.start, mention.end, mention.id, added.claim.id, None, "open", False)]
        )

    def add_one() -> float:
        # What the last round added goes first: else hundreds would lie over each other, which nobody's text has.
        while shown:
            reader.remove_span(shown.pop())
        start = rng.randrange(visible.start + 100, min(visible.end, visible.start + 1_200))
        use_case = partial(claims.add_claim, text_id=made.text_id, span=TextSpan(start, start + 60))
        screen.settle()
        begin = perf_counter()
        bridge.execute(use_case, label="Tag claim", done=show)
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
            lambda: statistics.median(add_one() for _ in range(count)),
            lambda: statistics.median(repaint_once() for _ in range(count)),
            rounds=bench.rounds(),
        )


BENCHMARK = Benchmark(
    goal="P3",
    what="Add one claim, from the action to committed and painted | a bare repaint of the text widget",
    run=run,
)
