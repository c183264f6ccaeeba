"""Finding words and patterns: what is the same to a reader is found, at the right offsets, in bounded time."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.article import Block, BlockKind, clean_text
from annotator.domain.finding import Finder, Query, _fold, _Folded, _Mode
from annotator.errors import InvalidValue

PECULIAR = 'aAbBsSiIßẞéÉeİıſﬁŉǰΣσςñ\u0301\u0308\u00ad\u200d👩💻👍🏽אבּגع中がか’"- \n'
texts = st.text(alphabet=PECULIAR, max_size=40).map(clean_text)


def blocks_of(text: str) -> list[Block]:
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(Block(BlockKind.PARAGRAPH, start, start + len(line)))
        start += len(line) + 1
    return blocks


def found(text: str, words: str, **how: bool) -> list[str]:
    places = [span for some in Finder(text, blocks_of(text)).find(Query(words, **how)) for span in some]
    return [text[span.start : span.end] for span in places]


@pytest.mark.parametrize(
    ("text", "words", "hits"),
    [
        ("Harbour and harbour", "HARBOUR", ["Harbour", "harbour"]),
        ("Die Straße, die STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("Die Straße, die STRASSE", "straße", ["Straße", "STRASSE"]),
        ("Straße", "s", ["S"]),
        (
            "İstanbul, istanbul, ISTANBUL, ıstanbul",
            "istanbul",
            ["İstanbul", "istanbul", "ISTANBUL", "ıstanbul"],
        ),
        ("İzmir izmir", "İZMİR", ["İzmir", "izmir"]),
        ("a résumé, a resume", "resume", ["résumé", "resume"]),
        ("a résumé, a resume", "RÉSUMÉ", ["résumé"]),
        ("a résumé", "re\u0301sume\u0301", ["résumé"]),
        ("ΟΔΥΣΣΕΥΣ Οδυσσεύς", "οδυσσευς", ["ΟΔΥΣΣΕΥΣ", "Οδυσσεύς"]),
        ("it’s — “so”", 'it\'s - "so"', ["it’s — “so”"]),
        ("har\u00adbour", "harbour", ["har\u00adbour"]),
        ("שָׁלוֹם שלום", "שלום", ["שָׁלוֹם", "שלום"]),
        ("かがか", "か", ["か", "か"]),
        ("👩‍👩‍👧 at 👍🏽 work 𠀀𠀁", "work 𠀀", ["work 𠀀"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("one two", " ", []),
        ("one two", "", []),
    ],
)
def test_words_are_found_as_people_read_them(text: str, words: str, hits: list[str]) -> None:
    assert found(text, words) == hits


def test_with_case_only_what_is_written_so() -> None:
    assert found("Harbour harbour Hárbour", "Harbour", match_case=True) == ["Harbour"]
    assert found("Straße STRASSE", "strasse", match_case=True) == []
    assert found("x\u0302 x", "x", match_case=True) == ["x"]  # a letter isn't torn from its accent


@pytest.mark.parametrize(
    ("text", "words", "hits"),
    [
        ("Port, ports, port_1, sport, (port)", "port", ["Port", "port"]),
        ("in the café’s cafés", "cafe", ["café"]),
        ("港口很大", "港口", ["港口"]),
        ("C++ and C", "c++", ["C++"]),
    ],
)
def test_whole_words(text: str, words: str, hits: list[str]) -> None:
    assert found(text, words, whole_words=True) == hits


def test_a_pattern_sees_one_block_at_a_time() -> None:
    text = "18 percent\nabout 7 percent\nperhaps"
    assert found(text, r"\d+ percent", pattern=True) == ["18 percent", "7 percent"]
    assert found(text, r"^\w+", pattern=True) == ["18", "about", "perhaps"]
    assert found(text, r"PERCENT$", pattern=True) == ["percent", "percent"]
    assert found(text, r"PERCENT", pattern=True, match_case=True) == []
    assert found(text, r"x*", pattern=True) == []
    assert found("cat concat", "cat|con", pattern=True, whole_words=True) == ["cat"]


@pytest.mark.parametrize("pattern", ["(", "[a", "*", "a{2,1}", "(" * 600 + ")" * 600, "a" * 2000, "\\"])
def test_what_is_no_pattern_is_said_at_once(pattern: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        Finder("text", blocks_of("text")).find(Query(pattern, pattern=True))
    assert caught.value.what


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(?R)", "(.*a){20}b"])
def test_no_pattern_takes_long(pattern: str) -> None:
    text = "a" * 5000 + "!"
    start = time.perf_counter()
    with pytest.raises(TimeoutError):
        for _ in Finder(text, blocks_of(text)).find(Query(pattern, pattern=True)):
            pass
    assert time.perf_counter() - start < 2


@given(texts, st.sampled_from(list(_Mode)))
def test_every_place_of_a_folded_text_leads_back(text: str, mode: _Mode) -> None:
    folded = _Folded(text, mode)
    assert folded.text == "".join(_fold(each, mode) for each in text)
    at = 0
    for offset, each in enumerate(text):
        size = len(_fold(each, mode))
        if size:
            assert folded._offset(at) == offset
            assert all(folded._offset(at + inside) is None for inside in range(1, size))
        at += size


@given(texts, st.data())
def test_what_is_in_the_text_is_found_there(text: str, data: st.DataObject) -> None:
    whole = [n for n in range(len(text) + 1) if n == len(text) or not unicodedata.combining(text[n])]
    start, end = sorted(data.draw(st.tuples(st.sampled_from(whole), st.sampled_from(whole))))
    words = text[start:end]
    query = Query(words, match_case=data.draw(st.booleans()))
    (places,) = Finder(text, blocks_of(text)).find(query)
    mode = _Mode.EXACT if query.match_case else _Mode.CASELESS
    wanted = "".join(_fold(each, mode) for each in words)
    if not wanted.strip():
        return
    assert all(before.end <= after.start for before, after in pairwise(places))
    assert any(span.start < end and span.end > start for span in places), (text, words)
