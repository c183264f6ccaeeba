"""Markdown and plain text of a megabyte: read for what they are, in time that grows as they do."""

from __future__ import annotations

import time

import pytest

from annotator.domain.article import BlockKind, ImportedArticle
from annotator.importers.base import ImportHints, importer_for
from annotator.importers.process.replies import check_blocks

_SECONDS = 15  # of computing; most take one to three, on a busy machine twice that


def _read(name: str, text: str) -> ImportedArticle:
    data = text.encode()
    began = time.process_time()
    article = importer_for(name, data).read(data, ImportHints(name))
    assert time.process_time() - began < _SECONDS
    check_blocks(article.text, article.blocks)
    return article


def _megabyte(part: str) -> str:
    return "# Trams\n\n" + part * (1_000_000 // len(part)) + "\n\nThe end\n"


@pytest.mark.parametrize(
    "part",
    [
        "*late* **trams** `run` [on](https://trams.example/x) at night " * 6 + "\n\n",
        "| line | from |\n|---|---|\n" + "| one | the old harbour |\n" * 20 + "\n",
        "# At night\n\n",
        "## At night\nThe trams run.\n",
        "- Trams run late.\n",
        "> Trams run late.\n>\n",
        "Trams run late^[Not on Sundays.] and early.\n\n",
    ],
)
def test_ordinary_markdown_of_a_megabyte_is_laid_out_in_seconds(part: str) -> None:
    article = _read("long.md", _megabyte(part))
    assert not any("plain text" in warning for warning in article.warnings)
    assert article.text.count("The end") == 1


def test_short_lines_of_a_megabyte_are_read_in_seconds() -> None:
    assert len(_read("long.txt", "night\n" * 166_000).blocks) == 166_000


_ROWS = 2500


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("large.md", "Stops\n\n| a | b |\n|---|---|\n" + "| one | *two* |\n" * _ROWS),
        ("large.txt", "Stops\n\n" + "one\ttwo\n" * _ROWS),
        ("large.rtf", r"{\rtf1\pard Stops\par " + r"\trowd\cellx1000\cellx2000\intbl one\cell two\cell\row " * _ROWS + "}"),
    ],
)  # fmt: skip
def test_a_table_with_too_many_cells_is_read_row_by_row_and_told(name: str, text: str) -> None:
    article = _read(name, text)
    assert article.text.count("one | two") == _ROWS
    assert not any(block.kind is BlockKind.CELL for block in article.blocks)
    assert any("more than 4,000 cells" in warning for warning in article.warnings)


def test_a_table_with_as_many_cells_as_may_be_stays_one() -> None:
    article = _read("table.txt", "Stops\n\n" + "one\ttwo\n" * 2000)
    assert sum(block.kind is BlockKind.CELL for block in article.blocks) == 4000
    assert not article.warnings
