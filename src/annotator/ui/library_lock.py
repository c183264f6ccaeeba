"""Says which window has a library open: a file beside it with the computer, the process and the program.

Windows on one computer may share a library; SQLite keeps them apart. Across computers its locks can't be relied on, so
that a library somebody has open on another one is opened only when the user insists.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QLockFile, QSysInfo


class Holding(Enum):
    """How things stand with the lock of a library."""

    FREE = "free"
    OURS = "ours"
    HERE = "here"  # another window on this computer has it open
    LEFT = "left"  # of a program on this computer that is gone: it was cut off
    ELSEWHERE = "elsewhere"  # another computer has it open, or was cut off


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock. `pid` is the process on the computer `host`."""

    holding: Holding
    pid: int = 0
    host: str = ""
    program: str = ""


class LibraryLock:
    """The lock of one library. Where its folder can't be written to, there is none, and none is needed."""

    def __init__(self, library: Path) -> None:
        self._file = QLockFile(f"{library}.lock")
        self._file.setStaleLockTime(0)

    def holder(self) -> Holder:
        """Who has the library open."""
        if self._file.isLocked():
            return Holder(Holding.OURS)
        pid, host, program = self._file.getLockInfo()  # type: ignore[misc] # a tuple, whatever the stubs say
        if not pid:
            return Holder(Holding.FREE)
        if host != QSysInfo.machineHostName():
            return Holder(Holding.ELSEWHERE, pid, host, program)
        if pid == os.getpid():
            return Holder(Holding.OURS)
        return Holder(Holding.HERE if _is_running(pid) else Holding.LEFT, pid, host, program)

    def take(self) -> bool:
        """Hold the lock from now on, if nobody does who still runs."""
        return self._file.tryLock(0)

    def take_over(self) -> bool:
        """Take the lock of a program that is gone, or that the user says is gone."""
        return self._file.removeStaleLockFile() and self._file.tryLock(0)

    def release(self) -> None:
        """Give the lock back."""
        self._file.unlock()


def _is_running(pid: int) -> bool:
    """Whether a process on this computer runs."""
    if os.name == "nt":
        import ctypes  # noqa: PLC0415 - of Windows only

        query_limited_information = 0x1000
        handle = ctypes.windll.kernel32.OpenProcess(query_limited_information, False, pid)  # type: ignore[attr-defined]
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)  # type: ignore[attr-defined]
        return bool(handle)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it runs and belongs to somebody else
    return True
