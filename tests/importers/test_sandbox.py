"""The process that opens foreign files: reused, replaced when it misbehaves, and not believed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import psutil
import pytest

from annotator.errors import UnreadableFile
from annotator.importers.base import ImportHints, importer_for
from annotator.importers.process import sandbox as module
from annotator.importers.process.sandbox import Sandbox

_PAGE = (
    b"<html><head><title>A title</title></head><body><article><h1>A title</h1>"
    + b"<p>Words of an article.</p>" * 20
)
_HINTS = ImportHints("page.html")
# Python-Markdown is not asked for these: so this is read in the tests' own processes, which do what they are told.
_ASKED = "import sys; from annotator.importers.process.replies import *; r, _ = receive_request(sys.stdin.buffer, 1 << 30); "


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    yield sandbox
    sandbox.close()


def _play(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the worker be a process that runs `code` instead."""

    def started() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    monkeypatch.setattr(module, "_started", started)


def test_a_file_read_in_the_process_gives_what_the_importer_gives(sandbox: Sandbox) -> None:
    markdown = (
        b"---\ntitle: A title\nkeywords: [one, two]\n---\n# A title\n\nSome *words* with a "
        b"[link](http://e.example/) and a note[^1].\n\n> - Quoted\n\n|a|b|\n|-|-|\n|c|d|\n\n[^1]: The note.\n"
    )
    for name, data in (("a.html", _PAGE), ("a.md", markdown), ("a.txt", b"A title\n\nSome caf\xe9 words.\n")):
        article, importer = sandbox.read(data, ImportHints(name))
        direct = importer_for(name, data).read(data, ImportHints(name))
        assert article == direct
        assert importer == importer_for(name, data).name
    assert sandbox.started == 1


def test_a_refusal_keeps_its_three_parts(sandbox: Sandbox) -> None:
    with pytest.raises(UnreadableFile) as refused:
        sandbox.read(b"\x89PNG\r\n\x1a\n" + bytes(100), ImportHints("picture.txt"))
    assert "picture.txt" in refused.value.what
    assert refused.value.kept
    assert refused.value.todo


def test_the_process_is_replaced_after_so_many_files() -> None:
    sandbox = Sandbox(files=2)
    for _ in range(5):
        sandbox.read(b"Some words.", ImportHints("a.txt"))
    assert sandbox.started == 3
    sandbox.close()
    assert sandbox.pid is None


def test_a_process_that_was_killed_is_replaced(sandbox: Sandbox) -> None:
    sandbox.read(_PAGE, _HINTS)
    first = sandbox.pid
    assert first is not None
    psutil.Process(first).kill()
    psutil.Process(first).wait(10) if psutil.pid_exists(first) else None
    assert sandbox.read(_PAGE, _HINTS)[0].title == "A title"
    assert sandbox.pid != first


def test_a_file_that_takes_too_long_is_refused_and_the_next_one_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sandbox = Sandbox(seconds=1)
    with monkeypatch.context() as patch:
        _play(patch, _ASKED + "import time; time.sleep(60)")
        with pytest.raises(UnreadableFile, match="longer than 1 seconds"):
            sandbox.read(_PAGE, _HINTS)
        assert sandbox.pid is None
    sandbox = Sandbox()
    assert sandbox.read(_PAGE, _HINTS)[0].title == "A title"
    sandbox.close()


def test_a_file_is_refused_with_a_reason_when_reading_is_stopped_from_another_thread(
    monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox
) -> None:
    _play(monkeypatch, _ASKED + "import time; time.sleep(60)")
    timer = threading.Timer(0.5, sandbox.stop)
    timer.start()
    started = time.monotonic()
    with pytest.raises(UnreadableFile, match="was stopped"):
        sandbox.read(_PAGE, _HINTS)
    assert time.monotonic() - started < 10
    timer.join()


def test_stopping_while_nothing_is_read_costs_no_process(sandbox: Sandbox) -> None:
    sandbox.read(_PAGE, _HINTS)
    sandbox.stop()
    sandbox.read(_PAGE, _HINTS)
    assert sandbox.started == 1


def test_files_of_several_threads_wait_for_each_other(sandbox: Sandbox) -> None:
    titles: list[str] = []

    def read(number: int) -> None:
        data = f"<title>T{number}</title><article><h1>T{number}</h1><p>Words of text.".encode()
        article, _ = sandbox.read(data, _HINTS)
        titles.append(article.title if article.text.startswith(article.title) else "mixed up")

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(titles) == [f"T{number}" for number in range(8)]
    assert sandbox.started == 1


@pytest.mark.parametrize(
    "answer",
    [
        "send(o, b'[]', b'x', b'[]')",
        "send(o, b'{}', b'x', b'[]')",
        "o.write(b'\\xff' * 8); o.flush()",
        "o.write(b'garbage on the wire'); o.flush()",
        "send(o, b'[' * 100000, b'', b'')",
        'send(o, b\'{"article": {}, "refused": [], "importer": "", "acts": [], "memory": 0}\', b\'\', b\'\')',
        'send(o, b\'{"refused": ["a", "b"], "importer": "", "acts": [], "memory": 0}\', b\'\', b\'\')',
        'send(o, b\'{"refused": ["a", "b", 1], "importer": "", "acts": [], "memory": 0}\', b\'\', b\'\')',
        "sys.exit(3)",
        "import os, signal; os.abort()",
    ],
)
def test_a_process_that_answers_nonsense_is_ended_and_the_file_refused(
    monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox, answer: str
) -> None:
    _play(monkeypatch, _ASKED + "o = sys.stdout.buffer; " + answer)
    with pytest.raises(UnreadableFile, match=r"page\.html"):
        sandbox.read(_PAGE, _HINTS)
    assert sandbox.pid is None


@pytest.mark.skipif(os.name == "nt", reason="has no such signal")
def test_the_process_ends_with_the_program_even_when_that_is_killed() -> None:
    code = (
        "from annotator.importers.process.sandbox import Sandbox; from annotator.importers.base import ImportHints; import time\n"
        "s = Sandbox(); s.read(b'Words.', ImportHints('a.txt')); print(s.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        worker = psutil.Process(int(program.stdout.readline()))
        program.send_signal(signal.SIGKILL)
        program.wait()
    psutil.wait_procs([worker], timeout=10)
    assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE


def test_the_process_knows_nothing_of_who_started_it(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "x")
    sandbox.read(b"Words.", ImportHints("a.txt"))
    process = psutil.Process(sandbox.pid)
    assert "SECRET" not in process.environ()
    assert "HOME" not in process.environ()
    assert process.cwd() == os.path.abspath(os.sep)
    assert not process.children()
