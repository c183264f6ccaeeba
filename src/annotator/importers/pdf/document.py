"""A PDF as PDFium opens it: its pages' words, the labels of its pages, and what it says of itself."""

from __future__ import annotations

import ctypes
import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

from annotator.errors import UnreadableFile
from annotator.importers.base import MAX_PDF
from annotator.importers.encodings import NOTHING_ADDED
from annotator.importers.pdf.contents import Bookmark, bookmarks_of
from annotator.importers.pdf.words import PageWords, WordReader

MAX_PAGES = 5000
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_FACTS = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")
_MAX_XMP = 200_000  # bytes
_ITEM = re.compile(r"<rdf:li[^>]*>([^<]{1,500})</rdf:li>")


class PdfDocument:
    """An open PDF; close it, as its pages are not Python's memory."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open `data`.

        Raises:
            UnreadableFile: it is too large, damaged, or locked with a password.
        """
        if len(data) > MAX_PDF:
            raise _refused(f"“{name}” is larger than {MAX_PDF // 1024**2} MB.", "Import a part of it.")
        import pypdfium2  # noqa: PLC0415 - only the worker reads PDFs
        import pypdfium2.raw as raw  # noqa: PLC0415 - as above

        self._raw: Any = raw
        self._data = data
        try:
            self._pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _not_opened(name, raw.FPDF_GetLastError(), str(error)) from error
        self._handle = self._pdf.raw
        self.pages = len(self._pdf)
        if not 0 < self.pages <= MAX_PAGES:
            self.close()
            if self.pages:
                raise _refused(
                    f"“{name}” has more than {MAX_PAGES} pages.", "Split it, and import the parts."
                )
            raise _refused(f"“{name}” has no pages.", "Choose another copy of it.")

    def close(self) -> None:
        """Give the memory back."""
        self._pdf.close()

    def words(self, pages: Iterable[int]) -> Iterator[list[PageWords]]:
        """The words of each of `pages`, in its directions of reading; an empty list for a page that is broken."""
        reader = WordReader(self._raw)
        for number in pages:
            yield reader.read(self._handle, number)

    def bookmarks(self) -> list[Bookmark]:
        """The document's own contents."""
        return bookmarks_of(self._raw, self._handle, self.pages)

    def labels(self) -> dict[int, str]:
        """The labels that the file itself gives to its pages; {} when it gives none."""
        found: dict[int, str] = {}
        buffer = ctypes.create_string_buffer(256)
        for number in range(self.pages):
            size = self._raw.FPDF_GetPageLabel(self._handle, number, buffer, 256)
            if size == 0 and not found:
                return {}
            if 2 < size <= 256:
                found[number] = buffer.raw[: size - 2].decode("utf-16-le", "replace").strip()[:40]
        return {number: label for number, label in found.items() if label}

    def language(self) -> str:
        """The language the file names (BCP 47), or ""."""
        buffer = (ctypes.c_ushort * 128)()
        size = self._raw.FPDFCatalog_GetLanguage(self._handle, buffer, 256)
        said = bytes(buffer)[: size - 2].decode("utf-16-le", "replace") if 2 < size <= 256 else ""
        if not said:
            said = next(iter(self._xmp_values("dc:language")), "")
        said = said.strip().replace("_", "-")
        return said if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", said) else ""

    def facts(self) -> dict[str, str]:
        """What the file says of itself: from its information dictionary, else from its XMP packet."""
        said: dict[str, str] = {}
        for name in _FACTS:
            value = " ".join(self._fact(name).replace("\x00", "").split())
            if value:
                said[name] = value[:2000]
        for name, tag, between in (
            ("Title", "dc:title", " "), ("Author", "dc:creator", "; "), ("Subject", "dc:description", " "),
            ("Keywords", "dc:subject", ", "),
        ):  # fmt: skip
            values = [] if said.get(name) else self._xmp_values(tag)
            if values:
                said[name] = between.join(values)[:2000]
        return said

    def _fact(self, name: str) -> str:
        key = name.encode("ascii")
        size = self._raw.FPDF_GetMetaText(self._handle, key, None, 0)
        if not 2 < size < 100_000:
            return ""
        buffer = ctypes.create_string_buffer(size)
        self._raw.FPDF_GetMetaText(self._handle, key, buffer, size)
        return buffer.raw[: size - 2].decode("utf-16-le", "replace")

    def _xmp_values(self, tag: str) -> list[str]:
        start = self._data.rfind(b"<x:xmpmeta")
        end = self._data.find(b"</x:xmpmeta>", start, start + _MAX_XMP) if start >= 0 else -1
        if end < 0:
            return []
        text = self._data[start:end].decode("utf-8", "replace")
        begin = text.find(f"<{tag}>")
        stop = text.find(f"</{tag}>", begin)
        if begin < 0 or stop < 0:
            return []
        return [" ".join(html.unescape(item).split()) for item in _ITEM.findall(text[begin:stop])]


def _not_opened(name: str, code: int, said: str) -> UnreadableFile:
    if code in (_PASSWORD, _SECURITY) or "assword" in said:
        return _refused(
            f"“{name}” is locked with a password.",
            "Open it in a PDF reader with its password, print it to a new PDF, and import that.",
        )
    return _refused(f"“{name}” is damaged, or no PDF.", "Get another copy of it, and import that.")


def _refused(what: str, todo: str) -> UnreadableFile:
    return UnreadableFile(what, kept=NOTHING_ADDED, todo=todo)
