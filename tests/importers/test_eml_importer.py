"""Letters saved by e-mail programs."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from tests.importers.outlines import outline

from annotator.domain.article import ImportedArticle
from annotator.errors import UnreadableFile
from annotator.importers.base import ImportHints
from annotator.importers.eml import IMPORTER


def read(data: bytes) -> ImportedArticle:
    return IMPORTER.read(data, ImportHints("letter.eml"))


def letter(plain: str = "", html: str = "", picture: bytes = b"") -> bytes:
    message = EmailMessage()
    message["From"] = "Änne Lee <ann@x.example>"
    message["To"] = "bo@x.example"
    message["Date"] = "Tue, 05 Mar 2024 23:30:00 +0100"
    message["Subject"] = "Nächtliche Trams, und was sonst noch in der langen Zeile eines Betreffs stehen kann"
    if plain:
        message.set_content(plain)
    if html:
        message.add_alternative(html, subtype="html") if plain else message.set_content(html, subtype="html")
    if picture:
        message.add_attachment(picture, maintype="image", subtype="png", filename="a.png")
    return message.as_bytes()


def test_the_header_says_title_author_and_date() -> None:
    article = read(letter("Dear Bo,\n\nwords."))
    assert article.title.startswith("Nächtliche Trams, und")
    assert (article.authors, article.published_on) == (("Änne Lee",), "2024-03-05")
    assert article.extra["to"] == "bo@x.example"
    assert outline(article)[1:] == ["p Dear Bo,", "p words."]


def test_the_html_is_read_where_there_is_some() -> None:
    article = read(letter("plain", "<h2>Hi</h2><ul><li>one</ul><script>x</script>"))
    assert outline(article)[1:] == ["h2 Hi", "li1 • one"]


def test_the_plain_text_is_read_where_the_html_is_empty() -> None:
    assert outline(read(letter("> quoted\n\nplain", "<p> </p>")))[1:] == ["q1 quoted", "p plain"]


def test_attachments_are_counted() -> None:
    article = read(letter("words", picture=b"\x89PNG"))
    assert article.warnings == (
        "An attachment or picture of the letter was left out; it is kept in the original.",
    )


def test_flowed_lines_are_joined() -> None:
    data = b"From: a@x.example\nContent-Type: text/plain; charset=iso-8859-1; format=flowed\n\nCaf\xe9 is \nopen.\n> a \n> b\n-- \nAnn"
    assert outline(read(data)) == ["p Café is open.", "q1 a b", "p --", "p Ann"]


@pytest.mark.parametrize("charset", [b"utf-8", b"no-such-thing", b"idna"])
def test_an_unknown_encoding_is_guessed(charset: bytes) -> None:
    data = b"From: a@x.example\nContent-Type: text/plain; charset=" + charset + b"\n\nCaf\xc3\xa9 is open."
    assert outline(read(data)) == ["p Café is open."]


@pytest.mark.parametrize(
    "data", [b"From: a@x.example\nSubject: x\n\n", b"Content-Type: multipart/mixed; boundary=x\n\n--x--\n"]
)
def test_a_letter_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read(data)


@pytest.mark.parametrize(
    "head",
    [b"Date: 99 Foo 99999\n", b"From: \xff\xfe <\n", b"Subject: =?utf-8?b?!!!?=\n", b"Content-Type: /;;=\n", b"From: " + b"<" * 3000 + b"\n",
     b"Content-Transfer-Encoding: base64\n"],
)  # fmt: skip
def test_a_damaged_header_is_no_trouble(head: bytes) -> None:
    try:
        assert read(head + b"X: y\n\nSome words here").text
    except UnreadableFile:
        assert b"Content" in head


def test_parts_in_parts_by_the_hundred() -> None:
    data = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(300))
    assert "words" in read(data + b"\nwords").text
