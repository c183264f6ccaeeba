"""Word files: what comes out of them, block by block."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.importers.docx_maker import (
    cell,
    docx,
    field,
    item,
    note_ref,
    paragraph,
    picture,
    row,
    run,
    table,
    zipped,
)
from tests.importers.outlines import LONG, marked, shape, texts

from annotator.domain.article import OBJECT, Block, BlockKind, ImportedArticle, MarkKind
from annotator.errors import UnreadableFile
from annotator.importers.base import ImportHints, importer_for
from annotator.importers.docx.importer import IMPORTER


def read(data: bytes, name: str = "a.docx") -> ImportedArticle:
    return importer_for(name, data).read(data, ImportHints(name))


def why_refused(data: bytes) -> str:
    """What a refusal says, "" when the file is read."""
    try:
        IMPORTER.read(data, ImportHints("a.docx"))
    except UnreadableFile as refused:
        return refused.what
    return ""


def block_with(article: ImportedArticle, words: str) -> Block:
    return next(block for block in article.blocks if words in article.text[block.start : block.end])


def test_headings_are_known_by_style_by_ancestor_and_by_outline_level_in_any_language() -> None:
    article = read(
        docx(
            paragraph("The price of trams", "Title")
            + paragraph("Who pays, and when", "Subtitle")
            + paragraph("One", "Heading1")
            + paragraph("Two", "Heading2")
            + paragraph("Three", "berschrift3")
            + paragraph("House", "House")
            + paragraph("Four", "Deep")
            + paragraph("Five", properties='<w:outlineLvl w:val="4"/>')
            + paragraph("Six", "Titre 6")
            + paragraph("Seven", "Heading")
            + paragraph("Eight", "Sub-heading")
            + paragraph("Nine", "h3")
            + paragraph(LONG)
        )
    )
    assert shape(article) == [
        (BlockKind.HEADING, 1, "", "The price of trams"),
        (BlockKind.STANDFIRST, 0, "", "Who pays, and when"),
        (BlockKind.HEADING, 1, "", "One"),
        (BlockKind.HEADING, 2, "", "Two"),
        (BlockKind.HEADING, 3, "", "Three"),
        (BlockKind.HEADING, 2, "", "House"),
        (BlockKind.HEADING, 4, "", "Four"),
        (BlockKind.HEADING, 5, "", "Five"),
        (BlockKind.HEADING, 6, "", "Six"),
        (BlockKind.HEADING, 1, "", "Seven"),
        (BlockKind.HEADING, 2, "", "Eight"),
        (BlockKind.HEADING, 3, "", "Nine"),
        (BlockKind.PARAGRAPH, 0, "", LONG),
    ]
    assert (article.title, article.subtitle) == ("The price of trams", "Who pays, and when")


def test_paragraphs_moved_in_by_hand_are_quotes_unless_most_are() -> None:
    moved = paragraph(LONG, properties='<w:ind w:left="720" w:right="720"/>')
    plain = paragraph(LONG)
    assert [b.kind for b in read(docx(plain * 3 + moved + plain)).blocks] == [
        *[BlockKind.PARAGRAPH] * 3,
        BlockKind.QUOTE,
        BlockKind.PARAGRAPH,
    ]
    assert {b.kind for b in read(docx(moved * 3 + plain)).blocks} == {BlockKind.PARAGRAPH}


def test_a_large_first_letter_belongs_to_its_word() -> None:
    drop = paragraph("T", properties='<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert texts(read(docx(drop + paragraph("rams run at night.")))) == ["Trams run at night."]


def test_a_subtitle_further_down_is_a_heading() -> None:
    body = (
        paragraph("Night trams", "Title")
        + paragraph("Who pays", "Subtitle")
        + paragraph("And when", "Subtitle")
    )
    article = read(docx(body + paragraph(LONG) + paragraph("Later", "Subtitle") + paragraph(LONG)))
    assert [entry[:2] for entry in shape(article)] == [
        (BlockKind.HEADING, 1),
        (BlockKind.STANDFIRST, 0),
        (BlockKind.STANDFIRST, 0),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_quotes_code_and_looks_of_characters() -> None:
    article = read(
        docx(
            paragraph("Quoted", "Quote")
            + paragraph("Stressed", "IntensivesZitat")
            + paragraph("Extracted", "Mine")
            + paragraph("def f():", "SourceCode")
            + paragraph("", "SourceCode")
            + paragraph("    return 1", "SourceCode")
            + paragraph(
                run("plain ")
                + run("bold", "<w:b/>")
                + run(" bold too", "<w:b/><w:i/>")
                + run(" not", '<w:b w:val="0"/>')
                + run("2", '<w:vertAlign w:val="superscript"/>')
                + run("n", '<w:vertAlign w:val="subscript"/>')
                + run("gone", "<w:strike/>")
                + run("soft", '<w:rStyle w:val="Em2"/>')
                + run("x=1", '<w:rStyle w:val="VerbatimChar"/>')
            )
        )
    )
    assert shape(article) == [
        (BlockKind.QUOTE, 1, "", "Quoted"),
        (BlockKind.QUOTE, 1, "", "Stressed"),
        (BlockKind.QUOTE, 1, "", "Extracted"),
        (BlockKind.CODE, 0, "", "def f():\n\n    return 1"),
        (BlockKind.PARAGRAPH, 0, "", "plain bold bold too not2ngonesoftx=1"),
    ]
    assert marked(article) == [
        (MarkKind.STRONG, "bold bold too", ""),
        (MarkKind.EMPHASIS, " bold too", ""),
        (MarkKind.SUPERSCRIPT, "2", ""),
        (MarkKind.SUBSCRIPT, "n", ""),
        (MarkKind.STRIKE, "gone", ""),
        (MarkKind.EMPHASIS, "soft", ""),
        (MarkKind.CODE, "x=1", ""),
    ]


def test_lists_have_the_numbers_that_word_shows() -> None:
    article = read(
        docx(
            item("first")
            + item("under it", level=1)
            + item("deeper", level=2)
            + item("again", level=1)
            + item("second")
            + item("anew", level=1)
            + paragraph("goes on", "ListParagraph")
            + item("fifth", list_id=3)
            + item("sixth", list_id=3)
            + paragraph("a bullet", "ListBullet")
            + item("below", list_id=1, level=1)
            + paragraph("none", "ListBullet", '<w:numPr><w:numId w:val="0"/></w:numPr>')
        )
    )
    assert [(level, label, text) for _, level, label, text in shape(article)] == [
        (1, "1.", "first"),
        (2, "a)", "under it"),
        (3, "1.i", "deeper"),
        (2, "b)", "again"),
        (1, "2.", "second"),
        (2, "a)", "anew"),
        (2, "", "goes on"),
        (1, "5.", "fifth"),
        (1, "6.", "sixth"),
        (1, "•", "a bullet"),
        (2, "•", "below"),
        (1, "•", "none"),
    ]
    assert {block.kind for block in article.blocks} == {BlockKind.LIST_ITEM}


def test_a_numbered_heading_keeps_its_number_beside_its_words() -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    article = read(
        docx(
            paragraph("Aims", "Heading1", numbered)
            + paragraph(LONG)
            + paragraph("Means", "Heading1", numbered)
            + paragraph(LONG)
        )
    )
    assert [entry for entry in shape(article) if entry[0] is BlockKind.HEADING] == [
        (BlockKind.HEADING, 1, "1.", "Aims"),
        (BlockKind.HEADING, 1, "2.", "Means"),
    ]


def test_headings_numbered_by_their_styles_have_the_numbers_of_all_levels() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{n + 1}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, text in enumerate(("%1", "%1.%2"))
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="4">{levels}</w:abstractNum>'
        '<w:num w:numId="6"><w:abstractNumId w:val="4"/></w:num>'
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/>'
        '<w:pPr><w:numPr><w:numId w:val="6"/></w:numPr></w:pPr></w:style>'
        for n in (1, 2)
    )
    body = "".join(
        paragraph(words, f"Heading{level}") + paragraph(LONG)
        for level, words in ((1, "Aims"), (2, "Near"), (2, "Far"), (1, "Means"), (2, "Money"))
    )
    article = read(docx(body, numbering=numbering, styles=styles))
    assert [(e[1], e[2], e[3]) for e in shape(article) if e[0] is BlockKind.HEADING] == [
        (1, "1", "Aims"),
        (2, "1.1", "Near"),
        (2, "1.2", "Far"),
        (1, "2", "Means"),
        (2, "2.1", "Money"),
    ]


def test_cells_of_a_table_have_their_places_and_merged_ones_stand_once() -> None:
    article = read(
        docx(
            paragraph(LONG)
            + table(
                row("Year", cell("Cost", '<w:gridSpan w:val="2"/>'), header=True),
                row(cell("2024", '<w:vMerge w:val="restart"/>'), "low", "high"),
                row(cell("", "<w:vMerge/>"), "4", cell(item("a point") + item("another"))),
            )
            + paragraph("After.")
        )
    )
    cells = [block for block in article.blocks if block.kind is BlockKind.CELL]
    assert [(c.table, c.row, c.column, c.header, article.text[c.start : c.end]) for c in cells] == [
        (0, 0, 0, True, "Year"),
        (0, 0, 1, True, "Cost"),
        (0, 1, 0, False, "2024"),
        (0, 1, 1, False, "low"),
        (0, 1, 2, False, "high"),
        (0, 2, 1, False, "4"),
        (0, 2, 2, False, "1. a point\n2. another"),
    ]
    assert "Year\tCost\n2024\tlow\thigh\n4\t1. a point" in article.text


def test_a_first_row_that_only_looks_like_a_header_is_one_and_a_table_for_layout_is_text() -> None:
    bold = paragraph(run("Name", "<w:b/>"))
    article = read(
        docx(
            table(row(cell(bold), cell(bold)), row("a", "b"))
            + table(
                row("Town", "Trams"),
                row("Graz", "8"),
                properties='<w:tblStyle w:val="Banded"/><w:tblLook w:val="04A0"/>',
            )
            + table(row("Only"), row("column"))
            + table(
                row(
                    cell(paragraph("Big", "Heading1")),
                    cell(table(row("x", "y"), row("z", "w")) + paragraph("end")),
                )
            )
        )
    )
    heads = [article.text[b.start : b.end] for b in article.blocks if b.header]
    assert heads == ["Name", "Name", "Town", "Trams"]
    assert block_with(article, "Only").kind is BlockKind.PARAGRAPH
    assert block_with(article, "Big").kind is BlockKind.HEADING
    assert [b.table for b in article.blocks if b.kind is BlockKind.CELL] == [0] * 4 + [1] * 4 + [2] * 4


def test_notes_stand_at_the_end_and_their_references_are_marked() -> None:
    article = read(
        docx(
            paragraph(run("Trams cost") + note_ref(7) + run(" and run") + note_ref(2, "endnote") + run("."))
            + paragraph(run("More") + note_ref(3)),
            footnotes={3: paragraph("Later one."), 7: paragraph("See the budget.") + paragraph("And more.")},
            endnotes={2: paragraph(run("At night ") + run("too", "<w:i/>"))},
        )
    )
    assert shape(article) == [
        (BlockKind.PARAGRAPH, 0, "", "Trams cost1 and runi."),
        (BlockKind.PARAGRAPH, 0, "", "More2"),
        (BlockKind.NOTE, 0, "1", "See the budget."),
        (BlockKind.NOTE, 0, "", "And more."),
        (BlockKind.NOTE, 0, "2", "Later one."),
        (BlockKind.NOTE, 0, "i", "At night too"),
    ]
    assert [m for m in marked(article) if m[0] is MarkKind.NOTE_REF] == [
        (MarkKind.NOTE_REF, "1", "1"),
        (MarkKind.NOTE_REF, "i", "i"),
        (MarkKind.NOTE_REF, "2", "2"),
    ]


def test_a_note_with_a_mark_of_its_own_is_labelled_with_it() -> None:
    mark = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>'
    article = read(
        docx(
            paragraph(run("Trams") + mark + run(" and ") + note_ref(2) + note_ref(99)),
            footnotes={1: paragraph("Starred."), 2: paragraph("Numbered.")},
        )
    )
    assert shape(article) == [
        (BlockKind.PARAGRAPH, 0, "", "Trams* and 1"),
        (BlockKind.NOTE, 0, "*", "Starred."),
        (BlockKind.NOTE, 0, "1", "Numbered."),
    ]


def test_comments_are_kept_beside_the_text() -> None:
    body = paragraph(
        run("The ")
        + '<w:commentRangeStart w:id="4"/>'
        + run("old trams")
        + '<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>'
        + run(" go.")
    )
    comment = (
        '<w:comment w:id="4" w:author="Ann Lee" w:date="2026-03-01T10:00:00Z" w:initials="AL">'
        f"{paragraph('Which ones?')}{paragraph('Ask Bo.')}</w:comment>"
    )
    article = read(docx(body, comments=comment))
    assert article.text == "The old trams go."
    assert article.extra["comments"] == [
        {
            "author": "Ann Lee",
            "date": "2026-03-01T10:00:00Z",
            "quote": "old trams",
            "text": "Which ones?\nAsk Bo.",
        }
    ]
    assert any("comment" in warning for warning in article.warnings)


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        paragraph(
            run("Trams are ")
            + f'<w:del w:id="1">{run("slow").replace("w:t", "w:delText")}</w:del>'
            + f'<w:ins w:id="2">{run("fast")}</w:ins>'
            + run(".")
        )
        + paragraph(run("Joined "), properties='<w:rPr><w:del w:id="3"/></w:rPr>')
        + paragraph("with this.")
        + table(
            row("a", "b"),
            "<w:tr><w:trPr><w:del w:id='5'/></w:trPr>" + cell("out") + cell("gone") + "</w:tr>",
        )
    )
    article = read(docx(body))
    assert texts(article) == ["Trams are fast.", "Joined with this.", "a", "b"]
    assert any("tracked changes" in warning for warning in article.warnings)


def test_links_and_fields_are_read_by_their_results() -> None:
    body = paragraph(
        f'<w:hyperlink r:id="rId7">{run("a page")}</w:hyperlink>'
        + run(", ")
        + field(' HYPERLINK "https://b.example/x" \\o "tip" ', run("b"))
        + run(" and ")
        + f'<w:hyperlink w:anchor="here">{run("inside")}</w:hyperlink>'
        + run(" on page ")
        + field(" PAGEREF _Ref1 \\h ", run("12"))
        + field(' XE "trams" ', "").replace('<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "")
        + f'<w:hyperlink r:id="rId8">{run("bad")}</w:hyperlink>'
    )
    article = read(docx(body, links={"rId7": "https://a.example/?x=1&y=2", "rId8": "file:///etc/passwd"}))
    assert article.text == "a page, b and inside on page 12bad"
    assert marked(article) == [
        (MarkKind.LINK, "a page", "https://a.example/?x=1&y=2"),
        (MarkKind.LINK, "b", "https://b.example/x"),
    ]


def test_a_table_of_contents_is_left_out_and_said() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    contents = (
        paragraph("Contents", "TOCHeading")
        + paragraph(begin + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("One\t3"), "TOC1")
        + paragraph(run("Two\t9"), "TOC1")
    )
    end = paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    article = read(docx(contents + end + paragraph("One", "Heading1") + paragraph(LONG)))
    assert texts(article) == ["One", LONG]
    assert any("table of contents" in warning for warning in article.warnings)
    endless = read(docx(contents + paragraph("One", "Heading1") + paragraph(LONG)))
    assert LONG in texts(endless), "a table of contents without an end must not swallow the text"


def test_boxes_controls_symbols_formulas_and_breaks_are_text_and_hidden_words_are_not() -> None:
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    drawn = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wps:wsp>"
        f"<wps:txbx>{box}</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    control = f"<w:sdt><w:sdtContent>{run('filled in')}</w:sdtContent></w:sdt>"
    empty = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Type here')}</w:sdtContent></w:sdt>"
    )
    formula = (
        "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
        "<m:r><m:t>=</m:t></m:r><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
        "</m:oMath>"
    )
    body = (
        paragraph(run("Before") + drawn)
        + f"<w:sdt><w:sdtContent>{paragraph('Controlled.')}</w:sdtContent></w:sdt>"
        + paragraph(control + empty + run(" ") + formula)
        + paragraph(
            '<w:r><w:sym w:font="Symbol" w:char="F061"/><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t>'
            "<w:noBreakHyphen/><w:t>d</w:t></w:r>" + run("secret", "<w:vanish/>")
        )
        + paragraph(f"<w:smartTag>{run('tagged')}</w:smartTag>")
    )
    article = read(docx(body))
    assert texts(article) == [
        "Before",
        "In a box.",
        "Controlled.",
        "filled in x^2=(a+b)/2",
        "α\tb\nc\u2011d",
        "tagged",
    ]
    assert any("hidden" in warning for warning in article.warnings)


def test_pictures_are_placeholders_with_their_words_and_captions() -> None:
    article = read(
        docx(
            paragraph(LONG)
            + paragraph(picture("A tram at night"))
            + paragraph("Figure 1: Line 5.", "Caption")
            + paragraph(LONG)
            + paragraph(picture())
            + paragraph('<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>')
            + paragraph(run("See ") + picture("map") + run(" there."))
        )
    )
    assert [(b.kind, article.text[b.start : b.end]) for b in article.blocks] == [
        (BlockKind.PARAGRAPH, LONG),
        (BlockKind.FIGURE, f"{OBJECT}\nFigure 1: Line 5."),
        (BlockKind.PARAGRAPH, LONG),
        (BlockKind.FIGURE, OBJECT),
        (BlockKind.RULE, ""),
        (BlockKind.PARAGRAPH, f"See {OBJECT} there."),
    ]
    assert [value for kind, _, value in marked(article) if kind is MarkKind.IMAGE] == [
        "A tram at night",
        "",
        "map",
    ]


def test_pages_are_counted_where_word_left_its_marks() -> None:
    broken = "<w:r><w:lastRenderedPageBreak/><w:t>Second page.</w:t></w:r>"
    middle = run("Third ends") + "<w:r><w:lastRenderedPageBreak/><w:t> on the third.</w:t></w:r>"
    article = read(docx(paragraph("First.") + paragraph(broken) + paragraph(middle) + paragraph("Last.")))
    assert [block.page for block in article.blocks] == ["1", "2", "2", "3"]
    assert {block.page for block in read(docx(paragraph("First."))).blocks} == {""}


def test_pages_are_called_as_the_section_numbers_them() -> None:
    roman = '<w:sectPr><w:pgNumType w:fmt="lowerRoman" w:start="4"/></w:sectPr>'
    second = paragraph("<w:r><w:lastRenderedPageBreak/><w:t>Second.</w:t></w:r>", properties=roman)
    other = paragraph("<w:r><w:lastRenderedPageBreak/><w:t>Numbered anew.</w:t></w:r>")
    article = read(docx(paragraph("First.") + second + other))
    assert [block.page for block in article.blocks] == ["iv", "v", ""]


def test_language_and_direction_are_kept_by_block() -> None:
    article = read(
        docx(
            paragraph(LONG)
            + paragraph(LONG)
            + paragraph(run("Der Rat tagte lange.", '<w:lang w:val="de-AT"/>'))
            + paragraph(run("اجتمع المجلس يوم الثلاثاء", "<w:rtl/>"), properties="<w:bidi/>")
            + paragraph(run("市議会は火曜日に開かれた。"))
        )
    )
    assert article.language == "en-GB"
    assert [block.language for block in article.blocks] == ["", "", "de-AT", "ar-SA", "ja-JP"]
    assert [block.direction for block in article.blocks] == ["", "", "", "rtl", ""]


CORE = (
    "<dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator><dc:language>en-US</dc:language>"
    "<cp:keywords>trams, money</cp:keywords><dcterms:created>2026-03-01T10:00:00Z</dcterms:created>"
)


def test_what_the_file_says_of_itself_becomes_metadata() -> None:
    core = CORE.format(title="The price of trams", creator="Ann Lee; Bo Chan")
    article = read(docx(paragraph(LONG), core=core, styles=""))
    assert (article.title, article.authors) == ("The price of trams", ("Ann Lee", "Bo Chan"))
    assert article.language == "en-US"
    assert article.extra["created"] == "2026-03-01T10:00:00Z"
    assert article.extra["keywords"] == "trams, money"
    assert texts(article) == ["The price of trams", LONG]


def test_what_programs_fill_in_by_themselves_is_no_metadata() -> None:
    core = CORE.format(title="Microsoft Word - Document1.docx", creator="Microsoft Office User")
    article = read(docx(paragraph("Night trams", "Heading1") + paragraph(LONG), core=core))
    assert (article.title, article.authors) == ("Night trams", ())


def test_a_byline_below_the_title_names_the_authors() -> None:
    core = CORE.format(title="", creator="Typist")
    body = (
        paragraph("Night trams", "Title")
        + paragraph("By Ann Lee and Bo Chan, 3 March 2024")
        + paragraph(LONG)
    )
    article = read(docx(body, core=core))
    assert (article.authors, article.published_on) == (("Ann Lee", "Bo Chan"), "2024-03-03")
    assert texts(article) == ["Night trams", LONG]


def test_bold_lines_are_headings_where_no_style_says_so() -> None:
    bold = "<w:b/>"
    article = read(
        docx(
            paragraph(run("Night trams", bold))
            + paragraph(LONG)
            + paragraph(run("The money", bold))
            + paragraph(LONG)
        )
    )
    assert [(entry[0], entry[1]) for entry in shape(article)] == [
        (BlockKind.HEADING, 1),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, 0),
    ]
    assert marked(article) == []


def test_the_strict_form_a_template_and_a_file_with_macros_are_read_alike() -> None:
    body = paragraph("Night trams", "Heading1") + item("one") + paragraph(LONG)
    plain = read(docx(body))
    assert read(docx(body, strict=True)).blocks == plain.blocks
    assert read(docx(body, files={"word/vbaProject.bin": b"\0macro"}), "a.docm").blocks == plain.blocks
    assert read(docx(body), "nameless").blocks == plain.blocks


def test_what_only_calls_itself_a_word_file_is_read_as_what_it_is() -> None:
    assert read(b"{\\rtf1\\ansi Night {\\b trams}\\par}", "a.doc").text == "Night trams"
    assert read(b"<html><body><h1>Night trams</h1><p>They run.</p>", "a.doc").title == "Night trams"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "before 2007"),
        (zipped({"xl/workbook.xml": b"<a/>"}), "no Word document"),
        (docx(""), "no text"),
        (docx(paragraph("x"))[:-200], "."),
        (b"PK\x03\x04" + b"x" * 50, "."),
    ],
)
def test_what_is_no_readable_word_file_is_refused_with_a_reason(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as caught:
        IMPORTER.read(data, ImportHints("a.docx"))
    assert caught.value.kept
    assert caught.value.todo


def test_bombs_and_entities_are_refused_and_nothing_outside_is_opened() -> None:
    entity = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    sample = docx(paragraph("x"), files={"word/settings.xml": f"{entity}<w>&x;</w>".encode()})
    assert "defines words of its own" in why_refused(sample)
    bomb = docx(paragraph("x" + " " * 40_000_000))
    assert "too large" in why_refused(bomb)
    outside = docx(
        paragraph(f'<w:hyperlink r:id="rId7">{run("a")}</w:hyperlink>'),
        links={"rId7": "file:///etc/hostname"},
    )
    assert marked(read(outside)) == []


def test_a_title_may_be_long() -> None:
    article = read(docx(paragraph("tram " * 200, "Title") + paragraph(LONG)))
    assert len(article.title) == 500
    assert article.text.count("tram ") >= 199


def test_text_nested_without_end_is_refused_or_read() -> None:
    braces = (
        "<m:oMath>" + "<m:d><m:e>" * 110 + "<m:r><m:t>x</m:t></m:r>" + "</m:e></m:d>" * 110 + "</m:oMath>"
    )
    deep = "<w:smartTag>" * 230 + run("deep") + "</w:smartTag>" * 230
    nested = paragraph(LONG)
    for _ in range(60):
        nested = table(row(cell(nested + paragraph(""))))
    for body in (paragraph(deep), paragraph(braces), nested):
        why = why_refused(docx(body))
        assert not why or "damaged" in why or "nested too deep" in why


def test_every_word_of_a_long_file_is_there_in_order() -> None:
    words = [f"word{number}" for number in range(4000)]
    parts = [words[start : start + 40] for start in range(0, len(words), 40)]
    body = "".join(
        table(row(" ".join(part[:20]), " ".join(part[20:])))
        if number % 7 == 0
        else item(" ".join(part))
        if number % 5 == 0
        else paragraph(run(" ".join(part[:9])) + run(" " + " ".join(part[9:]), "<w:i/>"))
        for number, part in enumerate(parts)
    )
    assert read(docx(body)).text.split() == words


SAMPLE = docx(
    paragraph("Night trams", "Title")
    + item("one")
    + paragraph(run("a") + note_ref(1))
    + table(row("x", "y")),
    footnotes={1: paragraph("Note.")},
    core=CORE.format(title="T", creator="Ann Lee"),
)


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_damaged_file_is_read_or_refused(damage: list[tuple[int, int]]) -> None:
    data = bytearray(SAMPLE)
    for place, byte in damage:
        data[place] = byte
    why = why_refused(bytes(data))
    assert not why or "“a.docx”" in why


_LEAVES = [
    run("words"),
    "<w:r><w:fldChar w:fldCharType='begin'/></w:r>",
    "<w:r><w:fldChar w:fldCharType='separate'/></w:r>",
    "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
    "<w:r><w:instrText>TOC</w:instrText></w:r>",
    "<w:r><w:sym w:char='zz'/></w:r>",
    "<w:pPr><w:outlineLvl w:val='-4'/><w:numPr><w:ilvl w:val='99'/><w:numId w:val='2'/></w:numPr></w:pPr>",
    "<w:pPr><w:pStyle w:val='Heading1'/></w:pPr>",
    "<w:pPr><w:numPr><w:numId w:val='x'/></w:numPr></w:pPr>",
    "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
    "<w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr>",
    "<w:commentRangeStart w:id='1'/>",
    "<m:oMath><m:f/></m:oMath>",
    "<!-- said -->",
    picture("p"),
    note_ref(9),
]
_BRANCHES = [
    "p",
    "tbl",
    "tr",
    "tc",
    "r",
    "sdt",
    "sdtContent",
    "hyperlink",
    "ins",
    "del",
    "smartTag",
    "fldSimple",
    "txbxContent",
    "pict",
    "rt",
    "ruby",
]
_trees = st.recursive(
    st.sampled_from(_LEAVES),
    lambda inner: st.tuples(st.sampled_from(_BRANCHES), st.lists(inner, max_size=5)).map(
        lambda made: f"<w:{made[0]}>{''.join(made[1])}</w:{made[0]}>"
    ),
    max_leaves=25,
)


@given(st.lists(_trees, max_size=6))
def test_parts_in_any_disorder_are_read_or_refused(parts: list[str]) -> None:
    why = why_refused(docx("".join(parts)))
    assert not why or "no text" in why
