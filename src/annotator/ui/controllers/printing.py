"""Printing the open article: reads all of it, and shows Qt's preview with its choice of printer, paper and pages.

Imported when something is first printed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QMarginsF, QObject, QSize
from PySide6.QtGui import QImage, QPageLayout
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from annotator.domain.evidence import Stance
from annotator.domain.ids import ArticleId
from annotator.domain.views import ArticleSnapshot, ClaimView, EvidenceView, SpanRow
from annotator.services import annotations as marking
from annotator.services import articles, exporting
from annotator.services.library import Store
from annotator.ui.bridge import LibraryBridge
from annotator.ui.controllers.article_view import byline, styles
from annotator.ui.panel.words import percent
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.pictures import decoded
from annotator.ui.reader.printing import FinePictures, Printed, PrintedClaim, print_article
from annotator.ui.reader.styles import ReadingType
from annotator.ui.theme import Theme, stance_label

_MARGIN = 15  # millimetres around every page, until the user chooses others


@dataclass(frozen=True, slots=True)
class _Read:
    """What is read of an article to print it."""

    snapshot: ArticleSnapshot
    rows: tuple[SpanRow, ...]
    pictures: dict[str, tuple[int, int]]
    data: dict[str, bytes]


class PrintingController(QObject):
    """Opens the preview of an article; what is printed is as it was in that moment."""

    def __init__(self, bridge: LibraryBridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._window = bridge, window
        self._printer: QPrinter | None = None
        self.dialog: QPrintPreviewDialog | None = None

    def show_preview(self, article_id: ArticleId, type_: ReadingType) -> None:
        """Show how an article will be printed, set in the face that is read."""
        self._bridge.query(partial(_read, article_id=article_id), partial(self._open, type_))

    def _open(self, type_: ReadingType, read: _Read) -> None:
        printed = printed_from(read, type_)
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(printed.title)
        self._printer.setCreator("annotator")
        self._printer.setPageMargins(
            QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN), QPageLayout.Unit.Millimeter
        )
        self.dialog = QPrintPreviewDialog(self._printer, self._window)
        self.dialog.setObjectName("print_preview")
        self.dialog.setWindowTitle(self.tr("Print “{title}”").format(title=printed.title))
        self.dialog.resize(self._window.size() * 0.8)
        self.dialog.paintRequested.connect(partial(print_article, printed))
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()


def _read(store: Store, article_id: ArticleId) -> _Read:
    snapshot = exporting.snapshot(store, article_id=article_id)
    text_id = snapshot.text.id
    sizes = articles.pictures_of(store, text_id)
    data = {name: articles.picture_in(store, text_id=text_id, sha256=name) for name in sizes}
    rows = marking.passages(store, text_id)
    return _Read(snapshot, tuple(rows), sizes, {name: found for name, found in data.items() if found})


def printed_from(read: _Read, type_: ReadingType) -> Printed:
    """What is printed of an article, from all that was read of it."""
    snapshot, article, text = read.snapshot, read.snapshot.article, read.snapshot.text

    def load(name: str, pixels: QSize, done: Callable[[QImage], None]) -> None:
        done(decoded(read.data.get(name, b""), pixels))

    source = ReaderDocument(
        text=text.text,
        blocks=text.blocks,
        section=article.section,
        byline=byline(article, text.text),
        direction=article.direction,
        pictures=FinePictures(read.pictures, load),
    )
    return Printed(
        title=article.title,
        source=source,
        rows=read.rows,
        numbers={view.claim.id: view.number for view in snapshot.claims},
        looks=styles(tuple(snapshot.tags.values())),
        claims=[_claim(view, snapshot) for view in snapshot.claims],
        type_=ReadingType(face=type_.face, line=min(type_.line, ReadingType().line)),
    )


def _claim(view: ClaimView, snapshot: ArticleSnapshot) -> PrintedClaim:
    claim = view.claim
    told = [Theme.load("light").verdict(claim.verdict).label]
    if claim.confidence is not None:
        told.append(percent(claim.confidence))
    names = [snapshot.tags[tag].name for tag in claim.tags if tag in snapshot.tags]
    note = QCoreApplication.translate("Printing", "Note: {note}")
    notes = [note.format(note=words) for words in (claim.note, view.mention.note) if words.strip()]
    return PrintedClaim(
        view.number,
        claim.statement or view.quote,
        claim.verdict,
        " · ".join((", ".join(told), *names)),
        (*map(_evidence_line, view.evidence), *notes),
    )


def _evidence_line(item: EvidenceView) -> str:
    """A piece of evidence in one line: stance, source and place, quote."""
    evidence, source = item.evidence, item.source
    place = ", ".join(part for part in (source.title, evidence.locator) if part)
    quote = f" “{evidence.quote}”" if evidence.quote else ""
    return f"{stance_label(Stance(evidence.stance))}: {place}.{quote}"
