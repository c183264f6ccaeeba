"""What stands in and around the text of a page, and what only looks as if it did."""

from __future__ import annotations

import pytest

from annotator.domain.article import BlockKind, ImportedArticle
from annotator.importers.base import ImportHints
from annotator.importers.html.importer import IMPORTER

TEXT = [
    f"The keeper of lock {n} counts the barges, and writes the number into a book that nobody but the {n} herons has ever read. "
    * 3
    for n in range(8)
]
BEFORE, AFTER = ("".join(f"<p>{text}</p>" for text in part) for part in (TEXT[:4], TEXT[4:]))


def read(body: str, *, head: str = "") -> ImportedArticle:
    page = f"<html><head><title>The lock</title>{head}</head><body>{body}</body></html>"
    return IMPORTER.read(page.encode(), ImportHints("page.html"))


def added(box: str, *, head: str = "", below: str = "") -> str:
    """What a box in the midst of an article, or one `below` it, adds to its text."""
    plain = read(f"<article><h1>The lock</h1>{BEFORE}{AFTER}</article>", head=head).text
    text = read(f"<article><h1>The lock</h1>{BEFORE}{box}{AFTER}{below}</article>", head=head).text
    for block in plain.split("\n"):
        assert block in text
        text = text.replace(block, "", 1)
    return " ".join(text.split())


@pytest.mark.parametrize(
    "box",
    [
        "<div class='promo-x1'><h3><a href='/news'>News</a></h3><h3><a href='/1'>A bridge with three ends</a></h3></div>",
        "<section><h3>Support us</h3><p>Our texts stay free because many pay for them.</p><a class='c-button' href='/pay'>Pay</a></section>",
        "<div><b>RELATED STORIES</b><br><a href='/1'>One</a><br><a href='/2'>Two</a></div>",
        "<div class='x'><p>Jump to:</p><a href='#1'>One</a> <a href='#2'>Two</a></div>",
        "<p>When you buy a book using a link on this page, we receive a commission. Thank you for supporting our work, dear readers.</p>",
        "<div>0:00 / 18:20</div>",
        "<p>Listen to more stories on hark</p>",
        "<div class='wp-block-button'><a href='/join'>Join the crew</a></div>",
    ],
)
def test_boxes_in_the_midst_of_a_text_go(box: str) -> None:
    assert added(box) == ""


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        ("<div><h3><a href='https://else.example/a'>One source</a></h3><a href='https://else.example/b'>another</a></div>", "One source another"),
        ("<div><h3><a href='#one'>Part one</a></h3><a href='#two'>two</a></div>", "Part one two"),
        ("<div><h3>Pay attention</h3><p>to the water.</p><a href='/plain'>A link</a></div>", "Pay attention to the water. A link"),
        ("".join(f"<div><h3>Lamp {n}</h3><p>It burns.</p><a class='button' href='/b'>Buy</a></div>" for n in range(5)), "Lamp 0 It burns. Lamp 1 It burns. Lamp 2 It burns. Lamp 3 It burns. Lamp 4 It burns."),
        ("<p>Listen to this: nobody came.</p>", "Listen to this: nobody came."),
        ("<p><a href='/a'>A</a> | <a href='/b'>B</a> | <a href='/c'>C</a></p>", "A | B | C"),
    ],
)  # fmt: skip
def test_boxes_of_the_text_itself_stay(box: str, kept: str) -> None:
    assert added(box) == kept


@pytest.mark.parametrize(
    "below",
    [
        "<section><h2>About the authors</h2><div><h3>Bo Chan</h3><p>Bo Chan is a fellow for water.</p></div></section>",
        "<div><h4>Ann Lee</h4><p>counts barges since 2011.</p></div>",
        "<p>Ann Lee</p>",
        "<div><h2>Rights and permissions</h2><p>Open access, under a licence.</p></div>",
        "<p>Our Standards: <a href='/t'>The Trust Principles</a></p>",
    ],
)
def test_what_is_said_of_the_authors_and_the_page_at_the_end_goes(below: str) -> None:
    assert added("", head="<meta name=author content='Ann Lee'>", below=below) == ""


@pytest.mark.parametrize(
    "bar",
    [
        '<div><a href="/">Home</a> &middot; <a href="/b">Boats</a> &middot; <a href="/m">Maps</a></div>',
        '<a href="/">Home</a> | <a href="/b"><b>Boats</b></a> | <a href="/m">Maps</a><br>',
        '<table><tr><td><a href="/">Home</a><br><a href="/b">Boats</a><br><a href="/m">Maps</a></td></tr></table>',
    ],
)
def test_bars_of_bare_links_around_the_text_go(bar: str) -> None:
    text = read(f"{bar}<h2>The lock</h2><div>{BEFORE}{AFTER}</div>{bar}").text
    assert text.split("\n") == ["The lock", *(line.strip() for line in TEXT)]


def test_a_text_for_subscribers_is_no_paywall() -> None:
    body = "".join(f"<p class='paywall'>{text}</p>" for text in TEXT)
    assert read(f"<article><h1>The lock</h1>{body}</article>").text.count("herons") == 24


def test_comments_are_the_text_of_a_discussion_only() -> None:
    posts = "".join(f"<div itemprop='comment' class='post'><p>{text}</p></div>" for text in TEXT)
    first = f"<article><h1>The lock</h1><p>{TEXT[0]} First.</p></article>"
    mark = "<div itemscope itemtype='https://schema.org/DiscussionForumPosting'>"
    assert read(f"{mark}{first}{posts}</div>").text.count("herons") == 27
    assert read(f"<div>{first}{posts}</div>").text.count("herons") == 3


def test_counted_comments_longer_than_the_text_go() -> None:
    said = "".join(f"<div class='v'><p>{text}</p></div>" for text in TEXT)
    text = read(
        f"<div id='story'><h1>The lock</h1><p>{TEXT[0]}</p></div><div id='voices'><h3>Comments (8)</h3>{said}</div>"
    ).text
    assert text.count("herons") == 3


def test_notes_beside_the_line_stand_behind_the_text() -> None:
    paper = "<span class='ltx_note'><sup class='ltx_note_mark'>7</sup><span class='ltx_note_outer'><span><sup class='ltx_note_mark'>7</sup>A note.</span></span></span>"
    book = "<label class='margin-toggle sidenote-number'></label><input type=checkbox><span class='sidenote'>Another note.</span>"
    article = read(
        f"<article><h1>The lock</h1><p>One{paper} word.</p><p>Two{book} words.</p>{BEFORE}</article>"
    )
    texts = [(block.kind, block.label, article.text[block.start : block.end]) for block in article.blocks]
    assert texts[1][2] == "One7 word."
    assert texts[2][2] == "Two2 words."
    assert texts[-2:] == [(BlockKind.NOTE, "7", "A note."), (BlockKind.NOTE, "2", "Another note.")]


def test_a_heading_that_folds_its_section_stays() -> None:
    folds = f"<h2><button class='accordion-button'>Before a <i>flood</i></button></h2>{BEFORE}<details><summary class='accordion-button'>After</summary>{AFTER}</details>"
    article = read(f"<article><h1>The lock</h1>{folds}</article>")
    assert "Before a flood" in [
        article.text[b.start : b.end] for b in article.blocks if b.kind is BlockKind.HEADING
    ]
    assert "\nAfter\n" in article.text


def test_code_has_no_line_numbers() -> None:
    numbers = "<table class='lntable'><tr><td><pre><span class='lnt'>1</span>\n<span class='lnt'>2</span></pre></td><td><pre><code>one = 1\ntwo = 2</code></pre></td></tr></table>"
    assert added(numbers) == "one = 1 two = 2"
    article = read(f"<article><h1>The lock</h1>{BEFORE}{numbers}</article>")
    code = article.blocks[-1]
    assert (code.kind, article.text[code.start : code.end]) == (BlockKind.CODE, "one = 1\ntwo = 2")


def test_a_date_is_set_apart_from_the_word_before_it_but_not_from_a_bracket() -> None:
    assert (
        added("<p>mara<time>5 March</time> said (<time>5 March</time>) so.</p>")
        == "mara 5 March said (5 March) so."
    )


def test_a_byline_in_capitals_between_breaks_is_read() -> None:
    page = (
        f"<b>The lock</b><br>By ANN LEE<br>Staff Writer<br>Published: Thursday, June 13, 2002<br><br>{BEFORE}"
    )
    article = read(page)
    assert (article.authors, article.published_on) == (("Ann Lee",), "2002-06-13")
    assert article.text.split("\n")[1] == TEXT[0].strip()
