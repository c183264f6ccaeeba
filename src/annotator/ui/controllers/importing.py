"""Bringing articles in: one file or text, shown before it is added where that is wanted, or many as a job."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from annotator.errors import UserError
from annotator.services import articles, import_offers, importing
from annotator.services.articles import AddedArticle, ImportStatus, KnownArticle, Metadata
from annotator.services.import_offers import Examined, Offer
from annotator.services.importing import ImportOptions
from annotator.ui.bridge import LibraryBridge
from annotator.ui.controllers.jobs import JobsController
from annotator.ui.dialogs.import_preview import ImportPreview
from annotator.ui.import_report import Fate, ImportReport
from annotator.ui.incoming import Incoming
from annotator.ui.theme import ThemeManager

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

_NAMED = 3  # files that were refused and are named above the text; more are in the list
_LIST, _AGAIN = "import_list", "import_again"


class ImportController(QObject):
    """Takes files, folders and text, and tells what came of them."""

    article_wanted = Signal(str)  # the id of an article that is to be shown

    def __init__(
        self,
        bridge: LibraryBridge,
        themes: ThemeManager,
        window: MainWindow,
        *,
        stop_reading: Callable[[], object] | None = None,
    ) -> None:
        """`stop_reading` ends the reading of a file that is under way."""
        super().__init__(window)
        self._bridge, self._themes, self._window = bridge, themes, window
        self.jobs = JobsController(bridge, themes, window, stop_reading=stop_reading)
        self.jobs.article_wanted.connect(self.article_wanted)
        self.jobs.finished.connect(self._on_job_finished)
        self.dialog: ImportPreview | None = None
        self._current: Examined | None = None  # what the dialog shows
        self._number = 0  # of the last reading asked for in the dialog
        self._refused: Offer | None = None
        window.messages.action_triggered.connect(self._on_message_action)

    # What comes in ----------------------------------------------------------------------------------------

    def take(self, found: Incoming) -> None:
        """Make an article of what was dropped or pasted, or say why that can't be."""
        if found.files:
            self.open_paths(found.files)
        elif found.html or found.text:
            self.open_offer(Offer(text=found.html or found.text, html=bool(found.html)))
        elif found.address:
            self._say(
                self.tr("annotator fetches nothing from the web."),
                self.tr(
                    "Open {address} in your browser, save the page as a file, and drop that here."
                ).format(address=_shortened(found.address)),
            )
        elif found.image:
            self._say(
                self.tr("This is an image, and no text can be read from it."),
                self.tr("Copy the text itself, or have the image turned into text and paste that."),
            )
        else:
            self._say(self.tr("There is no text in it."), "")

    def open_paths(self, paths: Sequence[Path], *, preview: bool = False) -> None:
        """Add these files, and those in these folders; a single file is shown before with `preview`."""
        if len(paths) == 1 and not paths[0].is_dir():
            self.open_offer(Offer(path=paths[0]), preview=preview)
        elif paths and self._may_add():
            self.jobs.add(paths)

    def open_offer(self, offer: Offer, *, preview: bool = False) -> None:
        """Add one article; it is shown before with `preview`, or when the settings say so."""
        if not self._may_add():
            return
        self.jobs.begin_reading(offer.name)
        self._bridge.read_files(
            partial(import_offers.examine, offer),
            partial(self._on_examined, preview),
            failed=partial(self._on_refused, offer),
            owner=self,
        )

    def import_text(self, text: str, *, html: bool = False) -> None:
        """Add pasted text as an article."""
        self.open_offer(Offer(text=text, html=html))

    def _may_add(self) -> bool:
        if self._bridge.read_only:
            self._say(self._bridge.read_only, self.tr("Nothing was added."))
        return not self._bridge.read_only

    # One article ------------------------------------------------------------------------------------------

    def _on_examined(self, preview: bool, examined: Examined) -> None:
        self.jobs.end_reading()
        self._look_for(examined, partial(self._on_looked_up, preview, examined), self)

    def _look_for(
        self, examined: Examined, done: Callable[[KnownArticle | None], None], owner: QObject
    ) -> None:
        read = examined.read
        query = partial(articles.find_known, imported=read.imported, original=read.original)
        self._bridge.query(query, done, owner=owner)

    def _on_looked_up(self, preview: bool, examined: Examined, known: KnownArticle | None) -> None:
        wish = self._window.settings.get("import_preview")
        unsure = wish == "when unsure" and known is None and examined.is_doubtful
        if (preview or unsure or wish == "always") and self.dialog is None:
            self._show(examined, known)
        else:
            self._store(examined)

    def _on_refused(self, offer: Offer, error: Exception) -> None:
        self.jobs.end_reading()
        if not isinstance(error, UserError):
            self._bridge.failed.emit(error)
            return
        self._refused = offer
        again = [(_AGAIN, self.tr("Try again"))] if offer.path is not None else []
        self._window.messages.show_error(error, again)

    def _store(
        self,
        examined: Examined,
        metadata: Metadata | None = None,
        *,
        again: bool = False,
        done: Callable[[AddedArticle], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        title = (metadata.title if metadata is not None else None) or examined.read.imported.title
        self._bridge.execute(
            importing.store_article(examined.read, metadata=metadata, again=again),
            label=self.tr("Add “{title}”").format(title=title),
            done=done or self._on_stored,
            failed=failed,
        )

    def _on_stored(self, added: AddedArticle) -> None:
        self.article_wanted.emit(added.article.id)
        if added.status is ImportStatus.KNOWN:
            self._say(self.tr("This article is in the library already. It was opened."), "")

    # The preview ------------------------------------------------------------------------------------------

    def _show(self, examined: Examined, known: KnownArticle | None) -> None:
        dialog = self.dialog = ImportPreview(self._themes, self._window)
        dialog.options_changed.connect(partial(self._read_anew, examined))
        dialog.add_requested.connect(self._on_add_requested)
        dialog.open_requested.connect(self._on_open_requested)
        dialog.finished.connect(self._on_closed)
        self._current = examined
        dialog.open()  # first, as it gets its width from that, and a long text need not be laid out twice
        dialog.show_examined(examined, known)

    def _read_anew(self, first: Examined, options: ImportOptions) -> None:
        """Read the file with other options; of several readings under way the last one counts."""
        dialog = self.dialog
        if dialog is None:
            return
        self._number += 1
        number = self._number
        dialog.set_reading()

        def failed(error: Exception) -> None:
            if number != self._number:
                return
            if isinstance(error, UserError):
                dialog.show_error(error)
            else:
                self._bridge.failed.emit(error)

        def looked_up(examined: Examined, known: KnownArticle | None) -> None:
            if number == self._number:
                self._current = examined
                dialog.show_examined(examined, known)

        def examined_anew(examined: Examined) -> None:
            if number == self._number:
                self._look_for(examined, partial(looked_up, examined), dialog)

        self._bridge.read_files(
            partial(import_offers.examine, first.offer, options, first),
            examined_anew,
            failed=failed,
            owner=dialog,
        )

    def _on_add_requested(self, metadata: Metadata | None, again: bool) -> None:
        dialog = self.dialog
        if dialog is None or self._current is None:
            return

        def done(added: AddedArticle) -> None:
            if isValid(dialog):
                dialog.accept()
            self._on_stored(added)

        def failed(error: Exception) -> None:
            if isinstance(error, UserError) and isValid(dialog):
                dialog.show_error(error)
            else:
                self._bridge.failed.emit(error)

        self._store(self._current, metadata, again=again, done=done, failed=failed)

    def _on_open_requested(self, article_id: str) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self.article_wanted.emit(article_id)

    def _on_closed(self) -> None:
        if self.dialog is not None:
            self._number += 1
            self.dialog.deleteLater()
            self.dialog = None

    # What came of it --------------------------------------------------------------------------------------

    def _on_job_finished(self, report: ImportReport, told: bool) -> None:
        """Show the last article if nothing else is looked at; where no card told the rest, a message does."""
        elsewhere = self._window.pages.currentWidget() in (self._window.claims, self._window.sources)
        if report.to_show is not None and not self._window.article_open and not elsewhere:
            self.article_wanted.emit(report.to_show)
        if told:
            return
        actions = [(_LIST, self.tr("Show list")), ("dismiss", self.tr("Dismiss"))]
        if report.errors:
            first = report.errors[0]
            lines = [error.what for error in report.errors[1:_NAMED]]
            lines.append(
                " ".join(part for part in (first.kept, first.todo, self.jobs.summary() + ".") if part)
            )
            self._window.messages.show_message("error", first.what, "\n".join(lines), actions)
        elif report.count(Fate.ADDED) != len(report.rows) or len(report.rows) != 1:
            self._window.messages.show_message("info", self.jobs.summary() + ".", "", actions)

    def _on_message_action(self, action: str) -> None:
        if action == _LIST:
            self._window.messages.clear()
            self.jobs.show_list()
        elif action == _AGAIN and self._refused is not None:
            self._window.messages.clear()
            self.open_offer(self._refused)

    def _say(self, title: str, text: str) -> None:
        self._window.messages.show_message("info", title, text, [("dismiss", self.tr("Dismiss"))])


def _shortened(address: str) -> str:
    return address if len(address) <= 80 else f"{address[:79]}…"
