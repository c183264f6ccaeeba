"""Files with pictures made to do harm: bombs, heads that lie, and pictures that are somewhere else."""

from __future__ import annotations

import base64
import random
import struct
import zlib

from tests.hostile.case import Case, text
from tests.importers.docx_maker import docx, paragraph, run
from tests.importers.epub_maker import Maker

_WORDS = "Ninety trams ran at night, and most of them were full on Fridays. " * 20


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, rows: int, *others: bytes) -> bytes:
    """A PNG that says it is of one size and has that many rows."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = _chunk(b"IDAT", zlib.compress(bytes(1 + 3 * width) * rows, 9))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(others) + body + _chunk(b"IEND", b"")


def _page(*sources: str) -> str:
    shown = "".join(
        f'<figure><img src="{source}" alt="A tram"></figure><p>{_WORDS}</p>' for source in sources
    )
    return f"<html><body><article><h1>Trams</h1><p>{_WORDS}</p>{shown}</article></body></html>"


def _data(data: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def _noise(start: bytes, seed: int) -> bytes:
    return start + random.Random(seed).randbytes(4000)


_TEXT_BOMB = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200 << 20), 9))
_TIFF_LOOP = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\x08"
_ELSEWHERE = (
    "file:///etc/passwd", "/etc/passwd", "../../../../etc/passwd", "\\\\host\\share\\a.png", "http://e.example/a.png",
    "//e.example/a.png", "ftp://e.example/a.png", "picture:0", "picture:99999999999999999999", "cid:nobody",
)  # fmt: skip


def _book(size: int) -> bytes:
    book = Maker()
    for n in range(40 * size):
        book.add(
            f"{n}.xhtml", f"<h1>{n}</h1><p>{_WORDS}</p><figure><img src='img/{n % 8}.png' alt='A'/></figure>"
        )
    for n in range(8):
        book.others[f"OEBPS/img/{n}.png"] = _png(3900 + n, 4000, 4000)
    return book.build()


def _document(data: bytes) -> bytes:
    blip = (
        "<w:p><w:r><w:drawing><wp:inline><wp:docPr id='1' name='x'/><a:graphic><a:graphicData><pic:pic><pic:blipFill>"
        "<a:blip r:embed='rIdP'/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    return docx(paragraph(run(_WORDS)) + blip * 50, pictures={"rIdP": ("../../../../etc/passwd", data)})


PICTURES = (
    text("picture-bomb.html", lambda size: _page(_data(_png(30_000, 30_000, 200)), _data(_png(60_000, 60_000, 1)))),
    text("picture-lies.html", lambda size: _page(_data(_png(4000, 4000, 1)), _data(_png(1, 1, 4000)))),
    text("picture-text-bomb.html", lambda size: _page(_data(_png(40, 40, 40, _TEXT_BOMB)))),
    text("picture-many-chunks.html", lambda size: _page(_data(_png(40, 40, 40, _chunk(b"tEXt", b"a\0b") * 50_000 * size)))),
    text("picture-noise.html", lambda size: _page(*(_data(_noise(sign, n)) for n, sign in enumerate(
        (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"RIFF\xa0\x0f\0\0WEBP", b"II*\0", b"%!PS", b"BM"))))),
    text("picture-exif-loop.html", lambda size: _page(_data(b"\xff\xd8\xff\xe1" + struct.pack(">H", len(_TIFF_LOOP) + 2)
                                                            + _TIFF_LOOP + b"\xff\xd9", "jpeg"))),
    text("picture-elsewhere.html", lambda size: _page(*_ELSEWHERE)),
    text("picture-thousands.html", lambda size: _page(*(_data(_png(60, 40 + n % 7, 47)) for n in range(3000 * size)))),
    text("picture-script.html", lambda size: _page(_data(b"<svg onload='alert(1)'/>", "svg+xml"), "javascript:alert(1)")),
    text("picture-long-address.html", lambda size: _page("x" * 1_000_000 * size, "data:image/png;base64," + "A" * 3_000_000)),
    text("picture-bomb.md", lambda size: f"# Trams\n\n{_WORDS}\n\n![A tram]({_data(_png(30_000, 30_000, 200))})\n"),
    Case("picture-bombs.epub", _book),
    Case("picture-outside.docx", lambda size: _document(_png(40, 40, 40))),
    Case("picture-bomb.docx", lambda size: _document(_png(16_000, 1_000, 1_000))),
    text("picture-bomb.rtf", lambda size: "{\\rtf1 " + _WORDS + "{\\pict\\pngblip " + _png(30_000, 30_000, 200).hex() + "}\\par}"),
)  # fmt: skip
