"""Pictures of a file: decoded here, named by their bytes, and never fetched."""

from __future__ import annotations

import base64
import hashlib
import io
import random
from email.message import EmailMessage
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from PIL import Image
from tests.importers.docx_maker import docx, paragraph, run
from tests.importers.epub_maker import Maker

from annotator.domain.article import OBJECT, BlockKind, ImportedArticle, Mark, MarkKind, TextBuilder
from annotator.importers.base import ImportHints, importer_for
from annotator.importers.pictures import MAX_SIDE, MAX_STORED, Pictures, embedded

SOME_WORDS = " ".join(["Ninety trams ran at night, and most of them were full on Fridays."] * 12)


def image(form: str = "PNG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: object) -> bytes:
    """A picture of one colour."""
    buffer = io.BytesIO()
    Image.new(
        mode, size, 120 if mode in ("L", "I;16", "P") else "teal" if "A" not in mode else (9, 9, 9, 99)
    ).save(buffer, form, **options)
    return buffer.getvalue()


def noise(form: str, size: tuple[int, int]) -> bytes:
    """A picture that no compression makes smaller."""
    buffer = io.BytesIO()
    Image.frombytes("RGB", size, random.Random(5).randbytes(size[0] * size[1] * 3)).save(buffer, form)
    return buffer.getvalue()


def data_address(data: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def with_images(*names: str) -> ImportedArticle:
    builder = TextBuilder()
    builder.add(BlockKind.PARAGRAPH, "Some words")
    for name in names:
        builder.add(BlockKind.FIGURE, f"{OBJECT}\nA caption", [Mark(MarkKind.IMAGE, 0, 1, "alt", name)])
    return ImportedArticle(title="A title", text=builder.text, blocks=tuple(builder.blocks))


def shown(files: dict[str, bytes], *names: str) -> ImportedArticle:
    return Pictures(files.get).shown_in(with_images(*(names or files)))


def named(article: ImportedArticle) -> list[str]:
    return [mark.picture for block in article.blocks for mark in block.marks if mark.kind is MarkKind.IMAGE]


def read(data: bytes, name: str) -> ImportedArticle:
    return importer_for(name, data).read(data, ImportHints(name))


def sized(article: ImportedArticle) -> list[tuple[int, int]]:
    return [(picture.width, picture.height) for picture in article.pictures]


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_png_or_jpeg_stays_as_it_is_and_is_named_by_its_bytes(form: str) -> None:
    data = image(form)
    article = shown({"one": data})
    (picture,) = article.pictures
    assert picture.data == data
    assert picture.media_type == f"image/{form.lower()}"
    assert named(article) == [picture.sha256] == [hashlib.sha256(data).hexdigest()]
    assert article.warnings == ()


def test_the_same_picture_twice_is_kept_once() -> None:
    article = shown({"one": image(), "two": image()}, "one", "two", "one")
    assert len(article.pictures) == 1
    assert named(article) == [article.pictures[0].sha256] * 3


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (image("GIF", mode="P"), "image/png"),
        (image("GIF", mode="P", save_all=True, append_images=[Image.new("P", (64, 48), 3)]), "image/png"),
        (image("WEBP"), "image/png"),
        (image("WEBP", mode="RGBA"), "image/png"),
        (image("PNG", mode="I;16"), "image/png"),
        (image("JPEG", mode="CMYK"), "image/jpeg"),
        (image("PNG", mode="RGBA"), "image/png"),
        (image("PNG", mode="L"), "image/png"),
    ],
)
def test_other_kinds_become_png_or_jpeg(data: bytes, form: str) -> None:
    (picture,) = shown({"one": data}).pictures
    assert picture.media_type == form
    with Image.open(io.BytesIO(picture.data)) as found:
        assert found.size == (picture.width, picture.height) == (64, 48)
        assert getattr(found, "n_frames", 1) == 1


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_large_picture_is_made_smaller(form: str) -> None:
    (picture,) = shown({"one": image(form, (3200, 1000))}).pictures
    assert (picture.width, picture.height) == (MAX_SIDE, MAX_SIDE * 1000 // 3200)


def test_a_picture_of_many_bytes_takes_less_room() -> None:
    data = noise("PNG", (1000, 900))
    assert len(data) > MAX_STORED
    (picture,) = shown({"one": data}).pictures
    assert len(picture.data) <= MAX_STORED
    assert picture.media_type == "image/jpeg"


def test_a_photo_that_lies_on_its_side_is_put_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    (picture,) = shown({"one": image("JPEG", exif=exif)}).pictures
    assert (picture.width, picture.height) == (48, 64)


@pytest.mark.parametrize(
    "data",
    [
        image()[:60], image("JPEG")[:300], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"BM" + bytes(900), b"GIF89a",
        b"RIFF\x10\0\0\0WAVEfmt ", b"\x89PNG\r\n\x1a\n" + random.Random(3).randbytes(4000), b"%!PS-Adobe EPSF",
        image("PNG", (20_000, 20_000), "1"), image() + b"x" * (9 << 20),
    ],
    ids=["cut", "cut-jpeg", "svg", "bmp", "head", "sound", "noise", "eps", "bomb", "long"],
)  # fmt: skip
def test_what_can_not_be_shown_is_left_out_and_told(data: bytes) -> None:
    article = shown({"bad": data, "good": image()})
    assert len(article.pictures) == 1
    assert named(article) == ["", article.pictures[0].sha256]
    assert article.warnings == (
        "One picture was left out: too large, too many, damaged, or of a kind that is not shown.",
    )


def test_counters_and_addresses_elsewhere_are_no_pictures_and_need_no_word() -> None:
    article = shown({"dot": image(size=(1, 1))}, "dot", "https://e.example/a.png", "/etc/a.png", "")
    assert article.pictures == ()
    assert named(article) == [""] * 4
    assert article.warnings == ()


def test_a_text_has_no_more_than_a_number_of_pictures() -> None:
    files = {f"{n}": image(size=(16, 16 + n)) for n in range(403)}
    article = shown(files)
    assert len(article.pictures) == 400
    assert article.warnings == (
        "3 pictures were left out: too large, too many, damaged, or of a kind that is not shown.",
    )


def test_only_a_data_address_of_a_raster_image_has_bytes() -> None:
    assert embedded(data_address(image())) == image()
    assert embedded(data_address(b"<svg/>", "svg+xml")) is None
    assert embedded("data:image/png;base64,äöü") is None
    assert embedded("file:///etc/passwd") is None


# In files ------------------------------------------------------------------------------------------------------------


def test_a_page_shows_what_is_written_into_it_and_nothing_else() -> None:
    page = (
        f"<html><body><article><h1>Trams</h1><p>{SOME_WORDS}</p>"
        f"<figure><img src='{data_address(image())}' alt='A tram'><figcaption>A tram at night</figcaption></figure>"
        f"<p>{SOME_WORDS}</p><p><img src='{data_address(image(size=(300, 200)))}'></p>"
        f"<p><img src='{data_address(image(size=(20, 20)))}'>An icon</p>"
        f"<figure><img src='https://e.example/a.jpg' alt='Elsewhere'></figure>"
        f"<figure><img src='../../secret.png' alt='A file'></figure><p>{SOME_WORDS}</p></article></body></html>"
    )
    article = read(page.encode(), "page.html")
    assert sized(article) == [(64, 48), (300, 200)]
    assert [bool(name) for name in named(article)] == [True, True, False, False]
    assert "picture:" not in article.text


def test_a_web_archive_shows_its_pictures_by_address_and_by_number() -> None:
    whole = MIMEMultipart("related", type="text/html")
    address = "https://hafen.example/a/1"
    text = (
        f"<html><body><article><h1>Trams</h1><p>{SOME_WORDS}</p><figure><img src='/b/tram.png' alt='A tram'></figure>"
        f"<figure><img src='cid:two@e' alt='Two'></figure><p>{SOME_WORDS}</p></article></body></html>"
    )
    page = MIMEText(text, "html")
    page["Content-Location"] = address
    whole.attach(page)
    for size, header, value in (((64, 48), "Content-Location", "https://hafen.example/b/tram.png"),
                                ((80, 60), "Content-ID", "<two@e>")):  # fmt: skip
        part = MIMEImage(image(size=size), "png")
        part[header] = value
        whole.attach(part)
    assert sized(read(whole.as_bytes(), "page.mhtml")) == [(64, 48), (80, 60)]


def test_a_letter_shows_the_pictures_it_came_with() -> None:
    letter = EmailMessage()
    letter["Subject"] = "Trams"
    letter.set_content("Plain")
    letter.add_alternative(f"<p>{SOME_WORDS}</p><img src='cid:tram@e' alt='A tram'>", subtype="html")
    letter.get_payload()[1].add_related(image(), "image", "png", cid="<tram@e>")
    article = read(letter.as_bytes(), "letter.eml")
    assert sized(article) == [(64, 48)]
    assert article.warnings == ()


def test_a_book_shows_its_pictures_also_those_in_drawings() -> None:
    book = Maker()
    svg = '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="img/b%20c.jpg"/></svg>'
    book.add(
        "one.xhtml",
        f"<h1>One</h1><p>{SOME_WORDS}</p><figure><img src='img/a.png' alt='A tram'/></figure><div>{svg}</div>"
        "<p><img src='../../../etc/passwd' alt='Outside'/></p>",
    )
    book.others |= {"OEBPS/img/a.png": image(), "OEBPS/img/b c.jpg": image("JPEG", (90, 60))}
    assert sized(read(book.build(), "book.epub")) == [(64, 48), (90, 60)]


def test_a_word_file_shows_its_pictures() -> None:
    drawing = (
        '<w:drawing><wp:inline><wp:docPr id="1" name="x" descr="A tram"/><a:graphic><a:graphicData><pic:pic>'
        '<pic:blipFill><a:blip r:embed="rIdP"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    data = docx(
        paragraph(run(SOME_WORDS)) + f"<w:p><w:r>{drawing}</w:r></w:p>",
        pictures={"rIdP": ("media/image1.png", image())},
    )
    article = read(data, "tram.docx")
    assert sized(article) == [(64, 48)]
    assert [mark.value for block in article.blocks for mark in block.marks] == ["A tram"]


def test_rich_text_shows_its_pictures() -> None:
    text = f"{{\\rtf1\\ansi {SOME_WORDS}\\par {{\\pict\\pngblip\\picw64\\pich48 \n{image().hex()}}}\\par Behind.}}"
    assert sized(read(text.encode(), "tram.rtf")) == [(64, 48)]


def test_markdown_shows_what_is_written_into_it_and_keeps_the_words_of_code() -> None:
    address = data_address(image())
    article = read(
        f"# Trams\n\n![A tram]({address})\n\n```\n![]({address})\n```\n\nWords.\n".encode(), "a.md"
    )
    assert sized(article) == [(64, 48)]
    assert f"![]({address})" in article.text
