"""Many files, one after the other: read beside the library, stored as they come."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, Signal

from annotator.errors import UserError
from annotator.services import backups, importing
from annotator.services.articles import AddedArticle, ImportStatus
from annotator.services.import_folders import FoundFiles, files_in
from annotator.services.importing import ReadArticle
from annotator.ui.bridge import LibraryBridge
from annotator.ui.import_report import Fate, ImportReport, ImportRow

MANY = 20  # files, from which on the library is backed up first
_AT_ONCE = 2  # articles on their way into the library while the next file is read


class ImportJob(QObject):
    """Imports files and folders; each file is one step that undo takes back. More can be given to it while it runs.

    `stop` keeps what is stored. When the library takes an article not, the job stops by itself.
    """

    changed = Signal()
    finished = Signal(object)  # the ImportReport

    def __init__(
        self, bridge: LibraryBridge, parent: QObject, *, stop_reading: Callable[[], object] | None = None
    ) -> None:
        """`stop_reading` ends the reading of a file that is under way."""
        super().__init__(parent)
        self._bridge, self._stop_reading = bridge, stop_reading
        self._waiting: deque[Path] = deque()
        self._looking = 0  # how many requests are still being looked through for files
        self._reading = False
        self._storing = 0
        self._stopped = False
        self._ended = self._going = False
        self._began = monotonic()
        self.current = ""  # the name of the file that is being read
        self.total = 0
        self.report = ImportReport()

    @property
    def done(self) -> int:
        """How many files are through."""
        return self.total - len(self._waiting) - self._storing - self._reading

    @property
    def counting(self) -> bool:
        """Whether it is still unknown how many files there are."""
        return self._looking > 0

    @property
    def running(self) -> bool:
        """Whether it is not at its end."""
        return not self._ended

    @property
    def stopping(self) -> bool:
        """Whether it ends as soon as what is under way is done."""
        return self._stopped and not self._ended

    def seconds_left(self) -> float | None:
        """How long it will take still; None while there is nothing to go by."""
        done, spent = self.done, monotonic() - self._began
        if self.counting or done < 2 or spent < 1:
            return None
        return spent / done * (self.total - done)

    def add(self, paths: Sequence[Path]) -> None:
        """Import these, too."""
        self._looking += 1
        self._bridge.read_files(
            partial(files_in, list(paths)), self._on_found, failed=self._on_broken_walk, owner=self
        )

    def stop(self) -> None:
        """Read nothing more; what is on its way into the library still gets there."""
        if self._stopped or self._ended:
            return
        self._stopped = True
        self.report.left += len(self._waiting)
        self.total -= len(self._waiting)
        self._waiting.clear()
        if self._reading and self._stop_reading is not None:
            self._stop_reading()
        self.changed.emit()
        self._go_on()

    # Looking, reading, storing ----------------------------------------------------------------------------

    def _on_found(self, found: FoundFiles) -> None:
        self._looking -= 1
        report = self.report
        report.hidden += found.hidden
        report.too_many = report.too_many or found.too_many
        report.rows += [
            ImportRow(Fate.SKIPPED, one.path.name, str(one.path), reason=one.reason) for one in found.skipped
        ]
        if self._stopped:
            report.left += len(found.files)
        else:
            if self.total < MANY <= self.total + len(found.files):
                self._bridge.study(partial(backups.before_bulk, data_folder=self._bridge.data_folder))
            self._waiting.extend(found.files)
            self.total += len(found.files)
        self.changed.emit()
        self._go_on()

    def _on_broken_walk(self, error: Exception) -> None:
        self._looking -= 1
        self._bridge.failed.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        """Read the next file, unless enough of them wait to be stored; the end, when nothing is left to do."""
        if self._going:  # without threads a file is through before this returns
            return
        self._going = True
        while self._waiting and not self._reading and self._storing < _AT_ONCE:
            self._read(self._waiting.popleft())
        self._going = False
        if not (self._waiting or self._reading or self._storing or self._looking or self._ended):
            self._ended = True
            self.finished.emit(self.report)

    def _read(self, file: Path) -> None:
        self.current, self._reading = file.name, True
        self._bridge.read_files(
            partial(importing.read_file, file),
            partial(self._on_read, file),
            failed=partial(self._on_refused, file),
            owner=self,
        )

    def _on_read(self, file: Path, read: ReadArticle) -> None:
        self._reading = False
        if self._stopped:
            self._leave()
        else:
            self._storing += 1
            self._bridge.execute(
                importing.store_article(read),
                label=self.tr("Add “{title}”").format(title=read.imported.title),
                done=partial(self._on_stored, file),
                failed=partial(self._on_not_stored, file),
            )
        self._go_on()

    def _on_refused(self, file: Path, error: Exception) -> None:
        self._reading = False
        if self._stopped:
            self._leave()
        else:
            self._refuse(file, error)
        self._go_on()

    def _leave(self) -> None:
        """The file that was being read when Stop was pressed isn't stored."""
        self.total -= 1
        self.report.left += 1
        self.changed.emit()

    def _on_stored(self, file: Path, added: AddedArticle) -> None:
        self._storing -= 1
        fate = Fate.ADDED if added.status is ImportStatus.ADDED else Fate.KNOWN
        self.report.rows.append(ImportRow(fate, added.article.title, str(file), added.article.id))
        self.changed.emit()
        self._go_on()

    def _on_not_stored(self, file: Path, error: Exception) -> None:
        """The library takes nothing: no further file is read in vain."""
        self._storing -= 1
        self._refuse(file, error)
        self.stop()
        self._go_on()

    def _refuse(self, file: Path, error: Exception) -> None:
        if isinstance(error, UserError):
            self.report.errors.append(error)
            reason = str(error)
        else:
            self._bridge.failed.emit(error)
            reason = self.tr("An error of annotator itself kept it from being read.")
        self.report.rows.append(ImportRow(Fate.REFUSED, file.name, str(file), reason=reason))
        self.changed.emit()
