"""An article as the reader would show it, before it is in the library."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.domain.article import ImportedArticle, direction_of
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.pictures import Pictures, decoded
from annotator.ui.reader.surface import ReaderSurface
from annotator.ui.theme import ThemeManager

_SIZE = 16
_MEASURE = 620


class PreviewText(ReaderSurface):
    """The reading surface with a scroll bar and without marks. The byline is left to the fields beside it."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self.setObjectName("import_text")
        self.setAccessibleName(self.tr("The text as it will be added"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.set_reading_size(_SIZE)
        self.set_measure(_MEASURE)
        self._dress()

    def show_imported(self, imported: ImportedArticle) -> None:
        """Show what was understood of a file, from its beginning."""
        self.show_article(
            ReaderDocument(
                text=imported.text,
                blocks=imported.blocks,
                section=imported.section,
                direction=direction_of(imported.text),
                pictures=_pictures(imported),
            )
        )

    def _dress(self) -> None:
        color = self._theme.css
        self.setPalette(self._theme.palette())
        self.setStyleSheet(
            f"QTextBrowser#import_text {{ background: {color('reader')}; color: {color('text')}; border: none;"
            f" border-radius: 0; padding: 0; selection-background-color: {color('selection')};"
            f" selection-color: {color('text')}; }}"
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 120)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the dialog's
            return
        super().keyPressEvent(event)


def _pictures(imported: ImportedArticle) -> Pictures:
    """Its pictures, decoded when they come on screen."""
    found = {picture.sha256: picture for picture in imported.pictures}

    def load(name: str, pixels: QSize, done: Callable[[QImage], None]) -> None:
        done(decoded(found[name].data, pixels))

    return Pictures({name: (one.width, one.height) for name, one in found.items()}, load)
