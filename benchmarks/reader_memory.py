"""Shows an article, reads on in it and tells the memory that the process has.

`python -m benchmarks.reader_memory KIND FILE ARTICLE TEXT`.
"""

from __future__ import annotations

import gc
import sys
from functools import partial
from pathlib import Path

from annotator.domain.ids import ArticleId, TextId
from annotator.services import reading
from annotator.services.annotations import passages
from annotator.services.library import Environment, Library
from benchmarks import screen

MARKED, PLAIN = "marked", "plain"
PAGES = 200


def resident() -> int:
    """The bytes of this process in memory, without what it shares with others where the system tells."""
    try:
        lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        import resource  # where there is no /proc

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_"))


def main(kind: str, file: str, article_id: str, text_id: str) -> int:
    """Print the bytes."""
    reader = screen.new_reader()
    with Library.open(Path(file), Environment(user="Reader")) as library:
        opened = library.read(partial(reading.open_article, article_id=ArticleId(article_id)))
        rows = library.read(partial(passages, text_id=TextId(text_id))) if kind == MARKED else []
    screen.show_opened(reader, opened)
    numbers = {row.claim_id: number for number, row in enumerate(rows) if row.claim_id}
    reader.set_spans(rows, numbers, screen.looks(opened))
    screen.lay_out(reader)
    bar = reader.verticalScrollBar()
    for page in range(PAGES):
        bar.setValue(page * reader.viewport().height())
        screen.repaint(reader)
        screen.settle()
    gc.collect()
    print(resident())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
