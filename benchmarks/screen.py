"""Windows to measure in: the reader, and the bare text widget beside it, both of one size and really painted."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import NoReturn, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QTextBrowser, QTextEdit, QWidget

from annotator.domain.ids import TagId
from annotator.services.reading import OpenedArticle
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.painting import Look
from annotator.ui.reader.pane import ReaderPane
from annotator.ui.reader.view import ReaderView
from annotator.ui.theme import ThemeManager

WIDTH, HEIGHT = 900, 800
W = TypeVar("W", bound=QWidget)


@lru_cache(maxsize=1)
def application() -> tuple[QApplication, ThemeManager]:
    """The one application object of this process, with the fonts and colours of the program."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    themes = ThemeManager(name="light")
    themes.load_fonts()
    themes.apply()
    return app, themes


def shown(widget: W) -> W:
    """`widget` in the common size, on screen, with nothing left to do."""
    application()
    widget.resize(WIDTH, HEIGHT)
    widget.show()
    settle()
    return widget


def settle() -> None:
    """Let everything that is due happen now, so that it falls into nobody's time."""
    app, _ = application()
    for _ in range(3):
        app.processEvents()


def new_reader() -> ReaderView:
    """The reader, on screen and empty."""
    _, themes = application()
    return shown(ReaderView(themes))


def new_bare() -> QTextBrowser:
    """Qt's text widget, on screen and empty."""
    application()
    return shown(QTextBrowser())


def show_opened(reader: ReaderView, opened: OpenedArticle) -> None:
    """Show an article with the passages that were read with it, as the window does, and paint it."""
    reader.show_article(_document(opened))
    reader.set_spans(list(opened.near), {}, looks(opened))
    reader.restore_position(opened.position)
    repaint(reader)


def show_in_pane(pane: ReaderPane, opened: OpenedArticle) -> None:
    """Show an article without passages in the reader with all that surrounds it."""
    pane.show_article(_document(opened), opened.article.title)
    settle()


def _document(opened: OpenedArticle) -> ReaderDocument:
    text = opened.text
    return ReaderDocument(text.text, text.blocks, opened.article.section, "", opened.article.direction)


def looks(opened: OpenedArticle) -> dict[TagId, Look]:
    """How passages of each tag are drawn."""
    return {tag.id: (tag.colour.value, tag.pattern.value) for tag in opened.tags}


def repaint(widget: QTextEdit) -> None:
    """Paint all that is on screen, now."""
    widget.viewport().repaint()


def clear(reader: ReaderView) -> None:
    """Let the reader show nothing."""
    reader.show_article(ReaderDocument(""))
    settle()


def lay_out(widget: QTextEdit) -> None:
    """Let the whole text be laid out and the widget be painted, so that neither is measured."""
    document = widget.document()
    document.documentLayout().blockBoundingRect(document.lastBlock())
    settle()
    repaint(widget)


def paint_what_changed(widget: QTextEdit) -> None:
    """Paint what asked to be painted, now.

    Raises:
        RuntimeError: nothing did, so that there is nothing to measure.
    """
    seen = _Paints()
    widget.viewport().installEventFilter(seen)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest)
    widget.viewport().removeEventFilter(seen)
    if not seen.count:
        raise RuntimeError("nothing was painted")


class _Paints(QObject):
    """Counts how often a widget paints."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def stop(error: Exception) -> NoReturn:
    """End the measurement: what failed must not count as fast."""
    raise error
