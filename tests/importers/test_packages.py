"""Zip archives: what is in them, within limits."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

import pytest

from annotator.errors import UnreadableFile
from annotator.importers import packages
from annotator.importers.packages import open_package


def _zip(files: Mapping[str, bytes]) -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stored.getvalue()


def test_files_are_read_by_their_names() -> None:
    package = open_package(_zip({"mimetype": b"x", "a/b.xml": b"<a>text</a>"}), "book.epub")
    assert package.names() == ("mimetype", "a/b.xml")
    assert "a/b.xml" in package
    assert package.read("mimetype") == b"x"
    assert package.xml("a/b.xml").text == "text"


def test_names_that_lead_out_of_the_archive_are_not_there() -> None:
    names = ["../x", "/etc/x", "a/../../x", "C:/x", "..\\x", "\\x", "folder/"]
    package = open_package(_zip({**dict.fromkeys(names, b"x"), "a..b": b"y"}), "book.epub")
    assert package.names() == ("a..b",)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"This is text.", b"PK\x05\x06" + bytes(10)])
def test_what_is_no_archive_is_refused_with_its_name(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"book\.epub"):
        open_package(data, "book.epub")


def test_a_missing_part_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="missing"):
        open_package(_zip({"a": b"x"}), "book.epub").read("b")


def test_a_part_that_is_packed_tighter_than_text_can_be_is_refused() -> None:
    package = open_package(_zip({"bomb": bytes(20 * 1024 * 1024), "small": bytes(900_000)}), "book.epub")
    assert len(package.read("small")) == 900_000
    with pytest.raises(UnreadableFile, match="too large"):
        package.read("bomb")


def test_a_part_is_never_unpacked_further_than_its_limit_whatever_the_archive_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(packages, "MAX_ENTRY", 1000)
    data = bytearray(_zip({"a": bytes(range(256)) * 20}))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 10)
    with pytest.raises(UnreadableFile):
        open_package(bytes(data), "book.epub").read("a")


def test_all_parts_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(packages, "MAX_TOTAL", 1500)
        package = open_package(_zip({"a": b"x" * 1000, "b": b"x" * 400}), "book.epub")
        package.read("a")
        with pytest.raises(UnreadableFile, match="too large"):
            package.read("a")  # read again, it counts again
        with pytest.raises(UnreadableFile, match="packed in it"):
            open_package(_zip({"a": b"x" * 1000, "b": b"x" * 600}), "book.epub")


def test_too_many_parts_are_refused_before_they_are_listed() -> None:
    data = _zip({f"{n}": b"" for n in range(packages.MAX_ENTRIES + 1)})
    with pytest.raises(UnreadableFile, match="10,000"):
        open_package(data, "book.epub")


def test_an_encrypted_part_is_refused_as_such() -> None:
    data = bytearray(_zip({"a": b"text"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    data[6] |= 1
    with pytest.raises(UnreadableFile, match="encrypted"):
        open_package(bytes(data), "book.epub").read("a")


def test_methods_that_no_format_allows_are_refused() -> None:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a", b"text" * 100)
    with pytest.raises(UnreadableFile, match="does not allow"):
        open_package(stored.getvalue(), "book.epub").read("a")


def test_a_damaged_part_is_refused() -> None:
    data = bytearray(_zip({"a": bytes(range(256)) * 50}))
    data[60] ^= 0xFF
    with pytest.raises(UnreadableFile, match="damaged"):
        open_package(bytes(data), "book.epub").read("a")


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE html [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE html PUBLIC "x" "y"><!DOCTYPE a>',
        '<!doctype a [<!entity b "c">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_xml_that_defines_something_is_refused(prolog: str, encoding: str) -> None:
    text = f"<?xml version='1.0' encoding='{encoding}'?>{prolog}<a>x</a>".encode(encoding)
    with pytest.raises(UnreadableFile):
        open_package(_zip({"a.xml": text}), "book.epub").xml("a.xml")


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE html>",
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">',
        '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN"\n "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">',
    ],
)
def test_document_types_of_the_standards_are_passed_over(prolog: str) -> None:
    package = open_package(_zip({"a.xml": f"<?xml version='1.0'?>{prolog}<a>x</a>".encode()}), "book.epub")
    assert package.xml("a.xml").text == "x"


@pytest.mark.parametrize("content", [b"", b"text", b"<a>", b"<a>\xff</a>", b"<a>" * 100_000])
def test_broken_xml_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        open_package(_zip({"a.xml": content}), "book.epub").xml("a.xml")
