"""Bytes in the least room, and back: files that are kept in a library."""

from __future__ import annotations

import zlib

from annotator.errors import InvalidValue

DEFLATE = "deflate"  # zlib's form of RFC 1950, with a checksum of what it holds
MOST = 256 * 1024 * 1024  # bytes that come out of packed ones: no file that is kept is larger
_WORTHWHILE = 0.95  # of the room; what is packed already, such as a PDF or EPUB, stays as it is


def packed(content: bytes) -> tuple[bytes, str]:
    """What to store of `content`, and how it is packed; "" means as it is."""
    data = zlib.compress(content, 6)
    return (data, DEFLATE) if len(data) < len(content) * _WORTHWHILE else (content, "")


def unpacked(data: bytes, compression: str) -> bytes:
    """The bytes that `packed` was given.

    Raises:
        InvalidValue: they are damaged, or packed in a way this version doesn't know.
    """
    if not compression:
        return data
    if compression == DEFLATE:
        reader = zlib.decompressobj()
        try:
            content = reader.decompress(data, MOST)
        except zlib.error:
            content = b""
        if reader.eof and not reader.unused_data:
            return content
    raise InvalidValue(
        "A file that is kept in the library is damaged.",
        kept="Everything else is as it was.",
        todo="A backup may have it as it was.",
    )
