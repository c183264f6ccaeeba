"""Which importer reads a file."""

from __future__ import annotations

import subprocess
import sys

import pytest

from annotator.errors import UnreadableFile
from annotator.importers import base
from annotator.importers.base import ImportHints, all_importers, importer_for


def test_every_format_is_found_and_no_extension_belongs_to_two() -> None:
    assert {importer.name for importer in all_importers()} >= {"html", "markdown", "plain-text"}
    extensions = [extension for importer in all_importers() for extension in importer.extensions]
    assert len(extensions) == len(set(extensions))
    assert all(extension.startswith(".") and extension == extension.lower() for extension in extensions)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.md", b"x", "markdown"),
        ("A.MD", b"x", "markdown"),
        ("a.htm", b"x", "html"),
        ("a.txt", b"<html>", "plain-text"),
        ("page", b"<!-- saved -->\n<!DOCTYPE html><p>x", "html"),
        ("page.php", b'<?xml version="1.0"?><html><p>x', "html"),
        ("README", b"# Title\n\nText with a [link](https://a.example).\n", "markdown"),
        ("essay", b"---\ntitle: X\n---\nText", "markdown"),
        ("letter", b"Dear reader,\n\nthis is # no Markdown.", "plain-text"),
    ],
)
def test_the_extension_decides_else_the_content(name: str, data: bytes, expected: str) -> None:
    assert importer_for(name, data).name == expected


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.md", b"", "no text"),
        ("a.html", b" \n\t", "no text"),
        ("scan.xyz", b"GIF89a\x00\x01", "a GIF image"),
        ("mystery", b"\x00\x01\x02", "binary data"),
    ],
)
def test_files_nobody_reads_are_refused_with_a_reason(name: str, data: bytes, word: str) -> None:
    with pytest.raises(UnreadableFile, match=word) as caught:
        importer_for(name, data)
    assert name in caught.value.what
    assert caught.value.kept
    assert caught.value.todo


def test_a_file_above_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "MAX_FILE", 10)
    with pytest.raises(UnreadableFile, match="larger"):
        importer_for("a.txt", b"x" * 11)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_a_text_above_the_limit_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "MAX_TEXT", 50)
    with pytest.raises(UnreadableFile, match="text of"):
        importer_for(name, b"x").read(b"some words " * 30, ImportHints(name))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize("data", [b"%PDF-1.4", b"words\x00words", b"\xef\xbb\xbf \n"])
def test_every_importer_refuses_what_is_no_text(name: str, data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        importer_for(name, data).read(data, ImportHints(name))


def test_listing_the_formats_imports_no_parser() -> None:
    code = (
        "import sys; from annotator.importers.base import all_importers; all_importers();"
        "print(sorted({'nh3', 'lxml', 'markdown', 'charset_normalizer', 'pymdownx'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert done.stdout.strip() == "[]"
