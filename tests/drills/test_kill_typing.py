"""A window killed while somebody types: what was typed until a second before is in the library, as a note or a draft."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from annotator.domain.article import BlockKind, ImportedArticle, TextBuilder
from annotator.domain.claim import Claim
from annotator.domain.selectors import TextSpan
from annotator.services import articles, checking, claims, drafts
from annotator.services.articles import Original
from annotator.services.library import Library

TYPIST = Path(__file__).with_name("typist.py")
MOST = 1.0  # seconds of typing that a kill may take
LONGEST = 4.0  # seconds of typing before one


def a_library_with_a_claim(path: Path) -> None:
    builder = TextBuilder()
    builder.add(BlockKind.PARAGRAPH, "Trams run all night.")
    imported = ImportedArticle(title="Trams", text=builder.text, blocks=tuple(builder.blocks))
    original = Original("trams.txt", "text/plain", builder.text.encode(), "plain-text", "1")
    with Library.open(path) as library:
        added = library.execute(
            partial(articles.add_article, imported=imported, original=original), label="Import"
        ).value
        text = library.read(lambda store: articles.current_text(store, added.article.id))
        library.execute(partial(claims.add_claim, text_id=text.id, span=TextSpan(0, 5)), label="Tag claim")
        library.execute(partial(articles.remember_opened, article_id=added.article.id), label="")


def type_until_killed(
    path: Path, seconds: float, end: signal.Signals = signal.SIGKILL
) -> tuple[list[tuple[float, int]], float]:
    """When how much was typed, and when the signal came."""
    child = subprocess.Popen([sys.executable, str(TYPIST), str(path)], stdout=subprocess.PIPE, text=True)
    said: list[tuple[float, int]] = []
    ready = threading.Event()

    def listen() -> None:
        assert child.stdout is not None
        for line in child.stdout:
            word, _, count = line.partition(" ")
            said.append((time.monotonic(), int(count)))
            if word == "ready":
                ready.set()

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        assert ready.wait(60), "the window did not come up"
        time.sleep(seconds)
    finally:
        killed = time.monotonic()
        child.send_signal(end)
        child.wait(30)
        listener.join()
        if child.stdout is not None:
            child.stdout.close()
    return said, killed


def drill(path: Path, cycles: int) -> None:
    chance = random.Random(20260321)
    a_library_with_a_claim(path)
    lost_most = 0.0
    typed_in_all = 0
    for cycle in range(cycles):
        said, killed = type_until_killed(path, chance.uniform(0.5, LONGEST))
        with Library.open(path) as library:
            (claim,) = library.read(lambda store: store.find(Claim))
            left_over = library.read(drafts.left_over)
            kept = max([len(claim.note), *(len(one.typing.text) for one in left_over)])
            due = max((count for at, count in said if at <= killed - MOST), default=0)
            assert kept >= due, f"cycle {cycle}: {due} typed a second before the kill, {kept} kept"
            lost = [at for at, count in said if count > kept]
            lost_most = max(lost_most, killed - min(lost, default=killed))
            texts = [claim.note, *(one.typing.text for one in left_over)]
            for text in texts:
                assert text == "".join("0123456789"[n % 10] for n in range(len(text)))
            for one in left_over:  # as the user would
                library.execute(partial(drafts.commit, typing=one.typing), label="Put back")
            assert library.read(checking.check).problems == ()
        typed_in_all = said[-1][1]
    print(f"\n{cycles} kills while typing, {typed_in_all} keys, at most {lost_most:.2f} s of typing lost")  # noqa: T201 - the figures


@pytest.mark.skipif(os.name == "nt", reason="Windows ends sessions without signals")
@pytest.mark.timeout(90)
def test_a_session_that_ends_takes_nothing_along(tmp_path: Path) -> None:
    path = tmp_path / "library.annotator"
    a_library_with_a_claim(path)
    said, _ = type_until_killed(path, 1.3, signal.SIGTERM)
    with Library.open(path) as library:
        (claim,) = library.read(lambda store: store.find(Claim))
        assert len(claim.note) == said[-1][1] > 20
        assert library.read(drafts.left_over) == []


@pytest.mark.timeout(180)
def test_5_kills_take_at_most_a_second_of_typing(tmp_path: Path) -> None:
    drill(tmp_path / "library.annotator", 5)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_60_kills_take_at_most_a_second_of_typing(tmp_path: Path) -> None:
    drill(tmp_path / "library.annotator", int(os.environ.get("ANNOTATOR_KILL_CYCLES", "60")))
