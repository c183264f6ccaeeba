"""Web pages to blocks."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.article import BlockKind, ImportedArticle, MarkKind, blocks_from_json, blocks_to_json
from annotator.errors import UnreadableFile
from annotator.importers.base import ImportHints
from annotator.importers.html.importer import IMPORTER


def read(html: str | bytes, name: str = "page.html") -> ImportedArticle:
    return IMPORTER.read(html if isinstance(html, bytes) else html.encode(), ImportHints(name))


def shape(article: ImportedArticle) -> list[tuple[str, int, str, str]]:
    return [(b.kind.value, b.level, b.label, article.text[b.start : b.end]) for b in article.blocks]


def marks(article: ImportedArticle) -> list[tuple[MarkKind, str, str]]:
    return [(m.kind, article.text[m.start : m.end], m.value) for b in article.blocks for m in b.marks]


PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>The night tram | The Courier</title>
<meta property="og:site_name" content="The Courier"><meta name="author" content="Ann Lee and Bo Chan">
<meta property="article:published_time" content="2026-03-14T08:00:00Z">
<meta property="article:section" content="Opinion">
<link rel="canonical" href="https://courier.example/a/night">
<script>var a = "<p>no</p>";</script><style>p{}</style></head>
<body><header><p>The Courier</p><nav><a href="/">Home</a></nav></header>
<article><header><h1>The night tram</h1><p>Five hours in which a whole city does not move.</p>
<p class="byline">By <a rel="author" href="/lee">Ann Lee</a> and Bo Chan</p>
<p><time datetime="2026-03-14">14 March 2026</time></p></header>
<p>One   <b>bold
word</b>,&nbsp;one <a href="../other">link</a>.</p>
<aside>Read also: other things</aside><footer>Share this</footer></article>
<aside>Adverts</aside><footer>Imprint</footer></body></html>"""


def test_a_page_of_an_outlet() -> None:
    article = read(PAGE)
    assert (article.title, article.publication, article.section) == (
        "The night tram",
        "The Courier",
        "Opinion",
    )
    assert article.authors == ("Ann Lee", "Bo Chan")
    assert (article.published_on, article.language) == ("2026-03-14", "en-GB")
    assert article.url == "https://courier.example/a/night"
    assert article.subtitle == "Five hours in which a whole city does not move."
    assert shape(article) == [
        ("heading", 1, "", "The night tram"),
        ("standfirst", 0, "", "Five hours in which a whole city does not move."),
        ("paragraph", 0, "", "One bold word,\u00a0one link."),
    ]
    assert marks(article) == [
        (MarkKind.STRONG, "bold word", ""),
        (MarkKind.LINK, "link", "https://courier.example/other"),
    ]


def test_a_byline_that_is_in_no_metadata_stays_in_the_text() -> None:
    article = read(
        "<article><header><h1>T</h1><p>Ann Lee, our woman at the port</p></header><p>Text</p></article>"
    )
    assert "our woman at the port" in article.text


def test_a_title_is_put_before_a_text_that_has_none() -> None:
    article = read(
        "<title>Trams – The Courier</title><meta property=og:site_name content='The Courier'><p>Text"
    )
    assert shape(article) == [("heading", 1, "", "Trams"), ("paragraph", 0, "", "Text")]


def test_json_ld_is_read_and_broken_json_ld_ignored() -> None:
    article = read(
        '<script type="application/ld+json">{broken</script><script type="application/ld+json">{"@graph":[{"@type":'
        '"NewsArticle","headline":"A &amp; B","author":[{"name":"Ann Lee"},{"name":"Bo Chan"}],"datePublished":'
        '"2026-03-14","publisher":{"name":"The Courier"},"url":"javascript:x()","inLanguage":"de"}]}</script><p>Text'
    )
    assert (article.title, article.authors) == ("A & B", ("Ann Lee", "Bo Chan"))
    assert (article.publication, article.published_on, article.language) == (
        "The Courier",
        "2026-03-14",
        "de",
    )
    assert article.url == ""


def test_scripts_frames_and_handlers_are_taken_out() -> None:
    article = read(
        "<p onclick=x>a<script>bad()</script><style>bad{}</style><iframe src=//x>bad</iframe>"
        "<svg><text>bad</text></svg>"
        "<a href='javascript:bad()'>b</a><a href=' java\nscript:bad'>c</a><img src=file:///etc/passwd><noscript>bad</noscript>"
        "<template>bad</template><object data=x>bad</object><a href='file:///x'>d</a><!-- bad --></p>"
    )
    assert article.text.split("\n")[-1] == "abcd"
    assert marks(article) == []


def test_lists_quotes_and_rules() -> None:
    article = read(
        "<ul><li>a<ol start=3><li>x<li value=7><p>y</p><p>more</p></ol><li>b</ul><hr>"
        "<blockquote>one<blockquote><p>two</p></blockquote><ul><li>q</ul></blockquote>"
    )
    assert shape(article) == [
        ("list-item", 1, "•", "a"),
        ("list-item", 2, "3.", "x"),
        ("list-item", 2, "7.", "y"),
        ("list-item", 2, "", "more"),
        ("list-item", 1, "•", "b"),
        ("rule", 0, "", ""),
        ("quote", 1, "", "one"),
        ("quote", 2, "", "two"),
        ("list-item", 1, "•", "q"),
    ]
    assert article.blocks[-1].quoted == 1


def test_tables_spans_nested_tables_and_layout_tables() -> None:
    article = read(
        "<table><caption>Cap</caption><thead><tr><td>h<th colspan=2>i</thead><tr><td rowspan=2>a<td>b<td>c"
        "<tr><td>d<td><table><tr><td>1<td>2<tr><td>3<td>4</table></table>"
    )
    assert shape(article)[0] == ("paragraph", 0, "", "Cap")
    cells = [
        (b.row, b.column, b.header, article.text[b.start : b.end])
        for b in article.blocks
        if b.kind is BlockKind.CELL
    ]
    assert cells == [
        (0, 0, True, "h"), (0, 1, True, "i"), (1, 0, False, "a"), (1, 1, False, "b"), (1, 2, False, "c"),
        (2, 1, False, "d"), (2, 2, False, "1 2\n3 4"),
    ]  # fmt: skip
    laid_out = read("<table><tr><td><h2>Head</h2><p>Text</td><td>Side</td></tr></table>")
    assert [kind for kind, *_ in shape(laid_out)] == ["heading", "paragraph", "paragraph"]


def test_a_table_with_too_many_cells_becomes_rows_of_text() -> None:
    article = read("<table>" + "<tr><td>a<td><b>b</b></tr>" * 2001 + "</table>")
    assert shape(article)[1] == ("paragraph", 0, "", "a | b")
    assert marks(article)[0] == (MarkKind.STRONG, "b", "")
    assert "4,000 cells" in article.warnings[0]


def test_figures_hold_their_image_and_caption() -> None:
    article = read(
        "<figure><figcaption>A <em>caption</em></figcaption><img src=x.png alt='A tram'></figure>"
        "<p>Hi <img src=e.png alt='🙂'></p><p><img src=pixel.gif></p>"
        "<figure><pre>x</pre><figcaption>Listing</figcaption></figure>"
    )
    assert shape(article) == [
        ("figure", 0, "", "\ufffc\nA caption"),
        ("paragraph", 0, "", "Hi 🙂"),
        ("code", 0, "", "x"),
        ("paragraph", 0, "", "Listing"),
    ]
    assert marks(article) == [(MarkKind.IMAGE, "\ufffc", "A tram"), (MarkKind.EMPHASIS, "caption", "")]


@pytest.mark.parametrize(
    "note",
    [
        '<ol><li id="n1"><p>The note. <a href="#r1">↩</a></p></li></ol>',
        '<p id="n1"><sup><a href="#r1">1</a></sup> The note.</p>',
        '<div><a name="n1"></a><a href="#r1">^</a> The note.</div>',
        '<section role="doc-endnotes"><ol><li id="n1">The note. <a href="#r1" role="doc-backlink">up</a></ol></section>',
    ],
)
def test_footnotes_in_the_ways_pages_write_them(note: str) -> None:
    article = read(f'<p>Text<sup id="r1"><a href="#n1">[1]</a></sup>.</p><hr>{note}')
    assert [kind for kind, *_ in shape(article)] == ["paragraph", "note"]
    assert shape(article)[1][2:] == ("1", "The note.")
    assert marks(article) == [(MarkKind.NOTE_REF, "[1]", "1")]


def test_code_keeps_white_space_and_language() -> None:
    article = read('<pre><code class="hljs language-python">if x:\n    <span>y</span>\n\n</code></pre>')
    assert shape(article) == [("code", 0, "python", "if x:\n    y")]


def test_white_space_and_line_breaks() -> None:
    article = read(
        "bare\n text <div>in  a<br>\n div <i>\n x </i>\n y<p></p></div> <p>one<br><br>two &nbsp; three"
    )
    assert [text for *_, text in shape(article)] == ["bare text", "in a\ndiv x y", "one", "two \u00a0 three"]


def test_terms_and_definitions() -> None:
    article = read("<dl><dt>Term<dd>Meaning</dl>")
    assert shape(article) == [("paragraph", 0, "", "Term"), ("list-item", 1, "", "Meaning")]
    assert marks(article) == [(MarkKind.STRONG, "Term", "")]


def test_right_to_left_scripts_and_encodings() -> None:
    page = '<meta charset="windows-1255"><p>שלום עולם</p><p>Hello שלום</p>'
    article = read(page.encode("cp1255"))
    assert [block.direction for block in article.blocks] == ["rtl", ""]


def test_the_main_element_is_taken_only_with_a_fair_part_of_the_text() -> None:
    teaser = "<article>Read more</article>"
    assert "Long text" in read(f"<body>{teaser}<div>{'Long text. ' * 100}</div>").text
    assert "Adverts" not in read(f"<body><main>{'Long text. ' * 100}</main><div>Adverts</div>").text


def test_a_form_around_the_whole_page_is_not_dropped() -> None:
    assert (
        read("<body><form><p>All the text of an old page.</p></form><form>Search</form>").text
        == "All the text of an old page."
    )


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        read("<html><head><script>x</script></head><body><img src=x></body></html>")


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 20_000 + "x" + "</div>" * 20_000 + "<p>tail",
        "<div>" * 200_000 + "x<p>tail",
        "<table><tr><td>" * 5_000 + "x<p>tail",
        "<ul><li>" * 5_000 + "x<p>tail",
        "<blockquote>" * 20_000 + "x<p>tail",
        "<b>" * 20_000 + "x<p>tail",
        "<p>x</p>tail" + "<script>" * 20_000,
        "<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">x<p>tail",
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>x<p>tail",
    ],
    ids=["nested", "deeper", "tables", "lists", "quotes", "bold", "scripts", "attributes", "json"],
)
def test_bombs_neither_hang_nor_lose_their_text(html: str) -> None:
    began = time.monotonic()
    article = read(html)
    assert time.monotonic() - began < 10
    assert "x" in article.text
    assert "tail" in article.text
    assert max(block.level for block in article.blocks) <= 24
    assert max(block.quoted for block in article.blocks) <= 24


TAGS = st.sampled_from(
    [
        "p",
        "div",
        "b",
        "i",
        "a",
        "sup",
        "table",
        "tr",
        "td",
        "th",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "img",
        "br",
        "hr",
        "h1",
        "h2",
        "dl",
        "dt",
        "dd",
        "article",
        "header",
        "section",
        "nav",
        "q",
        "code",
        "caption",
        "thead",
    ]
)
PARTS = st.one_of(
    TAGS.map(lambda tag: f"<{tag} id=n{len(tag)} href='#n3' alt=z class=byline>"),
    TAGS.map(lambda tag: f"</{tag}>"),
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="<&"), min_size=1, max_size=8),
    st.sampled_from(["&amp;", "\n", " ", "e\u0301", "👩‍👩‍👧", "שלום"]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PARTS, max_size=40))
def test_any_soup_of_tags_gives_blocks_that_tile_the_text(parts: list[str]) -> None:
    try:
        article = read("".join(parts))
    except UnreadableFile:
        return
    at = 0
    for block in article.blocks:
        assert block.start == at
        assert article.text[block.end : block.end + 1] in ("\n", "\t", "")
        assert all(block.start <= mark.start < mark.end <= block.end for mark in block.marks)
        at = block.end + 1
    assert at == len(article.text) + 1
    assert blocks_from_json(blocks_to_json(article.blocks)) == article.blocks


def test_a_byline_below_the_title_of_a_pasted_selection_is_read() -> None:
    page = "<h1>Pasted <i>thing</i></h1><p>By <b>Ann Lee</b>, 3 March 2024</p><p>It says a lot of things.</p>"
    article = read(page)
    assert (article.authors, article.published_on) == (("Ann Lee",), "2024-03-03")
    assert "Ann Lee" not in article.text
