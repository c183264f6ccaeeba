"""Families for scripts that the bundled faces lack, in the order in which they are looked for on this computer."""

from __future__ import annotations

import re

_LOOKED_AT = (
    20_000  # characters of a text: what is not among them comes rarely, and Qt finds some font for it
)
# Chinese characters have other shapes in Japanese and Korean; kana or hangul near them tell which are meant.
_SCRIPTS = (
    ("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff]", ("Noto Naskh Arabic", "Geeza Pro", "Traditional Arabic")),
    ("[\u0590-\u05ff]", ("Noto Serif Hebrew", "Noto Sans Hebrew", "New Peninim MT", "David")),
    ("[\u0e01-\u0e5b]", ("Noto Serif Thai", "Thonburi", "Leelawadee UI")),
    ("[\u0900-\u097f]", ("Noto Serif Devanagari", "Kohinoor Devanagari", "Nirmala UI")),
    ("[\u3041-\u30fe]", ("Noto Serif CJK JP", "Noto Serif JP", "Hiragino Mincho ProN", "Yu Mincho")),
    ("[\uac00-\ud7a3]", ("Noto Serif CJK KR", "Noto Serif KR", "AppleMyungjo", "Batang")),
    ("[\u4e00-\u9fff]", ("Noto Serif CJK SC", "Noto Serif SC", "Songti SC", "SimSun", "Noto Sans CJK SC")),
)


def families_for(text: str) -> tuple[str, ...]:
    """The families that a text needs beside a face with Latin, Greek and Cyrillic letters."""
    beginning = text[:_LOOKED_AT]
    if beginning.isascii():
        return ()
    found: list[str] = []
    for letters, families in _SCRIPTS:
        if re.search(letters, beginning):
            found += families
    return tuple(found)
