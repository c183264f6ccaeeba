"""What all tests share: no network, a clock and identifiers that count, libraries in temporary folders."""

from __future__ import annotations

import itertools
import os
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from annotator.domain.article import ArticleText, BlockKind, ImportedArticle, TextBuilder
from annotator.services import articles
from annotator.services.articles import Original
from annotator.services.library import Library
from annotator.storage.store import Environment

settings.register_profile(
    "suite",
    deadline=None,
    max_examples=60,
    derandomize=True,  # the same examples each time: what fails here fails everywhere
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
# New examples each time, to look for what nobody thought of: ANNOTATOR_EXAMPLES=explore ./run test …
settings.register_profile("explore", settings.get_profile("suite"), derandomize=False, max_examples=1000)
settings.load_profile(os.environ.get("ANNOTATOR_EXAMPLES", "suite"))


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing calls home: a socket to anywhere fails the test. Local ones (X server, event loops) stay."""
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            raise AssertionError(f"the program tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test touches the data of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in (
        "HOME",
        "USERPROFILE",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "APPDATA",
        "LOCALAPPDATA",
    ):
        monkeypatch.setenv(name, str(home))
    monkeypatch.delenv("ANNOTATOR_LIBRARY", raising=False)


def counting_environment(user: str = "Tester") -> Environment:
    """A clock that moves on by a second at each look, and identifiers that count."""
    start = datetime(2026, 3, 21, 9, 0, tzinfo=UTC)
    ticks, ids = itertools.count(), itertools.count(1)
    return Environment(
        now=lambda: start + timedelta(seconds=next(ticks)),
        new_id=lambda: f"{next(ids):08x}-0000-4000-8000-000000000000",
        user=user,
    )


@pytest.fixture
def environment() -> Environment:
    """See `counting_environment`."""
    return counting_environment()


@pytest.fixture
def library(tmp_path: Path, environment: Environment) -> Iterator[Library]:
    """A new library in a temporary folder."""
    with Library.open(tmp_path / "library.annotator", environment) as opened:
        yield opened


ArticleMaker = Callable[..., ArticleText]


@pytest.fixture
def add_text(library: Library) -> ArticleMaker:
    """Adds an article with the given paragraphs and returns its text."""

    def add(*paragraphs: str, title: str = "A title") -> ArticleText:
        builder = TextBuilder()
        builder.add(BlockKind.HEADING, title, level=1)
        for paragraph in paragraphs:
            builder.add(BlockKind.PARAGRAPH, paragraph)
        imported = ImportedArticle(title=title, text=builder.text, blocks=tuple(builder.blocks))
        original = Original(f"{title}.txt", "text/plain", builder.text.encode(), "plain-text", "1")
        added = library.execute(
            partial(articles.add_article, imported=imported, original=original), label="Import article"
        )
        return library.read(lambda store: articles.current_text(store, added.value.article.id))

    return add
