"""Files that are zip archives, such as EPUB, DOCX and ODT: what is in them, within limits and never on the disk."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from annotator.errors import UnreadableFile
from annotator.importers.encodings import NOTHING_ADDED
from annotator.importers.pictures import MAX_BYTES

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ENTRIES = 10_000
MAX_ENTRY = 32 * 1024 * 1024  # bytes of one file in the archive
MAX_TOTAL = 256 * 1024 * 1024  # bytes of all of them
MAX_RATIO = 200  # how many times larger than its packed form a file may be
_ALWAYS = 1024 * 1024  # bytes; what is smaller may be packed as tightly as it likes
_ENTRY_SIGN = b"PK\x01\x02"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # all that the three formats allow
_ENCRYPTED = 1  # bit of a file's flags
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)
_QUOTED = rb"(?:\"[^\"<>\[\]]*\"|'[^'<>\[\]]*')"
# A document type that only says a name of the standards; what it could define is never loaded.
_HARMLESS = re.compile(
    rb"<!DOCTYPE\s+(?:html|ncx|package|manifest:manifest|office:[\w-]+)"
    rb"(?:\s+(?:PUBLIC\s+" + _QUOTED + rb"(?:\s+" + _QUOTED + rb")?|SYSTEM\s+" + _QUOTED + rb"))?\s*>",
    re.IGNORECASE,
)
_DECLARATIONS = tuple(
    sign.encode(encoding) for sign in ("<!DOCTYPE", "<!ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be")
)  # fmt: skip


class Package:
    """An open archive; `file_name` is the name people know it by."""

    def __init__(self, archive: zipfile.ZipFile, file_name: str) -> None:
        self.file_name = file_name
        self._archive = archive
        self._infos = {info.filename: info for info in archive.infolist() if _is_file(info)}
        self._left = MAX_TOTAL

    def names(self) -> tuple[str, ...]:
        """The names of the files in it, in their order; none that lead out of it."""
        return tuple(self._infos)

    def __contains__(self, name: object) -> bool:
        return name in self._infos

    def read(self, name: str) -> bytes:
        """The bytes of a file in it.

        Raises:
            UnreadableFile: there is none of that name, or it is damaged, encrypted or too large.
        """
        info = self._infos.get(name)
        if info is None:
            raise self._refused(f"a part of it, “{name}”, is missing")
        if info.flag_bits & _ENCRYPTED:
            raise self._refused("it is encrypted", "Save a copy without a password, and import that.")
        if info.compress_type not in _METHODS:
            raise self._refused("it is packed in a way that the format does not allow")
        most = min(MAX_ENTRY, self._left, max(_ALWAYS, info.compress_size * MAX_RATIO))
        try:
            with self._archive.open(info) as file:
                data = file.read(most + 1)  # never more, whatever the archive says of its size
        except _BROKEN as error:
            raise self._refused("it is damaged") from error
        if len(data) > most:
            raise self._refused(f"what is packed in it is far too large (“{name}”)", "Import a part of it.")
        self._left -= len(data)
        return data

    def picture(self, name: str) -> bytes | None:
        """The bytes of a picture in it, None when there is none of that name or it can't be had. What is too large ends
        in the middle."""
        info = self._infos.get(name)
        if info is None or info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS:
            return None
        try:
            with self._archive.open(info) as file:
                return file.read(MAX_BYTES + 1)
        except _BROKEN:
            return None

    def xml(self, name: str) -> _Element:
        """The root of an XML file in it. Nothing is fetched or looked up for it, and it may define nothing.

        Raises:
            UnreadableFile: as `read`, and it is no XML, or it has a document type.
        """
        from lxml import etree  # noqa: PLC0415 - not needed until a file is imported

        data = _HARMLESS.sub(b"", self.read(name), count=1)
        if any(sign in data or sign.lower() in data for sign in _DECLARATIONS):
            raise self._refused(f"a part of it, “{name}”, defines words of its own")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._refused(f"a part of it, “{name}”, is damaged") from error
        if root.getroottree().docinfo.internalDTD is not None:  # written in an encoding that hid it above
            raise self._refused(f"a part of it, “{name}”, defines words of its own")
        return root

    def _refused(self, why: str, todo: str = "") -> UnreadableFile:
        return _refused(self.file_name, why, todo)


def open_package(data: bytes, file_name: str) -> Package:
    """The archive in `data`, once it was seen to be within the limits.

    Raises:
        UnreadableFile: it is no zip archive, damaged, or has too much in it.
    """
    if data.count(_ENTRY_SIGN) > MAX_ENTRIES:  # before the list is read, which takes memory for each
        raise _too_many(file_name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (*_BROKEN, UnicodeError) as error:
        raise _refused(file_name, "it is damaged or not of the kind its name says") from error
    infos = archive.infolist()
    if len(infos) > MAX_ENTRIES:
        raise _too_many(file_name)
    if sum(info.file_size for info in infos) > MAX_TOTAL:
        limit = MAX_TOTAL // (1024 * 1024)
        raise _refused(file_name, f"more than {limit} MB are packed in it", "Import a part of it.")
    return Package(archive, file_name)


def _is_file(info: zipfile.ZipInfo) -> bool:
    """Whether it is a file, and its name stays inside of the archive."""
    name = info.filename.replace("\\", "/")
    outside = name.startswith("/") or ".." in name.split("/") or name[1:2] == ":"
    return bool(name) and not name.endswith("/") and not outside


def _too_many(file_name: str) -> UnreadableFile:
    return _refused(file_name, f"more than {MAX_ENTRIES:,} files are packed in it", "Import a part of it.")


def _refused(file_name: str, why: str, todo: str = "") -> UnreadableFile:
    return UnreadableFile(
        f"“{file_name}” can't be read: {why}.",
        kept=NOTHING_ADDED,
        todo=todo or "Open it in its own program, save it again, and import that.",
    )
