"""Sentences, words and paragraphs as ranges."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.article import Block, BlockKind, Mark, MarkKind, TextBuilder
from annotator.domain.selectors import TextSpan
from annotator.domain.sentences import block_index, sentence_at, sentences_of, widen, word_at


def built(*paragraphs: str, kind: BlockKind = BlockKind.PARAGRAPH) -> tuple[str, Sequence[Block]]:
    builder = TextBuilder()
    for paragraph in paragraphs:
        builder.add(kind, paragraph)
    return builder.text, builder.blocks


def texts(text: str, block: Block) -> list[str]:
    return [text[start:end] for start, end in sentences_of(text, block)]


def test_abbreviations_initials_and_numbers_end_no_sentence() -> None:
    text, blocks = built("Dr. Lee paid 2.30 crowns. J. R. Adeyemi did not! “Why?” asked nobody.")
    assert texts(text, blocks[0])[:2] == ["Dr. Lee paid 2.30 crowns.", "J. R. Adeyemi did not!"]


@pytest.mark.parametrize("kind", [BlockKind.CODE, BlockKind.CELL, BlockKind.HEADING])
def test_code_cells_and_headings_are_one_sentence(kind: BlockKind) -> None:
    text, blocks = built("One. Two. Three.", kind=kind)
    assert texts(text, blocks[0]) == ["One. Two. Three."]


def test_an_empty_block_has_no_sentence() -> None:
    assert sentences_of("", Block(BlockKind.RULE, 0, 0)) == []


def test_the_separator_belongs_to_the_block_before() -> None:
    _, blocks = built("ab", "cd")
    assert [block_index(blocks, offset) for offset in range(6)] == [0, 0, 0, 1, 1, 1]


def test_the_sentence_and_word_at_a_place() -> None:
    text, blocks = built("First one. Second one.", "Third’s here.")
    assert sentence_at(text, blocks, 3) == TextSpan(0, 10)
    assert sentence_at(text, blocks, 10) == TextSpan(0, 10)
    assert sentence_at(text, blocks, 12) == TextSpan(11, 22)
    assert word_at(text, blocks, 25) == TextSpan(23, 30)
    assert word_at(text, blocks, 5) == TextSpan(6, 9)
    assert word_at(text, blocks, 22) == TextSpan(22, 22)


def test_widening_goes_from_word_to_sentence_to_paragraph_and_stops() -> None:
    text, blocks = built("First one. Second one.", "Third.")
    word = widen(text, blocks, TextSpan(12, 12), from_word=True)
    sentence = widen(text, blocks, word)
    paragraph = widen(text, blocks, sentence)
    assert [text[start:end] for start, end in (word, sentence, paragraph)] == [
        "Second", "Second one.", "First one. Second one.",
    ]  # fmt: skip
    assert widen(text, blocks, paragraph) == paragraph
    assert widen(text, blocks, TextSpan(12, 12)) == sentence


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40), min_size=1, max_size=3
    ),
    st.data(),
)
def test_any_text_has_ordered_sentences_without_space_at_their_edges(
    paragraphs: list[str], data: st.DataObject
) -> None:
    text, blocks = built(*paragraphs, "End.")
    for block in blocks:
        at = block.start
        for start, end in sentences_of(text, block):
            assert at <= start < end <= block.end
            assert text[at:start].strip() == ""
            at = end
        assert text[at : block.end].strip() == ""
    offset = data.draw(st.integers(0, len(text)))
    span = widen(text, blocks, TextSpan(offset, offset))
    assert span.start <= offset <= span.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("費用は減少した。本当か？", ["費用は減少した。", "本当か？"]),
        ("「本当だ。」と言った。次の文。", ["「本当だ。」と言った。", "次の文。"]),
        ("هل هذا صحيح؟ نعم.", ["هل هذا صحيح؟", "نعم."]),
        ("वह आया। वह गया।", ["वह आया।", "वह गया।"]),
    ],
)
def test_the_full_stops_of_other_scripts_end_a_sentence(text: str, expected: list[str]) -> None:
    whole, blocks = built(text)
    assert texts(whole, blocks[0]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It ends in a footnote.1 It goes on.", ["It ends in a footnote.1", "It goes on."]),
        ("It ends in a footnote1. It goes on.", ["It ends in a footnote1.", "It goes on."]),
        ("“It ends so.”1 It goes on.", ["“It ends so.”1", "It goes on."]),
        ("In the middle,1 it goes on. Then more.", ["In the middle,1 it goes on.", "Then more."]),
        ("費用は減少した。1本当か？", ["費用は減少した。1", "本当か？"]),
        ("1 It begins so. It goes on.", ["1 It begins so.", "It goes on."]),
        ("1", ["1"]),
    ],
)
def test_the_figure_of_a_footnote_splits_no_sentence_and_stays_with_the_one_before(
    text: str, expected: list[str]
) -> None:
    at = text.index("1")
    block = Block(BlockKind.PARAGRAPH, 0, len(text), marks=(Mark(MarkKind.NOTE_REF, at, at + 1, "1"),))
    assert texts(text, block) == expected
