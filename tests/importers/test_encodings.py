"""Bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.article import clean_text
from annotator.errors import UnreadableFile
from annotator.importers.encodings import declared_encoding, decode, kind_of_binary


def read(data: bytes, *, hint: str | None = None, declared: str | None = None) -> tuple[str, str]:
    decoded = decode(data, hint=hint, declared=declared, file_name="a.txt")
    return decoded.text, decoded.encoding


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_not_part_of_the_text(encoding: str) -> None:
    assert read("“Málaga” – 日本".encode(encoding))[0] == "“Málaga” – 日本"


def test_utf_16_without_a_mark_is_seen_by_its_nuls() -> None:
    assert read("A plain English sentence.".encode("utf-16-le")) == ("A plain English sentence.", "utf-16-le")


def test_windows_text_is_read_as_such() -> None:
    assert read("Café déjà vu – “quoted”".encode("cp1252")) == ("Café déjà vu – “quoted”", "cp1252")


def test_an_uncertain_encoding_is_said() -> None:
    assert decode("Größe".encode("cp1252"), hint=None, declared=None, file_name="a").warnings


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Съешь же ещё этих мягких французских булок, да выпей чаю."),
        ("cp1250", "Zażółć gęślą jaźń. Wszystkie tramwaje jeżdżą w nocy."),
        ("cp932", "これは日本語の文章です。夜の電車について。"),
    ],
)
def test_other_scripts_are_guessed(encoding: str, text: str) -> None:
    assert read(text.encode(encoding))[0] == text


def test_a_declared_encoding_counts() -> None:
    assert read("Příliš žluťoučký".encode("iso8859-2"), declared="ISO-8859-2")[0] == "Příliš žluťoučký"


def test_latin_1_means_windows_1252() -> None:
    assert read(b"\x93quoted\x94", declared="iso-8859-1")[0] == "“quoted”"


@pytest.mark.parametrize(
    "declared", ["utf-8", "ascii", "no-such-code", "hex", "idna", "utf-16", "unicode_escape", "a\0b"]
)
def test_a_wrong_declaration_does_no_harm(declared: str) -> None:
    assert read("Straße über Köln".encode("cp1252"), declared=declared)[0] == "Straße über Köln"


def test_valid_utf_8_is_not_spoilt_by_a_declaration() -> None:
    assert read("Köln".encode(), declared="windows-1252")[0] == "Köln"


def test_the_choice_of_a_person_goes_before_everything_but_a_mark() -> None:
    assert read("Köln".encode(), hint="cp1252")[0] == "KÃ¶ln"


def test_bytes_no_encoding_has_become_replacement_characters() -> None:
    assert read(b"caf\xe9 \x81\x8d ok.")[0].startswith("caf")


def test_meta_elements_and_xml_declarations_are_found() -> None:
    assert declared_encoding(b'<html><meta http-equiv=x content="text/html; charset=koi8-r">') == "koi8-r"
    assert declared_encoding(b'<?xml version="1.0" encoding="iso-8859-15"?><html>') == "iso-8859-15"
    assert declared_encoding(b"<p>charset=x") is None


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n...", "a PDF document"),
        (b"PK\x03\x04....mimetypeapplication/epub+zip", "an EPUB book"),
        (b"PK\x03\x04....word/document.xml", "a Word document"),
        (b"PK\x03\x04....", "a zip archive"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"SQLite format 3\x00", "a database or library file"),
        (b"text with\x00NUL", "binary data"),
        (bytes(range(32)) * 4, "binary data"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, kind: str) -> None:
    assert kind_of_binary(data) == kind
    with pytest.raises(UnreadableFile) as caught:
        read(data)
    assert kind in caught.value.what
    assert caught.value.kept
    assert caught.value.todo


def test_a_text_that_begins_like_an_image_is_a_text() -> None:
    assert kind_of_binary(b"GIF89 is an old format. ID3 is another.") is None


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_utf_8_comes_back_clean(text: str) -> None:
    assert read(text.encode())[0] == clean_text(text)


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "cp1252", "shift_jis", "utf-16-be"]))
def test_any_bytes_are_text_or_refused(data: bytes, declared: str | None) -> None:
    try:
        text, _ = read(data, declared=declared)
    except UnreadableFile:
        return
    assert text == clean_text(text)


def test_an_encoding_that_was_chosen_holds_and_what_does_not_fit_is_told() -> None:
    found = decode(b"caf\xe9 words", hint="utf-8", declared=None, file_name="a.txt")
    assert found.text == "caf\ufffd words"
    assert found.encoding == "utf-8"
    assert found.warnings
