"""Foreign files made to do harm: each is read or refused with a reason, quickly, and nothing else happens."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath
from typing import NamedTuple

import psutil
import pytest
from tests.hostile.archives import ARCHIVES
from tests.hostile.case import Case
from tests.hostile.pages import MHTML, PAGES
from tests.hostile.papers import PAPERS
from tests.hostile.pictures import PICTURES
from tests.hostile.words import MARKDOWN, RTF, TEXTS

from annotator.domain.article import ImportedArticle
from annotator.errors import UnreadableFile
from annotator.importers.base import ImportHints, all_importers
from annotator.importers.process.replies import check_blocks
from annotator.importers.process.sandbox import Sandbox

CASES = (*PAGES, *PICTURES, *MHTML, *MARKDOWN, *TEXTS, *RTF, *ARCHIVES, *PAPERS)
LONGEST = 10.0  # seconds
MOST_MEMORY = 1024 * 1024 * 1024


class _Result(NamedTuple):
    name: str
    seconds: float
    size: int
    outcome: str


def _cases() -> list[Case]:
    """Those whose format is read; a file without an extension always is."""
    known = {ending for importer in all_importers() for ending in importer.extensions}
    return [case for case in CASES if PurePath(case.name).suffix in known or "." not in case.name]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    for name in ("warm.html", "warm.md"):
        sandbox.read(b"<h1>Title</h1><p>Text of an article.</p>", ImportHints(name))
    yield sandbox
    sandbox.close()


def _try(sandbox: Sandbox, case: Case, size: int) -> _Result:
    data = case.make(size)
    started = time.perf_counter()
    try:
        article, _ = sandbox.read(data, ImportHints(case.name))
    except UnreadableFile as refusal:
        reason = refusal
        outcome = f"refused: {str(refusal).split('can’t be read: ')[-1].removeprefix(f'“{case.name}” ')}"
    else:
        reason = None
        _check(article, case.name)
        outcome = f"read, {len(article.text):,} characters"
    assert reason is None or (reason.what.strip() and reason.kept), case.name
    return _Result(case.name, time.perf_counter() - started, len(data), outcome)


def _check(article: ImportedArticle, name: str) -> None:
    """What came is an article in order, and no link in it leads to a file or a script."""
    check_blocks(article.text, article.blocks)
    assert article.title.strip(), name
    links = [mark.value for block in article.blocks for mark in block.marks if mark.kind == "link"]
    assert not [link for link in links if not link.startswith(("http://", "https://", "mailto:"))], name
    assert "root:x:0:0" not in article.text, name


def _report(sandbox: Sandbox, results: list[_Result]) -> str:
    kinds = Counter(PurePath(result.name).suffix for result in results)
    slowest = sorted(results, key=lambda result: -result.seconds)[:12]
    lines = [
        f"{len(results)} files: {', '.join(f'{many} {kind}' for kind, many in kinds.items())}",
        f"{sum(r.outcome.startswith('read') for r in results)} read, {sandbox.started} processes",
        f"most memory {sandbox.memory / 1024**2:.0f} MB, {sum(r.seconds for r in results):.0f} s in all",
        *(f"{r.seconds:6.2f} s  {r.name}  {r.size:,} bytes  {r.outcome[:100]}" for r in slowest),
    ]
    return "\n".join(lines)


def _all_of_them(sandbox: Sandbox, size: int, longest: float) -> None:
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    results: list[_Result] = []
    for case in _cases():
        results.append(_try(sandbox, case, size))
        others = {child.pid for child in psutil.Process().children(recursive=True)} - before - {sandbox.pid}
        assert not others, f"{case.name} started processes"
    sys.stdout.write(f"\n{_report(sandbox, results)}\n")
    sys.stdout.write("\n".join(sandbox.faults))
    slow = [(result.name, round(result.seconds, 1)) for result in results if result.seconds > longest]
    assert len(results) >= 100
    assert not slow
    assert not sandbox.faults, "an importer failed in a way it didn't foresee"
    assert not sandbox.acts, "files or sockets were opened"
    assert sandbox.memory <= MOST_MEMORY


def test_each_of_hundreds_of_hostile_files_is_read_or_refused_and_nothing_else_happens(
    sandbox: Sandbox,
) -> None:
    _all_of_them(sandbox, 1, LONGEST)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_larger_hostile_files_are_read_or_refused_before_the_time_is_up() -> None:
    sandbox = Sandbox()
    sandbox.read(b"<h1>Title</h1><p>Text of an article.</p>", ImportHints("warm.html"))
    sandbox.read(b"# Title\n\nText", ImportHints("warm.md"))
    try:
        _all_of_them(sandbox, 8, 35.0)  # the limit of time, and the end of the process
    finally:
        sandbox.close()


@pytest.mark.parametrize("maker", [PAGES, MARKDOWN, TEXTS, RTF, MHTML, PAPERS, ARCHIVES])
def test_hostile_files_are_the_same_each_time(maker: tuple[Case, ...]) -> None:
    case = maker[len(maker) // 2]
    assert case.make(1) == case.make(1)
