from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextTable

from annotator.domain.article import Block, BlockKind, Mark, MarkKind, TextBuilder
from annotator.ui.reader.document import BuiltDocument, Layout, ReaderDocument, build_document
from annotator.ui.reader.styles import ReadingType
from annotator.ui.theme import Theme, ThemeManager

LAYOUT = Layout(74, 660, 24)


def built_from(builder: TextBuilder) -> tuple[BuiltDocument, ReaderDocument]:
    source = ReaderDocument(builder.text, tuple(builder.blocks))
    return build_document(source, Theme.load("light"), ReadingType(), LAYOUT), source


def assert_every_block_is_in_place(built: BuiltDocument, source: ReaderDocument) -> None:
    for block in source.blocks:
        start = built.offsets.to_qt(block.start)
        shown = built.document.findBlock(start)
        local = start - shown.position()
        length = built.offsets.to_qt(block.end) - start
        units = shown.text().encode("utf-16-le")[2 * local : 2 * (local + length)].decode("utf-16-le")
        assert units.replace("\u2028", "\n") == source.text[block.start : block.end]


WORDS = st.sampled_from(["tram", "Übung", "😀 smile", "שלום", "𠀀", "two\nlines", "e\u0301", "a\u00a0b"])
PLAIN = st.builds(lambda words: ("text", " ".join(words)), st.lists(WORDS, min_size=1, max_size=4))
TABLE = st.builds(
    lambda rows, columns, words: ("table", (rows, columns, words)),
    st.integers(1, 3),
    st.integers(1, 3),
    st.lists(WORDS, min_size=9, max_size=9),
)


def build(parts: list[tuple[str, object]]) -> TextBuilder:
    builder = TextBuilder()
    for number, (kind, value) in enumerate(parts):
        if kind == "text":
            builder.add(BlockKind.CODE, str(value))
            continue
        rows, columns, words = value
        for row in range(rows):
            for column in range(columns):
                builder.add(BlockKind.CELL, words[row * 3 + column], table=number, row=row, column=column)
    return builder


@given(st.lists(st.one_of(PLAIN, TABLE), min_size=1, max_size=6))
def test_every_block_stands_where_the_offsets_say(parts: list[tuple[str, object]]) -> None:
    built, source = built_from(build(parts))
    assert_every_block_is_in_place(built, source)


def test_a_table_becomes_a_qt_table(themes: ThemeManager) -> None:
    built, _ = built_from(build([("text", "before"), ("table", (2, 3, list("abcdefghi")))]))
    tables = [frame for frame in built.document.rootFrame().childFrames() if isinstance(frame, QTextTable)]
    assert [(table.rows(), table.columns()) for table in tables] == [(2, 3)]


def test_a_huge_table_becomes_rows_of_text(themes: ThemeManager) -> None:
    builder = TextBuilder()
    for row in range(401):
        for column in range(10):
            builder.add(BlockKind.CELL, f"{row}.{column}", table=0, row=row, column=column)
    built, source = built_from(builder)
    assert built.document.rootFrame().childFrames() == []
    assert built.document.blockCount() == 401
    assert_every_block_is_in_place(built, source)


def test_marks_and_kinds_change_only_their_own_characters(themes: ThemeManager) -> None:
    builder = TextBuilder()
    builder.add(BlockKind.HEADING, "Title", level=1)
    builder.add(BlockKind.PARAGRAPH, "plain bold plain", [Mark(MarkKind.STRONG, 6, 10)])
    builder.add(BlockKind.PARAGRAPH, "after")
    built, _ = built_from(builder)
    block = built.document.findBlockByNumber(1)
    fragments = []
    it = block.begin()
    while not it.atEnd():
        fragments.append((it.fragment().text(), it.fragment().charFormat().fontWeight() >= 700))
        it += 1
    assert fragments == [("plain ", False), ("bold", True), (" plain", False)]
    last = built.document.findBlockByNumber(2)
    assert last.blockFormat().lineHeight() == 31
    assert last.blockFormat().bottomMargin() == 18


def test_a_text_without_structure_is_read_line_by_line() -> None:
    assert [(b.start, b.end) for b in ReaderDocument("one\n\ntwo").blocks] == [(0, 3), (4, 4), (5, 8)]


def test_the_header_is_the_title_and_its_standfirst() -> None:
    title, stand = Block(BlockKind.HEADING, 0, 1, level=1), Block(BlockKind.STANDFIRST, 2, 3)
    text = Block(BlockKind.PARAGRAPH, 4, 5)
    assert ReaderDocument("a\nb\nc", (title, stand, text)).header_end == 2
    assert ReaderDocument("a\nb\nc", (title, text)).header_end == 1
    assert ReaderDocument("a\nb\nc", (text,)).header_end == 0


def test_a_plain_text_has_no_colours_that_a_theme_must_change(themes: ThemeManager) -> None:
    plain = build_document(ReaderDocument("one\ntwo"), themes.theme, ReadingType(), LAYOUT)
    linked = build_document(
        ReaderDocument(
            "one", (Block(BlockKind.PARAGRAPH, 0, 3, marks=(Mark(MarkKind.LINK, 0, 3, "https://a.b"),)),)
        ),
        themes.theme,
        ReadingType(),
        LAYOUT,
    )
    assert not plain.themed
    assert linked.themed
