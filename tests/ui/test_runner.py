"""Work off the interface's thread."""

from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from annotator.ui.runner import ThreadRunner


def test_results_that_come_after_the_end_start_no_new_work(qtbot: QtBot) -> None:
    runner, owner = ThreadRunner(), QObject()
    told: list[str] = []

    def tell_and_go_on(result: str) -> None:
        told.append(result)
        runner.run(lambda: "too late", told.append, told.append, owner=owner)

    runner.run(lambda: "saved", tell_and_go_on, told.append, owner=owner)
    runner.finish()
    qtbot.waitUntil(lambda: told != [], timeout=2000)
    qtbot.wait(50)
    assert told == ["saved"]
