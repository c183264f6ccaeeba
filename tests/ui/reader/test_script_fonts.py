"""A text gets fonts for the scripts that are in it, and Japanese none for Chinese first."""

from __future__ import annotations

import pytest

from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.script_fonts import families_for
from annotator.ui.reader.view import ReaderView


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("هذه فقرة", "Noto Naskh Arabic"),
        ("זה טקסט", "Noto Serif Hebrew"),
        ("รถราง", "Noto Serif Thai"),
        ("電車は止まります", "Noto Serif CJK JP"),
        ("전차 電車", "Noto Serif CJK KR"),
        ("电车停驶", "Noto Serif CJK SC"),
    ],
)
def test_each_script_has_its_family(text: str, first: str) -> None:
    assert families_for(f"Some words. {text}")[0] == first


@pytest.mark.parametrize("text", ["", "The trams", "Übung – “é”", "Трамваи", "Τραμ"])
def test_what_the_faces_have_needs_no_other_family(text: str) -> None:
    assert families_for(text) == ()


def test_a_script_far_down_a_long_text_is_left_to_qt() -> None:
    assert families_for("é" + "a" * 30_000 + "电车") == ()


def test_the_face_comes_first_and_the_script_before_what_is_general(reader: ReaderView) -> None:
    reader.show_article(ReaderDocument("Words. זה טקסט"))
    families = reader.page.document.defaultFont().families()
    assert families[0] == "Literata"
    assert families.index("Noto Serif Hebrew") < families.index("serif")
