"""What the process that opens foreign files may not do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_BEGIN = "from annotator.importers.process.confinement import Confinement\nc = Confinement()\nc.begin()\n"


def _run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _BEGIN + code], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize(
    "act",
    [
        "open('/etc/passwd')",
        "open('{tmp}/private.txt')",
        "open('{tmp}/new.txt', 'w')",
        "import os; os.open('{tmp}/new.txt', os.O_CREAT | os.O_WRONLY)",
        "import os; os.listdir('{tmp}')",
        "import os; os.remove('{tmp}/private.txt')",
        "import os; os.rename('{tmp}/private.txt', '{tmp}/x')",
        "import os; os.system('true')",
        "import os; os.fork()",
        "import os; os.kill(os.getppid(), 0)",
        "import subprocess; subprocess.run(['true'])",
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import urllib.request; urllib.request.urlopen('file:///etc/passwd')",
        "import sqlite3; sqlite3.connect('{tmp}/x.db')",
        "import annotator; open(annotator.__file__, 'a')",
        "import ctypes; ctypes.CDLL('{tmp}/private.txt')",
    ],
)
def test_it_may_not(act: str, tmp_path: Path) -> None:
    (tmp_path / "private.txt").write_text("private")
    done = _run(act.replace("{tmp}", tmp_path.as_posix()))
    assert done.returncode == 1
    assert "Not allowed while a file is read" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["private.txt"]


def test_it_may_load_modules_of_python_and_of_the_program() -> None:
    done = _run(
        "import lxml.html, markdown, json, wave, annotator.importers.html.importer, encodings.cp932\nprint('loaded', c.acts)"
    )
    assert done.stdout == "loaded []\n", done.stderr


def test_what_was_refused_is_told_once() -> None:
    done = _run("try: open('/etc/passwd')\nexcept OSError: pass\nprint(c.take_acts(), c.take_acts())")
    assert done.stdout == "('open /etc/passwd',) ()\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have other limits")
def test_it_gets_no_more_memory_than_a_gigabyte() -> None:
    done = _run("try: bytearray(2 << 30)\nexcept MemoryError: print('refused')")
    assert done.stdout == "refused\n"
