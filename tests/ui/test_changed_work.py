"""After an edit the panel takes over what changed, and ends up with what reading everything anew would give."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.conftest import counting_environment
from tests.end2end.driver import CONTROL, Driver

from annotator.services import reading
from annotator.ui.runner import ImmediateRunner


@pytest.fixture
def driver(qapp: QApplication, tmp_path: Path) -> Iterator[Driver]:
    made = Driver(tmp_path / "window.annotator", counting_environment(), ImmediateRunner())
    made.start()
    made.window.commands["sample"].trigger()
    made.settle()
    yield made
    made.close()


def read_anew(driver: Driver) -> reading.ArticleWork:
    library = driver.work.bridge.library
    article_id = driver.work.reading.article.id
    return library.read(lambda store: reading.work_on(store, reading.open_article(store, article_id).text))


def test_what_was_taken_over_equals_what_is_read_anew(driver: Driver) -> None:
    work = driver.work.reading
    resets: list[int] = []
    driver.window.panel.claim_list.claims.modelReset.connect(lambda: resets.append(1))
    driver.window.panel.notes.marks.modelReset.connect(lambda: resets.append(1))

    def agrees() -> bool:
        shown = driver.window.panel.claim_list.claims.claims()
        anew = read_anew(driver)
        return work.work == anew and shown == work.work.claims

    view = driver.window.reader.view
    first = view.article.text.index("At twenty past")
    view.set_caret(first)
    view.setFocus()
    for key in ("e", "c", "2", "v", "r", "+", "+"):
        driver.press(key)
        assert agrees(), key
    assert work.active_claim().number == 1
    driver.press(Qt.Key.Key_Delete)
    assert agrees()
    for _ in range(4):
        driver.press("z", CONTROL)
        assert agrees()
    view.set_caret(first)
    view.setFocus()
    driver.press("e")
    driver.press("h")
    assert agrees()
    driver.press(Qt.Key.Key_Delete)
    assert agrees()
    assert not resets
