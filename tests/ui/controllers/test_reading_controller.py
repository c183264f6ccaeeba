"""The open article: where it opens, and what scrolls when something changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.conftest import counting_environment
from tests.end2end.driver import ALT, Driver

from annotator.domain.annotation import Annotation
from annotator.domain.article import ArticleText
from annotator.domain.selectors import TextSpan
from annotator.services import annotations
from annotator.services.library import Library
from annotator.storage.store import Store
from annotator.ui.runner import ImmediateRunner


@pytest.fixture
def driver(qapp: QApplication, tmp_path: Path) -> Iterator[Driver]:
    made = Driver(tmp_path / "window.annotator", counting_environment(), ImmediateRunner())
    made.start()
    made.window.commands["sample"].trigger()
    made.settle()
    made.window.reader.view.reduced_motion = True
    made.window.reader.focus_text()
    yield made
    made.close()


def mark_twice(store: Store, text: ArticleText, first: str, second: str) -> Annotation:
    """One highlight of two passages."""
    made = []
    for words in (first, second):
        start = text.text.index(words)
        span = TextSpan(start, start + len(words))
        made.append(annotations.add_highlight(store, text_id=text.id, span=span, tags=()))
    one, other = made
    annotations.delete_annotation(store, annotation_id=other.id)
    segments = one.segments + other.segments
    return store.put(replace(one, segments=segments, end=other.end, segment_count=2))


def read_on(driver: Driver, words: str) -> int:
    """Put the caret at these words, and let them be on screen."""
    place = driver.text.index(words)
    driver.window.reader.view.set_caret(place)
    driver.settle()
    return place


def test_an_article_opens_again_with_the_caret_where_it_was(driver: Driver, tmp_path: Path) -> None:
    place = read_on(driver, "savings")
    driver.close()
    again = Driver(tmp_path / "window.annotator", counting_environment(), ImmediateRunner())
    again.start()
    view = again.window.reader.view
    assert view.caret_offset() == place
    assert view.on_screen(place)
    again.press("k")
    assert place - 1000 < view.caret_offset() < place
    again.close()


def test_back_leads_to_the_caret_too(driver: Driver) -> None:
    place = read_on(driver, "savings")
    driver.work.importing.import_text("Another piece\n\nIt says that nothing has changed in all these years.")
    driver.settle()
    assert driver.window.windowTitle().startswith("Another piece")
    driver.press(Qt.Key.Key_Left, ALT)
    assert driver.window.windowTitle().startswith("Let the trams")
    assert driver.window.reader.view.caret_offset() == place


def test_a_caret_that_was_scrolled_away_is_not_remembered(driver: Driver, tmp_path: Path) -> None:
    bar = driver.window.reader.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    driver.close()
    again = Driver(tmp_path / "window.annotator", counting_environment(), ImmediateRunner())
    again.start()
    again.press("j")
    assert again.window.reader.view.caret_offset() > len(again.text) // 2
    again.close()


def test_undo_scrolls_to_what_it_changed(driver: Driver) -> None:
    driver.select("Some 41,000")
    driver.press("h")
    view = driver.window.reader.view
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    driver.press("z", Qt.KeyboardModifier.ControlModifier)
    driver.press("z", Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert view.on_screen(driver.text.index("Some 41,000"))


def test_what_another_program_marks_is_shown_and_scrolls_nothing(driver: Driver, tmp_path: Path) -> None:
    view = driver.window.reader.view
    view.verticalScrollBar().setValue(900)
    start = driver.text.index("Some 41,000")
    text = driver.work.reading.text
    assert text is not None
    span = TextSpan(start, start + 11)
    use_case = partial(annotations.add_highlight, text_id=text.id, span=span, tags=())
    with Library.open(tmp_path / "window.annotator") as other:
        other.execute(use_case, label="Highlight")
    driver.work.bridge.look()
    driver.settle()
    assert any(row.start == start and row.claim_id is None for row in view.page.index.rows())
    assert view.verticalScrollBar().value() == 900


def test_a_mark_of_several_passages_is_shown_where_it_begins(driver: Driver) -> None:
    text = driver.work.reading.text
    assert text is not None
    use_case = partial(mark_twice, text=text, first="Some 41,000", second="Against it stand savings")
    driver.work.bridge.execute(use_case, label="Highlight")
    driver.settle()
    view = driver.window.reader.view
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    (mark,) = [mark for mark in driver.work.reading.work.marks if len(mark.segments) == 2]
    driver.window.panel.annotation_activated.emit(mark.id)
    driver.settle()
    assert view.on_screen(text.text.index("Some 41,000"))
