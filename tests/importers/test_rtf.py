"""RTF: what comes out of the files of several programs, block by block."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.importers.outlines import LONG, marked, shape, texts

from annotator.domain.article import OBJECT, BlockKind, ImportedArticle, MarkKind
from annotator.errors import UnreadableFile
from annotator.importers.base import ImportHints, importer_for
from annotator.importers.rtf.importer import IMPORTER

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0\deflang2057{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fswiss\fcharset204 Arial Cyr;}"
    r"{\f2\fnil\fcharset2 Symbol;}}{\colortbl;\red0\green0\blue0;}"
    r"{\stylesheet{\s0 Normal;}{\s1\sbasedon0\outlinelevel0 heading 1;}{\s2\outlinelevel1 heading 2;}{\s5\sbasedon2 House;}"
    r"{\s9 Quote;}{\s10 Title;}{\s11 Subtitle;}{\*\cs12\additive Verbatim Char;}{\s13 Source Code;}{\s14\outlinelevel3 Clause;}}"
)


def rtf(body: str, head: str = HEAD) -> bytes:
    return (head + "\n" + body + "}").encode("latin-1")


def read(data: bytes, name: str = "a.rtf") -> ImportedArticle:
    return importer_for(name, data).read(data, ImportHints(name))


def why_refused(data: bytes) -> str:
    """What a refusal says, "" when the file is read."""
    try:
        IMPORTER.read(data, ImportHints("a.rtf"))
    except UnreadableFile as refused:
        return refused.what
    return ""


def test_styles_and_outline_levels_say_what_a_paragraph_is() -> None:
    article = read(
        rtf(
            r"\pard\s10 The price of trams\par\pard\s11 Who pays, and when\par\pard\s1\outlinelevel0 One\par"
            r"\pard\s2 Two\par\pard\s5 House\par\pard\s14 Four\par\pard\outlinelevel4 Five\par"
            r"\pard\s9 Quoted\par\pard\s13 if x:\par\par     y = 1\par\pard\plain " + LONG + r"\par"
        )
    )
    assert shape(article) == [
        (BlockKind.HEADING, 1, "", "The price of trams"),
        (BlockKind.STANDFIRST, 0, "", "Who pays, and when"),
        (BlockKind.HEADING, 1, "", "One"),
        (BlockKind.HEADING, 2, "", "Two"),
        (BlockKind.HEADING, 2, "", "House"),
        (BlockKind.HEADING, 4, "", "Four"),
        (BlockKind.HEADING, 5, "", "Five"),
        (BlockKind.QUOTE, 1, "", "Quoted"),
        (BlockKind.CODE, 0, "", "if x:\n\n    y = 1"),
        (BlockKind.PARAGRAPH, 0, "", LONG),
    ]
    assert (article.title, article.subtitle) == ("The price of trams", "Who pays, and when")


def test_looks_end_with_their_group_or_word() -> None:
    article = read(
        rtf(
            r"plain {\b bold {\i both}} not \i slanted\i0  {\super 2}{\sub n}{\strike gone}{\v hidden}"
            r"{\cs12 x=1}{\b\plain normal}\par"
        )
    )
    assert article.text == "plain bold both not slanted 2ngonex=1normal"
    assert marked(article) == [
        (MarkKind.STRONG, "bold both", ""),
        (MarkKind.EMPHASIS, "both", ""),
        (MarkKind.EMPHASIS, "slanted", ""),
        (MarkKind.SUPERSCRIPT, "2", ""),
        (MarkKind.SUBSCRIPT, "n", ""),
        (MarkKind.STRIKE, "gone", ""),
        (MarkKind.CODE, "x=1", ""),
    ]
    assert any("hidden" in warning for warning in article.warnings)


def test_characters_in_every_way_they_are_written() -> None:
    article = read(
        rtf(
            r"caf\'e9 \u8364? \u-10179?\u-8704? {\uc0\u960}{\uc2\u960\'81\'40}x {\f1\'cc\'e8\'f0} {\f2\'61\'b7} a\~b\_c\-d"
            r" \ldblquote q\rdblquote\emdash\{\}\\ e\tab f\line g"
        )
    )
    assert article.text == "café € 😀 ππx Мир α• a\xa0b\u2011cd “q”—{}\\ e\tf\ng"
    cyrillic = read(rb"{\rtf1\ansi\ansicpg1251 \'cc\'e8\'f0 \'ff.}")
    assert cyrillic.text == "Мир я."
    japanese = read(rb"{\rtf1\ansi{\fonttbl\f0\fnil\fcharset128 Mincho;}\f0 \'8es\'8bc\'89\'ef}")
    assert japanese.text == "市議会"


@pytest.mark.parametrize(
    "body",
    [
        # Word
        (
            r"{\listtext\pard\plain\f2 \'b7\tab}\pard\ls1\ilvl0 one\par{\listtext\pard\plain a)\tab}\pard\ilvl1\ls1 two\par"
            r"{\listtext\pard\plain 3.\tab}\pard\ls2 three\par"
        ),
        # LibreOffice
        (
            r"\pard\plain\ilvl0\ls1{\listtext\pard\plain \u8226\'95\tab}{one}\par\pard\ilvl1\ls1{\listtext\pard\plain a)\tab}two"
            r"\par\pard\ls2{\listtext\pard\plain 3.\tab}three\par"
        ),
        # TextEdit ends its paragraphs with a backslash before the line's end.
        (
            "\\pard\\ls1\\ilvl0\\cf0 {\\listtext\t\\uc0\\u8226 \t}one\\\n\\ls1\\ilvl1{\\listtext\ta)\t}two\\\n"
            "\\ls2\\ilvl0{\\listtext\t3.\t}three\\\n"
        ),
        # WordPad; the level is nowhere to be found
        (
            r"\pard{\pntext\f2\'B7\tab}{\*\pn\pnlvlblt\pnf2{\pntxtb\'B7}}one\par{\pntext\f0 a)\tab}\ilvl1 two\par"
            r"\pard{\pntext\f0 3.\tab}three\par"
        ),
        # Pandoc
        (
            r"{\pard\fi-360\li720 \bullet \tx360\tab one\par}{\pard\ilvl1\fi-360 a)\tab two\par}{\pard\fi-360 3.\tab three\par}"
        ),
    ],
)
def test_lists_of_five_programs(body: str) -> None:
    assert shape(read(rtf(body))) == [
        (BlockKind.LIST_ITEM, 1, "•", "one"),
        (BlockKind.LIST_ITEM, 2, "a)", "two"),
        (BlockKind.LIST_ITEM, 1, "3.", "three"),
    ]


def test_paragraphs_moved_in_are_quotes_or_go_on_with_an_item() -> None:
    item = r"{\listtext 1.\tab}\pard\fi-360\li720\ls1 one\par"
    plain = rf"\pard {LONG}\par " * 3
    article = read(rtf(rf"{item}\pard\li720 goes on\par{plain}\pard\li720\ri720 {LONG}\par"))
    assert [(e[0], e[2]) for e in shape(article)] == [
        (BlockKind.LIST_ITEM, "1."),
        (BlockKind.LIST_ITEM, ""),
        *[(BlockKind.PARAGRAPH, "")] * 3,
        (BlockKind.QUOTE, ""),
    ]


def test_tables_keep_the_places_of_their_cells() -> None:
    article = read(
        rtf(
            r"\pard Before.\par\trowd\trhdr\cellx1000\cellx2000\cellx3000\pard\intbl Year\cell Low\cell High\cell\row"
            r"\trowd\cellx2000\cellx3000\pard\intbl wide\cell 9\cell\row"
            r"\trowd\clvmgf\cellx1000\cellx2000\cellx3000\pard\intbl up\cell x\par y\cell\cell\row"
            r"\trowd\clvmrg\cellx1000\cellx2000\cellx3000\pard\intbl\cell p\cell q\cell\row\pard After.\par"
            r"\trowd\cellx1000\cellx2000\intbl {\b Head}\cell{\b Too}\cell\row\intbl a\cell b\cell\row\pard\par"
        )
    )
    cells = [b for b in article.blocks if b.kind is BlockKind.CELL]
    assert [(b.table, b.row, b.column, b.header, article.text[b.start : b.end]) for b in cells] == [
        (0, 0, 0, True, "Year"),
        (0, 0, 1, True, "Low"),
        (0, 0, 2, True, "High"),
        (0, 1, 0, False, "wide"),
        (0, 1, 2, False, "9"),
        (0, 2, 0, False, "up"),
        (0, 2, 1, False, "x\ny"),
        (0, 2, 2, False, ""),
        (0, 3, 1, False, "p"),
        (0, 3, 2, False, "q"),
        (1, 0, 0, True, "Head"),
        (1, 0, 1, True, "Too"),
        (1, 1, 0, False, "a"),
        (1, 1, 1, False, "b"),
    ]
    assert texts(article)[0] == "Before."
    assert "After." in texts(article)


def test_notes_fields_comments_and_changes() -> None:
    article = read(
        rtf(
            r"Trams{\super\chftn{\footnote\pard\plain {\super\chftn} A {\i good} note.\par More.}} are "
            r"{\deleted slow}{\revised fast}{\super\chftn{\*\footnote\chftn\pard\plain Last.}}.\par "
            r'{\field{\*\fldinst{HYPERLINK "https://a.example/?x=1"}}{\fldrslt{\ul out}}} and '
            r'{\field{\*\fldinst HYPERLINK "C:\\\\x.doc"}{\fldrslt local}} on {\field{\*\fldinst PAGEREF a}{\fldrslt 12}}.\par '
            r"The {\*\atrfstart 7}old ones{\*\atrfend 7}{\*\atnid AL}{\*\atnauthor Ann Lee}\chatn{\*\annotation{\*\atnref 7}"
            r"\pard Which?\par} go.\par"
        )
    )
    assert shape(article) == [
        (BlockKind.PARAGRAPH, 0, "", "Trams1 are fast2."),
        (BlockKind.PARAGRAPH, 0, "", "out and local on 12."),
        (BlockKind.PARAGRAPH, 0, "", "The old ones go."),
        (BlockKind.NOTE, 0, "1", "A good note."),
        (BlockKind.NOTE, 0, "", "More."),
        (BlockKind.NOTE, 0, "2", "Last."),
    ]
    assert marked(article) == [
        (MarkKind.NOTE_REF, "1", "1"),
        (MarkKind.NOTE_REF, "2", "2"),
        (MarkKind.LINK, "out", "https://a.example/?x=1"),
        (MarkKind.EMPHASIS, "good", ""),
    ]
    assert article.extra["comments"] == [
        {"author": "Ann Lee", "date": "", "quote": "old ones", "text": "Which?"}
    ]


def test_what_is_no_text_of_the_article_is_left_out() -> None:
    article = read(
        rtf(
            r"{\header Head 1}{\footer Foot}{\*\generator Some Program 7;}{\*\unknown words}"
            + LONG
            + r"\par "
            r"{\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv A tram}}}\pngblip 89504e47}}{\nonshppict{\pict 0101}}\par "
            r"{\pict\wmetafile8 " + "00ff" * 50 + r"}\par "
            r"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt\pard In a box.\par}}{\shprslt In a box.}}Here.\par "
            r"{\field{\*\fldinst TOC \\\\o}{\fldrslt One 1\par Two 2\par}}End {\bin5 }}}}}of it.\par"
        )
    )
    assert texts(article) == [LONG, OBJECT, OBJECT, "In a box.", "Here.", "End of it."]
    assert [value for kind, _, value in marked(article) if kind is MarkKind.IMAGE] == ["A tram", ""]
    assert any("contents" in warning for warning in article.warnings)


def test_the_files_own_word_becomes_metadata_and_languages_are_kept() -> None:
    info = (
        r"{\info{\title Tr\'e4ume \u8211? und Trams}{\author Ann Lee; Bo Chan}{\creatim\yr2026\mo3\dy1\hr9\min5}"
        r"{\keywords trams}{\operator Typist}}"
    )
    article = read(rtf(info + rf"\lang2057 {LONG}\par {LONG}\par{{\lang1031 Der Rat tagte lange.}}\par"))
    assert (article.title, article.authors) == ("Träume – und Trams", ("Ann Lee", "Bo Chan"))
    assert (article.language, [b.language for b in article.blocks]) == ("en-GB", ["", "", "", "de-DE"])
    assert (article.extra["created"], article.extra["keywords"]) == ("2026-03-01T09:05", "trams")


def test_a_file_that_ends_too_early_is_read_as_far_as_it_goes() -> None:
    article = read(rtf(LONG + r"\par {\b and {\i then")[:-1])
    assert texts(article) == [LONG, "and then"]
    assert any("ends in the middle" in warning for warning in article.warnings)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"just text", "no RTF"),
        (rb"{\rtf1\ansi }", "no text"),
        (b"{\\rtf1 " + b"{" * 20_000 + b"x", "too deep"),
    ],
)
def test_what_is_no_readable_file_is_refused_with_a_reason(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as caught:
        IMPORTER.read(data, ImportHints("a.rtf"))
    assert caught.value.kept
    assert caught.value.todo


def test_every_word_of_a_long_file_is_there_in_order() -> None:
    words = [f"word{number}" for number in range(4000)]
    parts = [" ".join(words[start : start + 20]) for start in range(0, len(words), 20)]
    body = "".join(
        rf"\trowd\cellx1000\cellx2000\pard\intbl {part[:60]}\cell{part[60:]}\cell\row\pard "
        if number % 7 == 0 and part[60] == " "
        else rf"{{\listtext {number}.\tab}}\pard\ls1 {part}\par\pard "
        if number % 5 == 0
        else rf"{part[:40]}{{\i {part[40:]}}}\par "
        for number, part in enumerate(parts)
    )
    assert read(rtf(body)).text.split() == words


SAMPLE = rtf(
    r"{\info{\title T}}\pard\s1 One\par{\listtext\'b7\tab}\ls1 item\par a{\super\chftn{\footnote note}}\u233?\par"
    r"\trowd\cellx1000\cellx2000\intbl x\cell y\cell\row\pard{\field{\*\fldinst HYPERLINK x}{\fldrslt y}}"
)


@given(st.lists(st.tuples(st.integers(6, len(SAMPLE) - 1), st.integers(0, 255)), min_size=1, max_size=20))
def test_a_damaged_file_is_read_or_refused(damage: list[tuple[int, int]]) -> None:
    data = bytearray(SAMPLE)
    for place, byte in damage:
        data[place] = byte
    why = why_refused(bytes(data))
    assert not why or "no text" in why


_SIGNS = [
    "{", "}", "words ", r"\par ", r"\cell ", r"\row ", r"\trowd ", r"\cellx5 ", r"\cellx-999999999 ", r"\intbl ", r"\pard ",
    r"\footnote ", r"\*", r"\annotation ", r"\atrfstart ", r"\atrfend ", r"\u55357?", r"\u-1 ", r"\uc999 ", r"\'8", r"\'ff",
    r"\bin99 ", r"\bin-5 ", r"\fonttbl ", r"\f9999999999 ", r"\ansicpg99999 ", r"\stylesheet ", r"\s1\sbasedon1 ", r"\info ",
    r"\fldinst ", r"\fldrslt ", r"\listtext ", r"\pict ", r"\shptxt ", "\\", "\x00", r"\lang1 ", r"\creatim\yr-4 ", r"\ilvl-9 ",
    r"\fi-1 ", r"\outlinelevel-3 ", r"\ansicpg1200 ", r"\ansicpg65000 ", r"\ansicpg37 ", r"\title ",
]  # fmt: skip


@given(st.lists(st.sampled_from(_SIGNS), max_size=60))
def test_signs_in_any_disorder_are_read_or_refused(signs: list[str]) -> None:
    why = why_refused(("{\\rtf1 " + "".join(signs)).encode("latin-1"))
    assert not why or "no text" in why
