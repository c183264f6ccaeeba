"""Imports every file of a folder in the real window, opens each article and clicks on every link. Run by
`test_nothing_calls_home`, which watches what the system is asked for meanwhile."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from tests.end2end.driver import CountingRunner, Driver

from annotator.app import make_application
from annotator.domain.article import MarkKind
from annotator.errors import UnreadableFile
from annotator.services import articles, importing
from annotator.storage.store import Environment


def main(library: Path, folder: Path) -> None:
    """Do all of it, and say what was done."""
    application = make_application()
    driver = Driver(library, Environment(), CountingRunner())
    driver.start()
    added, clicks = [], 0
    for file in sorted(folder.iterdir()):
        if file.is_dir():
            continue
        try:
            read = importing.read_file(file)
        except UnreadableFile:
            continue
        driver.work.bridge.execute(importing.store_article(read), label="Import article", done=added.append)
        driver.settle(30)
    for one in added:
        driver.work.reading.open_article(one.article.id)
        driver.settle(60)
        view = driver.window.reader.view
        for block in view.article.blocks:
            for mark in block.marks:
                if mark.kind is MarkKind.LINK:
                    view.set_caret(mark.start)
                    view.setFocus()
                    driver.press("\r")
                    clicks += 1
    listed = driver.work.bridge.library.read(partial(articles.list_articles))
    print(f"{len(added)} added, {len(listed)} listed, {clicks} links", flush=True)  # noqa: T201 - the answer
    driver.close()
    importing.close_reader()
    application.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
