"""P13: finding in the open text."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.services import reading
from benchmarks.fixtures import AnnotatedLibrary
from benchmarks.measure import KB_100, MB_1, MB_5, Benchmark, Pair, Result, Workbench, compare, timed


def run(bench: Workbench) -> Iterator[Result]:
    """Yield rows for few and for many places, in a text of each size."""
    for name, characters in (("1 MB", MB_1), ("100 KB", KB_100), ("5 MB", MB_5)):
        (count,) = bench.sizes(1_000)
        made = bench.library(count, characters)
        rare = made.text[len(made.text) // 2 :].split()[1]
        for words in (rare, "ra"):
            places = made.text.casefold().count(words.casefold())
            limit = 1.5 if characters == MB_1 else None
            size = f"{name}, {places:,} places"
            yield _finding(bench, made, words).result("P13", size, limit)


def _finding(bench: Workbench, made: AnnotatedLibrary, words: str) -> Pair:
    """Type the words into the line for it until the places are painted; beside a loop of `str.find`, painted."""
    from annotator.ui.reader.pane import ReaderPane
    from benchmarks import screen

    _, themes = screen.application()
    pane, bare = screen.shown(ReaderPane(themes)), screen.new_bare()
    with made.open() as library:
        opened = library.read(lambda store: reading.open_article(store, made.article_id))
    screen.show_in_pane(pane, opened)
    bare.setPlainText(made.text)
    for widget in (pane.view, bare):
        screen.lay_out(widget)
    pane.view.reduced_motion = True
    bar = pane.find_bar
    bar.open_bar(0)
    folded = made.text.casefold()

    def ours() -> float:
        bar.field.clear()
        pane.view.set_caret(0)
        screen.settle()

        def work() -> None:
            bar.field.setText(words)
            screen.repaint(pane.view)

        return timed(work)

    def yardstick() -> float:
        screen.settle()

        def work() -> None:
            wanted, found = words.casefold(), []
            at = folded.find(wanted)
            while at >= 0:
                found.append((at, at + len(wanted)))
                at = folded.find(wanted, at + len(wanted))
            screen.repaint(bare)

        return timed(work)

    return compare(ours, yardstick, rounds=bench.rounds())


BENCHMARK = Benchmark(
    goal="P13",
    what="Find in the open text, all places marked and painted | a loop of str.find on the folded text, a bare repaint",
    run=run,
)
