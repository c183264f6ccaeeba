"""The model of the article list, its filter, and the library column."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.ids import ArticleId
from annotator.domain.views import ArticleSummary
from annotator.ui.library.delegate import wrapped
from annotator.ui.library.model import ArticleFilter, ArticleListModel, ArticleOrder, progress
from annotator.ui.library.pane import LibraryPane
from annotator.ui.theme import ThemeManager


def article(number: int, title: str, **more: object) -> ArticleSummary:
    made = ArticleSummary(
        id=ArticleId(f"a{number}"),
        title=title,
        authors=("Ines Okafor-Lind",),
        publication="Velmar Courier",
        published_on="2026-03-14",
        url="",
        language="en",
        status="open",
        claims=9,
        open_claims=2,
    )
    return replace(made, **more)


TRAMS = article(1, "Let the trams run all night")
PUMPS = article(2, "Heat pumps will not save the old quarter", publication="North Quay Review", open_claims=4)
WALL = article(
    3, "Why the flood wall was worth it", status="done", authors=("Émile Brandt",), published_on="2027"
)
RIDGE = article(4, "Wind on the ridge", claims=0, open_claims=0)
ALL = (TRAMS, PUMPS, WALL, RIDGE)


@pytest.fixture
def pane(qtbot: QtBot, themes: ThemeManager) -> LibraryPane:
    made = LibraryPane(themes)
    qtbot.addWidget(made)
    made.resize(252, 600)
    made.set_articles(ALL)
    made.show()
    qtbot.waitExposed(made)
    return made


def titles(pane: LibraryPane) -> list[str]:
    model = pane.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_the_model_and_its_filter_keep_qts_rules_through_all_changes(themes: ThemeManager) -> None:
    model = ArticleListModel(ALL)
    narrowed = ArticleFilter()
    narrowed.setSourceModel(model)
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(one, fatal) for one in (model, narrowed)]
    narrowed.set_text("the")
    narrowed.set_order(ArticleOrder.TITLE)
    model.set_articles((*ALL[1:], article(9, "Another")))
    model.set_articles((replace(PUMPS, open_claims=0), *ALL[2:], article(9, "Another")))
    narrowed.set_status("done")
    model.set_articles(())
    assert narrowed.rowCount() == 0
    assert len(testers) == 2


def test_the_same_articles_with_other_counts_do_not_reset_the_list(
    qtbot: QtBot, themes: ThemeManager
) -> None:
    model = ArticleListModel(ALL)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as told:
        model.set_articles((TRAMS, replace(PUMPS, open_claims=0), WALL, RIDGE))
    assert told.args[0].row() == 1


def test_a_row_says_everything_it_shows_to_a_screen_reader(themes: ThemeManager) -> None:
    model = ArticleListModel(ALL)
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Let the trams run all night. Ines Okafor-Lind. Velmar Courier. 9 claims, 2 open."


def test_the_counts_read_as_words(themes: ThemeManager) -> None:
    model = ArticleListModel()
    assert [model.meta(one) for one in (TRAMS, WALL, RIDGE, replace(TRAMS, claims=1, open_claims=1))] == [
        "9 claims · 2 open",
        "9 claims · done",
        "not started",
        "1 claim · 1 open",
    ]


def test_progress_is_the_share_of_claims_with_a_verdict() -> None:
    assert progress(TRAMS) == pytest.approx(7 / 9)
    assert progress(WALL) == 1
    assert progress(RIDGE) == 0


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("heat OLD", ["Heat pumps will not save the old quarter"]),
        ("émile", ["Why the flood wall was worth it"]),
        ("north quay", ["Heat pumps will not save the old quarter"]),
        ("trams flood", []),
    ],
)
def test_every_word_typed_must_stand_in_title_author_or_publication(
    pane: LibraryPane, qtbot: QtBot, typed: str, found: list[str]
) -> None:
    pane.filter_field.setText(typed)
    assert titles(pane) == found


def test_the_status_segments_count_and_filter(pane: LibraryPane, qtbot: QtBot) -> None:
    buttons = pane._segments.buttons()
    assert [button.text() for button in buttons] == ["All", "Open 3", "Done 1"]
    qtbot.mouseClick(buttons[2], Qt.MouseButton.LeftButton)
    assert titles(pane) == [WALL.title]


def test_without_a_match_the_query_is_repeated_and_one_button_clears_it(
    pane: LibraryPane, qtbot: QtBot
) -> None:
    pane.filter_field.setText("zeppelin")
    said = pane.findChild(QWidget, "library_nothing")
    assert said.text() == "Nothing matches “zeppelin”."
    clear = pane.findChild(QWidget, "library_clear_filters")
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert len(titles(pane)) == 4


@pytest.mark.parametrize(
    ("order", "first"),
    [("title", PUMPS), ("published", WALL), ("open-claims", PUMPS), ("added", TRAMS), ("unheard of", TRAMS)],
)
def test_the_list_can_be_sorted(pane: LibraryPane, order: str, first: ArticleSummary) -> None:
    pane.set_order("publication")
    pane.set_order(order)
    assert titles(pane)[0] == first.title


def test_a_click_and_return_open_an_article_and_arrows_do_not(pane: LibraryPane, qtbot: QtBot) -> None:
    opened: list[str] = []
    pane.article_activated.connect(opened.append)
    box = pane.list.visualRect(pane.list.model().index(1, 0))
    qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    qtbot.keyClick(pane.list, Qt.Key.Key_Down)
    assert opened == ["a2"]
    qtbot.keyClick(pane.list, Qt.Key.Key_Return)
    assert opened == ["a2", "a3"]


def test_return_in_the_filter_goes_to_the_list_and_delete_asks_to_delete(
    pane: LibraryPane, qtbot: QtBot
) -> None:
    pane.focus_filter()
    qtbot.keyClicks(pane.filter_field, "wind")
    qtbot.keyClick(pane.filter_field, Qt.Key.Key_Return)
    assert pane.list.currentIndex().data() == RIDGE.title
    with qtbot.waitSignal(pane.delete_requested) as asked:
        qtbot.keyClick(pane.list, Qt.Key.Key_Delete)
    assert asked.args == ["a4"]


def test_the_article_that_is_open_stays_selected_through_filter_and_refresh(pane: LibraryPane) -> None:
    pane.set_current("a3")
    pane.filter_field.setText("flood")
    pane.filter_field.clear()
    pane.set_articles((*ALL, article(7, "New")))
    assert pane.list.currentIndex().data() == WALL.title


def test_the_context_menu_marks_as_done_and_back(pane: LibraryPane, qtbot: QtBot) -> None:
    for row, wanted in ((0, ["a1", "done"]), (2, ["a3", "open"])):
        menu = pane.menu_for(pane.list.model().index(row, 0))
        assert menu is not None
        with qtbot.waitSignal(pane.status_requested) as asked:
            menu.actions()[1].trigger()
        assert asked.args == wanted
        menu.deleteLater()


def test_the_context_menu_asks_for_the_original(pane: LibraryPane, qtbot: QtBot) -> None:
    menu = pane.menu_for(pane.list.model().index(0, 0))
    assert menu is not None
    with qtbot.waitSignal(pane.original_requested) as asked:
        next(action for action in menu.actions() if action.text() == "Save the original…").trigger()
    assert asked.args == ["a1"]
    menu.deleteLater()


def test_a_title_takes_two_lines_at_most_and_then_ends_in_an_ellipsis(themes: ThemeManager) -> None:
    font = QFont("Inter")
    font.setPixelSize(13)
    lines = wrapped("A very long title that goes on " * 5 + "𝄞", font.toString(), 200)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert wrapped("Short", font.toString(), 200) == ("Short",)


def test_a_row_with_a_long_title_is_one_line_higher(pane: LibraryPane) -> None:
    model, delegate = pane.list.model(), pane.list.itemDelegate()
    heights = [delegate.sizeHint(QStyleOptionViewItem(), model.index(row, 0)).height() for row in (0, 1)]
    assert heights[1] - heights[0] == 18


def test_every_control_of_the_column_has_a_name(pane: LibraryPane) -> None:
    for child in pane.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert child.accessibleName(), child
