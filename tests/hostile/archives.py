"""Hostile packages: EPUB, DOCX, ODT."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable, Mapping

from tests.hostile.case import Case
from tests.importers.docx_maker import docx, paragraph, run
from tests.importers.epub_maker import Maker, page
from tests.importers.odt_maker import odt, p

_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)
_FILE = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def _epub() -> Maker:
    return Maker().add("one.xhtml", "<h1>One</h1>" + "<p>Words that are read in a book.</p>" * 20)


def _docx(body: str = "") -> bytes:
    return docx(paragraph(run("Words that are read in a document.")) * 5 + body)


def _odt(body: str = "") -> bytes:
    return odt(p("Words that are read in a document.") * 5 + body)


_GOOD: Mapping[str, Callable[[], bytes]] = {"epub": lambda: _epub().build(), "docx": _docx, "odt": _odt}
_MAIN = {"epub": "OEBPS/one.xhtml", "docx": "word/document.xml", "odt": "content.xml"}


def _changed(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """An archive with some files replaced, added, or (None) left out."""
    stored = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename not in changes:
                new.writestr(info.filename, old.read(info))
        for name, content in changes.items():
            if content is not None:
                new.writestr(name, content)
    return stored.getvalue()


def _with_prolog(kind: str, prolog: str, entity: str) -> bytes:
    good = _GOOD[kind]()
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        main = archive.read(_MAIN[kind]).decode()
    declaration, _, rest = main.partition("?>") if main.startswith("<?xml") else ("", "", main)
    start = f"{declaration}?>" if declaration else ""
    rest = (
        rest[rest.index("<!DOCTYPE") + rest[rest.index("<!DOCTYPE") :].index(">") + 1 :]
        if "<!DOCTYPE" in rest
        else rest
    )
    return _changed(good, {_MAIN[kind]: (start + prolog + rest.replace("Words", f"Words {entity}")).encode()})


def _many_entries(kind: str, number: int) -> bytes:
    stored = io.BytesIO(_GOOD[kind]())
    with zipfile.ZipFile(stored, "a") as archive:
        for n in range(number):
            archive.writestr(f"x{n}", b"")
    return stored.getvalue()


def _encrypted(data: bytes) -> bytes:
    """The archive with the flag of encryption set for each file."""
    changed = bytearray(data)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(sign)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(sign, at + 4)
    return bytes(changed)


def _lying(data: bytes) -> bytes:
    """The archive, whose list says that files are of 4 GB."""
    changed = bytearray(data)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", changed, at + 24, 0xFFFFFFF0)
        at = changed.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def _flipped(data: bytes, seed: int) -> bytes:
    changed, chance = bytearray(data), random.Random(seed)
    for _ in range(30):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _bomb(kind: str, megabytes: int) -> bytes:
    good = _GOOD[kind]()
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        main = archive.read(_MAIN[kind])
    at = main.index(b"Words")
    return _changed(good, {_MAIN[kind]: main[:at] + b" " * (megabytes * 1024 * 1024) + main[at:]})


def _overlapping(kind: str) -> bytes:
    """A list of many names that all lead to the same packed bytes."""
    data = _bomb(kind, 20)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.start_dir
        entry_end = data.index(b"PK\x05\x06")
    entries = data[start:entry_end] * 200
    end = bytearray(data[entry_end:])
    count = entries.count(b"PK\x01\x02")
    struct.pack_into("<HHII", end, 8, count & 0xFFFF, count & 0xFFFF, len(entries), start)
    return data[:start] + entries + bytes(end)


def _for_each(kind: str) -> tuple[Case, ...]:
    good, main = _GOOD[kind], _MAIN[kind]
    paths = ("../../x", "/etc/x", "C:\\x", "..\\..\\x", "a\0b", "", ".", "con", "x" * 5000)
    return (
        Case(f"bomb.{kind}", lambda size: _bomb(kind, 30 * size)),
        Case(f"overlapping.{kind}", lambda _: _overlapping(kind)),
        Case(f"many-entries.{kind}", lambda size: _many_entries(kind, 12_000 * size)),
        Case(f"traversal.{kind}", lambda _: _changed(good(), {path: b"x" for path in paths if path})),
        Case(f"laughs.{kind}", lambda _: _with_prolog(kind, _LAUGHS, "&a11;")),
        Case(f"external-entity.{kind}", lambda _: _with_prolog(kind, _FILE, "&x;")),
        Case(
            f"external-dtd.{kind}",
            lambda _: _with_prolog(kind, '<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">', ""),
        ),
        Case(f"truncated.{kind}", lambda _: good()[: len(good()) // 2]),
        Case(f"no-list.{kind}", lambda _: good()[: good().rindex(b"PK\x01\x02")]),
        Case(f"empty-archive.{kind}", lambda _: b"PK\x05\x06" + bytes(18)),
        Case(f"not-an-archive.{kind}", lambda size: random.Random(8).randbytes(100_000 * size)),
        Case(f"text.{kind}", lambda _: b"This is only text."),
        Case(f"encrypted.{kind}", lambda _: _encrypted(good())),
        Case(f"lying.{kind}", lambda _: _lying(good())),
        *(Case(f"flipped-{n}.{kind}", lambda _, n=n: _flipped(good(), n)) for n in range(5)),  # type: ignore[misc]
        Case(f"no-main-part.{kind}", lambda _: _changed(good(), {main: None})),
        Case(f"empty-main-part.{kind}", lambda _: _changed(good(), {main: b""})),
        Case(
            f"random-main-part.{kind}",
            lambda size: _changed(good(), {main: random.Random(9).randbytes(100_000 * size)}),
        ),
        Case(f"main-part-as-folder.{kind}", lambda _: _changed(good(), {main: None, main + "/x": b"x"})),
        Case(f"deep-main-part.{kind}", lambda size: _changed(good(), {main: b"<x>" * 100_000 * size})),
        Case(f"wrong-mimetype.{kind}", lambda _: _changed(good(), {"mimetype": b"application/zip"})),
    )


def _looping_nav(_: int) -> bytes:
    book = _epub()
    book.nav = [("One", "nav.xhtml", [("Again", "nav.xhtml#x", [])])]
    book.ncx = [("One", "toc.ncx", [("One", "one.xhtml", [])])]
    return book.build()


def _deep_nav(size: int) -> bytes:
    entries: list[tuple[str, str, list[object]]] = [("Deep", "one.xhtml", [])]
    for _ in range(200):
        entries = [("Deep", "one.xhtml", list(entries))]
    book = _epub()
    book.nav = entries
    return book.build()


def _long_spine(size: int) -> bytes:
    book = _epub()
    for n in range(1500 * size):
        book.add(f"c{n}.xhtml", "<p>x</p>")
    return book.build()


def _deep_chapter(size: int) -> bytes:
    return _epub().add("deep.xhtml", "<div>" * 20_000 * size + "deep").build()


def _notes_loop(size: int) -> bytes:
    notes = "".join(
        f'<p id="n{n}"><a href="#n{n + 1}" epub:type="noteref">{n}</a> x</p>' for n in range(2000 * size)
    )
    return _epub().add("notes.xhtml", notes).build()


def _package_loop(_: int) -> bytes:
    container = _epub().build()
    return _changed(
        container,
        {
            "OEBPS/content.opf": b"<package><manifest><item id='a' href='content.opf' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/>"
            + b"<itemref idref='a'/>" * 20_000
            + b"</spine></package>"
        },
    )


_W = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
OWN = (
    Case("nav-loop.epub", _looping_nav),
    Case("nav-deep.epub", _deep_nav),
    Case("spine.epub", _long_spine),
    Case("deep-chapter.epub", _deep_chapter),
    Case("notes-loop.epub", _notes_loop),
    Case("package-loop.epub", _package_loop),
    Case("script.epub", lambda _: _epub().add("two.xhtml", "<script>alert(1)</script><p><a href='file:///etc/passwd'>x</a><img src='file:///etc/passwd'/></p>").build()),
    Case("binary-chapter.epub", lambda size: _epub().add("two.xhtml", random.Random(10).randbytes(100_000 * size)).build()),
    Case("utf-16-laughs.epub", lambda _: _epub().add("two.xhtml", ("<?xml version='1.0' encoding='utf-16'?>" + _LAUGHS + page("<p>&a11;</p>")).encode("utf-16")).build()),
    Case("nested-tables.docx", lambda size: _docx("<w:tbl><w:tr><w:tc>" * 80 + paragraph(run("x")) + "</w:tc></w:tr></w:tbl>" * 80)),
    Case("huge-table.docx", lambda size: _docx("<w:tbl>" + ("<w:tr>" + f"<w:tc>{paragraph(run('x'))}</w:tc>" * 50 + "</w:tr>") * 200 * size + "</w:tbl>")),
    Case("spans.docx", lambda size: _docx("<w:tbl><w:tr>" + f"<w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr>{paragraph(run('x'))}</w:tc>" * 50 + "</w:tr></w:tbl>")),
    Case("styles-loop.docx", lambda _: _changed(_docx(), {"word/styles.xml": f"<w:styles {_W}><w:style w:styleId='a' w:type='paragraph'><w:basedOn w:val='b'/></w:style><w:style w:styleId='b' w:type='paragraph'><w:basedOn w:val='a'/></w:style></w:styles>".encode()})),
    Case("relations-loop.docx", lambda _: _changed(_docx(), {"_rels/.rels": b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='a' Type='x/officeDocument' Target='_rels/.rels'/></Relationships>"})),
    Case("long-word.docx", lambda size: docx(paragraph(run("x" * 400_000 * size)))),
    Case("many-paragraphs.docx", lambda size: docx(paragraph(run("x")) * 10_000 * size)),
    Case("fields.docx", lambda size: _docx("<w:p>" + "<w:r><w:fldChar w:fldCharType='begin'/></w:r>" * 5000 * size + "</w:p>")),
    Case("repeated-cells.odt", lambda _: _odt("<table:table><table:table-row table:number-rows-repeated='1000000'><table:table-cell table:number-columns-repeated='16384'>" + p("x") + "</table:table-cell></table:table-row></table:table>")),
    Case("spaces.odt", lambda _: _odt(p("x<text:s text:c='2000000000'/>y"))),
    Case("nested-lists.odt", lambda _: _odt("<text:list><text:list-item>" * 90 + p("x") + "</text:list-item></text:list>" * 90)),
    Case("nested-sections.odt", lambda _: _odt("<text:section>" * 200 + p("x") + "</text:section>" * 200)),
    Case("many-paragraphs.odt", lambda size: _odt(p("x") * 10_000 * size)),
)  # fmt: skip

ARCHIVES = (*_for_each("epub"), *_for_each("docx"), *_for_each("odt"), *OWN)
