"""Exporting the open article: runs the dialog on a snapshot and writes the file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QWidget

from annotator.domain.ids import ArticleId
from annotator.domain.views import ArticleSnapshot
from annotator.errors import UserError
from annotator.services import exporting
from annotator.services.exporting import ExportOptions
from annotator.ui.bridge import LibraryBridge
from annotator.ui.export.choice import ExportChoice, ExportPreview, ExportStyle
from annotator.ui.export.dialog import ExportDialog
from annotator.ui.theme import ThemeManager

_FORMAT = "markdown"


class ExportController(QObject):
    """Opens the export dialog for an article and writes what it shows."""

    exported = Signal(str)  # the path of the file

    def __init__(self, bridge: LibraryBridge, themes: ThemeManager, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._themes, self._window = bridge, themes, window
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.folder = Path(documents or Path.home()) / "annotated"
        usual = ExportOptions()
        self._style = usual.style
        self._choice = ExportChoice(
            usual.quotes, usual.confidence_history, usual.notes, usual.open_claims, usual.front_matter
        )
        self.dialog: ExportDialog | None = None

    def export(self, article_id: ArticleId) -> None:
        """Ask how to export an article."""
        self._bridge.query(partial(exporting.snapshot, article_id=article_id), self._open)

    def _open(self, picture: ArticleSnapshot) -> None:
        styles = [
            ExportStyle(style.name, style.label, style.hint, style.icon)
            for style in exporting.styles_of(_FORMAT)
        ]
        self.dialog = ExportDialog(
            self._themes,
            title=picture.article.title,
            styles=styles,
            render=partial(_render, picture),
            preview=exporting.markdown_to_html,
            folder=self.folder,
            style=self._style,
            choice=self._choice,
            parent=self._window,
        )
        self.dialog.save_requested.connect(self._save)
        self.dialog.choice_changed.connect(self._remember)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def _remember(self, style: str, choice: ExportChoice) -> None:
        self._style, self._choice = style, choice

    def _save(self, text: str, path: str) -> None:
        try:
            written = exporting.write_file(Path(path).expanduser(), text, overwrite=True)
        except UserError as error:
            if self.dialog is not None:
                self.dialog.show_error(error)
            return
        self.folder = written.parent
        if self.dialog is not None:
            self.dialog.accept()
        self.exported.emit(str(written))


def _render(picture: ArticleSnapshot, style: str, choice: ExportChoice) -> ExportPreview:
    options = ExportOptions(
        quotes=choice.quotes,
        confidence_history=choice.confidence,
        notes=choice.notes,
        open_claims=choice.open_claims,
        front_matter=choice.front_matter,
        style=style,
    )
    done = exporting.render(picture, format=_FORMAT, options=options)
    return ExportPreview(done.content, done.left_out, done.file_name)
