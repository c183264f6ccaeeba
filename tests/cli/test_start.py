"""What the program's arguments start: the window, the demo or the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from annotator import __main__ as start
from annotator import __version__, paths

Started = list[tuple[object, ...]]


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Started:
    """What was started. The window itself is not opened: only the call is noted down."""
    calls: Started = []
    app = ModuleType("annotator.app")

    def run_window(files: list[Path], library: Path, data_dir: Path | None) -> int:
        calls.append(("window", files, library, data_dir))
        return 0

    def run_demo(folder: Path) -> int:
        calls.append(("demo", folder))
        return 0

    app.__dict__.update(run_window=run_window)
    monkeypatch.setitem(sys.modules, "annotator.app", app)
    demo = ModuleType("annotator.demo")
    demo.__dict__.update(run_demo=run_demo)
    monkeypatch.setitem(sys.modules, "annotator.demo", demo)
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "claims"):
        (tmp_path / name).write_text("Some text.\n")
    return calls


def test_without_arguments_the_window_opens_on_the_users_library(started: Started) -> None:
    assert start.main([]) == 0
    assert started == [("window", [], paths.library_path(), None)]


@pytest.mark.parametrize(
    "words",
    [
        ["--library", "x.annotator", "a.md"],
        ["a.md", "--library", "x.annotator"],
        ["--library=x.annotator", "a.md"],
        ["--library=x.annotator", "--", "a.md"],
    ],
    ids=" ".join,
)
def test_files_open_in_the_window_of_the_library_given(started: Started, words: list[str]) -> None:
    assert start.main(words) == 0
    assert started == [("window", [Path("a.md")], Path("x.annotator"), None)]


def test_the_data_folder_says_where_the_library_is(started: Started) -> None:
    start.main(["--data-dir", "data"])
    start.main(["--data-dir", "data", "--library", "x.annotator"])
    assert started == [
        ("window", [], Path("data") / paths.LIBRARY_NAME, Path("data")),
        ("window", [], Path("x.annotator"), Path("data")),
    ]


def test_the_variable_names_the_library(started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_LIBRARY", "y.annotator")
    start.main([])
    assert started == [("window", [], Path("y.annotator"), None)]


def test_a_file_named_like_a_command_is_given_with_its_folder(started: Started) -> None:
    start.main(["./claims"])
    assert started == [("window", [Path("claims")], paths.library_path(), None)]


def test_a_command_never_opens_the_window(started: Started, capfd: pytest.CaptureFixture[str]) -> None:
    assert start.main(["claims", "--json"]) == 0
    assert start.main(["--json", "--library", "none.annotator", "articles"]) == 1
    assert start.main(["--help"]) == 0
    assert start.main(["checks"]) == 2
    assert started == []


def test_a_missing_file_is_said_before_a_window_opens(
    started: Started, capfd: pytest.CaptureFixture[str]
) -> None:
    assert start.main(["a.md", "missing.md"]) == 1
    assert capfd.readouterr().err.startswith("annotator: There is no file “missing.md”.")
    assert started == []


def test_the_demo_gets_its_folder(started: Started) -> None:
    assert start.main(["--demo", "out"]) == 0
    assert started == [("demo", Path("out"))]


def test_a_library_among_the_files_is_opened_not_imported(started: Started, tmp_path: Path) -> None:
    (tmp_path / "work.annotator").touch()
    assert start.main(["a.md", "work.annotator"]) == 0
    assert started == [("window", [Path("a.md")], Path("work.annotator"), None)]


def test_the_version_is_told(started: Started, capfd: pytest.CaptureFixture[str]) -> None:
    assert start.main(["--version"]) == 0
    assert capfd.readouterr().out == f"annotator {__version__}\n"


def test_menus_always_open_the_window(started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (["a.md"], ["claims"], ["missing.md"], []):
        monkeypatch.setattr(sys, "argv", ["annotator-gui", *words])
        assert start.main_gui() == 0
    assert [call[:2] for call in started] == [
        ("window", [Path("a.md")]), ("window", [Path("claims")]), ("window", [Path("missing.md")]), ("window", []),
    ]  # fmt: skip
