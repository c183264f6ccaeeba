"""What a step changed: each thing with its fields before and after, the words that differ marked."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextOption,
    QTextTableCellFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotator.services.history import Altered, FieldChange, Step
from annotator.ui.dialogs import things
from annotator.ui.dialogs.library_words import kind_icon
from annotator.ui.dialogs.word_diff import Mark, Piece, compare, shorten
from annotator.ui.icons import pixmap
from annotator.ui.theme import Theme, ThemeManager

_MOST_THINGS = 30  # a step may touch thousands; further ones are counted
_SHORT = 36  # characters up to which before and after stand on one line
_MOST_SPOKEN = 1500
_NAMES_WIDE, _NAMES_NARROW, _NARROW_BELOW = 116, 92, 460
_RADIUS, _PADDING, _GAP = 8, 12, 10
_THIN = "\u2009"  # between the words that went and those that came
_FIRST_STRONG, _POP = "\u2068", "\u2069"  # keep the direction of a value to itself


class StepView(QTextEdit):
    """Shows one step, read-only. Everything from the library goes in as plain text, piece by piece."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history_changes")
        self.setAccessibleName(self.tr("What changed"))
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("flat", True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        flags = Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        self.setTextInteractionFlags(flags)
        self.document().setDocumentMargin(16)
        self._themes = themes
        self._step: Step | None = None
        self._narrow = False
        self._happened = {
            "created": ("circle-plus", self.tr("Created")),
            "changed": ("pencil", self.tr("Changed")),
            "deleted": ("trash-2", self.tr("Deleted")),
            "restored": ("rotate-ccw", self.tr("Restored")),
        }
        themes.theme_changed.connect(self._fill)

    def set_step(self, step: Step | None) -> None:
        """Show what this step changed, or nothing."""
        if step == self._step:
            return
        self._step = step
        self._fill(self._themes.theme)
        self.setAccessibleDescription(self._spoken())

    # Filling -----------------------------------------------------------------------------------------------

    def _fill(self, theme: Theme) -> None:
        document = self.document()
        document.clear()
        document.setDefaultFont(theme.font("ui"))
        if self._step is None:
            return
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        root = document.rootFrame()
        shown = self._step.altered[:_MOST_THINGS]
        for thing in shown:
            cursor.insertFrame(self._card_format())
            self._write_thing(cursor, theme, thing)
            cursor.setPosition(root.lastPosition())
        more = len(self._step.altered) - len(shown)
        if more:
            words = self.tr("and 1 more thing") if more == 1 else self.tr("and %n more things", "", more)
            cursor.insertText(words, _ink(theme, "caption", "textSecondary"))
        elif not shown:
            words = self.tr("This step changed nothing that is still here.")
            cursor.insertText(words, _ink(theme, "ui", "textSecondary"))
        cursor.endEditBlock()
        self._flatten_gaps()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _write_thing(self, cursor: QTextCursor, theme: Theme, thing: Altered) -> None:
        icon, happened = self._happened.get(thing.happened, ("history", thing.happened))
        line = QTextBlockFormat()
        cursor.setBlockFormat(line)
        caption = _ink(theme, "caption", "textSecondary")
        self._insert_icon(cursor, theme, kind_icon(thing.kind))
        cursor.insertText(f"\N{NO-BREAK SPACE} {things.kind_word(thing.kind)}    ", caption)
        self._insert_icon(cursor, theme, icon)
        cursor.insertText(f"\N{NO-BREAK SPACE} {happened}", caption)
        name = " ".join(shorten(thing.name).split())
        if name:
            under = QTextBlockFormat()
            under.setTopMargin(2)
            cursor.insertBlock(under)
            cursor.insertText(name, _ink(theme, "uiStrong", "text"))
        if thing.fields:
            self._write_fields(cursor, theme, thing)

    def _write_fields(self, cursor: QTextCursor, theme: Theme, thing: Altered) -> None:
        form = QTextTableFormat()
        form.setBorder(0)
        form.setCellPadding(0)
        form.setCellSpacing(0)
        form.setTopMargin(8)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        wide = _NAMES_NARROW if self._narrow else _NAMES_WIDE
        form.setColumnWidthConstraints(
            [
                QTextLength(QTextLength.Type.FixedLength, wide),
                QTextLength(QTextLength.Type.VariableLength, 0),
            ]
        )
        table = cursor.insertTable(len(thing.fields), 2, form)
        for row, change in enumerate(thing.fields):
            for column in (0, 1):
                table.cellAt(row, column).setFormat(_cell_format())
            cell = table.cellAt(row, 0).firstCursorPosition()
            cell.setBlockFormat(_field_format())
            cell.insertText(_capital(change.field), _ink(theme, "caption", "textSecondary"))
            self._write_change(table.cellAt(row, 1).firstCursorPosition(), theme, thing, change)

    def _write_change(self, cursor: QTextCursor, theme: Theme, thing: Altered, change: FieldChange) -> None:
        cursor.setBlockFormat(_field_format())
        plain = _ink(theme, "ui", "text")
        if thing.happened == "created" and not change.before:
            cursor.insertText(shorten(change.after), plain)
            return
        removed, added = _removed(theme), _added(theme)
        before, after = shorten(change.before), shorten(change.after)
        if not before or not after:
            nothing = _ink(theme, "ui", "textMuted")
            if before:
                cursor.insertText(before, removed)
                cursor.insertText("  →  ", nothing)
                cursor.insertText(self.tr("nothing"), nothing)
            else:
                cursor.insertText(after, added)
        elif max(len(before), len(after)) <= _SHORT and "\n" not in before + after:
            cursor.insertText(f"{_FIRST_STRONG}{before}{_POP}", removed)
            cursor.insertText("  →  ", _ink(theme, "ui", "textMuted"))
            cursor.insertText(f"{_FIRST_STRONG}{after}{_POP}", added)
        else:
            pieces = compare(change.before, change.after)
            self._write_pieces(cursor, pieces, {Mark.KEPT: plain, Mark.REMOVED: removed, Mark.ADDED: added})

    def _write_pieces(
        self, cursor: QTextCursor, pieces: list[Piece], looks: dict[Mark, QTextCharFormat]
    ) -> None:
        whole = [piece.mark for piece in pieces] == [Mark.REMOVED, Mark.ADDED]
        for place, piece in enumerate(pieces):
            if piece.mark is Mark.GAP:
                cursor.insertText(" … ", _ink(self._themes.theme, "ui", "textMuted"))
                continue
            if whole and place:  # told one after the other: each on lines of its own
                cursor.insertBlock(_field_format(), looks[piece.mark])
            elif piece.mark is Mark.ADDED and place and pieces[place - 1].mark is Mark.REMOVED:
                cursor.insertText(_THIN, looks[Mark.KEPT])
            cursor.insertText(piece.text, looks[piece.mark])

    def _insert_icon(self, cursor: QTextCursor, theme: Theme, name: str) -> None:
        ink = theme.color("textSecondary")
        url = QUrl(f"icon:{theme.name}/{name}")
        ratio = self.devicePixelRatioF()
        picture = pixmap(name, ink, 14, ratio).toImage()
        self.document().addResource(QTextDocument.ResourceType.ImageResource, url, picture)
        form = QTextImageFormat()
        form.setName(url.toString())
        form.setWidth(14)
        form.setHeight(14)
        form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        cursor.insertImage(form)

    def _card_format(self) -> QTextFrameFormat:
        form = QTextFrameFormat()
        form.setPadding(_PADDING)
        form.setBottomMargin(0)
        return form

    def _flatten_gaps(self) -> None:
        """Qt puts an empty line between two frames: give it the height of a gap."""
        iterator = self.document().rootFrame().begin()
        cursor = QTextCursor(self.document())
        while not iterator.atEnd():
            block = iterator.currentBlock()
            if iterator.currentFrame() is None and block.isValid() and not block.text():
                cursor.setPosition(block.position())
                form = QTextBlockFormat()
                first = block.position() == 0
                form.setLineHeight(1 if first else _GAP, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
                cursor.setBlockFormat(form)
            iterator += 1

    def _spoken(self) -> str:
        if self._step is None:
            return ""
        parts: list[str] = []
        for thing in self._step.altered[:_MOST_THINGS]:
            _, happened = self._happened.get(thing.happened, ("", thing.happened))
            parts.append(f"{things.kind_word(thing.kind)} {things.quoted(thing.name)}: {happened}.")
            for change in thing.fields:
                nothing = self.tr("nothing")
                parts.append(
                    self.tr("{field}: before, {before}; after, {after}.").format(
                        field=_capital(change.field),
                        before=change.before or nothing,
                        after=change.after or nothing,
                    )
                )
            if sum(map(len, parts)) > _MOST_SPOKEN:
                break
        return " ".join(parts)[:_MOST_SPOKEN]

    # Qt overrides ------------------------------------------------------------------------------------------

    def loadResource(self, _kind: int, _name: QUrl | str) -> QImage:
        # the icons are in the document already; nothing is ever read from a file or an address
        return QImage(1, 1, QImage.Format.Format_ARGB32)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.viewport().width() < _NARROW_BELOW
        if narrow != self._narrow:
            self._narrow = narrow
            self._fill(self._themes.theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("card"))
        layout = self.document().documentLayout()
        shown = QRectF(self.viewport().rect())
        for frame in self.document().rootFrame().childFrames():
            box = layout.frameBoundingRect(frame).translated(0, -self.verticalScrollBar().value())
            if box.intersects(shown):
                painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.end()
        super().paintEvent(event)


def _field_format() -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setLineHeight(18, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    return form


def _cell_format() -> QTextTableCellFormat:
    form = QTextTableCellFormat()
    form.setTopPadding(3)
    form.setBottomPadding(3)
    return form


def _ink(theme: Theme, role: str, colour: str) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFont(theme.font(role))
    form.setForeground(theme.color(colour))
    return form


def _removed(theme: Theme) -> QTextCharFormat:
    form = _ink(theme, "ui", "textSecondary")
    form.setFontStrikeOut(True)
    form.setBackground(theme.color("refutesSoft"))
    return form


def _added(theme: Theme) -> QTextCharFormat:
    form = _ink(theme, "ui", "text")
    form.setFontUnderline(True)
    form.setUnderlineColor(QColor(theme.color("supports")))
    form.setFontWeight(QFont.Weight.Medium)
    form.setBackground(theme.color("supportsSoft"))
    return form


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:].replace("_", " ")
