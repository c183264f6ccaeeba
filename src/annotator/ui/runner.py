"""Work off the interface's thread: one worker for the library, so that edits keep their order, and one for files."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

T = TypeVar("T")
Done = Callable[[Any], None]


class Runner(Protocol):
    """Runs a piece of work and hands its result to `done`, or its error to `failed`, on the interface's thread.

    Neither is called any more once `owner` was destroyed.
    """

    def run(self, work: Callable[[], Any], done: Done, failed: Done, *, owner: QObject) -> None:
        """Work on the library, in the order of the calls."""

    def run_aside(self, work: Callable[[], Any], done: Done, failed: Done, *, owner: QObject) -> None:
        """Work that needs no library, such as reading files; may overtake the library's."""

    def finish(self) -> None:
        """Wait for all work on the library; what is still queued is done first, what comes later never is."""


class ThreadRunner(QObject):
    """The runner of the program."""

    _returned = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library")
        self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="files")
        self._finished = False
        self._returned.connect(self._on_returned, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], Any], done: Done, failed: Done, *, owner: QObject) -> None:
        """See `Runner`."""
        self._submit(self._library, work, done, failed, owner)

    def run_aside(self, work: Callable[[], Any], done: Done, failed: Done, *, owner: QObject) -> None:
        """See `Runner`."""
        self._submit(self._aside, work, done, failed, owner)

    def finish(self) -> None:
        """See `Runner`."""
        self._finished = True
        self._aside.shutdown(wait=True, cancel_futures=True)
        self._library.shutdown(wait=True)

    def _submit(
        self, pool: ThreadPoolExecutor, work: Callable[[], Any], done: Done, failed: Done, owner: QObject
    ) -> None:
        if self._finished:  # the window is closed; what was read for it now would reach nobody
            return
        future = pool.submit(work)
        future.add_done_callback(lambda finished: self._returned.emit((finished, done, failed, owner)))

    @Slot(object)
    def _on_returned(self, returned: tuple[Future[Any], Done, Done, QObject]) -> None:
        future, done, failed, owner = returned
        if not isValid(owner) or future.cancelled():
            return
        error = future.exception()
        if error is None:
            done(future.result())
        else:
            failed(error)


class ImmediateRunner:
    """Does the work at once, on the calling thread: for tests and for the demonstration without a display."""

    def run(  # the owner is alive: it is what calls
        self,
        work: Callable[[], Any],
        done: Done,
        failed: Done,
        *,
        owner: QObject,  # noqa: ARG002 - part of the protocol
    ) -> None:
        """See `Runner`."""
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - handed on, as the thread pool does
            failed(error)
        else:
            done(result)

    run_aside = run

    def finish(self) -> None:
        """Nothing is ever left over."""
