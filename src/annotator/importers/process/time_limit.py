"""Ends what takes too long, where there is a simpler way to read a file."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class TooLong(Exception):
    """The time for a piece of work is up."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise `TooLong` inside of the block after so much computing. Where the system has no such clock, and beside the
    main thread, nothing happens: there only the process of the work is ended, by who waits for it."""
    has_clock = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not has_clock:
        yield
        return

    def ring(_number: int, _frame: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
