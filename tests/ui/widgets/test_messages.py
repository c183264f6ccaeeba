"""Labels, layouts, messages."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.errors import UnreadableFile
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import (
    ElidedLabel,
    EmptyState,
    FlowLayout,
    IconButton,
    KeyCap,
    MessageBar,
    UndoToast,
)


def test_an_icon_button_has_a_name_and_says_its_key(qtbot: QtBot, themes: ThemeManager) -> None:
    button = IconButton(themes, "plus", "New claim", key="C")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("New claim", "New claim (C)")
    assert (button.width(), button.height()) == (28, 28)


def test_an_icon_button_wears_the_new_theme(qtbot: QtBot, themes: ThemeManager) -> None:
    button = IconButton(themes, "plus", "New claim")
    qtbot.addWidget(button)
    before = button.icon().pixmap(16, 16).toImage()
    themes.set("dark")
    assert button.icon().pixmap(16, 16).toImage() != before
    themes.set("light")


def test_a_long_label_ends_in_an_ellipsis_and_tells_all_in_its_tooltip(
    qtbot: QtBot, themes: ThemeManager
) -> None:
    label = ElidedLabel("A title that is too long for its place")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.set_text(label.text())
    assert label.is_elided()
    assert label.toolTip() == "A title that is too long for its place"
    label.set_text("Short")
    assert (label.is_elided(), label.toolTip()) == (False, "")


def boxes(widths: list[int], room: int, *, mirrored: bool = False) -> list[QRect]:
    """Where a flow layout puts boxes of these widths."""
    page = QWidget()
    if mirrored:
        page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    layout = FlowLayout(page, across=10, down=5)
    for wide in widths:
        box = QWidget()
        box.setFixedSize(wide, 20)
        layout.addWidget(box)
    page.resize(room, layout.heightForWidth(room))
    layout.setGeometry(page.rect())
    placed = [layout.itemAt(number).geometry() for number in range(layout.count())]
    page.deleteLater()
    return placed


def test_the_flow_layout_wraps(themes: ThemeManager) -> None:
    assert [(box.x(), box.y()) for box in boxes([40, 40, 40], 100)] == [(0, 0), (50, 0), (0, 25)]


def test_the_flow_layout_is_mirrored_from_right_to_left(themes: ThemeManager) -> None:
    assert [(box.x(), box.y()) for box in boxes([40, 40, 40], 100, mirrored=True)] == [
        (60, 0),
        (10, 0),
        (60, 25),
    ]


def test_an_error_says_what_happened_what_was_kept_and_what_to_do(qtbot: QtBot, themes: ThemeManager) -> None:
    bar = MessageBar(themes)
    qtbot.addWidget(bar)
    bar.show_error(
        UnreadableFile("“harbour.html” could not be read.", kept="Nothing was added.", todo="Save it again."),
        (("retry", "Try again"),),
    )
    spoken = "“harbour.html” could not be read.. Nothing was added. Save it again."
    assert (bar.isVisible(), bar.accessibleName()) == (True, spoken.replace("..", "."))
    buttons = [button for button in bar.findChildren(QPushButton) if button.isVisible()]
    assert [button.accessibleName() for button in buttons] == ["Try again", "Dismiss"]
    with qtbot.waitSignal(bar.action_triggered) as signal:
        qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert signal.args == ["retry"]
    qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_a_second_message_replaces_the_first(qtbot: QtBot, themes: ThemeManager) -> None:
    bar = MessageBar(themes)
    qtbot.addWidget(bar)
    bar.show_message("info", "One", actions=(("a", "A"),))
    bar.show_message("warning", "Two", "Text", (("b", "B"),))
    assert bar.property("message") == "warning"
    assert [button.text() for button in bar.findChildren(QPushButton) if button.isVisible()] == ["B"]


def test_the_toast_stands_at_the_bottom_left_and_offers_undo(qtbot: QtBot, themes: ThemeManager) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 400)
    page.show()
    toast = UndoToast(page)
    toast.show_toast("Claim 7 deleted, with 2 evidence links")
    assert (toast.x(), toast.geometry().bottom()) == (16, 400 - 16 - 1)
    page.resize(600, 500)
    assert toast.geometry().bottom() == 500 - 16 - 1
    with qtbot.waitSignal(toast.undo_requested):
        qtbot.mouseClick(toast.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert not toast.isVisible()


def test_the_toast_waits_while_the_pointer_is_on_it(qtbot: QtBot, themes: ThemeManager) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 400)
    page.show()
    toast = UndoToast(page)
    toast.show_toast("Claim 7 deleted")
    assert not toast.is_paused()
    QApplication.sendEvent(toast, QEnterEvent(QPointF(1, 1), QPointF(1, 1), QPointF(1, 1)))
    assert toast.is_paused()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert not toast.is_paused()


def test_an_empty_place_shows_the_keys_that_fill_it(qtbot: QtBot, themes: ThemeManager) -> None:
    place = EmptyState(themes, "flag", "No claims yet", "Select a sentence with [E], then press [C].")
    qtbot.addWidget(place)
    assert [cap.text() for cap in place.findChildren(KeyCap)] == ["E", "C"]
    assert place.accessibleName() == "No claims yet. Select a sentence with E, then press C."
