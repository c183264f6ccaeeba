"""Our boxes beside those that Qt paints for the same passages with `QTextEdit.ExtraSelection`, pixel by pixel: in text
of every direction, with combining characters and emoji, over several blocks, at 100 % and at 150 %."""

from __future__ import annotations

import os
import subprocess
import sys
from random import Random

import pytest
from PySide6.QtGui import QColor, QImage, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from annotator.domain.selectors import TextSpan
from annotator.ui.reader.document import ReaderDocument
from annotator.ui.reader.view import ReaderView

MAGENTA = QColor("#ff00ff").rgb()
TEXTS = {
    "left to right": (
        "At twenty past midnight the last tram leaves Harbour Gate, and for five hours nobody is awake.\n"
        "Or so the city pretends.\n"
        "Some of those who cross it then are on their way to work, and others are on the way back from it."
    ),
    "right to left": (
        "בין חצות לחמש בבוקר חוצים את העיר כארבעים ואחד אלף אנשים ביום רגיל, ורובם הולכים לעבודה\n"
        "זאת שורה קצרה.\n"
        "يعبر المدينة في الليل كثير من الناس، ومعظمهم في طريقهم إلى العمل لا إلى الحانات كما يقال"
    ),
    "mixed": (
        "The word שלום עולם 123 means hello, says מורה and then the line goes on and on until it is broken.\n"
        "בשנת 2026 פתחה חברת Velmar Transit קו לילה חדש, the first of its kind, וזה הצליח מאוד\n"
        "Plain words end it, with كلمة in between."
    ),
    "combining": (
        "cafe\u0301 re\u0301sume\u0301 nai\u0308ve and more words to fill the line a little further\n"
        "a\u0300\u0316 e\u0323\u0302 o\u0328\u0304 u\u030b with two marks each, and once more: a\u0300\u0316 e\u0323\u0302\n"
        "שָׁלוֹם with points"
    ),
    "emoji": (
        "grin 😀 family 👩\u200d👩\u200d👧 flag 🇩🇪 and the end of it, which is rather long so that it breaks\n"
        "😀😀👍🏽👍🏽 𠀀𠀁 and 漢字 beside them\n"
        "last ☂\ufe0f line"
    ),
}


def blocks(reader: ReaderView) -> list[QTextBlock]:
    found, block = [], reader.document().firstBlock()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def painted_by_qt(reader: ReaderView, span: TextSpan) -> QImage:
    """The text with the passage on a ground of magenta, its letters too."""
    to_qt = reader.page.offsets.to_qt
    selection = QTextEdit.ExtraSelection()
    selection.cursor = QTextCursor(reader.document())
    selection.cursor.setPosition(to_qt(span.start))
    selection.cursor.setPosition(to_qt(span.end), QTextCursor.MoveMode.KeepAnchor)
    selection.format = QTextCharFormat()
    selection.format.setBackground(QColor(MAGENTA))
    selection.format.setForeground(QColor(MAGENTA))
    reader.setExtraSelections([selection])
    reader.setCursorWidth(0)  # else the caret stands in the picture
    image = reader.viewport().grab().toImage()
    reader.setExtraSelections([])
    return image


def differences(reader: ReaderView, span: TextSpan) -> list[str]:
    """Columns of the screen, line by line, that only Qt or only we colour, more than a pixel of the design from an edge
    of ours."""
    image, dpr = painted_by_qt(reader, span), reader.devicePixelRatioF()
    corner = reader.viewport().pos()
    ours = [box.translated(-corner.x(), -corner.y()) for box in reader.boxes_on_screen(span)]
    wrong = []
    for number, block in enumerate(blocks(reader)):
        area = reader.document().documentLayout().blockBoundingRect(block)
        for row in range(block.layout().lineCount()):
            line = block.layout().lineAt(row)
            top, bottom = area.top() + line.y(), area.top() + line.y() + line.height()
            used = line.naturalTextRect().translated(area.left(), area.top())
            here = [box for box in ours if top - 1 <= box.center().y() <= bottom]
            assert all(box.top() >= top - 1 and box.bottom() <= bottom + 3 for box in here)
            edges = [edge * dpr for box in here for edge in (box.left(), box.right())]
            y = round((top + 2) * dpr), round((bottom - 2) * dpr)
            for x in range(image.width()):
                middle = x + 0.5
                in_ours = any(box.left() * dpr <= middle < box.right() * dpr for box in here)
                in_qts = any(image.pixel(x, at) == MAGENTA for at in range(*y, 3))
                if in_ours == in_qts or any(abs(middle - edge) <= dpr for edge in edges):
                    continue
                if in_qts and not used.left() * dpr <= middle < used.right() * dpr:
                    continue  # the space at the end of a line, which has no box
                wrong.append(f"block {number}, line {row}, x {x}: {'ours' if in_ours else 'Qt'}")
    return wrong


def passages(text: str, seed: int) -> list[tuple[int, int]]:
    """All of the text, and passages of it that begin and end anywhere, also within characters, but in no space: what
    is stored never does."""
    random = Random(seed)
    cuts = [sorted(random.sample(range(len(text) + 1), 2)) for _ in range(40)]
    kept = [(start, end) for start, end in cuts if not (text[start].isspace() or text[end - 1].isspace())]
    return [(0, len(text)), *kept[:12]]


@pytest.mark.parametrize("kind", TEXTS)
def test_our_boxes_are_those_of_qt(reader: ReaderView, kind: str) -> None:
    text = TEXTS[kind]
    reader.resize(420, 700)
    reader.show_article(ReaderDocument(text))
    to_qt = reader.page.offsets.to_qt
    for start, end in passages(text, len(text)):
        span = reader.page.whole(to_qt(start), to_qt(end))
        assert span.start <= start
        assert span.end >= end
        assert reader.boxes_on_screen(span) or not text[span.start : span.end].strip()
        assert differences(reader, span) == [], f"{kind}: {text[start:end]!r}"


@pytest.mark.parametrize("kind", TEXTS)
def test_a_box_is_missed_when_it_is_shifted(reader: ReaderView, kind: str) -> None:
    """The comparison would see three pixels."""
    reader.resize(420, 700)
    reader.show_article(ReaderDocument(TEXTS[kind]))
    boxes = reader.boxes_on_screen
    reader.boxes_on_screen = lambda span: [box.translated(3, 0) for box in boxes(span)]  # type: ignore[method-assign]
    assert differences(reader, TextSpan(0, 30))


@pytest.mark.skipif("QT_SCALE_FACTOR" in os.environ, reason="is the run at another scale")
def test_they_are_at_150_percent() -> None:
    """In a process of its own, as the scale holds for all of it."""
    command = (sys.executable, "-m", "pytest", "-q", "--no-xvfb", "-p", "no:cacheprovider", __file__)
    environment = os.environ | {"QT_SCALE_FACTOR": "1.5", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout
    assert "." * 10 in done.stdout
