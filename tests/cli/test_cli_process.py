"""The program as a process of its own: bytes, encodings, exit codes, and what it loads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator import __version__
from annotator.cli.words import COMMANDS

TEXT = "Nachts fährt eine 😀-Bahn.\n\nWer zahlt „das“?\n"


class Process:
    """Runs the program with a library of its own; `variables` are those of its environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.variables = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("LC_", "LANG", "PYTHONIO", "PYTHONUTF8"))
            },
            "ANNOTATOR_LIBRARY": str(folder / "library.annotator"),
            "XDG_DATA_HOME": str(folder / "home"),
            "LOCALAPPDATA": str(folder / "home"),
        }

    def __call__(self, *words: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
        """Run the program with these arguments."""
        return self.python("-m", "annotator", *words, **variables)

    def python(self, *words: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
        """Run the same Python."""
        return subprocess.run(
            [sys.executable, "-P", *words],
            cwd=self.folder,
            env={**self.variables, **variables},
            capture_output=True,
            check=False,
        )


@pytest.fixture
def program(tmp_path: Path) -> Process:
    """The program, in an empty folder with one text in it."""
    (tmp_path / "bahn.txt").write_text(TEXT, encoding="utf-8")
    return Process(tmp_path)


LOCALES = {
    "C": {"LC_ALL": "C"},
    "ASCII": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "Latin-1": {"PYTHONIOENCODING": "latin-1"},
}


@pytest.mark.parametrize("locale", LOCALES)
def test_arguments_and_answers_are_utf8_whatever_the_locale(program: Process, locale: str) -> None:
    variables = LOCALES[locale]
    done = program("import", "bahn.txt", "--title", "Nachtbähn 😀", "--json", **variables)
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))[0]["title"] == "Nachtbähn 😀"
    made = program("claim", "Nachtbähn 😀", "--quote", "eine 😀-Bahn", "--json", **variables)
    assert made.returncode == 0, made.stderr
    (claim,) = json.loads(program("claims", "--json", **variables).stdout.decode("utf-8"))
    assert claim["quote"] == "eine 😀-Bahn"
    assert "eine 😀-Bahn".encode() in program("claims", **variables).stdout
    assert "Nachtbähn 😀".encode() in program("export", **variables).stdout


def test_the_text_comes_out_byte_for_byte(program: Process) -> None:
    program("import", "bahn.txt", "--title", "Bahn")
    done = program("show", "Bahn", "--text")
    assert done.stdout == "Nachts fährt eine 😀-Bahn.\nWer zahlt „das“?".encode()
    assert done.stderr == b""


def test_exit_codes_of_the_process(program: Process) -> None:
    assert program("import", "bahn.txt").returncode == 0
    assert program("import", "missing.txt").returncode == 1
    assert program("claim", "Bahn").returncode == 2
    assert program("no-such-command").returncode == 2
    assert program("--no-such-option").returncode == 2
    assert program("missing.txt").returncode == 1
    assert program("--help").returncode == 0
    assert program("claim", "--help").returncode == 0


def test_refusals_leave_stdout_empty_and_show_no_trace(program: Process) -> None:
    for words in (["import", "missing.txt"], ["missing.txt"], ["no-such-command"], ["rate", "x"], ["undo"]):
        done = program(*words)
        assert done.stdout == b""
        assert done.stderr.startswith(b"annotator: ")
        assert done.stderr.count(b"\n") == 1
        assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
@pytest.mark.parametrize(
    "words", [["show", "Bahn", "--text"], ["claims", "--json"], ["articles"]], ids=" ".join
)
def test_a_reader_that_goes_away_is_no_error(program: Process, words: list[str]) -> None:
    program("import", "bahn.txt", "--title", "Bahn")
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "annotator", *words],
            env=program.variables,
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(
    not os.path.exists("/dev/full"), reason="only some systems have a disk that is always full"
)
def test_an_answer_that_can_not_be_written_is_said(program: Process) -> None:
    program("import", "bahn.txt")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "annotator", "articles"],
            env=program.variables,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith(b"annotator: The answer could not be written")
    assert done.stderr.count(b"\n") == 1


def test_the_version_loads_nothing_it_does_not_need(program: Process) -> None:
    code = (
        "import sys; from annotator.__main__ import main; code = main(['--version']);"
        "heavy = {'click', 'sqlalchemy', 'PySide6', 'lxml', 'annotator.cli.main', 'annotator.services'};"
        "print(code, sorted(heavy & set(sys.modules)))"
    )
    assert program.python("-c", code).stdout.decode().split("\n")[:2] == [f"annotator {__version__}", "0 []"]


def test_one_command_does_not_load_the_others(program: Process) -> None:
    code = (
        "import sys; from annotator.cli.main import run; run(['articles', '--data-dir', 'nowhere']);"
        "print(sorted(name for name in sys.modules if name.startswith('annotator.importers') or name == 'PySide6'))"
    )
    assert program.python("-c", code).stdout.decode().splitlines()[-1] == "[]"


def test_every_command_has_help(program: Process) -> None:
    shown = program("--help").stdout.decode("utf-8")
    assert all(f"\n  {name} " in shown for name in COMMANDS)
