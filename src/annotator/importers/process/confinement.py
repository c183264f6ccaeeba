"""What the process that opens foreign files may not do: use up the machine, reach out, look around, write."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

MEMORY = 1024 * 1024 * 1024  # bytes of addresses
CPU = 40  # seconds for a file; ends it also when nobody is there any more to end it
_FILES = 48  # open at once
_READING = os.O_RDONLY
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_MODULES = (
    "socket.",
    "subprocess.",
    "shutil.",
    "ftplib.",
    "smtplib.",
    "urllib.",
    "http.",
    "webbrowser.",
    "winreg.",
)
_EVENTS = frozenset(
    [
        "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "os.startfile", "os.startfile/2",
        "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.chown", "os.chflags",
        "os.truncate", "os.utime", "os.setxattr", "os.removexattr", "os.kill", "os.killpg", "os.chdir", "os.chroot",
        "os.putenv", "pty.spawn", "sqlite3.connect", "syslog.syslog", "_winapi.CreateProcess", "_winapi.OpenProcess",
    ]
)  # fmt: skip
_LOOKING = frozenset(["os.listdir", "os.scandir", "glob.glob", "glob.glob/2"])


class Confinement:
    """Refuses, from `begin` on, what no importer needs; `acts` lists what was refused. There is no way back."""

    def __init__(self) -> None:
        self.acts: list[str] = []
        self._inside: tuple[str, ...] = ()
        self._looked_through: frozenset[str] = frozenset()  # for modules
        self._status: int | None = None  # what Linux says of this process, opened while that is allowed

    def begin(self) -> None:
        """Refuse from now on; modules and data of Python and of the program can still be opened for reading."""
        socket.has_ipv6 = (
            False  # else a library that is loaded for web pages tries a socket out, which nobody wants
        )
        self._inside = tuple(sorted(_own_folders()))
        self._looked_through = frozenset(map(_real, sys.path))
        with contextlib.suppress(OSError):
            self._status = os.open("/proc/self/status", os.O_RDONLY)
        limit_resources()
        sys.addaudithook(self._on_event)

    def take_acts(self) -> tuple[str, ...]:
        """What was refused since this was asked last."""
        acts, self.acts = tuple(self.acts), []
        return acts

    def most_memory(self) -> int:
        """The most memory this process had at a time, in bytes; 0 where the system doesn't say.

        On Linux the books of the process go on over `exec`, with the memory of the program that started it: the status
        counts anew.
        """
        if self._status is None:
            return _most_by_the_books()
        found = re.search(rb"VmHWM:\s*(\d+) kB", os.pread(self._status, 8192, 0))
        return int(found[1]) * 1024 if found else _most_by_the_books()

    def _on_event(self, event: str, arguments: Sequence[object]) -> None:
        if event == "open":
            allowed = self._may_open(*arguments)
        elif event in _LOOKING or event == "ctypes.dlopen":
            allowed = self._is_inside(arguments[0])
        else:
            allowed = event not in _EVENTS and not event.startswith(_MODULES)
        if not allowed:
            what = f"{event} {arguments[0] if arguments else ''}"[:300]
            self.acts.append(what)
            raise PermissionError(f"Not allowed while a file is read: {what}")

    def _may_open(self, path: object, mode: object, flags: object) -> bool:
        if isinstance(path, int):
            return True  # what is open already
        writes = isinstance(flags, int) and flags & _WRITES != _READING
        return (
            not writes and not (isinstance(mode, str) and set(mode) & set("wax+")) and self._is_inside(path)
        )

    def _is_inside(self, path: object) -> bool:
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        if path is None or not isinstance(path, (str, os.PathLike)):
            return path is None or isinstance(path, int)
        real = _real(path)
        return real.startswith(self._inside) or real in self._looked_through


def _own_folders() -> set[str]:
    """The folders of Python, its packages and the program, each with a separator at its end."""
    prefixes = tuple(_real(folder) + os.sep for folder in (sys.prefix, sys.base_prefix, sys.exec_prefix))
    places = map(_real, sys.path)
    found = {place for place in places if place.startswith(prefixes) or place.endswith("-packages")}
    found |= {_real(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    found.add(_real(Path(__file__).parents[2]))
    if getattr(sys, "frozen", False):
        found.add(_real(getattr(sys, "_MEIPASS", sys.prefix)))
    return {place + os.sep for place in found}


def _real(path: str | os.PathLike[str]) -> str:
    return os.path.normcase(os.path.realpath(path))


def limit_resources() -> None:
    """Limit memory, files and what is written, as far as the system has such limits."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for name, wanted in (("AS", MEMORY), ("FSIZE", 0), ("NOFILE", _FILES), ("CORE", 0)):
        number = getattr(resource, f"RLIMIT_{name}", None)
        if number is None:
            continue
        _, hard = resource.getrlimit(number)
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        try:
            resource.setrlimit(number, (most, most))
        except (OSError, ValueError):  # macOS knows of limits that it does not set
            continue


def limit_time(seconds: int) -> None:
    """Let the system end this process after `seconds` more of computing."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    spent = resource.getrusage(resource.RUSAGE_SELF)
    used = int(spent.ru_utime + spent.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = used + seconds
    resource.setrlimit(
        resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
    )


def _most_by_the_books() -> int:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
