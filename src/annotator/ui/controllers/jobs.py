"""Long jobs: the card that shows how far they are, the list of what came of them, and the question at closing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.ui.bridge import LibraryBridge
from annotator.ui.controllers.import_job import ImportJob
from annotator.ui.dialogs.import_list import ImportListDialog
from annotator.ui.import_report import Fate, ImportReport
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets.job_card import JobCard

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow

APPEAR_MS = 400
_TICK_MS, _STAY_MS = 250, 8_000
_LEAVE = "stop_and_close"


class JobsController(QObject):
    """Runs one import of many files at a time; files that come while it runs are added to it."""

    article_wanted = Signal(str)
    finished = Signal(object, bool)  # the ImportReport, and whether the card tells what came of it

    def __init__(
        self,
        bridge: LibraryBridge,
        themes: ThemeManager,
        window: MainWindow,
        *,
        stop_reading: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(window)
        self._bridge, self._themes, self._window = bridge, themes, window
        self._stop_reading = stop_reading
        self.job: ImportJob | None = None
        self.report = ImportReport()  # of the job that runs, or else of the last one
        self.dialog: ImportListDialog | None = None
        self._reading = ""
        self._asked = False
        self.card = JobCard(themes, window, above=themes.theme.metric("statusBar") + 12)
        self.card.stop_requested.connect(self.stop)
        self.card.list_requested.connect(self.show_list)
        self.card.dismissed.connect(self._dismiss)
        self._appear = QTimer(self, singleShot=True, interval=APPEAR_MS)
        self._appear.timeout.connect(self._show_card)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._show_progress)
        self._stay = QTimer(self, singleShot=True, interval=_STAY_MS)
        self._stay.timeout.connect(self._fade)
        window.may_stop = self._may_stop
        window.messages.action_triggered.connect(self._on_message_action)

    def add(self, paths: Sequence[Path]) -> None:
        """Import these files and folders."""
        if self.job is None:
            self.job = ImportJob(self._bridge, self, stop_reading=self._stop_reading)
            self.report = self.job.report
            self.job.finished.connect(self._on_finished)
            self._begin()
        self.job.add(paths)

    def begin_reading(self, name: str) -> None:
        """One file is being read by itself; should it take long, the card says so."""
        self._reading = name or self.tr("Pasted text")
        if self.job is None:
            self._begin()

    def end_reading(self) -> None:
        """The file is read."""
        self._reading = ""
        if self.job is None:
            self._end()
            self.card.hide()

    def stop(self) -> None:
        """Read nothing more."""
        self.card.set_stopping()
        if self.job is not None:
            self.job.stop()
        elif self._stop_reading is not None:
            self._stop_reading()

    def show_list(self) -> None:
        """Open the list of what was added, known and refused."""
        if self.dialog is not None:
            return
        dialog = self.dialog = ImportListDialog(self._themes, self._window)
        dialog.open_requested.connect(self.article_wanted)
        dialog.finished.connect(self._on_list_closed)
        dialog.set_report(self.report, self.summary())
        dialog.open()

    def summary(self) -> str:
        """The report in one line."""
        report = self.report
        said = [
            pattern.format(n=self._window.locale().toString(many))
            for pattern, many in (
                (self.tr("{n} added"), report.count(Fate.ADDED)),
                (self.tr("{n} in the library already"), report.count(Fate.KNOWN)),
                (self.tr("{n} refused"), report.count(Fate.REFUSED)),
                (self.tr("{n} skipped"), report.count(Fate.SKIPPED)),
                (self.tr("{n} hidden"), report.hidden),
                (self.tr("{n} not read"), report.left),
            )
            if many
        ]
        return ", ".join(said) or self.tr("Nothing was found")

    # The card ---------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._asked = False
        self._stay.stop()
        self.card.hide()
        self._appear.start()
        self._tick.start()

    def _end(self) -> None:
        self._appear.stop()
        self._tick.stop()

    def _show_card(self) -> None:
        self._show_progress()
        self.card.appear()

    def _show_progress(self) -> None:
        job = self.job
        if job is None:
            self.card.show_progress(self.tr("Reading…"), "", self._reading, 0, 0, listed=False)
            return
        number = self._window.locale().toString
        title = self.tr("Adding articles, {done} of {total}").format(
            done=number(job.done), total=number(job.total)
        )
        if job.counting:
            title = self.tr("Looking for articles…")
        self.card.show_progress(
            title,
            self._words_for(job.seconds_left()),
            job.current,
            job.done,
            0 if job.counting else max(job.total, 1),
        )
        if self.dialog is not None:
            self.dialog.set_report(self.report, self.summary())

    def _words_for(self, seconds: float | None) -> str:
        if seconds is None:
            return ""
        if seconds >= 90:
            return self.tr("about {n} min left").format(n=round(seconds / 60))
        return self.tr("about {n} s left").format(n=max(1, round(seconds)))

    def _on_finished(self, report: ImportReport) -> None:
        told = self.card.isVisible()
        job, self.job = self.job, None
        if job is not None:
            job.deleteLater()
        self._end()
        if self._asked:
            self._asked = False
            self._window.messages.clear()
        trouble = report.count(Fate.REFUSED) > 0 or report.too_many or report.left > 0
        note = self.tr("There were more than 10,000 files.") if report.too_many else ""
        self.card.show_end(self.summary(), note, trouble=trouble)
        if told and not trouble:
            self._stay.start()
        if self.dialog is not None:
            self.dialog.set_report(report, self.summary())
        self.finished.emit(report, told)

    def _fade(self) -> None:
        if self.card.has_attention():
            self._stay.start()
        elif self.job is None:
            self.card.hide()

    def _dismiss(self) -> None:
        self.card.hide()
        self._window.reader.view.setFocus()

    def _on_list_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    # Closing ----------------------------------------------------------------------------------------------

    def _may_stop(self) -> bool:
        """Whether the window may close; while articles are being added, asks once."""
        if self.job is None:
            if self._reading and self._stop_reading is not None:
                self._stop_reading()  # closing would wait for it
            return True
        if self._asked or self.job.stopping:
            self.job.stop()
            return True
        self._asked = True
        number = self._window.locale().toString
        self._window.messages.show_message(
            "warning",
            self.tr("Articles are still being added."),
            self.tr(
                "{done} of {total} are done. Closing leaves the others out; what was added stays."
            ).format(done=number(self.job.done), total=number(self.job.total)),
            [(_LEAVE, self.tr("Stop and close")), ("dismiss", self.tr("Keep adding"))],
        )
        return False

    def _on_message_action(self, action: str) -> None:
        if action == _LEAVE:
            self._window.close()
        elif action == "dismiss":
            self._asked = False
