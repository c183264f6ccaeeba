"""Letters saved by e-mail programs: the HTML or plain text of the letter, and what its header says."""

from __future__ import annotations

from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import PurePath
from types import MappingProxyType
from typing import NamedTuple

from annotator.domain.article import ImportedArticle, clean_text
from annotator.errors import UnreadableFile
from annotator.importers.base import Importer, ImportHints, checked
from annotator.importers.encodings import NOTHING_ADDED, decode
from annotator.importers.html.blocks import pieces_of_html
from annotator.importers.html.saved import without_embedded_files
from annotator.importers.pictures import Pictures, embedded
from annotator.importers.pieces import build, title_of, with_title
from annotator.importers.text.headers import mail_date, sender
from annotator.importers.text.importer import read_pieces

_KEPT = ("from", "to", "cc", "reply-to", "organization", "list-id")
_MAX_PARTS = 1000
_LONGEST = 1000  # characters of a header line


def read(data: bytes, hints: ImportHints) -> ImportedArticle:
    """The letter in a file. Of several forms of its text the HTML is read, as its lines aren't wrapped.

    Raises:
        UnreadableFile: there is no text in it, or it is no letter, or too large.
    """
    try:
        letter = BytesParser(policy=policy.default).parsebytes(data)
        parts = _parts(letter)
    except (RecursionError, ValueError, LookupError) as error:
        raise UnreadableFile(
            f"“{hints.file_name}” is not a letter that can be read.",
            kept=NOTHING_ADDED,
            todo="Open it in your e-mail program, copy its text, and paste that here.",
        ) from error
    pictures = Pictures(lambda name: embedded(name) or parts.picture(name))
    html = without_embedded_files(parts.html, pictures)
    pieces = pieces_of_html(html, pictures=pictures) if html.strip() else []
    if not any(piece.text.strip() for piece in pieces):
        pieces = read_pieces(parts.plain)[0]
    subject = _header(letter, "subject")
    pieces = with_title(pieces, subject)
    text, blocks = build(pieces)
    if not (parts.html + parts.plain).strip():
        text, blocks = "", ()
    article = checked(
        ImportedArticle(
            title=subject or title_of(pieces, PurePath(hints.file_name).stem),
            text=text,
            blocks=blocks,
            authors=sender(_header(letter, "from")) if _header(letter, "from") else (),
            published_on=mail_date(_header(letter, "date")),
            language=_header(letter, "content-language").split(",")[0].strip(),
            extra=MappingProxyType({name: value for name in _KEPT if (value := _header(letter, name))}),
        ),
        hints.file_name,
    )
    shown = pictures.shown_in(article)
    left_out = parts.attached - len(shown.pictures)
    return replace(shown, warnings=(*shown.warnings, *_warnings(left_out)))


class _Parts(NamedTuple):
    html: str
    plain: str
    attached: int
    pictures: dict[str, EmailMessage]  # by the addresses that the letter has for them

    def picture(self, address: str) -> bytes | None:
        """The bytes of a picture that came with the letter, None for any other."""
        part = self.pictures.get(address)
        data = part.get_payload(decode=True) if part is not None else None
        return data if isinstance(data, bytes) else None


def _parts(letter: EmailMessage) -> _Parts:
    html: list[str] = []
    plain: list[str] = []
    pictures: dict[str, EmailMessage] = {}
    attached = seen = 0
    stack = [letter]
    while stack and seen < _MAX_PARTS:
        part = stack.pop()
        seen += 1
        if part.get_content_type() in ("multipart/alternative", "multipart/mixed") or part.is_multipart():
            stack += reversed([inner for inner in part.get_payload() if isinstance(inner, EmailMessage)])
        elif part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text":
            attached += 1
            if part.get_content_maintype() == "image":
                pictures["cid:" + str(part.get("content-id", "")).strip().strip("<>")] = part
        elif part.get_content_subtype() == "html":
            html.append(_text(part))
        elif part.get_content_subtype() in ("plain", "markdown"):
            plain.append(_unflowed(part, _text(part)))
    return _Parts("\n".join(html), "\n\n".join(plain), attached, pictures)


def _text(part: EmailMessage) -> str:
    """The text of a part, in the encoding it declares if there is such a one, else as any file's."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    declared = part.get_content_charset("") or None
    return decode(payload, hint=None, declared=declared, file_name="").text


def _unflowed(part: EmailMessage, text: str) -> str:
    """Lines that end in a space go on with the next one where the letter says so (RFC 3676)."""
    if part.get_param("format", "") != "flowed":
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        line = line.removeprefix(" ")  # noqa: PLW2901 - stuffed
        depth = len(line) - len(line.lstrip(">"))
        last = lines[-1] if lines else ""
        if last.endswith(" ") and last != "-- " and depth == len(last) - len(last.lstrip(">")):
            lines[-1] += line[depth:].lstrip() if depth else line
        else:
            lines.append(line)
    return "\n".join(line if line == "-- " else line.rstrip() for line in lines)


def _header(letter: EmailMessage, name: str) -> str:
    try:
        value = letter.get(name, "")
    except (
        ValueError,
        IndexError,
        AttributeError,
        TypeError,
    ):  # the library stumbles over some that are damaged
        return ""
    return " ".join(clean_text(str(value)).split())[:_LONGEST]


def _warnings(attached: int) -> tuple[str, ...]:
    if attached <= 0:
        return ()
    if attached == 1:
        return ("An attachment or picture of the letter was left out; it is kept in the original.",)
    return (
        f"{attached} attachments or pictures of the letter were left out; they are kept in the original.",
    )


IMPORTER = Importer(
    name="eml",
    label="E-mail",
    extensions=(".eml",),
    media_type="message/rfc822",
    version="2",
    read=read,
)
