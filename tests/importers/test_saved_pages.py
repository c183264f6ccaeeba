"""Pages as browsers and extensions save them, and what stands around an article on its page."""

from __future__ import annotations

import time

import pytest
from tests.importers.pages.page import document, og
from tests.importers.pages.words import FOOTER, NAV, Prose, p

from annotator.domain.article import BlockKind, ImportedArticle, MarkKind
from annotator.importers.base import ImportHints
from annotator.importers.html.importer import IMPORTER


def read(html: str | bytes, *, whole_page: bool = False) -> ImportedArticle:
    data = html if isinstance(html, bytes) else html.encode()
    return IMPORTER.read(data, ImportHints("page.html", whole_page=whole_page))


def lines(article: ImportedArticle) -> list[str]:
    return article.text.split("\n")


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0031)https://tides.example/a/night -->",
        "<!--\n Page saved with SingleFile \n url: https://tides.example/a/night \n saved date: Mon Mar 02 2026\n-->",
    ],
)
def test_the_address_of_a_saved_page_is_in_its_comment(comment: str) -> None:
    article = read(f"<!DOCTYPE html>\n{comment}\n<html><p>Text <a href='../b'>link</a>")
    assert article.url == "https://tides.example/a/night"
    assert article.blocks[0].marks[0].value == "https://tides.example/b"


def test_a_saved_page_needs_nothing_of_its_folder() -> None:
    article = read(
        "<title>T</title><link rel=stylesheet href='T_files/a.css'><p>Text<img src='T_files/a.png' alt='A tram'>"
    )
    assert lines(article) == ["T", "Text\ufffc"]


def test_pictures_written_into_a_page_cost_no_time() -> None:
    picture = '<img alt="A quay" src="data:image/png;base64,' + "iVBORw0KGgo" * 1_000_000 + '">'
    style = "<style>a{background:url(data:font/woff2;base64," + "QUJD" * 500_000 + ")}</style>"
    page = document(
        f"<title>T</title>{style}",
        f"<article><h1>T</h1><figure>{picture}</figure>{p(Prose(1).paragraphs(9))}</article>",
    )
    began = time.process_time()
    article = read(page)
    assert time.process_time() - began < 3
    assert "base64" not in article.text
    assert [b.kind for b in article.blocks[:2]] == [BlockKind.HEADING, BlockKind.FIGURE]


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("iso-8859-1", "Über den Fähren"),
        ("windows-1252", "“Quote” – dash"),
        ("shift_jis", "港の時計"),
        ("gbk", "城市的钟"),
        ("koi8-r", "Маяк"),
    ],
)
def test_a_declared_encoding_is_believed(encoding: str, words: str) -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head><p>{words}</p>'
    assert lines(read(page.encode(encoding))) == [words]


def test_the_whole_page_has_everything_that_is_visible() -> None:
    page = f"<nav>{NAV}</nav><article><h1>T</h1>{p(Prose(2).paragraphs(4))}</article><footer>Imprint</footer><p hidden>Secret</p>"
    page += "<p style='color:red; display: none'>Unseen</p><script>code()</script>"
    main, whole = lines(read(page)), lines(read(page, whole_page=True))
    assert set(main) < set(whole)
    assert {"Home", "Imprint"} <= set(whole)
    assert not {"Secret", "Unseen", "code()"} & set(whole)


def test_notes_outside_of_the_body_are_attached_again() -> None:
    text = Prose(3).paragraphs(6)
    page = f"""<div class="nav">{NAV}</div><div class="post-content"><p>{text[0]}<sup><a href="#fn1" id="r1">1</a></sup></p>{p(text[1:])}</div>
<div class="related"><a href="/x">Other</a></div><div class="low"><p id="fn1"><a href="#r1">1</a> The first note.</p><p id="fn2">Nobody refers to this.</p></div><footer>{FOOTER}</footer>"""
    article = read(page)
    assert [m.kind for m in article.blocks[0].marks] == [MarkKind.NOTE_REF]
    last = article.blocks[-1]
    assert (last.kind, last.label, article.text[last.start : last.end]) == (
        BlockKind.NOTE,
        "1",
        "The first note.",
    )
    assert "Nobody refers" not in article.text


def test_a_block_names_its_language_where_it_is_another() -> None:
    page = '<html lang="en"><p lang="en">One</p><blockquote lang="de"><p>Zwei</p></blockquote><div lang="fr_CA"><ul><li>Trois</li></ul></div><p lang="!">Four</p>'
    assert [block.language for block in read(page).blocks] == ["", "de", "fr-CA", ""]


def test_cells_and_xhtml_say_their_language_too() -> None:
    page = '<html lang="en"><table><tr><td lang="de">eins</td><td>two</td></tr></table><p xml:lang="fr">trois</p>'
    assert [block.language for block in read(page).blocks] == ["de", "", "fr"]


def test_a_direction_that_is_said_wins_over_the_first_letter() -> None:
    page = """<div dir="rtl"><p>(1) and (2).</p><p>Unicode نص.</p><p dir="ltr">Left</p><table><tr><td>one</td><td dir="ltr">two</td></tr></table></div>
    <p dir="ltr">نص here</p><p>نص</p><div dir="ltr"><p>نص in a template</p></div><p dir="auto">نص</p><p>Text</p>"""
    assert [block.direction for block in read(page).blocks] == [
        "rtl",
        "rtl",
        "",
        "rtl",
        "",
        "",
        "rtl",
        "rtl",
        "rtl",
        "",
    ]


def test_marks_of_words_are_kept() -> None:
    article = read("<p>H<sub>2</sub>O x<sup>2</sup> <mark>m</mark> <kbd>K</kbd> <del>d</del>")
    assert article.text == "H2O x2 m K d"
    assert [mark.kind for mark in article.blocks[0].marks] == [
        MarkKind.SUBSCRIPT,
        MarkKind.SUPERSCRIPT,
        MarkKind.CODE,
        MarkKind.STRIKE,
    ]


def test_a_pull_quote_stands_once() -> None:
    text = Prose(4).paragraphs(5)
    again = text[2].split(". ")[0]
    page = f'<article><h1>T</h1>{p(text[:3])}<div class="pullquote">{again}</div><aside class="pull-quote">Words of its own.</aside>{p(text[3:])}</article>'
    found = lines(read(page))
    assert found == ["T", *text[:3], "Words of its own.", *text[3:]]


def test_a_name_that_is_furniture_elsewhere_doesnt_cost_the_article() -> None:
    text = Prose(5).paragraphs(6)
    for name in (
        "has-sidebar",
        "related",
        "sidebar-layout",
        "footer-widgets",
        "subscription",
        "newsletter-post",
        "popular",
    ):
        assert lines(read(f'<div class="{name}"><h1>T</h1>{p(text)}</div>')) == ["T", *text], name


def test_a_page_that_is_all_comments_is_still_a_text() -> None:
    text = Prose(6).paragraphs(3)
    assert lines(read(f'<div id="comments">{p(text)}</div>')) == text


def test_the_life_of_the_author_and_the_way_to_reach_them_go() -> None:
    text = Prose(7).paragraphs(5)
    head = og("T", author="Ann Lee")
    page = document(
        head,
        f"<article><h1>T</h1>{p(text)}<h3>About the author</h3><p>Ann Lee is a writer in Seaholm.</p></article>",
    )
    assert lines(read(page)) == ["T", *text]
    kept = "Ann Lee is mentioned here, and more follows."
    page = document(head, f"<article><h1>T</h1><p>{kept}</p>{p(text)}</article>")
    assert kept in read(page).text


def test_a_title_is_without_the_name_of_its_site() -> None:
    for title in ("A night – Tides", "Tides | A night", "A night | News | Tides"):
        page = document(
            f"<title>{title}</title><meta property='og:site_name' content='Tides'>", "<h1>A night</h1><p>Text"
        )
        assert read(page).title == "A night", title


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("By Ann Lee and Bo Chan", ("Ann Lee", "Bo Chan")),
        ("Ann Lee, Political editor", ("Ann Lee",)),
        ("ANN LEE", ("Ann Lee",)),
        ("https://tides.example/ann", ()),
        ("admin", ()),
        ("Tides", ()),
        ("Ann Lee for Tides", ("Ann Lee",)),
        ("Rachel Lind, MS, RD", ("Rachel Lind",)),
        ("Ann Lee (ann@tides.example)", ("Ann Lee",)),
        ("Department for Harbours", ("Department for Harbours",)),
        ("سمير حداد", ("سمير حداد",)),
    ],
)
def test_authors_are_persons(written: str, names: tuple[str, ...]) -> None:
    page = document(
        f"<meta name=author content='{written}'><meta property='og:site_name' content='Tides'>",
        "<h1>T</h1><p>Text",
    )
    assert read(page).authors == names


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("14 de marzo de 2026", "2026-03-14"), ("2026年3月14日", "2026-03-14"), ("14 mars 2026", "2026-03-14"), ("March 2026", "2026-03"),
        ("Published: 14 March 2026", "2026-03-14"), ("١٤ مارس ٢٠٢٦", "2026-03-14"), ("14. März 2026, 9.15 Uhr", "2026-03-14"), ("7 марта 2026", "2026-03-07"),
    ],
)  # fmt: skip
def test_dates_are_read_as_pages_write_them(written: str, date: str) -> None:
    page = f"<article><h1>T</h1><p class='date'>{written}</p>{p(Prose(8).paragraphs(4))}</article>"
    assert read(page).published_on == date


def test_a_date_in_a_sentence_is_not_that_of_the_page() -> None:
    text = "The bridge was opened on 14 March 1911, and on that day nobody had thought of the wind, the tide or the trams."
    assert (
        read(
            f"<title>T</title><h1>T</h1><p>{text}</p>{p(Prose(9).paragraphs(4))}<footer>© 2019</footer>"
        ).published_on
        == ""
    )


def test_the_day_in_the_address_corrects_another_time_zone() -> None:
    head = "<link rel=canonical href='https://tides.example/2026/03/14/night'><meta property='article:published_time' content='2026-03-15T03:00:00Z'>"
    assert read(document(head, "<h1>T</h1><p>Text")).published_on == "2026-03-14"
    assert (
        read(document(head.replace("2026/03/14", "2025/01/01"), "<h1>T</h1><p>Text")).published_on
        == "2026-03-15"
    )


def test_small_pages_take_no_time_and_large_ones_little() -> None:
    w = Prose(10)
    small = document("<title>T t t</title>", f"<div><h1>T t t</h1>{p(w.paragraphs(9))}</div>").encode()
    large = document("<title>T t t</title>", f"<div><h1>T t t</h1>{p(w.paragraphs(2800))}</div>").encode()
    read(small)
    began = time.process_time()
    read(small)
    middle = time.process_time()
    read(large)
    assert len(large) > 1_000_000
    assert middle - began < 0.1
    assert time.process_time() - middle < 3
