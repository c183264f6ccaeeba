"""Fills are got ready without overlaps, and look as if each had been painted over those before it."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
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
