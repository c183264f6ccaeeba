"""The export dialog: style and contents, Markdown source, preview, file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import UserError
from annotator.ui.dialogs.card_button import CardButton, CardLook, KeyButton
from annotator.ui.dialogs.sheet import Sheet
from annotator.ui.dialogs.text_frame import TextFrame
from annotator.ui.export.choice import ExportChoice, ExportStyle, Render, ToHtml
from annotator.ui.export.highlighter import words_and_lines
from annotator.ui.export.markdown_view import MarkdownView
from annotator.ui.export.preview import PreviewBrowser
from annotator.ui.icons import icon
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets.base import follow
from annotator.ui.widgets.labels import ElidedLabel, IconLabel, label
from annotator.ui.widgets.messages import MessageBar

ChooseFile = Callable[[QWidget, str], str]

_SIZE = QSize(1320, 796)
_LEFT_WIDE = 272
_PAUSE_MS = 100
_STYLE_LOOK = CardLook(
    height=48,
    radius=8,
    gap=12,
    title_role="ui",
    hint_role="caption",
    border="border",
    title_weight=QFont.Weight.DemiBold,
    hint_lines=2,
)


def ask_for_file(parent: QWidget, path: str) -> str:
    """Let the user choose where to save; "" when nothing was chosen. What exists is asked about in our own dialog."""
    options = QFileDialog.Option.DontConfirmOverwrite
    title = QCoreApplication.translate("ExportDialog", "Save Markdown")
    found, _ = QFileDialog.getSaveFileName(parent, title, path, "Markdown (*.md)", options=options)
    return found


class ExportDialog(Sheet):
    """Shows what will be written while it is being chosen.

    `save_requested` carries the text and the path, once it is clear that an existing file may be replaced. The
    caller answers with `accept()` when the file is written, or with `show_error`.
    """

    save_requested = Signal(str, str)
    choice_changed = Signal(str, object)

    def __init__(
        self,
        themes: ThemeManager,
        *,
        title: str,
        styles: Sequence[ExportStyle],
        render: Render,
        preview: ToHtml,
        folder: Path,
        style: str = "",
        choice: ExportChoice | None = None,
        choose_file: ChooseFile = ask_for_file,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(themes, "", _SIZE, parent)
        self.setObjectName("export_dialog")
        self.setWindowTitle(self.tr("Export “{title}”").format(title=title))
        self.title_label.setText(self.windowTitle())
        self._render, self._to_html, self._choose_file = render, preview, choose_file
        self._folder = folder
        self._own_path = False  # whether the user gave the file a name of their own
        self._text = ""
        self._linking = False
        self.messages = MessageBar(themes, self)
        self.messages.action_triggered.connect(self._on_message_action)
        self.body.addWidget(self.messages)
        self._make_body(styles, choice or ExportChoice())
        self._make_footer()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        save = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        save.activated.connect(self.confirm)
        self._link_scroll_bars()
        follow(themes, self._dress)
        chosen = style if style in self._cards else next(iter(self._cards), "")
        if chosen:
            self._cards[chosen].setChecked(True)
            self._cards[chosen].setFocus()
        self.refresh()

    def style_name(self) -> str:
        """The style chosen."""
        return next((name for name, card in self._cards.items() if card.isChecked()), "")

    def choice(self) -> ExportChoice:
        """What is to be included."""
        return ExportChoice(**{name: box.isChecked() for name, box in self._boxes.items()})

    def path(self) -> str:
        """Where to save, "" when no name is given."""
        typed = self.path_field.text().strip()
        return str(Path(typed).expanduser()) if typed else ""

    def refresh(self) -> None:
        """Render anew and show it. Trouble is told above, and what was shown before stays."""
        self._pause.stop()
        try:
            made = self._render(self.style_name(), self.choice())
            html = self._to_html(made.text)
        except UserError as error:
            self.messages.show_error(error)
            return
        self._text = made.text
        self.source.setPlainText(made.text)
        self.preview.show_html(html)
        words, lines = words_and_lines(made.text)
        numbers = self.locale()
        counts = self.tr("{words} words · {lines} lines")
        self._counts.set_text(counts.format(words=numbers.toString(words), lines=numbers.toString(lines)))
        self._left_out.set_text(" · ".join(made.left_out))
        self._left_out_icon.setVisible(bool(made.left_out))
        if not self._own_path and made.file_name:
            self.path_field.setText(str(self._folder / made.file_name))
        self._check()

    def problem(self) -> str:
        """Why nothing can be saved yet, "" when it can."""
        if not self._text:
            return self.tr("There is nothing to save")
        if not self.path():
            return self.tr("Give the file a name first")
        return self.tr("This is a folder; add a file name") if Path(self.path()).is_dir() else ""

    def confirm(self) -> None:
        """Ask to save; a file that exists is asked about first."""
        if self.problem():
            return
        if self._pause.isActive():
            self.refresh()
        path = Path(self.path())
        if path.exists():
            self.messages.show_message(
                "warning",
                self.tr("“{name}” exists already.").format(name=path.name),
                self.tr("Nothing was written yet. Replace it, or give the file another name."),
                (("replace", self.tr("Replace")), ("dismiss", self.tr("Keep it"))),
            )
            return
        self._save()

    def show_error(self, error: UserError) -> None:
        """Say that the file could not be written; nothing else changes."""
        self.messages.show_error(error)

    def _save(self) -> None:
        self.messages.clear()
        self.save_requested.emit(self._text, self.path())

    def _make_body(self, styles: Sequence[ExportStyle], choice: ExportChoice) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._make_left(styles, choice))
        line = QFrame(self)
        line.setFixedWidth(1)
        line.setObjectName("export_line")
        self._line = line
        row.addWidget(line)
        parts = QSplitter(Qt.Orientation.Horizontal, self)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(1)
        parts.addWidget(self._make_source())
        parts.addWidget(self._make_preview())
        parts.setSizes([500, 546])
        parts.setStretchFactor(0, 1)
        parts.setStretchFactor(1, 1)
        row.addWidget(parts, 1)
        self.body.addLayout(row, 1)

    def _make_left(self, styles: Sequence[ExportStyle], choice: ExportChoice) -> QWidget:
        area = QScrollArea(self)
        area.setFixedWidth(_LEFT_WIDE)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(area)
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(6)
        column.addWidget(label(self.tr("Style"), role="caption", tone="secondary", parent=inner))
        self._cards: dict[str, CardButton] = {}
        group = QButtonGroup(self)
        for style in styles:
            card = CardButton(
                self.themes, style.label, icon=style.icon, hint=style.hint, look=_STYLE_LOOK, parent=inner
            )
            card.setObjectName(f"export_style_{style.name}")
            card.setCheckable(True)
            card.setAccessibleName(self.tr("Style: {name}").format(name=style.label))
            card.clicked.connect(self._on_choice_changed)
            group.addButton(card)
            self._cards[style.name] = card
            column.addWidget(card)
        column.addSpacing(12)
        column.addWidget(label(self.tr("Include"), role="caption", tone="secondary", parent=inner))
        column.addLayout(self._make_boxes(choice, inner))
        column.addStretch(1)
        area.setWidget(inner)
        area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        return area

    def _make_boxes(self, choice: ExportChoice, parent: QWidget) -> QVBoxLayout:
        words = {
            "quotes": self.tr("Quotes from sources"),
            "confidence": self.tr("Confidence and its history"),
            "notes": self.tr("My notes"),
            "open_claims": self.tr("Open claims"),
            "front_matter": self.tr("Front matter"),
        }
        self._boxes: dict[str, QCheckBox] = {}
        column = QVBoxLayout()
        column.setSpacing(0)
        for field in fields(ExportChoice):
            box = QCheckBox(words[field.name], parent)
            box.setObjectName(f"export_{field.name}")
            box.setAccessibleName(words[field.name])
            box.setChecked(getattr(choice, field.name))
            box.toggled.connect(self._on_choice_changed)
            self._boxes[field.name] = box
            column.addWidget(box)
        return column

    def _make_head(self, title: str, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStrut(39)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(label(title, role="strong", parent=parent))
        return row

    def _make_source(self) -> QWidget:
        part = QWidget(self)
        part.setMinimumWidth(280)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = self._make_head(self.tr("Markdown"), part)
        self._counts = ElidedLabel("", part)
        self._counts.setObjectName("export_counts")
        self._counts.setProperty("role", "caption")
        self._counts.setProperty("tone", "muted")
        row.addWidget(self._counts, 1)
        self._copy = QPushButton(self.tr("Copy"), part)
        self._copy.setObjectName("export_copy")
        self._copy.setProperty("kind", "quiet")
        self._copy.setProperty("compact", True)
        self._copy.setAutoDefault(False)
        self._copy.setAccessibleName(self.tr("Copy the Markdown"))
        self._copy.setIconSize(QSize(14, 14))
        self._copy.clicked.connect(self._on_copy)
        row.addWidget(self._copy)
        column.addLayout(row)
        self.source = MarkdownView(self.themes, part)
        column.addWidget(TextFrame(self.themes, self.source, part), 1)
        return part

    def _make_preview(self) -> QWidget:
        part = QWidget(self)
        part.setMinimumWidth(280)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = self._make_head(self.tr("Preview"), part)
        row.addStretch(1)
        column.addLayout(row)
        self.preview = PreviewBrowser(self.themes, part)
        column.addWidget(TextFrame(self.themes, self.preview, part), 1)
        return part

    def _make_footer(self) -> None:
        caption = label(self.tr("File"), role="caption", tone="secondary", parent=self)
        self.footer.addWidget(caption)
        self.path_field = QLineEdit(self)
        self.path_field.setObjectName("export_path")
        self.path_field.setAccessibleName(self.tr("File to save to"))
        self.path_field.setMinimumWidth(180)
        self.path_field.setMaximumWidth(420)
        self.path_field.textEdited.connect(self._on_path_edited)
        self.path_field.textChanged.connect(self._check)
        caption.setBuddy(self.path_field)
        self._folder_action = self.path_field.addAction(
            icon("folder-open", self.themes.theme.color("textSecondary")),
            QLineEdit.ActionPosition.TrailingPosition,
        )
        self._folder_action.setText(self.tr("Choose a folder"))
        self._folder_action.setToolTip(self.tr("Choose where to save (Ctrl+O)"))
        self._folder_action.setShortcut(QKeySequence("Ctrl+O"))
        self._folder_action.triggered.connect(self._on_choose_file)
        self.footer.addWidget(self.path_field, 3)
        self._left_out_icon = IconLabel(self.themes, "triangle-alert", "warning", size=14, parent=self)
        self.footer.addWidget(self._left_out_icon)
        self._left_out = ElidedLabel("", self)
        self._left_out.setObjectName("export_left_out")
        self._left_out.setProperty("role", "caption")
        self._left_out.setProperty("tone", "warning")
        self.footer.addWidget(self._left_out, 2)
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.setObjectName("export_cancel")
        cancel.setAccessibleName(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.footer.addWidget(cancel)
        self.save_button = KeyButton(
            self.themes, self.tr("Save"), icon="save", key="Ctrl S", primary=True, parent=self
        )
        self.save_button.setObjectName("export_save")
        self.save_button.clicked.connect(self.confirm)
        self.footer.addWidget(self.save_button)

    def _link_scroll_bars(self) -> None:
        bars = (self.source.verticalScrollBar(), self.preview.verticalScrollBar())
        bars[0].valueChanged.connect(partial(self._follow_bar, *bars))
        bars[1].valueChanged.connect(partial(self._follow_bar, bars[1], bars[0]))

    def _follow_bar(self, moved: QScrollBar, other: QScrollBar, value: int) -> None:
        """Scroll the other side to the same share of its length."""
        if self._linking or moved.maximum() == 0:
            return
        self._linking = True
        other.setValue(round(other.maximum() * value / moved.maximum()))
        self._linking = False

    def _check(self) -> None:
        problem = self.problem()
        self.save_button.setEnabled(not problem)
        self.save_button.setToolTip(problem)
        self.path_field.setToolTip(self.path())

    def _on_choice_changed(self) -> None:
        self._pause.start()
        self.choice_changed.emit(self.style_name(), self.choice())

    def _on_path_edited(self) -> None:
        self._own_path = True
        self.messages.clear()

    def _on_choose_file(self) -> None:
        found = self._choose_file(self, self.path())
        if found:
            self._own_path = True
            self.messages.clear()
            self.path_field.setText(found)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self._copy.setText(self.tr("Copied"))
        QTimer.singleShot(1500, self._copy, lambda: self._copy.setText(self.tr("Copy")))

    def _on_message_action(self, key: str) -> None:
        if key == "replace":
            self._save()

    def _dress(self, theme: Theme) -> None:
        self._copy.setIcon(icon("copy", theme.color("textSecondary"), 14))
        self._folder_action.setIcon(icon("folder-open", theme.color("textSecondary")))
        self._line.setStyleSheet(f"QFrame {{ background: {theme.css('border')}; }}")
