"""The command palette."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from annotator.domain.ids import ArticleId
from annotator.domain.views import ArticleSummary
from annotator.ui.palette import CommandPalette
from annotator.ui.palette_search import PaletteItem, PaletteModel, fuzzy
from annotator.ui.theme import ThemeManager

TRAMS = ArticleSummary(
    id=ArticleId("a1"),
    title="Let the trams run all night",
    authors=("Ines Okafor-Lind",),
    publication="Velmar Courier",
    published_on="",
    url="",
    language="en",
    status="open",
    claims=9,
    open_claims=2,
)


class Desk:
    """A window with three commands, one article and a palette."""

    def __init__(self, qtbot: QtBot, themes: ThemeManager) -> None:
        self.qtbot = qtbot
        self.window = QMainWindow()
        self.window.resize(1440, 900)
        qtbot.addWidget(self.window)
        self.window.show()
        self.run: list[str] = []
        self.actions = [
            self.action("&Export…"),
            self.action("Unlink evidence"),
            self.action("Link source to claim"),
        ]
        self.palette = CommandPalette(themes, self.window)
        self.palette.article_activated.connect(lambda found: self.run.append(f"article {found}"))

    def action(self, text: str) -> QAction:
        made = QAction(text, self.window)
        made.triggered.connect(lambda: self.run.append(text))
        return made

    def open(self, typed: str = "", recent: tuple[str, ...] = ()) -> None:
        self.palette.set_items(self.actions, (TRAMS,), recent)
        self.palette.popup()
        self.qtbot.waitExposed(self.palette)
        self.palette.activateWindow()
        QApplication.processEvents()
        self.qtbot.keyClicks(self.palette.search, typed)

    def press(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.palette.search, key)

    def texts(self) -> list[str]:
        model = self.palette.list.model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]


@pytest.fixture
def themes(qapp: QApplication) -> ThemeManager:
    manager = ThemeManager()
    manager.load_fonts()
    manager.apply()
    return manager


@pytest.fixture
def desk(qtbot: QtBot, themes: ThemeManager) -> Desk:
    return Desk(qtbot, themes)


def test_a_few_letters_and_return_run_a_command(desk: Desk) -> None:
    desk.open("exp")
    desk.press(Qt.Key.Key_Return)
    assert desk.run == ["&Export…"]
    assert not desk.palette.isVisible()


def test_an_article_is_found_by_title_and_opened(desk: Desk) -> None:
    desk.open("trams")
    desk.press(Qt.Key.Key_Return)
    assert desk.run == ["article a1"]


def test_words_that_begin_with_the_query_come_before_words_that_hold_it(desk: Desk) -> None:
    desk.open("link")
    assert desk.texts() == ["Link source to claim", "Unlink evidence"]


def test_arrows_choose_and_go_round(desk: Desk) -> None:
    desk.open("link")
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Up)
    desk.press(Qt.Key.Key_Return)
    assert desk.run == ["Unlink evidence"]


def test_what_was_used_last_comes_first(desk: Desk) -> None:
    desk.open(recent=("action:Link source to claim",))
    assert desk.texts()[0] == "Link source to claim"


def test_the_history_is_told_the_key_of_what_was_used(desk: Desk, qtbot: QtBot) -> None:
    desk.open("unlink")
    with qtbot.waitSignal(desk.palette.item_used, timeout=1000) as told:
        desk.press(Qt.Key.Key_Return)
    assert told.args == ["action:Unlink evidence"]


def test_a_command_that_is_not_possible_is_shown_and_not_run(desk: Desk) -> None:
    desk.actions[1].setEnabled(False)
    desk.open("unlink")
    desk.press(Qt.Key.Key_Return)
    assert desk.run == []
    assert desk.palette.isVisible()
    assert desk.palette.list.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_without_a_result_the_query_is_repeated(desk: Desk) -> None:
    desk.open("zeppelin")
    assert desk.texts() == []
    assert desk.palette._nothing.text() == "Nothing matches “zeppelin”."


def test_esc_closes_it_and_runs_nothing(desk: Desk) -> None:
    desk.open("exp")
    desk.press(Qt.Key.Key_Escape)
    assert not desk.palette.isVisible()
    assert desk.run == []


def test_the_model_keeps_qts_rules(themes: ThemeManager) -> None:
    model = PaletteModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_items([PaletteItem(str(number), f"Item {number}", "Commands") for number in range(100)])
    model.set_query("item 9")
    model.set_query("nothing at all")
    assert model.rowCount() == 0
    assert tester.model() is model


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("link", "Link source", "Show the link"),
        ("link", "Show the link", "Unlink"),
        ("ls", "Link source", "Close all tools"),
        ("next", "Next theme", "Next theme of all the themes there are"),
    ],
)
def test_the_better_fit_scores_higher(query: str, better: str, worse: str) -> None:
    first, second = fuzzy(query, better), fuzzy(query, worse)
    assert first is not None
    assert second is None or first[0] > second[0]


def test_hits_are_the_places_of_the_letters() -> None:
    found = fuzzy("ort", "Clear export")
    assert found is not None
    assert found[1] == (9, 10, 11)
    assert fuzzy("xyz", "Clear export") is None
    assert fuzzy("straße", "Die Straße") is not None


def test_it_opens_under_the_header_in_the_middle_of_its_window(desk: Desk) -> None:
    desk.window.move(120, 60)
    desk.open()
    middle = desk.palette.geometry().center().x()
    assert abs(middle - desk.window.geometry().center().x()) <= 1
    assert desk.palette.y() > desk.window.geometry().y()


def test_a_press_beside_it_closes_it_and_does_nothing_else(desk: Desk) -> None:
    below = QPushButton("Run", desk.window)
    below.clicked.connect(lambda: desk.run.append("below"))
    below.show()
    desk.open()
    desk.qtbot.mouseClick(below, Qt.MouseButton.LeftButton)
    assert not desk.palette.isVisible()
    assert desk.run == []
