"""The export dialog: what it shows, what it asks for, what it never does unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from annotator.errors import InvalidValue
from annotator.ui.export.choice import ExportChoice, ExportPreview, ExportStyle
from annotator.ui.export.dialog import ExportDialog
from annotator.ui.theme import ThemeManager

STYLES = (
    ExportStyle(
        "essay", "Annotated essay", "Full text, claims boxed where they occur", "message-square-quote"
    ),
    ExportStyle("table", "Evidence table", "Claims against sources", "table"),
)
LONG = "\n".join(f"Line {number} of a long text.\n" for number in range(400))


def render(style: str, choice: ExportChoice) -> ExportPreview:
    """A small exporter whose text names what it was asked for."""
    left_out = () if choice.open_claims else ("2 open claims are left out",)
    return ExportPreview(f"# {style}\n\nquotes {choice.quotes}\n\n{LONG}", left_out, f"{style}.md")


class Desk:
    """A window with the dialog over it, saving into an empty folder."""

    def __init__(self, qtbot: QtBot, themes: ThemeManager, folder: Path) -> None:
        self.folder = folder
        self.window = QMainWindow()
        self.window.resize(1440, 900)
        qtbot.addWidget(self.window)
        self.window.show()
        self.saved: list[tuple[str, str]] = []
        self.chosen_file = ""
        self.dialog = ExportDialog(
            themes,
            title="Let the trams run all night",
            styles=STYLES,
            render=render,
            preview=lambda text: f"<h1>Title</h1><p>{text.replace(chr(10), '<br>')}</p>",
            folder=folder,
            choose_file=lambda _parent, _path: self.chosen_file,
            parent=self.window,
        )
        self.dialog.save_requested.connect(lambda text, path: self.saved.append((text, path)))
        self.dialog.open()
        qtbot.waitExposed(self.dialog)


@pytest.fixture
def desk(qtbot: QtBot, themes: ThemeManager, tmp_path: Path) -> Desk:
    return Desk(qtbot, themes, tmp_path)


def part(desk: Desk, name: str) -> QWidget:
    found = desk.dialog.findChild(QWidget, name)
    assert found is not None
    return found


def test_it_opens_with_the_first_style_rendered_and_a_file_name_proposed(desk: Desk) -> None:
    assert desk.dialog.source.toPlainText().startswith("# essay")
    assert desk.dialog.path() == str(desk.folder / "essay.md")
    assert "Line 0 of a long text." in desk.dialog.preview.toPlainText()
    assert part(desk, "export_left_out").text() == "2 open claims are left out"


def test_words_and_lines_are_counted(desk: Desk) -> None:
    words = desk.dialog.locale().toString(2403)
    assert part(desk, "export_counts").text() == f"{words} words · 803 lines"


def test_another_style_or_content_is_rendered_after_a_pause(desk: Desk, qtbot: QtBot) -> None:
    qtbot.mouseClick(part(desk, "export_style_table"), Qt.MouseButton.LeftButton)
    part(desk, "export_quotes").setChecked(False)
    part(desk, "export_open_claims").setChecked(True)
    assert desk.dialog.source.toPlainText().startswith("# essay")
    qtbot.waitUntil(lambda: desk.dialog.source.toPlainText().startswith("# table\n\nquotes False"))
    assert desk.dialog.path() == str(desk.folder / "table.md")
    assert part(desk, "export_left_out").text() == ""


def test_saving_right_after_a_change_saves_what_was_chosen_last(desk: Desk, qtbot: QtBot) -> None:
    qtbot.mouseClick(part(desk, "export_style_table"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(desk.dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    [(text, path)] = desk.saved
    assert text.startswith("# table")
    assert path == str(desk.folder / "table.md")


def test_a_name_of_ones_own_survives_a_change_of_style(desk: Desk, qtbot: QtBot) -> None:
    desk.dialog.path_field.selectAll()
    qtbot.keyClicks(desk.dialog.path_field, str(desk.folder / "mine.md"))
    qtbot.mouseClick(part(desk, "export_style_table"), Qt.MouseButton.LeftButton)
    desk.dialog.refresh()
    assert desk.dialog.path() == str(desk.folder / "mine.md")


def test_a_file_that_exists_is_replaced_only_after_saying_so(desk: Desk, qtbot: QtBot) -> None:
    (desk.folder / "essay.md").write_text("precious", encoding="utf-8")
    desk.dialog.confirm()
    assert desk.saved == []
    assert desk.dialog.messages.isVisible()
    replace = part(desk, "message_replace")
    qtbot.mouseClick(replace, Qt.MouseButton.LeftButton)
    assert [path for _, path in desk.saved] == [str(desk.folder / "essay.md")]


def test_the_folder_button_sets_the_file(desk: Desk) -> None:
    desk.chosen_file = str(desk.folder / "elsewhere.md")
    desk.dialog._folder_action.trigger()
    assert desk.dialog.path() == str(desk.folder / "elsewhere.md")
    desk.chosen_file = ""
    desk.dialog._folder_action.trigger()
    assert desk.dialog.path() == str(desk.folder / "elsewhere.md")


def test_the_save_button_says_why_it_waits(desk: Desk) -> None:
    desk.dialog.path_field.setText(" ")
    assert not desk.dialog.save_button.isEnabled()
    assert desk.dialog.save_button.toolTip() == "Give the file a name first"
    desk.dialog.path_field.setText(str(desk.folder))
    assert desk.dialog.save_button.toolTip() == "This is a folder; add a file name"
    desk.dialog.confirm()
    assert desk.saved == []


def test_both_sides_scroll_together(desk: Desk) -> None:
    source, preview = desk.dialog.source.verticalScrollBar(), desk.dialog.preview.verticalScrollBar()
    source.setValue(source.maximum())
    assert preview.value() == preview.maximum() > 0
    preview.setValue(0)
    assert source.value() == 0


def test_copying_puts_the_markdown_on_the_clipboard(desk: Desk, qtbot: QtBot) -> None:
    qtbot.mouseClick(part(desk, "export_copy"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == desk.dialog.source.toPlainText()


def test_trouble_in_rendering_is_told_and_the_last_text_stays(desk: Desk) -> None:
    def broken(_style: str, _choice: ExportChoice) -> ExportPreview:
        raise InvalidValue("This article has no claims.", kept="Nothing was written.")

    desk.dialog._render = broken
    desk.dialog.refresh()
    assert desk.dialog.messages.isVisible()
    assert desk.dialog.source.toPlainText().startswith("# essay")


def test_the_preview_loads_nothing_from_outside(desk: Desk) -> None:
    desk.dialog.preview.show_html(
        '<p>A <img src="https://example.org/x.png"> <a href="https://example.org">b</a></p>'
    )
    assert desk.dialog.preview.loadResource(2, QUrl("https://example.org/x.png")).width() == 1
    assert not desk.dialog.preview.openLinks()


def test_the_preview_survives_a_change_of_theme(desk: Desk, themes: ThemeManager) -> None:
    themes.set("dark")
    assert "Line 0 of a long text." in desk.dialog.preview.toPlainText()
    themes.set("light")


def test_nothing_is_cut_off_in_a_window_of_1024_by_700(desk: Desk, qtbot: QtBot) -> None:
    desk.dialog.hide()
    desk.window.resize(1024, 700)
    desk.dialog.open()
    qtbot.waitExposed(desk.dialog)
    assert desk.dialog.width() <= 1024
    assert desk.dialog.height() <= 700
    for name in ("export_path", "export_save", "export_cancel", "export_copy", "export_front_matter"):
        child = part(desk, name)
        assert desk.dialog.rect().contains(child.mapTo(desk.dialog, child.rect().bottomRight())), name


def test_every_control_has_a_name(desk: Desk) -> None:
    for child in desk.dialog.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and not child.objectName().startswith("qt_"):
            assert child.accessibleName(), child.objectName() or type(child).__name__


def test_ctrl_return_saves_from_a_style_as_from_any_field(desk: Desk) -> None:
    card = next(card for card in desk.dialog.findChildren(QAbstractButton) if card.isChecked())
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(desk.saved) == 1
