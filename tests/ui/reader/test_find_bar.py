"""The line of find: what it finds, counts and says."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.domain.article import Block, BlockKind
from annotator.domain.selectors import TextSpan
from annotator.ui.reader.document import paragraphs_of
from annotator.ui.reader.find_bar import WRITTEN, FindBar
from annotator.ui.reader.find_list import Entry
from annotator.ui.theme import ThemeManager

TEXT = "A tram, two trams.\nNo Tram at 23:10.\nThe tramway 👩‍👩‍👧 tram."


@pytest.fixture
def bar(themes: ThemeManager, qtbot: QtBot) -> FindBar:
    made = FindBar(themes)
    qtbot.addWidget(made)
    made.resize(800, 40)
    made.set_text(TEXT, paragraphs_of(TEXT))
    made.show()
    return made


def said(bar: FindBar) -> str:
    return bar._count.text()


def test_it_counts_from_where_one_is_and_tells_when_it_goes_around(bar: FindBar, qtbot: QtBot) -> None:
    shown: list[TextSpan] = []
    bar.found.connect(shown.append)
    bar.open_bar(TEXT.index("No"))
    qtbot.keyClicks(bar.field, "tram")
    assert said(bar) == "3 of 5"
    assert TEXT[shown[-1].start :].startswith("Tram at")
    bar.step(1)
    bar.step(1)
    assert said(bar) == "5 of 5"
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert said(bar) == "1 of 5 · on from the start"
    qtbot.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert said(bar) == "5 of 5 · on from the end"
    assert shown[-1] == TextSpan(TEXT.rindex("tram"), TEXT.rindex("tram") + 4)


def test_behind_the_last_place_it_begins_anew(bar: FindBar, qtbot: QtBot) -> None:
    bar.open_bar(len(TEXT))
    qtbot.keyClicks(bar.field, "two")
    assert said(bar) == "1 of 1 · on from the start"


def test_the_switches_narrow_what_is_found(bar: FindBar, qtbot: QtBot) -> None:
    bar.open_bar(0)
    bar.field.setText("tram")
    assert len(bar.places) == 5
    bar.match_case.click()
    assert len(bar.places) == 4
    bar.whole_words.click()
    assert [TEXT[max(0, p.start - 2) : p.end] for p in bar.places] == ["A tram", "👧 tram"]
    bar.whole_words.click()
    bar.match_case.click()
    bar.pattern.click()
    bar.field.setText(r"\d+:\d+")
    assert [TEXT[p.start : p.end] for p in bar.places] == ["23:10"]


def test_what_is_no_expression_is_said_and_finds_nothing(bar: FindBar) -> None:
    bar.open_bar(0)
    bar.pattern.click()
    bar.field.setText("tram(")
    assert said(bar).startswith("Not an expression: ")
    assert len(bar.places) == 0
    assert bar.current is None
    bar.step(1)
    bar.field.setText("trams?")
    assert said(bar) == "1 of 5"


def test_a_bad_expression_stops_by_itself_and_the_window_answers_meanwhile(
    bar: FindBar, qtbot: QtBot
) -> None:
    text = "\n".join(["a" * 3000 + "!"] * 50)
    bar.set_text(text, paragraphs_of(text))
    bar.open_bar(0)
    bar.pattern.click()
    start = time.perf_counter()
    bar.field.setText("(a+)+$")
    assert time.perf_counter() - start < 1
    assert said(bar) == "This expression takes too long"


def test_a_long_search_goes_on_between_other_things(bar: FindBar, qtbot: QtBot) -> None:
    text = "\n".join(["one two three four five six seven eight nine ten " * 20] * 1500)
    bar.set_text(text, paragraphs_of(text))
    bar.open_bar(0)
    bar.pattern.click()
    bar.field.setText(r"\bs\w+")
    assert 0 < len(bar.places) < 60_000
    assert said(bar) == "1 of " + bar.locale().toString(len(bar.places)) + "…"
    qtbot.waitUntil(lambda: len(bar.places) == 60_000, timeout=20_000)
    assert said(bar) == "1 of " + bar.locale().toString(60_000)


def test_typing_on_ends_the_search_before(bar: FindBar, qtbot: QtBot) -> None:
    text = "\n".join(["one two three four five six seven eight nine ten " * 20] * 1500)
    bar.set_text(text, paragraphs_of(text))
    bar.open_bar(0)
    bar.pattern.click()
    bar.field.setText(r"\bs\w+")
    bar.field.setText("")
    qtbot.wait(50)
    assert len(bar.places) == 0
    assert said(bar) == ""


def test_words_and_switches_stay_for_the_next_article(bar: FindBar) -> None:
    bar.open_bar(0)
    bar.field.setText("Tram")
    bar.match_case.click()
    bar.close_bar()
    bar.set_text("No Tram, tram.", (Block(BlockKind.PARAGRAPH, 0, 14),))
    assert len(bar.places) == 0
    shown: list[TextSpan] = []
    bar.found.connect(shown.append)
    bar.step(1)  # F3
    assert shown == [TextSpan(3, 7)]


def test_few_selected_words_are_looked_for_and_many_are_not(bar: FindBar) -> None:
    bar.open_bar(0, "two trams")
    assert bar.field.text() == "two trams"
    bar.open_bar(0, "x" * 200)
    assert bar.field.text() == "two trams"


def test_it_finds_in_claims_and_notes(bar: FindBar, qtbot: QtBot) -> None:
    bar.ask_for_entries(
        lambda: [
            Entry("claim 1", "Claim 1", "Trams are quiet."),
            Entry(
                "mark 2",
                "Note",
                "Ask about the buses, and about the other trams of the town, in the archive.",
            ),
            Entry("claim 3", "Claim 3", "Buses are loud."),
        ]
    )
    chosen: list[str] = []
    bar.entry_chosen.connect(chosen.append)
    bar.open_bar(0)
    bar.scope.buttons()[1].click()
    assert bar.scope.value() == WRITTEN
    bar.field.setText("TRAMS")
    assert said(bar) == "2 places"
    assert bar.list.item(0).text() == "Claim 1:  Trams are quiet."
    assert (
        bar.list.item(1).text() == "Note:  …the buses, and about the other trams of the town, in the archive."
    )
    assert chosen == []
    bar.field.setFocus()
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    qtbot.keyClick(bar.field, Qt.Key.Key_Down)
    assert chosen == ["claim 1", "mark 2"]
    assert said(bar) == "2 of 2"
    bar.step(1)
    assert said(bar) == "1 of 2 · on from the start"
    bar.field.setText("ferries")
    assert said(bar) == "Nothing found"
    assert bar.list.isHidden()


def test_where_nothing_is_written_one_finds_in_the_text_only(bar: FindBar) -> None:
    assert bar.scope.isHidden()


@pytest.mark.parametrize(("width", "beside"), [(800, True), (500, False)])
def test_a_narrow_line_becomes_two(bar: FindBar, qtbot: QtBot, width: int, beside: bool) -> None:
    bar.ask_for_entries(tuple)
    bar.resize(width, 90)
    qtbot.waitUntil(lambda: (bar.scope.y() < bar.field.geometry().bottom()) is beside)
