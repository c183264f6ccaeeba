"""The house stands as docs/architecture.md says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_import_goes_downward() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_floors_in_the_docs_are_those_in_the_contract() -> None:
    contract = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for floor in sorted(
        path.name for path in (ROOT / "src" / "annotator").iterdir() if (path / "__init__.py").exists()
    ):
        assert floor in contract
        assert floor in page


def test_no_file_names_the_design_folder_or_a_place_on_one_machine() -> None:
    for folder in ("src", "tests", "docs", "benchmarks", "packaging"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".md", ".toml", ".json") and path != Path(__file__):
                words = path.read_text(encoding="utf-8")
                assert "shared/design" not in words, path
                assert "/work/" not in words, path
