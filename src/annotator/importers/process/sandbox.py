"""The program's side of the process that opens foreign files: started once, reused, and ended when it misbehaves."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO

from annotator.domain.article import ImportedArticle
from annotator.errors import UnreadableFile
from annotator.importers.base import ImportHints, Part
from annotator.importers.encodings import NOTHING_ADDED
from annotator.importers.process.replies import BadReply, Reply, Request, receive_reply, send_request

WORKER = "--open-foreign-files"  # what makes a started program the worker
SECONDS = 30.0  # that a file may take
_FILES = 200  # that one process reads
_MEMORY = 512 * 1024 * 1024  # bytes; a process that took more is not used again
# The worker's Python looks for modules where this one does, and nowhere else.
_START = (
    "import sys; sys.path += [p for p in sys.argv[2:] if p not in sys.path]; del sys.argv[2:];"
    "from annotator.__main__ import main; sys.exit(main())"
)


class Sandbox:
    """Reads files in a process of its own. Safe to use from several threads; a second file waits for the first.

    `faults` counts files whose importer failed, `started` the processes so far, `acts` lists what they tried and were
    not let do.
    """

    def __init__(self, *, seconds: float = SECONDS, files: int = _FILES) -> None:
        self._seconds, self._most_files = seconds, files
        self._one_at_a_time = threading.Lock()
        self._state = threading.Lock()  # guards what follows
        self._process: subprocess.Popen[bytes] | None = None
        self._busy = False
        self._why = ""  # the process was ended during a file: "time" or "stop"
        self._files = 0
        self.started = 0
        self.faults: list[str] = []
        self.acts: list[str] = []
        self.memory = 0
        atexit.register(self.close)

    def start(self) -> None:
        """Start the process, if it isn't there, without waiting for it."""
        with self._one_at_a_time:
            self._running()

    def read(self, data: bytes, hints: ImportHints) -> tuple[ImportedArticle, str]:
        """The article in a file, and the name of the importer that read it.

        Raises:
            UnreadableFile: it can't be read, or took too much time or memory.
        """
        reply = self._asked(Request("read", hints), data)
        if reply.article is None:
            raise _refused(hints.file_name, "the process that read it gave no answer")
        return reply.article, reply.importer

    def outline(self, data: bytes, hints: ImportHints) -> tuple[Part, ...]:
        """The parts of a file that may be chosen from.

        Raises:
            UnreadableFile: as `read`.
        """
        return self._asked(Request("outline", hints), data).outline or ()

    def stop(self) -> None:
        """Refuse the file that is being read now; does nothing when there is none. From any thread."""
        self._end("stop")

    def close(self) -> None:
        """End the process; the next file starts another one. From any thread."""
        self._end("stop")
        with self._one_at_a_time:
            self._discard()

    @property
    def pid(self) -> int | None:
        """The number of the process, None while there is none."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    # One request ------------------------------------------------------------------------------------------

    def _asked(self, request: Request, data: bytes) -> Reply:
        with self._one_at_a_time:
            reply = self._answer(request, data)
        name = request.hints.file_name
        if reply.refused is not None:
            what, kept, todo = reply.refused
            raise UnreadableFile(what, kept=kept, todo=todo)
        if reply.fault:
            error = _refused(name, "it is damaged, or of a kind that annotator doesn't know")
            error.add_note(reply.fault)
            raise error
        return reply

    def _answer(self, request: Request, data: bytes) -> Reply:
        process = self._running()
        with self._state:
            self._busy, self._why = True, ""
        watch = threading.Timer(self._seconds, self._end, ("time",))
        watch.daemon = True
        watch.start()
        try:
            requests, replies = _pipes(process)
            send_request(requests, request, data)
            reply = receive_reply(replies)
        except (OSError, EOFError, BadReply, MemoryError) as error:
            with self._state:
                self._busy = False
            self._discard()
            raise self._ended(request.hints.file_name, error) from error
        finally:
            watch.cancel()
            with self._state:
                self._busy = False
        if self._why:  # ended in the moment it was done
            self._discard()
        self._remember(reply)
        return reply

    def _remember(self, reply: Reply) -> None:
        self._files += 1
        self.memory = max(self.memory, reply.memory)
        self.acts = [*self.acts, *reply.acts][-1000:]
        if reply.fault:
            self.faults = [*self.faults, reply.fault][-100:]
        if self._files >= self._most_files or reply.memory > _MEMORY:
            self._discard()

    def _ended(self, name: str, error: BaseException) -> UnreadableFile:
        if self._why == "stop":
            return _refused(name, "reading it was stopped", "Import it again.")
        if self._why == "time":
            return _refused(name, f"it takes longer than {self._seconds:.0f} seconds", "Import a part of it.")
        if isinstance(error, BadReply):
            return _refused(name, "what was read of it does not hold together")
        return _refused(name, "it takes too much memory, or is made to break programs")

    # The process ------------------------------------------------------------------------------------------

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._discard()
        try:
            process = _started()
        except OSError as error:
            raise UnreadableFile(
                f"The process that reads files can't be started: {error}.",
                kept=NOTHING_ADDED,
                todo="Close other programs and try again.",
            ) from error
        with self._state:
            self._process, self._files = process, 0
        self.started += 1
        return process

    def _end(self, why: str) -> None:
        """End the process in the middle of a file."""
        with self._state:
            if self._busy and self._process is not None:
                self._why = self._why or why
                self._process.kill()

    def _discard(self) -> None:
        with self._state:
            process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what was not written yet goes nowhere
                    continue


def _pipes(process: subprocess.Popen[bytes]) -> tuple[BinaryIO, BinaryIO]:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    return process.stdin, process.stdout  # type: ignore[return-value]


def _started() -> subprocess.Popen[bytes]:
    """A worker: this Python, or this program where it is packaged; it gets two pipes and nothing else of ours."""
    if getattr(sys, "frozen", False):
        command = [sys.executable, WORKER]
    else:
        places = [place for place in sys.path if Path(place).is_absolute()]
        command = [sys.executable, "-I", "-B", "-c", _START, WORKER, *places]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        close_fds=True,
        cwd=Path(sys.executable).anchor or os.sep,
        env=_environment(),
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _environment() -> dict[str, str]:
    """What Python needs to start, and nothing that says who and where one is."""
    kept = ("SYSTEMROOT", "WINDIR", "LD_LIBRARY_PATH")
    return {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"} | {
        name: os.environ[name] for name in kept if name in os.environ
    }


def _refused(name: str, why: str, todo: str = "") -> UnreadableFile:
    return UnreadableFile(
        f"“{name}” can't be read: {why}.",
        kept=NOTHING_ADDED,
        todo=todo or "Open it in its own program, copy its text, and paste that here.",
    )
