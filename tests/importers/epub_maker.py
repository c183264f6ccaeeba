"""EPUB files for tests, written as the programs that make them do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

XHTML = "application/xhtml+xml"
CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="{}" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


@dataclass
class Maker:
    """A book in the making. `nav` and `ncx` are nested lists of (title, href, children)."""

    title: str = "The night tram"
    version: str = "3.0"
    opf: str = "OEBPS/content.opf"
    language: str = "en"
    metadata: str = "<dc:creator>Ann Lee</dc:creator>"
    spine_attributes: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    documents: list[tuple[str, str]] = field(default_factory=list)  # name, attributes of its itemref
    properties: dict[str, str] = field(default_factory=dict)
    nav: Sequence[tuple] | None = None
    ncx: Sequence[tuple] | None = None
    nav_more: str = ""
    ncx_more: str = ""
    guide: str = ""
    mimetype: bytes | None = b"application/epub+zip"
    others: dict[str, bytes] = field(default_factory=dict)

    def add(
        self, name: str, body: str | bytes, *, head: str = "", html: str = "", itemref: str = ""
    ) -> Maker:
        """Add a document; a `body` of bytes is the whole file."""
        self.documents.append((name, itemref))
        self.files[name] = body if isinstance(body, bytes) else page(body, head=head, html=html).encode()
        return self

    def build(self) -> bytes:
        """The bytes of the book."""
        folder = self.opf.rpartition("/")[0]
        prefix = f"{folder}/" if folder else ""
        stored = io.BytesIO()
        with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
            if self.mimetype is not None:
                archive.writestr(zipfile.ZipInfo("mimetype"), self.mimetype)
            archive.writestr("META-INF/container.xml", CONTAINER.format(self.opf))
            archive.writestr(self.opf, self._package())
            if self.nav is not None:
                archive.writestr(f"{prefix}nav.xhtml", self._nav())
            if self.ncx is not None:
                archive.writestr(f"{prefix}toc.ncx", self._ncx())
            for name, data in self.files.items():
                archive.writestr(f"{prefix}{name}", data)
            for name, data in self.others.items():
                archive.writestr(name, data)
        return stored.getvalue()

    def _package(self) -> str:
        items = [
            f"<item id='d{number}' href={quoteattr(name)} media-type='{XHTML}'"
            + (f" properties='{self.properties[name]}'" if name in self.properties else "")
            + "/>"
            for number, (name, _) in enumerate(self.documents)
        ]
        if self.nav is not None:
            items.append(f"<item id='nav' href='nav.xhtml' media-type='{XHTML}' properties='nav'/>")
        if self.ncx is not None:
            items.append("<item id='ncx' href='toc.ncx' media-type='application/x-dtbncx+xml'/>")
        spine = "".join(f"<itemref idref='d{n}' {more}/>" for n, (_, more) in enumerate(self.documents))
        toc = "toc='ncx'" if self.ncx is not None else ""
        return (
            f"<?xml version='1.0' encoding='utf-8'?><package xmlns='http://www.idpf.org/2007/opf' version='{self.version}'"
            " unique-identifier='id'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'"
            f" xmlns:opf='http://www.idpf.org/2007/opf'><dc:title id='t1'>{escape(self.title)}</dc:title>"
            f"<dc:language>{self.language}</dc:language>{self.metadata}</metadata>"
            f"<manifest>{''.join(items)}</manifest><spine {toc} {self.spine_attributes}>{spine}</spine>"
            f"<guide>{self.guide}</guide></package>"
        )

    def _nav(self) -> str:
        return page(
            f"<nav epub:type='toc'><h1>Contents</h1>{_list(self.nav or ())}</nav>{self.nav_more}",
        )

    def _ncx(self) -> str:
        return (
            "<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE ncx PUBLIC '-//NISO//DTD ncx 2005-1//EN' "
            "'http://www.daisy.org/z3986/2005/ncx-2005-1.dtd'>"
            "<ncx xmlns='http://www.daisy.org/z3986/2005/ncx/' version='2005-1'>"
            f"<docTitle><text>{escape(self.title)}</text></docTitle><navMap>{_points(self.ncx or ())}</navMap>"
            f"{self.ncx_more}</ncx>"
        )


def page(body: str, *, head: str = "", html: str = "") -> str:
    """An XHTML document."""
    return (
        "<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.1//EN' "
        "'http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd'>\n<html xmlns='http://www.w3.org/1999/xhtml' "
        f"xmlns:epub='http://www.idpf.org/2007/ops' {html}><head><title>x</title>{head}</head>"
        f"{body if body.startswith('<body') else f'<body>{body}</body>'}</html>"
    )


def _list(entries: Sequence[tuple]) -> str:
    lines = (
        (
            f"<li><a href={quoteattr(href)}>{escape(title)}</a>"
            if href
            else f"<li><span>{escape(title)}</span>"
        )
        + (_list(below[0]) if below else "")
        + "</li>"
        for title, href, *below in entries
    )
    return f"<ol>{''.join(lines)}</ol>"


def _points(entries: Sequence[tuple]) -> str:
    return "".join(
        f"<navPoint><navLabel><text>{escape(title)}</text></navLabel><content src={quoteattr(href)}/>"
        f"{_points(below[0]) if below else ''}</navPoint>"
        for title, href, *below in entries
    )


def rezipped(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """The archive with some of its files changed, or left out where there is None."""
    stored = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as new:
        names = dict.fromkeys((*old.namelist(), *changes))
        for name in names:
            content = changes[name] if name in changes else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return stored.getvalue()
