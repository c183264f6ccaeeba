"""The Notes tab: highlights and notes of the article, with a field for the note."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStackedWidget, QStyle, QStyledItemDelegate, QVBoxLayout, QWidget
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from annotator.domain.annotation import Annotation
from annotator.domain.ids import TagId
from annotator.domain.tag import Tag
from annotator.ui.panel import drawing, words
from annotator.ui.panel.claim_model import Index, common_ends, runs
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import EmptyState, TextArea, follow, label

_ROW_HEIGHT = 84
_LEFT, _RIGHT, _TOP = 16, 12, 9


class NotesModel(QAbstractListModel):
    """One row per annotation that is no claim's mention, in text order."""

    ID_ROLE = int(Qt.ItemDataRole.UserRole) + 1
    ANNOTATION_ROLE = ID_ROLE + 1
    COLOUR_ROLE = ID_ROLE + 2

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._marks: tuple[Annotation, ...] = ()
        self._tags: Mapping[TagId, Tag] = {}

    def row_of(self, annotation_id: str) -> int | None:
        """The row of an annotation, None when it isn't here."""
        for row, mark in enumerate(self._marks):
            if mark.id == annotation_id:
                return row
        return None

    def mark(self, row: int) -> Annotation:
        """The annotation in a row."""
        return self._marks[row]

    def set_marks(self, marks: tuple[Annotation, ...], tags: Mapping[TagId, Tag] | None = None) -> None:
        """Show these annotations; the same ones in the same order keep their rows."""
        dressed = tags is not None and tags != self._tags
        self._tags = self._tags if tags is None else tags
        old = self._marks
        head, tail = common_ends(old, marks, lambda mark: mark.id)
        if head + tail < len(old):
            self.beginRemoveRows(QModelIndex(), head, len(old) - tail - 1)
            self._marks = old[:head] + old[len(old) - tail :]
            self.endRemoveRows()
        if head + tail < len(marks):
            self.beginInsertRows(QModelIndex(), head, len(marks) - tail - 1)
            self._marks = marks
            self.endInsertRows()
        self._marks = marks
        same = len(old) == len(marks) == head + tail
        changed = [row for row, mark in enumerate(marks) if dressed or (same and mark is not old[row])]
        for first, last in runs(changed):
            self.dataChanged.emit(self.index(first), self.index(last))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._marks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._marks):
            return None
        mark = self._marks[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return mark.note or words.quote_of(mark)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words.spoken_note(mark)
        if role == self.ID_ROLE:
            return str(mark.id)
        if role == self.ANNOTATION_ROLE:
            return mark
        if role == self.COLOUR_ROLE:
            colours = [str(self._tags[tag].colour) for tag in mark.tags if tag in self._tags]
            return colours[0] if colours else ""
        return None


class NoteDelegate(QStyledItemDelegate):
    """Draws the quote in two lines and the first line of the note."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes

    def sizeHint(self, _option: Option, _index: Index) -> QSize:
        return QSize(1, _ROW_HEIGHT)  # a row is as wide as the view

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        theme = self._themes.theme
        mark: Annotation = index.data(NotesModel.ANNOTATION_ROLE)
        box = option.rect
        active = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing.draw_card_ground(painter, theme, box, selected=active, hovered=hovered)
        if active:
            drawing.draw_card_outline(painter, theme, box)
        colour = index.data(NotesModel.COLOUR_ROLE)
        ink = theme.tag(colour).line if colour else theme.color("borderStrong")
        bar = QRect(box.left(), box.top() + _TOP, 4, box.height() - 2 * _TOP - 1)
        right_side = option.direction == Qt.LayoutDirection.RightToLeft
        drawing.draw_tag_bar(
            painter, drawing.mirrored(option.direction, box, bar), ink, right_side=right_side
        )
        width = box.width() - _LEFT - _RIGHT
        painter.setPen(theme.color("textSecondary"))
        quote = QRect(box.left() + _LEFT, box.top() + _TOP, width, 42)
        quote = drawing.mirrored(option.direction, box, quote)
        most = 2 if mark.note else 3
        text = words.in_quotes(words.quote_of(mark))
        if not mark.placed:
            text = f"{words.unplaced()} · {text}"
        lines = drawing.draw_clamped(painter, quote, text, theme.font("quote"), 21, most)
        painter.setPen(theme.color("text"))
        note = quote.translated(0, lines * 21 + 3)
        drawing.draw_clamped(painter, note, mark.note, theme.font("ui"), 18, 1)
        painter.restore()


class NotesList(QWidget):
    """Highlights and notes, with a field below for the note of the chosen one."""

    annotation_activated = Signal(str)
    note_changed = Signal(str, str)
    delete_requested = Signal(str)
    escape_pressed = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._telling = True
        self._read_only = False
        self.marks = NotesModel(self)
        self.view = QListView(self)
        self.view.setObjectName("notes_list")
        self.view.setAccessibleName(self.tr("Notes and highlights"))
        self.view.setModel(self.marks)
        self.view.setItemDelegate(NoteDelegate(themes, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setResizeMode(QListView.ResizeMode.Fixed)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.note = TextArea(self.tr("Note on the chosen passage"), parent=self)
        self.note.setObjectName("note_text")
        self.note.committed.connect(self._on_note_committed)
        self.note.escape_pressed.connect(self.escape_pressed)
        self.note.done_requested.connect(self.escape_pressed)
        self._shown = ""
        self._form = QWidget(self)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(16, 10, 16, 16)
        form.setSpacing(4)
        form.addWidget(label(self.tr("Note"), role="caption", tone="secondary", parent=self._form))
        form.addWidget(self.note)
        self._form.hide()
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self._form)
        self._stack = QStackedWidget(self)
        hint = self.tr("Select words, then press [H] to highlight or [N] to write a note.")
        self._stack.addWidget(EmptyState(themes, "sticky-note", self.tr("No notes yet"), hint))
        self._stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.setFocusProxy(self.view)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        follow(themes, self._restyle)

    def set_marks(self, marks: tuple[Annotation, ...], tags: Mapping[TagId, Tag] | None = None) -> None:
        """Show these annotations; the chosen one stays chosen, and typing that isn't stored yet stays."""
        if all(mark.id != self._shown for mark in marks):
            self.note.commit()
        self._telling = False
        self.marks.set_marks(marks, tags)
        self._stack.setCurrentIndex(1 if marks else 0)
        row = self.marks.row_of(self._shown) if self._shown else None
        self.view.setCurrentIndex(self.marks.index(row) if row is not None else QModelIndex())
        self._telling = True
        self._show_note(row)

    def set_active(self, annotation_id: str | None) -> None:
        """Show which annotation is active; tells nobody."""
        row = self.marks.row_of(annotation_id) if annotation_id else None
        self._telling = False
        self.view.setCurrentIndex(self.marks.index(row) if row is not None else QModelIndex())
        self._telling = True
        self._show_note(row)

    def shown(self) -> str:
        """The annotation whose note is in the field, "" for none."""
        return self._shown

    def focus_note(self) -> None:
        """Put the caret into the note of the chosen passage."""
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Tell unsaved typing now."""
        self.note.commit()

    def set_read_only(self, read_only: bool) -> None:
        """Show without the means to change."""
        self._read_only = read_only
        self.note.setReadOnly(read_only)

    def _show_note(self, row: int | None) -> None:
        if row is None:
            self.note.commit()
            self._shown = ""
            self._form.hide()
            return
        mark = self.marks.mark(row)
        if mark.id == self._shown:
            self.note.refresh(mark.note)
        else:
            self.note.commit()
            self._shown = str(mark.id)
            self.note.set_text(mark.note)
        self._form.show()

    def _on_current_changed(self, current: QModelIndex) -> None:
        if not self._telling or not current.isValid():
            return
        self._show_note(current.row())
        self.annotation_activated.emit(current.data(NotesModel.ID_ROLE))

    def _on_note_committed(self, text: str) -> None:
        if self._shown:
            self.note_changed.emit(self._shown, text)

    def _restyle(self, _theme: Theme) -> None:
        self.view.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self._shown and not self._read_only:
            self.delete_requested.emit(self._shown)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._shown:
            self.focus_note()
        else:
            super().keyPressEvent(event)
