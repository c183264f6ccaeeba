"""The history: what was done, step by step, what each step changed, and the way back to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import UserError
from annotator.services.history import Step
from annotator.ui.dialogs import things
from annotator.ui.dialogs.card_button import KeyButton
from annotator.ui.dialogs.history_list import HistoryList, HistoryModel, step_words
from annotator.ui.dialogs.search_field import Around, DialogSearch, Rule, put_below
from annotator.ui.dialogs.sheet import Sheet
from annotator.ui.dialogs.step_view import StepView
from annotator.ui.theme import ThemeManager
from annotator.ui.widgets import (
    ElidedLabel,
    EmptyState,
    IconLabel,
    MessageBar,
    Segmented,
    label,
)

_SIZE = QSize(1080, 740)
_STEPS_WIDE, _STEPS_NARROW, _NARROW_BELOW = 400, 340, 1000
_HEAD = 56


def now_here() -> datetime:
    """The time now, with the zone of this computer."""
    return datetime.now().astimezone()


class HistoryDialog(Sheet):
    """Steps on the left, the chosen one on the right. The caller reads and stores.

    `scope_chosen` carries "claim", "article" or "library"; `more_requested` and `restore_requested` the number of a
    step: of the oldest one shown, and of the one to go back to.
    """

    scope_chosen = Signal(str)
    more_requested = Signal(int)
    restore_requested = Signal(int)
    undo_requested = Signal()

    def __init__(
        self,
        themes: ThemeManager,
        *,
        scopes: Sequence[str],
        subjects: Mapping[str, str] | None = None,
        read_only: str = "",
        now: Callable[[], datetime] = now_here,
        parent: QWidget | None = None,
    ) -> None:
        """`scopes` that can be chosen, the first one is shown; `subjects` name the claim and the article.

        `read_only` says why nothing can be restored.
        """
        super().__init__(themes, "", _SIZE, parent)
        self.setObjectName("history_dialog")
        self.scope = scopes[0]
        self._subjects = dict(subjects or {})
        self._read_only = read_only
        self._fresh, self._asked = True, 0
        self.model = HistoryModel(now, self)
        self.model.more_wanted.connect(self._ask_for_more)
        self.setWindowTitle(self.tr("History"))
        self.title_label.setText(self.windowTitle())
        self.messages = MessageBar(themes, self)
        self.messages.action_triggered.connect(self._on_message_action)
        self._add_messages()
        self._make_body(scopes)
        self._make_footer()
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.activated.connect(self.undo_requested)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self._focus_search)
        self._tell_subject()
        self._on_step(0)
        self.list.setFocus()

    def set_steps(self, steps: Sequence[Step], *, whole: bool, choose: int = 0) -> None:
        """Show these steps, youngest first. The chosen one stays chosen, unless `choose` names another (-1: the
        youngest)."""
        current = self.list.current_step()
        wanted = choose or (current.seq if current is not None else -1)
        self._fresh, self._asked = False, 0
        self.model.subject = self.scope
        self.model.set_steps(steps, whole=whole)
        self._choose(wanted)

    def add_steps(self, steps: Sequence[Step], *, whole: bool) -> None:
        """Append older steps."""
        first = not self.model.shown_count()
        self.model.add_steps(steps, whole=whole)
        if first:
            self._choose(-1)
        self._show_state()

    def step_with(self, seq: int) -> Step | None:
        """A step that was read, by its number."""
        return next((step for step in self.model.steps() if step.seq == seq), None)

    def show_restored(self, count: int) -> None:
        """Say how many things changed back, with the way to take that back."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # the button that was pressed is off now
        if not count:
            title = self.tr("Nothing to change: everything is as it was then")
            self.messages.show_message("info", title, "", [("dismiss", self.tr("Dismiss"))])
            return
        title = (
            self.tr("1 thing changed back") if count == 1 else self.tr("%n things changed back", "", count)
        )
        actions = [("undo", self.tr("Undo")), ("dismiss", self.tr("Dismiss"))]
        self.messages.show_message("info", title, "", actions)

    def show_note(self, text: str) -> None:
        """Say something in passing."""
        self.messages.show_message("info", text, "", [("dismiss", self.tr("Dismiss"))])

    def show_error(self, error: UserError) -> None:
        """Say why the state could not be restored."""
        self._asked = 0
        self.messages.show_error(error)
        self._show_restore()

    def confirm(self) -> None:
        """Ask for the state after the chosen step; once, while the answer is on its way."""
        step = self.list.current_step()
        if step is None or self._problem(step) or self._asked == step.seq:
            return
        self._asked = step.seq
        self.messages.clear()
        self.restore_requested.emit(step.seq)

    # Parts -------------------------------------------------------------------------------------------------

    def _add_messages(self) -> None:
        self.body.addWidget(Around(self.messages, (16, 12, 16, 12), self, line=Rule(self.themes, self)))

    def _make_body(self, scopes: Sequence[str]) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(1, 1, 1, 0)
        row.setSpacing(0)
        self._left = QFrame(self)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(self._make_tools(scopes))
        left.addWidget(self._make_day())
        left.addWidget(Rule(self.themes, self._left))
        left.addWidget(self._make_list(), 1)
        self._older = QPushButton(self._left)
        self._older.setObjectName("history_older")
        self._older.setProperty("kind", "link")
        self._older.setText(self.tr("Search older steps"))
        self._older.setAccessibleName(self.tr("Search older steps"))
        self._older.clicked.connect(self.model.want_more)
        left.addWidget(self._older)
        row.addWidget(self._left)
        row.addWidget(Rule(self.themes, self, upright=True))
        row.addWidget(self._make_right(), 1)
        self.body.addLayout(row, 1)

    def _make_tools(self, scopes: Sequence[str]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(14, 12, 14, 10)
        column.setSpacing(8)
        words = {
            "claim": self.tr("This claim"),
            "article": self.tr("This article"),
            "library": self.tr("Library"),
        }
        choices = [(scope, words[scope]) for scope in ("claim", "article", "library") if scope in scopes]
        self.scopes = Segmented(self.tr("History of"), choices, parent=self._left)
        self.scopes.setObjectName("history_scope")
        self.scopes.set_value(self.scope)
        self.scopes.chosen.connect(self._on_scope)
        self.scopes.setVisible(len(choices) > 1)
        column.addWidget(self.scopes)
        self.search = DialogSearch(
            self.themes, self.tr("Find a step"), self.tr("Find steps by words"), self._left
        )
        self.search.setObjectName("history_search")
        self.search.textChanged.connect(self._on_search)
        self.search.left.connect(self._leave_search)
        column.addWidget(self.search)
        return column

    def _make_day(self) -> QWidget:
        self._day = label("", role="captionStrong", tone="secondary", parent=self._left)
        self._day.setObjectName("history_day")
        self._day.setContentsMargins(14, 6, 14, 6)
        return self._day

    def _make_list(self) -> QWidget:
        self.list = HistoryList(self.themes, self.model, self._left)
        self.list.step_shown.connect(self._on_step)
        self.list.top_changed.connect(self._day.setText)
        self.list.search_pressed.connect(self._focus_search)
        self._empty = EmptyState(
            self.themes,
            "history",
            self.tr("No steps yet."),
            self.tr("Everything you do is written down here."),
            self._left,
        )
        self._nothing = EmptyState(self.themes, "search", "", "", self._left)
        clear = QPushButton(self.tr("Clear search"), self._nothing)
        clear.setObjectName("history_clear_search")
        clear.setAccessibleName(self.tr("Clear search"))
        clear.clicked.connect(self._clear_search)
        put_below(self._nothing, clear)
        self._pages = QStackedWidget(self._left)
        for page in (self.list, self._empty, self._nothing):
            self._pages.addWidget(page)
        return self._pages

    def _make_right(self) -> QWidget:
        right = QFrame(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget(right)
        head.setFixedHeight(_HEAD)
        lines = QVBoxLayout(head)
        lines.setContentsMargins(16, 8, 16, 8)
        lines.setSpacing(2)
        self._what = ElidedLabel(parent=head)
        self._what.setObjectName("history_step")
        self._what.setProperty("role", "strong")
        self._who = ElidedLabel(parent=head)
        self._who.setObjectName("history_step_when")
        self._who.setProperty("role", "caption")
        self._who.setProperty("tone", "secondary")
        lines.addWidget(self._what)
        lines.addWidget(self._who)
        column.addWidget(head)
        column.addWidget(Rule(self.themes, right))
        self.changes = StepView(self.themes, right)
        column.addWidget(self.changes, 1)
        return right

    def _make_footer(self) -> None:
        self.footer.addWidget(IconLabel(self.themes, "history", "textSecondary", size=14, parent=self))
        self._hint = label("", role="caption", tone="secondary", parent=self)
        self._hint.setObjectName("history_hint")
        self._hint.setWordWrap(True)
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.footer.addWidget(self._hint, 1)
        self.add_button("history_close", self.tr("Close"), self.reject)
        self.restore_button = KeyButton(
            self.themes,
            self.tr("Restore this state"),
            icon="rotate-ccw",
            key="Ctrl ↵",
            primary=True,
            parent=self,
        )
        self.restore_button.setObjectName("history_restore")
        self.restore_button.clicked.connect(self.confirm)
        self.footer.addWidget(self.restore_button)

    # What is shown -----------------------------------------------------------------------------------------

    def _choose(self, seq: int) -> None:
        if not self.list.choose(seq):
            self.list.choose_first()
        self._show_state()
        self._on_step(0)

    def _show_state(self) -> None:
        searched = bool(self.search.text().strip())
        some = bool(self.model.shown_count())
        if some or self._fresh:
            self._pages.setCurrentWidget(self.list)
        elif searched:
            query = things.quoted(self.search.text(), 40)
            self._nothing.set_title(self.tr("No step holds {query}.").format(query=query))
            self._nothing.set_hint(self._reach())
            self._pages.setCurrentWidget(self._nothing)
        else:
            self._pages.setCurrentWidget(self._empty)
        self._day.setVisible(some)
        self._older.setVisible(searched and not self.model.is_whole)

    def _reach(self) -> str:
        """How far back the search looked."""
        steps = self.model.steps()
        if self.model.is_whole or not steps:
            return ""
        return self.tr("Looked at everything back to {day}.").format(day=things.day(steps[-1].at))

    def _on_step(self, _seq: int) -> None:
        step = self.list.current_step()
        self.changes.set_step(step)
        self._what.set_text(step_words(step) if step is not None else "")
        told = (f"{things.day(step.at)}, {things.clock(step.at)}", step.by) if step is not None else ()
        self._who.set_text(" · ".join(part for part in told if part))
        self._show_restore()

    def _show_restore(self) -> None:
        step = self.list.current_step()
        problem = self._problem(step)
        self.restore_button.setEnabled(not problem)
        said = problem or (self._promise(step) if step is not None else "")
        self._hint.setText(said)
        self.restore_button.setToolTip(said)
        self.restore_button.setAccessibleDescription(said)

    def _problem(self, step: Step | None) -> str:
        """Why there is nothing to restore, "" when there is."""
        if step is None:
            return self.tr("Choose a step first.")
        if self._read_only:
            return self._read_only
        steps = self.model.steps()
        if steps and step.seq == steps[0].seq:
            return self.tr("This is the youngest step: everything is in this state now.")
        return ""

    def _promise(self, step: Step) -> str:
        when = things.in_a_sentence(step.at)
        words = {
            "claim": self.tr("The claim and its evidence go back to {when}. Undo takes that back."),
            "article": self.tr("The article, its claims and marks go back to {when}. Undo takes that back."),
            "library": self.tr("The whole library goes back to {when}. Undo takes that back."),
        }
        return words[self.scope].format(when=when)

    def _tell_subject(self) -> None:
        subject = self._subjects.get(self.scope, "")
        flat = " ".join(subject.split())
        patterns = {
            "claim": self.tr("of the claim · {name}"),
            "article": self.tr("of the article · {name}"),
        }
        said = patterns[self.scope].format(name=flat) if self.scope in patterns else self.tr("of the library")
        self.subtitle_label.setText(said)
        self.subtitle_label.setToolTip(subject)

    # Answers -----------------------------------------------------------------------------------------------

    def _on_scope(self, scope: str) -> None:
        self.scope = scope
        self._tell_subject()
        self.messages.clear()
        self.scope_chosen.emit(scope)

    def _on_search(self, text: str) -> None:
        current = self.list.current_step()
        self.model.set_filter(text)
        self._choose(current.seq if current is not None else -1)

    def _leave_search(self) -> None:
        if self.model.shown_count():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear_search(self) -> None:
        self.search.clear()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _ask_for_more(self) -> None:
        steps = self.model.steps()
        if steps:
            self.more_requested.emit(steps[-1].seq)

    def _on_message_action(self, action: str) -> None:
        if action == "undo":
            self.messages.clear()
            self.undo_requested.emit()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._left.setFixedWidth(_STEPS_NARROW if self.width() < _NARROW_BELOW else _STEPS_WIDE)
