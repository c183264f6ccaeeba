"""Gives code its colours, block by block, when it comes near the screen.

The colours are formats of the layout, as a syntax highlighter's are: nothing of the text or its measures changes, so
a block that is coloured after it was shown keeps its place to the pixel.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCharFormat, QTextLayout

from annotator.ui.reader.code_words import Word
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.ui.reader.page import Page


def ranges_of(words: Iterable[Word], theme: Theme) -> list[QTextLayout.FormatRange]:
    """The formats of coloured words: a foreground and nothing else."""
    formats: dict[str, QTextCharFormat] = {}
    ranges: list[QTextLayout.FormatRange] = []
    for word in words:
        form = formats.get(word.role)
        if form is None:
            form = formats[word.role] = QTextCharFormat()
            form.setForeground(theme.color(word.role))
        made = QTextLayout.FormatRange()
        made.start, made.length, made.format = word.start, word.length, form
        ranges.append(made)
    return ranges


def colour_code(page: Page, top: float, bottom: float, until: float) -> bool:
    """Colour the code between two heights of the document that has no colours yet; False when the clock
    (`perf_counter`) said `until` before all had theirs."""
    plain, source = page.built.plain_code, page.source
    if not plain:
        return True
    for shown in page.shown(top, bottom):
        block = plain.get(shown.position)
        if block is None:
            continue
        if not source.code.read(block, source.text, until):
            return False
        del plain[shown.position]
        if words := source.code.of(block):
            shown.block.layout().setFormats(ranges_of(words, page.theme))
            page.forget_block(shown.position)
            page.document.markContentsDirty(shown.position, shown.block.length())
    return True
