"""Fills are got ready without overlaps, and look as if each had been painted over those before it."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from annotator.domain.ids import AnnotationId, TagId
from annotator.domain.views import SpanRow
from annotator.ui.reader.geometry import Box, Piece
from annotator.ui.reader.painting import MarkStyles, draw, paint_drawing, paint_fills
from annotator.ui.theme import Theme

LOOKS = {TagId(name): (name, "solid") for name in ("amber", "blue", "green", "rose")}


def pieces(seed: int) -> list[Piece]:
    rng = random.Random(seed)
    found = []
    for number, left in enumerate(sorted(rng.uniform(0, 250) for _ in range(25))):
        row = SpanRow(
            number, number + 1, AnnotationId(str(number)), None, rng.choice([*LOOKS, None]), "", False
        )
        box = Box.of(QRectF(left, 10.4 + 30 * rng.randrange(2), rng.uniform(0, 60), 22.3))
        found.append(Piece(row, box.area, box.line_y, box.edges))
    return found


@pytest.mark.parametrize("seed", range(8))
def test_fills_without_overlaps_look_like_fills_painted_one_over_the_other(
    qapp: QApplication, seed: int
) -> None:
    styles = MarkStyles(Theme.load("light"), LOOKS)
    marked = pieces(seed)
    pictures = []
    for paint in (
        lambda painter: paint_fills(painter, marked, styles, None, None),
        lambda painter: paint_drawing(painter, draw(marked, styles, 1.0)),
    ):
        picture = QImage(320, 80, QImage.Format.Format_RGB32)
        picture.fill(0xFFFFFFFF)
        painter = QPainter(picture)
        paint(painter)
        painter.end()
        pictures.append(picture)
    assert pictures[0] == pictures[1]


def test_with_high_contrast_passages_have_lines_and_the_active_one_an_outline(qapp: QApplication) -> None:
    styles = MarkStyles(Theme.load("light", high_contrast=True), LOOKS)
    marked = [piece for piece in pieces(1) if piece.row.tag_id is not None]
    drawing = draw(marked, styles, 1.0)
    assert drawing.fills == ()
    assert drawing.lines
    active = marked[0].row.annotation_id
    picture = QImage(320, 80, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFFFF)
    painter = QPainter(picture)
    paint_fills(painter, marked, styles, active, None)
    painter.end()
    box, line = marked[0].box.toRect(), styles.of(marked[0].row).line
    assert picture.pixelColor(box.center().x(), box.bottom() + 3) == line
    assert picture.pixelColor(box.center()) == QColor("white")
    changed = sum(picture.pixelColor(x, y) != QColor("white") for x in range(320) for y in range(80))
    assert changed < 2 * 2 * (box.width() + box.height() + 12)
