from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from annotator.ui.offsets import OffsetMap

PIECES = st.sampled_from(
    [
        "a",
        "word ",
        "é",
        "e\u0301",
        "😀",
        "👩\u200d👩\u200d👧",
        "🇩🇪",
        "שלום",
        "مرحبا",
        "𠀀",
        "𪜶",
        "\n",
        "\t",
        "\u00a0",
        "…",
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS)
def test_every_offset_goes_to_qt_and_back(text: str) -> None:
    offsets = OffsetMap(text)
    for offset in range(len(text) + 1):
        assert offsets.to_qt(offset) == utf16(text[:offset])
        assert offsets.to_text(offsets.to_qt(offset)) == offset


@given(TEXTS)
def test_a_position_inside_a_character_snaps_to_its_start(text: str) -> None:
    offsets = OffsetMap(text)
    for offset, character in enumerate(text):
        if character > "\uffff":
            assert offsets.to_text(offsets.to_qt(offset) + 1) == offset


@given(TEXTS)
def test_positions_are_those_of_a_qt_document(text: str) -> None:
    document = QTextDocument()
    document.setPlainText(text)
    offsets = OffsetMap(text)
    for offset, character in enumerate(text):
        cursor = QTextCursor(document)
        cursor.setPosition(offsets.to_qt(offset))
        cursor.setPosition(offsets.to_qt(offset + 1), QTextCursor.MoveMode.KeepAnchor)
        selected = cursor.selectedText()
        assert selected.replace("\u2029", "\n").replace("\u00a0", " ") == character.replace("\u00a0", " ")


@given(
    TEXTS,
    st.lists(st.tuples(st.integers(0, 80), st.integers(1, 3)), max_size=4, unique_by=lambda pair: pair[0]),
)
def test_places_that_qt_owns_are_skipped(text: str, drawn: list[tuple[int, int]]) -> None:
    own = sorted((offset, count) for offset, count in drawn if offset < len(text))
    offsets = OffsetMap(text, own)
    owned: set[int] = set()
    position = 0
    counts = dict(own)
    for offset, character in enumerate(text):
        for _ in range(counts.get(offset, 0)):
            owned.add(position)
            position += 1
        assert offsets.to_qt(offset) == position
        assert offsets.to_text(position) == offset
        position += utf16(character)
    for place in owned:
        before = max((o for o in range(len(text)) if offsets.to_qt(o) < place), default=0)
        assert offsets.to_text(place) == before


@pytest.mark.parametrize("text", ["", "plain", "Grüße “quoted” – שלום"])
def test_a_text_without_wide_characters_maps_onto_itself(text: str) -> None:
    assert OffsetMap(text).is_plain


def test_a_text_with_wide_characters_does_not() -> None:
    assert not OffsetMap("a😀").is_plain
