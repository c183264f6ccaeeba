"""Pictures of a text take their room at once and are painted when they are there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QColor, QImage

from annotator.domain.article import OBJECT, Block, BlockKind, Mark, MarkKind, TextBuilder
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.pictures import NO_PICTURES, Pictures, decoded
from annotator.ui.reader.styles import FIGURE_SIZE, INLINE_IMAGE, image_room
from annotator.ui.reader.surface import ReaderSurface
from annotator.ui.theme import ThemeManager

Done = Callable[[QImage], None]
RED = QColor("#c00000")


def png(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(RED)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return held.data()


class Shelf:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, QSize, Done]] = []

    def load(self, name: str, pixels: QSize, done: Done) -> None:
        self.asked.append((name, pixels, done))

    def answer(self, data: bytes) -> None:
        for _, pixels, done in self.asked:
            done(decoded(data, pixels))


def figure(pictures: Pictures) -> ReaderDocument:
    builder = TextBuilder()
    builder.add(BlockKind.PARAGRAPH, "Before")
    builder.add(BlockKind.FIGURE, f"{OBJECT}\nA caption", [Mark(MarkKind.IMAGE, 0, 1, "A tram", "tram")])
    builder.add(BlockKind.PARAGRAPH, "Behind")
    return ReaderDocument(builder.text, tuple(builder.blocks), pictures=pictures)


@pytest.fixture
def surface(qtbot, themes: ThemeManager) -> ReaderSurface:
    made = ReaderSurface(themes)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def reds(surface: ReaderSurface) -> int:
    image = surface.viewport().grab().toImage()
    return sum(
        image.pixelColor(x, y) == RED
        for x in range(0, image.width(), 10)
        for y in range(0, image.height(), 10)
    )


def test_a_picture_has_its_room_before_it_is_there_and_is_painted_then(surface: ReaderSurface, qtbot) -> None:
    shelf = Shelf()
    surface.show_article(figure(Pictures({"tram": (300, 200)}, shelf.load)))
    height = surface.document().size().height()
    assert height > 300
    assert reds(surface) == 0
    assert {(name, pixels.width(), pixels.height()) for name, pixels, _ in shelf.asked} == {
        ("tram", 300, 200)
    }
    shelf.answer(png(300, 200))
    assert reds(surface) == pytest.approx(600, abs=60)
    assert surface.document().size().height() == height
    assert len(shelf.asked) == 1  # asked for once, however often it is painted


def test_a_damaged_picture_leaves_its_words(surface: ReaderSurface) -> None:
    shelf = Shelf()
    surface.show_article(figure(Pictures({"tram": (300, 200)}, shelf.load)))
    surface.viewport().grab()
    shelf.answer(b"\x89PNG nothing")
    assert reds(surface) == 0


def test_a_picture_is_never_wider_than_the_column() -> None:
    pictures = Pictures({"wide": (1600, 400), "small": (30, 20), "high": (800, 1600)}, lambda *_: None)
    block = Block(BlockKind.FIGURE, 0, 1)

    def room(name: str, block: Block = block) -> QSize:
        return image_room(Mark(MarkKind.IMAGE, 0, 1, "", name), block, pictures, 660)

    assert room("wide") == QSize(660, 165)
    assert room("small") == QSize(30, 20)
    assert room("high") == QSize(280, 560)
    assert room("") == room("missing") == FIGURE_SIZE
    paragraph = Block(BlockKind.PARAGRAPH, 0, 1)
    assert room("high", paragraph) == QSize(80, 160)
    assert room("missing", paragraph) == INLINE_IMAGE


def test_only_png_and_jpeg_are_decoded() -> None:
    assert decoded(png(30, 20), QSize(15, 10)).size() == QSize(15, 10)
    assert decoded(b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", QSize(9, 9)).isNull()
    assert decoded(b"GIF89a" + bytes(50), QSize(9, 9)).isNull()
    assert decoded(b"", QSize(9, 9)).isNull()


def test_pictures_that_were_not_seen_for_long_are_given_back() -> None:
    shelf = Shelf()
    pictures = Pictures({f"{n}": (1600, 1600) for n in range(20)}, shelf.load)
    for n in range(20):
        assert pictures.at(f"{n}", QSize(1600, 1600)) is None
    shelf.answer(png(40, 40))
    assert pictures.at("19", QSize(1600, 1600)) is not None
    assert pictures.at("0", QSize(1600, 1600)) is None
    assert len(shelf.asked) == 21  # the first was asked for anew


def test_a_text_without_pictures_shows_words() -> None:
    assert NO_PICTURES.fitted("any", QSize(100, 100)) is None
    assert NO_PICTURES.at("any", QSize(10, 10)) is None
