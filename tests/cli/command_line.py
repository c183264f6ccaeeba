"""A command line on a library of its own, with a clock and ids that are the same in every run."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from annotator.cli.main import run
from annotator.services.library import Environment

ARTICLE = """Night trams

Some 41,000 people cross the city at night. The city “pays” for it — twice.

Nobody asked the city. 😀 Nobody will.
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command did: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer of a command with `--json`."""
        return json.loads(self.out)


class CommandLine:
    """Runs commands on one library; `folder` is where its files lie."""

    def __init__(self, folder: Path, capture: Callable[[], tuple[str, str]]) -> None:
        self.folder = folder
        self.library = folder / "library.annotator"
        numbers, steps = itertools.count(1), itertools.count()
        start = datetime(2026, 5, 1, 12, tzinfo=UTC)
        self.environment = Environment(
            now=lambda: start + timedelta(seconds=next(steps)),
            new_id=lambda: f"{next(numbers):08x}-0000-4000-8000-000000000000",
            user="Ines",
        )
        self._capture = capture

    def __call__(self, *words: str | Path) -> Answer:
        """Run a command on the library, answering in words."""
        return self.bare("--library", self.library, *words)

    def bare(self, *words: str | Path) -> Answer:
        """Run exactly these words."""
        code = run([str(word) for word in words], self.environment)
        return Answer(code, *self._capture())

    def json(self, *words: str | Path) -> Any:
        """The JSON answer of a command that must succeed."""
        answer = self(*words, "--json")
        assert answer.code == 0, answer.err
        return answer.json

    def file(self, name: str, content: str | bytes = ARTICLE) -> Path:
        """A file in the folder."""
        path = self.folder / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    def article(self, content: str = ARTICLE) -> str:
        """The id of a fresh article."""
        number = len(list(self.folder.glob("article-*.txt")))
        path = self.file(f"article-{number}.txt", content)
        return str(self.json("import", path, "--title", f"Night trams {number}")[0]["article"])

    def claim(self, article: str, quote: str = "41,000 people", *words: str) -> str:
        """The id of a fresh claim."""
        return str(self.json("claim", article, "--quote", quote, *words)["claim"])
