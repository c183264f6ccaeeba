"""Bytes to text: byte order mark, then what is declared, strict UTF-8, a guess, and Windows-1252 at last."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from annotator.domain.article import clean_text
from annotator.errors import UnreadableFile

NOTHING_ADDED = "Nothing was added; the file was not touched."
_SAMPLE = 64 * 1024  # bytes the guess looks at
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an XZ archive"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "a database or library file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"wOF2", "a font"),
    (b"\x00\x01\x00\x00", "a font"),
    (b"%!PS", "a PostScript document"),
)
_SURE = (b"%PDF-", b"{\\rtf", b"%!PS")
_ZIPS = (
    (b"mimetypeapplication/epub+zip", "an EPUB book"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"word/", "a Word document"),
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint presentation"),
)
# What the names mean in practice (WHATWG Encoding Standard, "Names and labels").
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
    "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8", "utf-32": "utf-8",
}  # fmt: skip
_NOT_FOR_FILES = {
    "idna", "punycode", "unicode_escape", "raw_unicode_escape", "raw-unicode-escape", "unicode-escape", "utf-7",
    "mbcs", "oem", "undefined",
}  # fmt: skip
_LATIN_PAGES = re.compile(
    r"cp125[02478]|cp(?:037|437|500|775|85\d|86\d|1026|1140)|iso8859_(?:[1-4]|9|1[03-6])|latin_?\d|mac_|hp_roman8"
)
_SIGN_IN_WORD = re.compile(r"[^\W\d_][\u00a1-\u00bf\u00d7\u00f7][^\W\d_]")
_DECLARED = (
    re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE),
    re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE),
)


class Decoded(NamedTuple):
    """A file's text, cleaned, the encoding it was read with, and a sentence where that was not certain."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def declared_encoding(data: bytes) -> str | None:
    """The encoding an HTML or XML file names in its first 4 KB."""
    for pattern in _DECLARED:
        match = pattern.search(data[:4096])
        if match:
            return match.group(1).decode("ascii", "ignore")
    return None


def kind_of_binary(data: bytes) -> str | None:
    """What a file is that is no text, such as "a PDF document"; None when it is text as far as one can tell."""
    if data.startswith(b"PK\x03\x04"):
        return next((kind for sign, kind in _ZIPS if sign in data[:4096]), "a zip archive")
    controls = sum(data[:8192].count(code) for code in (*range(9), *range(14, 27), *range(28, 32)))
    for sign, kind in _MAGIC:
        # An essay may begin with "GIF89 is an old format": signs made of letters need more to be believed.
        if data.startswith(sign) and (controls or sign in _SURE or not sign.isascii()):
            return kind
    if data[:4] == b"RIFF":
        return "a WebP image" if data[8:12] == b"WEBP" else "a sound or video file"
    if data[4:8] == b"ftyp":
        return "a sound, image or video file"
    if any(data.startswith(mark) for mark, _ in _MARKS):
        return None
    if 0 in data or controls * 20 > len(data[:8192]):
        return "binary data"
    return None


def decode(data: bytes, *, hint: str | None, declared: str | None, file_name: str) -> Decoded:
    """The text of `data`. `hint` is the encoding a person chose, `declared` what the file says of itself.

    A wrong declaration never fails, the next way is tried. UTF-8 goes before a declared single-byte encoding, as
    bytes outside of ASCII practically never form valid UTF-8 by chance.

    Raises:
        UnreadableFile: the bytes are no text.
    """
    wide = None if hint else _wide_without_mark(data)
    kind = kind_of_binary(data) if wide is None and not _is_wide(hint) else None
    if kind is not None:
        raise UnreadableFile(
            f"“{file_name}” can't be read: it is {kind}, not text.",
            kept=NOTHING_ADDED,
            todo="Open it in its own program, copy its text, and paste that here.",
        )
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(clean_text(data[len(mark) :].decode(name, "replace")), name)
    chosen = _known(hint, chosen=True)
    if hint and chosen and _strictly(data, chosen) is None:
        return _decoded_as_chosen(data, chosen)
    for candidate in (chosen, wide, "utf-8", _known(declared)):
        text = _strictly(data, candidate)
        if candidate and text is not None:
            return Decoded(clean_text(text), candidate)
    guessed = _guess(data)
    text = _strictly(data, guessed)
    if guessed and text is not None:
        return Decoded(clean_text(text), guessed, (_uncertain(guessed),))
    return Decoded(clean_text(data.decode("cp1252", "replace")), "cp1252", (_uncertain("cp1252"),))


def _decoded_as_chosen(data: bytes, encoding: str) -> Decoded:
    """What a person chose holds, even where bytes don't fit; that is said, never hidden."""
    warning = f"Not all of the file is {encoding}: what could not be read stands as “\ufffd”."
    try:
        text = data.decode(encoding, "replace")
    except (UnicodeError, LookupError):  # a codec that is none of text, such as "hex"
        text = data.decode("utf-8", "replace")
        warning = f"“{encoding}” is no encoding of texts; the file was read as utf-8."
        encoding = "utf-8"
    return Decoded(clean_text(text), encoding, (warning,))


def _uncertain(encoding: str) -> str:
    return f"The file doesn't say how its characters are encoded; it was read as {encoding}."


def _known(name: str | None, *, chosen: bool = False) -> str | None:
    """The codec of a name; None for a name nobody knows or that is no encoding of files."""
    if not name:
        return None
    try:
        canonical = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if canonical in _NOT_FOR_FILES:
        return None
    return canonical if chosen else _MEANT.get(canonical, canonical)


def _is_wide(hint: str | None) -> bool:
    return (_known(hint, chosen=True) or "").startswith(("utf-16", "utf-32"))


def _strictly(data: bytes, name: str | None) -> str | None:
    if not name:
        return None
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):  # LookupError: codecs that are none of text, such as "hex"
        return None


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: in most scripts that shows by its NULs, all on one side."""
    head = data[:4096]
    if len(head) < 8 or len(data) % 2:
        return None
    half = len(head) // 2
    even, odd = head[::2].count(0), head[1::2].count(0)
    for name, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros * 10 > half * 7 and not others and _strictly(data, name) is not None:
            return name
    return None


def _guess(data: bytes) -> str | None:
    """What charset-normalizer makes of it, except for western text, which it takes for other Latin code pages."""
    import charset_normalizer  # noqa: PLC0415 - only for the few files that aren't UTF-8

    sample = data[:_SAMPLE]
    western = sample.decode("cp1252", "replace")
    letters = [character for character in western if character.isalpha()]
    foreign = sum(not letter.isascii() for letter in letters)
    is_western = "\ufffd" not in western and not _SIGN_IN_WORD.search(western) and foreign * 4 <= len(letters)
    best = charset_normalizer.from_bytes(sample).best()
    if best is None:
        return None
    sure = _LATIN_PAGES.match(best.encoding) and best.coherence >= 0.5
    return "cp1252" if is_western and not sure else best.encoding
