"""What find marks in the text and on the rail."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot
from tests.ui.reader.test_view import long_article

from annotator.domain.finding import Finder, Places, Query
from annotator.domain.selectors import TextSpan
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.pane import ReaderPane
from annotator.ui.theme import ThemeManager


@pytest.fixture
def pane(themes: ThemeManager, qtbot: QtBot) -> ReaderPane:
    made = ReaderPane(themes)
    qtbot.addWidget(made)
    made.view.reduced_motion = True
    made.resize(800, 600)
    made.show()
    return made


def color_of(pane: ReaderPane, offset: int) -> QColor:
    """The colour of the ground of a character: that of the left edge of its box."""
    box = pane.view.boxes_on_screen(TextSpan(offset, offset + 1))[0]
    image: QImage = pane.view.grab().toImage()
    ratio = pane.view.devicePixelRatioF()
    return image.pixelColor(round((box.left() + 1) * ratio), round((box.top() + 2) * ratio))


def test_all_places_on_screen_are_marked_and_the_one_that_is_shown_stands_out(pane: ReaderPane) -> None:
    doc = ReaderDocument("A 👩‍👩‍👧 tram, two trams,\nand a third tram in the fog.")
    pane.show_article(doc, "")
    pane.open_find()
    pane.find_bar.field.setText("tram")
    theme = pane.view.theme
    first, second, third = (span.start for span in pane.find_bar.places)
    assert color_of(pane, first) == theme.color("findCurrent")
    assert color_of(pane, second) == theme.color("find")
    assert color_of(pane, third) == theme.color("find")
    assert color_of(pane, third + 5) == theme.color("reader")
    pane.find_bar.step(1)
    assert color_of(pane, first) == theme.color("find")
    assert color_of(pane, second) == theme.color("findCurrent")
    pane.find_bar.close_bar()
    assert color_of(pane, first) == theme.color("reader")
    assert pane.view.selected_span() == TextSpan(second, second + 4)


def test_words_stay_legible_on_the_place_that_is_shown(pane: ReaderPane, themes: ThemeManager) -> None:
    themes.set("dark")
    pane.show_article(ReaderDocument("A tram, two trams."), "")
    pane.open_find()
    pane.find_bar.field.setText("tram")
    (selection,) = pane.view.extraSelections()
    assert selection.format.foreground().color() == themes.theme.color("onFindCurrent")
    assert selection.cursor.selectedText() == "tram"
    pane.view.set_reading_size(26)  # laid out anew
    (selection,) = pane.view.extraSelections()
    assert selection.cursor.document() is pane.view.document()
    pane.grab()
    pane.find_bar.close_bar()
    assert pane.view.extraSelections() == []


def test_finding_moves_the_caret_and_activates_nothing(pane: ReaderPane, qtbot: QtBot) -> None:
    doc = long_article()
    pane.show_article(doc, "")
    pane.open_find()
    with qtbot.assertNotEmitted(pane.view.annotation_activated):
        pane.find_bar.field.setText("Paragraph 60")
    assert pane.view.caret_offset() == doc.text.index("Paragraph 60")
    assert pane.view.on_screen(pane.view.caret_offset())


def test_who_has_gone_elsewhere_stays_there_when_the_bar_closes(pane: ReaderPane) -> None:
    pane.show_article(ReaderDocument("A tram, two trams."), "")
    pane.open_find()
    pane.find_bar.field.setText("tram")
    pane.view.set_caret(15)
    pane.find_bar.close_bar()
    assert pane.view.selected_span() is None
    assert pane.view.caret_offset() == 15


def test_places_that_are_found_later_are_marked_too(pane: ReaderPane) -> None:
    pane.show_article(ReaderDocument("A tram, two trams."), "")
    places = Places([2], [6])
    pane.hits.show(places, TextSpan(2, 6))
    assert color_of(pane, 12) == pane.view.theme.color("reader")
    places.add(Places([12], [16]))
    pane.hits.show(places, TextSpan(2, 6))
    assert color_of(pane, 12) == pane.view.theme.color("find")


def test_another_article_has_no_marks(pane: ReaderPane) -> None:
    pane.show_article(ReaderDocument("A tram, two trams."), "")
    pane.open_find()
    pane.find_bar.field.setText("tram")
    pane.show_article(ReaderDocument("tram"), "")
    assert len(pane.hits) == 0
    assert pane.hits.current is None
    assert pane.find_bar.isHidden()


def test_painting_looks_at_the_places_on_screen_only(pane: ReaderPane) -> None:
    doc = long_article()
    pane.show_article(doc, "")
    (places,) = Finder(doc.text, doc.blocks).find(Query("a"))
    pane.hits.show(places, None)
    asked: list[int] = []
    page = pane.view.page
    usual = page.places
    page.places = lambda shown, spans: asked.append(len(spans)) or usual(shown, spans)
    pane.view.grab()
    assert 0 < sum(asked) < len(places) / 4


def test_the_rail_has_a_tick_for_each_part_with_places(pane: ReaderPane) -> None:
    doc = long_article()
    pane.show_article(doc, "")
    length = len(doc.text)
    pane.hits.show(Places(range(0, length, 7), range(3, length + 3, 7)), None)
    starts = list(pane.hits.starts(length, 100))
    assert 90 <= len(starts) <= 102
    assert starts == sorted(starts)
    pane.hits.show(Places([5, length - 8], [8, length - 5]), TextSpan(5, 8))
    pane.rail.update_hits()
    assert list(pane.hits.starts(length, 100)) == [5, length - 8]
    image = pane.rail.grab().toImage()
    colors = {image.pixelColor(image.width() - 3, y).name() for y in range(image.height())}
    assert pane.view.theme.color("findCurrent").name() in colors
