"""OpenDocument texts: what comes out of them, block by block."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.importers.docx_maker import zipped
from tests.importers.odt_maker import AUTOMATIC, h, items, note, odt, p, row, table
from tests.importers.outlines import LONG, marked, shape, texts

from annotator.domain.article import OBJECT, BlockKind, ImportedArticle, MarkKind
from annotator.errors import UnreadableFile
from annotator.importers.base import ImportHints, importer_for
from annotator.importers.odt.importer import IMPORTER


def read(data: bytes, name: str = "a.odt") -> ImportedArticle:
    return importer_for(name, data).read(data, ImportHints(name))


def why_refused(data: bytes) -> str:
    """What a refusal says, "" when the file is read."""
    try:
        IMPORTER.read(data, ImportHints("a.odt"))
    except UnreadableFile as refused:
        return refused.what
    return ""


@pytest.mark.parametrize("flat", [False, True])
def test_styles_say_what_a_paragraph_is(flat: bool) -> None:
    body = (
        p("The price of trams", "Title")
        + p("Who pays, and when", "Subtitle")
        + h("One")
        + h("Two", 2)
        + p("By style", "Heading_20_2")
        + p("Quoted", "Quotations")
        + p("Quoted too", "P1")
        + p("if x:", "Preformatted_20_Text")
        + p('<text:s text:c="4"/>y = 1', "Preformatted_20_Text")
        + p("", "Horizontal_20_Line")
        + p(LONG)
    )
    article = read(odt(body, flat=flat), "a.fodt" if flat else "a.odt")
    assert shape(article) == [
        (BlockKind.HEADING, 1, "", "The price of trams"),
        (BlockKind.STANDFIRST, 0, "", "Who pays, and when"),
        (BlockKind.HEADING, 1, "", "One"),
        (BlockKind.HEADING, 2, "", "Two"),
        (BlockKind.HEADING, 2, "", "By style"),
        (BlockKind.QUOTE, 1, "", "Quoted"),
        (BlockKind.QUOTE, 1, "", "Quoted too"),
        (BlockKind.CODE, 0, "", "if x:\n    y = 1"),
        (BlockKind.RULE, 0, "", ""),
        (BlockKind.PARAGRAPH, 0, "", LONG),
    ]
    assert (article.title, article.subtitle) == ("The price of trams", "Who pays, and when")


def test_looks_links_and_spaces() -> None:
    span = '<text:span text:style-name="{}">{}</text:span>'.format
    body = p(
        "plain  \n  "
        + span("Strong_20_Emphasis", "bold " + span("T1", "both"))
        + span("T2", "2")
        + span("T3", "n")
        + span("T4", "gone")
        + span("T5", "hidden")
        + span("Source_20_Text", "x=1")
        + '<text:tab/>a<text:s text:c="2"/>b<text:line-break/> c'
        + '<text:bookmark text:name="m"/> <text:a xlink:href="https://a.example/">out</text:a>'
        + ' <text:a xlink:href="../up.odt">local</text:a> <text:page-number>7</text:page-number>'
    )
    article = read(odt(body))
    assert article.text == "plain bold both2ngonex=1\ta  b\nc out local 7"
    assert marked(article) == [
        (MarkKind.STRONG, "bold both", ""),
        (MarkKind.EMPHASIS, "both", ""),
        (MarkKind.SUPERSCRIPT, "2", ""),
        (MarkKind.SUBSCRIPT, "n", ""),
        (MarkKind.STRIKE, "gone", ""),
        (MarkKind.CODE, "x=1", ""),
        (MarkKind.LINK, "out", "https://a.example/"),
    ]
    assert any("hidden" in warning for warning in article.warnings)


def test_lists_have_their_depth_and_numbers() -> None:
    body = (
        items(
            p("first") + p("goes on") + items(p("under"), p("it")),
            p("second") + items(p("anew")),
            style="L1",
        )
        + p(LONG)
        + items(p("third"), style="L1", attributes='text:continue-numbering="true"')
        + items(p("bullet"), style="L2")
        + items(p("one again"), style="L1").replace(
            "<text:list-item>", '<text:list-item text:start-value="7">'
        )
    )
    assert shape(read(odt(body))) == [
        (BlockKind.LIST_ITEM, 1, "1.", "first"),
        (BlockKind.LIST_ITEM, 1, "", "goes on"),
        (BlockKind.LIST_ITEM, 2, "1.1)", "under"),
        (BlockKind.LIST_ITEM, 2, "1.2)", "it"),
        (BlockKind.LIST_ITEM, 1, "2.", "second"),
        (BlockKind.LIST_ITEM, 2, "2.1)", "anew"),
        (BlockKind.PARAGRAPH, 0, "", LONG),
        (BlockKind.LIST_ITEM, 1, "3.", "third"),
        (BlockKind.LIST_ITEM, 1, "•", "bullet"),
        (BlockKind.LIST_ITEM, 1, "7.", "one again"),
    ]


def test_paragraphs_moved_in_by_hand_are_quotes() -> None:
    moved = (
        '<style:style style:name="P9" style:family="paragraph"><style:paragraph-properties fo:margin-left="1.25cm" '
        'fo:text-indent="0cm"/></style:style>'
    )
    article = read(odt(p(LONG) * 3 + p(LONG, "P9"), automatic=AUTOMATIC + moved))
    assert [b.kind for b in article.blocks] == [*[BlockKind.PARAGRAPH] * 3, BlockKind.QUOTE]


def test_numbered_headings_have_the_numbers_of_the_outline() -> None:
    outline = (
        "<text:outline-style>"
        '<text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    )
    body = h("Aims") + p(LONG) + h("Near", 2) + p(LONG) + h("Far", 2) + p(LONG) + h("Means") + p(LONG)
    article = read(odt(body, automatic=AUTOMATIC + outline))
    assert [e[1:] for e in shape(article) if e[0] is BlockKind.HEADING] == [
        (1, "1.", "Aims"),
        (2, "1.1", "Near"),
        (2, "1.2", "Far"),
        (1, "2.", "Means"),
    ]


def test_tables_keep_the_places_of_their_cells() -> None:
    wide = f'<table:table-cell table:number-columns-spanned="2">{p("wide")}</table:table-cell><table:covered-table-cell/>'
    body = table(
        "<table:table-header-rows>" + row(p("Year"), p("Low"), p("High")) + "</table:table-header-rows>",
        row(wide, p("9")),
        '<table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell>'
        + p("x")
        + p("y")
        + "</table:table-cell></table:table-row>",
    ) + table(row(p("Head", "Table_20_Heading"), p("Too", "Table_20_Heading")), row(p("a"), p("b")))
    article = read(odt(body))
    assert [(b.table, b.row, b.column, b.header, article.text[b.start : b.end]) for b in article.blocks] == [
        (0, 0, 0, True, "Year"),
        (0, 0, 1, True, "Low"),
        (0, 0, 2, True, "High"),
        (0, 1, 0, False, "wide"),
        (0, 1, 2, False, "9"),
        (0, 2, 0, False, ""),
        (0, 2, 2, False, "x\ny"),
        (1, 0, 0, True, "Head"),
        (1, 0, 1, True, "Too"),
        (1, 1, 0, False, "a"),
        (1, 1, 1, False, "b"),
    ]


def test_notes_comments_and_changes() -> None:
    comment = (
        '<office:annotation office:name="c1"><dc:creator>Ann Lee</dc:creator><dc:date>2026-03-01T10:00:00</dc:date>'
        f"{p('Which?')}</office:annotation>"
    )
    lone = f"<office:annotation><dc:creator>Bo</dc:creator>{p('Hm.')}</office:annotation>"
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        + p("slow")
        + "</text:deletion></text:changed-region></text:tracked-changes>"
        + p(
            f"Trams{note('1', 'A note.')} are <text:change text:change-id='x'/>fast{note('i', 'At the end.', 'endnote')}."
        )
        + p(f"The {comment}old ones<office:annotation-end office:name='c1'/> go.{lone}")
    )
    article = read(odt(body))
    assert shape(article) == [
        (BlockKind.PARAGRAPH, 0, "", "Trams1 are fasti."),
        (BlockKind.PARAGRAPH, 0, "", "The old ones go."),
        (BlockKind.NOTE, 0, "1", "A note."),
        (BlockKind.NOTE, 0, "i", "At the end."),
    ]
    assert marked(article) == [(MarkKind.NOTE_REF, "1", "1"), (MarkKind.NOTE_REF, "i", "i")]
    assert article.extra["comments"] == [
        {"author": "Ann Lee", "date": "2026-03-01T10:00:00", "quote": "old ones", "text": "Which?"},
        {"author": "Bo", "date": "", "quote": "", "text": "Hm."},
    ]
    assert len(article.warnings) == 2


def test_pictures_boxes_formulas_sections_and_contents() -> None:
    image = '<draw:frame><draw:image xlink:href="Pictures/1.png"/><svg:title>A tram</svg:title></draw:frame>'
    boxed = (
        f"<draw:frame><draw:text-box>{p(image + 'Figure 1: Line 5.', 'Figure')}</draw:text-box></draw:frame>"
    )
    shape_ = f"<draw:custom-shape>{p('In a shape.')}</draw:custom-shape>"
    formula = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
    contents = (
        f"<text:table-of-content><text:index-body>{p('One 3')}</text:index-body></text:table-of-content>"
    )
    maths = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mi>x</mi>'
        '<annotation encoding="StarMath 5.0">x^2 = 4</annotation></semantics></math>'
    )
    body = (
        contents
        + p(LONG + boxed)
        + f"<text:section text:name='s'>{p('Inside a section.')}</text:section>"
        + f"<text:section text:name='t' text:display='none'>{p('Hidden.')}</text:section>"
        + p(f"So {formula} holds.{shape_}")
        + p(image)
        + p("Figure 2: Again.", "Caption")
    )
    article = read(odt(body, files={"Object 1/content.xml": maths.encode()}))
    assert texts(article) == [
        LONG,
        f"{OBJECT}\nFigure 1: Line 5.",
        "Inside a section.",
        "So x^2 = 4 holds.",
        "In a shape.",
        f"{OBJECT}\nFigure 2: Again.",
    ]
    assert [block.kind for block in article.blocks if OBJECT in article.text[block.start : block.end]] == [
        BlockKind.FIGURE
    ] * 2
    assert [value for kind, _, value in marked(article) if kind is MarkKind.IMAGE] == ["A tram"] * 2
    assert any("contents" in warning for warning in article.warnings)


def test_pages_languages_and_metadata() -> None:
    meta = (
        "<dc:title>Night trams</dc:title><meta:initial-creator>Ann Lee</meta:initial-creator><dc:creator>Typist</dc:creator>"
        "<meta:creation-date>2026-03-01T10:00:00</meta:creation-date><meta:keyword>trams</meta:keyword>"
        "<meta:keyword>money</meta:keyword>"
    )
    body = (
        p(LONG) + p(f"On <text:soft-page-break/>two. {LONG}") + p("Der Rat tagte.", "P2") + p("Three.", "P3")
    )
    article = read(odt(body, meta=meta))
    assert [block.page for block in article.blocks] == ["", "1", "1", "2", "3"]
    assert [block.language for block in article.blocks] == ["", "", "", "de-AT", ""]
    assert (article.title, article.authors, article.language) == ("Night trams", ("Ann Lee",), "en-GB")
    assert article.extra["keywords"] == "trams, money"
    assert article.extra["created"] == "2026-03-01T10:00:00"


def test_a_file_is_known_by_its_content() -> None:
    assert importer_for("nameless", odt(p(LONG))).name == "odt"
    assert importer_for("nameless", odt(p(LONG), flat=True)).name == "odt"


_LOCKED = zipped(
    {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": b'<m:manifest xmlns:m="urn:m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>',
        "content.xml": b"\x01\x02",
    }
)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.odt", _LOCKED, "password"),
        ("a.odt", odt(""), "no text"),
        ("a.odt", odt(p("x")).replace(b"content.xml", b"kontent.xml"), "no OpenDocument"),
        ("a.fodt", b"<office:document", "damaged"),
        (
            "a.fodt",
            b'<!DOCTYPE a [<!ENTITY x "y">]>' + odt(p("&x;"), flat=True).partition(b"\n")[2],
            "damaged",
        ),
        ("a.fodt", odt(p("x"), flat=True).replace(b"office:text", b"office:chart"), "no text document"),
    ],
)
def test_what_is_no_readable_text_is_refused_with_a_reason(name: str, data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as caught:
        IMPORTER.read(data, ImportHints(name))
    assert caught.value.kept
    assert caught.value.todo


def test_every_word_of_a_long_file_is_there_in_order() -> None:
    words = [f"word{number}" for number in range(4000)]
    parts = [" ".join(words[start : start + 20]) for start in range(0, len(words), 20)]
    body = "".join(
        table(row(p(part), p("")), row(p(""), p("")))
        if number % 7 == 0
        else items(p(part), style="L1")
        if number % 5 == 0
        else p(f'{part[:40]}<text:span text:style-name="T1">{part[40:]}</text:span>')
        for number, part in enumerate(parts)
    )
    assert read(odt(body)).text.split() == words


SAMPLE = odt(
    h("Night trams") + items(p("one"), style="L1") + p("a" + note("1", "n")) + table(row(p("x"), p("y")))
)
FLAT = odt(p("a" + note("1", "n")) + table(row(p("x"), p("y"))), flat=True)


@given(
    st.sampled_from([SAMPLE, FLAT]),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=12),
)
def test_a_damaged_file_is_read_or_refused(sample: bytes, damage: list[tuple[int, int]]) -> None:
    data = bytearray(sample)
    for place, byte in damage:
        data[place % len(data)] = byte
    why = why_refused(bytes(data))
    assert not why or "“a.odt”" in why


_LEAVES = [
    "words",
    '<text:s text:c="99999999999"/>',
    '<text:s text:c="x"/>',
    "<text:note/>",
    '<office:annotation-end office:name="z"/>',
    "<office:annotation/>",
    "<draw:frame><draw:image/></draw:frame>",
    "<draw:frame><draw:object xlink:href='../../x'/></draw:frame>",
    '<table:table-cell table:number-columns-repeated="999999999"/>',
    '<text:list text:continue-list="q" text:style-name="L1"/>',
    "<!-- said -->",
]
_BRANCHES = [
    "text:p",
    "text:h",
    "text:span",
    "text:list",
    "text:list-item",
    "table:table",
    "table:table-row",
    "table:table-cell",
    "text:a",
    "text:note",
    "text:note-body",
    "draw:frame",
    "draw:text-box",
    "draw:custom-shape",
    "text:section",
    "office:annotation",
    "text:ruby-text",
]
_trees = st.recursive(
    st.sampled_from(_LEAVES),
    lambda inner: st.tuples(st.sampled_from(_BRANCHES), st.lists(inner, max_size=5)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=25,
)


@given(st.lists(_trees, max_size=6))
def test_parts_in_any_disorder_are_read_or_refused(parts: list[str]) -> None:
    why = why_refused(odt("".join(parts)))
    assert not why or "no text" in why
