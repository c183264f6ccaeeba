"""Starts the program: the window, a command of the command line, or the demo. Loads no more than that takes."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator import __version__, paths
from annotator.cli.words import COMMANDS

_WORKER = "--open-foreign-files"  # as in `importers.sandbox`, which is not loaded for this


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments (without the program's name) say; the exit code.

    A command of the command line goes there; nothing, or files, open the window.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == [_WORKER]:
        return _open_foreign_files()
    _speak_utf8()
    if words == ["--version"]:
        return _say_version()
    start = _Start.of(words)
    if start.for_command_line:
        from annotator.cli.main import run

        return run(words)
    missing = [file for file in start.files if not file.exists()]
    if missing and start.demo is None:
        return _refuse_missing(words, missing)
    return _show(start)


def main_gui() -> int:
    """Open the window with the files given; the exit code. What the desktop's menus and shortcuts start."""
    words = sys.argv[1:]
    if words == [_WORKER]:
        return _open_foreign_files()
    start = _Start.of(words)
    if start.for_command_line:
        start = _Start([Path(word) for word in words if not word.startswith("-")])
    return _show(start)


@dataclass(slots=True)
class _Start:
    """What to start. `for_command_line`: the words hold a command, or something that is neither option nor file."""

    files: list[Path] = field(default_factory=list)
    library: Path | None = None
    data_dir: Path | None = None
    demo: Path | None = None
    for_command_line: bool = False

    @classmethod
    def of(cls, words: Sequence[str]) -> _Start:
        """Read the words up to the first that is a command."""
        start, rest = cls(), list(words)
        while rest:
            word = rest.pop(0)
            name, equals, value = word.partition("=")
            if word == "--":
                start.files += map(Path, rest)
                break
            if name in ("--library", "--data-dir", "--demo") and (equals or rest):
                place = Path(value if equals else rest.pop(0))
                setattr(start, name[2:].replace("-", "_"), place)
            elif word.startswith("-") or (word in COMMANDS and not start.files):
                return cls(for_command_line=True)
            else:
                start.files.append(Path(word))
        start._take_library()
        return start

    def _take_library(self) -> None:
        """A library among the files, as the desktop hands it over, is opened and not imported; the last one counts."""
        libraries = [file for file in self.files if file.suffix.lower() == paths.LIBRARY_SUFFIX]
        if libraries and self.library is None:
            self.library = libraries[-1]
        self.files = [file for file in self.files if file not in libraries]


def _show(start: _Start) -> int:
    if start.demo is not None:
        from annotator.demo import run_demo

        return run_demo(start.demo)
    from annotator.app import run_window

    library = paths.library_path(start.library, data_dir=start.data_dir)
    return run_window(start.files, library, start.data_dir)


def _open_foreign_files() -> int:
    """Be the process that reads files for another one; see `importers.sandbox`."""
    from annotator.importers.process.worker import run

    return run()


def _refuse_missing(words: Sequence[str], missing: Sequence[Path]) -> int:
    """Name the files that aren't there; a bare word was meant as a command, so the command line answers."""
    if len(missing[0].parts) == 1 and not missing[0].suffix:
        from annotator.cli.main import run

        return run(words)
    for file in missing:
        sys.stderr.write(
            f"annotator: There is no file “{file}”. The window was not opened. Check the name.\n"
        )
    return 1


def _say_version() -> int:
    sys.stdout.write(f"annotator {__version__}\n")
    return 0


def _speak_utf8() -> None:
    """Answers are UTF-8 whatever the locale; a stream that is something else by now is left as it is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        with contextlib.suppress(ValueError, OSError):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
