"""The steps of the history as a list: model, how a row is painted, and the keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.domain.changes import Origin
from annotator.services.history import Altered, Step
from annotator.ui.dialogs import things
from annotator.ui.dialogs.library_words import counted, kind_icon
from annotator.ui.icons import pixmap
from annotator.ui.panel.drawing import mirrored
from annotator.ui.theme import Theme, ThemeManager
from annotator.ui.widgets import follow

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 54
STEP_ROLE = int(Qt.ItemDataRole.UserRole) + 1
DAY_ROLE = STEP_ROLE + 1
_LEFT, _TEXT_LEFT, _RIGHT = 14, 40, 14
_SHORT = 20  # characters of a value that is told in the list
_MOST_SEARCHED = 2000  # characters of one value that a search looks at


@dataclass(frozen=True, slots=True)
class _Day:
    """A row that heads the steps of a day."""

    words: str


def step_icon(step: Step) -> str:
    """The icon of a step: that of undo, redo or emptying the bin, else of what it is about."""
    if step.origin is Origin.UNDO:
        return "undo-2"
    if step.origin is Origin.REDO:
        return "redo-2"
    if step.origin is Origin.EMPTIED:
        return "trash-2"
    return kind_icon(main_kind(step)) if step.altered else "history"


def step_words(step: Step) -> str:
    """What a step is called; one that undid or redid another says so."""
    if step.origin is Origin.UNDO:
        return QCoreApplication.translate("History", "Undid: {step}").format(step=step.label)
    if step.origin is Origin.REDO:
        return QCoreApplication.translate("History", "Redid: {step}").format(step=step.label)
    return step.label or QCoreApplication.translate("History", "Change")


def main_kind(step: Step) -> str:
    """The kind of thing a step is about."""
    kinds = {thing.kind for thing in step.altered}
    first = ("article", "claim", "source", "evidence", "annotation")
    return next((kind for kind in first if kind in kinds), step.altered[0].kind)


def touched_words(step: Step, subject: str = "") -> str:
    """What a step touched, in a few words: the one thing it is about with its fields, and how many of each kind.

    `subject` is the kind of thing that the whole history is about: that one needs no name.
    """
    if not step.altered:
        return ""
    kind = main_kind(step)
    counts = Counter(thing.kind for thing in step.altered)
    if kind == "claim":
        del counts["rating"]  # a rating says nothing that the claim's verdict and confidence don't
    parts: list[str] = []
    if counts[kind] == 1:
        thing = next(thing for thing in step.altered if thing.kind == kind)
        parts.append(_one(thing, named=kind != subject))
        del counts[kind]
    parts += [counted(kind, count) for kind, count in counts.most_common()]
    return ", ".join(parts)


def _one(thing: Altered, *, named: bool) -> str:
    """A thing by its name, after its fields that changed: short ones with their values."""
    name = things.quoted(thing.name) if thing.name.strip() else things.kind_word(thing.kind)
    if thing.happened != "changed" or not thing.fields:
        return name
    values = [(change.field, change.before, change.after) for change in thing.fields]
    if all(len(before) <= _SHORT and 0 < len(after) <= _SHORT for _, before, after in values):
        told = ", ".join(
            f"{field} {before} → {after}" if before else f"{field} {after}" for field, before, after in values
        )
    else:
        told = ", ".join(field for field, _, _ in values)
    return f"{told} · {name}" if named else told


class HistoryModel(QAbstractListModel):
    """Steps, youngest first, with a row before each further day; the first day is told by `first_day`.

    `more_wanted` when a view comes to the end and there are older steps; `add_steps` answers.
    """

    more_wanted = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.subject = ""  # the kind of thing that the whole history is about
        self._steps: tuple[Step, ...] = ()
        self._rows: list[Step | _Day] = []
        self._texts: dict[int, str] = {}
        self._words: tuple[str, ...] = ()
        self._whole, self._waiting = True, False

    @property
    def is_whole(self) -> bool:
        """Whether the oldest step is here."""
        return self._whole

    def steps(self) -> tuple[Step, ...]:
        """All steps that were read, whatever is searched for."""
        return self._steps

    def shown_count(self) -> int:
        """How many steps the search lets through."""
        return sum(isinstance(row, Step) for row in self._rows)

    def today(self) -> date:
        """The date now, where the user is."""
        return self._now().astimezone().date()

    def set_steps(self, steps: Sequence[Step], *, whole: bool) -> None:
        """Show these steps; `whole` when there are no older ones."""
        self.beginResetModel()
        self._steps, self._whole, self._waiting = tuple(steps), whole, False
        self._texts = {}
        self._rows = self._make_rows(self._steps, None)
        self.endResetModel()

    def add_steps(self, steps: Sequence[Step], *, whole: bool) -> None:
        """Append older steps."""
        last = self._rows[-1] if self._rows else None
        added = self._make_rows(steps, last.at if isinstance(last, Step) else None)
        self._whole, self._waiting = whole, False
        self._steps += tuple(steps)
        if added:
            place = len(self._rows)
            self.beginInsertRows(QModelIndex(), place, place + len(added) - 1)
            self._rows += added
            self.endInsertRows()

    def set_filter(self, text: str) -> None:
        """Show only the steps that hold every word of `text`."""
        self.beginResetModel()
        self._words = tuple(text.casefold().split())
        self._rows = self._make_rows(self._steps, None)
        self.endResetModel()

    def row_of(self, seq: int) -> int:
        """The row of a step, -1 when it isn't shown."""
        for place, row in enumerate(self._rows):
            if isinstance(row, Step) and row.seq == seq:
                return place
        return -1

    def step_at(self, row: int) -> Step | None:
        """The step in a row; None for the row of a day."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Step) else None

    def want_more(self) -> None:
        """Ask for older steps, once until they come."""
        if not self._whole and not self._waiting:
            self._waiting = True
            self.more_wanted.emit()

    def day_at(self, row: int) -> str:
        """The day a row belongs to, as its heading says it; a heading itself ends the day before."""
        step = self.step_at(row) or self.step_at(row - 1)
        return things.day_heading(step.at, self.today()) if step is not None else ""

    def _make_rows(self, steps: Sequence[Step], after: datetime | None) -> list[Step | _Day]:
        rows: list[Step | _Day] = []
        today = self.today()
        day = things.local(after).date() if after is not None else None
        for step in steps:
            if self._words and not self._fits(step):
                continue
            its = things.local(step.at).date()
            if day is not None and its != day:
                rows.append(_Day(things.day_heading(step.at, today)))
            day = its
            rows.append(step)
        return rows

    def _fits(self, step: Step) -> bool:
        text = self._texts.get(step.seq)
        if text is None:
            parts = [step_words(step), step.by, things.day(step.at)]
            for thing in step.altered:
                parts += [things.kind_word(thing.kind), thing.name]
                for change in thing.fields:
                    parts += [change.field, change.before[:_MOST_SEARCHED], change.after[:_MOST_SEARCHED]]
            text = self._texts[step.seq] = "\n".join(parts).casefold()
        return all(word in text for word in self._words)

    def _spoken(self, step: Step) -> str:
        touched = touched_words(step, self.subject)
        parts = (step_words(step), touched, things.when(step.at, self.today()), step.by)
        return ". ".join(part.rstrip(".") for part in parts if part)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if isinstance(row, _Day):
            spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, DAY_ROLE)
            return row.words if role in spoken else None
        if role == Qt.ItemDataRole.DisplayRole:
            return step_words(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        return row if role == STEP_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.step_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._whole and not self._waiting and not self._words

    def fetchMore(self, _parent: Index) -> None:
        self.want_more()


class HistoryDelegate(QStyledItemDelegate):
    """Icon, what was done and when; below it who did it and to what. A day stands at the foot of its row."""

    def __init__(self, themes: ThemeManager, view: QListView, model: HistoryModel) -> None:
        super().__init__(view)
        self._themes, self._view, self._model = themes, view, model

    def _draw_day(self, painter: QPainter, theme: Theme, box: QRect, words: str) -> None:
        painter.setFont(caption_strong(theme))
        painter.setPen(theme.color("textSecondary"))
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignBottom
        painter.drawText(box.adjusted(_LEFT, 0, -_RIGHT, -8), flags, words)
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.color("border"))

    def _draw_step(self, painter: QPainter, theme: Theme, option: QStyleOptionViewItem, step: Step) -> None:
        box, ahead = option.rect, option.direction
        reverse = step.origin in (Origin.UNDO, Origin.REDO)
        mark = mirrored(ahead, box, QRect(box.left() + _LEFT, box.top() + 10, 16, 16))
        ink = theme.color("textMuted" if reverse else "textSecondary")
        ratio = self._view.devicePixelRatioF()
        painter.drawPixmap(mark.topLeft(), pixmap(step_icon(step), ink, 16, ratio))
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        caption = theme.font("caption")
        painter.setFont(caption)
        painter.setPen(theme.color("textSecondary"))
        time = things.clock(step.at)
        wide = painter.fontMetrics().horizontalAdvance(time)
        at = QRect(box.right() + 1 - _RIGHT - wide, box.top() + 10, wide, 16)
        painter.drawText(mirrored(ahead, box, at), flags, time)
        room = box.width() - _TEXT_LEFT - _RIGHT
        font = theme.font("ui")
        font.setWeight(QFont.Weight.Normal if reverse else QFont.Weight.Medium)
        lines = (
            (step_words(step), font, "textSecondary" if reverse else "text", 9, room - wide - 10),
            (_below(step, self._model.subject), caption, "textMuted", 28, room),
        )
        for text, used, role, top, width in lines:
            painter.setFont(used)
            painter.setPen(theme.color(role))
            line = QRect(box.left() + _TEXT_LEFT, box.top() + top, width, 18 if top == 9 else 16)
            flat = " ".join(text[:400].split())
            shown = painter.fontMetrics().elidedText(flat, Qt.TextElideMode.ElideRight, width)
            painter.drawText(mirrored(ahead, box, line), flags, shown)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, box = self._themes.theme, option.rect
        painter.save()
        step = index.data(STEP_ROLE)
        if isinstance(step, Step):
            draw_ground(painter, theme, option, focused=self._view.hasFocus())
            self._draw_step(painter, theme, option, step)
        else:
            self._draw_day(painter, theme, box, str(index.data(DAY_ROLE) or ""))
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(1, ROW_HEIGHT)  # a row is as wide as the view


class HistoryList(QListView):
    """The steps; `step_shown` carries the number of the chosen one, `top_changed` the day at the top."""

    step_shown = Signal(int)
    top_changed = Signal(str)
    search_pressed = Signal()

    def __init__(self, themes: ThemeManager, model: HistoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = model
        self.setObjectName("history_list")
        self.setAccessibleName(self.tr("Steps, youngest first"))
        self.setModel(model)
        self.setItemDelegate(HistoryDelegate(themes, self, model))
        dress_list(self)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT // 3)
        self.verticalScrollBar().valueChanged.connect(self._tell_top)
        for changed in (model.modelReset, model.rowsInserted):
            changed.connect(self._tell_top)
        follow(themes, self._restyle)

    def current_step(self) -> Step | None:
        """The chosen step."""
        return self._steps.step_at(self.currentIndex().row())

    def choose(self, seq: int) -> bool:
        """Choose a step and scroll to it; whether it is there."""
        row = self._steps.row_of(seq)
        if row < 0:
            return False
        self.setCurrentIndex(self._steps.index(row))
        self.scrollTo(self._steps.index(row), QListView.ScrollHint.EnsureVisible)
        return True

    def choose_first(self) -> None:
        """Choose the youngest step that is shown."""
        if self._steps.rowCount():
            self.setCurrentIndex(self._steps.index(0))
            self.scrollToTop()

    def _tell_top(self) -> None:
        row = self.verticalScrollBar().value() // ROW_HEIGHT
        self.top_changed.emit(self._steps.day_at(row))

    def _restyle(self, _theme: Theme) -> None:
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        step = self._steps.step_at(current.row()) if current.isValid() else None
        if step is not None:
            self.step_shown.emit(step.seq)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "/":
            self.search_pressed.emit()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 3 * ROW_HEIGHT)


def dress_list(view: QListView) -> None:
    """What lists of rows of one height have in common."""
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setUniformItemSizes(True)
    view.setMouseTracking(True)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)


def draw_ground(painter: QPainter, theme: Theme, option: QStyleOptionViewItem, *, focused: bool) -> None:
    """The ground of a row: hovered, or chosen with the accent's edge, and a ring when the keyboard is there."""
    box = option.rect
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if chosen or option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(box, theme.color("selected" if chosen else "hover"))
    if chosen:
        edge = mirrored(option.direction, box, QRect(box.left(), box.top(), 3, box.height()))
        painter.fillRect(edge, theme.color("accent"))
    if focused and option.state & QStyle.StateFlag.State_HasFocus:
        ink = theme.color("focus")
        for part in (
            QRect(box.left(), box.top(), box.width(), 2),
            QRect(box.left(), box.bottom() - 1, box.width(), 2),
            QRect(box.left(), box.top(), 2, box.height()),
            QRect(box.right() - 1, box.top(), 2, box.height()),
        ):
            painter.fillRect(part, ink)


def caption_strong(theme: Theme) -> QFont:
    """The small font of headings inside a list."""
    font = theme.font("caption")
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _below(step: Step, subject: str) -> str:
    return " · ".join(part for part in (step.by, touched_words(step, subject)) if part)
