"""The fixtures of the command line's tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.command_line import CommandLine


@pytest.fixture
def annotator(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    """The command line in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def capture() -> tuple[str, str]:
        caught = capfd.readouterr()
        return caught.out, caught.err

    return CommandLine(tmp_path, capture)
