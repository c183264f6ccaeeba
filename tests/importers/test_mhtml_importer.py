"""Web archives: the page in them, its encoding and its address."""

from __future__ import annotations

import plistlib
from email.message import Message
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from annotator.errors import UnreadableFile
from annotator.importers.base import ImportHints, importer_for
from annotator.importers.mhtml import IMPORTER

PAGE = "<html><head><title>Über Häfen</title></head><body><nav>Start</nav><article><h1>Über Häfen</h1><p>{}</p></article></body></html>"
TEXT = "Es gibt Häfen, in denen seit Jahren kein Schiff mehr liegt. " * 15


def archive(page: str, *, charset: str = "utf-8", address: str = "https://hafen.example/a/1?b=2") -> bytes:
    whole = MIMEMultipart("related", type="text/html")
    whole["Snapshot-Content-Location"] = "https://hafen.example/snapshot"
    whole["Subject"] = "Über Häfen"
    part: Message = MIMEText(page, "html", charset)
    if address:
        part["Content-Location"] = address
    whole.attach(MIMEImage(b"\x89PNG\r\n\x1a\n" + bytes(2000), "png"))
    whole.attach(part)
    whole.attach(MIMEText("<p>A frame with an advertisement</p>", "html"))
    return whole.as_bytes()


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_the_first_page_in_an_archive_is_read_with_its_encoding_and_address(charset: str) -> None:
    article = IMPORTER.read(archive(PAGE.format(TEXT), charset=charset), ImportHints("hafen.mhtml"))
    assert article.title == "Über Häfen"
    assert article.text == f"Über Häfen\n{TEXT.strip()}"
    assert article.url == "https://hafen.example/a/1?b=2"
    assert article.warnings == ()


def test_without_an_address_of_the_part_that_of_the_archive_counts() -> None:
    article = IMPORTER.read(archive(PAGE.format(TEXT), address="cid:frame-1"), ImportHints("a.mht"))
    assert article.url == "https://hafen.example/snapshot"


def test_links_are_made_whole_with_the_address() -> None:
    article = IMPORTER.read(archive(PAGE.format('<a href="/x">A link</a> ' + TEXT)), ImportHints("a.mht"))
    assert [mark.value for block in article.blocks for mark in block.marks] == ["https://hafen.example/x"]


def test_an_archive_is_known_by_its_content() -> None:
    assert importer_for("saved", archive(PAGE.format(TEXT))).name == "mhtml"
    assert importer_for("mail.txt", b"From: a@b.example\nSubject: x\n\nHello").name == "plain-text"
    assert importer_for("note", b"Subject: tides\nFrom: me\n\nThe text of a message.").name != "mhtml"


def test_the_whole_page_can_be_had_too() -> None:
    article = IMPORTER.read(archive(PAGE.format(TEXT)), ImportHints("a.mht", whole_page=True))
    assert "Start" in article.text.split("\n")


def test_the_archive_of_another_browser_is_read_as_well() -> None:
    main = {
        "WebResourceData": PAGE.format(TEXT).encode("utf-8"),
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": "https://hafen.example/a",
        "WebResourceMIMEType": "text/html",
    }
    data = plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)
    article = importer_for("saved", data).read(data, ImportHints("a.webarchive"))
    assert (article.title, article.url) == ("Über Häfen", "https://hafen.example/a")


@pytest.mark.parametrize(
    "data",
    [
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: image/png\r\n\r\nx\r\n--x--",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n",
        b"Content-Type: multipart/related\r\n\r\n" + b"--x\r\n" * 10_000,
        b"".join(
            b"Content-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000)
        ),
        b"bplist00" + bytes(range(256)) * 20,
        plistlib.dumps({"WebMainResource": [1, 2]}, fmt=plistlib.FMT_BINARY),
        b"bplist00",
    ],
    ids=["no-page", "no-parts", "boundaries", "nested", "noise", "other-list", "cut"],
)
def test_an_archive_without_a_page_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        IMPORTER.read(data, ImportHints("a.mhtml"))
    assert "no web page" in str(caught.value)
