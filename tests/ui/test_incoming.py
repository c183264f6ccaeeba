"""What the clipboard and drops are taken for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from annotator.ui.incoming import Incoming, incoming, may_hold


def mime(*, urls: tuple[str, ...] = (), html: str = "", text: str = "", image: bool = False) -> QMimeData:
    data = QMimeData()
    if urls:
        data.setUrls([QUrl(url) for url in urls])
    if html:
        data.setHtml(html)
    if text:
        data.setText(text)
    if image:
        data.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    return data


def test_files_and_folders_come_first_each_once() -> None:
    data = mime(urls=("file:///a/b.md", "file:///a", "file:///a/b.md"), text="file:///a/b.md")
    assert incoming(data) == Incoming(files=(Path("/a/b.md"), Path("/a")))


def test_rich_text_comes_before_the_plain_text_of_the_same_and_an_image_of_it() -> None:
    data = mime(html="<p>Some <b>words</b></p>", text="Some words", image=True)
    assert "<b>words</b>" in incoming(data).html
    assert incoming(mime(text="  Some words\n")) == Incoming(text="  Some words\n")


def test_a_link_or_an_address_alone_is_an_address() -> None:
    address = "https://gazette.example/ferries"
    link = mime(urls=(address,), html=f'<a href="{address}">Ferries</a>', text=address)
    assert incoming(link) == Incoming(address=address)
    assert incoming(mime(urls=(address,))) == Incoming(address=address)
    assert incoming(mime(text=f" {address}\n")) == Incoming(address=address)
    assert incoming(mime(text=f"See {address}")).text == f"See {address}"


def test_an_image_alone_is_an_image_also_when_it_comes_from_a_page() -> None:
    assert incoming(mime(image=True)) == Incoming(image=True)
    assert incoming(mime(html='<meta charset="utf-8"><img src="a.png">', image=True)) == Incoming(image=True)


def test_nothing_is_nothing() -> None:
    assert not incoming(QMimeData())
    assert not incoming(mime(text=" \n"))
    assert not may_hold(QMimeData())
    assert may_hold(mime(image=True))
