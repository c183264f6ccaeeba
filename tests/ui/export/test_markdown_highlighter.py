"""Colours of Markdown source."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QTextCharFormat, QTextDocument

from annotator.ui.export.highlighter import MarkdownHighlighter, words_and_lines
from annotator.ui.theme import Theme, ThemeManager

LIGHT = Theme.load("light")


class Source:
    """A highlighted document; `at` gives the format of the first place where some words stand."""

    def __init__(self, text: str) -> None:
        self.document = QTextDocument()
        self.document.setPlainText(text)
        self.highlighter = MarkdownHighlighter(self.document, LIGHT)

    def at(self, words: str) -> QTextCharFormat:
        cursor = self.document.find(words)
        block, place = cursor.block(), cursor.selectionStart() - cursor.block().position()
        for run in block.layout().formats():
            if run.start <= place < run.start + run.length:
                return QTextCharFormat(run.format)
        return QTextCharFormat()

    def role(self, words: str) -> str:
        color = self.at(words).foreground().color().name()
        found = [
            role
            for role in ("accent", "supports", "conflicting", "refutes", "textMuted")
            if LIGHT.css(role) == color
        ]
        return found[0] if found else ""


TEXT = """---
title: A title
---

# A heading

> A quote with **bold words**

Plain *slanted* and **heavy** words[^c4] and `code *kept*` [@vto2025, p. 14] here.

```python
# no heading
```

after the fence

[^c4]: The note
"""


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("title:", "textMuted"),
        ("A title", ""),
        ("A heading", "accent"),
        ("A quote", "supports"),
        ("[^c4]", "conflicting"),
        ("[@vto", "conflicting"),
        ("code *kept", "refutes"),
        ("# no heading", "refutes"),
        ("after the fence", ""),
    ],
)
def test_each_part_has_its_colour(themes: ThemeManager, words: str, role: str) -> None:
    assert Source(TEXT).role(words) == role


def test_emphasis_is_slanted_and_strong_is_heavy_and_code_is_neither(themes: ThemeManager) -> None:
    source = Source(TEXT)
    assert source.at("slanted").fontItalic()
    assert source.at("heavy").fontWeight() == QFont.Weight.Bold
    assert source.at("bold words").fontWeight() == QFont.Weight.Bold
    assert source.role("bold words") == "supports"
    assert not source.at("kept").fontItalic()


def test_characters_beyond_the_first_plane_do_not_shift_the_colours(themes: ThemeManager) -> None:
    source = Source("🚋🚋 *slanted* plain")
    assert source.at("slanted").fontItalic()
    assert not source.at("plain").fontItalic()


def test_escaped_stars_are_no_emphasis(themes: ThemeManager) -> None:
    assert not Source(r"a \*kept\* star").at("kept").fontItalic()


def test_a_fence_ends_only_at_its_own_kind(themes: ThemeManager) -> None:
    source = Source("~~~\n```\n# inside\n~~~\n# outside")
    assert source.role("# inside") == "refutes"
    assert source.role("# outside") == "accent"


def test_a_rule_further_down_is_no_front_matter(themes: ThemeManager) -> None:
    source = Source("text\n\n---\nkey: value")
    assert source.role("key: value") == ""


def test_a_very_long_line_of_stars_is_coloured_in_reasonable_time(themes: ThemeManager) -> None:
    source = Source("**a *b " * 2000)
    assert source.document.blockCount() == 1


def test_words_and_lines_count_what_people_would_count() -> None:
    assert words_and_lines("# Two words\n\n> - and **three more**\n") == (5, 3)
    assert words_and_lines("") == (0, 0)
