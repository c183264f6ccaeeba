"""Hostile PDF files."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence

from tests.hostile.case import Case

_TEXT = b"BT /F1 12 Tf 72 720 Td (These words are what a reader came for.) Tj ET "


def _file(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A file of numbered objects, the first of which is the catalogue."""
    written, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)
    return bytes(written)


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


def _deflated(data: bytes) -> bytes:
    return _stream(zlib.compress(data, 9), b"/Filter /FlateDecode")


def _page(
    content: bytes, page: bytes = b"", more: Sequence[bytes] = (), box: bytes = b"0 0 595 842"
) -> bytes:
    """A file of one page; `more` are objects from number 6 on."""
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [" + box + b"] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> " + page + b" >>",
            content,
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *more,
        ]
    )  # fmt: skip


def _good() -> bytes:
    return _page(_stream(_TEXT))


def _pages_loop(_: int) -> bytes:
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Parent 2 0 R /Count 1000000 >>",
        ]
    )


def _deep_pages(size: int) -> bytes:
    last = 3000 * size
    tree = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(2, last)]
    return _file([b"<< /Type /Catalog /Pages 2 0 R >>", *tree, b"<< /Type /Page /MediaBox [0 0 9 9] >>"])


def _many_pages(size: int) -> bytes:
    count = 1500 * size
    kids = b" ".join(b"3 0 R" for _ in range(count))
    pages = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return _file([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, _stream(_TEXT), font])


def _many_objects(size: int) -> bytes:
    return _page(_stream(_TEXT), more=[b"null"] * 100_000 * size)


def _form_loop(_: int) -> bytes:
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    return _page(_stream(b"/X Do"), more=[_stream(_TEXT + b"/X Do /X Do", form)])


def _forms_doubling(_: int) -> bytes:
    """Each form draws the next one ten times."""
    more = [
        _stream(
            _TEXT + b"/X Do " * 10,
            b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >>"
            b" /XObject << /X %d 0 R >> >>" % (n + 1),
        )
        for n in range(6, 14)
    ]
    return _page(_stream(b"/X Do"), more=[*more, b"null"])


def _bomb(megabytes: int) -> bytes:
    return _page(_deflated(bytes(megabytes * 1024 * 1024)))


def _bomb_in_bomb(_: int) -> bytes:
    data = bytes(400 * 1024 * 1024)
    filters = b"/Filter [/FlateDecode /FlateDecode]"
    return _page(_stream(zlib.compress(zlib.compress(data, 9), 9), filters))


def _encrypted(_: int) -> bytes:
    return _file(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>",
         b"<< /Filter /Standard /V 1 /R 2 /P -4 /O (" + b"x" * 32 + b") /U (" + b"y" * 32 + b") >>"],
        b"/Root 1 0 R /Encrypt 3 0 R /ID [(a) (a)]",
    )  # fmt: skip


def _flipped(seed: int) -> bytes:
    changed, chance = bytearray(_good()), random.Random(seed)
    for _ in range(20):
        changed[chance.randrange(9, len(changed))] = chance.randrange(256)
    return bytes(changed)


def _image(size: int) -> bytes:
    data = zlib.compress(bytes(30 * 1024 * 1024), 9)
    head = b"/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceRGB"
    return _page(_stream(_TEXT + b"/X Do"), more=[_stream(data, head + b" /Filter /FlateDecode")])


def _letters(size: int) -> bytes:
    return _page(
        _deflated(b"BT /F1 9 Tf 9 9 Td " + b"(word word word word) Tj 0 1 Td " * 20_000 * size + b"ET")
    )


def _scattered(size: int) -> bytes:
    chance = random.Random(11)
    runs = b"".join(
        b"1 0 0 1 %d %d Tm (ab) Tj " % (chance.randrange(595), chance.randrange(842))
        for _ in range(10_000 * size)
    )
    return _page(_deflated(b"BT /F1 9 Tf " + runs + b"ET"))


def _labels(_: int) -> bytes:
    good = _good()
    return good.replace(b"/Catalog", b"/Catalog /PageLabels << /Nums [0 << /S /r /St 999999999 >>] >>")


def _actions(_: int) -> bytes:
    action = (
        b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /AA << /O << /S /Launch /F (/bin/sh) >> >>"
    )
    return _good().replace(b"/Catalog", b"/Catalog " + action)


def _bookmarks(entries: Sequence[bytes]) -> bytes:
    """A file whose bookmarks are objects from number 7 on."""
    root = b"<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>"
    return _page(_stream(_TEXT), more=[root, *entries]).replace(b"/Catalog", b"/Catalog /Outlines 6 0 R")


def _bookmarks_loop(_: int) -> bytes:
    return _bookmarks(
        [
            b"<< /Title (a) /Dest [3 0 R /Fit] /First 8 0 R /Next 8 0 R >>",
            b"<< /Title (b) /Dest [3 0 R /XYZ nan 1e38 0] /First 7 0 R /Next 7 0 R >>",
        ]
    )


def _deep_bookmarks(size: int) -> bytes:
    return _bookmarks(
        [
            b"<< /Title (These words) /Dest [3 0 R /Fit] /First %d 0 R >>" % (n + 8)
            for n in range(5_000 * size)
        ]
    )


def _many_bookmarks(size: int) -> bytes:
    return _bookmarks(
        [b"<< /Title (a) /Dest [9999 /Fit] /Next %d 0 R >>" % (n + 8) for n in range(50_000 * size)]
    )


def _links(size: int) -> bytes:
    """A page full of words below many links, some of which are no addresses, and some very long ones."""
    text = b"BT /F1 9 Tf 9 800 Td " + b"(word word word word) Tj 0 -1 Td " * 800 + b"ET"
    link = b"<< /Subtype /Link /Rect [0 0 595 842] /A << /S /URI /URI (%s:%s) >> >> "
    links = link % (b"javascript", b"//x" * 9) + link % (b"https", b"//x" * 400)
    longest = link % (b"https", b"//x" * 90_000)
    return _page(_deflated(text), page=b"/Annots [" + longest * 20 + links * 2_000 * size + b"]")


PAPERS = (
    Case("truncated.pdf", lambda _: _good()[: len(_good()) // 2]),
    Case("only-head.pdf", lambda _: b"%PDF-1.7\n"),
    Case("no-table.pdf", lambda _: _good()[: _good().rindex(b"xref\n0")]),
    Case("wrong-table.pdf", lambda _: _good().replace(b"00000 n", b"99999 n")),
    Case("table-loop.pdf", lambda _: _good().replace(b"/Root", b"/Prev 9 /Root")),
    Case("pages-loop.pdf", _pages_loop),
    Case("deep-pages.pdf", _deep_pages),
    Case("many-pages.pdf", _many_pages),
    Case("many-objects.pdf", _many_objects),
    Case("form-loop.pdf", _form_loop),
    Case("forms-doubling.pdf", _forms_doubling),
    Case("giant-box.pdf", lambda _: _page(_stream(_TEXT), box=b"0 0 99999999999 99999999999")),
    Case("empty-box.pdf", lambda _: _page(_stream(_TEXT), box=b"0 0 0 0")),
    Case("backward-box.pdf", lambda _: _page(_stream(_TEXT), box=b"900 900 -1e38 1e38")),
    Case("bomb.pdf", lambda size: _bomb(200 * size)),
    Case("bomb-in-bomb.pdf", _bomb_in_bomb),
    Case("encrypted.pdf", _encrypted),
    *(Case(f"flipped-{n}.pdf", lambda _, n=n: _flipped(n)) for n in range(6)),  # type: ignore[misc]
    Case("giant-image.pdf", _image),
    Case("letters.pdf", _letters),
    Case("scattered.pdf", _scattered),
    Case("giant-font.pdf", lambda _: _page(_stream(_TEXT.replace(b"12 Tf", b"1e30 Tf")))),
    Case("tiny-font.pdf", lambda _: _page(_stream(_TEXT.replace(b"12 Tf", b"1e-30 Tf")))),
    Case("wild-matrix.pdf", lambda _: _page(_stream(b"1e30 1e30 -1e30 0 1e38 nan cm " + _TEXT))),
    Case("nested-arrays.pdf", lambda size: _page(_stream(b"[" * 100_000 * size + _TEXT))),
    Case("nested-states.pdf", lambda size: _page(_deflated(b"q " * 500_000 * size + _TEXT))),
    Case("labels.pdf", _labels),
    Case("actions.pdf", _actions),
    Case("bookmarks-loop.pdf", _bookmarks_loop),
    Case("deep-bookmarks.pdf", _deep_bookmarks),
    Case("many-bookmarks.pdf", _many_bookmarks),
    Case("links.pdf", _links),
    Case("length-loop.pdf", lambda _: _page(b"<< /Length 4 0 R >>\nstream\n" + _TEXT + b"\nendstream")),
    Case("negative-length.pdf", lambda _: _page(b"<< /Length -1 >>\nstream\n" + _TEXT + b"\nendstream")),
    Case("random.pdf", lambda size: b"%PDF-1.4\n" + random.Random(12).randbytes(200_000 * size)),
)  # fmt: skip
