"""The export as a reader will see it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from annotator.ui.theme import Theme, ThemeManager

_LINE = 26
_QUOTE_MARGIN = 17  # px; a margin that only block quotes have, so that their bar can be painted
_HEADINGS = {1: 25, 2: 19}  # level: size in px; deeper ones are as large as the text

_SHEET = """
p {{ margin-top: 0; margin-bottom: 12px; }}
ul, ol {{ margin-top: 0; margin-bottom: 8px; }}
li {{ margin-top: 0; margin-bottom: 4px; }}
a {{ color: {link}; text-decoration: none; }}
blockquote {{ color: {textSecondary}; margin: 0 0 12px 17px; }}
code, pre {{ font-family: "JetBrains Mono", "Noto Sans Mono", monospace; font-size: 13px; }}
th {{ font-weight: 600; text-align: left; padding: 4px 8px; }}
td {{ padding: 4px 8px; }}
hr {{ background-color: {border}; }}
"""


class PreviewBrowser(QTextBrowser):
    """Shows HTML and nothing from outside: images are one empty pixel, links lead nowhere."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_preview")
        self.setAccessibleName(self.tr("Preview"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("flat", True)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        flags = Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        self.setTextInteractionFlags(flags)
        self._html = ""
        self._themes = themes
        self._pixel = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
        self._pixel.fill(Qt.GlobalColor.transparent)
        themes.theme_changed.connect(self._dress)
        self._dress(themes.theme)

    def show_html(self, html: str) -> None:
        """Show another text and stay at the same place."""
        self._html = html
        bar = self.verticalScrollBar()
        place = bar.value()
        self.setHtml(html)
        self._shape_blocks()
        bar.setValue(min(place, bar.maximum()))

    def _shape_blocks(self) -> None:
        """Give lines their height and headings their size, which Qt's HTML import doesn't take from CSS."""
        cursor = QTextCursor(self.document())
        block = self.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            shape = QTextBlockFormat()
            size = _HEADINGS.get(level, 16)
            shape.setLineHeight(max(_LINE, size + 7), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
            if level:
                shape.setTopMargin(0 if block.blockNumber() == 0 else 14)
                shape.setBottomMargin(6)
                self._size_runs(cursor, block, size)
            cursor.setPosition(block.position())
            cursor.mergeBlockFormat(shape)
            block = block.next()

    @staticmethod
    def _size_runs(cursor: QTextCursor, block: QTextBlock, size: int) -> None:
        runs = []
        iterator = block.begin()
        while not iterator.atEnd():
            run = iterator.fragment()
            runs.append((run.position(), run.length(), run.charFormat()))
            iterator += 1
        for start, length, form in runs:
            form.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            form.setProperty(QTextFormat.Property.FontPixelSize, size)
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(form)

    def _dress(self, theme: Theme) -> None:
        font = theme.font("reading")
        font.setPixelSize(16)
        document = self.document()
        document.setDefaultFont(font)
        self.setFont(font)
        document.setDocumentMargin(24)
        colors = {role: theme.css(role) for role in ("link", "textSecondary", "border")}
        document.setDefaultStyleSheet(_SHEET.format(**colors))
        self.show_html(self._html)

    def loadResource(self, _kind: int, _name: QUrl | str) -> QImage:
        return self._pixel

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._themes.theme.color("borderStrong"))
        layout = self.document().documentLayout()
        up = self.verticalScrollBar().value()
        block = self.cursorForPosition(event.rect().topLeft()).block()
        while block.isValid():
            box = layout.blockBoundingRect(block).translated(0, -up)
            if box.top() > event.rect().bottom():
                break
            if block.blockFormat().leftMargin() >= _QUOTE_MARGIN:
                after = block.next()
                joined = after.isValid() and after.blockFormat().leftMargin() >= _QUOTE_MARGIN
                low = layout.blockBoundingRect(after).top() - up if joined else box.bottom()
                painter.drawRect(QRectF(self.document().documentMargin(), box.top(), 3, low - box.top()))
            block = block.next()
        painter.end()
