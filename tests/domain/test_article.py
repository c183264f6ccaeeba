"""The canonical text and its blocks."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.article import (
    MAX_BLOCK,
    Block,
    BlockKind,
    Mark,
    MarkKind,
    TextBuilder,
    blocks_from_json,
    blocks_to_json,
    clean_text,
    direction_of,
    text_digest,
    word_count,
)
from annotator.errors import InvalidValue

ANY_TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from("\r\n\t\u2028\ufeff\u0301\u00a0\u200d\u200f\x00\ufffe")),
    max_size=60,
)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc\u2028d\u2029e\x85f", "a\nb\nc\nd\ne\nf"),
        ("\ufeffa\x00b\x07c\ud800d\uffffe\U0001fffff", "abcdef"),
        ("e\u0301", "é"),
        ("“a” – b\u00a0c\td", "“a” – b\u00a0c\td"),
        ("👩\u200d👩\u200d👧 \u200fשלום", "👩\u200d👩\u200d👧 \u200fשלום"),
    ],
)
def test_cleaning(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@given(ANY_TEXT)
def test_cleaning_twice_is_cleaning_once_and_the_result_can_be_stored(raw: str) -> None:
    clean = clean_text(raw)
    assert clean_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert text_digest(clean) == text_digest(clean.encode().decode())


@pytest.mark.parametrize(
    ("text", "direction"),
    [("12 – abc", ""), ("(שלום) abc", "rtl"), ("«مرحبا»", "rtl"), ("123", ""), ("", "")],
)
def test_the_first_strong_character_gives_the_direction(text: str, direction: str) -> None:
    assert direction_of(text) == direction


def test_cells_of_a_row_are_parted_by_tabs_and_everything_else_by_line_feeds() -> None:
    builder = TextBuilder()
    builder.add(BlockKind.HEADING, " Title ", level=1)
    for row in range(2):
        for column in range(2):
            builder.add(BlockKind.CELL, f"{row}{column}", table=0, row=row, column=column)
    builder.add(BlockKind.RULE, "")
    builder.add(BlockKind.PARAGRAPH, "end")
    assert builder.text == "Title\n00\t01\n10\t11\n\nend"


def test_blank_blocks_are_dropped_but_for_rules_and_cells() -> None:
    builder = TextBuilder()
    builder.add(BlockKind.PARAGRAPH, " \n\ufeff")
    builder.add(BlockKind.CELL, "", table=0)
    builder.add(BlockKind.RULE, "")
    assert [block.kind for block in builder.blocks] == [BlockKind.CELL, BlockKind.RULE]


def test_marks_move_with_the_text_that_is_trimmed_and_cleaned() -> None:
    builder = TextBuilder()
    builder.add(BlockKind.PARAGRAPH, "first")
    builder.add(
        BlockKind.PARAGRAPH,
        "  \ufeffe\u0301t bold  ",
        [Mark(MarkKind.STRONG, 7, 11), Mark(MarkKind.EMPHASIS, 0, 2)],
    )
    (mark,) = builder.blocks[1].marks
    assert builder.text[mark.start : mark.end] == "bold"


def test_code_keeps_the_space_at_its_edges() -> None:
    builder = TextBuilder()
    builder.add(BlockKind.CODE, "    indented\n\n")
    assert builder.text == "    indented"


def test_a_long_paragraph_is_split_at_spaces_and_its_marks_with_it() -> None:
    builder = TextBuilder()
    text = "word " * 9000
    builder.add(BlockKind.PARAGRAPH, text, [Mark(MarkKind.EMPHASIS, 0, len(text))])
    assert builder.text.split() == text.split()
    assert len(builder.blocks) > 2
    for block in builder.blocks:
        assert block.end - block.start <= MAX_BLOCK
        assert [(mark.start, mark.end) for mark in block.marks] == [(block.start, block.end)]


def test_a_long_word_is_never_cut_within_a_character() -> None:
    builder = TextBuilder()
    builder.add(BlockKind.PARAGRAPH, "👩\u200d👩\u200d👧" * 9000)
    assert not any(builder.text[block.start] in "\u200d\ufe0f" for block in builder.blocks)
    assert builder.text.replace("\n", "") == "👩\u200d👩\u200d👧" * 9000


KINDS = st.sampled_from(list(BlockKind))
MARKS = st.lists(
    st.tuples(st.sampled_from(list(MarkKind)), st.integers(0, 60), st.integers(0, 60)), max_size=3
)


@given(st.lists(st.tuples(KINDS, ANY_TEXT, MARKS, st.integers(0, 3), st.text(max_size=3)), max_size=8))
def test_blocks_tile_the_text_marks_lie_in_them_and_both_come_back_from_json(
    parts: list[tuple[BlockKind, str, list[tuple[MarkKind, int, int]], int, str]],
) -> None:
    builder = TextBuilder()
    for kind, raw, marks, level, label in parts:
        builder.add(
            kind, raw, [Mark(*mark, label) for mark in marks], level=level, label=label, row=level, table=0
        )
    at = 0
    for block in builder.blocks:
        assert block.start == at
        assert builder.text[block.end : block.end + 1] in ("\n", "\t", "")
        assert all(block.start <= mark.start < mark.end <= block.end for mark in block.marks)
        at = block.end + 1
    assert at == (len(builder.text) + 1 if builder.blocks else 0)
    assert blocks_from_json(blocks_to_json(builder.blocks)) == tuple(builder.blocks)


@pytest.mark.parametrize(
    "stored",
    ["{", "[[1]]", '[[1,"no-kind",{}]]', '[[1,"code",{"zz":1}]]', '["x"]', '[[1,"code",{},[["no",0,1]]]]'],
)
def test_damaged_structure_is_said(stored: str) -> None:
    with pytest.raises(InvalidValue, match="damaged"):
        blocks_from_json(stored)


def test_a_plain_paragraph_is_stored_as_its_length() -> None:
    assert blocks_to_json([Block(BlockKind.PARAGRAPH, 0, 5), Block(BlockKind.PARAGRAPH, 6, 8)]) == "[5,2]"


def test_words_are_counted() -> None:
    assert word_count("one two\tthree\n\nfour") == 4


@given(ANY_TEXT, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_marks_move_with_their_words_when_the_text_around_them_is_cleaned(
    raw: str, places: list[tuple[int, int]]
) -> None:
    marks = [
        Mark(MarkKind.STRONG, min(a, b, len(raw)), min(max(a, b), len(raw)), str(n))
        for n, (a, b) in enumerate(places)
    ]
    builder = TextBuilder()
    builder.add(BlockKind.CODE, raw, marks)
    for block in builder.blocks:
        end = len(clean_text(raw).rstrip("\n"))
        for mark in block.marks:
            given_mark = marks[int(mark.value)]
            assert mark.start == min(len(clean_text(raw[: given_mark.start])), end)
            assert mark.end == min(len(clean_text(raw[: given_mark.end])), end)


def test_many_marks_in_a_text_that_has_to_be_cleaned_take_no_quadratic_time() -> None:
    raw = "word e\u0301 " * 20_000
    marks = [Mark(MarkKind.STRONG, at * 8, at * 8 + 4) for at in range(20_000)]
    builder = TextBuilder()
    began = time.process_time()
    builder.add(BlockKind.PARAGRAPH, raw, marks)
    assert time.process_time() - began < 10  # it took minutes
    assert sum(len(block.marks) for block in builder.blocks) >= 20_000
