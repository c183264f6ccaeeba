"""Pages that hold no article, or hold it where only a script looks."""

from __future__ import annotations

import json

import pytest

from annotator.domain.article import BlockKind, ImportedArticle
from annotator.errors import UnreadableFile
from annotator.importers.base import ImportHints
from annotator.importers.html.importer import IMPORTER

SENTENCE = "The keeper of the lock counts every barge that passes, and writes the number into a book that nobody reads. "
SHELL = '<html><head><title>The lock</title></head><body><div id="root"></div>{}<noscript>You need to enable JavaScript to run this app.</noscript></body></html>'


def read(page: str) -> ImportedArticle:
    return IMPORTER.read(page.encode(), ImportHints("page.html"))


def texts(article: ImportedArticle) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks]


@pytest.mark.parametrize(
    "body",
    [
        '<div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript>',
        '<div id="__next"><div class="spinner">Loading…</div></div>',
        "<div id=app><p>Please wait...</p></div><script src=/app.js></script>",
        "<noscript><p>Please enable JavaScript</p></noscript>",
    ],
)
def test_a_page_that_a_script_fills_is_refused_with_what_to_do(body: str) -> None:
    with pytest.raises(UnreadableFile, match="a script loads it") as caught:
        read(f"<title>The lock</title><body>{body}")
    assert "save it again" in (caught.value.todo or "")


def test_a_short_text_in_an_application_is_read() -> None:
    article = read(SHELL.replace('<div id="root">', f'<div id="root"><p>{SENTENCE}</p>').replace("{}", ""))
    assert SENTENCE.strip() in article.text
    assert article.warnings == ()


@pytest.mark.parametrize(
    "script",
    [
        '<script id="__NEXT_DATA__" type="application/json">{}</script>',
        "<script>window.__INITIAL_STATE__ = {};</script>",
        "<script>var page = {}, other = 1;</script>",
    ],
)
def test_an_article_in_the_state_of_an_application_is_read(script: str) -> None:
    blocks = [
        {"type": "paragraph", "data": {"text": SENTENCE * 3}},
        {"type": "header", "data": {"text": "The <i>second</i> part"}},
        {"type": "paragraph", "data": {"text": SENTENCE * 4 + '<script>alert("no")</script>'}},
        {"type": "quote", "data": {"text": "So many barges."}},
    ]
    state = {
        "menu": [{"title": "Home"}],
        "story": {"headline": "The lock", "dek": "What it counts.", "content": {"blocks": blocks}},
        "others": [{"headline": "Another", "body": f"<p>{SENTENCE * 30}</p><p>{SENTENCE}</p>"}],
    }
    article = read(SHELL.replace("{}", script.replace("{}", json.dumps(state).replace("</", "<\\/"))))
    assert texts(article) == [
        "The lock",
        "What it counts.",
        (SENTENCE * 3).strip(),
        "The second part",
        (SENTENCE * 4).strip(),
        "So many barges.",
    ]
    assert [block.kind for block in article.blocks][3:] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.QUOTE,
    ]
    assert "by a script" in article.warnings[0]


def test_what_a_page_tells_robots_is_read_where_it_shows_less() -> None:
    data = {
        "@type": "NewsArticle",
        "headline": "The lock",
        "articleBody": f"{SENTENCE * 5}\n\n{SENTENCE * 4}",
    }
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert texts(read(SHELL.replace("{}", script)))[1:] == [(SENTENCE * 5).strip(), (SENTENCE * 4).strip()]
    shown = "".join(f"<p>{n} {SENTENCE * 2}</p>" for n in range(4))
    assert read(f"<title>The lock</title>{script}<article>{shown}</article>").warnings == ()


def test_data_that_is_no_article_is_left_alone() -> None:
    prices = {"rows": [{"text": str(n)} for n in range(900)], "note": "x" * 2000, "code": "{" + "a b " * 400}
    script = (
        f'<script type="application/json">{json.dumps(prices)}</script><script>window.x = {{not json</script>'
    )
    with pytest.raises(UnreadableFile):
        read(SHELL.replace("{}", script))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<div><h2>Before you go on</h2><p>We and our 842 partners use cookies to store information.</p><p>You may accept or manage them.</p></div>", "question about cookies"),
        ("<div><p>Wir verwenden Cookies, um Anzeigen zu zeigen. Sie können zustimmen oder ablehnen.</p></div>", "question about cookies"),
        ("<h1>One moment</h1><p>Verify you are human by completing the action below.</p>", "check for robots"),
        (f"<article><h1>The lock</h1><p>{SENTENCE * 2}</p></article><div class='paywall'><p>Subscribe now to continue reading.</p></div>", "asks its readers to sign in"),
        (f"<article><h1>The lock</h1><p>{SENTENCE * 2}</p></article><div><p>This story is for subscribers only.</p></div>", "asks its readers to sign in"),
    ],
)  # fmt: skip
def test_a_page_that_holds_little_but_a_wall_says_so(body: str, told: str) -> None:
    warnings = read(f"<title>The lock</title><body>{body}").warnings
    assert len(warnings) == 1
    assert told in warnings[0]


@pytest.mark.parametrize(
    "text",
    [
        "A law on cookies came into force. Many sites ask their readers to accept them, and the court has not yet spoken.",
        "The club asks new members to sign in at the gate before they go to the boats.",
        SENTENCE * 20 + "Subscribers sign in to read the letters.",
    ],
)
def test_an_article_about_such_walls_is_none(text: str) -> None:
    assert read(f"<article><h1>The lock</h1><p>{text}</p></article>").warnings == ()
