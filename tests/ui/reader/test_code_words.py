"""Code is read by the language that the article names, a little at a time and never without end."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import pytest

from annotator.domain.article import Block, BlockKind
from annotator.ui.reader import code_words
from annotator.ui.reader.code_words import CodeWords, Word

PYTHON = 'def f(x):\n    # why\n    return "a" if x else 3.5\n'


def words_of(code: str, language: str) -> dict[str, str]:
    """The coloured pieces of a piece of code, with their roles; Qt's units must be those of the text."""
    block = Block(BlockKind.CODE, 0, len(code), label=language)
    words = CodeWords()
    assert words.read(block, code, perf_counter() + 10)
    found = words.of(block)
    assert found is not None
    units = code.encode("utf-16-le")
    return {units[2 * at : 2 * (at + length)].decode("utf-16-le"): role for at, length, role in found}


def test_keywords_strings_numbers_names_and_comments_have_colours_of_their_own() -> None:
    assert words_of(PYTHON, "python") == {
        "def": "conflicting",
        "f": "accent",
        "# why": "textSecondary",
        "return": "conflicting",
        '"a"': "supports",
        "if": "conflicting",
        "else": "conflicting",
        "3.5": "refutes",
    }


@pytest.mark.parametrize("name", ["Python", " py ", "PY3"])
def test_a_language_has_several_names(name: str) -> None:
    assert words_of(PYTHON, name) == words_of(PYTHON, "python")


@pytest.mark.parametrize("name", ["", "klingon", "text", "../python", "python; rm"])
def test_a_language_that_is_not_named_or_not_known_is_not_guessed(name: str) -> None:
    assert words_of(PYTHON, name) == {}


def test_words_behind_an_emoji_stand_where_qt_counts_them() -> None:
    assert words_of('let 😀 = "é😀"; // hi', "js") == {
        "let": "conflicting",
        '"é😀"': "supports",
        "// hi": "textSecondary",
    }


def test_only_the_beginning_of_a_very_long_block_is_read() -> None:
    code = "return 1\n" * 4_000
    block = Block(BlockKind.CODE, 0, len(code), label="python")
    words = CodeWords()
    words.read(block, code, perf_counter() + 10)
    last = (words.of(block) or ())[-1]
    assert code_words.MOST_READ - 10 < last.start + last.length <= code_words.MOST_READ


def test_code_with_a_line_without_end_stays_plain() -> None:
    assert words_of("var a=1;" * 200, "js") == {}


def test_reading_stops_at_the_time_said_and_goes_on_from_there() -> None:
    code = "return 1\n" * 50
    block = Block(BlockKind.CODE, 0, len(code), label="python")
    words = CodeWords()
    assert not words.read(block, code, perf_counter() - 1)
    assert words.of(block) is None
    while not words.read(block, code, perf_counter() - 1):
        pass
    found = words.of(block) or ()
    assert len(found) == 100
    assert found[2] == Word(9, 6, "conflicting")


@pytest.mark.parametrize(
    "name", ["csound", "fortranfixed", "nodejsrepl", "psql", "dylan-console", "rconsole"]
)
def test_words_lie_inside_the_code_and_not_over_each_other(name: str) -> None:
    code = '> def f(x):\n    "a" # why\n=> x;;\n' * 20 + "select 'x' from y where \"z\" -- no\n"
    block = Block(BlockKind.CODE, 0, len(code), label=name)
    words = CodeWords()
    assert words.read(block, code, perf_counter() + 10)
    end = 0
    for word in words.of(block) or ():
        assert end <= word.start < word.start + word.length <= len(code)
        end = word.start + word.length


def test_where_a_lexer_fails_the_words_before_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        def get_tokens_unprocessed(self, code: str) -> Iterator[tuple[int, tuple[str, ...], str]]:
            yield 0, ("Keyword",), code[:6]
            raise IndexError(code)

    monkeypatch.setattr(code_words, "_lexer", lambda _name: Failing())
    assert words_of("return 1", "failing") == {"return": "conflicting"}


def test_a_block_gets_no_more_time_than_it_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_words, "MOST_TIME", 0.0)
    code = "return 1\n" * 50
    block = Block(BlockKind.CODE, 0, len(code), label="python")
    words = CodeWords()
    assert words.read(block, code, perf_counter() + 10)
    assert len(words.of(block) or ()) == 1
